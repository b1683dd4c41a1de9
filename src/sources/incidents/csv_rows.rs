//! Rows of a CSV export, one at a time: only the columns that the mapping reads are kept, invalid UTF-8 is replaced
//! when they are.

use std::collections::BTreeSet;
use std::io::{Chain, Cursor, Read};

use super::lines::Counted;
use super::mapping::Mapping;
use super::path::Place;
use super::sheet::{Cells, Fail, MOST_RECORDS, Row, Sheet, TOO_MANY};
use crate::facts::input::RefusalReason;

/// More columns than this are no header.
const MOST_COLUMNS: usize = 10_000;

/// So much of the file is looked at to find the delimiter.
const HEAD: u64 = 1 << 16;

/// A file whose first bytes were looked at.
pub(super) type Source<R> = Chain<Cursor<Vec<u8>>, R>;

/// The rows behind the header.
pub(super) struct Rows<R: Read> {
    reader: csv::Reader<Counted<Source<R>>>,
    record: csv::ByteRecord,
    width: usize,
    kept: Vec<usize>,
    read: u64,
}

/// Reads the header; the rows follow one by one.
pub(super) fn open<R: Read>(mut file: R, mapping: &Mapping) -> Result<(Sheet, Rows<R>), Fail> {
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head).map_err(|_| STOPPED)?;
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(Fail::Refuse(RefusalReason::Unreadable, "it is UTF-16; save it as UTF-8"));
    }
    let delimiter = mapping.delimiter.unwrap_or_else(|| likely_delimiter(&head));
    let mut reader = csv_reader(Counted::new(Cursor::new(head).chain(file)), delimiter);
    let mut record = csv::ByteRecord::new();
    if !reader.read_byte_record(&mut record).map_err(|_| STOPPED)? {
        return Err(Fail::Refuse(RefusalReason::Unreadable, "it has no header row"));
    }
    let sheet = header(&record, mapping)?;
    let (width, kept) = (record.len(), sheet.kept.clone());
    Ok((sheet, Rows { reader, record, width, kept, read: 0 }))
}

const STOPPED: Fail = Fail::Refuse(RefusalReason::Unreadable, "reading stopped before its end");

impl<R: Read> Rows<R> {
    /// The next row of the header's width, in the buffers of a row that is done with; rows of another width are refused.
    pub(super) fn next(&mut self, sheet: &mut Sheet, done: Option<Row>) -> Result<Option<Row>, Fail> {
        while self.reader.read_byte_record(&mut self.record).map_err(|_| STOPPED)? {
            self.read += 1;
            if self.read > MOST_RECORDS {
                return Err(TOO_MANY);
            }
            let start = self.record.position().map_or(0, csv::Position::byte);
            let at = self.reader.get_mut().line_of(start);
            if self.record.len() == self.width {
                // Only the cells that are read: a clone would carry the buffer of the longest record so far.
                let mut cells = match done {
                    Some(Row { cells: Cells::Csv(cells), .. }) => cells,
                    _ => csv::ByteRecord::new(),
                };
                cells.clear();
                cells.extend(self.kept.iter().filter_map(|column| self.record.get(*column)));
                return Ok(Some(Row { at, cells: Cells::Csv(cells) }));
            }
            sheet.refusals.add(RefusalReason::Unreadable, "a row has more or fewer cells than the header", at);
        }
        Ok(None)
    }

    /// SHA-256 of the whole file.
    pub(super) fn digest(self) -> String {
        self.reader.into_inner().digest()
    }
}

fn header(record: &csv::ByteRecord, mapping: &Mapping) -> Result<Sheet, Fail> {
    if record.len() > MOST_COLUMNS {
        return Err(Fail::Refuse(RefusalReason::TooLarge, "it has more than ten thousand columns"));
    }
    let mut sheet = Sheet { at_is_line: true, ..Sheet::default() };
    for (column, cell) in record.iter().enumerate() {
        let text = String::from_utf8_lossy(cell);
        let text = if column == 0 { text.trim_start_matches('\u{feff}') } else { &text };
        sheet.headers.entry(text.trim().to_owned()).or_default().push(column);
    }
    let collapse = mapping.collapse.iter().flat_map(|collapse| [Some(&collapse.key), collapse.order_by.as_ref()]);
    let places: Vec<&Place> = mapping.places().chain(collapse.flatten()).collect();
    let kept: BTreeSet<usize> = places.into_iter().flat_map(|place| sheet.columns(place)).collect();
    sheet.kept = kept.into_iter().collect();
    Ok(sheet)
}

fn csv_reader<R: Read>(file: R, delimiter: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(file)
}

/// The delimiter that gives the header most cells; spreadsheets in many countries write `;`.
fn likely_delimiter(bytes: &[u8]) -> u8 {
    let cells =
        |delimiter: u8| csv_reader(bytes, delimiter).byte_records().next().and_then(Result::ok).map_or(0, |r| r.len());
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| cells(*delimiter)).unwrap_or(b',')
}
