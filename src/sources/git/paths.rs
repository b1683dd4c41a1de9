//! Changed paths of commits against their first parent, with line counts, on all threads.
//!
//! As `git log --numstat --no-renames` without attributes: those belong to a checkout, and the audited party could
//! hide a file's lines by calling it binary.

use std::sync::{Arc, Mutex};

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use gix::objs::tree::EntryKind;
use rayon::prelude::*;

use super::attributes::{self, Attributes};
use super::folders::Gone;
use super::objects::{Objects, Side, Unknown};
use super::trees::{self, Difference};
use super::{Source, lines, markers};
use crate::facts::change::{Marker, PathAction, PathChange};
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

/// Compares commits; the results are in their order. One without a job has no result.
pub(super) fn compare(
    source: &Source,
    commits: &[usize],
    job: impl Fn(usize) -> Option<Job> + Sync,
    attributes: &Attributes,
    progress: &dyn Progress,
) -> Vec<Result<Vec<PathChange>, Unknown>> {
    // A reader is lent for a run and comes back warm; there are never more of them than threads.
    let idle: Mutex<Vec<Reader<'_>>> = Mutex::new(Vec::new());
    let runs = commits.par_chunks(RUN).map(|run| {
        let lent = idle.lock().ok().and_then(|mut idle| idle.pop());
        let mut reader = lent.unwrap_or_else(|| Reader::new(source, attributes));
        let results: Vec<_> = run.iter().map(|at| reader.paths(&job(*at).ok_or(Unknown::Missing)?)).collect();
        if let Ok(mut idle) = idle.lock() {
            idle.push(reader);
        }
        progress.advance(run.len() as u64);
        results
    });
    runs.flatten_iter().collect()
}

/// What one thread needs.
struct Reader<'a> {
    objects: Objects,
    origins: attributes::Reader<'a>,
}

/// What the two versions of a text file differ in.
#[derive(Default)]
struct Counted {
    added: u32,
    deleted: u32,
    markers: Vec<Marker>,
}

impl<'a> Reader<'a> {
    fn new(source: &Source, attributes: &'a Attributes) -> Self {
        let objects = Objects::new(source.repo.to_thread_local(), Arc::clone(&source.packs));
        Self { objects, origins: attributes.reader() }
    }

    fn paths(&mut self, job: &Job) -> Result<Vec<PathChange>, Unknown> {
        if job.parent == Some(job.tree) {
            return Ok(Vec::new());
        }
        let folder = |id| (EntryKind::Tree, id);
        let differences = trees::differences(&mut self.objects, job.parent.map(folder), Some(folder(job.tree)))?;
        let gone = Gone::of(&differences);
        let mut changes = Vec::with_capacity(differences.files.len());
        for difference in differences.files {
            changes.push(self.change(difference, &gone)?);
        }
        changes.sort_unstable_by(|a, b| a.path.cmp(&b.path).then(a.action.cmp(&b.action)));
        Ok(changes)
    }

    fn change(&mut self, difference: Difference, gone: &Gone) -> Result<PathChange, Unknown> {
        let Difference { path, old, new } = difference;
        let action = match (old, new) {
            (None, _) => PathAction::Added,
            (_, None) => PathAction::Deleted,
            (Some(_), Some(_)) => PathAction::Modified,
        };
        let folder_gone = action == PathAction::Deleted && gone.held(&path);
        let origin = self.origins.origin(path.as_bytes().as_bstr());
        let counted = self.count(&path, old, new)?;
        let (added, deleted) = (counted.as_ref().map(|c| c.added), counted.as_ref().map(|c| c.deleted));
        let markers = counted.map(|c| c.markers).unwrap_or_default();
        Ok(PathChange { path, action, added, deleted, folder_gone, origin, markers })
    }

    /// Lines and marks; `None` for what has none.
    fn count(&mut self, path: &str, old: Side, new: Side) -> Result<Option<Counted>, Unknown> {
        if let (Some((_, old)), Some((_, new))) = (old, new)
            && old == new
        {
            return Ok(Some(Counted::default()));
        }
        let (Some(old), Some(new)) = (self.objects.file(old)?, self.objects.file(new)?) else { return Ok(None) };
        if lines::is_binary(&old) || lines::is_binary(&new) {
            return Ok(None);
        }
        let (added, deleted) = lines::count(&old, &new);
        Ok(Some(Counted { added, deleted, markers: markers::between(path, &old, &new) }))
    }
}
