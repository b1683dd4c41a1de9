//! What records beside the history (git notes, traces) call a tool.

use std::collections::BTreeMap;

use super::Registry;
use super::data::RecordRow;

/// The longest word that is taken over from a record.
const LONGEST: usize = 40;

/// The registry's word by the word of the record; `None`: a tool of tests.
#[derive(Default)]
pub(super) struct Records(BTreeMap<String, Option<String>>);

impl Records {
    pub(super) fn new(rows: Vec<RecordRow>) -> Self {
        let words = rows.into_iter().flat_map(|row| {
            let tool = row.tool.filter(|_| !row.test);
            row.names.into_iter().map(move |name| (name, tool.clone()))
        });
        Self(words.collect())
    }
}

impl Registry {
    /// The registry's word for the tool of a record; `None` for a tool of tests. A record is free text, so only a plain
    /// word is taken over: anything else is `other`.
    pub fn note_tool(&self, written: &str) -> Option<String> {
        let lower = written.trim().to_ascii_lowercase();
        if let Some(known) = self.records.0.get(&lower) {
            return known.clone();
        }
        let plain = !lower.is_empty()
            && lower.len() <= LONGEST
            && lower.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        Some(if plain { lower.replace('_', "-") } else { "other".to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tool(written: &str) -> Option<String> {
        Registry::builtin().note_tool(written)
    }

    #[test]
    fn a_record_is_read_in_the_registrys_words() {
        assert_eq!(tool(" Claude-Code ").as_deref(), Some("claude"));
        assert_eq!(tool("github-copilot-cli").as_deref(), Some("copilot"));
        assert_eq!(tool("junie").as_deref(), Some("junie"));
        assert_eq!(tool("ai_tab").as_deref(), Some("ai-tab"));
    }

    #[test]
    fn a_tool_of_tests_is_no_tool() {
        assert_eq!((tool("mock_ai"), tool("Test-Agent")), (None, None));
    }

    #[test]
    fn what_is_no_plain_word_is_not_quoted() {
        for odd in ["me@harbour.example", "", "Mia Moreau", &"x".repeat(41)] {
            assert_eq!(tool(odd).as_deref(), Some("other"), "{odd}");
        }
    }
}
