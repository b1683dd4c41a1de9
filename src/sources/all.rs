//! Reads every input of a plan, in the order that lets people be recognised across them.

use super::{Identities, Progress, git, guardrails, incidents, monitoring, people, register, reviews};
use crate::error::Problem;
use crate::facts::Facts;
use crate::plan::Plan;

/// Reads everything. The people list comes first, so that its aliases join what the histories and exports hold; the
/// histories come before the reviews, which name their commits. Names are dropped when this returns.
pub fn read(plan: &Plan, progress: &dyn Progress) -> Result<Facts, Problem> {
    every_path_exists(plan)?;
    let mut facts = Facts::default();
    let mut ids = Identities::default();
    people::read(plan, &mut ids, &mut facts)?;
    let histories = git::read(plan, &mut ids, progress, &mut facts)?;
    reviews::read(plan, &mut ids, &mut facts)?;
    guardrails::read(plan, &mut ids, &mut facts)?;
    incidents::read(plan, &mut ids, &mut facts)?;
    register::read(plan, &mut facts)?;
    monitoring::read(plan, &histories, progress, &mut facts)?;
    facts.inputs.sort_by_key(|input| input.kind);
    Ok(facts)
}

/// A path that is written in the plan and leads nowhere is a slip of the pen, found before any long work begins.
fn every_path_exists(plan: &Plan) -> Result<(), Problem> {
    let records = [&plan.incidents, &plan.deployments, &plan.agent_operations];
    let written = plan
        .repositories
        .iter()
        .flat_map(|repository| [Some(&repository.path), repository.reviews.as_ref()])
        .chain(records.into_iter().flatten().map(|record| Some(&record.path)))
        .chain(records.into_iter().flatten().flat_map(|record| record.sides.values()).map(Some))
        .chain(plan.guardrail_events.iter().map(|export| Some(&export.path)))
        .chain(plan.monitoring.iter().map(Some))
        .chain([plan.register.as_ref(), plan.people.as_ref()])
        .chain(plan.attachments.values().map(Some))
        .flatten();
    for path in written {
        if plan.resolve(path).symlink_metadata().is_err() {
            return Err(Problem::input("cannot read an input of the plan", "there is nothing at this path")
                .in_file(path.as_str())
                .help(format!("correct the path in {}; paths are relative to the plan's folder", plan.file)));
        }
    }
    Ok(())
}
