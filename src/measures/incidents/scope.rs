//! Blast radius: what an operation acted on and what was hit, B0 to B6 (`facts/incidents.md` 3.4).
//!
//! The two are kept apart: an operation on an environment may hit one service. Each is computed from what the record
//! names or counts, and compared with what it declares. What is not recorded is unknown, never small.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Recorded, started_in};
use crate::facts::change::OperationClass;
use crate::facts::incident::{Extent, Incident, IncidentClass, Labels, Scope};
use crate::facts::{Facts, Kind};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::plan::Plan;

/// More customers, or a larger share of them in percent, are "customer-wide"
/// (Delegated Regulation (EU) 2024/1772, Art. 9(1)).
const MANY_CUSTOMERS: (u64, f64) = (100_000, 10.0);

/// Names of regions that stand for several regions.
const SEVERAL_REGIONS: [&str; 3] = ["us", "eu", "asia"];

/// Scopes of the incidents of the period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scopes {
    /// All.
    pub incidents: usize,
    /// Scope of the impact.
    pub impact: BTreeMap<Scope, usize>,
    /// Scope of what was acted on.
    pub object: BTreeMap<Scope, usize>,
    /// Both known, and the impact wider than what was acted on.
    pub amplified: usize,
    /// Declared otherwise than computed.
    pub mismatches: Vec<Recorded>,
}

impl Scopes {
    /// Incidents of unknown impact.
    pub fn unknown(&self) -> usize {
        self.incidents - self.impact.values().sum::<usize>()
    }

    /// Computes every incident's scopes; unknown without incident records.
    pub fn of(facts: &Facts, plan: &Plan) -> Measured<Self> {
        if !facts.has(Kind::Incidents) {
            return Measured::lacks(Kind::Incidents);
        }
        let mut scopes = Self::default();
        for incident in started_in(facts, plan) {
            let (impact, object) = (impact(incident), object(incident));
            scopes.incidents += 1;
            if differs(incident.impact_scope, impact) || differs(incident.object_scope, object) {
                scopes.mismatches.push(Recorded::of(incident));
            }
            // What a person stated stands; the computed scope fills what is silent.
            let (impact, object) = (incident.impact_scope.or(impact), incident.object_scope.or(object));
            scopes.amplified += usize::from(matches!((impact, object), (Some(hit), Some(acted)) if hit > acted));
            for (scope, counts) in [(impact, &mut scopes.impact), (object, &mut scopes.object)] {
                if let Some(scope) = scope {
                    *counts.entry(scope).or_default() += 1;
                }
            }
        }
        Measured::Known(scopes)
    }
}

fn differs(declared: Option<Scope>, computed: Option<Scope>) -> bool {
    declared.zip(computed).is_some_and(|(declared, computed)| declared != computed)
}

/// Scope of what was hit: the highest row of the table that the record proves.
pub(super) fn impact(incident: &Incident) -> Option<Scope> {
    if incident.class == IncidentClass::NearMiss {
        return Some(Scope::B0);
    }
    let reach = &incident.reach;
    let rest = reach.rest.as_deref();
    let extent = rest.map(|rest| rest.extent).unwrap_or_default();
    let Extent { resources, services, environments, accounts, regions } = extent;
    let services = number(services, &reach.services);
    let environments = number(environments, &reach.environments);
    let regions = number(regions, &reach.regions);
    let accounts = rest.and_then(|rest| number(accounts, &rest.accounts));
    let resources = rest.and_then(|rest| number(resources, &rest.resources));
    let named = |names: &[&str]| {
        let is = |region: &Arc<str>| names.iter().any(|name| region.eq_ignore_ascii_case(name));
        reach.regions.iter().any(is)
    };
    let customers = rest.and_then(|rest| rest.customers).is_some_and(|n| n > MANY_CUSTOMERS.0)
        || rest.and_then(|rest| rest.customers_percent).is_some_and(|share| share > MANY_CUSTOMERS.1);
    let several = |n: Option<u32>| n.is_some_and(|n| n >= 2);
    let rows = [
        (Scope::B6, customers || named(&["global"])),
        (Scope::B5, several(regions) || named(&SEVERAL_REGIONS)),
        (Scope::B4, (several(environments) || several(accounts)) && regions == Some(1)),
        (Scope::B3, several(services) && (environments == Some(1) || accounts == Some(1))),
        (Scope::B2, services == Some(1) && resources != Some(1)),
        (Scope::B1, resources == Some(1) || (services == Some(0) && environments == Some(0))),
    ];
    rows.into_iter().find(|(_, holds)| *holds).map(|(scope, _)| scope)
}

