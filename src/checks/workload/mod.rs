//! Checks of the workload on engineers, reviewers and operators.

pub(super) mod w01_review_capacity;
pub(super) mod w03_review_spread;
pub(super) mod w05_fast_approvals;
pub(super) mod w07_working_hours;
pub(super) mod w08_rest;
pub(super) mod w09_on_call;
