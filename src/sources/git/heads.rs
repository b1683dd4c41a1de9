//! Heads of reviews that the clone itself holds: what a squash left out of the history is still there.
//!
//! Only heads that a landed change of the window names are looked up, by name, so that thousands of others cost nothing.
//! GitHub: <https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/checking-out-pull-requests-locally>;
//! GitLab: <https://docs.gitlab.com/user/project/merge_requests/versions/>;
//! Gerrit: <https://gerrit-review.googlesource.com/Documentation/concept-changes.html>.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use gix::hashtable::HashSet;
use gix::objs::Kind;
use gix::prelude::FindExt as _;
use rayon::prelude::*;

use super::people::{Credits, People};
use super::{Source, commit, open};
use crate::facts::Facts;
use crate::facts::change::CommitId;
use crate::facts::input::RefusalReason;
use crate::facts::person::Person;
use crate::facts::review::{HeadCommit, PullHead};
use crate::facts::time::Stamp;
use crate::sources::Identities;

/// Commits of one head that are read: what GitHub lists of a pull request.
const MOST_COMMITS: usize = 250;

/// Where platforms keep heads. The second form of the first two is what a common refspec makes of them in a clone.
const FOLDERS: [&str; 5] = [
    "refs/pull/",
    "refs/remotes/origin/pr/",
    "refs/merge-requests/",
    "refs/remotes/origin/merge-requests/",
    "refs/changes/",
];

/// What is known of the history while heads are read.
pub(super) struct Landed<'a> {
    /// Commits of the audited history.
    pub(super) is_on_history: &'a (dyn Fn(&ObjectId) -> bool + Sync),
    /// Commits whose parents were cut off.
    pub(super) cut: &'a HashSet<ObjectId>,
    /// Reads identities and marks.
    pub(super) people: &'a People<'a>,
}

/// Heads of one repository, people still as keys.
#[derive(Default)]
pub(super) struct Heads {
    /// The clone holds some, needed or not.
    pub(super) present: bool,
    /// Numbers and tips of those that were needed, with their commits that are not on the history.
    found: Vec<(u64, ObjectId, Vec<Read>)>,
    /// Heads with a commit that is missing or damaged.
    missing: u64,
    /// Heads of too many commits.
    too_long: u64,
    /// Heads that do not begin at the audited history, so that it cannot be told what is their own.
    apart: u64,
}

impl Heads {
    /// Numbers and tips of those that were read, for the digest.
    pub(super) fn tips(&self) -> impl Iterator<Item = (u64, ObjectId)> {
        self.found.iter().map(|(number, tip, _)| (*number, *tip))
    }

    /// Adds them to the facts, as those of the repository with this index.
    pub(super) fn keep(self, repository: usize, ids: &mut Identities, facts: &mut Facts) {
        facts.pull_heads.extend(self.found.into_iter().map(|(number, tip, commits)| {
            let commits = commits.into_iter().map(|read| head_commit(read, ids)).collect();
            PullHead { repository, number, tip: CommitId::new(&tip.to_string()), commits }
        }));
    }

