//! Records of one export before they mean anything: CSV rows or JSON objects, each with its place in the file.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::mapping::Mapping;
use super::path::{Place, scalar};
use super::raw::RawFormat;
use super::{columns, personal};
use crate::error::Problem;
use crate::facts::input::RefusalReason;

/// Why something could not be used.
pub(super) enum Fail {
    /// It is counted and shown, and the run goes on.
    Refuse(RefusalReason, &'static str),
    /// The user has to act.
    Stop(Box<Problem>),
}

impl From<Problem> for Fail {
    fn from(problem: Problem) -> Self {
        Self::Stop(Box::new(problem))
    }
}

/// Refused records by reason: the first place and how many.
#[derive(Default)]
pub(super) struct Refusals(pub(super) BTreeMap<(RefusalReason, &'static str), (u64, u64)>);

impl Refusals {
    pub(super) fn add(&mut self, reason: RefusalReason, detail: &'static str, at: u64) {
        self.0.entry((reason, detail)).or_insert((at, 0)).1 += 1;
    }
}

/// One record.
pub(super) struct Row {
    /// Line for CSV and JSONL, position for JSON, from 1.
    pub(super) at: u64,
    cells: Cells,
}

enum Cells {
    Csv(csv::ByteRecord),
    Json(Value),
}

/// All records of an export.
#[derive(Default)]
pub(super) struct Table {
    /// Columns of a CSV export by header, trimmed; empty for JSON.
    pub(super) headers: BTreeMap<String, Vec<usize>>,
    pub(super) rows: Vec<Row>,
    pub(super) refusals: Refusals,
    /// `at` counts lines, so that a message may say so.
    pub(super) at_is_line: bool,
    /// Columns or keys that hold personal data.
    pub(super) personal: BTreeSet<String>,
}

impl Table {
    /// Reads the records of a file.
    pub(super) fn read(file: &str, bytes: &[u8], mapping: &Mapping) -> Result<Self, Fail> {
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(Fail::Refuse(RefusalReason::Unreadable, "it is UTF-16; save it as UTF-8"));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut table = match mapping.format {
            RawFormat::Csv => csv_rows(bytes, mapping)?,
            RawFormat::Jsonl => jsonl_rows(bytes),
            RawFormat::Json => json_rows(file, bytes, mapping)?,
        };
        columns::check(file, &table, mapping)?;
        table.find_personal(mapping);
        Ok(table)
    }

    /// The texts at a place, trimmed, without empty ones.
    pub(super) fn texts(&self, row: &Row, place: &Place) -> Vec<String> {
        let texts: Vec<String> = match &row.cells {
            Cells::Csv(record) => {
                let cells = self.columns(place).into_iter().filter_map(|column| record.get(column));
                cells.map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect()
            }
            Cells::Json(value) => {
                place.values(value).into_iter().filter_map(scalar).map(|text| text.trim().to_owned()).collect()
            }
        };
        texts.into_iter().filter(|text| !text.is_empty()).collect()
    }

    /// Columns that a place means.
    pub(super) fn columns(&self, place: &Place) -> Vec<usize> {
        if let Some(columns) = self.headers.get(&place.text) {
            return columns.iter().copied().take(1).collect();
        }
        let (name, which) = place.column();
        let columns = self.headers.get(name).map(Vec::as_slice).unwrap_or_default();
        match which {
            Some((first, true)) => columns.iter().copied().skip(first).collect(),
            Some((nth, false)) => columns.get(nth).copied().into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// Whether any record has the place, with or without a value.
    pub(super) fn has(&self, place: &Place) -> bool {
        let in_json = |row: &Row| matches!(&row.cells, Cells::Json(value) if !place.values(value).is_empty());
        !self.columns(place).is_empty() || self.rows.iter().any(in_json)
    }

    /// Keys at the top of the records of a JSON export, for "did you mean".
    pub(super) fn keys(&self) -> BTreeSet<&str> {
        let objects = self.rows.iter().filter_map(|row| match &row.cells {
            Cells::Json(value) => value.as_object(),
            Cells::Csv(_) => None,
        });
        objects.take(100).flat_map(|object| object.keys().map(String::as_str)).collect()
    }

    fn find_personal(&mut self, mapping: &Mapping) {
        let mut found: BTreeSet<String> = self.headers.keys().filter(|h| personal::is_personal(h)).cloned().collect();
        for row in &self.rows {
            if let Cells::Json(value) = &row.cells {
                personal::keys_in(value, &mut found);
            }
        }
        let people = mapping.fields.get("responders").map(|field| field.from.clone()).unwrap_or_default();
        let dropped = mapping.drop.iter().map(|text| Place::new(text));
        for place in people.into_iter().chain(dropped).filter(|place| self.has(place)) {
            found.insert(place.last_key().to_owned());
        }
        self.personal = found;
    }
}

fn csv_rows(bytes: &[u8], mapping: &Mapping) -> Result<Table, Fail> {
    let delimiter = mapping.delimiter.unwrap_or_else(|| likely_delimiter(bytes));
    let mut reader = csv_reader(bytes, delimiter);
    let mut table = Table { at_is_line: true, ..Table::default() };
    let mut record = csv::ByteRecord::new();
    let mut lines = Lines { bytes, counted: 0, line: 1 };
    let mut width = 0;
    // Reading from memory cannot fail, and records of any length and any bytes are accepted.
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let at = lines.of(record.position().map_or(0, csv::Position::byte));
        if width == 0 {
            width = record.len();
            for (column, cell) in record.iter().enumerate() {
                table.headers.entry(String::from_utf8_lossy(cell).trim().to_owned()).or_default().push(column);
            }
        } else if record.len() == width {
            table.rows.push(Row { at, cells: Cells::Csv(record.clone()) });
        } else {
            table.refusals.add(RefusalReason::Unreadable, "a row has more or fewer cells than the header", at);
        }
    }
    if width == 0 {
        return Err(Fail::Refuse(RefusalReason::Unreadable, "it has no header row"));
    }
    Ok(table)
}

fn csv_reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes)
}

/// The delimiter that gives the header most cells; spreadsheets in many countries write `;`.
fn likely_delimiter(bytes: &[u8]) -> u8 {
    let cells =
        |delimiter: u8| csv_reader(bytes, delimiter).byte_records().next().and_then(Result::ok).map_or(0, |r| r.len());
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| cells(*delimiter)).unwrap_or(b',')
}

/// Lines of byte offsets that only grow. The reader's own count is that of the end of the record before, which with
/// `\r\n` is one line short.
struct Lines<'a> {
    bytes: &'a [u8],
    counted: usize,
    line: u64,
}

