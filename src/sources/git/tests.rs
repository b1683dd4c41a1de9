//! Repositories built from fast-import streams, read as an audit reads them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::error::{Fault, Problem};
use crate::facts::change::{Change, Channel, MarkClass, PathAction};
use crate::facts::input::RefusalReason;
use crate::facts::{Facts, Kind};
use crate::plan::Plan;
use crate::sources::{Identities, Quiet};

const MIA: &str = "Mia <mia@harbour.example>";
const BEN: &str = "Ben <ben@harbour.example>";

/// 2026-08-01 00:00 UTC, inside the audited quarter.
const AUGUST: i64 = 1_785_542_400;
const DAY: i64 = 86_400;

/// A folder with a bare repository `r.git` and a plan beside it.
struct Fixture {
    folder: TempDir,
}

impl Fixture {
    fn new(stream: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fixture = Self { folder };
        fs::create_dir(fixture.repo()).unwrap();
        fixture.git(&["-c", "init.defaultBranch=main", "init", "--quiet", "--bare"], b"");
        fixture.git(&["fast-import", "--quiet"], stream);
        fixture
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn repo(&self) -> PathBuf {
        self.path("r.git")
    }

    fn git(&self, arguments: &[&str], input: &[u8]) -> Vec<u8> {
        use std::io::Write as _;
        let mut command = Command::new("git");
        command.current_dir(self.repo()).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null");
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_DIR", ".").env("HOME", self.folder.path());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "git {arguments:?}");
        output.stdout
    }

    fn word(&self, arguments: &[&str]) -> String {
        String::from_utf8(self.git(arguments, b"")).unwrap().trim().to_owned()
    }

    /// Reads `[[repositories]]` entries, each given as its keys.
    fn read(&self, entries: &[&str]) -> Result<Facts, Problem> {
        let mut plan = "[audit]\norganisation = \"Harbour\"\nperiod = \"2026-Q3\"\n".to_owned();
        for entry in entries {
            plan.push_str("[[repositories]]\n");
            plan.push_str(entry);
            plan.push('\n');
        }
        fs::write(self.path("audit.toml"), plan).unwrap();
        let plan = Plan::load(self.folder.path()).unwrap();
        let mut facts = Facts::default();
        super::read(&plan, &mut Identities::default(), &Quiet, &mut facts)?;
        Ok(facts)
    }

    fn facts(&self) -> Facts {
        self.read(&["path = \"r.git\""]).unwrap()
    }

    /// The file of a loose object.
    fn loose(&self, id: &str) -> PathBuf {
        self.repo().join("objects").join(&id[..2]).join(&id[2..])
    }
}

/// A fast-import stream that is written commit by commit.
#[derive(Default)]
struct Stream(Vec<u8>);

impl Stream {
    fn commit(mut self, branch: &str, mark: u32, who: &str, at: &str, message: &str, rest: &str) -> Self {
        let text = format!(
            "commit refs/heads/{branch}\nmark :{mark}\nauthor {who} {at}\ncommitter {who} {at}\ndata {}\n{message}\n{rest}\n",
            message.len()
        );
        self.0.extend(text.bytes());
        self
    }

    /// A commit on `main` by Mia, so many days after the first of August.
    fn on(self, day: i64, mark: u32, message: &str, rest: &str) -> Self {
        self.commit("main", mark, MIA, &format!("{} +0200", AUGUST + day * DAY), message, rest)
    }
}

fn file(path: &str, content: &str) -> String {
    format!("M 100644 inline {path}\ndata {}\n{content}\n", content.len())
}

fn by<'a>(facts: &'a Facts, id: &str) -> &'a Change {
    facts.changes.iter().find(|change| change.id.as_str() == id).unwrap()
}

/// `path action added deleted` of the newest commit.
fn newest(facts: &Facts) -> Vec<(&str, PathAction, Option<u32>, Option<u32>)> {
    let paths = facts.changes[0].paths.as_ref().unwrap();
    paths.iter().map(|p| (p.path.as_str(), p.action, p.added, p.deleted)).collect()
}

