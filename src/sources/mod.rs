//! Readers: one file per input format. They turn files into facts and let nothing else through.
//!
//! Inputs are hostile until proven otherwise: no code of a repository is run, links are not followed, sizes are
//! bounded, and what cannot be used becomes a counted, visible [`Refused`](crate::facts::Refused).

mod all;
pub mod attribution;
mod files;
pub mod git;
pub mod guardrails;
mod identity;
pub mod incidents;
mod lookup;
pub mod monitoring;
pub mod people;
pub mod register;
pub mod reviews;
pub mod trailers;
mod yaml;

pub use all::read;
pub use files::{bounded, hex, regular_file, sha256_hex, single_file};
pub use identity::Identities;
use lookup::Lookup;

/// Told what is being read, for a person who waits. Never changes a result.
pub trait Progress: Sync {
    /// A piece of work begins; `total` is its number of steps, where known.
    fn begin(&self, what: &str, total: Option<u64>);
    /// So many steps are done.
    fn advance(&self, steps: u64);
    /// The piece of work is over.
    fn end(&self);
}

/// Says nothing.
pub struct Quiet;

impl Progress for Quiet {
    fn begin(&self, _what: &str, _total: Option<u64>) {}
    fn advance(&self, _steps: u64) {}
    fn end(&self) {}
}
