//! Settings files of AI tools in JSON: Claude Code (`managed-settings.json`, `.claude/settings.json`), Gemini CLI
//! (`.gemini/settings.json`) and GitHub Copilot in VS Code (`settings.json`).
//!
//! Each tool's own keys are turned into the variables that [`ai_switches`] knows, so that one table decides. Sources are
//! named there; hook events: code.claude.com/docs/en/hooks.

use super::ai_switches::{self, Setting};
use super::tree::{Item, step};
use super::{Body, Doc, Reading, scrub};
use crate::facts::capture::{Capture, FlowRole, Population};

/// Hook events that are handed what a person typed or did.
const EVENTS: [&str; 5] = ["UserPromptSubmit", "PreToolUse", "PostToolUse", "Stop", "SessionEnd"];

/// Words of a hook command that keeps or sends what it is handed.
const KEEPS: [&str; 9] = ["curl", "wget", "http", ">>", "tee ", "log", "otel", "telemetry", "audit"];

/// VS Code settings and the variables they stand for.
const VSCODE: [(&str, &str); 3] = [
    ("github.copilot.chat.otel.enabled", "COPILOT_OTEL_ENABLED"),
    ("github.copilot.chat.otel.captureContent", "COPILOT_OTEL_CAPTURE_CONTENT"),
    ("github.copilot.chat.otel.otlpEndpoint", "COPILOT_OTEL_ENDPOINT"),
];

/// Keys below `telemetry` of Gemini CLI and the variables they stand for.
const GEMINI: [(&str, &str); 3] = [
    ("enabled", "GEMINI_TELEMETRY_ENABLED"),
    ("logPrompts", "GEMINI_TELEMETRY_LOG_PROMPTS"),
    ("otlpEndpoint", "GEMINI_TELEMETRY_OTLP_ENDPOINT"),
];

/// Reads a settings file.
pub(super) fn read(doc: &Doc<'_>) -> Option<Reading> {
    let Body::Json(root) = &doc.body else { return None };
    let mut reading = claude(doc, root).or_else(|| vscode(doc, root)).or_else(|| gemini(doc, root))?;
    if reading.captures.is_empty() {
        reading.captures.push(doc.nothing(reading.format, FlowRole::Collect));
    }
    Some(reading)
}

fn setting(name: &str, item: &Item, pointer: String) -> Setting {
    Setting { name: name.to_owned(), value: item.shown(), line: None, pointer: Some(pointer) }
}

fn claude(doc: &Doc<'_>, root: &Item) -> Option<Reading> {
    let env = root.get("env").map(Item::entries).unwrap_or_default();
    let switches = env.iter().any(|entry| ai_switches::known(&entry.key));
    let schema = root.text_of("$schema").is_some_and(|schema| schema.contains("claude-code-settings"));
    let events = root.get("hooks").is_some_and(|hooks| EVENTS.iter().any(|event| hooks.get(event).is_some()));
    let named = doc.name == "managed-settings.json" || doc.path.contains(".claude/settings");
    if !(switches || schema || events || named) {
        return None;
    }
    let mut reading = Reading::new("claude-settings");
    let settings: Vec<Setting> =
        env.iter().map(|entry| setting(&entry.key, &entry.item, step("/env", &entry.key))).collect();
    ai_switches::read(doc, &settings, &mut reading);
    for event in EVENTS {
        let groups = root.at(&["hooks", event]).map(Item::items).unwrap_or_default();
        for (n, group) in groups.iter().enumerate() {
            hooks(doc, event, &format!("/hooks/{event}/{n}/hooks"), group, &mut reading);
        }
    }
    Some(reading)
}

/// A hook may keep what it is handed; whether it does stands in another program.
fn hooks(doc: &Doc<'_>, event: &str, pointer: &str, group: &Item, reading: &mut Reading) {
    let commands = group.get("hooks").map(Item::items).unwrap_or_default();
    for (n, hook) in commands.iter().enumerate() {
        let text = hook.text_of("command").or_else(|| hook.text_of("url")).unwrap_or_default().to_lowercase();
        if KEEPS.iter().any(|word| text.contains(word)) {
            let capture = doc.capture(reading.format, "capture-hook", format!("hooks.{event}"));
            reading.captures.push(Capture {
                pointer: Some(format!("{pointer}/{n}")),
                population: Population::Workers,
                low_confidence: true,
                open_flow: true,
                ..capture
            });
        }
    }
}

