//! Which column, label or attribute names stand for a person, and how directly.

/// Names that name a person directly: login, name or address (S 3).
const DIRECT: [&str; 44] = [
    "user_email",
    "email",
    "user_name",
    "username",
    "user_login",
    "login",
    "author",
    "author_name",
    "author_email",
    "author_login",
    "assignee",
    "assignee_name",
    "assignee_email",
    "creator",
    "creator_name",
    "reviewer",
    "reviewer_name",
    "reviewer_login",
    "committer",
    "committer_name",
    "committer_email",
    "display_name",
    "displayname",
    "full_name",
    "fullname",
    "real_name",
    "engineer",
    "engineer_name",
    "developer",
    "developer_name",
    "employee",
    "employee_name",
    "person",
    "person_name",
    "actor",
    "actor_login",
    "triggering_actor",
    "responder",
    "responder_name",
    "contributor",
    "member_name",
    "enduser_id",
    "merged_by",
    "pusher",
];

/// Names that pick out one person without naming (S 2): numbers, hashes, sessions.
const INDIRECT: [&str; 25] = [
    "user_id",
    "userid",
    "user",
    "users",
    "user_uuid",
    "uid",
    "auid",
    "loginuid",
    "account_uuid",
    "account_id",
    "user_account_uuid",
    "user_account_id",
    "author_id",
    "assignee_id",
    "creator_id",
    "reviewer_id",
    "employee_id",
    "employee_number",
    "engineer_id",
    "developer_id",
    "person_id",
    "session_id",
    "conversation_id",
    "enduser_pseudo_id",
    "staff_number",
];

/// Names of groups of people (S 1).
const GROUPS: [&str; 12] = [
    "team",
    "team_name",
    "team_id",
    "teams",
    "squad",
    "department",
    "dept",
    "org_unit",
    "organization_id",
    "organisation",
    "role",
    "cost_center",
];

/// Names of counts of people (S 1).
const COUNTS: [&str; 6] =
    ["active_users", "daily_active_users", "monthly_active_users", "weekly_active_users", "user_count", "num_users"];

/// How directly a name stands for people, 0 to 3.
pub(super) fn level(name: &str) -> u8 {
    let name = normal(name);
    let is = |list: &[&str]| list.contains(&name.as_str());
    match () {
        () if is(&DIRECT) => 3,
        () if is(&INDIRECT) => 2,
        () if is(&GROUPS) || is(&COUNTS) => 1,
        () => 0,
    }
}

/// Last part of a qualified name, lower case, with `_` between words: `c.authorName`, `"user.email"` and `user-email`.
pub(super) fn normal(name: &str) -> String {
    let bare = name.trim_matches(|c: char| !(c.is_alphanumeric() || c == '_'));
    let mut out = String::new();
    let mut lower_before = false;
    for c in bare.chars() {
        if c.is_alphanumeric() {
            if c.is_uppercase() && lower_before {
                out.push('_');
            }
            out.extend(c.to_lowercase());
        } else if !out.ends_with('_') {
            out.push('_');
        }
        lower_before = c.is_lowercase();
    }
    out
}

/// The level of a column that may be qualified by a table: `c.author_name`.
pub(super) fn column(name: &str) -> u8 {
    let whole = level(name);
    name.rsplit('.').next().map_or(whole, |last| whole.max(level(last)))
}

/// Words that say a text is about AI tools' use by people.
pub(super) fn speaks_of_ai_tools(text: &str) -> bool {
    const WORDS: [&str; 9] =
        ["claude", "copilot", "gen_ai", "genai", "codex", "gemini_cli", "gemini-cli", "cursor.", "user_prompt"];
    let text = text.to_ascii_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_are_told_from_numbers_groups_and_systems() {
        assert_eq!(column("c.author_name"), 3);
        assert_eq!(level("user.email"), 3);
        assert_eq!(level("userId"), 2);
        assert_eq!(level("team"), 1);
        assert_eq!(column("service.name"), 0);
        assert_eq!(column("b.name"), 0);
    }
}
