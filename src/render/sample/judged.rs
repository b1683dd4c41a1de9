//! Checks of every verdict, and the dimensions they belong to.

use super::{HOSTILE, all, prose};
use crate::report::v1::*;

fn norm(instrument: &str, clause: &str, force: &str) -> Norm {
    Norm {
        id: "x".into(),
        instrument: instrument.into(),
        clause: clause.into(),
        force: force.into(),
        jurisdiction: "EU".into(),
        applies_from: "2026-08-02".into(),
    }
}

fn check(id: &str, dimension: &str, verdict: &str, name: &str, grounds: &[&str]) -> Check {
    Check {
        id: id.into(),
        name: prose(name),
        short: prose("short name"),
        dimension: dimension.into(),
        verdict: verdict.into(),
        verdict_text: prose(verdict),
        grounds: all(grounds),
        figures: Vec::new(),
        evidence: Vec::new(),
        norms: Vec::new(),
        criterion: Criterion {
            text: prose("Every AI-attributed change in the period has a human approval on record."),
            set_by: "standard".into(),
            set_by_text: prose("a standard or published practice"),
        },
        remedy: None,
        limits: all(&["An approval on record does not show that the change was read."]),
    }
}

fn needs(text: &str) -> Prose {
    Prose { id: "needs-list".into(), ..prose(text) }
}

fn not_met() -> Check {
    let mut r02 = check(
        "R02",
        "robustness",
        "not met",
        "AI-assisted changes carry a logged human validation",
        &[
            "18 of 212 AI-attributed changes were merged without a human approval on record.",
            "All 18 lie in one repository, in the two weeks after the release freeze.",
        ],
    );
    r02.figures = ["review.ai.approved", "ai.attributed", "ai.tool.kiro", "gone.figure"].map(String::from).to_vec();
    r02.evidence = vec![
        Evidence {
            what: prose("A change merged by its author"),
            file: "repos/checkout.git".into(),
            line: None,
            pointer: None,
            text: "4f2a9c1e7b0d3a55c1de0a9b8f7e6d5c4b3a2918".into(),
        },
        Evidence {
            what: prose("The rule that would have asked for it is off"),
            file: "infra/<script>alert('path')</script>.tf".into(),
            line: Some(42),
            pointer: None,
            text: HOSTILE.into(),
        },
        Evidence {
            what: prose("Reviews are not required"),
            file: "exports/rules.json".into(),
            line: None,
            pointer: Some("/branches/0/required_reviews".into()),
            text: "0".into(),
        },
    ];
    r02.norms = vec![
        norm("Regulation (EU) 2024/1689", "Article 26(2)", "legal_duty"),
        norm("NIST SSDF 1.1", "PW.7.2", "professional_norm"),
    ];
    r02.remedy = Some(prose(
        "Require one human approval on the final revision for changes that carry an AI mark, and keep the record with the change.",
    ));
    r02
}

#[expect(clippy::too_many_lines, reason = "a list of data")]
pub(super) fn checks() -> Vec<Check> {
    let waiting = |id: &str, dimension: &str, name: &str, need: &str| {
        let mut check = check(id, dimension, "no conclusion", name, &[]);
        check.grounds = vec![needs(need)];
        check
    };
    let mut w02 = check(
        "W02",
        "workload",
        "met",
        "Reviews are not waiting",
        &["The median waiting time is 11.25 hours; the agreement asks for at most 24."],
    );
    w02.figures = vec!["review.wait.median".into()];
    let mut s01 = check(
        "S01",
        "surveillance",
        "not met",
        "Every observed capture is declared",
        &["Two captures that reach single persons have no register entry."],
    );
    s01.remedy = Some(prose("Declare both captures with purpose, access and retention, or switch them off."));
    vec![
        check(
            "R01",
            "robustness",
            "met with comments",
            "AI-assisted changes are classified, and the class leads to a stricter route",
            &[
                "Marks are present and settings do not switch them off.",
                "The class leads to no stricter route in one repository.",
            ],
        ),
        not_met(),
        waiting(
            "R09",
            "robustness",
            "AI-assisted changes fail no more often than others",
            "Needed: incident records that name the change.",
        ),
        waiting("R13", "robustness", "Failed changes are recovered in time", "Needed: deployment records."),
        waiting("R19", "robustness", "Serious incidents were reported in time", "Needed: deployment records."),
        check(
            "R20",
            "robustness",
            "not applicable",
            "Recovery was possible",
            &["No incident of the highest severity in the period."],
        ),
        w02,
        waiting(
            "W08",
            "workload",
            "Daily rest is not interrupted",
            "Needed: the people list (teams, seniority, time zones).",
        ),
        waiting(
            "W09",
            "workload",
            "On-call load is sustainable",
            "Needed: the people list (teams, seniority, time zones).",
        ),
        s01,
        check(
            "S10",
            "surveillance",
            "met",
            "Safety telemetry does not feed performance tools",
            &["No connected path was found."],
        ),
    ]
}

pub(super) fn dimensions() -> Vec<Dimension> {
    let count = |verdict: &str, count: u64| VerdictCount { verdict: verdict.into(), text: prose(verdict), count };
    let dimension = |id: &str, name: &str, conclusion: &str, text: &str, counts: [u64; 5]| Dimension {
        id: id.into(),
        name: prose(name),
        conclusion: conclusion.into(),
        text: prose(text),
        counts: vec![
            count("not met", counts[0]),
            count("no conclusion", counts[1]),
            count("met with comments", counts[2]),
            count("met", counts[3]),
            count("not applicable", counts[4]),
        ],
    };
    vec![
        dimension(
            "robustness",
            "Technical robustness and failure modes",
            "negative",
            "Negative; 2 of 5 propositions concluded.",
            [1, 3, 1, 0, 1],
        ),
        dimension(
            "workload",
            "Workload",
            "no conclusion",
            "No conclusion; 1 of 3 propositions concluded.",
            [0, 2, 0, 1, 0],
        ),
        dimension(
            "surveillance",
            "Surveillance and data governance",
            "negative",
            "Negative; 2 of 2 propositions concluded.",
            [1, 0, 0, 1, 0],
        ),
    ]
}
