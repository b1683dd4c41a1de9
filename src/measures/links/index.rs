//! Changes by their ids.

use crate::facts::Facts;
use crate::facts::change::CommitId;

/// Ids and positions in `Facts::changes`, sorted, by repository: a search tree takes three times as long to fill.
pub(super) struct Index<'a> {
    by_id: Vec<Vec<(&'a str, usize)>>,
}

impl<'a> Index<'a> {
    /// Of every change.
    pub(super) fn of(facts: &'a Facts) -> Self {
        let mut by_id = vec![Vec::new(); facts.repositories.len()];
        for (at, change) in facts.changes.iter().enumerate() {
            by_id[change.repository].push((change.id.as_str(), at));
        }
        for ids in &mut by_id {
            ids.sort_unstable();
        }
        Self { by_id }
    }

    /// The one change of a repository whose id begins with these digits.
    pub(super) fn find(&self, repository: usize, id: &CommitId) -> Option<usize> {
        let ids = self.by_id.get(repository)?;
        let first = ids.partition_point(|(full, _)| *full < id.as_str());
        only(ids[first..].iter().copied(), id)
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
