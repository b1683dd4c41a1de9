//! Tests of the way from a plan entry to facts; each reader's own tests stand beside it.

use std::path::Path;

use super::*;
use crate::plan::Period;
use crate::sources::Quiet;

/// What the readers make of one text.
pub(super) fn read_text(name: &str, text: &str) -> Reading {
    understand(name, text.as_bytes()).expect("can be read").expect("has a reader")
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?} {:?} {:?}", self.format, self.captures, self.flows, self.listens)
    }
}

pub(super) fn facts(folder: &Path, entries: &[&str]) -> Facts {
    let period = Period::parse("2026-Q3").expect("a period");
    let mut plan = Plan::for_repository(folder, Some(period)).expect("a plan");
    plan.folder = folder.to_path_buf();
    plan.monitoring = entries.iter().map(|&entry| entry.to_owned()).collect();
    let mut facts = Facts::default();
    read(&plan, &[], &Quiet, &mut facts).expect("reading ends");
    facts
}

pub(super) fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    std::fs::write(path, bytes).expect("a file");
}

const ENV: &[u8] = b"CLAUDE_CODE_ENABLE_TELEMETRY=1\nOTEL_EXPORTER_OTLP_ENDPOINT=http://otel-collector:4317\n";
const COLLECTOR: &[u8] = b"receivers:\n  otlp:\n    protocols:\n      grpc:\n        endpoint: 0.0.0.0:4317\nexporters:\n  otlphttp:\n    endpoint: http://loki:3100\nservice:\n  pipelines:\n    logs:\n      receivers: [otlp]\n      exporters: [otlphttp]\n";

#[test]
fn every_file_of_a_folder_is_visible_in_one_way() {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), "infra/ai.env", ENV);
    write(dir.path(), "infra/broken.yaml", b"a: 1\nb: [\nc: }\n");
    write(dir.path(), "infra/README.md", b"# OTEL_LOG_USER_PROMPTS=1\n");
    write(dir.path(), "infra/logo.png", &[0x89, 0, 1, 2]);
    write(dir.path(), "infra/.git/config.yaml", b"a: 1");
    write(dir.path(), "infra/sub/main.tf", b"resource \"aws_vpc\" \"v\" {}\n");
    let facts = facts(dir.path(), &["infra/"]);
    let inputs: Vec<_> = facts.inputs.iter().map(|i| (i.path.as_str(), i.format.as_str(), i.records)).collect();
    assert_eq!(
        inputs,
        [
            ("infra/README.md", "unknown", 0),
            ("infra/ai.env", "ai-telemetry-env", 1),
            ("infra/logo.png", "unknown", 0),
            ("infra/sub/main.tf", "terraform", 0),
        ]
    );
    let unknown = facts.captures.iter().find(|c| c.file == "infra/README.md").expect("a row");
    assert_eq!((unknown.what, unknown.format.as_str(), unknown.axes), (NOT_READ, "unknown", Axes::default()));
    assert_eq!(facts.refused.len(), 1);
    assert_eq!(
        (facts.refused[0].reason, facts.refused[0].path.as_str()),
        (RefusalReason::Unreadable, "infra/broken.yaml")
    );
    assert!(facts.refused[0].at.is_some());
    assert!(facts.has(Kind::Monitoring));
}

#[test]
fn a_folder_without_a_known_file_is_not_read_as_monitoring() {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), "x/values.yaml", b"a: 1\n");
    let facts = facts(dir.path(), &["x"]);
    assert!(!facts.has(Kind::Monitoring));
    assert_eq!(facts.captures[0].what, NOT_READ);
}

#[test]
fn a_single_file_is_named_as_written() {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), "ai.env", ENV);
    let facts = facts(dir.path(), &["ai.env"]);
    assert_eq!((facts.inputs[0].path.as_str(), facts.captures[0].file.as_str()), ("ai.env", "ai.env"));
    assert_eq!(facts.inputs[0].sha256, sha256_hex(ENV));
}

#[cfg(unix)]
#[test]
fn links_are_refused_and_not_followed() {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), "outside/secret.env", ENV);
    write(dir.path(), "infra/ok.env", ENV);
    std::os::unix::fs::symlink(dir.path().join("outside"), dir.path().join("infra/link")).expect("a link");
    std::os::unix::fs::symlink(dir.path().join("outside"), dir.path().join("root")).expect("a link");
    let facts = facts(dir.path(), &["infra", "root"]);
    let refused: Vec<_> = facts.refused.iter().map(|r| (r.path.as_str(), r.reason)).collect();
    assert_eq!(refused, [("infra/link", RefusalReason::NotAFile), ("root", RefusalReason::NotAFile)]);
    assert_eq!(facts.captures.len(), 1);
}

#[test]
fn a_file_of_300_megabytes_is_refused_unread() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = std::fs::File::create(dir.path().join("big.json")).expect("a file");
    file.set_len(300 << 20).expect("a sparse file");
    let facts = facts(dir.path(), &["big.json"]);
    assert_eq!(facts.refused[0].reason, RefusalReason::TooLarge);
}

