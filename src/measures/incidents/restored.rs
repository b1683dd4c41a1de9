//! Failed-deployment recovery time: how long it took to restore service after a change that is known to have failed.
//!
//! Only incidents traced to a change at headline level belong to it (DORA research, "failed deployment recovery
//! time"); the time to restore of all incidents is another figure. Incidents that were still open when the period ended
//! are censored there, never dropped: leaving them out would make recovery look quicker than it was.

use super::started_in;
use crate::facts::{Facts, Kind};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::incidents::tracing;
use crate::measures::links::{HEADLINE_LEVEL, Links};
use crate::measures::stats::survival::{Observation, kaplan_meier};
use crate::measures::stats::{CONFIDENCE, Interval};
use crate::plan::Plan;

/// Recovery of the period.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Restored {
    /// Incidents traced to a change, with a usable start.
    pub failed: usize,
    /// Of these, open at the end of the period.
    pub open: usize,
    /// Left out: closed without a usable end.
    pub untimed: usize,
    /// Median hours to restore, and its limits.
    pub median: (Option<f64>, Option<Interval>),
}

impl Restored {
    /// Unknown without incident records.
    pub fn of(facts: &Facts, plan: &Plan, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::Incidents) {
            return Measured::lacks(Kind::Incidents);
        }
        let traces = tracing::Traces::of(facts, links);
        let mut restored = Self::default();
        let mut seen: Vec<Observation> = Vec::new();
        for incident in started_in(facts, plan).filter(|incident| traces.of_incident(incident).level >= HEADLINE_LEVEL)
        {
            let Some(started) = incident.times.started else { continue };
            restored.failed += 1;
            let until_end = (plan.period.span.end.as_second() - started.as_second()) as f64 / 3600.0;
            match incident.duration_minutes().map(|minutes| minutes / 60.0) {
                Some(hours) if hours <= until_end => seen.push((hours, true)),
                Some(_) => {
                    restored.open += 1;
                    seen.push((until_end, false));
                }
                None if incident.is_open() => {
                    restored.open += 1;
                    seen.push((until_end, false));
                }
                None => restored.untimed += 1,
            }
        }
        restored.median = kaplan_meier(&seen, CONFIDENCE).map(|curve| curve.median()).unwrap_or_default();
        Measured::Known(restored)
    }
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<Restored>) -> Vec<Figure> {
    let count = |id: &str, pick: fn(&Restored) -> usize| {
        let value = all.map(|restored| Value::count(pick(restored)));
        Figure::new(id, "incidents", "method-restored-counts", Disclosure::Artefact, value)
    };
    let finite = |interval: Interval| (interval.upper.is_finite()).then_some(interval);
    let median = all.map(|r| Value::defined(r.median.0).with_interval(r.median.1.and_then(finite)));
    vec![
        count("recovery.failed", |r| r.failed),
        count("recovery.open", |r| r.open),
        count("recovery.untimed", |r| r.untimed),
        Figure::new("recovery.median_hours", "hours", "method-restored-median", Disclosure::Artefact, median),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Incident;
    use crate::facts::incident::{ChangeRef, ChangeRole};
    use crate::facts::sample::{facts, incident};

    fn of(rows: &[(&str, Option<&str>)]) -> Restored {
        let cause =
            ChangeRef { reference: "CHG0000001".into(), repository: None, role: ChangeRole::Cause, confidence: 5 };
        let mut facts = facts(&[Kind::Incidents]);
        facts.incidents = rows
            .iter()
            .map(|(started, resolved)| {
                let mut one = incident(started, started, resolved.unwrap_or(started));
                one.times.resolved = one.times.resolved.filter(|_| resolved.is_some());
                Incident { changes: [cause.clone()].into(), ..one }
            })
            .collect();
        let period = crate::plan::Period::parse("2026-Q3").ok();
        let plan = Plan::for_repository(std::path::Path::new("shop"), period).unwrap();
        *Restored::of(&facts, &plan, &Links::of(&facts, &plan)).known().unwrap()
    }

    #[test]
    fn open_incidents_are_kept_and_lengthen_the_median() {
        let hour = |day: u8| format!("2026-07-0{day}T10:00:00Z");
        let two = [hour(1), hour(2), hour(3)];
        let ends = ["2026-07-01T12:00:00Z", "2026-07-02T14:00:00Z"];
        let closed = of(&[(&two[0], Some(ends[0])), (&two[1], Some(ends[1]))]);
        assert_eq!((closed.failed, closed.open, closed.median.0), (2, 0, Some(2.0)));
        let open = of(&[(&two[0], Some(ends[0])), (&two[1], Some(ends[1])), (&two[2], None)]);
        assert_eq!((open.failed, open.open, open.median.0), (3, 1, Some(4.0)));
    }

    #[test]
    fn an_end_after_the_period_was_not_known_in_it() {
        let late = of(&[("2026-09-30T00:00:00Z", Some("2026-10-05T00:00:00Z"))]);
        assert_eq!((late.open, late.median.0), (1, None));
    }
}
