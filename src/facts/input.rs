//! What was given, what could be read and what was refused.

/// Kinds of evidence. The order is the order in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Repository history.
    History,
    /// Review records, from an export or from trailers in the history.
    Reviews,
    /// Incident records.
    Incidents,
    /// Deployment events.
    Deployments,
    /// Monitoring configurations.
    Monitoring,
    /// The register of what is declared.
    Register,
    /// The people list.
    People,
    /// Git notes about AI use (`refs/notes/ai`).
    Notes,
    /// Code owners (`CODEOWNERS` in a repository).
    Owners,
    /// Guardrail events (rule suites, audit logs).
    Guardrails,
    /// Enough records to compare.
    MoreRecords,
    /// The history of the configurations, for the day a setting was switched on.
    ConfigurationHistory,
    /// An agreed criterion in the plan.
    Criterion,
    /// A written plan.
    Plan,
    /// A part of this tool that is not built yet.
    Tool,
}

impl Kind {
    /// The word used in `needs` and message ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::History => "history",
            Self::Reviews => "reviews",
            Self::Incidents => "incidents",
            Self::Deployments => "deployments",
            Self::Monitoring => "monitoring",
            Self::Register => "register",
            Self::People => "people",
            Self::Notes => "notes",
            Self::Owners => "code-owners",
            Self::Guardrails => "guardrail-events",
            Self::MoreRecords => "more-records",
            Self::ConfigurationHistory => "configuration-history",
            Self::Criterion => "criterion",
            Self::Plan => "plan",
            Self::Tool => "tool",
        }
    }
}

/// One input of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Kind of evidence.
    pub kind: Kind,
    /// Path as written in the plan (for a file of a folder: that path, `/`, and the path inside).
    pub path: String,
    /// What it was recognised as: `git`, `git-fast-export`, `servicenow-incident-csv`, `grafana-dashboard`, …
    pub format: String,
    /// SHA-256 in hexadecimal. For a repository: of its tip, notes tip and object ids, never of pack bytes.
    pub sha256: String,
    /// Records read.
    pub records: u64,
}

/// An input or a record that could not be used. Refusals are shown and counted, never dropped in silence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// Kind of evidence.
    pub kind: Kind,
    /// Path as written in the plan.
    pub path: String,
    /// Line or record, where there is one.
    pub at: Option<u64>,
    /// Why.
    pub reason: RefusalReason,
    /// How many records this stands for.
    pub count: u64,
    /// What a technician reads on the terminal: never personal data, never a secret, never printed in a report.
    pub detail: String,
}

/// Why something was refused. A closed list, so that the report can say it in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefusalReason {
    /// The file is not what it claims to be, or is damaged.
    Unreadable,
    /// No reader for this format.
    NoReader,
    /// Larger, deeper or longer than the limits allow.
    TooLarge,
    /// A link, pipe or device, or a path that leaves the folder.
    NotAFile,
    /// A record lacks a field that cannot be done without.
    MissingField,
    /// A date could not be read.
    BadDate,
    /// A field holds a value that is none of those it may hold.
    BadValue,
    /// An object of the repository is missing or corrupt.
    MissingObject,
    /// The same record stands before it.
    Duplicate,
}

impl RefusalReason {
    /// The word used in message ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::NoReader => "no-reader",
            Self::TooLarge => "too-large",
            Self::NotAFile => "not-a-file",
            Self::MissingField => "missing-field",
            Self::BadDate => "bad-date",
            Self::BadValue => "bad-value",
            Self::MissingObject => "missing-object",
            Self::Duplicate => "duplicate",
        }
    }
}
