//! Folders that are gone with a commit, and did not just move.

use std::collections::{BTreeMap, BTreeSet};

use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice as _};
use gix::diff::tree::recorder::Change as Recorded;

/// Folders of which nothing is left.
#[derive(Default)]
pub(super) struct Gone<'a>(BTreeSet<&'a BStr>);

impl<'a> Gone<'a> {
    /// From all entries that differ between two trees: a deleted folder stands among them as such, one that keeps a file does
    /// not. A folder moved when at least half of its files arrive elsewhere as they were, the majority by which git itself
    /// takes a folder for renamed (<https://git-scm.com/docs/directory-rename-detection>).
    pub(super) fn of(records: &'a [Recorded]) -> Self {
        let folders: BTreeSet<&BStr> = records.iter().filter_map(deleted_folder).collect();
        if folders.is_empty() {
            return Self::default();
        }
        let arrived: BTreeSet<ObjectId> = records.iter().filter_map(added_file).collect();
        let mut files: BTreeMap<&BStr, (usize, usize)> = BTreeMap::new();
        for (path, id) in records.iter().filter_map(deleted_file) {
            let mut next = parent(path);
            while let Some(folder) = next.filter(|folder| folders.contains(folder)) {
                let (all, moved) = files.entry(folder).or_default();
                *all += 1;
                *moved += usize::from(arrived.contains(&id));
                next = parent(folder);
            }
        }
        Self(files.into_iter().filter(|(_, (all, moved))| moved * 2 < *all).map(|(folder, _)| folder).collect())
    }

    /// Whether the folder that a file stood in is gone.
    pub(super) fn held(&self, file: &BStr) -> bool {
        !self.0.is_empty() && parent(file).is_some_and(|folder| self.0.contains(folder))
    }
}

fn parent(path: &BStr) -> Option<&BStr> {
    path.rfind_byte(b'/').map(|at| path[..at].as_bstr())
}

fn deleted_folder(record: &Recorded) -> Option<&BStr> {
    match record {
        Recorded::Deletion { entry_mode, path, .. } if entry_mode.is_tree() => Some(path.as_bstr()),
        _ => None,
    }
}

fn deleted_file(record: &Recorded) -> Option<(&BStr, ObjectId)> {
    match record {
        Recorded::Deletion { entry_mode, path, oid, .. } if !entry_mode.is_tree() => Some((path.as_bstr(), *oid)),
        _ => None,
    }
}

fn added_file(record: &Recorded) -> Option<ObjectId> {
    match record {
        Recorded::Addition { entry_mode, oid, .. } if !entry_mode.is_tree() => Some(*oid),
        _ => None,
    }
}
