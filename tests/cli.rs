//! The program as a user meets it: exit codes, messages, and an output folder that is whole or untouched.

#![allow(clippy::expect_used, reason = "a test stops where its ground is missing")]

mod support;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Output, Stdio};

use countersign::plan::Plan;
use countersign::report::v1::{Report, State};
use countersign::run;
use countersign::sources::Quiet;
use support::generator::generate;
use support::shop::{Shop, Work, bare};
use support::{Files, check, edit, figure, folder, program, stderr, tree};
use tempfile::TempDir;

/// A run of `audit`, in a folder of its own beside the inputs.
struct Run {
    /// Holds `in/` and, if something was written, `out/`.
    place: TempDir,
    output: Output,
}

impl Run {
    fn code(&self) -> Option<i32> {
        self.output.status.code()
    }

    fn said(&self) -> String {
        stderr(&self.output)
    }

    /// Names of what lies beside the inputs.
    fn beside(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.place.path()).expect("it is there").map(|entry| {
            let name = entry.expect("an entry can be read").file_name();
            name.into_string().expect("it is plain")
        });
        let mut names: Vec<String> = entries.filter(|name| name != "in").collect();
        names.sort();
        names
    }

    fn report(&self) -> Report {
        let bytes = std::fs::read(self.place.path().join("out/report.json")).expect("a report was written");
        serde_json::from_slice(&bytes).expect("it is a report")
    }
}

fn audit_with(files: &Files, prepare: impl Fn(&Path), arguments: &[&str]) -> Run {
    let place = tempfile::tempdir().expect("a folder can be made");
    support::write(&place.path().join("in"), files);
    prepare(&place.path().join("in"));
    let output = program(place.path()).args(["audit", "in", "--out", "out"]).args(arguments).output();
    Run { output: output.expect("the program can be run"), place }
}

fn audit(files: &Files) -> Run {
    audit_with(files, |_| {}, &[])
}

/// The run failed with this code, said all of this, and left nothing behind, not even beside the folder.
#[track_caller]
fn refused(run: &Run, code: i32, says: &[&str]) {
    let said = run.said();
    assert_eq!(run.code(), Some(code), "{said}");
    for part in ["error: ", "\n  --> ", "\n  why: ", "\n  help: "].iter().chain(says) {
        assert!(said.contains(part), "{part:?} is missing in:\n{said}");
    }
    assert_eq!(run.beside(), Vec::<String>::new(), "something was written");
    assert!(run.output.stdout.is_empty());
}

fn edited(path: &str, from: &str, to: &str) -> Files {
    let mut files = generate(1);
    edit(&mut files, path, from, to);
    files
}

#[test]
fn a_missing_file_ends_the_run_before_it_begins() {
    let mut files = generate(1);
    files.remove("incidents/servicenow.csv");
    refused(&audit(&files), 3, &["--> incidents/servicenow.csv", "nothing at this path", "in/audit.toml"]);
}

#[test]
fn a_severity_without_meaning_is_named_with_what_to_write() {
    let files = edited("incidents/servicenow.csv", "1 - Critical", "9 - Odd");
    let says = ["--> incidents/servicenow.csv:", "`9 - Odd` has no meaning for severity", "map = { \"9 - Odd\" = 3 }"];
    refused(&audit(&files), 3, &says);
}

#[test]
fn a_mapping_file_with_a_severity_that_does_not_exist_is_refused() {
    let mapping = "extends = \"generic-csv\"\n[fields]\nseverity = { from = \"severity\", map = { \"1\" = 9 } }\n";
    let tables = "[[incidents]]\npath = \"i.csv\"\nmapping = \"own.toml\"";
    let files =
        bare(tables, &[("i.csv", "id,severity,started_at\nI-1,1,2026-07-02T10:00:00Z\n"), ("own.toml", mapping)]);
    refused(&audit(&files), 2, &["--> own.toml:3", "`severity`", "1, 2, 3, 4, 5, none"]);
}

