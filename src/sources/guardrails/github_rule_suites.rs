//! Rule suites of GitHub: one for each push that rules were asked about. The list of
//! `/repos/{owner}/{repo}/rulesets/rule-suites` or `/orgs/{org}/…`, or single ones with what each rule said.
//!
//! Fields: <https://docs.github.com/en/rest/repos/rule-suites>. A list goes back a month at most (`time_period`).

use std::collections::BTreeSet;

use serde_json::Value;

use super::raw::{Account, RawEvent, Unusable, branch, commit_id, filled, instant, last_part, number, text};
use crate::facts::change::Bypass;
use crate::facts::input::RefusalReason;

/// Fields that only this format has.
pub(super) const FIELDS: [&str; 3] = ["after_sha", "before_sha", "rule_evaluations"];

/// Reads one record.
pub(super) fn event(record: &Value) -> Result<RawEvent, Unusable> {
    let id = number(record.get("id")).ok_or((RefusalReason::MissingField, "id"))?;
    let mut event = RawEvent::new(instant(record, "pushed_at")?, format!("suite {id}"));
    let evaluations = record.get("rule_evaluations").and_then(Value::as_array);
    let landed = match text(record, "result") {
        "pass" => true,
        "bypass" => {
            event.bypasses = bypassed(evaluations.map_or(&[], Vec::as_slice));
            true
        }
        // The push was turned away: the guardrail held.
        "fail" => false,
        "" => return Err((RefusalReason::MissingField, "result")),
        _ => return Err((RefusalReason::BadValue, "result")),
    };
    event.suite = Some(id);
    event.detailed = evaluations.is_some();
    event.repository = last_part(text(record, "repository_name"));
    event.branch = branch(text(record, "ref"));
    event.before = commit_id(text(record, "before_sha"));
    event.after = commit_id(text(record, "after_sha"));
    event.moved = landed;
    event.actor = filled(text(record, "actor_name")).map(|login| Account { login, ..Account::default() });
    Ok(event)
}

/// What was bypassed, by the rules in force that failed. A list without them says only that one was.
fn bypassed(evaluations: &[Value]) -> BTreeSet<Bypass> {
    let failed = |rule: &&Value| text(rule, "result") == "fail" && text(rule, "enforcement") == "active";
    let mut kinds: BTreeSet<Bypass> =
        evaluations.iter().filter(failed).map(|rule| kind(text(rule, "rule_type"))).collect();
    if kinds.is_empty() {
        kinds.insert(Bypass::PolicyOverride);
    }
    kinds
}

/// Names of rules: <https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch>.
fn kind(rule: &str) -> Bypass {
    match rule {
        // Landed without the review that the rule asks for, by somebody who may.
        "pull_request" => Bypass::AdminMerge,
        "required_status_checks" | "workflows" | "code_scanning" => Bypass::SkippedCi,
        "non_fast_forward" => Bypass::ForcePush,
        _ => Bypass::PolicyOverride,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn suite(result: &str) -> Value {
        json!({
            "id": 21, "actor_id": 12, "actor_name": "mia", "before_sha": "1".repeat(40), "after_sha": "2".repeat(40),
            "ref": "refs/heads/main", "repository_id": 404, "repository_name": "shop",
            "pushed_at": "2026-07-06T08:43:03Z", "result": result, "evaluation_result": "bypass"
        })
    }

    #[test]
    fn a_bypass_without_details_is_an_override_and_a_pass_is_a_push() {
        let bypass = event(&suite("bypass")).unwrap();
        assert_eq!(bypass.bypasses, [Bypass::PolicyOverride].into());
        assert!(bypass.moved && !bypass.detailed);
        assert_eq!((bypass.branch.as_deref(), bypass.repository.as_deref()), (Some("main"), Some("shop")));
        let pass = event(&suite("pass")).unwrap();
        assert!(pass.moved && pass.bypasses.is_empty(), "rules that are only tried out bypass nothing");
    }

    #[test]
    fn a_push_that_was_turned_away_is_no_bypass_and_moved_nothing() {
        let held = event(&suite("fail")).unwrap();
        assert!(!held.moved && held.bypasses.is_empty());
    }

    #[test]
    fn each_kind_of_rule_in_force_that_failed_is_a_bypass() {
        let mut record = suite("bypass");
        let rule = |kind: &str, result: &str, enforcement: &str| json!({"rule_source": {"type": "ruleset"}, "rule_type": kind, "result": result, "enforcement": enforcement});
        record["rule_evaluations"] = json!([
            rule("pull_request", "fail", "active"),
            rule("required_status_checks", "fail", "active"),
            rule("workflows", "fail", "active"),
            rule("non_fast_forward", "pass", "active"),
            rule("required_signatures", "fail", "evaluate"),
        ]);
        let read = event(&record).unwrap();
        assert_eq!(read.bypasses, [Bypass::AdminMerge, Bypass::SkippedCi].into());
        assert!(read.detailed);
    }

    #[test]
    fn a_record_without_an_instant_or_with_another_result_is_refused() {
        let mut record = suite("bypass");
        record["pushed_at"] = json!("yesterday");
        assert_eq!(event(&record), Err((RefusalReason::BadDate, "pushed_at")));
        assert_eq!(event(&suite("waved through")), Err((RefusalReason::BadValue, "result")));
        assert_eq!(event(&json!({"after_sha": 1})), Err((RefusalReason::MissingField, "id")));
    }
}
