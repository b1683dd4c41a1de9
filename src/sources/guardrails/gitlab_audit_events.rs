//! Audit events of GitLab: the answer of `/projects/{id}/audit_events`, `/groups/{id}/…` or the instance's.
//!
//! Fields: <https://docs.gitlab.com/api/audit_events/>; events: <https://docs.gitlab.com/user/compliance/audit_event_types/>.
//! No event records a push by somebody whom a protected branch lets push, so these exports never show that nothing was
//! bypassed. Only an author's mail address tells who acted: names are not read.

use serde_json::Value;

use super::raw::{Account, RawEvent, Unusable, filled, instant, last_part, number, text};
use crate::facts::change::Bypass;
use crate::facts::input::RefusalReason;

/// Fields that only this format has.
pub(super) const FIELDS: [&str; 2] = ["entity_type", "event_type"];

/// Events that say that something was bypassed.
const BYPASSES: [(&str, Bypass); 6] = [
    ("security_policy_access_token_push_bypass", Bypass::PolicyOverride),
    ("security_policy_service_account_push_bypass", Bypass::PolicyOverride),
    ("security_policy_user_push_bypass", Bypass::PolicyOverride),
    ("security_policy_merge_request_bypass", Bypass::PolicyOverride),
    ("merge_request_branch_bypassed_by_security_policy", Bypass::PolicyOverride),
    // The search for secrets before a push is accepted.
    ("skip_secret_push_protection", Bypass::SkippedHooks),
];

/// Beginnings of the events that say that a rule was made, changed or removed.
const RULES: [&str; 6] = [
    "protected_branch_",
    "approval_rule_",
    "security_policy_create",
    "security_policy_update",
    "security_policy_delete",
    "policy_project_updated",
];

/// Reads one record.
pub(super) fn event(record: &Value) -> Result<RawEvent, Unusable> {
    let kind = match text(record, "event_type") {
        "" => return Err((RefusalReason::MissingField, "event_type")),
        kind => kind,
    };
    let id = number(record.get("id")).ok_or((RefusalReason::MissingField, "id"))?;
    let mut event = RawEvent::new(instant(record, "created_at")?, id.to_string());
    let details = record.get("details").unwrap_or(&Value::Null);
    let path = filled(text(record, "entity_path")).or_else(|| filled(text(details, "entity_path")));
    event.repository = path.filter(|_| text(record, "entity_type") == "Project").and_then(|path| last_part(&path));
    event.bypasses = BYPASSES.iter().filter(|(name, _)| *name == kind).map(|(_, bypass)| *bypass).collect();
    event.rule_changed = RULES.iter().any(|rule| kind.starts_with(rule));
    let address = text(details, "author_email");
    event.actor = address.contains('@').then(|| Account { login: address.to_owned(), ..Account::default() });
    Ok(event)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record(kind: &str) -> Value {
        json!({
            "id": 5, "author_id": 1, "entity_id": 7, "entity_type": "Project",
            "details": {"author_name": "Mia", "author_email": "mia@harbour.example", "entity_path": "harbour/shop"},
            "created_at": "2026-07-06T08:43:03.000Z", "event_type": kind
        })
    }

    #[test]
    fn a_bypass_and_a_changed_rule_are_told_apart() {
        let bypass = event(&record("security_policy_user_push_bypass")).unwrap();
        assert_eq!((bypass.bypasses.len(), bypass.rule_changed), (1, false));
        assert_eq!(bypass.repository.as_deref(), Some("shop"));
        let rule = event(&record("protected_branch_removed")).unwrap();
        assert_eq!((rule.bypasses.len(), rule.rule_changed), (0, true));
        let other = event(&record("user_access_locked")).unwrap();
        assert!(other.bypasses.is_empty() && !other.rule_changed);
    }

    #[test]
    fn a_group_is_no_repository_and_a_name_is_nobody() {
        let mut group = record("approval_rule_deleted");
        group["entity_type"] = json!("Group");
        group["details"]["author_email"] = json!("");
        let read = event(&group).unwrap();
        assert_eq!((read.repository, read.actor), (None, None));
    }

    #[test]
    fn an_event_of_an_old_version_that_names_no_kind_is_refused() {
        assert_eq!(event(&record("")), Err((RefusalReason::MissingField, "event_type")));
    }
}
