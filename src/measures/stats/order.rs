//! Quantiles and averages of durations.

use statrs::function::beta::beta_reg;

use super::{Interval, z};

/// Quantile by linear interpolation (type 7 of Hyndman and Fan 1996, the default of R and `NumPy`). The values must be sorted.
pub fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = q.clamp(0.0, 1.0) * last as f64;
    let below = at.floor();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the length")]
    let index = below as usize;
    let (low, high) = (sorted[index], sorted[(index + 1).min(last)]);
    Some(low + (high - low) * (at - below))
}

/// Median with the distribution-free interval from order statistics: the narrowest symmetric pair that covers the median with
/// at least the stated confidence. No interval when even the extremes do not. The values must be sorted.
pub fn median(sorted: &[f64], confidence: f64) -> Option<(f64, Option<Interval>)> {
    let middle = quantile(sorted, 0.5)?;
    let n = sorted.len();
    // P(fewer than k of n values lie below the median) for a fair coin is I_{1/2}(n-k+1, k).
    let tail = |k: usize| beta_reg((n - k + 1) as f64, k as f64, 0.5);
    let rank = (1..=n / 2).take_while(|k| 2.0 * tail(*k) <= 1.0 - confidence).last();
    Some((middle, rank.map(|k| Interval::new(sorted[k - 1], sorted[n - k]))))
}

/// Geometric mean with `exp(mean ± z·s/√n)` of the logarithms. All values must be positive; no interval for a single one.
pub fn geometric_mean(values: &[f64], confidence: f64) -> Option<(f64, Option<Interval>)> {
    if values.is_empty() || values.iter().any(|value| *value <= 0.0) {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().map(|value| value.ln()).sum::<f64>() / n;
    let interval = (values.len() > 1).then(|| {
        let squares: f64 = values.iter().map(|value| (value.ln() - mean).powi(2)).sum();
        let half = z(confidence) * (squares / (n - 1.0)).sqrt() / n.sqrt();
        Interval::new((mean - half).exp(), (mean + half).exp())
    });
    Some((mean.exp(), interval))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_values_have_the_median_interval_of_the_second_and_ninth() {
        // Textbook: for n = 10 the pair (2, 9) covers the median with 97.9 %, (3, 8) only with 89.1 %.
        let values: Vec<f64> = (1..=10).map(f64::from).collect();
        assert_eq!(median(&values, 0.95), Some((5.5, Some(Interval::new(2.0, 9.0)))));
    }

    #[test]
    fn five_values_are_too_few_for_an_interval() {
        assert_eq!(median(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.95), Some((3.0, None)));
    }

    #[test]
    fn the_geometric_mean_of_powers_is_their_middle_power() {
        let (mean, interval) = geometric_mean(&[1.0, 10.0, 100.0], 0.95).unwrap();
        assert!((mean - 10.0).abs() < 1e-9 && interval.is_some());
        assert_eq!(geometric_mean(&[0.0], 0.95), None);
    }
}
