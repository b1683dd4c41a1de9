//! What the organisation declares (`register.toml`): beside what is observed, never instead of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::capture::Axes;
use super::change::OperationClass;
use super::operation::OperationKind;

/// The register.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// Path as written in the plan.
    pub file: String,
    /// Declared sources of data about people.
    pub sources: Vec<DeclaredSource>,
    /// The organisation's own map of operations, on top of the shipped rules; the last entry that matches a path decides.
    pub operations: Vec<DeclaredOperation>,
    /// What agents may do.
    pub doctrine: Option<Doctrine>,
    /// Policies with their dates.
    pub policies: Vec<Policy>,
    /// Heads and hours.
    pub staffing: Vec<Staffing>,
    /// Stance on AI use.
    pub ai_use: Option<AiUse>,
    /// Agreements with the workers' representatives.
    pub agreements: Vec<Agreement>,
}

/// Which configurations an entry covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// Path or glob (`*`, `**`) relative to the plan.
    pub path: String,
    /// Key or glob of a key, where only part of a file is covered.
    pub key: Option<String>,
}

/// Declared retention, bounded on both sides.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DeclaredRetention {
    /// At least.
    pub min_days: Option<f64>,
    /// At most.
    pub max_days: Option<f64>,
    /// Why at least.
    pub basis_min: Option<String>,
    /// Why at most.
    pub basis_max: Option<String>,
}

/// One declared source.
#[derive(Debug, Clone, Default)]
pub struct DeclaredSource {
    /// Id.
    pub id: String,
    /// Line in the register.
    pub line: u32,
    /// What it covers.
    pub selectors: Vec<Selector>,
    /// The most it may do.
    pub ceiling: Axes,
    /// Purposes, as written (`dpv:…` or `local:…`).
    pub purposes: Vec<String>,
    /// Purposes it must never serve.
    pub forbidden: Vec<String>,
    /// Retention.
    pub retention: DeclaredRetention,
    /// Roles that may read it.
    pub access_roles: Vec<String>,
    /// Where it goes.
    pub recipients: Vec<String>,
    /// Day workers were told.
    pub notice: Option<Date>,
    /// Day the representatives were consulted or agreed.
    pub consulted: Option<Date>,
    /// Id of the agreement.
    pub agreement: Option<String>,
    /// Why full content is needed, where it is: a document.
    pub necessity: Option<String>,
    /// Day of the impact assessment.
    pub assessed: Option<Date>,
}

/// What changes of some paths reach, as the organisation sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredOperation {
    /// Line in the register.
    pub line: u32,
    /// Path globs, inside a repository.
    pub paths: Vec<String>,
    /// Reach.
    pub class: OperationClass,
    /// Kind of operation, where stated.
    pub kind: Option<OperationKind>,
}

/// What an operation of a class needs beyond the agent's own tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A logged human validation.
    HumanValidation,
    /// A senior person's approval before the act.
    SeniorApproval,
    /// A workflow that was tested beforehand.
    TestedWorkflow,
}

impl Need {
    /// The word in `register.toml`.
    pub fn word(self) -> &'static str {
        match self {
            Self::HumanValidation => "human_validation",
            Self::SeniorApproval => "senior_approval",
            Self::TestedWorkflow => "tested_workflow",
        }
    }
}

/// What agents may execute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doctrine {
    /// Highest class an agent may execute without more.
    pub agent_may_execute: OperationClass,
    /// What higher classes need; a class that is absent may not be executed by an agent.
    pub needs: BTreeMap<OperationClass, BTreeSet<Need>>,
}

impl Default for Doctrine {
    /// The shipped doctrine: agents execute O0 and O1; O2 with a logged human validation; O3 and above only in
    /// senior-approved, tested workflows.
    fn default() -> Self {
        let workflow = BTreeSet::from([Need::SeniorApproval, Need::TestedWorkflow]);
        Self {
            agent_may_execute: OperationClass::O1,
            needs: BTreeMap::from([
                (OperationClass::O2, BTreeSet::from([Need::HumanValidation])),
                (OperationClass::O3, workflow.clone()),
                (OperationClass::O4, workflow),
            ]),
        }
    }
}

/// To which changes a policy applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyScope {
    /// AI-assisted changes.
    Ai,
    /// All changes.
    All,
    /// Changes that touch these paths (globs).
    Paths(Vec<String>),
}

/// A dated policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Id.
    pub id: String,
    /// Line in the register.
    pub line: u32,
    /// Kind, as written: `senior_sign_off`, `dual_authorisation`, `ai_classification`, `documentation`, …
    pub kind: String,
    /// Scope.
    pub applies_to: PolicyScope,
    /// First day it holds.
    pub from: Date,
    /// Hours a week given for it; 0 is an answer, `None` is "not stated".
    pub hours_allotted_per_week: Option<f64>,
}

/// Heads and hours of a team from a day on, until the team's next entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Staffing {
    /// Team.
    pub team: String,
    /// First day.
    pub from: Date,
    /// Heads.
    pub heads: Option<f64>,
    /// Hours a week allotted to review, of the whole team.
    pub review_hours_per_week: Option<f64>,
    /// People in the on-call rota.
    pub on_call_people: Option<u32>,
}

/// Whether using AI is voluntary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AiUse {
    /// `voluntary`, `expected` or `target`.
    pub stance: String,
    /// The target, as written.
    pub target: Option<String>,
    /// AI use counts in appraisals.
    pub in_appraisal: Option<bool>,
}

/// An agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Id.
    pub id: String,
    /// Day it was signed.
    pub date: Date,
    /// Sources it covers.
    pub covers: Vec<String>,
}
