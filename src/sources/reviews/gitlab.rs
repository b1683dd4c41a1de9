//! Merge requests as GitLab's REST interface gives them, with the answers of the endpoints of each merge request either
//! nested in it (`approvals`, `approval_state`, `notes`, `versions`, `commits`) or, but for versions and commits, as records of
//! their own that name it by its `iid`.
//!
//! Fields: <https://docs.gitlab.com/api/merge_requests/>, <https://docs.gitlab.com/api/merge_request_approvals/>,
//! <https://docs.gitlab.com/api/notes/>. Neither an approval nor a note says which revision it was given on; `versions` are the
//! pushes with their instants, so that the platform's own clock tells.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::fields::{commit_id, cut, inner, instant, labels, list, number, text};
use super::gitlab_acts::Acts;
use super::gitlab_users::account;
use super::raw::{Head, RawReview, Refusal, Unusable};
use crate::facts::input::RefusalReason;
use crate::sources::attribution::{Registry, ReviewText, Signatures};

/// Fields that only this format has.
pub(super) const FIELDS: [&str; 2] = ["iid", "noteable_iid"];

/// The usual and the largest page of a list (<https://docs.gitlab.com/api/rest/#pagination>).
pub(super) const PAGES: [usize; 2] = [20, 100];

/// Where the platform keeps private addresses of its users
/// (<https://docs.gitlab.com/user/profile/#use-an-automatically-generated-private-commit-email>).
const NO_REPLY: &str = "@users.noreply.gitlab.com";

/// What is known so far about the merge requests of a file.
#[derive(Default)]
pub(super) struct Reader {
    requests: BTreeSet<u64>,
    acts: BTreeMap<u64, Acts>,
}

impl Reader {
    /// Reads one record; `None` is one that belongs to a merge request elsewhere in the file.
    pub(super) fn record(&mut self, record: &Value, registry: &Registry) -> Result<Option<RawReview>, Unusable> {
        if record.get("noteable_iid").is_some() {
            if text(record, "noteable_type") != "MergeRequest" {
                return Err((RefusalReason::BadValue, "a note on something that is no merge request"));
            }
            self.acts.entry(number(record, "noteable_iid")?).or_default().note(record);
            return Ok(None);
        }
        let iid = number(record, "iid")?;
        // The answer of the endpoint of approvals repeats a part of its merge request, without its author.
        if record.get("approved_by").is_some() && record.get("author").is_none() {
            self.acts.entry(iid).or_default().approvals(record);
            return Ok(None);
        }
        if self.requests.contains(&iid) {
            return Err((RefusalReason::Duplicate, "the number stands there twice"));
        }
        let request = request(iid, record, registry)?;
        self.requests.insert(iid);
        self.acts.entry(iid).or_default().nested(record);
        Ok(Some(request))
    }

    /// Gives every merge request what was done on it; what belongs to none is refused.
    pub(super) fn finish(mut self, reviews: &mut [RawReview]) -> Vec<Refusal> {
        let mut unusable = 0;
        for review in reviews {
            unusable += self.acts.remove(&review.number).map_or(0, |acts| acts.give(review));
        }
        let orphans = self.acts.into_values().map(|acts| acts.records()).sum();
        let refuse = |reason, count, detail: &str| Refusal { at: 0, reason, count, detail: detail.to_owned() };
        let refusals = [
            refuse(RefusalReason::BadValue, unusable, "notes and versions that cannot be read"),
            refuse(RefusalReason::MissingObject, orphans, "approvals and notes whose merge request is not in the file"),
        ];
        refusals.into_iter().filter(|refusal| refusal.count > 0).collect()
    }
}

fn request(iid: u64, record: &Value, registry: &Registry) -> Result<RawReview, Unusable> {
    let merged = instant(record, "merged_at")?;
    if merged.is_none() && text(record, "state") == "merged" {
        return Err((RefusalReason::MissingField, "merged_at"));
    }
    let listed = list(record, "commits");
    let mut head: Vec<Head> = listed.iter().filter_map(|record| commit(record, registry)).collect();
    let unusable = (listed.len() - head.len()) as u64;
    let tip = commit_id(text(record, "sha"));
    // The list begins with the newest.
    if head.first().map(|commit| &commit.id) == tip.as_ref() {
        head.reverse();
    }
    if let Some(id) = tip.filter(|tip| head.last().is_none_or(|last| last.id != *tip)) {
        head.push(Head { id, committed: None, marks: Vec::new(), authors: Vec::new() });
    }
    // A squash is the change; the merge commit above it holds nothing of its own.
    let landed = ["squash_commit_sha", "merge_commit_sha"].into_iter().find_map(|field| commit_id(text(record, field)));
    // `merge_user` replaced `merged_by` in GitLab 14.7.
    let merged_by = ["merge_user", "merged_by"].into_iter().find_map(|field| account(inner(record, field)));
    Ok(RawReview {
        number: iid,
        author: account(inner(record, "author")),
        opened: instant(record, "created_at")?,
        merged,
        merged_by: merged_by.filter(|_| merged.is_some()),
        merge_commit: landed.filter(|_| merged.is_some()),
        head,
        events: Vec::new(),
        said: registry.review(&ReviewText {
            description: text(record, "description"),
            labels: labels(record),
            branch: text(record, "source_branch"),
        }),
        // No endpoint that a list can be made of counts changed lines.
        lines: None,
        truncated: cut(record, &["notes", "versions", "commits"], &PAGES),
        has_reviews: false,
        unusable,
        more: false,
    })
}

fn commit(record: &Value, registry: &Registry) -> Option<Head> {
    let id = commit_id(text(record, "id"))?;
    let address = text(record, "author_email");
    let signed = Signatures {
        author_name: text(record, "author_name"),
        author_email: address,
        committer_name: text(record, "committer_name"),
        committer_email: text(record, "committer_email"),
        message: text(record, "message"),
    };
    let private = address.strip_suffix(NO_REPLY).and_then(|local| local.split_once('-'));
    let login = private.filter(|(id, _)| id.bytes().all(|byte| byte.is_ascii_digit())).map_or("", |(_, login)| login);
    Some(Head::new(registry, id, instant(record, "committed_date").unwrap_or_default(), &signed, login))
}
