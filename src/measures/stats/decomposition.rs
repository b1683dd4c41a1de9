//! Why a count of events changed from one period to the next: more changes, a larger share of them by AI, or more events a
//! change. Arithmetic on counts, not a cause: whatever else differed between the periods is in the parts too.

/// Changes of a group in a period, and the events that are traced to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Group {
    /// Changes.
    pub changes: u64,
    /// Events, of which a change may have several.
    pub events: u64,
}

/// A period. Events that are traced to no change are in neither group, and no part of what is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// AI-assisted changes.
    pub ai: Group,
    /// All others.
    pub rest: Group,
}

/// Events that the later period has more than the earlier, by reason. They add up to the whole difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// More changes.
    pub volume: f64,
    /// A larger share of AI-assisted changes.
    pub mix: f64,
    /// More events to an AI-assisted change.
    pub rate_ai: f64,
    /// More events to any other change.
    pub rate_rest: f64,
}

/// The volume part by reason. They add up to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Volume {
    /// More heads.
    pub heads: f64,
    /// More changes a head.
    pub per_head: f64,
}

/// Kitagawa (1955), "Components of a difference between two rates", JASA 50, applied to a count of events `E = N·Σ s·r`: N
/// changes, s the share of a group in them, r the events of a change in the group. With Δ the difference and a bar the average
/// of the two periods, and `R = Σ s·r`:
///
/// - volume `R̄·ΔN`
/// - mix `N̄·Σ r̄·Δs`
/// - rate `N̄·s̄·Δr`, of each group
///
/// Average weights leave no joint part over; with the periods exchanged every part is the same with the other sign. In
/// events, for periods of one length. `None` where a group has no changes in a period: the reasons cannot be told apart.
pub fn kitagawa(before: Period, after: Period) -> Option<Parts> {
    let (changes, crude) = volume_factors(before, after)?;
    let group = |of: fn(&Period) -> Group| {
        let share = Both([before, after].map(|period| of(&period).changes as f64 / period.changes()));
        let rate = Both([before, after].map(|period| of(&period).events as f64 / of(&period).changes as f64));
        (changes.mean() * share.part(rate), changes.mean() * rate.part(share))
    };
    let (ai, rest) = (group(|period| period.ai), group(|period| period.rest));
    Some(Parts { volume: changes.part(crude), mix: ai.0 + rest.0, rate_ai: ai.1, rate_rest: rest.1 })
}

/// The volume part split once more by the same rule, with `N = H·c`, H heads and c changes a head: heads `R̄·c̄·ΔH`, changes a
/// head `R̄·H̄·Δc`. Heads are an average of the period and need not be whole. `None` where there are none in a period, and
/// where [`kitagawa`] is.
pub fn volume_by_heads(before: Period, after: Period, heads: (f64, f64)) -> Option<Volume> {
    let (changes, crude) = volume_factors(before, after)?;
    let heads = Both([heads.0, heads.1]);
    if heads.0.iter().any(|heads| !heads.is_finite() || *heads <= 0.0) {
        return None;
    }
    let per_head = Both([changes.0[0] / heads.0[0], changes.0[1] / heads.0[1]]);
    Some(Volume { heads: crude.mean() * heads.part(per_head), per_head: crude.mean() * per_head.part(heads) })
}

/// Changes, and events of a change. `None` where a group has no changes in a period.
fn volume_factors(before: Period, after: Period) -> Option<(Both, Both)> {
    let periods = [before, after];
    let known = periods.iter().all(|period| period.ai.changes > 0 && period.rest.changes > 0);
    let factors = || (Both(periods.map(Period::changes)), Both(periods.map(|p| p.events() / p.changes())));
    known.then(factors)
}

impl Period {
    fn changes(self) -> f64 {
        self.ai.changes as f64 + self.rest.changes as f64
    }

    fn events(self) -> f64 {
        self.ai.events as f64 + self.rest.events as f64
    }
}

impl Parts {
    /// More events to a change, within both groups.
    pub fn rate(self) -> f64 {
        self.rate_ai + self.rate_rest
    }
}

/// A quantity in the earlier and in the later period.
#[derive(Clone, Copy)]
struct Both([f64; 2]);

impl Both {
    fn mean(self) -> f64 {
        f64::midpoint(self.0[0], self.0[1])
    }

