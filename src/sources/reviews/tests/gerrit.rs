//! Changes of Gerrit, from both of its interfaces, on samples made from its documentation.

use super::*;
use crate::facts::Review;

const QUERY: &str = include_str!("../../../../tests/exports/gerrit.jsonl");
const REST: &str = include_str!("../../../../tests/exports/gerrit-rest.json");

fn id(digit: char) -> CommitId {
    CommitId::new(&digit.to_string().repeat(40))
}

/// The first change of the query, changed.
fn changed(change: impl FnOnce(&mut Value)) -> (Facts, Identities) {
    let mut record: Value = serde_json::from_str(QUERY.lines().next().unwrap()).unwrap();
    change(&mut record);
    export_of(record.to_string().as_bytes(), None).unwrap()
}

/// The change of the REST interface, changed.
fn rest_changed(change: impl FnOnce(&mut Value)) -> (Facts, Identities) {
    let mut records: Value = serde_json::from_str(REST.strip_prefix(")]}'\n").unwrap()).unwrap();
    change(&mut records[0]);
    export_of(format!(")]}}'\n{records}").as_bytes(), None).unwrap()
}

/// Revisions of the approvals of people.
fn approvals(review: &Review) -> Vec<(Actor, Option<CommitId>)> {
    let of_people = |event: &&crate::facts::review::ReviewEvent| {
        event.state == ReviewState::Approved && event.actor.person().is_some()
    };
    review.events.iter().filter(of_people).map(|event| (event.actor, event.revision.clone())).collect()
}

#[test]
fn a_change_of_gerrit_is_read_whole() {
    let (facts, mut ids) = export_of(QUERY.as_bytes(), None).unwrap();
    let review = &facts.reviews[0];
    let (mia, tom, ida) = (ids.person("mia"), ids.person("tom"), ids.person("ida"));
    assert_eq!((review.number, review.author, review.merged_by), (101, Actor::Human(mia), Actor::Human(tom)));
    assert_eq!(review.opened.unwrap().as_second(), 1_782_892_800, "seconds since 1970");
    assert_eq!(review.merged.unwrap().as_second(), 1_782_892_800 + 10_800, "the submission, not the last update");
    assert_eq!((review.merge_commit.clone(), review.lines), (Some(id('3')), Some(42)));
    let events: Vec<_> = review.events.iter().map(|event| (event.actor, event.state, event.has_comment)).collect();
    assert_eq!(
        events,
        [
            (Actor::Human(ida), ReviewState::ChangesRequested, false),
            (Actor::Human(ida), ReviewState::Commented, true),
            (Actor::Human(tom), ReviewState::Approved, false),
        ],
        "the line that Gerrit writes over a vote is no comment, and tests and queues approve nothing"
    );
    assert_eq!(ids.person("tom"), ids.person("tom@harbour.example"), "one account");
    assert!(!review.truncated && facts.refused.is_empty() && !facts.repositories[0].reviews_cut);
    assert_eq!((facts.inputs[0].format.as_str(), facts.inputs[0].records), ("gerrit", 4));
}

#[test]
fn uploader_owner_and_author_may_be_three_people() {
    let (facts, mut ids) = export_of(QUERY.as_bytes(), None).unwrap();
    let head = &facts.reviews[0].head[0];
    let (mia, tom, ida) = (ids.person("mia"), ids.person("tom"), ids.person("ida"));
    assert_eq!(head.id, id('3'));
    assert_eq!(head.authors, [mia, ida], "whoever uploaded a patch set with content is one of its authors");
    assert!(!head.authors.contains(&tom), "who only rebased it is not");
    assert_eq!((head.marks[0].tool.as_str(), head.marks[0].class), ("claude", MarkClass::Declared));
    assert_eq!(head.committed.unwrap().as_second(), 1_782_892_800 + 3_600, "since when its content could be read");
}

