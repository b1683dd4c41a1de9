//! The register against what people write into it.

use jiff::civil::date;

use super::*;
use crate::facts::change::OperationClass;
use crate::facts::register::{Need, PolicyScope};

const FULL: &str = r#"
schema = "monitoring-register/0.1"
controller = "Example Ltd"
contact_role = "DPO"
min_group_size = 5

[[source]]
id = "ai-agent-telemetry"
selectors = [
  { path = "otel/collector.yaml" },
  { path = "managed-settings.json", key = "env.OTEL_*" } ]
population = "workers"
data_categories = ["user.telemetry"]
ceiling = { S = 2, D = 1, T = 3, X = 0 }
purposes = ["dpv:ServiceMonitoring", "local:ai-change-safety"]
forbidden = ["dpv:PersonnelPerformanceMonitoring"]
legal_basis = "gdpr:6-1-f"
necessity = "docs/necessity/ai-telemetry.md"
retention = { min_days = 183, max_days = 366.5, basis_min = "safety log policy", basis_max = "agreement 2026-07" }
access_roles = ["sre-oncall", "security"]
recipients = ["loki-prod"]
disclosure = { notice = "docs/notices/ai.md", date = 2026-05-04, audience = "all engineers" }
consultation = { body = "works council", agreement = "BV-2026-07", date = "2026-05-20", review_due = 2027-05-20 }
dpia = { ref = "DPIA-31", date = 2026-04-30 }
automation = { scoring = false, adverse_action = "none", human_review = "not applicable" }
covert = false
owner_role = "platform team"
reviewed = 2026-10-01

[doctrine]
agent_may_execute = "O1"
O2 = { needs = ["human_validation"] }
O3 = { needs = ["senior_approval", "tested_workflow"] }

[[operation]]
paths = ["deploy/**", "ops/*.sh"]
class = "O3"
kind = "pipeline"
reason = "all regions at once"

[[policy]]
id = "senior-sign-off"
kind = "senior_sign_off"
applies_to = "ai"
from = 2026-08-17
hours_allotted_per_week = 0

[[policy]]
id = "two-for-infra"
kind = "dual_authorisation"
applies_to = ["infra/**"]
from = 2026-08-17

[[staffing]]
team = "payments"
from = 2026-07-01
heads = 9
review_hours_per_week = 20
on_call_people = 6

[ai_use]
stance = "expected"
target = "80 % weekly use"
in_appraisal = false

[[agreement]]
id = "BV-2026-07"
date = 2026-05-20
covers = ["ai-agent-telemetry"]
"#;

fn full() -> Register {
    parse("register.toml", FULL).unwrap()
}

fn problem(text: &str) -> String {
    parse("register.toml", text).map_or_else(|problem| problem.to_string(), |_| "accepted".into())
}

fn source(rest: &str) -> String {
    format!("[[source]]\nid = \"a\"\nselectors = [{{ path = \"a.yaml\" }}]\n{rest}\n")
}

#[test]
fn a_source_is_read_whole() {
    let register = full();
    let source = &register.sources[0];
    assert_eq!((source.id.as_str(), source.line), ("ai-agent-telemetry", 8));
    assert_eq!(source.selectors[1].key.as_deref(), Some("env.OTEL_*"));
    let axes = source.ceiling;
    assert_eq!((axes.s, axes.d, axes.t, axes.r, axes.m, axes.x), (Some(2), Some(1), Some(3), None, None, Some(0)));
    assert_eq!((source.retention.min_days, source.retention.max_days), (Some(183.0), Some(366.5)));
    assert_eq!((source.notice, source.consulted), (Some(date(2026, 5, 4)), Some(date(2026, 5, 20))));
    assert_eq!((source.assessed, source.agreement.as_deref()), (Some(date(2026, 4, 30)), Some("BV-2026-07")));
    assert_eq!((source.purposes.len(), source.forbidden.len(), source.access_roles.len()), (2, 1, 2));
    assert_eq!(source.recipients, ["loki-prod"]);
}

