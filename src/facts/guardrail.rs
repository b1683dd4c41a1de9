//! What a platform recorded about its guardrails: rules that were bypassed, overridden or switched off.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

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

/// One export of events, and what it saw land. An export that holds no bypass shows that there was none only for what it
/// would have recorded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GuardrailLog {
    /// File, as written in the plan.
    pub file: String,
    /// Records in it, of whatever kind and about whatever repository.
    pub records: u64,
    /// Of these, records about repositories or branches that are not audited.
    pub elsewhere: u64,
    /// Pushes to an audited branch that it records, bypassing or not: repository, commit before, commit after.
    pub pushes: BTreeSet<(usize, CommitId, CommitId)>,
    /// Days (UTC) of which it records something about a repository, where it records every kind of event.
    pub days: BTreeSet<(usize, Date)>,
    /// Exactly as long as one page of its platform: the rest may not have been asked for.
    pub may_be_cut: bool,
}
