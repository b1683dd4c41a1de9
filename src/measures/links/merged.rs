//! What came in by a merge: reachable from its other parents and not from its first.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use jiff::Timestamp;

use super::index::Index;
use super::linked::Linked;

/// Commits that are looked at for one merge. What is merged and then taken back is young.
const FURTHEST: usize = 20_000;

/// Reachable from the first parent.
const BASE: u8 = 1;

/// Reachable from another parent.
const SIDE: u8 = 2;

/// Commits on their way through the history, newest first, as `git rev-list side ^base` walks.
struct Walk<'l, 'a> {
    changes: &'l [Linked<'a>],
    colours: BTreeMap<usize, u8>,
    queue: BinaryHeap<(Timestamp, usize)>,
    queued: BTreeSet<usize>,
    /// Queued commits of which only `SIDE` is known.
    open: usize,
}

/// Positions of all that came in by a merge; `None` when that is too far to follow.
pub(super) fn came_in(changes: &[Linked<'_>], index: &Index<'_>, merge: usize) -> Option<Vec<usize>> {
    let parents = |at: usize| {
        let change = changes[at].change;
        change.parents.iter().filter_map(|id| index.find(change.repository, id)).collect::<Vec<_>>()
    };
    let mut walk =
        Walk { changes, colours: BTreeMap::new(), queue: BinaryHeap::new(), queued: BTreeSet::new(), open: 0 };
    let change = changes[merge].change;
    for (place, id) in change.parents.iter().enumerate() {
        if let Some(parent) = index.find(change.repository, id) {
            walk.paint(parent, if place == 0 { BASE } else { SIDE });
        }
    }
    for _ in 0..FURTHEST {
        let next = if walk.open > 0 { walk.next() } else { None };
        let Some((at, colour)) = next else {
            return Some(walk.colours.into_iter().filter(|(_, colour)| *colour == SIDE).map(|(at, _)| at).collect());
        };
        for parent in parents(at) {
            walk.paint(parent, colour);
        }
    }
    None
}

impl Walk<'_, '_> {
    /// The newest commit that is queued, and its colour.
    fn next(&mut self) -> Option<(usize, u8)> {
        let (_, at) = self.queue.pop()?;
        self.queued.remove(&at);
        let colour = self.colours.get(&at).copied().unwrap_or(0);
        self.open -= usize::from(colour == SIDE);
        Some((at, colour))
    }

    /// Adds a colour, and queues the commit where that is news.
    fn paint(&mut self, at: usize, colour: u8) {
        let known = self.colours.entry(at).or_insert(0);
        let before = *known;
        *known |= colour;
        let after = *known;
        if before == after {
            return;
        }
        if self.queued.insert(at) {
            self.queue.push((self.changes[at].change.committed.at, at));
        } else {
            self.open -= usize::from(before == SIDE);
        }
        self.open += usize::from(after == SIDE);
    }
}