    /// What this factor's difference adds to that of a product: `Δ(ab) = b̄·Δa + ā·Δb`, exactly.
    fn part(self, other: Self) -> f64 {
        other.mean() * (self.0[1] - self.0[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(ai: (u64, u64), rest: (u64, u64)) -> Period {
        let group = |(changes, events)| Group { changes, events };
        Period { ai: group(ai), rest: group(rest) }
    }

    #[track_caller]
    fn near(ours: f64, expected: f64) {
        assert!((ours - expected).abs() < 1e-9, "{ours} is not {expected}");
    }

    #[test]
    fn an_example_by_hand() {
        // 6 of 100, then 12 of 120: rates 0.10 and 0.05, then 0.15 and 0.05; AI share 0.2, then 0.5.
        let (before, after) = (period((20, 2), (80, 4)), period((60, 9), (60, 3)));
        let parts = kitagawa(before, after).unwrap();
        near(parts.volume, 0.08 * 20.0);
        near(parts.mix, 110.0 * 0.3 * (0.125 - 0.05));
        near(parts.rate_ai, 110.0 * 0.35 * 0.05);
        near(parts.rate_rest, 0.0);
        // 10 people with 10 changes each, then 8 with 15.
        let volume = volume_by_heads(before, after, (10.0, 8.0)).unwrap();
        near(volume.heads, 0.08 * 12.5 * -2.0);
        near(volume.per_head, 0.08 * 9.0 * 5.0);
    }

    #[test]
    fn parts_add_up_and_change_their_sign_with_the_periods() {
        let counts = [(1, 0), (1, 7), (40, 3), (90_000, 1), (7, 7)];
        let all: Vec<Period> = counts.iter().flat_map(|ai| counts.iter().map(|rest| period(*ai, *rest))).collect();
        for (before, after) in all.iter().flat_map(|before| all.iter().map(move |after| (*before, *after))) {
            let (there, back) = (kitagawa(before, after).unwrap(), kitagawa(after, before).unwrap());
            near(there.volume + there.mix + there.rate(), after.events() - before.events());
            for (one, other) in [(there.volume, back.volume), (there.mix, back.mix), (there.rate_ai, back.rate_ai)] {
                near(one, -other);
            }
            let volume = volume_by_heads(before, after, (9.5, 12.0)).unwrap();
            near(volume.heads + volume.per_head, there.volume);
        }
    }

    #[test]
    fn what_alone_differs_is_the_only_part() {
        let base = period((20, 2), (80, 4));
        let doubled = kitagawa(base, period((40, 4), (160, 8))).unwrap();
        assert!((doubled.volume - 6.0).abs() + doubled.mix.abs() + doubled.rate().abs() < 1e-9, "{doubled:?}");
        let shifted = kitagawa(base, period((80, 8), (20, 1))).unwrap();
        assert!((shifted.mix - 3.0).abs() + shifted.volume.abs() + shifted.rate().abs() < 1e-9, "{shifted:?}");
        let worse = kitagawa(base, period((20, 5), (80, 4))).unwrap();
        assert!((worse.rate_ai - 3.0).abs() + worse.volume.abs() + worse.mix.abs() < 1e-9, "{worse:?}");
        let hired = volume_by_heads(base, period((40, 4), (160, 8)), (5.0, 10.0)).unwrap();
        assert!((hired.heads - 6.0).abs() + hired.per_head.abs() < 1e-9, "{hired:?}");
    }

    #[test]
    fn without_changes_of_a_group_or_without_heads_the_reasons_cannot_be_told_apart() {
        let whole = period((20, 2), (80, 4));
        for lacking in [period((0, 0), (80, 4)), period((20, 2), (0, 0)), period((0, 3), (80, 4)), Period::default()] {
            assert_eq!((kitagawa(whole, lacking), kitagawa(lacking, whole)), (None, None));
            assert_eq!(volume_by_heads(whole, lacking, (5.0, 5.0)), None);
        }
        for heads in [(0.0, 5.0), (5.0, 0.0), (-1.0, 5.0), (f64::NAN, 5.0), (5.0, f64::INFINITY)] {
            assert_eq!(volume_by_heads(whole, whole, heads), None);
        }
    }
}
