//! The word of the people occurs nowhere: not in a file of the report, not in its name, not on the terminal.

use crate::support::generator::generate;
use crate::support::shop::{Approval, Shop, Work};
use crate::support::{Files, edit, folder, only, program, tree};

/// Audits with the program and gives everything that a reader could see: files, their names, stdout and stderr.
fn seen(files: &Files) -> Vec<(String, String)> {
    let folder = folder(files);
    let out = tempfile::tempdir().expect("a folder can be made");
    let report = out.path().join("report");
    let output =
        program(out.path()).arg("audit").arg(folder.path()).arg("--out").arg(&report).output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut seen = vec![("stdout".to_owned(), text(&output.stdout)), ("stderr".to_owned(), text(&output.stderr))];
    if report.exists() {
        seen.extend(tree(&report).into_iter().map(|(name, bytes)| (name.clone(), format!("{name}\n{}", text(&bytes)))));
    }
    seen
}

/// Where one of the words occurs, in whatever case.
fn leaks(files: &Files, words: &[&str]) -> Vec<String> {
    let mut leaks = Vec::new();
    for (name, text) in seen(files) {
        let lower = text.to_lowercase();
        for word in words {
            if let Some(at) = lower.find(&word.to_lowercase()) {
                let from = lower.char_indices().map(|(i, _)| i).rfind(|i| *i + 60 <= at).unwrap_or(0);
                let near: String = lower[from..].chars().take(140).collect();
                leaks.push(format!("{name}: {near:?}"));
            }
        }
    }
    leaks
}

#[track_caller]
fn clean(files: &Files) {
    let leaks = leaks(files, &["quill", "@harbour.example", "@shop.example"]);
    assert!(leaks.is_empty(), "\n{}", leaks.join("\n"));
}

/// The same for an input whose refusal names the one word that the user has to change, as long as it is a short code or
/// a heading: it stands on the terminal of whoever holds the file, and in no file. Addresses stand nowhere.
#[track_caller]
fn clean_but_for_the_wrong_word(files: &Files) {
    let named = |leak: &String| leak.starts_with("stderr: ") && leak.contains("why: `");
    let leaks: Vec<String> = leaks(files, &["quill"]).into_iter().filter(|leak| !named(leak)).collect();
    assert!(leaks.is_empty(), "\n{}", leaks.join("\n"));
    assert_eq!(self::leaks(files, &["@harbour.example"]), Vec::<String>::new());
}

#[test]
fn no_name_address_or_login_of_the_worked_example_leaves() {
    let files = generate(1);
    let mut words = vec!["@harbour.example".to_owned()];
    for row in files["people.csv"].lines().skip(1) {
        let identity = row.split(',').next().expect("a row has an identity");
        for part in identity.split(';') {
            words.push(part.trim().to_owned());
            words.push(part.trim().split('@').next().expect("an address has a local part").replace(['.', '-'], " "));
        }
    }
    assert!(words.len() > 200);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_eq!(leaks(&files, &words), Vec::<String>::new());
    clean(&files);
}

#[test]
fn a_leak_would_be_noticed() {
    let mut files = generate(1);
    edit(&mut files, "audit.toml", "organisation = \"Harbour Retail\"", "organisation = \"Quill Retail\"");
    assert!(leaks(&files, &["quill"]).iter().any(|leak| leak.starts_with("report.json")));
}

#[test]
fn messages_of_commits_stay_inside() {
    let body = "Ask Mara Quillon <mara.quillon@harbour.example>.\n\nReviewed-by: Quill <quill@harbour.example>\nTryBot-Bypass: quill said so\nFixes: quill";
    clean(&Shop::new().land(&Work { body: body.into(), marked: true, ..Work::default() }).files());
}

