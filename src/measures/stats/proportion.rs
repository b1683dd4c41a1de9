//! One proportion: Wilson's score interval and the exact interval of Clopper and Pearson.

use statrs::function::beta::beta_reg;

use super::{Interval, solve, z};

/// Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22: the score interval.
/// `None` when there are no trials.
pub fn wilson(successes: u64, trials: u64, confidence: f64) -> Option<Interval> {
    if trials == 0 || successes > trials {
        return None;
    }
    let (x, n, z) = (successes as f64, trials as f64, z(confidence));
    let p = x / n;
    let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n);
    // The limits at no and at all successes are exact; rounding must not print -0.0 or 1.0000000002.
    let lower = if successes == 0 { 0.0 } else { (centre - half).max(0.0) };
    let upper = if successes == trials { 1.0 } else { (centre + half).min(1.0) };
    Some(Interval::new(lower, upper))
}

/// Clopper and Pearson (1934), "The use of confidence or fiducial limits illustrated in the case of the binomial",
/// Biometrika 26: never covers less than stated. `None` when there are no trials.
pub fn clopper_pearson(successes: u64, trials: u64, confidence: f64) -> Option<Interval> {
    if trials == 0 || successes > trials {
        return None;
    }
    let tail = (1.0 - confidence) / 2.0;
    let (x, n) = (successes as f64, trials as f64);
    let quantile = |q, a, b| solve::increasing(|p| beta_reg(a, b, p), q, 0.0, 1.0);
    let lower = if successes == 0 { 0.0 } else { quantile(tail, x, n - x + 1.0) };
    let upper = if successes == trials { 1.0 } else { quantile(1.0 - tail, x + 1.0, n - x) };
    Some(Interval::new(lower, upper))
}
