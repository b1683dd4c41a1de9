//! Fields of JSON records. What is missing or of the wrong kind is nothing; only what decides a record refuses it.

use jiff::Timestamp;
use serde_json::Value;

use super::raw::Unusable;
use crate::facts::change::CommitId;
use crate::facts::input::RefusalReason;

/// A list inside a record; anything else is an empty one.
pub(super) fn list<'a>(record: &'a Value, field: &str) -> &'a [Value] {
    record.get(field).and_then(Value::as_array).map_or(&[][..], Vec::as_slice)
}

/// A record inside a record; anything else is null.
pub(super) fn inner<'a>(record: &'a Value, field: &str) -> &'a Value {
    record.get(field).unwrap_or(&Value::Null)
}

/// Whether one of these lists is exactly as long as the pages of its platform: it may have been cut there.
pub(super) fn cut(record: &Value, fields: &[&str], pages: &[usize]) -> bool {
    fields.iter().any(|field| pages.contains(&list(record, field).len()))
}

/// A text, empty where there is none.
pub(super) fn text<'a>(record: &'a Value, field: &str) -> &'a str {
    record.get(field).and_then(Value::as_str).unwrap_or("")
}

/// The names of a record's labels: texts, or objects with a name.
pub(super) fn labels(record: &Value) -> Vec<&str> {
    list(record, "labels").iter().filter_map(|label| label.as_str().or_else(|| label.get("name")?.as_str())).collect()
}

/// An instant; absent and null are none, anything else that cannot be read is a reason to refuse.
pub(super) fn instant(record: &Value, field: &'static str) -> Result<Option<Timestamp>, Unusable> {
    match record.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => text.parse().map(Some).map_err(|_| (RefusalReason::BadDate, field)),
        Some(_) => Err((RefusalReason::BadDate, field)),
    }
}

/// The number of the review; older versions of Gerrit write it as a text.
pub(super) fn number(record: &Value, field: &'static str) -> Result<u64, Unusable> {
    match record.get(field) {
        None | Some(Value::Null) => Err((RefusalReason::MissingField, field)),
        Some(Value::String(text)) => text.parse().map_err(|_| (RefusalReason::BadValue, field)),
        Some(number) => number.as_u64().ok_or((RefusalReason::BadValue, field)),
    }
}

/// A commit id: 40 or 64 hexadecimal digits.
pub(super) fn commit_id(text: &str) -> Option<CommitId> {
    let hex = matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    hex.then(|| CommitId::new(text))
}

/// Added plus deleted lines, where both are given.
pub(super) fn lines(record: &Value) -> Option<u64> {
    let count = |field| record.get(field).and_then(Value::as_u64);
    count("additions")?.checked_add(count("deletions")?)
}
