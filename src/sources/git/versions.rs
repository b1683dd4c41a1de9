//! Versions of objects that a thread keeps, the least recently used one out first, and the memory of those that went.
//!
//! Reading a history makes and drops hundreds of gigabytes of versions of a few sizes; handing their memory on instead
//! of giving it back spares a tenth of the time.

use std::num::NonZeroUsize;
use std::sync::Arc;

use clru::{CLruCache, CLruCacheConfig, WeightScale};
use gix::objs::Kind;

/// What a version takes beside its bytes.
const OVERHEAD: usize = 128;

/// Bytes of buffers that wait for a new version.
const MOST_IDLE: usize = 1 << 20;

/// Size classes: four to each doubling, so that a buffer is at most a quarter too large.
const CLASSES: usize = 4 * usize::BITS as usize;

/// Pack and offset.
pub(super) type Place = (usize, u64);

/// An object's bytes, shared between the cache and its readers.
pub(super) type Bytes = Arc<Vec<u8>>;

pub(super) struct Versions {
    kept: CLruCache<Place, (Kind, Bytes), std::hash::RandomState, Weight>,
    /// Buffers by size class.
    idle: Vec<Vec<Vec<u8>>>,
    idle_bytes: usize,
}

struct Weight;

impl WeightScale<Place, (Kind, Bytes)> for Weight {
    fn weight(&self, _: &Place, (_, bytes): &(Kind, Bytes)) -> usize {
        bytes.capacity() + OVERHEAD
    }
}

impl Versions {
    /// Keeps so many bytes.
    pub(super) fn new(bytes: NonZeroUsize) -> Self {
        let kept = CLruCache::with_config(CLruCacheConfig::new(bytes).with_scale(Weight));
        Self { kept, idle: vec![Vec::new(); CLASSES], idle_bytes: 0 }
    }

    pub(super) fn get(&mut self, place: Place) -> Option<(Kind, Bytes)> {
        let (kind, bytes) = self.kept.get(&place)?;
        Some((*kind, Arc::clone(bytes)))
    }

    /// A buffer that holds so many bytes without growing; what is in it is left over from another version.
    pub(super) fn buffer(&mut self, size: usize) -> Vec<u8> {
        let (class, room) = class(size);
        let Some(buffer) = self.idle.get_mut(class).and_then(Vec::pop) else { return Vec::with_capacity(room) };
        self.idle_bytes -= buffer.capacity();
        buffer
    }

    /// Keeps a version. One that is larger than all that may be kept is handed back alone.
    pub(super) fn keep(&mut self, place: Place, kind: Kind, bytes: Vec<u8>) -> Bytes {
        let weight = bytes.capacity() + OVERHEAD;
        while self.kept.len() + self.kept.weight() + weight >= self.kept.capacity() {
            let Some((_, (_, old))) = self.kept.pop_back() else { break };
            self.recycle(old);
        }
        let bytes = Arc::new(bytes);
        let _ = self.kept.put_with_weight(place, (kind, Arc::clone(&bytes)));
        bytes
    }

    /// Takes back the memory of a version that nobody reads any more.
    fn recycle(&mut self, old: Bytes) {
        let Ok(buffer) = Arc::try_unwrap(old) else { return };
        // The class whose every size fits into it; a buffer of our own making is exactly of one.
        let (class, room) = class(buffer.capacity());
        let fits = room == buffer.capacity() && self.idle_bytes + room <= MOST_IDLE;
        if let Some(idle) = self.idle.get_mut(class).filter(|_| fits) {
            self.idle_bytes += room;
            idle.push(buffer);
        }
    }
}

/// The class of a size, and the largest size in it.
fn class(size: usize) -> (usize, usize) {
    let size = size.max(64);
    // The two bits below the highest tell the quarter; what is not on its edge belongs to the next one.
    let quarter = (size.ilog2() - 2) as usize;
    let steps = size.div_ceil(1 << quarter);
    (quarter * 4 + steps - 4, steps << quarter)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEPT: NonZeroUsize = NonZeroUsize::new(1 << 20).unwrap();

    #[test]
    fn a_class_holds_its_size_and_is_at_most_a_quarter_larger() {
        for size in (1..5000).chain([65_535, 65_536, 65_537, 1 << 24, (1 << 24) + 1]) {
            let (at, room) = class(size);
            assert!(room >= size && (size < 64 || room * 4 <= size * 5), "{size} {room}");
            assert_eq!(class(room), (at, room), "the largest size of a class is of that class");
        }
    }

    #[test]
    fn the_oldest_version_makes_room_and_lends_its_memory() {
        let mut versions = Versions::new(KEPT);
        let size = KEPT.get() / 4;
        for at in 0..4 {
            let mut buffer = versions.buffer(size);
            buffer.resize(size, 0);
            drop(versions.keep((0, at), Kind::Blob, buffer));
        }
        assert!(versions.get((0, 0)).is_none() && versions.get((0, 3)).is_some());
        assert_eq!(versions.buffer(size).len(), size, "it still holds what was in it");
    }

    #[test]
    fn a_version_above_the_limit_is_the_answer_and_not_kept() {
        let mut versions = Versions::new(KEPT);
        let huge = vec![1; KEPT.get() + 1];
        assert_eq!(versions.keep((0, 0), Kind::Blob, huge).len(), KEPT.get() + 1);
        assert!(versions.get((0, 0)).is_none());
    }
}
