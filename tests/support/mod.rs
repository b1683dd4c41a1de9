//! Made-up organisations in temporary folders, and what a report says about them.
//!
//! A test changes the generated files as an organisation might have handed them in, writes them into a folder of its
//! own, and audits that.

#![allow(dead_code, reason = "each test file uses a part of this")]
#![allow(clippy::expect_used, reason = "a test stops where its ground is missing")]

#[path = "../../fixtures/generator/mod.rs"]
pub(crate) mod generator;

pub(crate) mod shop;
pub(crate) mod source;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use countersign::error::Problem;
use countersign::plan::Plan;
use countersign::report::v1::{Cell, Check, Figure, Report, State, Table};
use countersign::run::{self, Outcome};
use countersign::sources::Quiet;
use tempfile::TempDir;

/// Files by path, relative to the plan.
pub(crate) type Files = BTreeMap<String, String>;

/// The committed example.
pub(crate) fn harbour() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/harbour")
}

/// Replaces a text that must be there, wherever it is.
#[track_caller]
pub(crate) fn edit(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = files.get_mut(path).unwrap_or_else(|| panic!("{path} is not generated"));
    assert!(text.contains(from), "{path} does not hold {from:?}");
    *text = text.replace(from, to);
}

/// Writes the files into a new folder.
pub(crate) fn folder(files: &Files) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    write(folder.path(), files);
    folder
}

/// Writes the files into a folder.
pub(crate) fn write(folder: &Path, files: &Files) {
    for (path, text) in files {
        let place = folder.join(path);
        std::fs::create_dir_all(place.parent().expect("a file lies in a folder")).expect("a folder can be made");
        std::fs::write(place, text).expect("a file can be written");
    }
}

/// Audits a folder in this process.
pub(crate) fn audit_folder(folder: &Path) -> Result<Outcome, Problem> {
    run::audit(&Plan::load(folder)?, &Quiet)
}

/// Audits files that must be usable.
#[track_caller]
pub(crate) fn audit(files: &Files) -> Outcome {
    audit_folder(folder(files).path()).unwrap_or_else(|problem| panic!("{problem}"))
}

/// The report about files that must be usable.
#[track_caller]
pub(crate) fn report(files: &Files) -> Report {
    audit(files).report
}

/// A check of a report.
#[track_caller]
pub(crate) fn check<'a>(report: &'a Report, id: &str) -> &'a Check {
    report.checks.iter().find(|check| check.id == id).unwrap_or_else(|| panic!("no check {id}"))
}

/// The verdict of a check.
#[track_caller]
pub(crate) fn verdict<'a>(report: &'a Report, id: &str) -> &'a str {
    &check(report, id).verdict
}

/// A figure of a report.
#[track_caller]
pub(crate) fn figure<'a>(report: &'a Report, id: &str) -> &'a Figure {
    report.figures.get(id).unwrap_or_else(|| panic!("no figure {id}"))
}

/// A figure that must be known; 0 where it is absent.
#[track_caller]
pub(crate) fn count(report: &Report, id: &str) -> u64 {
    let Some(figure) = report.figures.get(id) else { return 0 };
    assert_eq!(figure.state, State::Known, "{id}");
    let value = figure.value.unwrap_or_else(|| panic!("{id} has no value"));
    value.to_string().parse().unwrap_or_else(|_| panic!("{id} is no count: {value}"))
}

/// A table of a report.
#[track_caller]
pub(crate) fn table<'a>(report: &'a Report, id: &str) -> &'a Table {
    report.tables.iter().find(|table| table.id == id).unwrap_or_else(|| panic!("no table {id}"))
}

/// A cell as its CSV shows it, by the label of the row and the name of the column.
#[track_caller]
pub(crate) fn cell(table: &Table, label: &str, column: &str) -> String {
    let at = table.columns.iter().position(|c| c.id == column).unwrap_or_else(|| panic!("no column {column}"));
    let row = table.rows.iter().find(|row| row[0] == Cell::Text(label.into()));
    match &row.unwrap_or_else(|| panic!("no row {label}"))[at] {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
    }
}

/// The program, run in a folder, with nothing of the user's settings.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    command.current_dir(folder);
    command
}

/// Runs the program in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder).args(arguments).output().expect("the program can be run")
}

/// What the program said on stderr.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file below a folder, by its path there.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).expect("a folder can be listed") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
                files.insert(name, std::fs::read(path).expect("a file can be read"));
            }
        }
    }
    files
}

/// Runs git without anybody's settings; commits are made by a nobody at a given instant.
#[track_caller]
pub(crate) fn git(folder: &Path, at: &str, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("HOME", folder)
        .env("GIT_AUTHOR_DATE", at)
        .env("GIT_COMMITTER_DATE", at)
        .output()
        .expect("git can be run");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The plan cut down to its `[audit]` table, with other tables after it.
#[track_caller]
pub(crate) fn only(files: &mut Files, tables: &str) {
    let plan = &files["audit.toml"];
    let end = plan.find("\n[[").expect("the plan has inputs");
    let plan = format!("{}\n{tables}", &plan[..end]);
    files.insert("audit.toml".into(), plan);
}
