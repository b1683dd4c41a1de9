//! Every shipped profile on its sample (`tests/incidents/<id>`).
//!
//! A sample holds every field that its profile maps, something that says nothing, a record that is still open, a second
//! time zone, and, last, a record with a word that the profile does not know: as it stands it cannot be read.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::super::fields::{Name, Target};
use super::super::load::{self, PROFILES};
use super::super::mapping::Field;
use super::*;
use crate::facts::Deployment;
use crate::facts::incident::{ChangeRef, ChangeRole};

struct Sample {
    id: &'static str,
    folder: PathBuf,
    file: String,
    meta: toml::Table,
}

fn samples() -> Vec<Sample> {
    let of = |id: &'static str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/incidents").join(id);
        let file = ["sample.csv", "sample.json", "sample.jsonl"].into_iter().find(|file| folder.join(file).is_file());
        let file = file.unwrap_or_else(|| panic!("{id} has no sample")).to_owned();
        let meta = std::fs::read_to_string(folder.join("meta.toml")).unwrap().parse().unwrap();
        Sample { id, folder, file, meta }
    };
    PROFILES.iter().map(|id| of(id)).collect()
}

impl Sample {
    fn word(&self, key: &str) -> Option<&str> {
        self.meta.get(key).and_then(toml::Value::as_str)
    }

    fn target(&self) -> Target {
        load::shipped(self.id).unwrap().map_err(|problem| problem.to_string()).unwrap().target
    }

    /// Reads the sample through the profile, or through a mapping that extends it.
    fn read(&self, mapping: Option<&str>) -> Result<Facts, String> {
        let dir = tempfile::tempdir().unwrap();
        for file in std::fs::read_dir(&self.folder).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), dir.path().join(file.file_name())).unwrap();
        }
        let way = match mapping {
            None => format!("profile = \"{}\"", self.id),
            Some(text) => {
                let text = format!("extends = \"{}\"\n[fields]\n{text}\n", self.id);
                std::fs::write(dir.path().join("m.toml"), text).unwrap();
                "mapping = \"m.toml\"".to_owned()
            }
        };
        let of_plan = |key: &str| self.meta.get(key).map(|value| format!("{key} = {value}\n")).unwrap_or_default();
        let keys = ["zone", "time_format", "side"].map(of_plan).concat();
        let list = if self.target() == Target::Incidents { "incidents" } else { "deployments" };
        let plan = format!(
            "[audit]\norganisation = \"Harbour\"\nperiod = \"2026-Q1\"\n[[{list}]]\npath = \"{}\"\n{way}\n{keys}",
            self.file
        );
        std::fs::write(dir.path().join("audit.toml"), plan).unwrap();
        let plan = Plan::load(dir.path()).map_err(|problem| problem.to_string())?;
        let mut facts = Facts::default();
        read(&plan, &mut Identities::default(), &mut facts).map_err(|problem| problem.to_string())?;
        Ok(facts)
    }

    /// The line of a mapping that gives the unknown word its meaning.
    fn meaning(&self) -> String {
        let Some((unknown, field)) = self.word("unknown").zip(self.word("field")) else { return String::new() };
        format!("{field} = {{ map = {{ {unknown:?} = {:?} }} }}", self.word("means").unwrap())
    }

    fn known(&self) -> Facts {
        self.read(Some(&self.meaning())).unwrap_or_else(|problem| panic!("{}: {problem}", self.id))
    }
}

/// What the two kinds of facts hold, so that any difference is seen.
fn all(facts: &Facts) -> String {
    format!("{:?}{:?}", facts.incidents, facts.deployments)
}

fn word<T: std::fmt::Debug>(value: &T) -> String {
    let mut text = String::new();
    for c in format!("{value:?}").chars() {
        if c.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(c.to_lowercase());
    }
    text
}

fn change(reference: &ChangeRef) -> Value {
    let role = match reference.role {
        ChangeRole::Cause => "cause",
        ChangeRole::Fix => "fix",
        ChangeRole::Unknown => "unknown",
    };
    json!([reference.reference, role, reference.confidence])
}

fn labels(labels: &[std::sync::Arc<str>]) -> Value {
    labels.iter().map(|label| Value::from(&**label)).collect()
}

fn of_incident(incident: &Incident, key: &str) -> Value {
    let at = |time: Option<jiff::Timestamp>| json!(time.map(|time| time.to_string()));
    let load = incident.load.as_deref();
    match key {
        "id" => json!(incident.id),
        "class" => json!(word(&incident.class)),
        "severity" => json!(incident.severity),
        "started" => at(incident.times.started),
        "resolved" => at(incident.times.resolved),
        "acknowledged" => at(incident.times.acknowledged),
        "start_basis" => json!(word(&incident.times.basis)),
        "minutes" => json!(incident.duration_minutes()),
        "services" => labels(&incident.reach.services),
        "environments" => labels(&incident.reach.environments),
        "regions" => labels(&incident.reach.regions),
        "changes" => incident.changes.iter().map(change).collect(),
        "responders" => json!(incident.responders.len()),
        "pages" => json!(load.map_or(0, |load| load.pages.len())),
        "interruptions" => {
            let [business, off, sleep] = load.map(|load| load.interruptions_by_hours).unwrap_or_default();
            json!({ "business": business, "off": off, "sleep": sleep })
        }
        "engaged_minutes" => json!(load.and_then(|load| load.engaged_minutes)),
        "obtained_humans" => json!(incident.authorisation.obtained_humans),
        "required_humans" => json!(incident.authorisation.required_humans),
        "approval_bypass" => json!(word(&incident.authorisation.bypass)),
        "postmortem" => json!(word(&incident.postmortem)),
        "ai_role" => json!(word(&incident.ai_role)),
        _ => panic!("{key} is not compared"),
    }
}