#[test]
fn doctrine_policies_staffing_use_and_agreements_are_read() {
    let register = full();
    let doctrine = register.doctrine.unwrap();
    assert_eq!(doctrine.agent_may_execute, OperationClass::O1);
    assert!(doctrine.needs[&OperationClass::O3].contains(&Need::TestedWorkflow));
    assert!(!doctrine.needs.contains_key(&OperationClass::O4), "what is not written is not allowed");
    let operation = &register.operations[0];
    assert_eq!((operation.line, operation.class, operation.paths.len()), (37, OperationClass::O3, 2));
    assert_eq!(operation.kind, Some(crate::facts::operation::OperationKind::Pipeline));
    assert_eq!(register.policies[0].hours_allotted_per_week, Some(0.0));
    assert_eq!(register.policies[0].applies_to, PolicyScope::Ai);
    assert_eq!(register.policies[1].hours_allotted_per_week, None);
    assert_eq!(register.policies[1].applies_to, PolicyScope::Paths(vec!["infra/**".into()]));
    assert_eq!((register.staffing[0].heads, register.staffing[0].on_call_people), (Some(9.0), Some(6)));
    assert_eq!(register.ai_use.unwrap().in_appraisal, Some(false));
    assert_eq!(register.agreements[0].date, date(2026, 5, 20));
}

#[test]
fn silence_and_an_honest_unknown_are_not_values() {
    let register = parse("r", &source("")).unwrap();
    assert_eq!((register.sources[0].notice, register.sources[0].ceiling.s), (None, None));
    let text = source(
        "disclosure = \"unknown\"\nconsultation = { date = \"not applicable: no council\", agreement = \"unknown\" }\n\
         ceiling = { S = \"unknown\", D = 3 }\nretention = { max_days = \"unknown\" }\naccess_roles = \"unknown\"\n\
         necessity = \"not applicable\"\ndpia = \"unknown, asked on Monday\"\n",
    );
    let source = &parse("r", &text).unwrap().sources[0];
    assert_eq!((source.notice, source.consulted, source.assessed), (None, None, None));
    assert_eq!((source.ceiling.s, source.ceiling.d, source.retention.max_days), (None, Some(3), None));
    assert_eq!((source.agreement.as_deref(), source.necessity.as_deref()), (None, None));
    assert!(register.doctrine.is_none() && register.ai_use.is_none());
}

#[test]
fn a_misspelt_key_is_shown_with_its_place_and_the_word_to_type_at_any_depth() {
    for (text, place, word) in [
        ("[[polcy]]\n".to_owned(), ":1:3", "policy"),
        (source("purpose = []"), ":4:1", "purposes"),
        (source("ceiling = { S = 1 }\nretention = { max_day = 3 }"), ":5:15", "max_days"),
        (source("disclosure = { notise = \"x\" }"), ":4:16", "notice"),
    ] {
        let text = problem(&text);
        assert!(text.contains(&format!("register.toml{place}")) && text.contains(&format!("`{word}`")), "{text}");
    }
}

#[test]
fn impossible_declarations_point_at_their_value() {
    for (text, place, word) in [
        (source("ceiling = { S = 5 }"), ":4:17", "write 0 to 4"),
        (source("ceiling = { D = -1 }"), ":4:17", "write 0 to 5"),
        (source("ceiling = { X = 4 }"), ":4:17", "write 0 to 3"),
        (source("ceiling = { M = 3 }"), ":4:17", "write 0 to 2"),
        (source("ceiling = { S = 1.5 }"), ":4:17", "invalid type"),
        (source("retention = { min_days = 9, max_days = 8 }"), ":4:40", "less than min_days"),
        (source("retention = { min_days = -1 }"), ":4:26", "zero or more"),
        (source("retention = { max_days = inf }"), ":4:26", "zero or more"),
        (source("purposes = [\"performance\"]"), ":4:13", "local:"),
        (source("forbidden = [\"dpv:\"]"), ":4:14", "local:"),
        (source("disclosure = { date = 2026-13-40 }"), ":4", "date"),
        (source("disclosure = { date = 2026-05-04T10:00:00Z }"), ":4:23", "not a day"),
        (source("disclosure = { date = \"May\" }"), ":4:23", "not a day"),
        ("[doctrine]\nagent_may_execute = \"O7\"\n".into(), ":2:21", "write"),
        (
            "[doctrine]\nagent_may_execute = \"O1\"\nO2 = { needs = [\"human_validaton\"] }\n".into(),
            ":3:17",
            "`human_validation`",
        ),
        ("[[operation]]\npaths = []\nclass = \"O3\"\n".into(), ":2:9", "names none"),
        ("[[operation]]\npaths = [\"a{\"]\nclass = \"O3\"\n".into(), ":2:10", "no pattern"),
        ("[[operation]]\npaths = [\"a\"]\nclass = \"O5\"\n".into(), ":3:9", "write"),
        ("[[operation]]\npaths = [\"a\"]\nclass = \"O3\"\nkind = \"pipelin\"\n".into(), ":4:8", "`pipeline`"),
        ("[ai_use]\nstance = \"expcted\"\n".into(), ":2:10", "`expected`"),
        ("[[policy]]\nid = \"p\"\nkind = \"k\"\napplies_to = \"AI\"\nfrom = 2026-08-17\n".into(), ":4:14", "write"),
        (
            "[[policy]]\nid = \"p\"\nkind = \"k\"\napplies_to = \"paths\"\nfrom = 2026-08-17\n".into(),
            ":4:14",
            "names none",
        ),
        ("[[staffing]]\nteam = \"t\"\nfrom = 2026-07-01\nheads = nan\n".into(), ":4:9", "zero or more"),
        (format!("{}{}", source(""), source("")), ":6:6", "two sources"),
    ] {
        let shown = problem(&text);
        assert!(shown.contains(&format!("register.toml{place}")) && shown.contains(word), "{text}\n{shown}");
    }
}