fn refusals(facts: &Facts) -> Vec<(RefusalReason, u64)> {
    facts.refused.iter().map(|refused| (refused.reason, refused.count)).collect()
}

#[test]
fn commits_come_newest_first_with_lines_against_the_first_parent() {
    let stream = Stream::default()
        .on(0, 1, "root", &file("a.txt", "one\ntwo\n"))
        .on(1, 2, "grow", &format!("{}{}", file("a.txt", "one\n2\nthree\n"), file("d/e/b.txt", "x")))
        .on(2, 3, "gone", "D d\n");
    let facts = Fixture::new(&stream.0).facts();
    let subjects: Vec<_> = facts.changes.iter().map(|change| change.paths.clone().unwrap().len()).collect();
    assert_eq!(subjects, [1, 2, 1]);
    assert_eq!(newest(&facts), [("d/e/b.txt", PathAction::Deleted, Some(0), Some(1))]);
    let grow = facts.changes[1].paths.as_ref().unwrap();
    assert_eq!((grow[0].added, grow[0].deleted, grow[0].action), (Some(2), Some(1), PathAction::Modified));
    assert_eq!((grow[1].added, grow[1].deleted, grow[1].action), (Some(1), Some(0), PathAction::Added));
    let root = facts.changes[2].paths.as_ref().unwrap();
    assert_eq!((root[0].added, root[0].deleted), (Some(2), Some(0)));
    assert!(facts.changes.iter().all(|change| change.first_parent));
    assert!(facts.read.contains(&Kind::History) && !facts.read.contains(&Kind::Notes));
}

#[test]
fn a_merge_has_two_parents_no_paths_and_one_first_parent_line() {
    let side = format!("{AUGUST} +0000");
    let stream = Stream::default()
        .on(0, 1, "root", &file("a", "a\n"))
        .commit("side", 2, BEN, &side, "side", &format!("from :1\n{}", file("b", "b\n")))
        .on(1, 3, "main", &file("c", "c\n"))
        .on(2, 4, "Merge pull request #12 from harbour/side", "merge refs/heads/side\n");
    let facts = Fixture::new(&stream.0).facts();
    assert_eq!(facts.changes.len(), 4);
    let merge = &facts.changes[0];
    assert!(merge.is_merge() && merge.paths.is_none() && merge.review_number == Some(12));
    assert_eq!(facts.changes.iter().filter(|change| change.first_parent).count(), 3);
    assert_ne!(facts.changes[0].author, by(&facts, merge.parents[1].as_str()).author);
}

#[test]
fn paths_are_read_in_the_window_only_and_commits_everywhere() {
    // The window of 2026-Q3 is 2026-03-02 to 2026-10-31; 1 August is day 0.
    let days = [-153, -152, 90, 91];
    let stream = days
        .iter()
        .zip(1..)
        .fold(Stream::default(), |stream, (day, mark)| stream.on(*day, mark, "x", &file("a", &mark.to_string())));
    let facts = Fixture::new(&stream.0).facts();
    let read: Vec<bool> = facts.changes.iter().map(|change| change.paths.is_some()).collect();
    assert_eq!(read, [false, true, true, false]);
}

#[test]
fn offsets_are_kept_in_minutes_and_the_committer_date_decides_in_utc() {
    let stream = Stream::default().commit("main", 1, MIA, &format!("{AUGUST} +0530"), "x", "").commit(
        "main",
        2,
        MIA,
        &format!("{} -0330", AUGUST + DAY),
        "y",
        "",
    );
    let facts = Fixture::new(&stream.0).facts();
    let stamps: Vec<_> =
        facts.changes.iter().map(|c| (c.committed.at.as_second(), c.authored.offset_minutes)).collect();
    assert_eq!(stamps, [(AUGUST + DAY, -210), (AUGUST, 330)]);
}

