//! Incidents of the period: how many, how long, how severe, and what the records say about AI.

pub mod recovery;
pub mod repeats;
pub mod restored;
pub mod scope;
pub mod tracing;

use std::collections::BTreeMap;

use super::Measured;
use super::figure::{Cell, Disclosure, Figure, Row, Table, Value};
use super::links::{HEADLINE_LEVEL, Links};
use super::stats::{CONFIDENCE, Interval, order, rate};
use crate::facts::incident::{AiRole, AiStatus, ChangeRole, RecordedCause};
use crate::facts::time::Span;
use crate::facts::{Facts, Incident, Kind};
use crate::plan::Plan;

/// Highest number of the severities that count as high: 1 and 2.
const HIGH: u8 = 2;

/// Incidents that the table lists, longest first; every figure counts all of them.
const MOST_LISTED: usize = 1_000;

/// Where an incident is recorded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recorded {
    /// Its id.
    pub id: String,
    /// Export.
    pub file: std::sync::Arc<str>,
    /// Line or position in it.
    pub record: u64,
}

impl Recorded {
    /// Of an incident.
    pub fn of(incident: &Incident) -> Self {
        Self { id: incident.id.clone(), file: std::sync::Arc::clone(&incident.file), record: incident.record }
    }
}

/// Incidents and near misses that started in the period, in the order of the records.
pub fn started_in<'a>(facts: &'a Facts, plan: &Plan) -> impl Iterator<Item = &'a Incident> {
    let span = plan.period.span;
    let started = move |incident: &&Incident| incident.times.started.is_some_and(|at| span.contains(at));
    facts.incidents.iter().filter(|incident| !incident.class.is_excluded()).filter(started)
}

/// What an incident's linked change says about AI, beside what the record says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The linked change carries an AI mark.
    Attributed,
    /// The linked change carries none.
    Unattributed,
    /// No change is linked.
    Unlinked,
}

impl Cause {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Attributed => "AI-attributed",
            Self::Unattributed => "unattributed",
            Self::Unlinked => "not linked",
        }
    }
}

/// One incident, as the table shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where.
    pub at: Recorded,
    /// 1 to 5.
    pub severity: Option<u8>,
    /// Minutes; `None` is untimed.
    pub minutes: Option<f64>,
    /// Part AI played, as recorded.
    pub role: AiRole,
    /// How far that is agreed.
    pub status: AiStatus,
    /// Cause as recorded.
    pub recorded: RecordedCause,
    /// What the linked change says.
    pub cause: Cause,
}

impl Line {
    /// The record blames a person, and the evidence says that AI executed the operation or wrote the change.
    pub fn is_conflict(&self) -> bool {
        let evidence = self.role.executed() || self.cause == Cause::Attributed;
        self.recorded == RecordedCause::HumanError && evidence
    }

    /// Recorded or linked: AI took part.
    pub fn has_ai_evidence(&self) -> bool {
        self.role.took_part() || self.cause == Cause::Attributed
    }
}

/// High-severity incidents of two periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HighSeverity {
    /// In this and in the previous period.
    pub events: (u64, u64),
    /// Without a severity, in this and in the previous period: each may have been high.
    pub unrated: (u64, u64),
    /// The interval if all of them of this period were high, and if all of the previous one were.
    pub if_high: (Option<Interval>, Option<Interval>),
    /// Rate per day over the rate of the previous period.
    pub ratio: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
}

/// Incidents of the period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Incidents {
    /// Each, longest first, untimed last.
    pub lines: Vec<Line>,
    /// Maintenance, tests, duplicates, cancelled.
    pub excluded: usize,
    /// Records without a usable start: they belong to no period.
    pub undated: usize,
    /// By severity, 1 = highest.
    pub by_severity: BTreeMap<u8, usize>,
    /// With a cause at headline level.
    pub linked: usize,
    /// A history was read, so that what is said of AI may come from a change and not from the record.
    pub with_history: bool,
    /// High severity against the previous period; `None` when the records do not reach back.
    pub high: Option<HighSeverity>,
}

