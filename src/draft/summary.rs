//! The first page in under 200 words: what was audited, what was found, what could not be concluded.
//!
//! Written after the gate has judged the checks, so that a verdict it withholds is not told here.

use super::Summary;
use crate::checks::{Dimension, Judged, Verdict};
use crate::facts::{Input, Kind};
use crate::measures::incidents::{Incidents, Line};
use crate::message::Message;

/// The ground that stands in for a verdict on withheld figures.
const WITHHELD: &str = "figures-withheld";

/// Writes the first page from the judged catalogue, the inputs and the incidents.
pub fn summary(
    checks: &[Judged],
    inputs: &[Input],
    incidents: Option<&Incidents>,
    links_are_shown: bool,
    marks_are_off: bool,
) -> Summary {
    let mut found = found(checks);
    found.extend(longest(incidents, links_are_shown));
    Summary { audited: audited(inputs, marks_are_off), found, open: open(checks) }
}

fn audited(inputs: &[Input], marks_are_off: bool) -> Vec<Message> {
    let given = |kind| inputs.iter().filter(|input| input.kind == kind).count();
    let mut sentences = Vec::new();
    if given(Kind::History) > 0 {
        let history = Message::new("summary-history").count("repositories", given(Kind::History));
        sentences.push(history.figure("changes", "history.changes"));
        let ai = if marks_are_off { "summary-ai-not-auditable" } else { "summary-ai" };
        sentences.push(Message::new(ai).figure("ai", "ai.attributed"));
    }
    if given(Kind::Incidents) > 0 {
        sentences.push(Message::new("summary-incidents").figure("count", "incidents.count"));
    }
    if given(Kind::Monitoring) > 0 {
        let files = Message::new("summary-monitoring").count("files", given(Kind::Monitoring));
        sentences.push(files.figure("captures", "captures.observed"));
    }
    let expected = [Kind::History, Kind::Reviews, Kind::Incidents, Kind::Monitoring, Kind::Register, Kind::People];
    let missing: Vec<Kind> = expected.into_iter().filter(|kind| given(*kind) == 0).collect();
    if !missing.is_empty() {
        sentences.push(
            Message::new("summary-without")
                .names("list", missing.into_iter().map(|kind| format!("kind-{}", kind.word()))),
        );
    }
    sentences
}

fn found(checks: &[Judged]) -> Vec<Message> {
    let dimensions = [Dimension::Robustness, Dimension::Workload, Dimension::Surveillance];
    dimensions.into_iter().map(|dimension| of_dimension(checks, dimension)).collect()
}

fn of_dimension(checks: &[Judged], dimension: Dimension) -> Message {
    let with = |verdicts: &[Verdict]| -> Vec<&'static str> {
        let mine = checks.iter().filter(|judged| judged.entry.dimension == dimension);
        mine.filter(|judged| verdicts.contains(&judged.finding.verdict)).map(|judged| judged.entry.id).collect()
    };
    let concluded = with(&[Verdict::Met, Verdict::MetWithComments, Verdict::NotMet]);
    let broken = with(&[Verdict::NotMet]);
    let id = match (concluded.is_empty(), broken.is_empty()) {
        (true, _) => "summary-nothing-concluded",
        (false, true) => "summary-all-met",
        (false, false) => "summary-not-met",
    };
    Message::new(format!("{id}-{}", dimension.word()))
        .count("concluded", concluded.len())
        .count("count", broken.len())
        .names("list", short(&broken))
}

/// The messages with the short names of checks.
fn short(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| format!("check-{id}-short")).collect()
}

/// The longest incident with a sign of AI and the longest without, side by side: the larger one may not be AI's.
fn longest(incidents: Option<&Incidents>, links_are_shown: bool) -> Vec<Message> {
    let (with, without) = incidents.map(|incidents| incidents.longest(links_are_shown)).unwrap_or_default();
    let say = |id: &str, line: &Line| {
        Some(Message::new(id).word("incident", line.at.id.as_str()).minutes("time", line.minutes?))
    };
    let with = with.and_then(|line| say("summary-longest-ai", line));
    with.into_iter().chain(without.and_then(|line| say("summary-longest-rest", line))).collect()
}

fn open(checks: &[Judged]) -> Vec<Message> {
    let undecided: Vec<&Judged> =
        checks.iter().filter(|judged| judged.finding.verdict == Verdict::NoConclusion).collect();
    let lacking = |kind: Kind| undecided.iter().filter(|judged| judged.finding.needs.contains(&kind)).count();
    let tool = lacking(Kind::Tool);
    let criterion: Vec<&'static str> = undecided
        .iter()
        .filter(|judged| judged.finding.needs.contains(&Kind::Criterion))
        .map(|judged| judged.entry.id)
        .collect();
    let (withheld, rest): (Vec<&Judged>, Vec<&Judged>) = undecided
        .iter()
        .filter(|judged| !judged.finding.needs.iter().any(|kind| matches!(kind, Kind::Tool | Kind::Criterion)))
        .partition(|judged| judged.finding.grounds.iter().any(|ground| ground.id == WITHHELD));
    let ids = |list: Vec<&Judged>| -> Vec<&'static str> { list.into_iter().map(|judged| judged.entry.id).collect() };
    let (withheld, rest) = (ids(withheld), ids(rest));
    let mut sentences = vec![Message::new("summary-open").count("count", undecided.len()).count("all", checks.len())];
    if !rest.is_empty() {
        sentences.push(Message::new("summary-open-data").count("count", rest.len()).names("list", short(&rest)));
    }
    if !withheld.is_empty() {
        sentences
            .push(Message::new("summary-open-withheld").count("count", withheld.len()).names("list", short(&withheld)));
    }
    if !criterion.is_empty() {
        sentences.push(
            Message::new("summary-open-criterion").count("count", criterion.len()).names("list", short(&criterion)),
        );
    }
    if tool > 0 {
        sentences.push(Message::new("summary-open-tool").count("count", tool));
    }
    sentences
}
