//! What a revert takes back, and what of it was restored.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::Timestamp;

use super::index::{Index, only};
use super::linked::Linked;
use super::merged;
use crate::facts::change::{CommitId, Subject};

/// Reverts of reverts of a change that are looked at; a longer chain is not a history of decisions.
const MOST_IN_CHAIN: usize = 1000;

/// How it was found what a revert takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundBy {
    /// By the commit that it names.
    Hash,
    /// By the review that it names.
    Review,
    /// By the subject that it quotes.
    Subject,
    /// Not found.
    Unresolved,
}

impl FoundBy {
    /// All, in the order in which they are tried.
    pub const ALL: [Self; 4] = [Self::Hash, Self::Review, Self::Subject, Self::Unresolved];

    /// The word in `reverts.found_by.<word>`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hash => "hash",
            Self::Review => "review",
            Self::Subject => "subject",
            Self::Unresolved => "unresolved",
        }
    }
}

/// One change that takes others back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revert {
    /// Position in `Links::changes`.
    pub index: usize,
    /// What it takes back, merges with all that came in by them.
    pub undoes: BTreeSet<usize>,
    /// How that was found.
    pub found_by: FoundBy,
}

/// All reverts of a run.
#[derive(Debug, Default)]
pub struct Reverts {
    /// In the order of the changes.
    pub all: Vec<Revert>,
    /// Reverts by what they take back, with their dates.
    by_target: BTreeMap<usize, Vec<(usize, Timestamp)>>,
    /// Whatever takes a change back stands before it.
    rank: BTreeMap<usize, usize>,
}

impl Reverts {
    /// Resolves every revert.
    pub(super) fn of(changes: &[Linked<'_>], index: &Index<'_>) -> Self {
        let targets = Targets::of(changes, index);
        let all: Vec<Revert> = changes.iter().filter_map(|linked| targets.revert(linked)).collect();
        let mut by_target: BTreeMap<usize, Vec<(usize, Timestamp)>> = BTreeMap::new();
        for revert in &all {
            for target in &revert.undoes {
                let at = changes[revert.index].change.committed.at;
                by_target.entry(*target).or_default().push((revert.index, at));
            }
        }
        let rank = rank(&all, &by_target);
        Self { all, by_target, rank }
    }

    /// Whether a change was taken back and not restored, as far as what had landed by an instant tells.
    pub fn is_undone(&self, change: usize, until: Timestamp) -> bool {
        let reverts = |at: usize| {
            let list = self.by_target.get(&at).map_or(&[][..], Vec::as_slice);
            list.iter().filter(move |(_, landed)| *landed <= until).map(|(revert, _)| *revert)
        };
        let mut chain = BTreeSet::from([change]);
        let mut open = vec![change];
        while let Some(at) = open.pop().filter(|_| chain.len() < MOST_IN_CHAIN) {
            open.extend(reverts(at).filter(|revert| chain.insert(*revert)));
        }
        let mut order: Vec<usize> = chain.into_iter().collect();
        order.sort_by_key(|at| (self.rank.get(at), *at));
        let mut undone = BTreeSet::new();
        for at in order {
            if reverts(at).any(|revert| revert != at && !undone.contains(&revert)) {
                undone.insert(at);
            }
        }
        undone.contains(&change)
    }
}

/// Positions in an order in which a revert stands before what it takes back. What goes round in a circle, which only forged
/// messages do, has no position.
fn rank(all: &[Revert], by_target: &BTreeMap<usize, Vec<(usize, Timestamp)>>) -> BTreeMap<usize, usize> {
    let undoes: BTreeMap<usize, &BTreeSet<usize>> = all.iter().map(|revert| (revert.index, &revert.undoes)).collect();
    let mut waits: BTreeMap<usize, usize> = by_target.iter().map(|(target, list)| (*target, list.len())).collect();
    let mut free: VecDeque<usize> = undoes.keys().copied().filter(|at| !waits.contains_key(at)).collect();
    let mut rank = BTreeMap::new();
    while let Some(at) = free.pop_front() {
        rank.insert(at, rank.len());
        for target in undoes.get(&at).into_iter().copied().flatten() {
            let left = waits.entry(*target).or_default();
            *left = left.saturating_sub(1);
            if *left == 0 {
                free.push_back(*target);
            }
        }
    }
    rank
}

/// What can be taken back: changes by id, by squashed commit, by number and by subject.
struct Targets<'l, 'a> {
    changes: &'l [Linked<'a>],
    index: &'l Index<'a>,
    squashed: BTreeMap<(usize, &'a str), usize>,
    by_number: BTreeMap<(usize, u64), Vec<usize>>,
    by_subject: BTreeMap<(usize, Subject), Vec<usize>>,
}

impl<'l, 'a> Targets<'l, 'a> {
    fn of(changes: &'l [Linked<'a>], index: &'l Index<'a>) -> Self {
        let mut targets =
            Self { changes, index, squashed: BTreeMap::new(), by_number: BTreeMap::new(), by_subject: BTreeMap::new() };
        let quoted: BTreeSet<(usize, Subject)> =
            changes.iter().filter_map(|l| Some((l.change.repository, l.change.reverts_subject?))).collect();
        for linked in changes {
            let repository = linked.change.repository;
            for commit in &linked.own {
                targets.squashed.insert((repository, commit.id.as_str()), linked.index);
            }
            if let Some(number) = linked.number {
                targets.by_number.entry((repository, number)).or_default().push(linked.index);
            }
            let subject = (repository, linked.change.subject);
            if quoted.contains(&subject) {
                targets.by_subject.entry(subject).or_default().push(linked.index);
            }
        }
        targets
    }

