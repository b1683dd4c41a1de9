//! Accounts of Gerrit.

use serde_json::Value;

use super::account::Account;
use super::fields::{list, text};
use super::raw::Author;

/// Service accounts of Google Cloud, under which its continuous integration votes
/// (<https://cloud.google.com/iam/docs/service-account-overview>).
const SERVICE: &str = ".gserviceaccount.com";

/// An account (<https://gerrit-review.googlesource.com/Documentation/json.html#account>,
/// <https://gerrit-review.googlesource.com/Documentation/rest-api-accounts.html#account-info>). The REST interface names no
/// more than its number unless it is asked for details.
pub(super) fn account(user: &Value) -> Option<Account> {
    let number = user.get("_account_id").and_then(Value::as_u64).map(|number| format!("gerrit account {number}"));
    let login = Some(text(user, "username")).filter(|login| !login.is_empty());
    let address = text(user, "email");
    let other = if address.is_empty() { number.as_deref() } else { None };
    let account = Account::elsewhere(text(user, "name"), login.or(other).unwrap_or(""), address)?;
    let service = list(user, "tags").iter().any(|tag| tag == "SERVICE_USER") || address.ends_with(SERVICE);
    Some(if service { account.automated() } else { account })
}

/// An account that made a patch set, or the author of a commit.
pub(super) fn author(user: &Value) -> Option<Author> {
    let part = |field| text(user, field).to_owned();
    let login = Some(part("username")).filter(|login| !login.is_empty());
    let author = Author { name: part("name"), address: part("email"), login };
    (user.is_object() && !author.address.ends_with(SERVICE)).then_some(author)
}
