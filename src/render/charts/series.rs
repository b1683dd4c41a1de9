//! What a table offers to draw: one label a row, one series a numeric column.

use super::super::words::MINUTES;
use super::super::words::Words;
use super::number;
use crate::error::{Problem, printable};
use crate::report::v1::{Cell, Column, Table};

/// Series drawn a table at most; five colours are told apart on paper.
const MOST: usize = 4;

/// Columns of one panel differ at most by this factor in their largest value.
const FACTOR: f64 = 20.0;

/// The columns of a table that can be drawn.
#[derive(Clone)]
pub(super) struct Data {
    /// Heading of the labels.
    pub(super) label_title: String,
    /// Label a row, totals left out.
    pub(super) labels: Vec<String>,
    /// Columns.
    pub(super) series: Vec<Series>,
    /// The labels are points in time or steps of a scale.
    pub(super) over_time: bool,
    /// A row of totals was left out.
    pub(super) has_total: bool,
    /// A numeric column was left out.
    pub(super) left_out: bool,
}

/// One column.
#[derive(Clone)]
pub(super) struct Series {
    /// Heading.
    pub(super) title: String,
    /// Number, or the word that stands in its place.
    pub(super) values: Vec<Result<f64, String>>,
}

impl Series {
    /// The largest and smallest value, and zero.
    pub(super) fn range(&self) -> (f64, f64) {
        let known = self.values.iter().filter_map(|value| value.as_ref().ok());
        known.fold((0.0, 0.0), |(low, high): (f64, f64), value| (low.min(*value), high.max(*value)))
    }
}

/// Whether a row holds totals: they would dwarf the parts they are the sum of.
pub(in crate::render) fn is_total(row: &[Cell]) -> bool {
    matches!(row.first(), Some(Cell::Text(text)) if text == "total")
}

/// Reads a table; nothing where there is nothing to compare.
pub(super) fn read(table: &Table, words: &Words) -> Result<Option<Data>, Problem> {
    let rows: Vec<&Vec<Cell>> = table.rows.iter().filter(|row| !is_total(row)).collect();
    let Some(first) = table.columns.first() else { return Ok(None) };
    let numeric: Vec<usize> = (1..table.columns.len()).filter(|at| table.columns[*at].numeric).collect();
    let drawn: Vec<usize> = numeric
        .iter()
        .copied()
        .filter(|at| is_quantity(&table.columns[*at]) && rows.iter().any(|row| row.get(*at).and_then(number).is_some()))
        .take(MOST)
        .collect();
    if rows.len() < 2 || drawn.is_empty() {
        return Ok(None);
    }
    let labels = rows.iter().map(|row| label(row, table, words)).collect::<Result<Vec<_>, _>>()?;
    let mut series = Vec::new();
    for at in &drawn {
        let values = rows.iter().map(|row| match row.get(*at) {
            Some(cell) => number(cell).map_or_else(|| Ok(Err(printable(&words.cell(cell)?))), |value| Ok(Ok(value))),
            None => Ok(Err(String::new())),
        });
        let values: Vec<Result<f64, String>> = values.collect::<Result<_, Problem>>()?;
        series.push(if table.columns[*at].id == MINUTES {
            let hours = values.into_iter().map(|value| value.map(|minutes| minutes / 60.0)).collect();
            Series { title: words.ui("hours")?, values: hours }
        } else {
            Series { title: printable(&words.prose(&table.columns[*at].title)?), values }
        });
    }
    Ok(Some(Data {
        label_title: printable(&words.prose(&first.title)?),
        over_time: first.numeric
            || rows.iter().all(|row| matches!(row.first(), Some(Cell::Text(text)) if is_time(text))),
        labels,
        series,
        has_total: rows.len() < table.rows.len(),
        left_out: drawn.len() < numeric.len(),
    }))
}

/// Bounds of intervals, sums and positions are no bars of their own; and where 1 is the gravest, a long bar would say
/// the opposite.
fn is_quantity(column: &Column) -> bool {
    let last = column.id.rsplit(['_', '.', '-']).next().unwrap_or_default();
    !matches!(last, "severity" | "total" | "low" | "high" | "lower" | "upper" | "line" | "year" | "record")
}

/// The texts before the first number.
fn label(row: &[Cell], table: &Table, words: &Words) -> Result<String, Problem> {
    let texts = row.iter().zip(&table.columns).enumerate().take_while(|(at, (_, column))| *at == 0 || !column.numeric);
    let parts: Vec<String> = texts.map(|(_, (cell, _))| words.cell(cell)).collect::<Result<_, _>>()?;
    Ok(printable(&parts.join(" · ")))
}

/// `2026`, `2026-09`, `2026-09-30`, `2026-Q3`, `2026-W07`.
fn is_time(text: &str) -> bool {
    let mut parts = text.split('-');
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let year = parts.next().is_some_and(|part| digits(part, 4));
    let rest: Vec<&str> = parts.collect();
    year && match rest[..] {
        [] => true,
        [part] => {
            digits(part, 2)
                || part.strip_prefix('W').is_some_and(|week| digits(week, 2))
                || matches!(part, "Q1" | "Q2" | "Q3" | "Q4")
        }
        [month, day] => digits(month, 2) && digits(day, 2),
        _ => false,
    }
}

impl Data {
    /// The rows that are drawn: the first categories, the last points in time.
    pub(super) fn cut(&self, limit: usize) -> Self {
        let mut cut = self.clone();
        let skip = if self.over_time { self.labels.len().saturating_sub(limit) } else { 0 };
        cut.labels = self.labels.iter().skip(skip).take(limit).cloned().collect();
        for series in &mut cut.series {
            series.values = series.values.iter().skip(skip).take(limit).cloned().collect();
        }
        cut
    }

    /// The series in panels: what is of like size shares an axis.
    pub(super) fn panels(&self) -> Vec<Vec<&Series>> {
        let mut panels: Vec<Vec<&Series>> = Vec::new();
        for series in &self.series {
            let home = panels.iter_mut().find(|panel| panel.iter().all(|other| alike(series, other)));
            match home {
                Some(panel) => panel.push(series),
                None => panels.push(vec![series]),
            }
        }
        panels
    }
}

fn alike(one: &Series, other: &Series) -> bool {
    let size = |series: &Series| {
        let (low, high) = series.range();
        high.max(-low)
    };
    let fractions =
        |series: &Series| size(series) <= 1.0 && series.values.iter().flatten().any(|value| value.fract() != 0.0);
    let (small, large) = (size(one).min(size(other)), size(one).max(size(other)));
    fractions(one) == fractions(other) && large <= small * FACTOR
}
