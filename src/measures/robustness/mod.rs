//! Measures of technical robustness: approvals, failures, reverts, bypasses, and what agents executed.

pub mod approvals;
pub mod authorisation;
pub mod change_failure;
pub mod doctrine;
pub mod fixes;
pub mod groups;
pub mod guardrails;
pub mod reverts;
pub mod rule;
pub mod sign_off;
