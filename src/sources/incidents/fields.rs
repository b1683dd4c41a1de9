//! The fields of the canonical model: their names in mapping files and generic exports, and the words they take.
//!
//! One table decides what a mapping may say, what its JSON schema says and what `generic-csv` reads.

use crate::facts::change::OperationClass;
use crate::facts::incident::{
    AiRole, AiStatus, ApprovalBypass, ApprovalOrder, IncidentClass, RecordedCause, Scope, Tri,
};

/// What kind of value a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The record's id: one plain word.
    Id,
    /// An instant.
    Time,
    /// `1` (highest) to `5`, or `none`.
    Severity,
    /// One of these words; yes/no fields are words too.
    Word(&'static [&'static str]),
    /// A whole number.
    Count,
    /// Short labels: services, regions, tools, codes.
    Label,
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

    /// Whether its values reach print, so that a column about people must not feed it.
    pub(super) fn is_printed(self) -> bool {
        matches!(self, Self::Id | Self::Label)
    }
}

const TRI: Shape = Shape::Word(&["yes", "no"]);
const SCOPE: Shape = Shape::Word(&["B0", "B1", "B2", "B3", "B4", "B5", "B6"]);

/// Every field, in the order of the documentation.
pub(super) const FIELDS: [(&str, Shape); 36] = [
    ("id", Shape::Id),
    ("class", Shape::Word(&["incident", "near_miss", "maintenance", "test", "duplicate", "cancelled"])),
    ("severity", Shape::Severity),
    ("started_at", Shape::Time),
    ("detected_at", Shape::Time),
    ("opened_at", Shape::Time),
    ("acknowledged_at", Shape::Time),
    ("resolved_at", Shape::Time),
    ("closed_at", Shape::Time),
    ("services", Shape::Label),
    ("environments", Shape::Label),
    ("regions", Shape::Label),
    ("customers", Shape::Count),
    ("change_cause", Shape::Change),
    ("change_fix", Shape::Change),
    ("change_link", Shape::Change),
    ("change_repository", Shape::Label),
    ("ai_role", Shape::Word(&["none", "advice_followed", "authored", "authored_and_executed", "executed", "targeted"])),
    ("ai_status", Shape::Word(&["confirmed", "reported", "disputed", "ruled_out"])),
    ("ai_tool", Shape::Label),
    ("recorded_cause", Shape::Word(&["human_error", "change", "ai", "other"])),
    ("operation_class", Shape::Word(&["O0", "O1", "O2", "O3", "O4"])),
    ("object_scope", SCOPE),
    ("impact_scope", SCOPE),
    ("required_humans", Shape::Count),
    ("obtained_humans", Shape::Count),
    ("senior_required", TRI),
    ("senior_obtained", TRI),
    ("tested_workflow", TRI),
    ("approval_order", Shape::Word(&["before", "after", "missing"])),
    (
        "approval_bypass",
        Shape::Word(&["none", "emergency", "role_too_broad", "admin_override", "not_in_path", "auto_execute"]),
    ),
    ("reversible", TRI),
    ("backups_affected", TRI),
    ("postmortem", TRI),
    ("cause_key", Shape::Label),
    ("responders", Shape::People),
];

/// The table's own copy of a name, and its shape.
pub(super) fn field(name: &str) -> Option<(&'static str, Shape)> {
    FIELDS.iter().copied().find(|(known, _)| *known == name)
}

