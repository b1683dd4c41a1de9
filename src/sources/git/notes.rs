//! AI notes in `refs/notes/ai`, as git-ai writes them.
//!
//! A note is an attestation part, a line `---` and a JSON object with `sessions` or, in older notes, `prompts`
//! (<https://github.com/git-ai-project/git-ai/blob/main/specs/git_ai_standard_v3.0.0.md>). Only the tool of each record
//! is read: prompts, transcripts and people in notes are never looked at.

use std::collections::{BTreeMap, BTreeSet};

use gix::ObjectId;
use gix::objs::Kind;
use gix::objs::tree::EntryKind;
use gix::prelude::{FindExt as _, HeaderExt as _};
use serde_json::Value;

use crate::facts::change::{Channel, CommitId, Mark, MarkClass};

/// Where git-ai keeps its notes.
pub(super) const REFERENCE: &str = "refs/notes/ai";

/// Tools of git-ai's own tests, seen in published notes.
const TEST_TOOLS: [&str; 2] = ["mock_ai", "test-agent"];

/// Names that notes use for a tool, where they differ from the registry's.
const SAME_TOOL: [(&str, &str); 5] = [
    ("claude-code", "claude"),
    ("github-copilot", "copilot"),
    ("github-copilot-cli", "copilot"),
    ("copilot-cli", "copilot"),
    ("cursor-agent", "cursor"),
];

/// Largest note that is read: 16 MiB. Old notes hold whole transcripts.
const LARGEST: u64 = 16 << 20;

/// Entries of the notes tree after which reading stops.
const MOST_ENTRIES: usize = 5_000_000;

/// What the notes of a repository hold.
#[derive(Default)]
pub(super) struct Found {
    /// Marks by annotated commit; an empty list is a note without a tool.
    pub(super) marks: BTreeMap<CommitId, Vec<Mark>>,
    /// Notes that hold message content.
    pub(super) transcripts: usize,
    /// Notes that name a person.
    pub(super) people: usize,
}

/// Reads all notes. `None` when they cannot be read to their end.
pub(super) fn read(repo: &gix::Repository, notes: ObjectId) -> Option<Found> {
    let tree = repo.find_object(notes).ok()?.peel_to_tree().ok()?.id;
    let digits = repo.object_hash().len_in_hex();
    let mut found = Found::default();
    let mut left = MOST_ENTRIES;
    let mut folders = vec![(String::new(), tree)];
    while let Some((prefix, id)) = folders.pop() {
        let tree = repo.find_tree(id).ok()?;
        for entry in tree.iter() {
            let entry = entry.ok()?;
            left = left.checked_sub(1)?;
            // Git spreads notes over folders of two digits: the path without slashes is the annotated id.
            let name = format!("{prefix}{}", entry.filename());
            let hex = name.len() <= digits && name.bytes().all(|b| b.is_ascii_hexdigit());
            match entry.mode().kind() {
                EntryKind::Tree if hex => folders.push((name, entry.object_id())),
                EntryKind::Blob if hex && name.len() == digits => {
                    let (marks, transcript) = note(repo, entry.object_id())?;
                    found.marks.insert(CommitId::new(&name), marks);
                    found.transcripts += usize::from(transcript);
                }
                _ => {}
            }
        }
    }
    Some(found)
}

fn note(repo: &gix::Repository, id: ObjectId) -> Option<(Vec<Mark>, bool)> {
    if repo.objects.header(id).ok()?.size() > LARGEST {
        return Some((Vec::new(), false));
    }
    let mut bytes = Vec::new();
    let object = repo.objects.find(&id, &mut bytes).ok()?;
    if object.kind != Kind::Blob {
        return Some((Vec::new(), false));
    }
    Some(content(&String::from_utf8_lossy(object.data)))
}

/// Marks of one note, one per tool, and whether it holds message content.
fn content(note: &str) -> (Vec<Mark>, bool) {
    let json = match note.strip_prefix("---\n") {
        Some(json) => json,
        None => note.split_once("\n---\n").map_or("", |(_, json)| json),
    };
    let Ok(json) = serde_json::from_str::<Value>(json) else { return (Vec::new(), false) };
    let records = || {
        let parts = ["sessions", "prompts"].into_iter().filter_map(|key| json.get(key)?.as_object());
        parts.flat_map(serde_json::Map::values)
    };
    let said = |record: &Value| record.get("messages").and_then(Value::as_array).is_some_and(|list| !list.is_empty());
    let tools: BTreeSet<String> = records()
        .filter_map(|record| tool(record.pointer("/agent_id/tool").and_then(Value::as_str).unwrap_or("")))
        .collect();
    let marks = tools.into_iter().map(|tool| Mark { tool, class: MarkClass::Note, channel: Channel::Note });
    (marks.collect(), records().any(said))
}

/// The registry's id of a tool; `None` for a test tool. A note is free text, so only a plain word is taken over.
fn tool(written: &str) -> Option<String> {
    let lower = written.trim().to_ascii_lowercase();
    if TEST_TOOLS.contains(&lower.as_str()) {
        return None;
    }
    let id = SAME_TOOL.iter().find(|(theirs, _)| *theirs == lower).map_or(lower.as_str(), |(_, ours)| ours);
    let plain =
        !id.is_empty() && id.len() <= 40 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    Some(if plain { id.replace('_', "-") } else { "other".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tools(note: &str) -> Vec<String> {
        content(note).0.into_iter().map(|mark| mark.tool).collect()
    }

    #[test]
    fn sessions_and_prompts_name_their_tools_once() {
        let note = "a.rs\n  s_1::t_1 1-4\n---\n{\"sessions\":{\"s\":{\"agent_id\":{\"tool\":\"claude-code\"}}},\
                    \"prompts\":{\"p\":{\"agent_id\":{\"tool\":\"claude\"}},\"q\":{\"agent_id\":{\"tool\":\"Cursor\"}}}}";
        assert_eq!(tools(note), ["claude", "cursor"]);
    }

    #[test]
    fn a_note_with_messages_holds_a_transcript() {
        let with = |messages: &str| format!("---\n{{\"prompts\":{{\"p\":{{\"messages\":{messages}}}}}}}");
        assert!(content(&with("[{\"role\":\"user\"}]")).1);
        assert!(!content(&with("[]")).1);
    }

    #[test]
    fn test_tools_and_empty_notes_are_no_marks() {
        assert_eq!(tools("---\n{\"prompts\":{\"p\":{\"agent_id\":{\"tool\":\"mock_ai\"}}}}"), Vec::<String>::new());
        for note in ["", "---\n", "---\n{}", "---\n{\"prompts\":[]}", "x\n---\n{\"humans\":{\"h\":{}}}", "[[[["] {
            assert_eq!(tools(note), Vec::<String>::new(), "{note}");
        }
    }

    #[test]
    fn a_tool_that_is_no_plain_word_is_not_quoted() {
        assert_eq!(tools("---\n{\"sessions\":{\"s\":{\"agent_id\":{\"tool\":\"me@harbour.example\"}}}}"), ["other"]);
        assert_eq!(tools("---\n{\"sessions\":{\"s\":{}}}"), ["other"]);
    }
}
