//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Writes an independent audit report on an organisation's AI-assisted software engineering.
#[derive(Debug, Parser)]
#[command(version, about, long_about = None, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read, measure, judge, clear and write the report folder
    Audit(Audit),
    /// Write all editions and formats again from an existing report.json
    Render(Render),
    /// List the checks, or say what one of them asks
    Catalogue {
        /// A check, such as R03
        id: Option<String>,
        /// List the marks of AI use that are looked for, each with its class and where it is from
        #[arg(long, conflicts_with = "id")]
        marks: bool,
    },
    /// Print a JSON schema
    Schema {
        /// Of what
        what: SchemaOf,
    },
}

/// `countersign audit`.
#[derive(Debug, clap::Args)]
pub struct Audit {
    /// A plan, a folder that holds audit.toml, or a single repository (then --period is needed)
    #[arg(default_value = ".")]
    pub plan: PathBuf,
    /// Audited period, instead of the plan's: 2026-Q3, or 2026-07-01..2026-10-01
    #[arg(long)]
    pub period: Option<String>,
    /// Report folder [default: reports/PERIOD beside the plan]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Languages, instead of the plan's; the first is the main one
    #[arg(long, value_name = "CODE", num_args = 1..)]
    pub lang: Vec<String>,
    /// Exit with 10 when a check has this verdict
    #[arg(long, value_name = "VERDICT")]
    pub fail_on: Option<FailOn>,
}

/// `countersign render`.
#[derive(Debug, clap::Args)]
pub struct Render {
    /// A report.json, or the folder that holds it
    pub report: PathBuf,
    /// Report folder [default: the folder of the report]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Verdicts that may fail a pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A check is not met.
    NotMet,
}

/// Things with a published schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// audit.toml
    Plan,
    /// register.toml
    Register,
    /// A mapping file
    Mapping,
    /// report.json
    Report,
}
