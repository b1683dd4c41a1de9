//! Changes as `gerrit query --format=JSON` prints them, one a line, with a row of statistics behind the last.
//!
//! Fields: <https://gerrit-review.googlesource.com/Documentation/json.html> ("any field may be missing"),
//! <https://gerrit-review.googlesource.com/Documentation/cmd-query.html>. Instants are seconds since 1970.

use jiff::Timestamp;
use serde_json::Value;

use super::account::Account;
use super::fields::{commit_id, inner, list, number, text};
use super::gerrit::{Change, HIGHEST, LABELS, PatchSet, Vote, is_same, is_written};
use super::gerrit_people::{account, author};
use super::raw::{RawReview, Unusable};
use crate::facts::input::RefusalReason;
use crate::sources::attribution::Registry;

/// Fields that only this format has.
pub(super) const FIELDS: [&str; 5] = ["patchSets", "currentPatchSet", "submitRecords", "createdOn", "sortKey"];

/// The vote that stands for the submission
/// (<https://gerrit.googlesource.com/gerrit/+/refs/heads/master/java/com/google/gerrit/entities/LabelId.java>).
const SUBMITTED: &str = "SUBM";

/// Lists that are not about changed lines.
const PSEUDO_FILES: [&str; 2] = ["/COMMIT_MSG", "/MERGE_LIST"];

/// The row behind the changes: whether the query held more of them.
pub(super) fn statistics(record: &Value) -> Result<Option<bool>, Unusable> {
    match text(record, "type") {
        "stats" => Ok(Some(record.get("moreChanges").and_then(Value::as_bool) == Some(true))),
        "error" => Err((RefusalReason::Unreadable, "the server answered with an error")),
        _ => Ok(None),
    }
}

/// Reads one change.
pub(super) fn review(record: &Value, registry: &Registry) -> Result<RawReview, Unusable> {
    let current = inner(record, "currentPatchSet");
    let all = list(record, "patchSets");
    // The current one stands in both places when both were asked for.
    let shown: Vec<&Value> = if all.is_empty() { vec![current] } else { all.iter().collect() };
    let patch_sets: Vec<PatchSet> = shown.iter().filter_map(|patch_set| read_patch_set(patch_set)).collect();
    let records = list(record, "submitRecords");
    let approvals =
        || shown.iter().flat_map(|patch_set| list(patch_set, "approvals").iter().map(move |vote| (*patch_set, vote)));
    let submitted = approvals().find(|(_, vote)| text(vote, "type") == SUBMITTED).map(|(_, vote)| vote);
    let is_merged = text(record, "status") == "MERGED";
    let submitted_at = submitted.map(|vote| seconds(vote, "grantedOn")).transpose()?.flatten();
    let merged = if submitted_at.is_some() { submitted_at } else { seconds(record, "lastUpdated")? };
    if is_merged && merged.is_none() {
        return Err((RefusalReason::MissingField, "lastUpdated"));
    }
    let votes = approvals().filter(|(_, vote)| LABELS.contains(&text(vote, "type")));
    let messages = list(record, "comments").iter().filter(|message| is_written(text(message, "message")));
    let change = Change {
        number: number(record, "number")?,
        owner: account(inner(record, "owner")),
        opened: seconds(record, "createdOn")?,
        merged: merged.filter(|_| is_merged),
        merged_at_latest: submitted_at.is_none(),
        merged_by: submitted.and_then(|vote| account(inner(vote, "by"))),
        highest: HIGHEST,
        votes: votes.filter_map(|(patch_set, vote)| read_vote(patch_set, vote)).collect(),
        satisfied_by: satisfied_by(records),
        comments: messages
            .map(|message| (account(inner(message, "reviewer")), seconds(message, "timestamp").unwrap_or_default()))
            .collect(),
        message: text(record, "commitMessage").to_owned(),
        lines: shown.last().and_then(|last| lines(last)),
        votes_known: approvals().next().is_some() || !records.is_empty() || (!is_merged && !patch_sets.is_empty()),
        unusable: if shown == [&Value::Null] { 0 } else { (shown.len() - patch_sets.len()) as u64 },
        patch_sets,
        more: false,
    };
    Ok(change.review(registry))
}

fn read_patch_set(record: &Value) -> Option<PatchSet> {
    Some(PatchSet {
        number: number(record, "number").ok()?,
        revision: commit_id(text(record, "revision"))?,
        created: seconds(record, "createdOn").unwrap_or_default(),
        same: is_same(text(record, "kind")),
        author: author(inner(record, "author")),
        uploader: author(inner(record, "uploader")),
    })
}

fn read_vote(patch_set: &Value, vote: &Value) -> Option<Vote> {
    Some(Vote {
        by: account(inner(vote, "by")),
        value: points(inner(vote, "value"))?,
        at: seconds(vote, "grantedOn").unwrap_or_default(),
        shown_on: number(patch_set, "number").ok()?,
    })
}

/// A vote as a number or, as most versions write it, as a text.
fn points(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// An instant in seconds; absent and null are none.
fn seconds(record: &Value, field: &'static str) -> Result<Option<Timestamp>, Unusable> {
    match record.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            let instant = value.as_i64().and_then(|seconds| Timestamp::from_second(seconds).ok());
            instant.map(Some).ok_or((RefusalReason::BadDate, field))
        }
    }
}

fn satisfied_by(records: &[Value]) -> Vec<Account> {
    let labels = records.iter().flat_map(|record| list(record, "labels"));
    let satisfied = labels.filter(|label| LABELS.contains(&text(label, "label")) && text(label, "status") == "OK");
    satisfied.filter_map(|label| account(inner(label, "by"))).collect()
}

/// Added and deleted lines of a patch set; Gerrit writes deleted ones with a minus.
fn lines(patch_set: &Value) -> Option<u64> {
    let count = |record: &Value, field| record.get(field).and_then(Value::as_i64).map(i64::unsigned_abs);
    let both = |record, added, deleted| count(record, added)?.checked_add(count(record, deleted)?);
    if let Some(lines) = both(patch_set, "sizeInsertions", "sizeDeletions") {
        return Some(lines);
    }
    let files = patch_set.get("files")?.as_array()?;
    let files = files.iter().filter(|file| !PSEUDO_FILES.contains(&text(file, "file")));
    files.map(|file| both(file, "insertions", "deletions")).try_fold(0_u64, |sum, lines| sum.checked_add(lines?))
}
