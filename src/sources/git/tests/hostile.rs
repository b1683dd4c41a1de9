//! Damaged and hostile repositories: what is refused, and that nothing of theirs is run.

use super::*;

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
fn a_stream_cannot_write_outside_its_folder() {
    let fixture = Fixture::new(b"");
    let marks = fixture.path("marks");
    fs::write(fixture.path("s.fi"), format!("feature export-marks={}\n", marks.display())).unwrap();
    assert!(fixture.read(&["path = \"s.fi\""]).is_err());
    assert!(!marks.exists());
}

#[test]
#[cfg(unix)]
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
fn alternates_are_followed_to_plain_folders_and_lead_nowhere_else() {
    let fixture = Fixture::new(&Stream::default().on(0, 1, "a", &file("a", "a\n")).0);
    fixture.git(&["clone", "--quiet", "--bare", "--shared", ".", "../shared.git"], b"");
    let names = ["missing.git", "circle.git", "folder.git", "pipe.git"];
    for name in names {
        fixture.git(&["clone", "--quiet", "--bare", "--no-local", ".", &format!("../{name}")], b"");
    }
    let write = |name: &str, line: &Path| {
        let info = fixture.path(name).join("objects/info");
        fs::create_dir_all(&info).unwrap();
        fs::write(info.join("alternates"), format!("{}\n", line.display())).unwrap();
    };
    write("missing.git", Path::new("/nonexistent/objects"));
    write("circle.git", Path::new("../objects"));
    write("folder.git", Path::new("/proc"));
    let trap = fixture.path("trap");
    fs::create_dir_all(trap.join("pack")).unwrap();
    for name in ["pack/pack-1.idx", "pack/pack-1.pack", "pack/multi-pack-index"] {
        assert!(Command::new("mkfifo").arg(trap.join(name)).status().unwrap().success());
    }
    write("pipe.git", &trap);
    let entries =
        ["shared.git", "missing.git", "circle.git", "folder.git", "pipe.git"].map(|name| format!("path = \"{name}\""));
    let facts = fixture.read(&entries.each_ref().map(String::as_str)).unwrap();
    let read: Vec<bool> = facts.repositories.iter().map(|repository| !repository.head.is_empty()).collect();
    // `/proc` holds nothing under the names of objects that is a file, whatever it is asked for.
    assert_eq!(read[..3], [true, true, false]);
    assert!(!read[4], "a pipe is found before it is opened");
    assert!(refusals(&facts).contains(&(RefusalReason::NotAFile, 1)));
}

#[test]
#[ignore = "slow: without optimisation, hashing 50 MB takes half a minute"]
fn bytes_that_are_no_text_and_a_message_of_50_mb_are_read() {
    let fixture = Fixture::new(&Stream::default().on(0, 1, "x", &file("a", "a\n")).0);
    let tree = fixture.word(&["rev-parse", "main^{tree}"]);
    let mut raw = format!("tree {tree}\nauthor ").into_bytes();
    raw.extend(b"M\xefa\xff <m\xfe@harbour.example> ");
    raw.extend(format!("{AUGUST} +0200\ncommitter {MIA} {AUGUST} +0200\n\nS").bytes());
    raw.extend(b"\xff\n\n");
    raw.extend(b"Co-authored-by: Claude <noreply@anthropic.com>\n");
    let line = [b"x".repeat(1_000_000), b"\n".to_vec()].concat();
    raw.extend(line.repeat(51));
    assert!(raw.len() > 50_000_000);
    let id = fixture.git(&["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], &raw);
    let id = String::from_utf8(id).unwrap();
    fixture.git(&["update-ref", "refs/heads/main", id.trim()], b"");
    let facts = fixture.facts();
    assert_eq!((facts.changes.len(), facts.changes[0].marks.len(), refusals(&facts)), (1, 1, vec![]));
}

#[test]
fn dates_at_the_end_of_the_calendar_are_dates_and_beyond_it_are_refused() {
    let last = 253_402_207_200_i64;
    let stream = Stream::default().on(0, 1, "a", "").commit("main", 2, MIA, &format!("{last} +0000"), "b", "");
    let fixture = Fixture::new(&stream.0);
    let facts = fixture.facts();
    assert_eq!((facts.changes[0].committed.at.as_second(), refusals(&facts)), (last, vec![]));
    let tree = fixture.word(&["rev-parse", "main^{tree}"]);
    let raw = format!("tree {tree}\nauthor {MIA} 99999999999999 +0000\ncommitter {MIA} 99999999999999 +9999\n\nfar\n");
    let id = fixture.git(&["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], raw.as_bytes());
    fixture.git(&["update-ref", "refs/heads/main", String::from_utf8(id).unwrap().trim()], b"");
    assert_eq!(refusals(&fixture.facts()), [(RefusalReason::BadDate, 1)]);
}

#[test]
fn no_damage_to_a_pack_stops_the_reading() {
    let long: Vec<String> = (0..200).map(|line| format!("line {line}\n")).collect();
    let stream = (0..12).fold(Stream::default(), |stream, at| {
        let mut text = long.clone();
        text[usize::try_from(at).unwrap() * 7] = format!("changed {at}\n");
        let mark = u32::try_from(at).unwrap() + 1;
        stream.on(at, mark, "x", &file("folder/a", &text.concat()))
    });
    let fixture = Fixture::new(&stream.0);
    fixture.git(&["repack", "-adfq", "--depth=20", "--window=20"], b"");
    let pack = |ending: &str| {
        let mut entries = fs::read_dir(fixture.repo().join("objects/pack")).unwrap().map(|entry| entry.unwrap().path());
        entries.find(|path| path.extension().is_some_and(|found| found == ending)).unwrap()
    };
    let whole = fixture.facts();
    assert_eq!((whole.changes.len(), refusals(&whole)), (12, vec![]));
    for ending in ["pack", "idx"] {
        let path = pack(ending);
        let bytes = fs::read(&path).unwrap();
        let mut lost = 0;
        for at in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x5a;
            fs::remove_file(&path).unwrap();
            fs::write(&path, damaged).unwrap();
            match fixture.read(&["path = \"r.git\""]) {
                Ok(facts) => {
                    assert!(facts.changes.len() == 12 || !facts.refused.is_empty(), "{ending} {at}");
                    lost += usize::from(!facts.refused.is_empty());
                }
                Err(_) => lost += 1,
            }
        }
        assert!(lost > 0, "damage to the {ending} is seen somewhere");
        fs::remove_file(&path).unwrap();
        fs::write(&path, bytes).unwrap();
    }
}
