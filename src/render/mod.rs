//! The report folder: editions for people, files for programs, all made from `report::v1` alone.
//!
//! Everything is worked out in memory first ([`files`]), so that nothing is written half ([`write()`]), and so that the
//! same report gives the same bytes.

mod charts;
mod csv;
mod digest;
mod folder;
mod html;
mod json;
mod manifest;
mod path;
#[cfg(test)]
mod sample;
mod view;
mod words;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::Problem;
use crate::report::v1::Report;
use words::Words;

pub use folder::write;
pub use json::read_report;

/// Every file of the report folder, by its path with `/`.
pub fn files(report: &Report) -> Result<BTreeMap<String, Vec<u8>>, Problem> {
    let Some(main) = report.languages.first() else {
        return Err(Problem::input("cannot write the report", "it names no language"));
    };
    let mut files = BTreeMap::from([("report.json".to_owned(), json::pretty(report)?)]);
    csv::add(report, main, &mut files)?;
    for code in &report.languages {
        let words = Words::load(code)?;
        let page = view::Page::new(report, &words)?;
        let name = format!("regulator.{code}.html");
        path::check(&name)?;
        files.insert(name, html::page("regulator", &page, &footer(report, &words)?, &words)?);
    }
    files.insert("index.html".into(), index(report, &Words::load(main)?)?);
    files.insert(manifest::NAME.into(), manifest::write(report, &files)?);
    Ok(files)
}

/// Foot of each printed sheet: it must say on every one that this is a draft.
fn footer(report: &Report, words: &Words) -> Result<String, Problem> {
    let organisation: String = report.organisation.chars().take(60).collect();
    Ok(format!("{organisation} · {} · {}", report.period.label, words.ui("draft")?))
}

#[derive(Serialize)]
struct Index {
    lang: String,
    organisation: String,
    dates: String,
    editions: Vec<Edition>,
    has_tables: bool,
}

#[derive(Serialize)]
struct Edition {
    file: String,
    lang: String,
    title: String,
    audience: String,
}

fn index(report: &Report, words: &Words) -> Result<Vec<u8>, Problem> {
    let mut editions = Vec::new();
    for code in &report.languages {
        let own = Words::load(code)?;
        editions.push(Edition {
            file: format!("regulator.{code}.html"),
            lang: code.clone(),
            title: format!("{} ({code})", own.ui("edition-regulator")?),
            audience: own.ui("edition-regulator-for")?,
        });
    }
    let page = Index {
        lang: words.code().to_owned(),
        organisation: report.organisation.clone(),
        dates: view::dates(&report.period, words)?,
        editions,
        has_tables: !report.tables.is_empty(),
    };
    html::page("index", &page, &footer(report, words)?, words)
}
