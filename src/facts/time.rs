//! Instants as records give them: a UTC instant and the offset that was written beside it.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

/// An instant with the UTC offset its author's clock had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// The instant.
    pub at: Timestamp,
    /// Minutes east of UTC as recorded. `+0000` may be a server's clock: see [`Stamp::offset_is_informative`].
    pub offset_minutes: i32,
}

impl Stamp {
    /// From seconds since the epoch and an offset; `None` when the second count is outside the supported calendar
    /// (years -9999 to 9999).
    pub fn from_unix(seconds: i64, offset_minutes: i32) -> Option<Self> {
        let at = Timestamp::from_second(seconds).ok()?;
        Some(Self { at, offset_minutes })
    }

    /// Whether the offset tells where a person's clock stood. `+0000` is what servers and web editors write, so it
    /// is unknown, not Greenwich.
    pub fn offset_is_informative(self) -> bool {
        self.offset_minutes != 0
    }

    /// The wall-clock time at the recorded offset; offsets beyond a day are read as UTC.
    pub fn local(self) -> jiff::Zoned {
        let offset = Offset::from_seconds(self.offset_minutes.saturating_mul(60)).unwrap_or(Offset::UTC);
        self.at.to_zoned(TimeZone::fixed(offset))
    }
}

/// A half-open span of time, `[start, end)`, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First instant inside.
    pub start: Timestamp,
    /// First instant outside.
    pub end: Timestamp,
}

impl Span {
    /// Whether an instant lies inside.
    pub fn contains(self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }

    /// Length in days, fractions included.
    pub fn days(self) -> f64 {
        (self.end.as_second() - self.start.as_second()) as f64 / 86_400.0
    }
}
