//! The neutral table.

use super::*;

const SAMPLE: &str = include_str!("../../../../tests/exports/table.csv");
const DOCUMENT: &str = include_str!("../../../../docs/review-exports.md");
const HEADER: &str = "number,author,opened,merged,event,event_actor,event_at";

#[test]
fn a_table_is_read_whole_and_recognised_by_its_first_line() {
    let (facts, mut ids) = export_of(SAMPLE.as_bytes(), None).unwrap();
    let review = &facts.reviews[0];
    let (mia, tom, ida) = (ids.person("mia"), ids.person("tom"), ids.person("ida"));
    assert_eq!((review.number, review.lines, review.truncated), (12, Some(42), false));
    assert_eq!((review.author, review.merged_by), (Actor::Human(mia), Actor::Human(tom)));
    assert_eq!(review.opened.unwrap().to_string(), "2026-07-01T06:00:00Z");
    assert_eq!(review.head[0].authors, [ids.person("mia@harbour.example"), ida]);
    let events: Vec<_> = review
        .events
        .iter()
        .map(|event| (event.actor, event.state, event.has_comment, event.revision.is_some()))
        .collect();
    assert_eq!(
        events,
        [
            (Actor::Human(ida), ReviewState::Commented, true, false),
            (Actor::Human(tom), ReviewState::Approved, false, true),
            (Actor::Automation, ReviewState::Approved, false, true),
        ]
    );
    assert_eq!(review.events[1].revision.as_ref(), Some(&review.head[0].id));
    let waiting = &facts.reviews[1];
    assert_eq!((waiting.number, waiting.merged, waiting.events.len()), (13, None, 0), "nobody acted on it yet");
    assert!(facts.refused.is_empty() && facts.repositories[0].reviews_read);
    assert_eq!((facts.inputs[0].format.as_str(), facts.inputs[0].records), ("csv", 2));
}

#[test]
fn the_table_in_the_handbook_is_this_sample() {
    assert!(DOCUMENT.contains(SAMPLE.trim_end()));
}

#[test]
fn an_instant_without_a_time_zone_is_refused_with_its_line_and_column() {
    let text = format!(
        "{HEADER}\n1,mia,2026-07-01T08:00:00,,,,\n2,mia,2026-07-01T08:00:00Z,,approved,tom,2026-07-01 09:00\n3,mia,2026-07-01T08:00:00Z,,,,\n"
    );
    let (facts, _) = export_of(text.as_bytes(), None).unwrap();
    assert_eq!(facts.reviews.iter().map(|review| review.number).collect::<Vec<_>>(), [3]);
    let refused: Vec<_> = facts.refused.iter().map(|r| (r.at, r.reason, r.detail.as_str())).collect();
    let zone = "is no instant with a time zone, as in 2026-07-01T08:00:00Z";
    assert_eq!(
        refused,
        [
            (Some(2), BadDate, format!("column 3 (`opened`) {zone}").as_str()),
            (Some(3), BadDate, format!("column 7 (`event_at`) {zone}").as_str()),
        ]
    );
}

#[test]
fn an_unknown_column_is_refused_with_the_nearest_word() {
    for (header, expected) in [
        (
            "numbr,author,opened,merged,event,event_actor,event_at",
            "column 1: `numbr` is no column of a table of reviews; write `number`",
        ),
        ("number,author,opened,merged,event,event_actor,event_at,mood", "column 8: `mood`"),
        ("number,author,opened,merged,event,event_actor,mia@harbour.example", "column 7: it is no column"),
        ("number,author,opened,merged,event,event_actor,event_at,author", "`author` stands there twice"),
        ("number,author,opened,merged,event,event_actor", "`event_at` is missing"),
        ("number;author;opened;merged;event;event_actor;event_at", "separate the columns with commas"),
    ] {
        let problem = export_of(format!("{header}\n").as_bytes(), Some("csv")).map(|_| ()).unwrap_err();
        assert!(problem.contains(expected) && problem.contains("line 1"), "{problem}");
        assert!(!problem.contains("mia@") && problem.contains("docs/review-exports.md"), "{problem}");
    }
    let problem = export_of(b"1,mia,2026\n", Some("csv")).map(|_| ()).unwrap_err();
    assert!(problem.contains("names no column") && !problem.contains("mia"), "{problem}");
}

