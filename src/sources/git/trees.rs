//! What differs between two trees, path by path, as `git diff-tree -r --no-renames` lists it.
//!
//! Two trees of neighbouring commits are the same for most of their bytes, so these are skipped in blocks and only the
//! entries around a difference are taken apart. Format of a tree: <https://git-scm.com/docs/gitformat-pack> and
//! git's `tree-walk.c`; order of names: `base_name_compare` in git's `read-cache.c`.

use std::cmp::Ordering;

use gix::ObjectId;
use gix::objs::TreeRefIter;
use gix::objs::tree::EntryKind;

use super::objects::{Objects, Side, Unknown};

/// Entries of one comparison above which it is given up: a few small trees that hold each other many times can stand
/// for billions of paths.
const MOST_ENTRIES: usize = 1_000_000;

/// Deepest folder: git's own limit (`core.maxTreeDepth`).
const DEEPEST: usize = 2048;

/// A path of which the two versions differ.
pub(super) struct Difference {
    /// Path, invalid UTF-8 replaced.
    pub(super) path: String,
    /// Before; `None` where it is new.
    pub(super) old: Side,
    /// After; `None` where it is gone.
    pub(super) new: Side,
}

/// All that differs.
#[derive(Default)]
pub(super) struct Differences {
    /// Files, submodules and links.
    pub(super) files: Vec<Difference>,
    /// Folders of which nothing is left, without a last slash.
    pub(super) folders_gone: Vec<String>,
}

/// Compares two folders and all below them.
pub(super) fn differences(objects: &mut Objects, old: Side, new: Side) -> Result<Differences, Unknown> {
    let found = Differences::default();
    let mut comparison = Comparison { objects, folder: Vec::new(), left: MOST_ENTRIES, found };
    comparison.folders(old, new, 0)?;
    Ok(comparison.found)
}

struct Comparison<'a> {
    objects: &'a mut Objects,
    /// Path of the folder that is open, with its last slash.
    folder: Vec<u8>,
    left: usize,
    found: Differences,
}

impl Comparison<'_> {
    fn folders(&mut self, old: Side, new: Side, depth: usize) -> Result<(), Unknown> {
        if depth > DEEPEST {
            return Err(Unknown::TooLarge);
        }
        let mut load = |side: Side| side.map(|(_, id)| self.objects.tree(&id)).transpose();
        let (old, new) = (load(old)?, load(new)?);
        let hash = self.objects.hash();
        let mut a = Entries { rest: old.as_ref().map_or(&[], |tree| tree.as_slice()), hash };
        let mut b = Entries { rest: new.as_ref().map_or(&[], |tree| tree.as_slice()), hash };
        loop {
            skip_common(&mut a, &mut b)?;
            let (first, second) = (a.peek()?, b.peek()?);
            let order = match (&first, &second) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(first), Some(second)) => first.order(second),
            };
            let old = first.as_ref().filter(|_| order.is_le());
            let new = second.as_ref().filter(|_| order.is_ge());
            a.advance(old);
            b.advance(new);
            self.entry(old, new, depth)?;
        }
    }

    /// Two entries of one name, or one that has no counterpart.
    fn entry(&mut self, old: Option<&Entry<'_>>, new: Option<&Entry<'_>>, depth: usize) -> Result<(), Unknown> {
        let Some(name) = old.or(new).map(|entry| entry.name) else { return Ok(()) };
        let (old, new) = (old.map(Entry::side), new.map(Entry::side));
        // A mode that differs in bits that git does not tell apart is no difference.
        if old == new {
            return Ok(());
        }
        self.left = self.left.checked_sub(1).ok_or(Unknown::TooLarge)?;
        let open = self.folder.len();
        self.folder.extend_from_slice(name);
        let path = |folder: &[u8]| String::from_utf8_lossy(folder).into_owned();
        if [old, new].iter().flatten().any(|(kind, _)| *kind == EntryKind::Tree) {
            if new.is_none() {
                self.found.folders_gone.push(path(&self.folder));
            }
            self.folder.push(b'/');
            self.folders(old, new, depth + 1)?;
        } else {
            self.found.files.push(Difference { path: path(&self.folder), old, new });
        }
        self.folder.truncate(open);
        Ok(())
    }
}

/// Entries that are not yet read.
struct Entries<'a> {
    rest: &'a [u8],
    hash: gix::hash::Kind,
}

struct Entry<'a> {
    kind: EntryKind,
    name: &'a [u8],
    id: ObjectId,
    length: usize,
}

impl<'a> Entries<'a> {
    /// The next entry, `<mode> <name>\0<id>`; `None` at the end.
    fn peek(&self) -> Result<Option<Entry<'a>>, Unknown> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let entry = || {
            let length = self.entry_length(0)?;
            let entry = TreeRefIter::from_bytes(&self.rest[..length], self.hash).next()?.ok()?;
            Some(Entry { kind: entry.mode.kind(), name: entry.filename, id: entry.oid.to_owned(), length })
        };
        entry().map(Some).ok_or(Unknown::Missing)
    }

    fn advance(&mut self, entry: Option<&Entry<'_>>) {
        self.rest = &self.rest[entry.map_or(0, |entry| entry.length)..];
    }

    /// Length of the entry that begins at a place.
    fn entry_length(&self, at: usize) -> Option<usize> {
        let end = memchr::memchr(0, self.rest.get(at..)?)? + 1 + self.hash.len_in_bytes();
        (at + end <= self.rest.len()).then_some(end)
    }
}

impl Entry<'_> {
    fn side(&self) -> (EntryKind, ObjectId) {
        (self.kind, self.id)
    }

    /// Git's order: a folder's name stands as if a slash followed it.
    fn order(&self, other: &Self) -> Ordering {
        let common = self.name.len().min(other.name.len());
        let next = |entry: &Self| match entry.name.get(common) {
            Some(byte) => *byte,
            None if entry.kind == EntryKind::Tree => b'/',
            None => 0,
        };
        self.name[..common].cmp(&other.name[..common]).then_with(|| next(self).cmp(&next(other)))
    }
}

/// Skips the entries that both begin with.
fn skip_common(a: &mut Entries<'_>, b: &mut Entries<'_>) -> Result<(), Unknown> {
    let same = super::lines::common_start(a.rest, b.rest);
    let mut at = 0;
    while at < same {
        let length = a.entry_length(at).ok_or(Unknown::Missing)?;
        if at + length > same {
            break;
        }
        at += length;
    }
    (a.rest, b.rest) = (&a.rest[at..], &b.rest[at..]);
    Ok(())
}
