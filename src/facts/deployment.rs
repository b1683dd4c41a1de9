//! Deployments: what went to which environment, when, and how it ended.

use std::sync::Arc;

use jiff::Timestamp;

use super::incident::{ChangeRef, Labels, Tri};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum DeploymentKind {
    /// Something was deployed or upgraded.
    #[default]
    Deploy,
    /// An earlier version was put back.
    Rollback,
    /// Something was taken away.
    Remove,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Outcome {
    /// It succeeded.
    Success,
    /// It failed.
    Failure,
    /// It was not finished when the export was made.
    InProgress,
    /// It was called off.
    Cancelled,
    /// Not recorded.
    #[default]
    NotRecorded,
}

/// One deployment.
#[derive(Debug, Clone, Default)]
pub struct Deployment {
    /// Id in the tool.
    pub id: String,
    /// Path of the export, as written in the plan.
    pub file: Arc<str>,
    /// Record in that file: line for CSV and JSONL, position for JSON, from 1.
    pub record: u64,
    /// When it began.
    pub started: Option<Timestamp>,
    /// When it was done.
    pub finished: Option<Timestamp>,
    /// What was done.
    pub kind: DeploymentKind,
    /// How it ended.
    pub outcome: Outcome,
    /// It went to production.
    pub production: Tri,
    /// Services named.
    pub services: Labels,
    /// Environments named.
    pub environments: Labels,
    /// What was deployed.
    pub change: Option<ChangeRef>,
}

impl Deployment {
    /// When it took effect: its end, else its start.
    pub fn at(&self) -> Option<Timestamp> {
        self.finished.or(self.started)
    }
}
