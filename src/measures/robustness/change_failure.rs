//! Failed changes, AI-attributed against the rest, with the same tests for both.
//!
//! A *change failure proxy*: it counts merged changes, not deployments, so it is never called the change fail rate of DORA
//! (<https://dora.dev/guides/dora-metrics/>).

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use crate::facts::change::CommitId;
use crate::facts::{Facts, Kind};
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::links::{Linked, Links};
use crate::measures::stats::ratio::{self, Arm};
use crate::measures::stats::{CONFIDENCE, Interval, stratified};
use crate::measures::{Measured, share_of};
use crate::plan::Plan;

/// How long each change is watched: the longest of the horizons 7, 14 and 30 days.
pub const FOLLOW_UP: SignedDuration = SignedDuration::from_hours(30 * 24);

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

/// Failures and reverts of the changes that could be watched long enough.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChangeFailure {
    /// Reverted in time, or cause of an incident.
    pub failures: Groups,
    /// Reverted in time.
    pub reverts: Groups,
    /// Incidents were among the tests.
    pub with_incidents: bool,
    /// Changes of the period that are too young to tell.
    pub too_young: usize,
}

impl ChangeFailure {
    /// Counts; unknown without a repository.
    pub fn of(facts: &Facts, _plan: &Plan, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::History) {
            return Measured::lacks(Kind::History);
        }
        let end = end_of_data(facts, links);
        let reverted = reverted(links);
        let caused = caused(facts, links);
        let mut result = Self { with_incidents: facts.has(Kind::Incidents), ..Self::default() };
        let (mut failed, mut undone) = (Vec::new(), Vec::new());
        for linked in links.work() {
            if Some(linked.change.committed.at.saturating_add(FOLLOW_UP).unwrap_or(Timestamp::MAX)) > end {
                result.too_young += 1;
                continue;
            }
            undone.push((linked, reverted.contains(&linked.index)));
            failed.push((linked, reverted.contains(&linked.index) || caused.contains(&linked.index)));
        }
        result.failures = groups(&failed);
        result.reverts = groups(&undone);
        Measured::Known(result)
    }
}

/// Date of the newest tip: a commit somewhere below with a clock in the future does not lengthen the data.
fn end_of_data(facts: &Facts, links: &Links<'_>) -> Option<Timestamp> {
    let tips = facts.repositories.iter().enumerate().filter_map(|(at, r)| links.find(at, &CommitId::new(&r.head)));
    let newest = |at: usize| links.changes[at].change.committed.at;
    tips.map(newest).max().or_else(|| links.changes.iter().map(|linked| linked.change.committed.at).max())
}

/// Both groups of changes that did or did not have something happen, by repository and size.
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

/// Changes that were reverted within the follow-up, unless the revert was itself reverted within that time.
fn reverted(links: &Links<'_>) -> BTreeSet<usize> {
    // Newest first, so that the fate of a revert is known before its own effect is counted.
    let mut order: Vec<&Linked<'_>> = links.changes.iter().filter(|l| !l.change.reverts.is_empty()).collect();
    order.sort_by_key(|linked| (std::cmp::Reverse(linked.change.committed.at), linked.index));
    let mut undone = BTreeSet::new();
    for revert in order {
        if undone.contains(&revert.index) {
            continue;
        }
        for target in revert.change.reverts.iter().filter_map(|id| links.find(revert.change.repository, id)) {
            let landed = links.changes[target].change.committed.at;
            if in_time(landed, revert.change.committed.at) {
                undone.insert(target);
            }
        }
    }
    undone
}

/// Changes that an incident of the follow-up names as its cause.
fn caused(facts: &Facts, links: &Links<'_>) -> BTreeSet<usize> {
    let incidents = facts.incidents.iter().filter(|incident| !incident.class.is_excluded());
    let dated = incidents.filter_map(|incident| Some((incident, incident.times.started?)));
    let causes = dated.flat_map(|(incident, started)| {
        let named = links.causes(&incident.changes).into_iter();
        named.filter(move |at| in_time(links.changes[*at].change.committed.at, started))
    });
    causes.collect()
}

fn in_time(landed: Timestamp, later: Timestamp) -> bool {
    let passed = later.duration_since(landed);
    passed >= SignedDuration::ZERO && passed <= FOLLOW_UP
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<ChangeFailure>) -> Vec<Figure> {
    use Disclosure::Conduct;
    let failure = match all.known() {
        Some(known) if !known.with_incidents => "method-change-failure-reverts",
        _ => "method-change-failure",
    };
    let mut figures = vec![Figure::new(
        "change_failure.too_young",
        "changes",
        "method-too-young",
        Disclosure::Artefact,
        all.map(|c| Value::count(c.too_young)),
    )];
    let pick_failures: fn(&ChangeFailure) -> &Groups = |c| &c.failures;
    let sets = [("change_failure", failure, pick_failures), ("revert_rate", "method-revert-rate", |c| &c.reverts)];
    for (name, method, pick) in sets {
        let mut add = |suffix: &str, unit, value| {
            figures.push(Figure::new(format!("{name}.{suffix}"), unit, method, Conduct, value));
        };
        add("ai", "share", all.map(|c| share_of(pick(c).ai)));
        add("rest", "share", all.map(|c| share_of(pick(c).rest)));
        add("risk_ratio", "ratio", all.map(|c| Value::defined(pick(c).ratio().0).with_interval(pick(c).ratio().1)));
        let pooled = all.map(|c| pick(c).stratified());
        let value = pooled.map(|p| Value::defined(p.map(|p| p.0)).with_interval(p.map(|p| p.1)));
        add("risk_ratio.stratified", "ratio", value);
    }
    figures
}
