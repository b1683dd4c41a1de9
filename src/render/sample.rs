//! A report with something of everything, and hostile text wherever text can stand; and one with nothing.

use std::collections::BTreeMap;

use crate::report::v1::*;

/// Text that would break out of HTML, CSS or an attribute.
pub(super) const HOSTILE: &str =
    "</style><script>alert(1)</script>\" onload=\"x' style='a {{organisation}} http://evil.example/ `&amp;";

pub(super) fn prose(text: &str) -> Prose {
    Prose { id: "sample".into(), args: BTreeMap::new(), text: BTreeMap::from([("en".to_owned(), text.to_owned())]) }
}

fn all(texts: &[&str]) -> Vec<Prose> {
    texts.iter().map(|text| prose(text)).collect()
}

/// A report of a run that had no input at all.
pub(super) fn empty() -> Report {
    Report {
        schema: SCHEMA.into(),
        period: Period { label: "2026-Q3".into(), start: "2026-07-01".into(), end: "2026-10-01".into() },
        organisation: "Empty Ltd".into(),
        languages: vec!["en".into()],
        summary: Summary { audited: Vec::new(), found: Vec::new(), open: Vec::new() },
        coverage: Coverage { inputs: Vec::new(), refused: Vec::new(), statements: Vec::new() },
        figures: BTreeMap::new(),
        checks: Vec::new(),
        dimensions: Vec::new(),
        tables: Vec::new(),
        firewall: Vec::new(),
        exceptions: Vec::new(),
        replies: Vec::new(),
        changes: Vec::new(),
        privacy: Privacy { k: 5, withheld: Vec::new(), statements: Vec::new() },
        method: Method {
            tool: "countersign 0.1.0".into(),
            plan_sha256: "0".repeat(64),
            norm_profiles: Vec::new(),
            limits: Vec::new(),
            to_sign: Vec::new(),
        },
    }
}

/// A report that fills every section.
pub(super) fn sample() -> Report {
    Report {
        organisation: "Harbour Payments AG".into(),
        summary: Summary {
            audited: all(&[
                "Three repositories with 1,204 changes, their review records, 46 incident records and 31 monitoring files, from 1 July to 30 September 2026.",
                "Declared in the register: 9 monitoring systems, 2 policies, 1 agreement with the works council.",
            ]),
            found: all(&[
                "18 of 212 AI-attributed changes carry no human approval on record.",
                "Two monitoring captures that reach single persons are not declared.",
                "One path leads from safety monitoring to a performance dashboard.",
                "Review waiting time meets the agreed limit of 24 hours.",
            ]),
            open: all(&[
                "Whether AI-assisted changes fail more often: 31 of 46 incidents are not traced to a change.",
                "On-call load and daily rest: the people list gives no time zones.",
                "Agent operations: no execution log was given.",
            ]),
        },
        coverage: coverage(),
        figures: figures(),
        checks: checks(),
        dimensions: dimensions(),
        tables: tables(),
        firewall: firewall(),
        exceptions: all(&[
            "R05: forced merges on release branches are accepted until 2026-12-31; role: head of platform.",
        ]),
        replies: all(&["No reply of the workers' representatives was on file when the report was written."]),
        changes: all(&["No earlier report was given to compare with."]),
        privacy: Privacy {
            k: 5,
            withheld: vec!["ai.tool.kiro".into(), "review.by_team.checkout".into(), HOSTILE.into()],
            statements: all(&[
                "A cell is shown only when at least five people stand behind it.",
                "Where one cell of a row is withheld, a second one is too, so that subtraction does not reveal it.",
            ]),
        },
        method: Method {
            norm_profiles: ["practice", "intl-soft", "eu-base", "de"].map(String::from).to_vec(),
            limits: all(&[
                "AI attribution from history is a lower bound. What carries no mark is unattributed, not human.",
                "Monitoring outside the given files was not observed.",
            ]),
            to_sign: all(&[
                "Auditor, in the name of",
                "Qualification",
                "Declaration of independence",
                "Place and date",
                "Signature",
            ]),
            ..empty().method
        },
        ..empty()
    }
}

