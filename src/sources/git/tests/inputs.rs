//! Forms a history comes in: worktrees, bare and cut repositories, streams, bundles.

use super::*;

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
    fs::remove_file(fixture.path("part.git/config")).unwrap();
    assert!(fixture.read(&["path = \"part.git\""]).unwrap().repositories[0].truncated);
    assert!(!fixture.facts().repositories[0].truncated);
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
fn the_first_list_of_code_owners_at_the_tip_is_read_and_the_branch_has_a_name() {
    let rest = |place: &str| format!("{}{}", file(place, "* @mia\n"), file("docs/CODEOWNERS", "a b @x\n"));
    let fixture = Fixture::new(&Stream::default().on(0, 1, "x", &rest(".github/CODEOWNERS")).0);
    let facts = fixture.facts();
    let owners = facts.repositories[0].owners.as_ref().unwrap();
    assert_eq!((owners.len(), owners[0].people.len(), refusals(&facts).len()), (1, 1, 0));
    assert_eq!(facts.repositories[0].branch.as_deref(), Some("main"));
    let without = Fixture::new(&Stream::default().on(0, 1, "x", &file("a", "b")).0).facts();
    assert_eq!(without.repositories[0].owners, None);
}

#[test]
fn a_list_of_code_owners_that_is_a_link_is_refused() {
    let link = "M 120000 inline CODEOWNERS\ndata 1\na\n";
    let facts = Fixture::new(&Stream::default().on(0, 1, "x", link).0).facts();
    assert_eq!(facts.repositories[0].owners, None);
    assert_eq!(refusals(&facts), [(RefusalReason::NotAFile, 1)]);
}
