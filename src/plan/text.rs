//! The plan's file and its text, for errors that point into it.

use crate::error::Problem;

/// Where a value was written.
pub(super) struct Text<'a> {
    /// File name as given.
    pub(super) file: &'a str,
    /// Its whole text.
    pub(super) text: &'a str,
}

impl Text<'_> {
    /// A problem at a byte offset.
    pub(super) fn problem(&self, offset: usize, why: impl Into<String>) -> Problem {
        Problem::usage("cannot use the plan", why).at_offset(self.file, self.text, offset)
    }
}
