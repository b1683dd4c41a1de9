//! How evenly something is spread over people. People with none are part of the population.

/// Gini coefficient, `Σ|xi−xj| / (2 n Σx)`: 0 is even, near 1 is one person. `None` when there is nothing to spread.
pub fn gini(loads: &[u64]) -> Option<f64> {
    let total: u64 = loads.iter().sum();
    if total == 0 {
        return None;
    }
    let mut sorted = loads.to_vec();
    sorted.sort_unstable();
    let n = sorted.len() as f64;
    let weighted: f64 = sorted.iter().enumerate().map(|(at, x)| (2.0 * (at as f64 + 1.0) - n - 1.0) * *x as f64).sum();
    Some(weighted / (n * total as f64))
}

/// Share of the total that the most loaded tenth (rounded up) carries. `None` when there is nothing to spread.
pub fn top_decile_share(loads: &[u64]) -> Option<f64> {
    let total: u64 = loads.iter().sum();
    let mut sorted = loads.to_vec();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let top: u64 = sorted.iter().take(loads.len().div_ceil(10)).sum();
    (total > 0).then(|| top as f64 / total as f64)
}

/// Effective number: how many equally loaded people would give the same concentration, 1 / Σ share² (the inverse
/// Herfindahl–Hirschman index). `None` when there is nothing to spread.
pub fn effective_number(loads: &[u64]) -> Option<f64> {
    let total: u64 = loads.iter().sum();
    let squares: f64 = loads.iter().map(|x| (*x as f64).powi(2)).sum();
    (total > 0).then(|| (total as f64).powi(2) / squares)
}