#[test]
fn a_broken_configuration_among_good_ones_is_refused_where_everybody_sees_it() {
    let run = audit(&edited("monitoring/otel/collector.yaml", "receivers:\n", "receivers: [\n"));
    assert_eq!(run.code(), Some(0), "{}", run.said());
    assert!(run.said().contains("not read: monitoring/otel/collector.yaml:"), "{}", run.said());
    let report = run.report();
    let refused = report.coverage.refused.iter().find(|refused| refused.path == "monitoring/otel/collector.yaml");
    assert_eq!(refused.expect("it is listed").kind, "monitoring");
    assert!(report.coverage.inputs.iter().any(|input| input.path == "monitoring/loki/loki.yaml"));
    let html = std::fs::read_to_string(run.place.path().join("out/regulator.en.html")).expect("it is written");
    assert!(html.contains("monitoring/otel/collector.yaml"));
}

#[test]
fn a_corrupt_repository_alone_ends_the_run() {
    let mut files = Shop::new().land(&Work::default()).files();
    files.insert("shop.fi".into(), "no stream\n".into());
    refused(&audit(&files), 3, &["--> shop.fi", "why: it is no git repository", "fast-export"]);
}

#[test]
fn a_corrupt_repository_beside_good_ones_is_left_out_and_said() {
    let mut files = generate(1);
    files.insert("repos/checkout.fi".into(), "no stream\n".into());
    let run = audit(&files);
    assert_eq!(run.code(), Some(0), "{}", run.said());
    assert!(run.said().contains("not read: repos/checkout.fi: "), "{}", run.said());
    let report = run.report();
    assert!(report.coverage.refused.iter().any(|refused| refused.path == "repos/checkout.fi"));
    let read = report.coverage.inputs.iter().filter(|input| input.kind == "history").count();
    assert_eq!(read, 3);
}

#[test]
fn a_repository_with_a_damaged_object_store_ends_the_run() {
    let files = bare(
        "[[repositories]]\npath = \"repo\"",
        &[
            ("repo/HEAD", "ref: refs/heads/main\n"),
            ("repo/refs/heads/main", "0123456789012345678901234567890123456789\n"),
            ("repo/objects/01/junk", "junk"),
        ],
    );
    refused(&audit(&files), 3, &["--> repo"]);
}

#[test]
fn a_period_without_commits_is_noted_and_its_counts_are_known_to_be_0() {
    let run = audit_with(&Shop::new().land(&Work::default()).files(), |_| {}, &["--period", "2020-Q1"]);
    assert_eq!(run.code(), Some(0), "{}", run.said());
    assert!(run.said().contains("note: The audited branches hold no commit in the period."), "{}", run.said());
    let report = run.report();
    assert!(report.coverage.statements.iter().any(|statement| statement.id == "coverage-no-commits"));
    for id in ["history.commits", "history.changes", "ai.attributed", "reverts.body"] {
        assert_eq!((figure(&report, id).state, figure(&report, id).value), (State::Known, Some(0.0)), "{id}");
    }
    let on_history = ["R01", "R02", "R03", "R09", "R10", "W01", "W07"];
    for id in on_history {
        assert_eq!(check(&report, id).verdict, "no conclusion", "{id}");
    }
}

#[test]
fn a_slip_in_the_plan_is_answered_with_the_word_to_type() {
    let slips = [
        ("period = ", "preiod = ", "write `period`", "audit.toml:5:1"),
        ("W03.gini", "W03.gimi", "write `W03.gini`", "audit.toml"),
        ("W03.gini", "X99.gini", "known are ", "audit.toml"),
        ("\"intl-soft\"", "\"intl-sof\"", "write `intl-soft`", "audit.toml"),
        ("\"github-cli\"", "\"github-cly\"", "github-cli", "audit.toml"),
        ("\"generic-csv\"", "\"generic-cvs\"", "generic-csv", "audit.toml"),
        ("Europe/Berlin", "Europe/Berlim", "Europe/Berlin", "audit.toml"),
        ("[people]", "[poeple]", "write `people`", "audit.toml"),
    ];
    for (from, to, help, place) in slips {
        let run = audit(&edited("audit.toml", from, to));
        let said = run.said();
        assert_eq!(run.code(), Some(2), "{to}: {said}");
        for part in ["error: ", "why: ", "help: ", help, place] {
            assert!(said.contains(part), "{to}: {part:?} is missing in:\n{said}");
        }
        assert_eq!(run.beside(), Vec::<String>::new(), "{to}");
    }
}

