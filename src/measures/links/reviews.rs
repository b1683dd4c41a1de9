//! Which review belongs to which change: by the commit it became, by a commit of its head, else by the number that the
//! message names.

use std::collections::BTreeMap;

use super::index::Index;
use crate::facts::change::CommitId;
use crate::facts::review::{HeadCommit, PullHead};
use crate::facts::{Change, Facts, Review};

/// What was squashed into a change.
pub(super) struct Squashed<'a> {
    /// The commits; none where it landed as it stood.
    pub(super) commits: &'a [HeadCommit],
    /// The last revision of its review.
    pub(super) last: Option<&'a CommitId>,
    /// Only the clone holds them.
    pub(super) from_clone: bool,
}

/// Reviews by landed commit, by head commit and by number; numbers are told apart by repository.
pub(super) struct ReviewIndex<'a> {
    by_commit: BTreeMap<(usize, &'a str), &'a Review>,
    by_number: BTreeMap<(usize, u64), &'a Review>,
    heads: BTreeMap<(usize, u64), &'a PullHead>,
    owners: BTreeMap<(usize, u64), usize>,
}

impl<'a> ReviewIndex<'a> {
    /// Of the merged reviews.
    pub(super) fn of(facts: &'a Facts, index: &Index<'a>) -> Self {
        let mut reviews: Vec<&Review> = facts.reviews.iter().filter(|review| review.merged.is_some()).collect();
        reviews.sort_by_key(|review| (review.merged, review.number));
        let (mut by_commit, mut by_number) = (BTreeMap::new(), BTreeMap::new());
        for review in &reviews {
            by_number.entry((review.repository, review.number)).or_insert(*review);
            // Who landed a commit first is its review; what a later branch repeats does not change that.
            for commit in &review.head {
                by_commit.entry((review.repository, commit.id.as_str())).or_insert(*review);
            }
        }
        by_commit.extend(reviews.iter().filter_map(|r| Some(((r.repository, r.merge_commit.as_ref()?.as_str()), *r))));
        let heads = facts.pull_heads.iter().map(|head| ((head.repository, head.number), head)).collect();
        let owners = owners(facts, index, &by_number);
        Self { by_commit, by_number, heads, owners }
    }

    /// Its review, and the number of its review even where no export holds it.
    pub(super) fn of_change(&self, at: usize, change: &Change) -> (Option<&'a Review>, Option<u64>) {
        if let Some(review) = self.by_commit.get(&(change.repository, change.id.as_str())) {
            return (Some(review), Some(review.number));
        }
        let named = change.review_number.map(|number| (change.repository, number));
        match named.filter(|key| change.is_merge() || self.owners.get(key) == Some(&at)) {
            Some(key) => (self.by_number.get(&key).copied(), Some(key.1)),
            None => (None, None),
        }
    }

    /// The commits that were squashed into a change, and the last revision of its review: from the export, else from the clone.
    pub(super) fn squashed(&self, change: &Change, review: Option<&'a Review>, number: Option<u64>) -> Squashed<'a> {
        let exported = review.map_or(&[][..], |review| &review.head);
        let (commits, last, from_clone) = match number.and_then(|number| self.heads.get(&(change.repository, number))) {
            Some(head) if exported.is_empty() => (&head.commits[..], Some(&head.tip), true),
            _ => (exported, exported.last().map(|commit| &commit.id), false),
        };
        // A change that is one of them landed as it stood: those of its neighbours in the review are not its own.
        let is_squash = !change.is_merge() && commits.iter().all(|commit| commit.id != change.id);
        Squashed { commits: if is_squash { commits } else { &[] }, last, from_clone }
    }
}

/// The change to which a number in a message belongs: the commit that the export says it became, else the first that landed. A
/// backport repeats the message of the change that it takes over.
fn owners(
    facts: &Facts,
    index: &Index<'_>,
    by_number: &BTreeMap<(usize, u64), &Review>,
) -> BTreeMap<(usize, u64), usize> {
    let mut owners: BTreeMap<(usize, u64), usize> = BTreeMap::new();
    for (at, change) in facts.changes.iter().enumerate().filter(|(_, change)| !change.is_merge()) {
        let Some(number) = change.review_number else { continue };
        let first = owners.entry((change.repository, number)).or_insert(at);
        if (change.committed.at, at) < (facts.changes[*first].committed.at, *first) {
            *first = at;
        }
    }
    for (key, owner) in &mut owners {
        let became = by_number.get(key).and_then(|review| index.find(key.0, review.merge_commit.as_ref()?));
        if let Some(became) = became.filter(|at| !facts.changes[*at].is_merge()) {
            *owner = became;
        }
    }
    owners
}
