//! Hours of reading that the changes of the period ask for, against the hours that were allotted.

use std::collections::BTreeSet;

use crate::facts::register::{Policy, Staffing};
use crate::facts::{Facts, Kind};
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::links::Links;
use crate::measures::robustness::sign_off::applies;
use crate::measures::{Measured, days_held};
use crate::plan::Plan;

/// Lines an hour at the lenient and the strict end: the band of the SmartBear/Cisco review study (2006).
pub const LINES_PER_HOUR: (f64, f64) = (500.0, 300.0);

/// Kind of policy that asks for one more reader. Dual authorisation does not: its second person is the first reader.
const ADDS_A_READER: &str = "senior_sign_off";

/// Demand and allotment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReviewDemand {
    /// Changed lines of the period, read once.
    pub lines: u64,
    /// Lines of files that `.gitattributes` calls generated or vendored; they are not among the changed lines.
    pub generated: u64,
    /// Lines that a policy asks to be read once more.
    pub policy_lines: u64,
    /// Changes whose lines are known.
    pub measured: usize,
    /// Changes whose lines are not known (binary or unreadable).
    pub unmeasured: usize,
    /// Hours allotted; `None`: no staffing entry states them.
    pub allotted: Option<f64>,
    /// Policies that ask for a reader and were given no hours: id and line in the register.
    pub unfunded: Vec<(String, u32)>,
}

impl ReviewDemand {
    /// Sums; unknown without a repository.
    pub fn of(facts: &Facts, plan: &Plan, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::History) {
            return Measured::lacks(Kind::History);
        }
        let mut demand = Self::default();
        let policies: Vec<&Policy> = facts
            .register
            .iter()
            .flat_map(|register| &register.policies)
            .filter(|policy| policy.kind == ADDS_A_READER && policy.from < plan.period.until)
            .collect();
        for work in links.work() {
            let Some(count) = work.change.lines() else {
                demand.unmeasured += 1;
                continue;
            };
            demand.measured += 1;
            demand.generated += work.change.lines_nobody_wrote();
            demand.lines += count;
            let readers = policies.iter().filter(|policy| applies(policy, work)).count();
            demand.policy_lines += count * readers as u64;
        }
        let teams: Option<BTreeSet<&str>> = facts.repositories.iter().map(|r| r.team.as_deref()).collect();
        demand.allotted = facts.register.as_ref().and_then(|register| {
            let hours = staffed(&register.staffing, teams.as_ref(), plan)?;
            Some(hours + granted(&policies, plan))
        });
        let unfunded = policies.iter().filter(|policy| policy.hours_allotted_per_week == Some(0.0));
        demand.unfunded = unfunded.map(|policy| (policy.id.clone(), policy.line)).collect();
        Measured::Known(demand)
    }

    /// Hours needed at the lenient and at the strict end.
    pub fn needed(&self) -> (f64, f64) {
        let lines = (self.lines + self.policy_lines) as f64;
        (lines / LINES_PER_HOUR.0, lines / LINES_PER_HOUR.1)
    }
}

/// Hours of the period that teams have for review: each entry holds until its team's next one. Where every repository names its
/// team, the hours of these teams count and no others, and each of them must state some; else those of all teams.
fn staffed(staffing: &[Staffing], teams: Option<&BTreeSet<&str>>, plan: &Plan) -> Option<f64> {
    let states_hours = |team: &&str| staffing.iter().any(|e| e.team == **team && e.review_hours_per_week.is_some());
    if !teams.into_iter().flatten().all(states_hours) {
        return None;
    }
    let mut hours = None;
    for entry in staffing.iter().filter(|entry| teams.is_none_or(|teams| teams.contains(entry.team.as_str()))) {
        let Some(weekly) = entry.review_hours_per_week else { continue };
        let later = staffing.iter().filter(|other| other.team == entry.team && other.from > entry.from);
        let until = later.map(|other| other.from).min();
        *hours.get_or_insert(0.0) += weekly * days_held(&plan.period, entry.from, until) / 7.0;
    }
    hours
}

/// Hours of the period that were given with policies.
fn granted(policies: &[&Policy], plan: &Plan) -> f64 {
    let hours =
        |policy: &&Policy| Some(policy.hours_allotted_per_week? * days_held(&plan.period, policy.from, None) / 7.0);
    policies.iter().filter_map(hours).sum()
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<ReviewDemand>) -> Vec<Figure> {
    use Disclosure::{Artefact, Conduct};
    let hours = |id: &str, method, pick: &dyn Fn(&ReviewDemand) -> f64| {
        Figure::new(id, "hours", method, Conduct, all.map(|d| Value::number(pick(d))))
    };
    let allotted = all.and_then(|d| Measured::or_lacks(d.allotted.map(Value::number), Kind::Register));
    let lines = |id: &str, method, pick: &dyn Fn(&ReviewDemand) -> u64| {
        Figure::new(id, "lines", method, Artefact, all.map(|d| Value::number(pick(d) as f64)))
    };
    vec![
        lines("workload.changed_lines", "method-changed-lines", &|d| d.lines),
        lines("workload.generated_lines", "method-generated-lines", &|d| d.generated),
        hours("workload.review_hours_needed.at_500", "method-hours-needed", &|d| d.needed().0),
        hours("workload.review_hours_needed.at_300", "method-hours-needed", &|d| d.needed().1),
        Figure::new("workload.review_hours_allotted", "hours", "method-hours-allotted", Artefact, allotted),
    ]
}
