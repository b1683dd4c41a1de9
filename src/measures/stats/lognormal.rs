//! Comparison of durations that are roughly log-normal, as repair times are: their logarithms have a mean and a spread that
//! can be compared, which the durations themselves do not.

use statrs::function::beta::beta_reg;

use super::{Interval, solve};

/// Standard normal quantiles of a two-sided test at 5 % and of a power of 80 %.
const FIVE_PER_CENT_EIGHTY_PER_CENT: f64 = 1.96 + 0.84;

/// Geometric mean of the first over that of the second, `exp(m1 − m2)`, and its interval `exp(m1 − m2 ± t·√(s1²/n1 + s2²/n2))`
/// with m and s of the logarithms. The degrees of freedom of t are those of Welch (1947), "The generalization of 'Student's'
/// problem when several different population variances are involved", Biometrika 34, since two periods need not spread
/// alike. `None` where a group is empty or a value is not positive; no interval where a group has one value or neither spreads.
pub fn ratio(first: &[f64], second: &[f64], confidence: f64) -> Option<(f64, Option<Interval>)> {
    let (first, second) = (Logs::of(first)?, Logs::of(second)?);
    let difference = first.mean - second.mean;
    let parts = [first.variance_of_mean(), second.variance_of_mean()];
    let interval = match parts {
        [Some(a), Some(b)] if a + b > 0.0 => {
            let df = (a + b).powi(2) / (a * a / (first.n - 1.0) + b * b / (second.n - 1.0));
            let half = t(confidence, df) * (a + b).sqrt();
            Some(Interval::new((difference - half).exp(), (difference + half).exp()))
        }
        _ => None,
    };
    Some((difference.exp(), interval))
}

/// Standard deviation of the logarithms within the two groups, `√(Σ squares / (n1 + n2 − 2))`: the s of
/// [`smallest_detectable_ratio`]. `None` where a group is empty, a value is not positive, or both have a single value.
pub fn pooled_deviation(first: &[f64], second: &[f64]) -> Option<f64> {
    let (first, second) = (Logs::of(first)?, Logs::of(second)?);
    let freedom = first.n + second.n - 2.0;
    (freedom > 0.0).then(|| ((first.squares + second.squares) / freedom).sqrt())
}

/// The smallest ratio of geometric means that groups of these sizes would show in four of five tries, at 5 % two-sided:
/// `exp((1.96 + 0.84)·s·√(1/n1 + 1/n2))`, which is `exp(2.8·s·√(2/n))` for two groups of n. The normal approximation of the
/// sample size (Lachin 1981, "Introduction to sample size determination and power analysis for clinical trials", Controlled
/// Clinical Trials 2) solved for the difference; its inverse is the largest detectable fall. `None` without a spread or
/// where a group is empty.
pub fn smallest_detectable_ratio(deviation: f64, sizes: (usize, usize)) -> Option<f64> {
    let known = deviation.is_finite() && deviation > 0.0 && sizes.0 > 0 && sizes.1 > 0;
    let spread = (1.0 / sizes.0 as f64 + 1.0 / sizes.1 as f64).sqrt();
    known.then(|| (FIVE_PER_CENT_EIGHTY_PER_CENT * deviation * spread).exp())
}

/// Logarithms of a group.
struct Logs {
    n: f64,
    mean: f64,
    /// Sum of the squared distances from the mean.
    squares: f64,
}

impl Logs {
    fn of(values: &[f64]) -> Option<Self> {
        if values.is_empty() || values.iter().any(|value| !value.is_finite() || *value <= 0.0) {
            return None;
        }
        let n = values.len() as f64;
        let mean = values.iter().map(|value| value.ln()).sum::<f64>() / n;
        let squares = values.iter().map(|value| (value.ln() - mean).powi(2)).sum();
        Some(Self { n, mean, squares })
    }

    fn variance_of_mean(&self) -> Option<f64> {
        (self.n > 1.0).then(|| self.squares / (self.n - 1.0) / self.n)
    }
}

