//! Folders that are gone with a commit, and did not just move.

use std::collections::{BTreeMap, BTreeSet};

use gix::ObjectId;

use super::trees::Differences;

/// Folders of which nothing is left.
#[derive(Default)]
pub(super) struct Gone(BTreeSet<String>);

impl Gone {
    /// A folder moved when at least half of its files arrive elsewhere as they were, the majority by which git itself takes a
    /// folder for renamed (<https://git-scm.com/docs/directory-rename-detection>).
    pub(super) fn of(differences: &Differences) -> Self {
        let folders: BTreeSet<&str> = differences.folders_gone.iter().map(String::as_str).collect();
        if folders.is_empty() {
            return Self::default();
        }
        let new = differences.files.iter().filter(|file| file.old.is_none());
        let arrived: BTreeSet<ObjectId> = new.filter_map(|file| file.new.map(|(_, id)| id)).collect();
        let mut files: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for file in differences.files.iter().filter(|file| file.new.is_none()) {
            let mut next = parent(&file.path);
            while let Some(folder) = next.filter(|folder| folders.contains(folder)) {
                let (all, moved) = files.entry(folder).or_default();
                *all += 1;
                *moved += usize::from(file.old.is_some_and(|(_, id)| arrived.contains(&id)));
                next = parent(folder);
            }
        }
        let gone = files.into_iter().filter(|(_, (all, moved))| moved * 2 < *all);
        Self(gone.map(|(folder, _)| folder.to_owned()).collect())
    }

    /// Whether the folder that a file stood in is gone.
    pub(super) fn held(&self, file: &str) -> bool {
        !self.0.is_empty() && parent(file).is_some_and(|folder| self.0.contains(folder))
    }
}

fn parent(path: &str) -> Option<&str> {
    path.rfind('/').map(|at| &path[..at])
}
