//! What one AI record of git-ai says: which tools took part, and whether it holds what was said or names a person.
//!
//! Since version 1 a record is an attestation part, a line `---` and a JSON object with `sessions`, `prompts` and `humans`
//! (<https://github.com/git-ai-project/git-ai/blob/main/specs/git_ai_standard_v3.0.0.md>). The draft before it was JSON
//! alone, `files` with `authors` (the Readme of the same repository until September 2025). Only tools are taken over;
//! prompts, transcripts and people are counted and never quoted.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::sources::attribution::Registry;

/// What one record says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    /// Tools that took part, in the registry's words.
    pub(super) tools: BTreeSet<String>,
    /// It holds what was said.
    pub(super) transcript: bool,
    /// It names a person.
    pub(super) person: bool,
    /// It links to what was said.
    pub(super) link: bool,
}

/// Reads a record; `None` when it holds no JSON object.
pub(super) fn content(record: &str) -> Option<Content> {
    let json = match record.strip_prefix("---\n") {
        Some(json) => json,
        None => record.split_once("\n---\n").map_or(record, |(_, json)| json),
    };
    let json: Value = serde_json::from_str(json).ok()?;
    let files = json.as_object()?.get("files");
    Some(match files {
        Some(files) => draft(files),
        None => standard(&json),
    })
}

fn standard(json: &Value) -> Content {
    let records = || {
        let parts = ["sessions", "prompts"].into_iter().filter_map(|key| json.get(key)?.as_object());
        parts.flat_map(serde_json::Map::values)
    };
    let some = |key: &str| records().any(|record| record.get(key).is_some_and(holds_something));
    let named = |record: &Value| {
        Registry::builtin().note_tool(record.pointer("/agent_id/tool").and_then(Value::as_str).unwrap_or(""))
    };
    Content {
        tools: records().filter_map(named).collect(),
        transcript: some("messages"),
        person: some("human_author") || json.get("humans").is_some_and(holds_something),
        link: some("messages_url"),
    }
}

/// `agent_metadata` is an object for agents and null for people, who stand there by their name. Some agents were written
/// without it: their full name counts, a given name alone does not.
fn draft(files: &Value) -> Content {
    let files = files.as_object().into_iter().flat_map(serde_json::Map::values);
    let authors = files.filter_map(|file| file.get("authors")?.as_array()).flatten();
    let (mut tools, mut person) = (BTreeSet::new(), false);
    for author in authors {
        let name = author.get("author").and_then(Value::as_str).unwrap_or("").trim();
        let metadata = author.get("agent_metadata").is_some_and(Value::is_object);
        match Registry::builtin().agent_named(name, !metadata) {
            Some(named) => drop(tools.insert(named.to_owned())),
            None if metadata => tools.extend(Registry::builtin().note_tool(name)),
            // Not counted as a tool, and not as a person either: it may be the one or the other.
            None if Registry::builtin().agent_named(name, false).is_some() => {}
            None => person |= !name.is_empty(),
        }
    }
    Content { tools, person, ..Content::default() }
}

fn holds_something(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(record: &str) -> Content {
        content(record).unwrap_or_default()
    }

    fn tools(record: &str) -> Vec<String> {
        read(record).tools.into_iter().collect()
    }

    #[test]
    fn sessions_and_prompts_name_their_tools_once() {
        let note = "a.rs\n  s_1::t_1 1-4\n---\n{\"sessions\":{\"s\":{\"agent_id\":{\"tool\":\"claude-code\"}}},\
                    \"prompts\":{\"p\":{\"agent_id\":{\"tool\":\"claude\"}},\"q\":{\"agent_id\":{\"tool\":\"Cursor\"}}}}";
        assert_eq!(tools(note), ["claude", "cursor"]);
    }

    #[test]
    fn a_record_with_messages_holds_a_transcript_and_one_with_their_address_links_to_it() {
        let with = |key: &str, value: &str| read(&format!("---\n{{\"prompts\":{{\"p\":{{\"{key}\":{value}}}}}}}"));
        assert!(with("messages", "[{\"role\":\"user\"}]").transcript);
        assert!(!with("messages", "[]").transcript);
        let linked = with("messages_url", "\"https://harbour.example/c/1\"");
        assert!(linked.link && !linked.transcript);
    }

    #[test]
    fn a_record_names_a_person_as_author_or_as_known_human() {
        let with = |json: &str| read(&format!("---\n{json}")).person;
        assert!(with("{\"sessions\":{\"s\":{\"human_author\":\"Mia <mia@harbour.example>\"}}}"));
        assert!(with("{\"prompts\":{},\"humans\":{\"h_31dce776f88375\":{\"author\":\"Mia\"}}}"));
        assert!(!with("{\"sessions\":{\"s\":{\"human_author\":\" \"}},\"humans\":{}}"));
        assert!(!with("{\"sessions\":{\"s\":{\"human_author\":null}}}"));
    }

    #[test]
    fn test_tools_and_empty_records_are_no_marks() {
        assert_eq!(tools("---\n{\"prompts\":{\"p\":{\"agent_id\":{\"tool\":\"mock_ai\"}}}}"), Vec::<String>::new());
        for note in ["---\n{}", "---\n{\"prompts\":[]}", "x\n---\n{\"humans\":{\"h\":{}}}"] {
            assert_eq!(content(note).map(|content| content.tools), Some(BTreeSet::new()), "{note}");
        }
        for note in ["", "---\n", "[[[[", "a text", "[1]"] {
            assert_eq!(content(note), None, "{note}");
        }
    }

    #[test]
    fn a_tool_that_is_no_plain_word_is_not_quoted() {
        assert_eq!(tools("---\n{\"sessions\":{\"s\":{\"agent_id\":{\"tool\":\"me@harbour.example\"}}}}"), ["other"]);
        assert_eq!(tools("---\n{\"sessions\":{\"s\":{}}}"), ["other"]);
    }

    #[test]
    fn the_draft_tells_agents_by_their_metadata_or_full_name_and_people_by_neither() {
        let with = |author: &str, metadata: &str| {
            let entry = format!("{{\"author\":\"{author}\",\"lines\":[1],\"agent_metadata\":{metadata}}}");
            read(&format!("{{\"files\":{{\"a\":{{\"file\":\"a\",\"authors\":[{entry}]}}}}}}"))
        };
        let tools = |content: &Content| content.tools.iter().cloned().collect::<Vec<_>>();
        let agent = with("Claude Code", "{\"model\":\"claude-4-sonnet\"}");
        assert_eq!((tools(&agent), agent.person), (vec!["claude".to_owned()], false));
        assert_eq!(tools(&with("Claude Code", "null")), ["claude"]);
        assert_eq!(tools(&with("Claude", "{\"model\":\"claude-4-sonnet\"}")), ["claude"]);
        assert_eq!(tools(&with("my agent", "{\"model\":\"m\"}")), ["other"]);
        let given_name = with("Claude", "null");
        assert_eq!((given_name.tools.len(), given_name.person), (0, false));
        let person = with("Mia Hart", "null");
        assert_eq!((person.tools.len(), person.person), (0, true));
    }
}
