//! Pull requests as GitHub's REST interface gives them: the list of `/repos/{owner}/{repo}/pulls`, each with the answers
//! of `…/reviews`, `…/commits` and, if wanted, `/issues/{number}/comments` nested under `reviews`, `commits`, `comments`.
//!
//! Fields: <https://docs.github.com/en/rest/pulls/pulls>, <https://docs.github.com/en/rest/pulls/reviews>.

use serde_json::Value;

use super::raw::{
    Account, Author, Event, Head, RawReview, Unusable, commit_id, events, instant, labels, lines, list, number, text,
};
use crate::facts::review::ReviewState;
use crate::sources::attribution::{Registry, ReviewText, Signatures, co_authors};

/// Fields that only this format has.
pub(super) const FIELDS: [&str; 5] = ["created_at", "merged_at", "merge_commit_sha", "merged_by", "auto_merge"];

/// GitHub lists at most this many commits of a pull request.
const MOST_COMMITS: usize = 250;

/// Reads one record.
pub(super) fn review(record: &Value, registry: &Registry) -> Result<RawReview, Unusable> {
    let mut truncated = false;
    // On a single pull request `comments` and `commits` are counts, which say nothing that is read here.
    let (events, unusable) = events(record, ["submitted_at", "created_at"], event, &mut truncated);
    let commits = list(record, "commits", &mut truncated);
    let head: Vec<Head> = commits.iter().filter_map(|record| commit(record, registry)).collect();
    let merged = instant(record, "merged_at")?;
    Ok(RawReview {
        number: number(record)?,
        author: account(record.get("user")),
        opened: instant(record, "created_at")?,
        merged,
        merged_by: account(record.get("merged_by")),
        // Before a merge this names a trial merge that is on no branch.
        merge_commit: merged.and_then(|_| commit_id(text(record, "merge_commit_sha"))),
        unusable: unusable + (commits.len() - head.len()) as u64,
        truncated: truncated || commits.len() == MOST_COMMITS,
        head,
        events,
        said: registry.review(&ReviewText {
            description: text(record, "body"),
            labels: labels(record),
            branch: text(record.get("head").unwrap_or(&Value::Null), "ref"),
        }),
        lines: lines(record),
        has_reviews: record.get("reviews").is_some_and(Value::is_array),
    })
}

fn account(account: Option<&Value>) -> Option<Account> {
    let account = account?;
    let app = match text(account, "type") {
        "Bot" => Some(true),
        "User" => Some(false),
        _ => None,
    };
    let login = account.get("login")?.as_str()?.to_owned();
    Some(Account { login, id: account.get("id").and_then(Value::as_u64), app })
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
    let commit = record.get("commit").unwrap_or(&Value::Null);
    let (author, committer) =
        (commit.get("author").unwrap_or(&Value::Null), commit.get("committer").unwrap_or(&Value::Null));
    let message = text(commit, "message");
    let marked = registry.marks(&Signatures {
        author_name: text(author, "name"),
        author_email: text(author, "email"),
        committer_name: text(committer, "name"),
        committer_email: text(committer, "email"),
        message,
    });
    let account = record.get("author").map_or("", |account| text(account, "login"));
    let mut authors = vec![Author {
        name: text(author, "name").to_owned(),
        address: text(author, "email").to_owned(),
        login: Some(account.to_owned()).filter(|login| !login.is_empty()),
    }];
    authors.extend(co_authors(message).map(|(name, address)| Author {
        name: name.to_owned(),
        address: address.to_owned(),
        login: None,
    }));
    Some(Head { id, committed: instant(committer, "date").unwrap_or_default(), marks: marked.marks, authors })
}