#[test]
fn a_trivial_rebase_carries_an_approval_and_a_rework_makes_it_stale() {
    for (kind, revision) in [
        ("TRIVIAL_REBASE", '3'),
        ("TRIVIAL_REBASE_WITH_MESSAGE_UPDATE", '3'),
        ("NO_CODE_CHANGE", '3'),
        ("NO_CHANGE", '3'),
        ("REWORK", '2'),
        ("MERGE_FIRST_PARENT_UPDATE", '2'),
        ("SOMETHING_NEW", '2'),
    ] {
        let (facts, mut ids) = changed(|record| record["patchSets"][2]["kind"] = kind.into());
        let tom = Actor::Human(ids.person("tom"));
        assert_eq!(approvals(&facts.reviews[0]), [(tom, Some(id(revision)))], "{kind}");
    }
    let (facts, _) = changed(|record| {
        record["patchSets"][2].as_object_mut().unwrap().remove("kind");
    });
    assert_eq!(approvals(&facts.reviews[0])[0].1, Some(id('2')), "a kind that is not there proves nothing");
}

#[test]
fn a_vote_that_was_copied_is_stale_when_content_followed() {
    let (facts, mut ids) = export_of(QUERY.as_bytes(), None).unwrap();
    let (ida, tom) = (Actor::Human(ids.person("ida")), Actor::Human(ids.person("tom")));
    let review = &facts.reviews[1];
    assert_eq!(review.number, 102, "also where it is written as a text");
    assert_eq!(
        approvals(review),
        [(ida, Some(id('4'))), (tom, Some(id('4')))],
        "both were given before the second patch set, whichever patch set shows them"
    );
    assert_eq!(
        (review.author, review.merge_commit.clone()),
        (tom, Some(id('5'))),
        "who approves himself is there to be seen"
    );
}

#[test]
fn a_copy_that_has_the_instant_of_its_patch_set_is_no_new_vote() {
    for (kind, revision) in [("REWORK", '2'), ("TRIVIAL_REBASE", '3')] {
        let (facts, mut ids) = changed(|record| {
            record["patchSets"][2]["kind"] = kind.into();
            record["patchSets"][2]["approvals"][0]["grantedOn"] = (1_782_892_800 + 9_000).into();
        });
        let tom = Actor::Human(ids.person("tom"));
        assert_eq!(approvals(&facts.reviews[0]), [(tom, Some(id(revision)))], "{kind}");
    }
    let (facts, _) = changed(|record| {
        record["currentPatchSet"] = record["patchSets"][2].clone();
        record["currentPatchSet"]["approvals"][0]["grantedOn"] = (1_782_892_800 + 9_000).into();
        record.as_object_mut().unwrap().remove("patchSets");
    });
    assert_eq!(approvals(&facts.reviews[0])[0].1, None, "its original was not exported");
}

#[test]
fn a_copy_of_the_rest_interface_is_traced_to_its_message() {
    let copied = |message: &'static str| {
        rest_changed(move |change| {
            change["labels"]["Code-Review"]["all"][0]["date"] = "2026-07-01 10:00:00.000000000".into();
            change["messages"][0]["message"] = message.into();
            change["revisions"][&"8".repeat(40)]["kind"] = "REWORK".into();
        })
    };
    let (facts, _) = copied("Patch Set 1: Code-Review+2 Verified+1\n\nnice");
    assert_eq!(approvals(&facts.reviews[0])[0].1, Some(id('7')), "content followed, whatever was copied");
    for message in
        ["Patch Set 1: Code-Review+1", "Patch Set 1:\n\nCode-Review+2", "Code-Review+2", "Patch Set x: Code-Review+2"]
    {
        let (facts, _) = copied(message);
        assert_eq!(approvals(&facts.reviews[0])[0].1, None, "{message}");
    }
}

#[test]
fn a_patch_set_that_the_server_made_on_submission_carries_an_approval() {
    let (facts, _) = changed(|record| {
        record["patchSets"][2]["kind"] = "REWORK".into();
        record["patchSets"][2]["createdOn"] = (1_782_892_800 + 10_800).into();
    });
    assert_eq!(approvals(&facts.reviews[0])[0].1, Some(id('3')));
    assert_eq!(facts.reviews[0].head[0].committed.unwrap().as_second(), 1_782_892_800 + 3_600);
}

