//! Files that stand beside an export: their records are looked up by the key that both share.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::mapping::{Mapping, Side};
use super::path::{Place, scalar};
use super::raw::RawFormat;
use super::sheet::{Cells, Fail};
use super::{json_rows, personal};
use crate::facts::input::RefusalReason;
use crate::sources::{Lookup, bounded};

/// Largest second file, which is held in memory as it is: 128 MiB.
const LARGEST_SIDE: u64 = 128 << 20;

/// The records of one second file by their key, each list in the order of the file.
#[derive(Default)]
pub(super) struct Joined {
    by_key: Lookup<String, Vec<Value>>,
    /// Records that say nowhere what they belong to.
    pub(super) astray: u64,
    pub(super) records: u64,
    /// Keys that hold personal data.
    pub(super) personal: BTreeSet<String>,
}

impl Joined {
    /// The records that belong to a key.
    pub(super) fn of(&self, key: &str) -> &[Value] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }
}

/// Why a second file could not be read.
pub(super) type Refusal = (RefusalReason, String);

/// Reads a second file, with its digest.
pub(super) fn read(path: &Path, file: &str, mapping: &Mapping, side: &Side) -> Result<(Joined, String), Refusal> {
    let bytes = bounded(path, LARGEST_SIDE)?;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let values = match side.format {
        RawFormat::Csv => csv(text, mapping.delimiter)?,
        RawFormat::Json | RawFormat::Jsonl => json(file, text, mapping, side)?,
    };
    let mut joined = Joined { records: values.len() as u64, ..Joined::default() };
    for value in values {
        personal::keys_in(&value, &mut joined.personal);
        match key(&value, &side.key) {
            Some(key) => joined.by_key.or_insert(key, Vec::new()).push(value),
            None => joined.astray += 1,
        }
    }
    Ok((joined, crate::sources::sha256_hex(&bytes)))
}

fn key(value: &Value, place: &Place) -> Option<String> {
    let texts = place.values(value).into_iter().filter_map(scalar).map(|text| text.trim().to_owned());
    texts.into_iter().find(|text| !text.is_empty())
}

fn json(file: &str, text: &[u8], mapping: &Mapping, side: &Side) -> Result<Vec<Value>, Refusal> {
    let list =
        serde_json::from_slice::<Value>(text).ok().and_then(|root| json_rows::items(root, side.records.as_ref()).ok());
    if let Some(list) = list {
        return Ok(list);
    }
    let sheet = match side.format {
        RawFormat::Jsonl => json_rows::lines(text),
        _ => json_rows::read(file, text, mapping),
    };
    match sheet {
        Ok(sheet) => Ok(sheet.rows.into_iter().filter_map(|row| into_json(row.cells)).collect()),
        Err(Fail::Refuse(reason, detail)) => Err((reason, detail.to_owned())),
        Err(Fail::Stop(_)) => Err((RefusalReason::Unreadable, "it holds no list of records".to_owned())),
    }
}

fn into_json(cells: Cells) -> Option<Value> {
    match cells {
        Cells::Json(value) => Some(value),
        Cells::Csv(_) => None,
    }
}

/// Rows as objects: a second file is small beside the export, and its places are those of JSON.
fn csv(text: &[u8], delimiter: Option<u8>) -> Result<Vec<Value>, Refusal> {
    let unreadable = |why: &str| (RefusalReason::Unreadable, why.to_owned());
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter.unwrap_or(b',')).flexible(true).from_reader(text);
    let headers = reader.byte_headers().map_err(|_| unreadable("it has no header row"))?;
    let headers: Vec<String> = headers.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
    let rows = reader.byte_records().filter_map(Result::ok).map(|row| {
        let cells = headers.iter().cloned().zip(row.iter().map(|cell| Value::from(String::from_utf8_lossy(cell))));
        Value::Object(cells.collect())
    });
    Ok(rows.collect())
}

/// All second files of an export, by name.
pub(super) type Sides = BTreeMap<String, Joined>;
