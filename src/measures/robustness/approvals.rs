//! Who approved one change, and how strong the evidence for it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::change::CommitId;
use crate::facts::review::{Actor, ReviewEvent, ReviewState};
use crate::facts::{Person, Review};
use crate::measures::links::Linked;

/// Evidence of a second person, strongest first. Only people count; AI and automation never do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Approved by somebody who did not make it, on its final revision, before it was merged.
    P,
    /// Approved by somebody who did not make it; the revision is unknown or was not the last. A merge of the base branch after
    /// the approval is another revision, as the platforms have it.
    Q,
    /// A `Reviewed-by` line names somebody who did not make it.
    R,
    /// Somebody who did not make it landed it, by commit or by merging its review.
    S,
    /// No second person is on record.
    None,
}

impl Grade {
    /// All grades, strongest first.
    pub const ALL: [Self; 5] = [Self::P, Self::Q, Self::R, Self::S, Self::None];

    /// The word in `review.grade.<word>`.
    pub fn word(self) -> &'static str {
        match self {
            Self::P => "P",
            Self::Q => "Q",
            Self::R => "R",
            Self::S => "S",
            Self::None => "none",
        }
    }

    /// Whether a second person approved; landing alone is not approving.
    pub fn approves(self) -> bool {
        matches!(self, Self::P | Self::Q | Self::R)
    }
}

/// What is on record about the approval of one change.
#[derive(Debug, Clone)]
pub struct Approvals<'a> {
    /// People who did not make it and whose last verdict in its review is an approval, with the revision it was given on.
    pub others: BTreeMap<Person, Option<&'a CommitId>>,
    /// People who did not make it and whom a `Reviewed-by` line names.
    pub named: BTreeSet<Person>,
    /// Somebody who made it approved it in its review.
    pub own: bool,
    /// An AI reviewer or automation approved it in its review.
    pub by_machine: bool,
    /// Who merged its review and did not make it.
    pub merged_by: Option<Person>,
    /// The last revision of its review.
    last: Option<&'a CommitId>,
    /// Somebody else committed it, or merged its review.
    landed_by_other: bool,
}

impl<'a> Approvals<'a> {
    /// Of one change.
    pub fn of(linked: &Linked<'a>) -> Self {
        let makers = linked.makers();
        let other = |person: &Person| !makers.contains(person);
        let standing = linked.review.map(standing_approvals).unwrap_or_default();
        let by_machine = linked.review.is_some_and(|review| {
            let machine = |event: &&ReviewEvent| matches!(event.actor, Actor::Ai | Actor::Automation);
            let before = review.events.iter().filter(|event| !is_late(event, review));
            before.filter(machine).any(|event| event.state == ReviewState::Approved)
        });
        let merged_by = linked.review.and_then(|review| review.merged_by.person()).filter(other);
        Self {
            own: standing.keys().any(|person| makers.contains(person)),
            others: standing.into_iter().filter(|(person, _)| other(person)).collect(),
            named: linked.change.reviewed_by.iter().copied().filter(other).collect(),
            by_machine,
            merged_by,
            last: linked.last,
            landed_by_other: merged_by.is_some() || linked.change.committer.iter().any(other),
        }
    }

    /// The strongest evidence.
    pub fn grade(&self) -> Grade {
        if self.others.values().any(|revision| self.is_last(*revision)) {
            Grade::P
        } else if !self.others.is_empty() {
            Grade::Q
        } else if !self.named.is_empty() {
            Grade::R
        } else if self.landed_by_other {
            Grade::S
        } else {
            Grade::None
        }
    }

    /// Everyone but its makers who approved it, in a review or by trailer.
    pub fn people(&self) -> BTreeSet<Person> {
        self.others.keys().chain(&self.named).copied().collect()
    }

    /// The same without those who are known to have approved another revision than the last.
    pub fn current(&self) -> BTreeSet<Person> {
        let current = self.others.iter().filter(|(_, revision)| !self.is_earlier(**revision)).map(|(person, _)| person);
        current.chain(&self.named).copied().collect()
    }

    /// It was approved, and every approval is known to be of another revision than the last.
    pub fn is_stale(&self) -> bool {
        !self.people().is_empty() && self.current().is_empty()
    }

    /// Only machines approved it.
    pub fn is_by_machine_only(&self) -> bool {
        self.by_machine && self.people().is_empty()
    }

    fn is_last(&self, revision: Option<&CommitId>) -> bool {
        revision.is_some() && revision == self.last
    }

    fn is_earlier(&self, revision: Option<&CommitId>) -> bool {
        matches!((revision, self.last), (Some(revision), Some(last)) if revision != last)
    }
}

/// People whose last verdict before the merge is an approval, with the revision it was given on.
fn standing_approvals(review: &Review) -> BTreeMap<Person, Option<&CommitId>> {
    let mut standing = BTreeMap::new();
    for event in review.events.iter().filter(|event| !is_late(event, review)) {
        let Some(person) = event.actor.person() else { continue };
        match event.state {
            ReviewState::Approved => {
                // An approval without a time may have come after the merge: it is not known to be one of the final revision.
                standing.insert(person, event.revision.as_ref().filter(|_| event.at.is_some()));
            }
            ReviewState::ChangesRequested | ReviewState::Dismissed => {
                standing.remove(&person);
            }
            ReviewState::Commented => {}
        }
    }
    standing
}

/// Known to have come after the merge.
fn is_late(event: &ReviewEvent, review: &Review) -> bool {
    matches!((event.at, review.merged), (Some(at), Some(merged)) if at > merged)
}