#[test]
fn bad_cells_are_counted_and_the_other_lines_kept() {
    let columns = format!("{HEADER},lines,event_actor_kind,event_revision,event_comment,commit_authors");
    let lines = [
        "1,mia,2026-07-01T08:00:00Z,,approved,tom,2026-07-01T09:00:00Z,,,,,",
        "x,mia,2026-07-01T08:00:00Z,,,,,,,,,",
        ",mia,2026-07-01T08:00:00Z,,,,,,,,,",
        "2,mia,2026-07-01T08:00:00Z,,lgtm,tom,,,,,,",
        "2,mia,2026-07-01T08:00:00Z,,approved,tom,,,robot,,,",
        "2,mia,2026-07-01T08:00:00Z,,approved,tom,,,,abc,,",
        "2,mia,2026-07-01T08:00:00Z,,approved,tom,,,,,maybe,",
        "2,mia,2026-07-01T08:00:00Z,,,,,-4,,,,",
        "2,mia,2026-07-01T08:00:00Z,,,,,,,,,ida",
        "1,ida,,,approved,tom,2026-07-01T10:00:00Z,,,,,",
        "1,mia,2026-07-01T08:00:00Z,,approved,tom,2026-07-01T09:00:00Z,,,,,",
        "1,mia",
    ];
    let (facts, _) = export_of(format!("{columns}\n{}\n", lines.join("\n")).as_bytes(), None).unwrap();
    assert_eq!(facts.reviews.iter().map(|review| (review.number, review.events.len())).collect::<Vec<_>>(), [(1, 1)]);
    let refused: Vec<_> = facts.refused.iter().map(|r| (r.at.unwrap(), r.reason)).collect();
    assert_eq!(
        refused,
        [
            (3, BadValue),
            (4, MissingField),
            (5, BadValue),
            (6, BadValue),
            (7, BadValue),
            (8, BadValue),
            (9, BadValue),
            (10, MissingField),
            (11, BadValue),
            (12, Duplicate),
            (13, Unreadable),
        ]
    );
    let quoted =
        |detail: &str| detail.split(|c: char| !c.is_alphanumeric()).any(|word| ["mia", "tom", "ida"].contains(&word));
    assert!(!facts.refused.iter().any(|refused| quoted(&refused.detail)));
    assert!(facts.refused[8].detail.contains("column 2 (`author`) differs"), "{}", facts.refused[8].detail);
}

#[test]
fn known_tools_stay_tools_whatever_the_table_calls_them() {
    let lines = "1,mia,2026-07-01T08:00:00Z,,approved,coderabbitai[bot],2026-07-01T09:00:00Z,human\n\
        1,,,,approved,helper,2026-07-01T09:00:00Z,ai\n1,,,,approved,tom,2026-07-01T09:00:00Z,";
    let (facts, mut ids) = export_of(format!("{HEADER},event_actor_kind\n{lines}\n").as_bytes(), None).unwrap();
    let actors: Vec<_> = facts.reviews[0].events.iter().map(|event| event.actor).collect();
    assert_eq!(actors, [Actor::Ai, Actor::Ai, Actor::Human(ids.person("tom"))]);
}

#[test]
fn tables_from_windows_are_read() {
    let text = format!("\u{feff}{}", SAMPLE.replace('\n', "\r\n"));
    assert_eq!(export_of(text.as_bytes(), None).unwrap().0.reviews.len(), 2);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(export_of(&wide, None).unwrap().0.reviews.len(), 2);
}

#[test]
fn a_table_without_lines_is_an_empty_list() {
    let (facts, _) = export_of(format!("{HEADER}\n").as_bytes(), None).unwrap();
    assert!(facts.reviews.is_empty() && facts.repositories[0].reviews_read);
}
