//! What exports do not say, or say in a way that misleads.

use super::*;

fn oid(digit: char) -> String {
    digit.to_string().repeat(40)
}

/// The sample of the command line, changed.
fn cli_changed(change: impl FnOnce(&mut Value)) -> (Facts, Identities) {
    changed(&cli(), change)
}

/// The sample of the REST interface, changed.
fn rest_changed(change: impl FnOnce(&mut Value)) -> (Facts, Identities) {
    changed(&rest(), change)
}

fn changed(sample: &str, change: impl FnOnce(&mut Value)) -> (Facts, Identities) {
    let mut records: Value = serde_json::from_str(sample).unwrap();
    change(&mut records[0]);
    export_of(records.to_string().as_bytes(), None).unwrap()
}

#[test]
fn an_approval_of_the_command_line_carries_no_revision_and_cannot_prove_that_no_push_followed() {
    let (facts, _) = cli_changed(|_| ());
    assert_eq!(facts.reviews[0].events[2].revision, None);
    let (facts, _) = cli_changed(|record| record["reviews"][0]["commit"] = serde_json::json!({ "oid": oid('a') }));
    assert_eq!(facts.reviews[0].events[2].revision, Some(CommitId::new(&oid('a'))), "newer versions name it");
}

#[test]
fn an_approval_on_a_commit_that_was_forced_away_proves_no_revision() {
    let (facts, _) = rest_changed(|record| {
        record["reviews"][0]["state"] = "APPROVED".into();
        record["reviews"][0]["commit_id"] = Value::Null;
    });
    let approval = facts.reviews[0].events.iter().find(|event| event.actor.person().is_some()).unwrap();
    assert_eq!((approval.state, approval.revision.clone()), (ReviewState::Approved, None));
}

#[test]
fn a_stale_approval_names_an_earlier_commit_than_the_last() {
    let (facts, _) = rest_changed(|record| {
        record["reviews"][0]["state"] = "APPROVED".into();
        let mut later = record["commits"][0].clone();
        later["sha"] = oid('f').into();
        record["commits"].as_array_mut().unwrap().push(later);
    });
    let review = &facts.reviews[0];
    let approval = review.events.iter().find(|event| event.actor.person().is_some()).unwrap();
    assert_eq!(approval.revision.as_ref(), Some(&review.head[0].id));
    assert_ne!(approval.revision.as_ref(), review.head.last().map(|commit| &commit.id));
}

#[test]
fn a_self_approval_is_by_the_person_who_opened_or_wrote_it() {
    let (facts, mut ids) = cli_changed(|record| {
        record["reviews"][0]["author"]["login"] = "mia".into();
        record["author"]["login"] = "tom".into();
    });
    let (review, mia) = (&facts.reviews[0], ids.person("mia"));
    assert_eq!(review.events[2].actor, Actor::Human(mia));
    assert!(review.head[0].authors.contains(&mia), "who pushed to another's request is among its authors");
}

#[test]
fn a_merged_request_is_called_closed_and_a_closed_one_may_not_be_merged() {
    let (facts, _) = rest_changed(|_| ());
    assert!(facts.reviews[0].merged.is_some(), "its state is closed");
    let (facts, _) = rest_changed(|record| record["merged_at"] = Value::Null);
    assert_eq!((facts.reviews[0].merged, facts.reviews[0].merge_commit.clone()), (None, None));
}

#[test]
fn a_request_for_a_review_is_no_review() {
    let (facts, _) = cli_changed(|record| {
        record["reviewRequests"] = serde_json::json!([{ "__typename": "User", "login": "ida" }, { "slug": "team" }]);
        record["reviewDecision"] = "APPROVED".into();
    });
    assert_eq!(facts.reviews[0].events.len(), 3);
}

#[test]
fn an_approval_of_an_ai_reviewer_is_never_a_persons() {
    for login in [
        "coderabbitai",
        "copilot-pull-request-reviewer",
        "gemini-code-assist",
        "chatgpt-codex-connector",
        "coderabbitai[bot]",
    ] {
        let (facts, _) = cli_changed(|record| record["reviews"][0]["author"]["login"] = login.into());
        let approval = facts.reviews[0].events.iter().find(|event| event.state == ReviewState::Approved).unwrap();
        assert_eq!(approval.actor, Actor::Ai, "{login}");
    }
    let (facts, _) = rest_changed(|record| {
        record["reviews"][0]["user"] = serde_json::json!({ "login": "some-new-reviewer[bot]", "type": "Bot" });
        record["reviews"][0]["state"] = "APPROVED".into();
    });
    assert!(facts.reviews[0].events.iter().all(|event| event.actor.person().is_none()), "an app without a name yet");
}

#[test]
fn no_name_address_or_word_of_an_export_is_in_the_facts() {
    let samples = [
        cli(),
        rest(),
        include_str!("../../../../tests/exports/github-graphql.jsonl").to_owned(),
        include_str!("../../../../tests/exports/gitlab.jsonl").to_owned(),
        include_str!("../../../../tests/exports/gitlab-flat.jsonl").to_owned(),
        include_str!("../../../../tests/exports/gerrit.jsonl").to_owned(),
        include_str!("../../../../tests/exports/gerrit-rest.json").to_owned(),
        include_str!("../../../../tests/exports/table.csv").to_owned(),
    ];
    for sample in samples {
        let (facts, _) = export_of(sample.as_bytes(), None).unwrap();
        assert!(!facts.reviews.is_empty());
        let printed = format!("{:?} {:?}", facts.reviews, facts.refused);
        for word in [
            "mia",
            "Moreau",
            "tom@",
            "Timm",
            "ida@",
            "uma.b",
            "harbour.example",
            "quay",
            "why?",
            "nice",
            "_bot",
            "Zuul",
        ] {
            assert!(!printed.contains(word), "{word} of {}", &sample[..40]);
        }
    }
}
