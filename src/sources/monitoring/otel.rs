//! OpenTelemetry Collector configurations as a graph: receivers, processors, connectors and exporters count only where
//! `service.pipelines` lists them (opentelemetry.io/docs/collector/configuration).
//!
//! The finding of an unreduced pipeline is what is missing: every attribute and body that is sent in passes on. What
//! senders put in stands in other files; [`links`](super::links) joins them where they are in the audit set.

use std::collections::BTreeMap;

use super::otel_rules::{self, Passed, Signal};
use super::tree::{Entry, Item};
use super::{Body, Doc, Reading, persons, scrub};
use crate::facts::capture::{Axes, Basis, Capability, Capture, FlowRole, Node, Population};

/// Format id.
pub(super) const FORMAT: &str = "otel-collector";

/// Receivers that measure machines and services: no records about people.
const MACHINES: [&str; 20] = [
    "hostmetrics",
    "prometheus",
    "prometheus_simple",
    "kubeletstats",
    "k8s_cluster",
    "docker_stats",
    "httpcheck",
    "redis",
    "mysql",
    "postgresql",
    "nginx",
    "apache",
    "rabbitmq",
    "elasticsearch",
    "memcached",
    "statsd",
    "collectd",
    "carbon",
    "haproxy",
    "jmx",
];

/// Receivers that read files of unknown content.
const FILES: [&str; 6] = ["filelog", "journald", "windowseventlog", "k8sobjects", "k8s_events", "otlpjsonfile"];

/// Connectors that turn records into counts.
const COUNTERS: [&str; 5] = ["count", "spanmetrics", "servicegraph", "sum", "exceptions"];

/// What comes in.
#[derive(Debug, Clone, PartialEq)]
struct Came {
    /// Subject and content level; `None` when nobody can tell.
    levels: Option<(u8, u8)>,
    passed: Passed,
}

/// Reads a collector's configuration, plain, under `config` (Helm values) or under `spec.config` (operator resource).
pub(super) fn read(doc: &Doc<'_>) -> Option<Reading> {
    let roots = match &doc.body {
        Body::Yaml(docs) => docs.as_slice(),
        Body::Json(root) => std::slice::from_ref(root),
        _ => return None,
    };
    let mut reading = Reading::new(FORMAT);
    let mut mine = false;
    for root in roots {
        let places = [Some(root), root.get("config"), root.at(&["spec", "config"])];
        for config in places.into_iter().flatten().filter(|config| is_collector(config)) {
            mine = true;
            Collector { doc, config, ai: speaks_of_ai(doc, config) }.read(&mut reading);
        }
    }
    if mine && reading.captures.is_empty() {
        reading.captures.push(doc.nothing(FORMAT, FlowRole::Route));
    }
    mine.then_some(reading)
}

fn is_collector(config: &Item) -> bool {
    config.at(&["service", "pipelines"]).is_some_and(Item::is_map)
        && (config.get("exporters").is_some() || config.get("receivers").is_some())
}

fn speaks_of_ai(doc: &Doc<'_>, config: &Item) -> bool {
    let mut found = persons::speaks_of_ai_tools(doc.path);
    config.each_text(&mut |text| found |= persons::speaks_of_ai_tools(text));
    found
}

struct Collector<'a> {
    doc: &'a Doc<'a>,
    config: &'a Item,
    ai: bool,
}

