//! Answers of GitHub's GraphQL interface.

use super::*;

const SAMPLE: &str = include_str!("../../../../tests/exports/github-graphql.jsonl");

#[test]
fn pages_of_the_graphql_interface_are_read_whole() {
    let (facts, mut ids) = export_of(SAMPLE.as_bytes(), None).unwrap();
    let review = &facts.reviews[0];
    let (mia, tom, ida) = (ids.person("mia"), ids.person("tom"), ids.person("ida"));
    assert_eq!((review.number, review.author, review.merged_by), (12, Actor::Human(mia), Actor::Human(tom)));
    assert_eq!((review.lines, review.merge_commit.is_some()), (Some(42), true));
    let events: Vec<_> = review.events.iter().map(|event| (event.actor, event.state)).collect();
    assert_eq!(
        events,
        [
            (Actor::Human(ida), ReviewState::Commented),
            (Actor::Human(tom), ReviewState::Approved),
            (Actor::Automation, ReviewState::Approved),
        ],
        "an app says that it is one"
    );
    assert_eq!(review.events[1].revision.as_ref(), Some(&review.head[0].id), "the revision that was approved");
    assert_eq!(
        (review.head[0].authors.as_slice(), review.head[0].marks[0].tool.as_str()),
        ([mia].as_slice(), "cursor")
    );
    assert_eq!(ids.person("mia@harbour.example"), mia);
    assert_eq!((facts.inputs[0].format.as_str(), facts.inputs[0].records), ("github-cli", 2));
    assert!(facts.refused.is_empty() && !facts.repositories[0].reviews_cut);
}

#[test]
fn a_nested_list_with_fewer_entries_than_it_counts_was_cut() {
    let (facts, _) = export_of(SAMPLE.as_bytes(), None).unwrap();
    assert_eq!(facts.reviews.iter().map(|review| review.truncated).collect::<Vec<_>>(), [false, true]);
    let text = SAMPLE.replacen("\"totalCount\":1,", "\"pageInfo\":{\"hasNextPage\":true},", 1);
    assert!(export_of(text.as_bytes(), None).unwrap().0.reviews[0].truncated);
}

#[test]
fn a_last_page_that_announces_another_was_cut() {
    let first = SAMPLE.rsplit_once("\n{\"data\"").unwrap().0;
    assert!(export_of(first.as_bytes(), None).unwrap().0.repositories[0].reviews_cut);
    let silent = SAMPLE.replace("\"hasNextPage\":false,", "");
    assert!(export_of(silent.as_bytes(), None).unwrap().0.repositories[0].reviews_cut, "or does not say");
    let failed = SAMPLE.replace("{\"data\"", "{\"errors\":[{\"message\":\"mia\"}],\"data\"");
    assert!(export_of(failed.as_bytes(), None).unwrap().0.repositories[0].reviews_cut);
}

#[test]
fn connections_of_wrong_types_stop_nothing() {
    for nodes in ["3", "[null,3,{}]", "[{\"commit\":3}]", "[{\"commit\":{\"authors\":{\"nodes\":[1,null]}}}]"] {
        let text = format!(
            "{{\"number\":1,\"createdAt\":\"2026-07-01T08:00:00Z\",\"reviews\":{{\"nodes\":[]}},\"commits\":{{\"nodes\":{nodes}}}}}"
        );
        assert_eq!(export_of(text.as_bytes(), None).unwrap().0.reviews.len(), 1, "{nodes}");
    }
    for answer in ["{\"data\":null}", "{\"data\":{\"repository\":{\"pullRequests\":{\"nodes\":{}}}}}"] {
        assert!(export_of(answer.as_bytes(), None).is_err(), "{answer}");
    }
}
