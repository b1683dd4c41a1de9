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
//! | `major` | `yes` or `no`: classified as major or significant |
//! | `started_at` | when it occurred; else `detected_at` counts as the start, else `opened_at` |
//! | `detected_at` | when it was noticed |
//! | `opened_at` | when the record was opened |
//! | `declared_at` | when it was declared an incident |
//! | `acknowledged_at` | first acknowledgement |
//! | `acknowledged_after` | the same, as seconds after the start |
//! | `mitigated_at` | when harm stopped |
//! | `resolved_at` | service restored; without it, or not after the start, the incident is untimed |
//! | `resolved_after` | the same, as seconds after the start |
//! | `closed_at` | record closed |
//! | `start_basis` | how the start is known: `occurred`, `detected`, `logged`, `posted`, `estimated` |
//! | `aware_at` | when the organisation became aware |
//! | `classified_at` | when it was classified as major or significant |
//! | `reported_at` | early warning or initial report to an authority |
//! | `intermediate_report_at` | intermediate report or notification |
//! | `final_report_at` | final report |
//! | `resources` | resources hit |
//! | `services` | services hit |
//! | `environments` | environments hit |
//! | `accounts` | accounts hit |
//! | `regions` | regions hit |
//! | `member_states` | Member States of the European Union hit |
//! | `resource_count`, `service_count`, `environment_count`, `account_count`, `region_count` | how many, where they are not named |
//! | `customers` | customers affected, a whole number |
//! | `customers_percent` | share of the customers affected, in percent |
//! | `critical_function` | `yes` or `no`: a critical or important function was hit |
//! | `change_cause` | the change that caused it: commit id, `#12`, address of a pull request, or change number |
//! | `change_fix` | the change raised to fix it; never a cause |
//! | `change_link` | a change that is attached, its role not stated |
//! | `change_repository` | repository of these changes |
//! | `ai_role` | `none`, `advice_followed`, `authored`, `authored_and_executed`, `executed`, `targeted` |
//! | `ai_status` | `confirmed`, `reported`, `disputed`, `ruled_out` |
//! | `autonomy` | `draft`, `suggest`, `act_with_approval`, `act_unattended` |
//! | `ai_tool` | tool, such as `claude` |
//! | `recorded_cause` | `human_error`, `change`, `ai`, `other` |
//! | `operation_class` | `O0` (read or draft) to `O4` (several accounts or regions) |
//! | `via` | what it went through: `pipeline`, `console`, `cli`, `agent_tool` |
//! | `object_scope` | scope of what the operation acted on, `B0` (near miss) to `B6` (global) |
//! | `impact_scope` | scope of what was hit, `B0` to `B6` |
//! | `required_humans` | people whose approval was needed |
//! | `obtained_humans` | people whose approval is on record |
//! | `senior_required` | `yes` or `no` |
//! | `senior_obtained` | `yes` or `no` |
//! | `tested_workflow` | `yes` or `no` |
//! | `approver_distinct` | `yes` or `no`: an approver was not the author |
//! | `break_glass_reviewed` | `yes` or `no`: emergency access was looked at afterwards |
//! | `approval_order` | `before`, `after`, `missing` |
//! | `approval_bypass` | `none`, `emergency`, `role_too_broad`, `admin_override`, `not_in_path`, `auto_execute` |
//! | `guardrail` | the guardrail in the path: `effective`, `absent`, `disabled`, `overridden`, `failed` |
//! | `failure_modes` | codes `A1` to `A4`, `C1` to `C8`, `K1` to `K3`, `G1` to `G6`, `X1`, `X2`, `N1` to `N5` |
//! | `reversible` | `yes`, `with_effort` or `no` |
//! | `data_loss` | `none`, `temporary`, `permanent` |
//! | `backups_affected` | `yes` or `no` |
//! | `postmortem` | `yes` or `no` |
//! | `postmortem_at` | when the review was published |
//! | `actions` | actions agreed, a whole number |
//! | `actions_overdue` | of these, overdue |
//! | `cause_key` | short code of the root cause, the same for the same cause |
//! | `responders` | people who responded; only how many is kept |
//! | `responder_count` | the same, as a whole number |
//! | `escalations` | a whole number |
//! | `auto_resolved` | `yes` or `no`: it ended without anybody's action |
//! | `engaged` | seconds of work, all people together |
//! | `engaged_business` | of these, 8 to 18 on a working day where the person is |
//! | `engaged_off` | 18 to 22, and at the weekend |
//! | `engaged_sleep` | 22 to 8 |
//! | `interruptions` | times a person was called |
//! | `interruptions_business` | of these, in business hours |
//! | `interruptions_off` | in off hours |
//! | `interruptions_sleep` | in sleep hours |
//!
//! # Columns of `generic-deployments-csv`
//!
//! `id`, `started_at`, `services`, `environments` and `change_repository` as above, and
//!
//! | column | content |
//! |---|---|
//! | `finished_at` | when it was done; else it counts as done when it started |
//! | `outcome` | `success`, `failure`, `in_progress`, `cancelled` |
//! | `kind` | `deploy`, `rollback`, `remove` |
//! | `production` | `yes` or `no`; else the environment `production` or `prod` is |
//! | `change` | what was deployed: commit id, `#12`, address of a pull request, or change number |
//!
//! Times are ISO 8601 unless the plan gives `time_format`; times without an offset need `zone` in the plan. A bare day
//! is enough to count an incident, not to time it.
//!
//! # What is decided here
//!
//! A word that the mapping does not know stops the run with its line: it is never guessed. A record without id,
//! with an unreadable time, of the wrong width or with the id of an earlier one is refused and counted. A record without
//! any start is kept, and belongs to no period. Text is
//! searched for references to changes where a mapping says `kind = "text"`, and never kept. People become numbers, and
//! columns about people are counted only.