#[test]
fn authors_paths_and_branches_of_a_repository_stay_inside() {
    let shop = Shop::new().land(&Work { marked: true, ..Work::default() });
    let mut files = shop.files();
    edit(&mut files, "shop.fi", "Person 1", "Mara Quillon");
    edit(&mut files, "shop.fi", "inline f2", "inline people/quillon/notes.txt");
    clean(&files);
    edit(&mut files, "shop.fi", "refs/heads/main", "refs/heads/quill/wip");
    clean(&files);
    let other = "commit refs/heads/quill-two\ncommitter Quill <q@shop.example> 1783000000 +0200\ndata 5\nQuill\n\n";
    files.entry("shop.fi".into()).and_modify(|stream| stream.push_str(other));
    clean(&files);
}

#[test]
fn actors_places_branches_and_reasons_of_guardrail_events_stay_inside() {
    let shop = Shop::new().land(&Work::default());
    let after = shop.ids().pop().expect("a commit landed");
    let log = serde_json::json!([
        {
            "_document_id": "quill-1", "action": "protected_branch.policy_override", "actor": "quill", "repo": "x/shop",
            "created_at": 1_783_000_000_000_u64, "actor_location": { "country_code": "Quill" }, "actor_ip": "quill",
            "user_agent": "quill", "reasons": [{ "message": "Mara Quillon asked" }], "after": after,
        },
        { "_document_id": "quill-2", "action": "quill.quill", "repo": "quill/quill", "created_at": 1_783_000_000_001_u64 },
        { "_document_id": "quill-3", "action": "protected_branch.destroy", "repo": "x/shop", "created_at": "Quill" },
    ]);
    let suites = serde_json::json!([{
        "id": 7, "result": "bypass", "ref": "refs/heads/quill", "repository_name": "shop", "actor_name": "quill",
        "after_sha": after, "pushed_at": "2026-07-02T10:00:00Z",
        "rule_evaluations": [{ "rule_type": "quill", "result": "fail", "enforcement": "active", "details": "Quill" }],
    }]);
    let list = "at,kind,repository,commit,actor\n2026-07-02T10:00:00Z,force_push,shop,,quill@shop.example\n\
        2026-07-02T10:00:00Z,Quill did it,shop,,\n2026-07-02T10:00:00Z,force_push,shop,quill,\n";
    let files = ["log.json", "suites.json", "list.csv"];
    let shop = shop.file(files[0], &log.to_string()).file(files[1], &suites.to_string()).file(files[2], list);
    let named = |shop: Shop, file: &&str| shop.plan(&format!("[[guardrail_events]]\npath = \"{file}\""));
    clean(&files.iter().fold(shop, named).files());
}

#[test]
fn code_owners_stay_inside() {
    let approval = Some(Approval { by: 2, after: 3_600, of_final: true });
    let mut files = Shop::new().land(&Work { approval, ..Work::default() }).files();
    edit(&mut files, "shop.fi", "inline f2", "inline CODEOWNERS");
    edit(&mut files, "shop.fi", "a line\na line\na line\n", "* @quill @o/quill\n#ab");
    clean(&files);
    edit(&mut files, "shop.fi", "* @quill @o/quill\n#ab", "[quill] quill !quill\n");
    clean(&files);
}

#[test]
fn free_text_of_incidents_stays_inside() {
    let mut files = generate(1);
    edit(&mut files, "incidents/ai-review-board.csv", "K1-stale-context", "Mara Quillon forgot it");
    edit(&mut files, "incidents/ai-review-board.csv", "eu-central-1", "Quillon's desk");
    edit(&mut files, "incidents/servicenow.csv", "Monitoring", "Quill");
    edit(&mut files, "incidents/servicenow.csv", "category", "Quill category");
    edit(&mut files, "incidents/servicenow.csv", "Solved (Permanently)", "Solved by Mara Quillon");
    only_incidents(&mut files);
    clean(&files);
}

