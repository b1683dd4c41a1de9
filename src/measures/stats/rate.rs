//! Rates of rare events over an exposure, and the ratio of two.

use statrs::function::gamma::gamma_lr;

use super::{Interval, proportion, solve};

/// Garwood (1936), "Fiducial limits for the Poisson distribution", Biometrika 28: exact interval of a rate. `None` without
/// exposure.
pub fn garwood(events: u64, exposure: f64, confidence: f64) -> Option<Interval> {
    if exposure <= 0.0 {
        return None;
    }
    let tail = (1.0 - confidence) / 2.0;
    let k = events as f64;
    // A chi-squared quantile with 2a degrees of freedom, halved, is the quantile of a gamma distribution of shape a.
    let quantile = |q, shape: f64| solve::increasing(|x| gamma_lr(shape, x), q, 0.0, 10.0 * shape + 100.0);
    let lower = if events == 0 { 0.0 } else { quantile(tail, k) };
    Some(Interval::new(lower / exposure, quantile(1.0 - tail, k + 1.0) / exposure))
}

/// Ratio of the first rate to the second and its exact interval, conditional on the total number of events (Przyborowski and
/// Wilenski 1940, Biometrika 31). The point is `None` when the second has no events; no interval without exposure.
pub fn ratio(events: (u64, u64), exposure: (f64, f64), confidence: f64) -> (Option<f64>, Option<Interval>) {
    if exposure.0 <= 0.0 || exposure.1 <= 0.0 {
        return (None, None);
    }
    let scale = exposure.1 / exposure.0;
    let point = (events.1 > 0).then(|| events.0 as f64 / events.1 as f64 * scale);
    let odds = |p: f64| if p >= 1.0 { f64::INFINITY } else { p / (1.0 - p) * scale };
    let interval = match proportion::clopper_pearson(events.0, events.0 + events.1, confidence) {
        Some(share) => Interval::new(odds(share.lower), odds(share.upper)),
        None => Interval::new(0.0, f64::INFINITY),
    };
    (point, Some(interval))
}
