//! Records of a JSON document or of JSON Lines. The nesting limit of the parser stays on.

use serde_json::Value;

use super::mapping::Mapping;
use super::table::{Cells, Fail, Table};
use crate::error::Problem;
use crate::facts::input::RefusalReason;

/// Reads JSON Lines; a line that is no object is refused.
pub(super) fn lines(bytes: &[u8]) -> Result<Table, Fail> {
    let mut table = Table { at_is_line: true, ..Table::default() };
    for (line, at) in bytes.split(|byte| *byte == b'\n').zip(1..) {
        let text = String::from_utf8_lossy(line);
        if text.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Value>(&text) {
            Ok(value) if value.is_object() => table.push(at, Cells::Json(value))?,
            _ => table.refusals.add(RefusalReason::Unreadable, "a line is not a JSON object", at),
        }
    }
    Ok(table)
}

/// A list, an object that holds the list, a single record, or JSONL under the name of JSON.
pub(super) fn read(file: &str, bytes: &[u8], mapping: &Mapping) -> Result<Table, Fail> {
    let text = String::from_utf8_lossy(bytes);
    let Ok(root) = serde_json::from_str::<Value>(&text) else {
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        return if serde_json::from_str::<Value>(first).is_ok_and(|value| value.is_object()) {
            lines(bytes)
        } else {
            Err(Fail::Refuse(RefusalReason::Unreadable, "it is not JSON, or nested too deeply"))
        };
    };
    let items = match root {
        Value::Array(items) => items,
        root => match mapping.records.as_ref().and_then(|place| place.items(&root)) {
            Some(items) => items.into_iter().cloned().collect(),
            None if is_record(&root, mapping) => vec![root],
            None => return Err(no_list(file, &root, mapping)),
        },
    };
    let mut table = Table::default();
    for (item, at) in items.into_iter().zip(1..) {
        if item.is_object() {
            table.push(at, Cells::Json(item))?;
        } else {
            table.refusals.add(RefusalReason::Unreadable, "a record is not a JSON object", at);
        }
    }
    Ok(table)
}

fn is_record(root: &Value, mapping: &Mapping) -> bool {
    mapping.fields.get("id").is_some_and(|id| id.from.iter().any(|place| !place.values(root).is_empty()))
}

fn no_list(file: &str, root: &Value, mapping: &Mapping) -> Fail {
    if !mapping.own || !root.is_object() {
        return Fail::Refuse(RefusalReason::Unreadable, "it holds no list of records where the profile looks for it");
    }
    let lists = root.as_object().into_iter().flatten().filter(|(_, value)| value.is_array());
    let key = lists.map(|(key, _)| key).find_map(|key| super::label::plain_id(key));
    let key = key.unwrap_or_else(|| "incidents".to_owned());
    let problem =
        Problem::input("cannot read an incident export", "it holds no list of records where the mapping looks")
            .in_file(file)
            .help(format!("add records = \"$.{key}[*]\" to {}", mapping.name));
    Fail::Stop(Box::new(problem))
}
