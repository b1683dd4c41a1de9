//! The shape of `paths.toml` and `marks.toml`. A wrong row fails the tests, not an audit.

use serde::Deserialize;

use super::OperationKind;
use crate::facts::change::OperationClass;

/// A class, by its name.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) enum ClassName {
    O0,
    O1,
    O2,
    O3,
    O4,
}

impl ClassName {
    pub(super) fn class(self) -> OperationClass {
        match self {
            Self::O0 => OperationClass::O0,
            Self::O1 => OperationClass::O1,
            Self::O2 => OperationClass::O2,
            Self::O3 => OperationClass::O3,
            Self::O4 => OperationClass::O4,
        }
    }
}

/// `paths.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PathRows {
    pub(super) apart: Apart,
    pub(super) path: Vec<PathRow>,
}

/// Folders where nothing runs.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Apart {
    pub(super) globs: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PathRow {
    pub(super) id: String,
    pub(super) kind: OperationKind,
    pub(super) class: ClassName,
    pub(super) globs: Vec<String>,
    #[serde(default)]
    pub(super) unless: Vec<String>,
    #[serde(default)]
    pub(super) environment: bool,
    #[allow(dead_code, reason = "for those who read the table; tests hold that it is there")]
    pub(super) source: String,
    #[allow(dead_code, reason = "read by the tests")]
    pub(super) matches: String,
    #[allow(dead_code, reason = "read by the tests")]
    pub(super) but_not: String,
}

/// `marks.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkRows {
    pub(super) mark: Vec<MarkRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkRow {
    pub(super) id: String,
    pub(super) tells: TellsName,
    pub(super) when: Option<When>,
    pub(super) kind: Option<OperationKind>,
    pub(super) class: Option<ClassName>,
    pub(super) globs: Vec<String>,
    #[serde(default)]
    pub(super) unless: Vec<String>,
    pub(super) text: String,
    #[allow(dead_code, reason = "for those who read the table; tests hold that it is there")]
    pub(super) source: String,
    #[allow(dead_code, reason = "read by the tests")]
    pub(super) matches: String,
    #[allow(dead_code, reason = "read by the tests")]
    pub(super) but_not: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum TellsName {
    Reach,
    Environment,
    Test,
    Skip,
    Assertion,
}

impl MarkRow {
    /// `None` for a row of reach that does not say which.
    pub(super) fn tells(&self) -> Option<Tells> {
        Some(match self.tells {
            TellsName::Reach => Tells::Reach { kind: self.kind?, class: self.class?.class(), when: self.when? },
            TellsName::Environment => Tells::Environment,
            TellsName::Test => Tells::Test,
            TellsName::Skip => Tells::Skip,
            TellsName::Assertion => Tells::Assertion,
        })
    }
}

/// What a path tells by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathRule {
    /// Id in print.
    pub id: String,
    /// Kind of operation.
    pub kind: OperationKind,
    /// Reach.
    pub class: OperationClass,
    /// Such a file stands at the root of an environment.
    pub environment: bool,
}

/// When a mark counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// The new version has more of it.
    Gained,
    /// The new version has fewer.
    Lost,
    /// Either.
    Changed,
    /// Either version has it.
    Held,
}

impl When {
    /// Whether so many more of a mark count.
    pub fn counts(self, gained: i32) -> bool {
        match self {
            Self::Gained => gained > 0,
            Self::Lost => gained < 0,
            Self::Changed => gained != 0,
            Self::Held => true,
        }
    }
}

/// What a mark in a file's text tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    /// What the change reaches.
    Reach {
        /// Kind of operation.
        kind: OperationKind,
        /// Reach.
        class: OperationClass,
        /// When it counts.
        when: When,
    },
    /// The file stands at the root of an environment.
    Environment,
    /// A test.
    Test,
    /// A test that is not run.
    Skip,
    /// Something that a test asserts.
    Assertion,
}

/// A mark that is looked for in the text of files.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Id in print.
    pub id: String,
    /// What it tells.
    pub tells: Tells,
    pub(super) text: regex::bytes::Regex,
}

impl Mark {
    /// How often it stands in a text.
    pub fn count(&self, text: &[u8]) -> usize {
        self.text.find_iter(text).count()
    }

    /// Whether it stands in a text.
    pub fn is_in(&self, text: &[u8]) -> bool {
        self.text.is_match(text)
    }

    /// Its presence tells something even where it did not change.
    pub fn is_held(&self) -> bool {
        matches!(self.tells, Tells::Environment | Tells::Reach { when: When::Held, .. })
    }
}
