//! Which review belongs to which change, which marks survive only on its head commits, what a revert or an incident
//! points at.

mod index;
mod linked;
mod marks;
mod merged;
mod reverts;
mod reviews;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use self::index::Index;
use self::reviews::{ReviewIndex, Squashed};
use crate::facts::Facts;
use crate::facts::change::CommitId;
use crate::facts::incident::{ChangeRef, ChangeRole};
use crate::plan::Plan;

pub use linked::Linked;
pub use reverts::{FoundBy, Revert, Reverts};

/// Lowest rung of the attribution ladder that enters a headline rate.
pub const HEADLINE_LEVEL: u8 = 4;

/// All links of a run.
pub struct Links<'a> {
    /// Every change, in the order of the facts.
    pub changes: Vec<Linked<'a>>,
    /// What reverts take back.
    pub reverts: Reverts,
    index: Index<'a>,
    by_number: BTreeMap<(usize, u64), usize>,
    names: BTreeMap<&'a str, usize>,
}

impl<'a> Links<'a> {
    /// Links changes, reviews, marks and reverts.
    pub fn of(facts: &'a Facts, plan: &Plan) -> Self {
        let index = Index::of(facts);
        let reviews = ReviewIndex::of(facts, &index);
        let mut changes = Vec::with_capacity(facts.changes.len());
        for (at, change) in facts.changes.iter().enumerate() {
            let (review, number) = reviews.of_change(at, change);
            let Squashed { commits: squashed, last, from_clone } = reviews.squashed(change, review, number);
            let in_period = plan.period.span.contains(change.committed.at);
            let (own, marks) = (Vec::new(), Vec::new());
            changes.push(Linked {
                index: at,
                change,
                review,
                number,
                squashed,
                from_clone,
                own,
                last,
                marks,
                in_period,
            });
        }
        marks::join(&mut changes);
        let reverts = Reverts::of(&changes, &index);
        let numbered = changes.iter().filter(|linked| !linked.change.is_merge());
        let by_number = numbered.filter_map(|l| Some(((l.change.repository, l.number?), l.index))).collect();
        let names = facts.repositories.iter().enumerate().map(|(at, r)| (r.name.as_str(), at)).collect();
        Self { changes, reverts, index, by_number, names }
    }

    /// Work landed in the period: no merges, no automation.
    pub fn work(&self) -> impl Iterator<Item = &Linked<'a>> {
        self.changes.iter().filter(|linked| linked.in_period && linked.is_work())
    }

    /// The one change of a repository whose id begins with these digits.
    pub fn find(&self, repository: usize, id: &CommitId) -> Option<usize> {
        self.index.find(repository, id)
    }

    /// The change an incident's reference means: a commit id that resolves to exactly one commit, or `name#number`.
    pub fn resolve(&self, reference: &ChangeRef) -> Option<usize> {
        if let Some((name, number)) = reference.reference.split_once('#') {
            let name = if name.is_empty() { reference.repository.as_deref()? } else { name };
            return self.by_number.get(&(*self.names.get(name)?, number.parse().ok()?)).copied();
        }
        self.index.find_anywhere(&CommitId::new(&reference.reference))
    }

    /// The changes that caused an incident, by references at headline level.
    pub fn causes(&self, references: &[ChangeRef]) -> BTreeSet<usize> {
        let named = references.iter().filter(|r| r.role == ChangeRole::Cause && r.confidence >= HEADLINE_LEVEL);
        let causes: BTreeSet<usize> = named.filter_map(|r| self.resolve(r)).collect();
        if causes.is_empty() { self.repaired(references) } else { causes }
    }

    /// The changes that the named repairs say they fix or revert: a text that names the cause.
    pub fn repaired(&self, references: &[ChangeRef]) -> BTreeSet<usize> {
        let repairs: BTreeSet<usize> =
            references.iter().filter(|r| r.role == ChangeRole::Fix).filter_map(|r| self.resolve(r)).collect();
        let reverted = self.reverts.all.iter().filter(|revert| repairs.contains(&revert.index));
        let reverted = reverted.flat_map(|revert| revert.undoes.iter().copied());
        let fixed = repairs.iter().flat_map(|at| {
            let change = self.changes[*at].change;
            change.fixes.iter().filter_map(|id| self.find(change.repository, id))
        });
        reverted.chain(fixed).collect()
    }

    /// How far the data reach: the date of the newest tip. A commit somewhere below with a clock in the future does not
    /// lengthen it.
    pub fn end_of_data(&self, facts: &Facts) -> Option<Timestamp> {
        let tips = facts.repositories.iter().enumerate().filter_map(|(at, r)| self.find(at, &CommitId::new(&r.head)));
        let newest = |at: usize| self.changes[at].change.committed.at;
        tips.map(newest).max().or_else(|| self.changes.iter().map(|linked| linked.change.committed.at).max())
    }
}