fn vscode(doc: &Doc<'_>, root: &Item) -> Option<Reading> {
    let settings: Vec<Setting> =
        VSCODE.iter().filter_map(|(key, name)| Some(setting(name, root.get(key)?, step("", key)))).collect();
    if settings.is_empty() {
        return None;
    }
    let mut reading = Reading::new("vscode-settings");
    ai_switches::read(doc, &settings, &mut reading);
    named_as_written(&VSCODE, "", &mut reading);
    Some(reading)
}

fn gemini(doc: &Doc<'_>, root: &Item) -> Option<Reading> {
    let telemetry = root.get("telemetry").filter(|telemetry| telemetry.is_map())?;
    let own = ["logPrompts", "otlpEndpoint", "target", "outfile"].iter().any(|key| telemetry.get(key).is_some());
    if !own && !doc.path.contains(".gemini/") {
        return None;
    }
    let mut reading = Reading::new("gemini-settings");
    let settings: Vec<Setting> = GEMINI
        .iter()
        .filter_map(|(key, name)| Some(setting(name, telemetry.get(key)?, step("/telemetry", key))))
        .collect();
    ai_switches::read(doc, &settings, &mut reading);
    named_as_written(&GEMINI, "telemetry.", &mut reading);
    Some(reading)
}

/// Quotes the key that stands in the file, not the variable it stands for.
fn named_as_written(names: &[(&str, &str)], prefix: &str, reading: &mut Reading) {
    for capture in &mut reading.captures {
        for (key, name) in names {
            if let Some(rest) = capture.setting.strip_prefix(name) {
                capture.setting = scrub::quote(&format!("{prefix}{key}{rest}"));
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::NOTHING;
    use super::super::tests::read_text;
    use crate::facts::capture::{Basis, Node};

    #[test]
    fn managed_settings_are_cited_by_pointer() {
        let text = r#"{"env":{"CLAUDE_CODE_ENABLE_TELEMETRY":"1","OTEL_LOG_TOOL_DETAILS":"1",
            "OTEL_EXPORTER_OTLP_ENDPOINT":"http://collector:4317"},"apiKeyHelper":"hunter2"}"#;
        let reading = read_text("etc/managed-settings.json", text);
        assert_eq!(reading.format, "claude-settings");
        let found: Vec<_> = reading.captures.iter().map(|c| (c.what, c.pointer.as_deref(), c.axes.d)).collect();
        assert_eq!(
            found,
            [
                ("capture-ai-usage", Some("/env/CLAUDE_CODE_ENABLE_TELEMETRY"), Some(1)),
                ("capture-command-details", Some("/env/OTEL_LOG_TOOL_DETAILS"), Some(2)),
            ]
        );
        assert_eq!(reading.flows[0].to, Node::Endpoint("collector:4317".into()));
        assert!(reading.captures.iter().all(|c| c.line.is_none()));
    }

    #[test]
    fn gemini_logs_prompts_by_default() {
        let reading = read_text(".gemini/settings.json", r#"{"telemetry":{"enabled":true,"target":"gcp"}}"#);
        let prompt = reading.captures.iter().find(|c| c.what == "capture-prompt-text").unwrap();
        assert_eq!((prompt.basis, prompt.axes.d, prompt.axes.s), (Basis::Default, Some(3), Some(2)));
        let off = read_text("x/settings.json", r#"{"telemetry":{"enabled":true,"logPrompts":false}}"#);
        assert_eq!(off.captures.len(), 1);
    }

    #[test]
    fn copilot_content_is_quoted_by_the_key_in_the_file() {
        let text = "{ // user settings\n\"github.copilot.chat.otel.enabled\": true,\n\"github.copilot.chat.otel.captureContent\": true,\n}";
        let reading = read_text(".vscode/settings.json", text);
        let content = reading.captures.iter().find(|c| c.what == "capture-ai-messages").unwrap();
        assert_eq!(content.setting, "github.copilot.chat.otel.captureContent=true");
        assert_eq!(content.pointer.as_deref(), Some("/github.copilot.chat.otel.captureContent"));
    }

    #[test]
    fn a_hook_that_sends_is_unknown_in_depth_and_a_formatter_is_nothing() {
        let text = r#"{"hooks":{"UserPromptSubmit":[{"hooks":[{"type":"command","command":"curl -H 'x: hunter2' https://x"}]}]}}"#;
        let reading = read_text(".claude/settings.json", text);
        assert_eq!(reading.captures[0].what, "capture-hook");
        assert_eq!(reading.captures[0].axes.d, None);
        assert!(!format!("{reading:?}").contains("hunter2"));
        let text = r#"{"hooks":{"PostToolUse":[{"hooks":[{"type":"command","command":"cargo fmt"}]}]}}"#;
        assert_eq!(read_text(".claude/settings.json", text).captures[0].what, NOTHING);
    }
}
