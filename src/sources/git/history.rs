//! One opened repository becomes facts: everything that needs no other repository is collected first, on all threads;
//! people become numbers at the end, one repository after the other, so that the numbers do not depend on who was faster.

use std::fmt::Write as _;
use std::sync::Arc;

use gix::ObjectId;
use gix::hashtable::{HashMap, HashSet};
use jiff::Timestamp;

use super::attributes::Attributes;
use super::objects::{Objects, Unknown};
use super::paths::{self, Job};
use super::people::{Credits, People};
use super::walk::{self, Walked};
use super::{Source, heads, open, records, refused, settings};
use crate::facts::change::{Change, CommitId, PathChange, Repository};
use crate::facts::input::RefusalReason;
use crate::facts::person::Person;
use crate::facts::time::Stamp;
use crate::facts::{Facts, Input, Kind, Refused};
use crate::plan::{Plan, RepositoryInput};
use crate::sources::attribution::Registry;
use crate::sources::{Identities, Progress, sha256_hex};

/// A commit as the walk's threads leave it.
struct Record {
    id: ObjectId,
    tree: ObjectId,
    parents: Vec<ObjectId>,
    authored: Stamp,
    committed: Stamp,
    bad_date: bool,
    first_parent: bool,
    credits: Credits,
    paths: Option<Vec<PathChange>>,
}

/// Records are large: boxed, they are sorted by their addresses, and each is freed when it has become a fact.
#[allow(clippy::vec_box, reason = "half the memory and a twentieth of the time of a large history")]
type Records = Vec<Box<Record>>;

/// Everything of one repository, people still as keys.
pub(super) struct Collected {
    repository: Repository,
    input: Input,
    refused: Vec<Refused>,
    records: Records,
    aside: records::Found,
    heads: heads::Heads,
}

/// Reads the commits of a repository, and the paths of those of the period.
pub(super) fn collect(
    source: &Source,
    plan: &Plan,
    input: &RepositoryInput,
    registry: &Registry,
    progress: &dyn Progress,
) -> Collected {
    let repo = source.repo.to_thread_local();
    let people = People::new(&settings::blob(&repo, source.tip, ".mailmap").unwrap_or_default(), registry);
    let cut: HashSet<ObjectId> = open::shallow(&repo).into_iter().collect();
    let walked = walk(source, &cut, &people, progress);
    let mut history = History::new(walked.commits, cut);
    history.mark_first_parents(source.tip);
    let lost = history.read_paths(source, plan, progress);

    let mut repository = source.repository(input);
    repository.truncated = !history.cut.is_empty() || open::partial(&repo);
    let before = history.last_before(plan).map(|id| settings::read(&repo, id));
    let settings = settings::read(&repo, source.tip).since(before.as_ref());
    (repository.attribution_off, repository.attribution_unclear) = (settings.off, settings.unclear);
    repository.unreadable = walked.missing + lost.missing + lost.too_large;
    let on_history = |id: &CommitId| history.holds(id);
    let (aside, unusable) = records::read(&repo, source.tip, &source.records, &on_history, &mut repository);

    let heads = history.heads(source, plan, &people);
    repository.heads_present = heads.present;

    let bad_dates = history.records.iter().filter(|record| record.bad_date).count() as u64;
    let losses = [
        (RefusalReason::BadDate, bad_dates, "a date of a commit cannot be read; its other date stands for it"),
        (RefusalReason::MissingObject, walked.missing, "a commit is missing or does not match its id"),
        (RefusalReason::MissingObject, lost.missing, "files of a commit are missing or damaged"),
        (RefusalReason::Unreadable, lost.attributes, "a .gitattributes file or its folder cannot be read"),
        (RefusalReason::TooLarge, lost.too_large, "a commit changes more paths than are read"),
        (RefusalReason::Unreadable, settings.unreadable, "a settings file of an AI tool is not valid in its format"),
    ];
    let losses = losses.into_iter().chain(unusable).chain(heads.refusals()).filter(|(_, count, _)| *count > 0);
    Collected {
        repository,
        input: Input {
            kind: Kind::History,
            path: input.path.clone(),
            format: source.format.to_owned(),
            sha256: history.digest(source, &heads),
            records: history.records.len() as u64,
        },
        refused: losses.map(|(reason, count, detail)| refused(input, reason, count, detail)).collect(),
        records: history.records,
        aside,
        heads,
    }
}

impl Collected {
    /// Adds the repository and its commits to the facts.
    pub(super) fn keep(mut self, ids: &mut Identities, facts: &mut Facts) {
        let (index, first) = (facts.repositories.len(), facts.changes.len());
        if self.repository.notes.is_some() || self.repository.older_notes.is_some() {
            facts.read.insert(Kind::Notes);
        }
        facts.inputs.push(self.input);
        facts.refused.extend(self.refused);
        facts.changes.reserve_exact(self.records.len());
        for record in self.records {
            let mut change = change(*record, ids);
            change.repository = index;
            facts.changes.push(change);
        }
        self.heads.keep(index, ids, facts);
        self.aside.mark(&mut facts.changes[first..], &mut self.repository);
        facts.repositories.push(self.repository);
    }
}

fn walk(source: &Source, cut: &HashSet<ObjectId>, people: &People<'_>, progress: &dyn Progress) -> Walked<Box<Record>> {
    let mut objects = Objects::of_commits(source.repo.to_thread_local(), Arc::clone(&source.packs));
    walk::walk(&mut objects, source.tip, cut, progress, |id, parsed| {
        let (authored, committed, bad_date) = dates(parsed.author.stamp, parsed.committer.stamp);
        let credits = people.credits(&parsed);
        let (tree, parents) = (parsed.tree, parsed.parents);
        let (first_parent, paths) = (false, None);
        Box::new(Record { id, tree, parents, authored, committed, bad_date, first_parent, credits, paths })
    })
}

