//! Every commit that can be reached from the tip, each read and checked once.
//!
//! Commit objects are read directly rather than through a commit-graph file: the messages are needed anyway, and a
//! cache beside the history is not the history. Each commit's bytes are hashed and compared with its id, so what is
//! counted is what the tip's id vouches for.

use std::collections::{BTreeSet, VecDeque};

use gix::ObjectId;
use gix::objs::Kind;
use gix::prelude::FindExt as _;
use rayon::prelude::*;

use super::commit::{self, Parsed};
use crate::sources::Progress;

/// Commits that are read before they are parsed together.
const BATCH: usize = 2048;

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
    repo: &gix::Repository,
    tip: ObjectId,
    cut: &BTreeSet<ObjectId>,
    progress: &dyn Progress,
    read: impl Fn(ObjectId, Parsed) -> T + Sync,
) -> Walked<T> {
    let mut found = Walked { commits: Vec::new(), missing: 0 };
    let mut seen = BTreeSet::from([tip]);
    let mut queue = VecDeque::from([tip]);
    while !queue.is_empty() {
        let mut batch = Vec::with_capacity(BATCH.min(queue.len()));
        while let Some(id) = (batch.len() < BATCH).then(|| queue.pop_front()).flatten() {
            let mut raw = Vec::new();
            if !matches!(repo.objects.find(&id, &mut raw), Ok(object) if object.kind == Kind::Commit) {
                found.missing += 1;
                continue;
            }
            if !cut.contains(&id) {
                queue.extend(commit::parents(&raw).into_iter().filter(|parent| seen.insert(*parent)));
            }
            batch.push((id, raw));
        }
        progress.advance(batch.len() as u64);
        let parsed: Vec<Option<T>> =
            batch.into_par_iter().map(|(id, raw)| checked(id, &raw).map(|parsed| read(id, parsed))).collect();
        found.missing += parsed.iter().filter(|one| one.is_none()).count() as u64;
        found.commits.extend(parsed.into_iter().flatten());
    }
    found
}

fn checked(id: ObjectId, raw: &[u8]) -> Option<Parsed> {
    let hash = gix::objs::compute_hash(id.kind(), Kind::Commit, raw).ok()?;
    (hash == id).then(|| commit::parse(raw)).flatten()
}
