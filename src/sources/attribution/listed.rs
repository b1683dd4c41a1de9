//! The shipped marks as a list for people to read.

use super::data::{self, LineRow, LinkRow, NameRow, Origin, Rows, Value};
use super::shipped;

/// One thing that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedMark {
    /// Tool, or `named` where the text names it.
    pub tool: String,
    /// Letter of its class; `-` for what is neither a person nor AI.
    pub class: &'static str,
    /// What is matched, in words.
    pub matched: String,
    /// Since when the tool writes it by default, where that is known.
    pub valid_from: Option<String>,
    /// Until when.
    pub until: Option<String>,
    /// One public table names it, or nobody has confirmed it.
    pub provisional: bool,
    /// Where it was seen or is documented.
    pub source: String,
}

/// Every mark that is shipped, in the order of the registry.
pub fn listed() -> Vec<ListedMark> {
    let rows = shipped();
    let mut list = identities(&rows);
    list.extend(texts(&rows));
    list.extend(words(&rows));
    list
}

fn mark(tool: &str, class: &'static str, origin: &Origin, matched: String) -> ListedMark {
    ListedMark {
        tool: tool.to_owned(),
        class,
        matched,
        valid_from: origin.valid_from.clone(),
        until: origin.until.clone(),
        provisional: origin.provisional,
        source: origin.source.clone(),
    }
}

fn letter(class: data::Letter) -> &'static str {
    class.class().letter()
}

fn identities(rows: &Rows) -> Vec<ListedMark> {
    let mut list = Vec::new();
    for row in &rows.identity {
        let beside = row.name.as_ref().map(|name| format!(" with the name \"{name}\"")).unwrap_or_default();
        let accounts = accounts(&row.addresses, &row.ids, &row.apps, &[]);
        list.extend(accounts.map(|account| mark(&row.tool, letter(row.class), &row.origin, account + &beside)));
    }
    list.extend(rows.name.iter().map(|row| mark(&row.tool, letter(row.class), &row.origin, name(row))));
    for (tool, others) in [("(automation)", &rows.automation), ("(platform)", &rows.platform)] {
        for row in others {
            let accounts = accounts(&row.addresses, &row.ids, &row.apps, &row.logins);
            list.extend(accounts.map(|account| mark(tool, "-", &row.origin, account)));
        }
    }
    list
}

fn accounts<'a>(
    addresses: &'a [String],
    ids: &'a [u64],
    apps: &'a [String],
    logins: &'a [String],
) -> impl Iterator<Item = String> + 'a {
    let addresses = addresses.iter().map(|address| format!("address {address}"));
    let ids = ids.iter().map(|id| format!("GitHub account number {id}"));
    let apps = apps.iter().map(|app| format!("app {app}[bot]"));
    addresses.chain(ids).chain(apps).chain(logins.iter().map(|login| format!("login {login}")))
}

fn name(row: &NameRow) -> String {
    let parts = [
        row.equals.as_ref().map(|text| format!("is \"{text}\"")),
        row.begins.as_ref().map(|text| format!("begins with \"{text}\"")),
        row.ends.as_ref().map(|text| format!("ends with \"{text}\"")),
        (!row.family.is_empty()).then(|| format!("has a version and one of {}", row.family.join(", "))),
    ];
    format!("name that {}", parts.into_iter().flatten().collect::<Vec<_>>().join(" and "))
}

fn texts(rows: &Rows) -> Vec<ListedMark> {
    let mut list = Vec::new();
    for row in &rows.line {
        let tool = row.tool.as_deref().unwrap_or("named");
        let value = value(row);
        list.extend(
            row.keys.iter().map(|key| mark(tool, letter(row.class), &row.origin, format!("line {key}: {value}"))),
        );
    }
    for row in &rows.footer {
        let texts = row.begins.iter().map(|begins| format!("footer \"{begins} {}\"", row.name));
        list.extend(texts.map(|text| mark(&row.tool, letter(row.class), &row.origin, text)));
    }
    list.extend(
        rows.link.iter().flat_map(|row| link(row).map(|text| mark(&row.tool, letter(row.class), &row.origin, text))),
    );
    list.extend(rows.branch.iter().map(|row| {
        mark(&row.tool, letter(row.class), &row.origin, format!("head branch that begins with {}", row.prefix))
    }));
    list
}

fn value(row: &LineRow) -> String {
    let any = |list: &[String]| list.join(" or ");
    let parts = [
        (row.value == Some(Value::Agent)).then(|| "an agent or a model".to_owned()),
        (!row.equals.is_empty()).then(|| any(&row.equals)),
        (!row.begins.is_empty()).then(|| format!("{}…", any(&row.begins))),
        row.contains.clone(),
        (!row.unless.is_empty()).then(|| format!("anything but {}", any(&row.unless))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "anything".to_owned() } else { parts.join(" with ") }
}

fn link(row: &LinkRow) -> impl Iterator<Item = String> {
    let begins = row.begins.iter().map(|text| format!("line of a description that begins with {text}"));
    begins.chain(row.holds.iter().map(|text| format!("link in a description, {text}…")))
}

fn words(rows: &Rows) -> Vec<ListedMark> {
    let mut list = Vec::new();
    for row in &rows.agent {
        let words = row.words.iter().map(|word| format!("{word} with a model beside it"));
        let models = row.models.iter().map(|model| format!("{model} with a version"));
        let all: Vec<String> = row.names.iter().cloned().chain(words).chain(models).collect();
        let text = format!("declared as {}", all.join(", "));
        list.push(mark(&row.tool, letter(row.class), &row.origin, text));
    }
    list.extend(
        rows.mention
            .iter()
            .map(|row| mark(&row.tool, letter(row.class), &row.origin, format!("the word {}", row.word))),
    );
    for row in &rows.record {
        let tool = row.tool.as_deref().unwrap_or("(test)");
        list.extend(row.names.iter().map(|name| mark(tool, letter(row.class), &row.origin, format!("note by {name}"))));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_every_address_and_says_where_it_is_from() {
        let list = listed();
        let find = |matched: &str| list.iter().find(|mark| mark.matched == matched);
        let vscode = find("address copilot@github.com").unwrap();
        assert_eq!((vscode.class, vscode.valid_from.as_deref()), ("X", Some("2026-04-16")));
        assert!(find("address cascade@windsurf.ai").unwrap().provisional);
        assert_eq!(find("line assisted-by: an agent or a model").unwrap().tool, "named");
        assert_eq!(find("head branch that begins with codex/").unwrap().class, "H");
        assert_eq!(find("note by mock_ai").unwrap().tool, "(test)");
        assert!(list.iter().all(|mark| !mark.source.is_empty() && !mark.matched.is_empty()));
    }
}
