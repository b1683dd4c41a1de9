//! Inputs for every verdict of the checks of surveillance.

use std::path::Path;

use super::Row;
use crate::support::generator::generate;
use crate::support::shop::{Shop, Work, bare};
use crate::support::{Files, edit, git, only};

pub(crate) const ROWS: &[Row] = &[
    Row::of("S01", "met", || declared(USAGE, "monitoring/ai.env", "")),
    Row::of("S01", "not met", || declared(USAGE, "monitoring/other.env", "")),
    Row::of("S01", "met with comments", || {
        let mut files = declared(USAGE, "monitoring/ai.env", "");
        let gone = source("gone", "monitoring/gone.conf", "");
        files.entry("register.toml".into()).and_modify(|text| text.push_str(&gone));
        files
    }),
    Row::of("S01", "no conclusion", || bare(MONITORING, &[("monitoring/ai.env", USAGE)])),
    Row::after("S02", "met", || declared(USAGE, "monitoring/ai.env", TOLD), |folder| switch_on(folder, "2026-07-10")),
    Row::after(
        "S02",
        "not met",
        || declared(USAGE, "monitoring/ai.env", TOLD),
        |folder| {
            switch_on(folder, "2026-07-01");
        },
    ),
    Row::of("S02", "no conclusion", || declared(USAGE, "monitoring/ai.env", TOLD)),
    Row::of("S05", "met", || declared(USAGE, "monitoring/ai.env", "")),
    Row::of("S05", "not met", || declared(PROMPTS, "monitoring/ai.env", "")),
    Row::of("S05", "met with comments", || declared(PROMPTS, "monitoring/ai.env", "necessity = \"docs/need.md\"\n")),
    Row::of("S05", "no conclusion", || with_unread(declared(USAGE, "monitoring/ai.env", ""))),
    Row::of("S06", "met", || {
        meetings("consultation = { body = \"council\", agreement = \"A-1\", date = 2026-06-01 }\n")
    }),
    Row::of("S06", "not met", || meetings("")),
    Row::of("S06", "no conclusion", || with_unread(declared(USAGE, "monitoring/ai.env", ""))),
    Row::of("S09", "met", || log(90, "retention = { min_days = 30, max_days = 183 }\n")),
    Row::of("S09", "not met", || log(0, "retention = { min_days = 30, max_days = 183 }\n")),
    Row::of("S09", "no conclusion", || log(90, "")),
    Row::of("S11", "not met", || monitored(&[])),
    Row::of("S11", "met", board_by_team),
    Row::of("S11", "no conclusion", || bare(MONITORING, &[("monitoring/ai.env", USAGE)])),
    Row::of("S12", "not met", || monitored(&[])),
    Row::of("S12", "met", || monitored(&["monitoring/grafana/agent-activity-by-engineer.json"])),
    Row::of("S12", "no conclusion", || declared(USAGE, "monitoring/ai.env", "")),
    Row::of("S15", "met", || noted(SESSION, "")),
    Row::of("S15", "met with comments", || noted(DIRECTED, &source("notes", "shop.fi", ""))),
    Row::of("S15", "not met", || noted(TRANSCRIPT, &source("notes", "shop.fi", ""))),
    Row::of("S15", "no conclusion", || with_incidents(Shop::new().land(&Work::default())).files()),
    Row::of("S18", "met", || declared(USAGE, "monitoring/ai.env", "")),
    Row::of("S18", "met with comments", || without("agreement = \"A-1\"\n")),
    Row::of("S18", "not met", || without("purpose = \"A test\"\n")),
];

const MONITORING: &str = "[[monitoring]]\npath = \"monitoring\"";
const USAGE: &str = "CLAUDE_CODE_ENABLE_TELEMETRY=1\n";
const PROMPTS: &str = "CLAUDE_CODE_ENABLE_TELEMETRY=1\nOTEL_LOG_USER_PROMPTS=1\n";
const SESSION: &str = r#"{"sessions":{"s":{"agent_id":{"tool":"claude"}}}}"#;
const DIRECTED: &str = r#"{"sessions":{"s":{"agent_id":{"tool":"claude"},"human_author":"Person 1"}}}"#;
const TRANSCRIPT: &str = r#"{"prompts":{"p":{"agent_id":{"tool":"claude"},"messages":[{"text":"hello"}]}}}"#;
const TOLD: &str = "disclosure = { notice = \"docs/notice.md\", date = 2026-07-05, audience = \"all\" }\n";

