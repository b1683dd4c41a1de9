//! Environment files (`KEY=VALUE`, `export KEY=VALUE`, systemd `Environment=`) that hold telemetry switches of AI
//! tools. Commented lines are not settings.

use super::ai_switches::{self, Setting};
use super::{Body, Doc, Reading};
use crate::facts::capture::FlowRole;

const FORMAT: &str = "ai-telemetry-env";

/// Endings of files in which an assignment is a setting, not an example.
const ENDINGS: [&str; 8] = [".env", ".sh", ".bash", ".zsh", ".conf", ".service", ".profile", ".envrc"];

/// Reads an environment file that sets at least one known variable.
pub(super) fn read(doc: &Doc<'_>) -> Option<Reading> {
    let named = ENDINGS.iter().any(|ending| doc.name.ends_with(ending))
        || doc.name.starts_with(".env")
        || !doc.name.contains('.');
    if !matches!(doc.body, Body::Plain) || !named {
        return None;
    }
    let settings: Vec<Setting> =
        (1_u32..).zip(doc.text.lines()).filter_map(|(line, text)| setting(line, text)).collect();
    if !settings.iter().any(|setting| ai_switches::known(&setting.name)) {
        return None;
    }
    let mut reading = Reading::new(FORMAT);
    ai_switches::read(doc, &settings, &mut reading);
    if reading.captures.is_empty() {
        reading.captures.push(doc.nothing(FORMAT, FlowRole::Collect));
    }
    Some(reading)
}

fn setting(line: u32, text: &str) -> Option<Setting> {
    let text = text.trim();
    let text = text.strip_prefix("export ").unwrap_or(text).trim_start();
    let text = text.strip_prefix("Environment=").map_or(text, |text| text.trim_matches('"'));
    let (name, value) = text.split_once('=')?;
    let first = name.chars().next()?;
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (plain && !first.is_ascii_digit()).then(|| Setting {
        name: name.to_owned(),
        value: value_of(value),
        line: Some(line),
        pointer: None,
    })
}

/// Without quotation marks, or without a comment after it.
fn value_of(text: &str) -> String {
    let text = text.trim();
    for mark in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(mark) {
            return inner.split(mark).next().unwrap_or_default().to_owned();
        }
    }
    text.split(" #").next().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_text;
    use crate::facts::capture::{Basis, Capability, Node};

    #[test]
    fn usage_names_people_by_default_and_a_comment_is_not_a_setting() {
        let reading = read_text(
            "claude-code.env",
            "# x\nCLAUDE_CODE_ENABLE_TELEMETRY=1\nOTEL_LOGS_EXPORTER=otlp\n# OTEL_LOG_USER_PROMPTS=1\nOTEL_LOG_ASSISTANT_RESPONSES=0\n",
        );
        assert_eq!(reading.captures.len(), 1);
        let usage = &reading.captures[0];
        assert_eq!(
            (usage.what, usage.line, usage.axes.s, usage.axes.d),
            ("capture-ai-usage", Some(2), Some(3), Some(1))
        );
        assert_eq!((usage.axes.t, usage.axes.m, usage.capability), (Some(3), Some(1), Capability::Configured));
    }

    #[test]
    fn answers_follow_the_prompt_switch_by_default() {
        let reading = read_text(".env", "CLAUDE_CODE_ENABLE_TELEMETRY=1\nexport OTEL_LOG_USER_PROMPTS=\"1\"\n");
        let whats: Vec<_> = reading.captures.iter().map(|c| (c.what, c.basis, c.axes.d, c.line)).collect();
        assert_eq!(
            whats,
            [
                ("capture-ai-usage", Basis::Explicit, Some(1), Some(1)),
                ("capture-prompt-text", Basis::Explicit, Some(3), Some(2)),
                ("capture-answer-text", Basis::Default, Some(3), Some(2)),
            ]
        );
    }

    #[test]
    fn a_content_switch_without_telemetry_is_latent_or_unknown_never_on() {
        let off = read_text(".env", "CLAUDE_CODE_ENABLE_TELEMETRY=0\nOTEL_LOG_TOOL_CONTENT=1\n");
        assert_eq!(off.captures[0].capability, Capability::Latent);
        let alone = read_text(".env", "OTEL_LOG_TOOL_CONTENT=1\n");
        assert_eq!(alone.captures[0].capability, Capability::Unknown);
        let console = read_text(".env", "CLAUDE_CODE_ENABLE_TELEMETRY=1\nOTEL_LOGS_EXPORTER=console\n");
        assert_eq!(console.captures[0].capability, Capability::Latent);
    }

    #[test]
    fn a_computed_value_is_unknown_not_off() {
        let reading = read_text(".env", "OTEL_LOG_USER_PROMPTS=${PROMPTS}\n");
        assert_eq!(reading.captures[0].axes.d, None);
        assert_eq!(reading.captures[0].capability, Capability::Unknown);
    }

    #[test]
    fn the_endpoint_is_a_flow_and_the_header_is_never_quoted() {
        let reading = read_text(
            ".env",
            "CLAUDE_CODE_ENABLE_TELEMETRY=1\nOTEL_EXPORTER_OTLP_ENDPOINT=https://u:hunter2@otel.example:4318/x\nOTEL_EXPORTER_OTLP_HEADERS=Authorization=Bearer hunter2\n",
        );
        assert_eq!(reading.flows[0].to, Node::Endpoint("otel.example:4318".into()));
        assert!(!format!("{reading:?}").contains("hunter2"));
    }

    #[test]
    fn switches_that_are_off_leave_nothing_about_people() {
        let reading = read_text(".env", "CLAUDE_CODE_ENABLE_TELEMETRY=0\nOTEL_LOG_USER_PROMPTS=0\n");
        assert_eq!(reading.captures.len(), 1);
        assert_eq!((reading.captures[0].axes.s, reading.captures[0].what), (Some(0), super::super::NOTHING));
    }
}
