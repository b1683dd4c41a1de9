//! Records of a JSON document or of JSON Lines. The nesting limit of the parser stays on.

use serde_json::Value;

use super::fields::Name;
use super::mapping::Mapping;
use super::path::Place;
use super::raw::RawFormat;
use super::sheet::{Fail, Sheet};
use crate::error::Problem;
use crate::facts::input::RefusalReason;

/// Reads an export that is not CSV.
pub(super) fn sheet(file: &str, bytes: &[u8], mapping: &Mapping) -> Result<Sheet, Fail> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Fail::Refuse(RefusalReason::Unreadable, "it is UTF-16; save it as UTF-8"));
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if mapping.format == RawFormat::Jsonl { lines(text) } else { read(file, text, mapping) }
}

/// Reads JSON Lines; a line that is no object is refused.
pub(super) fn lines(bytes: &[u8]) -> Result<Sheet, Fail> {
    let mut sheet = Sheet { at_is_line: true, ..Sheet::default() };
    for (line, at) in bytes.split(|byte| *byte == b'\n').zip(1..) {
        let text = String::from_utf8_lossy(line);
        if text.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Value>(&text) {
            Ok(value) if value.is_object() => sheet.push(at, value)?,
            _ => sheet.refusals.add(RefusalReason::Unreadable, "a line is not a JSON object", at),
        }
    }
    Ok(sheet)
}

/// A list, an object that holds the list, a single record, or JSONL under the name of JSON.
pub(super) fn read(file: &str, bytes: &[u8], mapping: &Mapping) -> Result<Sheet, Fail> {
    let text = String::from_utf8_lossy(bytes);
    let Ok(root) = serde_json::from_str::<Value>(&text) else { return lines_under_another_name(&text) };
    let items = match items(root, mapping.records.as_ref()) {
        Ok(items) => items,
        Err(root) if is_record(&root, mapping) => vec![root],
        Err(root) => return Err(no_list(file, &root, mapping)),
    };
    let mut sheet = Sheet::default();
    for (item, at) in items.into_iter().zip(1..) {
        if item.is_object() {
            sheet.push(at, item)?;
        } else {
            sheet.refusals.add(RefusalReason::Unreadable, "a record is not a JSON object", at);
        }
    }
    Ok(sheet)
}

/// The list of a document: the document itself, or what stands where the mapping looks. The document if it has none.
pub(super) fn items(root: Value, records: Option<&Place>) -> Result<Vec<Value>, Value> {
    match root {
        Value::Array(items) => Ok(items),
        root => match records.and_then(|place| place.items(&root)) {
            Some(items) => Ok(items.into_iter().cloned().collect()),
            None => Err(root),
        },
    }
}

fn lines_under_another_name(text: &str) -> Result<Sheet, Fail> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if serde_json::from_str::<Value>(first).is_ok_and(|value| value.is_object()) {
        return lines(text.as_bytes());
    }
    Err(Fail::Refuse(RefusalReason::Unreadable, "it is not JSON, or nested too deeply"))
}

fn is_record(root: &Value, mapping: &Mapping) -> bool {
    mapping.fields.get(&Name::Id).is_some_and(|id| id.from.iter().any(|place| !place.values(root).is_empty()))
}

fn no_list(file: &str, root: &Value, mapping: &Mapping) -> Fail {
    if !mapping.own || !root.is_object() {
        return Fail::Refuse(RefusalReason::Unreadable, "it holds no list of records where the profile looks for it");
    }
    let lists = root.as_object().into_iter().flatten().filter(|(_, value)| value.is_array());
    let key = lists.map(|(key, _)| key).find_map(|key| super::label::plain_id(key));
    let key = key.unwrap_or_else(|| "incidents".to_owned());
    let problem = Problem::input(mapping.target.cannot_read(), "it holds no list of records where the mapping looks")
        .in_file(file)
        .help(format!("add records = \"$.{key}[*]\" to {}", mapping.name));
    Fail::Stop(Box::new(problem))
}
