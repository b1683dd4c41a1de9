//! The shape of the registry's files, and their reading. A wrong row fails the tests, not an audit.

use serde::Deserialize;

use crate::facts::change::MarkClass;

/// The registry's files, one after the other.
const FILES: &str = concat!(
    include_str!("registry/identities.toml"),
    include_str!("registry/messages.toml"),
    include_str!("registry/names.toml")
);

/// The files as written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rows {
    pub(super) identity: Vec<IdentityRow>,
    pub(super) name: Vec<NameRow>,
    pub(super) automation: Vec<OtherRow>,
    pub(super) platform: Vec<OtherRow>,
    pub(super) line: Vec<LineRow>,
    pub(super) footer: Vec<FooterRow>,
    pub(super) link: Vec<LinkRow>,
    pub(super) branch: Vec<BranchRow>,
    pub(super) agent: Vec<AgentRow>,
    pub(super) mention: Vec<MentionRow>,
    pub(super) record: Vec<RecordRow>,
}

/// Where a mark was seen or is documented.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Origin {
    pub(super) source: String,
    /// Since when the tool writes it by default, where that is known.
    pub(super) valid_from: Option<String>,
    /// Until when.
    pub(super) until: Option<String>,
    /// One public table names it, or nobody has confirmed it.
    #[serde(default)]
    pub(super) provisional: bool,
}

/// A class, by its letter.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum Letter {
    I,
    S,
    D,
    N,
    X,
    H,
}

impl Letter {
    pub(super) fn class(self) -> MarkClass {
        match self {
            Self::I => MarkClass::Identity,
            Self::S => MarkClass::Session,
            Self::D => MarkClass::Declared,
            Self::N => MarkClass::Note,
            Self::X => MarkClass::SuggestionAccepted,
            Self::H => MarkClass::Heuristic,
        }
    }
}

/// Identities of one tool with one class.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IdentityRow {
    pub(super) tool: String,
    pub(super) class: Letter,
    #[serde(default)]
    pub(super) addresses: Vec<String>,
    #[serde(default)]
    pub(super) ids: Vec<u64>,
    #[serde(default)]
    pub(super) apps: Vec<String>,
    /// Only a plan gives these: a login is no proof elsewhere.
    #[serde(skip)]
    pub(super) logins: Vec<String>,
    /// The name that must stand beside the address.
    pub(super) name: Option<String>,
    pub(super) origin: Origin,
    pub(super) example: String,
    pub(super) trap: String,
}

/// A mark in the name field, whatever the address.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameRow {
    pub(super) tool: String,
    pub(super) class: Letter,
    pub(super) equals: Option<String>,
    pub(super) ends: Option<String>,
    pub(super) begins: Option<String>,
    /// Words of which one must follow, with a version.
    #[serde(default)]
    pub(super) family: Vec<String>,
    /// The identity is still a person's.
    #[serde(default)]
    pub(super) person: bool,
    pub(super) origin: Origin,
    pub(super) example: String,
    pub(super) trap: String,
}

impl NameRow {
    /// Whether a name, in lower case, carries the mark.
    pub(super) fn matches(&self, name: &str) -> bool {
        self.equals.as_deref().is_none_or(|equals| name == equals)
            && self.ends.as_deref().is_none_or(|ends| name.ends_with(ends))
            && self.begins.as_deref().is_none_or(|begins| name.starts_with(begins))
            && (self.family.is_empty() || self.names_a_model(name))
    }

    fn names_a_model(&self, name: &str) -> bool {
        let mut family = false;
        let mut version = false;
        for word in name.split(|c: char| !c.is_ascii_alphanumeric()) {
            family |= self.family.iter().any(|known| known == word);
            version |= word.starts_with(|c: char| c.is_ascii_digit());
        }
        family && version
    }
}