#[test]
fn equal_dates_are_ordered_by_id() {
    let at = format!("{AUGUST} +0000");
    let stream = (1..20).fold(Stream::default(), |stream, mark| stream.commit("main", mark, MIA, &at, "x", ""));
    let facts = Fixture::new(&stream.0).facts();
    let ids: Vec<_> = facts.changes.iter().map(|change| change.id.clone()).collect();
    assert_eq!(ids.len(), 19);
    assert!(ids.is_sorted());
}

#[test]
fn what_has_no_lines_has_no_count_and_a_change_of_mode_has_none_of_either() {
    let stream =
        Stream::default().on(0, 1, "root", &format!("{}{}", file("run", "x\n"), file("end", "no newline"))).on(
            1,
            2,
            "odd",
            &format!(
                "M 100755 inline run\ndata 2\nx\n\nM 100644 inline bin\ndata 3\na\0b\n\
                 M 160000 0123456789abcdef0123456789abcdef01234567 sub\nM 120000 inline link\ndata 3\nrun\n{}",
                file("end", "no newline\n")
            ),
        );
    let facts = Fixture::new(&stream.0).facts();
    assert_eq!(
        newest(&facts),
        [
            ("bin", PathAction::Added, None, None),
            ("end", PathAction::Modified, Some(1), Some(1)),
            ("link", PathAction::Added, Some(1), Some(0)),
            ("run", PathAction::Modified, Some(0), Some(0)),
            ("sub", PathAction::Added, None, None),
        ]
    );
}

#[test]
fn a_file_above_the_limit_is_not_counted() {
    let big = "a\n".repeat(25_000_001);
    let facts = Fixture::new(&Stream::default().on(0, 1, "big", &file("big", &big)).0).facts();
    assert_eq!(newest(&facts), [("big", PathAction::Added, None, None)]);
    assert_eq!(refusals(&facts), []);
}

#[test]
fn an_empty_commit_has_no_paths_and_that_is_known() {
    let facts = Fixture::new(&Stream::default().on(0, 1, "a", "").on(1, 2, "b", "").0).facts();
    assert_eq!(facts.changes.iter().filter_map(|change| change.paths.as_ref()).map(Vec::len).sum::<usize>(), 0);
    assert_eq!(facts.changes.iter().filter(|change| change.paths.is_some()).count(), 2);
}

#[test]
fn names_and_paths_that_are_not_utf8_are_read() {
    let mut stream = b"commit refs/heads/main\ncommitter M\xfcller <m@harbour.example> ".to_vec();
    stream.extend(format!("{AUGUST} +0200\ndata 3\n").bytes());
    stream.extend(b"\xfc\xfc\xfc\nM 100644 inline \xfc.txt\ndata 2\nx\n\n");
    let facts = Fixture::new(&stream).facts();
    assert_eq!(newest(&facts), [("\u{fffd}.txt", PathAction::Added, Some(1), Some(0))]);
    assert!(facts.changes[0].author.is_some());
}

#[test]
fn a_mailmap_of_the_tip_joins_author_committer_and_reviewer() {
    let mailmap = file(".mailmap", "Mia <mia@harbour.example> <mia@old.example>\n");
    let stream = Stream::default()
        .commit("main", 1, "M <MIA@old.example>", &format!("{AUGUST} +0000"), "x", &mailmap)
        .on(1, 2, "y\n\nReviewed-by: m <mia@old.example>\nAcked-by: Ben <ben@harbour.example>", "");
    let facts = Fixture::new(&stream.0).facts();
    let (new, old) = (&facts.changes[0], &facts.changes[1]);
    assert_eq!(new.author, old.author);
    assert_eq!(new.reviewed_by.first().copied(), new.author);
    assert_eq!(new.acked_by.len(), 1);
    assert_ne!(new.acked_by.first().copied(), new.author);
}

