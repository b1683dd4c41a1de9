//! What incidents ask of the people who are called. Only ever of everybody together.
//!
//! Hours are those of the person's own zone; without a zone they are not assessed, for a guess in UTC would call an
//! afternoon in one place a night in another.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{DateTime, Weekday};
use jiff::tz::TimeZone;

use crate::facts::incident::Page;
use crate::facts::{Facts, Kind, Person};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::incidents::started_in;
use crate::plan::Plan;

/// More incidents in a shift of twelve hours are too many (Google, Site Reliability Engineering, chapter 11).
pub const MOST_PER_SHIFT: usize = 2;

/// When in the day and week something falls (PagerDuty, `facts/incidents.md` 1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hours {
    /// 8 to 18, Monday to Friday.
    Business,
    /// 18 to 22 Monday to Friday, 8 to 22 at the weekend.
    Off,
    /// 22 to 8, every day. It is tested first: at the weekend both texts of the definition hold.
    Sleep,
}

impl Hours {
    /// Of a local time.
    pub fn of(local: DateTime) -> Self {
        match (local.hour(), local.weekday()) {
            (22.. | ..8, _) => Self::Sleep,
            (_, Weekday::Saturday | Weekday::Sunday) | (18.., _) => Self::Off,
            _ => Self::Business,
        }
    }
}

/// The half of the day in which a local time falls, as the shift it belongs to.
pub fn shift(local: DateTime) -> (jiff::civil::Date, bool) {
    (local.date(), local.hour() >= 12)
}

/// Calls of the period and the work they led to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OnCall {
    /// Calls that are listed one by one.
    pub pages: usize,
    /// People behind them.
    pub called: BTreeSet<Person>,
    /// Calls by hours, where the zone of the person is known: business, off, sleep.
    pub by_hours: [usize; 3],
    /// Calls of people whose zone is not known.
    pub zone_unknown: usize,
    /// Shifts of a person with any incident, and with more than two.
    pub shifts: (usize, usize),
    /// People of the latter.
    pub over: BTreeSet<Person>,
    /// Nights of a person with a call, and with more than one.
    pub nights: (usize, usize),
    /// People of the latter.
    pub often: BTreeSet<Person>,
    /// Incidents of the period for which nobody is listed as called.
    pub without_calls: usize,
    /// Interruptions that exports count by hours themselves.
    pub counted: Option<[u64; 3]>,
    /// Minutes of work on incidents, and of these on incidents that record a part of AI.
    pub engaged: Option<(f64, f64)>,
    /// People who responded.
    pub responders: BTreeSet<Person>,
    /// People who responded to incidents that record a part of AI.
    pub ai_responders: BTreeSet<Person>,
}

impl OnCall {
    /// Adds up; unknown where no incident of the period says anything of calls or work.
    pub fn of(facts: &Facts, plan: &Plan) -> Measured<Self> {
        if !facts.has(Kind::Incidents) {
            return Measured::lacks(Kind::Incidents);
        }
        let mut on_call = Self::default();
        let mut shifts: BTreeMap<(Person, jiff::civil::Date, bool), BTreeSet<usize>> = BTreeMap::new();
        let mut nights: BTreeMap<(Person, jiff::civil::Date), usize> = BTreeMap::new();
        let mut any = false;
        for (number, incident) in started_in(facts, plan).enumerate() {
            let load = incident.load.as_deref();
            on_call.without_calls += usize::from(load.is_none_or(|load| load.pages.is_empty()));
            let Some(load) = load else { continue };
            any = true;
            on_call.responders.extend(incident.responders.iter().copied());
            if incident.ai_role.took_part() {
                on_call.ai_responders.extend(incident.responders.iter().copied());
            }
            if let Some(minutes) = load.engaged_minutes {
                let (all, ai) = on_call.engaged.get_or_insert_default();
                *all += minutes;
                *ai += if incident.ai_role.took_part() { minutes } else { 0.0 };
            }
            on_call.count(load.interruptions_by_hours);
            for page in &load.pages {
                on_call.called.insert(page.person);
                let zone = zone_of(facts, *page);
                let local = page.at.to_zoned(zone.clone().unwrap_or(TimeZone::UTC)).datetime();
                let (day, half) = shift(local);
                shifts.entry((page.person, day, half)).or_default().insert(number);
                on_call.add(*page, zone.map(|_| local), &mut nights);
            }
        }
        let over = || shifts.iter().filter(|(_, incidents)| incidents.len() > MOST_PER_SHIFT);
        let often = || nights.iter().filter(|(_, pages)| **pages > 1);
        (on_call.shifts, on_call.nights) = ((shifts.len(), over().count()), (nights.len(), often().count()));
        on_call.over = over().map(|((person, ..), _)| *person).collect();
        on_call.often = often().map(|((person, _), _)| *person).collect();
        Measured::or_lacks(any.then_some(on_call), Kind::MoreRecords)
    }

