//! Changes announced as minor, against what they reach.

use std::collections::BTreeMap;

use super::reach::Reach;
use crate::measures::links::Linked;
use crate::measures::robustness::groups::LARGE;
use crate::measures::stats::order::quantile;

/// A value is far out when it lies more than three times the spread of the middle half above it: the outer fence of Tukey
/// (<https://www.itl.nist.gov/div898/handbook/prc/section1/prc16.htm>).
const FAR_OUT: f64 = 3.0;

/// Changes announced as minor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Minor {
    /// All.
    pub announced: usize,
    /// Of these, those that reach an environment or more.
    pub environment_level: usize,
    /// Those whose size is far out in their repository, and which reach no environment that is known of.
    pub far_out: usize,
    /// Those whose paths are not known.
    pub unread: usize,
}

impl Minor {
    /// Counts among the changes of the period, with what each reaches.
    pub(super) fn of(changes: &[(&Linked<'_>, Option<Reach>)]) -> Self {
        let fences = fences(changes);
        let mut count = Self::default();
        for (linked, reach) in changes.iter().filter(|(linked, _)| linked.change.announced_minor) {
            count.announced += 1;
            let Some(reach) = reach else {
                count.unread += 1;
                continue;
            };
            let fence = fences.get(&linked.change.repository);
            let far_out = linked.change.lines().zip(fence).is_some_and(|(lines, fence)| lines as f64 > *fence);
            if reach.is_environment_level() {
                count.environment_level += 1;
            } else if far_out {
                count.far_out += 1;
            }
        }
        count
    }

    /// Those that went beyond what was announced.
    pub fn beyond(&self) -> usize {
        self.environment_level + self.far_out
    }
}

/// Lines above which a change is far out in its repository; never below the size from which a change is large at all.
fn fences(changes: &[(&Linked<'_>, Option<Reach>)]) -> BTreeMap<usize, f64> {
    let mut sizes: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for (linked, _) in changes {
        if let Some(lines) = linked.change.lines() {
            sizes.entry(linked.change.repository).or_default().push(lines as f64);
        }
    }
    let fence = |mut lines: Vec<f64>| {
        lines.sort_by(f64::total_cmp);
        let (low, high) = (quantile(&lines, 0.25)?, quantile(&lines, 0.75)?);
        Some((high + FAR_OUT * (high - low)).max(LARGE as f64))
    };
    sizes.into_iter().filter_map(|(repository, lines)| Some((repository, fence(lines)?))).collect()
}
