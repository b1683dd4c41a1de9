//! The first page in under 200 words: what was audited, what was found, what could not be concluded.
//!
//! Written after the gate has judged the checks, so that a verdict it withholds is not told here.

use super::Summary;
use crate::checks::{Dimension, Judged, Verdict};
use crate::facts::{Input, Kind};
use crate::measures::{Cell, Table};
use crate::message::Message;

/// The ground that stands in for a verdict on withheld figures.
const WITHHELD: &str = "figures-withheld";

/// Writes the first page from the judged catalogue, the inputs and the table of incidents.
pub fn summary(checks: &[Judged], inputs: &[Input], tables: &[Table]) -> Summary {
    Summary { audited: audited(inputs), found: found(checks, tables), open: open(checks) }
}

fn audited(inputs: &[Input]) -> Vec<Message> {
    let given = |kind| inputs.iter().filter(|input| input.kind == kind).count();
    let mut sentences = Vec::new();
    if given(Kind::History) > 0 {
        let history = Message::new("summary-history").count("repositories", given(Kind::History));
        sentences.push(history.figure("changes", "history.changes"));
        sentences.push(Message::new("summary-ai").figure("ai", "ai.attributed"));
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

fn found(checks: &[Judged], tables: &[Table]) -> Vec<Message> {
    let dimensions = [Dimension::Robustness, Dimension::Workload, Dimension::Surveillance];
    let mut sentences: Vec<Message> = dimensions.into_iter().map(|dimension| of_dimension(checks, dimension)).collect();
    sentences.extend(longest(tables));
    sentences
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
fn longest(tables: &[Table]) -> Vec<Message> {
    let Some(table) = tables.iter().find(|table| table.id == "incidents") else { return Vec::new() };
    let column = |name: &str| table.columns.iter().position(|column| *column == name).map(|at| at.saturating_sub(1));
    let (Some(minutes), Some(role), Some(linked)) = (column("minutes"), column("ai-role"), column("linked-change"))
    else {
        return Vec::new();
    };
    let text = |cell: Option<&Cell>| match cell {
        Some(Cell::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let timed: Vec<(&str, f64, bool)> = table
        .rows
        .iter()
        .filter_map(|row| match row.cells.get(minutes) {
            Some(Cell::Number(number, _)) => {
                let (role, linked) = (text(row.cells.get(role)), text(row.cells.get(linked)));
                let recorded = !matches!(role.as_str(), "none" | "not recorded");
                // Where the link is withheld, a silent record may be either.
                if linked == "withheld" && !recorded {
                    return None;
                }
                let ai = recorded || linked == "AI-attributed";
                Some((row.label.as_str(), *number.known()?, ai))
            }
            _ => None,
        })
        .collect();
    let say = |id: &str, ai: bool| {
        let (name, minutes, _) = timed.iter().find(|(.., with_ai)| *with_ai == ai)?;
        Some(Message::new(id).word("incident", *name).minutes("time", *minutes))
    };
    say("summary-longest-ai", true).into_iter().chain(say("summary-longest-rest", false)).collect()
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