impl Incidents {
    /// Counts; unknown without incident records.
    pub fn of(facts: &Facts, plan: &Plan, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::Incidents) {
            return Measured::lacks(Kind::Incidents);
        }
        let mut result = Self { high: high(facts, plan), with_history: facts.has(Kind::History), ..Self::default() };
        for incident in &facts.incidents {
            let Some(started) = incident.times.started else {
                result.undated += 1;
                continue;
            };
            if incident.class.is_excluded() && plan.period.span.contains(started) {
                result.excluded += 1;
            }
        }
        for incident in started_in(facts, plan) {
            if let Some(severity) = incident.severity {
                *result.by_severity.entry(severity).or_default() += 1;
            }
            let named =
                |r: &crate::facts::incident::ChangeRef| r.role == ChangeRole::Cause && r.confidence >= HEADLINE_LEVEL;
            result.linked += usize::from(incident.changes.iter().any(named));
            result.lines.push(line(incident, links));
        }
        result.lines.sort_by(|a, b| {
            let longest = |line: &Line| line.minutes.unwrap_or(-1.0);
            longest(b).total_cmp(&longest(a)).then_with(|| a.at.cmp(&b.at))
        });
        Measured::Known(result)
    }

    /// Durations in minutes, sorted.
    pub fn durations(&self) -> Vec<f64> {
        let mut minutes: Vec<f64> = self.lines.iter().filter_map(|line| line.minutes).collect();
        minutes.sort_by(f64::total_cmp);
        minutes
    }

    /// Records that do not say whether AI was involved.
    pub fn not_recorded(&self) -> usize {
        self.lines.iter().filter(|line| line.role == AiRole::NotRecorded).count()
    }

    /// The longest incident with a sign of AI, and the longest without. Where links to changes are not shown, a record that is
    /// silent may be either and is neither.
    pub fn longest(&self, links_are_shown: bool) -> (Option<&Line>, Option<&Line>) {
        let timed = || self.lines.iter().filter(|line| line.minutes.is_some());
        let with = |line: &&Line| line.role.took_part() || (links_are_shown && line.cause == Cause::Attributed);
        let without = |line: &&Line| links_are_shown && !line.has_ai_evidence();
        (timed().find(with), timed().find(without))
    }

    /// Records that blame a person against the evidence.
    pub fn conflicts(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.is_conflict())
    }
}

fn line(incident: &Incident, links: &Links<'_>) -> Line {
    let causes = links.causes(&incident.changes);
    let cause = match causes.iter().any(|at| links.changes[*at].is_ai()) {
        true => Cause::Attributed,
        false if causes.is_empty() => Cause::Unlinked,
        false => Cause::Unattributed,
    };
    Line {
        at: Recorded::of(incident),
        severity: incident.severity,
        minutes: incident.duration_minutes(),
        role: incident.ai_role,
        status: incident.ai_status,
        recorded: incident.recorded_cause,
        cause,
    }
}

/// Records that reach back into the previous period are the only sign that its incidents are in the export.
fn high(facts: &Facts, plan: &Plan) -> Option<HighSeverity> {
    let previous = plan.period.previous()?;
    let reaches_back = |incident: &Incident| incident.times.started.is_some_and(|at| previous.span.contains(at));
    if !facts.incidents.iter().any(reaches_back) {
        return None;
    }
    let count = |span: Span, wanted: fn(Option<u8>) -> bool| {
        let counted = |i: &&Incident| !i.class.is_excluded() && wanted(i.severity);
        let inside = |i: &&Incident| i.times.started.is_some_and(|at| span.contains(at));
        facts.incidents.iter().filter(counted).filter(inside).count() as u64
    };
    let both = |wanted: fn(Option<u8>) -> bool| (count(plan.period.span, wanted), count(previous.span, wanted));
    let events = both(|severity| severity.is_some_and(|severity| severity <= HIGH));
    let unrated = both(|severity| severity.is_none());
    let compare = |events| rate::ratio(events, (plan.period.span.days(), previous.span.days()), CONFIDENCE);
    let (ratio, interval) = compare(events);
    let if_high = (compare((events.0 + unrated.0, events.1)).1, compare((events.0, events.1 + unrated.1)).1);
    Some(HighSeverity { events, unrated, if_high, ratio, interval })
}

