//! Everything that would be said, before the privacy gate decides what may be.

mod coverage;
mod summary;

use crate::checks::{self, Judged};
use crate::facts::{Facts, Input, Refused};
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
    /// What was read.
    pub inputs: Vec<Input>,
    /// What was refused.
    pub refused: Vec<Refused>,
    /// What the inputs could and could not show.
    pub coverage: Vec<Message>,
    /// People who committed in the period.
    pub committers: usize,
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
            committers: measures.committers(),
            inputs: facts.inputs,
            refused: facts.refused,
        }
    }
}

pub use summary::summary;
