//! A sentence before it has a language: an id and typed arguments.
//!
//! The texts lie in `templates/lang/<code>`; numbers that belong to a figure are named by the figure's id, so that the
//! privacy gate can withhold a sentence together with its number.

/// A typed argument.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// A whole number about artefacts.
    Count(u64),
    /// A number about artefacts, printed with up to two decimals.
    Number(f64),
    /// A duration in minutes about artefacts, printed in hours and minutes.
    Minutes(f64),
    /// A share about artefacts, 0 to 1, printed in per cent.
    Share(f64),
    /// A token that means the same in every language: an id, a path, a tool, a date.
    Word(String),
    /// A list of things that have a name in each language, by the ids of these messages.
    Names(Vec<String>),
    /// The value of a figure; withheld where the figure is.
    Figure(String),
}

/// A sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Message id.
    pub id: String,
    /// Arguments by name.
    pub args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// A sentence without arguments.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), args: Vec::new() }
    }

    /// Adds a count.
    #[must_use]
    pub fn count(mut self, name: &'static str, value: usize) -> Self {
        self.args.push((name, Arg::Count(value as u64)));
        self
    }

    /// Adds a number.
    #[must_use]
    pub fn number(mut self, name: &'static str, value: f64) -> Self {
        self.args.push((name, Arg::Number(value)));
        self
    }

    /// Adds a duration.
    #[must_use]
    pub fn minutes(mut self, name: &'static str, value: f64) -> Self {
        self.args.push((name, Arg::Minutes(value)));
        self
    }

    /// Adds a share.
    #[must_use]
    pub fn share(mut self, name: &'static str, value: f64) -> Self {
        self.args.push((name, Arg::Share(value)));
        self
    }

    /// Adds a token.
    #[must_use]
    pub fn word(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, Arg::Word(value.into())));
        self
    }

    /// Adds a list of names, by the ids of their messages.
    #[must_use]
    pub fn names(mut self, name: &'static str, ids: impl IntoIterator<Item = String>) -> Self {
        self.args.push((name, Arg::Names(ids.into_iter().collect())));
        self
    }

    /// Adds the value of a figure.
    #[must_use]
    pub fn figure(mut self, name: &'static str, id: impl Into<String>) -> Self {
        self.args.push((name, Arg::Figure(id.into())));
        self
    }
}
