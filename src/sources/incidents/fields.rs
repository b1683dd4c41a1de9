//! The fields of the canonical models: their names in mapping files and generic exports, and what they take.
//!
//! One table decides what a mapping may say, what its JSON schema says and what the generic profiles read.

/// What a mapping file describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Target {
    /// Incident records.
    #[default]
    Incidents,
    /// Deployments.
    Deployments,
}

impl Target {
    /// As mapping files write it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Incidents => "incidents",
            Self::Deployments => "deployments",
        }
    }

    /// How an error begins when none of the exports can be used.
    pub(super) fn cannot_use(self) -> &'static str {
        match self {
            Self::Incidents => "cannot use any incident export",
            Self::Deployments => "cannot use any deployment export",
        }
    }

    /// How an error about such an export begins.
    pub(super) fn cannot_read(self) -> &'static str {
        match self {
            Self::Incidents => "cannot read an incident export",
            Self::Deployments => "cannot read a deployment export",
        }
    }
}

/// For which records a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    Both,
    Incidents,
    Deployments,
}

/// What kind of value a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The record's id: one plain word.
    Id,
    /// An instant.
    Time,
    /// A span of time, in the unit that the mapping states.
    Duration,
    /// `1` (highest) to `5`, or `none`.
    Severity,
    /// One of these words; yes/no fields are words too.
    Word(&'static [&'static str]),
    /// A whole number.
    Count,
    /// A number that may have a fraction.
    Number,
    /// Short labels: services, regions, tools, codes.
    Label,
    /// Codes of the failure modes.
    Codes,
    /// References to changes.
    Change,
    /// People; only how many differ is kept.
    People,
}

impl Shape {
    /// Words that `map` and `else` may lead to, beside whole numbers for [`Shape::Count`].
    pub(super) fn words(self) -> &'static [&'static str] {
        match self {
            Self::Severity => &["1", "2", "3", "4", "5", "none"],
            Self::Word(words) => words,
            _ => &[],
        }
    }

    /// Whether `map` and `else` mean something for it.
    pub(super) fn takes_map(self) -> bool {
        matches!(self, Self::Severity | Self::Word(_) | Self::Count)
    }

    /// Whether a cell may hold several values.
    pub(super) fn is_split(self) -> bool {
        matches!(self, Self::Label | Self::People | Self::Codes)
    }

    /// Whether its values reach print, so that a column about people must not feed it.
    pub(super) fn is_printed(self) -> bool {
        matches!(self, Self::Id | Self::Label)
    }
}

const TRI: Shape = Shape::Word(&["yes", "no"]);
const SCOPE: Shape = Shape::Word(&["B0", "B1", "B2", "B3", "B4", "B5", "B6"]);

/// A field of a model. The number is its place in [`FIELDS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    Id,
    Class,
    Severity,
    Major,
    StartedAt,
    DetectedAt,
    OpenedAt,
    DeclaredAt,
    AcknowledgedAt,
    MitigatedAt,
    ResolvedAt,
    ClosedAt,
    StartBasis,
    AcknowledgedAfter,
    ResolvedAfter,
    AwareAt,
    ClassifiedAt,
    ReportedAt,
    IntermediateReportAt,
    FinalReportAt,
    Resources,
    Services,
    Environments,
    Accounts,
    Regions,
    MemberStates,
    ResourceCount,
    ServiceCount,
    EnvironmentCount,
    AccountCount,
    RegionCount,
    Customers,
    CustomersPercent,
    CriticalFunction,
    ChangeCause,
    ChangeFix,
    ChangeLink,
    ChangeRepository,
    AiRole,
    AiStatus,
    Autonomy,
    AiTool,
    RecordedCause,
    OperationClass,
    Via,
    ObjectScope,
    ImpactScope,
    RequiredHumans,
    ObtainedHumans,
    SeniorRequired,
    SeniorObtained,
    TestedWorkflow,
    ApproverDistinct,
    BreakGlassReviewed,
    ApprovalOrder,
    ApprovalBypass,
    Guardrail,
    FailureModes,
    Reversible,
    DataLoss,
    BackupsAffected,
    Postmortem,
    PostmortemAt,
    Actions,
    ActionsOverdue,
    CauseKey,
    Responders,
    ResponderCount,
    Escalations,
    AutoResolved,
    Engaged,
    EngagedBusiness,
    EngagedOff,
    EngagedSleep,
    Interruptions,
    InterruptionsBusiness,
    InterruptionsOff,
    InterruptionsSleep,
    FinishedAt,
    Outcome,
    Kind,
    Production,
    Change,
}

