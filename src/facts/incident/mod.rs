//! Incident records in one canonical, three-valued model (`facts/incidents.md` 2.6).
//!
//! "Not recorded" is always its own value: an incident that does not say whether AI was involved is a finding about
//! the records, never evidence of absence.

mod load;
mod modes;
mod words;

use std::sync::Arc;

use jiff::Timestamp;

pub use load::{Load, Page};
pub use modes::FailureMode;
pub use words::{
    AiRole, AiStatus, ApprovalBypass, ApprovalOrder, Autonomy, ChangeRole, DataLoss, Guardrail, IncidentClass,
    RecordedCause, Reversible, Scope, StartBasis, Tri, Via,
};

use super::change::OperationClass;
use super::person::Person;

/// Short labels of a record, sorted, without repeats. Exports name the same few again and again: the texts are shared.
pub type Labels = Box<[Arc<str>]>;

/// A reference from an incident to a change, as text; resolution is a measure's work.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangeRef {
    /// A commit id of 7 to 64 hexadecimal digits, a review number (`#12`) or a change number (`CHG…`).
    pub reference: String,
    /// Repository name, where the record gives one.
    pub repository: Option<Box<str>>,
    /// Its role.
    pub role: ChangeRole,
    /// Rung of the attribution ladder, 0 to 5 (`facts/incidents.md` 2.2): 5 a cause field filled by the organisation,
    /// 4 stated in text, 3 attached.
    pub confidence: u8,
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
    /// An approver was somebody else than the author.
    pub approver_distinct: Tri,
    /// An emergency access was looked at afterwards.
    pub break_glass_reviewed: Tri,
    /// When.
    pub order: ApprovalOrder,
    /// How it was got round.
    pub bypass: ApprovalBypass,
}

/// Instants of an incident. All optional: a missing end is *untimed*, never zero.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Times {
    /// Start: occurred, else detected, else opened.
    pub started: Option<Timestamp>,
    /// How the start is known.
    pub basis: StartBasis,
    /// Detected.
    pub detected: Option<Timestamp>,
    /// First acknowledgement.
    pub acknowledged: Option<Timestamp>,
    /// Service restored.
    pub resolved: Option<Timestamp>,
    /// What few exports record.
    pub rest: Option<Box<RareTimes>>,
}

/// Instants that few exports record. They lie apart: an export may hold a million incidents.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RareTimes {
    /// Declared an incident.
    pub declared: Option<Timestamp>,
    /// Harm stopped.
    pub mitigated: Option<Timestamp>,
    /// Record closed.
    pub closed: Option<Timestamp>,
    /// How long it lasted, in minutes, where the record states it; it counts where an exact start or end is missing.
    pub lasted_minutes: Option<f64>,
}

/// Instants of reports to an authority. The clocks are those of the norms that the plan declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reports {
    /// The organisation became aware.
    pub aware: Option<Timestamp>,
    /// Classified as major or significant.
    pub classified: Option<Timestamp>,
    /// Early warning or initial report.
    pub initial: Option<Timestamp>,
    /// Intermediate report or notification.
    pub intermediate: Option<Timestamp>,
    /// Final report.
    pub last: Option<Timestamp>,
}

/// How many of a thing were touched or hit, where the record counts instead of naming.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// Resources.
    pub resources: Option<u32>,
    /// Services.
    pub services: Option<u32>,
    /// Environments.
    pub environments: Option<u32>,
    /// Accounts.
    pub accounts: Option<u32>,
    /// Regions.
    pub regions: Option<u32>,
}

/// What was touched or hit, as far as it is named or counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reach {
    /// Services named.
    pub services: Labels,
    /// Environments named.
    pub environments: Labels,
    /// Regions named.
    pub regions: Labels,
    /// What few exports record.
    pub rest: Option<Box<RareReach>>,
}

