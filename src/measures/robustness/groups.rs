//! AI-attributed changes beside the rest: how many of each were hit, crudely and like with like.

use std::collections::BTreeMap;

use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::links::Linked;
use crate::measures::share_of;
use crate::measures::stats::ratio::{self, Arm};
use crate::measures::stats::{CONFIDENCE, Interval, stratified};

/// Size above which a change is in the stratum of large ones, in changed lines: the review limit of the SmartBear/Cisco study.
pub(super) const LARGE: u64 = 200;

/// Both groups.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Groups {
    /// AI-attributed.
    pub ai: Arm,
    /// Unattributed.
    pub rest: Arm,
    /// The same by repository and size.
    pub strata: Vec<(Arm, Arm)>,
}

impl Groups {
    /// Crude ratio and its interval.
    pub fn ratio(&self) -> (Option<f64>, Option<Interval>) {
        (ratio::point(self.ai, self.rest), ratio::interval(self.ai, self.rest, CONFIDENCE))
    }

    /// Ratio pooled over the strata.
    pub fn stratified(&self) -> Option<(f64, Interval)> {
        stratified::mantel_haenszel(&self.strata, CONFIDENCE)
    }

    /// Failures in both groups.
    pub fn events(&self) -> u64 {
        self.ai.events + self.rest.events
    }
}

/// Puts changes into the groups, by whether they were hit.
pub(super) fn groups(changes: &[(&Linked<'_>, bool)]) -> Groups {
    let mut strata: BTreeMap<(usize, Option<bool>), (Arm, Arm)> = BTreeMap::new();
    let mut all = Groups::default();
    for (linked, hit) in changes {
        let stratum = strata.entry((linked.change.repository, linked.change.lines().map(|n| n > LARGE))).or_default();
        let (arm, total) = if linked.is_ai() { (&mut stratum.0, &mut all.ai) } else { (&mut stratum.1, &mut all.rest) };
        for arm in [arm, total] {
            arm.total += 1;
            arm.events += u64::from(*hit);
        }
    }
    all.strata = strata.into_values().collect();
    all
}

/// The figures of a comparison: `<name>.ai`, `.rest`, `.risk_ratio` and `.risk_ratio.stratified`.
pub(super) fn figures(name: &str, method: &'static str, groups: &Measured<Groups>) -> Vec<Figure> {
    let figure =
        |suffix: &str, unit, value| Figure::new(format!("{name}.{suffix}"), unit, method, Disclosure::Conduct, value);
    let crude = groups.map(|g| Value::defined(g.ratio().0).with_interval(g.ratio().1));
    let pooled = groups.map(Groups::stratified);
    let pooled = pooled.map(|p| Value::defined(p.map(|p| p.0)).with_interval(p.map(|p| p.1)));
    vec![
        figure("ai", "share", groups.map(|g| share_of(g.ai))),
        figure("rest", "share", groups.map(|g| share_of(g.rest))),
        figure("risk_ratio", "ratio", crude),
        figure("risk_ratio.stratified", "ratio", pooled),
    ]
}
