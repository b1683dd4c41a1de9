//! Records about AI use beside the commits: which references hold them, and what they add to the facts.

use std::collections::BTreeMap;

use gix::ObjectId;

use super::{notes, open, traces, transcripts};
use crate::facts::change::{Channel, CommitId, Mark, MarkClass};
use crate::facts::input::RefusalReason;
use crate::facts::{Change, Repository};

/// References that hold records.
#[derive(Debug, Default)]
pub(super) struct References {
    /// `refs/notes/ai`.
    pub(super) notes: Option<ObjectId>,
    /// Those in older shapes, by name.
    older: Vec<(String, ObjectId)>,
    /// Those that hold conversations, by name.
    conversations: Vec<(String, ObjectId)>,
}

/// What was read, until the changes are there to be marked.
#[derive(Default)]
pub(super) struct Found {
    marks: BTreeMap<CommitId, Vec<Mark>>,
    traces: Option<traces::Found>,
}

/// How often something could not be used, and what.
pub(super) type Refusals = Vec<(RefusalReason, u64, &'static str)>;

impl References {
    /// Picks them out of all references.
    pub(super) fn of(named: &[(String, ObjectId)]) -> Self {
        let mut all = named.to_vec();
        all.sort();
        all.dedup();
        let only = |fits: fn(&str) -> bool| all.iter().filter(|(name, _)| fits(name)).cloned().collect();
        Self {
            notes: all.iter().find(|(name, _)| name == notes::REFERENCE).map(|(_, id)| *id),
            older: only(notes::is_older),
            conversations: only(transcripts::is_store),
        }
    }

    /// Those of a repository.
    pub(super) fn in_repository(repo: &gix::Repository) -> Self {
        Self::of(&listed(repo))
    }

    /// Names and targets, for the digest.
    pub(super) fn older_and_conversations(&self) -> impl Iterator<Item = &(String, ObjectId)> {
        self.older.iter().chain(&self.conversations)
    }
}

/// Every reference of a repository that may hold records.
pub(super) fn listed(repo: &gix::Repository) -> Vec<(String, ObjectId)> {
    let folders = ["refs/notes/", "refs/ai/", "refs/heads/entire/", "refs/remotes/", "refs/entire/"];
    folders.into_iter().flat_map(|folder| open::references(repo, folder)).collect()
}

/// Reads the records; their counts go to the repository, their marks to the changes later.
pub(super) fn read(
    repo: &gix::Repository,
    tip: ObjectId,
    references: &References,
    on_history: &dyn Fn(&CommitId) -> bool,
    found: &mut Repository,
) -> (Found, Refusals) {
    let mut refusals = Vec::new();
    let mut marks: BTreeMap<CommitId, Vec<Mark>> = BTreeMap::new();
    let mut take = |read: Option<notes::Found>, channel| {
        let Some(read) = read else {
            refusals.push((RefusalReason::MissingObject, 1, "the AI notes cannot be read to their end"));
            return None;
        };
        refusals.push((RefusalReason::Unreadable, read.malformed, "an AI note holds no record that can be read"));
        refusals.push((RefusalReason::TooLarge, read.too_large, "an AI note is larger than 16 MiB"));
        let count = read.count(on_history);
        for (commit, tools) in read.tools {
            let noted = tools.into_iter().map(|tool| Mark { tool, class: MarkClass::Note, channel });
            marks.entry(commit).or_default().extend(noted);
        }
        Some(count)
    };
    found.notes = references.notes.and_then(|notes| take(notes::read(repo, notes), Channel::Note));
    if !references.older.is_empty() {
        found.older_notes = take(notes::read_older(repo, &references.older), Channel::OlderNote);
    }
    for store in transcripts::read(repo, tip, &references.conversations) {
        match store {
            Ok(store) => found.transcripts.push(store),
            Err(transcripts::Unreadable) => {
                refusals.push((RefusalReason::MissingObject, 1, "a folder of conversations cannot be read"));
            }
        }
    }
    let traces = traces::read(repo, tip);
    if let Some(traces) = &traces {
        refusals.push((RefusalReason::Unreadable, traces.malformed, "a line of the agent traces holds no record"));
        refusals.push((RefusalReason::TooLarge, traces.too_large, "a line of the agent traces is longer than 4 MiB"));
    }
    (Found { marks, traces }, refusals)
}

impl Found {
    /// Adds the marks to the repository's changes.
    pub(super) fn mark(mut self, changes: &mut [Change], found: &mut Repository) {
        for change in changes.iter_mut() {
            change.marks.extend(self.marks.remove(&change.id).unwrap_or_default());
            change.marks.sort();
            change.marks.dedup();
        }
        found.traces = self.traces.as_ref().map(|traces| traces::attribute(traces, changes));
    }
}