/// Every field, in the order of the documentation.
const FIELDS: [(Name, &str, Shape, For); 83] = [
    (Name::Id, "id", Shape::Id, For::Both),
    (
        Name::Class,
        "class",
        Shape::Word(&["incident", "near_miss", "maintenance", "test", "duplicate", "cancelled"]),
        For::Incidents,
    ),
    (Name::Severity, "severity", Shape::Severity, For::Incidents),
    (Name::Major, "major", TRI, For::Incidents),
    (Name::StartedAt, "started_at", Shape::Time, For::Both),
    (Name::DetectedAt, "detected_at", Shape::Time, For::Incidents),
    (Name::OpenedAt, "opened_at", Shape::Time, For::Incidents),
    (Name::DeclaredAt, "declared_at", Shape::Time, For::Incidents),
    (Name::AcknowledgedAt, "acknowledged_at", Shape::Time, For::Incidents),
    (Name::MitigatedAt, "mitigated_at", Shape::Time, For::Incidents),
    (Name::ResolvedAt, "resolved_at", Shape::Time, For::Incidents),
    (Name::ClosedAt, "closed_at", Shape::Time, For::Incidents),
    (
        Name::StartBasis,
        "start_basis",
        Shape::Word(&["occurred", "detected", "logged", "posted", "estimated"]),
        For::Incidents,
    ),
    (Name::AcknowledgedAfter, "acknowledged_after", Shape::Duration, For::Incidents),
    (Name::ResolvedAfter, "resolved_after", Shape::Duration, For::Incidents),
    (Name::AwareAt, "aware_at", Shape::Time, For::Incidents),
    (Name::ClassifiedAt, "classified_at", Shape::Time, For::Incidents),
    (Name::ReportedAt, "reported_at", Shape::Time, For::Incidents),
    (Name::IntermediateReportAt, "intermediate_report_at", Shape::Time, For::Incidents),
    (Name::FinalReportAt, "final_report_at", Shape::Time, For::Incidents),
    (Name::Resources, "resources", Shape::Label, For::Incidents),
    (Name::Services, "services", Shape::Label, For::Both),
    (Name::Environments, "environments", Shape::Label, For::Both),
    (Name::Accounts, "accounts", Shape::Label, For::Incidents),
    (Name::Regions, "regions", Shape::Label, For::Incidents),
    (Name::MemberStates, "member_states", Shape::Label, For::Incidents),
    (Name::ResourceCount, "resource_count", Shape::Count, For::Incidents),
    (Name::ServiceCount, "service_count", Shape::Count, For::Incidents),
    (Name::EnvironmentCount, "environment_count", Shape::Count, For::Incidents),
    (Name::AccountCount, "account_count", Shape::Count, For::Incidents),
    (Name::RegionCount, "region_count", Shape::Count, For::Incidents),
    (Name::Customers, "customers", Shape::Count, For::Incidents),
    (Name::CustomersPercent, "customers_percent", Shape::Number, For::Incidents),
    (Name::CriticalFunction, "critical_function", TRI, For::Incidents),
    (Name::ChangeCause, "change_cause", Shape::Change, For::Incidents),
    (Name::ChangeFix, "change_fix", Shape::Change, For::Incidents),
    (Name::ChangeLink, "change_link", Shape::Change, For::Incidents),
    (Name::ChangeRepository, "change_repository", Shape::Label, For::Both),
    (
        Name::AiRole,
        "ai_role",
        Shape::Word(&["none", "advice_followed", "authored", "authored_and_executed", "executed", "targeted"]),
        For::Incidents,
    ),
    (Name::AiStatus, "ai_status", Shape::Word(&["confirmed", "reported", "disputed", "ruled_out"]), For::Incidents),
    (
        Name::Autonomy,
        "autonomy",
        Shape::Word(&["draft", "suggest", "act_with_approval", "act_unattended"]),
        For::Incidents,
    ),
    (Name::AiTool, "ai_tool", Shape::Label, For::Incidents),
    (Name::RecordedCause, "recorded_cause", Shape::Word(&["human_error", "change", "ai", "other"]), For::Incidents),
    (Name::OperationClass, "operation_class", Shape::Word(&["O0", "O1", "O2", "O3", "O4"]), For::Incidents),
    (Name::Via, "via", Shape::Word(&["pipeline", "console", "cli", "agent_tool"]), For::Incidents),
    (Name::ObjectScope, "object_scope", SCOPE, For::Incidents),
    (Name::ImpactScope, "impact_scope", SCOPE, For::Incidents),
    (Name::RequiredHumans, "required_humans", Shape::Count, For::Incidents),
    (Name::ObtainedHumans, "obtained_humans", Shape::Count, For::Incidents),
    (Name::SeniorRequired, "senior_required", TRI, For::Incidents),
    (Name::SeniorObtained, "senior_obtained", TRI, For::Incidents),
    (Name::TestedWorkflow, "tested_workflow", TRI, For::Incidents),
    (Name::ApproverDistinct, "approver_distinct", TRI, For::Incidents),
    (Name::BreakGlassReviewed, "break_glass_reviewed", TRI, For::Incidents),
    (Name::ApprovalOrder, "approval_order", Shape::Word(&["before", "after", "missing"]), For::Incidents),
    (
        Name::ApprovalBypass,
        "approval_bypass",
        Shape::Word(&["none", "emergency", "role_too_broad", "admin_override", "not_in_path", "auto_execute"]),
        For::Incidents,
    ),
    (
        Name::Guardrail,
        "guardrail",
        Shape::Word(&["effective", "absent", "disabled", "overridden", "failed"]),
        For::Incidents,
    ),
    (Name::FailureModes, "failure_modes", Shape::Codes, For::Incidents),
    (Name::Reversible, "reversible", Shape::Word(&["yes", "with_effort", "no"]), For::Incidents),
    (Name::DataLoss, "data_loss", Shape::Word(&["none", "temporary", "permanent"]), For::Incidents),
    (Name::BackupsAffected, "backups_affected", TRI, For::Incidents),
    (Name::Postmortem, "postmortem", TRI, For::Incidents),
    (Name::PostmortemAt, "postmortem_at", Shape::Time, For::Incidents),
    (Name::Actions, "actions", Shape::Count, For::Incidents),
    (Name::ActionsOverdue, "actions_overdue", Shape::Count, For::Incidents),
    (Name::CauseKey, "cause_key", Shape::Label, For::Incidents),
    (Name::Responders, "responders", Shape::People, For::Incidents),
    (Name::ResponderCount, "responder_count", Shape::Count, For::Incidents),
    (Name::Escalations, "escalations", Shape::Count, For::Incidents),
    (Name::AutoResolved, "auto_resolved", TRI, For::Incidents),
    (Name::Engaged, "engaged", Shape::Duration, For::Incidents),
    (Name::EngagedBusiness, "engaged_business", Shape::Duration, For::Incidents),
    (Name::EngagedOff, "engaged_off", Shape::Duration, For::Incidents),
    (Name::EngagedSleep, "engaged_sleep", Shape::Duration, For::Incidents),
    (Name::Interruptions, "interruptions", Shape::Count, For::Incidents),
    (Name::InterruptionsBusiness, "interruptions_business", Shape::Count, For::Incidents),
    (Name::InterruptionsOff, "interruptions_off", Shape::Count, For::Incidents),
    (Name::InterruptionsSleep, "interruptions_sleep", Shape::Count, For::Incidents),
    (Name::FinishedAt, "finished_at", Shape::Time, For::Deployments),
    (Name::Outcome, "outcome", Shape::Word(&["success", "failure", "in_progress", "cancelled"]), For::Deployments),
    (Name::Kind, "kind", Shape::Word(&["deploy", "rollback", "remove"]), For::Deployments),
    (Name::Production, "production", TRI, For::Deployments),
    (Name::Change, "change", Shape::Change, For::Deployments),
];

