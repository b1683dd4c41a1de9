//! Changed paths of commits against their first parent, with line counts, on all threads.
//!
//! As `git log --numstat --no-renames` without attributes: those belong to a checkout, and the audited party could
//! hide a file's lines by calling it binary.

use std::sync::atomic::{AtomicUsize, Ordering};

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use gix::diff::tree::recorder::Change as Recorded;
use gix::diff::tree::{Recorder, State, Visit, visit};
use gix::objs::tree::{EntryKind, EntryMode};
use gix::objs::{Kind, TreeRefIter};
use gix::prelude::{FindExt as _, HeaderExt as _};

use super::attributes::{self, Attributes};
use super::folders::Gone;
use super::{lines, markers};
use crate::facts::change::{Marker, PathAction, PathChange};
use crate::sources::Progress;

/// Larger files are not counted, like binary ones: 50 MB.
const LARGEST_BLOB: usize = 50_000_000;

/// Changed entries of one commit above which it is refused: a few small trees that hold each other many times can
/// stand for billions of paths.
const MOST_ENTRIES: usize = 2_000_000;

/// One commit to compare.
pub(super) struct Job {
    /// Its tree.
    pub(super) tree: ObjectId,
    /// The first parent's tree; `None` for a root commit.
    pub(super) parent: Option<ObjectId>,
}

/// Why a commit's paths are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unknown {
    /// An object is missing or damaged.
    Missing,
    /// Too many paths.
    TooLarge,
}

/// Compares all jobs; the results are in their order.
pub(super) fn compare(
    repo: &gix::ThreadSafeRepository,
    jobs: &[Job],
    attributes: &Attributes,
    progress: &dyn Progress,
) -> Vec<Result<Vec<PathChange>, Unknown>> {
    let threads = rayon::current_num_threads();
    // Neighbouring commits share most trees, so a thread takes a run of them: the delta-base cache is its own.
    let run = (jobs.len() / (threads * 16)).clamp(1, 512);
    let next = AtomicUsize::new(0);
    let parts = rayon::broadcast(|_| {
        let mut reader = Reader::new(repo.to_thread_local(), attributes);
        let mut done = Vec::new();
        loop {
            let start = next.fetch_add(run, Ordering::Relaxed);
            let Some(jobs) = jobs.get(start..).filter(|rest| !rest.is_empty()) else { return done };
            let jobs = &jobs[..run.min(jobs.len())];
            done.extend(jobs.iter().enumerate().map(|(at, job)| (start + at, reader.compare(job))));
            progress.advance(jobs.len() as u64);
        }
    });
    let mut all: Vec<_> = parts.into_iter().flatten().collect();
    all.sort_unstable_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, result)| result).collect()
}

/// One thread's repository handle and buffers.
struct Reader<'a> {
    repo: gix::Repository,
    origins: attributes::Reader<'a>,
    state: State,
    old: Vec<u8>,
    new: Vec<u8>,
}

impl<'a> Reader<'a> {
    fn new(repo: gix::Repository, attributes: &'a Attributes) -> Self {
        Self { repo, origins: attributes.reader(), state: State::default(), old: Vec::new(), new: Vec::new() }
    }

    fn compare(&mut self, job: &Job) -> Result<Vec<PathChange>, Unknown> {
        if job.parent == Some(job.tree) {
            return Ok(Vec::new());
        }
        let mut recorder = Bounded { inner: Recorder::default(), left: MOST_ENTRIES };
        let objects = &self.repo.objects;
        let hash = objects.store_ref().object_hash();
        let old = match job.parent {
            Some(id) => objects.find_tree_iter(&id, &mut self.old).map_err(|_| Unknown::Missing)?,
            None => TreeRefIter::from_bytes(&[], hash),
        };
        let new = objects.find_tree_iter(&job.tree, &mut self.new).map_err(|_| Unknown::Missing)?;
        gix::diff::tree(old, new, &mut self.state, objects, &mut recorder).map_err(|error| match error {
            gix::diff::tree::Error::Cancelled => Unknown::TooLarge,
            gix::diff::tree::Error::Failure(_) => Unknown::Missing,
        })?;
        let mut changes = Vec::with_capacity(recorder.inner.records.len());
        let gone = Gone::of(&recorder.inner.records);
        for record in &recorder.inner.records {
            changes.extend(self.path(record, &gone)?);
        }
        changes.sort_unstable_by(|a, b| a.path.cmp(&b.path).then(a.action.cmp(&b.action)));
        Ok(changes)
    }

