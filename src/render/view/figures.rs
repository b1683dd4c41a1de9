//! Figures as rows: value, out of how many, interval, state, definition.

use serde::Serialize;

use super::super::words::Words;
use crate::error::Problem;
use crate::report::v1::{Check, Figure, Report, State};

/// A figure.
#[derive(Serialize)]
pub(in crate::render) struct FigureView {
    anchor: String,
    id: String,
    label: String,
    value: String,
    known: bool,
    interval: String,
    out_of: String,
    definition: String,
    needs: String,
}

/// Figures that are made in the same way; the way is said once.
#[derive(Serialize)]
pub(in crate::render) struct SameWay {
    definition: String,
    figures: Vec<FigureView>,
}

/// Neighbours with one definition, together.
pub(super) fn same_way(figures: Vec<FigureView>) -> Vec<SameWay> {
    let mut groups: Vec<SameWay> = Vec::new();
    for figure in figures {
        match groups.last_mut() {
            Some(last) if last.definition == figure.definition => last.figures.push(figure),
            _ => groups.push(SameWay { definition: figure.definition.clone(), figures: vec![figure] }),
        }
    }
    groups
}

/// Every figure of the report, by id.
pub(super) fn all(report: &Report, words: &Words) -> Result<Vec<FigureView>, Problem> {
    report.figures.iter().enumerate().map(|(at, (id, figure))| view(at, id, figure, words)).collect()
}

/// The figures a check rests on, in its order.
pub(super) fn used(check: &Check, report: &Report, words: &Words) -> Result<Vec<FigureView>, Problem> {
    check
        .figures
        .iter()
        .map(|id| match report.figures.iter().enumerate().find(|(_, (key, _))| *key == id) {
            Some((at, (_, figure))) => view(at, id, figure, words),
            None => absent(id, words),
        })
        .collect()
}

fn view(at: usize, id: &str, figure: &Figure, words: &Words) -> Result<FigureView, Problem> {
    let needs: Vec<String> = figure.needs.iter().map(|kind| words.word_or(&format!("needs-{kind}"), kind)).collect();
    Ok(FigureView {
        // Numbered: an id comes from data and may hold what an anchor may not.
        anchor: format!("figure-{at}"),
        id: id.to_owned(),
        label: words.word_or(&format!("figure-{}", id.replace(['.', '_'], "-")), ""),
        value: words.value(figure)?,
        known: figure.state == State::Known,
        interval: words.interval(figure)?,
        out_of: words.out_of(figure)?,
        definition: figure.method.clone(),
        needs: needs.join(", "),
    })
}

fn absent(id: &str, words: &Words) -> Result<FigureView, Problem> {
    Ok(FigureView {
        anchor: "figures".into(),
        id: id.to_owned(),
        label: String::new(),
        value: words.ui("figure-absent")?,
        known: false,
        interval: String::new(),
        out_of: String::new(),
        definition: String::new(),
        needs: String::new(),
    })
}
