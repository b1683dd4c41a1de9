//! Shipped profiles on exports of their tools, and what happens to whole exports.

use super::*;
use crate::facts::incident::{ChangeRole, IncidentClass};

const SERVICENOW: &str = "path = \"s.csv\"\nprofile = \"servicenow-incident-csv\"\nzone = \"Europe/Berlin\"\n\
    time_format = \"%d-%m-%Y %H:%M\"";

/// The event-log form: one row per update. The last row by `sys_mod_count` counts, wherever it stands.
const EVENT_LOG: &str = "\
number,incident_state,sys_mod_count,caller_id,opened_at,priority,assigned_to,problem_id,rfc,caused_by,resolved_by,resolved_at
INC1,Resolved,10,Caller 3,29-02-2016 01:16,2 - High,Resolver 9,?,CHG0000097,CHG0000132,Resolved by 1,29-02-2016 11:29
INC1,New,0,Caller 3,29-02-2016 01:16,3 - Moderate,Resolver 8,?,?,?,Resolved by 1,29-02-2016 11:29
INC1,Active,9,Caller 3,29-02-2016 01:16,9 - Odd,?,?,CHG0000099,?,Resolved by 1,29-02-2016 11:29
INC2,Canceled,0,Caller 4,01-03-2016 01:16,9 - Odd,?,?,?,?,?,?
INC3,Closed,0,Caller 4,01-03-2016 01:16,5 - Planning,?,Problem ID  2,?,?,?,?
";

#[test]
fn a_servicenow_event_log_is_one_incident_per_number() {
    let facts = folder(&[SERVICENOW], &[("s.csv", EVENT_LOG)]).unwrap();
    let ids: Vec<_> = facts.incidents.iter().map(|i| (i.id.as_str(), i.record, i.severity)).collect();
    assert_eq!(ids, [("INC1", 2, Some(2)), ("INC2", 5, None), ("INC3", 6, Some(5))]);
    let first = &facts.incidents[0];
    assert_eq!(first.duration_minutes(), Some(613.0));
    // Everybody who was assigned on the way, and who resolved it.
    assert_eq!(first.responders.len(), 3);
    assert_eq!(first.personal_fields, 3);
    assert_eq!(facts.incidents[1].class, IncidentClass::Cancelled);
    assert_eq!(facts.incidents[2].cause_key.as_deref(), Some("Problem ID  2"));
    assert!(facts.refused.is_empty() && facts.has(Kind::Incidents));
}

#[test]
fn in_servicenow_the_request_for_change_is_the_fix_and_a_withdrawn_one_is_gone() {
    let facts = folder(&[SERVICENOW], &[("s.csv", EVENT_LOG)]).unwrap();
    let changes: Vec<_> =
        facts.incidents[0].changes.iter().map(|c| (c.reference.as_str(), c.role, c.confidence)).collect();
    assert_eq!(changes, [("CHG0000097", ChangeRole::Fix, 5), ("CHG0000132", ChangeRole::Cause, 5)]);
}

#[test]
fn an_export_in_local_dates_asks_for_its_format_and_its_zone() {
    let profile = "path = \"s.csv\"\nprofile = \"servicenow-incident-csv\"";
    says(folder(&[profile], &[("s.csv", EVENT_LOG)]), &["exit 3", "s.csv:2", "time_format = "]);
    let no_zone = format!("{profile}\ntime_format = \"%d-%m-%Y %H:%M\"");
    says(folder(&[&no_zone], &[("s.csv", EVENT_LOG)]), &["exit 3", "s.csv:2", "opened_at", "zone = \"Europe/Berlin\""]);
}

const STATUSPAGE: &str = r#"{"id":"a1","impact":"major","components":[{"name":"API"},{"name":"Web"}],"started_at":"2026-01-05T10:00:00Z","resolved_at":"2026-01-05T11:00:00Z"}
{"id":"a2","impact":"maintenance","components":["API"],"started_at":"2026-01-06T10:00:00Z","resolved_at":null}

{"id":"a3","impact":"none","status":"completed","started_at":"2026-01-07T10:00:00Z"}
{"id":"a4","impact":"none","status":"resolved","started_at":"2026-01-07T10:00:00Z","resolved_at":"2026-01-07T10:00:00Z"}
"#;

#[test]
fn a_status_page_reads_the_same_as_lines_as_a_list_and_as_an_object() {
    let list = format!("[{}]", STATUSPAGE.lines().filter(|l| !l.is_empty()).collect::<Vec<_>>().join(","));
    let object = format!("{{\"page\":{{}},\"incidents\":{list}}}");
    let entry = "path = \"p\"\nprofile = \"statuspage-json\"";
    for (text, places) in [(STATUSPAGE, [1, 2, 4, 5]), (&list, [1, 2, 3, 4]), (&object, [1, 2, 3, 4])] {
        let facts = folder(&[entry], &[("p", text)]).unwrap();
        let told: Vec<_> = facts.incidents.iter().map(|i| (i.class, i.severity, i.record)).collect();
        let (i, m) = (IncidentClass::Incident, IncidentClass::Maintenance);
        let severities = [(i, Some(2)), (m, None), (m, None), (i, Some(4))];
        let expected: Vec<_> = severities.iter().zip(places).map(|((c, s), at)| (*c, *s, at)).collect();
        assert_eq!(told, expected);
        assert_eq!(facts.incidents[0].reach.services.len(), 2);
        assert_eq!(facts.incidents[1].reach.services.first().map(|service| &**service), Some("API"));
        assert_eq!(facts.incidents[3].duration_minutes(), None);
    }
}

