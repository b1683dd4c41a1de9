//! What is audited, decided before the data is read.
//!
//! `raw` is what was written, [`Plan`] is what is usable: nothing downstream sees an unchecked value.

mod attribution;
mod period;
mod raw;
mod text;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use attribution::{AttributionRules, BranchRule, CheckboxRule, Says, TrailerRule};
pub use period::Period;
pub use raw::schema;
pub(crate) use raw::toml_problem;

use crate::error::Problem;

/// Smallest group a plan may set: below it a contributor subtracts himself and sees the other.
pub const SMALLEST_K: u32 = 3;

/// A validated plan.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Folder that paths are relative to. Never printed.
    pub folder: PathBuf,
    /// File name as given, for messages.
    pub file: String,
    /// Somebody wrote it; a single repository can be audited without a plan.
    pub written: bool,
    /// SHA-256 of the plan's bytes, in hexadecimal.
    pub sha256: String,
    /// Organisation, printed.
    pub organisation: String,
    /// Audited period.
    pub period: Period,
    /// IANA zone for business days; people's hours come from their own offset.
    pub time_zone: String,
    /// Languages of the report, first is the main one.
    pub languages: Vec<String>,
    /// Norm profiles.
    pub norms: Vec<String>,
    /// Reference of the agreement under which this audit runs, and its purpose (S18).
    pub agreement: Option<String>,
    /// Purpose of the audit, as declared to the people it looks at.
    pub purpose: Option<String>,
    /// Repositories.
    pub repositories: Vec<RepositoryInput>,
    /// Incident exports.
    pub incidents: Vec<RecordInput>,
    /// Deployment exports.
    pub deployments: Vec<RecordInput>,
    /// Guardrail event exports.
    pub guardrail_events: Vec<GuardrailInput>,
    /// Agent operation exports.
    pub agent_operations: Vec<RecordInput>,
    /// Monitoring files and folders.
    pub monitoring: Vec<String>,
    /// Register.
    pub register: Option<String>,
    /// People list.
    pub people: Option<String>,
    /// Survey, replies, exceptions and auditor files, by section name.
    pub attachments: BTreeMap<&'static str, String>,
    /// Criteria by id (`W02.median_hours_to_first_review`).
    pub criteria: BTreeMap<String, Criterion>,
    /// Norms chosen for checks that know several, by id (`R03.rule`).
    pub rules: BTreeMap<String, ChosenNorm>,
    /// Checks declared not material, with the reason that the report prints.
    pub not_material: BTreeMap<String, String>,
    /// Privacy rules.
    pub privacy: PrivacyRules,
    /// The organisation's own signs of AI use.
    pub attribution: AttributionRules,
}

/// A repository of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepositoryInput {
    /// Path as written.
    pub path: String,
    /// Branch; default HEAD.
    pub branch: Option<String>,
    /// Team.
    pub team: Option<String>,
    /// Review export, as written.
    pub reviews: Option<String>,
    /// Its format, where it should not be detected.
    pub reviews_format: Option<String>,
}

/// An export of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordInput {
    /// Path as written.
    pub path: String,
    /// How its columns are read.
    pub mapping: MappingChoice,
    /// Zone of instants that carry none.
    pub zone: Option<String>,
    /// Format of instants, where the profile leaves it open.
    pub time_format: Option<String>,
    /// Files joined to it, by the name that the profile gives them.
    pub sides: BTreeMap<String, String>,
}

/// An export of guardrail events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardrailInput {
    /// Path as written.
    pub path: String,
    /// Its format, where it should not be detected.
    pub format: Option<String>,
    /// Printed name of the repository that all its events are about.
    pub repository: Option<String>,
}

/// A shipped profile or a mapping file of the organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappingChoice {
    /// Id of a shipped profile.
    Profile(String),
    /// Path of a mapping file, as written.
    File(String),
}

/// An agreed criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Upper bound.
    pub at_most: Option<f64>,
    /// Lower bound.
    pub at_least: Option<f64>,
    /// Who set it.
    pub set_by: SetBy,
}

impl Criterion {
    /// Whether a value is inside the bounds.
    pub fn holds(&self, value: f64) -> bool {
        self.at_most.is_none_or(|most| value <= most) && self.at_least.is_none_or(|least| value >= least)
    }
}

/// A norm that a plan chooses for a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenNorm {
    /// Id of its clause.
    pub norm: String,
    /// Who chose it.
    pub set_by: SetBy,
}

/// Who set a criterion. What the audited party set itself, looser than the default, is met at best with comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetBy {
    /// A law.
    Law,
    /// A standard or published practice.
    Standard,
    /// The auditor.
    Auditor,
    /// The audited party.
    AuditedParty,
    /// An agreement with the workers' representatives.
    Agreement,
    /// This tool's convention.
    Convention,
}

impl SetBy {
    /// The word in the plan and in message ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::Standard => "standard",
            Self::Auditor => "auditor",
            Self::AuditedParty => "audited-party",
            Self::Agreement => "agreement",
            Self::Convention => "convention",
        }
    }
}

/// Rules of the privacy gate; the same for every edition, for different rules could be subtracted from one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrivacyRules {
    /// Distinct people behind a cell that is shown.
    pub k: u32,
    /// The history is public already: artefact totals are shown however few people are behind them.
    pub history_is_public: bool,
}

impl Plan {
    /// Reads and validates a plan: a file, or a folder that holds `audit.toml`.
    pub fn load(path: &Path) -> Result<Self, Problem> {
        raw::load(path)
    }

    /// A plan that audits one repository with defaults; everything that needs more is *no conclusion*.
    pub fn for_repository(path: &Path, period: Option<Period>) -> Result<Self, Problem> {
        raw::for_repository(path, period)
    }

    /// Where an input lies. The text is joined to the plan's folder; absolute paths stay.
    pub fn resolve(&self, written: &str) -> PathBuf {
        self.folder.join(written)
    }

    /// The criterion for an id such as `W02.median_hours_to_first_review`.
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria.get(id)
    }
}
