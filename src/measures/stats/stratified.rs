//! Ratio of risks pooled over strata.

use super::ratio::Arm;
use super::{Interval, z};

/// Mantel and Haenszel (1959) with the variance of Greenland and Robins (1985), "Estimation of a common effect parameter from
/// sparse follow-up data", Biometrics 41. Strata with an empty arm carry no weight. `None` when nothing can be pooled.
pub fn mantel_haenszel(strata: &[(Arm, Arm)], confidence: f64) -> Option<(f64, Interval)> {
    let (mut upper, mut lower, mut spread) = (0.0, 0.0, 0.0);
    for (first, second) in strata.iter().filter(|(first, second)| first.total > 0 && second.total > 0) {
        let [x1, n1, x2, n2] = [first.events, first.total, second.events, second.total].map(|n| n as f64);
        let n = n1 + n2;
        upper += x1 * n2 / n;
        lower += x2 * n1 / n;
        spread += (n1 * n2 * (x1 + x2) - x1 * x2 * n) / (n * n);
    }
    if upper <= 0.0 || lower <= 0.0 {
        return None;
    }
    let ratio = upper / lower;
    let factor = (z(confidence) * (spread / (upper * lower)).sqrt()).exp();
    Some((ratio, Interval::new(ratio / factor, ratio * factor)))
}