    /// One path; nothing for folders, and for a change of mode that git does not distinguish.
    fn path(&mut self, record: &Recorded, gone: &Gone<'_>) -> Result<Option<PathChange>, Unknown> {
        let (path, action, old, new) = match record {
            Recorded::Addition { entry_mode, oid, path, .. } => {
                (path, PathAction::Added, None, Some((*entry_mode, *oid)))
            }
            Recorded::Deletion { entry_mode, oid, path, .. } => {
                (path, PathAction::Deleted, Some((*entry_mode, *oid)), None)
            }
            Recorded::Modification { previous_entry_mode, previous_oid, entry_mode, oid, path } => {
                if previous_oid == oid && previous_entry_mode.kind() == entry_mode.kind() {
                    return Ok(None);
                }
                let (old, new) = ((*previous_entry_mode, *previous_oid), (*entry_mode, *oid));
                (path, PathAction::Modified, Some(old), Some(new))
            }
        };
        if [old, new].iter().flatten().all(|(mode, _)| mode.kind() == EntryKind::Tree) {
            return Ok(None);
        }
        let folder_gone = action == PathAction::Deleted && gone.held(path.as_bstr());
        let origin = self.origins.origin(path.as_bstr());
        let path = path.to_string();
        let counted = self.count(&path, old, new)?;
        let (added, deleted) = (counted.as_ref().map(|c| c.added), counted.as_ref().map(|c| c.deleted));
        let markers = counted.map(|c| c.markers).unwrap_or_default();
        Ok(Some(PathChange { path, action, added, deleted, folder_gone, origin, markers }))
    }

    /// Lines and marks; `None` for what has none.
    fn count(&mut self, path: &str, old: Side, new: Side) -> Result<Option<Counted>, Unknown> {
        if let (Some((_, old)), Some((_, new))) = (old, new)
            && old == new
        {
            return Ok(Some(Counted::default()));
        }
        if !load(&self.repo, old, &mut self.old)? || !load(&self.repo, new, &mut self.new)? {
            return Ok(None);
        }
        if lines::is_binary(&self.old) || lines::is_binary(&self.new) {
            return Ok(None);
        }
        let (added, deleted) = lines::count(&self.old, &self.new);
        Ok(Some(Counted { added, deleted, markers: markers::between(path, &self.old, &self.new) }))
    }
}

/// What the two versions of a text file differ in.
#[derive(Default)]
struct Counted {
    added: u32,
    deleted: u32,
    markers: Vec<Marker>,
}

/// Mode and id of one version of a path.
type Side = Option<(EntryMode, ObjectId)>;

/// Reads a version; `false` for a submodule, a folder or a file above the limit.
fn load(repo: &gix::Repository, side: Side, buffer: &mut Vec<u8>) -> Result<bool, Unknown> {
    buffer.clear();
    let Some((mode, id)) = side else { return Ok(true) };
    if matches!(mode.kind(), EntryKind::Commit | EntryKind::Tree) {
        return Ok(false);
    }
    match repo.objects.find(&id, buffer) {
        Ok(object) if object.kind == Kind::Blob => Ok(object.data.len() <= LARGEST_BLOB),
        // Above the allocation limit it is not read at all; its header tells it from a damaged one.
        Err(_) if repo.objects.header(id).is_ok_and(|header| header.size() > LARGEST_BLOB as u64) => Ok(false),
        Ok(_) | Err(_) => Err(Unknown::Missing),
    }
}

/// A recorder that gives up.
struct Bounded {
    inner: Recorder,
    left: usize,
}

impl Visit for Bounded {
    fn pop_front_tracked_path_and_set_current(&mut self) {
        self.inner.pop_front_tracked_path_and_set_current();
    }

    fn push_back_tracked_path_component(&mut self, component: &gix::bstr::BStr) {
        self.inner.push_back_tracked_path_component(component);
    }

    fn push_path_component(&mut self, component: &gix::bstr::BStr) {
        self.inner.push_path_component(component);
    }

    fn pop_path_component(&mut self) {
        self.inner.pop_path_component();
    }

    fn visit(&mut self, change: visit::Change) -> visit::Action {
        if self.left == 0 {
            return visit::Action::Break(());
        }
        self.left -= 1;
        self.inner.visit(change)
    }
}
