//! Review exports, whole: from the plan to the facts.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use super::RefusalReason::{BadDate, BadValue, Duplicate, MissingField, Unreadable};
use super::*;
use crate::facts::Review;
use crate::facts::change::{Channel, CommitId, MarkClass};
use crate::facts::review::{Actor, ReviewState};

mod gerrit;
mod gitlab;
mod graphql;
mod hostile;
mod table;
mod traps;
mod truncation;

const OID: &str = "0123456789abcdef0123456789abcdef01234567";

/// Reads one export for one repository; `format` as the plan would name it.
fn export_of(content: &[u8], format: Option<&str>) -> Result<(Facts, Identities), String> {
    let mut ids = Identities::default();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("prs.json"), content).unwrap();
    let line = format.map_or(String::new(), |format| format!("format = \"{format}\""));
    let plan = plan(
        folder.path(),
        &format!("[[repositories]]\npath = \"repos/checkout.git\"\nreviews = \"prs.json\"\n{line}\n"),
    );
    let mut facts = facts(&["checkout"]);
    read(&plan, &mut ids, &mut facts).map_err(|problem| problem.to_string())?;
    Ok((facts, ids))
}

fn plan(folder: &Path, repositories: &str) -> Plan {
    let text = format!("[audit]\norganisation = \"x\"\nperiod = \"2026-Q3\"\n{repositories}");
    std::fs::write(folder.join("audit.toml"), text).unwrap();
    Plan::load(folder).unwrap()
}

fn facts(names: &[&str]) -> Facts {
    let repositories = names.iter().map(|name| Repository { name: (*name).to_owned(), ..Repository::default() });
    Facts { repositories: repositories.collect(), ..Facts::default() }
}

fn cli() -> String {
    format!(
        r#"[{{
  "number": 12, "author": {{ "login": "mia", "is_bot": false, "name": "Mia" }},
  "createdAt": "2026-07-01T08:00:00Z", "mergedAt": "2026-07-02T08:00:00Z",
  "mergedBy": {{ "login": "tom" }}, "mergeCommit": {{ "oid": "{OID}" }},
  "additions": 40, "deletions": 2,
  "commits": [{{
    "oid": "{OID}", "authoredDate": "2026-07-01T07:00:00Z", "committedDate": "2026-07-01T07:30:00Z",
    "messageHeadline": "Move the quay", "messageBody": "Co-authored-by: Claude <noreply@anthropic.com>",
    "authors": [
      {{ "email": "mia@harbour.example", "login": "mia", "name": "Mia Moreau" }},
      {{ "email": "noreply@anthropic.com", "login": "claude", "name": "Claude" }} ] }}],
  "reviews": [
    {{ "author": {{ "login": "tom" }}, "state": "APPROVED", "body": "", "submittedAt": "2026-07-02T07:00:00Z" }},
    {{ "author": {{ "login": "tom" }}, "state": "PENDING", "body": "", "submittedAt": null }},
    {{ "author": {{ "login": "coderabbitai" }}, "state": "COMMENTED", "body": "", "submittedAt": "2026-07-01T09:00:00Z" }} ],
  "comments": [ {{ "author": {{ "login": "ida" }}, "body": "why?", "createdAt": "2026-07-01T10:00:00Z" }} ]
}}]"#
    )
}

fn rest() -> String {
    format!(
        r#"[{{
  "number": 12, "state": "closed", "user": {{ "login": "mia", "id": 77, "type": "User" }},
  "created_at": "2026-07-01T08:00:00Z", "merged_at": "2026-07-02T08:00:00Z", "merge_commit_sha": "{OID}",
  "merged_by": {{ "login": "mergify[bot]", "id": 37929162, "type": "Bot" }},
  "reviews": [
    {{ "user": {{ "login": "tom", "id": 78, "type": "User" }}, "state": "CHANGES_REQUESTED", "body": "no",
       "submitted_at": "2026-07-01T09:00:00Z", "commit_id": "{OID}" }},
    {{ "user": {{ "login": "Copilot", "id": 175728472, "type": "Bot" }}, "state": "APPROVED", "body": null,
       "submitted_at": "2026-07-01T08:30:00Z", "commit_id": null }},
    {{ "user": null, "state": "DISMISSED", "submitted_at": "2026-07-01T08:10:00Z" }} ],
  "commits": [{{ "sha": "{OID}", "author": {{ "login": "mia" }}, "commit": {{
    "author": {{ "name": "Mia", "email": "mia@harbour.example", "date": "2026-07-01T07:00:00Z" }},
    "committer": {{ "name": "GitHub", "email": "noreply@github.com", "date": "2026-07-01T07:30:00Z" }},
    "message": "Move\n\nCo-authored-by: Ida <ida@harbour.example>\nMade-with: Cursor" }} }}]
}}]"#
    )
}

