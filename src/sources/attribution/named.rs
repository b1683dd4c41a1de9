//! Which registered marks a text names: the label of an author in a record, the pattern that a job searches for.

use super::{Registry, agent};
use crate::facts::change::MarkClass;

impl Registry {
    /// The tool that a whole label names. `strict`: a given name or an ordinary word alone names none.
    pub(in crate::sources) fn agent_named(&self, label: &str, strict: bool) -> Option<&str> {
        agent::named(&self.agents, label, strict).into_iter().next()
    }

    /// The registered mark that a search pattern is after, in the registry's own words; `None` when it names none.
    ///
    /// Patterns are regular expressions, so what only they write is set aside: `noreply@anthropic\.com`,
    /// `co-authored-by.*claude`, `Generated with \[Claude Code\]`.
    pub(in crate::sources) fn mark_in_pattern(&self, pattern: &str) -> Option<String> {
        let plain = pattern.to_ascii_lowercase().replace(['\\', '[', ']'], "");
        if let Some(address) = self.table.rows().iter().flat_map(|row| &row.addresses).find(|a| plain.contains(*a)) {
            return Some(address.clone());
        }
        let tool_after = |words: &str| {
            let (_, rest) = plain.split_once(words)?;
            rest.split(|c: char| !c.is_ascii_alphanumeric()).find_map(|word| self.mentions.get(word))
        };
        if let Some(tool) = tool_after("co-authored-by") {
            return Some(format!("Co-authored-by: {tool}"));
        }
        let footers = self.footers.iter().flat_map(|row| row.begins.iter().map(move |begins| (row, begins)));
        for (row, begins) in footers {
            if tool_after(begins) == Some(&row.tool) {
                return Some(format!("{begins} {}", row.name));
            }
        }
        // Keys such as `made-with` are ordinary words; one that holds its tool's name is not.
        let sessions = self.lines.iter().filter(|row| row.class.class() == MarkClass::Session);
        let keys = sessions.filter_map(|row| Some((row.tool.as_ref()?, &row.keys)));
        let mut named = keys.flat_map(|(tool, keys)| keys.iter().filter(move |key| key.contains(tool.as_str())));
        named.find(|key| plain.contains(key.as_str())).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_known_by_the_mark_that_it_is_after() {
        for (pattern, mark) in [
            ("noreply@anthropic\\.com", "noreply@anthropic.com"),
            ("Co-Authored-By: Claude", "Co-authored-by: claude"),
            ("co-authored-by:.*(claude|copilot)", "Co-authored-by: claude"),
            ("Generated with.*Claude Code", "generated with claude code"),
            ("🤖 Generated with \\[Claude Code\\]", "generated with claude code"),
            ("^Claude-Session:", "claude-session"),
        ] {
            assert_eq!(Registry::builtin().mark_in_pattern(pattern).as_deref(), Some(mark), "{pattern}");
        }
    }

    #[test]
    fn ordinary_words_people_and_other_addresses_are_no_marks() {
        for pattern in [
            "Signed-off-by:",
            "Co-authored-by: Mia Hart",
            "generated with protoc",
            "made-with",
            "@anthropic.com",
            "claude",
            "reply@anthropic.org",
            "",
        ] {
            assert_eq!(Registry::builtin().mark_in_pattern(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn a_given_name_alone_is_an_agent_only_where_nothing_else_is_to_be_feared() {
        let named = |label, strict| Registry::builtin().agent_named(label, strict);
        assert_eq!((named("Claude", true), named("Claude", false)), (None, Some("claude")));
        assert_eq!(named("Claude Code", true), Some("claude"));
        assert_eq!(named("Mia Hart", false), None);
    }
}
