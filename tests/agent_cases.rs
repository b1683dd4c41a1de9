//! Ten published incidents, coded by hand from the sources that each record names, through a mapping file.
//!
//! The comparator that AI did not cause must stay one: a set without it would bake in the conclusion.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use std::collections::{BTreeMap, BTreeSet};

use countersign::facts::Facts;
use countersign::facts::incident::{AiRole, AiStatus, Incident, Scope};
use countersign::plan::Plan;
use countersign::sources::Quiet;
use serde_json::Value;

const CASES: &str = include_str!("cases/agent-incidents.jsonl");
const MAPPING: &str = include_str!("cases/mapping.toml");

fn read() -> (tempfile::TempDir, Facts) {
    let dir = tempfile::tempdir().unwrap();
    let plan = "[audit]\norganisation = \"Cases\"\nperiod = \"2025-07-01..2026-07-01\"\n\
        [[incidents]]\npath = \"cases.jsonl\"\nmapping = \"mapping.toml\"\n";
    for (file, text) in [("audit.toml", plan), ("cases.jsonl", CASES), ("mapping.toml", MAPPING)] {
        std::fs::write(dir.path().join(file), text).unwrap();
    }
    let plan = Plan::load(dir.path()).map_err(|problem| problem.to_string()).expect("the plan reads");
    let facts = countersign::sources::read(&plan, &Quiet).map_err(|problem| problem.to_string());
    (dir, facts.expect("the cases read"))
}

fn by_id(facts: &Facts) -> BTreeMap<&str, &Incident> {
    facts.incidents.iter().map(|incident| (incident.id.as_str(), incident)).collect()
}

fn cases() -> impl Iterator<Item = Value> {
    CASES.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).unwrap())
}

#[test]
fn every_case_is_read_with_its_codes_scopes_and_dispute() {
    let (_dir, facts) = read();
    let read = by_id(&facts);
    assert_eq!((read.len(), facts.refused.len()), (10, 0), "{:?}", facts.refused);
    for case in cases() {
        let id = case["case_id"].as_str().unwrap();
        let incident = read[id];
        let codes: BTreeSet<&str> = incident.failure_modes.iter().map(|mode| mode.word()).collect();
        let given: BTreeSet<&str> =
            case["failure_modes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
        assert_eq!(codes, given, "{id}");
        assert_eq!(incident.object_scope.map(Scope::word), case["operation_scope"].as_str(), "{id}");
        assert_eq!(incident.impact_scope.map(Scope::word), case["impact_scope"].as_str(), "{id}");
        assert_eq!(incident.ai_status == AiStatus::Disputed, case["ai_role_status"] == "disputed", "{id}");
        let hours = case["duration_h"].as_f64().filter(|hours| *hours > 0.0);
        assert_eq!(incident.duration_minutes(), hours.map(|hours| hours * 60.0), "{id}");
        assert_eq!(incident.times.started.is_some(), case["occurred"].is_string(), "{id}");
    }
}

#[test]
fn the_case_that_ai_did_not_cause_is_not_counted_as_ais() {
    let (_dir, facts) = read();
    let comparator = by_id(&facts)["amazon-retail-2026-03-05"];
    assert_eq!((comparator.ai_role, comparator.ai_role.took_part()), (AiRole::None, false));
    let with_ai = facts.incidents.iter().filter(|incident| incident.ai_role.took_part()).count();
    assert_eq!(with_ai, 9);
}