/// How many fields there are.
pub(super) const COUNT: usize = FIELDS.len();

impl Name {
    /// As mapping files write it.
    pub(super) fn word(self) -> &'static str {
        FIELDS[self as usize].1
    }

    /// What it holds.
    pub(super) fn shape(self) -> Shape {
        FIELDS[self as usize].2
    }

    /// Whether records of this kind have it.
    fn stands_in(self, target: Target) -> bool {
        match FIELDS[self as usize].3 {
            For::Both => true,
            For::Incidents => target == Target::Incidents,
            For::Deployments => target == Target::Deployments,
        }
    }
}

/// The fields of one kind of record.
pub(super) fn of(target: Target) -> impl Iterator<Item = Name> + Clone {
    FIELDS.iter().map(|row| row.0).filter(move |name| name.stands_in(target))
}

/// All names, each once.
pub(super) fn all() -> impl Iterator<Item = Name> {
    FIELDS.iter().map(|row| row.0)
}

/// The field of this name.
pub(super) fn field(target: Target, word: &str) -> Option<Name> {
    of(target).find(|name| name.word() == word)
}

/// The word of the model behind a word as people write it: case, blanks, `-` and `_` do not matter. `None` is not one
/// of the words; `Some(NOT_RECORDED)` says that the record leaves it open.
pub(super) fn canonical(shape: Shape, written: &str) -> Option<&'static str> {
    // The word itself, as most exports write it, without a copy.
    if let Some(word) = shape.words().iter().find(|word| **word == written) {
        return Some(word);
    }
    let plain = plain(written);
    if let Some(word) = shape.words().iter().find(|word| self::plain(word) == plain) {
        return Some(word);
    }
    if shape.words().first() == Some(&"yes") {
        match plain.as_str() {
            "true" | "y" | "1" => return Some("yes"),
            "false" | "n" | "0" => return Some("no"),
            _ => {}
        }
    }
    if plain == "canceled" && shape.words().contains(&"cancelled") {
        return Some("cancelled");
    }
    // What a record is about and how severe it is has no "unknown": leaving either out must be a decision.
    let open = matches!(shape, Shape::Word(words) if words.first() != Some(&"incident"));
    (open && matches!(plain.as_str(), "unknown" | "not_recorded")).then_some(NOT_RECORDED)
}

