//! The audited period: half-open, from 00:00 UTC to 00:00 UTC.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::facts::time::Span;

/// The audited period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// As printed and as folder name: `2026-Q3`, or `2026-07-01..2026-10-01`.
    pub label: String,
    /// First day inside.
    pub first: Date,
    /// First day outside.
    pub until: Date,
    /// The same in UTC instants.
    pub span: Span,
}

impl Period {
    /// Reads `2026-Q3` or `2026-07-01..2026-10-01`. The error says why not.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.split_once("..") {
            Some((first, until)) => Self::between(day(first)?, day(until)?),
            None => quarter(text),
        }
    }

    /// From the first day inside to the first day outside.
    pub fn between(first: Date, until: Date) -> Result<Self, String> {
        if until <= first {
            return Err(format!("the period ends ({until}) on or before the day it starts ({first})"));
        }
        let span = Span { start: midnight(first)?, end: midnight(until)? };
        Ok(Self { label: label(first, until), first, until, span })
    }

    /// The period of equal kind just before: the previous quarter for a quarter, else as many days.
    pub fn previous(&self) -> Option<Self> {
        let first = if self.label.contains("-Q") {
            self.first.checked_sub(jiff::Span::new().months(3)).ok()?
        } else {
            self.first.checked_sub(self.first.until(self.until).ok()?).ok()?
        };
        Self::between(first, self.first).ok()
    }

    /// Weeks in the period, fractions included.
    pub fn weeks(&self) -> f64 {
        self.span.days() / 7.0
    }
}

fn day(text: &str) -> Result<Date, String> {
    text.trim().parse().map_err(|_| format!("`{}` is not a day; write it as 2026-07-01", text.trim()))
}

fn quarter(text: &str) -> Result<Period, String> {
    let wrong = || format!("`{text}` is not a period; write 2026-Q3 or 2026-07-01..2026-10-01");
    let (year, number) = text.trim().split_once("-Q").ok_or_else(wrong)?;
    let year: i16 = year.parse().map_err(|_| wrong())?;
    let number: i8 = number.parse().map_err(|_| wrong())?;
    if !(1..=4).contains(&number) {
        return Err(wrong());
    }
    let first = Date::new(year, number * 3 - 2, 1).map_err(|_| wrong())?;
    Period::between(first, first.checked_add(jiff::Span::new().months(3)).map_err(|_| wrong())?)
}

fn midnight(date: Date) -> Result<Timestamp, String> {
    date.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp()).map_err(|_| format!("{date} is outside the calendar"))
}

fn label(first: Date, until: Date) -> String {
    let three_months = first.checked_add(jiff::Span::new().months(3)).ok();
    if first.day() == 1 && first.month() % 3 == 1 && three_months == Some(until) {
        format!("{:04}-Q{}", first.year(), (first.month() + 2) / 3)
    } else {
        format!("{first}..{until}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_and_its_days_are_the_same_period() {
        assert_eq!(Period::parse("2026-Q3"), Period::parse("2026-07-01..2026-10-01"));
        assert_eq!(Period::parse("2026-Q3").map(|p| p.label), Ok("2026-Q3".to_owned()));
    }

    #[test]
    fn the_period_before_a_quarter_is_a_quarter() {
        let before = Period::parse("2026-Q1").ok().and_then(|p| p.previous());
        assert_eq!(before.map(|p| p.label), Some("2025-Q4".to_owned()));
    }

    #[test]
    fn a_reversed_period_is_refused() {
        assert!(Period::parse("2026-10-01..2026-07-01").is_err());
        assert!(Period::parse("2026-Q5").is_err());
    }

    #[test]
    fn decades_are_allowed() {
        assert!(Period::parse("1990-01-01..2030-01-01").is_ok());
    }
}
