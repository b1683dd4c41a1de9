//! Work outside working hours, by each commit's own UTC offset. Only ever a share of the whole.

use std::collections::BTreeSet;

use crate::facts::time::Stamp;
use crate::facts::{Facts, Kind, Person};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::links::Links;
use crate::measures::stats::working_time;

/// First and last hour of the working day, `[8, 18)`: the convention of `tests/oracles`, not a norm.
const WORKING_DAY: std::ops::Range<i8> = 8..18;

/// Commits by people, in and out of hours.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WorkingHours {
    /// Outside hours.
    pub outside: usize,
    /// Of these with a known local time.
    pub known: usize,
    /// Offset `+0000`, which servers write: local time unknown.
    pub unknown: usize,
    /// People behind the known ones.
    pub people: BTreeSet<Person>,
}

impl WorkingHours {
    /// Counts changes with an author who is a person; agents and automation have none.
    pub fn of(facts: &Facts, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::History) {
            return Measured::lacks(Kind::History);
        }
        let mut hours = Self::default();
        for linked in links.work() {
            let Some(person) = linked.change.author else { continue };
            let stamp = linked.change.authored;
            if stamp.offset_is_informative() || lives_at_utc(facts, person, stamp) {
                hours.known += 1;
                hours.outside += usize::from(is_outside(stamp));
                hours.people.insert(person);
            } else {
                hours.unknown += 1;
            }
        }
        Measured::Known(hours)
    }
}

/// The people list says that the person's clock stood at UTC that day.
fn lives_at_utc(facts: &Facts, person: Person, stamp: Stamp) -> bool {
    let day = stamp.local().date();
    let rows = facts.memberships.iter().filter(|row| row.person == person && row.holds_on(day));
    let zones = rows.filter_map(|row| jiff::tz::db().get(row.time_zone.as_deref()?).ok());
    zones.map(|zone| zone.to_offset(stamp.at).seconds()).max() == Some(0)
}

/// Before 8, from 18, or at the weekend, at the recorded offset.
pub fn is_outside(stamp: Stamp) -> bool {
    working_time::is_outside(stamp, &WORKING_DAY)
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<WorkingHours>) -> Vec<Figure> {
    let nobody = BTreeSet::new();
    let people = all.known().map_or(&nobody, |hours| &hours.people);
    let share =
        |id: &str, method, value| Figure::new(id, "share", method, Disclosure::PersonDerived, value).behind(people);
    vec![
        share("workload.out_of_hours", "method-out-of-hours", all.map(|h| Value::share(h.outside, h.known))),
        share(
            "workload.offset_unknown",
            "method-offset-unknown",
            all.map(|h| Value::share(h.unknown, h.known + h.unknown)),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset_minutes: i32) -> Stamp {
        Stamp { at: text.parse().unwrap(), offset_minutes }
    }

    #[test]
    fn the_own_offset_decides_not_utc() {
        // A Wednesday: 17:30 UTC is 19:30 in Berlin in summer and 13:30 in New York.
        assert!(is_outside(at("2026-07-01T17:30:00Z", 120)));
        assert!(!is_outside(at("2026-07-01T17:30:00Z", -240)));
    }

    #[test]
    fn a_weekend_is_outside_at_any_hour() {
        assert!(is_outside(at("2026-07-04T10:00:00Z", 120)));
    }

    #[test]
    fn the_borders_are_eight_inclusive_and_eighteen_exclusive() {
        assert!(!is_outside(at("2026-07-01T06:00:00Z", 120)));
        assert!(is_outside(at("2026-07-01T16:00:00Z", 120)));
    }
}
