//! Senior sign-off under a dated policy, and which changes a policy binds.

use jiff::tz::TimeZone;

use super::approvals::Approvals;
use super::seniority::any_senior;
use crate::facts::Facts;
use crate::facts::register::{Policy, PolicyScope};
use crate::measures::glob;
use crate::measures::links::{Linked, Links};

/// A policy of senior sign-off and how it was followed from its own first day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeniorSignOff {
    /// Policy id.
    pub policy: String,
    /// Line in the register.
    pub line: u32,
    /// Changes it applied to.
    pub due: usize,
    /// Of these, approved by a person listed as senior on that day.
    pub signed: usize,
    /// Of the rest, those approved by somebody whose seniority is not stated.
    pub unknown: usize,
}

impl SeniorSignOff {
    /// Counts the changes that the policy binds.
    pub(super) fn of(facts: &Facts, policy: &Policy, links: &Links<'_>) -> Self {
        let mut count = Self { policy: policy.id.clone(), line: policy.line, due: 0, signed: 0, unknown: 0 };
        for linked in links.work().filter(|linked| applies(policy, linked)) {
            count.due += 1;
            match any_senior(facts, &Approvals::of(linked).people(), linked.change.committed.at) {
                Some(true) => count.signed += 1,
                Some(false) => {}
                None => count.unknown += 1,
            }
        }
        count
    }
}

/// Whether a policy binds a change: landed on or after its first day, and in its scope.
pub fn applies(policy: &Policy, linked: &Linked<'_>) -> bool {
    let day = linked.change.committed.at.to_zoned(TimeZone::UTC).date();
    day >= policy.from
        && match &policy.applies_to {
            PolicyScope::All => true,
            PolicyScope::Ai => linked.is_ai(),
            PolicyScope::Paths(globs) => {
                let paths = linked.change.paths.as_deref().unwrap_or_default();
                paths.iter().any(|change| globs.iter().any(|pattern| glob::matches(pattern, &change.path)))
            }
        }
}