    /// What could not be used, how often, and why.
    pub(super) fn refusals(&self) -> [(RefusalReason, u64, &'static str); 3] {
        [
            (RefusalReason::MissingObject, self.missing, "a commit of the head of a review is missing or damaged"),
            (RefusalReason::TooLarge, self.too_long, "the head of a review has more commits than are read"),
            (RefusalReason::Unreadable, self.apart, "the head of a review does not begin at the audited history"),
        ]
    }
}

/// Why a head is not used.
enum Unusable {
    Missing,
    TooLong,
    Apart,
}

/// A commit of a head, as the threads leave it.
type Read = (ObjectId, Option<Stamp>, Credits);

/// A head with its commits.
type Branch = (ObjectId, Result<Vec<Read>, Unusable>);

/// Names of references under the folders above, as a bundle lists them.
pub(super) fn of_bundle(named: &[(String, ObjectId)]) -> BTreeMap<String, ObjectId> {
    named.iter().filter(|(name, _)| FOLDERS.iter().any(|folder| name.starts_with(folder))).cloned().collect()
}

/// Reads the heads of these numbers.
pub(super) fn read(source: &Source, numbers: &BTreeSet<u64>, landed: &Landed<'_>) -> Heads {
    let (repo, listed) = (&source.repo, &source.heads);
    let local = repo.to_thread_local();
    let folders: Vec<&str> =
        FOLDERS.into_iter().filter(|folder| !under(&local, listed, folder, 1).is_empty()).collect();
    let mut heads = Heads { present: !folders.is_empty(), ..Heads::default() };
    if folders.is_empty() {
        return heads;
    }
    let wanted: Vec<u64> = numbers.iter().copied().collect();
    let read: Vec<Option<Branch>> = wanted
        .par_iter()
        .map_init(
            || repo.to_thread_local(),
            |repo, number| {
                let tip = tip(repo, listed, &folders, *number)?;
                Some((tip, branch(repo, tip, landed)))
            },
        )
        .collect();
    for (number, read) in wanted.into_iter().zip(read) {
        match read {
            None => {}
            Some((_, Err(Unusable::Missing))) => heads.missing += 1,
            Some((_, Err(Unusable::TooLong))) => heads.too_long += 1,
            Some((_, Err(Unusable::Apart))) => heads.apart += 1,
            Some((_, Ok(commits))) if commits.is_empty() => {}
            Some((tip, Ok(commits))) => heads.found.push((number, tip, commits)),
        }
    }
    heads
}

fn head_commit((id, committed, credits): Read, ids: &mut Identities) -> HeadCommit {
    let mut authors: Vec<Person> = Vec::new();
    let coauthors = credits.coauthors.iter().map(String::as_str);
    for key in credits.author.as_deref().into_iter().chain(coauthors) {
        let person = ids.person(key);
        if !authors.contains(&person) {
            authors.push(person);
        }
    }
    let committed = committed.map(|stamp| stamp.at);
    HeadCommit { id: CommitId::new(&id.to_string()), committed, marks: credits.marks, authors }
}

/// What the head of a number points at.
fn tip(repo: &gix::Repository, listed: &BTreeMap<String, ObjectId>, folders: &[&str], number: u64) -> Option<ObjectId> {
    folders.iter().find_map(|folder| match *folder {
        // Patch sets lie in a folder of their change, that in one of its last two digits; the highest is the last.
        "refs/changes/" => {
            let folder = format!("refs/changes/{:02}/{number}/", number % 100);
            let sets = under(repo, listed, &folder, usize::MAX);
            let numbered = sets.iter().filter_map(|(name, id)| Some((name[folder.len()..].parse::<u64>().ok()?, *id)));
            numbered.max().map(|(_, id)| id)
        }
        "refs/pull/" | "refs/merge-requests/" => named(repo, listed, &format!("{folder}{number}/head")),
        _ => named(repo, listed, &format!("{folder}{number}")),
    })
}

fn named(repo: &gix::Repository, listed: &BTreeMap<String, ObjectId>, name: &str) -> Option<ObjectId> {
    listed.get(name).copied().or_else(|| open::reference(repo, name))
}

/// References that begin so, at most so many.
fn under(
    repo: &gix::Repository,
    listed: &BTreeMap<String, ObjectId>,
    prefix: &str,
    most: usize,
) -> Vec<(String, ObjectId)> {
    let from_list = listed.range(prefix.to_owned()..).take_while(|(name, _)| name.starts_with(prefix));
    let mut found: Vec<(String, ObjectId)> = from_list.take(most).map(|(name, id)| (name.clone(), *id)).collect();
    let Ok(platform) = repo.references() else { return found };
    let Ok(references) = platform.prefixed(prefix) else { return found };
    let more = references.filter_map(Result::ok).filter_map(|mut reference| {
        let name = reference.name().as_bstr().to_str_lossy().into_owned();
        reference.peel_to_id().ok().map(|id| (name, id.detach()))
    });
    found.extend(more.take(most.saturating_sub(found.len())));
    found
}

/// Commits from a head down to the history, merges left out, oldest first.
fn branch(repo: &gix::Repository, tip: ObjectId, landed: &Landed<'_>) -> Result<Vec<Read>, Unusable> {
    let mut seen = BTreeSet::from([tip]);
    let mut queue = VecDeque::from([tip]);
    let mut commits = Vec::new();
    let mut raw = Vec::new();
    let mut walked = 0;
    while let Some(id) = queue.pop_front() {
        if (landed.is_on_history)(&id) {
            continue;
        }
        walked += 1;
        if walked > MOST_COMMITS {
            return Err(Unusable::TooLong);
        }
        let object = repo.objects.find(&id, &mut raw).map_err(|_| Unusable::Missing)?;
        let vouched = gix::objs::compute_hash(id.kind(), Kind::Commit, object.data).is_ok_and(|hash| hash == id);
        if object.kind != Kind::Commit || !vouched {
            return Err(Unusable::Missing);
        }
        let parsed = commit::parse(object.data).ok_or(Unusable::Missing)?;
        // Below a cut, and without a common ancestor, commits of the base cannot be told from those of the branch.
        if landed.cut.contains(&id) || parsed.parents.is_empty() {
            return Err(Unusable::Apart);
        }
        queue.extend(parsed.parents.iter().copied().filter(|parent| seen.insert(*parent)));
        if parsed.parents.len() == 1 {
            commits.push((id, parsed.committer.stamp, landed.people.credits(&parsed)));
        }
    }
    commits.reverse();
    Ok(commits)
}
