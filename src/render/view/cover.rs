//! The first page: what was audited, what was found, what could not be concluded, and the three conclusions.

use serde::Serialize;

use super::super::words::Words;
use super::verdict_key;
use crate::error::Problem;
use crate::lang::Value;
use crate::report::v1::{Dimension, Period, Prose, Report};

/// Width of a count bar in its own units.
const BAR: f64 = 300.0;

/// The first page.
#[derive(Serialize)]
pub(in crate::render) struct Cover {
    audited: Vec<String>,
    also_found: Vec<String>,
    open: Vec<String>,
    dimensions: Vec<DimensionView>,
}

/// A dimension's conclusion.
#[derive(Serialize)]
struct DimensionView {
    name: String,
    found: Vec<String>,
    counts: Vec<CountView>,
    bar_width: f64,
}

/// One part of a count bar.
#[derive(Serialize)]
struct CountView {
    key: &'static str,
    text: String,
    count: u64,
    x: f64,
    width: f64,
}

impl Cover {
    /// Works out the first page.
    pub(super) fn new(report: &Report, words: &Words) -> Result<Self, Problem> {
        let all = &report.summary.found;
        let other = all.iter().filter(|said| !report.dimensions.iter().any(|each| is_about(said, each)));
        Ok(Self {
            audited: words.all(&report.summary.audited)?,
            also_found: other.map(|said| words.prose(said)).collect::<Result<_, _>>()?,
            open: words.all(&report.summary.open)?,
            dimensions: report.dimensions.iter().map(|each| dimension(each, all, words)).collect::<Result<_, _>>()?,
        })
    }
}

/// The ids of the sentences about a dimension end in its name.
fn is_about(said: &Prose, dimension: &Dimension) -> bool {
    said.id.strip_suffix(dimension.id.as_str()).is_some_and(|rest| rest.ends_with('-'))
}

fn dimension(dimension: &Dimension, found: &[Prose], words: &Words) -> Result<DimensionView, Problem> {
    let total = dimension.counts.iter().map(|count| count.count).sum::<u64>().max(1) as f64;
    let mut counts = Vec::new();
    let mut before = 0;
    for count in dimension.counts.iter().filter(|count| count.count > 0) {
        counts.push(CountView {
            key: verdict_key(&count.verdict)?,
            text: words.prose(&count.text)?,
            count: count.count,
            x: tenth(BAR * before as f64 / total),
            width: tenth(BAR * count.count as f64 / total),
        });
        before += count.count;
    }
    Ok(DimensionView {
        name: words.prose(&dimension.name)?,
        found: found
            .iter()
            .filter(|said| is_about(said, dimension))
            .map(|said| words.prose(said))
            .collect::<Result<_, _>>()?,
        counts,
        bar_width: BAR,
    })
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// The period in words; a label that is nothing but the dates is not said twice.
pub(in crate::render) fn dates(period: &Period, words: &Words) -> Result<String, Problem> {
    let text = |text: &str| Value::Text(text.to_owned());
    let args = [("label", text(&period.label)), ("start", text(&period.start)), ("end", text(&period.end))];
    if period.label.contains("..") {
        words.ui_with("period-plain", &args[1..])
    } else {
        words.ui_with("period-dates", &args)
    }
}
