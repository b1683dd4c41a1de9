//! What the templates print, worked out: templates decide nothing and compute nothing.
//!
//! No field is ever left out, so that strict mode finds every misspelt one.

mod annex;
mod cover;
mod figures;
mod findings;
mod tables;

pub(super) use cover::dates;

use serde::Serialize;

use super::words::Words;
use crate::error::Problem;
use crate::report::v1::Report;

/// A page with every section.
#[derive(Serialize)]
pub(super) struct Page {
    lang: String,
    organisation: String,
    period: String,
    dates: String,
    cover: cover::Cover,
    findings: Vec<findings::Group>,
    tables: Vec<tables::TableView>,
    firewall: Vec<annex::PathView>,
    figures: Vec<figures::FigureView>,
    coverage: annex::CoverageView,
    exceptions: Vec<String>,
    replies: Vec<String>,
    changes: Vec<String>,
    method: annex::MethodView,
    glossary: Vec<annex::Term>,
}

impl Page {
    /// Works out the page.
    pub(super) fn new(report: &Report, words: &Words) -> Result<Self, Problem> {
        let period = &report.period;
        Ok(Self {
            lang: words.code().to_owned(),
            organisation: report.organisation.clone(),
            period: period.label.clone(),
            dates: cover::dates(period, words)?,
            cover: cover::Cover::new(report, words)?,
            findings: findings::groups(report, words)?,
            tables: report
                .tables
                .iter()
                .enumerate()
                // A heading over nothing tells a reader less than no heading; the file is still in the folder.
                .filter(|(_, table)| !table.rows.is_empty())
                .map(|(at, table)| tables::view(table, at, words))
                .collect::<Result<_, _>>()?,
            firewall: annex::firewall(report, words)?,
            figures: figures::all(report, words)?,
            coverage: annex::coverage(report, words)?,
            exceptions: words.all(&report.exceptions)?,
            replies: words.all(&report.replies)?,
            changes: words.all(&report.changes)?,
            method: annex::method(report, words)?,
            glossary: annex::glossary(words)?,
        })
    }
}

/// The verdicts, worst first, as the class names of the style sheet.
const VERDICTS: [&str; 5] = ["not-met", "no-conclusion", "met-with-comments", "met", "not-applicable"];

/// The class name of a verdict.
fn verdict_key(verdict: &str) -> Result<&'static str, Problem> {
    let key = verdict.replace(' ', "-");
    VERDICTS.into_iter().find(|known| *known == key).ok_or_else(|| {
        Problem::input("cannot write the report", "a check has a verdict that this version does not know")
            .help("use the version of countersign that wrote the report")
    })
}