fn source(id: &str, path: &str, answers: &str) -> String {
    format!(
        "[[source]]\nid = \"{id}\"\nselectors = [{{ path = \"{path}\" }}]\npurposes = [\"dpv:ServiceMonitoring\"]\n{answers}"
    )
}

fn with_incidents(shop: Shop) -> Shop {
    let records = "id,severity,started_at,resolved_at\nI-1,4,2026-07-02T10:00:00Z,2026-07-02T11:00:00Z\n";
    shop.file("incidents.csv", records).plan("[[incidents]]\npath = \"incidents.csv\"\nprofile = \"generic-csv\"")
}

/// One change with this note, incident records without names, and a register with these sources.
fn noted(note: &str, sources: &str) -> Files {
    with_incidents(Shop::new().land(&Work::default()).note(note)).register(sources).files()
}

/// A plan with these configurations and a register.
fn with_register(files: &[(&str, &str)], sources: &str) -> Files {
    let register = format!("schema = \"monitoring-register/0.1\"\ncontroller = \"Shop\"\n{sources}");
    let mut all = bare(&format!("{MONITORING}\n[register]\npath = \"register.toml\""), files);
    all.insert("register.toml".into(), register);
    all
}

/// Settings of an AI tool, and one entry of the register for this path.
fn declared(settings: &str, path: &str, answers: &str) -> Files {
    with_register(&[("monitoring/ai.env", settings)], &source("tools", path, answers))
}

fn with_unread(mut files: Files) -> Files {
    files.insert("monitoring/strange.conf".into(), "a line that no reader knows\n".into());
    files
}

fn without(line: &str) -> Files {
    let mut files = declared(USAGE, "monitoring/ai.env", "");
    edit(&mut files, "audit.toml", line, "");
    files
}

fn meetings(answers: &str) -> Files {
    let table = "tool,setting,value,unit,scope,source_of_export,exported_on\nmeetings,transcription.auto,on,,all employees,admin console,2026-09-01\n";
    with_register(&[("monitoring/meetings.csv", table)], &source("meetings", "monitoring/meetings.csv", answers))
}

fn log(days: u32, answers: &str) -> Files {
    let group = format!(
        "resource \"aws_cloudwatch_log_group\" \"sessions\" {{\n  name = \"/sessions\"\n  retention_in_days = {days}\n}}\n"
    );
    with_register(&[("monitoring/logs.tf", &group)], &source("logs", "monitoring/logs.tf", answers))
}

/// The monitoring of the worked example without some of its files.
fn monitored(removed: &[&str]) -> Files {
    let mut files = generate(1);
    only(&mut files, "[[monitoring]]\npath = \"monitoring\"\n[register]\npath = \"register.toml\"\n");
    files.retain(|path, _| {
        let kept = ["audit.toml", "register.toml"].contains(&path.as_str()) || path.starts_with("monitoring/");
        kept && !removed.contains(&path.as_str())
    });
    files
}

/// The same log, ending on a board per team, and nothing that leads out of the audited files.
fn board_by_team() -> Files {
    let mut files =
        monitored(&["monitoring/grafana/delivery-by-team.json", "monitoring/cloudformation/audit-trail.yaml"]);
    let board = "monitoring/grafana/agent-activity-by-engineer.json";
    edit(&mut files, board, "topk(20, sum by (user_email) (", "(sum by (team) (");
    edit(&mut files, board, "sum by (user_email)", "sum by (team)");
    let metrics =
        "    metrics:\n      receivers: [otlp]\n      processors: [batch]\n      exporters: [prometheusremotewrite]\n";
    edit(&mut files, "monitoring/otel/collector.yaml", metrics, "");
    files
}

/// The monitoring folder is a work tree: begun without the setting, which was committed on this day.
fn switch_on(folder: &Path, day: &str) {
    let tree = folder.join("monitoring");
    let (before, at) = ("2026-06-01T10:00:00Z", format!("{day}T10:00:00Z"));
    git(&tree, before, &["init", "--quiet"]);
    git(&tree, before, &["commit", "--quiet", "--allow-empty", "--message", "Begin"]);
    git(&tree, &at, &["add", "ai.env"]);
    git(&tree, &at, &["commit", "--quiet", "--message", "Switch it on"]);
}
