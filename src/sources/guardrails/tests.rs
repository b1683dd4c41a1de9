//! Whole exports, from a file to facts.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::*;
use crate::facts::Repository;
use crate::facts::change::Bypass;
use crate::facts::review::Actor;

/// Reads exports beside a plan that lists them, over repositories of these names with branch `main`.
fn read_all(repositories: &[&str], exports: &[(&str, String)], more: &str) -> Result<Facts, String> {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "[audit]\norganisation = \"x\"\nperiod = \"2026-Q3\"\n".to_owned();
    for (name, content) in exports {
        std::fs::write(folder.path().join(name), content).unwrap();
        let _ = writeln!(text, "[[guardrail_events]]\npath = \"{name}\"\n{more}");
    }
    std::fs::write(folder.path().join("audit.toml"), text).unwrap();
    let plan = Plan::load(folder.path()).unwrap();
    let branch = Some("main".to_owned());
    let repository = |name: &&str| Repository { name: (*name).into(), branch: branch.clone(), ..Repository::default() };
    let mut facts = Facts { repositories: repositories.iter().map(repository).collect(), ..Facts::default() };
    read(&plan, &mut Identities::default(), &mut facts).map_err(|problem| problem.to_string())?;
    Ok(facts)
}

fn shop(exports: &[(&str, String)]) -> Facts {
    read_all(&["shop", "till"], exports, "").unwrap()
}

fn suite(id: u64, result: &str, branch: &str) -> Value {
    json!({
        "id": id, "actor_name": "mia", "before_sha": "1".repeat(40), "after_sha": "2".repeat(40),
        "ref": format!("refs/heads/{branch}"), "repository_name": "shop", "pushed_at": "2026-07-06T08:43:03Z",
        "result": result
    })
}

fn entry(action: &str, repo: &str, id: u64) -> Value {
    json!({
        "_document_id": id.to_string(), "action": action, "actor": "mia", "repo": repo,
        "created_at": 1_783_327_383_000_u64 + id, "actor_ip": "192.0.2.1", "actor_location": {"country_code": "DE"}
    })
}

#[test]
fn a_bypass_on_the_audited_branch_is_an_event_and_one_on_another_is_elsewhere() {
    let list = json!([suite(1, "bypass", "main"), suite(2, "bypass", "wip"), suite(3, "pass", "main")]);
    let facts = shop(&[("suites.json", list.to_string())]);
    assert_eq!(facts.guardrails.len(), 1);
    assert_eq!(facts.guardrails[0].bypass, Some(Bypass::PolicyOverride));
    assert!(matches!(facts.guardrails[0].actor, Actor::Human(_)));
    let log = &facts.guardrail_logs[0];
    assert_eq!((log.records, log.elsewhere, log.pushes.len(), log.days.len()), (3, 1, 1, 0));
    assert!(facts.has(Kind::Guardrails));
}

#[test]
fn an_event_of_a_repository_that_is_not_audited_is_elsewhere() {
    let list = json!([entry("protected_branch.policy_override", "harbour/other", 1)]);
    let facts = shop(&[("log.json", list.to_string())]);
    assert_eq!((facts.guardrails.len(), facts.guardrail_logs[0].elsewhere), (0, 1));
}

#[test]
fn the_same_suite_in_two_exports_counts_once_and_the_one_with_details_wins() {
    let mut detail = suite(1, "bypass", "main");
    detail["rule_evaluations"] = json!([{"rule_type": "non_fast_forward", "result": "fail", "enforcement": "active"}]);
    let list = json!([suite(1, "bypass", "main"), suite(1, "bypass", "main")]).to_string();
    let facts = shop(&[("list.json", list), ("detail.json", detail.to_string())]);
    let kinds: Vec<_> = facts.guardrails.iter().map(|event| event.bypass).collect();
    assert_eq!(kinds, [Some(Bypass::ForcePush)]);
    assert_eq!(facts.refused.iter().map(|r| (r.reason, r.count)).collect::<Vec<_>>(), [(RefusalReason::Duplicate, 2)]);
}

#[test]
fn an_override_that_a_suite_tells_counts_once() {
    let mut told = entry("protected_branch.policy_override", "harbour/shop", 1);
    told["rule_suite_id"] = json!(1);
    let facts = shop(&[
        ("log.json", json!([told]).to_string()),
        ("suites.json", json!([suite(1, "bypass", "main")]).to_string()),
    ]);
    assert_eq!(facts.guardrails.len(), 1);
    assert_eq!(facts.guardrails[0].file, "suites.json");
}