/// Two-sided quantile of Student's distribution: 12.7 for 0.95 and one degree of freedom.
fn t(confidence: f64, df: f64) -> f64 {
    // P(|T| < t) is I_y(1/2, df/2) at y = t²/(df + t²).
    let y = solve::increasing(|y| beta_reg(0.5, df / 2.0, y), confidence, 0.0, 1.0);
    (df * y / (1.0 - y)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Extra hours of sleep under two drugs, the data of Student (1908), Biometrika 6.
    const SLEEP: ([f64; 10], [f64; 10]) =
        ([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);

    #[track_caller]
    fn near(ours: f64, published: f64, tolerance: f64) {
        assert!((ours - published).abs() < tolerance, "{ours} is not {published}");
    }

    #[test]
    fn quantiles_of_student_are_those_of_the_tables() {
        for (df, published) in [(1.0, 12.706), (2.0, 4.303), (10.0, 2.228), (30.0, 2.042), (120.0, 1.980), (1e7, 1.960)]
        {
            near(t(0.95, df), published, 5e-4);
        }
        near(t(0.99, 5.0), 4.032, 5e-4);
    }

    #[test]
    fn the_interval_is_that_of_welchs_test_on_the_logarithms() {
        // R documents t.test(extra ~ group, data = sleep): means 0.75 and 2.33, interval -3.3654832 to 0.2054832.
        let (first, second) = (SLEEP.0.map(f64::exp), SLEEP.1.map(f64::exp));
        let (point, interval) = ratio(&first, &second, 0.95).unwrap();
        near(point.ln(), 0.75 - 2.33, 1e-12);
        near(interval.unwrap().lower.ln(), -3.365_483_2, 1e-6);
        near(interval.unwrap().upper.ln(), 0.205_483_2, 1e-6);
    }

    #[test]
    fn the_other_way_round_is_the_inverse() {
        let (a, b) = ([1.0, 2.0, 4.0, 9.0], [3.0, 8.0, 5.0]);
        let ((there, i), (back, j)) = (ratio(&a, &b, 0.95).unwrap(), ratio(&b, &a, 0.95).unwrap());
        near(there * back, 1.0, 1e-12);
        near(i.unwrap().lower * j.unwrap().upper, 1.0, 1e-9);
    }

    #[test]
    fn one_value_or_no_spread_has_no_interval() {
        assert_eq!(ratio(&[6.0], &[1.0, 9.0], 0.95).unwrap().1, None);
        assert_eq!(ratio(&[6.0, 6.0], &[2.0, 2.0], 0.95).unwrap().1, None);
        assert!(ratio(&[6.0, 6.0], &[1.0, 9.0], 0.95).unwrap().1.is_some());
    }

    #[test]
    fn what_has_no_logarithm_is_not_compared() {
        for bad in [&[][..], &[0.0, 1.0], &[-1.0], &[f64::NAN], &[f64::INFINITY]] {
            assert_eq!((ratio(bad, &[1.0], 0.95), ratio(&[1.0], bad, 0.95)), (None, None));
            assert_eq!(pooled_deviation(bad, &[1.0, 2.0]), None);
        }
    }

    #[test]
    fn the_pooled_spread_weighs_groups_by_their_degrees_of_freedom() {
        let logs = |values: &[f64]| values.iter().map(|log| log.exp()).collect::<Vec<_>>();
        let (first, second) = (logs(&[0.0, 2.0]), logs(&[1.0, 2.0, 3.0]));
        near(pooled_deviation(&first, &second).unwrap(), (4.0_f64 / 3.0).sqrt(), 1e-12);
        assert_eq!(pooled_deviation(&[1.0], &[2.0]), None);
    }

    #[test]
    fn fifty_and_twenty_repairs_a_period_show_the_published_ratios() {
        near(smallest_detectable_ratio(1.1, (50, 50)).unwrap(), 1.85, 5e-3);
        near(smallest_detectable_ratio(1.1, (20, 20)).unwrap(), 2.65, 5e-3);
    }

    #[test]
    fn unequal_groups_show_less_than_equal_ones_of_the_same_total() {
        let of = |sizes| smallest_detectable_ratio(1.1, sizes).unwrap();
        assert!(of((20, 80)) > of((50, 50)));
        near(of((20, 80)), of((80, 20)), 1e-12);
    }

    #[test]
    fn without_spread_or_values_nothing_can_be_said() {
        let cases = [(0.0, (5, 5)), (f64::NAN, (5, 5)), (1.0, (0, 5)), (1.0, (5, 0))];
        assert!(cases.into_iter().all(|(deviation, sizes)| smallest_detectable_ratio(deviation, sizes).is_none()));
    }
}
