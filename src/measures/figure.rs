//! The two shapes in which a measure may leave towards the gate: a figure and a table.

use std::collections::BTreeSet;

use super::Measured;
use super::stats::Interval;
use crate::facts::Person;

/// Which disclosure rules bind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclosure {
    /// About the whole organisation's history or configurations: commits, incidents, captures. Always shown.
    Artefact,
    /// About reviews, guardrails or AI use in the whole organisation: shown when the period is at least a month and
    /// at least k people committed in it, or when the history is public.
    Conduct,
    /// A cut by team, role or repository: at least k people behind each cell.
    Group,
    /// Derived from what people did (hours, load, concentration): at least k people behind it.
    PersonDerived,
}

impl Disclosure {
    /// The word in `report.json`. Conduct totals are artefact totals there: the rule differs, the class does not.
    pub fn word(self) -> &'static str {
        match self {
            Self::Artefact | Self::Conduct => "artefact",
            Self::Group => "group",
            Self::PersonDerived => "person-derived",
        }
    }
}

/// A number with what it was made from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// The number; `None` when it is known to be undefined (a ratio to nothing).
    pub value: Option<f64>,
    /// Numerator of a share or rate.
    pub numerator: Option<f64>,
    /// Denominator of a share or rate.
    pub denominator: Option<f64>,
    /// 95 % interval.
    pub interval: Option<Interval>,
}

impl Value {
    /// A count.
    pub fn count(n: usize) -> Self {
        Self::number(n as f64)
    }

    /// A plain number.
    pub fn number(value: f64) -> Self {
        Self::defined(Some(value))
    }

    /// A plain number that may be known to be undefined.
    pub fn defined(value: Option<f64>) -> Self {
        Self { value, numerator: None, denominator: None, interval: None }
    }

    /// A share with its Wilson interval; undefined when there is nothing to share.
    pub fn share(numerator: usize, denominator: usize) -> Self {
        let value = (denominator > 0).then(|| numerator as f64 / denominator as f64);
        let interval = super::stats::proportion::wilson(numerator as u64, denominator as u64, 0.95);
        Self { value, numerator: Some(numerator as f64), denominator: Some(denominator as f64), interval }
    }

    /// The same with an interval.
    #[must_use]
    pub fn with_interval(mut self, interval: Option<Interval>) -> Self {
        self.interval = interval;
        self
    }
}

/// A figure on its way to the gate.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Stable id.
    pub id: String,
    /// Unit word: `changes`, `share`, `minutes`, `ratio`, …
    pub unit: &'static str,
    /// Message id of the definition.
    pub method: &'static str,
    /// Message id of what a reader must know before using it, where something is.
    pub caveat: Option<&'static str>,
    /// Rules that bind it.
    pub disclosure: Disclosure,
    /// The number.
    pub value: Measured<Value>,
    /// Distinct people behind it; read for group and person-derived figures.
    pub people: BTreeSet<Person>,
}

impl Figure {
    /// A figure that no person rule binds beyond its class.
    pub fn new(
        id: impl Into<String>,
        unit: &'static str,
        method: &'static str,
        disclosure: Disclosure,
        value: Measured<Value>,
    ) -> Self {
        Self { id: id.into(), unit, method, caveat: None, disclosure, value, people: BTreeSet::new() }
    }

    /// Says that the marks it rests on were switched off.
    pub(super) fn blind(&mut self) {
        self.caveat = Some("caveat-marks-off");
    }

    /// Names the people behind it.
    #[must_use]
    pub fn behind(mut self, people: &BTreeSet<Person>) -> Self {
        self.people.clone_from(people);
        self
    }
}

/// Whether a figure counts, or compares by, the marks that AI tools leave on changes. Records beside the changes (notes, traces)
/// are no such marks.
pub fn rests_on_marks(id: &str) -> bool {
    let shares = [
        "ai.attributed",
        "ai.marked_apart",
        "ai.recovered",
        "ai.tool.",
        "ai.marks.",
        "reverts.of_ai",
        "change_failure.",
        "revert_rate.",
    ];
    shares.iter().any(|begin| id.starts_with(begin)) && !id.ends_with(".too_young")
        || id.rsplit_once('.').is_some_and(|(_, last)| last == "ai")
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A number and the people behind it.
    Number(Measured<f64>, BTreeSet<Person>),
    /// A token: a path, a format, a level.
    Text(String),
    /// A token that tells of conduct in a table that otherwise does not: shown where totals of conduct are.
    Conduct(String),
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What the row is about.
    pub label: String,
    /// Cells, one a column after the label.
    pub cells: Vec<Cell>,
    /// The people behind what one cell of the row less another tells, where there are such cells.
    pub apart: BTreeSet<Person>,
}

/// A table on its way to the gate.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Stable id; the file is `tables/<id>.csv`.
    pub id: &'static str,
    /// Column names, the label's first.
    pub columns: Vec<&'static str>,
    /// Rows, the total first where there is one, named `total`.
    pub rows: Vec<Row>,
    /// Rules that bind it.
    pub disclosure: Disclosure,
}
