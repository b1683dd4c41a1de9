//! Incident records in one canonical, three-valued model (`facts/incidents.md` 2.6).
//!
//! "Not recorded" is always its own value: an incident that does not say whether AI was involved is a finding about
//! the records, never evidence of absence.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::change::OperationClass;
use super::person::Person;

/// Yes, no, or the record does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Tri {
    /// Recorded yes.
    Yes,
    /// Recorded no.
    No,
    /// Not recorded.
    #[default]
    NotRecorded,
}

/// What the record is about; only incidents and near misses are counted as such.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum IncidentClass {
    /// An incident.
    #[default]
    Incident,
    /// A near miss.
    NearMiss,
    /// Planned maintenance.
    Maintenance,
    /// A test or an exercise.
    Test,
    /// A duplicate of another record.
    Duplicate,
    /// Cancelled.
    Cancelled,
}

impl IncidentClass {
    /// Left out of every count but `incidents.excluded`.
    pub fn is_excluded(self) -> bool {
        matches!(self, Self::Maintenance | Self::Test | Self::Duplicate | Self::Cancelled)
    }
}

/// The part AI played, as recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum AiRole {
    /// Recorded: none.
    None,
    /// A person followed its advice.
    AdviceFollowed,
    /// It wrote the change.
    Authored,
    /// It wrote and executed the change.
    AuthoredAndExecuted,
    /// It executed the operation.
    Executed,
    /// It was the target.
    Targeted,
    /// The record does not say.
    #[default]
    NotRecorded,
}

impl AiRole {
    /// Whether the record says that AI took part.
    pub fn took_part(self) -> bool {
        !matches!(self, Self::None | Self::NotRecorded)
    }

    /// Whether the record says that AI executed the operation.
    pub fn executed(self) -> bool {
        matches!(self, Self::Executed | Self::AuthoredAndExecuted)
    }
}

/// How far the AI role is agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum AiStatus {
    /// Confirmed by the organisation.
    Confirmed,
    /// Reported by somebody.
    Reported,
    /// Reported and denied.
    Disputed,
    /// Looked into and ruled out.
    RuledOut,
    /// Not recorded.
    #[default]
    NotRecorded,
}

/// The cause as the record states it, beside the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum RecordedCause {
    /// "User error" or "human error".
    HumanError,
    /// A change.
    Change,
    /// An AI tool or agent.
    Ai,
    /// Anything else that is stated.
    Other,
    /// Not recorded.
    #[default]
    NotRecorded,
}

/// What a referenced change has to do with the incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeRole {
    /// It caused it.
    Cause,
    /// It was raised to fix it (ServiceNow `rfc`): never a cause.
    Fix,
    /// It is attached, its role is not stated.
    Unknown,
}

/// A reference from an incident to a change, as text; resolution is a measure's work.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangeRef {
    /// A commit id of 7 to 64 hexadecimal digits, a review number (`#12`) or a change number (`CHG…`).
    pub reference: String,
    /// Repository name, where the record gives one.
    pub repository: Option<String>,
    /// Its role.
    pub role: ChangeRole,
    /// Rung of the attribution ladder, 0 to 5 (`facts/incidents.md` 2.2): 5 a cause field filled by the organisation,
    /// 4 stated in text, 3 attached.
    pub confidence: u8,
}

/// How an approval was got round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum ApprovalBypass {
    /// It was not.
    None,
    /// Emergency procedure.
    Emergency,
    /// The acting role allowed more than the task needed.
    RoleTooBroad,
    /// An administrator overrode it.
    AdminOverride,
    /// No approval stood in the path.
    NotInPath,
    /// An agent ran without asking.
    AutoExecute,
    /// Not recorded.
    #[default]
    NotRecorded,
}

impl ApprovalBypass {
    /// Whether a bypass is on record.
    pub fn happened(self) -> bool {
        !matches!(self, Self::None | Self::NotRecorded)
    }

    /// The word used in message ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Emergency => "emergency",
            Self::RoleTooBroad => "role-too-broad",
            Self::AdminOverride => "admin-override",
            Self::NotInPath => "not-in-path",
            Self::AutoExecute => "auto-execute",
            Self::NotRecorded => "not-recorded",
        }
    }
}

