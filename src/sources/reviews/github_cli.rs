//! Pull requests as `gh pr list --json …`, `gh pr view --json …` and, one level deeper, `gh api graphql` print them.
//!
//! Field names: <https://github.com/cli/cli/blob/trunk/api/query_builder.go>. `reviews` carry the commit they were given
//! on in newer versions only.

use serde_json::Value;

use super::account::Account;
use super::fields::{commit_id, cut, instant, labels, lines, list, number, text};
use super::github::{PAGE, events};
use super::graphql;
use super::raw::{Author, Event, Head, RawReview, Unusable};
use crate::facts::review::ReviewState;
use crate::sources::attribution::{Registry, ReviewText, Signatures};

/// Fields that only this format has.
pub(super) const FIELDS: [&str; 8] = [
    "createdAt",
    "mergedAt",
    "mergedBy",
    "mergeCommit",
    "headRefName",
    "reviewDecision",
    "latestReviews",
    "changedFiles",
];

/// Nested lists that end at one page.
const LISTS: [&str; 6] = ["reviews", "latestReviews", "commits", "files", "reviewRequests", "comments"];

/// Reads one record.
pub(super) fn review(record: &Value, registry: &Registry) -> Result<RawReview, Unusable> {
    match graphql::plain(record) {
        Some((plain, cut)) => {
            review_of_lists(&plain, registry).map(|review| RawReview { truncated: review.truncated || cut, ..review })
        }
        None => review_of_lists(record, registry),
    }
}

fn review_of_lists(record: &Value, registry: &Registry) -> Result<RawReview, Unusable> {
    let (events, unusable) = events(record, ["submittedAt", "createdAt"], event);
    let commits = list(record, "commits");
    let head: Vec<Head> = commits.iter().filter_map(|record| commit(record, registry)).collect();
    Ok(RawReview {
        number: number(record, "number")?,
        author: account(record.get("author")),
        opened: instant(record, "createdAt")?,
        merged: instant(record, "mergedAt")?,
        merged_by: account(record.get("mergedBy")),
        merge_commit: record.get("mergeCommit").and_then(|commit| commit_id(text(commit, "oid"))),
        unusable: unusable + (commits.len() - head.len()) as u64,
        head,
        events,
        said: registry.review(&ReviewText {
            description: text(record, "body"),
            labels: labels(record),
            branch: text(record, "headRefName"),
        }),
        lines: lines(record),
        truncated: cut(record, &LISTS, &[PAGE]) || fewer_files(record),
        has_reviews: record.get("reviews").is_some_and(Value::is_array),
        more: false,
    })
}

/// Whether the list of files is there and shorter than the number of files that changed.
fn fewer_files(record: &Value) -> bool {
    let listed = record.get("files").and_then(Value::as_array).map(Vec::len);
    let changed = record.get("changedFiles").and_then(Value::as_u64);
    listed.zip(changed).is_some_and(|(listed, changed)| (listed as u64) < changed)
}

fn account(account: Option<&Value>) -> Option<Account> {
    let account = account?;
    // The GraphQL interface says the kind of account where `gh` says `is_bot`.
    let app = match text(account, "__typename") {
        "Bot" => Some(true),
        _ => account.get("is_bot").and_then(Value::as_bool),
    };
    Account::github(account.get("login")?.as_str()?, None, app)
}

fn event(record: &Value, state: ReviewState, at: &'static str) -> Event {
    Event {
        actor: account(record.get("author")),
        state,
        at: instant(record, at).unwrap_or_default(),
        revision: record.get("commit").and_then(|commit| commit_id(text(commit, "oid"))),
        // A review that only comments has its text in the body or beside lines of the change.
        has_comment: state == ReviewState::Commented || !text(record, "body").trim().is_empty(),
    }
}

/// A head commit. `authors` begins with the author; the others are co-authors as GitHub read them.
fn commit(record: &Value, registry: &Registry) -> Option<Head> {
    let id = commit_id(text(record, "oid"))?;
    let authors: Vec<Author> = list(record, "authors")
        .iter()
        .map(|author| Author {
            name: text(author, "name").to_owned(),
            address: text(author, "email").to_owned(),
            login: Some(text(author, "login").to_owned()).filter(|login| !login.is_empty()),
        })
        .collect();
    let message = format!("{}\n\n{}", text(record, "messageHeadline"), text(record, "messageBody"));
    let (name, address) = authors.first().map_or(("", ""), |author| (author.name.as_str(), author.address.as_str()));
    let signatures =
        Signatures { author_name: name, author_email: address, message: &message, ..Signatures::default() };
    let mut marks = registry.marks(&signatures).marks;
    marks.extend(authors.iter().skip(1).filter_map(|author| registry.co_author(&author.name, &author.address)));
    marks.sort();
    marks.dedup();
    Some(Head { id, committed: instant(record, "committedDate").unwrap_or_default(), marks, authors })
}
