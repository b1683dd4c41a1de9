//! Charts of tables: which columns are drawn, how, and what is said about that which is not drawn.
//!
//! A chart never replaces its table. Axes start at zero; columns of different size get panels of their own rather than
//! a second axis; a cell that is withheld or unknown is a word, never a bar of length zero.

mod bars;
mod canvas;
mod scale;
mod series;

use serde::Serialize;

use super::words::Words;
use crate::error::Problem;
use crate::lang::Value;
use crate::report::v1::{Cell, Table};

pub(in crate::render) use series::is_total;

/// Rows of categories that are drawn.
const CATEGORIES: usize = 12;
/// Points in time that are drawn.
const POINTS: usize = 36;

/// The charts of one table.
pub(in crate::render) struct Chart {
    /// Drawings; none where a chart does not fit the table.
    pub(in crate::render) panels: Vec<Panel>,
    /// What a reader must know about them.
    pub(in crate::render) notes: Vec<String>,
}

/// One drawing.
#[derive(Serialize)]
pub(in crate::render) struct Panel {
    svg: String,
}

/// Draws a table; `at` makes the ids of its drawings unique on the page.
pub(in crate::render) fn of(table: &Table, at: usize, file: &str, words: &Words) -> Result<Chart, Problem> {
    let Some(data) = series::read(table, words)? else { return Ok(Chart { panels: Vec::new(), notes: Vec::new() }) };
    let limit = if data.over_time { POINTS } else { CATEGORIES };
    let shown = data.cut(limit);
    let mut panels = Vec::new();
    for (number, panel) in shown.panels().into_iter().enumerate() {
        let kind = if shown.over_time { "chart-lines" } else { "chart-bars" };
        let names: Vec<&str> = panel.iter().map(|series| series.title.as_str()).collect();
        let args = [("series", Value::Text(names.join(", "))), ("label", Value::Text(shown.label_title.clone()))];
        let title = format!("{}: {}", words.prose(&table.title)?, names.join(", "));
        let frame =
            canvas::Frame { id: format!("chart-{at}-{number}"), title, description: words.ui_with(kind, &args)? };
        panels.push(Panel { svg: bars::draw(&shown, &panel, &frame, words)? });
    }
    Ok(Chart { panels, notes: notes(&data, &shown, file, words)? })
}

fn notes(data: &series::Data, shown: &series::Data, file: &str, words: &Words) -> Result<Vec<String>, Problem> {
    let mut notes = Vec::new();
    let (all, drawn) = (data.labels.len(), shown.labels.len());
    if drawn < all {
        let id = if data.over_time { "chart-last" } else { "chart-first" };
        let count = |n: usize| Value::Number(n as f64);
        let args = [("shown", count(drawn)), ("all", count(all)), ("file", Value::Text(file.to_owned()))];
        notes.push(words.ui_with(id, &args)?);
    }
    if shown.series.iter().any(|series| series.values.iter().any(Result::is_err)) {
        let args = [
            ("withheld", Value::Text(words.word("state-withheld")?)),
            ("unknown", Value::Text(words.word("state-unknown")?)),
        ];
        notes.push(words.ui_with("chart-undrawn", &args)?);
    }
    if data.has_total {
        notes.push(words.ui("chart-total")?);
    }
    if data.left_out {
        notes.push(words.ui("chart-columns")?);
    }
    Ok(notes)
}

/// The number in a cell.
fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(value) if value.is_finite() => Some(*value),
        _ => None,
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