/// Reach that few exports record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RareReach {
    /// Counts that the record states.
    pub extent: Extent,
    /// Resources named.
    pub resources: Labels,
    /// Accounts named.
    pub accounts: Labels,
    /// Member States of the European Union named.
    pub member_states: Labels,
    /// Customers affected.
    pub customers: Option<u64>,
    /// Share of the customers affected, in percent.
    pub customers_percent: Option<f64>,
    /// A critical or important function was hit.
    pub critical_function: Tri,
}

/// What followed from an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Aftermath {
    /// When a review was published.
    pub postmortem_at: Option<Timestamp>,
    /// Actions agreed.
    pub actions: Option<u32>,
    /// Of these, overdue.
    pub actions_overdue: Option<u32>,
}

/// One incident record.
#[derive(Debug, Clone, Default)]
pub struct Incident {
    /// Id in the tool; printed, so a mapping must not point it at a person.
    pub id: String,
    /// Path of the export, as written in the plan.
    pub file: Arc<str>,
    /// Record in that file: line for CSV and JSONL, position for JSON, from 1.
    pub record: u64,
    /// What the record is about.
    pub class: IncidentClass,
    /// 1 (highest) to 5; `None`: the record says "none" or is excluded.
    pub severity: Option<u8>,
    /// The organisation classified it as major or significant.
    pub major: Tri,
    /// Instants.
    pub times: Times,
    /// Reports to an authority, where any instant of them is recorded.
    pub reports: Option<Box<Reports>>,
    /// What was touched or hit.
    pub reach: Reach,
    /// References to changes.
    pub changes: Box<[ChangeRef]>,
    /// Part AI played, as recorded.
    pub ai_role: AiRole,
    /// How far that is agreed.
    pub ai_status: AiStatus,
    /// How far the agent could act by itself.
    pub autonomy: Autonomy,
    /// Tool id, where recorded.
    pub ai_tool: Option<Arc<str>>,
    /// Cause as recorded.
    pub recorded_cause: RecordedCause,
    /// Class of the operation that set it off, where recorded.
    pub operation: Option<OperationClass>,
    /// What the operation went through.
    pub via: Via,
    /// Scope of the operation's object, where recorded.
    pub object_scope: Option<Scope>,
    /// Scope of the impact, where recorded.
    pub impact_scope: Option<Scope>,
    /// Authorisation.
    pub authorisation: Authorisation,
    /// State of the guardrail in the path.
    pub guardrail: Guardrail,
    /// Failure modes that a person coded.
    pub failure_modes: Box<[FailureMode]>,
    /// Whether it can be undone.
    pub reversible: Reversible,
    /// Data lost.
    pub data_loss: DataLoss,
    /// Backups were hit too.
    pub backups_affected: Tri,
    /// A review after the incident is on record.
    pub postmortem: Tri,
    /// What followed, where more of it is recorded.
    pub aftermath: Option<Box<Aftermath>>,
    /// Apparent root cause, as a code or a short label, for recurrence.
    pub cause_key: Option<Arc<str>>,
    /// Responders, each once.
    pub responders: Box<[Person]>,
    /// Work and interruptions, where the export says anything of them.
    pub load: Option<Box<Load>>,
    /// The record gives an end, usable or not.
    pub ended: bool,
    /// It ended without anybody's action.
    pub auto_resolved: Tri,
    /// Personal-data fields the export carries, by column name: a fact about the export (S15).
    pub personal_fields: u32,
}

impl Incident {
    /// Whether nothing says that it is over. An end at or before the start is a record that cannot be timed, not an open
    /// one.
    pub fn is_open(&self) -> bool {
        let closed = self.times.rest.as_ref().and_then(|rest| rest.closed);
        self.times.resolved.is_none() && closed.is_none() && !self.ended
    }

    /// Start to restoration in minutes, else what the record states; `None` is untimed: no start, no end, or end not
    /// after start.
    pub fn duration_minutes(&self) -> Option<f64> {
        let Some((started, resolved)) = self.times.started.zip(self.times.resolved) else {
            return self.times.rest.as_ref()?.lasted_minutes;
        };
        let seconds = resolved.as_second() - started.as_second();
        (seconds > 0).then_some(seconds as f64 / 60.0)
    }
}
