//! Where a value stands in a record: a CSV column, or a place in a JSON object.
//!
//! Written as a column or key (`priority`), a dotted path (`fields.priority.name`, with or without `$.`), with list
//! steps (`components[*].name`, `labels[0]`, `labels[0..]`), with conditions (`links[type=cause].id`, several words
//! apart by `|`; the items for which it holds), or as an RFC 6901 pointer (`/fields/priority/name`; a `*` step means
//! every item of a list). In CSV the whole text is the header, and `Labels[0]` or `Labels[0..]` picks one or all of
//! several columns of the same name (Jira exports repeat headers).

use std::borrow::Cow;

use serde_json::Value;

/// One step into a JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Item(usize),
    EachFrom(usize),
    /// Items of which the value under these keys is one of these words.
    Where(Vec<String>, Vec<String>),
}

/// A place, ready for both kinds of export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// As written.
    pub(super) text: String,
    steps: Vec<Step>,
}

impl Place {
    /// Reads a place; every text is one.
    pub(super) fn new(text: &str) -> Self {
        let text = text.trim();
        let steps = match text.strip_prefix('/') {
            Some(pointer) => pointer.split('/').map(pointer_step).collect(),
            None => dotted(text.strip_prefix('$').unwrap_or(text)).flat_map(dotted_steps).collect(),
        };
        Self { text: text.to_owned(), steps }
    }

    /// The header it names, and which of the columns of that name.
    pub(super) fn column(&self) -> (&str, Option<(usize, bool)>) {
        match list_step(&self.text) {
            Some((name, Step::Item(n))) => (name, Some((n, false))),
            Some((name, Step::EachFrom(n))) => (name, Some((n, true))),
            Some((_, Step::Key(_) | Step::Where(..))) | None => (&self.text, None),
        }
    }

    /// The first key, for the question whether it leads into a list that was joined.
    pub(super) fn first_key(&self) -> Option<&str> {
        match self.steps.first() {
            Some(Step::Key(key)) => Some(key),
            _ => None,
        }
    }

    /// Its last key, for the question whether it names people.
    pub(super) fn last_key(&self) -> &str {
        let key = self.steps.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            _ => None,
        });
        key.unwrap_or(&self.text)
    }

    /// All keys on the way.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        let keys = self.steps.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            _ => None,
        });
        keys.chain([self.column().0])
    }

    /// The values that stand there; lists at the end are opened.
    pub(super) fn values<'a>(&self, root: &'a Value) -> Vec<&'a Value> {
        let mut found = vec![root];
        for step in &self.steps {
            found = found.into_iter().flat_map(|value| step.apply(value)).collect();
        }
        opened(found)
    }

    /// The values below its first key, for a list that does not stand in the record itself.
    pub(super) fn values_below<'a>(&self, list: Vec<&'a Value>) -> Vec<&'a Value> {
        let mut steps = self.steps.iter().skip(1);
        let mut found: Vec<&Value> = match steps.clone().next() {
            Some(Step::Item(n)) => list.get(*n).copied().into_iter().collect(),
            Some(Step::EachFrom(n)) => list.into_iter().skip(*n).collect(),
            Some(Step::Key(_) | Step::Where(..)) | None => list,
        };
        if matches!(steps.clone().next(), Some(Step::Item(_) | Step::EachFrom(_))) {
            steps.next();
        }
        for step in steps {
            found = found.into_iter().flat_map(|value| step.apply(value)).collect();
        }
        opened(found)
    }

    /// Whether the list that the last condition or list step picks from is there, with or without items.
    pub(super) fn list_is_there(&self, root: &Value) -> bool {
        let until = self.steps.iter().rposition(|step| !matches!(step, Step::Key(_))).unwrap_or(self.steps.len());
        let mut found = vec![root];
        for step in &self.steps[..until] {
            found = found.into_iter().flat_map(|value| step.apply(value)).collect();
        }
        found.iter().any(|value| !value.is_null())
    }

    /// The items of the lists that stand there; `None` when there is no list.
    pub(super) fn items<'a>(&self, root: &'a Value) -> Option<Vec<&'a Value>> {
        let steps = match self.steps.split_last() {
            Some((Step::EachFrom(0), before)) => before,
            _ => &self.steps,
        };
        let mut found = vec![root];
        for step in steps {
            found = found.into_iter().flat_map(|value| step.apply(value)).collect();
        }
        let lists: Vec<&Vec<Value>> = found.into_iter().filter_map(Value::as_array).collect();
        (!lists.is_empty()).then(|| lists.into_iter().flatten().collect())
    }
}

impl Step {
    fn apply<'a>(&self, value: &'a Value) -> Vec<&'a Value> {
        match (self, value) {
            (Self::Key(key), Value::Object(object)) => object.get(key).into_iter().collect(),
            (Self::Item(n), Value::Array(items)) => items.get(*n).into_iter().collect(),
            (Self::EachFrom(n), Value::Array(items)) => items.iter().skip(*n).collect(),
            (Self::Where(keys, words), Value::Array(items)) => {
                items.iter().filter(|item| holds(item, keys, words)).collect()
            }
            (Self::Where(keys, words), item) if holds(item, keys, words) => vec![item],
            _ => Vec::new(),
        }
    }
}

