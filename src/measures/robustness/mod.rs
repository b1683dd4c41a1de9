//! Measures of technical robustness: approvals, failures, reverts, bypasses, what changes reach, and what agents executed.

pub mod approvals;
pub mod authorisation;
pub mod change_failure;
pub mod doctrine;
pub mod fixes;
pub mod groups;
pub mod guardrails;
pub mod landings;
pub mod mark_agreement;
pub mod operations;
pub mod owners;
pub mod reverts;
pub mod rule;
mod seniority;
pub mod sign_off;
pub mod weakening;
