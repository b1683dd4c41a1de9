//! Each kind of field, through the generic profile.

use super::super::fields;
use super::*;
use crate::facts::change::OperationClass;
use crate::facts::incident::{
    AiRole, AiStatus, ApprovalBypass, ApprovalOrder, ChangeRole, IncidentClass, RecordedCause, Reversible, Scope, Tri,
};

fn customers(incident: &Incident) -> Option<u64> {
    incident.reach.rest.as_ref().and_then(|rest| rest.customers)
}

#[test]
fn every_documented_column_reaches_its_fact() {
    let incident = one(&[
        ("class", "near miss"),
        ("severity", "2"),
        ("detected_at", "2026-03-05T10:01:00Z"),
        ("opened_at", "2026-03-05T10:02:00Z"),
        ("acknowledged_at", "2026-03-05T10:03:00Z"),
        ("resolved_at", "2026-03-05T11:30:00Z"),
        ("closed_at", "2026-03-06T10:00:00Z"),
        ("services", "checkout; search"),
        ("environments", "production"),
        ("regions", "eu-west;us-east"),
        ("customers", "120000"),
        ("ai_role", "authored and executed"),
        ("ai_status", "disputed"),
        ("ai_tool", "Amazon Q"),
        ("recorded_cause", "human_error"),
        ("operation_class", "o3"),
        ("object_scope", "B3"),
        ("impact_scope", "b2"),
        ("required_humans", "2"),
        ("obtained_humans", "0"),
        ("senior_required", "yes"),
        ("senior_obtained", "no"),
        ("tested_workflow", "unknown"),
        ("approval_order", "missing"),
        ("approval_bypass", "role-too-broad"),
        ("reversible", "with_effort"),
        ("backups_affected", "false"),
        ("postmortem", "TRUE"),
        ("cause_key", "C-17"),
        ("responders", "mia@harbour.example;jon;MIA@harbour.example"),
    ])
    .unwrap();
    assert_eq!((incident.id.as_str(), &*incident.file, incident.record), ("I-1", "i.csv", 2));
    assert_eq!((incident.class, incident.severity), (IncidentClass::NearMiss, Some(2)));
    assert_eq!(incident.duration_minutes(), Some(90.0));
    assert_eq!(incident.times.acknowledged.map(|t| t.to_string()), Some("2026-03-05T10:03:00Z".into()));
    assert_eq!(incident.times.detected.map(|t| t.to_string()), Some("2026-03-05T10:01:00Z".into()));
    assert_eq!(
        incident.times.rest.as_ref().and_then(|rest| rest.closed).map(|t| t.to_string()),
        Some("2026-03-06T10:00:00Z".into())
    );
    assert_eq!(incident.reach.services.iter().map(|service| &**service).collect::<Vec<_>>(), ["checkout", "search"]);
    assert_eq!(
        (incident.reach.regions.len(), incident.reach.environments.len(), customers(&incident)),
        (2, 1, Some(120_000))
    );
    assert_eq!((incident.ai_role, incident.ai_status), (AiRole::AuthoredAndExecuted, AiStatus::Disputed));
    assert_eq!(incident.ai_tool.as_deref(), Some("amazon-q"));
    assert_eq!(incident.recorded_cause, RecordedCause::HumanError);
    assert_eq!(incident.operation, Some(OperationClass::O3));
    assert_eq!((incident.object_scope, incident.impact_scope), (Some(Scope::B3), Some(Scope::B2)));
    let authorisation = incident.authorisation;
    assert_eq!((authorisation.required_humans, authorisation.obtained_humans), (Some(2), Some(0)));
    assert_eq!((authorisation.senior_required, authorisation.senior_obtained), (Tri::Yes, Tri::No));
    assert_eq!(authorisation.tested_workflow, Tri::NotRecorded);
    assert_eq!((authorisation.order, authorisation.bypass), (ApprovalOrder::Missing, ApprovalBypass::RoleTooBroad));
    assert_eq!((incident.reversible, incident.backups_affected), (Reversible::WithEffort, Tri::No));
    assert_eq!((incident.postmortem, incident.cause_key.as_deref()), (Tri::Yes, Some("C-17")));
    assert_eq!((incident.responders.len(), incident.personal_fields), (2, 1));
}

#[test]
fn what_is_empty_or_absent_is_not_recorded_and_never_no() {
    for columns in [&[][..], &[("ai_role", ""), ("customers", "N/A"), ("postmortem", "?"), ("severity", " ")][..]] {
        let incident = one(columns).unwrap();
        assert_eq!((incident.ai_role, incident.postmortem), (AiRole::NotRecorded, Tri::NotRecorded));
        assert_eq!((customers(&incident), incident.severity, incident.operation), (None, None, None));
        assert_eq!((incident.impact_scope, incident.authorisation.required_humans), (None, None));
        assert_eq!(incident.recorded_cause, RecordedCause::NotRecorded);
        assert_eq!(incident.duration_minutes(), None);
    }
}

#[test]
fn a_recorded_none_is_not_the_same_as_nothing_recorded() {
    let incident = one(&[("ai_role", "none"), ("approval_bypass", "none"), ("severity", "none")]).unwrap();
    assert_eq!((incident.ai_role, incident.authorisation.bypass), (AiRole::None, ApprovalBypass::None));
    assert_eq!(incident.severity, None);
}

