//! Users of GitLab.

use serde_json::Value;

use super::account::Account;
use super::fields::text;

/// GitLab's own AI reviewer and agent
/// (<https://www.rubydoc.info/gems/gitlab-username_bot_identifier/Gitlab/UsernameBotIdentifier>).
const DUO: [&str; 3] = ["gitlabduo", "gitlab-duo-code-reviewer", "duo-developer"];

/// A user, as the interface gives one.
pub(super) fn account(user: &Value) -> Option<Account> {
    let account = by_login(text(user, "username"))?;
    Some(if user.get("bot").and_then(Value::as_bool) == Some(true) { account.automated() } else { account })
}

/// A user by login. Access tokens of projects and groups, and service accounts, act under logins that GitLab gives them:
/// <https://docs.gitlab.com/user/project/settings/project_access_tokens/#bot-users-for-projects>,
/// <https://docs.gitlab.com/user/group/settings/group_access_tokens/#bot-users-for-groups>,
/// <https://docs.gitlab.com/api/service_accounts/>.
pub(super) fn by_login(login: &str) -> Option<Account> {
    let lower = login.to_ascii_lowercase();
    if DUO.contains(&lower.as_str()) {
        return Account::github(login, None, Some(true));
    }
    let token = ["project_", "group_"].iter().find_map(|kind| lower.strip_prefix(kind)).is_some_and(|rest| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && rest[digits..].starts_with("_bot")
    });
    let account = Account::elsewhere("", login, "")?;
    Some(if token || lower.starts_with("service_account_") { account.automated() } else { account })
}