#[test]
fn a_missing_patch_set_breaks_the_chain() {
    let (facts, _) = changed(|record| record["patchSets"][2]["number"] = 4.into());
    assert_eq!(approvals(&facts.reviews[0])[0].1, Some(id('2')));
}

#[test]
fn one_point_is_an_opinion_unless_a_submit_record_says_that_it_was_enough() {
    let (facts, mut ids) = export_of(QUERY.as_bytes(), None).unwrap();
    let mia = Actor::Human(ids.person("mia"));
    let of_mia: Vec<_> = facts.reviews[1].events.iter().filter(|event| event.actor == mia).collect();
    assert_eq!(of_mia.iter().map(|event| event.state).collect::<Vec<_>>(), [ReviewState::Commented]);
    let (facts, mut ids) = changed(|record| {
        for set in 1..3 {
            record["patchSets"][set]["approvals"][0]["value"] = "1".into();
        }
    });
    assert_eq!(approvals(&facts.reviews[0]), [(Actor::Human(ids.person("tom")), Some(id('3')))]);
}

#[test]
fn a_vote_of_nothing_takes_the_earlier_one_back() {
    let (facts, mut ids) = changed(|record| {
        let gone = serde_json::json!({"type": "Code-Review", "value": "0", "oldValue": "2", "grantedOn": 1_782_892_800 + 9_500,
            "by": {"username": "tom", "email": "tom@harbour.example"}});
        record["patchSets"][2]["approvals"].as_array_mut().unwrap().push(gone);
    });
    let tom = Actor::Human(ids.person("tom"));
    let last = facts.reviews[0].events.iter().rev().find(|event| event.actor == tom).unwrap();
    assert_eq!(last.state, ReviewState::Dismissed);
    let (facts, _) = export_of(REST.as_bytes(), None).unwrap();
    assert!(
        facts.reviews[0].events.iter().all(|event| event.state != ReviewState::Dismissed),
        "who never voted took nothing back"
    );
}

#[test]
fn submit_records_alone_prove_a_person_and_no_revision() {
    let (facts, mut ids) = export_of(QUERY.as_bytes(), None).unwrap();
    let review = &facts.reviews[3];
    assert_eq!(approvals(review), [(Actor::Human(ids.person("ida")), None)]);
    assert_eq!((review.events[0].at, review.merge_commit.clone()), (None, Some(id('7'))));
}

#[test]
fn without_the_instant_of_the_submission_no_approval_is_known_to_be_early_enough() {
    let (facts, _) = changed(|record| {
        record["patchSets"][2]["approvals"].as_array_mut().unwrap().retain(|vote| vote["type"] != "SUBM");
    });
    assert_eq!(facts.reviews[0].merged.unwrap().as_second(), 1_782_892_800 + 90_000);
    assert_eq!(approvals(&facts.reviews[0])[0].1, None);
}

#[test]
fn an_abandoned_change_is_not_merged() {
    let (facts, _) = export_of(QUERY.as_bytes(), None).unwrap();
    let review = &facts.reviews[2];
    assert_eq!((review.merged, review.merge_commit.clone(), review.truncated), (None, None, false));
}

