//! People, left of the privacy gate, are numbers.
//!
//! A [`Person`] cannot be serialised and cannot be displayed; both are held by the tests below, so the guarantee
//! itself is tested:
//!
//! ```compile_fail
//! fn needs_serialize<T: serde::Serialize>() {}
//! needs_serialize::<countersign::facts::Person>();
//! ```
//!
//! ```compile_fail
//! fn needs_display<T: std::fmt::Display>() {}
//! needs_display::<countersign::facts::Person>();
//! ```

use jiff::civil::Date;

/// One human being. The number is given in order of first appearance and means nothing outside one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Person(u32);

impl Person {
    /// A person with this number; the source readers keep the table that gives numbers out.
    pub fn new(number: u32) -> Self {
        Self(number)
    }
}

/// One dated row of the people list: a person belonged to a team in a span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Who.
    pub person: Person,
    /// Team, as named in the plan and the register.
    pub team: String,
    /// Whether the organisation counts this person as senior for sign-off.
    pub senior: Option<bool>,
    /// Whether this person is eligible to review.
    pub reviewer: Option<bool>,
    /// IANA time zone of the person's working place.
    pub time_zone: Option<String>,
    /// First day; `None` is "always".
    pub from: Option<Date>,
    /// First day that no longer counts; `None` is "still".
    pub until: Option<Date>,
}

impl Membership {
    /// Whether the row holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}
