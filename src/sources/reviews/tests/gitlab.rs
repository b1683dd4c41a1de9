//! Merge requests of GitLab, on samples made from its documentation.

use super::*;

const SAMPLE: &str = include_str!("../../../../tests/exports/gitlab.jsonl");
const FLAT: &str = include_str!("../../../../tests/exports/gitlab-flat.jsonl");

fn id(digit: char) -> CommitId {
    CommitId::new(&digit.to_string().repeat(40))
}

/// The record of merge request 7, changed.
fn changed(change: impl FnOnce(&mut Value)) -> (Facts, Identities) {
    let mut record: Value = serde_json::from_str(SAMPLE.lines().next().unwrap()).unwrap();
    change(&mut record);
    export_of(record.to_string().as_bytes(), None).unwrap()
}

fn verdicts(review: &crate::facts::Review) -> Vec<(Actor, ReviewState, Option<CommitId>)> {
    let verdicts = review.events.iter().filter(|event| event.state != ReviewState::Commented);
    verdicts.map(|event| (event.actor, event.state, event.revision.clone())).collect()
}

#[test]
fn a_merge_request_of_gitlab_is_read_whole() {
    let (facts, mut ids) = export_of(SAMPLE.as_bytes(), None).unwrap();
    let review = &facts.reviews[0];
    let (mia, tom, ida) = (ids.person("mia"), ids.person("tom"), ids.person("ida"));
    assert_eq!((review.number, review.author, review.merged_by), (7, Actor::Human(mia), Actor::Human(tom)));
    assert_eq!((review.opened.unwrap().as_second(), review.lines), (1_782_892_800, None));
    assert_eq!(review.merge_commit, Some(id('5')), "the squash is the change, not the merge above it");
    assert_eq!(review.head.iter().map(|commit| commit.id.clone()).collect::<Vec<_>>(), [id('a'), id('b')]);
    assert_eq!(review.head[1].marks[0].tool, "claude");
    assert_eq!(review.head[1].authors, [mia], "a private address of GitLab is its login");
    let comments: Vec<Actor> =
        review.events.iter().filter(|event| event.has_comment).map(|event| event.actor).collect();
    assert_eq!(comments, [Actor::Human(ida), Actor::Human(mia), Actor::Automation]);
    assert!(!review.truncated && facts.refused.is_empty() && facts.repositories[0].reviews_read);
    assert_eq!((facts.inputs[0].format.as_str(), facts.inputs[0].records), ("gitlab", 3));
}

#[test]
fn the_description_and_the_source_branch_mark_a_merge_request() {
    let (facts, _) = changed(|request| {
        request["description"] = "Moves the quay.\n\nMade with [Cursor](https://cursor.com)".into();
        request["source_branch"] = "codex/quay".into();
    });
    let marks: Vec<_> = facts.reviews[0].marks.iter().map(|m| (m.tool.as_str(), m.class.letter())).collect();
    assert_eq!(marks, [("codex", "H"), ("cursor", "S")]);
}

#[test]
fn system_notes_give_the_instants_of_approvals_and_withdrawals() {
    let (facts, mut ids) = export_of(SAMPLE.as_bytes(), None).unwrap();
    let [tom, ida, uma] = ["tom", "ida", "uma.b"].map(|login| Actor::Human(ids.person(login)));
    assert_eq!(
        verdicts(&facts.reviews[0]),
        [
            (ida, ReviewState::Approved, Some(id('a'))),
            (uma, ReviewState::Approved, Some(id('a'))),
            (ida, ReviewState::Dismissed, Some(id('b'))),
            (uma, ReviewState::Dismissed, Some(id('b'))),
            (tom, ReviewState::Approved, Some(id('b'))),
        ],
        "a push took the first two away, and nobody is counted twice"
    );
}

#[test]
fn a_comment_that_reads_like_an_approval_approves_nothing() {
    let (facts, mut ids) = export_of(SAMPLE.as_bytes(), None).unwrap();
    let mia = Actor::Human(ids.person("mia"));
    let own: Vec<_> = facts.reviews[0].events.iter().filter(|event| event.actor == mia).collect();
    assert_eq!(own.iter().map(|event| event.state).collect::<Vec<_>>(), [ReviewState::Commented]);
}

