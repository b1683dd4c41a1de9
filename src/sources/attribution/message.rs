//! Marks in a commit message, line by line.
//!
//! Lines are read over the whole message, not only in git's trailer block, for GitHub's squash separator pushes earlier
//! trailers out of it (<https://github.com/orgs/community/discussions/212929>). The subject is never read; a quoted or
//! indented line is somebody else's.

use std::collections::BTreeSet;

use super::data::Value;
use super::{Registry, agent, mark};
use crate::facts::change::{Channel, Mark, MarkClass};
use crate::plan::Says;

/// The longest key that is looked up.
pub(super) const LONGEST_KEY: usize = 32;

impl Registry {
    /// Adds the marks of a message.
    pub(super) fn read_message(&self, message: &str, marks: &mut BTreeSet<Mark>) {
        for line in body(message) {
            if !self.read_trailer(line, marks) && !self.read_footer(line, marks) && !self.read_box(line, marks) {
                self.read_mentions(line, marks);
            }
        }
    }

    /// A box of the template of reviews: a squash carries the description into the message.
    fn read_box(&self, line: &str, marks: &mut BTreeSet<Mark>) -> bool {
        let Some((tool, says)) = self.boxes.read(line) else { return false };
        if says == Some(Says::Ai) {
            marks.insert(Mark { tool: tool.to_owned(), class: MarkClass::Declared, channel: Channel::Body });
        }
        true
    }

    /// Reads a `key: value` line; `true` when no running text is left in it: it bore a mark, or named a person.
    pub(super) fn read_trailer(&self, line: &str, marks: &mut BTreeSet<Mark>) -> bool {
        let Some((key, value)) = trailer(line) else { return false };
        if is_co_author(key) {
            let (name, address) = identity(value);
            marks.extend(mark(&self.table.by_address(name, address), Channel::CoAuthor));
            return true;
        }
        let before = marks.len();
        let mut known = false;
        if let Some(rows) = self.keys.get(&key.to_ascii_lowercase()) {
            let lower = value.to_ascii_lowercase();
            for row in rows.iter().map(|row| &self.lines[*row]).filter(|row| row.accepts(&lower)) {
                let class = row.class.class();
                let named = row.value.map(|_| self.agents_in(value)).unwrap_or_default();
                marks.extend(named.iter().map(|tool| trailer_mark(tool, class)));
                // With `Value::AnyAgent` the row's tool stands for whatever else the value names.
                if let Some(tool) = row.tool.as_ref().filter(|_| named.is_empty() && row.value != Some(Value::Agent)) {
                    marks.insert(trailer_mark(tool, class));
                }
            }
            known = marks.len() > before;
        }
        known || (value.ends_with('>') && value.contains('@'))
    }

    /// The tools that a declaration names, by address or by name.
    fn agents_in(&self, value: &str) -> BTreeSet<&str> {
        let (name, address) = identity(value);
        if let super::who::Who::Tool { tool, person: false, .. } = self.table.by_address("", address) {
            return BTreeSet::from([tool]);
        }
        agent::named(&self.agents, name, !address.is_empty())
    }

    /// `🤖 Generated with [Claude Code](https://…)` and the like, alone on its line.
    pub(super) fn read_footer(&self, line: &str, marks: &mut BTreeSet<Mark>) -> bool {
        let text = line.trim_start_matches(['🤖', '\u{fe0f}', ' ', '_', '*']);
        // A bullet or an indented line has lost a blank or a star and nothing that only the footer has.
        let own = text.len() == line.len() || line.starts_with(['🤖', '_']) || line.starts_with("**");
        let found = own.then(|| {
            self.footers.iter().find(|row| {
                row.begins.iter().any(|begins| {
                    text.get(..begins.len()).is_some_and(|head| head.eq_ignore_ascii_case(begins))
                        && is_name(&text[begins.len()..], &row.name)
                })
            })
        });
        let Some(row) = found.flatten() else { return false };
        marks.insert(Mark { tool: row.tool.clone(), class: row.class.class(), channel: Channel::Body });
        true
    }

