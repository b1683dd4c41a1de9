//! Recorded bypasses of guardrails: trailers in the history, merges by agents, and what incidents record.

use std::collections::BTreeMap;

use crate::facts::change::Bypass;
use crate::facts::review::Actor;
use crate::facts::{Facts, Kind};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::incidents::{Recorded, started_in};
use crate::measures::links::Links;
use crate::plan::Plan;

/// Bypasses of the period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Guardrails {
    /// By kind; the words are those of the figure ids.
    pub by_kind: BTreeMap<&'static str, usize>,
    /// Incidents that record one, with its kind.
    pub incidents: Vec<(Recorded, &'static str)>,
    /// A history was read: commits and merges are among the traces, and they are somebody's conduct.
    pub with_history: bool,
}

impl Guardrails {
    /// Counts; unknown without history or incidents.
    pub fn of(facts: &Facts, plan: &Plan, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::History) && !facts.has(Kind::Incidents) {
            return Measured::lacks(Kind::History);
        }
        let mut result = Self { with_history: facts.has(Kind::History), ..Self::default() };
        let changes = links.changes.iter().filter(|linked| linked.in_period && !linked.change.is_merge());
        for bypass in changes.flat_map(|linked| &linked.change.bypasses) {
            *result.by_kind.entry(bypass.word()).or_default() += 1;
        }
        let merged = facts.reviews.iter().filter(|r| r.merged.is_some_and(|at| plan.period.span.contains(at)));
        let own = merged.filter(|review| review.author == Actor::Ai && review.merged_by == Actor::Ai).count();
        if own > 0 {
            *result.by_kind.entry(Bypass::AgentSelfMerge.word()).or_default() += own;
        }
        for incident in started_in(facts, plan) {
            let bypass = incident.authorisation.bypass;
            if bypass.happened() {
                *result.by_kind.entry(bypass.word()).or_default() += 1;
                result.incidents.push((Recorded::of(incident), bypass.word()));
            }
        }
        Measured::Known(result)
    }

    /// All kinds.
    pub fn total(&self) -> usize {
        self.by_kind.values().sum()
    }
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<Guardrails>) -> Vec<Figure> {
    let conduct = all.known().is_none_or(|guardrails| guardrails.with_history);
    let disclosure = if conduct { Disclosure::Conduct } else { Disclosure::Artefact };
    let figure = |id: String, value| Figure::new(id, "bypasses", "method-bypasses", disclosure, value);
    let mut figures = vec![figure("guardrail.bypasses".into(), all.map(|g| Value::count(g.total())))];
    for (kind, count) in all.known().into_iter().flat_map(|g| &g.by_kind) {
        let word = kind.replace('-', "_");
        figures.push(figure(format!("guardrail.bypass.{word}"), Measured::Known(Value::count(*count))));
    }
    figures
}
