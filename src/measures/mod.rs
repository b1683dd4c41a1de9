//! temp
pub mod stats;
