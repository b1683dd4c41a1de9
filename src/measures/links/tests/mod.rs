//! Changes, reviews and marks put together, each test from a few facts.

mod restored;
mod reverts;
mod reviews;

use super::*;
use crate::facts::change::{Channel, Mark, MarkClass, Repository};
use crate::facts::review::HeadCommit;
use crate::facts::sample::{change, facts, id, mark, review};
use crate::facts::{Change, Person};
use crate::plan::Period;

fn plan() -> Plan {
    Plan::for_repository(std::path::Path::new("shop"), Period::parse("2026-Q3").ok()).unwrap()
}

#[test]
fn a_squashed_change_keeps_the_mark_of_its_review() {
    let mut facts = facts(&[]);
    facts.changes = vec![change('1', "2026-07-02T10:00:00Z")];
    let mut squashed = review(1, '1');
    squashed.head[0].marks = vec![mark()];
    facts.reviews = vec![squashed];
    let links = Links::of(&facts, &plan());
    assert!(links.changes[0].is_ai() && links.changes[0].is_recovered());
    assert_eq!(links.changes[0].marks[0].channel, Channel::ReviewHead);
}

#[test]
fn a_commit_that_landed_unchanged_does_not_take_its_neighbours_mark() {
    let mut facts = facts(&[]);
    facts.changes = vec![change('1', "2026-07-02T10:00:00Z"), change('2', "2026-07-02T10:00:00Z")];
    let head = |digit, marks| HeadCommit { id: id(digit), committed: None, marks, authors: Vec::new() };
    let mut merged = review(1, '9');
    merged.head = vec![head('1', vec![mark()]), head('2', Vec::new())];
    facts.reviews = vec![merged];
    let links = Links::of(&facts, &plan());
    assert!(links.changes[1].review.is_some() && !links.changes[1].is_ai());
}

#[test]
fn a_suggestion_that_was_accepted_does_not_attribute() {
    let mut facts = facts(&[]);
    let accepted = Mark { class: MarkClass::SuggestionAccepted, ..mark() };
    facts.changes = vec![Change { marks: vec![accepted], ..change('1', "2026-07-02T10:00:00Z") }];
    assert!(!Links::of(&facts, &plan()).changes[0].is_ai());
}

#[test]
fn a_reference_is_resolved_only_when_it_means_one_commit() {
    let mut facts = facts(&[]);
    facts.repositories.push(Repository { name: "till".into(), ..Repository::default() });
    facts.changes = vec![change('1', "2026-07-02T10:00:00Z"), change('2', "2026-07-02T10:00:00Z")];
    let twin = Change { repository: 1, ..change('2', "2026-07-02T10:00:00Z") };
    facts.changes.push(twin);
    let links = Links::of(&facts, &plan());
    let named = |reference: &str| ChangeRef {
        reference: reference.into(),
        repository: None,
        role: ChangeRole::Cause,
        confidence: 5,
    };
    assert_eq!(links.resolve(&named("1111111")), Some(0));
    assert_eq!(links.resolve(&named("2222222")), None, "two repositories hold it");
    assert_eq!(links.resolve(&named("111111")), None, "six digits are too few");
    assert!(links.causes(&[ChangeRef { role: ChangeRole::Fix, ..named("1111111") }]).is_empty());
    assert_eq!(links.causes(&[named("2222222"), named("1111111")]), [0].into());
}

#[test]
fn the_period_is_half_open() {
    let mut facts = facts(&[]);
    facts.changes = vec![change('1', "2026-07-01T00:00:00Z"), change('2', "2026-10-01T00:00:00Z")];
    let links = Links::of(&facts, &plan());
    assert_eq!(links.changes.iter().map(|linked| linked.in_period).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_description_marks_the_change_that_its_review_became_and_a_mention_in_it_does_not() {
    let mut facts = facts(&[]);
    facts.changes = vec![change('1', "2026-07-02T10:00:00Z")];
    let mut described = review(1, '1');
    described.marks = vec![mark()];
    facts.reviews = vec![described];
    let links = Links::of(&facts, &plan());
    assert_eq!(links.changes[0].marks, [Mark { channel: Channel::ReviewText, ..mark() }]);
    facts.reviews[0].marks = vec![Mark { class: MarkClass::Heuristic, ..mark() }];
    assert_eq!(Links::of(&facts, &plan()).changes[0].marks, []);
}

#[test]
fn a_description_does_not_say_which_of_several_commits_it_speaks_of() {
    let mut facts = facts(&[]);
    facts.changes = vec![change('1', "2026-07-02T10:00:00Z"), change('2', "2026-07-02T10:00:00Z")];
    let head = |digit| HeadCommit { id: id(digit), committed: None, marks: Vec::new(), authors: Vec::new() };
    let mut merged = review(1, '9');
    (merged.head, merged.marks) = (vec![head('1'), head('2')], vec![mark()]);
    facts.reviews = vec![merged];
    assert!(Links::of(&facts, &plan()).changes.iter().all(|linked| !linked.is_ai()));
    facts.reviews[0].head.pop();
    assert!(Links::of(&facts, &plan()).changes[0].is_ai());
}

#[test]
fn a_branch_built_on_another_does_not_take_the_marks_of_what_had_landed_before() {
    let mut facts = facts(&[]);
    facts.changes = vec![change('2', "2026-07-03T10:00:00Z"), change('1', "2026-07-02T10:00:00Z")];
    let head = |hex: &str, marks, author| HeadCommit {
        id: CommitId::new(hex),
        committed: None,
        marks,
        authors: vec![Person::new(author)],
    };
    let (mut below, mut above) = (review(1, '1'), review(2, '2'));
    below.head = vec![head("aaaaaaaaaa", vec![mark()], 3)];
    above.head = vec![head("aaaaaaaaaa", vec![mark()], 3), head("bbbbbbbbbb", vec![], 4)];
    facts.reviews = vec![above, below];
    let links = Links::of(&facts, &plan());
    assert_eq!([0, 1].map(|at| links.changes[at].is_ai()), [false, true]);
    assert!(links.changes[0].makers().contains(&Person::new(3)), "whoever wrote a part of it does not approve it");
}

#[test]
fn who_uploaded_the_reviewed_commit_is_a_maker() {
    let mut facts = facts(&[]);
    facts.changes = vec![change('1', "2026-07-02T10:00:00Z")];
    let mut uploaded = review(1, '1');
    uploaded.head = vec![HeadCommit { id: id('1'), committed: None, marks: vec![], authors: vec![Person::new(5)] }];
    facts.reviews = vec![uploaded];
    assert_eq!(Links::of(&facts, &plan()).changes[0].makers(), [Person::new(1), Person::new(5)].into());
}
