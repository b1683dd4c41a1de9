//! S15: repositories and exports are not a hidden monitor.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::measures::surveillance::repositories::{Export, Held, HeldIn, NOTES};
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "S15", set_by: Some(SetBy::Convention), criteria: &[], judge };

const FIGURES: [&str; 8] = [
    "ai.notes.transcripts",
    "ai.notes.links",
    "ai.notes.people",
    "ai.older_records.transcripts",
    "ai.older_records.people",
    "ai.traces.conversations",
    "ai.transcript_files",
    "incidents.personal_fields",
];

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let held = &measures.held;
    let repositories = held.repositories.as_deref().unwrap_or_default();
    let exports = held.exports.as_deref().unwrap_or_default();
    let found = Found::of(held, repositories, exports);
    let needs = lacking(held, repositories);
    let mut finding = if found.broken() {
        Finding::new(Verdict::NotMet)
    } else if needs.is_empty() {
        Finding::new(Verdict::Met)
    } else {
        Finding::lacking(needs)
    };
    for (id, count) in found.grounds() {
        finding = finding.because(Message::new(id).count("count", count));
    }
    if finding.verdict == Verdict::Met && !found.any() {
        finding = finding.because(Message::new("s15-nothing-held"));
    }
    let without_notes = repositories.iter().filter(|held| held.notes.is_none()).count();
    if without_notes > 0 {
        finding = finding.because(Message::new("s15-notes-not-fetched").count("count", without_notes));
    }
    finding
        .comment(found.declared > 0, Message::new("s15-declared").count("count", found.declared))
        .evidence(repositories.iter().flat_map(of_repository).chain(exports.iter().filter_map(of_export)))
        .figures(&FIGURES)
}

/// What is missing to say that nothing is held.
fn lacking(held: &Held, repositories: &[HeldIn]) -> Vec<Kind> {
    let notes = repositories.iter().any(|held| held.notes.is_none());
    let all =
        [(Kind::History, held.repositories.is_none()), (Kind::Incidents, held.exports.is_none()), (Kind::Notes, notes)];
    all.into_iter().filter(|(_, missing)| *missing).map(|(kind, _)| kind).collect()
}

/// What was found, by kind.
struct Found {
    transcripts: usize,
    links: usize,
    files: usize,
    /// Records that name people, and columns with personal data, that no entry of the register covers.
    people: usize,
    fields: usize,
    /// Repositories and exports whose names the register covers.
    declared: usize,
}

impl Found {
    fn of(held: &Held, repositories: &[HeldIn], exports: &[Export]) -> Self {
        let notes = |pick: fn(&crate::facts::record::Notes) -> usize| {
            repositories.iter().map(|held| pick(&held.records())).sum::<usize>()
        };
        let covered = repositories.iter().filter(|held| held.declared && held.records().people > 0).count();
        let uncovered = repositories.iter().filter(|held| !held.declared);
        Self {
            transcripts: notes(|notes| notes.transcripts),
            links: notes(|notes| notes.links) + held.traces().conversations,
            files: held.files(),
            people: uncovered.map(|held| held.records().people).sum(),
            fields: exports.iter().filter(|export| !export.declared).map(|export| export.fields).sum(),
            declared: covered + exports.iter().filter(|export| export.declared && export.fields > 0).count(),
        }
    }

    /// Each kind with its sentence.
    fn grounds(&self) -> impl Iterator<Item = (&'static str, usize)> {
        let kinds = [
            ("s15-transcripts", self.transcripts),
            ("s15-links", self.links),
            ("s15-files", self.files),
            ("s15-people", self.people),
            ("s15-fields", self.fields),
        ];
        kinds.into_iter().filter(|(_, count)| *count > 0)
    }

    fn broken(&self) -> bool {
        self.grounds().next().is_some()
    }

    fn any(&self) -> bool {
        self.broken() || self.declared > 0
    }
}

/// Where in a repository it lies; never what it says.
fn of_repository(held: &HeldIn) -> impl Iterator<Item = Evidence> {
    let place = |what: &str, place: &str, text: String| Evidence {
        what: Message::new(what),
        file: format!("{}:{place}", held.name),
        line: None,
        pointer: None,
        text,
    };
    let records = held.records();
    let notes = records.transcripts + records.links + records.people > 0;
    let linked = held.traces.map_or(0, |traces| traces.conversations);
    let mut all = Vec::new();
    if notes {
        let text = format!("{} / {} / {}", records.transcripts, records.links, records.people);
        all.push(place("s15-evidence-notes", NOTES, text));
    }
    if linked > 0 {
        all.push(place("s15-evidence-traces", ".agent-trace/traces.jsonl", linked.to_string()));
    }
    all.extend(held.stores.iter().map(|store| place("s15-evidence-files", store.place, store.files.to_string())));
    all.into_iter()
}

