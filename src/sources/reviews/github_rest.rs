//! Pull requests as GitHub's REST interface gives them: the list of `/repos/{owner}/{repo}/pulls`, each with the answers
//! of `…/reviews`, `…/commits` and, if wanted, `/issues/{number}/comments` nested under `reviews`, `commits`, `comments`.
//!
//! Fields: <https://docs.github.com/en/rest/pulls/pulls>, <https://docs.github.com/en/rest/pulls/reviews>.

use serde_json::Value;

use super::account::Account;
use super::fields::{commit_id, cut, inner, instant, labels, lines, list, number, text};
use super::github::{PAGE, events};
use super::raw::{Event, Head, RawReview, Unusable};
use crate::facts::review::ReviewState;
use crate::sources::attribution::{Registry, ReviewText, Signatures};

/// Fields that only this format has.
pub(super) const FIELDS: [&str; 5] = ["created_at", "merged_at", "merge_commit_sha", "merged_by", "auto_merge"];

/// A page of a list that nobody asked to be longer
/// (<https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api>).
const SHORT_PAGE: usize = 30;

/// GitHub lists at most this many commits and files of a pull request.
const MOST_COMMITS: usize = 250;
const MOST_FILES: usize = 3000;

/// Reads one record.
pub(super) fn review(record: &Value, registry: &Registry) -> Result<RawReview, Unusable> {
    // On a single pull request `comments` and `commits` are counts, which say nothing that is read here.
    let (events, unusable) = events(record, ["submitted_at", "created_at"], event);
    let commits = list(record, "commits");
    let head: Vec<Head> = commits.iter().filter_map(|record| commit(record, registry)).collect();
    let merged = instant(record, "merged_at")?;
    Ok(RawReview {
        number: number(record, "number")?,
        author: account(record.get("user")),
        opened: instant(record, "created_at")?,
        merged,
        merged_by: account(record.get("merged_by")),
        // Before a merge this names a trial merge that is on no branch.
        merge_commit: merged.and_then(|_| commit_id(text(record, "merge_commit_sha"))),
        unusable: unusable + (commits.len() - head.len()) as u64,
        truncated: truncated(record),
        head,
        events,
        said: registry.review(&ReviewText {
            description: text(record, "body"),
            labels: labels(record),
            branch: text(inner(record, "head"), "ref"),
        }),
        lines: lines(record),
        has_reviews: record.get("reviews").is_some_and(Value::is_array),
        more: false,
    })
}

fn truncated(record: &Value) -> bool {
    cut(record, &["reviews", "comments", "commits", "files"], &[SHORT_PAGE, PAGE])
        || cut(record, &["commits"], &[MOST_COMMITS])
        || cut(record, &["files"], &[MOST_FILES])
}

fn account(account: Option<&Value>) -> Option<Account> {
    let account = account?;
    let app = match text(account, "type") {
        "Bot" => Some(true),
        "User" => Some(false),
        _ => None,
    };
    Account::github(account.get("login")?.as_str()?, account.get("id").and_then(Value::as_u64), app)
}

fn event(record: &Value, state: ReviewState, at: &'static str) -> Event {
    Event {
        actor: account(record.get("user")),
        state,
        at: instant(record, at).unwrap_or_default(),
        // Null when the commit was forced away.
        revision: commit_id(text(record, "commit_id")),
        // A review that only comments has its text in the body or beside lines of the change.
        has_comment: state == ReviewState::Commented || !text(record, "body").trim().is_empty(),
    }
}

fn commit(record: &Value, registry: &Registry) -> Option<Head> {
    let id = commit_id(text(record, "sha"))?;
    let commit = inner(record, "commit");
    let (author, committer) = (inner(commit, "author"), inner(commit, "committer"));
    let signed = Signatures {
        author_name: text(author, "name"),
        author_email: text(author, "email"),
        committer_name: text(committer, "name"),
        committer_email: text(committer, "email"),
        message: text(commit, "message"),
    };
    let at = instant(committer, "date").unwrap_or_default();
    Some(Head::new(registry, id, at, &signed, text(inner(record, "author"), "login")))
}
