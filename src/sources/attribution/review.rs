//! Marks in the text around a review: its description, its labels, the name of its head branch.
//!
//! Identities belong to commits and are not looked for here. What an empty box denies is kept apart from what marks say:
//! a declaration that no AI was used is no evidence that none was.

use std::collections::BTreeSet;

use super::Registry;
use super::data::LinkRow;
use crate::facts::change::{Channel, Mark, MarkClass};
use crate::plan::Says;

/// More words than this before a link are a sentence about a run, not a link to the run that made the change.
const LEAD: usize = 8;

/// What surrounds a review. Nothing of it is kept.
#[derive(Debug, Clone, Default)]
pub struct ReviewText<'a> {
    /// Its description.
    pub description: &'a str,
    /// Its labels.
    pub labels: Vec<&'a str>,
    /// The name of its head branch, without the owner of a fork.
    pub branch: &'a str,
}

/// What it says about AI.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewMarks {
    /// Marks, sorted, without repeats.
    pub marks: Vec<Mark>,
    /// It declares that no AI was used.
    pub declares_no_ai: bool,
    /// There was a description or a label to read.
    pub had_text: bool,
}

impl Registry {
    /// The marks of a review's description, labels and branch.
    pub fn review(&self, text: &ReviewText<'_>) -> ReviewMarks {
        let mut marks = BTreeSet::new();
        let mut declares_no_ai = false;
        let mut lines = Lines::default();
        for line in text.description.lines().map(str::trim_end) {
            let (shown, comment) = lines.shown(line);
            let lower = line.to_lowercase();
            if comment {
                marks.extend(self.links.iter().filter(|row| opens(row, &lower)).map(declared));
            }
            let Some(line) = shown else { continue };
            match self.boxes.read(line) {
                Some((tool, Some(Says::Ai))) => drop(marks.insert(in_text(tool, MarkClass::Declared))),
                Some((_, Some(Says::NoAi))) => declares_no_ai = true,
                Some((_, None)) => {}
                None => self.read_line(line, &lower, &mut marks),
            }
        }
        let labels = text.labels.iter().filter_map(|label| self.labels.get(&label.trim().to_lowercase()));
        marks.extend(labels.map(|tool| in_text(tool, MarkClass::Declared)));
        marks.extend(self.branch(text.branch));
        let had_text = !text.description.trim().is_empty() || !text.labels.is_empty();
        ReviewMarks { marks: marks.into_iter().collect(), declares_no_ai, had_text }
    }

    fn read_line(&self, line: &str, lower: &str, marks: &mut BTreeSet<Mark>) {
        let mut found = BTreeSet::new();
        if !self.read_trailer(line, &mut found) {
            self.read_footer(line, &mut found);
        }
        let kept = found.into_iter().filter(|mark| {
            mark.channel != Channel::CoAuthor && matches!(mark.class, MarkClass::Session | MarkClass::Declared)
        });
        marks.extend(kept.map(|mark| Mark { channel: Channel::ReviewText, ..mark }));
        marks.extend(
            self.links.iter().filter(|row| row.holds.iter().any(|link| stands_alone(lower, link))).map(declared),
        );
    }
}

fn in_text(tool: &str, class: MarkClass) -> Mark {
    Mark { tool: tool.to_owned(), class, channel: Channel::ReviewText }
}

fn declared(row: &LinkRow) -> Mark {
    in_text(&row.tool, row.class.class())
}

fn opens(row: &LinkRow, lower: &str) -> bool {
    row.begins.iter().any(|begins| lower.starts_with(begins.as_str()))
}

/// Whether a line is a link that begins so: a few words may lead to it, nothing follows. Tags are not words.
fn stands_alone(lower: &str, link: &str) -> bool {
    let Some(at) = lower.find(link).filter(|_| !lower.trim_start().starts_with('>')) else { return false };
    let rest = &lower[at..];
    let length = rest.find(|c: char| c.is_whitespace() || "\"'<>)]".contains(c)).unwrap_or(rest.len());
    if length == link.len() {
        return false;
    }
    let open = |text: &str| text.rfind('<') > text.rfind('>');
    let before = &lower[..at];
    let after = &rest[length..];
    // A link inside a tag is followed by the end of that tag.
    let after = if open(before) { after.split_once('>').map_or("", |(_, after)| after) } else { after };
    untagged(before).split_whitespace().count() <= LEAD
        && !untagged(after).replace("&nbsp;", "").contains(char::is_alphanumeric)
}

fn untagged(text: &str) -> String {
    let mut shown = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => shown.push(c),
            _ => {}
        }
    }
    shown
}

/// What of a description its readers see: comments hold the instructions of templates, fences hold examples.
#[derive(Default)]
struct Lines {
    fence: Option<char>,
    comment: bool,
}

