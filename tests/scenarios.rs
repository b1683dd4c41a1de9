//! Generated organisations, from their files to the report, held against the truth about them.
//!
//! The generator counts where it makes things; the program counts what it reads back. Seed 1 holds every planted case,
//! other seeds some, so that a finding that is always there fails as well as one that never is.

#![allow(clippy::expect_used, reason = "a test stops where its ground is missing")]

mod support;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use countersign::report::v1::{Cell, Report};
use support::generator::{Case, CaseTruth, Truth, generate, truth};
use support::{audit_folder, cell, check, count, edit, figure, harbour, report, table, verdict};

const SEEDS: std::ops::RangeInclusive<u64> = 2..=6;

/// Every figure the truth counts; one it does not name is 0.
const COUNTED: [&str; 32] = [
    "history.commits",
    "history.merges",
    "history.changes",
    "history.automation",
    "ai.attributed",
    "ai.suggestion_accepted",
    "ai.mentioned",
    "ai.tool.aider",
    "ai.tool.amazon-q",
    "ai.tool.claude",
    "ai.tool.codex",
    "ai.tool.copilot",
    "ai.tool.cursor",
    "ai.tool.devin",
    "ai.tool.gemini",
    "ai.tool.jules",
    "ai.tool.kiro",
    "reverts.body",
    "reverts.subject",
    "reverts.of_ai",
    "guardrail.bypass.skipped_ci",
    "guardrail.bypass.trybot",
    "incidents.count",
    "incidents.excluded",
    "incidents.untimed",
    "incidents.ai_not_recorded",
    "incidents.duration.over_2h",
    "incidents.duration.over_24h",
    "incidents.severity.1",
    "incidents.severity.2",
    "incidents.severity.3",
    "incidents.severity.4",
];

/// Counted by the truth, and no figure of a report.
const NO_FIGURE: [&str; 3] = ["ai.attributed.landed", "incidents.cause_named", "incidents.cause_named.ai"];

fn committed() -> Report {
    audit_folder(&harbour()).expect("the committed example can be audited").report
}

fn planted(truth: &Truth, case: Case) -> Option<&CaseTruth> {
    truth.cases.iter().find(|planted| planted.case == case)
}

/// Each seed with its report, made once; seed 1 is the committed example.
static AUDITED: LazyLock<Vec<(Truth, Report)>> = LazyLock::new(|| {
    let others = SEEDS.map(|seed| (truth(seed), report(&generate(seed))));
    std::iter::once((truth(1), committed())).chain(others).collect()
});

fn for_every_seed(look: impl Fn(&Truth, &Report)) {
    AUDITED.iter().for_each(|(truth, report)| look(truth, report));
}

/// Texts of the evidence of a check, and its files.
fn evidence<'a>(report: &'a Report, id: &str) -> (BTreeSet<&'a str>, BTreeSet<&'a str>) {
    let places = &check(report, id).evidence;
    (places.iter().map(|place| place.text.as_str()).collect(), places.iter().map(|place| place.file.as_str()).collect())
}

#[test]
fn every_counted_figure_is_what_was_planted() {
    for_every_seed(|truth, report| {
        for id in COUNTED {
            let expected = truth.figures.get(id).copied().unwrap_or(0);
            assert_eq!(count(report, id), expected, "seed {}: {id}", truth.seed);
        }
        for id in truth.figures.keys() {
            assert!(COUNTED.contains(&id.as_str()) || NO_FIGURE.contains(&id.as_str()), "{id} is not compared");
        }
        for id in report.figures.keys().filter(|id| id.starts_with("ai.tool.")) {
            assert!(truth.figures.contains_key(id), "seed {}: {id} was not planted", truth.seed);
        }
        let landed = count(report, "ai.attributed") - count(report, "ai.recovered_from_reviews");
        assert_eq!(landed, truth.figures["ai.attributed.landed"], "seed {}", truth.seed);
    });
}

#[test]
fn incidents_whose_records_name_their_cause_are_linked_to_it() {
    for_every_seed(|truth, report| {
        let named = |id: &str| truth.figures.get(id).copied().unwrap_or(0);
        assert!(count(report, "incidents.linked") >= named("incidents.cause_named"), "seed {}", truth.seed);
        let rows = &table(report, "incidents").rows;
        let ai = rows.iter().filter(|row| row.last() == Some(&Cell::Text("AI-attributed".into()))).count();
        assert!(ai as u64 >= named("incidents.cause_named.ai"), "seed {}", truth.seed);
    });
}

#[test]
fn the_deleted_environment_breaks_the_doctrine_and_the_record_is_in_conflict() {
    for_every_seed(|truth, report| {
        let Some(case) = planted(truth, Case::EnvironmentRecreated) else {
            assert_ne!(verdict(report, "R06"), "not met", "seed {}", truth.seed);
            assert_eq!(count(report, "doctrine.outside"), 0);
            return;
        };
        let incident = case.incident.as_deref().expect("it has a record");
        assert_eq!(verdict(report, "R06"), "not met");
        assert_eq!(evidence(report, "R06").0, BTreeSet::from([incident]));
        let conflict = check(report, "R14").evidence.iter().find(|place| place.text == incident);
        assert_eq!(conflict.expect("it is named").what.id, "r14-evidence-conflict");
        let row = |column| cell(table(report, "incidents"), incident, column);
        assert_eq!([row("minutes"), row("ai-role")], ["780", "authored and executed"]);
        assert_eq!([row("recorded-cause"), row("linked-change")], ["user error", "AI-attributed"]);
        let bypass = check(report, "R05").evidence.iter().find(|place| place.text == incident);
        assert_eq!(bypass.expect("the broad role is named").what.id, "r05-bypass-role-too-broad");
    });
}

