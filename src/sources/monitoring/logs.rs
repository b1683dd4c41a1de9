//! What a stored log holds and how long it is kept, for the readers of infrastructure as code.

use super::{Doc, scrub};
use crate::facts::capture::{Axes, Basis, Capability, Capture, FlowRole, Population, Retention};

/// How long a copy is kept, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kept {
    /// Days, as written.
    Days(f64),
    /// For ever, as written.
    ForEver,
    /// For ever, because nothing is written.
    ByDefault,
    /// Written as an expression that this file does not decide.
    Computed,
}

/// Retention of a store of which nothing else is known.
pub(super) fn capture(doc: &Doc<'_>, format: &str, kept: Kept, setting: &str) -> Capture {
    let (what, retention, basis) = match kept {
        Kept::Days(days) => ("capture-log-retention", Retention::Days(days), Basis::Explicit),
        Kept::ForEver => ("capture-log-unlimited", Retention::Unlimited, Basis::Explicit),
        Kept::ByDefault => ("capture-log-unlimited", Retention::Unlimited, Basis::Default),
        Kept::Computed => ("capture-log-retention-unknown", Retention::Unset, Basis::Explicit),
    };
    let found = doc.capture(format, what, scrub::quote(setting));
    Capture {
        capability: Capability::Configured,
        role: FlowRole::Store,
        axes: Axes { r: retention.level(), x: Some(0), ..Axes::default() },
        retention,
        basis,
        ..found
    }
}

/// What the name of a log group says about what is in it. A name is a hint: every level from it is of low confidence,
/// and most names say nothing.
pub(super) fn by_name(name: &str, capture: &mut Capture) {
    let name = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let (population, s, d, t, m) = match () {
        () if has(&["session-manager", "ssm-session", "session_manager", "session-record"]) => {
            (Population::Operators, 3, 4, 3, 2)
        }
        () if has(&["cloudtrail", "cloud-trail", "cloud_trail"]) => (Population::Operators, 3, 2, 3, 2),
        () if has(&["windows-security", "windows_security", "security-event"]) => (Population::Workers, 3, 1, 3, 2),
        () if has(&["claude", "copilot", "ai-telemetry", "ai_telemetry", "genai"]) => (Population::Workers, 3, 1, 3, 2),
        () if has(&["flow-log", "flow_log", "flowlog"]) => (Population::Systems, 0, 1, 3, 0),
        () if has(&["resolver", "r53", "route53"]) => (Population::Systems, 0, 2, 3, 0),
        () => return,
    };
    let axes = Axes { s: Some(s), d: Some(d), t: Some(t), m: Some(m), ..capture.axes };
    *capture = Capture { population, axes, low_confidence: true, ..capture.clone() };
}
