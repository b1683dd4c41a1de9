//! Propositions and their verdicts.

pub mod catalogue;
