//! Lists that were, or may have been, cut.

use super::*;

/// One record with a nested list of so many entries.
fn nested(start: &str, list: &str, entry: &str, count: usize) -> Facts {
    let entries = vec![entry; count].join(",");
    export_of(format!("[{{{start},\"{list}\":[{entries}]}}]").as_bytes(), None).unwrap().0
}

#[test]
fn one_hundred_nested_entries_of_the_command_line_may_have_been_cut() {
    let start = r#""number":1,"createdAt":"2026-07-01T08:00:00Z""#;
    for list in ["latestReviews", "commits", "files", "reviewRequests", "comments"] {
        for (count, cut) in [(99, false), (100, true), (101, false)] {
            let facts = nested(&format!("{start},\"reviews\":[]"), list, "{}", count);
            assert_eq!(facts.reviews[0].truncated, cut, "{count} {list}");
        }
    }
}

#[test]
fn fewer_files_than_changed_were_cut() {
    for (changed, cut) in [(2, false), (3, true)] {
        let start = format!(r#""number":1,"createdAt":"2026-07-01T08:00:00Z","reviews":[],"changedFiles":{changed}"#);
        assert_eq!(nested(&start, "files", "{}", 2).reviews[0].truncated, cut);
    }
}

#[test]
fn pages_250_commits_and_3000_files_of_the_rest_interface_were_cut() {
    let start = r#""number":1,"created_at":"2026-07-01T08:00:00Z""#;
    for (list, count, cut) in [
        ("commits", 249, false),
        ("commits", 250, true),
        ("commits", 30, true),
        ("files", 2999, false),
        ("files", 3000, true),
        ("comments", 100, true),
        ("comments", 31, false),
    ] {
        let facts = nested(&format!("{start},\"reviews\":[]"), list, "{}", count);
        assert_eq!(facts.reviews[0].truncated, cut, "{count} {list}");
    }
    assert!(nested(start, "reviews", r#"{"state":"APPROVED"}"#, 30).reviews[0].truncated);
}

#[test]
fn a_page_of_notes_pushes_or_commits_of_gitlab_may_have_been_cut() {
    let start = r#""iid":1,"state":"opened","created_at":"2026-07-01T08:00:00Z","approvals":{"approved_by":[]}"#;
    for list in ["notes", "versions", "commits"] {
        for (count, cut) in [(19, false), (20, true), (21, false), (100, true)] {
            assert_eq!(nested(start, list, "{}", count).reviews[0].truncated, cut, "{count} {list}");
        }
    }
}

#[test]
fn a_list_as_long_as_a_usual_limit_may_have_been_cut() {
    for (fields, limits) in [
        (r#""createdAt":"2026-07-01T08:00:00Z","reviews":[]"#, vec![30, 100, 1000]),
        (r#""created_at":"2026-07-01T08:00:00Z","reviews":[]"#, vec![30, 100]),
        (r#""created_at":"2026-07-01T08:00:00Z","approvals":{"approved_by":[]}"#, vec![20, 100]),
    ] {
        let number = if fields.contains("approvals") { "iid" } else { "number" };
        for count in [19, 20, 29, 30, 31, 100, 101, 999, 1000] {
            let records: Vec<String> = (1..=count).map(|at| format!("{{\"{number}\":{at},{fields}}}")).collect();
            let (facts, _) = export_of(records.join("\n").as_bytes(), None).unwrap();
            assert_eq!(facts.repositories[0].reviews_cut, limits.contains(&count), "{count} {fields}");
        }
    }
}

#[test]
fn events_of_gh_archive_are_refused_with_the_reason() {
    let event = r#"{"id":"1","type":"PullRequestEvent","actor":{"login":"mia"},"repo":{"name":"harbour/quay"},
        "payload":{"action":"closed","number":7},"public":true,"created_at":"2026-07-01T08:00:00Z"}"#;
    let problem = export_of(event.as_bytes(), None).map(|_| ()).unwrap_err();
    assert!(problem.contains("GH Archive") && problem.contains("2025-10-07") && !problem.contains("mia"), "{problem}");
}