#[test]
fn an_unknown_check_in_the_plan_is_refused() {
    let mut files = generate(1);
    files.entry("audit.toml".into()).and_modify(|plan| plan.push_str("\n[not_material]\nR99 = \"none\"\n"));
    refused(&audit(&files), 2, &["there is no check `R99`"]);
}

#[test]
fn a_reversed_period_is_a_slip_of_the_command_line() {
    let run = audit_with(&generate(1), |_| {}, &["--period", "2026-10-01..2026-07-01"]);
    assert_eq!(run.code(), Some(2), "{}", run.said());
    assert_eq!(run.beside(), Vec::<String>::new());
}

#[test]
fn a_plan_with_a_repository_alone_says_what_each_other_check_needs() {
    let run = audit(&Shop::new().land(&Work { marked: true, ..Work::default() }).files());
    assert_eq!(run.code(), Some(0), "{}", run.said());
    let report = run.report();
    lacking(&report, &["R04", "R06", "R12", "R14", "W01", "W03", "W05", "S01", "S02", "S05", "S09", "S11", "S12"]);
    for id in ["incidents.count", "captures.observed", "firewall.paths", "review.dual_authorised"] {
        assert_eq!((figure(&report, id).state, figure(&report, id).needs.is_empty()), (State::Unknown, false), "{id}");
    }
    assert_eq!(figure(&report, "history.changes").value, Some(1.0));
}

#[test]
fn a_plan_with_monitoring_alone_says_what_each_other_check_needs() {
    let files = bare("[[monitoring]]\npath = \"m\"", &[("m/ai.env", "CLAUDE_CODE_ENABLE_TELEMETRY=1\n")]);
    let run = audit(&files);
    assert_eq!(run.code(), Some(0), "{}", run.said());
    let report = run.report();
    lacking(&report, &["R01", "R02", "R03", "R06", "R09", "R12", "R14", "W01", "W03", "W07", "S01", "S02", "S11"]);
    for id in ["history.commits", "ai.attributed", "incidents.count", "change_failure.ai", "captures.undeclared"] {
        assert_eq!((figure(&report, id).state, figure(&report, id).needs.is_empty()), (State::Unknown, false), "{id}");
    }
    assert_eq!(figure(&report, "captures.observed").value, Some(1.0));
}

/// Each of these is *no conclusion*, and says what it needs.
#[track_caller]
fn lacking(report: &Report, ids: &[&str]) {
    for id in ids {
        let check = check(report, id);
        assert_eq!(check.verdict, "no conclusion", "{id}");
        assert!(check.grounds.iter().any(|ground| ground.id == "needs-list"), "{id}: {:?}", check.grounds);
    }
}