/// When the approval came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum ApprovalOrder {
    /// Before the act.
    Before,
    /// After the act.
    After,
    /// Never.
    Missing,
    /// Not recorded.
    #[default]
    NotRecorded,
}

/// Authorisation of the operation behind an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Authorisation {
    /// People whose approval was needed.
    pub required_humans: Option<u32>,
    /// People whose approval is on record.
    pub obtained_humans: Option<u32>,
    /// Senior approval needed.
    pub senior_required: Tri,
    /// Senior approval on record.
    pub senior_obtained: Tri,
    /// The workflow had been tested.
    pub tested_workflow: Tri,
    /// When.
    pub order: ApprovalOrder,
    /// How it was got round.
    pub bypass: ApprovalBypass,
}

/// Scope of what was touched or hit, B0 to B6 (`facts/incidents.md` 3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Near miss.
    B0,
    /// A single resource.
    B1,
    /// One service.
    B2,
    /// An environment or account.
    B3,
    /// A region.
    B4,
    /// Several regions.
    B5,
    /// Global, or more than a tenth of the customers.
    B6,
}

impl Scope {
    /// The name in print.
    pub fn word(self) -> &'static str {
        match self {
            Self::B0 => "B0",
            Self::B1 => "B1",
            Self::B2 => "B2",
            Self::B3 => "B3",
            Self::B4 => "B4",
            Self::B5 => "B5",
            Self::B6 => "B6",
        }
    }
}

/// Instants of an incident. All optional: a missing end is *untimed*, never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Times {
    /// Start: occurred, else detected, else opened.
    pub started: Option<Timestamp>,
    /// Detected.
    pub detected: Option<Timestamp>,
    /// First acknowledgement.
    pub acknowledged: Option<Timestamp>,
    /// Service restored.
    pub resolved: Option<Timestamp>,
    /// Record closed.
    pub closed: Option<Timestamp>,
}

/// One incident record.
#[derive(Debug, Clone, Default)]
pub struct Incident {
    /// Id in the tool; printed, so a mapping must not point it at a person.
    pub id: String,
    /// Path of the export, as written in the plan.
    pub file: String,
    /// Record in that file: line for CSV and JSONL, position for JSON, from 1.
    pub record: u64,
    /// What the record is about.
    pub class: IncidentClass,
    /// 1 (highest) to 5; `None`: the record says "none" or is excluded.
    pub severity: Option<u8>,
    /// Instants.
    pub times: Times,
    /// Services named.
    pub services: BTreeSet<String>,
    /// Environments named.
    pub environments: BTreeSet<String>,
    /// Regions named.
    pub regions: BTreeSet<String>,
    /// Customers affected.
    pub customers: Option<u64>,
    /// References to changes.
    pub changes: Vec<ChangeRef>,
    /// Part AI played, as recorded.
    pub ai_role: AiRole,
    /// How far that is agreed.
    pub ai_status: AiStatus,
    /// Tool id, where recorded.
    pub ai_tool: Option<String>,
    /// Cause as recorded.
    pub recorded_cause: RecordedCause,
    /// Class of the operation that set it off, where recorded.
    pub operation: Option<OperationClass>,
    /// Scope of the operation's object, where recorded.
    pub object_scope: Option<Scope>,
    /// Scope of the impact, where recorded.
    pub impact_scope: Option<Scope>,
    /// Authorisation.
    pub authorisation: Authorisation,
    /// Whether it can be undone.
    pub reversible: Tri,
    /// Backups were hit too.
    pub backups_affected: Tri,
    /// A review after the incident is on record.
    pub postmortem: Tri,
    /// Apparent root cause, as a code or a short label, for recurrence.
    pub cause_key: Option<String>,
    /// Responders.
    pub responders: BTreeSet<Person>,
    /// Personal-data fields the export carries, by column name: a fact about the export (S15).
    pub personal_fields: u32,
}

impl Incident {
    /// Start to restoration in minutes; `None` is untimed: no start, no end, or end not after start.
    pub fn duration_minutes(&self) -> Option<f64> {
        let seconds = self.times.resolved?.as_second() - self.times.started?.as_second();
        (seconds > 0).then_some(seconds as f64 / 60.0)
    }
}
