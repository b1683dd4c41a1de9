//! The audit log of a GitHub organisation: the answer of `/orgs/{org}/audit-log`, or what its web page exports as JSON or
//! CSV.
//!
//! Events and fields: <https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization>.
//! Of the fields only those named below are read; places, programs and tokens are not.

use jiff::Timestamp;
use serde_json::Value;

use super::raw::{Account, RawEvent, Unusable, branch, commit_id, filled, last_part, number, text};
use crate::facts::change::Bypass;
use crate::facts::input::RefusalReason;

/// Fields that only this format has.
pub(super) const FIELDS: [&str; 2] = ["@timestamp", "_document_id"];

/// Beginnings of the events that say that a rule was made, changed or removed, bar those named below.
const RULES: [&str; 2] = ["protected_branch.", "repository_ruleset."];

/// No event is older than the platform: 1 January 2008 in milliseconds. Smaller numbers are seconds.
const FIRST: i64 = 1_199_145_600_000;

/// Reads one record.
pub(super) fn event(record: &Value) -> Result<RawEvent, Unusable> {
    let action = text(record, "action");
    if action.is_empty() {
        return Err((RefusalReason::MissingField, "action"));
    }
    let at = at(record)?;
    let id = text(record, "_document_id");
    // The export of the web page has no id: the same act at the same millisecond is the same record.
    let key = if id.is_empty() {
        format!("{at} {action} {} {}", text(record, "repo"), text(record, "actor"))
    } else {
        id.to_owned()
    };
    let mut event = RawEvent::new(at, key);
    event.repository = last_part(text(record, "repo"));
    event.actor = filled(text(record, "actor")).map(|login| Account {
        login,
        is_app: flag(record, "actor_is_bot"),
        is_agent: flag(record, "actor_is_agent"),
    });
    match action {
        "protected_branch.policy_override" => {
            event.bypasses = [Bypass::PolicyOverride].into();
            event.moved = true;
            event.suite = number(field(record, "rule_suite_id"));
        }
        // A secret found in a push, and pushed all the same.
        "secret_scanning_push_protection.bypass" => event.bypasses = [Bypass::SkippedHooks].into(),
        // The push was turned away: the guardrail held.
        "protected_branch.rejected_ref_update" => {}
        _ => event.rule_changed = RULES.iter().any(|kind| action.starts_with(kind)),
    }
    if event.moved {
        let named = |name| field(record, name).and_then(Value::as_str).unwrap_or("");
        event.branch = branch(named("branch"));
        event.before = commit_id(named("before"));
        event.after = commit_id(named("after"));
    }
    Ok(event)
}

/// The part of the action before its point. A log of several of them was not filtered by kind of event.
pub(super) fn category(record: &Value) -> &str {
    text(record, "action").split('.').next().unwrap_or("")
}

/// Milliseconds since 1970.
fn at(record: &Value) -> Result<Timestamp, Unusable> {
    let value = record.get("created_at").or_else(|| record.get("@timestamp"));
    let value = value.filter(|value| !value.is_null()).ok_or((RefusalReason::MissingField, "created_at"))?;
    let milliseconds = number(Some(value)).and_then(|number| i64::try_from(number).ok());
    milliseconds
        .filter(|number| *number >= FIRST)
        .and_then(|number| Timestamp::from_millisecond(number).ok())
        .ok_or((RefusalReason::BadDate, "created_at"))
}

/// A field that the API gives as such and the web page's export under `data`.
fn field<'a>(record: &'a Value, name: &str) -> Option<&'a Value> {
    let nested = || record.get("data").and_then(|data| data.get(name));
    record.get(name).or_else(|| record.get(format!("data.{name}"))).or_else(nested)
}

fn flag(record: &Value, name: &str) -> bool {
    field(record, name).is_some_and(|value| value.as_bool().unwrap_or_else(|| value.as_str() == Some("true")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record(action: &str) -> Value {
        json!({
            "@timestamp": 1_783_327_383_000_u64, "_document_id": "abc", "action": action, "actor": "mia", "org": "harbour",
            "repo": "harbour/shop", "created_at": 1_783_327_383_000_u64, "actor_location": {"country_code": "DE"},
            "branch": "refs/heads/main", "before": "1".repeat(40), "after": "2".repeat(40), "rule_suite_id": 21
        })
    }

    #[test]
    fn an_override_names_what_landed_and_its_evaluation() {
        let read = event(&record("protected_branch.policy_override")).unwrap();
        assert_eq!((read.bypasses.len(), read.suite, read.branch.as_deref()), (1, Some(21), Some("main")));
        assert_eq!(read.at.to_string(), "2026-07-06T08:43:03Z");
        assert_eq!((read.repository.as_deref(), read.after), (Some("shop"), commit_id(&"2".repeat(40))));
    }

    #[test]
    fn a_changed_rule_is_no_bypass_and_neither_is_a_push_that_was_turned_away() {
        for action in
            ["protected_branch.destroy", "protected_branch.update_admin_enforced", "repository_ruleset.update"]
        {
            let read = event(&record(action)).unwrap();
            assert!(read.rule_changed && read.bypasses.is_empty() && read.after.is_none(), "{action}");
        }
        for action in ["protected_branch.rejected_ref_update", "pull_request.merge"] {
            let read = event(&record(action)).unwrap();
            assert!(!read.rule_changed && read.bypasses.is_empty(), "{action}");
        }
    }

    #[test]
    fn the_export_of_the_web_page_is_read_too() {
        let row = json!({
            "action": "protected_branch.policy_override", "actor": "mia", "repo": "harbour/shop",
            "created_at": "1783327383000", "data.branch": "main", "data.after": "2".repeat(40)
        });
        let nested = json!({
            "action": "protected_branch.policy_override", "actor": "mia", "repo": "harbour/shop",
            "created_at": 1_783_327_383_000_u64, "data": {"branch": "main", "after": "2".repeat(40)}
        });
        assert_eq!(event(&row), event(&nested));
        assert_eq!(event(&row).unwrap().branch.as_deref(), Some("main"));
    }

    #[test]
    fn seconds_are_no_milliseconds() {
        let mut record = record("protected_branch.policy_override");
        record["created_at"] = json!(1_783_327_383_u64);
        assert_eq!(event(&record), Err((RefusalReason::BadDate, "created_at")));
    }

    #[test]
    fn what_the_platform_says_about_the_actor_is_kept() {
        let mut record = record("protected_branch.policy_override");
        record["actor_is_bot"] = json!(true);
        let account = event(&record).unwrap().actor.unwrap();
        assert!(account.is_app && !account.is_agent);
    }
}
