//! Two public sets of incident records against figures that were computed elsewhere, to the last printed digit.
//!
//! The sets are not part of this project: their licences are open to doubt. The tests run where
//! `COUNTERSIGN_PUBLIC_INCIDENTS` names a folder with `github-status-dev-2022-2024.jsonl`,
//! `servicenow-incident-event-log-dev.csv` and `truth-dev.json`, and say so where they are skipped.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use countersign::facts::{Facts, Incident};
use countersign::measures::stats::{CONFIDENCE, concentration, order};
use countersign::measures::workload::on_call::{Hours, shift};
use countersign::plan::Plan;
use countersign::sources::Quiet;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

const STATUS: &str = "github-status-dev-2022-2024.jsonl";
const LOG: &str = "servicenow-incident-event-log-dev.csv";

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("COUNTERSIGN_PUBLIC_INCIDENTS").map(PathBuf::from);
    if folder.is_none() {
        // Written directly: what `eprintln!` writes is hidden when a test passes.
        let _ = writeln!(std::io::stderr(), "skipped: COUNTERSIGN_PUBLIC_INCIDENTS names no folder of public sets");
    }
    folder
}

fn truth(folder: &Path, file: &str) -> Value {
    let text = std::fs::read_to_string(folder.join("truth-dev.json")).unwrap();
    serde_json::from_str::<Value>(&text).unwrap()[file].clone()
}

fn read(folder: &Path, file: &str, entry: &str, mapping: &str) -> Facts {
    let dir = tempfile::tempdir().unwrap();
    std::fs::copy(folder.join(file), dir.path().join(file)).unwrap();
    let plan = format!(
        "[audit]\norganisation = \"Public\"\nperiod = \"2022-01-01..2025-01-01\"\n[[incidents]]\npath = \"{file}\"\n{entry}\n"
    );
    std::fs::write(dir.path().join("audit.toml"), plan).unwrap();
    std::fs::write(dir.path().join("m.toml"), mapping).unwrap();
    let plan = Plan::load(dir.path()).map_err(|problem| problem.to_string()).expect("the plan reads");
    countersign::sources::read(&plan, &Quiet).map_err(|problem| problem.to_string()).expect("the set reads")
}

/// The set differs from the computed figures nowhere; figures are printed with so many digits.
#[track_caller]
fn equal(truth: &Value, key: &str, found: f64, digits: i32) {
    let scale = 10_f64.powi(digits);
    let expected = truth[key].as_f64().unwrap_or_else(|| panic!("{key} is no number"));
    // Half a unit of the last digit; binary numbers may fall to either side of a five.
    assert!((found - expected).abs() <= 0.5 / scale + 1e-9, "{key}: {found}, not {expected}");
}

fn minutes<'a>(incidents: impl Iterator<Item = &'a Incident>) -> Vec<f64> {
    let mut minutes: Vec<f64> = incidents.filter_map(Incident::duration_minutes).collect();
    minutes.sort_by(f64::total_cmp);
    minutes
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn group<'a>(truth: &Value, incidents: impl Iterator<Item = &'a Incident> + Clone) {
    let timed = minutes(incidents.clone());
    assert_eq!(truth["count"], json!(incidents.count()), "{truth}");
    assert_eq!(truth["n_timed"], json!(timed.len()), "{truth}");
    equal(truth, "median_min", order::median(&timed, CONFIDENCE).unwrap().0, 1);
    if truth.get("mean_min").is_some() {
        equal(truth, "mean_min", mean(&timed), 2);
    }
}

