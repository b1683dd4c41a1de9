//! The vocabulary: what was read, cut by thing (change, review, incident, capture, declaration).
//!
//! Nothing here reads a file, knows a provider or judges. Facts are never cut by the check that wants them, and
//! people are numbers: names stop at the source readers.

pub mod capture;
pub mod change;
pub mod deployment;
pub mod guardrail;
pub mod incident;
pub mod input;
pub mod operation;
pub mod person;
pub mod record;
pub mod register;
pub mod review;
#[cfg(test)]
pub(crate) mod sample;
pub mod time;

use std::collections::BTreeSet;

pub use capture::{Capture, Flow};
pub use change::{Change, Repository};
pub use deployment::Deployment;
pub use guardrail::{GuardrailEvent, GuardrailLog};
pub use incident::Incident;
pub use input::{Input, Kind, Refused};
pub use person::{Membership, Person};
pub use register::Register;
pub use review::{PullHead, Review};

/// Everything the sources read, before anything is counted.
///
/// A kind that is absent from [`Facts::read`] was not given or could not be read at all; an empty list of a kind that
/// is present means that the input was read and held nothing.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Kinds of evidence of which at least one input was read.
    pub read: BTreeSet<Kind>,
    /// Repositories in the order of the plan.
    pub repositories: Vec<Repository>,
    /// Commits reachable from the audited branch, by repository, newest first.
    pub changes: Vec<Change>,
    /// Review records (pull requests, merge requests, Gerrit changes).
    pub reviews: Vec<Review>,
    /// Heads of pull requests that the clones hold.
    pub pull_heads: Vec<PullHead>,
    /// Guardrail events, in the order of the plan.
    pub guardrails: Vec<GuardrailEvent>,
    /// The exports they come from, and what these exports saw land.
    pub guardrail_logs: Vec<GuardrailLog>,
    /// Incident records, of every class.
    pub incidents: Vec<Incident>,
    /// Deployments, in the order of the plan.
    pub deployments: Vec<Deployment>,
    /// What monitoring configurations capture about people.
    pub captures: Vec<Capture>,
    /// How captured data moves between systems.
    pub flows: Vec<Flow>,
    /// What the organisation declares; `None` when no register was given.
    pub register: Option<Register>,
    /// Who was in which team, with which seniority and time zone, from when.
    pub memberships: Vec<Membership>,
    /// Every input, with its digest, in the order of the plan.
    pub inputs: Vec<Input>,
    /// Inputs and records that could not be used, each counted and shown.
    pub refused: Vec<Refused>,
}

impl Facts {
    /// Whether at least one input of this kind was read.
    pub fn has(&self, kind: Kind) -> bool {
        self.read.contains(&kind)
    }
}