#[test]
fn hostile_bytes_never_crash_and_never_read_as_empty() {
    for name in ["a.json", "a.yaml", "a.tf", "a.env", "a.csv", "a", "a.template"] {
        for bytes in
            [&b"\0\0\0"[..], b"\xff\xfe\x00", b"\xff\xfe\x00\xd8", b"", b"{", b"[[[[", b"a=\xff", b"\xef\xbb\xbf"]
        {
            if let Ok(Some(reading)) = understand(name, bytes) {
                assert!(!reading.captures.is_empty());
            }
        }
        let deep = "[".repeat(1_000_000);
        assert!(!matches!(understand(name, deep.as_bytes()), Ok(Some(_))), "{name}");
        for deep in [format!("a = {}", "(".repeat(1_000_000)), "- ".repeat(1_000_000), "a = ".repeat(1_000_000)] {
            assert!(!matches!(understand(name, deep.as_bytes()), Ok(Some(_))), "{name}");
        }
        for depth in [50, 60, 63, 64, 127] {
            let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            assert!(!matches!(understand(name, deep.as_bytes()), Ok(Some(_))), "{name}");
            let deep = format!("a = {deep}");
            assert!(!matches!(understand(name, deep.as_bytes()), Err((RefusalReason::Unreadable, None, _))), "{name}");
        }
    }
}

#[test]
fn an_export_in_utf_16_is_read() {
    let text = "Identity,AllowTranscription\r\nGlobal,True\r\n";
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let reading = understand("m.csv", &bytes).expect("read").expect("a reader");
    assert_eq!(reading.captures[0].what, "capture-meeting-transcription");
}

#[test]
fn a_collector_carries_what_its_known_sender_sends() {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), "infra/ai.env", ENV);
    write(dir.path(), "infra/collector.yaml", COLLECTOR);
    let facts = facts(dir.path(), &["infra"]);
    let collector = facts.captures.iter().find(|c| c.format == "otel-collector").expect("a capture");
    assert_eq!((collector.axes.s, collector.axes.d), (Some(3), Some(1)), "the sender's prompt text is off");
    assert_eq!(collector.population, Population::Workers);
    let edge = facts.flows.iter().any(|flow| {
        flow.from == Node::Endpoint("otel-collector:4317".into())
            && flow.to == Node::File("infra/collector.yaml".into())
    });
    assert!(edge);
    assert!(collector.open_flow, "the store is not in the audit set");
}

#[test]
fn a_stranger_on_the_same_port_is_not_joined() {
    let dir = tempfile::tempdir().expect("a folder");
    write(
        dir.path(),
        "infra/ai.env",
        b"CLAUDE_CODE_ENABLE_TELEMETRY=1\nOTEL_EXPORTER_OTLP_ENDPOINT=http://tempo:4317\n",
    );
    write(dir.path(), "infra/collector.yaml", COLLECTOR);
    let facts = facts(dir.path(), &["infra"]);
    assert!(!facts.flows.iter().any(|flow| flow.to == Node::File("infra/collector.yaml".into())));
}

#[test]
fn every_what_that_is_written_in_a_reader_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sources/monitoring");
    let mut used = std::collections::BTreeSet::from([NOT_READ.to_owned(), NOTHING.to_owned()]);
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a source file");
        let reader = !path.ends_with("mod.rs") && !path.ends_with("tests.rs");
        for word in text.split('"').filter(|word| word.starts_with("capture-") && word.len() > 8 && !word.contains(' '))
        {
            assert!(WHATS.contains(&word), "{word} is not in WHATS");
            used.extend(reader.then(|| word.to_owned()));
        }
    }
    let mut sorted = WHATS.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), WHATS.len());
    assert_eq!(used.len(), WHATS.len(), "an id that no reader emits");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_crashes_a_query_reader_or_a_quotation(
        text in "([ -~éß\n]|select |count\\(|by \\(|user_id|sum|=|@|://|token=|\\{\\{|\\$\\{){0,60}"
    ) {
        let _ = (sql::rows(&text), promql::series(&text), scrub::endpoint(&text));
        let quoted = scrub::quote(&text);
        proptest::prop_assert!(quoted.chars().count() <= 120);
        let board = serde_json::json!({ "schemaVersion": 39, "panels": [
            { "title": text, "targets": [{ "rawSql": text }, { "expr": text, "legendFormat": text }] }
        ] });
        let read = understand("d.json", board.to_string().as_bytes());
        proptest::prop_assert!(matches!(read, Ok(Some(_))));
        for name in ["a.env", "a.yaml", "a.tf", "a.csv"] {
            let failed = (RefusalReason::Unreadable, None, "its reader failed".to_owned());
            proptest::prop_assert!(understand(name, text.as_bytes()).err() != Some(failed));
        }
    }

    #[test]
    fn an_address_in_any_surrounding_is_removed(before in "[ -~]{0,20}", after in "[ -~]{0,20}") {
        let text = format!("{before} mia.vale@harbour.example {after}");
        proptest::prop_assert!(!scrub::quote(&text).contains("mia.vale@harbour"));
    }
}
