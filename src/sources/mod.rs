//! Readers: one file per input format. They turn files into facts and let nothing else through.
//!
//! Inputs are hostile until proven otherwise: no code of a repository is run, links are not followed, sizes are
//! bounded, and what cannot be used becomes a counted, visible [`Refused`](crate::facts::Refused).

mod files;
mod identity;

pub use files::{bounded, sha256_hex, single_file};
pub use identity::Identities;
