//! Records of one export before they mean anything: CSV rows or JSON objects, each with its place in the file.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::mapping::Mapping;
use super::path::{Place, scalar};
use super::personal;
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
    pub(super) cells: Cells,
}

/// What a record holds.
pub(super) enum Cells {
    /// The cells of the columns that the mapping reads, in the order of [`Table::kept`].
    Csv(csv::ByteRecord),
    /// The whole object.
    Json(Value),
}

/// More records or columns than this are no incident export: a list of empty records would fill the memory.
pub(super) const MOST_RECORDS: usize = 1_000_000;

/// All records of an export.
#[derive(Default)]
pub(super) struct Table {
    /// Columns of a CSV export by header, trimmed; empty for JSON.
    pub(super) headers: BTreeMap<String, Vec<usize>>,
    /// Columns whose cells are kept, in the order of the file; other columns are never kept.
    pub(super) kept: Vec<usize>,
    pub(super) rows: Vec<Row>,
    pub(super) refusals: Refusals,
    /// `at` counts lines, so that a message may say so.
    pub(super) at_is_line: bool,
    /// Columns or keys that hold personal data.
    pub(super) personal: BTreeSet<String>,
}

impl Table {
    /// The texts at a place, trimmed, without empty ones.
    pub(super) fn texts(&self, row: &Row, place: &Place) -> Vec<String> {
        let texts: Vec<String> = match &row.cells {
            Cells::Csv(record) => {
                let cells = self
                    .columns(place)
                    .into_iter()
                    .filter_map(|column| record.get(self.kept.binary_search(&column).ok()?));
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

    /// Adds a record, up to a number no organisation has.
    pub(super) fn push(&mut self, at: u64, cells: Cells) -> Result<(), Fail> {
        if self.rows.len() == MOST_RECORDS {
            return Err(Fail::Refuse(RefusalReason::TooLarge, "it has more than a million records"));
        }
        self.rows.push(Row { at, cells });
        Ok(())
    }

    /// Notes which columns or keys hold personal data.
    pub(super) fn find_personal(&mut self, mapping: &Mapping) {
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