fn of_export(export: &Export) -> Option<Evidence> {
    (export.fields > 0).then(|| Evidence {
        what: Message::new("s15-evidence-export"),
        file: export.file.clone(),
        line: None,
        pointer: None,
        text: export.fields.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::record::{Notes, Traces, TranscriptStore};
    use crate::facts::register::{DeclaredSource, Selector};
    use crate::facts::sample::{facts, incident};
    use crate::facts::{Facts, Register};

    /// One repository with notes that hold nothing about people, and one export of the same kind.
    fn clean() -> Facts {
        let mut facts = facts(&[Kind::History, Kind::Incidents, Kind::Notes]);
        facts.repositories[0].path = "repos/shop.git".into();
        facts.repositories[0].notes = Some(Notes { records: 4, on_history: 4, ..Notes::default() });
        facts.incidents = vec![incident("INC1", "2026-07-02T10:00:00Z", "2026-07-02T23:00:00Z")];
        facts
    }

    fn with_notes(notes: Notes) -> Facts {
        let mut facts = clean();
        facts.repositories[0].notes = Some(notes);
        facts
    }

    fn covering(path: &str) -> Register {
        let selectors = vec![Selector { path: path.into(), key: None }];
        Register { sources: vec![DeclaredSource { selectors, ..DeclaredSource::default() }], ..Register::default() }
    }

    fn grounds(facts: &Facts) -> (Verdict, Vec<String>) {
        let found = finding("S15", facts);
        (found.verdict, found.grounds.into_iter().map(|ground| ground.id).collect())
    }

    #[test]
    fn notes_and_exports_without_people_are_met() {
        assert_eq!(grounds(&clean()), (Verdict::Met, vec!["s15-nothing-held".to_owned()]));
    }

    #[test]
    fn a_conversation_is_not_met_wherever_it_lies() {
        let transcript = with_notes(Notes { records: 4, transcripts: 1, ..Notes::default() });
        assert_eq!(grounds(&transcript), (Verdict::NotMet, vec!["s15-transcripts".to_owned()]));
        let link = with_notes(Notes { records: 4, links: 1, ..Notes::default() });
        assert_eq!(grounds(&link), (Verdict::NotMet, vec!["s15-links".to_owned()]));
        let mut older = clean();
        older.repositories[0].older_notes = Some(Notes { records: 1, transcripts: 1, ..Notes::default() });
        assert_eq!(finding("S15", &older).verdict, Verdict::NotMet);
        let mut traces = clean();
        traces.repositories[0].traces = Some(Traces { records: 2, on_history: 1, conversations: 1 });
        assert_eq!(grounds(&traces), (Verdict::NotMet, vec!["s15-links".to_owned()]));
        let mut store = clean();
        store.repositories[0].transcripts.push(TranscriptStore { place: ".specstory/history", files: 3 });
        let found = finding("S15", &store);
        assert_eq!((found.verdict, found.evidence[0].file.as_str()), (Verdict::NotMet, "shop:.specstory/history"));
    }

    #[test]
    fn a_conversation_stays_not_met_when_the_register_names_the_repository() {
        let mut facts = with_notes(Notes { records: 4, transcripts: 1, people: 1, ..Notes::default() });
        facts.register = Some(covering("repos/shop.git"));
        assert_eq!(finding("S15", &facts).verdict, Verdict::NotMet);
    }

    #[test]
    fn names_in_notes_are_not_met_and_with_an_entry_of_the_register_a_comment() {
        let mut facts = with_notes(Notes { records: 4, people: 2, ..Notes::default() });
        assert_eq!(grounds(&facts), (Verdict::NotMet, vec!["s15-people".to_owned()]));
        facts.register = Some(covering("repos/*.git"));
        assert_eq!(grounds(&facts), (Verdict::MetWithComments, vec!["s15-declared".to_owned()]));
    }

    #[test]
    fn names_in_an_export_are_not_met_and_with_an_entry_of_the_register_a_comment() {
        let mut facts = clean();
        facts.incidents[0].personal_fields = 2;
        assert_eq!(grounds(&facts), (Verdict::NotMet, vec!["s15-fields".to_owned()]));
        facts.register = Some(covering(&facts.incidents[0].file));
        assert_eq!(finding("S15", &facts).verdict, Verdict::MetWithComments);
    }

    #[test]
    fn notes_that_were_not_fetched_leave_it_open_with_the_command_to_type() {
        let mut facts = clean();
        facts.repositories[0].notes = None;
        assert_eq!(grounds(&facts), (Verdict::NoConclusion, vec!["s15-notes-not-fetched".to_owned()]));
        assert_eq!(finding("S15", &facts).needs, [Kind::Notes]);
        facts.repositories[0].transcripts.push(TranscriptStore { place: ".specstory/history", files: 1 });
        assert_eq!(finding("S15", &facts).verdict, Verdict::NotMet, "what is seen is seen");
    }

    #[test]
    fn without_history_or_incidents_nothing_is_concluded() {
        let mut facts = clean();
        facts.read.remove(&Kind::Incidents);
        assert_eq!(finding("S15", &facts).needs, [Kind::Incidents]);
        facts.read.remove(&Kind::History);
        assert_eq!(finding("S15", &facts).needs, [Kind::History, Kind::Incidents]);
    }
}
