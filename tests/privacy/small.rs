//! Too few people or too short a period: a total of conduct would be a figure about a person, and is withheld.

use std::collections::BTreeMap;

use countersign::report::v1::{Cell, Figure, Report, State};

use crate::support::shop::{Approval, Shop, Work};
use crate::support::{audit, check, edit, figure, table};

/// Figures of conduct that the shop below has data for.
const CONDUCT: [&str; 18] = [
    "ai.attributed",
    "ai.mentioned",
    "ai.recovered_from_reviews",
    "ai.suggestion_accepted",
    "guardrail.bypasses",
    "operations.environment_level.ai",
    "operations.minor_announced",
    "operations.undetermined.ai",
    "reverts.of_ai",
    "review.dual_authorised",
    "review.dual_authorised.ai",
    "review.grade.P",
    "review.grade.none",
    "review.none",
    "review.self_only",
    "review.trailer_reviewed",
    "tests.weakened.ai",
    "workload.review_hours_needed.at_500",
];

/// Six changes by so many people: the first `marked` with AI, the first `approved` by somebody else, the rest by their
/// author.
fn shop(people: usize, marked: usize, approved: usize) -> Shop {
    let change = |number: usize| {
        let author = number % people + 1;
        let by = if number < approved { author % people + 1 } else { author };
        let approval = Some(Approval { by, after: 3_600, of_final: true });
        let body = if number == 0 { "Skip the bots.\n\nTryBot-Bypass: late".into() } else { String::new() };
        Work { author, approval, body, marked: number < marked, ..Work::default() }
    };
    let policy = "[[policy]]\nid = \"sign-off\"\nkind = \"senior_sign_off\"\napplies_to = \"ai\"\nfrom = 2026-06-01\n";
    Shop::new().people(people, "senior").register(policy).land_each((0..6).map(change)).plan("[privacy]\nk = 5")
}

fn is_silent(figure: &Figure) -> bool {
    let numbers = (figure.value, figure.numerator, figure.denominator, figure.interval);
    figure.state == State::Withheld && numbers == (None, None, None, None) && figure.needs.is_empty()
}

#[track_caller]
fn conduct_is_withheld(report: &Report) {
    for id in CONDUCT {
        assert!(is_silent(figure(report, id)), "{id}: {:?}", figure(report, id));
        assert!(report.privacy.withheld.iter().any(|withheld| withheld == id), "{id} is not in the log");
    }
    for (id, figure) in &report.figures {
        let of_people =
            ["ai.", "review.", "guardrail.", "tests.", "workload."].iter().any(|start| id.starts_with(start));
        let allowed = ["workload.changed_lines", "workload.generated_lines", "workload.review_hours_allotted"]
            .contains(&id.as_str());
        assert!(!of_people || allowed || figure.state != State::Known, "{id} is shown");
        assert_eq!(figure.state == State::Unknown, !figure.needs.is_empty(), "{id}");
    }
    for id in ["R02", "R03", "R05"] {
        assert_eq!(check(report, id).verdict, "no conclusion");
        assert_eq!(check(report, id).grounds[0].id, "figures-withheld", "{id}");
        assert!(check(report, id).evidence.is_empty());
    }
    for id in ["changes-by-month", "ai-by-tool", "changes-by-team", "attribution-channels"] {
        let numbers = table(report, id).rows.iter().flat_map(|row| &row[1..]);
        assert!(numbers.clone().count() > 0, "{id} is empty");
        assert!(numbers.into_iter().all(|cell| *cell == Cell::Text("withheld".into())), "{id}");
    }
}

#[test]
fn two_committers_are_too_few() {
    conduct_is_withheld(&audit(&shop(2, 2, 3).files()).report);
}

#[test]
fn a_week_is_too_short_for_any_number_of_people() {
    let mut files = shop(6, 2, 3).files();
    edit(&mut files, "audit.toml", "2026-Q3", "2026-07-01..2026-07-08");
    conduct_is_withheld(&audit(&files).report);
}

#[test]
fn six_committers_in_a_quarter_are_enough() {
    let report = audit(&shop(6, 2, 3).files()).report;
    for id in CONDUCT {
        assert_eq!(figure(&report, id).state, State::Known, "{id}");
    }
    // No change is large, and two of the six used AI.
    let few = ["workload.review_top_tenth", "changes-by-team/shop"];
    assert_eq!(report.privacy.withheld, few);
}

#[test]
fn a_public_history_shows_conduct_and_still_nothing_derived_from_two_people() {
    let mut files = shop(2, 2, 3).files();
    edit(&mut files, "audit.toml", "k = 5", "k = 5\nhistory_is_public = true");
    let report = audit(&files).report;
    assert_eq!(figure(&report, "ai.attributed").value, Some(2.0));
    for id in ["workload.out_of_hours", "workload.review_gini", "workload.reviewers"] {
        assert!(is_silent(figure(&report, id)), "{id}");
    }
}

#[test]
fn withheld_is_not_unknown() {
    let files = shop(2, 2, 3).files();
    let report = audit(&files).report;
    assert!(is_silent(figure(&report, "ai.attributed")));
    let notes = figure(&report, "ai.notes.records");
    assert_eq!((notes.state, notes.needs.as_slice()), (State::Unknown, ["notes".to_owned()].as_slice()));
    assert!(!report.privacy.withheld.iter().any(|id| id.starts_with("ai.notes")));
    assert_eq!(figure(&report, "history.changes").value, Some(6.0), "an artefact is shown");
}

/// What an outsider can see, without the digests of the inputs.
fn bytes_without_digests(people: usize, marked: usize, approved: usize) -> BTreeMap<String, String> {
    let hide = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let words = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
        let is_digest = |word: &str| word.len() >= 64 && word[..64].bytes().all(|b| b.is_ascii_hexdigit());
        words.map(|word| if is_digest(word) { "digest" } else { word }).collect::<String>()
    };
    let files = audit(&shop(people, marked, approved).files()).files;
    files.iter().map(|(name, bytes)| (name.clone(), hide(bytes))).collect()
}

#[test]
fn what_two_people_did_changes_no_byte_of_the_report() {
    let variants = [(6, 6), (1, 6), (3, 2), (1, 0)];
    let first = bytes_without_digests(2, 0, 0);
    for (marked, approved) in variants {
        let other = bytes_without_digests(2, marked, approved);
        for (name, text) in first.iter().filter(|(name, _)| *name != "manifest.json") {
            let differs = text.lines().zip(other[name].lines()).find(|(a, b)| a != b);
            assert_eq!(differs, None, "{name}: {marked} marked, {approved} approved");
            assert_eq!(text.len(), other[name].len(), "{name}");
        }
    }
    assert_ne!(bytes_without_digests(6, 1, 0)["report.json"], bytes_without_digests(6, 6, 6)["report.json"]);
}