#[test]
fn the_last_row_says_whether_the_list_was_cut() {
    let text = QUERY.replace("\"moreChanges\": false", "\"moreChanges\": true");
    assert!(export_of(text.as_bytes(), None).unwrap().0.repositories[0].reviews_cut);
    let (facts, _) = export_of(br#"{"type":"stats","rowCount":0,"runTimeMilliseconds":3}"#, None).unwrap();
    assert!(facts.reviews.is_empty() && facts.inputs[0].format == "gerrit");
    let problem = export_of(br#"{"type":"error","message":"tom asked"}"#, None).map(|_| ()).unwrap_err();
    assert!(problem.contains("none of its records") && !problem.contains("tom"), "{problem}");
}

#[test]
fn any_field_may_be_missing() {
    let whole: Value = serde_json::from_str(QUERY.lines().next().unwrap()).unwrap();
    for field in whole.as_object().unwrap().keys().filter(|field| !["number", "createdOn"].contains(&field.as_str())) {
        let (facts, _) = changed(|record| {
            record.as_object_mut().unwrap().remove(field);
        });
        assert_eq!(facts.reviews.len(), 1, "{field}");
    }
    for field in ["number", "revision", "uploader", "author", "createdOn", "kind", "approvals", "sizeDeletions"] {
        let (facts, _) = changed(|record| {
            record["patchSets"][1].as_object_mut().unwrap().remove(field);
        });
        assert_eq!(facts.reviews.len(), 1, "{field}");
        assert_eq!(facts.refused.len(), usize::from(["number", "revision"].contains(&field)), "{field}");
    }
}

#[test]
fn service_accounts_never_approve() {
    let (facts, _) = export_of(QUERY.as_bytes(), None).unwrap();
    assert!(facts.reviews[1].events.iter().any(|event| event.actor == Actor::Automation), "a cloud's service account");
    let (facts, _) = export_of(REST.as_bytes(), None).unwrap();
    assert!(facts.reviews[0].events.iter().any(|event| event.actor == Actor::Automation), "a tagged service user");
}

#[test]
fn an_instant_out_of_bounds_refuses_its_record_only() {
    let text = QUERY.replacen("\"createdOn\": 1782892800", "\"createdOn\": 99999999999999999", 1);
    let (facts, _) = export_of(text.as_bytes(), None).unwrap();
    assert_eq!((facts.reviews.len(), facts.refused[0].reason, facts.refused[0].at), (3, BadDate, Some(1)));
}

#[test]
fn a_change_of_the_rest_interface_is_read_behind_its_prefix() {
    let (facts, mut ids) = export_of(REST.as_bytes(), None).unwrap();
    let review = &facts.reviews[0];
    let (mia, tom, ida) = (ids.person("mia"), ids.person("tom"), ids.person("ida"));
    assert_eq!((review.number, review.author, review.merged_by), (201, Actor::Human(mia), Actor::Human(tom)));
    assert_eq!((review.merge_commit.clone(), review.lines), (Some(id('9')), Some(15)));
    assert_eq!(
        approvals(review),
        [(Actor::Human(tom), Some(id('9')))],
        "the server cherry-picked what he had approved"
    );
    let spoken: Vec<_> = review.events.iter().filter(|event| event.has_comment).map(|event| event.actor).collect();
    assert_eq!(spoken, [Actor::Human(tom)], "messages that Gerrit writes are no comments");
    assert!(review.events.iter().any(|e| e.actor == Actor::Human(ida) && e.state == ReviewState::Commented));
    assert_eq!(review.head[0].authors, [mia]);
    assert!(facts.repositories[0].reviews_cut, "it says that more changes follow");
}

#[test]
fn the_highest_value_of_the_label_approves_where_it_is_not_two() {
    let (facts, mut ids) = rest_changed(|change| {
        change["labels"]["Code-Review"]["values"] = serde_json::json!({"-1": "", " 0": "", "+1": ""});
    });
    let ida = Actor::Human(ids.person("ida"));
    assert!(approvals(&facts.reviews[0]).iter().any(|(who, _)| *who == ida));
}

#[test]
fn people_without_details_stay_apart() {
    let (facts, _) = rest_changed(|change| {
        change["owner"] = serde_json::json!({"_account_id": 1});
        change["labels"]["Code-Review"] = serde_json::json!({"approved": {"_account_id": 2}});
        change["submit_records"] = Value::Array(Vec::new());
        change["messages"] = Value::Array(Vec::new());
    });
    let review = &facts.reviews[0];
    assert_eq!(approvals(review).len(), 1);
    assert_ne!(approvals(review)[0].0, review.author);
}

#[test]
fn early_revisions_that_were_not_exported_prove_no_revision() {
    let (facts, _) = rest_changed(|change| {
        change["revisions"].as_object_mut().unwrap().retain(|_, revision| revision["_number"] == 3);
    });
    assert_eq!(approvals(&facts.reviews[0])[0].1, None);
}