#[test]
fn a_word_without_a_meaning_stops_with_its_line_and_the_key_to_add() {
    let csv = "id,started_at,severity\nA,2026-01-01T00:00:00Z,1\nB,2026-01-01T00:00:00Z,P0\n";
    says(
        generic(csv),
        &["exit 3", "i.csv:3", "`P0`", "severity = { map = { \"P0\" = 3 } }", "extends = \"generic-csv\""],
    );
    for column in ["ai_role", "class", "impact_scope", "postmortem", "customers", "required_humans", "approval_order"] {
        says(one(&[(column, "perhaps")]).map(|_| Facts::default()), &["exit 3", "i.csv:2", "`perhaps`", column]);
    }
}

#[test]
fn a_long_or_unusual_value_is_described_and_not_quoted() {
    let problem = one(&[("severity", "mia@harbour.example said so")]).map(|_| ()).unwrap_err();
    assert!(problem.contains("a value of 27 characters") && !problem.contains("mia"), "{problem}");
}

#[test]
fn what_is_left_out_of_counts_needs_no_severity() {
    for class in ["maintenance", "test", "duplicate", "cancelled", "Canceled"] {
        let incident = one(&[("class", class), ("severity", "P0")]).unwrap();
        assert!(incident.class.is_excluded() && incident.severity.is_none(), "{class}");
    }
}

#[test]
fn the_start_is_when_it_occurred_else_was_detected_else_opened() {
    let start = |csv: &str| generic(csv).unwrap().incidents[0].times.started.unwrap().to_string();
    let all = "id,opened_at,detected_at,started_at\nA,2026-01-03T00:00Z,2026-01-02T00:00Z,2026-01-01T00:00Z\n";
    assert_eq!(start(all), "2026-01-01T00:00:00Z");
    assert_eq!(start("id,opened_at,detected_at\nA,2026-01-03T00:00Z,2026-01-02T00:00Z\n"), "2026-01-02T00:00:00Z");
    assert_eq!(start("id,opened_at\nA,2026-01-03T00:00Z\n"), "2026-01-03T00:00:00Z");
}

#[test]
fn an_end_at_or_before_the_start_or_by_day_only_is_untimed() {
    for end in ["2026-03-05T10:00:00Z", "2026-03-05T09:00:00Z", "2026-03-07", ""] {
        assert_eq!(one(&[("resolved_at", end)]).unwrap().duration_minutes(), None, "{end}");
    }
    assert_eq!(one(&[("resolved_at", "2026-03-05T10:01:00Z")]).unwrap().duration_minutes(), Some(1.0));
}

#[test]
fn a_cause_is_surer_than_an_attachment_and_a_fix_is_no_cause() {
    let columns = [
        ("change_cause", "1A2B3C4D"),
        ("change_fix", "https://git.example/shop/pay/pull/12"),
        ("change_link", "#9 #9"),
        ("change_repository", "checkout"),
    ];
    let changes = one(&columns).unwrap().changes;
    let told: Vec<_> =
        changes.iter().map(|c| (c.reference.as_str(), c.repository.as_deref(), c.role, c.confidence)).collect();
    let expected = [
        ("#12", Some("pay"), ChangeRole::Fix, 5),
        ("#9", Some("checkout"), ChangeRole::Unknown, 3),
        ("1a2b3c4d", Some("checkout"), ChangeRole::Cause, 5),
    ];
    assert_eq!(told, expected);
}

#[test]
fn responders_are_told_apart_but_not_known() {
    let csv = "id,started_at,responders\nA,2026-01-01T00:00Z,mia;jon\nB,2026-01-01T00:00Z,mia\n";
    let facts = generic(csv).unwrap();
    assert!(facts.incidents[1].responders.iter().all(|person| facts.incidents[0].responders.contains(person)));
    assert!(!format!("{facts:?}").contains("mia"));
}

#[test]
fn local_times_are_read_in_the_zone_of_the_plan_across_a_clock_change() {
    let entry =
        "path = \"i.csv\"\nprofile = \"generic-csv\"\nzone = \"Europe/Berlin\"\ntime_format = \"%d.%m.%Y %H:%M\"";
    // From 01:30 CET to 03:30 CEST is one hour on 29 March 2026.
    let csv = "id,started_at,resolved_at\nA,29.03.2026 01:30,29.03.2026 03:30\nB,25.10.2026 01:30,25.10.2026 03:30\n";
    let facts = folder(&[entry], &[("i.csv", csv)]).unwrap();
    let minutes: Vec<_> = facts.incidents.iter().map(Incident::duration_minutes).collect();
    assert_eq!(minutes, [Some(60.0), Some(180.0)]);
}

#[test]
fn the_documentation_lists_every_column_of_the_generic_profiles() {
    let text = include_str!("../mod.rs");
    let profiles = [
        (fields::Target::Incidents, include_str!("../profiles/generic-csv.toml")),
        (fields::Target::Deployments, include_str!("../profiles/generic-deployments-csv.toml")),
    ];
    for (target, profile) in profiles {
        for name in fields::of(target).map(fields::Name::word) {
            assert!(text.contains(&format!("`{name}`")), "{name} is not documented");
            assert!(profile.contains(&format!("\n{name} = ")), "{name} is not in the profile");
        }
    }
}
