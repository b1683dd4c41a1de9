//! Tables as a reader sees them, with their charts.

use serde::Serialize;

use super::super::charts::{self, Panel};
use super::super::words::Words;
use crate::error::Problem;
use crate::lang::Value;
use crate::report::v1::{Cell, Table};

/// Rows printed a table; the others are in the CSV file.
const ROWS: usize = 60;

/// A table.
#[derive(Serialize)]
pub(in crate::render) struct TableView {
    anchor: String,
    title: String,
    note: String,
    panels: Vec<Panel>,
    chart_notes: Vec<String>,
    beside: bool,
    columns: Vec<ColumnView>,
    rows: Vec<RowView>,
    cut: String,
    file: String,
}

/// A heading.
#[derive(Serialize)]
struct ColumnView {
    title: String,
    numeric: bool,
}

/// A row.
#[derive(Serialize)]
struct RowView {
    head: String,
    total: bool,
    cells: Vec<CellView>,
}

/// A cell.
#[derive(Serialize)]
struct CellView {
    text: String,
    numeric: bool,
    missing: bool,
}

/// Works out a table.
pub(super) fn view(table: &Table, at: usize, words: &Words) -> Result<TableView, Problem> {
    let file = format!("tables/{}.csv", table.id);
    let chart = charts::of(table, at, &file, words)?;
    let title = |column: &crate::report::v1::Column| {
        Ok(ColumnView { title: words.prose(&column.title)?, numeric: column.numeric })
    };
    let cut = if table.rows.len() > ROWS {
        let count = |n: usize| Value::Number(n as f64);
        words.ui_with(
            "table-first",
            &[("shown", count(ROWS)), ("all", count(table.rows.len())), ("file", Value::Text(file.clone()))],
        )?
    } else {
        String::new()
    };
    Ok(TableView {
        anchor: format!("table-{at}"),
        title: words.prose(&table.title)?,
        note: words.prose(&table.note)?,
        panels: chart.panels,
        chart_notes: chart.notes,
        // A narrow table finds room beside its chart.
        beside: table.columns.len() <= 3,
        columns: table.columns.iter().map(title).collect::<Result<_, Problem>>()?,
        rows: table.rows.iter().take(ROWS).map(|row| row_view(row, table, words)).collect::<Result<_, _>>()?,
        cut,
        file: words.ui_with("table-file", &[("file", Value::Text(file))])?,
    })
}

fn row_view(row: &[Cell], table: &Table, words: &Words) -> Result<RowView, Problem> {
    let cell = |(cell, column): (&Cell, &crate::report::v1::Column)| {
        Ok(CellView {
            text: words.cell(cell)?,
            numeric: column.numeric,
            missing: matches!(cell, Cell::Text(text) if text == "withheld" || text == "unknown"),
        })
    };
    Ok(RowView {
        head: row.first().map_or(Ok(String::new()), |head| words.cell(head))?,
        total: charts::is_total(row),
        cells: row.iter().zip(&table.columns).skip(1).map(cell).collect::<Result<_, Problem>>()?,
    })
}
