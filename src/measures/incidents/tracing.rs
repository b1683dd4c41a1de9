//! How surely each incident is traced to a change: the attribution ladder of `facts/incidents.md` 2.2.
//!
//! 5 a cause field filled by the organisation, 4 a text that names the change (also the change that the named repair
//! says it fixes or reverts), 3 a change that is attached, its role not stated, 2 the only deployment of an affected
//! service to production shortly before the start. Level 1, guesses from the lines that a repair touched, is never
//! computed: it could only suggest a candidate to a person.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::started_in;
use crate::facts::deployment::{Deployment, DeploymentKind, Outcome};
use crate::facts::incident::{ChangeRole, Incident, Tri};
use crate::facts::{Facts, Kind};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::links::{HEADLINE_LEVEL, Links};
use crate::plan::Plan;

/// Only deployments so shortly before the start are taken for a cause (`facts/incidents.md` 2.2, printed with the figure).
const WINDOW: SignedDuration = SignedDuration::from_hours(2);

/// Lowest level of the sensitivity figures.
const INFERRED_LEVEL: u8 = 2;

/// What one incident is traced to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Trace {
    /// Rung of the ladder, 0 to 5.
    pub(super) level: u8,
    /// Changes of the audited history; none where the record names one from elsewhere.
    pub(super) changes: BTreeSet<usize>,
}

/// Incidents of the period by what they are traced to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tracing {
    /// All.
    pub incidents: usize,
    /// By level, 0 to 5.
    pub by_level: [usize; 6],
    /// At headline level: to an AI-assisted change, to another one, to one that the audited histories do not hold.
    pub headline: Causes,
    /// The same with deployments in time and attached changes.
    pub with_inferred: Causes,
    /// Of the incidents that record a part of AI: traced at headline level, and all.
    pub recorded_ai: (usize, usize),
    /// Of the others.
    pub recorded_other: (usize, usize),
}

/// Incidents by what their cause is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Causes {
    /// An AI-assisted change.
    pub ai: usize,
    /// A change without an attributing mark.
    pub rest: usize,
    /// A change that the audited histories do not hold.
    pub elsewhere: usize,
}

impl Causes {
    /// All that have one.
    pub fn all(self) -> usize {
        self.ai + self.rest + self.elsewhere
    }

    fn add(&mut self, trace: &Trace, links: &Links<'_>) {
        match trace.changes.iter().any(|at| links.changes[*at].is_ai()) {
            _ if trace.changes.is_empty() => self.elsewhere += 1,
            true => self.ai += 1,
            false => self.rest += 1,
        }
    }
}

impl Tracing {
    /// Traces every incident of the period; unknown without incident records.
    pub fn of(facts: &Facts, plan: &Plan, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::Incidents) {
            return Measured::lacks(Kind::Incidents);
        }
        let traces = Traces::of(facts, links);
        let mut tracing = Self::default();
        for incident in started_in(facts, plan) {
            let trace = traces.of_incident(incident);
            tracing.incidents += 1;
            tracing.by_level[usize::from(trace.level)] += 1;
            if trace.level >= HEADLINE_LEVEL {
                tracing.headline.add(&trace, links);
            }
            if trace.level >= INFERRED_LEVEL {
                tracing.with_inferred.add(&trace, links);
            }
            let ai = incident.ai_role.took_part();
            let (found, all) = if ai { &mut tracing.recorded_ai } else { &mut tracing.recorded_other };
            *found += usize::from(trace.level >= HEADLINE_LEVEL);
            *all += 1;
        }
        Measured::Known(tracing)
    }
}

/// Finds what incidents are traced to.
pub(super) struct Traces<'a, 'b> {
    links: &'b Links<'a>,
    deployments: Deployments<'b>,
}

impl<'a, 'b> Traces<'a, 'b> {
    pub(super) fn of(facts: &'b Facts, links: &'b Links<'a>) -> Self {
        Self { links, deployments: Deployments::of(facts) }
    }

    pub(super) fn of_incident(&self, incident: &Incident) -> Trace {
        trace(incident, self.links, &self.deployments)
    }
}