#[test]
fn the_status_page_gives_the_published_figures() {
    let Some(folder) = data() else { return };
    let truth = truth(&folder, STATUS);
    let facts = read(&folder, STATUS, "profile = \"statuspage-json\"", "");
    assert_eq!(truth["records"], json!(facts.incidents.len()));
    let counted: Vec<&Incident> = facts.incidents.iter().filter(|i| !i.class.is_excluded()).collect();
    assert_eq!(truth["incidents_excl_maintenance"], json!(counted.len()));
    assert_eq!(truth["by_impact"]["maintenance"], json!(facts.incidents.len() - counted.len()));
    let severities = [("critical", 1), ("major", 2), ("minor", 3), ("none", 4)];
    for (word, severity) in severities {
        let of: Vec<&Incident> = counted.iter().copied().filter(|i| i.severity == Some(severity)).collect();
        assert_eq!(truth["by_impact"][word], json!(of.len()), "{word}");
        group(&truth["by_severity"][word], of.iter().copied());
    }
    let timed = minutes(counted.iter().copied());
    assert_eq!(truth["zero_duration_backfilled"], json!(counted.len() - timed.len()));
    let duration = &truth["duration"];
    assert_eq!(duration["n"], json!(timed.len()));
    let (median, interval) = order::median(&timed, CONFIDENCE).unwrap();
    let (geometric, of_geometric) = order::geometric_mean(&timed, CONFIDENCE).unwrap();
    equal(duration, "median_min", median, 1);
    let (interval, of_geometric) = (interval.unwrap(), of_geometric.unwrap());
    assert_eq!(duration["median_ci95_order_stat"], json!([interval.lower, interval.upper]));
    equal(duration, "mean_min", mean(&timed), 2);
    equal(duration, "p90_min", order::quantile(&timed, 0.9).unwrap(), 1);
    equal(duration, "p95_min", order::quantile(&timed, 0.95).unwrap(), 1);
    equal(duration, "geomean_min", geometric, 2);
    let limits = json!({ "lower": duration["geomean_ci95"][0], "upper": duration["geomean_ci95"][1] });
    equal(&limits, "lower", of_geometric.lower, 2);
    equal(&limits, "upper", of_geometric.upper, 2);
    assert_eq!(duration["n_gt_2h"], json!(timed.iter().filter(|m| **m > 120.0).count()));
    assert_eq!(duration["n_gt_24h"], json!(timed.iter().filter(|m| **m > 1440.0).count()));
    let local = |i: &&Incident| i.times.started.unwrap().to_zoned(TimeZone::UTC).datetime();
    for (quarter, of) in truth["by_quarter"].as_object().unwrap() {
        let inside = |i: &&&Incident| {
            let at = local(i);
            format!("{}-Q{}", at.year(), (at.month() - 1) / 3 + 1) == *quarter
        };
        group(of, counted.iter().filter(inside).copied());
    }
    let mut hours: BTreeMap<Hours, usize> = BTreeMap::new();
    let mut shifts: BTreeMap<_, usize> = BTreeMap::new();
    let mut weekend = 0;
    for at in counted.iter().map(local) {
        *hours.entry(Hours::of(at)).or_default() += 1;
        *shifts.entry(shift(at)).or_default() += 1;
        weekend += usize::from(at.weekday().to_monday_zero_offset() >= 5);
    }
    let buckets =
        json!({ "business": hours[&Hours::Business], "sleep": hours[&Hours::Sleep], "off": hours[&Hours::Off] });
    assert_eq!(truth["pagerduty_buckets_utc"], buckets);
    assert_eq!(truth["weekend_utc"], json!(weekend));
    let found = json!({
        "with_any": shifts.len(),
        "with_more_than_2": shifts.values().filter(|n| **n > 2).count(),
        "max": shifts.values().max(),
    });
    assert_eq!(truth["shifts12h_utc"], found);
}