#[test]
fn the_platform_lands_changes_and_is_nobody() {
    let stream =
        Stream::default().commit("main", 1, "GitHub <noreply@github.com>", &format!("{AUGUST} +0000"), "x", "");
    assert_eq!(Fixture::new(&stream.0).facts().changes[0].committer, None);
}

#[test]
fn a_revert_names_what_it_reverts() {
    let sha = "0123456789abcdef0123456789abcdef01234567";
    let message = format!("Revert \"x\"\n\nThis reverts commit {sha}.");
    let facts = Fixture::new(&Stream::default().on(0, 1, &message, "").0).facts();
    assert!(facts.changes[0].revert_subject);
    assert_eq!(facts.changes[0].reverts[0].as_str(), sha);
}

#[test]
fn a_date_that_cannot_be_read_is_refused_and_the_commit_still_counted() {
    let fixture = Fixture::new(&Stream::default().on(0, 1, "x", "").0);
    let tree = fixture.word(&["rev-parse", "main^{tree}"]);
    let raw = format!("tree {tree}\nauthor {MIA} {AUGUST} +0000\ncommitter {MIA} never +0000\n\ny\n");
    let id = fixture.git(&["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], raw.as_bytes());
    let id = String::from_utf8(id).unwrap();
    fixture.git(&["update-ref", "refs/heads/main", id.trim()], b"");
    let facts = fixture.facts();
    assert_eq!(refusals(&facts), [(RefusalReason::BadDate, 1)]);
    assert_eq!(facts.changes[0].committed.at.as_second(), AUGUST);
}

#[test]
fn a_damaged_file_leaves_its_commit_without_paths_and_the_rest_intact() {
    let stream = Stream::default().on(0, 1, "a", &file("a", "a\n")).on(1, 2, "b", &file("a", "b\n")).on(2, 3, "c", "");
    let fixture = Fixture::new(&stream.0);
    let blob = fixture.loose(&fixture.word(&["rev-parse", "main~2:a"]));
    let mut permissions = fs::metadata(&blob).unwrap().permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "a private temporary file")]
    permissions.set_readonly(false);
    fs::set_permissions(&blob, permissions).unwrap();
    fs::write(&blob, &fs::read(&blob).unwrap()[..6]).unwrap();
    let facts = fixture.facts();
    let known: Vec<bool> = facts.changes.iter().map(|change| change.paths.is_some()).collect();
    assert_eq!(known, [true, false, false]);
    assert_eq!(facts.repositories[0].unreadable, 2);
    assert_eq!(refusals(&facts), [(RefusalReason::MissingObject, 2)]);
}

#[test]
fn a_missing_commit_is_refused_and_its_descendants_are_read() {
    let stream = Stream::default().on(0, 1, "a", &file("a", "a\n")).on(1, 2, "b", "").on(2, 3, "c", "");
    let fixture = Fixture::new(&stream.0);
    fs::remove_file(fixture.loose(&fixture.word(&["rev-parse", "main~1"]))).unwrap();
    let facts = fixture.facts();
    assert_eq!(facts.changes.len(), 1);
    assert_eq!(facts.changes[0].paths, None);
    assert_eq!(facts.repositories[0].unreadable, 2);
    assert_eq!(refusals(&facts), [(RefusalReason::MissingObject, 1), (RefusalReason::MissingObject, 1)]);
}

#[test]
fn a_commit_that_does_not_match_its_id_is_not_counted() {
    let fixture = Fixture::new(&Stream::default().on(0, 1, "a", "").on(1, 2, "b", "").on(2, 3, "c", "").0);
    let [genuine, forged] = ["main~2", "main~1"].map(|rev| fixture.loose(&fixture.word(&["rev-parse", rev])));
    fs::remove_file(&forged).unwrap();
    fs::copy(genuine, &forged).unwrap();
    let facts = fixture.facts();
    assert_eq!(facts.changes.len(), 1);
    assert!(refusals(&facts).contains(&(RefusalReason::MissingObject, 1)));
}

