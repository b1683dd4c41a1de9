//! Daily rest of people who were called, from calls and from the times of their own commits. Group shares only.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::facts::{Facts, Kind, Person};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::incidents::started_in;
use crate::measures::links::Links;
use crate::measures::stats::working_time::daily_rest;
use crate::plan::Plan;

/// Periods of 24 hours of the people who were called in the period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rest {
    /// Periods in which anything of theirs was seen.
    pub periods: usize,
    /// Those without 11 hours free of events.
    pub interrupted: usize,
    /// People who were called.
    pub called: BTreeSet<Person>,
    /// Of these, people with any interrupted period.
    pub affected: BTreeSet<Person>,
}

impl Rest {
    /// Looks at everybody who was called; unknown where no export lists calls one by one.
    pub fn of(facts: &Facts, plan: &Plan, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::Incidents) {
            return Measured::lacks(Kind::Incidents);
        }
        let mut seen: BTreeMap<Person, Vec<Timestamp>> = BTreeMap::new();
        for page in started_in(facts, plan).filter_map(|i| i.load.as_deref()).flat_map(|load| &load.pages) {
            seen.entry(page.person).or_default().push(page.at);
        }
        if seen.is_empty() {
            return Measured::lacks(Kind::MoreRecords);
        }
        // Their own work is seen in the history: a call at night breaks the rest before the next commit too.
        for linked in links.work() {
            if let Some(instants) = linked.change.author.and_then(|author| seen.get_mut(&author)) {
                instants.push(linked.change.authored.at);
            }
        }
        let mut rest = Self { called: seen.keys().copied().collect(), ..Self::default() };
        for (person, instants) in seen {
            let of_person = daily_rest(&instants);
            rest.periods += of_person.periods;
            rest.interrupted += of_person.interrupted;
            if of_person.interrupted > 0 {
                rest.affected.insert(person);
            }
        }
        Measured::Known(rest)
    }
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<Rest>) -> Vec<Figure> {
    let nobody = BTreeSet::new();
    // The share is about those whose rest was interrupted, where there are any.
    let people = all.known().map_or(&nobody, |r| if r.affected.is_empty() { &r.called } else { &r.affected });
    let share = all.map(|rest| Value::share(rest.interrupted, rest.periods));
    let figure = Figure::new("on_call.rest_interrupted", "share", "method-rest", Disclosure::PersonDerived, share);
    vec![figure.behind(people)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::incident::{Load, Page};
    use crate::facts::sample::{change, facts, incident, instant};
    use crate::facts::{Change, Incident};

    #[test]
    fn a_call_at_night_between_two_working_days_interrupts_rest() {
        let at = "2026-07-03T01:00:00Z";
        let page = Page { at: instant(at), person: Person::new(1) };
        let load = Load { pages: [page].into(), ..Load::default() };
        let mut facts = facts(&[Kind::Incidents, Kind::History]);
        facts.incidents = vec![Incident { load: Some(Box::new(load)), ..incident("I", at, "2026-07-03T02:00:00Z") }];
        let by = |id, at| Change { author: Some(Person::new(1)), ..change(id, at) };
        let period = crate::plan::Period::parse("2026-Q3").ok();
        let plan = Plan::for_repository(std::path::Path::new("shop"), period).unwrap();
        let of = |facts: &Facts| Rest::of(facts, &plan, &Links::of(facts, &plan)).known().cloned().unwrap();
        assert_eq!((of(&facts).periods, of(&facts).interrupted), (1, 0));
        facts.changes = vec![by('1', "2026-07-02T09:00:00Z"), by('2', "2026-07-02T17:00:00Z")];
        let rest = of(&facts);
        assert_eq!((rest.periods, rest.interrupted, rest.affected.len()), (1, 1, 1));
    }
}
