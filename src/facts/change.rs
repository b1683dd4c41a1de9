//! Commits, their AI marks and what they touched.

use std::collections::BTreeSet;

use super::person::Person;
use super::record::{Notes, Traces, TranscriptStore};
use super::time::Stamp;

/// One repository of the plan, as it stood when it was read.
#[derive(Debug, Clone, Default)]
pub struct Repository {
    /// Printed name: the last part of the path, without `.git` or `.fi`.
    pub name: String,
    /// Path, as written in the plan.
    pub path: String,
    /// Team, where the plan states it.
    pub team: Option<String>,
    /// Audited branch, without `refs/heads/`; `None` where nothing names it.
    pub branch: Option<String>,
    /// Full hexadecimal id of the audited tip.
    pub head: String,
    /// History is cut off (`shallow`) or objects are missing on purpose (`partial`): counts are lower bounds.
    pub truncated: bool,
    /// The plan names a review export for this repository and it could be read.
    pub reviews_read: bool,
    /// The list of reviews in that export was cut, or is exactly as long as lists that are.
    pub reviews_cut: bool,
    /// That export carries descriptions or labels.
    pub descriptions_read: bool,
    /// The clone holds heads of reviews (`refs/pull/…`, `refs/merge-requests/…`, `refs/changes/…`), whether one was
    /// needed or not.
    pub heads_present: bool,
    /// Settings found at the tip that switch AI marks off: path and setting.
    pub attribution_off: Vec<SettingFound>,
    /// Settings and jobs found at the tip that may switch AI marks off, where only a person can tell.
    pub attribution_unclear: Vec<SettingFound>,
    /// Git notes about AI use; `None`: the repository has no such ref, or it could not be read.
    pub notes: Option<Notes>,
    /// Records of the same kind under the references that came before; `None`: it has none of them.
    pub older_notes: Option<Notes>,
    /// Agent-trace records; `None`: the repository holds no such file.
    pub traces: Option<Traces>,
    /// Places that hold what people and AI tools said to each other.
    pub transcripts: Vec<TranscriptStore>,
    /// Rules of its `CODEOWNERS` file at the tip, in the order of the file; `None`: it has no such file.
    pub owners: Option<Vec<OwnerRule>>,
    /// Commits of the audited period whose paths could not be read (missing or corrupt objects).
    pub unreadable: u64,
}

/// One rule of a `CODEOWNERS` file. In each section the last rule that matches a path decides; a rule that names nobody
/// leaves the path without an owner.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnerRule {
    /// Number of the section; without sections there is one.
    pub section: usize,
    /// Pattern from the root of the repository: `*` within a folder, `**` across folders.
    pub pattern: String,
    /// Takes what it matches out of the section, whatever other rules say.
    pub excludes: bool,
    /// People it names.
    pub people: BTreeSet<Person>,
    /// Groups and roles it names (`@organisation/team`), by the last part; and names that may be a group's or a person's.
    pub teams: BTreeSet<String>,
}

/// A commit's subject line, as a number that can be compared and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Subject(pub u64);

/// A setting found in a file of the repository.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SettingFound {
    /// Path inside the repository.
    pub path: String,
    /// Line, counted from 1.
    pub line: Option<u32>,
    /// The setting, as `key = value`, or what a job does and the registered mark it names; never a free text.
    pub setting: String,
    /// Whether it already stood when the period began; `None`: the history does not reach back so far.
    pub stood_before: Option<bool>,
}

/// A commit id, in lower-case hexadecimal (40 or 64 digits).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitId(String);

impl CommitId {
    /// Takes hexadecimal digits; upper case is lowered. Abbreviations are allowed, resolution is the reader's work.
    pub fn new(hex: &str) -> Self {
        Self(hex.to_ascii_lowercase())
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether either id is a prefix of the other; both are at least 7 digits long.
    pub fn matches(&self, other: &Self) -> bool {
        self.0.len() >= 7 && other.0.len() >= 7 && (self.0.starts_with(&other.0) || other.0.starts_with(&self.0))
    }
}

/// How strong a sign of AI a mark is (`facts/repo-history.md` section 2). Classes are never mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkClass {
    /// I: an identity that only the tool writes.
    Identity,
    /// S: a session line or footer that the tool writes.
    Session,
    /// D: declared by a person or because a policy asks for it.
    Declared,
    /// N: an out-of-band record such as a git note.
    Note,
    /// X: a person accepted a suggestion; never counted as AI-attributed, reported apart.
    SuggestionAccepted,
    /// H: a mention; never counted.
    Heuristic,
}

