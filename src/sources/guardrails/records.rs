//! The records of an export, JSON or CSV, one at a time. A row of a table becomes an object of texts by its header.

use serde_json::{Map, Value};

use crate::sources::reviews::stream;

/// More columns than this are no header.
const MOST_COLUMNS: usize = 1_000;

/// Calls `each` for every record; null stands for what is none.
pub(super) fn read(bytes: &[u8], each: &mut dyn FnMut(Value)) -> Result<(), &'static str> {
    let text = stream::text(bytes)?;
    if text.trim_start().starts_with(['[', '{']) {
        return stream::records(&text, each);
    }
    if text.trim().is_empty() {
        return Err("the file is empty");
    }
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(likely_delimiter(&text))
        .from_reader(text.as_bytes());
    let mut header: Vec<String> = Vec::new();
    // Reading from memory cannot fail, and rows of any length are accepted.
    for row in rows.records().map_while(Result::ok) {
        if header.is_empty() {
            if row.len() > MOST_COLUMNS {
                return Err("it has more than a thousand columns");
            }
            header = row.iter().map(ToOwned::to_owned).collect();
        } else if row.len() == header.len() {
            let cells = header.iter().zip(&row).map(|(name, cell)| (name.clone(), Value::from(cell)));
            each(Value::Object(cells.collect::<Map<_, _>>()));
        } else {
            each(Value::Null);
        }
    }
    Ok(())
}

/// The one that gives the first line most cells; spreadsheets in many countries write `;`.
fn likely_delimiter(text: &str) -> u8 {
    let first = text.trim_start().lines().next().unwrap_or("");
    [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|delimiter| first.matches(char::from(*delimiter)).count())
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Result<Vec<Value>, &'static str> {
        let mut all = Vec::new();
        read(bytes, &mut |record| all.push(record))?;
        Ok(all)
    }

    #[test]
    fn a_table_is_read_with_commas_or_semicolons() {
        let expected = serde_json::json!([{"at": "x", "kind": "a,b"}]);
        for text in ["at,kind\nx,\"a,b\"\n", "\u{feff}at;kind\r\nx;\"a,b\"\r\n"] {
            assert_eq!(Value::Array(all(text.as_bytes()).unwrap()), expected);
        }
    }

    #[test]
    fn a_row_of_another_width_is_no_record() {
        assert_eq!(all(b"at,kind\nx\n").unwrap(), [Value::Null]);
    }

    #[test]
    fn an_empty_list_is_read_and_an_empty_file_is_damage() {
        assert_eq!(all(b"[]").unwrap(), Vec::<Value>::new());
        assert!(all(b" \n").is_err() && all(b"[{").is_err());
    }
}
