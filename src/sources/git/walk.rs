//! Every commit that can be reached from the tip, each read and checked once.
//!
//! Commit objects are read directly rather than through a commit-graph file: the messages are needed anyway, and a
//! cache beside the history is not the history. Each commit's bytes are hashed and compared with its id, so what is
//! counted is what the tip's id vouches for.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use gix::ObjectId;
use gix::hashtable::HashSet;
use gix::objs::Kind;

use super::commit::{self, Parsed};
use super::objects::Objects;
use super::versions::Bytes;
use crate::sources::Progress;

/// Commits that are read before they are parsed together.
const BATCH: usize = 1024;

/// Batches that wait to be parsed; above it the walk parses one itself, so that memory stays bounded.
const MOST_WAITING: usize = 8;

/// What the walk found.
pub(super) struct Walked<T> {
    /// One value per readable commit, in the order of the walk.
    pub(super) commits: Vec<T>,
    /// Commits that are missing or damaged.
    pub(super) missing: u64,
}

/// Walks from a tip. Parents of `cut` commits are absent on purpose. `read` runs on many threads; its results stay
/// in the order of the walk, which depends on the history alone.
pub(super) fn walk<T: Send>(
    objects: &mut Objects,
    tip: ObjectId,
    cut: &HashSet<ObjectId>,
    progress: &dyn Progress,
    read: impl Fn(ObjectId, Parsed) -> T + Sync,
) -> Walked<T> {
    let waiting = AtomicUsize::new(0);
    let parsed: Mutex<Vec<(usize, Vec<Option<T>>)>> = Mutex::new(Vec::new());
    let parse = |number: usize, batch: Vec<(ObjectId, Bytes)>| {
        let results = batch.into_iter().map(|(id, raw)| checked(id, &raw).map(|parsed| read(id, parsed))).collect();
        waiting.fetch_sub(1, Ordering::Relaxed);
        if let Ok(mut parsed) = parsed.lock() {
            parsed.push((number, results));
        }
    };
    let (parse, mut missing) = (&parse, 0);
    // The chain of parents can only be followed one by one; what is read is parsed beside it.
    rayon::in_place_scope(|scope| {
        let mut seen = HashSet::from_iter([tip]);
        let mut queue = VecDeque::from([tip]);
        for number in 0.. {
            let batch = next_batch(objects, cut, &mut queue, &mut seen, &mut missing);
            if batch.is_empty() && queue.is_empty() {
                break;
            }
            progress.advance(batch.len() as u64);
            if waiting.fetch_add(1, Ordering::Relaxed) < MOST_WAITING {
                scope.spawn(move |_| parse(number, batch));
            } else {
                parse(number, batch);
            }
        }
    });
    let mut parsed = parsed.into_inner().unwrap_or_default();
    parsed.sort_unstable_by_key(|(number, _)| *number);
    let all = || parsed.iter().map(|(_, batch)| batch.len()).sum();
    let mut found = Walked { commits: Vec::with_capacity(all()), missing };
    for one in parsed.into_iter().flat_map(|(_, batch)| batch) {
        match one {
            Some(commit) => found.commits.push(commit),
            None => found.missing += 1,
        }
    }
    found
}

/// The next commits of the queue, raw, with their parents queued behind them.
fn next_batch(
    objects: &mut Objects,
    cut: &HashSet<ObjectId>,
    queue: &mut VecDeque<ObjectId>,
    seen: &mut HashSet<ObjectId>,
    missing: &mut u64,
) -> Vec<(ObjectId, Bytes)> {
    let mut batch = Vec::with_capacity(BATCH);
    while let Some(id) = (batch.len() < BATCH).then(|| queue.pop_front()).flatten() {
        let Ok(raw) = objects.commit(&id) else {
            *missing += 1;
            continue;
        };
        if !cut.contains(&id) {
            queue.extend(commit::parents(&raw).into_iter().filter(|parent| seen.insert(*parent)));
        }
        batch.push((id, raw));
    }
    batch
}

fn checked(id: ObjectId, raw: &[u8]) -> Option<Parsed> {
    let hash = gix::objs::compute_hash(id.kind(), Kind::Commit, raw).ok()?;
    (hash == id).then(|| commit::parse(raw)).flatten()
}
