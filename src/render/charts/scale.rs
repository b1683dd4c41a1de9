//! A value axis with round steps that always holds zero.

/// An axis.
pub(super) struct Scale {
    /// Smallest value, at most zero.
    pub(super) low: f64,
    /// Largest value, at least zero.
    pub(super) high: f64,
    step: f64,
}

impl Scale {
    /// The axis for values between two bounds, with about `steps` steps of 1, 2 or 5 times a power of ten.
    pub(super) fn new(low: f64, high: f64, whole: bool, steps: f64) -> Self {
        let (low, high) = (low.min(0.0), high.max(0.0));
        let span = if high - low > 0.0 { high - low } else { 1.0 };
        let rough = span / steps;
        let power = 10_f64.powf(rough.log10().floor());
        let step =
            [1.0, 2.0, 5.0, 10.0].into_iter().map(|by| by * power).find(|step| *step >= rough * 0.999).unwrap_or(rough);
        let step = if whole { step.max(1.0) } else { step };
        let high = if high == 0.0 && low == 0.0 { step } else { (high / step).ceil() * step };
        Self { low: (low / step).floor() * step, high, step }
    }

    /// The round values along it.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let mut ticks = Vec::new();
        let mut count = 0.0;
        // A number far from one may swallow a step; the bound keeps a strange value from filling the page.
        while self.low + count * self.step <= self.high + self.step / 2.0 && count < 20.0 {
            ticks.push(self.low + count * self.step);
            count += 1.0;
        }
        ticks
    }

    /// Where a value lies, 0 to 1.
    pub(super) fn at(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_axis_holds_zero_and_its_values() {
        for (low, high) in
            [(0.0, 414.0), (310.0, 414.0), (-3.0, 8.0), (-5.0, -1.0), (0.0, 0.004), (0.0, 0.0), (0.0, 1e300)]
        {
            let scale = Scale::new(low, high, false, 4.0);
            assert!(scale.low <= 0.0 && scale.high >= 0.0 && scale.low <= low && scale.high >= high, "{low} {high}");
            let ticks = scale.ticks();
            assert!(ticks.contains(&0.0) && (2..=8).contains(&ticks.len()), "{low} {high} {ticks:?}");
        }
    }

    #[test]
    fn counts_have_no_halves() {
        assert_eq!(Scale::new(0.0, 2.0, true, 4.0).ticks(), [0.0, 1.0, 2.0]);
        assert_eq!(Scale::new(0.0, 414.0, true, 4.0).ticks(), [0.0, 200.0, 400.0, 600.0]);
    }
}
