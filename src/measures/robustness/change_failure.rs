//! Failed changes, AI-attributed against the rest, with the same tests for both.
//!
//! A *change failure proxy*: it counts merged changes, not deployments, so it is never called the change fail rate of DORA
//! (<https://dora.dev/guides/dora-metrics/>).

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::groups::{self, Groups, groups};
use crate::facts::{Facts, Kind};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::links::Links;
use crate::plan::Plan;

/// How long each change is watched: the longest of the horizons 7, 14 and 30 days.
pub const FOLLOW_UP: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Failures of the changes that could be watched long enough.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChangeFailure {
    /// Reverted in time, or cause of an incident.
    pub failures: Groups,
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
        let end = links.end_of_data(facts);
        let caused = caused(facts, links);
        let mut result = Self { with_incidents: facts.has(Kind::Incidents), ..Self::default() };
        let mut failed = Vec::new();
        for linked in links.work() {
            let watched = watched_until(linked.change.committed.at, FOLLOW_UP);
            if Some(watched) > end {
                result.too_young += 1;
                continue;
            }
            failed.push((linked, links.reverts.is_undone(linked.index, watched) || caused.contains(&linked.index)));
        }
        result.failures = groups(&failed);
        Measured::Known(result)
    }
}

/// The last instant at which a change is watched.
pub(super) fn watched_until(landed: Timestamp, follow_up: SignedDuration) -> Timestamp {
    landed.saturating_add(follow_up).unwrap_or(Timestamp::MAX)
}

/// Changes that an incident of the follow-up names as its cause.
fn caused(facts: &Facts, links: &Links<'_>) -> BTreeSet<usize> {
    let incidents = facts.incidents.iter().filter(|incident| !incident.class.is_excluded());
    let dated = incidents.filter_map(|incident| Some((incident, incident.times.started?)));
    let causes = dated.flat_map(|(incident, started)| {
        let named = links.causes(&incident.changes).into_iter();
        named.filter(move |at| {
            let landed = links.changes[*at].change.committed.at;
            (landed..=watched_until(landed, FOLLOW_UP)).contains(&started)
        })
    });
    causes.collect()
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<ChangeFailure>) -> Vec<Figure> {
    let method = match all.known() {
        Some(known) if !known.with_incidents => "method-change-failure-reverts",
        _ => "method-change-failure",
    };
    let young = all.map(|c| Value::count(c.too_young));
    let young = Figure::new("change_failure.too_young", "changes", "method-too-young", Disclosure::Artefact, young);
    let compared = groups::figures("change_failure", method, &all.map(|c| c.failures.clone()));
    std::iter::once(young).chain(compared).collect()
}
