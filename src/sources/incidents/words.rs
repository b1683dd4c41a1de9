//! The values of the model behind its words. [`fields::canonical`](super::fields::canonical) has checked the words;
//! what is none of them is "not recorded".

use crate::facts::change::OperationClass;
use crate::facts::deployment::{DeploymentKind, Outcome};
use crate::facts::incident::{
    AiRole, AiStatus, ApprovalBypass, ApprovalOrder, Autonomy, DataLoss, Guardrail, IncidentClass, RecordedCause,
    Reversible, Scope, StartBasis, Tri, Via,
};

/// A closed list of words.
pub(super) trait Words: Sized {
    /// The value behind a word; `None` for "not recorded".
    fn of(word: &str) -> Option<Self>;
}

macro_rules! words {
    ($type:ty { $($word:literal => $variant:ident),+ $(,)? }) => {
        impl Words for $type {
            fn of(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

words!(Tri { "yes" => Yes, "no" => No });
words!(IncidentClass {
    "incident" => Incident, "near_miss" => NearMiss, "maintenance" => Maintenance, "test" => Test,
    "duplicate" => Duplicate, "cancelled" => Cancelled,
});
words!(StartBasis {
    "occurred" => Occurred, "detected" => Detected, "logged" => Logged, "posted" => Posted, "estimated" => Estimated,
});
words!(AiRole {
    "none" => None, "advice_followed" => AdviceFollowed, "authored" => Authored,
    "authored_and_executed" => AuthoredAndExecuted, "executed" => Executed, "targeted" => Targeted,
});
words!(AiStatus {
    "confirmed" => Confirmed, "reported" => Reported, "disputed" => Disputed, "ruled_out" => RuledOut,
});
words!(Autonomy {
    "draft" => Draft, "suggest" => Suggest, "act_with_approval" => ActWithApproval, "act_unattended" => ActUnattended,
});
words!(RecordedCause { "human_error" => HumanError, "change" => Change, "ai" => Ai, "other" => Other });
words!(Via { "pipeline" => Pipeline, "console" => Console, "cli" => Cli, "agent_tool" => AgentTool });
words!(ApprovalOrder { "before" => Before, "after" => After, "missing" => Missing });
words!(ApprovalBypass {
    "none" => None, "emergency" => Emergency, "role_too_broad" => RoleTooBroad, "admin_override" => AdminOverride,
    "not_in_path" => NotInPath, "auto_execute" => AutoExecute,
});
words!(Guardrail {
    "effective" => Effective, "absent" => Absent, "disabled" => Disabled, "overridden" => Overridden,
    "failed" => Failed,
});
words!(Reversible { "yes" => Yes, "with_effort" => WithEffort, "no" => No });
words!(DataLoss { "none" => None, "temporary" => Temporary, "permanent" => Permanent });
words!(Scope { "B0" => B0, "B1" => B1, "B2" => B2, "B3" => B3, "B4" => B4, "B5" => B5, "B6" => B6 });
words!(Outcome {
    "success" => Success, "failure" => Failure, "in_progress" => InProgress, "cancelled" => Cancelled,
});
words!(DeploymentKind { "deploy" => Deploy, "rollback" => Rollback, "remove" => Remove });

impl Words for OperationClass {
    fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Debug;

    use super::super::fields::{Name, Shape, all};
    use super::*;

    fn values<T: Words + Debug>(words: &[&str]) -> BTreeSet<String> {
        words.iter().filter_map(|word| T::of(word)).map(|value| format!("{value:?}")).collect()
    }

    #[test]
    fn every_word_of_every_field_leads_to_a_value_of_its_own() {
        for name in all() {
            let Shape::Word(words) = name.shape() else { continue };
            let found = match name {
                Name::Class => values::<IncidentClass>(words),
                Name::StartBasis => values::<StartBasis>(words),
                Name::AiRole => values::<AiRole>(words),
                Name::AiStatus => values::<AiStatus>(words),
                Name::Autonomy => values::<Autonomy>(words),
                Name::RecordedCause => values::<RecordedCause>(words),
                Name::OperationClass => values::<OperationClass>(words),
                Name::Via => values::<Via>(words),
                Name::ObjectScope | Name::ImpactScope => values::<Scope>(words),
                Name::ApprovalOrder => values::<ApprovalOrder>(words),
                Name::ApprovalBypass => values::<ApprovalBypass>(words),
                Name::Guardrail => values::<Guardrail>(words),
                Name::Reversible => values::<Reversible>(words),
                Name::DataLoss => values::<DataLoss>(words),
                Name::Outcome => values::<Outcome>(words),
                Name::Kind => values::<DeploymentKind>(words),
                _ => values::<Tri>(words),
            };
            assert_eq!(found.len(), words.len(), "{}: {found:?}", name.word());
            assert!(!found.contains("NotRecorded"), "{}", name.word());
        }
    }
}