/// The word for "the record does not say".
pub(super) const NOT_RECORDED: &str = "not_recorded";

fn plain(word: &str) -> String {
    word.trim().chars().map(|c| if c == ' ' || c == '-' { '_' } else { c.to_ascii_lowercase() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_name_is_its_place_in_the_table() {
        for (at, name) in all().enumerate() {
            assert_eq!(name as usize, at, "{}", name.word());
        }
    }

    #[test]
    fn spelling_does_not_matter_but_meaning_does() {
        assert_eq!(canonical(TRI, "TRUE"), Some("yes"));
        assert_eq!(canonical(TRI, "perhaps"), None);
        assert_eq!(canonical(Name::AiRole.shape(), "Authored and executed"), Some("authored_and_executed"));
        assert_eq!(canonical(Name::AiRole.shape(), "unknown"), Some(NOT_RECORDED));
        assert_eq!(canonical(SCOPE, "b3"), Some("B3"));
    }

    #[test]
    fn a_severity_and_a_class_cannot_be_left_open_in_silence() {
        assert_eq!(canonical(Shape::Severity, "unknown"), None);
        assert_eq!(canonical(Name::Class.shape(), "unknown"), None);
    }

    #[test]
    fn fields_of_deployments_and_of_incidents_are_told_apart() {
        assert!(field(Target::Incidents, "outcome").is_none());
        assert!(field(Target::Deployments, "severity").is_none());
        assert!(field(Target::Deployments, "id").is_some());
    }
}