#[test]
fn a_log_of_several_kinds_of_events_tells_its_days_and_a_filtered_or_cut_one_does_not() {
    let merge = |id| entry("pull_request.merge", "harbour/shop", id);
    let days = |list: Vec<Value>| shop(&[("log.json", Value::Array(list).to_string())]).guardrail_logs[0].days.len();
    assert_eq!(days(vec![merge(1), entry("team.create", "", 2)]), 1);
    assert_eq!(days(vec![merge(1), merge(2)]), 0);
    let page: Vec<Value> = (0..29).map(merge).chain([entry("team.create", "", 99)]).collect();
    assert_eq!(days(page), 0);
}

#[test]
fn a_list_as_long_as_a_page_may_be_cut() {
    let list = |count| Value::Array((0..count).map(|id| suite(id, "pass", "main")).collect()).to_string();
    for (count, cut) in [(29, false), (30, true), (31, false), (100, true)] {
        assert_eq!(shop(&[("suites.json", list(count))]).guardrail_logs[0].may_be_cut, cut, "{count}");
    }
}

#[test]
fn an_empty_list_is_read_and_shows_nothing() {
    let facts = shop(&[("suites.json", "[]".into())]);
    assert!(facts.has(Kind::Guardrails) && facts.guardrails.is_empty());
    assert_eq!(facts.guardrail_logs[0].records, 0);
}

#[test]
fn a_plain_list_is_read_for_any_platform() {
    let text = "at;kind;repository;commit;actor\n2026-07-06T08:43:03Z;emergency_unreviewed;shop;2222222;mia\n\
        2026-07-06T08:43:03Z;rule_changed;;;\n2026-07-06T08:43:03Z;Mia did it;shop;;\n";
    let facts = shop(&[("events.csv", text.into())]);
    let events: Vec<_> = facts.guardrails.iter().map(|event| (event.bypass, event.repository)).collect();
    assert_eq!(events, [(Some(Bypass::EmergencyUnreviewed), Some(0)), (None, None)]);
    assert_eq!((facts.refused[0].at, facts.refused[0].reason), (Some(3), RefusalReason::BadValue));
    assert!(!format!("{:?}", facts.refused).contains("Mia"));
}

#[test]
fn nothing_about_a_person_but_a_number_is_kept() {
    let list = json!([entry("protected_branch.policy_override", "harbour/shop", 1)]);
    let text = format!("{:?}", shop(&[("log.json", list.to_string())]));
    for personal in ["mia", "192.0.2.1", "country"] {
        assert!(!text.contains(personal), "{personal}");
    }
}

#[test]
fn a_bot_is_no_person() {
    let mut by = entry("protected_branch.policy_override", "harbour/shop", 1);
    by["actor_is_agent"] = json!(true);
    let mut bot = entry("protected_branch.policy_override", "harbour/shop", 2);
    bot["actor"] = json!("deploy");
    bot["actor_is_bot"] = json!(true);
    let facts = shop(&[("log.json", json!([by, bot]).to_string())]);
    assert_eq!(facts.guardrails.iter().map(|e| e.actor).collect::<Vec<_>>(), [Actor::Ai, Actor::Automation]);
}

#[test]
fn a_plan_says_what_it_is_about_and_is_corrected() {
    let list = [("suites.json", json!([suite(1, "bypass", "main")]).to_string())];
    let facts = read_all(&["shop", "till"], &list, "repository = \"till\"").unwrap();
    assert_eq!(facts.guardrails[0].repository, Some(1));
    let wrong = |more: &str| read_all(&["shop"], &list, more).unwrap_err();
    assert!(wrong("repository = \"shp\"").contains("help: write `shop`"));
    assert!(wrong("format = \"github-rule-suite\"").contains("help: write `github-rule-suites`"));
}

#[test]
fn two_repositories_of_one_name_are_not_told_apart_by_it() {
    let list = [("suites.json", json!([suite(1, "bypass", "main")]).to_string())];
    let facts = read_all(&["shop", "shop"], &list, "").unwrap();
    assert_eq!((facts.guardrails.len(), facts.refused[0].reason), (0, RefusalReason::BadValue));
}

#[test]
fn strange_and_damaged_files_are_refused_and_the_others_are_read() {
    let good = ("suites.json", json!([suite(1, "bypass", "main")]).to_string());
    for bad in ["[{\"a\": 1}]", "[{", "", "a,b\n1,2\n", "[1,2]", "{\"after_sha\": {}}"] {
        let facts = shop(&[good.clone(), ("bad.json", bad.to_owned())]);
        assert_eq!((facts.guardrails.len(), facts.refused.len()), (1, 1), "{bad}");
        let alone = read_all(&["shop"], &[("bad.json", bad.to_owned())], "").unwrap_err();
        assert!(alone.contains("bad.json") && alone.contains("help: export with"), "{alone}");
    }
}
