//! Reviews: one model for pull requests, merge requests and Gerrit changes.

use jiff::Timestamp;

use super::change::{CommitId, Mark};
use super::person::Person;

/// Who acted: a person, an AI service or other automation. Only people count towards an authorisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actor {
    /// A human being.
    Human(Person),
    /// An AI reviewer or agent.
    Ai,
    /// Other automation.
    Automation,
    /// The export does not say.
    Unknown,
}

impl Actor {
    /// The person, if it is one.
    pub fn person(self) -> Option<Person> {
        match self {
            Self::Human(person) => Some(person),
            _ => None,
        }
    }
}

/// What a reviewer did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReviewState {
    /// Approved.
    Approved,
    /// Asked for changes.
    ChangesRequested,
    /// Commented.
    Commented,
    /// An earlier verdict was dismissed.
    Dismissed,
}

/// One act of reviewing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewEvent {
    /// Who.
    pub actor: Actor,
    /// What.
    pub state: ReviewState,
    /// When, where the export says.
    pub at: Option<Timestamp>,
    /// The revision it was given on, where the export says.
    pub revision: Option<CommitId>,
    /// The act came with a written comment.
    pub has_comment: bool,
}

/// A commit on the head branch of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadCommit {
    /// Id on the branch; after a squash it is not in the history.
    pub id: CommitId,
    /// When it was committed.
    pub committed: Option<Timestamp>,
    /// AI marks it carries.
    pub marks: Vec<Mark>,
    /// Human authors.
    pub authors: Vec<Person>,
}

/// The head of a pull request as the clone itself holds it (`refs/pull/<number>/head` and the like).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullHead {
    /// Index into `Facts::repositories`.
    pub repository: usize,
    /// Number on the platform.
    pub number: u64,
    /// The revision at which it stands.
    pub tip: CommitId,
    /// Commits that are on the head and not on the audited history, merges left out, oldest first.
    pub commits: Vec<HeadCommit>,
}

/// One review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Index into `Facts::repositories`.
    pub repository: usize,
    /// Number on the platform.
    pub number: u64,
    /// Who opened it.
    pub author: Actor,
    /// When it was opened.
    pub opened: Option<Timestamp>,
    /// When it was merged; `None` when it is open or was closed without merging.
    pub merged: Option<Timestamp>,
    /// Who merged it.
    pub merged_by: Actor,
    /// The commit it became.
    pub merge_commit: Option<CommitId>,
    /// Commits of its head branch, oldest first.
    pub head: Vec<HeadCommit>,
    /// Acts of reviewing, in time order.
    pub events: Vec<ReviewEvent>,
    /// AI marks of its description and labels.
    pub marks: Vec<Mark>,
    /// Its description declares that no AI was used (a box for it was left or ticked so).
    pub declares_no_ai: bool,
    /// Lines added plus deleted, where the export says.
    pub lines: Option<u64>,
    /// The export cut a nested list short (100 on GitHub): totals from it are lower bounds.
    pub truncated: bool,
}
