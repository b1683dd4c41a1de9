//! The same inputs and plan give the same bytes, wherever, whenever and by whomever the program is run.

#![allow(clippy::expect_used, reason = "a test stops where its ground is missing")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use support::{Files, harbour, program, stderr, tree};

/// The report on the committed example, written from the crate's folder.
static REPORT: LazyLock<BTreeMap<String, Vec<u8>>> =
    LazyLock::new(|| written(Path::new(env!("CARGO_MANIFEST_DIR")), &harbour(), |_| {}));

/// What the program writes about a folder, run in another folder with changes to its surroundings.
fn written(from: &Path, input: &Path, surroundings: impl FnOnce(&mut Command)) -> BTreeMap<String, Vec<u8>> {
    let place = tempfile::tempdir().expect("a folder can be made");
    let out = place.path().join("report");
    let mut command = program(from);
    surroundings(&mut command);
    let output = command.arg("audit").arg(input).arg("--out").arg(&out).output().expect("the program can be run");
    assert!(output.status.success(), "{}", stderr(&output));
    tree(&out)
}

#[track_caller]
fn same(found: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(REPORT.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
    for (name, bytes) in REPORT.iter() {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (expected, found) = (text(bytes), text(&found[name]));
        let differs = expected.lines().zip(found.lines()).find(|(a, b)| a != b);
        assert_eq!(differs, None, "{name}");
        assert!(expected == found, "{name}");
    }
}

#[test]
fn twice_is_the_same() {
    same(&written(Path::new(env!("CARGO_MANIFEST_DIR")), &harbour(), |_| {}));
}

#[test]
fn the_number_of_threads_does_not_matter() {
    for threads in ["1", "4"] {
        same(&written(&harbour(), Path::new("."), |command| {
            command.env("RAYON_NUM_THREADS", threads);
        }));
    }
}

#[test]
fn whoever_runs_it_does_not_matter() {
    let home = tempfile::tempdir().expect("a folder can be made");
    let trap = home.path().join("trapped");
    let settings = format!(
        "[core]\n\tfsmonitor = touch {0}\n\thooksPath = {1}\n\tabbrev = 4\n[log]\n\tmailmap = false\n[diff]\n\talgorithm = patience\n\trenames = copies\n\texternal = touch {0}\n",
        trap.display(),
        home.path().display()
    );
    let hook = "#!/bin/sh\ntouch \"$(dirname \"$0\")/trapped\"\n".to_owned();
    support::write(
        home.path(),
        &Files::from([(".gitconfig".into(), settings), ("reference-transaction".into(), hook)]),
    );
    same(&written(home.path(), &harbour(), |command| {
        command.env("HOME", home.path()).env("XDG_CONFIG_HOME", home.path()).env("USER", "somebody");
        command.env("TZ", "Pacific/Kiritimati").env("LANG", "de_DE.UTF-8").env("LC_ALL", "tr_TR.UTF-8");
        command.env("GIT_DIR", "/nowhere").env("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z").env("COLUMNS", "20");
        command.env("GIT_CONFIG_GLOBAL", home.path().join(".gitconfig"));
    }));
    assert!(!trap.exists(), "settings of the user were run");
}

#[test]
fn where_the_inputs_lie_does_not_matter() {
    let place = tempfile::tempdir().expect("a folder can be made");
    let files = tree(&harbour()).into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).expect("text")));
    let deep = place.path().join("a b/ü");
    support::write(&deep, &files.collect());
    same(&written(place.path(), &deep, |_| {}));
    // Inside a repository of somebody, whose history is none of the audit's business.
    support::git(place.path(), "2026-09-09T10:00:00Z", &["init", "--quiet"]);
    support::git(place.path(), "2026-09-09T10:00:00Z", &["add", "."]);
    support::git(place.path(), "2026-09-09T10:00:00Z", &["commit", "--quiet", "--message", "Hand in"]);
    same(&written(&deep, Path::new("audit.toml"), |_| {}));
}

#[test]
fn no_path_of_this_machine_is_written() {
    let place = tempfile::tempdir().expect("a folder can be made");
    let mut paths = vec![env!("CARGO_MANIFEST_DIR").to_owned(), "/tmp/".into(), "\\tmp\\".into()];
    for folder in [std::env::temp_dir(), std::env::current_dir().expect("there is one"), place.path().to_path_buf()] {
        paths.push(folder.display().to_string());
    }
    paths.extend(std::env::home_dir().map(|home| format!("{}/", home.display())));
    for (name, bytes) in REPORT.iter() {
        let text = String::from_utf8_lossy(bytes);
        for path in paths.iter().filter(|path| path.len() > 2) {
            assert!(!text.contains(path.as_str()), "{name} holds {path}");
        }
    }
}
