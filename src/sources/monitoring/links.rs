//! Joins files by the addresses they name: who sends to which collector.
//!
//! A sender writes `collector:4317`, the collector writes `0.0.0.0:4317`. They are taken for the same place when the
//! ports agree, the host is this machine or names a collector (or is written the same), and exactly one collector of
//! the audit set listens there that does not itself send to that address. Anything else stays an open flow: a wrong
//! edge would be a wrong accusation.

use std::collections::BTreeMap;

use super::otel;
use crate::facts::capture::{Capability, Capture, Flow, FlowRole, Node, Population};

/// A service that listens.
pub(super) struct Listener {
    /// Address as written.
    pub(super) at: String,
    /// Its configuration.
    pub(super) file: String,
    /// Words in a host name that say it is such a service.
    pub(super) names: &'static [&'static str],
}

/// Adds the edges from addresses to the collectors behind them, and carries what senders are known to send over to
/// the collectors' captures.
pub(super) fn join(listeners: &[Listener], captures: &mut [Capture], flows: &mut Vec<Flow>) {
    let mut added: Vec<Flow> = Vec::new();
    for flow in flows.iter() {
        let Node::Endpoint(address) = &flow.to else { continue };
        let Some(file) = behind(address, listeners, flows) else { continue };
        let to = Node::File(file.clone());
        if flow.from != to {
            added.push(Flow { from: flow.to.clone(), to, file, line: None, pointer: None, declared: false });
        }
    }
    added.sort();
    added.dedup();
    flows.extend(added);
    carry(captures, flows);
    mark_open(captures, flows);
}

fn split(address: &str) -> (&str, &str) {
    address.rsplit_once(':').unwrap_or((address, ""))
}

fn is_here(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

/// The one collector behind an address.
fn behind(address: &str, listeners: &[Listener], flows: &[Flow]) -> Option<String> {
    let (host, port) = split(address);
    let first = host.split('.').next().unwrap_or(host);
    let sends = |file: &str| {
        let from = Node::File(file.to_owned());
        flows.iter().any(|flow| flow.from == from && flow.to.label() == address)
    };
    let mut found: Vec<&str> = Vec::new();
    for listener in listeners {
        let (at, listens) = split(&listener.at);
        let any = matches!(at, "0.0.0.0" | "[::]" | "" | "*") || is_here(at) || at.contains('$');
        let named = is_here(host) || listener.names.iter().any(|name| first.contains(name));
        if listens == port && !port.is_empty() && (at == host || (named && any)) && !sends(&listener.file) {
            found.push(&listener.file);
        }
    }
    found.sort_unstable();
    found.dedup();
    if let [only] = found[..] { Some(only.to_owned()) } else { None }
}

/// The deepest levels that the known senders of each collector switch on, and whose data it is.
fn carry(captures: &mut [Capture], flows: &[Flow]) {
    let mut sent: BTreeMap<String, (Option<u8>, Option<u8>, bool)> = BTreeMap::new();
    for edge in flows {
        let (Node::Endpoint(_), Node::File(collector)) = (&edge.from, &edge.to) else { continue };
        for sender in flows.iter().filter(|flow| flow.to == edge.from) {
            let mine = captures.iter().filter(|c| Some(&sender.from) == c.node.as_ref() && c.format != otel::FORMAT);
            for capture in mine {
                let entry = sent.entry(collector.clone()).or_insert((Some(0), Some(0), false));
                let off = matches!(capture.capability, Capability::None | Capability::Latent);
                if off {
                    continue;
                }
                entry.0 = entry.0.zip(capture.axes.s).map(|(a, b)| a.max(b));
                entry.1 = entry.1.zip(capture.axes.d).map(|(a, b)| a.max(b));
                entry.2 |= capture.population == Population::Workers;
            }
        }
    }
    for capture in captures.iter_mut().filter(|capture| capture.format == otel::FORMAT) {
        let Some((subject, depth, workers)) = sent.get(&capture.file).copied() else { continue };
        let least = |own: Option<u8>, came: Option<u8>| own.zip(came).map(|(own, came)| own.min(came)).or(own);
        capture.axes.s = least(capture.axes.s, subject);
        capture.axes.d = least(capture.axes.d, depth);
        if workers {
            capture.population = Population::Workers;
        }
    }
}

/// A flow is closed when what leaves the file arrives at another one of the audit set, and what enters a collector
/// comes from one.
fn mark_open(captures: &mut [Capture], flows: &[Flow]) {
    for capture in captures {
        let Some(node @ Node::File(_)) = &capture.node else { continue };
        if capture.role == FlowRole::View {
            let fed = |flow: &Flow| flow.to == *node && flows.iter().any(|before| before.to == flow.from);
            capture.open_flow = !flows.iter().any(fed);
            continue;
        }
        let leaves: Vec<&Flow> = flows.iter().filter(|flow| flow.from == *node).collect();
        let arrives = leaves.iter().all(|flow| flows.iter().any(|next| next.from == flow.to));
        let enters = capture.format != otel::FORMAT || flows.iter().any(|flow| flow.to == *node);
        if capture.open_flow && !leaves.is_empty() && arrives && enters {
            capture.open_flow = false;
        } else if !leaves.is_empty() && !arrives {
            capture.open_flow = true;
        }
    }
}
