//! Column names that hold personal data in incident exports: their content is never kept, their number is a finding
//! (an incident export is itself surveillance data, `facts/incidents.md` 5.3).

use std::collections::BTreeSet;

use serde_json::Value;

/// Names as the tools write them (`facts/incidents.md` 1.1 to 1.4), in lower case, with `_` between words.
const NAMES: [&str; 45] = [
    "acknowledged_by",
    "acknowledgers",
    "acknowledged_user_names",
    "assigned_to",
    "assigned_user_names",
    "assignee",
    "assignees",
    "assignments",
    "author",
    "caller",
    "caller_id",
    "cancelled_by",
    "closed_by",
    "commander",
    "created_by",
    "creator",
    "customer_name",
    "display_name",
    "email",
    "e_mail",
    "first_name",
    "full_name",
    "incident_role_assignments",
    "incidents_responders",
    "joined_user_names",
    "last_name",
    "login",
    "mitigated_by",
    "opened_by",
    "owner",
    "phone",
    "reported_by",
    "reporter",
    "requested_by",
    "requester",
    "resolved_by",
    "resolved_by_user_id",
    "resolved_by_user_name",
    "responder",
    "responders",
    "sys_created_by",
    "sys_updated_by",
    "updated_by",
    "user",
    "username",
];

/// Whether a column or key of this name holds personal data.
pub(super) fn is_personal(name: &str) -> bool {
    let mut plain = String::new();
    for c in name.trim().chars() {
        // `displayName` and `Opened By` are `display_name` and `opened_by`.
        if c.is_uppercase() && plain.chars().last().is_some_and(|before| before.is_ascii_lowercase()) {
            plain.push('_');
        }
        plain.extend(if c == ' ' || c == '-' { '_' } else { c }.to_lowercase());
    }
    NAMES.contains(&plain.as_str())
}

/// Adds the keys of a JSON record that hold personal data, at any depth, when they hold something.
pub(super) fn keys_in(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                if !inner.is_null() && is_personal(key) {
                    found.insert(key.clone());
                }
                keys_in(inner, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys_in(item, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_every_spelling() {
        for name in ["caller_id", "Opened By", "displayName", "E-Mail", "assigned_to"] {
            assert!(is_personal(name), "{name}");
        }
        assert!(!is_personal("priority") && !is_personal("opened_at"));
    }

    #[test]
    fn keys_are_found_at_any_depth_and_counted_once() {
        let json = serde_json::json!({"assignee": {"email": "x", "login": null}, "log": [{"email": "y"}]});
        let mut found = BTreeSet::new();
        keys_in(&json, &mut found);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["assignee", "email"]);
    }
}
