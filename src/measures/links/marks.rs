//! The marks of a change and of what became it.

use std::collections::BTreeMap;

use super::linked::Linked;
use crate::facts::change::{Channel, Mark};
use crate::facts::review::HeadCommit;

/// Gives every change the commits that it landed first, and their marks.
pub(super) fn join(changes: &mut [Linked<'_>]) {
    let mut order: Vec<usize> = (0..changes.len()).filter(|at| !changes[*at].squashed.is_empty()).collect();
    order.sort_by_key(|at| (changes[*at].change.committed.at, *at));
    let mut landed: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for at in &order {
        let linked = &changes[*at];
        for commit in linked.squashed {
            landed.entry((linked.change.repository, commit.id.as_str())).or_insert(*at);
        }
    }
    for at in order {
        let linked = &mut changes[at];
        let first = |commit: &&HeadCommit| landed.get(&(linked.change.repository, commit.id.as_str())) == Some(&at);
        linked.own = linked.squashed.iter().filter(first).collect();
    }
    for linked in changes {
        linked.marks = marks(linked);
    }
}

/// Marks of the landed commit, and those that only its review carries.
fn marks(linked: &Linked<'_>) -> Vec<Mark> {
    let mut marks = linked.change.marks.clone();
    let head = if linked.from_clone { Channel::CloneHead } else { Channel::ReviewHead };
    let heads = linked.own.iter().flat_map(|commit| &commit.marks).map(|mark| (head, mark));
    let told = linked.told().map(|mark| (Channel::ReviewText, mark));
    for (channel, mark) in heads.chain(told) {
        if !marks.iter().any(|known| known.tool == mark.tool && known.class == mark.class) {
            marks.push(Mark { channel, ..mark.clone() });
        }
    }
    marks.sort();
    marks
}