#[test]
fn a_damaged_pack_refuses_its_repository_and_not_the_other() {
    let fixture = Fixture::new(&Stream::default().on(0, 1, "a", &file("a", "a\n")).0);
    fixture.git(&["clone", "--quiet", "--bare", "--no-local", ".", "../other.git"], b"");
    fixture.git(&["repack", "-adq"], b"");
    for entry in fs::read_dir(fixture.repo().join("objects/pack")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 3]).unwrap();
    }
    let facts = fixture.read(&["path = \"r.git\"", "path = \"other.git\""]).unwrap();
    assert_eq!((facts.repositories[0].head.as_str(), facts.changes.len()), ("", 1));
    assert_eq!(facts.changes[0].repository, 1);
    assert_eq!(facts.refused[0].path, "r.git");
}

#[test]
fn a_commit_at_the_cut_of_a_shallow_clone_is_no_root_commit() {
    let stream = Stream::default().on(0, 1, "a", &file("a", "a\n")).on(1, 2, "b", &file("b", "b\n")).on(2, 3, "c", "");
    let fixture = Fixture::new(&stream.0);
    fixture.git(&["clone", "--quiet", "--bare", "--no-local", "--depth", "2", ".", "../cut.git"], b"");
    let facts = fixture.read(&["path = \"cut.git\""]).unwrap();
    assert!(facts.repositories[0].truncated);
    assert_eq!(facts.changes.len(), 2);
    assert_eq!((facts.changes[1].paths.as_ref(), facts.repositories[0].unreadable), (None, 1));
    assert!(facts.changes[1].first_parent);
}

#[test]
fn a_partial_clone_is_truncated_and_nothing_is_fetched() {
    let fixture = Fixture::new(&Stream::default().on(0, 1, "a", &file("a", "a\n")).0);
    fixture.git(&["config", "uploadpack.allowFilter", "true"], b"");
    let filter = ["clone", "--quiet", "--bare", "--no-local", "--filter=blob:none", ".", "../part.git"];
    fixture.git(&filter, b"");
    let facts = fixture.read(&["path = \"part.git\""]).unwrap();
    assert!(facts.repositories[0].truncated);
    assert_eq!(facts.changes[0].paths, None);
    assert!(!fixture.facts().repositories[0].truncated);
}

#[test]
fn no_command_of_a_repository_is_run_and_nothing_is_written() {
    let attributes = file(".gitattributes", "* diff=evil filter=evil\n");
    let fixture = Fixture::new(&Stream::default().on(0, 1, "a", &attributes).on(1, 2, "b", &file("a", "x\n")).0);
    let witness = fixture.path("ran");
    let touch = format!("touch {}", witness.display());
    let keys = ["core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.alternateRefsCommand"];
    let more =
        ["diff.evil.textconv", "diff.evil.command", "diff.external", "filter.evil.smudge", "filter.evil.process"];
    for key in keys.iter().chain(&more) {
        fixture.git(&["config", key, &touch], b"");
    }
    fs::create_dir_all(fixture.repo().join("hooks")).unwrap();
    for hook in ["post-checkout", "reference-transaction", "post-index-change", "fsmonitor-watchman"] {
        fs::write(fixture.repo().join("hooks").join(hook), format!("#!/bin/sh\n{touch}\n")).unwrap();
    }
    let before = listing(&fixture.repo());
    let facts = fixture.facts();
    assert_eq!(newest(&facts), [("a", PathAction::Added, Some(1), Some(0))]);
    assert!(!witness.exists());
    assert_eq!(listing(&fixture.repo()), before);
}

fn listing(folder: &Path) -> Vec<(PathBuf, u64)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    entries.map(|entry| (entry.path().to_path_buf(), entry.metadata().unwrap().len())).collect()
}