fn of_deployment(deployment: &Deployment, key: &str) -> Value {
    let at = |time: Option<jiff::Timestamp>| json!(time.map(|time| time.to_string()));
    match key {
        "id" => json!(deployment.id),
        "started" => at(deployment.started),
        "finished" => at(deployment.finished),
        "outcome" => json!(word(&deployment.outcome)),
        "kind" => json!(word(&deployment.kind)),
        "production" => json!(word(&deployment.production)),
        "services" => labels(&deployment.services),
        "environments" => labels(&deployment.environments),
        "change" => json!(deployment.change.as_ref().map(|change| change.reference.clone())),
        _ => panic!("{key} is not compared"),
    }
}

fn instant(value: &Value) -> Option<jiff::Timestamp> {
    value.as_str()?.parse().ok()
}

/// Equal, numbers as numbers and instants as instants.
fn same(expected: &Value, found: &Value) -> bool {
    match (expected.as_f64(), found.as_f64()) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-6,
        // In a word, null stands for "not recorded".
        _ if expected.is_null() => found.is_null() || found == "not_recorded",
        _ => expected == found || instant(expected).is_some_and(|at| Some(at) == instant(found)),
    }
}

#[test]
fn every_sample_is_read_as_expected_once_its_unknown_word_is_given_a_meaning() {
    let mut wrong = Vec::new();
    for sample in samples() {
        let facts = sample.known();
        let expected: Vec<serde_json::Map<String, Value>> =
            serde_json::from_str(&std::fs::read_to_string(sample.folder.join("expected.json")).unwrap()).unwrap();
        let found = facts.incidents.len() + facts.deployments.len();
        if found != expected.len() {
            wrong.push(format!("{}: {found} of {} records, {:?}", sample.id, expected.len(), facts.refused));
            continue;
        }
        for (at, row) in expected.iter().enumerate() {
            for (key, value) in row {
                let is = match sample.target() {
                    Target::Incidents => of_incident(&facts.incidents[at], key),
                    Target::Deployments => of_deployment(&facts.deployments[at], key),
                };
                if !same(value, &is) {
                    wrong.push(format!("{} {}: {key} is {is}, not {value}", sample.id, row["id"]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn an_unknown_word_stops_with_the_file_the_record_and_the_word() {
    for sample in samples() {
        let Some(unknown) = sample.word("unknown") else { continue };
        let problem = sample.read(None).map(|facts| facts.incidents.len()).unwrap_err();
        assert!(problem.contains(&sample.file) && problem.contains(unknown), "{}: {problem}", sample.id);
        assert!(problem.contains("help:") && problem.contains(sample.word("field").unwrap()), "{problem}");
    }
}

#[test]
fn every_sample_holds_every_field_that_its_profile_maps() {
    let mut wrong = Vec::new();
    for sample in samples() {
        let whole = all(&sample.known());
        let mapping = load::shipped(sample.id).unwrap().map_err(|problem| problem.to_string()).unwrap();
        // A class that only knows incidents is there to stop at anything else.
        let guard = |field: &Field| {
            let map = field.map.as_ref().filter(|_| field.name == Name::Class && field.otherwise.is_none());
            map.is_some_and(|map| map.values().all(|word| word == "incident"))
        };
        let fields = mapping.fields.values().filter(|field| field.name != Name::Id && !guard(field));
        for name in fields.map(|field| field.name) {
            let without = format!("{} = {{ from = \"no such place\", optional = true }}", name.word());
            let meaning = if sample.word("field") == Some(name.word()) { String::new() } else { sample.meaning() };
            // A profile that loses its only start cannot be read any more: that too is a difference.
            let read = sample.read(Some(&format!("{without}\n{meaning}")));
            if read.is_ok_and(|facts| all(&facts) == whole) {
                wrong.push(format!("{}: {} changes nothing", sample.id, name.word()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_sample_holds_what_says_nothing_and_a_record_that_is_open() {
    for sample in samples() {
        let text = std::fs::read_to_string(sample.folder.join(&sample.file)).unwrap();
        let silent = if sample.file.ends_with("csv") { [",,", "?"] } else { ["null", "\"\""] };
        assert!(silent.iter().any(|token| text.contains(token)), "{} says something everywhere", sample.id);
        if sample.target() == Target::Incidents {
            let open = sample.known().incidents.iter().any(|incident| incident.times.resolved.is_none());
            assert!(open, "{} has no open record", sample.id);
        }
    }
}