impl Collector<'_> {
    fn read(&self, reading: &mut Reading) {
        let pipelines = self.config.at(&["service", "pipelines"]).map(Item::entries).unwrap_or_default();
        let mut out: BTreeMap<&str, Option<Came>> = BTreeMap::new();
        // Connectors chain pipelines; a cycle is refused by the collector itself, so as many rounds as pipelines do.
        for _ in 0..pipelines.len().min(64) {
            let before = out.clone();
            for pipeline in pipelines {
                out.insert(&pipeline.key, self.through(pipeline, pipelines, &before));
            }
            if out == before {
                break;
            }
        }
        for pipeline in pipelines {
            if let Some(Some(came)) = out.get(pipeline.key.as_str()) {
                self.capture(pipeline, came, reading);
            }
            self.flows(pipeline, reading);
        }
    }

    /// The state behind the last processor of a pipeline; `None` when only machines are measured.
    fn through(&self, pipeline: &Entry, all: &[Entry], before: &BTreeMap<&str, Option<Came>>) -> Option<Came> {
        let signal = signal(&pipeline.key);
        let mut came: Option<Came> = None;
        for receiver in names(&pipeline.item, "receivers") {
            let one = if self.is_connector(receiver) {
                self.connected(receiver, all, before)
            } else {
                self.received(receiver, signal)
            };
            came = match (came, one) {
                (Some(a), Some(b)) => Some(Came { levels: a.levels.max(b.levels), passed: a.passed.or(&b.passed) }),
                (a, b) => a.or(b),
            };
        }
        let mut came = came?;
        for id in names(&pipeline.item, "processors") {
            match self.config.get("processors").and_then(|all| all.get(id)) {
                Some(config) => otel_rules::apply(id, config, signal, &mut came.passed),
                None => came.passed.low = true,
            }
        }
        Some(came)
    }

    fn is_connector(&self, id: &str) -> bool {
        self.config.get("connectors").is_some_and(|connectors| connectors.get(id).is_some())
    }

    /// What a connector hands on from the pipelines that export to it.
    fn connected(&self, id: &str, all: &[Entry], before: &BTreeMap<&str, Option<Came>>) -> Option<Came> {
        let sources = all.iter().filter(|pipeline| names(&pipeline.item, "exporters").any(|name| name == id));
        let came = sources.filter_map(|pipeline| before.get(pipeline.key.as_str())?.clone());
        let came = came.reduce(|a, b| Came { levels: a.levels.max(b.levels), passed: a.passed.or(&b.passed) })?;
        if !COUNTERS.contains(&kind(id)) {
            return Some(came);
        }
        let mut subject = 0;
        if let Some(config) = self.config.get("connectors").and_then(|all| all.get(id)) {
            config.each_text(&mut |text| subject = subject.max(persons::level(text)));
        }
        let subject = came.passed.subject(subject);
        (subject > 0).then(|| Came { levels: Some((subject, 1)), passed: Passed::default() })
    }

    fn received(&self, id: &str, signal: Signal) -> Option<Came> {
        let passed = Passed::default();
        let kind = kind(id);
        if MACHINES.contains(&kind) {
            return None;
        }
        if FILES.contains(&kind) {
            let mut levels = None;
            if let Some(config) = self.config.get("receivers").and_then(|all| all.get(id)) {
                config.each_text(&mut |text| levels = levels.max(file_levels(text)));
            }
            return Some(Came { levels, passed });
        }
        // Lower level in doubt: spans of services hold queries and URLs; those of AI tools hold messages.
        let depth = match signal {
            Signal::Metrics => 1,
            Signal::Traces if !self.ai => 2,
            Signal::Logs | Signal::Traces => 3,
        };
        Some(Came { levels: Some((3, depth)), passed })
    }

    fn capture(&self, pipeline: &Entry, came: &Came, reading: &mut Reading) {
        if names(&pipeline.item, "exporters").all(|id| self.is_connector(id)) {
            return;
        }
        let processors = pipeline.item.entry("processors");
        let list: Vec<&str> = names(&pipeline.item, "processors").collect();
        let passed = &came.passed;
        let subject = came.levels.map(|(subject, _)| passed.subject(subject));
        let depth = came.levels.map(|(_, depth)| if passed.content { depth.min(1) } else { depth });
        let cleaned = subject == Some(0) && depth.is_some_and(|depth| depth <= 1);
        let (what, minimised) = match (cleaned, passed.reduced()) {
            (true, _) => ("capture-pipeline-cleaned", 0),
            (false, true) => ("capture-pipeline-reduced", 1),
            (false, false) => ("capture-pipeline-unreduced", 2),
        };
        let setting = format!("service.pipelines.{}: processors [{}]", pipeline.key, list.join(", "));
        let line = processors.and_then(|entry| entry.line).or(pipeline.line);
        let when = if passed.sample { 1 } else { 3 };
        let found = self.base(what, scrub::quote(&setting), line);
        reading.captures.push(Capture {
            axes: Axes { s: subject, d: depth, t: Some(when), m: Some(minimised), x: Some(0), r: None },
            role: FlowRole::Transform,
            basis: if passed.reduced() { Basis::Explicit } else { Basis::Absence },
            low_confidence: passed.low,
            ..found
        });
        if passed.added >= 2 {
            let found = self.base("capture-adds-identity", scrub::quote(&setting), line);
            let axes = Axes { s: Some(passed.added), d: Some(1), t: Some(3), m: Some(2), x: Some(0), r: None };
            reading.captures.push(Capture { axes, role: FlowRole::Transform, ..found });
        }
        self.debug(pipeline, subject, depth, reading);
    }

    /// The debug exporter at `verbosity: detailed` prints whole records to the collector's own log.
    fn debug(&self, pipeline: &Entry, subject: Option<u8>, depth: Option<u8>, reading: &mut Reading) {
        for id in names(&pipeline.item, "exporters").filter(|id| matches!(kind(id), "debug" | "logging")) {
            let config = self.config.get("exporters").and_then(|all| all.get(id));
            let entry = config.and_then(|config| config.entry("verbosity").or_else(|| config.entry("loglevel")));
            let Some(entry) = entry.filter(|entry| matches!(entry.item.text(), Some("detailed" | "debug"))) else {
                continue;
            };
            let setting = format!("exporters.{id}.{}: {} ({})", entry.key, entry.item.shown(), pipeline.key);
            let found = self.base("capture-log-lines", scrub::quote(&setting), entry.line);
            let axes = Axes { s: subject, d: depth, t: Some(3), m: Some(2), x: Some(0), r: None };
            reading.captures.push(Capture { axes, role: FlowRole::Store, ..found });
        }
    }

    fn base(&self, what: &'static str, setting: String, line: Option<u32>) -> Capture {
        Capture {
            line,
            population: if self.ai { Population::Workers } else { Population::Unknown },
            capability: Capability::Configured,
            open_flow: true,
            ..self.doc.capture(FORMAT, what, setting)
        }
    }

    fn flows(&self, pipeline: &Entry, reading: &mut Reading) {
        for id in names(&pipeline.item, "receivers").filter(|id| kind(id) == "otlp") {
            let protocols = self.config.at(&["receivers", id, "protocols"]);
            for entry in protocols.map(Item::entries).unwrap_or_default() {
                // Default ports: receiver/otlpreceiver/README.md.
                let default = if entry.key == "http" { "localhost:4318" } else { "localhost:4317" };
                reading.listens.push(entry.item.text_of("endpoint").unwrap_or(default).to_owned());
            }
        }
        for id in names(&pipeline.item, "exporters") {
            let config = self.config.get("exporters").and_then(|all| all.get(id));
            for (to, line) in config.map(|config| sinks(id, config)).unwrap_or_default() {
                reading.flows.push(self.doc.flow(self.doc.node(), to, line, None));
            }
        }
    }
}