/// The highest rung on which the incident stands.
fn trace(incident: &Incident, links: &Links<'_>, deployments: &Deployments<'_>) -> Trace {
    let at = |level: u8| {
        let named = incident.changes.iter().filter(move |r| r.role == ChangeRole::Cause && r.confidence == level);
        let changes: BTreeSet<usize> = named.clone().filter_map(|r| links.resolve(r)).collect();
        named.clone().next().map(|_| Trace { level, changes })
    };
    let repaired = || {
        let changes = links.repaired(&incident.changes);
        (!changes.is_empty()).then_some(Trace { level: HEADLINE_LEVEL, changes })
    };
    let attached = || {
        let mut attached = incident.changes.iter().filter(|r| r.role == ChangeRole::Unknown).peekable();
        attached.peek()?;
        let changes: BTreeSet<usize> = attached.filter_map(|r| links.resolve(r)).collect();
        // A rollback that ended the incident says what the attached change had to do with it.
        let ended = changes.iter().any(|at| deployments.rolled_back(*at, incident, links));
        Some(Trace { level: if ended { HEADLINE_LEVEL } else { 3 }, changes })
    };
    let found = at(5).or_else(|| at(4)).or_else(repaired).or_else(attached).or_else(|| at(3));
    found.or_else(|| deployments.only_one_before(incident, links)).unwrap_or_default()
}

/// Deployments to production by service, in the order of time.
struct Deployments<'a>(BTreeMap<String, Vec<(Timestamp, &'a Deployment)>>);

impl<'a> Deployments<'a> {
    fn of(facts: &'a Facts) -> Self {
        let mut by_service: BTreeMap<String, Vec<(Timestamp, &Deployment)>> = BTreeMap::new();
        for deployment in facts.deployments.iter().filter(|deployment| deployment.production == Tri::Yes) {
            let Some(at) = deployment.at() else { continue };
            for service in &deployment.services {
                by_service.entry(service.to_lowercase()).or_default().push((at, deployment));
            }
        }
        for list in by_service.values_mut() {
            list.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        }
        Self(by_service)
    }

