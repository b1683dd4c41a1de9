//! Time until something happens, where some are still waiting when last seen: the curve of Kaplan and Meier, and the
//! log-rank test of two groups. Those still waiting count for as long as they were seen; left out, they would make every
//! group look faster than it is.

use statrs::function::erf::erfc;

use super::{Interval, z};

/// How long it was observed, in any unit, and whether the event ended it; `false` is still waiting then (censored).
pub type Observation = (f64, bool);

/// A half, with room for rounding: a product of fractions that is a half may come out as 0.5000000000000001.
const HALF: f64 = 0.5 + 1e-12;

/// The curve at one of the observed times, and from there to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Time, in the unit of the observations.
    pub time: f64,
    /// Those waiting just before.
    pub at_risk: usize,
    /// Events at this time.
    pub events: usize,
    /// Last seen at this time, still waiting; they count as at risk of its events.
    pub censored: usize,
    /// Share still waiting just after.
    pub survival: f64,
    /// Limits of that share. `None` at 1 and at 0, where the variance is not defined.
    pub limits: Option<Interval>,
}

/// A curve that begins at time 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    steps: Vec<Step>,
}

/// Kaplan and Meier (1958), "Nonparametric estimation from incomplete observations", JASA 53: `S(t) = Π (1 − d/n)` over the
/// times of events up to t. Limits by the exponential Greenwood formula (Kalbfleisch and Prentice 1980, "The statistical
/// analysis of failure time data"): `S^exp(±z·√(Σ d/(n(n−d))) / ln S)`, which stays between 0 and 1. `None` of nothing, and
/// where a time is negative or not a number.
pub fn kaplan_meier(observations: &[Observation], confidence: f64) -> Option<Curve> {
    let z = z(confidence);
    let (mut survival, mut greenwood) = (1.0, 0.0);
    let mut steps = Vec::new();
    for Tie { time, at_risk, events, censored } in ties(observations)? {
        if steps.is_empty() && time > 0.0 {
            steps.push(Step { time: 0.0, at_risk, events: 0, censored: 0, survival, limits: None });
        }
        let (n, d) = (at_risk as f64, events as f64);
        survival *= (n - d) / n;
        greenwood += d / (n * (n - d));
        let limits = (0.0 < survival && survival < 1.0).then(|| {
            let spread = (z * f64::sqrt(greenwood) / -survival.ln()).exp();
            Interval::new(survival.powf(spread), survival.powf(1.0 / spread))
        });
        steps.push(Step { time, at_risk, events, censored, survival, limits });
    }
    Some(Curve { steps })
}

impl Curve {
    /// Time 0, then every observed time.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The step that holds at a time. `None` before 0, and after the last observation unless nobody waits any more.
    pub fn at(&self, time: f64) -> Option<&Step> {
        let step = self.steps.iter().take_while(|step| step.time <= time).last()?;
        self.reaches(time).then_some(step)
    }

    /// First time at which at most half are waiting, and the interval of Brookmeyer and Crowley (1982), "A confidence
    /// interval for the median survival time", Biometrics 38: the first times at which the lower and the upper limit of the
    /// curve are at most a half. The median is `None` where more than half wait to the end; the interval then still gives
    /// its lower limit, and is `None` only where there is none. The upper limit may be infinite.
    pub fn median(&self) -> (Option<f64>, Option<Interval>) {
        let first = |value: fn(&Step) -> f64| self.steps.iter().find(|step| value(step) <= HALF).map(|step| step.time);
        let lower = first(|step| step.limits.map_or(step.survival, |limits| limits.lower));
        let upper = first(|step| step.limits.map_or(step.survival, |limits| limits.upper));
        let interval = lower.map(|lower| Interval::new(lower, upper.unwrap_or(f64::INFINITY)));
        (first(|step| step.survival), interval)
    }

    /// Restricted mean: average time waited within the first `until`, the area under the curve up to there (Irwin 1949, "The
    /// standard error of an estimate of expectation of life", Journal of Hygiene 47). In the unit of the observations.
    /// `None` where `until` is not positive, or after the last observation while somebody waits.
    pub fn restricted_mean(&self, until: f64) -> Option<f64> {
        if until <= 0.0 || !self.reaches(until) {
            return None;
        }
        let width = |pair: &[Step]| (pair[1].time.min(until) - pair[0].time).max(0.0);
        Some(self.steps.windows(2).map(|pair| pair[0].survival * width(pair)).sum())
    }