#[test]
fn a_withdrawn_approval_is_dismissed() {
    let (facts, mut ids) = changed(|record| {
        record["notes"][1]["body"] = "unapproved this merge request".into();
        record["notes"][1]["author"]["username"] = "ida".into();
    });
    let ida = Actor::Human(ids.person("ida"));
    let states: Vec<_> = verdicts(&facts.reviews[0]).into_iter().filter(|(who, ..)| *who == ida).collect();
    assert_eq!(states.last().map(|(_, state, _)| *state), Some(ReviewState::Dismissed));
}

#[test]
fn an_approval_without_an_instant_or_pushes_proves_no_revision() {
    let (facts, mut ids) = export_of(SAMPLE.as_bytes(), None).unwrap();
    let first = &facts.reviews[1].events[0];
    assert_eq!((first.actor, first.at, first.revision.clone()), (Actor::Human(ids.person("ida")), None, None));
    let (facts, _) = changed(|record| {
        record.as_object_mut().unwrap().remove("versions");
    });
    assert!(facts.reviews[0].events.iter().all(|event| event.revision.is_none()));
    assert!(facts.reviews[0].events.iter().any(|event| event.state == ReviewState::Approved && event.at.is_some()));
}

#[test]
fn a_newer_approval_has_its_instant_without_any_note() {
    let (facts, mut ids) = changed(|record| {
        record.as_object_mut().unwrap().remove("notes");
    });
    assert_eq!(
        verdicts(&facts.reviews[0]),
        [(Actor::Human(ids.person("tom")), ReviewState::Approved, Some(id('b')))],
        "the rule that lists him again adds nothing"
    );
}

#[test]
fn a_stale_approval_stays_with_its_push_and_a_rebase_without_change_makes_none_stale() {
    let approved_early = |patch: &'static str| {
        changed(move |record| {
            record["notes"] = Value::Array(Vec::new());
            record["user_notes_count"] = 0.into();
            record["approvals"]["approved_by"][0]["approved_at"] = "2026-07-01T09:00:00Z".into();
            record["versions"][1]["patch_id_sha"] = patch.repeat(40).into();
        })
    };
    let (facts, _) = approved_early("1");
    assert_eq!(facts.reviews[0].events[0].revision, Some(id('a')));
    let (facts, _) = approved_early("2");
    assert_eq!(facts.reviews[0].events[0].revision, Some(id('b')), "the same difference on another base");
    assert_eq!(facts.reviews[0].head[1].committed, facts.reviews[0].opened, "since when it could be read");
    let (facts, _) = approved_early("");
    assert_eq!(facts.reviews[0].events[0].revision, Some(id('a')), "unknown is not the same");
}

#[test]
fn tokens_service_accounts_and_gitlabs_own_ai_never_count_as_people() {
    let (facts, mut ids) = export_of(SAMPLE.as_bytes(), None).unwrap();
    let actors: Vec<Actor> = facts.reviews[1].events.iter().map(|event| event.actor).collect();
    let (ida, tom) = (Actor::Human(ids.person("ida")), Actor::Human(ids.person("tom")));
    assert_eq!(actors[..3], [ida, tom, Actor::Automation]);
    assert!(actors[3].person().is_none());
    assert_eq!(facts.reviews[1].author, tom, "who approves himself is there to be seen");
    for (login, human) in [
        ("group_12_bot", false),
        ("service_account_group_345_c468757e", false),
        ("service_account_c468757e", false),
        ("coderabbitai", false),
        ("gemini-code-assist", false),
        ("renovate-bot", false),
        ("project_management", true),
        ("group_bot", true),
        ("claude", true),
    ] {
        let (facts, _) = changed(|record| record["author"]["username"] = login.into());
        assert_eq!(facts.reviews[0].author.person().is_some(), human, "{login}");
    }
    let (facts, _) = changed(|record| record["author"]["bot"] = true.into());
    assert_eq!(facts.reviews[0].author, Actor::Automation);
    let (facts, _) = changed(|record| record["author"]["username"] = "ghost".into());
    assert_eq!(facts.reviews[0].author, Actor::Unknown);
}

