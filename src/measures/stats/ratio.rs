//! Ratio of two risks.

use super::{Interval, solve, z};

/// Successes and trials of one arm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arm {
    /// Those that failed (or whatever is counted).
    pub events: u64,
    /// All.
    pub total: u64,
}

impl Arm {
    /// Share of events; `None` of nothing.
    pub fn risk(self) -> Option<f64> {
        (self.total > 0).then(|| self.events as f64 / self.total as f64)
    }
}

/// Risk of the first arm over the risk of the second; `None` where the second is 0 or an arm is empty.
pub fn point(first: Arm, second: Arm) -> Option<f64> {
    second.risk().filter(|risk| *risk > 0.0).and_then(|risk| Some(first.risk()? / risk))
}

/// The interval a report prints: Katz, and the score interval of Koopman where a cell is below 5.
pub fn interval(first: Arm, second: Arm, confidence: f64) -> Option<Interval> {
    if first.events < 5 || second.events < 5 {
        koopman(first, second, confidence)
    } else {
        katz(first, second, confidence)
    }
}

/// Katz et al. (1978), "Obtaining confidence intervals for the risk ratio in cohort studies", Biometrics 34. `None` when an
/// arm has no events.
pub fn katz(first: Arm, second: Arm, confidence: f64) -> Option<Interval> {
    let ratio = point(first, second).filter(|ratio| *ratio > 0.0)?;
    let part = |arm: Arm| 1.0 / arm.events as f64 - 1.0 / arm.total as f64;
    let spread = (z(confidence) * (part(first) + part(second)).sqrt()).exp();
    Some(Interval::new(ratio / spread, ratio * spread))
}

/// Koopman (1984), "Confidence intervals for the ratio of two binomial proportions", Biometrics 40: the score interval, defined
/// with empty cells. `None` when an arm is empty.
pub fn koopman(first: Arm, second: Arm, confidence: f64) -> Option<Interval> {
    if first.total == 0 || second.total == 0 {
        return None;
    }
    if first.events == 0 && second.events == 0 {
        return Some(Interval::new(0.0, f64::INFINITY));
    }
    let target = z(confidence).powi(2);
    // Solved on the logarithm: the statistic falls to 0 at the observed ratio and rises on either side of it.
    let statistic = |log: f64| score(first, second, log.exp());
    let observed = point(first, second).filter(|ratio| *ratio > 0.0).map(f64::ln);
    let (reach, middle) = (60.0, observed.unwrap_or(if first.events == 0 { -60.0 } else { 60.0 }));
    let lower =
        if first.events == 0 { 0.0 } else { (-solve::increasing(|x| statistic(-x), target, -middle, reach)).exp() };
    let upper =
        if second.events == 0 { f64::INFINITY } else { solve::increasing(statistic, target, middle, reach).exp() };
    Some(Interval::new(lower, upper))
}

/// Squared score statistic at a ratio, with the maximum-likelihood risks under that ratio.
#[allow(clippy::many_single_char_names, reason = "the names of the paper")]
fn score(first: Arm, second: Arm, r: f64) -> f64 {
    let [x1, n1, x2, n2] = [first.events, first.total, second.events, second.total].map(|n| n as f64);
    let n = n1 + n2;
    let (a, b, c) = (n * r, r * (n1 + x2) + x1 + n2, x1 + x2);
    // The smaller root, in the form that does not cancel.
    let p2 = 2.0 * c / (b + (b * b - 4.0 * a * c).max(0.0).sqrt());
    let p1 = r * p2;
    let variance = p1 * (1.0 - p1) / n1 + r * r * p2 * (1.0 - p2) / n2;
    let difference = x1 / n1 - r * x2 / n2;
    if variance > 0.0 {
        difference * difference / variance
    } else if difference == 0.0 {
        0.0
    } else {
        f64::INFINITY
    }
}
