//! `report.json`: written so that reading it back and writing it again gives the same bytes.
//!
//! Whole numbers carry no `.0`, other numbers at most twelve significant digits: `serde_json` may read the last of
//! seventeen digits one step off (its feature `float_roundtrip`), and no figure of an audit is that sharp.

use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;

use serde::Serialize;
use serde_json::{Number, Value};

use crate::error::{Problem, is_hidden};
use crate::report::v1::{Report, SCHEMA};

/// Largest `report.json` that is read, in bytes: 256 MiB.
const LARGEST: u64 = 256 << 20;

/// Largest whole number a double holds exactly: 2^53.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Any value as indented JSON with a final newline.
pub(super) fn pretty(value: &impl Serialize) -> Result<Vec<u8>, Problem> {
    let broken = |e: serde_json::Error| Problem::internal("cannot write JSON", e.to_string());
    let mut tree = serde_json::to_value(value).map_err(broken)?;
    tidy(&mut tree);
    let mut text = escaped(&serde_json::to_string_pretty(&tree).map_err(broken)?);
    text.push('\n');
    Ok(text.into_bytes())
}

/// Hidden characters stand only inside strings, where their escape means the same and shows them (RFC 8259, section 7).
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if is_hidden(c) {
            // None of them lies outside the basic plane, so that four digits are enough.
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    text
}

fn tidy(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => *number = tidy_number(number),
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(fields) => fields.values_mut().for_each(tidy),
        _ => {}
    }
}

#[expect(clippy::cast_possible_truncation, reason = "only whole numbers of at most 2^53 are converted")]
fn tidy_number(number: &Number) -> Number {
    let Some(value) = number.as_f64() else { return number.clone() };
    if value.fract() == 0.0 && value.abs() <= EXACT {
        return Number::from(value as i64);
    }
    format!("{value:.11e}").parse().ok().and_then(Number::from_f64).unwrap_or_else(|| number.clone())
}

/// Reads a `report.json`, or the one in a report folder.
pub fn read_report(path: &Path) -> Result<Report, Problem> {
    let path = if path.is_dir() { path.join("report.json") } else { path.to_path_buf() };
    let shown = path.display().to_string();
    let problem = |why: String| {
        Problem::input("cannot read the report", why)
            .in_file(&shown)
            .help("name a report.json that `countersign audit` wrote")
    };
    let bytes = bounded(&path).map_err(problem)?;
    let tree: Value = serde_json::from_slice(&bytes).map_err(|e| problem(e.to_string()).at_json(&shown, &e))?;
    match tree.get("schema").and_then(Value::as_str) {
        Some(SCHEMA) => {}
        Some(_) => return Err(problem(format!("its `schema` is not `{SCHEMA}`"))),
        None => return Err(problem("it has no `schema`, so it is not a report".into())),
    }
    // From the bytes once more, not from the tree: only then an error knows its line.
    serde_json::from_slice(&bytes).map_err(|e| problem(e.to_string()).at_json(&shown, &e))
}

fn bounded(path: &Path) -> Result<Vec<u8>, String> {
    let meta = std::fs::symlink_metadata(path).map_err(|e| e.to_string())?;
    if !meta.is_file() {
        return Err("it is a link, a pipe or a device, not a file".into());
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|e| e.to_string())?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    if bytes.len() as u64 > LARGEST { Err(format!("it has more than {LARGEST} bytes")) } else { Ok(bytes) }
}

trait AtJson {
    fn at_json(self, file: &str, error: &serde_json::Error) -> Self;
}

impl AtJson for Problem {
    fn at_json(self, file: &str, error: &serde_json::Error) -> Self {
        // Data errors quote the value that is wrong; a report may be someone else's, so only the place is given.
        let why = match error.classify() {
            serde_json::error::Category::Data => "a field is missing or has the wrong type",
            serde_json::error::Category::Eof => "it ends in the middle",
            _ => "it is not JSON",
        };
        Self { why: why.to_owned(), ..self.at_line(file, error.line().max(1)) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{empty, sample};
    use super::*;

    #[test]
    fn a_report_survives_writing_and_reading() {
        for report in [sample(), empty()] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("report.json");
            let bytes = pretty(&report).unwrap();
            std::fs::write(&path, &bytes).unwrap();
            let back = read_report(&path).unwrap();
            assert_eq!(back, report);
            assert_eq!(pretty(&back).unwrap(), bytes);
            assert_eq!(read_report(folder.path()).unwrap(), report);
        }
    }

    #[test]
    fn hidden_characters_are_escaped_and_read_back_as_they_were() {
        let path = "a\u{202e}b\u{9b}c\u{feff}\u{1b}";
        let bytes = pretty(&path).unwrap();
        assert!(bytes.is_ascii(), "{bytes:?}");
        assert_eq!(serde_json::from_slice::<String>(&bytes).unwrap(), path);
    }

    #[test]
    fn whole_numbers_have_no_decimal_point_and_writing_again_changes_nothing() {
        let text = String::from_utf8(pretty(&[3.0, -0.5, 0.1 + 0.2, 1e300, -0.0]).unwrap()).unwrap();
        assert_eq!(text, "[\n  3,\n  -0.5,\n  0.3,\n  1e+300,\n  0\n]\n");
        for value in [1.0 / 3.0, 2.0_f64.sqrt() * 1e-7, 123_456.789_012_345_6] {
            let first = pretty(&value).unwrap();
            let again: f64 = serde_json::from_slice(&first).unwrap();
            assert_eq!(pretty(&again).unwrap(), first);
        }
    }

    #[test]
    fn what_is_no_report_is_refused_with_its_line_and_without_its_content() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        let text = String::from_utf8(pretty(&sample()).unwrap()).unwrap();
        for broken in ["", "{}", "[", r#"{"schema":"other/1"}"#, &text.replace("\"period\"", "\"secret\"")] {
            std::fs::write(&path, broken).unwrap();
            let problem = read_report(&path).unwrap_err();
            assert_eq!(problem.exit_code(), 3, "{broken}");
            assert!(!problem.to_string().contains("secret"), "{problem}");
        }
        assert!(read_report(&folder.path().join("none.json")).is_err());
    }
}
