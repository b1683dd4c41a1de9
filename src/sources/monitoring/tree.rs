//! YAML and JSON as one tree that remembers lines, so that a reader is written once for both.
//!
//! Both parsers are bounded: nodes, depth and alias replay for YAML, size and depth for JSON. Nothing is resolved,
//! included or expanded beyond YAML's own aliases.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Error, Spanned, Tagged};

use crate::facts::input::RefusalReason;
use crate::sources::yaml::limited;

/// Configurations larger than this are generated or hostile; the largest dashboard in a survey had 0.1 MB.
const LARGEST_TREE: usize = 8 << 20;
/// Nodes of one YAML file, aliases replayed.
const MOST_NODES: usize = 500_000;

/// Why a text could not be read: reason, line, and what a technician reads.
pub(super) type Failure = (RefusalReason, Option<u64>, String);

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    /// Line of the value (YAML only).
    pub(super) line: Option<u32>,
    /// Tag as `!Ref`, where one is written.
    pub(super) tag: Option<String>,
    /// The value.
    pub(super) value: Value,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Nothing.
    Null,
    /// Truth value.
    Bool(bool),
    /// Any number.
    Number(f64),
    /// Text.
    Text(String),
    /// Sequence.
    List(Vec<Item>),
    /// Mapping in the order written.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// Line of the key (YAML only).
    pub(super) line: Option<u32>,
    /// Key.
    pub(super) key: String,
    /// Value.
    pub(super) item: Item,
}

impl Item {
    /// The entries of a mapping; none for anything else.
    pub(super) fn entries(&self) -> &[Entry] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The items of a sequence; none for anything else.
    pub(super) fn items(&self) -> &[Self] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// The entry of a key.
    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.item)
    }

    /// The value at the end of a chain of keys.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |item, key| item.get(key))
    }

    /// Text that is not computed by a tag.
    pub(super) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The text of a key.
    pub(super) fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// A number, or text that is one; not when a tag or an expression computes it.
    pub(super) fn number(&self) -> Option<f64> {
        match &self.value {
            Value::Number(number) if self.tag.is_none() => Some(*number),
            Value::Text(text) if self.tag.is_none() => text.trim().parse().ok().filter(|n: &f64| n.is_finite()),
            _ => None,
        }
    }

    /// A truth value, in the spellings settings use.
    pub(super) fn truth(&self) -> Option<bool> {
        match &self.value {
            Value::Bool(truth) => Some(*truth),
            Value::Number(number) => Some(*number != 0.0),
            Value::Text(text) => truth(text),
            _ => None,
        }
    }

    /// Whether this is a mapping.
    pub(super) fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    /// A scalar as text.
    pub(super) fn shown(&self) -> String {
        match &self.value {
            Value::Null | Value::List(_) | Value::Map(_) => String::new(),
            Value::Bool(truth) => truth.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text.clone(),
        }
    }

    /// Every text, key and value below, for a search of words.
    pub(super) fn each_text<'a>(&'a self, found: &mut impl FnMut(&'a str)) {
        match &self.value {
            Value::Text(text) => found(text),
            Value::List(items) => items.iter().for_each(|item| item.each_text(found)),
            Value::Map(entries) => entries.iter().for_each(|entry| {
                found(&entry.key);
                entry.item.each_text(found);
            }),
            _ => {}
        }
    }
}

/// `1`, `true`, `yes`, `on` and their opposites, as environment files write them.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" | "on" | "enabled" => Some(true),
        "0" | "false" | "no" | "off" | "disabled" => Some(false),
        _ => None,
    }
}

