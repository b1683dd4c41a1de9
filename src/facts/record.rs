//! Records about AI use that lie beside the commits: git notes, agent traces, kept conversations. Counts only.

/// Git notes about AI use (`refs/notes/ai`), over the whole history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Notes {
    /// All notes.
    pub records: usize,
    /// On commits that are reachable from the audited tip.
    pub on_history: usize,
    /// Holding what was said: some record has a non-empty `messages`.
    pub transcripts: usize,
    /// Naming a person: some record has a `human_author`, or the note lists `humans`.
    pub people: usize,
    /// Linking to what was said: some record has a `messages_url`.
    pub links: usize,
}

impl Notes {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            records: self.records + other.records,
            on_history: self.on_history + other.on_history,
            transcripts: self.transcripts + other.transcripts,
            people: self.people + other.people,
            links: self.links + other.links,
        }
    }
}

/// A place in a repository where a tool keeps conversations. Its content is never read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TranscriptStore {
    /// The documented folder, file, branch or reference.
    pub place: &'static str,
    /// Files that hold what was said.
    pub files: usize,
}

/// Agent-trace records (<https://github.com/cursor/agent-trace>, version 0.1.0) found in a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traces {
    /// All records.
    pub records: usize,
    /// Those that name a revision on the audited history.
    pub on_history: usize,
    /// Those that link to a stored conversation.
    pub conversations: usize,
}
