//! The sentences of the catalogue: complete in every language, and inside the rules of wording.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is missing")]

use std::collections::BTreeSet;

use countersign::checks::catalogue::CATALOGUE;
use countersign::facts::input::{Kind, RefusalReason};
use countersign::lang::{AVAILABLE, Lang, Value};
use countersign::norms::Norms;

const PARTS: [&str; 4] = ["name", "criterion", "remedy", "limits"];

/// Words that would claim a judgement in law, call unattributed work human, or need a gloss.
const BANNED: [&str; 16] = [
    "complies",
    "comply",
    "compliant",
    "compliance",
    "human-written",
    "human-made",
    "unlawful",
    "illegal",
    "culprit",
    "offender",
    "kaplan",
    "gini",
    "quantile",
    "telemetry",
    "stakeholder",
    "leverage",
];

/// Ids of the messages in a file, in order.
fn ids(file: &str) -> Vec<String> {
    let path = format!("{}/templates/lang/{file}.ftl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let message = |line: &str| line.split_once(" =").map(|(id, _)| id.to_owned());
    text.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase())).filter_map(message).collect()
}

fn expected_in_catalogue() -> Vec<String> {
    CATALOGUE.iter().flat_map(|entry| PARTS.map(|part| format!("check-{}-{part}", entry.id))).collect()
}

/// Calls with every text of the catalogue, in every language: language, message id, text.
fn for_every_text(mut look: impl FnMut(&str, &str, &str)) {
    for code in AVAILABLE {
        let lang = Lang::load(code).unwrap();
        for id in expected_in_catalogue() {
            look(code, &id, &lang.plain(&id).unwrap());
        }
    }
}

#[test]
fn the_file_holds_four_texts_a_check_in_order_and_nothing_else() {
    for code in AVAILABLE {
        assert_eq!(ids(&format!("{code}/catalogue")), expected_in_catalogue(), "{code}");
    }
}

#[test]
fn every_text_is_whole_without_arguments_and_ends_in_a_full_stop() {
    let mut count = 0;
    for_every_text(|code, id, text| {
        count += 1;
        assert!(text.ends_with('.') && !text.contains(['{', '}', '$', '\n']), "{code} {id}: {text}");
    });
    assert_eq!(count, 56 * 4 * AVAILABLE.len());
}

#[test]
fn propositions_and_criteria_are_one_sentence_and_the_rest_at_most_two() {
    for_every_text(|code, id, text| {
        // Words and stops are counted by the rules of English.
        if code != "en" {
            return;
        }
        let most = if id.ends_with("-name") || id.ends_with("-criterion") { 1 } else { 2 };
        let sentences = text.matches(['.', '?', '!']).count() - text.matches("1.25").count();
        assert!((1..=most).contains(&sentences), "{code} {id} has {sentences} sentences: {text}");
        assert!(text.split_whitespace().count() <= 55, "{code} {id} is too long to read aloud: {text}");
    });
}

#[test]
fn no_two_checks_share_a_text() {
    let mut seen = BTreeSet::new();
    for_every_text(|code, id, text| assert!(seen.insert(format!("{code} {text}")), "{code} {id}: {text}"));
}

#[test]
fn no_text_claims_a_judgement_in_law_or_calls_unattributed_work_human() {
    for_every_text(|code, id, text| {
        if code != "en" {
            return;
        }
        let lower = text.to_lowercase();
        let banned: Vec<_> = BANNED.iter().filter(|word| lower.contains(**word)).collect();
        assert!(banned.is_empty(), "{code} {id} says {banned:?}: {text}");
        // "Human" is a word for a reviewer's validation only, never for what carries no mark.
        assert!(!lower.contains("human") || id == "check-R02-name", "{code} {id}: {text}");
    });
    for norm in Norms::builtin().all() {
        let lower = norm.summary.to_lowercase();
        assert!(!lower.contains("complies with") && !lower.contains("compliant"), "{}: {}", norm.id, norm.summary);
    }
}

#[test]
fn checks_without_a_shipped_threshold_say_so() {
    let without = ["R08", "R11", "R22", "W02", "W03", "W04", "W06", "W07", "W10", "W11", "W12", "W14"];
    let lang = Lang::load("en").unwrap();
    for id in without {
        let text = lang.plain(&format!("check-{id}-criterion")).unwrap();
        assert!(text.ends_with("; no threshold is shipped, the plan sets it."), "{id}: {text}");
    }
}