#[test]
fn one_repository_can_be_audited_without_a_plan() {
    let folder = folder(&Shop::new().land(&Work::default()).files());
    let run = support::run(folder.path(), &["audit", "shop.fi", "--period", "2026-Q3", "--out", "out"]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    assert!(folder.path().join("out/report.json").exists());
    let without = support::run(folder.path(), &["audit", "shop.fi", "--out", "out2"]);
    assert_eq!(without.status.code(), Some(2), "{}", stderr(&without));
}

#[test]
fn a_pipeline_can_fail_on_what_is_not_met() {
    let for_ever = "resource \"aws_cloudwatch_log_group\" \"x\" {\n  name = \"x\"\n  retention_in_days = 0\n}\n";
    let broken = bare("[[monitoring]]\npath = \"m\"", &[("m/logs.tf", for_ever)]);
    let run = audit_with(&broken, |_| {}, &["--fail-on", "not-met"]);
    assert_eq!(run.code(), Some(10), "{}", run.said());
    assert!(run.place.path().join("out/manifest.json").exists(), "the report is written all the same");
    let nothing = audit_with(&bare("", &[]), |_| {}, &["--fail-on", "not-met"]);
    assert_eq!(nothing.code(), Some(0), "{}", nothing.said());
}

#[test]
fn a_reader_who_has_seen_enough_of_the_catalogue_is_no_error() {
    let mut child = program(Path::new("."))
        .arg("catalogue")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be run");
    let mut first = String::new();
    BufReader::with_capacity(16, child.stdout.take().expect("a pipe")).read_line(&mut first).expect("it writes");
    let output = child.wait_with_output().expect("it ends");
    assert!(first.starts_with("R01  "), "{first}");
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
}

#[test]
fn the_catalogue_explains_a_check_and_knows_a_slip() {
    let here = Path::new(".");
    let r03 = support::run(here, &["catalogue", "r03"]);
    let text = String::from_utf8_lossy(&r03.stdout).into_owned();
    assert_eq!(r03.status.code(), Some(0));
    assert!(text.starts_with("R03  "), "{text}");
    assert!(
        ["Criterion", "What would mend it", "Limits of this check"].iter().all(|part| text.contains(part)),
        "{text}"
    );
    let slip = support::run(here, &["catalogue", "R033"]);
    assert_eq!(slip.status.code(), Some(2));
    assert!(stderr(&slip).contains("there is no check `R033`") && slip.stdout.is_empty());
}

#[test]
fn the_catalogue_lists_the_marks_with_their_class_and_source() {
    let here = Path::new(".");
    let run = support::run(here, &["catalogue", "--marks"]);
    let text = String::from_utf8_lossy(&run.stdout).into_owned();
    assert_eq!((run.status.code(), stderr(&run)), (Some(0), String::new()));
    let line =
        |part: &str| text.lines().find(|line| line.contains(part)).unwrap_or_else(|| panic!("no {part}: {text}"));
    assert!(text.starts_with("class  tool"), "{text}");
    assert!(line("address noreply@anthropic.com").starts_with("I      claude "));
    let vscode = line("address copilot@github.com");
    assert!(["X  ", "2026-04-16", "2026-05-03", "https://"].iter().all(|part| vscode.contains(part)), "{vscode}");
    assert!(line("address cascade@windsurf.ai").contains("yes"));
    assert_eq!(support::run(here, &["catalogue", "R03", "--marks"]).status.code(), Some(2));
}

#[test]
fn a_folder_with_other_things_in_it_is_left_alone() {
    let files = bare("", &[]);
    let place = folder(&files);
    support::write(place.path(), &Files::from([("out/thesis.txt".into(), "mine".into())]));
    let before = tree(place.path());
    let run = support::run(place.path(), &["audit", "--out", "out"]);
    assert_eq!(run.status.code(), Some(2), "{}", stderr(&run));
    assert!(stderr(&run).contains("holds no manifest.json of an earlier report"), "{}", stderr(&run));
    assert_eq!(tree(place.path()), before);
}

#[test]
fn an_earlier_report_is_untouched_by_a_run_that_fails() {
    let place = folder(&Shop::new().land(&Work::default()).files());
    assert!(support::run(place.path(), &["audit", "--out", "out"]).status.success());
    let before = tree(&place.path().join("out"));
    std::fs::write(place.path().join("shop.fi"), "no stream\n").expect("it can be written");
    assert_eq!(support::run(place.path(), &["audit", "--out", "out"]).status.code(), Some(3));
    assert_eq!(tree(&place.path().join("out")), before);
}

#[test]
fn an_earlier_report_can_be_rendered_again_to_the_same_bytes() {
    let place = folder(&Shop::new().land(&Work::default()).files());
    assert!(support::run(place.path(), &["audit", "--out", "out"]).status.success());
    let rendered = support::run(place.path(), &["render", "out", "--out", "again"]);
    assert!(rendered.status.success(), "{}", stderr(&rendered));
    assert_eq!(tree(&place.path().join("again")), tree(&place.path().join("out")));
}

#[test]
fn the_library_writes_nothing() {
    let place = folder(&Shop::new().land(&Work::default()).files());
    let before = tree(place.path());
    let outcome = run::audit(&Plan::load(place.path()).expect("it is a plan"), &Quiet).expect("it can be audited");
    assert!(outcome.files.contains_key("manifest.json"));
    assert_eq!(tree(place.path()), before);
}

#[test]
fn control_characters_of_an_input_do_not_reach_the_terminal() {
    let mut files = bare("[[monitoring]]\npath = \"m\"", &[("m/ai.env", "OTEL_LOG_USER_PROMPTS=1\n")]);
    files.insert("m/\u{1b}[31mred.yaml".into(), "a: [".into());
    let run = audit(&files);
    assert_eq!(run.code(), Some(0), "{}", run.said());
    assert!(!run.said().contains('\u{1b}') && run.said().contains("red.yaml"), "{:?}", run.said());
    assert!(!String::from_utf8_lossy(&run.output.stderr).contains('\u{1b}'));
}