/// Home folders and login records named in a path.
fn file_levels(path: &str) -> Option<(u8, u8)> {
    let path = path.to_lowercase();
    match () {
        () if path.contains("_history") => Some((3, 2)),
        () if ["auth.log", "audit.log", "secure", "wtmp"].iter().any(|name| path.contains(name)) => Some((3, 1)),
        () => None,
    }
}

/// Where an exporter sends to, and the line that says so.
fn sinks(id: &str, config: &Item) -> Vec<(Node, Option<u32>)> {
    const STORES: [&str; 6] = ["log_group_name", "topic", "path", "bucket", "index", "logs_index"];
    let mut found = Vec::new();
    if matches!(kind(id), "debug" | "logging" | "nop" | "prometheus") {
        return found;
    }
    for entry in config.entries() {
        let names = entry.key.ends_with("endpoint") || matches!(entry.key.as_str(), "endpoints" | "brokers");
        if names {
            let texts = entry.item.text().into_iter().chain(entry.item.items().iter().filter_map(Item::text));
            found.extend(texts.filter_map(scrub::endpoint).map(|node| (node, entry.item.line)));
        } else if STORES.contains(&entry.key.as_str())
            && let Some(text) = entry.item.text().filter(|text| !text.contains('$'))
        {
            found.push((Node::Store(scrub::quote(text)), entry.item.line));
        }
    }
    found
}

fn kind(id: &str) -> &str {
    id.split('/').next().unwrap_or(id)
}

fn signal(id: &str) -> Signal {
    match kind(id) {
        "metrics" => Signal::Metrics,
        "traces" | "profiles" => Signal::Traces,
        _ => Signal::Logs,
    }
}

