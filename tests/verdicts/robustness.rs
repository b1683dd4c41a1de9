//! Inputs for every verdict of the checks of robustness.

use std::fmt::Write as _;

use super::Row;
use crate::support::Files;
use crate::support::shop::{Approval, Shop, Work, bare};

pub(crate) const ROWS: &[Row] = &[
    Row::of("R01", "met", || one_marked().register(RULE).files()),
    Row::of("R01", "not met", || one_marked().register(&RULE.replace("\"ai\"", "\"all\"")).files()),
    Row::of("R01", "met with comments", || {
        let stripped = Work { marked_in_review: true, ..Work::default() };
        one_marked().land(&stripped).register(RULE).files()
    }),
    Row::of("R01", "no conclusion", || Shop::new().land(&Work::default()).register(RULE).files()),
    Row::of("R02", "met", || approved(true, 2, true).files()),
    Row::of("R02", "met with comments", || nearly_all().files()),
    Row::of("R02", "not met", || one_marked().exported().files()),
    Row::of("R02", "no conclusion", || approved(false, 2, true).files()),
    Row::of("R03", "met", || approved(false, 2, true).files()),
    Row::of("R03", "met with comments", || approved(false, 2, false).plan(SCORECARD).files()),
    Row::of("R03", "not met", || approved(false, 2, false).files()),
    Row::of("R03", "no conclusion", || Shop::new().land(&Work::default()).files()),
    Row::of("R04", "met", || approved(true, 2, true).register(RULE).people(5, "senior").files()),
    Row::of("R04", "not met", || approved(true, 2, true).register(RULE).people(5, "regular").files()),
    Row::of("R04", "no conclusion", || approved(true, 2, true).register(RULE).people(5, "").files()),
    Row::of("R04", "not applicable", || approved(true, 2, true).register("").people(5, "senior").files()),
    Row::of("R05", "not met", || {
        Shop::new().land(&Work { body: "TryBot-Bypass: it is late".into(), ..Work::default() }).files()
    }),
    Row::of("R05", "met", || logged(None)),
    Row::of("R05", "met with comments", || logged(Some("protected_branch.update_admin_enforced"))),
    Row::of("R05", "no conclusion", || Shop::new().land(&Work::default()).files()),
    Row::of("R06", "not met", || incidents(&["I-1,1,2026-07-02T10:00:00Z,authored_and_executed,O3,no,no,"], true)),
    Row::of("R06", "met", || incidents(&["I-1,1,2026-07-02T10:00:00Z,authored_and_executed,O1,no,no,"], true)),
    Row::of("R06", "met with comments", || incidents(&["I-1,1,2026-07-02T10:00:00Z,executed,O1,no,no,"], false)),
    Row::of("R06", "no conclusion", || incidents(&["I-1,1,2026-07-02T10:00:00Z,executed,O3,,,"], true)),
    Row::of("R07", "met", || with_records(Shop::new().land(&Work::default()), &[OPERATION]).files()),
    Row::of("R07", "met with comments", || with_records(environment(true).people(5, "senior"), &[OPERATION]).files()),
    Row::of("R07", "not met", || environment(false).people(5, "senior").files()),
    Row::of("R07", "no conclusion", || environment(true).people(5, "senior").files()),
    Row::of("R08", "met", || minor(0, "agreement").files()),
    Row::of("R08", "met with comments", || minor(0, "audited_party").files()),
    Row::of("R08", "not met", || minor(1, "agreement").files()),
    Row::of("R08", "no conclusion", || Shop::new().land(&Work::default()).files()),
    Row::of("R09", "not met", || reverted((20, 40), (4, 40), "").files()),
    Row::of("R09", "met", || with_incidents(reverted((1, 60), (20, 60), "")).files()),
    Row::of("R09", "met with comments", || with_incidents(reverted((10, 40), (10, 40), LENIENT)).files()),
    Row::of("R09", "no conclusion", || with_incidents(reverted((6, 40), (6, 40), "")).files()),
    Row::of("R10", "not met", || reverted((20, 40), (4, 40), "").files()),
    Row::of("R10", "met", || reverted((1, 60), (20, 60), "").files()),
    Row::of("R10", "met with comments", || reverted((10, 40), (10, 40), LENIENT).files()),
    Row::of("R10", "no conclusion", || reverted((1, 40), (1, 40), "").files()),
    Row::of("R11", "met", || scoped(0.5, "B2", "")),
    Row::of("R11", "met with comments", || scoped(0.5, "B2", "eu-west-1;us-east-1")),
    Row::of("R11", "not met", || scoped(0.1, "", "")),
    Row::of("R11", "no conclusion", || listed("impact_scope", &["2026-07-02T10:00:00Z,B2"], "")),
    Row::of("R12", "not met", || severe(4, 20)),
    Row::of("R12", "met", || severe(20, 4)),
    Row::of("R12", "no conclusion", || severe(4, 6)),
    Row::of("R13", "met", || restored("agreement", 12)),
    Row::of("R13", "met with comments", || restored("audited_party", 12)),
    Row::of("R13", "not met", || restored("agreement", 20)),
    Row::of("R13", "no conclusion", || listed("change_cause", &["2026-07-02T10:00:00Z,"], "")),
    Row::of("R14", "met", || incidents(&["I-1,1,2026-07-02T10:00:00Z,none,,,,human_error"], false)),
    Row::of("R14", "not met", || {
        incidents(&["I-1,1,2026-07-02T10:00:00Z,authored_and_executed,O3,no,no,human_error"], false)
    }),
    Row::of("R14", "no conclusion", || incidents(&["I-1,1,2026-05-02T10:00:00Z,none,,,,human_error"], false)),
    Row::of("R15", "met", || traced("agreement", "CHG0000001")),
    Row::of("R15", "met with comments", || traced("audited_party", "CHG0000001")),
    Row::of("R15", "not met", || traced("agreement", "")),
    Row::of("R15", "no conclusion", || listed("change_cause", &["2026-07-02T10:00:00Z,CHG0000001"], "")),
    Row::of("R16", "met", || {
        let rows = ["2025-11-02T10:00:00Z,C-0,,", "2026-07-02T10:00:00Z,C-1,2,0"];
        listed("cause_key,actions,actions_overdue", &rows, "")
    }),
    Row::of("R16", "not met", || listed("cause_key", &["2026-05-02T10:00:00Z,C-1", "2026-07-02T10:00:00Z,C-1"], "")),
    Row::of("R16", "no conclusion", || listed("cause_key", &["2026-07-02T10:00:00Z,"], "")),
    Row::of("R17", "not met", || weakened((20, 40), (4, 40), "agreement").files()),
    Row::of("R17", "met", || weakened((1, 60), (20, 60), "agreement").files()),
    Row::of("R17", "met with comments", || weakened((1, 60), (20, 60), "audited_party").files()),
    Row::of("R17", "no conclusion", || weakened((6, 40), (6, 40), "agreement").files()),
    Row::of("R20", "met", || listed("reversible,backups_affected", &["2026-07-02T10:00:00Z,with_effort,no"], "")),
    Row::of("R20", "not met", || listed("reversible,backups_affected", &["2026-07-02T10:00:00Z,no,no"], "")),
    Row::of("R20", "no conclusion", || listed("reversible,backups_affected", &["2026-07-02T10:00:00Z,,no"], "")),
];