/// The word of the model behind a word as people write it: case, blanks, `-` and `_` do not matter. `None` is not one
/// of the words; `Some(NOT_RECORDED)` says that the record leaves it open.
pub(super) fn canonical(shape: Shape, written: &str) -> Option<&'static str> {
    let plain = plain(written);
    if let Some(word) = shape.words().iter().find(|word| self::plain(word) == plain) {
        return Some(word);
    }
    if shape == TRI {
        // `with_effort` is a recorded way back (facts/incidents.md 2.6, `reversible`).
        match plain.as_str() {
            "true" | "y" | "1" | "with_effort" => return Some("yes"),
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

/// A yes/no word.
pub(super) fn tri(word: &str) -> Tri {
    match word {
        "yes" => Tri::Yes,
        "no" => Tri::No,
        _ => Tri::NotRecorded,
    }
}

/// What the record is about.
pub(super) fn class(word: &str) -> IncidentClass {
    match word {
        "near_miss" => IncidentClass::NearMiss,
        "maintenance" => IncidentClass::Maintenance,
        "test" => IncidentClass::Test,
        "duplicate" => IncidentClass::Duplicate,
        "cancelled" => IncidentClass::Cancelled,
        _ => IncidentClass::Incident,
    }
}

/// The part AI played.
pub(super) fn ai_role(word: &str) -> AiRole {
    match word {
        "none" => AiRole::None,
        "advice_followed" => AiRole::AdviceFollowed,
        "authored" => AiRole::Authored,
        "authored_and_executed" => AiRole::AuthoredAndExecuted,
        "executed" => AiRole::Executed,
        "targeted" => AiRole::Targeted,
        _ => AiRole::NotRecorded,
    }
}

/// How far that is agreed.
pub(super) fn ai_status(word: &str) -> AiStatus {
    match word {
        "confirmed" => AiStatus::Confirmed,
        "reported" => AiStatus::Reported,
        "disputed" => AiStatus::Disputed,
        "ruled_out" => AiStatus::RuledOut,
        _ => AiStatus::NotRecorded,
    }
}

/// The cause as recorded.
pub(super) fn cause(word: &str) -> RecordedCause {
    match word {
        "human_error" => RecordedCause::HumanError,
        "change" => RecordedCause::Change,
        "ai" => RecordedCause::Ai,
        "other" => RecordedCause::Other,
        _ => RecordedCause::NotRecorded,
    }
}

/// When the approval came.
pub(super) fn order(word: &str) -> ApprovalOrder {
    match word {
        "before" => ApprovalOrder::Before,
        "after" => ApprovalOrder::After,
        "missing" => ApprovalOrder::Missing,
        _ => ApprovalOrder::NotRecorded,
    }
}

/// How the approval was got round.
pub(super) fn bypass(word: &str) -> ApprovalBypass {
    match word {
        "none" => ApprovalBypass::None,
        "emergency" => ApprovalBypass::Emergency,
        "role_too_broad" => ApprovalBypass::RoleTooBroad,
        "admin_override" => ApprovalBypass::AdminOverride,
        "not_in_path" => ApprovalBypass::NotInPath,
        "auto_execute" => ApprovalBypass::AutoExecute,
        _ => ApprovalBypass::NotRecorded,
    }
}

/// Operation class.
pub(super) fn operation(word: &str) -> Option<OperationClass> {
    OperationClass::ALL.into_iter().find(|class| class.word() == word)
}

/// Scope of object or impact.
pub(super) fn scope(word: &str) -> Option<Scope> {
    [Scope::B0, Scope::B1, Scope::B2, Scope::B3, Scope::B4, Scope::B5, Scope::B6]
        .into_iter()
        .find(|scope| scope.word() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_but_the_default_leads_to_a_value_of_its_own() {
        for (name, shape) in FIELDS {
            let Shape::Word(words) = shape else { continue };
            let values: std::collections::BTreeSet<String> = words
                .iter()
                .map(|word| match name {
                    "class" => format!("{:?}", class(word)),
                    "ai_role" => format!("{:?}", ai_role(word)),
                    "ai_status" => format!("{:?}", ai_status(word)),
                    "recorded_cause" => format!("{:?}", cause(word)),
                    "operation_class" => format!("{:?}", operation(word)),
                    "object_scope" | "impact_scope" => format!("{:?}", scope(word)),
                    "approval_order" => format!("{:?}", order(word)),
                    "approval_bypass" => format!("{:?}", bypass(word)),
                    _ => format!("{:?}", tri(word)),
                })
                .collect();
            assert_eq!(values.len(), words.len(), "{name}: {values:?}");
            assert!(!values.contains("NotRecorded"), "{name}");
        }
    }

    #[test]
    fn spelling_does_not_matter_but_meaning_does() {
        assert_eq!(canonical(TRI, "TRUE"), Some("yes"));
        assert_eq!(canonical(TRI, "perhaps"), None);
        let role = field("ai_role").map(|f| f.1).unwrap();
        assert_eq!(canonical(role, "Authored and executed"), Some("authored_and_executed"));
        assert_eq!(canonical(role, "unknown"), Some(NOT_RECORDED));
        assert_eq!(canonical(SCOPE, "b3"), Some("B3"));
    }

    #[test]
    fn a_severity_and_a_class_cannot_be_left_open_in_silence() {
        assert_eq!(canonical(Shape::Severity, "unknown"), None);
        assert_eq!(field("class").and_then(|f| canonical(f.1, "unknown")), None);
    }
}
