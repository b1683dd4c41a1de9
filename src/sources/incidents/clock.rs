//! Instants as exports write them.
//!
//! Formats are those of the mapping or the plan (`strftime` directives, or `iso8601`, `unix_s`, `unix_ms`,
//! `unix_ns`); without any, ISO 8601 is read and nothing else: day and month are never guessed. A time without an
//! offset is read in the zone of the plan, else of the mapping; with neither it is not read at all.
//!
//! A local time that the clock change skips moves forward by the change; one that happens twice is the first of the
//! two (RFC 5545, section 3.3.5, and `java.time` do the same).

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime::{self, BrokenDownTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// One way of writing an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Format {
    /// ISO 8601 or RFC 3339, also with a blank for `T`, without seconds, or as a bare day.
    Iso,
    /// Seconds, milliseconds or nanoseconds since 1970: how many in a second.
    Unix(i128),
    /// `strftime` directives.
    Directives(String),
}

impl Format {
    /// Reads a format's name; the error says why not.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        match text {
            "iso8601" => return Ok(Self::Iso),
            "unix_s" => return Ok(Self::Unix(1)),
            "unix_ms" => return Ok(Self::Unix(1_000)),
            "unix_ns" => return Ok(Self::Unix(1_000_000_000)),
            _ => {}
        }
        let sample = Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC);
        let written = strtime::format(text, &sample).map_err(|e| format!("`{text}` is not a time format: {e}"))?;
        match strtime::parse(text, &written).map(|parts| day(&parts).is_some()) {
            Ok(true) => Ok(Self::Directives(text.to_owned())),
            _ => Err(format!("`{text}` gives neither a day nor a month of a year")),
        }
    }
}

/// The day that was written, or the first of the month.
fn day(parts: &BrokenDownTime) -> Option<Date> {
    parts.to_date().ok().or_else(|| Date::new(parts.year()?, parts.month()?, 1).ok())
}

/// An instant and whether only its day or its month was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Instant {
    pub(super) at: Timestamp,
    pub(super) coarse: bool,
}

/// Why a time could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is in none of the formats that were stated.
    NotInFormat,
    /// It is not ISO 8601, and no format was stated.
    NoFormat,
    /// It carries no offset, and no zone was stated.
    NoZone,
}

/// Reads the instants of one export.
#[derive(Debug, Clone, Default)]
pub(super) struct Clock {
    /// Stated formats, tried in order.
    pub(super) formats: Vec<Format>,
    /// Zone of times that carry none.
    pub(super) zone: Option<TimeZone>,
}

impl Clock {
    /// The instant behind a text.
    pub(super) fn read(&self, text: &str) -> Result<Instant, Unread> {
        if self.formats.is_empty() {
            return self.in_format(&Format::Iso, text).unwrap_or(Err(Unread::NoFormat));
        }
        self.formats.iter().find_map(|format| self.in_format(format, text)).unwrap_or(Err(Unread::NotInFormat))
    }

    /// `None`: the text is not in this format.
    fn in_format(&self, format: &Format, text: &str) -> Option<Result<Instant, Unread>> {
        match format {
            Format::Iso => self.iso(text),
            Format::Unix(per_second) => unix(text, *per_second).map(|at| Ok(Instant { at, coarse: false })),
            Format::Directives(directives) => {
                let parts = strtime::parse(directives, text).ok()?;
                if let Ok(at) = parts.to_zoned().map(|zoned| zoned.timestamp()).or_else(|_| parts.to_timestamp()) {
                    return Some(Ok(Instant { at, coarse: false }));
                }
                match parts.to_datetime() {
                    Ok(local) if parts.hour().is_some() => Some(self.local(local, false)),
                    _ => Some(self.local(day(&parts)?.at(0, 0, 0, 0), true)),
                }
            }
        }
    }

    fn iso(&self, text: &str) -> Option<Result<Instant, Unread>> {
        if let Ok(at) = text.parse::<Timestamp>() {
            return Some(Ok(Instant { at, coarse: false }));
        }
        if let Ok(zoned) = text.parse::<Zoned>() {
            return Some(Ok(Instant { at: zoned.timestamp(), coarse: false }));
        }
        let local: DateTime = text.parse().ok()?;
        Some(self.local(local, !text.contains([':', 'T', 't', ' '])))
    }

    fn local(&self, local: DateTime, coarse: bool) -> Result<Instant, Unread> {
        let zone = self.zone.clone().ok_or(Unread::NoZone)?;
        let zoned = local.to_zoned(zone).map_err(|_| Unread::NotInFormat)?;
        Ok(Instant { at: zoned.timestamp(), coarse })
    }
}

