//! Follow-up fixes: later changes that say which commit they repair (`Fixes: <id>`, as the Linux kernel asks for:
//! <https://docs.kernel.org/process/submitting-patches.html#describe-your-changes>).

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::change_failure::{FOLLOW_UP, watched_until};
use super::groups::{self, Groups, groups};
use crate::facts::{Facts, Kind};
use crate::measures::Measured;
use crate::measures::figure::Figure;
use crate::measures::links::{Linked, Links};

/// Changes that a later one repairs within the follow-up; unknown where no change names a commit that it repairs, for then
/// nothing shows that anybody writes it down.
pub fn fixes(facts: &Facts, links: &Links<'_>) -> Measured<Groups> {
    if !facts.has(Kind::History) {
        return Measured::lacks(Kind::History);
    }
    let repaired = repaired(links);
    if repaired.is_empty() {
        return Measured::lacks(Kind::MoreRecords);
    }
    let end = links.end_of_data(facts);
    let watched = |linked: &Linked<'_>| watched_until(linked.change.committed.at, FOLLOW_UP);
    let old_enough = links.work().filter(|linked| Some(watched(linked)) <= end);
    let in_time = |linked: &Linked<'_>| repaired.get(&linked.index).is_some_and(|first| *first <= watched(linked));
    Measured::Known(groups(&old_enough.map(|linked| (linked, in_time(linked))).collect::<Vec<_>>()))
}

/// Repaired changes, with the date of the first repair.
fn repaired(links: &Links<'_>) -> BTreeMap<usize, Timestamp> {
    let mut first: BTreeMap<usize, Timestamp> = BTreeMap::new();
    for fix in links.changes.iter().filter(|linked| !linked.change.is_merge()) {
        let named = fix.change.fixes.iter().filter_map(|id| links.find(fix.change.repository, id));
        for target in named.filter(|target| *target != fix.index) {
            let at = fix.change.committed.at;
            first.entry(target).and_modify(|known| *known = at.min(*known)).or_insert(at);
        }
    }
    first
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<Groups>) -> Vec<Figure> {
    groups::figures("fixes", "method-fixes", all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Change;
    use crate::facts::sample::{change, facts, id, mark};
    use crate::plan::{Period, Plan};

    fn groups_of(changes: Vec<Change>) -> Measured<Groups> {
        let mut facts = facts(&[Kind::History]);
        facts.changes = changes;
        let plan = Plan::for_repository(std::path::Path::new("shop"), Period::parse("2026-Q3").ok()).unwrap();
        fixes(&facts, &Links::of(&facts, &plan))
    }

    fn history(repaired_at: &str) -> Vec<Change> {
        vec![
            change('9', "2026-09-20T10:00:00Z"),
            Change { fixes: vec![id('1')], ..change('2', repaired_at) },
            Change { marks: vec![mark()], ..change('1', "2026-07-02T10:00:00Z") },
        ]
    }

    #[test]
    fn a_repair_within_thirty_days_counts_against_the_change_that_it_names() {
        let found = groups_of(history("2026-07-20T10:00:00Z"));
        let groups = found.known().unwrap();
        assert_eq!((groups.ai.events, groups.ai.total, groups.rest.events, groups.rest.total), (1, 1, 0, 1));
    }

    #[test]
    fn a_late_repair_does_not_count_and_an_early_clock_is_no_late_one() {
        assert_eq!(groups_of(history("2026-08-20T10:00:00Z")).known().unwrap().ai.events, 0);
        assert_eq!(groups_of(history("2026-07-01T10:00:00Z")).known().unwrap().ai.events, 1);
    }

    #[test]
    fn where_nobody_writes_down_repairs_their_share_is_unknown_and_not_zero() {
        let found = groups_of(vec![change('1', "2026-07-02T10:00:00Z"), change('2', "2026-09-20T10:00:00Z")]);
        assert_eq!(found, Measured::lacks(Kind::MoreRecords));
    }

    #[test]
    fn a_change_does_not_repair_itself() {
        let own = Change { fixes: vec![id('1')], ..change('1', "2026-07-02T10:00:00Z") };
        assert_eq!(groups_of(vec![own]), Measured::lacks(Kind::MoreRecords));
    }
}