    fn read_mentions(&self, line: &str, marks: &mut BTreeSet<Mark>) {
        for word in line.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()) {
            if !self.mention_shapes.fit(word) {
                continue;
            }
            let lower = String::from_utf8_lossy(word).to_ascii_lowercase();
            if let Some(tool) = self.mentions.get(&lower) {
                marks.insert(Mark { tool: tool.clone(), class: MarkClass::Heuristic, channel: Channel::Body });
            }
        }
    }
}

/// First letters and lengths of the words that are looked up: nearly every other word of a message differs in one of them.
#[derive(Default)]
pub(super) struct Shapes([u32; 26]);

impl Shapes {
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a String>) -> Self {
        let mut shapes = Self::default();
        for word in words {
            if let Some((letter, length)) = shape(word.as_bytes()) {
                shapes.0[letter] |= 1 << length;
            }
        }
        shapes
    }

    fn fit(&self, word: &[u8]) -> bool {
        shape(word).is_some_and(|(letter, length)| self.0[letter] >> length & 1 != 0)
    }
}

fn shape(word: &[u8]) -> Option<(usize, usize)> {
    let letter = word.first()?.to_ascii_lowercase().checked_sub(b'a').filter(|letter| *letter < 26)?;
    Some((usize::from(letter), word.len())).filter(|(_, length)| *length < 32)
}

/// Name and address of every `Co-authored-by` line, the subject left out; either may be empty.
pub(super) fn co_authors(message: &str) -> impl Iterator<Item = (&str, &str)> {
    body(message).filter_map(trailer).filter(|(key, _)| is_co_author(key)).map(|(_, value)| identity(value))
}

/// The lines after the subject.
fn body(message: &str) -> impl Iterator<Item = &str> {
    message.trim_start_matches(['\n', '\r']).split_once('\n').map_or("", |(_, body)| body).lines().map(str::trim_end)
}

fn is_co_author(key: &str) -> bool {
    key.eq_ignore_ascii_case("co-authored-by")
}

fn trailer_mark(tool: &str, class: MarkClass) -> Mark {
    Mark { tool: tool.to_owned(), class, channel: Channel::Trailer }
}

/// Splits `Key: value`; keys are letters, digits and `-`, at the start of the line.
fn trailer(line: &str) -> Option<(&str, &str)> {
    let colon = line.as_bytes().iter().take(LONGEST_KEY + 2).position(|byte| *byte == b':')?;
    let key = line[..colon].trim_end_matches(' ');
    let plain = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain.then(|| (key, line[colon + 1..].trim()))
}

/// Splits `Name <address>`, as damaged as clones hold it: no address, an empty one, remnants of HTML behind it.
pub(super) fn identity(value: &str) -> (&str, &str) {
    let Some(open) = value.find('<') else {
        let address = value.contains('@') && !value.contains(char::is_whitespace);
        return if address { ("", value) } else { (value, "") };
    };
    let rest = &value[open + 1..];
    let address = rest.split(['>', '<']).next().unwrap_or("").trim();
    (value[..open].trim(), if address.contains('@') { address } else { "" })
}

/// Whether the rest of a footer is the name, plain, with its address in brackets or as a Markdown link, and nothing after
/// it.
fn is_name(rest: &str, name: &str) -> bool {
    let Some(rest) = rest.strip_prefix(' ') else { return false };
    let rest = rest.trim().trim_end_matches(['_', '*', '.']);
    let rest = match rest.split_once(" (https://") {
        Some((text, link)) if link.strip_suffix(')').is_some_and(|link| !link.contains([' ', '(', ')'])) => text,
        _ => rest,
    };
    let text = match rest.strip_prefix('[').and_then(|rest| rest.split_once("](")) {
        Some((text, link)) if link.strip_suffix(')').is_some_and(|link| !link.contains([' ', ')'])) => text,
        Some(_) => return false,
        None => rest,
    };
    text.eq_ignore_ascii_case(name)
}
