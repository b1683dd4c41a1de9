//! What a mapping file may say, and how it is told when it says something else.

use super::*;
use crate::facts::incident::{AiRole, ChangeRole, IncidentClass, Tri};

/// The example of `facts/incidents.md` 1.5, with the words of `ai_role` filled in and a class.
const EXAMPLE: &str = r#"
format = "csv"; record = "row"
[collapse] key = "number"; order_by = "sys_mod_count"; keep = "last"; history = true
[null] tokens = ["", "?", "N/A"]
[time] formats = ["%d-%m-%Y %H:%M"]; zone = "Europe/Berlin"
[fields]
id = "number"; opened_at = "opened_at"; resolved_at = "resolved_at"
severity = { from = "priority", map = { "1 - Critical" = 1, "2 - High" = 2, "3 - Moderate" = 3, "4 - Low" = 4 }, else = "error" }
responders = { from = ["assigned_to","resolved_by"], pseudonymise = true }
change_cause = { from = "caused_by", kind = "change_id", confidence = "declared" }
change_fix   = { from = "rfc", kind = "change_id" }
ai_role = { from = "u_ai_involvement", map = { agent = "executed", "wrote it" = "authored" }, else = "not_recorded" }
class = { from = "state", map = { "Planned" = "maintenance" }, else = "incident" }
drop = ["caller_id","work_notes"]
[untimed] when = "resolved_at <= opened_at"
"#;

/// TOML has one key a line; the facts file writes several with `;`.
fn example() -> String {
    let mut text = EXAMPLE.replace("; ", "\n");
    for table in ["collapse", "null", "time", "untimed"] {
        text = text.replace(&format!("[{table}] "), &format!("[{table}]\n"));
    }
    text
}

const EXPORT: &str = "\
number,state,sys_mod_count,opened_at,resolved_at,priority,assigned_to,resolved_by,caused_by,rfc,u_ai_involvement,caller_id,work_notes
INC1,New,0,05-03-2026 10:00,,3 - Moderate,mia,,,,,cal,\"private, note\"
INC1,Closed,1,05-03-2026 10:00,05-03-2026 12:00,1 - Critical,jon,ana,CHG0000001,CHG0000002,agent,cal,\"a
b\"
INC2,Planned,0,06-03-2026 10:00,06-03-2026 10:00,?,?,N/A,,,odd,cal,x
";

#[test]
fn the_example_mapping_reads_as_it_says() {
    let facts = mapped(&example(), "e.csv", EXPORT).unwrap();
    let first = &facts.incidents[0];
    assert_eq!((first.severity, first.record, first.duration_minutes()), (Some(1), 3, Some(120.0)));
    assert_eq!(first.times.started.map(|t| t.to_string()), Some("2026-03-05T09:00:00Z".into()));
    assert_eq!((first.ai_role, first.responders.len()), (AiRole::Executed, 3));
    let roles: Vec<_> = first.changes.iter().map(|c| (c.role, c.confidence)).collect();
    assert_eq!(roles, [(ChangeRole::Cause, 5), (ChangeRole::Fix, 5)]);
    assert_eq!(first.personal_fields, 4);
    let second = &facts.incidents[1];
    assert_eq!((second.class, second.record), (IncidentClass::Maintenance, 5));
    assert_eq!((second.ai_role, second.times.resolved), (AiRole::NotRecorded, None));
    assert!(!format!("{facts:?}").contains("private"));
}

#[test]
fn without_an_else_an_unknown_word_is_an_error_that_names_the_file_to_edit() {
    let export = EXPORT.replace("1 - Critical", "0 - Panic");
    let parts = ["exit 3", "e.csv:3", "`0 - Panic`", "add \"0 - Panic\" = 3 to the map of severity in m.toml"];
    says(mapped(&example(), "e.csv", &export), &parts);
}

#[test]
fn a_mapping_that_extends_a_profile_adds_its_words_to_it() {
    let mapping = "extends = \"servicenow-incident-csv\"\n[time]\nformats = [\"%d-%m-%Y %H:%M\"]\nzone = \"UTC\"\n\
        [fields]\nseverity = { map = { \"0 - Panic\" = 1 } }\nai_role = { from = \"u_ai_involvement\", map = { agent = \"executed\" }, else = \"none\" }\n";
    let export = EXPORT.replace("1 - Critical", "0 - Panic").replace("INC2,Planned", "INC2,Canceled");
    let facts = mapped(mapping, "e.csv", &export).unwrap();
    let told: Vec<_> = facts.incidents.iter().map(|i| (i.severity, i.ai_role)).collect();
    assert_eq!(told, [(Some(1), AiRole::Executed), (None, AiRole::None)]);
}