#[test]
fn a_replacement_object_changes_nothing() {
    let fixture = Fixture::new(&Stream::default().on(0, 1, "a", "").on(1, 2, "b", "").on(2, 3, "c", "").0);
    fixture.git(&["replace", "--graft", "main"], b"");
    assert_eq!(fixture.word(&["rev-list", "--count", "main"]), "1");
    assert_eq!(fixture.facts().changes.len(), 3);
}

#[test]
fn a_stream_and_a_bundle_hold_the_same_history_as_their_repository() {
    let stream = Stream::default().on(0, 1, "a", &file("a", "a\n")).on(1, 2, "b", &file("a", "b\n"));
    let fixture = Fixture::new(&stream.0);
    fs::write(fixture.path("s.fi"), &stream.0).unwrap();
    fs::write(fixture.path("unnamed"), &stream.0).unwrap();
    fixture.git(&["bundle", "create", "-q", "../b.bundle", "--all"], b"");
    let entries = ["path = \"r.git\"", "path = \"s.fi\"", "path = \"unnamed\"", "path = \"b.bundle\""];
    let facts = fixture.read(&entries).unwrap();
    let formats: Vec<_> = facts.inputs.iter().map(|input| (input.format.as_str(), input.records)).collect();
    assert_eq!(formats, [("git", 2), ("git-fast-export", 2), ("git-fast-export", 2), ("git-bundle", 2)]);
    assert!(facts.inputs.iter().all(|input| input.sha256 == facts.inputs[0].sha256));
    let names: Vec<_> = facts.repositories.iter().map(|repository| repository.name.as_str()).collect();
    assert_eq!(names, ["r", "s", "unnamed", "b"]);
}

#[test]
fn a_repack_does_not_change_the_digest() {
    let fixture = Fixture::new(&Stream::default().on(0, 1, "a", &file("a", "a\n")).0);
    let before = fixture.facts().inputs;
    fixture.git(&["repack", "-adq"], b"");
    assert_eq!(fixture.facts().inputs, before);
}

#[test]
fn a_stream_with_several_branches_needs_the_plan_to_name_one() {
    let at = format!("{AUGUST} +0000");
    let stream = Stream::default().commit("x", 1, MIA, &at, "x", "").commit("y", 2, MIA, &at, "y", "");
    let fixture = Fixture::new(b"");
    fs::write(fixture.path("s.fi"), &stream.0).unwrap();
    let problem = fixture.read(&["path = \"s.fi\""]).unwrap_err();
    assert!(problem.fault == Fault::Input && problem.why.contains("branch = "), "{problem}");
    let facts = fixture.read(&["path = \"s.fi\"\nbranch = \"y\"\nteam = \"pier\""]).unwrap();
    assert_eq!((facts.changes.len(), facts.repositories[0].team.as_deref()), (1, Some("pier")));
}

#[test]
fn a_stream_cannot_write_outside_its_folder() {
    let fixture = Fixture::new(b"");
    let marks = fixture.path("marks");
    fs::write(fixture.path("s.fi"), format!("feature export-marks={}\n", marks.display())).unwrap();
    assert!(fixture.read(&["path = \"s.fi\""]).is_err());
    assert!(!marks.exists());
}

#[test]
fn the_branch_of_the_plan_is_read_instead_of_head() {
    let at = format!("{AUGUST} +0000");
    let stream = Stream::default().on(0, 1, "a", "").on(1, 2, "b", "").commit("old", 3, MIA, &at, "c", "");
    let fixture = Fixture::new(&stream.0);
    assert_eq!(fixture.read(&["path = \"r.git\"\nbranch = \"old\""]).unwrap().changes.len(), 1);
    assert!(fixture.read(&["path = \"r.git\"\nbranch = \"gone\""]).is_err());
}

