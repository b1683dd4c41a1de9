//! Root finding on a monotone function by bisection: as exact as the function, never diverges.

/// Where an increasing function crosses `target` between two points; an end when it does not.
pub(super) fn increasing(f: impl Fn(f64) -> f64, target: f64, mut low: f64, mut high: f64) -> f64 {
    // 200 halvings exceed the resolution of a double for any bracket.
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if f(middle) < target {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}
