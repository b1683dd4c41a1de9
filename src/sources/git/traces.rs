//! Agent-trace records, version 0.1.0: <https://github.com/cursor/agent-trace>.
//!
//! The specification leaves open where records lie; its reference implementation appends them, one a line, to the file
//! below, with the commit that was the tip *before* the change. A revision may therefore be the change or its parent, and
//! a record attributes one change at most: the commit itself when it touches a path of the record, else the only commit
//! on top of it that does. Links to conversations are counted and never taken over.

use std::collections::{BTreeMap, BTreeSet};

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::settings;
use crate::facts::Change;
use crate::facts::change::{Channel, CommitId, Mark, MarkClass};
use crate::facts::record::Traces;
use crate::sources::attribution::Registry;

/// Where the reference implementation keeps records.
const FILE: &str = ".agent-trace/traces.jsonl";

/// Largest file that is read: 256 MiB.
const LARGEST: u64 = 256 << 20;

/// Longest line that is read: 4 MiB.
const LONGEST_LINE: usize = 4 << 20;

/// The parts of a record that are read. `version`, `id`, `timestamp` and `files` are required.
#[derive(Deserialize)]
struct Record {
    #[serde(rename = "version")]
    _version: IgnoredAny,
    #[serde(rename = "id")]
    _id: IgnoredAny,
    #[serde(rename = "timestamp")]
    _timestamp: IgnoredAny,
    files: Vec<File>,
    vcs: Option<Vcs>,
    tool: Option<Tool>,
}

#[derive(Deserialize)]
struct Vcs {
    r#type: String,
    revision: String,
}

#[derive(Deserialize)]
struct Tool {
    name: Option<String>,
}

#[derive(Deserialize)]
struct File {
    path: String,
    conversations: Vec<Conversation>,
}