/// The same report with hostile text in every place a text can stand.
pub(super) fn hostile() -> Report {
    let text = serde_json::to_string(&sample()).unwrap_or_default();
    let mut tree: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    poison(&mut tree, "");
    serde_json::from_value(tree).unwrap_or_else(|_| empty())
}

/// Appends hostile text to every string, save those whose words the model fixes.
fn poison(value: &mut serde_json::Value, key: &str) {
    const FIXED: [&str; 9] =
        ["schema", "languages", "state", "verdict", "dimension", "dimensions", "conclusion", "sha256", "plan_sha256"];
    match value {
        serde_json::Value::String(text) if !FIXED.contains(&key) => text.push_str(HOSTILE),
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| poison(item, key)),
        serde_json::Value::Object(fields) => {
            for (name, field) in fields {
                // Ids of tables and dimensions are names of files and groups: what is refused there is tested there.
                if !(name == "id" && matches!(key, "tables" | "dimensions")) {
                    poison(field, name);
                }
            }
        }
        _ => {}
    }
}

fn coverage() -> Coverage {
    let input = |kind: &str, path: &str, format: &str, records: u64| Input {
        kind: kind.into(),
        path: path.into(),
        format: format.into(),
        sha256: "3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855e".into(),
        records,
    };
    let refused = |path: &str, at: Option<u64>, reason: &str, count: u64| Refused {
        kind: "incidents".into(),
        path: path.into(),
        at,
        reason: prose(reason),
        count,
    };
    Coverage {
        inputs: vec![
            input("history", "repos/checkout.git", "git", 1204),
            input("reviews", "exports/checkout-prs.json", "github-rest", 988),
            input("incidents", "incidents.csv", "servicenow-incident-csv", 46),
            input("monitoring", "infra/<script>alert('path')</script>.tf", "terraform", 31),
        ],
        refused: vec![
            refused("incidents.csv", Some(17), "a date that no calendar has", 2),
            refused("infra/tool.bin", None, "no reader for this format", 1),
        ],
        statements: all(&[
            "The history reaches from 2024-02-11 to 2026-09-30.",
            "31 of 46 incidents could not be traced to a change; no conclusion rests on those that could.",
        ]),
    }
}

fn figure(
    value: Option<f64>,
    unit: &str,
    of: Option<(f64, f64)>,
    interval: Option<(f64, Option<f64>)>,
    method: &str,
) -> Figure {
    Figure {
        value,
        unit: unit.into(),
        numerator: of.map(|(n, _)| n),
        denominator: of.map(|(_, d)| d),
        interval,
        method: method.into(),
        state: State::Known,
        needs: Vec::new(),
        disclosure: "artefact".into(),
    }
}

fn figures() -> BTreeMap<String, Figure> {
    let unknown = |needs: &str| Figure {
        state: State::Unknown,
        needs: vec![needs.into()],
        ..figure(None, "share", None, None, "Share of on-call nights with at least one page.")
    };
    let withheld =
        Figure { state: State::Withheld, ..figure(None, "changes", None, None, "Changes with a mark of this tool.") };
    BTreeMap::from([
        (
            "history.changes".into(),
            figure(
                Some(1204.0),
                "changes",
                None,
                None,
                "Commits in the period that are not merges, by committer date in UTC.",
            ),
        ),
        (
            "ai.attributed".into(),
            figure(Some(212.0), "changes", None, None, "Changes with a mark of class I, S, D or N. A lower bound."),
        ),
        ("ai.tool.claude".into(), figure(Some(1.0), "changes", None, None, "Changes with a mark of this tool.")),
        ("ai.tool.kiro".into(), withheld),
        (
            "review.ai.approved".into(),
            figure(
                Some(0.915094339623),
                "share",
                Some((194.0, 212.0)),
                Some((0.869, Some(0.946))),
                "Share of AI-attributed changes with a human approval on record, Wilson interval.",
            ),
        ),
        (
            "review.wait.median".into(),
            figure(
                Some(11.25),
                "hours",
                None,
                Some((9.5, Some(13.0))),
                "Kaplan–Meier median from ready for review to the first human review; open reviews are censored.",
            ),
        ),
        (
            "change_failure.risk_ratio".into(),
            figure(
                Some(1.4),
                "ratio",
                None,
                Some((0.7, None)),
                "Failure share of attributed changes over that of the rest.",
            ),
        ),
        (
            "guardrail.tiny".into(),
            figure(Some(0.0004), "share", Some((1.0, 2500.0)), None, "A share that is small but not zero."),
        ),
        ("oncall.nights_with_page".into(), unknown("people")),
    ])
}

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

