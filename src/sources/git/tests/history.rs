//! What is read from commits, trees and notes.

use super::*;

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
fn paths_are_read_in_the_period_only_and_commits_everywhere() {
    // 1 August is day 0 of 2026-Q3.
    let days = [-32, -31, 60, 61];
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
fn a_note_marks_its_commit_and_test_tools_do_not() {
    let fixture = Fixture::new(&Stream::default().on(0, 1, "a", "").on(1, 2, "b", "").0);
    for (commit, tool) in [("main", "claude"), ("main~1", "mock_ai")] {
        let note = format!("a\n  k 1\n---\n{{\"sessions\":{{\"k\":{{\"agent_id\":{{\"tool\":\"{tool}\"}}}}}}}}");
        let author = ["-c", "user.name=x", "-c", "user.email=x@x.example"];
        fixture.git(&[&author[..], &["notes", "--ref", "ai", "add", "-m", &note, commit]].concat(), b"");
    }
    let facts = fixture.facts();
    assert!(facts.read.contains(&Kind::Notes));
    let notes = facts.repositories[0].notes.expect("notes");
    assert_eq!((notes.records, notes.on_history, notes.transcripts), (2, 2, 0));
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
