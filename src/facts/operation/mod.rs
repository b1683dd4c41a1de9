//! What a change reaches: the rules, as data, and the words for what they tell.
//!
//! Readers look for marks in the text of changed files by these rules, and measures judge paths and marks by the same
//! ones. That is why the table is part of the vocabulary; it reads nothing at run time.

mod rows;
mod rules;

pub use rows::{Mark, PathRule, Tells, When};
pub use rules::Rules;

use serde::Deserialize;

/// Kinds of operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OperationKind {
    /// Terraform, `OpenTofu`, Terragrunt.
    Terraform,
    /// AWS `CloudFormation`, and what writes it.
    Cloudformation,
    /// Other infrastructure as code.
    Infrastructure,
    /// Kubernetes manifests.
    Kubernetes,
    /// Helm charts and releases.
    Helm,
    /// Kustomize.
    Kustomize,
    /// Ansible.
    Ansible,
    /// Build and delivery pipelines.
    Pipeline,
    /// Access rights.
    Iam,
    /// Networks.
    Network,
    /// Changes of a database's shape.
    Migration,
    /// Stored data: created, deleted, or its protection taken away.
    DataStore,
    /// Rows of a live database.
    ProductionData,
    /// Secrets.
    Secrets,
    /// Resolved versions of dependencies.
    LockFile,
    /// Tests.
    Tests,
    /// Documents.
    Docs,
}

impl OperationKind {
    /// All kinds, in the order of print.
    pub const ALL: [Self; 17] = [
        Self::Terraform,
        Self::Cloudformation,
        Self::Infrastructure,
        Self::Kubernetes,
        Self::Helm,
        Self::Kustomize,
        Self::Ansible,
        Self::Pipeline,
        Self::Iam,
        Self::Network,
        Self::Migration,
        Self::DataStore,
        Self::ProductionData,
        Self::Secrets,
        Self::LockFile,
        Self::Tests,
        Self::Docs,
    ];

    /// The word in the tables of rules and in `register.toml`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Terraform => "terraform",
            Self::Cloudformation => "cloudformation",
            Self::Infrastructure => "infrastructure",
            Self::Kubernetes => "kubernetes",
            Self::Helm => "helm",
            Self::Kustomize => "kustomize",
            Self::Ansible => "ansible",
            Self::Pipeline => "pipeline",
            Self::Iam => "iam",
            Self::Network => "network",
            Self::Migration => "migration",
            Self::DataStore => "data-store",
            Self::ProductionData => "production-data",
            Self::Secrets => "secrets",
            Self::LockFile => "lock-file",
            Self::Tests => "tests",
            Self::Docs => "docs",
        }
    }
}
