//! Pull requests as `gh pr list --json …` and `gh pr view --json …` print them.
//!
//! Field names: <https://github.com/cli/cli/blob/trunk/api/query_builder.go>. `reviews` carry the commit they were given
//! on in newer versions only.

use serde_json::Value;

use super::raw::{
    Account, Author, Event, Head, RawReview, Unusable, commit_id, events, instant, labels, lines, list, number, text,
};
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

/// Reads one record.
pub(super) fn review(record: &Value, registry: &Registry) -> Result<RawReview, Unusable> {
    let mut truncated = false;
    let (events, unusable) = events(record, ["submittedAt", "createdAt"], event, &mut truncated);
    let commits = list(record, "commits", &mut truncated);
    let head: Vec<Head> = commits.iter().filter_map(|record| commit(record, registry)).collect();
    Ok(RawReview {
        number: number(record)?,
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
        truncated,
        has_reviews: record.get("reviews").is_some_and(Value::is_array),
    })
}

fn account(account: Option<&Value>) -> Option<Account> {
    let account = account?;
    let login = account.get("login")?.as_str()?.to_owned();
    Some(Account { login, id: None, app: account.get("is_bot").and_then(Value::as_bool) })
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
    let authors: Vec<Author> = list(record, "authors", &mut false)
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
