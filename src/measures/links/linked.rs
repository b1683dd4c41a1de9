//! One change with what is known about it from elsewhere.

use std::collections::BTreeSet;

use crate::facts::change::{CommitId, Mark, MarkClass};
use crate::facts::review::{Actor, HeadCommit};
use crate::facts::{Change, Person, Review};

/// A change with what is known about it from elsewhere.
#[derive(Debug, Clone)]
pub struct Linked<'a> {
    /// Position in `Facts::changes`.
    pub index: usize,
    /// The change.
    pub change: &'a Change,
    /// Its review.
    pub review: Option<&'a Review>,
    /// Number of its review, whether an export holds it or not.
    pub number: Option<u64>,
    /// The commits that were squashed into it; empty where it landed as it stood, or where nobody kept them.
    pub squashed: &'a [HeadCommit],
    /// They come from a head that the clone holds, not from an export.
    pub from_clone: bool,
    /// Those of them that no other change had landed before. A branch that was built on another repeats its commits.
    pub own: Vec<&'a HeadCommit>,
    /// The last revision of its review.
    pub last: Option<&'a CommitId>,
    /// Marks of the landed commit, of the commits squashed into it, and of its review's description and labels.
    pub marks: Vec<Mark>,
    /// In the audited period.
    pub in_period: bool,
}

impl Linked<'_> {
    /// Has an attributing mark, on the landed commit or in its review.
    pub fn is_ai(&self) -> bool {
        self.marks.iter().any(Mark::attributes)
    }

    /// Marks that would attribute it stand only where no count of attributed changes looks: in heads and records that a clone may or
    /// may not hold.
    pub fn is_marked_apart(&self) -> bool {
        !self.is_ai() && self.marks.iter().any(|mark| mark.class.attributes())
    }

    /// Its only attributing marks are in its review: the landed commit was stripped.
    pub fn is_recovered(&self) -> bool {
        self.is_ai() && !self.change.is_ai()
    }

    /// Neither a merge nor automation.
    pub fn is_work(&self) -> bool {
        !self.change.is_merge() && !self.change.automation
    }

    /// Everyone who made it: author, co-authors, who opened the review (the prompter of an agent), who wrote the commits that
    /// were squashed into it, and who is credited with the reviewed commit that it is (Gerrit: who uploaded it).
    pub fn makers(&self) -> BTreeSet<Person> {
        let opener = self.review.and_then(|review| review.author.person());
        let same = self.review.into_iter().flat_map(|review| &review.head).filter(|commit| commit.id == self.change.id);
        let wrote = self.squashed.iter().chain(same).flat_map(|commit| &commit.authors);
        let own = self.change.author.into_iter().chain(opener);
        own.chain(self.change.coauthors.iter().chain(wrote).copied()).collect()
    }

    /// What its review's description and labels say of it. Of several commits that landed as they stood, they do not say of which;
    /// a tool that they only mention has not made it.
    pub fn told(&self) -> impl Iterator<Item = &Mark> {
        let review = self.review.filter(|review| {
            let landed_as_it_stood = review.head.iter().any(|commit| commit.id == self.change.id);
            !self.change.is_merge() && (review.head.len() == 1 || !landed_as_it_stood)
        });
        review.into_iter().flat_map(|review| &review.marks).filter(|mark| mark.class != MarkClass::Heuristic)
    }

    /// Everyone who may have asked an agent for it: who opened its review; else its human co-authors and who committed it.
    /// Nobody: not known.
    pub fn requesters(&self) -> BTreeSet<Person> {
        match self.review.map(|review| review.author) {
            Some(Actor::Human(opener)) => [opener].into(),
            _ => self.change.coauthors.iter().copied().chain(self.change.committer).collect(),
        }
    }
}