#[test]
fn a_pull_request_of_the_command_line_is_read_whole() {
    let (facts, mut ids) = export_of(cli().as_bytes(), None).unwrap();
    let review = &facts.reviews[0];
    let (mia, tom, ida) = (ids.person("mia"), ids.person("tom"), ids.person("ida"));
    assert_eq!((review.repository, review.number, review.lines), (0, 12, Some(42)));
    assert_eq!((review.author, review.merged_by), (Actor::Human(mia), Actor::Human(tom)));
    assert_eq!(review.merge_commit.as_ref().map(CommitId::as_str), Some(OID));
    assert!(review.opened < review.merged && review.opened.is_some() && !review.truncated);
    let events: Vec<_> = review.events.iter().map(|event| (event.actor, event.state, event.has_comment)).collect();
    assert_eq!(
        events,
        [
            (Actor::Ai, ReviewState::Commented, true),
            (Actor::Human(ida), ReviewState::Commented, true),
            (Actor::Human(tom), ReviewState::Approved, false),
        ],
        "in time order, without the draft"
    );
    let head = &review.head[0];
    assert_eq!(head.authors, [mia], "address and login are one person, and the tool is none");
    assert_eq!(head.marks.len(), 1);
    assert_eq!((head.marks[0].class, head.marks[0].channel), (MarkClass::Identity, Channel::CoAuthor));
    assert!(facts.has(Kind::Reviews) && facts.repositories[0].reviews_read);
    assert_eq!((facts.inputs[0].format.as_str(), facts.inputs[0].records), ("github-cli", 1));
    assert!(facts.refused.is_empty());
}

#[test]
fn a_pull_request_of_the_rest_interface_is_read_whole() {
    let (facts, mut ids) = export_of(rest().as_bytes(), None).unwrap();
    let review = &facts.reviews[0];
    let (mia, tom) = (ids.person("mia"), ids.person("tom"));
    assert_eq!((review.author, review.merged_by), (Actor::Human(mia), Actor::Automation));
    let events: Vec<_> =
        review.events.iter().map(|event| (event.actor, event.state, event.revision.is_some())).collect();
    assert_eq!(
        events,
        [
            (Actor::Unknown, ReviewState::Dismissed, false),
            (Actor::Ai, ReviewState::Approved, false),
            (Actor::Human(tom), ReviewState::ChangesRequested, true),
        ]
    );
    assert_eq!(review.head[0].authors, [mia, ids.person("ida@harbour.example")]);
    assert_eq!(review.head[0].marks[0].tool, "cursor");
    assert_eq!((review.lines, facts.inputs[0].format.as_str()), (None, "github-rest"));
}

#[test]
fn an_address_that_the_history_knows_and_a_login_that_came_earlier_meet() {
    let early = r#"{"number":1,"author":{"login":"tom"},"createdAt":"2026-07-01T08:00:00Z","reviews":[
        {"author":{"login":"mia"},"state":"APPROVED","submittedAt":"2026-07-01T09:00:00Z"}]}"#;
    let (facts, mut ids) = export_of(format!("{early}\n{}", cli()).as_bytes(), None).unwrap();
    assert_eq!(facts.reviews[0].events[0].actor, Actor::Human(ids.person("mia@harbour.example")));
}

#[test]
fn an_open_request_names_no_commit_it_became() {
    let text = rest().replace("\"2026-07-02T08:00:00Z\"", "null");
    let (facts, _) = export_of(text.as_bytes(), None).unwrap();
    assert_eq!((facts.reviews[0].merged, facts.reviews[0].merge_commit.clone()), (None, None));
}

#[test]
fn a_nested_list_of_exactly_one_page_is_a_lower_bound() {
    let review = r#"{"author":{"login":"tom"},"state":"APPROVED","submittedAt":"2026-07-01T09:00:00Z"}"#;
    for (count, truncated) in [(99, false), (100, true), (101, false)] {
        let list = vec![review; count].join(",");
        let text = format!("[{{\"number\":1,\"createdAt\":\"2026-07-01T08:00:00Z\",\"reviews\":[{list}]}}]");
        let (facts, _) = export_of(text.as_bytes(), None).unwrap();
        assert_eq!((facts.reviews[0].truncated, facts.reviews[0].events.len()), (truncated, count));
    }
}

#[test]
fn no_reviews_and_no_list_of_reviews_are_not_the_same() {
    let without = r#"{"number":1,"createdAt":"2026-07-01T08:00:00Z"}"#;
    let with = r#"{"number":2,"createdAt":"2026-07-01T08:00:00Z","reviews":[]}"#;
    let (facts, _) = export_of(format!("[{without},{with}]").as_bytes(), None).unwrap();
    assert_eq!(facts.reviews.iter().map(|review| review.truncated).collect::<Vec<_>>(), [true, false]);
    let problem = export_of(without.as_bytes(), None).map(|_| ()).unwrap_err();
    assert!(problem.contains("`reviews`") && problem.contains("gh pr list"), "{problem}");
}