/// Scope of what was acted on, from the class of the operation: O2 is a change of one service, O3 of an environment or
/// account, O4 of several (`facts/incidents.md` 3.3). Lower classes prove nothing.
fn object(incident: &Incident) -> Option<Scope> {
    match incident.operation? {
        OperationClass::O2 => Some(Scope::B2),
        OperationClass::O3 => Some(Scope::B3),
        OperationClass::O4 => Some(Scope::B4),
        OperationClass::O0 | OperationClass::O1 => None,
    }
}

/// How many of a thing: as counted, else as named; silence is not none.
fn number(counted: Option<u32>, named: &Labels) -> Option<u32> {
    counted.or_else(|| (!named.is_empty()).then(|| u32::try_from(named.len()).unwrap_or(u32::MAX)))
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<Scopes>) -> Vec<Figure> {
    let figure = |id: String, unit, method, pick: &dyn Fn(&Scopes) -> Value| {
        Figure::new(id, unit, method, Disclosure::Artefact, all.map(|scopes| pick(scopes)))
    };
    let mut figures = Vec::new();
    for scope in Scope::ALL {
        let count = |counts: &BTreeMap<Scope, usize>| Value::count(counts.get(&scope).copied().unwrap_or(0));
        let word = scope.word().to_lowercase();
        figures.push(figure(format!("incidents.impact.{word}"), "incidents", "method-impact-scope", &|s| {
            count(&s.impact)
        }));
        figures.push(figure(format!("incidents.object.{word}"), "incidents", "method-object-scope", &|s| {
            count(&s.object)
        }));
    }
    let share = |s: &Scopes| Value::share(s.unknown(), s.incidents);
    figures.push(figure("incidents.impact.unknown_share".into(), "share", "method-scope-unknown", &share));
    let amplified = |s: &Scopes| Value::count(s.amplified);
    figures.push(figure("incidents.impact.amplified".into(), "incidents", "method-amplified", &amplified));
    let mismatches = |s: &Scopes| Value::count(s.mismatches.len());
    figures.push(figure("incidents.impact.mismatch".into(), "incidents", "method-scope-mismatch", &mismatches));
    figures
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::incident::{RareReach, Reach};

    fn of(extent: Extent, regions: &[&str]) -> Option<Scope> {
        let regions = regions.iter().map(|region| (*region).into()).collect();
        let rest = Some(Box::new(RareReach { extent, ..RareReach::default() }));
        impact(&Incident { reach: Reach { regions, rest, ..Reach::default() }, ..Incident::default() })
    }

    fn extent(services: u32, environments: u32) -> Extent {
        Extent { services: Some(services), environments: Some(environments), ..Extent::default() }
    }

    #[test]
    fn each_row_of_the_table_is_reached_and_the_highest_counts() {
        assert_eq!(of(extent(0, 0), &[]), Some(Scope::B1));
        assert_eq!(of(Extent { resources: Some(1), ..extent(1, 1) }, &[]), Some(Scope::B1));
        assert_eq!(of(extent(1, 1), &["eu-west-1"]), Some(Scope::B2));
        assert_eq!(of(extent(2, 1), &["eu-west-1"]), Some(Scope::B3));
        assert_eq!(of(extent(3, 2), &["eu-west-1"]), Some(Scope::B4));
        assert_eq!(of(extent(1, 1), &["eu-west-1", "us-east-1"]), Some(Scope::B5));
        assert_eq!(of(extent(1, 1), &["eu"]), Some(Scope::B5));
        assert_eq!(of(extent(1, 1), &["Global"]), Some(Scope::B6));
    }

    #[test]
    fn what_is_not_recorded_is_unknown_and_not_small() {
        assert_eq!(of(Extent::default(), &[]), None);
        assert_eq!(of(Extent { environments: Some(1), ..Extent::default() }, &["eu-west-1"]), None);
    }

    #[test]
    fn many_customers_are_everybody_at_the_thresholds_of_the_regulation() {
        let with = |customers, customers_percent| {
            let rest = Some(Box::new(RareReach { customers, customers_percent, ..RareReach::default() }));
            impact(&Incident { reach: Reach { rest, ..Reach::default() }, ..Incident::default() })
        };
        assert_eq!(with(Some(100_001), None), Some(Scope::B6));
        assert_eq!(with(Some(100_000), Some(10.0)), None);
        assert_eq!(with(None, Some(10.1)), Some(Scope::B6));
    }

    #[test]
    fn a_near_miss_hit_nothing() {
        let incident = Incident { class: IncidentClass::NearMiss, ..Incident::default() };
        assert_eq!(impact(&incident), Some(Scope::B0));
    }
}