impl Lines {
    /// The part of a line that is shown, and whether a comment opens the line.
    fn shown<'a>(&mut self, line: &'a str) -> (Option<&'a str>, bool) {
        if self.comment {
            self.comment = !line.contains("-->");
            return (None, false);
        }
        let start = line.trim_start();
        let fence = ['`', '~'].into_iter().find(|mark| start.starts_with(&mark.to_string().repeat(3)));
        if self.fence.is_some() {
            self.fence = self.fence.filter(|open| fence != Some(*open));
            return (None, false);
        }
        if fence.is_some() {
            self.fence = fence;
            return (None, false);
        }
        let Some(at) = line.find("<!--") else { return (Some(line), false) };
        self.comment = !line[at..].contains("-->");
        (Some(line[..at].trim_end()).filter(|shown| !shown.is_empty()), at == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(description: &str) -> Vec<(String, &'static str)> {
        let marks = Registry::builtin().review(&ReviewText { description, ..ReviewText::default() }).marks;
        assert!(marks.iter().all(|mark| mark.channel == Channel::ReviewText));
        marks.into_iter().map(|mark| (mark.tool, mark.class.letter())).collect()
    }

    #[test]
    fn footers_sessions_and_declarations_are_read_in_a_description() {
        for (line, tool, class) in [
            ("🤖 Generated with [Claude Code](https://claude.com/claude-code)", "claude", "S"),
            ("🤖 Generated with Claude Code (https://claude.com/claude-code)", "claude", "S"),
            ("Made with [Cursor](https://cursor.com)", "cursor", "S"),
            ("https://claude.ai/code/session_01ABC", "claude", "S"),
            ("- Link to Devin run: https://app.devin.ai/sessions/41da58c3", "devin", "S"),
            ("[Devin session](https://app.devin.ai/sessions/41da58c3)", "devin", "S"),
            ("<!-- START COPILOT CODING AGENT TIPS -->", "copilot", "S"),
            ("Assisted-by: Claude Opus 4.6", "claude", "D"),
        ] {
            let text = format!("Moves the quay.\r\n\r\n{line}\r\n");
            assert_eq!(described(&text), [(tool.to_owned(), class)], "{line}");
        }
    }

    #[test]
    fn identities_and_mentions_in_a_description_are_no_marks_of_the_review() {
        for line in [
            "Co-authored-by: Claude <noreply@anthropic.com>",
            "Co-authored-by: Claude Opus 4.5 <someone@harbour.example>",
            "Claude and Cursor helped",
            "Model: claude-opus-4-6",
        ] {
            assert_eq!(described(line), [], "{line}");
        }
    }

    #[test]
    fn instructions_examples_and_quotes_are_not_the_authors_words() {
        for text in [
            "<!--\nAssisted-by: Claude Opus 4.6\n-->",
            "```\nAssisted-by: Claude Opus 4.6\n```",
            "~~~text\nhttps://app.devin.ai/sessions/1\n~~~",
            "> https://app.devin.ai/sessions/41da58c3",
            "> 🤖 Generated with [Claude Code](https://claude.com/claude-code)",
            "Please keep <!-- START COPILOT CODING AGENT SUFFIX --> out",
        ] {
            assert_eq!(described(text), [], "{text}");
        }
        assert_eq!(described("```\nx\n```\nAssisted-by: Claude Opus 4.6").len(), 1, "a fence ends");
        assert_eq!(described("<!--\nx\n-->\nAssisted-by: Claude Opus 4.6").len(), 1, "a comment ends");
    }

    #[test]
    fn a_link_in_a_sentence_is_about_a_run() {
        for line in [
            "https://app.devin.ai/sessions/41da58c3 went wrong",
            "As the first of the two attempts to move the quay in https://app.devin.ai/sessions/41da58c3",
            "https://app.devin.ai/sessions/",
            "https://app.devin.ai/session/41da58c3",
        ] {
            assert_eq!(described(line), [], "{line}");
        }
    }

    #[test]
    fn a_head_branch_is_a_hint() {
        let text = ReviewText { branch: "codex/move-the-quay", ..ReviewText::default() };
        let hint = Mark { tool: "codex".into(), class: MarkClass::Heuristic, channel: Channel::Branch };
        assert_eq!(Registry::builtin().review(&text).marks, [hint]);
    }

    #[test]
    fn labels_mean_nothing_without_a_plan() {
        let text = ReviewText { labels: vec!["ai-assisted", "claude", "codex"], ..ReviewText::default() };
        assert_eq!(Registry::builtin().review(&text), ReviewMarks { had_text: true, ..ReviewMarks::default() });
    }

    proptest::proptest! {
        #[test]
        fn no_description_stops_the_reader(text in "(\\PC|\\n|<!--|-->|```|https://app.devin.ai/sessions/|<|>|- \\[x\\] )*") {
            let _ = Registry::builtin().review(&ReviewText { description: &text, ..ReviewText::default() });
        }
    }
}