#[test]
fn unusable_records_are_counted_and_the_others_kept() {
    let text = r#"[
        {"number":1,"createdAt":"2026-07-01T08:00:00Z","reviews":[{"state":"LGTM"},{"state":7},{"state":"APPROVED"}],"commits":[{"oid":"x"},3]},
        {"createdAt":"2026-07-01T08:00:00Z","reviews":[]},
        {"number":-3,"reviews":[]},
        {"number":99999999999999999999999,"reviews":[]},
        {"number":4,"createdAt":"yesterday","reviews":[]},
        {"number":5,"mergedAt":17,"reviews":[]},
        {"number":1,"reviews":[]},
        "text", 5,
        {"number":6,"author":7,"mergedBy":[],"mergeCommit":"x","commits":{},"reviews":[],"comments":3,"additions":-1,"deletions":"x"}
    ]"#;
    let (facts, _) = export_of(text.as_bytes(), None).unwrap();
    assert_eq!(facts.reviews.iter().map(|review| review.number).collect::<Vec<_>>(), [1, 6]);
    assert_eq!(facts.reviews[0].events.len(), 1);
    assert_eq!((facts.reviews[1].author, facts.reviews[1].lines), (Actor::Unknown, None));
    let refused: Vec<_> =
        facts.refused.iter().map(|refused| (refused.at.unwrap(), refused.reason, refused.count)).collect();
    assert_eq!(
        refused,
        [
            (1, BadValue, 4),
            (2, MissingField, 1),
            (3, BadValue, 1),
            (4, BadValue, 1),
            (5, BadDate, 1),
            (6, BadDate, 1),
            (7, Duplicate, 1),
            (8, Unreadable, 1),
            (9, Unreadable, 1),
        ]
    );
}

#[test]
fn lines_of_json_windows_files_and_empty_answers_are_read() {
    let compact = serde_json::from_str::<Value>(&cli()).unwrap()[0].to_string();
    let lines = format!("\u{feff}{compact}\r\n{}\r\n", compact.replace("\"number\":12", "\"number\":13"));
    assert_eq!(export_of(lines.as_bytes(), None).unwrap().0.reviews.len(), 2);
    let (facts, _) = export_of(b"[]\n", None).unwrap();
    assert!(facts.has(Kind::Reviews) && facts.repositories[0].reviews_read && facts.reviews.is_empty());
}

#[test]
fn broken_and_foreign_exports_are_a_problem_when_nothing_else_is_there() {
    let deep = format!("[{{\"number\":1,\"body\":{}", "[".repeat(100_000));
    let cut = cli()[..cli().len() - 5].to_owned();
    for (content, word) in [
        ("", "empty"),
        (deep.as_str(), "nested too deeply"),
        (cut.as_str(), "middle of a record"),
        ("number,author\n1,mia\n", "`opened` is missing"),
        ("names of people\nmia\n", "not JSON"),
        ("[{\"iid\":1}]", "glab api"),
        ("[{\"a\":1}]", "no known form"),
        ("[1,2]", "none of its records"),
    ] {
        let problem = export_of(content.as_bytes(), None).map(|_| ()).unwrap_err();
        assert!(problem.contains(word) && !problem.contains("mia"), "{problem}");
    }
    assert!(export_of(b"[{}]", Some("gerrit")).map(|_| ()).unwrap_err().contains("gerrit query"));
}

#[test]
fn the_plans_format_wins_over_what_the_content_looks_like() {
    let (facts, _) = export_of(cli().as_bytes(), Some("github-rest")).unwrap();
    assert_eq!(facts.reviews.iter().map(|review| review.author).collect::<Vec<_>>(), [Actor::Unknown]);
    let (facts, _) = export_of(rest().as_bytes(), Some("github-rest")).unwrap();
    assert_eq!(facts.inputs[0].format, "github-rest");
}

#[test]
fn a_misspelt_format_is_shown_with_the_word_to_type() {
    let problem = export_of(b"[]", Some("github-clii")).map(|_| ()).unwrap_err();
    assert!(problem.contains("`github-clii`") && problem.contains("write `github-cli`"), "{problem}");
}

#[test]
fn repositories_are_matched_by_name_when_one_was_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::new();
    for (index, name) in ["a.fi", "sub/b.git/", "c.bundle"].iter().enumerate() {
        let content = cli().replace("\"number\": 12", &format!("\"number\": {index}"));
        std::fs::write(folder.path().join(format!("{index}.json")), content).unwrap();
        let _ = writeln!(text, "[[repositories]]\npath = \"{name}\"\nreviews = \"{index}.json\"");
    }
    let plan = plan(folder.path(), &text);
    let mut facts = facts(&["b", "c"]);
    read(&plan, &mut Identities::default(), &mut facts).unwrap();
    assert_eq!(facts.reviews.iter().map(|r| (r.repository, r.number)).collect::<Vec<_>>(), [(0, 1), (1, 2)]);
    assert_eq!((facts.refused.len(), facts.refused[0].reason), (1, RefusalReason::MissingObject));
}

