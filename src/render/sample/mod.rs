//! A report with something of everything, and hostile text wherever text can stand; and one with nothing.

mod judged;
mod tables;

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
        checks: judged::checks(),
        dimensions: judged::dimensions(),
        tables: tables::tables(),
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
        records: Some(records),
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
                Some(0.915_094_339_623),
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

fn firewall() -> Vec<FirewallPath> {
    let step = |place: &str, file: &str, line: Option<u64>, pointer: Option<&str>| FirewallStep {
        place: place.into(),
        file: file.into(),
        line,
        pointer: pointer.map(String::from),
    };
    vec![FirewallPath {
        source: "agent-telemetry".into(),
        steps: vec![
            step("agent telemetry (safety)", "", None, None),
            step("log store <script>x</script>", "infra/logs.tf", Some(12), None),
            step("team performance dashboard", "grafana/team.json", None, Some("/panels/3/targets/0")),
        ],
    }]
}