fn names<'a>(pipeline: &'a Item, key: &str) -> impl Iterator<Item = &'a str> {
    pipeline.get(key).map(Item::items).unwrap_or_default().iter().filter_map(Item::text)
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_text;
    use super::*;

    const HEAD: &str = "receivers:\n  otlp:\n    protocols:\n      grpc:\n        endpoint: 0.0.0.0:4317\n";

    fn config(rest: &str) -> String {
        format!("{HEAD}{rest}")
    }

    #[test]
    fn an_unreduced_pipeline_is_a_finding_by_absence() {
        let text = config(
            "processors:\n  batch:\nexporters:\n  otlphttp/loki:\n    endpoint: http://u:hunter2@loki:3100/otlp\n  debug:\n    verbosity: detailed\nservice:\n  pipelines:\n    logs:\n      receivers: [otlp]\n      processors: [batch]\n      exporters: [otlphttp/loki, debug]\n",
        );
        let reading = read_text("otel-collector-config.yaml", &text);
        let logs = &reading.captures[0];
        assert_eq!((logs.axes.s, logs.axes.d, logs.axes.t, logs.axes.m), (Some(3), Some(3), Some(3), Some(2)));
        assert_eq!((logs.basis, logs.line, logs.what), (Basis::Absence, Some(17), "capture-pipeline-unreduced"));
        assert_eq!(reading.captures[1].line, Some(12));
        assert_eq!(reading.flows[0].to, Node::Endpoint("loki:3100".into()));
        assert_eq!(reading.listens, ["0.0.0.0:4317"]);
        assert!(!format!("{reading:?}").contains("hunter2"));
    }

    #[test]
    fn a_processor_counts_only_where_a_pipeline_lists_it() {
        let rest = |used: &str| {
            config(&format!(
                "processors:\n  attributes/pii:\n    actions:\n      - {{key: user.email, action: delete}}\n      - {{key: prompt, action: delete}}\nexporters:\n  otlp:\n    endpoint: x:1\nservice:\n  pipelines:\n    logs:\n      receivers: [otlp]\n      processors: [{used}]\n      exporters: [otlp]\n"
            ))
        };
        let unused = read_text("c.yaml", &rest(""));
        assert_eq!((unused.captures[0].axes.s, unused.captures[0].axes.d), (Some(3), Some(3)));
        let used = read_text("c.yaml", &rest("attributes/pii"));
        assert_eq!(
            (used.captures[0].axes.s, used.captures[0].axes.d, used.captures[0].axes.m),
            (Some(2), Some(1), Some(1))
        );
        assert_eq!(used.captures[0].basis, Basis::Explicit);
    }

    #[test]
    fn a_pipeline_outside_service_does_not_exist_and_machines_are_no_people() {
        let text = "receivers:\n  hostmetrics:\n  otlp:\nexporters:\n  otlp:\n    endpoint: x:1\npipelines:\n  logs: {receivers: [otlp], exporters: [otlp]}\nservice:\n  pipelines:\n    metrics:\n      receivers: [hostmetrics]\n      exporters: [otlp]\n";
        let reading = read_text("c.yaml", text);
        assert_eq!(reading.captures.len(), 1);
        assert_eq!((reading.captures[0].axes.s, reading.captures[0].axes.d), (Some(0), Some(0)));
    }

    #[test]
    fn a_connector_hands_on_what_the_first_pipeline_left() {
        let text = config(
            "processors:\n  redaction:\n    allowed_keys: [model]\nconnectors:\n  forward:\nexporters:\n  otlp:\n    endpoint: x:1\nservice:\n  pipelines:\n    logs/in:\n      receivers: [otlp]\n      processors: [redaction]\n      exporters: [forward]\n    logs/out:\n      receivers: [forward]\n      exporters: [otlp]\n",
        );
        let reading = read_text("c.yaml", &text);
        assert_eq!(reading.captures.len(), 1);
        assert_eq!((reading.captures[0].axes.s, reading.captures[0].what), (Some(0), "capture-pipeline-cleaned"));
    }

    #[test]
    fn a_log_file_of_unknown_content_is_unknown_not_zero() {
        let text = "receivers:\n  filelog:\n    include: [/var/log/pods/*.log]\nexporters:\n  otlp:\n    endpoint: x:1\nservice:\n  pipelines:\n    logs:\n      receivers: [filelog]\n      exporters: [otlp]\n";
        let reading = read_text("c.yaml", text);
        assert_eq!((reading.captures[0].axes.s, reading.captures[0].axes.d), (None, None));
    }
}
