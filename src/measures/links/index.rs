//! Changes by their ids.

use std::collections::BTreeMap;

use crate::facts::Facts;
use crate::facts::change::CommitId;

/// Positions in `Facts::changes`, by repository and id.
pub(super) struct Index<'a> {
    by_id: Vec<BTreeMap<&'a str, usize>>,
}

impl<'a> Index<'a> {
    /// Of every change.
    pub(super) fn of(facts: &'a Facts) -> Self {
        let mut by_id = vec![BTreeMap::new(); facts.repositories.len()];
        for (at, change) in facts.changes.iter().enumerate() {
            by_id[change.repository].insert(change.id.as_str(), at);
        }
        Self { by_id }
    }

    /// The one change of a repository whose id begins with these digits.
    pub(super) fn find(&self, repository: usize, id: &CommitId) -> Option<usize> {
        only(self.by_id.get(repository)?.range(id.as_str()..).map(|(full, at)| (*full, *at)), id)
    }

    /// The one change of all repositories whose id begins with these digits.
    pub(super) fn find_anywhere(&self, id: &CommitId) -> Option<usize> {
        let mut hits = (0..self.by_id.len()).filter_map(|repository| self.find(repository, id));
        let hit = hits.next()?;
        hits.next().is_none().then_some(hit)
    }
}

/// The only one of sorted ids that begins with these digits; fewer than seven are too few to mean one.
pub(super) fn only<'a>(sorted: impl Iterator<Item = (&'a str, usize)>, id: &CommitId) -> Option<usize> {
    let mut hits = sorted.take_while(|(full, _)| full.starts_with(id.as_str()));
    let (_, first) = hits.next()?;
    (id.as_str().len() >= 7 && hits.next().is_none()).then_some(first)
}