/// Figures.
pub(super) fn figures(all: &Measured<Incidents>) -> Vec<Figure> {
    use Disclosure::Artefact;
    let count = |id: &str, method, pick: &dyn Fn(&Incidents) -> usize| {
        Figure::new(id, "incidents", method, Artefact, all.map(|i| Value::count(pick(i))))
    };
    let over = |limit: f64| move |i: &Incidents| i.durations().iter().filter(|minutes| **minutes > limit).count();
    let mut figures = vec![
        count("incidents.count", "method-incidents", &|i| i.lines.len()),
        count("incidents.untimed", "method-untimed", &|i| i.lines.iter().filter(|l| l.minutes.is_none()).count()),
        count("incidents.excluded", "method-excluded", &|i| i.excluded),
        count("incidents.undated", "method-undated", &|i| i.undated),
        count("incidents.linked", "method-linked", &|i| i.linked),
        count("incidents.ai_not_recorded", "method-ai-not-recorded", &Incidents::not_recorded),
        count("incidents.duration.over_2h", "method-over", &over(120.0)),
        count("incidents.duration.over_24h", "method-over", &over(1440.0)),
    ];
    // Where changes are linked, these tell whether a change was AI-assisted, which is conduct of those who made it.
    let linked = if all.known().is_some_and(|i| i.with_history) { Disclosure::Conduct } else { Artefact };
    let evidence = |id: &str, method, pick: &dyn Fn(&Incidents) -> usize| {
        Figure::new(id, "incidents", method, linked, all.map(|i| Value::count(pick(i))))
    };
    figures.push(evidence("incidents.ai_evidence", "method-ai-evidence", &|i| {
        i.lines.iter().filter(|l| l.has_ai_evidence()).count()
    }));
    figures.push(evidence("incidents.ai_conflict", "method-ai-conflict", &|i| i.conflicts().count()));
    for severity in 1..=5_u8 {
        let pick = |i: &Incidents| i.by_severity.get(&severity).copied().unwrap_or(0);
        figures.push(count(&format!("incidents.severity.{severity}"), "method-severity", &pick));
    }
    let average = |found: Option<(f64, Option<Interval>)>| {
        Value::defined(found.map(|(value, _)| value)).with_interval(found.and_then(|(_, interval)| interval))
    };
    let duration = |id: &str, method, value| Figure::new(id, "minutes", method, Artefact, value);
    let median = all.map(|i| average(order::median(&i.durations(), CONFIDENCE)));
    figures.push(duration("incidents.duration.median", "method-median", median));
    let geometric = all.map(|i| average(order::geometric_mean(&i.durations(), CONFIDENCE)));
    figures.push(duration("incidents.duration.geometric_mean", "method-geometric-mean", geometric));
    let rate = |high: HighSeverity| Value {
        value: high.ratio,
        numerator: Some(high.events.0 as f64),
        denominator: Some(high.events.1 as f64),
        interval: high.interval,
    };
    let high = all.and_then(|i| Measured::or_lacks(i.high.map(rate), Kind::MoreRecords));
    figures.push(Figure::new("incidents.high_severity.rate_ratio", "ratio", "method-high-severity", Artefact, high));
    figures
}

/// Tables.
pub(super) fn tables(all: &Measured<Incidents>) -> Vec<Table> {
    let Some(incidents) = all.known() else { return Vec::new() };
    let number = |value: Option<f64>| {
        Cell::Number(Measured::or_lacks(value, Kind::Incidents), std::collections::BTreeSet::new())
    };
    // Whether the causing change was AI's is conduct of those who made it; without a history there is nothing to tell.
    let linked = if incidents.with_history { Cell::Conduct } else { Cell::Text };
    let rows = incidents.lines.iter().take(MOST_LISTED).map(|line| Row {
        label: line.at.id.clone(),
        cells: vec![
            number(line.severity.map(f64::from)),
            number(line.minutes),
            Cell::Text(role(line.role).into()),
            Cell::Text(status(line.status).into()),
            Cell::Text(cause(line.recorded).into()),
            linked(line.cause.word().into()),
        ],
        apart: [].into(),
    });
    vec![Table {
        id: "incidents",
        columns: vec!["incident", "severity", "minutes", "ai-role", "ai-status", "recorded-cause", "linked-change"],
        rows: rows.collect(),
        disclosure: Disclosure::Artefact,
    }]
}

fn role(role: AiRole) -> &'static str {
    match role {
        AiRole::None => "none",
        AiRole::AdviceFollowed => "advice followed",
        AiRole::Authored => "authored",
        AiRole::AuthoredAndExecuted => "authored and executed",
        AiRole::Executed => "executed",
        AiRole::Targeted => "targeted",
        AiRole::NotRecorded => "not recorded",
    }
}

fn status(status: AiStatus) -> &'static str {
    match status {
        AiStatus::Confirmed => "confirmed",
        AiStatus::Reported => "reported",
        AiStatus::Disputed => "disputed",
        AiStatus::RuledOut => "ruled out",
        AiStatus::NotRecorded => "not recorded",
    }
}

fn cause(cause: RecordedCause) -> &'static str {
    match cause {
        RecordedCause::HumanError => "user error",
        RecordedCause::Change => "change",
        RecordedCause::Ai => "AI",
        RecordedCause::Other => "other",
        RecordedCause::NotRecorded => "not recorded",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, minutes: f64, role: AiRole, cause: Cause) -> Line {
        Line {
            at: Recorded { id: id.into(), file: "i.csv".into(), record: 1 },
            severity: None,
            minutes: Some(minutes),
            role,
            status: AiStatus::NotRecorded,
            recorded: RecordedCause::NotRecorded,
            cause,
        }
    }

    #[test]
    fn a_silent_record_is_called_neither_with_nor_without_ai_where_links_are_hidden() {
        let lines = vec![
            line("long", 90.0, AiRole::NotRecorded, Cause::Unattributed),
            line("linked", 60.0, AiRole::NotRecorded, Cause::Attributed),
            line("recorded", 30.0, AiRole::Executed, Cause::Unlinked),
        ];
        let incidents = Incidents { lines, ..Incidents::default() };
        let ids = |shown| {
            let (with, without) = incidents.longest(shown);
            (with.map(|line| line.at.id.as_str()), without.map(|line| line.at.id.as_str()))
        };
        assert_eq!(ids(true), (Some("linked"), Some("long")));
        assert_eq!(ids(false), (Some("recorded"), None));
    }
}