    /// Whether the curve is known at a time.
    fn reaches(&self, time: f64) -> bool {
        self.steps.last().is_some_and(|last| time <= last.time || (last.survival <= 0.0 && time > last.time))
    }
}

/// Outcome of a test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogRank {
    /// Chi-squared with one degree of freedom.
    pub statistic: f64,
    /// Probability of a statistic as large where both groups wait alike.
    pub p: f64,
}

/// Log-rank test (Mantel 1966, "Evaluation of survival data and two new rank order statistics arising in its consideration",
/// Cancer Chemotherapy Reports 50): `(Σ d1 − d·n1/n)² / Σ d·(n1/n)·(n2/n)·(n−d)/(n−1)` over the times of events. `None` where a
/// group is empty, a time is negative or not a number, or no event can tell the groups apart.
pub fn log_rank(first: &[Observation], second: &[Observation]) -> Option<LogRank> {
    let mut own = ties(first)?.into_iter().peekable();
    ties(second)?;
    let (mut excess, mut variance) = (0.0, 0.0);
    for tie in ties(&[first, second].concat())? {
        let n1 = own.peek().map_or(0, |own| own.at_risk) as f64;
        let d1 = own.next_if(|own| own.time <= tie.time).map_or(0, |own| own.events) as f64;
        let (n, d) = (tie.at_risk as f64, tie.events as f64);
        excess += d1 - d * n1 / n;
        if n > 1.0 {
            variance += d * (n1 / n) * (1.0 - n1 / n) * (n - d) / (n - 1.0);
        }
    }
    let statistic = excess * excess / variance;
    (variance > 0.0).then(|| LogRank { statistic, p: erfc((statistic / 2.0).sqrt()) })
}

/// What happened at one time.
struct Tie {
    time: f64,
    at_risk: usize,
    events: usize,
    censored: usize,
}

