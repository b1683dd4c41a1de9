//! `countersign/report/1`: everything the editions say, and the only input of `render`.
//!
//! No field is ever left out, so that a template that misspells one fails; no type here can hold a person.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Name of this version, in `schema`.
pub const SCHEMA: &str = "countersign/report/1";

/// A sentence: its id and arguments, and its text in each language of the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Prose {
    /// Message id.
    pub id: String,
    /// Arguments as printed values.
    pub args: BTreeMap<String, serde_json::Value>,
    /// Text by language code.
    pub text: BTreeMap<String, String>,
}

/// The report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Always `countersign/report/1`.
    pub schema: String,
    /// Audited period.
    pub period: Period,
    /// Audited organisation, as named in the plan.
    pub organisation: String,
    /// Language codes of the run, the main one first.
    pub languages: Vec<String>,
    /// Sentences of the first page: what was audited, what was found, what could not be concluded.
    pub summary: Summary,
    /// What was read and what was refused.
    pub coverage: Coverage,
    /// Figures by stable id.
    pub figures: BTreeMap<String, Figure>,
    /// Every check of the catalogue, in catalogue order.
    pub checks: Vec<Check>,
    /// Conclusions by dimension: robustness, workload, surveillance.
    pub dimensions: Vec<Dimension>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Paths from a safety source to a performance sink, each step by step.
    pub firewall: Vec<FirewallPath>,
    /// Exceptions.
    pub exceptions: Vec<Prose>,
    /// Replies of both parties, or the reason why there are none.
    pub replies: Vec<Prose>,
    /// Changes since the previous report.
    pub changes: Vec<Prose>,
    /// What the privacy gate did.
    pub privacy: Privacy,
    /// How the figures were made, and the limits that every report prints.
    pub method: Method,
}

/// Audited period, half-open, UTC.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// `2026-Q3` or `2026-07-01..2026-10-01`.
    pub label: String,
    /// First day inside.
    pub start: String,
    /// First day outside.
    pub end: String,
}

/// The first page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// What was audited.
    pub audited: Vec<Prose>,
    /// What was found.
    pub found: Vec<Prose>,
    /// What could not be concluded.
    pub open: Vec<Prose>,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Inputs in plan order.
    pub inputs: Vec<Input>,
    /// Refusals, counted.
    pub refused: Vec<Refused>,
    /// Statements about what the inputs could and could not show.
    pub statements: Vec<Prose>,
}

/// One input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Kind of evidence.
    pub kind: String,
    /// Path as written in the plan.
    pub path: String,
    /// Recognised format.
    pub format: String,
    /// SHA-256.
    pub sha256: String,
    /// Records read; nothing where it would tell how much a small group did.
    pub records: Option<u64>,
}

/// One refusal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Refused {
    /// Kind of evidence.
    pub kind: String,
    /// Path as written in the plan.
    pub path: String,
    /// Line or record, where there is one.
    pub at: Option<u64>,
    /// Why.
    pub reason: Prose,
    /// How many records.
    pub count: u64,
}

/// State of a figure; missing data and withheld data are never the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Known.
    Known,
    /// Data missing.
    Unknown,
    /// Withheld for privacy.
    Withheld,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// Value; null when unknown, withheld or undefined.
    pub value: Option<f64>,
    /// Unit word.
    pub unit: String,
    /// Numerator of a share or rate.
    pub numerator: Option<f64>,
    /// Denominator of a share or rate.
    pub denominator: Option<f64>,
    /// 95 % interval; an upper limit of null is unbounded.
    pub interval: Option<(f64, Option<f64>)>,
    /// Definition, in the main language.
    pub method: String,
    /// State.
    pub state: State,
    /// What is missing, when unknown.
    pub needs: Vec<String>,
    /// Disclosure class.
    pub disclosure: String,
}

