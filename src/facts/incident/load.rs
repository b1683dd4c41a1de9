//! Work and interruptions that an incident caused. Counts and instants; people are numbers.

use jiff::Timestamp;

use crate::facts::Person;

/// One page: a person was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Page {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub person: Person,
}

/// What an incident cost the people who dealt with it. Buckets are those of the paging tool, each in the zone of the
/// person who was called: business 8–18 Monday to Friday, off 18–22 and at the weekend, sleep 22–8
/// (PagerDuty, `facts/incidents.md` 1.1).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Load {
    /// Minutes of work, all people together.
    pub engaged_minutes: Option<f64>,
    /// Of these, in business, off and sleep hours.
    pub engaged_by_hours: [Option<f64>; 3],
    /// Interruptions.
    pub interruptions: Option<u32>,
    /// Of these, in business, off and sleep hours.
    pub interruptions_by_hours: [Option<u32>; 3],
    /// People who responded, where only their number is on record.
    pub responders: Option<u32>,
    /// Escalations.
    pub escalations: Option<u32>,
    /// Pages one by one, sorted.
    pub pages: Box<[Page]>,
}
