//! Heads of reviews that a clone holds beside its history.

use super::*;
use crate::facts::review::PullHead;

const TRAILER: &str = "Co-authored-by: Claude <noreply@anthropic.com>";

/// A squashed change with number 12 on `main`; its branch began at the first commit, merged `main` once and is not on the
/// history.
fn squashed() -> Stream {
    let at = |day: i64| format!("{} +0200", AUGUST + day * DAY);
    let branch = |stream: Stream, mark, day, who, message: &str, from: &str| {
        stream.commit("work", mark, who, &at(day), message, from)
    };
    let main = Stream::default().on(0, 1, "Begin", &file("a", "1\n"));
    let work = branch(main, 2, 1, MIA, "Try", &format!("from :1\n{}", file("b", "1\n")));
    let main = work.commit("main", 3, BEN, &at(2), "Meanwhile", &format!("from :1\n{}", file("c", "1\n")));
    let work = branch(main, 4, 3, MIA, "Merge branch 'main' into work", "from :2\nmerge :3\n");
    let message = format!("Finish\n\n{TRAILER}");
    let work = branch(work, 5, 4, BEN, &message, &format!("from :4\n{}", file("b", "2\n")));
    work.commit("main", 6, MIA, &at(5), "Add b (#12)", &format!("from :3\n{}", file("b", "2\n")))
}

/// The repository with its branch under this name alone.
fn with_head(stream: &Stream, name: &str) -> Fixture {
    let fixture = Fixture::new(&stream.0);
    let tip = fixture.word(&["rev-parse", "work"]);
    fixture.git(&["update-ref", name, &tip], b"");
    fixture.git(&["update-ref", "-d", "refs/heads/work"], b"");
    fixture
}

fn only(facts: &Facts) -> &PullHead {
    assert_eq!((facts.pull_heads.len(), refusals(facts)), (1, vec![]));
    &facts.pull_heads[0]
}

#[test]
fn the_commits_of_a_squashed_branch_are_read_with_their_marks_and_people_and_its_merges_are_not() {
    for name in [
        "refs/pull/12/head",
        "refs/merge-requests/12/head",
        "refs/remotes/origin/pr/12",
        "refs/remotes/origin/merge-requests/12",
        "refs/changes/12/12/3",
    ] {
        let facts = with_head(&squashed(), name).facts();
        let head = only(&facts);
        assert!(facts.repositories[0].heads_present);
        assert_eq!((head.repository, head.number, head.commits.len()), (0, 12, 2), "{name}");
        let marks: Vec<usize> = head.commits.iter().map(|commit| commit.marks.len()).collect();
        assert_eq!(marks, [0, 1], "{name}: the oldest comes first");
        assert_eq!(head.tip, head.commits[1].id);
        let landed = facts.changes.iter().find(|change| change.review_number == Some(12)).unwrap();
        assert_eq!(head.commits[0].authors, [landed.author.unwrap()], "{name}: Mia");
        assert_eq!(head.commits[1].authors.len(), 1, "the tool is nobody");
        assert!(head.commits.iter().all(|commit| commit.committed.is_some()));
    }
}

#[test]
fn the_last_patch_set_is_the_head() {
    let fixture = with_head(&squashed(), "refs/changes/12/12/10");
    let first = fixture.word(&["rev-parse", "main~2"]);
    fixture.git(&["update-ref", "refs/changes/12/12/9", &first], b"");
    assert_eq!(only(&fixture.facts()).commits.len(), 2);
}

#[test]
fn a_head_that_no_landed_change_names_is_not_read_and_says_that_there_are_heads() {
    let facts = with_head(&squashed(), "refs/pull/13/head").facts();
    assert!(facts.pull_heads.is_empty() && facts.repositories[0].heads_present);
    assert!(!Fixture::new(&squashed().0).facts().repositories[0].heads_present);
}

#[test]
fn a_head_that_is_on_the_history_holds_nothing_of_its_own() {
    let fixture = Fixture::new(&squashed().0);
    let tip = fixture.word(&["rev-parse", "main"]);
    fixture.git(&["update-ref", "refs/pull/12/head", &tip], b"");
    assert!(fixture.facts().pull_heads.is_empty());
}

#[test]
fn a_branch_with_another_beginning_is_refused_and_not_taken_for_the_change() {
    let at = format!("{AUGUST} +0200");
    let stream = Stream::default().on(0, 1, "Begin (#12)", &file("a", "1\n"));
    let stream = stream.commit("work", 2, MIA, &at, "Elsewhere", &file("z", "1\n"));
    let facts = with_head(&stream, "refs/pull/12/head").facts();
    assert_eq!((facts.pull_heads.len(), refusals(&facts)), (0, vec![(RefusalReason::Unreadable, 1)]));
}

#[test]
fn a_branch_of_too_many_commits_is_refused() {
    let mut stream = Stream::default().on(0, 1, "Begin (#12)", &file("a", "1\n"));
    for mark in 2..=252 {
        let at = format!("{} +0200", AUGUST + i64::from(mark));
        stream = stream.commit("work", mark, MIA, &at, "More", &format!("from :{}\n", mark - 1));
    }
    let facts = with_head(&stream, "refs/pull/12/head").facts();
    assert_eq!((facts.pull_heads.len(), refusals(&facts)), (0, vec![(RefusalReason::TooLarge, 1)]));
}

#[test]
fn a_head_with_a_missing_commit_is_refused_and_counted() {
    let fixture = Fixture::new(&squashed().0);
    let tip = fixture.word(&["rev-parse", "work"]);
    let below = fixture.word(&["rev-parse", "work^"]);
    fixture.git(&["update-ref", "refs/pull/12/head", &tip], b"");
    fixture.git(&["update-ref", "-d", "refs/heads/work"], b"");
    fs::remove_file(fixture.loose(&below)).unwrap();
    let facts = fixture.facts();
    assert_eq!((facts.pull_heads.len(), refusals(&facts)), (0, vec![(RefusalReason::MissingObject, 1)]));
}

#[test]
fn a_bundle_and_a_stream_may_hold_heads() {
    let fixture = with_head(&squashed(), "refs/pull/12/head");
    fixture.git(&["bundle", "create", "../r.bundle", "main", "refs/pull/12/head"], b"");
    let stream = fixture.git(&["fast-export", "main", "refs/pull/12/head"], b"");
    fs::write(fixture.path("r.fi"), stream).unwrap();
    for name in ["r.bundle", "r.fi"] {
        let facts = fixture.read(&[&format!("path = \"{name}\"")]).unwrap();
        assert_eq!(only(&facts).commits.len(), 2, "{name}");
    }
}

#[test]
fn a_repository_with_heads_has_another_digest_than_one_without() {
    let digest = |fixture: &Fixture| fixture.facts().inputs[0].sha256.clone();
    assert_ne!(digest(&with_head(&squashed(), "refs/pull/12/head")), digest(&Fixture::new(&squashed().0)));
}
