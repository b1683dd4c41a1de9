//! Who approved one change, and how strong the evidence for it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::change::CommitId;
use crate::facts::review::ReviewState;
use crate::facts::{Person, Review};
use crate::measures::links::Linked;

/// Evidence of a second person, strongest first. Only people count; AI and automation never do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Approved by somebody who did not make it, on its final revision, before it was merged.
    P,
    /// Approved by somebody who did not make it; the revision is unknown or was not the last.
    Q,
    /// A `Reviewed-by` line names somebody who did not make it.
    R,
    /// Somebody who did not make it landed it.
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

/// The strongest evidence for one change.
pub(super) fn grade(linked: &Linked<'_>) -> Grade {
    let makers = linked.makers();
    if let Some(review) = linked.review {
        let last = review.head.last().map(|commit| &commit.id);
        let standing = standing_approvals(review);
        let others: Vec<_> = standing.iter().filter(|(person, _)| !makers.contains(person)).collect();
        if others.iter().any(|(_, revision)| revision.is_some_and(|revision| Some(revision) == last)) {
            return Grade::P;
        }
        if !others.is_empty() {
            return Grade::Q;
        }
    }
    let other = |person: &Person| !makers.contains(person);
    if linked.change.reviewed_by.iter().any(other) {
        Grade::R
    } else if linked.change.committer.iter().any(other) {
        Grade::S
    } else {
        Grade::None
    }
}

/// People whose last verdict before the merge is an approval, with the revision it was given on.
fn standing_approvals(review: &Review) -> BTreeMap<Person, Option<&CommitId>> {
    let mut standing = BTreeMap::new();
    for event in &review.events {
        let Some(person) = event.actor.person() else { continue };
        let late = matches!((event.at, review.merged), (Some(at), Some(merged)) if at > merged);
        match event.state {
            _ if late => {}
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

/// Everyone but its makers who approved a change, in a review or by trailer.
pub(super) fn approvers(linked: &Linked<'_>) -> BTreeSet<Person> {
    let makers = linked.makers();
    let reviewed = linked.review.map(standing_approvals).unwrap_or_default().into_keys();
    reviewed.chain(linked.change.reviewed_by.iter().copied()).filter(|person| !makers.contains(person)).collect()
}