#[test]
fn the_event_log_gives_the_published_figures() {
    let Some(folder) = data() else { return };
    let truth = truth(&folder, LOG);
    // Columns that the profile does not read are borrowed by fields of the same shape.
    let mapping = "extends = \"servicenow-incident-csv\"\n[collapse]\nkey = \"number\"\norder_by = \"sys_mod_count\"\nhistory = true\n\
        [time]\nformats = [\"%d-%m-%Y %H:%M\"]\nzone = \"UTC\"\n[fields]\nresponders = \"resolved_by\"\n\
        major = \"made_sla\"\nactions = \"reopen_count\"\nescalations = \"reassignment_count\"\n";
    let facts = read(&folder, LOG, "mapping = \"m.toml\"", mapping);
    let all = &facts.incidents;
    assert_eq!(truth["incidents"], json!(all.len()));
    let priorities = [("1 - Critical", 1), ("2 - High", 2), ("3 - Moderate", 3), ("4 - Low", 4)];
    for (word, severity) in priorities {
        let of: Vec<&Incident> = all.iter().filter(|i| i.severity == Some(severity)).collect();
        group(&truth["by_priority"][word], of.iter().copied());
    }
    let timed = minutes(all.iter());
    assert_eq!(truth["no_resolved_at"], json!(all.len() - timed.len()));
    equal(&truth, "median_min_all", order::median(&timed, CONFIDENCE).unwrap().0, 1);
    equal(&truth, "mean_min_all", mean(&timed), 2);
    let count = |holds: &dyn Fn(&&Incident) -> bool| json!(all.iter().filter(holds).count());
    assert_eq!(truth["made_sla_true"], count(&|i| i.major == countersign::facts::incident::Tri::Yes));
    let more = |n: Option<u32>| n.is_some_and(|n| n > 0);
    assert_eq!(truth["reopened"], count(&|i| more(i.aftermath.as_ref().and_then(|a| a.actions))));
    assert_eq!(truth["reassigned"], count(&|i| more(i.load.as_ref().and_then(|l| l.escalations))));
    let named = |role| move |i: &&Incident| i.changes.iter().any(|change| change.role == role);
    assert_eq!(truth["caused_by_incidents"], count(&named(countersign::facts::incident::ChangeRole::Cause)));
    // The published count holds incidents that ever named a request for change; one of them no longer does in its last
    // row, and that row is the record.
    let (mut ever, mut at_last) = (BTreeMap::new(), BTreeMap::new());
    for row in csv::Reader::from_path(folder.join(LOG)).unwrap().records().map(Result::unwrap) {
        let has = row[29] != *"?";
        *ever.entry(row[0].to_owned()).or_insert(false) |= has;
        at_last.insert(row[0].to_owned(), has);
    }
    let holding = |all: &BTreeMap<String, bool>| json!(all.values().filter(|has| **has).count());
    assert_eq!(truth["rfc_incidents"], holding(&ever));
    assert_eq!(holding(&at_last), count(&named(countersign::facts::incident::ChangeRole::Fix)));
    let mut loads: BTreeMap<_, u64> = BTreeMap::new();
    for person in all.iter().flat_map(|i| i.responders.iter()) {
        *loads.entry(*person).or_default() += 1;
    }
    let mut loads: Vec<u64> = loads.into_values().collect();
    loads.sort_unstable_by(|a, b| b.cmp(a));
    let (concentration, total) = (&truth["resolver_concentration"], loads.iter().sum::<u64>());
    assert_eq!(concentration["resolvers"], json!(loads.len()));
    assert_eq!(concentration["resolved"], json!(total));
    equal(concentration, "gini", concentration::gini(&loads).unwrap(), 3);
    let top = |n: usize| loads.iter().take(n).sum::<u64>() as f64 / total as f64;
    equal(concentration, "top1_share", top(1), 4);
    equal(concentration, "top5_share", top(5), 4);
    equal(concentration, "top_decile_share", concentration::top_decile_share(&loads).unwrap(), 4);
    let shares = loads.iter().map(|load| (*load as f64 / total as f64).powi(2));
    equal(concentration, "hhi", shares.sum(), 5);
    let hours =
        |wanted: Hours| count(&|i| Hours::of(i.times.started.unwrap().to_zoned(TimeZone::UTC).datetime()) == wanted);
    assert_eq!(truth["opened_buckets"]["business"], hours(Hours::Business));
    assert_eq!(truth["opened_buckets"]["sleep"], hours(Hours::Sleep));
}
