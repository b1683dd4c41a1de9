//! Facts in, finding out, for the tests of checks.

use std::path::Path;

use super::{BUILT, Finding};
use crate::facts::Facts;
use crate::measures::Measures;
use crate::plan::{Criterion, Period, Plan, SetBy};

/// A plan for 2026-Q3 without inputs.
pub(crate) fn plan() -> Plan {
    Plan::for_repository(Path::new("shop"), Period::parse("2026-Q3").ok()).unwrap()
}

/// The same with one criterion.
pub(crate) fn plan_with(id: &str, at_most: f64, set_by: SetBy) -> Plan {
    let mut plan = plan();
    plan.criteria.insert(id.into(), Criterion { at_most: Some(at_most), at_least: None, set_by });
    plan
}

/// What a check says about facts.
pub(crate) fn finding(id: &str, facts: &Facts) -> Finding {
    finding_with(id, facts, &plan())
}

/// What a check says about facts under a plan.
pub(crate) fn finding_with(id: &str, facts: &Facts, plan: &Plan) -> Finding {
    let check = BUILT.iter().find(|check| check.id == id).unwrap();
    (check.judge)(&Measures::of(facts, plan), plan)
}
