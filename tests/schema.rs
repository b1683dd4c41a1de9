//! The published schemas: committed, current, and true of what is written.

#![allow(clippy::expect_used, reason = "a test stops where its ground is missing")]

mod support;

use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::Value;
use support::shop::{Shop, Work, bare};
use support::{Files, audit_folder, folder, harbour};

const SCHEMAS: [&str; 4] = ["plan", "register", "mapping", "report"];

fn place(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{name}.schema.json"))
}

fn schema(name: &str) -> Value {
    let text = std::fs::read_to_string(place(name)).expect("the schema is committed");
    serde_json::from_str(&text).expect("it is JSON")
}

fn validator(name: &str) -> Validator {
    jsonschema::validator_for(&schema(name)).expect("it is a schema")
}

#[track_caller]
fn valid(validator: &Validator, value: &Value) {
    let errors: Vec<String> =
        validator.iter_errors(value).take(5).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

fn written(folder: &Path) -> Value {
    let outcome = audit_folder(folder).expect("it can be audited");
    serde_json::from_slice(&outcome.files["report.json"]).expect("it is JSON")
}

fn written_about(files: &Files) -> Value {
    written(folder(files).path())
}

/// TOML as its schema sees it: JSON with dates as texts.
fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(list) => list.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, as_json(value))).collect(),
        other => serde_json::to_value(other).expect("it is plain"),
    }
}

#[test]
fn the_committed_schemas_are_what_the_program_prints() {
    for name in SCHEMAS {
        let printed = support::run(Path::new("."), &["schema", name]);
        assert!(printed.status.success());
        let committed = std::fs::read(place(name)).expect("the schema is committed");
        assert!(printed.stdout == committed, "write it again: cargo run -- schema {name} > schemas/{name}.schema.json");
    }
}

#[test]
fn every_kind_of_report_is_valid() {
    let validator = validator("report");
    valid(&validator, &written(&harbour()));
    valid(&validator, &written_about(&Shop::new().land(&Work { marked: true, ..Work::default() }).files()));
    valid(
        &validator,
        &written_about(&bare("[[monitoring]]\npath = \"m\"", &[("m/ai.env", "OTEL_LOG_USER_PROMPTS=1\n")])),
    );
    valid(&validator, &written_about(&bare("", &[])));
}

#[test]
fn a_changed_report_is_not_valid() {
    let validator = validator("report");
    let report = written_about(&Shop::new().land(&Work::default()).files());
    assert!(validator.is_valid(&report));
    let changes: [(&str, Value); 7] = [
        ("/figures/history.commits/state", "perhaps".into()),
        ("/figures/history.commits/value", "many".into()),
        ("/checks/0/evidence", Value::Null),
        ("/checks/0/id", 1.into()),
        ("/period", "2026-Q3".into()),
        ("/privacy/k", (-1).into()),
        ("/tables/0/rows/0", "text".into()),
    ];
    for (pointer, value) in changes {
        let mut broken = report.clone();
        *broken.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is gone")) = value;
        assert!(!validator.is_valid(&broken), "{pointer}");
    }
    for field in ["schema", "figures", "checks", "coverage", "privacy", "method", "replies", "exceptions", "changes"] {
        let mut short = report.clone();
        short.as_object_mut().expect("it is an object").remove(field).expect("it is there");
        assert!(!validator.is_valid(&short), "without {field}");
    }
}

#[test]
fn the_plan_and_the_register_of_the_example_are_valid() {
    for (name, file) in [("plan", "audit.toml"), ("register", "register.toml")] {
        let text = std::fs::read_to_string(harbour().join(file)).expect("it is committed");
        let value = as_json(toml::from_str(&text).expect("it is TOML"));
        valid(&validator(name), &value);
        let mut wrong = value;
        wrong.as_object_mut().expect("it is a table").insert("preiod".into(), 1.into());
        assert!(!validator(name).is_valid(&wrong), "{name} takes a key that does not exist");
    }
}

#[test]
fn every_shipped_profile_is_a_valid_mapping() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sources/incidents/profiles");
    let profiles = support::tree(&folder);
    assert!(profiles.len() >= 5);
    for (name, bytes) in profiles {
        let value = as_json(toml::from_str(&String::from_utf8(bytes).expect("text")).expect("it is TOML"));
        let errors: Vec<String> = validator("mapping").iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}