    /// What a change takes back; `None` when it takes nothing back that had landed.
    fn revert(&self, linked: &Linked<'_>) -> Option<Revert> {
        let change = linked.change;
        let titled = change.revert_subject || change.reverts_subject.is_some() || change.reverts_review.is_some();
        if change.reverts.is_empty() && !titled {
            return None;
        }
        let (named, own_branch) = self.by_hash(linked);
        // A squash keeps the messages of its branch, with what was tried and taken back there.
        if named.is_empty() && own_branch && !titled {
            return None;
        }
        let ways = [
            (FoundBy::Hash, named),
            (FoundBy::Review, self.by_review(linked)),
            (FoundBy::Subject, self.by_subject(linked).into_iter().collect()),
        ];
        let found = ways.into_iter().find(|(_, found)| !found.is_empty());
        let (found_by, found) = found.unwrap_or((FoundBy::Unresolved, Vec::new()));
        let mut undoes: BTreeSet<usize> = found.iter().flat_map(|at| self.whole(*at)).collect();
        undoes.remove(&linked.index);
        Some(Revert { index: linked.index, undoes, found_by })
    }

    /// Changes whose ids it names, or into which the commits that it names were squashed; and whether it names one of its own.
    fn by_hash(&self, linked: &Linked<'_>) -> (Vec<usize>, bool) {
        let repository = linked.change.repository;
        let squashed_into = |id: &CommitId| {
            let from = self.squashed.range((repository, id.as_str())..);
            only(from.take_while(|((at, _), _)| *at == repository).map(|((_, full), at)| (*full, *at)), id)
        };
        let find = |id: &CommitId| self.index.find(repository, id).or_else(|| squashed_into(id));
        let (own, others): (Vec<usize>, Vec<usize>) =
            linked.change.reverts.iter().filter_map(find).partition(|at| *at == linked.index);
        (others, !own.is_empty())
    }

    /// What the review became that it names, as far as it had landed before.
    fn by_review(&self, linked: &Linked<'_>) -> Vec<usize> {
        let key = linked.change.reverts_review.map(|number| (linked.change.repository, number));
        let became = key.and_then(|key| self.by_number.get(&key)).into_iter().flatten().copied();
        became.filter(|at| self.is_before(*at, linked)).collect()
    }

    /// The last change before it that bears the subject it quotes; none when two landed at the same instant.
    fn by_subject(&self, linked: &Linked<'_>) -> Option<usize> {
        let key = (linked.change.repository, linked.change.reverts_subject?);
        let earlier = self.by_subject.get(&key)?.iter().copied().filter(|at| self.is_before(*at, linked));
        let landed = |at: &usize| self.changes[*at].change.committed.at;
        let mut last: Vec<usize> = earlier.collect();
        let newest = last.iter().map(landed).max()?;
        last.retain(|at| landed(at) == newest);
        if let [only] = last[..] { Some(only) } else { None }
    }

    fn is_before(&self, at: usize, linked: &Linked<'_>) -> bool {
        at != linked.index && self.changes[at].change.committed.at <= linked.change.committed.at
    }

    /// A change, or a merge with all that came in by it: where that is too far to follow, with what its review landed.
    fn whole(&self, at: usize) -> BTreeSet<usize> {
        let linked = &self.changes[at];
        let mut whole = BTreeSet::from([at]);
        if linked.change.is_merge() {
            let key = linked.number.map(|number| (linked.change.repository, number));
            let landed = || key.and_then(|key| self.by_number.get(&key)).cloned().unwrap_or_default();
            whole.extend(merged::came_in(self.changes, self.index, at).unwrap_or_else(landed));
        }
        whole
    }
}