/// Lists at the end of a place stand for their items.
fn opened(found: Vec<&Value>) -> Vec<&Value> {
    found
        .into_iter()
        .flat_map(|value| value.as_array().map_or_else(|| vec![value], |list| list.iter().collect()))
        .collect()
}

/// Whether the value under the keys is one of the words.
fn holds(item: &Value, keys: &[String], words: &[String]) -> bool {
    let value = keys.iter().try_fold(item, |value, key| value.get(key));
    value.and_then(scalar).is_some_and(|text| words.iter().any(|word| *word == text.trim()))
}

/// Parts between dots; the dots inside brackets are none.
fn dotted(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.split(move |c| {
        inside = c == '[' || inside && c != ']';
        c == '.' && !inside
    })
}

fn pointer_step(step: &str) -> Step {
    match (step, step.parse()) {
        ("*", _) => Step::EachFrom(0),
        (_, Ok(n)) => Step::Item(n),
        _ => Step::Key(step.replace("~1", "/").replace("~0", "~")),
    }
}

fn dotted_steps(part: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = part;
    while let Some((before, step)) = list_step(rest) {
        steps.push(step);
        rest = before;
    }
    if !rest.is_empty() {
        steps.push(Step::Key(rest.to_owned()));
    }
    steps.reverse();
    steps
}

/// Splits a list step off the end: `name[*]`, `name[3]`, `name[3..]`, `name[key=word|word]`.
fn list_step(text: &str) -> Option<(&str, Step)> {
    let (before, inside) = text.strip_suffix(']')?.rsplit_once('[')?;
    if let Some((keys, words)) = inside.split_once('=') {
        let keys = keys.trim().split('.').map(str::to_owned).collect();
        let words = words.split('|').map(|word| word.trim().to_owned()).collect();
        return Some((before, Step::Where(keys, words)));
    }
    let step = match inside.strip_suffix("..") {
        _ if inside == "*" => Step::EachFrom(0),
        Some(from) => Step::EachFrom(from.parse().ok()?),
        None => Step::Item(inside.parse().ok()?),
    };
    Some((before, step))
}

/// A JSON value as text; `None` for null and for what is not a single value. A ServiceNow reference is an object with
/// a `display_value` (facts/incidents.md 1.2).
pub(super) fn scalar(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Bool(flag) => Some(Cow::Borrowed(if *flag { "true" } else { "false" })),
        Value::Object(object) => object.get("display_value")?.as_str().map(Cow::Borrowed),
        Value::Null | Value::Array(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(place: &str, json: &str) -> Vec<String> {
        let root: Value = serde_json::from_str(json).unwrap();
        Place::new(place).values(&root).into_iter().filter_map(|v| scalar(v).map(Cow::into_owned)).collect()
    }

    #[test]
    fn dotted_paths_and_pointers_reach_the_same_value() {
        let json = r#"{"fields":{"priority":{"name":"P1"}},"a/b":"x"}"#;
        for place in ["fields.priority.name", "$.fields.priority.name", "/fields/priority/name"] {
            assert_eq!(texts(place, json), ["P1"], "{place}");
        }
        assert_eq!(texts("/a~1b", json), ["x"]);
    }

    #[test]
    fn list_steps_pick_all_one_or_the_rest() {
        let json = r#"{"c":[{"n":"a"},{"n":"b"},{"m":1}],"l":[["x"],"y"]}"#;
        assert_eq!(texts("c[*].n", json), ["a", "b"]);
        assert_eq!(texts("/c/*/n", json), ["a", "b"]);
        assert_eq!(texts("c[1].n", json), ["b"]);
        assert_eq!(texts("c[1..].n", json), ["b"]);
        assert_eq!(texts("l[0][0]", json), ["x"]);
        assert_eq!(texts("$[*].n", r#"[{"n":"z"}]"#), ["z"]);
    }

    #[test]
    fn a_condition_picks_the_items_for_which_it_holds() {
        let json = r#"{"l":[{"t":{"n":"cause"},"id":1},{"t":{"n":"fix"},"id":2},{"id":3}],"o":{"k":"a","v":9}}"#;
        assert_eq!(texts("l[t.n=cause].id", json), ["1"]);
        assert_eq!(texts("l[t.n=fix|cause].id", json), ["1", "2"]);
        assert_eq!(texts("l[t.n=none].id", json), [""; 0]);
        assert_eq!(texts("o[k=a].v", json), ["9"]);
        assert_eq!(texts("l[t.n=cause|fix][id=2].id", json), ["2"]);
    }

    #[test]
    fn null_and_objects_are_no_values_but_a_display_value_is() {
        assert!(texts("a", r#"{"a":null}"#).is_empty());
        assert!(texts("a", r#"{"a":{"b":1}}"#).is_empty());
        assert_eq!(texts("a", r#"{"a":{"display_value":"CHG0000097","link":"…"}}"#), ["CHG0000097"]);
    }

    #[test]
    fn a_header_with_a_number_names_one_of_its_columns() {
        assert_eq!(Place::new("Labels[0..]").column(), ("Labels", Some((0, true))));
        assert_eq!(Place::new("Labels[2]").column(), ("Labels", Some((2, false))));
        assert_eq!(Place::new("Custom field (Root cause)").column(), ("Custom field (Root cause)", None));
        assert_eq!(Place::new("odd]x[").column(), ("odd]x[", None));
    }
}
