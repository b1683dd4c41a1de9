//! AI marks on commits: which tool says, or is said, to have taken part, and how strong that sign is.
//!
//! Marks are a lower bound. What carries none is *unattributed*, never *human*. Everything is read raw, before mailmap,
//! for mailmap maps service identities to people. The registry is data (`registry/*.toml`); each row names its source.
//! A plan may add the organisation's own signs.

mod agent;
mod branch;
mod checkbox;
#[cfg_attr(not(test), allow(dead_code, reason = "the tests run the example and the trap of every row"))]
mod data;
mod listed;
mod message;
mod named;
mod record;
mod review;
mod rules;
mod who;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

pub use self::listed::{ListedMark, listed};
pub use self::review::{ReviewMarks, ReviewText};

use self::branch::Branches;
use self::checkbox::Boxes;
use self::data::{AgentRow, FooterRow, LineRow, LinkRow};
use self::record::Records;
use self::who::{Table, Who};
use crate::facts::change::{Channel, Mark};
use crate::plan::{AttributionRules, Plan};

static BUILTIN: LazyLock<Registry> = LazyLock::new(|| Registry::new(shipped()));

/// A registry that cannot be read is an empty one here and a failed test in the build.
fn shipped() -> data::Rows {
    data::rows().unwrap_or_default()
}

/// The marks that are known, compiled for reading many commits.
#[derive(Default)]
pub struct Registry {
    table: Table,
    lines: Vec<LineRow>,
    /// Rows of `lines` by key.
    keys: BTreeMap<String, Vec<usize>>,
    footers: Vec<FooterRow>,
    links: Vec<LinkRow>,
    branches: Branches,
    agents: Vec<AgentRow>,
    /// Tools by the word that mentions them.
    mentions: BTreeMap<String, String>,
    mention_shapes: message::Shapes,
    records: Records,
    /// Tools by label of a review, in lower case.
    labels: BTreeMap<String, String>,
    boxes: Boxes,
}

/// What a commit says about who made it, byte for byte and before mailmap.
#[derive(Debug, Clone, Copy, Default)]
pub struct Signatures<'a> {
    /// Author's name.
    pub author_name: &'a str,
    /// Author's address.
    pub author_email: &'a str,
    /// Committer's name.
    pub committer_name: &'a str,
    /// Committer's address.
    pub committer_email: &'a str,
    /// The whole message. Its subject line is not read here: [`Registry::merged_branches`] is the one exception.
    pub message: &'a str,
}

/// What the registry found on a commit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marked {
    /// Marks, sorted, without repeats.
    pub marks: Vec<Mark>,
    /// Written by automation, and nothing attributes it to AI.
    pub automation: bool,
}

/// What kind of actor an identity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LoginClass {
    /// An AI tool or reviewer.
    Ai,
    /// Other automation.
    Automation,
    /// A platform that commits in somebody's name (GitHub, GitLab, Gerrit).
    Platform,
    /// A person, as far as anything says.
    Human,
}

/// Name and address of every `Co-authored-by` line of a message; either may be empty.
pub fn co_authors(message: &str) -> impl Iterator<Item = (&str, &str)> {
    message::co_authors(message)
}

impl Registry {
    /// The registry that is shipped, where no plan is at hand.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The registry that is shipped, and the plan's own rules.
    pub fn of(plan: &Plan) -> Self {
        Self::with(&plan.attribution)
    }

    fn with(rules: &AttributionRules) -> Self {
        let mut rows = shipped();
        rules::add(rules, &mut rows);
        Self { labels: rules.labels.clone(), boxes: Boxes::new(&rules.checkboxes), ..Self::new(rows) }
    }

    fn new(mut rows: data::Rows) -> Self {
        let mention_shapes = message::Shapes::of(rows.mention.iter().map(|row| &row.word));
        let mut keys: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, row) in rows.line.iter().enumerate() {
            for key in &row.keys {
                keys.entry(key.clone()).or_default().push(index);
            }
        }
        Self {
            table: Table::new(&mut rows),
            lines: rows.line,
            keys,
            footers: rows.footer,
            links: rows.link,
            branches: Branches::new(rows.branch),
            agents: rows.agent,
            mention_shapes,
            mentions: rows.mention.into_iter().map(|row| (row.word, row.tool)).collect(),
            records: Records::new(rows.record),
            labels: BTreeMap::new(),
            boxes: Boxes::default(),
        }
    }

    /// The marks of a commit, and whether automation wrote it.
    pub fn marks(&self, commit: &Signatures<'_>) -> Marked {
        let mut marks = BTreeSet::new();
        let author = self.table.by_address(commit.author_name, commit.author_email);
        marks.extend(mark(&author, Channel::Author));
        let committer = self.table.by_address(commit.committer_name, commit.committer_email);
        marks.extend(mark(&committer, Channel::Committer));
        self.read_message(commit.message, &mut marks);
        let attributed = marks.iter().any(|mark| mark.class.attributes());
        Marked { marks: marks.into_iter().collect(), automation: matches!(author, Who::Automation) && !attributed }
    }

    /// The mark of one co-author.
    pub fn co_author(&self, name: &str, address: &str) -> Option<Mark> {
        mark(&self.table.by_address(name, address), Channel::CoAuthor)
    }

    /// What kind of actor a name with an address is, or a login.
    pub fn classify(&self, name: &str, address_or_login: &str) -> LoginClass {
        class(&if address_or_login.contains('@') || address_or_login.trim().is_empty() {
            self.table.by_address(name, address_or_login)
        } else {
            self.table.by_login(address_or_login, false)
        })
    }

    /// What kind of actor a login on GitHub is. Exports that come by way of GraphQL leave the `[bot]` of an app away;
    /// `app` is what the export itself says, where it does.
    pub fn classify_github(&self, login: &str, app: Option<bool>) -> LoginClass {
        class(&self.table.by_login(login, app.unwrap_or_else(|| self.table.is_slug(login))))
    }
}

fn mark(who: &Who<'_>, channel: Channel) -> Option<Mark> {
    match who {
        Who::Tool { tool, class, .. } => Some(Mark { tool: (*tool).to_owned(), class: *class, channel }),
        Who::Automation | Who::Platform | Who::Human => None,
    }
}

fn class(who: &Who<'_>) -> LoginClass {
    match who {
        Who::Tool { person: false, .. } => LoginClass::Ai,
        Who::Automation => LoginClass::Automation,
        Who::Platform => LoginClass::Platform,
        Who::Tool { person: true, .. } | Who::Human => LoginClass::Human,
    }
}

#[cfg(test)]
mod rows_tests;
#[cfg(test)]
mod tests;
