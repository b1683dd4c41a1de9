//! A review as an export gives it, whatever the platform, and its resolution: people become numbers last, after every
//! pair of address and login in the file has been joined.

use jiff::Timestamp;

use super::account::{Account, actor};
use crate::facts::Review;
use crate::facts::change::{CommitId, Mark};
use crate::facts::input::RefusalReason;
use crate::facts::review::{HeadCommit, ReviewEvent, ReviewState};
use crate::sources::Identities;
use crate::sources::attribution::{LoginClass, Registry, ReviewMarks, Signatures, co_authors};

/// Why a record cannot be used, and which field; never its content.
pub(super) type Unusable = (RefusalReason, &'static str);

/// A record, or a part of one, that was not used.
pub(super) struct Refusal {
    /// Its number in the file, or the line of a table, from 1.
    pub(super) at: u64,
    pub(super) reason: RefusalReason,
    pub(super) count: u64,
    /// Never its content.
    pub(super) detail: String,
}

/// An author of a head commit.
pub(super) struct Author {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) login: Option<String>,
}

/// A head commit.
pub(super) struct Head {
    pub(super) id: CommitId,
    pub(super) committed: Option<Timestamp>,
    pub(super) marks: Vec<Mark>,
    pub(super) authors: Vec<Author>,
}

/// An act of reviewing.
pub(super) struct Event {
    pub(super) actor: Option<Account>,
    pub(super) state: ReviewState,
    pub(super) at: Option<Timestamp>,
    pub(super) revision: Option<CommitId>,
    pub(super) has_comment: bool,
}

/// A review.
pub(super) struct RawReview {
    pub(super) number: u64,
    pub(super) author: Option<Account>,
    pub(super) opened: Option<Timestamp>,
    pub(super) merged: Option<Timestamp>,
    pub(super) merged_by: Option<Account>,
    pub(super) merge_commit: Option<CommitId>,
    pub(super) head: Vec<Head>,
    pub(super) events: Vec<Event>,
    /// What its description, labels and branch say about AI.
    pub(super) said: ReviewMarks,
    pub(super) lines: Option<u64>,
    /// A nested list was or may have been cut short.
    pub(super) truncated: bool,
    /// The record has a list of reviews, be it empty.
    pub(super) has_reviews: bool,
    /// Nested entries that could not be used.
    pub(super) unusable: u64,
    /// The platform says that its list goes on behind this record.
    pub(super) more: bool,
}

impl RawReview {
    /// Joins the address and the login of every account and every human author: the platform has checked that they are one.
    pub(super) fn join(&self, registry: &Registry, ids: &mut Identities) {
        let reviewers = self.events.iter().filter_map(|event| event.actor.as_ref());
        for account in self.author.iter().chain(&self.merged_by).chain(reviewers) {
            account.join(registry, ids);
        }
        for author in self.head.iter().flat_map(|commit| &commit.authors) {
            if let Some(login) = author.login.as_deref().filter(|_| author.address.contains('@'))
                && author.is_human(registry)
            {
                ids.alias(&[&author.address, login]);
            }
        }
    }

    /// The review, with people as numbers.
    pub(super) fn resolve(self, repository: usize, registry: &Registry, ids: &mut Identities) -> Review {
        let events = self.events.into_iter();
        let mut events: Vec<ReviewEvent> = events.map(|event| event.resolve(registry, ids)).collect();
        // Stable: acts without an instant keep the order of the export, behind the others.
        events.sort_by_key(|event| (event.at.is_none(), event.at));
        Review {
            repository,
            number: self.number,
            author: actor(self.author.as_ref(), registry, ids),
            opened: self.opened,
            merged: self.merged,
            merged_by: actor(self.merged_by.as_ref(), registry, ids),
            merge_commit: self.merge_commit,
            head: self.head.into_iter().map(|head| head.resolve(registry, ids)).collect(),
            events,
            marks: self.said.marks,
            declares_no_ai: self.said.declares_no_ai,
            lines: self.lines,
            truncated: self.truncated || !self.has_reviews,
        }
    }
}

impl Author {
    /// Whether nothing says that it is a tool or automation.
    fn is_human(&self, registry: &Registry) -> bool {
        let known = if self.address.contains('@') { &self.address } else { self.login.as_deref().unwrap_or("") };
        registry.classify(&self.name, known) == LoginClass::Human
    }
}

impl Head {
    /// A commit by what it says about itself; `login` is the account that its platform found behind the author. Co-authors of
    /// the message are authors too.
    pub(super) fn new(
        registry: &Registry,
        id: CommitId,
        committed: Option<Timestamp>,
        signed: &Signatures<'_>,
        login: &str,
    ) -> Self {
        let mut authors = vec![Author {
            name: signed.author_name.to_owned(),
            address: signed.author_email.to_owned(),
            login: Some(login.to_owned()).filter(|login| !login.is_empty()),
        }];
        authors.extend(co_authors(signed.message).map(|(name, address)| Author {
            name: name.to_owned(),
            address: address.to_owned(),
            login: None,
        }));
        Self { id, committed, marks: registry.marks(signed).marks, authors }
    }

    fn resolve(self, registry: &Registry, ids: &mut Identities) -> HeadCommit {
        let mut authors = Vec::new();
        for author in self.authors.iter().filter(|author| author.is_human(registry)) {
            let key =
                if author.address.contains('@') { Some(author.address.as_str()) } else { author.login.as_deref() };
            if let Some(person) = key.map(|key| ids.person(key)).filter(|person| !authors.contains(person)) {
                authors.push(person);
            }
        }
        HeadCommit { id: self.id, committed: self.committed, marks: self.marks, authors }
    }
}

impl Event {
    fn resolve(self, registry: &Registry, ids: &mut Identities) -> ReviewEvent {
        let Self { actor: account, state, at, revision, has_comment } = self;
        ReviewEvent { actor: actor(account.as_ref(), registry, ids), state, at, revision, has_comment }
    }
}