    fn add(&mut self, page: Page, local: Option<DateTime>, nights: &mut BTreeMap<(Person, jiff::civil::Date), usize>) {
        self.pages += 1;
        let Some(local) = local else {
            self.zone_unknown += 1;
            return;
        };
        let hours = Hours::of(local);
        self.by_hours[hours as usize] += 1;
        if hours == Hours::Sleep {
            // A night begins at 22 and belongs to the day on which it begins.
            let evening = if local.hour() < 8 { local.date().yesterday() } else { Ok(local.date()) };
            *nights.entry((page.person, evening.unwrap_or(local.date()))).or_default() += 1;
        }
    }

    fn count(&mut self, by_hours: [Option<u32>; 3]) {
        if by_hours.iter().all(Option::is_none) {
            return;
        }
        let counted = self.counted.get_or_insert_default();
        for (sum, number) in counted.iter_mut().zip(by_hours) {
            *sum += u64::from(number.unwrap_or(0));
        }
    }

    /// Interruptions in sleep hours and all with known hours, from calls and from exports that count them.
    pub fn asleep(&self) -> (u64, u64) {
        let counted = self.counted.unwrap_or_default();
        let [_, _, sleep] = self.by_hours;
        let all: usize = self.by_hours.iter().sum();
        (sleep as u64 + counted[2], all as u64 + counted.iter().sum::<u64>())
    }
}

