//! Whether somebody was senior on a day.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::facts::{Facts, Person};

/// Whether one of these people is listed as senior on the day of an instant (UTC); `None` where none is and the list does not
/// say it of all of them. Of nobody it is known.
pub(super) fn any_senior(facts: &Facts, people: &BTreeSet<Person>, at: Timestamp) -> Option<bool> {
    let day = at.to_zoned(TimeZone::UTC).date();
    let rows = || facts.memberships.iter().filter(|row| row.holds_on(day));
    let senior = |person: &Person| rows().filter(|row| row.person == *person).filter_map(|row| row.senior).max();
    if people.iter().any(|person| senior(person) == Some(true)) {
        return Some(true);
    }
    people.iter().all(|person| senior(person).is_some()).then_some(false)
}
