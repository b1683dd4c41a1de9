//! Environment-level operations: changes that reach an environment or more, and operations on record.

use super::reach::{ENVIRONMENT, Reach};
use crate::facts::Facts;
use crate::facts::incident::Tri;
use crate::facts::register::Need;
use crate::measures::incidents::{Recorded, started_in};
use crate::measures::links::{Linked, Links};
use crate::measures::robustness::approvals::Approvals;
use crate::measures::robustness::authorisation::observed;
use crate::measures::robustness::doctrine::fulfilled;
use crate::measures::robustness::seniority::any_senior;
use crate::plan::Plan;

/// Changes of the history that reach an environment or more, by who approved them before they landed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// All.
    pub due: usize,
    /// Approved by a person listed as senior on that day.
    pub senior: usize,
    /// Approved by people of whom one's seniority is not stated.
    pub unstated: usize,
    /// In repositories that keep no record of reviews.
    pub unobserved: usize,
}

impl Changes {
    pub(super) fn of(facts: &Facts, links: &Links<'_>, changes: &[(&Linked<'_>, Option<Reach>)]) -> Self {
        let observed = observed(facts, links);
        let mut count = Self::default();
        for (linked, reach) in changes {
            if !reach.as_ref().is_some_and(Reach::is_environment_level) {
                continue;
            }
            count.due += 1;
            if !observed.contains(&linked.change.repository) {
                count.unobserved += 1;
                continue;
            }
            match any_senior(facts, &Approvals::of(linked).people(), linked.change.committed.at) {
                Some(true) => count.senior += 1,
                Some(false) => {}
                None => count.unstated += 1,
            }
        }
        count
    }

    /// Changes without an approval, or approved by people who are not senior.
    pub fn unsigned(&self) -> usize {
        self.due - self.senior - self.unstated - self.unobserved
    }
}

/// An operation that an incident of the period records, by whoever executed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnRecord {
    /// Where.
    pub at: Recorded,
    /// Its class.
    pub class: crate::facts::change::OperationClass,
    /// What the record says was lacking: a senior approval before the act, a tested workflow.
    pub lacking: Vec<Need>,
    /// The record leaves one of the two open.
    pub unclear: bool,
}

/// Operations on record that reach an environment or more.
pub(super) fn on_record(facts: &Facts, plan: &Plan) -> Vec<OnRecord> {
    let found = started_in(facts, plan).filter_map(|incident| {
        let class = incident.operation.filter(|class| *class >= ENVIRONMENT)?;
        let answers = [Need::SeniorApproval, Need::TestedWorkflow].map(|need| (need, fulfilled(need, incident)));
        let lacking = answers.iter().filter(|(_, answer)| *answer == Tri::No).map(|(need, _)| *need).collect();
        let unclear = answers.iter().any(|(_, answer)| *answer == Tri::NotRecorded);
        Some(OnRecord { at: Recorded::of(incident), class, lacking, unclear })
    });
    found.collect()
}