/// Identities that are neither people nor AI.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OtherRow {
    #[serde(default)]
    pub(super) ids: Vec<u64>,
    #[serde(default)]
    pub(super) apps: Vec<String>,
    #[serde(default)]
    pub(super) logins: Vec<String>,
    #[serde(default)]
    pub(super) addresses: Vec<String>,
    pub(super) origin: Origin,
    pub(super) example: String,
    pub(super) trap: String,
}

/// What the value of a line must be.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Value {
    /// It names an agent or a model, which is then the tool.
    Agent,
    /// The same, and whatever it names is a tool: only a plan can vouch for that.
    #[serde(skip)]
    AnyAgent,
}

/// A `key: value` line. All conditions that are given must hold; they look at the value in lower case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineRow {
    pub(super) tool: Option<String>,
    pub(super) keys: Vec<String>,
    pub(super) class: Letter,
    pub(super) value: Option<Value>,
    #[serde(default)]
    pub(super) equals: Vec<String>,
    #[serde(default)]
    pub(super) unless: Vec<String>,
    #[serde(default)]
    pub(super) begins: Vec<String>,
    pub(super) contains: Option<String>,
    pub(super) origin: Origin,
    pub(super) example: String,
    pub(super) trap: String,
}

impl LineRow {
    /// Whether a value, in lower case, satisfies the row (but for [`Value`]).
    pub(super) fn accepts(&self, value: &str) -> bool {
        (self.equals.is_empty() || self.equals.iter().any(|equals| equals == value))
            && !self.unless.iter().any(|unless| unless == value)
            && (self.begins.is_empty() || self.begins.iter().any(|begins| value.starts_with(begins.as_str())))
            && self.contains.as_deref().is_none_or(|contains| value.contains(contains))
    }
}

/// A footer that stands alone on its line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FooterRow {
    pub(super) tool: String,
    pub(super) class: Letter,
    pub(super) begins: Vec<String>,
    pub(super) name: String,
    pub(super) origin: Origin,
    pub(super) example: String,
    pub(super) trap: String,
}

/// A line that only a tool writes into the description of a review. Conditions look at the line in lower case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkRow {
    pub(super) tool: String,
    pub(super) class: Letter,
    #[serde(default)]
    pub(super) begins: Vec<String>,
    #[serde(default)]
    pub(super) holds: Vec<String>,
    pub(super) origin: Origin,
    pub(super) example: String,
    pub(super) trap: String,
}

/// How tools, or an organisation, name their branches.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BranchRow {
    pub(super) tool: String,
    pub(super) class: Letter,
    pub(super) prefix: String,
    pub(super) origin: Origin,
    pub(super) example: String,
    pub(super) trap: String,
}

/// How a declaration names an agent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgentRow {
    pub(super) tool: String,
    pub(super) class: Letter,
    /// Distinctive names.
    #[serde(default)]
    pub(super) names: Vec<String>,
    /// Given names and ordinary words, which need more beside them.
    #[serde(default)]
    pub(super) words: Vec<String>,
    /// The words that are enough beside them.
    #[serde(default)]
    pub(super) with: Vec<String>,
    /// Model families, which need a version.
    #[serde(default)]
    pub(super) models: Vec<String>,
    /// One of `words` may be the whole value.
    #[serde(default)]
    pub(super) alone: bool,
    pub(super) origin: Origin,
    pub(super) example: String,
    pub(super) trap: String,
}

/// A word of the running text that may mean a tool.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MentionRow {
    pub(super) tool: String,
    pub(super) class: Letter,
    pub(super) word: String,
    pub(super) origin: Origin,
    pub(super) example: String,
    pub(super) trap: String,
}

/// What records beside the history call a tool.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordRow {
    /// Absent for a tool of tests.
    pub(super) tool: Option<String>,
    pub(super) class: Letter,
    pub(super) names: Vec<String>,
    /// A tool of tests is no tool.
    #[serde(default)]
    pub(super) test: bool,
    pub(super) origin: Origin,
    pub(super) example: String,
    pub(super) trap: String,
}

/// Reads the files.
pub(super) fn rows() -> Result<Rows, toml::de::Error> {
    toml::from_str(FILES)
}
