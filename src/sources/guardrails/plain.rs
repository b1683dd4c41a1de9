//! A plain list that anybody can write: columns `at`, `kind`, `repository`, `commit`, `actor`, of which the first two are
//! needed. `kind` is a word of the figures `guardrail.bypass.<kind>`, or `rule_changed`. It lists what happened, and never
//! shows that nothing did.

use serde_json::Value;

use super::raw::{Account, RawEvent, Unusable, filled, instant, last_part, text};
use crate::facts::change::{Bypass, CommitId};
use crate::facts::input::RefusalReason;

/// Columns, by the names in the first line.
pub(super) const COLUMNS: [&str; 5] = ["at", "kind", "repository", "commit", "actor"];

/// Reads one row.
pub(super) fn event(row: &Value) -> Result<RawEvent, Unusable> {
    let cells = COLUMNS.map(|column| text(row, column));
    let mut event = RawEvent::new(instant(row, "at")?, cells.join("\n"));
    let [_, kind, repository, commit, actor] = cells;
    event.rule_changed = kind == "rule_changed";
    event.bypasses = Bypass::ALL.into_iter().filter(|bypass| bypass.word() == kind).collect();
    if kind.is_empty() {
        return Err((RefusalReason::MissingField, "kind"));
    }
    if event.bypasses.is_empty() && !event.rule_changed {
        return Err((RefusalReason::BadValue, "kind"));
    }
    event.repository = last_part(repository);
    event.after = match commit {
        "" => None,
        commit if is_id(commit) => Some(CommitId::new(commit)),
        _ => return Err((RefusalReason::BadValue, "commit")),
    };
    event.actor = filled(actor).map(|login| Account { login, ..Account::default() });
    Ok(event)
}

/// Seven hexadecimal digits or more.
fn is_id(text: &str) -> bool {
    (7..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(at: &str, kind: &str, commit: &str) -> Result<RawEvent, Unusable> {
        event(&json!({"at": at, "kind": kind, "repository": "harbour/shop", "commit": commit, "actor": "mia"}))
    }

    #[test]
    fn every_kind_of_bypass_can_be_written() {
        for bypass in Bypass::ALL {
            let read = row("2026-07-06T08:43:03Z", bypass.word(), "2222222").unwrap();
            assert_eq!((read.bypasses, read.after.is_some()), ([bypass].into(), true));
        }
        assert!(row("2026-07-06T10:43:03+02:00", "rule_changed", "").unwrap().rule_changed);
    }

    #[test]
    fn another_kind_a_day_without_a_time_and_a_word_for_a_commit_are_refused() {
        assert_eq!(row("2026-07-06T08:43:03Z", "mia did it", ""), Err((RefusalReason::BadValue, "kind")));
        assert_eq!(row("2026-07-06", "force_push", ""), Err((RefusalReason::BadDate, "at")));
        assert_eq!(row("2026-07-06T08:43:03Z", "force_push", "main"), Err((RefusalReason::BadValue, "commit")));
        assert_eq!(row("2026-07-06T08:43:03Z", "", ""), Err((RefusalReason::MissingField, "kind")));
    }
}
