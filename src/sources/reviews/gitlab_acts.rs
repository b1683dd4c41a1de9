//! What was done on one merge request of GitLab: approvals, notes, and the pushes that tell what an approval was given on.

use jiff::Timestamp;
use serde_json::Value;

use super::account::Account;
use super::fields::{commit_id, inner, instant, list, text};
use super::gitlab_users::{account, by_login};
use super::raw::{Event, RawReview};
use crate::facts::change::CommitId;
use crate::facts::review::ReviewState;

/// Notes that the platform itself writes
/// (<https://gitlab.com/gitlab-org/gitlab/-/blob/master/app/services/system_notes/merge_requests_service.rb>, and the same file
/// under `ee/`).
const APPROVED: &str = "approved this merge request";
const UNAPPROVED: &str = "unapproved this merge request";
const RESET: (&str, &str) = ("reset approvals from ", " by pushing to the branch");

/// A push: <https://docs.gitlab.com/api/merge_requests/#get-merge-request-diff-versions>.
struct Version {
    created: Timestamp,
    head: CommitId,
    /// `git patch-id` of the whole difference: a rebase that changes nothing keeps it (<https://git-scm.com/docs/git-patch-id>).
    patch: String,
}

/// What was done.
#[derive(Default)]
pub(super) struct Acts {
    /// Who has approved, as things stood when the export was made, and when, where newer versions say so.
    approved: Vec<(Option<Account>, Option<Timestamp>)>,
    events: Vec<Event>,
    versions: Vec<Version>,
    comments: u64,
    /// Comments that the merge request itself counts.
    counted: Option<u64>,
    known: bool,
    notes_listed: bool,
    unusable: u64,
    records: u64,
}

impl Acts {
    /// Reads what is nested in a merge request.
    pub(super) fn nested(&mut self, record: &Value) {
        self.counted = record.get("user_notes_count").and_then(Value::as_u64);
        self.approvals(inner(record, "approvals"));
        for rule in list(inner(record, "approval_state"), "rules") {
            self.known = true;
            self.approved.extend(list(rule, "approved_by").iter().map(|user| (account(user), None)));
        }
        if record.get("notes").is_some_and(Value::is_array) {
            self.known = true;
            self.notes_listed = true;
        }
        for note in list(record, "notes") {
            self.note(note);
        }
        for version in list(record, "versions") {
            match (instant(version, "created_at").unwrap_or_default(), commit_id(text(version, "head_commit_sha"))) {
                (Some(created), Some(head)) => {
                    self.versions.push(Version { created, head, patch: text(version, "patch_id_sha").to_owned() });
                }
                _ => self.unusable += 1,
            }
        }
        self.versions.sort_by_key(|version| version.created);
    }

    /// Reads the answer of the endpoint of approvals.
    pub(super) fn approvals(&mut self, record: &Value) {
        self.known |= record.get("approved_by").is_some_and(Value::is_array);
        self.records += 1;
        for approval in list(record, "approved_by") {
            let at = instant(approval, "approved_at").unwrap_or_default();
            self.approved.push((account(inner(approval, "user")), at));
        }
    }

    /// Reads a note.
    pub(super) fn note(&mut self, record: &Value) {
        self.known = true;
        self.records += 1;
        let (body, author) = (text(record, "body"), inner(record, "author"));
        let (true, Ok(at)) = (record.is_object(), instant(record, "created_at")) else {
            self.unusable += 1;
            return;
        };
        let mut push = |actor, state, has_comment| {
            self.events.push(Event { actor, state, at, revision: None, has_comment });
        };
        if record.get("system").and_then(Value::as_bool) != Some(true) {
            push(account(author), ReviewState::Commented, true);
            self.comments += 1;
        } else if body == APPROVED {
            push(account(author), ReviewState::Approved, false);
        } else if body == UNAPPROVED {
            push(account(author), ReviewState::Dismissed, false);
        } else if let Some(names) = body.strip_prefix(RESET.0).and_then(|rest| rest.strip_suffix(RESET.1)) {
            let names = names.split_whitespace().filter_map(|word| word.trim_end_matches(',').strip_prefix('@'));
            names.for_each(|login| push(by_login(login), ReviewState::Dismissed, false));
        }
    }

    /// How many records it was read from.
    pub(super) fn records(&self) -> u64 {
        self.records
    }

    /// Gives a merge request what was done on it; how many of its notes and versions cannot be read.
    pub(super) fn give(mut self, review: &mut RawReview) -> u64 {
        self.events.sort_by_key(|event| (event.at.is_none(), event.at));
        let mut seen: Vec<Event> = Vec::new();
        for (account, at) in std::mem::take(&mut self.approved) {
            let is_known = |event: &&Event| match (&event.actor, &account) {
                (Some(actor), Some(account)) => actor.is(account),
                _ => false,
            };
            // The last verdict of a note is the same act as the approval that still stands, with its instant.
            let last = self.events.iter().rev().filter(|event| event.state != ReviewState::Commented).find(is_known);
            if last.is_some_and(|event| event.state == ReviewState::Approved)
                || seen.iter().any(|event| is_known(&event))
            {
                continue;
            }
            let state = ReviewState::Approved;
            seen.push(Event { actor: account, state, at, revision: None, has_comment: false });
        }
        self.events.extend(seen);
        for event in self.events.iter_mut().filter(|event| event.state != ReviewState::Commented) {
            event.revision = event.at.and_then(|at| revision(&self.versions, at));
        }
        if let (Some(head), Some(since)) = (review.head.last_mut(), last_change(&self.versions)) {
            head.committed = Some(since);
        }
        review.events = self.events;
        review.has_reviews = self.known;
        review.truncated |= self.notes_listed && self.counted.is_some_and(|counted| self.comments < counted);
        self.unusable
    }
}

/// The revision an act was done on: the last push before it, or the final one when nothing changed since then but the base.
fn revision(versions: &[Version], at: Timestamp) -> Option<CommitId> {
    let given = versions.iter().rposition(|version| version.created <= at)?;
    let last = versions.last()?;
    let same = !last.patch.is_empty() && versions[given..].iter().all(|version| version.patch == last.patch);
    Some(if same { last.head.clone() } else { versions[given].head.clone() })
}

/// When the difference that landed was first pushed.
fn last_change(versions: &[Version]) -> Option<Timestamp> {
    let last = versions.last()?;
    let earlier = versions.iter().rev().take_while(|version| !version.patch.is_empty() && version.patch == last.patch);
    Some(earlier.last().unwrap_or(last).created)
}