impl MarkClass {
    /// Whether a mark of this class makes a change AI-attributed.
    pub fn attributes(self) -> bool {
        matches!(self, Self::Identity | Self::Session | Self::Declared | Self::Note)
    }

    /// The letter used in print.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Identity => "I",
            Self::Session => "S",
            Self::Declared => "D",
            Self::Note => "N",
            Self::SuggestionAccepted => "X",
            Self::Heuristic => "H",
        }
    }
}

/// Where on the commit a mark stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// The author field.
    Author,
    /// The committer field.
    Committer,
    /// A `Co-authored-by` line.
    CoAuthor,
    /// Another trailer line.
    Trailer,
    /// A footer line in the body.
    Body,
    /// The branch name in the subject of a merge.
    Branch,
    /// A git note in `refs/notes/ai`.
    Note,
    /// A record under a reference that came before it.
    OlderNote,
    /// An agent-trace record.
    Trace,
    /// The description, a checkbox or a label of a review.
    ReviewText,
    /// The head commits of a review in an export, when the landed commit no longer carries the mark.
    ReviewHead,
    /// The same, where only the clone holds the head.
    CloneHead,
}

/// One AI mark on one commit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Tool id of the registry: `claude`, `copilot`, `cursor`, …
    pub tool: String,
    /// Strength.
    pub class: MarkClass,
    /// Where it stood.
    pub channel: Channel,
}

impl Mark {
    /// Whether it makes a change AI-attributed: by its class, and by a channel that every copy of the history and the inputs of
    /// the plan hold alike. Which heads and older records a clone carries depends on how it was made; marks that only these
    /// hold are counted apart.
    pub fn attributes(&self) -> bool {
        self.class.attributes() && !matches!(self.channel, Channel::CloneHead | Channel::OlderNote)
    }
}

/// What happened to a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PathAction {
    /// The path is new.
    Added,
    /// The content or mode changed.
    Modified,
    /// The path is gone.
    Deleted,
}

/// Whether people write a file's lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Origin {
    /// As far as anything says.
    #[default]
    Written,
    /// `linguist-generated` in `.gitattributes`.
    Generated,
    /// `linguist-vendored` in `.gitattributes`.
    Vendored,
}

/// Something in a file's text that a rule looks for, such as a skipped test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Marker {
    /// Position of the rule in the table of operations.
    pub rule: u16,
    /// How many more of it the new version has than the old one; below zero, how many fewer.
    pub gained: i32,
}

/// One changed path against the first parent, without rename detection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathChange {
    /// Path inside the repository; invalid UTF-8 is replaced.
    pub path: String,
    /// What happened.
    pub action: PathAction,
    /// Lines added; `None` for binary files, submodules and files above the size limit.
    pub added: Option<u32>,
    /// Lines deleted; `None` as above.
    pub deleted: Option<u32>,
    /// It was deleted, and nothing is left of the folder it stood in, which did not move either.
    pub folder_gone: bool,
    /// Whether people write its lines.
    pub origin: Origin,
    /// What rules found in its text.
    pub markers: Vec<Marker>,
}

impl PathChange {
    /// Added plus deleted lines; 0 where none are counted.
    pub fn lines(&self) -> u64 {
        u64::from(self.added.unwrap_or(0)) + u64::from(self.deleted.unwrap_or(0))
    }
}

/// Kinds of recorded bypass of a guardrail. The words are those of the figure ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bypass {
    /// `TryBot-Bypass:` trailer (Gerrit).
    Trybot,
    /// `[skip ci]` and its documented variants in the message of a commit.
    SkippedCi,
    /// An agent merged its own change.
    AgentSelfMerge,
    /// An administrator merged against the rules.
    AdminMerge,
    /// A rule was overridden.
    PolicyOverride,
    /// History of a protected branch was overwritten.
    ForcePush,
    /// Checks before the commit were skipped.
    SkippedHooks,
    /// Merged as an emergency, without review.
    EmergencyUnreviewed,
}

impl Bypass {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Trybot,
        Self::SkippedCi,
        Self::AgentSelfMerge,
        Self::AdminMerge,
        Self::PolicyOverride,
        Self::ForcePush,
        Self::SkippedHooks,
        Self::EmergencyUnreviewed,
    ];

    /// The word used in `guardrail.bypass.<kind>`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Trybot => "trybot",
            Self::SkippedCi => "skipped_ci",
            Self::AgentSelfMerge => "agent_self_merge",
            Self::AdminMerge => "admin_merge",
            Self::PolicyOverride => "policy_override",
            Self::ForcePush => "force_push",
            Self::SkippedHooks => "skipped_hooks",
            Self::EmergencyUnreviewed => "emergency_unreviewed",
        }
    }
}

