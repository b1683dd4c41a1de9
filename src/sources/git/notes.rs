//! AI records of git-ai: notes in `refs/notes/ai`, and what came before them.
//!
//! Before `refs/notes/ai` each commit had a reference of its own, `refs/ai/authorship/<commit>`, that points at the record;
//! `refs/notes/ai-remote` holds notes as they came from a remote. Both are still found in repositories.

use std::collections::{BTreeMap, BTreeSet};

use gix::ObjectId;
use gix::objs::Kind;
use gix::objs::tree::EntryKind;
use gix::prelude::{FindExt as _, HeaderExt as _};

use super::authorship;
use crate::facts::change::CommitId;
use crate::facts::record::Notes;

/// Where git-ai keeps its notes.
pub(super) const REFERENCE: &str = "refs/notes/ai";

/// Notes as they came from a remote, under this name or below it.
const REMOTE: &str = "refs/notes/ai-remote";

/// A reference a commit, before there were notes.
const AUTHORSHIP: &str = "refs/ai/authorship/";

/// Largest record that is read: 16 MiB. Old ones hold whole transcripts.
const LARGEST: u64 = 16 << 20;

/// Entries of a notes tree after which reading stops.
const MOST_ENTRIES: usize = 5_000_000;

/// What the records of a repository hold.
#[derive(Default)]
pub(super) struct Found {
    /// Tools by annotated commit.
    pub(super) tools: BTreeMap<CommitId, BTreeSet<String>>,
    /// The annotated commits, one entry a record.
    annotated: Vec<CommitId>,
    transcripts: usize,
    people: usize,
    links: usize,
    /// Records that hold nothing that can be read.
    pub(super) malformed: u64,
    /// Records above the limit.
    pub(super) too_large: u64,
}

/// Whether a reference holds records in a shape before `refs/notes/ai`.
pub(super) fn is_older(name: &str) -> bool {
    name.starts_with(AUTHORSHIP)
        || name.strip_prefix(REMOTE).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Reads all notes. `None` when they cannot be read to their end.
pub(super) fn read(repo: &gix::Repository, notes: ObjectId) -> Option<Found> {
    let mut found = Found::default();
    found.add_notes(repo, notes)?;
    Some(found)
}

/// Reads the records under older references. `None` when one of them cannot be read to its end.
pub(super) fn read_older(repo: &gix::Repository, references: &[(String, ObjectId)]) -> Option<Found> {
    let mut found = Found::default();
    for (name, id) in references {
        match name.strip_prefix(AUTHORSHIP) {
            Some(commit) if is_id(repo, commit) => found.add(repo, *id, commit)?,
            Some(_) => found.malformed += 1,
            None => found.add_notes(repo, *id)?,
        }
    }
    Some(found)
}

fn is_id(repo: &gix::Repository, text: &str) -> bool {
    text.len() == repo.object_hash().len_in_hex() && text.bytes().all(|b| b.is_ascii_hexdigit())
}

impl Found {
    /// Their number, and how many lie on the commits of the history.
    pub(super) fn count(&self, on_history: &dyn Fn(&CommitId) -> bool) -> Notes {
        Notes {
            records: self.annotated.len(),
            on_history: self.annotated.iter().filter(|id| on_history(id)).count(),
            transcripts: self.transcripts,
            people: self.people,
            links: self.links,
        }
    }

    fn add_notes(&mut self, repo: &gix::Repository, notes: ObjectId) -> Option<()> {
        let tree = repo.find_object(notes).ok()?.peel_to_tree().ok()?.id;
        let digits = repo.object_hash().len_in_hex();
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
                    EntryKind::Blob if hex && name.len() == digits => self.add(repo, entry.object_id(), &name)?,
                    _ => {}
                }
            }
        }
        Some(())
    }

    fn add(&mut self, repo: &gix::Repository, record: ObjectId, commit: &str) -> Option<()> {
        let commit = CommitId::new(commit);
        self.annotated.push(commit.clone());
        if repo.objects.header(record).ok()?.size() > LARGEST {
            self.too_large += 1;
            return Some(());
        }
        let mut bytes = Vec::new();
        let object = repo.objects.find(&record, &mut bytes).ok()?;
        let text = String::from_utf8_lossy(object.data);
        let Some(content) = (object.kind == Kind::Blob).then(|| authorship::content(&text)).flatten() else {
            self.malformed += 1;
            return Some(());
        };
        self.transcripts += usize::from(content.transcript);
        self.people += usize::from(content.person);
        self.links += usize::from(content.link);
        self.tools.entry(commit).or_default().extend(content.tools);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::is_older;

    #[test]
    fn older_references_are_known_by_their_whole_name() {
        for name in ["refs/ai/authorship/03c0", "refs/notes/ai-remote", "refs/notes/ai-remote/origin"] {
            assert!(is_older(name), "{name}");
        }
        for name in ["refs/notes/ai", "refs/notes/ai-remotes", "refs/ai/other", "refs/heads/refs/ai/authorship/03c0"] {
            assert!(!is_older(name), "{name}");
        }
    }
}