/// One change with the suite of rules that it passed, and an entry of the audit log beside it.
fn logged(action: Option<&str>) -> Files {
    let shop = Shop::new().land(&Work::default());
    let ids = shop.ids();
    let suite = serde_json::json!([{
        "id": 1, "result": "pass", "ref": "refs/heads/main", "repository_name": "shop",
        "before_sha": ids[0], "after_sha": ids[1], "pushed_at": "2026-07-02T10:00:00Z",
    }]);
    let shop = shop.file("suites.json", &suite.to_string()).plan("[[guardrail_events]]\npath = \"suites.json\"");
    let Some(action) = action else { return shop.files() };
    let entry = serde_json::json!([{
        "_document_id": "a", "action": action, "repo": "example/shop", "created_at": 1_783_000_000_000_u64,
    }]);
    shop.file("log.json", &entry.to_string()).plan("[[guardrail_events]]\npath = \"log.json\"").files()
}

/// A rule for the AI class alone.
const RULE: &str =
    "[[policy]]\nid = \"sign-off\"\nkind = \"senior_sign_off\"\napplies_to = \"ai\"\nfrom = 2026-06-01\n";

/// Wider than the shipped margin, and set by the audited party alone.
const LENIENT: &str = "[criteria]
R09.upper_limit = { at_most = 5.0, set_by = \"audited_party\" }
R10.upper_limit = { at_most = 5.0, set_by = \"audited_party\" }
";

/// A rule that does not ask for the final revision.
const SCORECARD: &str = "[criteria]\nR03.rule = { norm = \"scorecard-code-review\", set_by = \"auditor\" }\n";

fn one_marked() -> Shop {
    Shop::new().land(&Work { marked: true, ..Work::default() })
}

/// One change with one approval.
fn approved(marked: bool, by: usize, of_final: bool) -> Shop {
    let approval = Some(Approval { by, after: 3_600, of_final });
    Shop::new().land(&Work { marked, approval, ..Work::default() })
}

/// Nineteen AI-assisted changes with an approval and one without.
fn nearly_all() -> Shop {
    let approval = |by| Some(Approval { by, after: 3_600, of_final: true });
    let approvals = (0..20).map(|number| if number == 0 { approval(1) } else { approval(2) });
    Shop::new().land_each(approvals.map(|approval| Work { marked: true, approval, ..Work::default() }))
}

/// So many of so many changes are reverted a day later, with AI and without; the last commit lets all be watched.
fn reverted(ai: (usize, usize), rest: (usize, usize), criteria: &str) -> Shop {
    let change = |marked| Work { marked, ..Work::default() };
    let works = (0..ai.1).map(|_| change(true)).chain((0..rest.1).map(|_| change(false)));
    let shop = Shop::new().land_each(works);
    let ids = shop.ids();
    // The first commit of all lies before the period.
    let (with_ai, without) = ids[1..].split_at(ai.1);
    let failed = with_ai[..ai.0].iter().chain(&without[..rest.0]);
    // Reverts are changes without AI that did not fail themselves.
    let undo = |id: &String| Work { day: 2, body: format!("This reverts commit {id}."), ..Work::default() };
    let reverts: Vec<Work> = failed.map(undo).collect();
    shop.land_each(reverts).land(&Work { day: 91, ..Work::default() }).plan(criteria)
}

const HEADER: &str =
    "id,severity,started_at,ai_role,operation_class,senior_obtained,tested_workflow,recorded_cause,resolved_at\n";

/// An operation on record with a senior approval before it and a tested workflow.
const OPERATION: &str = "I-9,4,2026-07-02T10:00:00Z,none,O3,yes,yes,other";

/// A change of an environment, approved or not.
fn environment(approved: bool) -> Shop {
    let approval = approved.then_some(Approval { by: 2, after: 3_600, of_final: true });
    let files = vec![("envs/prod/main.tf".into(), Some("# a comment\n"))];
    Shop::new().land(&Work { files, approval, ..Work::default() }).exported()
}

/// Four changes announced as minor, so many of which delete an environment.
fn minor(beyond: usize, set_by: &str) -> Shop {
    let file = || "envs/prod/main.tf".to_owned();
    let made = Work { day: -1, files: vec![(file(), Some("# a comment\n"))], ..Work::default() };
    let small = |number| {
        let files = if number < beyond { vec![(file(), None)] } else { Vec::new() };
        Work { subject: "Minor change", files, ..Work::default() }
    };
    let criterion = format!("[criteria]\nR08.share = {{ at_most = 0.1, set_by = \"{set_by}\" }}");
    Shop::new().land(&made).land_each((0..4).map(small)).plan(&criterion)
}

/// So many of so many changes add a test that is not run, with AI and without.
fn weakened(ai: (usize, usize), rest: (usize, usize), set_by: &str) -> Shop {
    let change = |marked: bool, number: usize, weakens: bool| {
        let skip = "func TestTill(t *testing.T) {\n\tt.Skip(\"later\")\n}\n";
        let path = format!("till/a{number}_{marked}_test.go");
        let files = if weakens { vec![(path, Some(skip))] } else { Vec::new() };
        Work { marked, files, ..Work::default() }
    };
    let with_ai = (0..ai.1).map(|number| change(true, number, number < ai.0));
    let without = (0..rest.1).map(|number| change(false, number, number < rest.0));
    let criterion = format!("[criteria]\nR17.upper_limit = {{ at_most = 1.25, set_by = \"{set_by}\" }}");
    Shop::new().land_each(with_ai.chain(without)).plan(&criterion)
}

const INCIDENTS: &str = "[[incidents]]\npath = \"incidents.csv\"\nprofile = \"generic-csv\"";

fn with_incidents(shop: Shop) -> Shop {
    with_records(shop, &["I-1,4,2026-07-02T10:00:00Z,none,,,,other"])
}

fn with_records(shop: Shop, rows: &[&str]) -> Shop {
    shop.file("incidents.csv", &records(rows)).plan(INCIDENTS)
}

fn records(rows: &[&str]) -> String {
    rows.iter().fold(HEADER.to_owned(), |mut text, row| {
        let _ = writeln!(text, "{row},2026-07-03T10:00:00Z");
        text
    })
}

/// Incident records, with the doctrine of the register or without a register.
fn incidents(rows: &[&str], doctrine: bool) -> Files {
    let rows = records(rows);
    let register = "schema = \"monitoring-register/0.1\"\ncontroller = \"Shop\"\n[doctrine]\nagent_may_execute = \"O1\"\nO3 = { needs = [\"senior_approval\"] }\n";
    let tables = if doctrine { format!("{INCIDENTS}\n[register]\npath = \"register.toml\"") } else { INCIDENTS.into() };
    bare(&tables, &[("incidents.csv", &rows), ("register.toml", register)])
}

/// Incidents by their start and further columns, and the criteria of the plan.
fn listed(columns: &str, rows: &[&str], criteria: &str) -> Files {
    let rows = rows.iter().enumerate().fold(String::new(), |mut text, (at, row)| {
        let _ = writeln!(text, "I-{at},{row}");
        text
    });
    let incidents = format!("id,started_at,{columns}\n{rows}");
    bare(&format!("{INCIDENTS}\n{criteria}"), &[("incidents.csv", &incidents)])
}

/// An incident of a declared scope and with regions, and how many scopes may be unknown.
fn scoped(at_most: f64, scope: &str, regions: &str) -> Files {
    let row = format!("2026-07-02T10:00:00Z,{scope},{regions}");
    let criteria = format!("[criteria]\nR11.unknown_share = {{ at_most = {at_most}, set_by = \"agreement\" }}");
    listed("impact_scope,regions", &[&row], &criteria)
}

/// An incident after a change, from 10 until the given hour; half of them should take four hours at most.
fn restored(set_by: &str, until: u8) -> Files {
    let criteria = format!("[criteria]\nR13.median_hours = {{ at_most = 4, set_by = \"{set_by}\" }}");
    let row = format!("2026-07-02T10:00:00Z,CHG0000001,2026-07-02T{until}:00:00Z");
    listed("change_cause,resolved_at", &[&row], &criteria)
}

/// An incident with or without a cause, half of all to be traced.
fn traced(set_by: &str, cause: &str) -> Files {
    let criteria = format!("[criteria]\nR15.traced_share = {{ at_least = 0.5, set_by = \"{set_by}\" }}");
    listed("change_cause", &[&format!("2026-07-02T10:00:00Z,{cause}")], &criteria)
}

/// Severe incidents in the quarter before and in the audited one.
fn severe(before: usize, now: usize) -> Files {
    let row = |number: usize, month| format!("I-{month}-{number},1,2026-{month}-02T10:00:00Z,none,,,,other");
    let mut rows: Vec<String> = (0..before).map(|number| row(number, "05")).collect();
    rows.extend((0..now).map(|number| row(number, "08")));
    incidents(&rows.iter().map(String::as_str).collect::<Vec<_>>(), false)
}
