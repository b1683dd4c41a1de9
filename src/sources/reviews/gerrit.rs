//! A change of Gerrit, whichever interface it comes from: its patch sets, its votes, and what a vote says about the revision
//! that landed.
//!
//! A vote is given on one patch set. When only patch sets without a change of content followed, it is taken as one on the last
//! of these, for there was nothing new to read; when content followed, it stays with the patch set it was given on and is stale.
//! Gerrit shows copied votes again on later patch sets: with the instant at which they were given or, in newer versions, with
//! that of the patch set itself
//! (<https://gerrit.googlesource.com/gerrit/+/refs/heads/master/java/com/google/gerrit/server/notedb/ChangeNotesParser.java>).
//!
//! Only the label `Code-Review` approves, by its highest value or where a submit record names the person who satisfied it;
//! lower positive votes are opinions. Other labels (`Verified`, `Commit-Queue`, …) speak about tests and queues.

use jiff::Timestamp;

use super::account::Account;
use super::raw::{Author, Event, Head, RawReview};
use crate::facts::change::CommitId;
use crate::facts::review::ReviewState;
use crate::sources::attribution::{Registry, ReviewMarks, Signatures};

/// The label that approves, and what versions before 2.6 called it.
pub(super) const LABELS: [&str; 2] = ["Code-Review", "CRVW"];

/// Its highest value, where the export does not list the values
/// (<https://gerrit-review.googlesource.com/Documentation/config-labels.html#label_Code-Review>).
pub(super) const HIGHEST: i64 = 2;

/// Kinds of patch set that leave the change itself as it was
/// (<https://gerrit-review.googlesource.com/Documentation/json.html#patchSet>, and `TRIVIAL_REBASE_WITH_MESSAGE_UPDATE` of
/// <https://gerrit-review.googlesource.com/Documentation/rest-api-changes.html#revision-info>).
const SAME_CONTENT: [&str; 4] = ["TRIVIAL_REBASE", "TRIVIAL_REBASE_WITH_MESSAGE_UPDATE", "NO_CODE_CHANGE", "NO_CHANGE"];

/// A patch set.
pub(super) struct PatchSet {
    pub(super) number: u64,
    pub(super) revision: CommitId,
    pub(super) created: Option<Timestamp>,
    /// It changes no content against the one before it. A kind that is missing or unknown is taken as content.
    pub(super) same: bool,
    pub(super) author: Option<Author>,
    pub(super) uploader: Option<Author>,
}

/// A vote on the approving label.
pub(super) struct Vote {
    pub(super) by: Option<Account>,
    pub(super) value: i64,
    pub(super) at: Option<Timestamp>,
    /// The patch set that shows it.
    pub(super) shown_on: u64,
}

/// A change.
pub(super) struct Change {
    pub(super) number: u64,
    pub(super) owner: Option<Account>,
    pub(super) opened: Option<Timestamp>,
    pub(super) merged: Option<Timestamp>,
    /// The instant of the merge is no more than the last one known, so that nothing proves that an act came before it.
    pub(super) merged_at_latest: bool,
    pub(super) merged_by: Option<Account>,
    pub(super) patch_sets: Vec<PatchSet>,
    pub(super) highest: i64,
    pub(super) votes: Vec<Vote>,
    /// Who satisfied the approving label, by the submit records.
    pub(super) satisfied_by: Vec<Account>,
    /// Who wrote something, and when.
    pub(super) comments: Vec<(Option<Account>, Option<Timestamp>)>,
    pub(super) message: String,
    pub(super) lines: Option<u64>,
    pub(super) votes_known: bool,
    pub(super) unusable: u64,
    pub(super) more: bool,
}

/// Whether a kind of patch set changes no content.
pub(super) fn is_same(kind: &str) -> bool {
    SAME_CONTENT.contains(&kind)
}

/// Whether a message of a change holds more than the line that Gerrit writes over it (`Patch Set 2: Code-Review+2`).
pub(super) fn is_written(message: &str) -> bool {
    let (first, rest) = message.split_once('\n').unwrap_or((message, ""));
    first.starts_with("Patch Set ") && !rest.trim().is_empty()
}

impl Change {
    /// The change as a review.
    pub(super) fn review(mut self, registry: &Registry) -> RawReview {
        self.patch_sets.sort_by_key(|patch_set| patch_set.number);
        let mut events = self.events();
        let comment =
            |(actor, at)| Event { actor, state: ReviewState::Commented, at, revision: None, has_comment: true };
        events.extend(std::mem::take(&mut self.comments).into_iter().map(comment));
        let tip = self.patch_sets.last().map(|patch_set| patch_set.revision.clone());
        RawReview {
            number: self.number,
            opened: self.opened,
            merged: self.merged,
            merge_commit: tip.filter(|_| self.merged.is_some()),
            head: self.head(registry).into_iter().collect(),
            events,
            // The message of its commit is its description, and its head commit bears those marks.
            // A change is described by its commit's message, which is read with the commit.
            said: ReviewMarks { had_text: true, ..ReviewMarks::default() },
            lines: self.lines,
            truncated: false,
            has_reviews: self.votes_known,
            unusable: self.unusable,
            more: self.more,
            author: self.owner,
            merged_by: self.merged_by,
        }
    }