#[derive(Deserialize)]
struct Conversation {
    url: Option<String>,
    contributor: Option<Contributor>,
    ranges: Vec<Range>,
    #[serde(default)]
    related: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct Contributor {
    r#type: String,
}

#[derive(Deserialize)]
struct Range {
    contributor: Option<Contributor>,
}

impl Conversation {
    /// AI alone or mixed with a person, for the whole or for one range.
    fn is_ai(&self) -> bool {
        let ranges = self.ranges.iter().filter_map(|range| range.contributor.as_ref());
        self.contributor.iter().chain(ranges).any(|by| ["ai", "mixed"].contains(&by.r#type.as_str()))
    }

    fn is_linked(&self) -> bool {
        self.url.as_ref().is_some_and(|url| !url.trim().is_empty()) || !self.related.is_empty()
    }
}

/// One record.
#[derive(Debug, PartialEq, Eq)]
struct Trace {
    /// The git commit that it names.
    revision: Option<CommitId>,
    /// The tool; `None` for a test tool.
    tool: Option<String>,
    /// Paths to which AI contributed.
    paths: BTreeSet<String>,
    /// Links to a conversation.
    linked: bool,
}

/// What a file of records holds.
#[derive(Debug, Default)]
pub(super) struct Found {
    traces: Vec<Trace>,
    /// Lines that hold no record.
    pub(super) malformed: u64,
    /// Lines above the limit.
    pub(super) too_large: u64,
}

/// Reads the file at the tip; `None` when there is none that can be read.
pub(super) fn read(repo: &gix::Repository, tip: ObjectId) -> Option<Found> {
    settings::blob_up_to(repo, tip, FILE, LARGEST).map(|bytes| parse(&bytes))
}

fn parse(bytes: &[u8]) -> Found {
    let mut found = Found::default();
    for line in bytes.lines() {
        if line.trim().is_empty() {
            continue;
        }
        if line.len() > LONGEST_LINE {
            found.too_large += 1;
            continue;
        }
        match serde_json::from_slice::<Record>(line) {
            Ok(record) => found.traces.push(trace(&record)),
            Err(_) => found.malformed += 1,
        }
    }
    found
}

fn trace(record: &Record) -> Trace {
    let vcs = record.vcs.as_ref().filter(|vcs| vcs.r#type == "git");
    let by_ai = record.files.iter().filter(|file| file.conversations.iter().any(Conversation::is_ai));
    let name = record.tool.as_ref().and_then(|tool| tool.name.as_deref()).unwrap_or("");
    Trace {
        revision: vcs.map(|vcs| CommitId::new(vcs.revision.trim())),
        tool: Registry::builtin().note_tool(name),
        paths: by_ai.map(|file| file.path.trim_start_matches("./").to_owned()).collect(),
        linked: record.files.iter().flat_map(|file| &file.conversations).any(Conversation::is_linked),
    }
}

/// Marks the changes that records attribute, and counts the records.
pub(super) fn attribute(found: &Found, changes: &mut [Change]) -> Traces {
    let by_id: BTreeMap<CommitId, usize> =
        changes.iter().enumerate().map(|(at, change)| (change.id.clone(), at)).collect();
    let mut on_top: BTreeMap<CommitId, Vec<usize>> = BTreeMap::new();
    for (at, change) in changes.iter().enumerate() {
        if let Some(parent) = change.parents.first() {
            on_top.entry(parent.clone()).or_default().push(at);
        }
    }
    let mut count = Traces { records: found.traces.len(), ..Traces::default() };
    for trace in &found.traces {
        count.conversations += usize::from(trace.linked);
        let Some((revision, at)) = trace.revision.as_ref().and_then(|id| by_id.get_key_value(id)) else { continue };
        count.on_history += 1;
        let Some(tool) = &trace.tool else { continue };
        if let Some(at) = meant(trace, *at, on_top.get(revision).map_or(&[][..], Vec::as_slice), changes) {
            let mark = Mark { tool: tool.clone(), class: MarkClass::Note, channel: Channel::Trace };
            let marks = &mut changes[at].marks;
            if let Err(place) = marks.binary_search(&mark) {
                marks.insert(place, mark);
            }
        }
    }
    count
}

/// The change that a record means.
fn meant(trace: &Trace, revision: usize, on_top: &[usize], changes: &[Change]) -> Option<usize> {
    if trace.paths.is_empty() {
        return None;
    }
    let shares = |at: &usize| {
        let paths = changes[*at].paths.as_ref()?;
        Some(paths.iter().any(|change| trace.paths.contains(&change.path)))
    };
    if shares(&revision) == Some(true) {
        return Some(revision);
    }
    let mut sharing = on_top.iter().copied().filter(|at| shares(at) == Some(true));
    match (sharing.next(), sharing.next()) {
        (Some(only), None) => Some(only),
        (Some(_), Some(_)) => None,
        // Outside the window paths are not read: the id alone stands for the commit that it names.
        _ => shares(&revision).is_none().then_some(revision),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::sample::{change, id, path};

    fn record(revision: &CommitId, file: &str, contributor: &str) -> String {
        format!(
            "{{\"version\":\"0.1.0\",\"id\":\"1\",\"timestamp\":\"2026-07-02T10:00:00Z\",\
             \"vcs\":{{\"type\":\"git\",\"revision\":\"{}\"}},\"tool\":{{\"name\":\"claude-code\"}},\
             \"files\":[{{\"path\":\"{file}\",\"conversations\":[{{\"url\":\"https://harbour.example/c/1\",\
             \"contributor\":{{\"type\":\"{contributor}\"}},\"ranges\":[{{\"start_line\":1,\"end_line\":2}}]}}]}}]}}",
            revision.as_str()
        )
    }

    /// `1`, and `2` on top of it.
    fn history() -> Vec<Change> {
        let touching = |digit, name: &str| Change {
            paths: Some(vec![path(name, 1, 0)]),
            parents: Vec::new(),
            ..change(digit, "2026-07-02T10:00:00Z")
        };
        vec![touching('1', "a.rs"), Change { parents: vec![id('1')], ..touching('2', "b.rs") }]
    }

    fn marked(lines: &str, changes: &mut [Change]) -> (Traces, Vec<usize>) {
        let found = parse(lines.as_bytes());
        assert_eq!((found.malformed, found.too_large), (0, 0), "{lines}");
        let count = attribute(&found, changes);
        let marked = changes.iter().enumerate().filter(|(_, change)| change.is_ai());
        (count, marked.map(|(at, _)| at).collect())
    }

    #[test]
    fn a_record_attributes_its_commit_when_they_share_a_path() {
        let mut changes = history();
        let (count, marked) = marked(&record(&id('1'), "a.rs", "ai"), &mut changes);
        assert_eq!((marked, count), (vec![0], Traces { records: 1, on_history: 1, conversations: 1 }));
        let mark = &changes[0].marks[0];
        assert_eq!((mark.tool.as_str(), mark.class, mark.channel), ("claude", MarkClass::Note, Channel::Trace));
    }

    #[test]
    fn a_record_of_the_tip_before_the_change_attributes_the_change_on_top() {
        assert_eq!(marked(&record(&id('1'), "./b.rs", "mixed"), &mut history()).1, [1]);
        let mut two = history();
        two.push(Change { id: id('3'), ..two[1].clone() });
        assert_eq!(marked(&record(&id('1'), "b.rs", "ai"), &mut two).1, [0; 0], "it may mean either");
    }

    #[test]
    fn people_other_paths_and_vanished_commits_attribute_nothing() {
        for contributor in ["human", "unknown", "robot"] {
            assert_eq!(marked(&record(&id('1'), "a.rs", contributor), &mut history()).1, [0; 0], "{contributor}");
        }
        assert_eq!(marked(&record(&id('1'), "c.rs", "ai"), &mut history()).1, [0; 0]);
        let (count, marks) = marked(&record(&id('9'), "a.rs", "ai"), &mut history());
        assert_eq!((count.on_history, count.records, marks.len()), (0, 1, 0));
        let jujutsu = record(&id('1'), "a.rs", "ai").replace("\"git\"", "\"jj\"");
        assert_eq!(marked(&jujutsu, &mut history()).0.on_history, 0);
        let test = record(&id('1'), "a.rs", "ai").replace("claude-code", "mock_ai");
        assert_eq!(marked(&test, &mut history()).1, [0; 0]);
    }

    #[test]
    fn a_range_by_ai_is_enough_and_outside_the_window_the_id_alone_stands() {
        let range = record(&id('1'), "a.rs", "human")
            .replace("\"end_line\":2", "\"end_line\":2,\"contributor\":{\"type\":\"ai\"}");
        assert_eq!(marked(&range, &mut history()).1, [0]);
        let mut unread = history();
        unread[0].paths = None;
        assert_eq!(marked(&record(&id('1'), "a.rs", "ai"), &mut unread).1, [0]);
    }

    #[test]
    fn what_is_no_record_is_counted_and_does_not_stop_the_rest() {
        let good = record(&id('1'), "a.rs", "ai");
        let missing = good.replace("\"id\":\"1\",", "");
        let text = format!("{good}\n\nnot json\n{missing}\n[]\n{}\n{good}", "[".repeat(300));
        let found = parse(text.as_bytes());
        assert_eq!((found.traces.len(), found.malformed), (2, 4));
        assert_eq!(parse(&vec![b'x'; LONGEST_LINE + 1]).too_large, 1);
        assert_eq!(parse(b"\xff\xfe\n").malformed, 1);
    }
}
