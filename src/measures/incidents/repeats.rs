//! Causes that came back, and actions that are overdue.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::{Recorded, started_in};
use crate::facts::{Facts, Kind};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::plan::Plan;

/// A cause that comes back within so many months repeats: the scale of Delegated Regulation (EU) 2024/1772, Art. 8(2).
const MONTHS: i32 = 6;

/// Repeats that end in the period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Repeats {
    /// Incidents of the period.
    pub incidents: usize,
    /// Incidents whose cause had another incident in the six months before.
    pub repeated: Vec<Recorded>,
    /// Incidents that name no cause.
    pub nameless: usize,
    /// Actions agreed, and of these overdue; `None` where no incident records any.
    pub actions: Option<(u64, u64)>,
    /// The records reach six months back from the beginning of the period.
    pub reaches_back: bool,
}

impl Repeats {
    /// Looks for every cause of the period in the six months before; unknown without incident records.
    pub fn of(facts: &Facts, plan: &Plan) -> Measured<Self> {
        if !facts.has(Kind::Incidents) {
            return Measured::lacks(Kind::Incidents);
        }
        let counted = || facts.incidents.iter().filter(|incident| !incident.class.is_excluded());
        let mut by_cause: BTreeMap<&str, Vec<Timestamp>> = BTreeMap::new();
        let near = six_months_before(plan.period.span.start)..plan.period.span.end;
        for incident in counted() {
            if let (Some(cause), Some(started)) = (&incident.cause_key, incident.times.started)
                && near.contains(&started)
            {
                by_cause.entry(cause).or_default().push(started);
            }
        }
        for starts in by_cause.values_mut() {
            starts.sort_unstable();
        }
        let first = counted().filter_map(|incident| incident.times.started).min();
        let mut repeats = Self {
            reaches_back: first.is_some_and(|first| first <= six_months_before(plan.period.span.start)),
            ..Self::default()
        };
        for incident in started_in(facts, plan) {
            repeats.incidents += 1;
            repeats.count_actions(incident);
            let (Some(cause), Some(started)) = (&incident.cause_key, incident.times.started) else {
                repeats.nameless += 1;
                continue;
            };
            let from = six_months_before(started);
            let starts = by_cause.get(&**cause).map(Vec::as_slice).unwrap_or_default();
            let before = starts.partition_point(|at| *at < started);
            // Of two that start at once, the one that is recorded later repeats.
            let at_once = starts[before..].iter().take_while(|at| **at == started).count() > 1;
            if starts[..before].last().is_some_and(|last| *last >= from) || at_once {
                repeats.repeated.push(Recorded::of(incident));
            }
        }
        Measured::Known(repeats)
    }

    fn count_actions(&mut self, incident: &crate::facts::Incident) {
        let Some(after) = incident.aftermath.as_deref() else { return };
        if after.actions.is_none() && after.actions_overdue.is_none() {
            return;
        }
        let (all, overdue) = self.actions.get_or_insert_default();
        let late = u64::from(after.actions_overdue.unwrap_or(0));
        *all += after.actions.map_or(late, u64::from);
        *overdue += late;
    }
}

fn six_months_before(at: Timestamp) -> Timestamp {
    let before = at.to_zoned(TimeZone::UTC).checked_sub(Span::new().months(MONTHS));
    before.map_or(Timestamp::MIN, |zoned| zoned.timestamp())
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<Repeats>) -> Vec<Figure> {
    let count = |id: &str, unit, method, pick: &dyn Fn(&Repeats) -> usize| {
        Figure::new(id, unit, method, Disclosure::Artefact, all.map(|repeats| Value::count(pick(repeats))))
    };
    let actions = all.and_then(|r| Measured::or_lacks(r.actions, Kind::MoreRecords));
    let overdue = actions.map(|(all, overdue)| Value {
        value: Some(*overdue as f64),
        numerator: Some(*overdue as f64),
        denominator: Some(*all as f64),
        interval: None,
    });
    vec![
        count("incidents.cause.repeated", "incidents", "method-cause-repeated", &|r| r.repeated.len()),
        count("incidents.cause.not_recorded", "incidents", "method-cause-not-recorded", &|r| r.nameless),
        Figure::new("incidents.actions.overdue", "actions", "method-actions-overdue", Disclosure::Artefact, overdue),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Incident;
    use crate::facts::incident::Aftermath;
    use crate::facts::sample::{facts, incident};

    fn of(starts: &[&str]) -> Repeats {
        let mut facts = facts(&[Kind::Incidents]);
        facts.incidents = starts
            .iter()
            .map(|at| Incident { cause_key: Some("C-1".into()), ..incident(at, at, "2026-12-31T00:00:00Z") })
            .collect();
        let period = crate::plan::Period::parse("2026-Q3").ok();
        let plan = Plan::for_repository(std::path::Path::new("shop"), period).unwrap();
        Repeats::of(&facts, &plan).known().unwrap().clone()
    }

    #[test]
    fn a_cause_repeats_within_six_calendar_months_and_not_a_day_later() {
        let first = "2026-03-01T10:00:00Z";
        assert_eq!(of(&[first, "2026-09-01T10:00:00Z"]).repeated.len(), 1);
        assert_eq!(of(&[first, "2026-09-02T10:00:00Z"]).repeated.len(), 0);
        assert_eq!(of(&["2026-07-01T10:00:00Z"]).repeated.len(), 0);
    }

    #[test]
    fn only_what_starts_in_the_period_is_counted_and_reaching_back_is_said() {
        let before = of(&["2025-12-01T10:00:00Z", "2026-03-01T10:00:00Z"]);
        assert_eq!((before.incidents, before.repeated.len(), before.reaches_back), (0, 0, true));
        assert!(!of(&["2026-03-01T10:00:00Z"]).reaches_back);
    }

    #[test]
    fn overdue_actions_are_added_up_and_silence_is_not_none() {
        let mut facts = facts(&[Kind::Incidents]);
        let mut one = incident("I", "2026-07-02T10:00:00Z", "2026-07-02T11:00:00Z");
        facts.incidents = vec![one.clone()];
        let period = crate::plan::Period::parse("2026-Q3").ok();
        let plan = Plan::for_repository(std::path::Path::new("shop"), period).unwrap();
        assert_eq!(Repeats::of(&facts, &plan).known().unwrap().actions, None);
        let after = Aftermath { actions: Some(4), actions_overdue: Some(1), ..Aftermath::default() };
        one.aftermath = Some(Box::new(after));
        facts.incidents.push(one);
        assert_eq!(Repeats::of(&facts, &plan).known().unwrap().actions, Some((4, 1)));
    }
}
