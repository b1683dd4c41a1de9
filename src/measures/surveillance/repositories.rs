//! What repositories and incident exports hold about people beside the work itself: conversations with AI tools, links to
//! them, names.

use std::collections::BTreeMap;

use crate::facts::record::{Notes, Traces, TranscriptStore};
use crate::facts::register::DeclaredSource;
use crate::facts::{Facts, Kind, Repository};
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::{Measured, glob};

/// Reference of the notes, as a register may name it as a key.
pub const NOTES: &str = "refs/notes/ai";

/// What was found, and what of it the register covers.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// One a repository; `None` without a history.
    pub repositories: Option<Vec<HeldIn>>,
    /// One an incident export; `None` without incident records.
    pub exports: Option<Vec<Export>>,
}

/// One repository.
#[derive(Debug, Clone, Default)]
pub struct HeldIn {
    /// Printed name.
    pub name: String,
    /// Notes at their present reference; `None`: not in this copy.
    pub notes: Option<Notes>,
    /// Records under older references; `None`: not in this copy.
    pub older: Option<Notes>,
    /// Agent traces; `None`: it holds none.
    pub traces: Option<Traces>,
    /// Folders, files and branches of conversations.
    pub stores: Vec<TranscriptStore>,
    /// An entry of the register covers its notes.
    pub declared: bool,
}

/// One incident export with the number of columns that hold personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// File, as written in the plan.
    pub file: String,
    /// Columns or keys.
    pub fields: usize,
    /// An entry of the register covers it.
    pub declared: bool,
}

impl Held {
    /// Gathers; what was not given stays `None`.
    pub fn of(facts: &Facts) -> Self {
        let sources = facts.register.as_ref().map_or(&[][..], |register| &register.sources);
        Self {
            repositories: facts
                .has(Kind::History)
                .then(|| facts.repositories.iter().map(|repository| held_in(repository, sources)).collect()),
            exports: facts.has(Kind::Incidents).then(|| exports(facts, sources)),
        }
    }

    fn each(&self) -> &[HeldIn] {
        self.repositories.as_deref().unwrap_or_default()
    }

    fn sum(&self, kind: fn(&HeldIn) -> Option<Notes>) -> Option<Notes> {
        self.each().iter().filter_map(kind).reduce(Notes::plus)
    }

    /// Records under older references, of all repositories that have any.
    pub fn older(&self) -> Option<Notes> {
        self.sum(|held| held.older)
    }

    /// Agent traces of all repositories together.
    pub fn traces(&self) -> Traces {
        self.each().iter().filter_map(|held| held.traces).fold(Traces::default(), |sum, next| Traces {
            records: sum.records + next.records,
            on_history: sum.on_history + next.on_history,
            conversations: sum.conversations + next.conversations,
        })
    }

    /// Files of conversations.
    pub fn files(&self) -> usize {
        self.each().iter().flat_map(|held| &held.stores).map(|store| store.files).sum()
    }
}

impl HeldIn {
    /// Notes at both references together.
    pub fn records(&self) -> Notes {
        self.notes.unwrap_or_default().plus(self.older.unwrap_or_default())
    }
}

fn held_in(repository: &Repository, sources: &[DeclaredSource]) -> HeldIn {
    HeldIn {
        name: repository.name.clone(),
        notes: repository.notes,
        older: repository.older_notes,
        traces: repository.traces,
        stores: repository.transcripts.clone(),
        declared: declared(sources, &repository.path, NOTES),
    }
}

fn exports(facts: &Facts, sources: &[DeclaredSource]) -> Vec<Export> {
    let mut fields: BTreeMap<&str, u32> = BTreeMap::new();
    for incident in &facts.incidents {
        let most = fields.entry(&incident.file).or_default();
        *most = (*most).max(incident.personal_fields);
    }
    let export = |(file, fields): (&str, u32)| Export {
        file: file.to_owned(),
        fields: fields as usize,
        declared: declared(sources, file, ""),
    };
    fields.into_iter().map(export).collect()
}

/// Whether an entry of the register covers a file of the plan, or this key of it.
fn declared(sources: &[DeclaredSource], path: &str, key: &str) -> bool {
    let covers = |selector: &crate::facts::register::Selector| {
        glob::matches(&selector.path, path) && selector.key.as_deref().is_none_or(|own| glob::matches(own, key))
    };
    sources.iter().flat_map(|source| &source.selectors).any(covers)
}

/// Figures.
pub(in crate::measures) fn figures(held: &Held) -> Vec<Figure> {
    use Disclosure::{Artefact, Conduct};
    let history = Measured::or_lacks(held.repositories.as_ref().map(|_| held), Kind::History);
    let notes = |id: &str, method, of: fn(&Held) -> Option<Notes>, pick: fn(&Notes) -> usize| {
        let count = |held: &&Held| Measured::or_lacks(of(held).map(|notes| Value::count(pick(&notes))), Kind::Notes);
        Figure::new(id, "notes", method, Conduct, history.and_then(count))
    };
    let current: fn(&Held) -> Option<Notes> = |held| held.sum(|held| held.notes);
    let count = |id: &str, unit, method, pick: fn(&Held) -> usize| {
        Figure::new(id, unit, method, Conduct, history.map(|held| Value::count(pick(held))))
    };
    let fields = held.exports.as_ref().map(|exports| exports.iter().map(|export| export.fields).sum());
    let fields = Measured::or_lacks(fields.map(Value::count), Kind::Incidents);
    vec![
        notes("ai.notes.people", "method-notes-people", current, |n| n.people),
        notes("ai.notes.links", "method-notes-links", current, |n| n.links),
        notes("ai.older_records.records", "method-older-records", Held::older, |n| n.records),
        notes("ai.older_records.on_history", "method-older-records", Held::older, |n| n.on_history),
        notes("ai.older_records.transcripts", "method-older-records", Held::older, |n| n.transcripts),
        notes("ai.older_records.people", "method-older-records", Held::older, |n| n.people),
        count("ai.traces.records", "records", "method-traces", |held| held.traces().records),
        count("ai.traces.on_history", "records", "method-traces", |held| held.traces().on_history),
        count("ai.traces.conversations", "records", "method-traces", |held| held.traces().conversations),
        count("ai.transcript_files", "files", "method-transcript-files", Held::files),
        Figure::new("incidents.personal_fields", "columns", "method-personal-fields", Artefact, fields),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::register::Selector;

    #[test]
    fn an_entry_covers_a_path_and_with_a_key_only_that_key() {
        let entry = |path: &str, key: Option<&str>| {
            let selectors = vec![Selector { path: path.into(), key: key.map(str::to_owned) }];
            vec![DeclaredSource { selectors, ..DeclaredSource::default() }]
        };
        let covered = |sources: &[DeclaredSource]| declared(sources, "repos/shop.git", NOTES);
        assert!(covered(&entry("repos/shop.git", None)) && covered(&entry("repos/*", Some("refs/notes/**"))));
        assert!(!covered(&entry("repos/shop.git", Some("refs/notes/other"))) && !covered(&entry("shop.git", None)));
        assert!(!covered(&[]));
    }
}