#[test]
fn the_outage_that_ai_did_not_cause_is_never_put_down_to_ai() {
    for_every_seed(|truth, report| {
        let Some(case) = planted(truth, Case::OutageWithoutAi) else { return };
        let incident = case.incident.as_deref().expect("it has a record");
        let row = |column| cell(table(report, "incidents"), incident, column);
        assert_eq!([row("minutes"), row("severity"), row("ai-role")], ["360", "1", "none"], "seed {}", truth.seed);
        assert_eq!([row("ai-status"), row("linked-change")], ["ruled out", "unattributed"]);
        for id in ["R06", "R14"] {
            assert!(!evidence(report, id).0.contains(incident), "seed {}: {id} blames AI for it", truth.seed);
        }
        for sentence in report.summary.found.iter().filter(|sentence| sentence.id == "summary-longest-ai") {
            assert_ne!(sentence.args["incident"], incident, "seed {}", truth.seed);
        }
    });
}

#[test]
fn the_approval_within_seconds_is_found_where_it_was_given() {
    for_every_seed(|truth, report| {
        let found = planted(truth, Case::UnreadApproval).is_some();
        assert_eq!(verdict(report, "W05") == "not met", found, "seed {}", truth.seed);
        assert_eq!(count(report, "workload.fast_approvals.ai"), u64::from(found), "seed {}", truth.seed);
        assert_eq!(figure(report, "workload.fast_approvals").numerator, Some(f64::from(u8::from(found))));
    });
}

#[test]
fn stripped_marks_are_recovered_from_the_export_and_from_nothing_else() {
    for_every_seed(|truth, report| {
        let found = planted(truth, Case::StrippedMarks).is_some();
        assert_eq!(count(report, "ai.recovered_from_reviews"), u64::from(found), "seed {}", truth.seed);
        let comments: Vec<&str> = check(report, "R01").grounds.iter().map(|ground| ground.id.as_str()).collect();
        assert_eq!(comments.contains(&"r01-recovered"), found, "seed {}: {comments:?}", truth.seed);
    });
}

#[test]
fn without_the_export_the_stripped_change_stays_unattributed() {
    let mut files = generate(1);
    for name in ["checkout", "storefront", "payments"] {
        edit(&mut files, "audit.toml", &format!("reviews = \"reviews/{name}.json\"\nformat = \"github-cli\"\n"), "");
    }
    let report = report(&files);
    assert_eq!(count(&report, "ai.recovered_from_reviews"), 0);
    assert_eq!(count(&report, "ai.attributed"), truth(1).figures["ai.attributed.landed"]);
    assert_eq!(verdict(&report, "W05"), "no conclusion");
}

#[test]
fn a_path_through_the_wall_is_found_where_there_is_one() {
    for_every_seed(|truth, report| {
        let paths = count(report, "firewall.paths");
        assert_eq!(report.firewall.len() as u64, paths, "seed {}", truth.seed);
        let Some(case) = planted(truth, Case::SafetyLogReused) else {
            assert_eq!(paths, 0, "seed {}", truth.seed);
            assert_ne!(verdict(report, "S11"), "not met");
            assert_ne!(verdict(report, "S12"), "not met");
            return;
        };
        assert!(paths > 0, "seed {}", truth.seed);
        let (first, last) = (&case.paths[0], &case.paths[case.paths.len() - 1]);
        let goes = |path: &countersign::report::v1::FirewallPath| {
            path.steps.first().is_some_and(|step| step.place == *first)
                && path.steps.last().is_some_and(|step| step.place == *last)
        };
        assert!(report.firewall.iter().any(goes), "seed {}: {:?}", truth.seed, report.firewall);
        for id in ["S11", "S12"] {
            assert_eq!(verdict(report, id), "not met", "seed {}: {id}", truth.seed);
            assert_eq!(evidence(report, id).1, BTreeSet::from([last.as_str()]), "seed {}: {id}", truth.seed);
        }
    });
}

#[test]
fn transcription_that_nobody_declared_is_found_where_it_is() {
    for_every_seed(|truth, report| {
        let found = planted(truth, Case::UndeclaredTranscription);
        assert_eq!(count(report, "captures.undeclared") > 0, found.is_some(), "seed {}", truth.seed);
        let transcripts =
            |id| check(report, id).evidence.iter().filter(|p| p.what.id == "capture-meeting-transcription");
        assert_eq!(transcripts("S01").count() > 0, found.is_some(), "seed {}", truth.seed);
        assert_eq!(verdict(report, "S06"), if found.is_some() { "not met" } else { "met" }, "seed {}", truth.seed);
        for place in transcripts("S01") {
            assert_eq!(Some(&place.file), found.map(|case| &case.paths[0]), "seed {}", truth.seed);
        }
    });
}

#[test]
fn lesser_findings_are_in_every_report() {
    for_every_seed(|truth, report| {
        let lesser = &truth.lesser;
        assert!(evidence(report, "S01").0.contains(lesser.dead_entry), "seed {}", truth.seed);
        assert!(evidence(report, "S05").1.contains(lesser.content.as_str()), "seed {}", truth.seed);
        assert!(evidence(report, "S09").1.contains(lesser.unlimited.as_str()), "seed {}", truth.seed);
        assert!(evidence(report, "W01").0.contains(lesser.unresourced_policy), "seed {}", truth.seed);
        assert_eq!((&report.organisation, &report.period.label), (&truth.organisation, &truth.period));
    });
}
