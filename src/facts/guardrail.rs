//! What a platform recorded about its guardrails: rules that were bypassed, overridden or switched off.

use jiff::Timestamp;

use super::change::{Bypass, CommitId};
use super::review::Actor;

/// One recorded event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardrailEvent {
    /// File, as written in the plan.
    pub file: String,
    /// Record in it, counted from 1.
    pub record: u64,
    /// Index into `Facts::repositories`, where the event names one of them.
    pub repository: Option<usize>,
    /// When.
    pub at: Timestamp,
    /// What was bypassed; `None` for a rule that was changed, which bypasses nothing yet.
    pub bypass: Option<Bypass>,
    /// Who.
    pub actor: Actor,
    /// The commit that landed, where the event names it.
    pub commit: Option<CommitId>,
}