#[test]
fn an_address_in_place_of_a_role_is_refused_and_not_quoted() {
    for text in [
        source("access_roles = [\"sre\", \"mia@harbour.example\"]"),
        source("owner_role = \"mia@harbour.example\""),
        source("recipients = [\"mia@harbour.example\"]"),
        source("covert = \"mia@harbour.example\""),
        source("retention = { max_days = \"mia@harbour.example\" }"),
        "contact_role = \"mia@harbour.example\"\n".to_owned(),
        source("purposes = [\"local:for mia@harbour.example\"]"),
        "[[operation]]\npaths = [\"mia@harbour.example/**\"]\nclass = \"O3\"\n".to_owned(),
        "[[source]]\nid = \"mia@harbour.example\"\nselectors = [{ path = \"a\" }]\n".to_owned(),
    ] {
        let shown = problem(&text);
        assert!(shown.starts_with("error") && !shown.contains("mia"), "{shown}");
    }
}

#[test]
fn hostile_registers_are_problems_and_never_panics() {
    for text in [
        "[".repeat(100_000),
        format!("controller = {}", "[".repeat(100_000)),
        "min_group_size = 99999999999999999999".into(),
        "min_group_size = -1".into(),
        "source = 1".into(),
        "source = [1, 2]".into(),
        "[[source]]\n".into(),
        "\0".into(),
        "id".into(),
    ] {
        assert!(problem(&text).starts_with("error"), "{}", &text[..text.len().min(40)]);
    }
}

#[test]
fn an_empty_register_a_mark_of_byte_order_and_dos_lines_are_read() {
    assert!(parse("r", "").unwrap().sources.is_empty());
    let dos = format!("\u{feff}{}", FULL.replace('\n', "\r\n"));
    assert_eq!(parse("r", &dos).unwrap().sources[0].line, 8);
}

#[test]
fn the_register_of_the_plan_is_an_input_with_a_digest() {
    let folder = tempfile::tempdir().unwrap();
    let plan = "[audit]\norganisation = \"x\"\nperiod = \"2026-Q3\"\n[register]\npath = \"register.toml\"\n";
    std::fs::write(folder.path().join("audit.toml"), plan).unwrap();
    let plan = Plan::load(folder.path()).unwrap();
    let mut facts = Facts::default();
    assert_eq!(read(&plan, &mut facts).unwrap_err().exit_code(), 3, "a register that is not there");
    std::fs::write(folder.path().join("register.toml"), FULL).unwrap();
    read(&plan, &mut facts).unwrap();
    assert!(facts.has(Kind::Register) && facts.register.is_some());
    assert_eq!((facts.inputs[0].records, facts.inputs[0].sha256.as_str()), (8, sha256_hex(FULL.as_bytes()).as_str()));
    std::fs::write(folder.path().join("register.toml"), b"\xff\xfe").unwrap();
    assert_eq!(read(&plan, &mut Facts::default()).unwrap_err().exit_code(), 3);
}

#[test]
fn the_schema_accepts_the_example() {
    let schema = serde_json::to_value(schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let example = json(toml::from_str(FULL).unwrap());
    let errors: Vec<String> = validator.iter_errors(&example).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(!validator.is_valid(&serde_json::json!({ "polcy": [] })));
}

/// The same in JSON, where a day is a text.
fn json(value: toml::Value) -> serde_json::Value {
    match value {
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(list) => list.into_iter().map(json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, json(value))).collect(),
        plain => serde_json::to_value(plain).unwrap(),
    }
}