#[test]
fn json_records_are_found_and_words_and_counts_are_mapped() {
    let mapping = "format = \"json\"\nrecords = \"$.data.items[*]\"\nclass = { from = \"kind\", map = { drill = \"test\" }, else = \"incident\" }\n\
        [time]\nformats = [\"unix_s\"]\n[fields]\nid = \"/key\"\nopened_at = \"created\"\nseverity = { from = \"prio.name\", map = { P1 = 1, info = \"none\" } }\n\
        required_humans = { from = \"dual\", map = { true = 2, false = 1 } }\npostmortem = { from = \"pm\", map = {}, else = \"yes\" }\n\
        change_cause = { from = \"why\", kind = \"text\" }\nregions = { from = \"where\", separator = \"|\" }\n";
    let json = r#"{"data":{"items":[
        {"key":"A","kind":"drill","created":1767225600},
        {"key":"B","kind":"real","created":1767225600,"prio":{"name":"P1"},"dual":true,"pm":"https://x","why":"broken by 1a2b3c4, says Mia","where":"eu|us"},
        {"key":"C","created":1767225600,"prio":{"name":"info"},"dual":false,"pm":null}]}}"#;
    let facts = mapped(mapping, "e.json", json).unwrap();
    let told: Vec<_> = facts.incidents.iter().map(|i| (i.class, i.severity, i.authorisation.required_humans)).collect();
    let incident = IncidentClass::Incident;
    assert_eq!(told, [(IncidentClass::Test, None, None), (incident, Some(1), Some(2)), (incident, None, Some(1))]);
    let real = &facts.incidents[1];
    assert_eq!((real.postmortem, facts.incidents[2].postmortem), (Tri::Yes, Tri::NotRecorded));
    assert_eq!((real.changes[0].reference.as_str(), real.changes[0].confidence), ("1a2b3c4", 4));
    assert_eq!(real.reach.regions.len(), 2);
    assert!(!format!("{facts:?}").contains("Mia"));
}

#[test]
fn repeated_headers_are_an_error_unless_the_mapping_counts_them() {
    let csv = "id,started_at,Labels,Labels\nA,2026-01-01T00:00Z,x,y\n";
    let mapping = |labels: &str| {
        format!("format = \"csv\"\n[fields]\nid = \"id\"\nstarted_at = \"started_at\"\nservices = \"{labels}\"\n")
    };
    says(mapped(&mapping("Labels"), "e.csv", csv), &["exit 3", "e.csv:1", "more than once", "Labels[0..]"]);
    assert_eq!(mapped(&mapping("Labels[0..]"), "e.csv", csv).unwrap().incidents[0].reach.services.len(), 2);
    assert!(mapped(&mapping("Labels[1]"), "e.csv", csv).unwrap().incidents[0].reach.services.contains(&"y".into()));
}

#[test]
fn a_column_that_is_not_there_is_an_error_unless_it_is_optional() {
    let csv = "id,started_at,priority\nA,2026-01-01T00:00Z,1\n";
    let mapping = |severity: &str| {
        format!("format = \"csv\"\n[fields]\nid = \"id\"\nstarted_at = \"started_at\"\nseverity = {severity}\n")
    };
    says(mapped(&mapping("\"prioritty\""), "e.csv", csv), &["exit 3", "`prioritty`", "write `priority` in m.toml"]);
    assert!(mapped(&mapping("{ from = \"u_sev\", optional = true }"), "e.csv", csv).is_ok());
    let json = "[{\"id\":\"A\",\"started_at\":\"2026-01-01T00:00Z\",\"priority\":1}]";
    let json_mapping = mapping("\"prioritty\"").replace("csv", "json");
    says(mapped(&json_mapping, "e.json", json), &["exit 3", "write `priority` in m.toml"]);
}

#[test]
fn a_slip_in_a_generic_header_is_told() {
    let csv = "id,started_at,severty\nA,2026-01-01T00:00Z,1\n";
    says(generic(csv), &["exit 3", "i.csv:1", "write `severity` in the header"]);
    assert!(generic("id,started_at,status,priority,resolved_by\nA,2026-01-01T00:00Z,x,y,z\n").is_ok());
}