    /// Deployments of the incident's services in a span of time, each once.
    fn within(&self, incident: &Incident, span: std::ops::RangeInclusive<Timestamp>) -> Vec<&'a Deployment> {
        let mut found: Vec<&Deployment> = Vec::new();
        for service in &incident.reach.services {
            let of_service = self.0.get(&service.to_lowercase()).into_iter().flatten();
            for (_, deployment) in of_service.filter(|(at, _)| span.contains(at)) {
                if !found.iter().any(|known| std::ptr::eq(*known, *deployment)) {
                    found.push(deployment);
                }
            }
        }
        found
    }

    fn only_one_before(&self, incident: &Incident, links: &Links<'_>) -> Option<Trace> {
        let started = incident.times.started?;
        let from = started.saturating_sub(WINDOW).unwrap_or(started);
        let took_effect = |d: &&&Deployment| !matches!(d.outcome, Outcome::Failure | Outcome::Cancelled);
        let before = self.within(incident, from..=started);
        let mut before = before.iter().filter(took_effect).filter(|d| d.kind == DeploymentKind::Deploy);
        let only = before.next().filter(|_| before.next().is_none())?;
        let changes = only.change.iter().filter_map(|reference| links.resolve(reference)).collect();
        Some(Trace { level: INFERRED_LEVEL, changes })
    }

    /// Whether the last deployment before a rollback within the incident had brought this change.
    fn rolled_back(&self, change: usize, incident: &Incident, links: &Links<'_>) -> bool {
        let Some((started, resolved)) = incident.times.started.zip(incident.times.resolved) else { return false };
        let within = self.within(incident, started..=resolved);
        let rollbacks = within.iter().filter(|d| d.kind == DeploymentKind::Rollback && d.outcome != Outcome::Failure);
        rollbacks.filter_map(|rollback| rollback.at()).any(|at| {
            let before = self.within(incident, Timestamp::MIN..=at);
            let last = before.iter().filter(|d| d.kind == DeploymentKind::Deploy).max_by_key(|d| (d.at(), &d.id));
            let brought = last.and_then(|deployment| deployment.change.as_ref());
            brought.and_then(|reference| links.resolve(reference)) == Some(change)
        })
    }
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<Tracing>) -> Vec<Figure> {
    use Disclosure::{Artefact, Conduct};
    let figure = |id: String, unit, method, disclosure, pick: &dyn Fn(&Tracing) -> Value| {
        Figure::new(id, unit, method, disclosure, all.map(|tracing| pick(tracing)))
    };
    let mut figures: Vec<Figure> = [5, 4, 3, 2, 0]
        .into_iter()
        .map(|level: usize| {
            let pick = move |tracing: &Tracing| Value::count(tracing.by_level[level]);
            figure(format!("incidents.traced.level_{level}"), "incidents", "method-traced-level", Artefact, &pick)
        })
        .collect();
    let share = |id: &str, disclosure, pick: fn(&Tracing) -> (usize, usize)| {
        let value = move |tracing: &Tracing| {
            let (part, all) = pick(tracing);
            Value::share(part, all)
        };
        let method = if disclosure == Artefact { "method-traced-share" } else { "method-traced-bounds" };
        figure(id.to_owned(), "share", method, disclosure, &value)
    };
    figures.push(share("incidents.traced.share", Artefact, |t| (t.headline.all(), t.incidents)));
    figures.push(share("incidents.traced.share_with_inferred", Artefact, |t| (t.with_inferred.all(), t.incidents)));
    figures.push(share("incidents.traced.ai_recorded_share", Artefact, |t| t.recorded_ai));
    figures.push(share("incidents.traced.other_share", Artefact, |t| t.recorded_other));
    let count = |id: &str, pick: fn(&Tracing) -> usize| {
        let value = move |tracing: &Tracing| Value::count(pick(tracing));
        figure(id.to_owned(), "incidents", "method-traced-to-ai", Conduct, &value)
    };
    figures.push(count("incidents.traced.to_ai", |t| t.headline.ai));
    figures.push(count("incidents.traced.to_ai_with_inferred", |t| t.with_inferred.ai));
    figures.push(share("incidents.traced.ai_at_least", Conduct, |t| (t.headline.ai, t.incidents)));
    figures.push(share("incidents.traced.ai_at_most", Conduct, |t| (t.incidents - t.headline.rest, t.incidents)));
    figures
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::incident::ChangeRef;
    use crate::facts::sample::{change, facts, incident, instant, mark};
    use crate::facts::{Change, Repository};

    fn reference(letter: char, role: ChangeRole, confidence: u8) -> ChangeRef {
        ChangeRef { reference: letter.to_string().repeat(40), repository: None, role, confidence }
    }

    fn deployment(id: &str, at: &str, kind: DeploymentKind, letter: char) -> Deployment {
        Deployment {
            id: id.into(),
            finished: Some(instant(at)),
            kind,
            production: Tri::Yes,
            services: ["pay".into()].into(),
            change: Some(reference(letter, ChangeRole::Unknown, 3)),
            ..Deployment::default()
        }
    }

    /// One incident on 2 July, 10 to 11, of the service `Pay`.
    fn traced(changes: Vec<ChangeRef>, deployments: Vec<Deployment>) -> Tracing {
        let mut facts = facts(&[Kind::Incidents, Kind::History, Kind::Deployments]);
        facts.changes = vec![
            Change { marks: vec![mark()], ..change('1', "2026-07-01T10:00:00Z") },
            change('2', "2026-07-01T11:00:00Z"),
            Change { fixes: vec![change('1', "2026-07-01T10:00:00Z").id], ..change('3', "2026-07-02T10:30:00Z") },
        ];
        let mut one = incident("I", "2026-07-02T10:00:00Z", "2026-07-02T11:00:00Z");
        one.changes = changes.into();
        one.reach.services = ["Pay".into()].into();
        facts.incidents = vec![one];
        facts.deployments = deployments;
        let period = crate::plan::Period::parse("2026-Q3").ok();
        let plan = Plan::for_repository(std::path::Path::new("shop"), period).unwrap();
        let _: &Repository = &facts.repositories[0];
        *Tracing::of(&facts, &plan, &Links::of(&facts, &plan)).known().unwrap()
    }

    fn level(tracing: &Tracing) -> usize {
        tracing.by_level.iter().rposition(|count| *count == 1).unwrap()
    }

    #[test]
    fn the_surest_link_decides_the_level() {
        use ChangeRole::{Cause, Fix, Unknown};
        assert_eq!(level(&traced(vec![reference('2', Cause, 5), reference('1', Unknown, 3)], vec![])), 5);
        assert_eq!(level(&traced(vec![reference('2', Cause, 4)], vec![])), 4);
        assert_eq!(level(&traced(vec![reference('2', Unknown, 3)], vec![])), 3);
        assert_eq!(level(&traced(vec![reference('2', Fix, 5)], vec![])), 0);
    }

    #[test]
    fn a_repair_that_names_what_it_fixes_names_the_cause_and_is_none_itself() {
        let tracing = traced(vec![reference('3', ChangeRole::Fix, 5)], vec![]);
        assert_eq!((level(&tracing), tracing.headline), (4, Causes { ai: 1, ..Causes::default() }));
    }

    #[test]
    fn a_cause_outside_the_audited_histories_is_traced_and_belongs_to_neither_group() {
        let tracing = traced(vec![reference('9', ChangeRole::Cause, 5)], vec![]);
        assert_eq!((level(&tracing), tracing.headline), (5, Causes { elsewhere: 1, ..Causes::default() }));
    }

    #[test]
    fn the_only_deployment_of_the_service_in_two_hours_is_inferred_and_two_are_none() {
        use DeploymentKind::{Deploy, Rollback};
        let one = deployment("a", "2026-07-02T08:30:00Z", Deploy, '1');
        let early = deployment("b", "2026-07-02T07:59:00Z", Deploy, '2');
        let tracing = traced(vec![], vec![one.clone(), early]);
        assert_eq!((level(&tracing), tracing.headline.all(), tracing.with_inferred.ai), (2, 0, 1));
        let second = deployment("c", "2026-07-02T09:00:00Z", Deploy, '2');
        assert_eq!(level(&traced(vec![], vec![one.clone(), second])), 0);
        let back = deployment("d", "2026-07-02T09:00:00Z", Rollback, '2');
        assert_eq!(level(&traced(vec![], vec![one.clone(), back])), 2);
        let elsewhere = Deployment { production: Tri::No, ..one.clone() };
        assert_eq!(level(&traced(vec![], vec![elsewhere])), 0);
        let failed = Deployment { outcome: Outcome::Failure, ..one };
        assert_eq!(level(&traced(vec![], vec![failed])), 0);
    }

    #[test]
    fn a_rollback_that_ended_it_raises_an_attached_change() {
        use DeploymentKind::{Deploy, Rollback};
        let deploy = deployment("a", "2026-07-02T05:00:00Z", Deploy, '1');
        let back = deployment("b", "2026-07-02T10:50:00Z", Rollback, '2');
        let attached = || vec![reference('1', ChangeRole::Unknown, 3)];
        assert_eq!(level(&traced(attached(), vec![deploy.clone(), back.clone()])), 4);
        assert_eq!(level(&traced(attached(), vec![deploy])), 3);
        let other = deployment("c", "2026-07-02T06:00:00Z", Deploy, '2');
        assert_eq!(level(&traced(attached(), vec![other, back])), 3);
    }

    #[test]
    fn what_is_not_traced_bounds_the_share_of_ai() {
        let tracing = traced(vec![], vec![]);
        let of = |id: &str| {
            let figures = figures(&Measured::Known(tracing));
            figures.into_iter().find(|f| f.id == id).and_then(|f| f.value.known().and_then(|v| v.value))
        };
        assert_eq!((of("incidents.traced.ai_at_least"), of("incidents.traced.ai_at_most")), (Some(0.0), Some(1.0)));
    }
}