    fn events(&mut self) -> Vec<Event> {
        let mut votes = std::mem::take(&mut self.votes);
        let full =
            |by: &Account| votes.iter().any(|vote| vote.value >= self.highest && same(vote.by.as_ref(), Some(by)));
        // Whose highest vote is on record needs no submit record.
        let named: Vec<Account> = std::mem::take(&mut self.satisfied_by).into_iter().filter(|by| !full(by)).collect();
        votes.sort_by_key(|vote| (vote.at.is_none(), vote.at, vote.shown_on));
        let mut events: Vec<Event> = Vec::new();
        for vote in votes {
            let state = match vote.value {
                0 => ReviewState::Dismissed,
                value if value < 0 => ReviewState::ChangesRequested,
                value if value >= self.highest || named.iter().any(|by| same(vote.by.as_ref(), Some(by))) => {
                    ReviewState::Approved
                }
                _ => ReviewState::Commented,
            };
            let mut before = events.iter().filter(|event| same(event.actor.as_ref(), vote.by.as_ref()));
            // A vote that is taken back is listed as one of 0, and so is a person who never voted.
            let idle = state == ReviewState::Dismissed && (vote.at.is_none() || before.clone().next().is_none());
            let copied =
                before.any(|event| event.state == state && (event.at == vote.at || self.came_with_upload(&vote)));
            if idle || vote.at.is_some() && copied {
                continue;
            }
            let revision = self.counts_for(&vote).filter(|_| !self.merged_at_latest);
            events.push(Event { state, at: vote.at, revision, has_comment: false, actor: vote.by });
        }
        let approved = |by: &Account| {
            events.iter().any(|event| same(event.actor.as_ref(), Some(by)) && event.state == ReviewState::Approved)
        };
        let named: Vec<Account> = named.into_iter().filter(|by| !approved(by)).collect();
        let untimed =
            |by| Event { actor: Some(by), state: ReviewState::Approved, at: None, revision: None, has_comment: false };
        events.extend(named.into_iter().map(untimed));
        events
    }

    /// Whether a vote has the very instant of the patch set that shows it: Gerrit copied it there.
    fn came_with_upload(&self, vote: &Vote) -> bool {
        let shown = self.patch_sets.iter().find(|patch_set| patch_set.number == vote.shown_on);
        shown.is_some_and(|patch_set| patch_set.number > 1 && patch_set.created == vote.at)
    }

    /// The revision that a vote counts for.
    fn counts_for(&self, vote: &Vote) -> Option<CommitId> {
        let shown = self.patch_sets.iter().position(|patch_set| patch_set.number == vote.shown_on)?;
        let there = |patch_set: &PatchSet| match vote.at.zip(patch_set.created) {
            Some((at, created)) => created < at || created == at && patch_set.number == 1,
            None => true,
        };
        let mut given = self.patch_sets[..=shown].iter().rposition(there)?;
        while self.patch_sets.get(given + 1).is_some_and(|next| self.keeps(&self.patch_sets[given], next)) {
            given += 1;
        }
        Some(self.patch_sets[given].revision.clone())
    }

    /// Whether the next patch set holds what this one held. The server makes one when it rebases or cherry-picks on submission,
    /// and nobody can upload one after that.
    fn keeps(&self, this: &PatchSet, next: &PatchSet) -> bool {
        let by_server = || !self.merged_at_latest && self.merged.is_some() && next.created >= self.merged;
        next.number == this.number + 1 && (next.same || by_server())
    }

    /// The final patch set, since when its content is up for review, and everyone who wrote or uploaded a part of that content.
    fn head(&mut self, registry: &Registry) -> Option<Head> {
        let mut content: Vec<usize> = Vec::new();
        for (index, patch_set) in self.patch_sets.iter().enumerate() {
            if index == 0 || !self.keeps(&self.patch_sets[index - 1], patch_set) {
                content.push(index);
            }
        }
        let since = self.patch_sets[*content.last()?].created;
        let id = self.patch_sets.last()?.revision.clone();
        let author = self.patch_sets.last().and_then(|last| last.author.as_ref());
        let (name, address) = author.map_or(("", ""), |author| (author.name.as_str(), author.address.as_str()));
        let signed =
            Signatures { author_name: name, author_email: address, message: &self.message, ..Signatures::default() };
        let mut head = Head::new(registry, id, since, &signed, "");
        for index in content {
            let patch_set = &mut self.patch_sets[index];
            head.authors.extend(patch_set.author.take().into_iter().chain(patch_set.uploader.take()));
        }
        Some(head)
    }
}

fn same(one: Option<&Account>, other: Option<&Account>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.is(other))
}