#[test]
fn a_cloud_status_list_is_read() {
    let json = r#"[{"id":"x","begin":"2026-01-01T00:00:00+00:00","end":"2026-01-01T03:00:00+00:00","severity":"high",
        "affected_products":[{"title":"Cloud SQL","id":"h"}],"previously_affected_locations":[{"title":"T","id":"us-east1"}]}]"#;
    let facts = folder(&["path = \"g.json\"\nprofile = \"google-cloud-status\""], &[("g.json", json)]).unwrap();
    let incident = &facts.incidents[0];
    assert_eq!((incident.severity, incident.duration_minutes()), (Some(1), Some(180.0)));
    assert!(
        incident.reach.services.contains(&"Cloud SQL".into()) && incident.reach.regions.contains(&"us-east1".into())
    );
}

#[test]
fn generic_json_takes_the_same_names_and_nested_ones() {
    let json = r#"[{"id":1,"started_at":"2026-01-01T00:00:00Z","severity":3,"services":["a","b"],"responders":["m"],
        "ai":{"role":"executed","status":"disputed"},"authorisation":{"required_humans":2,"obtained_humans":null}}]"#;
    let facts = folder(&["path = \"g\"\nprofile = \"generic-json\""], &[("g", json)]).unwrap();
    let incident = &facts.incidents[0];
    assert_eq!((incident.id.as_str(), incident.severity, incident.reach.services.len()), ("1", Some(3), 2));
    assert!(incident.ai_role.executed());
    assert_eq!((incident.authorisation.required_humans, incident.authorisation.obtained_humans), (Some(2), None));
}

#[test]
fn each_export_is_an_input_with_its_digest_and_its_records() {
    let csv = "id,started_at\nA,2026-01-01T00:00Z\n";
    let facts = generic(csv).unwrap();
    let input = &facts.inputs[0];
    assert_eq!((input.kind, input.path.as_str(), input.format.as_str()), (Kind::Incidents, "i.csv", "generic-csv"));
    assert_eq!((input.records, input.sha256.clone()), (1, crate::sources::sha256_hex(csv.as_bytes())));
    let mapping = "format = \"csv\"\n[fields]\nid = \"id\"\nstarted_at = \"started_at\"\n";
    assert_eq!(mapped(mapping, "x.csv", csv).unwrap().inputs[0].format, "mapping");
}

#[test]
fn an_id_that_comes_again_is_refused_and_counted_once_per_export() {
    let csv = "id,started_at\nA,2026-01-01T00:00Z\nA,2026-01-02T00:00Z\nA,2026-01-03T00:00Z\n";
    let facts = generic(csv).unwrap();
    assert_eq!(facts.incidents.len(), 1);
    let told: Vec<_> = facts.refused.iter().map(|r| (r.reason.word(), r.at, r.count)).collect();
    assert_eq!(told, [("duplicate", Some(3), 2)]);
}

#[test]
fn overlapping_exports_count_an_incident_once_and_equal_numbers_of_two_teams_twice() {
    let entries = ["path = \"a.csv\"\nprofile = \"generic-csv\"", "path = \"b.csv\"\nprofile = \"generic-csv\""];
    let a = "id,started_at\n1,2026-01-01T00:00Z\n2,2026-01-02T00:00Z\n";
    let b = "id,started_at\n2,2026-01-02T00:00Z\n1,2026-01-09T00:00Z\n";
    let facts = folder(&entries, &[("a.csv", a), ("b.csv", b)]).unwrap();
    assert_eq!((facts.incidents.len(), facts.refused.len()), (3, 1));
}

#[test]
fn an_export_without_records_is_read_and_holds_nothing() {
    let facts = generic("id,started_at\n").unwrap();
    assert!(facts.has(Kind::Incidents) && facts.incidents.is_empty() && facts.refused.is_empty());
}

#[test]
fn one_unusable_export_is_refused_and_the_others_are_read() {
    let entries = ["path = \"a.csv\"\nprofile = \"generic-csv\"", "path = \"b.csv\"\nprofile = \"generic-csv\""];
    let facts = folder(&entries, &[("a.csv", "\u{0}\u{1}garbage"), ("b.csv", "id,started_at\n1,2026-01-01T00:00Z\n")]);
    let facts = facts.unwrap();
    assert_eq!((facts.incidents.len(), facts.refused.len(), facts.inputs.len()), (1, 1, 2));
    says(folder(&entries[..1], &[("a.csv", "\u{0}\u{1}garbage")]), &["exit 3", "cannot use any", "a.csv"]);
}

#[test]
fn a_plan_without_incidents_reads_nothing() {
    let facts = folder(&[], &[]).unwrap();
    assert!(!facts.has(Kind::Incidents));
}
