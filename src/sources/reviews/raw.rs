//! A review as an export gives it, whatever the platform, and its resolution: people become numbers last, after every
//! pair of address and login in the file has been joined.

use jiff::Timestamp;
use serde_json::Value;

use crate::facts::Review;
use crate::facts::change::{CommitId, Mark};
use crate::facts::input::RefusalReason;
use crate::facts::review::{Actor, HeadCommit, ReviewEvent, ReviewState};
use crate::sources::Identities;
use crate::sources::attribution::{LoginClass, Registry, ReviewMarks};

/// GitHub returns nested lists in pages of 100 (`gh` asks for one page).
const PAGE: usize = 100;

/// Why a record cannot be used, and which field; never its content.
pub(super) type Unusable = (RefusalReason, &'static str);

/// An account.
pub(super) struct Account {
    pub(super) login: String,
    /// GitHub's number of the account.
    pub(super) id: Option<u64>,
    /// What the export says about its being an app's.
    pub(super) app: Option<bool>,
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
    pub(super) truncated: bool,
    /// The record has a list of reviews, be it empty.
    pub(super) has_reviews: bool,
    /// Nested entries that could not be used.
    pub(super) unusable: u64,
}

impl RawReview {
    /// Joins the address and the login of every human author: the platform has checked that they are one account.
    pub(super) fn join(&self, registry: &Registry, ids: &mut Identities) {
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
            author: actor(self.author, registry, ids),
            opened: self.opened,
            merged: self.merged,
            merged_by: actor(self.merged_by, registry, ids),
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
        let Self { actor: login, state, at, revision, has_comment } = self;
        ReviewEvent { actor: actor(login, registry, ids), state, at, revision, has_comment }
    }
}

fn actor(account: Option<Account>, registry: &Registry, ids: &mut Identities) -> Actor {
    // `ghost` is what GitHub shows for accounts that no longer exist.
    let Some(Account { login, id, app }) =
        account.filter(|account| !account.login.is_empty() && account.login != "ghost")
    else {
        return Actor::Unknown;
    };
    let by_id = id.map(|id| registry.classify("", &format!("{id}+{login}@users.noreply.github.com")));
    match by_id.filter(|class| *class != LoginClass::Human).unwrap_or_else(|| registry.classify_github(&login, app)) {
        LoginClass::Human => Actor::Human(ids.person(&login)),
        LoginClass::Ai => Actor::Ai,
        LoginClass::Automation | LoginClass::Platform => Actor::Automation,
    }
}

/// A list inside a record; anything else is an empty one. Exactly a page may have been cut.
pub(super) fn list<'a>(record: &'a Value, field: &str, truncated: &mut bool) -> &'a [Value] {
    let list = record.get(field).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    *truncated |= list.len() == PAGE;
    list
}

/// Reviews and comments of a record, and how many reviews have a state nobody knows. The two names are those of their instants.
pub(super) fn events(
    record: &Value,
    [submitted, created]: [&'static str; 2],
    event: impl Fn(&Value, ReviewState, &'static str) -> Event,
    truncated: &mut bool,
) -> (Vec<Event>, u64) {
    let mut unusable = 0;
    let mut events = Vec::new();
    for review in list(record, "reviews", truncated) {
        match state(text(review, "state")) {
            Ok(Some(state)) => events.push(event(review, state, submitted)),
            Ok(None) => {}
            Err(()) => unusable += 1,
        }
    }
    let comments = list(record, "comments", truncated);
    events.extend(comments.iter().map(|comment| event(comment, ReviewState::Commented, created)));
    (events, unusable)
}

/// A text, empty where there is none.
pub(super) fn text<'a>(record: &'a Value, field: &str) -> &'a str {
    record.get(field).and_then(Value::as_str).unwrap_or("")
}

/// The names of a record's labels: texts, or objects with a name.
pub(super) fn labels(record: &Value) -> Vec<&str> {
    let labels = record.get("labels").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    labels.iter().filter_map(|label| label.as_str().or_else(|| label.get("name")?.as_str())).collect()
}

/// An instant; absent and null are none, anything else that cannot be read is a reason to refuse.
pub(super) fn instant(record: &Value, field: &'static str) -> Result<Option<Timestamp>, Unusable> {
    match record.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => text.parse().map(Some).map_err(|_| (RefusalReason::BadDate, field)),
        Some(_) => Err((RefusalReason::BadDate, field)),
    }
}

/// The number of the review.
pub(super) fn number(record: &Value) -> Result<u64, Unusable> {
    match record.get("number") {
        None | Some(Value::Null) => Err((RefusalReason::MissingField, "number")),
        Some(number) => number.as_u64().ok_or((RefusalReason::BadValue, "number")),
    }
}

/// A commit id: 40 or 64 hexadecimal digits.
pub(super) fn commit_id(text: &str) -> Option<CommitId> {
    let hex = matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    hex.then(|| CommitId::new(text))
}

/// Added plus deleted lines, where both are given.
pub(super) fn lines(record: &Value) -> Option<u64> {
    let count = |field| record.get(field).and_then(Value::as_u64);
    count("additions")?.checked_add(count("deletions")?)
}

/// The state of a review on GitHub: `Ok(None)` for a draft that nobody else has seen.
/// <https://docs.github.com/en/graphql/reference/enums#pullrequestreviewstate>
fn state(word: &str) -> Result<Option<ReviewState>, ()> {
    match word {
        "APPROVED" => Ok(Some(ReviewState::Approved)),
        "CHANGES_REQUESTED" => Ok(Some(ReviewState::ChangesRequested)),
        "COMMENTED" => Ok(Some(ReviewState::Commented)),
        "DISMISSED" => Ok(Some(ReviewState::Dismissed)),
        "PENDING" => Ok(None),
        _ => Err(()),
    }
}
