//! Exports that were made to do harm, or came to harm.

use proptest::prelude::*;

use super::*;

/// Names of fields that some reader looks at.
const FIELDS: [&str; 40] = [
    "number",
    "_number",
    "iid",
    "noteable_iid",
    "noteable_type",
    "author",
    "username",
    "login",
    "email",
    "created_at",
    "createdAt",
    "merged_at",
    "reviews",
    "state",
    "approvals",
    "approved_by",
    "user",
    "approved_at",
    "notes",
    "body",
    "system",
    "versions",
    "head_commit_sha",
    "commits",
    "id",
    "sha",
    "patchSets",
    "revision",
    "createdOn",
    "kind",
    "type",
    "value",
    "by",
    "grantedOn",
    "status",
    "labels",
    "Code-Review",
    "all",
    "revisions",
    "submitRecords",
];

const TEXTS: [&str; 14] = [
    "",
    "mia",
    "MERGED",
    "merged",
    "APPROVED",
    "Code-Review",
    "SUBM",
    "2",
    "-1",
    "MergeRequest",
    "approved this merge request",
    "2026-07-01T08:00:00Z",
    "2026-07-01 08:00:00.000000000",
    OID,
];

fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        prop_oneof![any::<i64>(), Just(1), Just(1_782_892_800)].prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        proptest::sample::select(&TEXTS[..]).prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let field = proptest::sample::select(&FIELDS[..]).prop_map(str::to_owned);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(field, inner, 0..6).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn no_json_stops_a_reader_and_none_is_quoted(records in proptest::collection::vec(value(), 1..5)) {
        let text: Vec<String> = records.iter().map(Value::to_string).collect();
        for format in [None, Some("github-cli"), Some("github-rest"), Some("gitlab"), Some("gerrit")] {
            match export_of(text.join("\n").as_bytes(), format) {
                Ok((facts, _)) => prop_assert!(facts.refused.iter().all(|refused| !refused.detail.contains("mia"))),
                Err(problem) => prop_assert!(!problem.contains("mia"), "{}", problem),
            }
        }
    }

    #[test]
    fn no_table_stops_the_reader(lines in proptest::collection::vec("[0-9a-zT:;,\"Z-]{0,60}", 0..6)) {
        let header = "number,author,opened,merged,event,event_actor,event_at";
        let _ = export_of(format!("{header}\n{}", lines.join("\n")).as_bytes(), Some("csv"));
        let _ = export_of(lines.join("\n").as_bytes(), Some("csv"));
    }
}

#[test]
fn depth_duplicates_and_cut_files_harm_no_format() {
    for (start, format) in [("{\"iid\":1,\"notes\":", "gitlab"), ("{\"number\":1,\"patchSets\":", "gerrit")] {
        let deep = format!("{start}{}", "[".repeat(100_000));
        let problem = export_of(deep.as_bytes(), Some(format)).map(|_| ()).unwrap_err();
        assert!(problem.contains("nested too deeply"), "{problem}");
    }
    for sample in
        [include_str!("../../../../tests/exports/gitlab.jsonl"), include_str!("../../../../tests/exports/gerrit.jsonl")]
    {
        let cut = &sample[..sample.len() / 2];
        let problem = export_of(cut.as_bytes(), None).map(|_| ()).unwrap_err();
        assert!(problem.contains("middle of a record") || problem.contains("not JSON"), "{problem}");
        let once = export_of(sample.as_bytes(), None).unwrap().0;
        let twice = export_of(sample.repeat(2).as_bytes(), None).unwrap().0;
        assert_eq!(once.reviews, twice.reviews, "what stands there twice counts once");
        assert!(twice.refused.iter().all(|refused| refused.reason == Duplicate) && !twice.refused.is_empty());
        let wide: Vec<u8> = format!("\u{feff}{sample}").encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(export_of(&wide, None).unwrap().0.reviews, once.reviews);
        let pages: Vec<String> = sample.lines().map(|line| format!("[{line}]")).collect();
        assert_eq!(export_of(pages.concat().as_bytes(), None).unwrap().0.reviews, once.reviews);
    }
}

#[test]
fn the_plans_format_does_not_make_one_of_another() {
    let gitlab = include_str!("../../../../tests/exports/gitlab.jsonl");
    let problem = export_of(gitlab.as_bytes(), Some("gerrit")).map(|_| ()).unwrap_err();
    assert!(problem.contains("none of its records") && problem.contains("gerrit query"), "{problem}");
    let problem = export_of(gitlab.as_bytes(), Some("csv")).map(|_| ()).unwrap_err();
    assert!(problem.contains("column"), "{problem}");
}
