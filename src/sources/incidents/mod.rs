//! Incident exports: one engine that applies mapping files, and shipped profiles that are mapping files themselves.
//!
//! # Columns of `generic-csv`
//!
//! An organisation without a supported tool writes a CSV with these columns (`generic-json`: the same names as keys).
//! `id` and a start are needed; leave out or leave empty what is not recorded, for "not recorded" is an answer of its
//! own and never "no". Cells with several values are separated by `;`.
//!
//! | column | content |
//! |---|---|
//! | `id` | id in the tool, a plain word; anything else is replaced by `record-<n>` |
//! | `class` | `incident` (when empty), `near_miss`; `maintenance`, `test`, `duplicate`, `cancelled` are left out of counts |
//! | `severity` | `1` (highest) to `5`, or `none`; not needed where the class is left out of counts |
//! | `started_at` | when it occurred; else `detected_at` counts as the start, else `opened_at` |
//! | `detected_at` | when it was noticed |
//! | `opened_at` | when the record was opened |
//! | `acknowledged_at` | first acknowledgement |
//! | `resolved_at` | service restored; without it, or not after the start, the incident is untimed |
//! | `closed_at` | record closed |
//! | `services` | services hit |
//! | `environments` | environments hit |
//! | `regions` | regions hit |
//! | `customers` | customers affected, a whole number |
//! | `change_cause` | the change that caused it: commit id, `#12`, address of a pull request, or change number |
//! | `change_fix` | the change raised to fix it; never a cause |
//! | `change_link` | a change that is attached, its role not stated |
//! | `change_repository` | repository of these changes |
//! | `ai_role` | `none`, `advice_followed`, `authored`, `authored_and_executed`, `executed`, `targeted` |
//! | `ai_status` | `confirmed`, `reported`, `disputed`, `ruled_out` |
//! | `ai_tool` | tool, such as `claude` |
//! | `recorded_cause` | `human_error`, `change`, `ai`, `other` |
//! | `operation_class` | `O0` (read or draft) to `O4` (several accounts or regions) |
//! | `object_scope` | scope of what the operation acted on, `B0` (near miss) to `B6` (global) |
//! | `impact_scope` | scope of what was hit, `B0` to `B6` |
//! | `required_humans` | people whose approval was needed |
//! | `obtained_humans` | people whose approval is on record |
//! | `senior_required` | `yes` or `no` |
//! | `senior_obtained` | `yes` or `no` |
//! | `tested_workflow` | `yes` or `no` |
//! | `approval_order` | `before`, `after`, `missing` |
//! | `approval_bypass` | `none`, `emergency`, `role_too_broad`, `admin_override`, `not_in_path`, `auto_execute` |
//! | `reversible` | `yes` or `no` |
//! | `backups_affected` | `yes` or `no` |
//! | `postmortem` | `yes` or `no` |
//! | `cause_key` | short code of the root cause, the same for the same cause |
//! | `responders` | people who responded; only how many is kept |
//!
//! Times are ISO 8601 unless the plan gives `time_format`; times without an offset need `zone` in the plan. A bare day
//! is enough to count an incident, not to time it.
//!
//! # What is decided here
//!
//! A word that the mapping does not know stops the run with its line: it is never guessed. A record without id or
//! start, with an unreadable time, of the wrong width or with the id of an earlier one is refused and counted. Text is
//! searched for references to changes where a mapping says `kind = "text"`, and never kept. People become numbers, and
//! columns about people are counted only.

mod check;
mod clock;
mod columns;
mod csv_rows;
mod export;
mod fields;
mod json_rows;
mod label;
mod load;
mod mapping;
mod path;
mod personal;
mod raw;
mod record;
mod refs;
mod rows;
mod table;

#[cfg(test)]
mod tests;

use crate::error::Problem;
use crate::facts::{Facts, Input, Kind};
use crate::plan::{MappingChoice, Plan, RecordInput};
use crate::sources::{Identities, sha256_hex, single_file};

pub use load::PROFILES;

/// JSON schema of a mapping file.
pub fn schema() -> schemars::Schema {
    raw::schema()
}

/// A mapping of the organisation decides what its export means, so its bytes stand in the manifest like those of the export.
fn record_mapping(plan: &Plan, input: &RecordInput, facts: &mut Facts) {
    let MappingChoice::File(path) = &input.mapping else { return };
    let known = facts.inputs.iter().any(|input| input.kind == Kind::Incidents && input.path == *path);
    // A file that cannot be read is an error of its own when the mapping is loaded.
    let Ok(bytes) = single_file(&plan.resolve(path)) else { return };
    if !known {
        let (format, sha256) = ("mapping".to_owned(), sha256_hex(&bytes));
        facts.inputs.push(Input { kind: Kind::Incidents, path: path.clone(), format, sha256, records: 0 });
    }
}

/// Reads every incident export of the plan into `facts`. One unusable export among several is refused and shown; when
/// none can be used, or the user has to act, it is a [`Problem`].
pub fn read(plan: &Plan, ids: &mut Identities, facts: &mut Facts) -> Result<(), Problem> {
    let mut shared = export::Shared::default();
    let before = facts.refused.len();
    let mut usable = false;
    for input in &plan.incidents {
        record_mapping(plan, input, facts);
        usable |= export::read(plan, input, &mut shared, ids, facts)?;
    }
    if usable {
        facts.read.insert(Kind::Incidents);
        return Ok(());
    }
    match facts.refused.get(before) {
        None => Ok(()),
        Some(first) => {
            let problem = Problem::input("cannot use any incident export", first.detail.clone());
            let line = first.at.and_then(|at| usize::try_from(at).ok());
            Err(match line {
                Some(line) => problem.at_line(&first.path, line),
                None => problem.in_file(&first.path),
            }
            .help("check that the export and its profile or mapping in the plan belong together"))
        }
    }
}
