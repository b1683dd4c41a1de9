//! Trees and files out of the repository's own packs, with every version that a delta passes through kept for a while.
//!
//! A history is read from new to old, and packs store old versions as deltas against newer ones. The library's reader
//! keeps only the last version of such a chain, and hands out copies: measured on git's own history, two thirds of its
//! time went into inflating what it had inflated before. Here the versions in between are kept too, and shared.
//!
//! What is not found here, or looks odd, is left to the library, which also knows loose objects and alternates: this
//! reader may say "not here" to anything, and never anything else that is not so.
//! Format: <https://git-scm.com/docs/gitformat-pack>.

use std::num::NonZeroUsize;
use std::path::Path;

use gix::ObjectId;
use gix::objs::Kind;
use gix::odb::pack::data::entry::Header;
use gix::odb::pack::{data, index};

use super::delta;
use super::versions::{Bytes, Versions};

/// Larger objects are left to the library and not kept: 16 MiB.
const LARGEST: u64 = 16 << 20;

/// Longest chain of deltas; git writes at most 4,095 (`pack.depth`), and only damage or malice makes a circle.
const LONGEST_CHAIN: usize = 4095;

/// Packs that are opened; repositories that are never packed together may have thousands.
const MOST_PACKS: usize = 64;

/// The packs of a repository, mapped into memory and shared by all threads.
pub(super) struct Packs(Vec<(index::File, data::File)>);

impl Packs {
    /// Opens the largest packs of an object folder. One that cannot be opened is left to the library.
    pub(super) fn open(objects: &Path, hash: gix::hash::Kind) -> Self {
        let entries = std::fs::read_dir(objects.join("pack")).into_iter().flatten().filter_map(Result::ok);
        let packs = entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ext| ext == "pack"));
        let mut sized: Vec<_> = packs.filter_map(|path| Some((path.symlink_metadata().ok()?.len(), path))).collect();
        sized.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let open = |path: &Path| {
            let index = index::File::at(path.with_extension("idx"), hash).ok()?;
            Some((index, data::File::at(path, hash).ok()?))
        };
        Self(sized.iter().take(MOST_PACKS).filter_map(|(_, path)| open(path)).collect())
    }

    fn find(&self, id: &gix::oid) -> Option<(usize, u64)> {
        self.0.iter().enumerate().find_map(|(at, (index, _))| {
            let entry = index.lookup(id)?;
            Some((at, index.pack_offset_at_index(entry)))
        })
    }
}

/// One thread's reader.
pub(super) struct PackReader {
    versions: Versions,
    inflate: gix::zlib::Inflate,
    delta: Vec<u8>,
}

impl PackReader {
    /// Keeps so many bytes of versions.
    pub(super) fn new(bytes: NonZeroUsize) -> Self {
        Self { versions: Versions::new(bytes), inflate: gix::zlib::Inflate::default(), delta: Vec::new() }
    }

    /// An object, if it lies in a pack and can be read.
    pub(super) fn find(&mut self, packs: &Packs, id: &ObjectId) -> Option<(Kind, Bytes)> {
        let (pack, offset) = packs.find(id)?;
        let (index, data) = packs.0.get(pack)?;
        let mut chain = Vec::new();
        let mut at = offset;
        // Down to a version that is whole, …
        let (kind, mut bytes) = loop {
            if let Some(kept) = self.versions.get((pack, at)) {
                break kept;
            }
            let entry = data.entry(at).ok().filter(|entry| entry.decompressed_size <= LARGEST)?;
            let base = match entry.header {
                Header::OfsDelta { base_distance } => entry.checked_base_pack_offset(base_distance)?,
                Header::RefDelta { base_id } => index.pack_offset_at_index(index.lookup(base_id)?),
                whole => {
                    let size = usize::try_from(entry.decompressed_size).ok()?;
                    let mut bytes = self.versions.buffer(size);
                    bytes.resize(size, 0);
                    data.decompress_entry(&entry, &mut self.inflate, &mut bytes).ok()?;
                    let kind = whole.as_kind()?;
                    break (kind, self.versions.keep((pack, at), kind, bytes));
                }
            };
            chain.push((at, entry));
            at = base;
            if chain.len() > LONGEST_CHAIN {
                return None;
            }
        };
        // … and up again.
        for (at, entry) in chain.into_iter().rev() {
            self.delta.resize(usize::try_from(entry.decompressed_size).ok()?, 0);
            data.decompress_entry(&entry, &mut self.inflate, &mut self.delta).ok()?;
            let (_, size) = delta::sizes(&self.delta).filter(|(_, size)| *size <= LARGEST)?;
            let mut next = self.versions.buffer(usize::try_from(size).ok()?);
            delta::apply(&bytes, &self.delta, &mut next)?;
            bytes = self.versions.keep((pack, at), kind, next);
        }
        Some((kind, bytes))
    }
}
