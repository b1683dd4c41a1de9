//! Whether recovery was possible, as the records say.

use super::{Recorded, started_in};
use crate::facts::incident::{DataLoss, Incident, Reversible, Tri};
use crate::facts::{Facts, Kind};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::plan::Plan;

/// Recovery in the incidents of the period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recovery {
    /// All.
    pub incidents: usize,
    /// What was done could not be undone, or data was lost for good.
    pub impossible: Vec<Recorded>,
    /// Backups were hit too.
    pub backups_hit: Vec<Recorded>,
    /// The record says neither whether it could be undone nor what became of the data, or nothing of backups.
    pub silent: usize,
}

impl Recovery {
    /// Counts; unknown without incident records.
    pub fn of(facts: &Facts, plan: &Plan) -> Measured<Self> {
        if !facts.has(Kind::Incidents) {
            return Measured::lacks(Kind::Incidents);
        }
        let mut recovery = Self::default();
        for incident in started_in(facts, plan) {
            recovery.incidents += 1;
            if incident.reversible == Reversible::No || incident.data_loss == DataLoss::Permanent {
                recovery.impossible.push(Recorded::of(incident));
            } else if incident.backups_affected == Tri::Yes {
                recovery.backups_hit.push(Recorded::of(incident));
            } else {
                recovery.silent += usize::from(is_silent(incident));
            }
        }
        Measured::Known(recovery)
    }
}

fn is_silent(incident: &Incident) -> bool {
    incident.backups_affected == Tri::NotRecorded || incident.reversible == Reversible::NotRecorded
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<Recovery>) -> Vec<Figure> {
    let count = |id: &str, method, pick: &dyn Fn(&Recovery) -> usize| {
        Figure::new(id, "incidents", method, Disclosure::Artefact, all.map(|recovery| Value::count(pick(recovery))))
    };
    vec![
        count("incidents.recovery.impossible", "method-recovery-impossible", &|r| r.impossible.len()),
        count("incidents.recovery.backups_hit", "method-recovery-backups", &|r| r.backups_hit.len()),
        count("incidents.recovery.not_recorded", "method-recovery-silent", &|r| r.silent),
    ]
}