#[test]
fn a_closed_request_is_not_merged_and_a_merged_one_needs_its_instant() {
    let (facts, _) = export_of(SAMPLE.as_bytes(), None).unwrap();
    let closed = &facts.reviews[2];
    assert_eq!((closed.merged, closed.merged_by, closed.merge_commit.clone()), (None, Actor::Unknown, None));
    let text = SAMPLE.replace("\"merged_at\": \"2026-07-03T10:00:00.000Z\"", "\"merged_at\": null");
    let (facts, _) = export_of(text.as_bytes(), None).unwrap();
    assert_eq!((facts.reviews.len(), facts.refused[0].reason, facts.refused[0].at), (2, MissingField, Some(2)));
}

#[test]
fn a_fast_forward_lands_as_its_own_tip() {
    let (facts, _) = export_of(SAMPLE.as_bytes(), None).unwrap();
    assert_eq!(facts.reviews[1].merge_commit, None);
    assert_eq!(facts.reviews[1].head.iter().map(|commit| commit.id.clone()).collect::<Vec<_>>(), [id('e')]);
}

#[test]
fn answers_of_separate_endpoints_are_joined_by_their_number_in_any_order() {
    let (facts, mut ids) = export_of(FLAT.as_bytes(), None).unwrap();
    let (tom, ida) = (Actor::Human(ids.person("tom")), Actor::Human(ids.person("ida")));
    let both: Vec<_> = verdicts(&facts.reviews[0]).into_iter().map(|(who, ..)| who).collect();
    assert_eq!(both, [ida, tom]);
    assert_eq!(verdicts(&facts.reviews[1]), [(ida, ReviewState::Approved, None)]);
    assert!(facts.refused.is_empty() && facts.inputs[0].records == 2);
}

#[test]
fn acts_on_a_request_that_is_not_there_are_counted() {
    let rest = FLAT.lines().skip(1).collect::<Vec<_>>().join("\n");
    let (facts, _) = export_of(rest.as_bytes(), None).unwrap();
    let refused = &facts.refused[0];
    assert_eq!((refused.reason, refused.count, refused.at), (RefusalReason::MissingObject, 3, None));
    let issue = FLAT.replacen("\"noteable_type\": \"MergeRequest\"", "\"noteable_type\": \"Issue\"", 1);
    let (facts, _) = export_of(issue.as_bytes(), None).unwrap();
    assert_eq!((facts.refused[0].reason, facts.refused[0].count), (BadValue, 1));
}

#[test]
fn comments_that_are_counted_and_not_listed_were_cut() {
    let (facts, _) = changed(|record| record["user_notes_count"] = 4.into());
    assert!(facts.reviews[0].truncated);
}

#[test]
fn a_list_of_requests_alone_says_nothing_about_approvals() {
    let mut record: Value = serde_json::from_str(SAMPLE.lines().next().unwrap()).unwrap();
    for field in ["approvals", "approval_state", "notes"] {
        record.as_object_mut().unwrap().remove(field);
    }
    let problem = export_of(record.to_string().as_bytes(), None).map(|_| ()).unwrap_err();
    assert!(problem.contains("`approvals`") && problem.contains("glab api"), "{problem}");
    let both = format!("{record}\n{}", SAMPLE.lines().nth(1).unwrap());
    let (facts, _) = export_of(both.as_bytes(), None).unwrap();
    assert_eq!(facts.reviews.iter().map(|review| review.truncated).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn wrong_types_everywhere_lose_nothing_in_silence_and_stop_nothing() {
    let (facts, _) = changed(|record| {
        record["approvals"] = "x".into();
        record["approval_state"] = 3.into();
        record["versions"] = serde_json::json!([1, {"created_at": 3}, {"head_commit_sha": "x"}]);
        record["commits"] = serde_json::json!([null, {"id": "short"}]);
        record["notes"] = serde_json::json!([{"created_at": 7, "body": "x"}, {"system": "yes"}, 4]);
        record["merge_user"] = 1.into();
        record["author"] = Value::Null;
    });
    assert_eq!(
        facts.refused.iter().map(|refused| (refused.at, refused.count)).collect::<Vec<_>>(),
        [(Some(1), 2), (None, 5)]
    );
    assert_eq!(facts.reviews[0].author, Actor::Unknown);
}
