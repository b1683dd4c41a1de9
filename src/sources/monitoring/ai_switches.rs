//! The documented telemetry switches of AI coding tools, wherever they are written: an environment file, or the `env`
//! block of a settings file.
//!
//! Sources: Claude Code, code.claude.com/docs/en/monitoring-usage (events carry `user.email` when it is known; prompt
//! text, answers, tool details, tool content and raw bodies are off until switched on; answers follow the prompt switch
//! when unset). Gemini CLI, docs/cli/telemetry.md (`logPrompts` is on by default). GitHub Copilot,
//! docs.github.com/en/copilot/reference/enterprise-administrators/opentelemetry-reference and the VS Code guide.
//! OpenTelemetry, opentelemetry.io/docs/specs/otel/protocol/exporter.

use super::{Doc, Reading, scrub, tree};
use crate::facts::capture::{Axes, Basis, Capability, Capture, FlowRole, Population};

/// A setting as it is written.
pub(super) struct Setting {
    /// Name of the variable.
    pub(super) name: String,
    /// Value without quotation marks.
    pub(super) value: String,
    /// Line, in text.
    pub(super) line: Option<u32>,
    /// JSON pointer, in JSON.
    pub(super) pointer: Option<String>,
}

/// The switch that turns a tool's telemetry on.
struct Master {
    name: &'static str,
    /// Subject level of every record; `low` when it depends on how people log in.
    subject: u8,
    low: bool,
}

/// A switch that adds content.
struct Content {
    name: &'static str,
    master: Option<usize>,
    what: &'static str,
    depth: u8,
    /// Used when the switch is unset and the master is on.
    default_on: bool,
    /// Another switch that is followed when this one is unset.
    follows: Option<&'static str>,
}

const MASTERS: [Master; 3] = [
    Master { name: "CLAUDE_CODE_ENABLE_TELEMETRY", subject: 3, low: false },
    Master { name: "GEMINI_TELEMETRY_ENABLED", subject: 2, low: true },
    Master { name: "COPILOT_OTEL_ENABLED", subject: 2, low: true },
];

const fn content(name: &'static str, master: Option<usize>, what: &'static str, depth: u8) -> Content {
    Content { name, master, what, depth, default_on: false, follows: None }
}

const CONTENTS: [Content; 8] = [
    content("OTEL_LOG_USER_PROMPTS", Some(0), "capture-prompt-text", 3),
    Content {
        follows: Some("OTEL_LOG_USER_PROMPTS"),
        ..content("OTEL_LOG_ASSISTANT_RESPONSES", Some(0), "capture-answer-text", 3)
    },
    content("OTEL_LOG_TOOL_DETAILS", Some(0), "capture-command-details", 2),
    content("OTEL_LOG_TOOL_CONTENT", Some(0), "capture-tool-content", 3),
    content("OTEL_LOG_RAW_API_BODIES", Some(0), "capture-whole-conversation", 3),
    Content { default_on: true, ..content("GEMINI_TELEMETRY_LOG_PROMPTS", Some(1), "capture-prompt-text", 3) },
    content("COPILOT_OTEL_CAPTURE_CONTENT", Some(2), "capture-ai-messages", 3),
    content("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", None, "capture-ai-messages", 3),
];

const ENDPOINTS: [&str; 6] = [
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
    "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    "GEMINI_TELEMETRY_OTLP_ENDPOINT",
    "COPILOT_OTEL_ENDPOINT",
];

const EXPORTERS: [&str; 3] = ["OTEL_METRICS_EXPORTER", "OTEL_LOGS_EXPORTER", "OTEL_TRACES_EXPORTER"];

/// Whether a variable is one that the table knows.
pub(super) fn known(name: &str) -> bool {
    MASTERS.iter().any(|master| master.name == name)
        || CONTENTS.iter().any(|content| content.name == name)
        || ENDPOINTS.contains(&name)
        || EXPORTERS.contains(&name)
}