fn checks() -> Vec<Check> {
    let waiting = |id: &str, dimension: &str, name: &str, need: &str| {
        let mut check = check(id, dimension, "no conclusion", name, &[]);
        check.grounds = vec![needs(need)];
        check
    };
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
        r02,
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

fn dimensions() -> Vec<Dimension> {
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

fn table(id: &str, title: &str, note: &str, columns: &[(&str, &str, bool)], rows: Vec<Vec<Cell>>) -> Table {
    let column = |&(id, title, numeric): &(&str, &str, bool)| Column { id: id.into(), title: prose(title), numeric };
    Table {
        id: id.into(),
        title: prose(title),
        note: prose(note),
        columns: columns.iter().map(column).collect(),
        rows,
        disclosure: "artefact".into(),
    }
}

fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

fn tables() -> Vec<Table> {
    let number = Cell::Number;
    let months = [
        ("2026-04", 310.0, 21.0),
        ("2026-05", 352.0, 40.0),
        ("2026-06", 371.0, 58.0),
        ("2026-07", 388.0, 61.0),
        ("2026-08", 402.0, 70.0),
        ("2026-09", 414.0, 81.0),
    ];
    let monthly = months.iter().map(|&(month, rest, ai)| vec![text(month), number(rest), number(ai)]).collect();
    let weeks = (0..26).map(|week| {
        let value = if week == 9 { text("withheld") } else { number(20.0 + f64::from(week * 7 % 11)) };
        vec![text(&format!("2026-W{:02}", week + 1)), value]
    });
    let files = (0..15).map(|n| {
        vec![
            text(&format!("infra/observability/agents/very/long/path/to/a/capture/setting-number-{n}.yaml")),
            number(f64::from(15 - n) / 2.0),
        ]
    });
    vec![
        table(
            "changes-by-month",
            "Changes by month",
            "AI-attributed changes are a lower bound; the rest is unattributed.",
            &[("month", "Month", false), ("rest", "Unattributed", true), ("ai", "AI-attributed", true)],
            monthly,
        ),
        table(
            "ai-tools",
            "AI tools seen in the history",
            "Changes and reverts per tool; small counts are not ranked.",
            &[("tool", "Tool", false), ("changes", "Changes", true), ("reverts", "Reverts", true)],
            vec![
                vec![text("claude"), number(120.0), number(4.0)],
                vec![text("copilot"), number(61.0), number(0.0)],
                vec![text("<script>alert(1)</script>\" onload=\"x"), number(7.0), text("unknown")],
                vec![text("=cmd|' /C calc'!A0"), number(3.0), text("withheld")],
                vec![text("total"), number(191.0), text("withheld")],
            ],
        ),
        table(
            "reviews-by-week",
            "Reviews by week",
            "Reviews that began in the week.",
            &[("week", "Week", false), ("reviews", "Reviews", true)],
            weeks.collect(),
        ),
        table(
            "captures",
            "Captures by file",
            "One row per file, its widest capture.",
            &[("file", "File", false), ("band", "Band", true)],
            files.collect(),
        ),
        table(
            "words",
            "Declared systems",
            "What the register says.",
            &[("system", "System", false), ("purpose", "Purpose", false)],
            vec![vec![text("audit log"), text("security")]],
        ),
    ]
}

fn firewall() -> Vec<FirewallPath> {
    let step = |place: &str, file: &str, line: Option<u64>, pointer: Option<&str>| FirewallStep {
        place: place.into(),
        file: file.into(),
        line,
        pointer: pointer.map(String::from),
    };
    vec![FirewallPath {
        steps: vec![
            step("agent telemetry (safety)", "", None, None),
            step("log store <script>x</script>", "infra/logs.tf", Some(12), None),
            step("team performance dashboard", "grafana/team.json", None, Some("/panels/3/targets/0")),
        ],
    }]
}
