//! How review work is spread over those who may review. People without a single review are part of the population.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Facts, Kind, Person};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::links::Links;
use crate::measures::stats::concentration;
use crate::plan::Plan;

/// Reviews per person, without the persons.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReviewSpread {
    /// Reviews of each eligible person and of everyone else who reviewed, sorted.
    pub loads: Vec<u64>,
    /// The people behind it.
    pub people: BTreeSet<Person>,
}

impl ReviewSpread {
    /// Counts distinct reviews a person acted on, in exports and by trailer; unknown without a record of reviews or of who may
    /// review.
    pub fn of(facts: &Facts, plan: &Plan, links: &Links<'_>) -> Measured<Self> {
        let span = plan.period.span;
        let mut loads: BTreeMap<Person, u64> = BTreeMap::new();
        for review in &facts.reviews {
            let in_period = |at: Option<jiff::Timestamp>| at.or(review.merged).is_some_and(|at| span.contains(at));
            let acted = review.events.iter().filter(|event| in_period(event.at));
            let people: BTreeSet<Person> = acted.filter_map(|event| event.actor.person()).collect();
            for person in people.into_iter().filter(|person| review.author.person() != Some(*person)) {
                *loads.entry(person).or_default() += 1;
            }
        }
        for linked in links.work().filter(|linked| linked.review.is_none()) {
            for person in linked.change.reviewed_by.iter().filter(|person| Some(**person) != linked.change.author) {
                *loads.entry(*person).or_default() += 1;
            }
        }
        if loads.is_empty() && !facts.has(Kind::Reviews) {
            return Measured::lacks(Kind::Reviews);
        }
        let holds = |row: &crate::facts::Membership| {
            row.from.is_none_or(|from| from < plan.period.until)
                && row.until.is_none_or(|until| until > plan.period.first)
        };
        let eligible: BTreeSet<Person> = facts
            .memberships
            .iter()
            .filter(|row| row.reviewer == Some(true) && holds(row))
            .map(|row| row.person)
            .collect();
        if eligible.is_empty() {
            return Measured::lacks(Kind::People);
        }
        for person in eligible {
            loads.entry(person).or_default();
        }
        let people = loads.keys().copied().collect();
        let mut loads: Vec<u64> = loads.into_values().collect();
        loads.sort_unstable();
        Measured::Known(Self { loads, people })
    }
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<ReviewSpread>) -> Vec<Figure> {
    let nobody = BTreeSet::new();
    let people = all.known().map_or(&nobody, |spread| &spread.people);
    let figure = |id: &str, unit, method, pick: &dyn Fn(&[u64]) -> Option<f64>| {
        let value = all.map(|spread| Value::defined(pick(&spread.loads)));
        Figure::new(id, unit, method, Disclosure::PersonDerived, value).behind(people)
    };
    // The share of the busiest tenth is about that tenth, so that many people are behind it and no more.
    let tenth = people.iter().take(people.len().div_ceil(10)).copied().collect();
    let top_tenth = figure("workload.review_top_tenth", "share", "method-top-tenth", &concentration::top_decile_share);
    let top_tenth = top_tenth.behind(&tenth);
    vec![
        figure("workload.review_gini", "index", "method-gini", &concentration::gini),
        top_tenth,
        figure("workload.review_effective_people", "people", "method-effective", &concentration::effective_number),
        figure("workload.reviewers", "people", "method-reviewers", &|loads| Some(loads.len() as f64)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_people_are_behind_the_share_of_the_busiest_tenth_of_twenty() {
        let people = (0..20).map(Person::new).collect();
        let spread = Measured::Known(ReviewSpread { loads: (0..20).collect(), people });
        let behind: Vec<usize> = figures(&spread).iter().map(|figure| figure.people.len()).collect();
        assert_eq!(behind, [20, 2, 20, 20]);
    }
}