impl Lines<'_> {
    fn of(&mut self, offset: u64) -> u64 {
        let from = usize::try_from(offset).unwrap_or(usize::MAX).clamp(self.counted, self.bytes.len());
        let blank = self.bytes[from..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let start = from + blank;
        self.line += self.bytes[self.counted..start].split(|byte| *byte == b'\n').count() as u64 - 1;
        self.counted = start;
        self.line
    }
}

fn jsonl_rows(bytes: &[u8]) -> Table {
    let mut table = Table { at_is_line: true, ..Table::default() };
    for (line, at) in bytes.split(|byte| *byte == b'\n').zip(1..) {
        let text = String::from_utf8_lossy(line);
        if text.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Value>(&text) {
            Ok(value) if value.is_object() => table.rows.push(Row { at, cells: Cells::Json(value) }),
            _ => table.refusals.add(RefusalReason::Unreadable, "a line is not a JSON object", at),
        }
    }
    table
}

/// A list, an object that holds the list, a single record, or JSONL under the name of JSON.
fn json_rows(file: &str, bytes: &[u8], mapping: &Mapping) -> Result<Table, Fail> {
    let text = String::from_utf8_lossy(bytes);
    let Ok(root) = serde_json::from_str::<Value>(&text) else {
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        return if serde_json::from_str::<Value>(first).is_ok_and(|value| value.is_object()) {
            Ok(jsonl_rows(bytes))
        } else {
            Err(Fail::Refuse(RefusalReason::Unreadable, "it is not JSON, or nested too deeply"))
        };
    };
    let items = match &root {
        Value::Array(items) => items.clone(),
        _ => match mapping.records.as_ref().and_then(|place| place.items(&root)) {
            Some(items) => items.into_iter().cloned().collect(),
            None if is_record(&root, mapping) => vec![root],
            None => return Err(no_list(file, &root, mapping)),
        },
    };
    let mut table = Table::default();
    for (item, at) in items.into_iter().zip(1..) {
        if item.is_object() {
            table.rows.push(Row { at, cells: Cells::Json(item) });
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
