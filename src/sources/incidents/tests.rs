//! Tests of the engine as a whole: a folder with a plan, exports and mappings goes in, facts or an error come out.

mod exports;
mod hostile;
mod mappings;
mod profiles;
mod values;

use super::{read, schema};
use crate::facts::{Facts, Incident, Kind};
use crate::plan::Plan;
use crate::sources::Identities;

/// Reads an audit folder: the `[[incidents]]` entries of its plan, and its files.
fn folder(entries: &[&str], files: &[(&str, &str)]) -> Result<Facts, String> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    bytes(entries, &files)
}

fn bytes(entries: &[&str], files: &[(&str, &[u8])]) -> Result<Facts, String> {
    let dir = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(dir.path().join(name), content).unwrap();
    }
    let entries: Vec<String> = entries.iter().map(|entry| format!("[[incidents]]\n{entry}\n")).collect();
    let plan = format!("[audit]\norganisation = \"Harbour\"\nperiod = \"2026-Q1\"\n{}", entries.concat());
    std::fs::write(dir.path().join("audit.toml"), plan).unwrap();
    let plan = Plan::load(dir.path()).unwrap();
    let mut facts = Facts::default();
    match read(&plan, &mut Identities::default(), &mut facts) {
        Ok(()) => Ok(facts),
        Err(problem) => Err(format!("exit {}\n{problem}", problem.exit_code())),
    }
}

/// One export through `generic-csv`, times in UTC.
fn generic(csv: &str) -> Result<Facts, String> {
    folder(&["path = \"i.csv\"\nprofile = \"generic-csv\"\nzone = \"UTC\""], &[("i.csv", csv)])
}

/// One record of `generic-csv`, by columns; id and start are added.
fn one(columns: &[(&str, &str)]) -> Result<Incident, String> {
    let header = columns.iter().map(|(name, _)| format!(",{name}")).collect::<Vec<_>>().concat();
    let cells = columns.iter().map(|(_, cell)| format!(",\"{cell}\"")).collect::<Vec<_>>().concat();
    let facts = generic(&format!("id,started_at{header}\nI-1,2026-03-05T10:00:00Z{cells}\n"))?;
    Ok(facts.incidents.into_iter().next().unwrap())
}

/// One export through a mapping file.
fn mapped(mapping: &str, file: &str, text: &str) -> Result<Facts, String> {
    let entry = format!("path = \"{file}\"\nmapping = \"m.toml\"");
    folder(&[&entry], &[(file, text), ("m.toml", mapping)])
}

#[track_caller]
fn says(result: Result<Facts, String>, parts: &[&str]) {
    let text = result.map_or_else(|problem| problem, |facts| format!("read: {:?}", facts.refused));
    for part in parts {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
}
