//! Pure functions from facts to numbers.
//!
//! A measure says unknown and what it lacks instead of 0. It knows no verdict and no criterion.

pub mod stats;
