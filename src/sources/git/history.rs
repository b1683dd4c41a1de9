//! One opened repository becomes facts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use gix::ObjectId;
use jiff::{SignedDuration, Timestamp};

use super::paths::{self, Job, Unknown};
use super::people::{Credits, People};
use super::{Source, heads, notes, open, refused, repository, settings, walk};
use crate::facts::change::{Change, CommitId, Notes};
use crate::facts::input::RefusalReason;
use crate::facts::person::Person;
use crate::facts::time::{Span, Stamp};
use crate::facts::{Facts, Input, Kind, PullHead};
use crate::plan::{Plan, RepositoryInput};
use crate::sources::{Identities, Progress, sha256_hex};

/// Paths are read this long before and after, for the previous period's baseline and for follow-up.
const MARGIN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A commit as the walk's threads leave it.
struct Record {
    id: ObjectId,
    tree: ObjectId,
    parents: Vec<ObjectId>,
    authored: Stamp,
    committed: Stamp,
    bad_date: bool,
    credits: Credits,
}

/// Adds a repository and its commits to the facts.
pub(super) fn read(
    source: &Source,
    plan: &Plan,
    input: &RepositoryInput,
    ids: &mut Identities,
    progress: &dyn Progress,
    facts: &mut Facts,
) {
    let repo = source.repo.to_thread_local();
    let people = People::new(&settings::blob(&repo, source.tip, ".mailmap").unwrap_or_default());
    let cut: BTreeSet<ObjectId> = open::shallow(&repo).into_iter().collect();
    let walked = walk::walk(&repo, source.tip, &cut, progress, |id, parsed| {
        let (authored, committed, bad_date) = dates(parsed.author.stamp, parsed.committer.stamp);
        let credits = people.credits(&parsed);
        Record { id, tree: parsed.tree, parents: parsed.parents, authored, committed, bad_date, credits }
    });
    let mut records = walked.commits;
    records.sort_by(|a, b| b.committed.at.cmp(&a.committed.at).then(a.id.cmp(&b.id)));
    let positions: BTreeMap<ObjectId, usize> = records.iter().enumerate().map(|(at, record)| (record.id, at)).collect();
    let mut history = History { records, positions, cut };

    let mut found = repository(input);
    found.head = source.tip.to_string();
    found.truncated = !history.cut.is_empty() || open::partial(&repo);
    found.attribution_off = settings::attribution_off(&repo, source.tip);
    let bad_dates = history.records.iter().filter(|record| record.bad_date).count() as u64;
    let mut paths = history.paths(&source.repo, plan, progress);
    found.unreadable = walked.missing + paths.unreadable;

    let mut refuse = |reason, count, detail: &str| {
        if count > 0 {
            facts.refused.push(refused(input, reason, count, detail));
        }
    };
    refuse(RefusalReason::BadDate, bad_dates, "a date of a commit cannot be read; its other date stands for it");
    refuse(RefusalReason::MissingObject, walked.missing, "a commit is missing or does not match its id");
    refuse(RefusalReason::MissingObject, paths.missing, "files of a commit are missing or damaged");
    refuse(RefusalReason::TooLarge, paths.too_large, "a commit changes more paths than are read");
    let mut noted = notes::Found::default();
    if let Some(notes) = source.notes {
        match notes::read(&repo, notes) {
            Some(read) => {
                found.notes = Some(history.count_notes(&read));
                noted = read;
                facts.read.insert(Kind::Notes);
            }
            None => refuse(RefusalReason::MissingObject, 1, "the AI notes cannot be read to their end"),
        }
    }

    found.heads_present = history.heads(source, plan, input, &people, ids, facts);

    facts.inputs.push(Input {
        kind: Kind::History,
        path: input.path.clone(),
        format: source.format.to_owned(),
        sha256: history.digest(source, facts),
        records: history.records.len() as u64,
    });
    let first_parents = history.first_parents(source.tip);
    let index = facts.repositories.len();
    facts.repositories.push(found);
    for (at, record) in std::mem::take(&mut history.records).into_iter().enumerate() {
        let mut change = change(record, ids);
        change.repository = index;
        change.first_parent = first_parents.contains(&at);
        change.paths = paths.known.remove(&at);
        change.marks.extend(noted.marks.remove(&change.id).unwrap_or_default());
        change.marks.sort();
        change.marks.dedup();
        facts.changes.push(change);
    }
}

/// Author and committer date, and whether one of them could not be read. The other one then stands for it, or 1970 as
/// in git; the refusal says how often.
fn dates(authored: Option<Stamp>, committed: Option<Stamp>) -> (Stamp, Stamp, bool) {
    let epoch = Stamp { at: Timestamp::UNIX_EPOCH, offset_minutes: 0 };
    let bad = authored.is_none() || committed.is_none();
    (authored.or(committed).unwrap_or(epoch), committed.or(authored).unwrap_or(epoch), bad)
}

/// From the previous period less the margin to the end of the period plus the margin.
fn window(plan: &Plan) -> Span {
    let first = plan.period.previous().map_or(plan.period.span.start, |previous| previous.span.start);
    let end = plan.period.span.end;
    Span {
        start: first.checked_sub(MARGIN).unwrap_or(Timestamp::MIN),
        end: end.checked_add(MARGIN).unwrap_or(Timestamp::MAX),
    }
}

/// Commits, newest first.
struct History {
    records: Vec<Record>,
    positions: BTreeMap<ObjectId, usize>,
    cut: BTreeSet<ObjectId>,
}

/// Paths by position of the commit.
#[derive(Default)]
struct Paths {
    known: BTreeMap<usize, Vec<crate::facts::change::PathChange>>,
    /// Commits whose objects are missing, in the whole window.
    missing: u64,
    /// Commits with too many paths.
    too_large: u64,
    /// Commits of the audited period whose paths are not known.
    unreadable: u64,
}