#[test]
fn a_worktree_and_a_git_directory_without_config_are_read() {
    let fixture = Fixture::new(&Stream::default().on(0, 1, "a", &file("a", "a\n")).0);
    fixture.git(&["clone", "--quiet", "--no-local", ".", "../work"], b"");
    fs::remove_file(fixture.repo().join("config")).unwrap();
    let facts = fixture.read(&["path = \"work\"", "path = \"r.git\"", "path = \"work/.git\""]).unwrap();
    assert_eq!(facts.changes.len(), 3);
    assert_eq!(facts.repositories[2].name, "work");
}

#[test]
fn a_linked_worktree_has_a_tip_of_its_own() {
    let at = format!("{AUGUST} +0000");
    let stream = Stream::default().on(0, 1, "a", "").on(1, 2, "b", "").commit("old", 3, MIA, &at, "c", "");
    let fixture = Fixture::new(&stream.0);
    fixture.git(&["worktree", "add", "--quiet", "../linked", "old"], b"");
    assert_eq!(fixture.read(&["path = \"linked\""]).unwrap().changes.len(), 1);
}

#[test]
fn a_bundle_that_needs_commits_it_does_not_hold_is_refused() {
    let fixture = Fixture::new(&Stream::default().on(0, 1, "a", "").on(1, 2, "b", "").0);
    fixture.git(&["bundle", "create", "-q", "../b.bundle", "main~1..main"], b"");
    assert_eq!(fixture.read(&["path = \"b.bundle\""]).unwrap_err().exit_code(), 3);
}

