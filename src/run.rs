//! The conductor: one line a stage.

use std::collections::BTreeMap;

use crate::checks;
use crate::draft::Draft;
use crate::error::Problem;
use crate::facts::Refused;
use crate::lang::Lang;
use crate::norms::Norms;
use crate::plan::Plan;
use crate::privacy;
use crate::render;
use crate::report::{self, v1};
use crate::sources::{self, Progress};

/// A finished report in memory, and what the terminal should hear.
pub struct Outcome {
    /// The report.
    pub report: v1::Report,
    /// Every file of the report folder.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What was refused, with the details that a report does not print.
    pub refused: Vec<Refused>,
}

/// Reads, measures, judges, clears and renders. Writes nothing.
pub fn audit(plan: &Plan, progress: &dyn Progress) -> Result<Outcome, Problem> {
    checks::validate(plan)?;
    let in_plan = |problem: Problem| if problem.at.is_none() { problem.in_file(&*plan.file) } else { problem };
    Norms::check_profiles(&plan.norms).map_err(in_plan)?;
    let langs: Vec<Lang> = plan.languages.iter().map(|code| Lang::load(code)).collect::<Result<_, _>>()?;
    let facts = sources::read(plan, progress)?;
    let refused = facts.refused.clone();
    let draft = Draft::of(facts, plan);
    let cleared = privacy::clear(draft, plan);
    let report = report::build(&cleared, plan, &langs)?;
    let files = render::files(&report)?;
    Ok(Outcome { report, files, refused })
}