/// A step of a JSON pointer, escaped as RFC 6901 section 3 says.
pub(super) fn step(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Reads every document of a YAML file.
pub(super) fn yaml(text: &str) -> Result<Vec<Item>, Failure> {
    if text.len() > LARGEST_TREE {
        return Err(too_large(text.len()));
    }
    serde_saphyr::from_multiple_with_options::<Item>(text, limited(MOST_NODES, 5_000))
        .map_err(|error| yaml_failure(&error))
}

fn yaml_failure(error: &Error) -> Failure {
    let mut error = error.without_snippet();
    while let Error::AliasError { error: inner, .. } = error {
        error = inner;
    }
    let line = error.location().map(|place| place.line()).filter(|line| *line > 0);
    let large = matches!(
        error,
        Error::Budget { .. }
            | Error::AliasReplayLimitExceeded { .. }
            | Error::AliasExpansionLimitExceeded { .. }
            | Error::AliasReplayStackDepthExceeded { .. }
            | Error::AliasReplayCounterOverflow { .. }
    ) || error.to_string().contains("recursion limit");
    // The parser's message may quote a value; the reason and the line say enough.
    if large {
        (RefusalReason::TooLarge, line, "nested, aliased or repeated beyond the limits of a configuration".into())
    } else {
        (RefusalReason::Unreadable, line, "not valid YAML".into())
    }
}

fn too_large(bytes: usize) -> Failure {
    (RefusalReason::TooLarge, None, format!("{bytes} bytes, the limit for a configuration is {LARGEST_TREE}"))
}

/// Reads JSON, comments and trailing commas allowed (VS Code and Gemini write settings so).
pub(super) fn json(text: &str) -> Result<Item, Failure> {
    if text.len() > LARGEST_TREE {
        return Err(too_large(text.len()));
    }
    let plain = without_comments(text);
    let value: serde_json::Value = serde_json::from_str(&plain).map_err(|error| {
        let line = u64::try_from(error.line()).ok().filter(|line| *line > 0);
        if error.to_string().starts_with("recursion limit") {
            (RefusalReason::TooLarge, line, "nested deeper than 128 levels".into())
        } else {
            (RefusalReason::Unreadable, line, "not valid JSON".into())
        }
    })?;
    Ok(from_json(value))
}

fn from_json(value: serde_json::Value) -> Item {
    use serde_json::Value as Json;
    let value = match value {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(truth),
        Json::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
        Json::String(text) => Value::Text(text),
        Json::Array(items) => Value::List(items.into_iter().map(from_json).collect()),
        Json::Object(map) => {
            Value::Map(map.into_iter().map(|(key, value)| Entry { line: None, key, item: from_json(value) }).collect())
        }
    };
    Item { line: None, tag: None, value }
}

/// Comments become spaces and trailing commas vanish; lines stay where they are.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted => {
                out.push(c);
                out.extend(chars.next());
            }
            '"' => {
                quoted = !quoted;
                out.push(c);
            }
            '/' if !quoted && chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            '/' if !quoted && chars.peek() == Some(&'*') => {
                chars.next();
                let mut before = ' ';
                for c in chars.by_ref() {
                    if c == '\n' {
                        out.push(c);
                    }
                    if before == '*' && c == '/' {
                        break;
                    }
                    before = c;
                }
            }
            ']' | '}' if !quoted => {
                let kept = out.trim_end().len();
                if out[..kept].ends_with(',') {
                    out.replace_range(kept - 1..kept, " ");
                }
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// A mapping key: any scalar.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = deserializer.deserialize_any(Tree)?;
        Ok(Self(Item { line: None, tag: None, value }.shown()))
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Spanned::<Tagged<Value>>::deserialize(deserializer)?;
        let line = u32::try_from(node.referenced.line()).ok().filter(|line| *line > 0);
        let Tagged(value, tag) = node.value;
        Ok(Self { line, tag: tag.filter(|tag| !tag.starts_with("tag:yaml.org,2002:")), value })
    }
}

/// Builds a [`Value`] from whatever the parser meets.
struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_i128<E>(self, number: i128) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_u128<E>(self, number: u128) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = access.next_key::<Spanned<Key>>()? {
            let line = u32::try_from(key.referenced.line()).ok().filter(|line| *line > 0);
            entries.push(Entry { line, key: key.value.0, item: access.next_value()? });
        }
        Ok(Value::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_keeps_lines_of_keys_and_values_in_every_document() {
        let docs = yaml("a: 1\n---\nb:\n  - c: true\n").unwrap();
        assert_eq!(docs.len(), 2);
        let b = docs[1].entry("b").unwrap();
        assert_eq!((b.line, b.item.line), (Some(3), Some(4)));
        assert_eq!(b.item.items()[0].get("c").unwrap().truth(), Some(true));
    }

    #[test]
    fn cloudformation_short_tags_parse_and_are_kept() {
        let docs =
            yaml("a: !Ref X\nb: !Sub '${X}-y'\nc: !GetAtt [P, Q]\nd: !If [A, 7, !Ref 'AWS::NoValue']\n").unwrap();
        assert_eq!(docs[0].get("a").unwrap().tag.as_deref(), Some("!Ref"));
        assert_eq!(docs[0].get("a").unwrap().number(), None);
        assert_eq!(docs[0].get("c").unwrap().items().len(), 2);
        assert_eq!(docs[0].get("d").unwrap().items()[1].number(), Some(7.0));
    }

    #[test]
    fn an_alias_bomb_is_too_large_not_unreadable() {
        let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for n in 1..30 {
            let last = format!("*a{},", n - 1).repeat(9);
            text = format!("{text}a{n}: &a{n} [{last}]\n");
        }
        assert_eq!(yaml(&text).unwrap_err().0, RefusalReason::TooLarge);
    }

    #[test]
    fn a_million_brackets_are_refused_without_a_crash() {
        let open = "[".repeat(1_000_000);
        assert_eq!(yaml(&open).unwrap_err().0, RefusalReason::TooLarge);
        assert_eq!(json(&open).unwrap_err().0, RefusalReason::TooLarge);
    }

    #[test]
    fn broken_yaml_names_its_line_and_never_its_text() {
        let (reason, line, detail) = yaml("a: 1\nb: [hunter2\nc: }\n").unwrap_err();
        assert_eq!(reason, RefusalReason::Unreadable);
        assert!(line.is_some_and(|line| line >= 2));
        assert!(!detail.contains("hunter2"));
    }

    #[test]
    fn nul_bytes_and_huge_sizes_are_refused() {
        assert!(yaml("a: \0").is_err());
        assert!(json("{\"a\":\0}").is_err());
        assert_eq!(json(&" ".repeat(LARGEST_TREE + 1)).unwrap_err().0, RefusalReason::TooLarge);
    }

    #[test]
    fn settings_with_comments_and_trailing_commas_are_json() {
        let item = json("{ // c\n \"u\": \"http://x\", /* \n */ \"l\": [1,], }").unwrap();
        assert_eq!(item.text_of("u"), Some("http://x"));
        assert_eq!(item.get("l").unwrap().items().len(), 1);
    }

    #[test]
    fn a_pointer_escapes_what_json_pointer_reserves() {
        assert_eq!(step("/a", "b/c~d"), "/a/b~1c~0d");
    }
}