#[test]
fn what_is_no_repository_is_refused_or_stops_the_run_when_it_is_all_there_is() {
    let fixture = Fixture::new(&Stream::default().on(0, 1, "a", "").0);
    fs::create_dir(fixture.path("empty")).unwrap();
    fs::write(fixture.path("text"), "hello").unwrap();
    let facts = fixture.read(&["path = \"empty\"", "path = \"text\"", "path = \"r.git\""]).unwrap();
    assert_eq!(refusals(&facts), [(RefusalReason::Unreadable, 1), (RefusalReason::NoReader, 1)]);
    assert_eq!(facts.changes[0].repository, 2);
    assert_eq!(fixture.read(&["path = \"text\""]).unwrap_err().exit_code(), 3);
    assert_eq!(fixture.read(&["path = \"r.git\"", "path = \"nothing\""]).unwrap_err().exit_code(), 3);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_link_that_leads_out_is_refused_without_being_opened() {
    let fixture = Fixture::new(&Stream::default().on(0, 1, "a", "").0);
    fixture.git(&["clone", "--quiet", "--bare", "--no-local", ".", "../pipe.git"], b"");
    fixture.git(&["clone", "--quiet", "--bare", "--no-local", ".", "../link.git"], b"");
    let pipe = fixture.path("pipe.git/packed-refs");
    fs::remove_file(&pipe).unwrap();
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    fs::remove_dir_all(fixture.path("link.git/objects")).unwrap();
    std::os::unix::fs::symlink(fixture.repo().join("objects"), fixture.path("link.git/objects")).unwrap();
    std::os::unix::fs::symlink(fixture.repo(), fixture.path("same")).unwrap();
    let entries = ["path = \"pipe.git\"", "path = \"link.git\"", "path = \"same\""];
    let facts = fixture.read(&entries).unwrap();
    assert_eq!(refusals(&facts), [(RefusalReason::NotAFile, 1), (RefusalReason::NotAFile, 1)]);
    assert_eq!(facts.changes.len(), 1);
}

#[test]
fn a_tree_that_holds_itself_a_billion_times_is_refused() {
    let fixture = Fixture::new(b"");
    let write = |kind: &str, content: &[u8]| -> String {
        let id = fixture.git(&["hash-object", "-t", kind, "-w", "--stdin", "--literally"], content);
        String::from_utf8(id).unwrap().trim().to_owned()
    };
    let mut id = write("blob", b"x");
    for level in 0..9 {
        let (mode, kind) = if level == 0 { ("100644", "blob") } else { ("040000", "tree") };
        let list: Vec<String> = (0..10).map(|name| format!("{mode} {kind} {id}\t{name}\n")).collect();
        id = String::from_utf8(fixture.git(&["mktree"], list.concat().as_bytes())).unwrap().trim().to_owned();
    }
    let raw = format!("tree {id}\nauthor {MIA} {AUGUST} +0000\ncommitter {MIA} {AUGUST} +0000\n\nbomb\n");
    let commit = write("commit", raw.as_bytes());
    fixture.git(&["update-ref", "refs/heads/main", &commit], b"");
    let facts = fixture.facts();
    assert_eq!(facts.changes[0].paths, None);
    assert_eq!((refusals(&facts), facts.repositories[0].unreadable), (vec![(RefusalReason::TooLarge, 1)], 1));
}

#[test]
fn a_note_marks_its_commit_and_test_tools_do_not() {
    let fixture = Fixture::new(&Stream::default().on(0, 1, "a", "").on(1, 2, "b", "").0);
    for (commit, tool) in [("main", "claude"), ("main~1", "mock_ai")] {
        let note = format!("a\n  k 1\n---\n{{\"sessions\":{{\"k\":{{\"agent_id\":{{\"tool\":\"{tool}\"}}}}}}}}");
        let author = ["-c", "user.name=x", "-c", "user.email=x@x.example"];
        fixture.git(&[&author[..], &["notes", "--ref", "ai", "add", "-m", &note, commit]].concat(), b"");
    }
    let facts = fixture.facts();
    assert!(facts.read.contains(&Kind::Notes));
    let marks: Vec<_> = facts.changes[0].marks.iter().map(|m| (m.tool.as_str(), m.class, m.channel)).collect();
    assert_eq!(marks, [("claude", MarkClass::Note, Channel::Note)]);
    assert_eq!(facts.changes[1].marks, Vec::new());
}

#[test]
fn settings_that_switch_marks_off_are_found_at_the_tip() {
    let off = file(".claude/settings.json", "{\n\"includeCoAuthoredBy\": false\n}");
    let link = "M 120000 inline .vscode/settings.json\ndata 11\n/etc/passwd\n";
    let facts = Fixture::new(&Stream::default().on(0, 1, "a", &format!("{off}{link}")).0).facts();
    let found: Vec<_> = facts.repositories[0].attribution_off.iter().map(|f| (f.path.as_str(), f.line)).collect();
    assert_eq!(found, [(".claude/settings.json", Some(2))]);
}

#[test]
fn a_sha256_repository_is_read() {
    let fixture = Fixture { folder: tempfile::tempdir().unwrap() };
    fs::create_dir(fixture.repo()).unwrap();
    fixture.git(&["-c", "init.defaultBranch=main", "init", "--quiet", "--bare", "--object-format=sha256"], b"");
    fixture.git(&["fast-import", "--quiet"], &Stream::default().on(0, 1, "a", &file("a", "a\n")).0);
    let facts = fixture.facts();
    assert_eq!((facts.changes[0].id.as_str().len(), newest(&facts).len()), (64, 1));
    fixture.git(&["bundle", "create", "-q", "../b.bundle", "--all"], b"");
    let bundled = fixture.read(&["path = \"b.bundle\""]).unwrap();
    assert_eq!(bundled.inputs[0].sha256, facts.inputs[0].sha256);
}

#[test]
fn the_number_of_threads_does_not_change_the_facts() {
    let stream = (1..200).fold(Stream::default(), |stream, mark| {
        let content: Vec<String> = (0..mark).map(|line| format!("{line}\n")).collect();
        stream.on(i64::from(mark % 30), mark, "x", &file(&format!("f{}", mark % 7), &content.concat()))
    });
    let fixture = Fixture::new(&stream.0);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| format!("{:?}", fixture.facts()))
    };
    assert_eq!(with(1), with(4));
}