#[test]
fn records_that_cannot_be_used_lead_to_no_name_in_a_report() {
    for (from, to) in [
        ("human_error", "Mara Quillon did it"),
        ("authored_and_executed", "Mara Quillon"),
        (",O3,", ",Quill,"),
        ("role_too_broad", "Quill"),
        ("2026-07-23T09:41:00Z", "when Quill was ill"),
        ("ARB-0012", "mara.quillon@harbour.example"),
        ("773fe4a47ed7538093d1290dfa2db999045fa897", "Mara Quillon"),
        (",platform-infra,", ",Mara Quillon,"),
        ("ARB-0012,incident,2", "ARB-0012,Quill,2"),
        ("ARB-0012,incident,2", "ARB-0012,incident,Quill"),
    ] {
        let mut files = generate(1);
        edit(&mut files, "incidents/ai-review-board.csv", from, to);
        only_incidents(&mut files);
        clean_but_for_the_wrong_word(&files);
    }
}

#[test]
fn headers_that_cannot_be_used_lead_to_no_name_in_a_report() {
    for (path, from, to) in [
        ("incidents/ai-review-board.csv", "started_at,detected_at", "Quill,quill"),
        ("incidents/ai-review-board.csv", "id,class", "Quill,class"),
        ("incidents/servicenow.csv", "number,", "Mara Quillon,"),
        ("people.csv", "identity,team", "Mara Quillon,team"),
        ("people.csv", "identity,team,seniority,reviewer,time_zone,from,until\n", ""),
        ("people.csv", "time_zone", "Quill's zone"),
        ("people.csv", "Europe/Berlin", "Europe/Quill"),
        ("people.csv", "2026-08-01", "when Quill left"),
        ("people.csv", ",yes,", ",Quill,"),
    ] {
        let mut files = generate(1);
        edit(&mut files, path, from, to);
        if path == "people.csv" {
            only(&mut files, "[people]\npath = \"people.csv\"\n");
        } else {
            only_incidents(&mut files);
        }
        clean_but_for_the_wrong_word(&files);
    }
}

#[test]
fn review_exports_that_cannot_be_used_are_not_quoted() {
    for (from, to) in [
        ("\"APPROVED\"", "\"Quill\""),
        ("\"createdAt\": \"2026", "\"createdAt\": \"Quill"),
        ("\"number\": 1872", "\"number\": \"Quill\""),
        ("[\n", "[ Mara Quillon\n"),
    ] {
        let mut files = generate(1);
        edit(&mut files, "reviews/payments.json", from, to);
        clean(&files);
    }
}

#[test]
fn people_named_in_configurations_are_not_quoted() {
    let query = "sum by (user_email) (count_over_time({service_name=\\\"claude-code\\\"} | json [7d]))";
    let one = "count_over_time({user_email=\\\"mara.quillon@harbour.example\\\"} | json [7d])";
    for (path, from, to) in [
        ("monitoring/grafana/agent-activity-by-engineer.json", query, one),
        (
            "monitoring/agents/runner.env",
            "OTEL_LOG_TOOL_DETAILS=1",
            "OTEL_LOG_TOOL_DETAILS=1\nOTEL_RESOURCE_ATTRIBUTES=user.email=mara.quillon@harbour.example",
        ),
        (
            "monitoring/agents/runner.env",
            "http://collector.harbour.internal",
            "http://mara.quillon@harbour.example:quill@collector.harbour.internal",
        ),
        ("monitoring/otel/collector.yaml", "http://loki.harbour.internal", "http://quill:quill@loki.harbour.internal"),
        ("monitoring/otel/collector.yaml", "receivers:\n", "receivers: [quill\n"),
        (
            "monitoring/grafana/delivery-by-team.json",
            "GROUP BY team",
            "AND author = 'mara.quillon@harbour.example' GROUP BY team",
        ),
    ] {
        let mut files = generate(1);
        edit(&mut files, path, from, to);
        only(&mut files, "[[monitoring]]\npath = \"monitoring\"\n[register]\npath = \"register.toml\"\n");
        clean(&files);
    }
}

fn only_incidents(files: &mut Files) {
    let head = "[[incidents]]\npath = \"incidents/";
    let desk = "profile = \"servicenow-incident-csv\"\nzone = \"Europe/Berlin\"\ntime_format = \"%d-%m-%Y %H:%M\"";
    only(files, &format!("{head}servicenow.csv\"\n{desk}\n{head}ai-review-board.csv\"\nprofile = \"generic-csv\"\n"));
}