fn unix(text: &str, per_second: i128) -> Option<Timestamp> {
    let nanos = 1_000_000_000 / per_second;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole: i128 = whole.parse().ok()?;
    // Fractions of a second are written by some APIs; they are checked to be digits and cut off.
    let digits = fraction.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| Timestamp::from_nanosecond(whole.checked_mul(nanos)?).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(format: Option<&str>, zone: Option<&str>) -> Clock {
        Clock {
            formats: format.map(|f| Format::parse(f).unwrap()).into_iter().collect(),
            zone: zone.map(|z| TimeZone::get(z).unwrap()),
        }
    }

    fn read(format: Option<&str>, zone: Option<&str>, text: &str) -> Result<String, Unread> {
        clock(format, zone).read(text).map(|i| format!("{}{}", i.at, if i.coarse { " day" } else { "" }))
    }

    #[test]
    fn an_offset_in_the_text_wins_over_every_zone() {
        let berlin = Some("Europe/Berlin");
        for text in ["2026-03-05T09:12:33Z", "2026-03-05T10:12:33+01:00", "2026-03-05T10:12:33.000+0100"] {
            assert_eq!(read(None, berlin, text), read(None, None, text), "{text}");
            assert_eq!(read(None, None, text), Ok("2026-03-05T09:12:33Z".into()), "{text}");
        }
    }

    #[test]
    fn a_local_time_needs_a_zone() {
        assert_eq!(read(None, None, "2026-03-05 09:12:33"), Err(Unread::NoZone));
        assert_eq!(read(None, Some("Europe/Berlin"), "2026-03-05 09:12:33"), Ok("2026-03-05T08:12:33Z".into()));
        assert_eq!(read(None, Some("Europe/Berlin"), "2026-07-05 09:12"), Ok("2026-07-05T07:12:00Z".into()));
    }

    #[test]
    fn a_skipped_local_time_moves_forward_and_a_repeated_one_is_the_first() {
        let format = Some("%d-%m-%Y %H:%M");
        // 29 March 2026, 02:00 → 03:00; 25 October 2026, 03:00 → 02:00.
        assert_eq!(read(format, Some("Europe/Berlin"), "29-03-2026 02:30"), Ok("2026-03-29T01:30:00Z".into()));
        assert_eq!(read(format, Some("Europe/Berlin"), "25-10-2026 02:30"), Ok("2026-10-25T00:30:00Z".into()));
    }

    #[test]
    fn day_and_month_are_never_guessed() {
        assert_eq!(read(None, Some("UTC"), "29-02-2016 01:16"), Err(Unread::NoFormat));
        assert_eq!(read(Some("%d-%m-%Y %H:%M"), Some("UTC"), "02-29-2016 01:16"), Err(Unread::NotInFormat));
        assert_eq!(read(Some("%m-%d-%Y %H:%M"), Some("UTC"), "02-29-2016 01:16"), Ok("2016-02-29T01:16:00Z".into()));
    }

    #[test]
    fn a_month_is_its_first_day_and_marked_as_such() {
        assert_eq!(read(Some("%Y-%m"), Some("UTC"), "2025-12"), Ok("2025-12-01T00:00:00Z day".into()));
        assert!(Format::parse("%Y").is_err());
    }

    #[test]
    fn the_unit_of_a_number_has_to_be_stated() {
        assert_eq!(read(None, Some("UTC"), "1456708560"), Err(Unread::NoFormat));
        assert_eq!(read(Some("unix_s"), None, "1456708560"), Ok("2016-02-29T01:16:00Z".into()));
        assert_eq!(read(Some("unix_ms"), None, "1456708560000"), Ok("2016-02-29T01:16:00Z".into()));
        assert_eq!(read(Some("unix_ns"), None, "1456708560000000000"), Ok("2016-02-29T01:16:00Z".into()));
        assert_eq!(read(Some("unix_s"), None, "99999999999999999999999999999999999999"), Err(Unread::NotInFormat));
    }

    #[test]
    fn a_bare_day_is_marked_as_such() {
        assert_eq!(read(None, Some("UTC"), "2026-03-05"), Ok("2026-03-05T00:00:00Z day".into()));
        assert_eq!(read(Some("%d.%m.%Y"), Some("UTC"), "05.03.2026"), Ok("2026-03-05T00:00:00Z day".into()));
    }

    #[test]
    fn a_format_with_an_offset_and_a_twelve_hour_clock_is_read() {
        assert_eq!(
            read(Some("%d/%b/%y %I:%M %p"), Some("UTC"), "05/Mar/26 9:12 PM"),
            Ok("2026-03-05T21:12:00Z".into())
        );
        assert_eq!(read(Some("%Y-%m-%d %H:%M %z"), None, "2026-03-05 10:12 +0100"), Ok("2026-03-05T09:12:00Z".into()));
    }

    #[test]
    fn a_zone_that_is_written_beside_the_time_wins_over_the_stated_one() {
        let format = Some("%Y-%m-%d %H:%M %Q");
        let read = read(format, Some("UTC"), "2026-07-05 09:12 Europe/Berlin");
        assert_eq!(read, Ok("2026-07-05T07:12:00Z".into()));
    }

    #[test]
    fn a_format_that_is_none_is_refused() {
        assert!(Format::parse("%Q%Q").is_err());
        assert!(Format::parse("hello").is_err());
        assert!(Format::parse("%H:%M").is_err());
    }
}