/// Adds what the settings capture and where they send it. Of a variable set twice the last one counts.
pub(super) fn read(doc: &Doc<'_>, settings: &[Setting], reading: &mut Reading) {
    let last = |name: &str| settings.iter().rev().find(|setting| setting.name == name);
    let sends = !EXPORTERS.iter().any(|name| last(name).is_some())
        || EXPORTERS.iter().filter_map(|name| last(name)).any(|setting| sends(&setting.value));
    let states: Vec<Capability> = MASTERS.iter().map(|master| state(last(master.name), sends)).collect();
    for (master, capability) in MASTERS.iter().zip(&states) {
        if let Some(setting) = last(master.name).filter(|_| *capability != Capability::None) {
            let usage = capture(doc, reading.format, setting, "capture-ai-usage");
            let axes = Axes { s: Some(master.subject), d: Some(1), t: Some(3), m: Some(1), x: Some(0), r: None };
            let decided = *capability != Capability::Unknown;
            let axes = if decided { axes } else { Axes::default() };
            let capture = Capture { axes, capability: *capability, low_confidence: master.low || !decided, ..usage };
            reading.captures.push(capture);
        }
    }
    for rule in &CONTENTS {
        reading.captures.extend(content_capture(doc, reading.format, rule, &states, &last));
    }
    for setting in ENDPOINTS.iter().filter_map(|name| last(name)) {
        if let Some(to) = scrub::endpoint(&setting.value) {
            reading.flows.push(doc.flow(doc.node(), to, setting.line, setting.pointer.clone()));
        }
    }
}

/// An exporter that leaves the machine.
fn sends(value: &str) -> bool {
    value.split(',').any(|part| !matches!(part.trim(), "none" | "console" | ""))
}

/// The state of a master switch: none when it is off or absent.
fn state(setting: Option<&Setting>, sends: bool) -> Capability {
    match setting.map(|setting| truth(&setting.value)) {
        Some(Some(true)) if sends => Capability::Configured,
        Some(Some(true)) => Capability::Latent,
        Some(None) => Capability::Unknown,
        Some(Some(false)) | None => Capability::None,
    }
}

/// On, off, or computed elsewhere. `file:<dir>` is how raw bodies are written to disk.
fn truth(value: &str) -> Option<bool> {
    if value.starts_with("file:") { Some(true) } else { tree::truth(value) }
}

fn content_capture<'a>(
    doc: &Doc<'_>,
    format: &str,
    rule: &Content,
    states: &[Capability],
    last: &impl Fn(&str) -> Option<&'a Setting>,
) -> Option<Capture> {
    let master = rule.master.map(|at| (&MASTERS[at], states[at]));
    let on = master.is_some_and(|(_, state)| state == Capability::Configured);
    let own = last(rule.name);
    let followed = rule.follows.and_then(last).filter(|_| own.is_none());
    let by_default =
        master.filter(|_| rule.default_on && own.is_none() && on).and_then(|(master, _)| last(master.name));
    let (setting, basis) = match (own, followed, by_default) {
        (Some(setting), _, _) => (setting, Basis::Explicit),
        (None, Some(setting), _) | (None, None, Some(setting)) => (setting, Basis::Default),
        (None, None, None) => return None,
    };
    let value = truth(&setting.value);
    if value == Some(false) {
        return None;
    }
    // The master may be set elsewhere: a content switch alone says what would be sent, not whether it is.
    let capability = match master {
        Some((master, Capability::None)) if last(master.name).is_some() => Capability::Latent,
        Some((_, Capability::None)) => Capability::Unknown,
        Some((_, state)) => state,
        None => Capability::Configured,
    };
    let found = capture(doc, format, setting, rule.what);
    let setting = if basis == Basis::Default { format!("{} unset", rule.name) } else { found.setting.clone() };
    let subject = master.map(|(master, _)| master.subject);
    let axes = Axes { s: subject, d: Some(rule.depth), t: Some(3), m: Some(2), x: Some(0), r: None };
    let low = master.is_none_or(|(master, _)| master.low);
    let base = Capture { setting, basis, ..found };
    if value.is_none() {
        return Some(Capture { capability: Capability::Unknown, low_confidence: true, ..base });
    }
    Some(Capture { axes, capability, low_confidence: low, ..base })
}

fn capture(doc: &Doc<'_>, format: &str, setting: &Setting, what: &'static str) -> Capture {
    let text = scrub::assignment(&setting.name, "=", &setting.value);
    let capture = doc.capture(format, what, text);
    Capture {
        line: setting.line,
        pointer: setting.pointer.clone(),
        population: Population::Workers,
        role: FlowRole::Collect,
        ..capture
    }
}