/// Author and committer date, and whether one of them could not be read. The other one then stands for it, or 1970 as
/// in git; the refusal says how often.
fn dates(authored: Option<Stamp>, committed: Option<Stamp>) -> (Stamp, Stamp, bool) {
    let epoch = Stamp { at: Timestamp::UNIX_EPOCH, offset_minutes: 0 };
    let bad = authored.is_none() || committed.is_none();
    (authored.or(committed).unwrap_or(epoch), committed.or(authored).unwrap_or(epoch), bad)
}

/// Whether it is a change that landed in the audited period.
fn is_of_period(record: &Record, plan: &Plan) -> bool {
    record.parents.len() < 2 && plan.period.span.contains(record.committed.at)
}

/// Commits, newest first.
struct History {
    records: Records,
    positions: HashMap<ObjectId, usize>,
    cut: HashSet<ObjectId>,
}

/// What could not be read.
#[derive(Default)]
struct Lost {
    /// Commits of the period whose objects are missing.
    missing: u64,
    /// Commits of the period with too many paths.
    too_large: u64,
    /// Files of attributes, or their folders.
    attributes: u64,
}

impl History {
    fn new(mut records: Records, cut: HashSet<ObjectId>) -> Self {
        records.sort_unstable_by(|a, b| b.committed.at.cmp(&a.committed.at).then(a.id.cmp(&b.id)));
        let positions = records.iter().enumerate().map(|(at, record)| (record.id, at)).collect();
        Self { records, positions, cut }
    }

    /// Compares the commits of the period, merges left out: no measure looks at other commits' files.
    fn read_paths(&mut self, source: &Source, plan: &Plan, progress: &dyn Progress) -> Lost {
        let at: Vec<usize> = (0..self.records.len()).filter(|at| is_of_period(&self.records[*at], plan)).collect();
        let attributes = Attributes::at(&source.repo.to_thread_local(), source.tip);
        let mut lost = Lost { attributes: attributes.unread, ..Lost::default() };
        let results = paths::compare(source, &at, |at| self.job(&self.records[at]), &attributes, progress);
        for (at, result) in at.into_iter().zip(results) {
            match result {
                Ok(paths) => self.records[at].paths = Some(paths),
                Err(Unknown::Missing) => lost.missing += 1,
                Err(Unknown::TooLarge) => lost.too_large += 1,
            }
        }
        lost
    }

    /// `None` when the parent is not there: a commit at the cut of a shallow clone is no root commit.
    fn job(&self, record: &Record) -> Option<Job> {
        let parent = match record.parents.first() {
            None => None,
            Some(parent) => Some(self.records.get(*self.positions.get(parent)?)?.tree),
        };
        Some(Job { tree: record.tree, parent })
    }

    /// Marks the commits on the first-parent line.
    fn mark_first_parents(&mut self, tip: ObjectId) {
        let mut next = self.positions.get(&tip).copied();
        while let Some(record) = next.map(|at| &mut self.records[at]).filter(|record| !record.first_parent) {
            record.first_parent = true;
            let parent = record.parents.first().filter(|_| !self.cut.contains(&record.id));
            next = parent.and_then(|parent| self.positions.get(parent).copied());
        }
    }

    /// Whether a commit is one of them.
    fn holds(&self, id: &CommitId) -> bool {
        ObjectId::from_hex(id.as_str().as_bytes()).is_ok_and(|id| self.positions.contains_key(&id))
    }

    /// The newest commit of the first-parent line before the period.
    fn last_before(&self, plan: &Plan) -> Option<ObjectId> {
        let mut line = self.records.iter().filter(|record| record.first_parent);
        line.find(|record| record.committed.at < plan.period.span.start).map(|record| record.id)
    }

    /// Heads of the reviews that changes of the period name. The commits of a merge are on the history.
    fn heads(&self, source: &Source, plan: &Plan, people: &People<'_>) -> heads::Heads {
        let landed = self.records.iter().filter(|record| is_of_period(record, plan));
        let numbers = landed.filter_map(|record| record.credits.trailers.review_number).collect();
        let is_on_history: &(dyn Fn(&ObjectId) -> bool + Sync) = &|id| self.positions.contains_key(id);
        heads::read(source, &numbers, &heads::Landed { is_on_history, cut: &self.cut, people })
    }

    /// SHA-256 of tip, notes, heads of reviews that were read and sorted commit ids, a line each: never of pack bytes, which a
    /// repack changes.
    fn digest(&self, source: &Source, heads: &heads::Heads) -> String {
        let mut text = format!("tip {}\n", source.tip);
        if let Some(notes) = source.records.notes {
            let _ = writeln!(text, "notes {notes}");
        }
        for (name, id) in source.records.older_and_conversations() {
            let _ = writeln!(text, "{name} {id}");
        }
        for (number, tip) in heads.tips() {
            let _ = writeln!(text, "head {number} {tip}");
        }
        let mut ids: Vec<ObjectId> = self.records.iter().map(|record| record.id).collect();
        ids.sort_unstable();
        for id in ids {
            let _ = writeln!(text, "{id}");
        }
        sha256_hex(text.as_bytes())
    }
}

fn change(record: Record, ids: &mut Identities) -> Change {
    let Credits { author, committer, coauthors, reviewed_by, acked_by, marks, automation, trailers } = record.credits;
    let mut set =
        |keys: Vec<String>| -> std::collections::BTreeSet<Person> { keys.iter().map(|key| ids.person(key)).collect() };
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
        first_parent: record.first_parent,
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
        paths: record.paths,
    }
}
