//! The wall between safety logs and performance management: is there a way through?
//!
//! A graph of places, with an edge where data moves (observed in a configuration, or declared in the register). A path from a
//! safety source to a performance sink breaks the wall, however many systems lie between.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::declared::covers;
use crate::facts::Facts;
use crate::facts::capture::{Capability, Capture, Flow, Node};
use crate::facts::register::{DeclaredSource, Register};

/// Purposes of the Data Privacy Vocabulary that judge staff (<https://w3c.github.io/dpv/>).
const JUDGES_STAFF: [&str; 4] = [
    "dpv:PersonnelPerformanceMonitoring",
    "dpv:PersonnelPerformanceEvaluation",
    "dpv:PersonnelBehaviourMonitoring",
    "dpv:PersonnelTerminationManagement",
];

/// One step to a place, and what says that data moves there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Where to.
    pub place: Node,
    /// The edge that leads there; `None` for the start.
    pub flow: Option<Flow>,
}

/// A way from a safety source to a performance sink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Id of the register entry whose purpose excludes judging staff.
    pub source: String,
    /// Its line in the register.
    pub line: u32,
    /// Places in order.
    pub steps: Vec<Step>,
    /// File, line and pointer of the setting at the sink that judges staff.
    pub sink: (String, Option<u32>, Option<String>),
}

/// Every connected pair of source and sink, by its shortest path.
pub fn paths(facts: &Facts, register: &Register) -> Vec<Path> {
    let edges = edges(facts, register);
    let sinks = sinks(facts, register);
    let mut found = Vec::new();
    for source in register.sources.iter().filter(|source| is_safety(source)) {
        // An entry that covers a view of people as well, or everything, does not thereby take it out of the question.
        let starts = starts(facts, source).into_iter().filter(|start| !sinks.contains_key(start)).collect();
        let reached = search(&starts, &edges);
        for (sink, place) in &sinks {
            if let Some(steps) = reached.get(&key(sink)) {
                let (source, line) = (source.id.clone(), source.line);
                found.push(Path { source, line, steps: steps.clone(), sink: place.clone() });
            }
        }
    }
    found
}

/// Entries of the register that are walled off and cover something that was found.
pub fn safety_sources(facts: &Facts, register: &Register) -> usize {
    register.sources.iter().filter(|source| is_safety(source) && !starts(facts, source).is_empty()).count()
}

/// Declared for safety, security or the running of a service, or forbidden to judge staff; and not itself declared to judge.
fn is_safety(source: &DeclaredSource) -> bool {
    let walled = source.forbidden.iter().any(|purpose| JUDGES_STAFF.contains(&purpose.as_str()));
    let named = source.purposes.iter().any(|purpose| {
        let word = purpose.to_ascii_lowercase();
        word.contains("safety") || word.contains("security") || word == "dpv:servicemonitoring"
    });
    (walled || named) && !judges(source)
}

fn judges(source: &DeclaredSource) -> bool {
    source.purposes.iter().any(|purpose| JUDGES_STAFF.contains(&purpose.as_str()))
}

/// Places of the captures that an entry covers.
fn starts(facts: &Facts, source: &DeclaredSource) -> BTreeSet<Node> {
    facts.captures.iter().filter(|capture| covers(source, capture)).filter_map(node).collect()
}

fn node(capture: &Capture) -> Option<Node> {
    capture.node.clone().or_else(|| Some(Node::File(capture.file.clone())))
}

/// Observed views that compare or rank people, and whatever is declared to judge staff.
fn sinks(facts: &Facts, register: &Register) -> BTreeMap<Node, (String, Option<u32>, Option<String>)> {
    let observed = facts.captures.iter().filter(|capture| {
        let judged = capture.axes.x.is_some_and(|x| x >= 2) && capture.axes.s.is_none_or(|s| s >= 2);
        judged && capture.capability != Capability::None
    });
    let mut sinks = BTreeMap::new();
    for capture in observed {
        let place = (capture.file.clone(), capture.line, capture.pointer.clone());
        sinks.entry(Node::File(capture.file.clone())).or_insert(place);
    }
    for source in register.sources.iter().filter(|source| judges(source)) {
        for node in starts(facts, source) {
            sinks.entry(node).or_insert_with(|| (register.file.clone(), Some(source.line), None));
        }
    }
    sinks
}

/// Observed flows, and declared ones: from the captures of an entry to its recipients.
fn edges(facts: &Facts, register: &Register) -> Vec<Flow> {
    let mut edges = facts.flows.clone();
    for source in &register.sources {
        for (from, recipient) in
            starts(facts, source).into_iter().flat_map(|n| source.recipients.iter().map(move |r| (n.clone(), r)))
        {
            edges.push(Flow {
                from,
                to: Node::Recipient(recipient.clone()),
                file: register.file.clone(),
                line: Some(source.line),
                pointer: None,
                declared: true,
            });
        }
    }
    edges.sort();
    edges.dedup();
    edges
}

