//! Trees and files by their ids, for one thread.

use std::num::NonZeroUsize;
use std::sync::Arc;

use gix::ObjectId;
use gix::objs::Kind;
use gix::objs::tree::EntryKind;
use gix::prelude::{FindExt as _, HeaderExt as _};

use super::packs::{PackReader, Packs};
use super::versions::Bytes;

/// Larger files are not counted, like binary ones: 50 MB.
const LARGEST_BLOB: usize = 50_000_000;

/// Bytes of files that each thread keeps. The next commit that changes a file is often hundreds of commits away.
const FILES: NonZeroUsize = NonZeroUsize::new(24 << 20).expect("it is above zero");

/// Bytes of trees that each thread keeps apart from them: a tree is asked for twice in a row and then no more, but there is
/// one for every commit, and together they would drive out the files.
const TREES: NonZeroUsize = NonZeroUsize::new(6 << 20).expect("it is above zero");

/// Bytes of commits, which are seldom deltas and read once.
const COMMITS: NonZeroUsize = NonZeroUsize::new(1 << 20).expect("it is above zero");

/// Why a commit's paths are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unknown {
    /// An object is missing or damaged.
    Missing,
    /// Too many paths.
    TooLarge,
}

/// One version of a path.
pub(super) type Side = Option<(EntryKind, ObjectId)>;

/// One thread's way to the objects: the packs first, the library for all else.
pub(super) struct Objects {
    repo: gix::Repository,
    packs: Arc<Packs>,
    trees: PackReader,
    others: PackReader,
}

impl Objects {
    /// For whoever compares trees and files, and comes back to the same versions.
    pub(super) fn new(repo: gix::Repository, packs: Arc<Packs>) -> Self {
        Self { repo, packs, trees: PackReader::new(TREES), others: PackReader::new(FILES) }
    }

    /// For whoever reads each commit once.
    pub(super) fn of_commits(repo: gix::Repository, packs: Arc<Packs>) -> Self {
        Self { repo, packs, trees: PackReader::new(COMMITS), others: PackReader::new(COMMITS) }
    }

    /// How the repository names its objects.
    pub(super) fn hash(&self) -> gix::hash::Kind {
        self.repo.object_hash()
    }

    /// The bytes of a commit.
    pub(super) fn commit(&mut self, id: &ObjectId) -> Result<Bytes, Unknown> {
        self.find(id, Kind::Commit)
    }

    /// The bytes of a tree.
    pub(super) fn tree(&mut self, id: &ObjectId) -> Result<Bytes, Unknown> {
        if *id == ObjectId::empty_tree(self.hash()) {
            return Ok(Bytes::default());
        }
        self.find(id, Kind::Tree)
    }

    /// A version of a file; `None` for a submodule or a file above the limit. No version is an empty one.
    pub(super) fn file(&mut self, side: Side) -> Result<Option<Bytes>, Unknown> {
        let Some((kind, id)) = side else { return Ok(Some(Bytes::default())) };
        if matches!(kind, EntryKind::Commit | EntryKind::Tree) {
            return Ok(None);
        }
        match self.find(&id, Kind::Blob) {
            Ok(bytes) => Ok(Some(bytes).filter(|bytes| bytes.len() <= LARGEST_BLOB)),
            // Above the allocation limit it is not read at all; its header tells it from a damaged one.
            Err(_) if self.repo.objects.header(id).is_ok_and(|header| header.size() > LARGEST_BLOB as u64) => Ok(None),
            Err(unknown) => Err(unknown),
        }
    }

    fn find(&mut self, id: &ObjectId, kind: Kind) -> Result<Bytes, Unknown> {
        let reader = if kind == Kind::Tree { &mut self.trees } else { &mut self.others };
        let (found, bytes) = if let Some(found) = reader.find(&self.packs, id) {
            found
        } else {
            let mut bytes = Vec::new();
            let found = self.repo.objects.find(id, &mut bytes).map_err(|_| Unknown::Missing)?.kind;
            (found, Bytes::new(bytes))
        };
        if found == kind { Ok(bytes) } else { Err(Unknown::Missing) }
    }
}
