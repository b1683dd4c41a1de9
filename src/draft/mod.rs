//! Everything that would be said, before the privacy gate decides what may be.

mod coverage;
mod summary;

use std::collections::BTreeSet;

use crate::checks::{self, Judged};
use crate::facts::{Facts, Input, Refused};
use crate::measures::incidents::Incidents;
use crate::measures::surveillance::firewall::Path;
use crate::measures::{Figure, Measures, Table};
use crate::message::Message;
use crate::plan::Plan;

/// The first page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// What was audited.
    pub audited: Vec<Message>,
    /// What was found.
    pub found: Vec<Message>,
    /// What could not be concluded.
    pub open: Vec<Message>,
}

/// A report that has not passed the gate.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Figures.
    pub figures: Vec<Figure>,
    /// Tables.
    pub tables: Vec<Table>,
    /// The whole catalogue, judged.
    pub checks: Vec<Judged>,
    /// Ways through the wall.
    pub firewall: Vec<Path>,
    /// Incidents, for the first page.
    pub incidents: Option<Incidents>,
    /// What was read.
    pub inputs: Vec<Input>,
    /// What was refused.
    pub refused: Vec<Refused>,
    /// What the inputs could and could not show.
    pub coverage: Vec<Message>,
    /// A setting switches AI marks off: no share of AI can be audited.
    pub marks_are_off: bool,
    /// People who committed in the period.
    pub committers: usize,
    /// People who ever committed to the repository with the fewest of them; `None` with fewer than two repositories.
    pub smallest_repository: Option<usize>,
}

impl Draft {
    /// Puts together what the measures and checks say.
    pub fn of(facts: Facts, plan: &Plan) -> Self {
        let measures = Measures::of(&facts, plan);
        let paths = measures.captures.known().and_then(|captures| captures.paths.clone());
        Self {
            figures: measures.figures(),
            tables: measures.tables(),
            checks: checks::judge(&measures, plan),
            firewall: paths.unwrap_or_default(),
            coverage: coverage::statements(&facts, &measures, plan),
            marks_are_off: measures.marks_are_off(),
            committers: measures.committers(),
            incidents: measures.incidents.known().cloned(),
            smallest_repository: smallest_repository(&facts),
            inputs: facts.inputs,
            refused: facts.refused,
        }
    }
}

fn smallest_repository(facts: &Facts) -> Option<usize> {
    if facts.repositories.len() < 2 {
        return None;
    }
    let mut people = vec![BTreeSet::new(); facts.repositories.len()];
    for change in &facts.changes {
        people[change.repository].extend(change.author.into_iter().chain(change.committer));
    }
    people.iter().map(BTreeSet::len).filter(|people| *people > 0).min()
}

pub use summary::summary;
