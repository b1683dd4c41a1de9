//! Which review belongs to which change.

use super::{Links, plan};
use crate::facts::change::{CommitId, Repository};
use crate::facts::incident::{ChangeRef, ChangeRole};
use crate::facts::review::{HeadCommit, PullHead};
use crate::facts::sample::{change, facts, id, mark, review};
use crate::facts::{Change, Facts};

fn numbered(digit: char, number: u64, at: &str) -> Change {
    Change { review_number: Some(number), ..change(digit, at) }
}

/// A merged review whose commit nobody names.
fn by_number(number: u64) -> crate::facts::Review {
    crate::facts::Review { merge_commit: None, ..review(number, '0') }
}

/// Numbers of the reviews of all changes, and whether an export holds them.
fn found(facts: &Facts) -> Vec<(Option<u64>, bool)> {
    Links::of(facts, &plan()).changes.iter().map(|linked| (linked.number, linked.review.is_some())).collect()
}

#[test]
fn two_repositories_have_reviews_of_the_same_number() {
    let mut facts = facts(&[]);
    facts.repositories.push(Repository { name: "till".into(), ..Repository::default() });
    let other = Change { repository: 1, ..numbered('2', 7, "2026-07-02T10:00:00Z") };
    facts.changes = vec![numbered('1', 7, "2026-07-02T10:00:00Z"), other];
    facts.reviews = vec![crate::facts::Review { repository: 1, ..by_number(7) }];
    assert_eq!(found(&facts), [(Some(7), false), (Some(7), true)]);
}

#[test]
fn a_backport_that_repeats_a_number_has_not_the_review_of_the_first() {
    let mut facts = facts(&[]);
    facts.changes = vec![numbered('2', 7, "2026-07-05T10:00:00Z"), numbered('1', 7, "2026-07-02T10:00:00Z")];
    facts.reviews = vec![by_number(7)];
    assert_eq!(found(&facts), [(None, false), (Some(7), true)]);
}

#[test]
fn the_commit_that_the_export_names_has_the_number_whoever_else_repeats_it() {
    let mut facts = facts(&[]);
    facts.changes = vec![numbered('2', 7, "2026-07-05T10:00:00Z"), numbered('1', 7, "2026-07-02T10:00:00Z")];
    facts.reviews = vec![review(7, '2')];
    assert_eq!(found(&facts), [(Some(7), true), (None, false)]);
}

#[test]
fn an_unmerged_review_belongs_to_no_change() {
    let mut facts = facts(&[]);
    facts.changes = vec![numbered('1', 7, "2026-07-02T10:00:00Z")];
    facts.reviews = vec![crate::facts::Review { merged: None, ..by_number(7) }];
    assert_eq!(found(&facts), [(Some(7), false)]);
}

#[test]
fn the_commits_of_a_merged_branch_and_their_merge_belong_to_its_review() {
    let mut facts = facts(&[]);
    let merge = Change { parents: vec![id('0'), id('1')], ..numbered('9', 7, "2026-07-03T10:00:00Z") };
    facts.changes = vec![merge, change('1', "2026-07-02T10:00:00Z")];
    let mut merged = review(7, '9');
    merged.head[0].id = id('1');
    facts.reviews = vec![merged];
    assert_eq!(found(&facts), [(Some(7), true), (Some(7), true)]);
}

fn head(marks: bool) -> HeadCommit {
    let marks = if marks { vec![mark()] } else { Vec::new() };
    HeadCommit { id: CommitId::new("abcdefabcdef"), committed: None, marks, authors: Vec::new() }
}

fn pull(number: u64, commits: Vec<HeadCommit>) -> PullHead {
    PullHead { repository: 0, number, tip: CommitId::new("fedcbafedcba"), commits }
}

#[test]
fn the_clones_head_stands_in_where_the_export_has_no_commits() {
    let mut facts = facts(&[]);
    facts.changes = vec![numbered('1', 7, "2026-07-02T10:00:00Z")];
    facts.pull_heads = vec![pull(7, vec![head(true)])];
    let apart = |facts: &Facts| Links::of(facts, &plan()).changes[0].is_marked_apart();
    assert!(apart(&facts), "without any export");
    assert!(!Links::of(&facts, &plan()).changes[0].is_ai(), "another copy of the history may lack the head");
    facts.reviews = vec![by_number(7)];
    assert!(!apart(&facts), "the export's own commits come first");
    facts.reviews[0].head.clear();
    assert!(apart(&facts));
    let last = Links::of(&facts, &plan()).changes[0].last.cloned();
    assert_eq!(
        last,
        Some(CommitId::new("fedcbafedcba")),
        "merges are left out of the commits, not out of the revision"
    );
}

#[test]
fn a_head_belongs_to_the_first_that_bears_its_number() {
    let mut facts = facts(&[]);
    facts.changes = vec![numbered('2', 7, "2026-07-05T10:00:00Z"), numbered('1', 7, "2026-07-02T10:00:00Z")];
    facts.pull_heads = vec![pull(7, vec![head(true)])];
    let links = Links::of(&facts, &plan());
    assert_eq!([0, 1].map(|at| links.changes[at].is_marked_apart()), [false, true]);
}

#[test]
fn an_incident_may_name_a_change_by_its_number_without_an_export() {
    let mut facts = facts(&[]);
    facts.changes = vec![numbered('2', 7, "2026-07-05T10:00:00Z"), numbered('1', 7, "2026-07-02T10:00:00Z")];
    let named = ChangeRef { reference: "shop#7".into(), repository: None, role: ChangeRole::Cause, confidence: 5 };
    assert_eq!(Links::of(&facts, &plan()).resolve(&named), Some(1));
}