#[test]
fn one_broken_export_among_several_is_a_refusal_and_a_missing_one_a_problem() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.json"), cli()).unwrap();
    std::fs::write(folder.path().join("b.json"), "{").unwrap();
    let text =
        "[[repositories]]\npath = \"a\"\nreviews = \"a.json\"\n[[repositories]]\npath = \"b\"\nreviews = \"b.json\"\n";
    let both = plan(folder.path(), text);
    let mut facts = facts(&["a", "b"]);
    read(&both, &mut Identities::default(), &mut facts).unwrap();
    assert_eq!((facts.reviews.len(), facts.refused.len()), (1, 1));
    assert!(facts.repositories[0].reviews_read && !facts.repositories[1].reviews_read);
    std::fs::remove_file(folder.path().join("b.json")).unwrap();
    assert_eq!(read(&both, &mut Identities::default(), &mut facts).unwrap_err().exit_code(), 3);
}

#[test]
fn apps_without_their_brackets_are_never_people() {
    for login in ["claude", "cursor", "gemini-code-assist", "copilot-pull-request-reviewer", "app/copilot-swe-agent"] {
        let text = cli().replace("\"login\": \"tom\"", &format!("\"login\": \"{login}\""));
        let (facts, _) = export_of(text.as_bytes(), None).unwrap();
        assert_eq!(facts.reviews[0].events[2].actor, Actor::Ai, "{login}");
    }
    for (login, actor) in [("github-actions", Actor::Automation), ("ghost", Actor::Unknown), ("", Actor::Unknown)] {
        let text = cli().replace("\"login\": \"tom\"", &format!("\"login\": \"{login}\""));
        assert_eq!(export_of(text.as_bytes(), None).unwrap().0.reviews[0].merged_by, actor, "{login}");
    }
}

/// Reads one export under a plan with rules of its own.
fn with_rules(export: &str, rules: &str) -> Review {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("prs.json"), export).unwrap();
    let repositories = "[[repositories]]\npath = \"checkout.git\"\nreviews = \"prs.json\"\n";
    let plan = plan(folder.path(), &format!("{repositories}[attribution]\n{rules}"));
    let mut facts = facts(&["checkout"]);
    read(&plan, &mut Identities::default(), &mut facts).unwrap();
    facts.reviews.remove(0)
}

#[test]
fn descriptions_labels_and_head_branches_mark_a_review_in_both_exports_of_github() {
    let body = "Moves the quay.\\r\\n\\r\\n- [ ] This was assisted by AI\\r\\n\\r\\n🤖 Generated with [Claude Code](https://claude.com/claude-code)";
    let said = format!("\"body\": \"{body}\", \"labels\": [{{ \"name\": \"AI-assisted\" }}, {{ \"name\": \"bug\" }}],");
    let cli = cli().replace("\"number\": 12,", &format!("\"number\": 12, {said} \"headRefName\": \"codex/quay\","));
    let head = "\"head\": { \"ref\": \"codex/quay\" },";
    let rest = rest().replace("\"number\": 12,", &format!("\"number\": 12, {said} {head}"));
    let rules = "labels = { ai-assisted = \"unnamed\" }\n\
                 checkboxes = [{ text = \"This was assisted by AI\", ticked = \"ai\", unticked = \"none\" }]\n";
    for export in [cli, rest] {
        let review = with_rules(&export, rules);
        let marks: Vec<_> = review.marks.iter().map(|m| (m.tool.as_str(), m.class.letter(), m.channel)).collect();
        let expected = [
            ("claude", "S", Channel::ReviewText),
            ("codex", "H", Channel::Branch),
            ("unnamed", "D", Channel::ReviewText),
        ];
        assert_eq!(marks, expected);
        assert!(review.declares_no_ai);
    }
}

#[test]
fn an_agents_own_account_is_no_person_in_a_review() {
    let rules = "identities = { tom = \"own-agent\", \"mia@harbour.example\" = \"own-agent\" }\n";
    let review = with_rules(&cli(), rules);
    assert_eq!(review.merged_by, Actor::Ai);
    assert!(review.events.iter().all(|event| event.state != ReviewState::Approved || event.actor == Actor::Ai));
    assert!(review.head[0].authors.is_empty());
    assert!(review.head[0].marks.iter().any(|mark| mark.tool == "own-agent" && mark.channel == Channel::Author));
}
