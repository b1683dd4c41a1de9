//! The registry of AI marks.

use crate::facts::change::Mark;

/// Known marks of AI tools and automation.
pub struct Registry {}

/// The parts of a commit in which a mark can stand, raw, before mailmap.
pub struct Signatures<'a> {
    /// Author name.
    pub author_name: &'a str,
    /// Author address.
    pub author_email: &'a str,
    /// Committer name.
    pub committer_name: &'a str,
    /// Committer address.
    pub committer_email: &'a str,
    /// Whole message.
    pub message: &'a str,
}

/// What the registry found.
pub struct Marked {
    /// Marks, sorted, without repeats.
    pub marks: Vec<Mark>,
    /// Written by automation that is not AI.
    pub automation: bool,
}

/// Who stands behind a login or an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginClass {
    /// An AI service.
    Ai,
    /// Other automation.
    Automation,
    /// The platform itself.
    Platform,
    /// A person.
    Human,
}

impl Registry {
    /// The registry that is shipped.
    pub fn builtin() -> &'static Registry {
        &Registry {}
    }

    /// Marks of a commit.
    pub fn marks(&self, commit: &Signatures<'_>) -> Marked {
        let _ = commit;
        Marked { marks: Vec::new(), automation: false }
    }

    /// Class of a name with its address or login.
    pub fn classify(&self, name: &str, address_or_login: &str) -> LoginClass {
        let _ = name;
        if address_or_login == "noreply@github.com" { LoginClass::Platform } else { LoginClass::Human }
    }
}
