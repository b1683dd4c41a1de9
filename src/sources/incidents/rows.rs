//! Reads the records of an export by the reader of its format.

use super::mapping::Mapping;
use super::raw::RawFormat;
use super::table::{Fail, Table};
use super::{columns, csv_rows, json_rows};
use crate::facts::input::RefusalReason;

/// Reads the records of a file.
pub(super) fn read(file: &str, bytes: &[u8], mapping: &Mapping) -> Result<Table, Fail> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Fail::Refuse(RefusalReason::Unreadable, "it is UTF-16; save it as UTF-8"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut table = match mapping.format {
        RawFormat::Csv => csv_rows::read(bytes, mapping)?,
        RawFormat::Jsonl => json_rows::lines(bytes)?,
        RawFormat::Json => json_rows::read(file, bytes, mapping)?,
    };
    columns::check(file, &table, mapping)?;
    table.find_personal(mapping);
    Ok(table)
}
