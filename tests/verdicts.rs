//! Every verdict of every built check, reached from files: from the plan to the report.
//!
//! The unit tests of a check judge facts; here the same verdicts come out of histories, exports and configurations, so
//! that a reader or a measure that loses what a verdict rests on is noticed.

#![allow(clippy::expect_used, reason = "a test stops where its ground is missing")]

mod support;

#[path = "verdicts/robustness.rs"]
mod robustness;
#[path = "verdicts/surveillance.rs"]
mod surveillance;
#[path = "verdicts/workload.rs"]
mod workload;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use countersign::checks::{BUILT, CATALOGUE, Verdict};
use support::{Files, audit_folder, check, folder};

/// What is handed in, and the verdict it must lead to.
pub(crate) struct Row {
    id: &'static str,
    verdict: &'static str,
    files: fn() -> Files,
    then: fn(&Path),
}

impl Row {
    const fn of(id: &'static str, verdict: &'static str, files: fn() -> Files) -> Self {
        Self::after(id, verdict, files, |_| {})
    }

    /// The same, with something done in the folder before the audit.
    const fn after(id: &'static str, verdict: &'static str, files: fn() -> Files, then: fn(&Path)) -> Self {
        Self { id, verdict, files, then }
    }
}

fn rows() -> impl Iterator<Item = &'static Row> {
    robustness::ROWS.iter().chain(workload::ROWS).chain(surveillance::ROWS)
}

/// Verdicts that no file can lead to: check, verdict, why.
const UNREACHABLE: [(&str, &str, &str); 2] = [
    ("S18", "no conclusion", "only a repository that is audited without a plan has no purpose to look for"),
    ("W08", "met", "events are a lower bound of work, so that rest is never shown to have been kept"),
];

#[track_caller]
fn hold(rows: &[Row]) {
    let mut wrong = String::new();
    for row in rows {
        let folder = folder(&(row.files)());
        (row.then)(folder.path());
        match audit_folder(folder.path()) {
            Err(problem) => drop(writeln!(wrong, "{} {}: {problem}", row.id, row.verdict)),
            Ok(outcome) => {
                let found = check(&outcome.report, row.id);
                if found.verdict != row.verdict {
                    let grounds: Vec<&str> = found.grounds.iter().map(|ground| ground.id.as_str()).collect();
                    let refused: Vec<&str> = outcome.refused.iter().map(|refused| refused.detail.as_str()).collect();
                    let _ = writeln!(
                        wrong,
                        "{} {}: it is {}, {grounds:?}, {refused:?}",
                        row.id, row.verdict, found.verdict
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn checks_of_robustness_give_each_verdict() {
    hold(robustness::ROWS);
}

#[test]
fn checks_of_workload_give_each_verdict() {
    hold(workload::ROWS);
}

#[test]
fn checks_of_surveillance_give_each_verdict() {
    hold(surveillance::ROWS);
}

#[test]
fn any_check_can_be_set_aside_with_a_reason_that_is_printed() {
    let mut plan = format!("{}\n[not_material]\n", support::shop::PLAN);
    for entry in CATALOGUE {
        let _ = writeln!(plan, "{} = \"nothing of the kind: {}\"", entry.id, entry.id);
    }
    let report = support::report(&Files::from([("audit.toml".to_owned(), plan)]));
    for check in &report.checks {
        assert_eq!(check.verdict, "not applicable", "{}", check.id);
        assert!(check.grounds[0].text["en"].contains(&format!("nothing of the kind: {}", check.id)));
    }
    for dimension in &report.dimensions {
        assert_eq!(dimension.conclusion, "no conclusion", "{}", dimension.id);
    }
}

/// Verdicts that the unit tests of a check name; a test that names what is missing means *no conclusion*.
fn named_by_unit_tests() -> BTreeMap<String, BTreeSet<&'static str>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checks");
    let mut named = BTreeMap::new();
    for (path, text) in support::tree(&root) {
        let name = path.rsplit('/').next().expect("a path has a last part");
        let id = name.chars().take(3).collect::<String>().to_uppercase();
        if !path.contains('/') || name == "mod.rs" {
            continue;
        }
        let text = String::from_utf8(text).expect("a source file is text");
        let (_, tests) = text.split_once("mod tests {").expect("a check has tests");
        let verdicts = Verdict::ALL.into_iter().filter(|verdict| {
            tests.contains(&format!("Verdict::{verdict:?}"))
                || *verdict == Verdict::NoConclusion && tests.contains("needs, ")
        });
        named.insert(id, verdicts.map(Verdict::word).collect());
    }
    named
}

#[test]
fn the_table_reaches_what_the_unit_tests_reach() {
    let mut reached: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for row in rows() {
        assert!(reached.entry(row.id.into()).or_default().insert(row.verdict), "{} {} twice", row.id, row.verdict);
    }
    let built: BTreeSet<String> = BUILT.iter().map(|check| check.id.to_owned()).collect();
    assert_eq!(reached.keys().cloned().collect::<BTreeSet<_>>(), built);
    let named = named_by_unit_tests();
    assert_eq!(named.keys().cloned().collect::<BTreeSet<_>>(), built);
    for (id, verdicts) in named {
        assert!(verdicts.len() >= 2, "{id}: {verdicts:?}");
        for verdict in verdicts {
            let excused =
                UNREACHABLE.iter().any(|(check, word, why)| *check == id && *word == verdict && !why.is_empty());
            assert!(reached[&id].contains(verdict) || excused, "{id} is never {verdict:?} from files");
        }
    }
}
