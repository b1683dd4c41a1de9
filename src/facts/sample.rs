//! Plain facts for tests: each test names only what it is about.

#![allow(dead_code, reason = "checks use these as they come")]

use jiff::Timestamp;

use super::capture::{Axes, Basis, Capability, Capture, FlowRole, Node, Population, Retention};
use super::change::{Channel, CommitId, Mark, MarkClass, Origin, PathAction, PathChange, Repository, Subject};
use super::input::RefusalReason;
use super::review::{Actor, HeadCommit, Review, ReviewEvent, ReviewState};
use super::time::Stamp;
use super::{Change, Facts, Incident, Kind, Person, Refused};

/// An instant.
pub(crate) fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// An instant at an offset that tells where a clock stood (two hours east).
pub(crate) fn stamp(text: &str) -> Stamp {
    Stamp { at: instant(text), offset_minutes: 120 }
}

/// A commit id made of one digit.
pub(crate) fn id(digit: char) -> CommitId {
    CommitId::new(&digit.to_string().repeat(40))
}

/// A change of repository 0 by person 1, landed by person 1, ten lines.
pub(crate) fn change(digit: char, committed: &str) -> Change {
    Change {
        repository: 0,
        id: id(digit),
        author: Some(Person::new(1)),
        committer: Some(Person::new(1)),
        coauthors: [].into(),
        authored: stamp(committed),
        committed: stamp(committed),
        parents: vec![id('0')],
        first_parent: true,
        marks: Vec::new(),
        automation: false,
        reviewed_by: [].into(),
        acked_by: [].into(),
        gerrit: false,
        reverts: Vec::new(),
        subject: Subject(u64::from(u32::from(digit))),
        revert_subject: false,
        reverts_subject: None,
        reverts_review: None,
        fixes: Vec::new(),
        review_number: None,
        announced_minor: false,
        bypasses: [].into(),
        paths: Some(vec![path("src/a", 8, 2)]),
    }
}

/// A modified file that people write.
pub(crate) fn path(name: &str, added: u32, deleted: u32) -> PathChange {
    PathChange {
        path: name.into(),
        action: PathAction::Modified,
        added: Some(added),
        deleted: Some(deleted),
        folder_gone: false,
        origin: Origin::Written,
        markers: Vec::new(),
    }
}

/// An attributing mark.
pub(crate) fn mark() -> Mark {
    Mark { tool: "claude".into(), class: MarkClass::Session, channel: Channel::CoAuthor }
}

/// A merged review of repository 0, opened by person 1, that became the commit of this digit.
pub(crate) fn review(number: u64, digit: char) -> Review {
    Review {
        repository: 0,
        number,
        author: Actor::Human(Person::new(1)),
        opened: Some(instant("2026-07-01T08:00:00Z")),
        merged: Some(instant("2026-07-01T12:00:00Z")),
        merged_by: Actor::Human(Person::new(1)),
        merge_commit: Some(id(digit)),
        head: vec![HeadCommit {
            id: CommitId::new("abcdefabcdef"),
            committed: Some(instant("2026-07-01T08:00:00Z")),
            marks: Vec::new(),
            authors: vec![Person::new(1)],
        }],
        events: Vec::new(),
        marks: Vec::new(),
        declares_no_ai: false,
        lines: Some(10),
        truncated: false,
    }
}

/// An approval of the last revision.
pub(crate) fn approval(person: u32, at: &str) -> ReviewEvent {
    ReviewEvent {
        actor: Actor::Human(Person::new(person)),
        state: ReviewState::Approved,
        at: Some(instant(at)),
        revision: Some(CommitId::new("abcdefabcdef")),
        has_comment: false,
    }
}

/// A timed incident of severity 3 with nothing else on record.
pub(crate) fn incident(name: &str, started: &str, resolved: &str) -> Incident {
    let mut incident = Incident { id: name.into(), file: "i.csv".into(), severity: Some(3), ..Incident::default() };
    incident.times.started = Some(instant(started));
    incident.times.resolved = Some(instant(resolved));
    incident
}

/// A capture of activity metadata under a direct identifier.
pub(crate) fn capture(file: &str, what: &'static str) -> Capture {
    Capture {
        file: file.into(),
        line: Some(1),
        pointer: None,
        format: "ai-tool-environment".into(),
        setting: "KEY=1".into(),
        what,
        population: Population::Workers,
        capability: Capability::Configured,
        role: FlowRole::Collect,
        axes: Axes { s: Some(3), d: Some(1), t: Some(3), r: None, m: Some(2), x: Some(0) },
        retention: Retention::Unset,
        basis: Basis::Explicit,
        low_confidence: false,
        open_flow: false,
        activated: None,
        node: Some(Node::File(file.into())),
    }
}

/// A configuration that no reader knows.
pub(crate) fn unread() -> Refused {
    Refused {
        kind: Kind::Monitoring,
        path: "x".into(),
        at: None,
        reason: RefusalReason::NoReader,
        count: 1,
        detail: String::new(),
    }
}

/// Facts with one repository, named `shop`, of which these kinds were read.
pub(crate) fn facts(kinds: &[Kind]) -> Facts {
    Facts {
        read: kinds.iter().copied().collect(),
        repositories: vec![Repository { name: "shop".into(), ..Repository::default() }],
        ..Facts::default()
    }
}