#[test]
fn a_broken_mapping_points_at_its_line_and_says_what_to_type() {
    let start = "format = \"csv\"\n[fields]\nid = \"id\"\nopened_at = \"o\"\n";
    let cases: [(&str, &[&str]); 18] = [
        ("formt = \"csv\"\n", &["m.toml:1:1", "write `format`"]),
        ("format = \"cvs\"\n", &["m.toml:1:10", "csv"]),
        ("[fields]\nid = \"id\"\nopened_at = \"o\"\n", &["format = \"csv\""]),
        ("format = \"csv\"\n[fields]\nopened_at = \"o\"\n", &["add id = "]),
        ("format = \"csv\"\n[fields]\nid = \"o\"\n", &["started_at or detected_at or opened_at"]),
        ("extends = \"generic-cvs\"\n", &["m.toml:1:11", "write `generic-csv`"]),
        ("+severty = \"s\"\n", &["m.toml:5:1", "write `severity`"]),
        ("+severity = { form = \"s\" }\n", &["m.toml:5:", "write `from`"]),
        ("+severity = { map = { a = 1 } }\n", &["m.toml:5:1", "names no column"]),
        ("+severity = { from = \"s\", map = { a = 7 } }\n", &["m.toml:5:", "1, 2, 3, 4, 5, none"]),
        ("+ai_role = { from = \"s\", map = { a = \"exectued\" } }\n", &["m.toml:5:", "write `executed`"]),
        ("+customers = { from = \"s\", map = { a = \"many\" } }\n", &["m.toml:5:", "whole number"]),
        ("+closed_at = { from = \"s\", map = { a = 1 } }\n", &["`map` means nothing for `closed_at`"]),
        ("+responders = { from = \"s\", pseudonymise = false }\n", &["m.toml:5:", "never kept by name"]),
        ("+services = \"assigned_to\"\n", &["m.toml:5:1", "`assigned_to` is about people", "responders"]),
        ("+cause_key = \"fields.assignee.name\"\n", &["m.toml:5:1", "is about people"]),
        ("+drop = [\"o\"]\n", &["`o` is dropped, and `opened_at` reads it"]),
        ("+[time]\nformats = [\"%!\"]\n", &["m.toml:6:12", "not a time format"]),
    ];
    for (mapping, parts) in cases {
        let mapping = mapping.strip_prefix('+').map_or_else(|| mapping.to_owned(), |rest| format!("{start}{rest}"));
        let parts: Vec<&str> = ["exit 2"].iter().chain(parts).copied().collect();
        says(mapped(&mapping, "e.csv", "id,o,s\n"), &parts);
    }
}

#[test]
fn small_slips_in_other_keys_are_told_too() {
    let start = "format = \"csv\"\n[fields]\nid = \"id\"\nopened_at = \"o\"\nresolved_at = \"o\"\n";
    for (rest, part) in [
        ("change_cause = { from = \"s\", kind = \"number\" }\n", "change_id, commit, review, text"),
        ("change_cause = { from = \"s\", confidence = \"sure\" }\n", "declared, stated or linked"),
        ("[time]\nzone = \"Europe/Berln\"\n", "IANA name"),
        ("[untimed]\nwhen = \"always\"\n", "resolved_at <= opened_at"),
        ("[collapse]\nkey = \"id\"\nkeep = \"best\"\n", "keep = \"best\"|first"),
    ] {
        let result = mapped(&format!("{start}{rest}"), "e.csv", "id,o,s\n");
        says(result, &["exit 2", part.split('|').next_back().unwrap()]);
    }
    says(mapped(&format!("delimiter = \"ab\"\n{start}"), "e.csv", ""), &["m.toml:1:13", "one character"]);
}

#[test]
fn an_end_that_is_none_by_the_mappings_rule_is_dropped() {
    let mapping = "format = \"csv\"\n[fields]\nid = \"id\"\nstarted_at = \"s\"\nopened_at = \"o\"\nresolved_at = \"r\"\n[untimed]\nwhen = \"resolved_at <= opened_at\"\n";
    let csv = "id,s,o,r\nA,2026-01-01T00:00Z,2026-01-01T02:00Z,2026-01-01T02:00Z\nB,2026-01-01T00:00Z,2026-01-01T02:00Z,2026-01-01T03:00Z\n";
    let facts = mapped(mapping, "e.csv", csv).unwrap();
    let minutes: Vec<_> = facts.incidents.iter().map(Incident::duration_minutes).collect();
    assert_eq!(minutes, [None, Some(180.0)]);
}

#[test]
fn unknown_profiles_and_missing_files_are_told() {
    says(folder(&["path = \"x\"\nprofile = \"generic-cvs\""], &[]), &["exit 2", "profile = \"generic-csv\""]);
    says(folder(&["path = \"x\"\nprofile = \"zzz\""], &[]), &["exit 2", "statuspage-json"]);
    says(folder(&["path = \"x\"\nmapping = \"gone.toml\""], &[]), &["exit 3", "gone.toml", "cannot read the mapping"]);
    says(folder(&["path = \"x.csv\"\nprofile = \"generic-csv\""], &[]), &["exit 3", "x.csv", "no such file"]);
}

#[test]
fn the_schema_accepts_the_example_and_every_profile_and_refuses_a_slip() {
    let validator = jsonschema::validator_for(schema().as_value()).unwrap();
    let profiles = super::super::load::SHIPPED.iter().map(|(_, text)| (*text).to_owned());
    for text in profiles.chain([example()]) {
        let json = serde_json::to_value(toml::from_str::<toml::Value>(&text).unwrap()).unwrap();
        let errors: Vec<String> = validator.iter_errors(&json).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}\n{text}");
    }
    assert!(!validator.is_valid(&serde_json::json!({"format": "csv", "fields": {"severty": "s"}})));
    assert!(!validator.is_valid(&serde_json::json!({"format": "csv", "fields": {"severity": {"form": "s"}}})));
}
