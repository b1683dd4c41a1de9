//! Readers of monitoring configurations: what they capture about people, and where it flows.
//!
//! Every file of a folder ends in exactly one of three visible ways:
//!
//! - **read**: an [`Input`] of its format and at least one [`Capture`]. A file in which nothing about people is found
//!   gives one capture with S 0 and D 0 (`capture-nothing-about-people`);
//! - **no reader**: an [`Input`] of format `unknown` with no records, and one [`Capture`] of format `unknown` in which
//!   nothing is decided (`capture-not-read`). It is unknown, not empty, and not refused;
//! - **refused**: a [`Refused`] with its reason and line: damaged, too large, a link or a pipe.
//!
//! Levels follow the definitions of the nine axes: the lower of two levels with `low_confidence` in doubt, and `None`
//! where a file cannot tell.

mod ai_settings;
mod ai_switches;
mod cloudformation;
mod datasources;
mod env;
mod grafana;
mod hcl;
mod history;
mod links;
mod logs;
mod loki;
mod meetings;
mod otel;
mod otel_rules;
mod persons;
mod promql;
mod scrub;
mod sql;
mod terraform;
mod tool_settings;
mod tree;
mod walk;

use std::path::Path;

use crate::error::Problem;
use crate::facts::Facts;
use crate::facts::capture::{Axes, Basis, Capability, Capture, Flow, FlowRole, Node, Population, Retention};
use crate::facts::input::{Input, Kind, RefusalReason, Refused};
use crate::plan::Plan;
use crate::sources::{Progress, git, sha256_hex, single_file};

use tree::{Failure, Item};

/// Format of a file that no reader knows.
const UNKNOWN: &str = "unknown";

/// Every message id a capture may carry in `what`.
pub const WHATS: &[&str] = &[
    NOT_READ,
    NOTHING,
    "capture-adds-identity",
    "capture-ai-messages",
    "capture-ai-usage",
    "capture-answer-text",
    "capture-api-calls",
    "capture-audio",
    "capture-app-usage",
    "capture-command-details",
    "capture-emotion",
    "capture-export-to-hr",
    "capture-group-result",
    "capture-hook",
    "capture-keystroke-count",
    "capture-keystrokes",
    "capture-location",
    "capture-log-lines",
    "capture-log-retention",
    "capture-log-retention-unknown",
    "capture-log-unlimited",
    "capture-meeting-ai",
    "capture-meeting-recording",
    "capture-meeting-transcription",
    "capture-other-setting",
    "capture-per-person-ranking",
    "capture-per-person-result",
    "capture-person-count",
    "capture-person-selector",
    "capture-pipeline-cleaned",
    "capture-pipeline-reduced",
    "capture-pipeline-unreduced",
    "capture-productivity-score",
    "capture-prompt-text",
    "capture-screenshots",
    "capture-stealth",
    "capture-tool-content",
    "capture-visited-sites",
    "capture-webcam",
    "capture-whole-conversation",
];

const NOT_READ: &str = "capture-not-read";
const NOTHING: &str = "capture-nothing-about-people";

/// A file as readers see it.
struct Doc<'a> {
    /// Path as written in the plan, with the path inside a folder.
    path: &'a str,
    /// Last part of the path, lower case.
    name: String,
    /// Content, without a byte-order mark.
    text: &'a str,
    /// Parsed content.
    body: Body,
}

/// Parsed content, by syntax.
enum Body {
    /// One JSON value.
    Json(Item),
    /// The documents of a YAML file.
    Yaml(Vec<Item>),
    /// Terraform.
    Hcl(hcl_edit::structure::Body),
    /// Anything else.
    Plain,
}

/// What a reader found in a file.
#[derive(Default)]
struct Reading {
    format: &'static str,
    captures: Vec<Capture>,
    flows: Vec<Flow>,
    /// Addresses on which the file's service listens, as written.
    listens: Vec<String>,
}

type Reader = fn(&Doc<'_>) -> Option<Reading>;

/// Readers in the order they are asked; the first that knows the file reads it.
const READERS: &[Reader] = &[
    otel::read,
    grafana::read,
    datasources::read,
    loki::read,
    cloudformation::read,
    terraform::read,
    ai_settings::read,
    env::read,
    meetings::read,
    tool_settings::read,
];

impl Reading {
    fn new(format: &'static str) -> Self {
        Self { format, ..Self::default() }
    }
}

impl Doc<'_> {
    /// Whether the name says it is a table.
    fn is_csv(&self) -> bool {
        Path::new(&self.name).extension().is_some_and(|ending| ending == "csv")
    }

    /// The file as a place of the flow graph.
    fn node(&self) -> Node {
        Node::File(self.path.to_owned())
    }

    /// A capture of which only the place and the text are known.
    fn capture(&self, format: &str, what: &'static str, setting: String) -> Capture {
        Capture {
            file: self.path.to_owned(),
            line: None,
            pointer: None,
            format: format.to_owned(),
            setting,
            what,
            population: Population::Unknown,
            capability: Capability::Unknown,
            role: FlowRole::Collect,
            axes: Axes::default(),
            retention: Retention::Unset,
            basis: Basis::Explicit,
            low_confidence: false,
            open_flow: false,
            activated: None,
            node: Some(self.node()),
        }
    }

    /// An observed flow out of or into this file.
    fn flow(&self, from: Node, to: Node, line: Option<u32>, pointer: Option<String>) -> Flow {
        Flow { from, to, file: self.path.to_owned(), line, pointer, declared: false }
    }

    /// The capture of a file that was read and holds nothing about people.
    fn nothing(&self, format: &str, role: FlowRole) -> Capture {
        let axes = Axes { s: Some(0), d: Some(0), x: Some(0), ..Axes::default() };
        let capture = self.capture(format, NOTHING, String::new());
        Capture { population: Population::Systems, capability: Capability::None, role, axes, ..capture }
    }
}

