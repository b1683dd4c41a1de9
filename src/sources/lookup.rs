//! Tables that are looked up and never walked, so that their order cannot reach an output.

#![allow(clippy::disallowed_types, reason = "their order cannot be seen")]

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

/// A hash table without iteration. Three times as fast as a search tree for a million ids.
pub(super) struct Lookup<K, V>(HashMap<K, V>);

impl<K, V> Default for Lookup<K, V> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<K: Eq + Hash, V> Lookup<K, V> {
    /// The value of a key.
    pub(super) fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.get(key)
    }

    /// The value of a key, to be changed.
    pub(super) fn get_mut<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.0.get_mut(key)
    }

    /// Sets the value of a key.
    pub(super) fn insert(&mut self, key: K, value: V) {
        self.0.insert(key, value);
    }

    /// The value of a key, set first if it has none.
    pub(super) fn or_insert(&mut self, key: K, value: V) -> &mut V {
        self.0.entry(key).or_insert(value)
    }

    /// How many keys there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