mod cells;
mod check;
mod clock;
mod collapse;
mod columns;
mod csv_rows;
mod deployments;
mod export;
mod fields;
mod json_rows;
mod label;
mod lines;
mod load;
mod mapping;
mod path;
mod personal;
mod raw;
mod record;
mod refs;
mod sheet;
mod sides;
mod words;

#[cfg(test)]
mod tests;

use self::fields::Target;
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
fn record_mapping(plan: &Plan, input: &RecordInput, kind: Kind, facts: &mut Facts) {
    let MappingChoice::File(path) = &input.mapping else { return };
    let known = facts.inputs.iter().any(|input| input.kind == kind && input.path == *path);
    // A file that cannot be read is an error of its own when the mapping is loaded.
    let Ok(bytes) = single_file(&plan.resolve(path)) else { return };
    if !known {
        let (format, sha256) = ("mapping".to_owned(), sha256_hex(&bytes));
        facts.inputs.push(Input { kind, path: path.clone(), format, sha256, records: 0 });
    }
}

/// Reads every incident and deployment export of the plan into `facts`. One unusable export among several is refused and
/// shown; when none of a kind can be used, or the user has to act, it is a [`Problem`].
pub fn read(plan: &Plan, ids: &mut Identities, facts: &mut Facts) -> Result<(), Problem> {
    read_all(plan, &plan.incidents, Target::Incidents, ids, facts)?;
    read_all(plan, &plan.deployments, Target::Deployments, ids, facts)
}

fn read_all(
    plan: &Plan,
    inputs: &[RecordInput],
    target: Target,
    ids: &mut Identities,
    facts: &mut Facts,
) -> Result<(), Problem> {
    let mut shared = export::Shared::default();
    let before = facts.refused.len();
    let mut usable = false;
    for input in inputs {
        let task = export::Task { plan, input, target };
        record_mapping(plan, input, task.kind(), facts);
        usable |= export::read(task, &mut shared, ids, facts)?;
        if usable {
            facts.read.insert(task.kind());
        }
    }
    let Some(first) = facts.refused.get(before).filter(|_| !usable) else { return Ok(()) };
    let problem = Problem::input(target.cannot_use(), first.detail.clone());
    let line = first.at.and_then(|at| usize::try_from(at).ok());
    Err(match line {
        Some(line) => problem.at_line(&first.path, line),
        None => problem.in_file(&first.path),
    }
    .help("check that the export and its profile or mapping in the plan belong together"))
}