/// The zone of a person's working place that day, by the people list.
fn zone_of(facts: &Facts, page: Page) -> Option<TimeZone> {
    let day = page.at.to_zoned(TimeZone::UTC).date();
    let mut rows = facts.memberships.iter().filter(|row| row.person == page.person && row.holds_on(day));
    rows.find_map(|row| jiff::tz::db().get(row.time_zone.as_deref()?).ok())
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<OnCall>) -> Vec<Figure> {
    let nobody = BTreeSet::new();
    let called = all.known().map_or(&nobody, |o| &o.called);
    // The numerator of a share may be the doing of a few of those behind it: they are who it is about.
    let about = |few: fn(&OnCall) -> &BTreeSet<Person>, all_of: &BTreeSet<Person>| {
        all.known().map(few).filter(|few| !few.is_empty()).unwrap_or(all_of).clone()
    };
    let everybody: BTreeSet<Person> =
        all.known().map(|o| o.called.union(&o.responders).copied().collect()).unwrap_or_default();
    let figure = |id: &str, unit, method, people: &BTreeSet<Person>, pick: &dyn Fn(&OnCall) -> Measured<Value>| {
        Figure::new(id, unit, method, Disclosure::PersonDerived, all.and_then(|o| pick(o))).behind(people)
    };
    let listed = |o: &OnCall, value: Value| Measured::or_lacks((o.pages > 0).then_some(value), Kind::MoreRecords);
    #[allow(clippy::cast_possible_truncation, reason = "counts of calls fit the address space")]
    let asleep = |o: &OnCall| {
        let (asleep, all) = o.asleep();
        Measured::or_lacks((all > 0).then(|| Value::share(asleep as usize, all as usize)), Kind::MoreRecords)
    };
    let engaged = |o: &OnCall| Measured::or_lacks(o.engaged.map(|(all, _)| Value::number(all)), Kind::MoreRecords);
    let of_ai = |o: &OnCall| {
        let share = o.engaged.map(|(all, ai)| Value {
            value: (all > 0.0).then(|| ai / all),
            numerator: Some(ai),
            denominator: Some(all),
            interval: None,
        });
        Measured::or_lacks(share, Kind::MoreRecords)
    };
    vec![
        figure("on_call.pages", "pages", "method-pages", called, &|o| listed(o, Value::count(o.pages))),
        figure("on_call.zone_unknown", "share", "method-zone-unknown", called, &|o| {
            listed(o, Value::share(o.zone_unknown, o.pages))
        }),
        figure("on_call.sleep_share", "share", "method-sleep-share", &everybody, &asleep),
        figure("on_call.shifts_over_two", "share", "method-shifts", &about(|o| &o.over, called), &|o| {
            listed(o, Value::share(o.shifts.1, o.shifts.0))
        }),
        figure("on_call.nights_with_several", "share", "method-nights", &about(|o| &o.often, called), &|o| {
            listed(o, Value::share(o.nights.1, o.nights.0))
        }),
        figure("on_call.engaged_minutes", "minutes", "method-engaged", &everybody, &engaged),
        figure(
            "on_call.engaged_ai_share",
            "share",
            "method-engaged-ai",
            &about(|o| &o.ai_responders, &everybody),
            &of_ai,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Incident;
    use crate::facts::incident::Load;
    use crate::facts::person::Membership;
    use crate::facts::sample::{facts, incident, instant};

    fn local(text: &str) -> DateTime {
        text.parse().unwrap()
    }

    #[test]
    fn hours_are_those_of_the_published_definition_sleep_first() {
        // A Thursday and a Saturday.
        assert_eq!(Hours::of(local("2026-07-02T08:00")), Hours::Business);
        assert_eq!(Hours::of(local("2026-07-02T18:00")), Hours::Off);
        assert_eq!(Hours::of(local("2026-07-02T22:00")), Hours::Sleep);
        assert_eq!(Hours::of(local("2026-07-02T07:59")), Hours::Sleep);
        assert_eq!(Hours::of(local("2026-07-04T12:00")), Hours::Off);
        assert_eq!(Hours::of(local("2026-07-04T23:00")), Hours::Sleep);
    }

    fn called(at: &[&str], zone: Option<&str>) -> OnCall {
        let mut facts = facts(&[Kind::Incidents]);
        let row = |zone: &str| Membership {
            person: Person::new(1),
            team: "shop".into(),
            senior: None,
            reviewer: None,
            time_zone: Some(zone.into()),
            from: None,
            until: None,
        };
        facts.memberships = zone.map(row).into_iter().collect();
        let one = |at: &&str| Incident {
            load: Some(Box::new(Load {
                pages: [Page { at: instant(at), person: Person::new(1) }].into(),
                ..Load::default()
            })),
            ..incident(at, at, "2026-09-30T00:00:00Z")
        };
        facts.incidents = at.iter().map(one).collect();
        let period = crate::plan::Period::parse("2026-Q3").ok();
        let plan = Plan::for_repository(std::path::Path::new("shop"), period).unwrap();
        OnCall::of(&facts, &plan).known().unwrap().clone()
    }

    #[test]
    fn a_call_falls_in_the_hours_of_the_person_and_without_a_zone_in_none() {
        // 23:00 in Berlin, 17:00 in New York.
        assert_eq!(called(&["2026-07-02T21:00:00Z"], Some("Europe/Berlin")).by_hours, [0, 0, 1]);
        assert_eq!(called(&["2026-07-02T21:00:00Z"], Some("America/New_York")).by_hours, [1, 0, 0]);
        let unknown = called(&["2026-07-02T21:00:00Z"], None);
        assert_eq!((unknown.by_hours, unknown.zone_unknown), ([0, 0, 0], 1));
    }

    #[test]
    fn a_night_is_one_from_the_evening_to_the_morning() {
        let two = called(&["2026-07-02T21:00:00Z", "2026-07-03T02:00:00Z"], Some("Europe/Berlin"));
        assert_eq!(two.nights, (1, 1));
    }

    #[test]
    fn a_shift_is_over_with_a_third_incident() {
        let at = ["2026-07-02T08:00:00Z", "2026-07-02T09:00:00Z", "2026-07-02T09:30:00Z"];
        assert_eq!(called(&at[..2], Some("Europe/Berlin")).shifts, (1, 0));
        assert_eq!(called(&at, Some("Europe/Berlin")).shifts, (1, 1));
    }
}
