//! Hours of work as events show them. Events are a lower bound of work: that no interruption was seen is not proof of rest.

use std::ops::Range;

use jiff::civil::Weekday;
use jiff::{SignedDuration, Timestamp};

use crate::facts::time::Stamp;

/// Rest owed in each period of 24 hours: Directive 2003/88/EC, Article 3.
const REST: SignedDuration = SignedDuration::from_hours(11);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Saturday or Sunday at the recorded offset.
pub fn is_weekend(stamp: Stamp) -> bool {
    matches!(stamp.local().weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// At the weekend, or at an hour outside the working day, at the recorded offset. `8..18` is from 8:00 to before 18:00.
pub fn is_outside(stamp: Stamp, working_day: &Range<i8>) -> bool {
    is_weekend(stamp) || !working_day.contains(&stamp.local().hour())
}

/// Periods of 24 hours of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DailyRest {
    /// All.
    pub periods: usize,
    /// Those in which no 11 hours in a row were free of events: possible interruptions of daily rest.
    pub interrupted: usize,
}

/// Daily rest of one person, from the instants at which something was seen, in any order.
///
/// A period of 24 hours begins at the first event. Where 11 consecutive hours of it are free of events, exactly 11 or up to its
/// end included, the next begins at the first event after them. Otherwise rest was interrupted, and the next begins at the
/// first event from its end on. This reading of Article 3 is that of `tests/oracles`; whether such work counts as working
/// time is a question of law.
pub fn daily_rest(instants: &[Timestamp]) -> DailyRest {
    let mut sorted = instants.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let (mut rest, mut ahead) = (DailyRest::default(), sorted.as_slice());
    while let Some(start) = ahead.first() {
        let since_start: Vec<_> = ahead.iter().map(|at| at.duration_since(*start)).take_while(|at| *at < DAY).collect();
        let ends = since_start.iter().skip(1).chain([&DAY]);
        let free = since_start.iter().zip(ends).position(|(from, to)| *to - *from >= REST);
        rest.periods += 1;
        rest.interrupted += usize::from(free.is_none());
        ahead = &ahead[free.map_or(since_start.len(), |last| last + 1)..];
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Events at hours and minutes after the epoch.
    fn seen(times: &[(i64, i64)]) -> DailyRest {
        let at = |(hours, minutes)| Timestamp::from_second(hours * 3600 + minutes * 60).unwrap();
        daily_rest(&times.iter().map(|time| at(*time)).collect::<Vec<_>>())
    }

    fn rest(periods: usize, interrupted: usize) -> DailyRest {
        DailyRest { periods, interrupted }
    }

    #[test]
    fn a_call_in_the_night_leaves_no_eleven_hours() {
        assert_eq!(seen(&[(8, 0), (17, 0), (26, 0)]), rest(1, 1));
        assert_eq!(seen(&[(8, 0), (17, 0)]), rest(1, 0));
    }

    #[test]
    fn exactly_eleven_hours_are_rest_and_a_minute_less_is_not() {
        assert_eq!(seen(&[(0, 0), (7, 0), (13, 0)]), rest(1, 0));
        assert_eq!(seen(&[(0, 0), (7, 0), (13, 1)]), rest(1, 1));
        assert_eq!(seen(&[(0, 0), (11, 0), (18, 0)]), rest(2, 0));
    }

    #[test]
    fn the_next_period_begins_after_the_rest_or_after_the_day() {
        // Rest from 9 to 21: what comes at 21 begins a period of its own.
        assert_eq!(seen(&[(0, 0), (9, 0), (21, 0), (24, 0)]), rest(2, 0));
        // No rest: what comes at 24 is the next day's.
        assert_eq!(seen(&[(0, 0), (8, 0), (16, 0), (24, 0)]), rest(2, 1));
    }

    #[test]
    fn order_and_repetition_of_events_do_not_matter() {
        assert_eq!(seen(&[(26, 0), (8, 0), (17, 0), (8, 0)]), rest(1, 1));
        assert_eq!(seen(&[]), rest(0, 0));
    }

    #[test]
    fn the_ends_of_the_calendar_are_instants_too() {
        assert_eq!(daily_rest(&[Timestamp::MIN, Timestamp::MAX]), rest(2, 0));
    }
}
