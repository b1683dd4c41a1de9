//! Reverted changes, AI-attributed against the rest, and how it was found what a revert takes back.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::change_failure::watched_until;
use super::groups::{self, Groups, groups};
use crate::facts::{Facts, Kind};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::links::{FoundBy, Linked, Links};

/// Days after which each change is looked at, the longest last.
pub const HORIZONS: [i64; 3] = [7, 14, 30];

/// Reverts of the period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RevertRates {
    /// Reverting changes of the period, by how it was found what they take back.
    pub found_by: BTreeMap<FoundBy, usize>,
    /// For each horizon, the changes that could be watched that long, and those of them that stood reverted at its end.
    pub by_horizon: BTreeMap<i64, Groups>,
}

impl RevertRates {
    /// Counts; unknown without a repository.
    pub fn of(facts: &Facts, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::History) {
            return Measured::lacks(Kind::History);
        }
        let mut result = Self::default();
        for revert in &links.reverts.all {
            let linked = &links.changes[revert.index];
            if linked.in_period && !linked.change.is_merge() {
                *result.found_by.entry(revert.found_by).or_default() += 1;
            }
        }
        let end = links.end_of_data(facts);
        for days in HORIZONS {
            let watched =
                |linked: &Linked<'_>| watched_until(linked.change.committed.at, SignedDuration::from_hours(days * 24));
            let old_enough = links.work().filter(|linked| Some(watched(linked)) <= end);
            let changes: Vec<(&Linked<'_>, bool)> =
                old_enough.map(|linked| (linked, links.reverts.is_undone(linked.index, watched(linked)))).collect();
            result.by_horizon.insert(days, groups(&changes));
        }
        Measured::Known(result)
    }

    /// The comparison over the longest horizon.
    pub fn longest(&self) -> Groups {
        self.by_horizon.values().next_back().cloned().unwrap_or_default()
    }
}

/// Figures. The longest horizon has no number in its name.
pub(in crate::measures) fn figures(all: &Measured<RevertRates>) -> Vec<Figure> {
    let mut figures: Vec<Figure> = FoundBy::ALL
        .into_iter()
        .map(|way| {
            let value = all.map(|rates| Value::count(rates.found_by.get(&way).copied().unwrap_or(0)));
            let id = format!("reverts.found_by.{}", way.word());
            Figure::new(id, "changes", "method-reverts-found-by", Disclosure::Artefact, value)
        })
        .collect();
    let mut add = |name: &str, method, pick: &dyn Fn(&RevertRates) -> Groups| {
        figures.extend(groups::figures(name, method, &all.map(pick)));
    };
    add("revert_rate", "method-revert-rate", &RevertRates::longest);
    let at = |days: i64| move |rates: &RevertRates| rates.by_horizon.get(&days).cloned().unwrap_or_default();
    add("revert_rate.7d", "method-revert-rate-7d", &at(7));
    add("revert_rate.14d", "method-revert-rate-14d", &at(14));
    figures
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Change;
    use crate::facts::sample::{change, facts, id};
    use crate::plan::{Period, Plan};

    fn rates(changes: Vec<Change>) -> RevertRates {
        let mut facts = facts(&[Kind::History]);
        facts.changes = changes;
        let plan = Plan::for_repository(std::path::Path::new("shop"), Period::parse("2026-Q3").ok()).unwrap();
        RevertRates::of(&facts, &Links::of(&facts, &plan)).known().unwrap().clone()
    }

    fn reverting(digit: char, of: char, at: &str) -> Change {
        Change { reverts: vec![id(of)], automation: true, ..change(digit, at) }
    }

    /// Reverted and watched changes after 7, 14 and 30 days.
    fn by_horizon(changes: Vec<Change>) -> Vec<(u64, u64)> {
        rates(changes).by_horizon.values().map(|groups| (groups.rest.events, groups.rest.total)).collect()
    }

    #[test]
    fn each_horizon_watches_every_change_equally_long() {
        let history = |last: &str| {
            vec![
                Change { automation: true, ..change('9', last) },
                reverting('2', '1', "2026-07-12T10:00:00Z"),
                change('1', "2026-07-02T10:00:00Z"),
            ]
        };
        assert_eq!(by_horizon(history("2026-09-20T10:00:00Z")), [(0, 1), (1, 1), (1, 1)]);
        assert_eq!(by_horizon(history("2026-07-17T10:00:00Z")), [(0, 1), (1, 1), (0, 0)], "too young for 30 days");
    }

    #[test]
    fn what_is_restored_later_stood_reverted_before() {
        let found = by_horizon(vec![
            Change { automation: true, ..change('9', "2026-09-20T10:00:00Z") },
            reverting('3', '2', "2026-07-20T10:00:00Z"),
            reverting('2', '1', "2026-07-03T10:00:00Z"),
            change('1', "2026-07-02T10:00:00Z"),
        ]);
        assert_eq!(found, [(1, 1), (1, 1), (0, 1)]);
    }

    #[test]
    fn reverts_are_counted_by_how_their_target_was_found() {
        let quoted = crate::facts::change::Subject(u64::from(u32::from('1')));
        let found = rates(vec![
            Change { revert_subject: true, ..change('6', "2026-07-09T10:00:00Z") },
            Change { reverts_subject: Some(quoted), ..change('5', "2026-07-09T10:00:00Z") },
            Change { reverts_review: Some(12), ..change('4', "2026-07-09T10:00:00Z") },
            reverting('3', '1', "2026-07-09T10:00:00Z"),
            Change { review_number: Some(12), ..change('2', "2026-07-02T10:00:00Z") },
            change('1', "2026-07-02T10:00:00Z"),
        ]);
        assert_eq!(found.found_by, FoundBy::ALL.map(|way| (way, 1)).into());
    }
}