/// Reach of an operation, by the doctrine's classes (`facts/incidents.md` 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OperationClass {
    /// Read or draft.
    O0,
    /// Reversible, low risk.
    O1,
    /// A production change of a single service.
    O2,
    /// Environment or account level, data store created or deleted, identity, network.
    O3,
    /// Several accounts or regions.
    O4,
}

impl OperationClass {
    /// All classes, lowest first.
    pub const ALL: [Self; 5] = [Self::O0, Self::O1, Self::O2, Self::O3, Self::O4];

    /// The name in print and in `register.toml`.
    pub fn word(self) -> &'static str {
        match self {
            Self::O0 => "O0",
            Self::O1 => "O1",
            Self::O2 => "O2",
            Self::O3 => "O3",
            Self::O4 => "O4",
        }
    }
}

/// One commit.
#[derive(Debug, Clone)]
pub struct Change {
    /// Index into `Facts::repositories`.
    pub repository: usize,
    /// Full id.
    pub id: CommitId,
    /// Who wrote it, after mailmap. `None` when the author is an AI service identity or automation.
    pub author: Option<Person>,
    /// Who landed it, after mailmap. `None` for a platform, a service identity or automation.
    pub committer: Option<Person>,
    /// Human co-authors, after mailmap.
    pub coauthors: BTreeSet<Person>,
    /// When it was written.
    pub authored: Stamp,
    /// When it landed; periods are cut by this instant in UTC.
    pub committed: Stamp,
    /// Parent ids.
    pub parents: Vec<CommitId>,
    /// On the first-parent line from the tip.
    pub first_parent: bool,
    /// AI marks, sorted, without repeats.
    pub marks: Vec<Mark>,
    /// Written by dependency or release automation, not AI.
    pub automation: bool,
    /// Distinct `Reviewed-by` people after mailmap.
    pub reviewed_by: BTreeSet<Person>,
    /// Distinct `Acked-by` people after mailmap.
    pub acked_by: BTreeSet<Person>,
    /// Names a Gerrit change (`Change-Id`, `Reviewed-on`).
    pub gerrit: bool,
    /// Commits named by `This reverts commit <id>`.
    pub reverts: Vec<CommitId>,
    /// Its subject.
    pub subject: Subject,
    /// The subject begins with `Revert "`.
    pub revert_subject: bool,
    /// The subject that it reverts, where the subject quotes one.
    pub reverts_subject: Option<Subject>,
    /// The review that it reverts, where subject or body name one.
    pub reverts_review: Option<u64>,
    /// Commits named by `Fixes: <id>` anywhere in the body.
    pub fixes: Vec<CommitId>,
    /// Number of its review: `(#12)` at the end of its subject, `Merge pull request #12`, `See merge request …!12`, or the
    /// address that Gerrit adds.
    pub review_number: Option<u64>,
    /// The subject announces a small change (`minor`, `trivial`, `typo`, `small fix`).
    pub announced_minor: bool,
    /// Recorded bypasses of guardrails.
    pub bypasses: BTreeSet<Bypass>,
    /// Changed paths against the first parent; `None` outside the window that was diffed, and for merges.
    pub paths: Option<Vec<PathChange>>,
}

impl Change {
    /// Two or more parents.
    pub fn is_merge(&self) -> bool {
        self.parents.len() >= 2
    }

    /// Has a mark of class I, S, D or N. Its absence is *unattributed*, never *human*.
    pub fn is_ai(&self) -> bool {
        self.marks.iter().any(Mark::attributes)
    }

    /// Added plus deleted lines of the counted paths that people write; `None` when paths were not read.
    pub fn lines(&self) -> Option<u64> {
        Some(self.paths.as_ref()?.iter().filter(|path| path.origin == Origin::Written).map(PathChange::lines).sum())
    }

    /// Added plus deleted lines of generated and vendored files.
    pub fn lines_nobody_wrote(&self) -> u64 {
        let paths = self.paths.as_deref().unwrap_or_default();
        paths.iter().filter(|path| path.origin != Origin::Written).map(PathChange::lines).sum()
    }
}