/// Stores and recipients of the same name are the same place.
fn key(node: &Node) -> (u8, String) {
    match node {
        Node::File(path) => (0, path.clone()),
        Node::Endpoint(address) => (1, address.to_ascii_lowercase()),
        Node::Store(name) | Node::Recipient(name) => (2, name.to_ascii_lowercase()),
    }
}

/// Whether data sent to one place arrives at the other: the same place, or a listener on every interface with the same port.
fn arrives(to: &Node, from: &Node) -> bool {
    const EVERY_INTERFACE: [&str; 5] = ["0.0.0.0", "[::]", "::", "localhost", "127.0.0.1"];
    if key(to) == key(from) {
        return true;
    }
    let (Node::Endpoint(to), Node::Endpoint(from)) = (to, from) else { return false };
    match (to.rsplit_once(':'), from.rsplit_once(':')) {
        (Some((_, port)), Some((host, listening))) => port == listening && EVERY_INTERFACE.contains(&host),
        _ => false,
    }
}

/// Breadth first, so that each place is reached by a shortest path; edges are sorted, so that ties fall the same way each time.
fn search(starts: &BTreeSet<Node>, edges: &[Flow]) -> BTreeMap<(u8, String), Vec<Step>> {
    let mut reached: BTreeMap<(u8, String), Vec<Step>> = BTreeMap::new();
    let mut queue = VecDeque::new();
    for start in starts {
        reached.insert(key(start), vec![Step { place: start.clone(), flow: None }]);
        queue.push_back(start.clone());
    }
    while let Some(place) = queue.pop_front() {
        let so_far = reached.get(&key(&place)).cloned().unwrap_or_default();
        for edge in edges.iter().filter(|edge| arrives(&place, &edge.from)) {
            if let Entry::Vacant(free) = reached.entry(key(&edge.to)) {
                let step = Step { place: edge.to.clone(), flow: Some(edge.clone()) };
                free.insert(so_far.iter().cloned().chain([step]).collect());
                queue.push_back(edge.to.clone());
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::capture::Axes;
    use crate::facts::register::Selector;
    use crate::facts::sample::capture;

    fn flow(from: Node, to: Node) -> Flow {
        Flow { from, to, file: "f".into(), line: Some(1), pointer: None, declared: false }
    }

    fn walled(path: &str) -> DeclaredSource {
        DeclaredSource {
            id: "agent-log".into(),
            selectors: vec![Selector { path: path.into(), key: None }],
            purposes: vec!["local:ai-change-safety".into()],
            ..DeclaredSource::default()
        }
    }

    fn facts(flows: Vec<Flow>) -> (Facts, Register) {
        let log = capture("log.env", "capture-tool-use");
        let board = Capture {
            axes: Axes { s: Some(3), d: Some(1), x: Some(2), ..Axes::default() },
            ..capture("board.json", "capture-per-person-view")
        };
        let register = Register { sources: vec![walled("log.env")], ..Register::default() };
        (Facts { captures: vec![log, board], flows, ..Facts::default() }, register)
    }

    #[test]
    fn a_way_over_a_collector_and_a_store_is_found_step_by_step() {
        let (file, sent) = (|name: &str| Node::File(name.into()), Node::Endpoint("collector.example:4317".into()));
        let flows = vec![
            flow(file("log.env"), sent),
            flow(Node::Endpoint("0.0.0.0:4317".into()), file("collector.yaml")),
            flow(file("collector.yaml"), Node::Store("loki".into())),
            flow(Node::Store("Loki".into()), file("board.json")),
        ];
        let (facts, register) = facts(flows);
        let found = paths(&facts, &register);
        let places: Vec<&str> = found[0].steps.iter().map(|step| step.place.label()).collect();
        assert_eq!(places, ["log.env", "collector.example:4317", "collector.yaml", "loki", "board.json"]);
    }

    #[test]
    fn without_a_connection_the_wall_stands() {
        let (facts, register) = facts(vec![flow(Node::File("log.env".into()), Node::Store("loki".into()))]);
        assert!(paths(&facts, &register).is_empty());
    }

    #[test]
    fn an_entry_that_covers_everything_does_not_hide_the_way() {
        let (facts, mut register) = facts(vec![flow(Node::File("log.env".into()), Node::File("board.json".into()))]);
        register.sources = vec![walled("**")];
        assert_eq!(paths(&facts, &register).len(), 1);
    }

    #[test]
    fn a_source_declared_to_judge_staff_is_not_behind_the_wall() {
        let (facts, mut register) = facts(vec![flow(Node::File("log.env".into()), Node::File("board.json".into()))]);
        assert_eq!(paths(&facts, &register).len(), 1);
        register.sources[0].purposes.push(JUDGES_STAFF[0].into());
        assert!(paths(&facts, &register).is_empty());
    }
}
