//! Reverts of reverts.

use jiff::Timestamp;

use super::super::Links;
use super::plan;
use crate::facts::change::Subject;
use crate::facts::sample::{change, facts, id, instant, stamp};
use crate::facts::{Change, Facts};

/// Whether the change `1` stands taken back at the end of time.
fn is_undone(changes: &[Change]) -> bool {
    at(changes, Timestamp::MAX)
}

fn at(changes: &[Change], until: Timestamp) -> bool {
    let facts = Facts { changes: changes.to_vec(), ..facts(&[]) };
    let links = Links::of(&facts, &plan());
    let first = changes.iter().position(|change| change.id == id('1')).unwrap();
    links.reverts.is_undone(first, until)
}

/// Change `1`, taken back by `2`, which is taken back by `3`, and so on, a day apart, newest first.
fn chain(length: u32) -> Vec<Change> {
    let digit = |n: u32| char::from_digit(n, 16).unwrap();
    let day = |n: u32| format!("2026-07-{:02}T10:00:00Z", n + 1);
    let revert = |n| Change { reverts: vec![id(digit(n - 1))], ..change(digit(n), &day(n)) };
    (2..=length).rev().map(revert).chain([change('1', &day(1))]).collect()
}

#[test]
fn a_revert_undoes_a_revert_of_it_restores_and_a_third_undoes_again() {
    for (length, undone) in [(1, false), (2, true), (3, false), (4, true), (5, false)] {
        assert_eq!(is_undone(&chain(length)), undone, "{length}");
    }
}

#[test]
fn a_chain_is_judged_by_what_had_landed_until_then() {
    let days = ["2026-07-02T12:00:00Z", "2026-07-03T12:00:00Z", "2026-07-04T12:00:00Z", "2026-07-05T12:00:00Z"];
    assert_eq!(days.map(|day| at(&chain(4), instant(day))), [false, true, false, true]);
}

#[test]
fn the_order_of_the_list_and_equal_clocks_do_not_matter() {
    let mut changes = chain(4);
    for change in &mut changes {
        change.committed = stamp("2026-07-02T10:00:00Z");
    }
    assert!(is_undone(&changes));
    changes.reverse();
    assert!(is_undone(&changes));
}

#[test]
fn a_chain_may_be_told_by_subjects_alone() {
    let titled = |digit, subject, takes_back, day: u32| Change {
        subject: Subject(subject),
        reverts_subject: takes_back,
        ..change(digit, &format!("2026-07-{day:02}T10:00:00Z"))
    };
    // Move; Revert "Move"; Reapply "Move", which takes back `Revert "Move"`; Revert "Reapply "Move"".
    let all = [
        titled('4', 4, Some(Subject(3)), 5),
        titled('3', 3, Some(Subject(2)), 4),
        titled('2', 2, Some(Subject(1)), 3),
        titled('1', 1, None, 2),
    ];
    assert_eq!([3, 2, 1, 0].map(|from| is_undone(&all[from..])), [false, true, false, true]);
}

#[test]
fn two_reverts_of_one_change_are_two_reasons() {
    let mut changes = chain(3);
    changes.insert(0, Change { reverts: vec![id('1')], ..change('9', "2026-07-09T10:00:00Z") });
    assert!(is_undone(&changes), "one was restored, the other stands");
}

#[test]
fn reverting_a_merged_revert_by_its_merge_restores_too() {
    let on = |digit, parents: &[char], day: &str| Change {
        parents: parents.iter().map(|parent| id(*parent)).collect(),
        ..change(digit, &format!("2026-07-{day}T10:00:00Z"))
    };
    let changes = [
        Change { reverts: vec![id('4')], ..on('5', &['4'], "06") },
        on('4', &['3', '2'], "05"),
        on('3', &['1'], "04"),
        Change { reverts: vec![id('1')], ..on('2', &['1'], "03") },
        on('1', &[], "02"),
    ];
    assert!(is_undone(&changes[1..]));
    assert!(!is_undone(&changes));
}

#[test]
fn forged_messages_that_go_round_in_a_circle_do_not_stop_the_program() {
    let mut changes = chain(3);
    changes[2].reverts = vec![id('3')];
    let first = is_undone(&changes);
    assert_eq!(first, is_undone(&changes), "whatever it says, it says it again");
    changes[1].reverts = vec![id('2')];
    let _ = is_undone(&changes);
}

#[test]
fn a_chain_of_many_thousand_links_does_not_stop_the_program() {
    let id = |n: u32| crate::facts::change::CommitId::new(&format!("{n:040x}"));
    let link = |n: u32| Change { id: id(n), reverts: vec![id(n - 1)], ..change('1', "2026-07-02T10:00:00Z") };
    let facts = Facts { changes: (1..20_000).map(link).collect(), ..facts(&[]) };
    let links = Links::of(&facts, &plan());
    let undone = (0..200).filter(|at| links.reverts.is_undone(*at, Timestamp::MAX)).count();
    assert!(undone <= 200);
}
