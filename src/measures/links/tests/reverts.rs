//! What a revert takes back, and how that is found.

use std::collections::BTreeSet;

use super::super::{FoundBy, Links};
use super::plan;
use crate::facts::change::{CommitId, Repository, Subject};
use crate::facts::review::HeadCommit;
use crate::facts::sample::{change, facts, id, review};
use crate::facts::{Change, Facts};

/// What the newest change takes back, by position.
fn newest(facts: &Facts) -> Option<(FoundBy, BTreeSet<usize>)> {
    let links = Links::of(facts, &plan());
    let revert = links.reverts.all.iter().find(|revert| revert.index == 0)?;
    Some((revert.found_by, revert.undoes.clone()))
}

fn history(changes: Vec<Change>) -> Facts {
    Facts { changes, ..facts(&[]) }
}

/// Three old changes below a revert: number 7 has the subject 70, the other two have 80.
fn below(revert: Change) -> Facts {
    history(vec![
        revert,
        Change { subject: Subject(80), ..change('3', "2026-07-04T10:00:00Z") },
        Change { subject: Subject(80), ..change('2', "2026-07-03T10:00:00Z") },
        Change { subject: Subject(70), review_number: Some(7), ..change('1', "2026-07-02T10:00:00Z") },
    ])
}

fn late() -> Change {
    change('9', "2026-07-09T10:00:00Z")
}

#[test]
fn the_commit_counts_before_the_number_and_the_number_before_the_subject() {
    let all = Change { reverts: vec![id('3')], reverts_review: Some(7), reverts_subject: Some(Subject(80)), ..late() };
    assert_eq!(newest(&below(all.clone())), Some((FoundBy::Hash, [1].into())));
    let gone = Change { reverts: vec![id('f')], ..all };
    assert_eq!(newest(&below(gone.clone())), Some((FoundBy::Review, [3].into())));
    let unnumbered = Change { reverts_review: Some(8), ..gone };
    assert_eq!(newest(&below(unnumbered)), Some((FoundBy::Subject, [1].into())), "the later of the two");
}

#[test]
fn what_cannot_be_found_is_unresolved_and_not_forgotten() {
    for lost in [
        Change { reverts: vec![id('f')], ..late() },
        Change { reverts_review: Some(8), ..late() },
        Change { reverts_subject: Some(Subject(1)), ..late() },
        Change { revert_subject: true, ..late() },
    ] {
        assert_eq!(newest(&below(lost)), Some((FoundBy::Unresolved, [].into())));
    }
    assert_eq!(newest(&below(late())), None);
}

#[test]
fn of_two_that_landed_at_the_same_instant_a_subject_means_neither() {
    let mut facts = below(Change { reverts_subject: Some(Subject(80)), ..late() });
    facts.changes[2].committed = facts.changes[1].committed;
    assert_eq!(newest(&facts), Some((FoundBy::Unresolved, [].into())));
}

#[test]
fn what_landed_later_or_elsewhere_is_not_taken_back() {
    let early = Change { reverts_subject: Some(Subject(80)), reverts_review: Some(7), ..late() };
    let mut facts = below(early);
    facts.changes[0].committed = crate::facts::sample::stamp("2026-07-01T10:00:00Z");
    assert_eq!(newest(&facts), Some((FoundBy::Unresolved, [].into())));
    let mut elsewhere = below(Change { reverts_subject: Some(Subject(80)), reverts_review: Some(7), ..late() });
    elsewhere.repositories.push(Repository::default());
    elsewhere.changes[1..].iter_mut().for_each(|change| change.repository = 1);
    assert_eq!(newest(&elsewhere), Some((FoundBy::Unresolved, [].into())));
}

#[test]
fn a_commit_that_was_squashed_is_found_in_what_it_became() {
    let mut facts = below(Change { reverts: vec![CommitId::new("abcdefab")], ..late() });
    facts.reviews = vec![review(7, '1')];
    assert_eq!(newest(&facts), Some((FoundBy::Hash, [3].into())));
}

#[test]
fn what_a_branch_tried_and_took_back_before_its_squash_is_no_revert() {
    let mut facts = below(Change { reverts: vec![CommitId::new("abcdefab")], review_number: Some(9), ..late() });
    facts.reviews = vec![review(9, '9')];
    assert_eq!(newest(&facts), None);
    facts.changes[0].reverts.push(id('2'));
    assert_eq!(newest(&facts), Some((FoundBy::Hash, [2].into())), "the squash took back what had landed, too");
}

#[test]
fn a_number_means_every_commit_that_its_review_landed() {
    let mut facts = below(Change { reverts_review: Some(7), ..late() });
    let mut merged = review(7, '0');
    merged.head = ['1', '2']
        .map(|digit| HeadCommit { id: id(digit), committed: None, marks: Vec::new(), authors: Vec::new() })
        .into();
    facts.reviews = vec![merged];
    assert_eq!(newest(&facts), Some((FoundBy::Review, [2, 3].into())));
}

/// Oldest last: a base, two commits of a branch, one beside them, the merge, and its revert.
fn merge() -> Facts {
    let on =
        |digit, parents: &[char], at| Change { parents: parents.iter().map(|p| id(*p)).collect(), ..change(digit, at) };
    history(vec![
        Change { reverts: vec![id('5')], ..on('6', &['5'], "2026-07-07T10:00:00Z") },
        on('5', &['4', '3'], "2026-07-06T10:00:00Z"),
        on('4', &['1'], "2026-07-05T10:00:00Z"),
        on('3', &['2'], "2026-07-04T10:00:00Z"),
        on('2', &['1'], "2026-07-03T10:00:00Z"),
        on('1', &[], "2026-07-02T10:00:00Z"),
    ])
}

#[test]
fn the_revert_of_a_merge_takes_back_all_that_came_in_by_it_and_nothing_beside_it() {
    assert_eq!(newest(&merge()), Some((FoundBy::Hash, [1, 3, 4].into())));
}

#[test]
fn clocks_that_go_wrong_do_not_change_what_came_in_by_a_merge() {
    let mut facts = merge();
    facts.changes[4].committed = crate::facts::sample::stamp("2026-01-01T10:00:00Z");
    facts.changes[5].committed = crate::facts::sample::stamp("2026-07-31T10:00:00Z");
    assert_eq!(newest(&facts), Some((FoundBy::Hash, [1, 3, 4].into())));
}

#[test]
fn a_merge_of_several_branches_brings_in_all_of_them() {
    let mut facts = merge();
    facts.changes[1].parents = vec![id('1'), id('3'), id('4')];
    assert_eq!(newest(&facts), Some((FoundBy::Hash, [1, 2, 3, 4].into())));
}
