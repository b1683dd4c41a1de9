//! Statistics, pure: numbers in, numbers out. Each is held against an oracle table in `tests/oracles.rs`, or where there is
//! none against published or worked examples in its own file.
//!
//! Undefined is `None`, never 0 or NaN.

pub mod concentration;
pub mod decomposition;
pub mod lognormal;
pub mod order;
pub mod proportion;
pub mod rate;
pub mod ratio;
mod solve;
pub mod stratified;
pub mod survival;
pub mod working_time;

use statrs::distribution::{ContinuousCDF, Normal};

/// A confidence interval; `upper` may be infinite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

impl Interval {
    /// From limits.
    pub fn new(lower: f64, upper: f64) -> Self {
        Self { lower, upper }
    }
}

/// Confidence of every interval in a report.
pub const CONFIDENCE: f64 = 0.95;

/// Two-sided quantile of the standard normal distribution: 1.96 for 0.95.
pub(crate) fn z(confidence: f64) -> f64 {
    Normal::standard().inverse_cdf(f64::midpoint(1.0, confidence))
}