/// Reads every monitoring file and folder of the plan. Entries that do not exist are the caller's business. The audited
/// histories date files that lie in none of their own.
pub fn read(plan: &Plan, histories: &[git::Source], progress: &dyn Progress, facts: &mut Facts) -> Result<(), Problem> {
    let mut files = Vec::new();
    for written in &plan.monitoring {
        walk::files(&plan.resolve(written), written, &mut files, &mut facts.refused);
    }
    progress.begin("monitoring", u64::try_from(files.len()).ok());
    let mut listeners = Vec::new();
    let first = (facts.captures.len(), facts.flows.len());
    for file in &files {
        one(file, facts, &mut listeners);
        progress.advance(1);
    }
    links::join(&listeners, &mut facts.captures[first.0..], &mut facts.flows);
    let mut seen = std::collections::BTreeSet::new();
    let kept = facts.flows.split_off(first.1);
    let first_of = |flow: &Flow| seen.insert((flow.from.clone(), flow.to.clone(), flow.file.clone()));
    facts.flows.extend(kept.into_iter().filter(first_of));
    history::date(plan, &files, histories, &mut facts.captures[first.0..]);
    progress.end();
    Ok(())
}

/// Reads one file.
fn one(file: &walk::Found, facts: &mut Facts, listeners: &mut Vec<links::Listener>) {
    let bytes = match single_file(&file.place) {
        Ok(bytes) => bytes,
        Err((reason, detail)) => return refuse(facts, &file.written, (reason, None, detail)),
    };
    let input = |format: &str, records: usize| Input {
        kind: Kind::Monitoring,
        path: file.written.clone(),
        format: format.to_owned(),
        sha256: sha256_hex(&bytes),
        records: records as u64,
    };
    match understand(&file.written, &bytes) {
        Err(failure) => refuse(facts, &file.written, failure),
        Ok(None) => {
            facts.inputs.push(input(UNKNOWN, 0));
            facts.captures.push(not_read(&file.written));
        }
        Ok(Some(reading)) => {
            facts.read.insert(Kind::Monitoring);
            let found = reading.captures.iter().filter(|capture| capture.what != NOTHING).count();
            facts.inputs.push(input(reading.format, found));
            let names: &[&str] = if reading.format == otel::FORMAT { &["otel", "collector"] } else { &["loki"] };
            let listener = |at| links::Listener { at, file: file.written.clone(), names };
            listeners.extend(reading.listens.into_iter().map(listener));
            facts.captures.extend(reading.captures);
            facts.flows.extend(reading.flows);
        }
    }
}

/// Stack of the thread a file is parsed on: the YAML parser needs 2 MiB for 60 nested levels in a debug build.
const STACK: usize = 64 << 20;

/// What a file says; `None` when no reader knows it. On a thread of its own, so that neither deep nesting nor a defect
/// of a parser ends the run.
fn understand(written: &str, bytes: &[u8]) -> Result<Option<Reading>, Failure> {
    let failed = |why: &str| (RefusalReason::Unreadable, None, why.to_owned());
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || parse(written, bytes));
        let thread = thread.map_err(|_| failed("no thread to read it on"))?;
        thread.join().map_err(|_| failed("its reader failed"))?
    })
}

fn parse(written: &str, bytes: &[u8]) -> Result<Option<Reading>, Failure> {
    let name = written.rsplit('/').next().unwrap_or(written).to_ascii_lowercase();
    let syntax = syntax(&name, bytes);
    let Some(text) = text(bytes) else {
        return if syntax == Syntax::Plain {
            Ok(None)
        } else {
            Err((RefusalReason::Unreadable, None, "not text in UTF-8 or UTF-16".into()))
        };
    };
    let body = match syntax {
        Syntax::Json => Body::Json(tree::json(&text)?),
        Syntax::Yaml => Body::Yaml(tree::yaml(&text)?),
        Syntax::Hcl => Body::Hcl(hcl::parse(&text)?),
        Syntax::Plain => Body::Plain,
    };
    let doc = Doc { path: written, name, text: &text, body };
    Ok(READERS.iter().find_map(|reader| reader(&doc)))
}

fn not_read(written: &str) -> Capture {
    let doc = Doc { path: written, name: String::new(), text: "", body: Body::Plain };
    Capture { node: None, ..doc.capture(UNKNOWN, NOT_READ, String::new()) }
}

fn refuse(facts: &mut Facts, path: &str, (reason, at, detail): Failure) {
    facts.refused.push(Refused { kind: Kind::Monitoring, path: path.to_owned(), at, reason, count: 1, detail });
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Json,
    Yaml,
    Hcl,
    Plain,
}

/// By ending; a file without a telling one by its first character.
fn syntax(name: &str, bytes: &[u8]) -> Syntax {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let opens = bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| *byte == b'{');
    match ending {
        "json" | "jsonc" => Syntax::Json,
        "template" | "cfn" if opens => Syntax::Json,
        "yaml" | "yml" | "template" | "cfn" => Syntax::Yaml,
        "tf" => Syntax::Hcl,
        _ => Syntax::Plain,
    }
}

/// Text of a file: UTF-8, or UTF-16 as Windows `PowerShell` exports it, by its byte-order mark. No NUL bytes.
fn text(bytes: &[u8]) -> Option<String> {
    let wide = |from: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| from([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok()
    };
    let text = match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    };
    // One line end for all, so that every parser counts the same lines.
    text.filter(|text| !text.contains('\0')).map(|text| text.replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests;
