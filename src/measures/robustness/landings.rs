//! Which changes the logs of guardrail events saw land. A log that holds no bypass shows that there was none only for the
//! changes that it saw.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::facts::Facts;
use crate::facts::change::CommitId;
use crate::measures::links::Links;

/// Commits that one push may land; beyond it only its last is known to have landed.
const LONGEST_PUSH: usize = 10_000;

/// Changes that landed on the audited branches in the period, merges included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Landings {
    /// All of them.
    pub all: usize,
    /// Those that no log shows.
    pub unseen: usize,
}

impl Landings {
    /// Counts the commits of the first-parent lines: what stood on the branch itself, one after the other.
    pub(super) fn of(facts: &Facts, links: &Links<'_>) -> Self {
        let days: BTreeSet<&(usize, Date)> = facts.guardrail_logs.iter().flat_map(|log| &log.days).collect();
        let pushes: BTreeSet<_> = facts.guardrail_logs.iter().flat_map(|log| &log.pushes).collect();
        let mut seen = BTreeSet::new();
        for (repository, before, after) in pushes {
            seen.extend(pushed(*repository, before, after, links));
        }
        let mut count = Self::default();
        for linked in links.changes.iter().filter(|linked| linked.in_period && linked.change.first_parent) {
            let day = linked.change.committed.at.to_zoned(TimeZone::UTC).date();
            let is_seen = seen.contains(&linked.index) || days.contains(&(linked.change.repository, day));
            count.all += 1;
            count.unseen += usize::from(!is_seen);
        }
        count
    }
}

/// What a push landed: from the commit after it back to the one before. Where that one is not on the line, because history
/// was overwritten or is cut off, only the last is known.
fn pushed(repository: usize, before: &CommitId, after: &CommitId, links: &Links<'_>) -> Vec<usize> {
    let mut line = Vec::new();
    let mut next = links.find(repository, after);
    while let Some(at) = next.filter(|_| line.len() < LONGEST_PUSH) {
        let change = links.changes[at].change;
        if change.id == *before {
            return line;
        }
        line.push(at);
        next = change.parents.first().and_then(|parent| links.find(repository, parent));
    }
    line.truncate(1);
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::sample::{change, facts, id};
    use crate::facts::{Change, GuardrailLog, Kind};
    use crate::plan::{Period, Plan};

    fn plan() -> Plan {
        Plan::for_repository(std::path::Path::new("shop"), Period::parse("2026-Q3").ok()).unwrap()
    }

    /// Changes 1 to 4, one a day from 1 July, each on top of the one before.
    fn line() -> Facts {
        let on = |digit: char, parent: char, day: &str| Change {
            parents: vec![id(parent)],
            ..change(digit, &format!("2026-07-0{day}T10:00:00Z"))
        };
        Facts {
            changes: vec![on('4', '3', "4"), on('3', '2', "3"), on('2', '1', "2"), on('1', '9', "1")],
            ..facts(&[Kind::History, Kind::Guardrails])
        }
    }

    fn unseen(log: GuardrailLog) -> usize {
        let mut facts = line();
        facts.guardrail_logs = vec![log];
        let counted = Landings::of(&facts, &Links::of(&facts, &plan()));
        assert_eq!(counted.all, 4);
        counted.unseen
    }

    #[test]
    fn a_push_shows_every_commit_it_brought() {
        let pushes = |list: &[(char, char)]| GuardrailLog {
            pushes: list.iter().map(|(before, after)| (0, id(*before), id(*after))).collect(),
            ..GuardrailLog::default()
        };
        assert_eq!(unseen(pushes(&[])), 4);
        assert_eq!(unseen(pushes(&[('1', '4')])), 1);
        assert_eq!(unseen(pushes(&[('1', '4'), ('9', '1')])), 0, "the commit before lies outside what was read");
        assert_eq!(unseen(pushes(&[('8', '4')])), 3, "the commit before is on another line");
    }

    #[test]
    fn a_full_log_shows_its_days() {
        let days = ["2026-07-01", "2026-07-03"].map(|day| (0, day.parse().unwrap())).into();
        assert_eq!(unseen(GuardrailLog { days, ..GuardrailLog::default() }), 2);
        let elsewhere = [(1, "2026-07-01".parse().unwrap())].into();
        assert_eq!(unseen(GuardrailLog { days: elsewhere, ..GuardrailLog::default() }), 4);
    }
}
