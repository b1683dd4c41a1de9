//! Measures of workload: review needed and allotted, how it is spread, how fast it goes, when people work.

pub mod fast_approvals;
pub mod on_call;
pub mod rest;
pub mod review_demand;
pub mod review_spread;
pub mod working_hours;