#[test]
fn shipped_numbers_stand_in_the_criteria() {
    let lang = Lang::load("en").unwrap();
    let numbers = [
        ("R02", "95 %"),
        ("R03", "95 %"),
        ("R09", "1.25"),
        ("R10", "1.25"),
        ("R16", "six months"),
        ("W01", "500 lines an hour"),
        ("W05", "5 %"),
        ("W08", "11 hours"),
        ("W09", "more than 2 incidents"),
    ];
    for (id, number) in numbers {
        let text = lang.plain(&format!("check-{id}-criterion")).unwrap();
        assert!(text.contains(number), "{id}: {text}");
    }
}

#[test]
fn every_kind_and_every_refusal_has_words() {
    let kinds = [
        Kind::History,
        Kind::Reviews,
        Kind::Incidents,
        Kind::Deployments,
        Kind::Monitoring,
        Kind::Register,
        Kind::People,
        Kind::Notes,
        Kind::Owners,
        Kind::Guardrails,
        Kind::MoreRecords,
        Kind::ConfigurationHistory,
        Kind::Criterion,
        Kind::Tool,
    ];
    let reasons = [
        RefusalReason::Unreadable,
        RefusalReason::NoReader,
        RefusalReason::TooLarge,
        RefusalReason::NotAFile,
        RefusalReason::MissingField,
        RefusalReason::BadDate,
        RefusalReason::MissingObject,
    ];
    for code in AVAILABLE {
        let lang = Lang::load(code).unwrap();
        let kinds = kinds.map(|kind| format!("kind-{}", kind.word()));
        let reasons = reasons.map(|reason| format!("refused-{}", reason.word()));
        for id in kinds.iter().chain(&reasons) {
            assert!(lang.plain(id).is_ok_and(|text| !text.is_empty()), "{code} {id}");
        }
    }
}

#[test]
fn limits_are_numbered_without_a_gap_and_each_is_one_sentence() {
    for code in AVAILABLE {
        let lang = Lang::load(code).unwrap();
        let limits: Vec<String> =
            ids(&format!("{code}/limits")).into_iter().filter(|id| id.starts_with("limit-")).collect();
        let expected: Vec<String> = (1..=limits.len()).map(|number| format!("limit-{number}")).collect();
        assert!(limits.len() >= 12 && limits == expected, "{code}: {limits:?}");
        for id in limits {
            let text = lang.plain(&id).unwrap();
            assert!(text.ends_with('.') && text.matches('.').count() == 1, "{code} {id}: {text}");
        }
    }
}

#[test]
fn every_verdict_is_explained() {
    for code in AVAILABLE {
        let lang = Lang::load(code).unwrap();
        for verdict in ["met", "met-with-comments", "not-met", "no-conclusion", "not-applicable"] {
            assert!(lang.has(&format!("verdict-{verdict}")), "{code} {verdict}");
            let text = lang.plain(&format!("ui-glossary-{verdict}")).unwrap();
            assert!(text.ends_with('.'), "{code}: {text}");
        }
    }
}

#[test]
fn one_withheld_cell_is_not_spoken_of_as_many() {
    let lang = Lang::load("en").unwrap();
    let withheld = |count: f64| lang.text("privacy-withheld", &[("count", Value::Number(count))]).unwrap();
    assert!(withheld(1.0).starts_with("One figure or table cell is withheld"), "{}", withheld(1.0));
    assert!(withheld(1234.0).starts_with("1,234 figures and table cells are withheld"), "{}", withheld(1234.0));
    let k = lang.text("privacy-k", &[("k", Value::Number(5.0))]).unwrap();
    assert!(k.contains("at least 5 different people"), "{k}");
    assert!(lang.text("privacy-k", &[]).is_err());
}

#[test]
fn what_a_person_fills_in_and_what_the_gate_did_have_words() {
    for code in AVAILABLE {
        let lang = Lang::load(code).unwrap();
        for id in ["sign-auditor", "sign-qualification", "sign-independence", "sign-date-and-signature"] {
            assert!(lang.has(id), "{code} {id}");
        }
        assert!(lang.has("privacy-none-withheld") && lang.has("privacy-public-history"), "{code}");
    }
}
