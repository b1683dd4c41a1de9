//! Changed paths of commits against their first parent, with line counts, on all threads.
//!
//! As `git log --numstat --no-renames` without attributes: those belong to a checkout, and the audited party could
//! hide a file's lines by calling it binary.

use std::sync::{Arc, Mutex};

use gix::ObjectId;
use gix::objs::tree::EntryKind;
use rayon::prelude::*;

use super::objects::{Objects, Side, Unknown};
use super::trees::{self, Difference};
use super::{Source, lines};
use crate::facts::change::{Origin, PathAction, PathChange};
use crate::sources::Progress;

/// Commits that one thread compares in a row. Neighbours share most of their trees, and the cache is the thread's own.
const RUN: usize = 256;

/// One commit to compare.
pub(super) struct Job {
    /// Its tree.
    pub(super) tree: ObjectId,
    /// The first parent's tree; `None` for a root commit.
    pub(super) parent: Option<ObjectId>,
}

/// Compares all jobs; the results are in their order. A job that lacks its parent has no result.
pub(super) fn compare(
    source: &Source,
    jobs: &[Option<Job>],
    progress: &dyn Progress,
) -> Vec<Result<Vec<PathChange>, Unknown>> {
    // A reader is lent for a run and comes back warm; there are never more of them than threads.
    let idle: Mutex<Vec<Objects>> = Mutex::new(Vec::new());
    let runs = jobs.par_chunks(RUN).map(|run| {
        let lent = idle.lock().ok().and_then(|mut idle| idle.pop());
        let mut objects =
            lent.unwrap_or_else(|| Objects::new(source.repo.to_thread_local(), Arc::clone(&source.packs)));
        let results: Vec<_> =
            run.iter().map(|job| paths(&mut objects, job.as_ref().ok_or(Unknown::Missing)?)).collect();
        if let Ok(mut idle) = idle.lock() {
            idle.push(objects);
        }
        progress.advance(run.len() as u64);
        results
    });
    runs.flatten_iter().collect()
}

fn paths(objects: &mut Objects, job: &Job) -> Result<Vec<PathChange>, Unknown> {
    if job.parent == Some(job.tree) {
        return Ok(Vec::new());
    }
    let folder = |id| (EntryKind::Tree, id);
    let differences = trees::differences(objects, job.parent.map(folder), Some(folder(job.tree)))?;
    let mut changes = Vec::with_capacity(differences.len());
    for difference in differences {
        changes.push(change(objects, difference)?);
    }
    changes.sort_unstable_by(|a, b| a.path.cmp(&b.path).then(a.action.cmp(&b.action)));
    Ok(changes)
}

fn change(objects: &mut Objects, difference: Difference) -> Result<PathChange, Unknown> {
    let Difference { path, old, new } = difference;
    let action = match (old, new) {
        (None, _) => PathAction::Added,
        (_, None) => PathAction::Deleted,
        (Some(_), Some(_)) => PathAction::Modified,
    };
    let counted = count(objects, old, new)?;
    let (added, deleted) = (counted.map(|c| c.0), counted.map(|c| c.1));
    Ok(PathChange { path, action, added, deleted, origin: Origin::Written, markers: Vec::new() })
}

/// Added and deleted lines; `None` for what has none.
fn count(objects: &mut Objects, old: Side, new: Side) -> Result<Option<(u32, u32)>, Unknown> {
    if let (Some((_, old)), Some((_, new))) = (old, new)
        && old == new
    {
        return Ok(Some((0, 0)));
    }
    let (Some(old), Some(new)) = (objects.file(old)?, objects.file(new)?) else { return Ok(None) };
    if lines::is_binary(&old) || lines::is_binary(&new) {
        return Ok(None);
    }
    Ok(Some(lines::count(&old, &new)))
}