/// A judged check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// `R01` … `S18`.
    pub id: String,
    /// Proposition.
    pub name: Prose,
    /// The same in a few words, for lists.
    pub short: Prose,
    /// `robustness`, `workload` or `surveillance`.
    pub dimension: String,
    /// `met`, `met with comments`, `not met`, `no conclusion` or `not applicable`; untranslated.
    pub verdict: String,
    /// The verdict in each language.
    pub verdict_text: Prose,
    /// Why.
    pub grounds: Vec<Prose>,
    /// Figures the verdict rests on.
    pub figures: Vec<String>,
    /// Where to look.
    pub evidence: Vec<Evidence>,
    /// Clauses it is relevant to.
    pub norms: Vec<Norm>,
    /// Criterion and who set it.
    pub criterion: Criterion,
    /// What would mend it; null unless the verdict asks for it.
    pub remedy: Option<Prose>,
    /// What this check cannot see.
    pub limits: Vec<Prose>,
}

/// A place in an input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// What is seen there.
    pub what: Prose,
    /// File, relative to the plan; for a commit, the repository.
    pub file: String,
    /// Line.
    pub line: Option<u64>,
    /// JSON pointer.
    pub pointer: Option<String>,
    /// Deciding text or record id.
    pub text: String,
}

/// A clause a check is relevant to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Norm {
    /// Id in the norm pack.
    pub id: String,
    /// Instrument.
    pub instrument: String,
    /// Clause.
    pub clause: String,
    /// Force: `professional_norm`, `soft_law`, `legal_duty`, …
    pub force: String,
    /// Jurisdiction.
    pub jurisdiction: String,
    /// Applies from.
    pub applies_from: String,
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Criterion {
    /// What is asked.
    pub text: Prose,
    /// Who set it, as a word.
    pub set_by: String,
    /// Who set it, in each language.
    pub set_by_text: Prose,
}

/// A dimension's conclusion, by worst case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Dimension {
    /// `robustness`, `workload` or `surveillance`.
    pub id: String,
    /// Its name.
    pub name: Prose,
    /// `positive`, `positive with comments`, `negative` or `no conclusion`.
    pub conclusion: String,
    /// The conclusion in each language, with "n of m propositions concluded".
    pub text: Prose,
    /// Checks by verdict, in the order not met, no conclusion, met with comments, met, not applicable.
    pub counts: Vec<VerdictCount>,
}

/// How many checks have a verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VerdictCount {
    /// Verdict word.
    pub verdict: String,
    /// Verdict in each language.
    pub text: Prose,
    /// Checks.
    pub count: u64,
}

/// A table; cells are printed values, `withheld` or `unknown`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// Id, and name of the CSV file.
    pub id: String,
    /// Title.
    pub title: Prose,
    /// One sentence that says what it shows.
    pub note: Prose,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows of cells, the label first.
    pub rows: Vec<Vec<Cell>>,
    /// Disclosure class.
    pub disclosure: String,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Column {
    /// Name in the CSV.
    pub id: String,
    /// Heading.
    pub title: Prose,
    /// The cells are numbers.
    pub numeric: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Cell {
    /// A number.
    Number(f64),
    /// A text, `withheld` or `unknown`.
    Text(String),
}

/// A path from a safety source to a performance sink.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FirewallPath {
    /// Register entry of the source.
    pub source: String,
    /// Places in order, source first.
    pub steps: Vec<FirewallStep>,
}

/// One place on the path, and what says that data moves there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FirewallStep {
    /// Place.
    pub place: String,
    /// File that shows the step to this place; empty for the first.
    pub file: String,
    /// Line in it.
    pub line: Option<u64>,
    /// JSON pointer in it.
    pub pointer: Option<String>,
}

/// What the privacy gate did. It does not tell which rule hit which cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Privacy {
    /// Distinct people behind a cell that is shown.
    pub k: u32,
    /// Withheld figures and cells, by id.
    pub withheld: Vec<String>,
    /// Statements.
    pub statements: Vec<Prose>,
}

/// How it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Method {
    /// Tool and version.
    pub tool: String,
    /// SHA-256 of the plan.
    pub plan_sha256: String,
    /// Norm profiles of the plan.
    pub norm_profiles: Vec<String>,
    /// Limits that every report prints.
    pub limits: Vec<Prose>,
    /// What a human fills: auditor, qualification, independence, signature.
    pub to_sign: Vec<Prose>,
}