/// Observations by time, earliest first.
fn ties(observations: &[Observation]) -> Option<Vec<Tie>> {
    if observations.is_empty() || observations.iter().any(|(time, _)| !time.is_finite() || *time < 0.0) {
        return None;
    }
    let mut sorted = observations.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut at_risk = sorted.len();
    // Compared by order, as -0 and 0 are one time.
    let same = sorted.chunk_by(|earlier, later| later.0 <= earlier.0);
    let counted = same.map(|same| {
        let events = same.iter().filter(|(_, event)| *event).count();
        let tie = Tie { time: same[0].0, at_risk, events, censored: same.len() - events };
        at_risk -= same.len();
        tie
    });
    Some(counted.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weeks of remission under 6-mercaptopurine and placebo: Freireich et al. (1963), Blood 21; the textbook example.
    fn remissions() -> (Vec<Observation>, Vec<Observation>) {
        let ended = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|week| (f64::from(week), true));
        let going_on = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|week| (f64::from(week), false));
        let placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];
        ([&ended[..], &going_on[..]].concat(), placebo.map(|week| (f64::from(week), true)).to_vec())
    }

    fn rounded(value: f64, digits: i32) -> f64 {
        (value * 10_f64.powi(digits)).round() / 10_f64.powi(digits)
    }

    #[test]
    fn the_textbook_curve_comes_out() {
        let curve = kaplan_meier(&remissions().0, 0.95).unwrap();
        let published =
            [(6.0, 0.857), (7.0, 0.807), (10.0, 0.753), (13.0, 0.690), (16.0, 0.627), (22.0, 0.538), (23.0, 0.448)];
        for (week, share) in published {
            assert!((curve.at(week).unwrap().survival - share).abs() < 5e-4, "week {week}");
        }
        assert_eq!(curve.median(), (Some(23.0), Some(Interval::new(13.0, f64::INFINITY))));
        assert_eq!(kaplan_meier(&remissions().1, 0.95).unwrap().median().0, Some(8.0));
    }

    #[test]
    fn the_textbook_test_comes_out_and_does_not_depend_on_the_order_of_the_groups() {
        let (drug, placebo) = remissions();
        let test = log_rank(&drug, &placebo).unwrap();
        assert!((rounded(test.statistic, 2) - 16.79).abs() < 1e-9 && test.p < 0.0001, "{test:?}");
        assert!((log_rank(&placebo, &drug).unwrap().statistic - test.statistic).abs() < 1e-9);
    }

    #[test]
    fn of_those_last_seen_at_the_time_of_an_event_it_could_have_been_any() {
        let curve = kaplan_meier(&[(2.0, true), (2.0, false), (3.0, true)], 0.95).unwrap();
        let step = curve.at(2.0).unwrap();
        assert_eq!((step.at_risk, step.events, step.censored), (3, 1, 1));
        assert!((step.survival - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn where_nothing_happened_the_share_has_no_limits_and_there_is_no_median() {
        let curve = kaplan_meier(&[(1.0, false), (5.0, false)], 0.95).unwrap();
        assert_eq!(curve.at(5.0).map(|step| (step.survival, step.limits)), Some((1.0, None)));
        assert_eq!(curve.median(), (None, None));
        assert_eq!(curve.restricted_mean(5.0), Some(5.0));
    }

    #[test]
    fn a_median_that_was_not_reached_still_has_a_lower_limit() {
        let seen: Vec<Observation> = (1..=10).map(|day| (f64::from(day), day <= 4)).collect();
        let (point, interval) = kaplan_meier(&seen, 0.95).unwrap().median();
        assert_eq!((point, interval.map(|i| i.upper)), (None, Some(f64::INFINITY)));
        assert!(interval.unwrap().lower <= 4.0);
    }

    #[test]
    fn a_half_that_rounding_misses_is_a_half() {
        for n in 1..200_i32 {
            let seen: Vec<Observation> = (1..=2 * n).map(|day| (f64::from(day), true)).collect();
            assert_eq!(kaplan_meier(&seen, 0.95).unwrap().median().0, Some(f64::from(n)));
        }
    }

    #[test]
    fn beyond_the_last_observation_nothing_is_known_unless_nobody_waits() {
        let open = kaplan_meier(&[(1.0, true), (4.0, false)], 0.95).unwrap();
        assert_eq!((open.at(4.5), open.restricted_mean(4.5)), (None, None));
        let done = kaplan_meier(&[(1.0, true), (4.0, true)], 0.95).unwrap();
        assert_eq!(done.at(f64::INFINITY).map(|step| step.survival), Some(0.0));
        assert_eq!(done.restricted_mean(f64::INFINITY), Some(2.5));
        assert_eq!((done.at(-1.0), done.at(f64::NAN), done.restricted_mean(0.0)), (None, None, None));
    }

    #[test]
    fn the_restricted_mean_stops_between_two_times() {
        let curve = kaplan_meier(&[(1.0, true), (4.0, true)], 0.95).unwrap();
        assert_eq!(curve.restricted_mean(3.0), Some(2.0));
    }

    #[test]
    fn what_happens_at_once_takes_no_time() {
        let curve = kaplan_meier(&[(0.0, true), (-0.0, true)], 0.95).unwrap();
        assert_eq!(curve.steps().len(), 1);
        assert_eq!((curve.median().0, curve.restricted_mean(1.0)), (Some(0.0), Some(0.0)));
    }

    #[test]
    fn nothing_and_what_is_no_duration_have_no_curve() {
        for seen in [&[][..], &[(-1.0, true)], &[(f64::NAN, true)], &[(f64::INFINITY, false)]] {
            assert_eq!(kaplan_meier(seen, 0.95), None);
            assert_eq!((log_rank(seen, &[(1.0, true)]), log_rank(&[(1.0, true)], seen)), (None, None));
        }
    }

    #[test]
    fn groups_that_no_event_tells_apart_are_not_tested() {
        assert_eq!(log_rank(&[(1.0, false)], &[(1.0, false)]), None);
        assert_eq!(log_rank(&[(1.0, true)], &[(1.0, true)]), None);
        assert_eq!(log_rank(&[(1.0, false)], &[(2.0, true)]), None);
    }
}