impl History {
    /// Compares the commits of the window, merges left out.
    fn paths(&self, repo: &gix::ThreadSafeRepository, plan: &Plan, progress: &dyn Progress) -> Paths {
        let window = window(plan);
        let mut found = Paths::default();
        let (mut jobs, mut at) = (Vec::new(), Vec::new());
        for (position, record) in self.records.iter().enumerate() {
            if record.parents.len() > 1 || !window.contains(record.committed.at) {
                continue;
            }
            match self.job(record) {
                Some(job) => {
                    jobs.push(job);
                    at.push(position);
                }
                None => found.miss(Unknown::Missing, record, plan),
            }
        }
        for (position, result) in at.into_iter().zip(paths::compare(repo, &jobs, progress)) {
            match result {
                Ok(paths) => {
                    found.known.insert(position, paths);
                }
                Err(unknown) => found.miss(unknown, &self.records[position], plan),
            }
        }
        found
    }

    /// `None` when the parent is not there: a commit at the cut of a shallow clone is no root commit.
    fn job(&self, record: &Record) -> Option<Job> {
        let parent = match record.parents.first() {
            None => None,
            Some(parent) => Some(self.records.get(*self.positions.get(parent)?)?.tree),
        };
        Some(Job { tree: record.tree, parent })
    }

    /// Positions of the commits on the first-parent line.
    fn first_parents(&self, tip: ObjectId) -> BTreeSet<usize> {
        let mut line = BTreeSet::new();
        let mut next = self.positions.get(&tip).copied();
        while let Some(at) = next.filter(|at| line.insert(*at)) {
            let record = &self.records[at];
            let parent = record.parents.first().filter(|_| !self.cut.contains(&record.id));
            next = parent.and_then(|parent| self.positions.get(parent).copied());
        }
        line
    }

    fn count_notes(&self, notes: &notes::Found) -> Notes {
        let ids: BTreeSet<String> = self.records.iter().map(|record| record.id.to_string()).collect();
        let on_history = notes.marks.keys().filter(|id| ids.contains(id.as_str())).count();
        Notes { records: notes.marks.len(), on_history, transcripts: notes.transcripts, people: notes.people }
    }

    /// Adds the heads of the reviews that changes of the window name, and says whether there are any. The commits of a merge are
    /// on the history.
    fn heads(
        &self,
        source: &Source,
        plan: &Plan,
        input: &RepositoryInput,
        people: &People,
        ids: &mut Identities,
        facts: &mut Facts,
    ) -> bool {
        let window = window(plan);
        let landed = self.records.iter().filter(|r| r.parents.len() < 2 && window.contains(r.committed.at));
        let numbers = landed.filter_map(|record| record.credits.trailers.review_number).collect();
        let is_on_history: &(dyn Fn(&ObjectId) -> bool + Sync) = &|id| self.positions.contains_key(id);
        let landed = heads::Landed { is_on_history, cut: &self.cut, people };
        let heads = heads::read(source, facts.repositories.len(), &numbers, &landed, ids);
        let unusable = heads.refusals().into_iter().filter(|(_, count, _)| *count > 0);
        facts.refused.extend(unusable.map(|(reason, count, why)| refused(input, reason, count, why)));
        facts.pull_heads.extend(heads.found);
        heads.present
    }

    /// SHA-256 of tip, notes, heads of reviews that were read and sorted commit ids, a line each: never of pack bytes, which a
    /// repack changes.
    fn digest(&self, source: &Source, facts: &Facts) -> String {
        let mut text = format!("tip {}\n", source.tip);
        if let Some(notes) = source.notes {
            let _ = writeln!(text, "notes {notes}");
        }
        let own = |head: &&PullHead| head.repository == facts.repositories.len();
        for head in facts.pull_heads.iter().filter(own) {
            let _ = writeln!(text, "head {} {}", head.number, head.tip.as_str());
        }
        for id in self.positions.keys() {
            let _ = writeln!(text, "{id}");
        }
        sha256_hex(text.as_bytes())
    }
}

impl Paths {
    fn miss(&mut self, unknown: Unknown, record: &Record, plan: &Plan) {
        match unknown {
            Unknown::Missing => self.missing += 1,
            Unknown::TooLarge => self.too_large += 1,
        }
        self.unreadable += u64::from(plan.period.span.contains(record.committed.at));
    }
}

fn change(record: Record, ids: &mut Identities) -> Change {
    let Credits { author, committer, coauthors, reviewed_by, acked_by, marks, automation, trailers } = record.credits;
    let mut set = |keys: Vec<String>| -> BTreeSet<Person> { keys.iter().map(|key| ids.person(key)).collect() };
    let (coauthors, reviewed_by, acked_by) = (set(coauthors), set(reviewed_by), set(acked_by));
    Change {
        repository: 0,
        id: CommitId::new(&record.id.to_string()),
        author: author.map(|key| ids.person(&key)),
        committer: committer.map(|key| ids.person(&key)),
        coauthors,
        authored: record.authored,
        committed: record.committed,
        parents: record.parents.iter().map(|parent| CommitId::new(&parent.to_string())).collect(),
        first_parent: false,
        marks,
        automation,
        reviewed_by,
        acked_by,
        gerrit: trailers.gerrit,
        reverts: trailers.reverts,
        subject: trailers.subject,
        revert_subject: trailers.revert_subject,
        reverts_subject: trailers.reverts_subject,
        reverts_review: trailers.reverts_review,
        fixes: trailers.fixes,
        review_number: trailers.review_number,
        announced_minor: trailers.says_minor,
        bypasses: trailers.bypasses,
        paths: None,
    }
}
