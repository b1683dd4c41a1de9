//! `tables/*.csv` (RFC 4180) and the Frictionless descriptor that documents them.
//!
//! Text cells a spreadsheet would run as a formula get a leading apostrophe
//! (<https://owasp.org/www-community/attacks/CSV_Injection>); numbers never do.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{digest, json, path};
use crate::error::{Problem, is_hidden};
use crate::report::v1::{Cell, Report, Table};

/// Adds one CSV file a table, and `tables/datapackage.json` when there is any.
pub(super) fn add(report: &Report, lang: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Problem> {
    let mut resources = Vec::new();
    for table in &report.tables {
        let name = format!("{}.csv", table.id);
        let path = format!("tables/{name}");
        path::check_name(&name)?;
        let bytes = table_csv(table)?;
        resources.push(resource(table, &name, lang, &bytes));
        if files.insert(path, bytes).is_some() {
            return Err(Problem::input("cannot write the report", format!("two tables are called `{}`", table.id)));
        }
    }
    if !resources.is_empty() {
        files.insert("tables/datapackage.json".into(), json::pretty(&package(report, &resources))?);
    }
    Ok(())
}

fn table_csv(table: &Table) -> Result<Vec<u8>, Problem> {
    let broken = |e: csv::Error| Problem::internal("cannot write a table", e.to_string());
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|column| neutral(&column.id))).map_err(broken)?;
    for row in &table.rows {
        if row.len() != table.columns.len() {
            return Err(Problem::input(
                "cannot write the report",
                format!("a row of `{}` is too long or too short", table.id),
            ));
        }
        writer.write_record(row.iter().map(cell)).map_err(broken)?;
    }
    writer.into_inner().map_err(|e| Problem::internal("cannot write a table", e.to_string()))
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => neutral(text),
    }
}

/// A cell that no spreadsheet runs and no terminal obeys.
fn neutral(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let steers = |c: char| is_hidden(c) && c != '\t' && c != '\r';
    let text: String = text.chars().map(|c| if steers(c) { '\u{FFFD}' } else { c }).collect();
    if risky && text.parse::<f64>().is_err() { format!("'{text}") } else { text }
}

/// A resource of the Data Package specification 1.0 (<https://specs.frictionlessdata.io/data-resource/>).
fn resource(table: &Table, path: &str, lang: &str, bytes: &[u8]) -> Value {
    let said = |prose: &crate::report::v1::Prose| prose.text.get(lang).cloned().unwrap_or_default();
    let fields: Vec<Value> = table
        .columns
        .iter()
        .map(|column| {
            let kind = if column.numeric { "number" } else { "string" };
            json!({ "name": column.id, "type": kind, "title": said(&column.title) })
        })
        .collect();
    json!({
        "name": table.id.to_ascii_lowercase(),
        "path": path,
        "profile": "tabular-data-resource",
        "title": said(&table.title),
        "description": said(&table.note),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": bytes.len(),
        "hash": format!("sha256:{}", digest::hex(bytes)),
        "schema": { "fields": fields, "missingValues": ["", "unknown", "withheld"] },
    })
}

fn package(report: &Report, resources: &[Value]) -> Value {
    json!({
        "profile": "tabular-data-package",
        "name": "countersign-tables",
        "title": format!("{}, {}", report.organisation, report.period.label),
        "description": "The tables of the report. A cell holds exactly `withheld` where a small group is protected and \
            `unknown` where data is missing; neither means zero. A text cell that begins with = + - @, a tab or a \
            carriage return has a leading apostrophe, so that no spreadsheet runs it as a formula; numbers are left \
            as they are.",
        "resources": resources,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn formulas_are_neutralised_and_numbers_are_not() {
        for hostile in ["=cmd|' /C calc'!A0", "+x", "-x", "@SUM(1)", "\t=1", "\r=1", "=1+1"] {
            assert_eq!(neutral(hostile), format!("'{hostile}"));
        }
        for harmless in ["-5", "+0.5", "withheld", "a=b", ""] {
            assert_eq!(neutral(harmless), harmless);
        }
        assert_eq!(cell(&Cell::Number(-12.0)), "-12");
        assert_eq!(neutral("a\u{1b}[31m\u{202e}.env"), "a\u{fffd}[31m\u{fffd}.env");
    }

    #[test]
    fn every_table_is_described_with_its_digest_and_size() {
        let mut files = BTreeMap::new();
        add(&sample::sample(), "en", &mut files).unwrap();
        let package: Value = serde_json::from_slice(&files["tables/datapackage.json"]).unwrap();
        let resources = package["resources"].as_array().unwrap();
        assert_eq!(resources.len() + 1, files.len());
        for resource in resources {
            let bytes = &files[&format!("tables/{}", resource["path"].as_str().unwrap())];
            assert_eq!(resource["bytes"], bytes.len());
            assert_eq!(resource["hash"], format!("sha256:{}", digest::hex(bytes)));
        }
    }

    #[test]
    fn a_table_reads_back_as_it_was() {
        let mut files = BTreeMap::new();
        add(&sample::sample(), "en", &mut files).unwrap();
        let text = String::from_utf8(files["tables/ai-tools.csv"].clone()).unwrap();
        assert!(text.starts_with("tool,changes,reverts\r\n"), "{text}");
        assert!(text.contains("\r\n'=cmd|' /C calc'!A0,3,withheld\r\n"), "{text}");
    }

    #[test]
    fn a_table_name_cannot_leave_the_folder() {
        for id in ["../x", "a/b", "", "ä", ".hidden", "a b"] {
            let mut report = sample::sample();
            report.tables[0].id = id.into();
            assert!(add(&report, "en", &mut BTreeMap::new()).is_err(), "{id}");
        }
    }
}
