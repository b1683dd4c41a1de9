//! Answers of GitHub's GraphQL interface, brought into the form that `gh pr list --json` prints: it is made from the same fields,
//! with lists as connections (`nodes`, `totalCount`, `pageInfo`) and commits and labels one level deeper.
//!
//! Fields: <https://docs.github.com/en/graphql/reference/objects#pullrequest>.

use serde_json::Value;

use super::fields::{inner, list};

/// The pull requests of a page, and whether another page follows or may follow; `None` for anything else.
pub(super) fn page(answer: &mut Value) -> Option<(Vec<Value>, bool)> {
    // An answer with errors leaves out what it could not read.
    let failed = !list(answer, "errors").is_empty();
    let mut page = answer.pointer_mut("/data/repository/pullRequests")?.take();
    let more = failed || inner(inner(&page, "pageInfo"), "hasNextPage").as_bool() != Some(false);
    match page.get_mut("nodes")?.take() {
        Value::Array(requests) => Some((requests, more)),
        _ => None,
    }
}

/// A record with its connections as plain lists, and whether one of these was cut; `None` when it has no connection.
pub(super) fn plain(record: &Value) -> Option<(Value, bool)> {
    let fields = record.as_object()?;
    if !fields.values().any(is_connection) {
        return None;
    }
    let mut cut = false;
    let plain = fields.iter().map(|(field, value)| {
        if !is_connection(value) {
            return (field.clone(), value.clone());
        }
        cut |= goes_on(value);
        let nodes = list(value, "nodes").iter();
        let nodes =
            nodes.map(|node| if field == "commits" { commit(inner(node, "commit"), &mut cut) } else { node.clone() });
        (field.clone(), nodes.collect())
    });
    let plain = plain.collect();
    Some((plain, cut))
}

fn commit(record: &Value, cut: &mut bool) -> Value {
    let mut commit = record.clone();
    let Some(authors) = commit.get_mut("authors").filter(|authors| is_connection(authors)) else { return commit };
    *cut |= goes_on(authors);
    let mut nodes = authors["nodes"].take();
    for author in nodes.as_array_mut().into_iter().flatten().filter(|author| author.is_object()) {
        author["login"] = inner(inner(author, "user"), "login").clone();
    }
    commit["authors"] = nodes;
    commit
}

fn is_connection(value: &Value) -> bool {
    value.get("nodes").is_some_and(Value::is_array)
}

/// Whether a connection holds more than it lists.
fn goes_on(connection: &Value) -> bool {
    let total = connection.get("totalCount").and_then(Value::as_u64);
    let next = inner(inner(connection, "pageInfo"), "hasNextPage").as_bool();
    next.unwrap_or_else(|| total.is_some_and(|total| total > list(connection, "nodes").len() as u64))
}
