//! Rows of a CSV export: only the columns that the mapping reads are kept, invalid UTF-8 is replaced when they are.

use std::collections::BTreeSet;

use super::mapping::Mapping;
use super::table::{Cells, Fail, Table};
use crate::facts::input::RefusalReason;

/// More columns than this are no header.
const MOST_COLUMNS: usize = 10_000;

/// Reads the header and the rows; rows of another width are refused.
pub(super) fn read(bytes: &[u8], mapping: &Mapping) -> Result<Table, Fail> {
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
            header(&record, mapping, &mut table)?;
        } else if record.len() == width {
            // A new record: a clone would carry the buffer of the longest record so far.
            let cells = table.kept.iter().filter_map(|column| record.get(*column)).collect();
            table.push(at, Cells::Csv(cells))?;
        } else {
            table.refusals.add(RefusalReason::Unreadable, "a row has more or fewer cells than the header", at);
        }
    }
    if width == 0 {
        return Err(Fail::Refuse(RefusalReason::Unreadable, "it has no header row"));
    }
    Ok(table)
}

fn header(record: &csv::ByteRecord, mapping: &Mapping, table: &mut Table) -> Result<(), Fail> {
    if record.len() > MOST_COLUMNS {
        return Err(Fail::Refuse(RefusalReason::TooLarge, "it has more than ten thousand columns"));
    }
    for (column, cell) in record.iter().enumerate() {
        table.headers.entry(String::from_utf8_lossy(cell).trim().to_owned()).or_default().push(column);
    }
    let fields = mapping.fields.values().flat_map(|field| &field.from);
    let collapse = mapping.collapse.iter().flat_map(|collapse| [Some(&collapse.key), collapse.order_by.as_ref()]);
    let places = fields.chain(collapse.flatten());
    let kept: BTreeSet<usize> = places.flat_map(|place| table.columns(place)).collect();
    table.kept = kept.into_iter().collect();
    Ok(())
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
