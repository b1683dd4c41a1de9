//! An export before its records mean anything: CSV rows or JSON objects, each with its place in the file.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::mapping::Mapping;
use super::path::Place;
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

    /// Adds those of another list; the first place of each reason counts.
    pub(super) fn join(&mut self, others: Self) {
        for (why, (at, count)) in others.0 {
            let known = self.0.entry(why).or_insert((at, 0));
            *known = (known.0.min(at), known.1 + count);
        }
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
    /// The cells of the columns that the mapping reads, in the order of [`Sheet::kept`].
    Csv(csv::ByteRecord),
    /// The whole object.
    Json(Value),
}

impl Cells {
    /// The object of a JSON record.
    pub(super) fn json(&self) -> Option<&Value> {
        match self {
            Self::Json(value) => Some(value),
            Self::Csv(_) => None,
        }
    }
}

/// More records or columns than this are no incident export: a list of empty records would fill the memory.
pub(super) const MOST_RECORDS: u64 = if cfg!(test) { 5_000 } else { 2_000_000 };

/// The reason for refusing them.
pub(super) const TOO_MANY: Fail = Fail::Refuse(RefusalReason::TooLarge, "it has more than two million records");

/// What is known of an export before its records are converted. CSV rows are read one by one afterwards.
#[derive(Default)]
pub(super) struct Sheet {
    /// Columns of a CSV export by header, trimmed; empty for JSON.
    pub(super) headers: BTreeMap<String, Vec<usize>>,
    /// Columns whose cells are kept, in the order of the file; other columns are never kept.
    pub(super) kept: Vec<usize>,
    /// Records of a JSON export.
    pub(super) rows: Vec<Row>,
    pub(super) refusals: Refusals,
    /// `at` counts lines, so that a message may say so.
    pub(super) at_is_line: bool,
    /// Columns or keys that hold personal data.
    pub(super) personal: BTreeSet<String>,
}

impl Sheet {
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

    /// The same as places in a row's cells.
    pub(super) fn cells(&self, place: &Place) -> Vec<usize> {
        self.columns(place).into_iter().filter_map(|column| self.kept.binary_search(&column).ok()).collect()
    }

    /// Whether any record has the place, with or without a value.
    pub(super) fn has(&self, place: &Place) -> bool {
        let in_json = |row: &Row| row.cells.json().is_some_and(|value| !place.values(value).is_empty());
        !self.columns(place).is_empty() || self.rows.iter().any(in_json)
    }

    /// Keys at the top of the records of a JSON export, for "did you mean".
    pub(super) fn keys(&self) -> BTreeSet<&str> {
        let objects = self.rows.iter().filter_map(|row| row.cells.json()?.as_object());
        objects.take(100).flat_map(|object| object.keys().map(String::as_str)).collect()
    }

    /// Adds a record, up to a number no organisation has.
    pub(super) fn push(&mut self, at: u64, value: Value) -> Result<(), Fail> {
        if self.rows.len() as u64 == MOST_RECORDS {
            return Err(TOO_MANY);
        }
        self.rows.push(Row { at, cells: Cells::Json(value) });
        Ok(())
    }

    /// Notes which columns or keys hold personal data.
    pub(super) fn find_personal(&mut self, mapping: &Mapping) {
        let mut found: BTreeSet<String> = self.headers.keys().filter(|h| personal::is_personal(h)).cloned().collect();
        for value in self.rows.iter().filter_map(|row| row.cells.json()) {
            personal::keys_in(value, &mut found);
        }
        let people = mapping.fields.values().filter(|field| field.name == super::fields::Name::Responders);
        let people = people.flat_map(|field| field.from.iter().cloned());
        let dropped = mapping.drop.iter().map(|text| Place::new(text));
        for place in people.chain(dropped).filter(|place| self.has(place)) {
            found.insert(place.last_key().to_owned());
        }
        self.personal = found;
    }
}
