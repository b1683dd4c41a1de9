//! Tables as a reader sees them, with their charts.

use serde::Serialize;

use super::super::charts::{self, Panel};
use super::super::words::{MINUTES, Words};
use crate::error::Problem;
use crate::lang::Value;
use crate::report::v1::{Cell, Column, Table};

/// Rows printed a table; the others are in the CSV file.
const ROWS: usize = 60;

/// Columns up to which every column is printed as one. In a wider table the texts of a row stand together in its first
/// cell, each with its heading: fourteen columns fit neither paper nor a telephone.
const COLUMNS: usize = 8;

/// A table.
#[derive(Serialize)]
pub(in crate::render) struct TableView {
    anchor: String,
    title: String,
    note: String,
    panels: Vec<Panel>,
    chart_notes: Vec<String>,
    beside: bool,
    stacked: bool,
    merged: bool,
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
    details: Vec<Detail>,
    total: bool,
    cells: Vec<CellView>,
}

/// A text of a wide table with its heading.
#[derive(Serialize)]
struct Detail {
    label: String,
    text: String,
}

/// A cell.
#[derive(Serialize)]
struct CellView {
    label: String,
    text: String,
    numeric: bool,
    missing: bool,
}

/// Works out a table.
pub(super) fn view(table: &Table, at: usize, words: &Words) -> Result<TableView, Problem> {
    let file = format!("tables/{}.csv", table.id);
    let chart = charts::of(table, at, &file, words)?;
    let own = own_columns(table);
    let columns = own.iter().map(|at| &table.columns[*at]);
    let columns = columns.map(|column| Ok(ColumnView { title: title(column, words)?, numeric: column.numeric }));
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
        stacked: table.columns.len() > 3,
        merged: own.len() < table.columns.len(),
        columns: columns.collect::<Result<_, Problem>>()?,
        rows: table.rows.iter().take(ROWS).map(|row| row_view(row, table, &own, words)).collect::<Result<_, _>>()?,
        cut,
        file: words.ui_with("table-file", &[("file", Value::Text(file))])?,
    })
}

/// Columns that are printed as columns.
fn own_columns(table: &Table) -> Vec<usize> {
    let wide = table.columns.len() > COLUMNS;
    let short = |at: usize| table.rows.iter().filter_map(|row| row.get(at)).all(is_short);
    (0..table.columns.len()).filter(|at| *at == 0 || !wide || table.columns[*at].numeric || short(*at)).collect()
}

/// Numbers, levels and question marks.
fn is_short(cell: &Cell) -> bool {
    match cell {
        Cell::Number(_) => true,
        Cell::Text(text) => text.chars().count() <= 3,
    }
}

fn title(column: &Column, words: &Words) -> Result<String, Problem> {
    if column.id == MINUTES { words.ui("duration") } else { words.prose(&column.title) }
}

fn row_view(row: &[Cell], table: &Table, own: &[usize], words: &Words) -> Result<RowView, Problem> {
    let cell = |(at, cell): (usize, &Cell)| {
        let column = &table.columns[at];
        Ok(CellView {
            label: title(column, words)?,
            text: words.cell_of(cell, &column.id)?,
            numeric: column.numeric,
            missing: matches!(cell, Cell::Text(text) if text == "withheld" || text == "unknown"),
        })
    };
    let (printed, details): (Vec<_>, Vec<_>) =
        row.iter().enumerate().take(table.columns.len()).skip(1).partition(|(at, _)| own.contains(at));
    let detail =
        |(at, cell): (usize, &Cell)| Ok(Detail { label: title(&table.columns[at], words)?, text: words.cell(cell)? });
    let details: Vec<Detail> = details.into_iter().map(detail).collect::<Result<_, Problem>>()?;
    Ok(RowView {
        head: row.first().map_or(Ok(String::new()), |head| words.cell(head))?,
        details: details.into_iter().filter(|detail| !detail.text.is_empty()).collect(),
        total: charts::is_total(row),
        cells: printed.into_iter().map(cell).collect::<Result<_, Problem>>()?,
    })
}
