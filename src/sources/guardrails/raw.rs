//! An event as an export gives it, whatever the platform. What an export holds beyond this (addresses of machines,
//! places, programs, messages) is not looked at.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;

use crate::facts::change::{Bypass, CommitId};
use crate::facts::input::RefusalReason;
use crate::facts::review::Actor;
use crate::sources::Identities;
use crate::sources::attribution::{LoginClass, Registry};

/// Why a record cannot be used, and which field; never its content.
pub(super) type Unusable = (RefusalReason, &'static str);

/// Who did it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Account {
    /// Login or address.
    pub(super) login: String,
    /// The platform says that it is an app.
    pub(super) is_app: bool,
    /// The platform says that it is an AI agent.
    pub(super) is_agent: bool,
}

/// One record.
#[derive(Debug, PartialEq)]
pub(super) struct RawEvent {
    pub(super) at: Timestamp,
    /// Id of the record, or what stands for it: the same record may be in two exports.
    pub(super) key: String,
    /// Last part of the repository's name.
    pub(super) repository: Option<String>,
    /// Branch, without `refs/heads/`.
    pub(super) branch: Option<String>,
    pub(super) bypasses: BTreeSet<Bypass>,
    /// A rule was made, changed or removed.
    pub(super) rule_changed: bool,
    pub(super) actor: Option<Account>,
    /// What the branch was at before.
    pub(super) before: Option<CommitId>,
    /// What landed.
    pub(super) after: Option<CommitId>,
    /// A branch was moved from `before` to `after`, whether a rule was bypassed or not.
    pub(super) moved: bool,
    /// Number of the evaluation that the record is, or speaks of.
    pub(super) suite: Option<u64>,
    /// The record says which rules were bypassed.
    pub(super) detailed: bool,
}

impl RawEvent {
    /// Of which only these are known.
    pub(super) fn new(at: Timestamp, key: String) -> Self {
        Self {
            at,
            key,
            repository: None,
            branch: None,
            bypasses: BTreeSet::new(),
            rule_changed: false,
            actor: None,
            before: None,
            after: None,
            moved: false,
            suite: None,
            detailed: false,
        }
    }
}

/// The actor, as a number where it is a person.
pub(super) fn actor(account: Option<&Account>, ids: &mut Identities) -> Actor {
    // `ghost` is what GitHub shows for accounts that no longer exist.
    let Some(account) = account.filter(|account| !account.login.is_empty() && account.login != "ghost") else {
        return Actor::Unknown;
    };
    if account.is_agent {
        return Actor::Ai;
    }
    let registry = Registry::builtin();
    let class = if account.login.contains('@') {
        registry.classify("", &account.login)
    } else {
        registry.classify_github(&account.login, account.is_app.then_some(true))
    };
    match class {
        LoginClass::Human => Actor::Human(ids.person(&account.login)),
        LoginClass::Ai => Actor::Ai,
        LoginClass::Automation | LoginClass::Platform => Actor::Automation,
    }
}

/// A text, empty where there is none.
pub(super) fn text<'a>(record: &'a Value, field: &str) -> &'a str {
    record.get(field).and_then(Value::as_str).unwrap_or("").trim()
}

/// A text that says something.
pub(super) fn filled(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// A whole number, written as one or in a cell of a table.
pub(super) fn number(value: Option<&Value>) -> Option<u64> {
    let value = value?;
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// An instant with its offset to UTC.
pub(super) fn instant(record: &Value, field: &'static str) -> Result<Timestamp, Unusable> {
    match text(record, field) {
        "" => Err((RefusalReason::MissingField, field)),
        text => text.parse().map_err(|_| (RefusalReason::BadDate, field)),
    }
}

/// A commit id: 40 or 64 hexadecimal digits that are not all 0, which stand for a branch that is not there.
pub(super) fn commit_id(text: &str) -> Option<CommitId> {
    let hex = matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    (hex && text.bytes().any(|byte| byte != b'0')).then(|| CommitId::new(text))
}

/// The last part of `organisation/repository`.
pub(super) fn last_part(name: &str) -> Option<String> {
    filled(name.rsplit('/').next().unwrap_or(name))
}

/// A branch by its name or by its full reference; anything but a branch is no branch of that name.
pub(super) fn branch(reference: &str) -> Option<String> {
    filled(reference.strip_prefix("refs/heads/").unwrap_or(reference))
}
