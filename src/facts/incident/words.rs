//! Closed lists of words of an incident record. In each, "not recorded" is a value of its own.

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
    /// All, lowest first.
    pub const ALL: [Self; 7] = [Self::B0, Self::B1, Self::B2, Self::B3, Self::B4, Self::B5, Self::B6];

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

/// How the start of an incident is known (`facts/incidents.md` 2.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum StartBasis {
    /// When it occurred.
    Occurred,
    /// When it was noticed.
    Detected,
    /// When the record was opened.
    #[default]
    Logged,
    /// When a status page posted it.
    Posted,
    /// Estimated afterwards.
    Estimated,
}

/// Whether what was done can be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Reversible {
    /// Recorded: yes.
    Yes,
    /// Recorded: with effort, such as a rebuild.
    WithEffort,
    /// Recorded: no.
    No,
    /// Not recorded.
    #[default]
    NotRecorded,
}

/// Data lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum DataLoss {
    /// Recorded: none.
    None,
    /// Lost and recovered.
    Temporary,
    /// Lost for good.
    Permanent,
    /// Not recorded.
    #[default]
    NotRecorded,
}

/// What the operation went through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Via {
    /// A pipeline.
    Pipeline,
    /// A web console.
    Console,
    /// A command line.
    Cli,
    /// A tool that an agent called.
    AgentTool,
    /// Not recorded.
    #[default]
    NotRecorded,
}

/// How far the agent could act by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Autonomy {
    /// It drafted.
    Draft,
    /// It suggested.
    Suggest,
    /// It acted after an approval.
    ActWithApproval,
    /// It acted by itself.
    ActUnattended,
    /// Not recorded.
    #[default]
    NotRecorded,
}

/// State of the guardrail that stood, or should have stood, in the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Guardrail {
    /// It held.
    Effective,
    /// There was none.
    Absent,
    /// It was switched off.
    Disabled,
    /// It was overridden.
    Overridden,
    /// It was there and failed.
    Failed,
    /// Not recorded.
    #[default]
    NotRecorded,
}
