//! Findings by dimension, worst first. What is concluded, or shows anything, is printed in full; what only waits for
//! data is listed by what it waits for.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::words::Words;
use super::figures::{SameWay, same_way, used};
use super::{VERDICTS, verdict_key};
use crate::error::Problem;
use crate::lang::Value;
use crate::report::v1::{Check, Evidence, Norm, Prose, Report, State};

/// Places printed a finding; the others stay in `report.json`.
const EVIDENCE: usize = 12;

/// Characters printed of a deciding text.
const TEXT: usize = 300;

/// Message that names the missing inputs of a check.
const NEEDS: &str = "needs-list";

/// Message that says why a verdict on withheld figures is not printed.
const WITHHELD: &str = "figures-withheld";

/// One dimension.
#[derive(Serialize)]
pub(in crate::render) struct Group {
    id: String,
    name: String,
    conclusion: String,
    full: Vec<CheckView>,
    waiting: Vec<Waiting>,
    not_applicable: Vec<Brief>,
}

/// A finding in full.
#[derive(Serialize)]
struct CheckView {
    id: String,
    key: &'static str,
    verdict: String,
    name: String,
    short: String,
    grounds: Vec<String>,
    criterion: String,
    set_by: String,
    figures: Vec<SameWay>,
    evidence: Vec<Place>,
    more_evidence: String,
    norms: Vec<NormView>,
    remedy: String,
    limits: Vec<String>,
}

/// A place in an input.
#[derive(Serialize)]
struct Place {
    what: String,
    at: String,
    text: String,
}

/// Clauses of one instrument.
#[derive(Serialize)]
struct NormView {
    name: String,
    clauses: String,
    about: String,
}

/// Checks that miss the same thing.
#[derive(Serialize)]
struct Waiting {
    need: String,
    checks: Vec<Brief>,
}

/// A check in one line.
#[derive(Serialize)]
struct Brief {
    id: String,
    name: String,
    grounds: Vec<String>,
}

/// The dimensions with their checks.
pub(super) fn groups(report: &Report, words: &Words) -> Result<Vec<Group>, Problem> {
    if report.checks.iter().any(|check| report.dimensions.iter().all(|dimension| dimension.id != check.dimension)) {
        return Err(Problem::input(
            "cannot write the report",
            "a check belongs to a dimension that is not in the report",
        ));
    }
    report
        .dimensions
        .iter()
        .map(|dimension| {
            let checks: Vec<&Check> = report.checks.iter().filter(|check| check.dimension == dimension.id).collect();
            let (waits, shows): (Vec<&Check>, Vec<&Check>) =
                checks.into_iter().partition(|check| is_compact(check, report));
            let (beside, waits): (Vec<&Check>, Vec<&Check>) =
                waits.into_iter().partition(|check| check.verdict == "not applicable");
            Ok(Group {
                id: dimension.id.clone(),
                name: words.prose(&dimension.name)?,
                conclusion: words.prose(&dimension.text)?,
                full: in_full(&shows, report, words)?,
                waiting: waiting(&waits, report, words)?,
                not_applicable: beside.into_iter().map(|check| brief(check, words)).collect::<Result<_, _>>()?,
            })
        })
        .collect()
}

fn is_compact(check: &Check, report: &Report) -> bool {
    let known = |id: &String| report.figures.get(id).is_some_and(|figure| figure.state == State::Known);
    match check.verdict.as_str() {
        "not applicable" => true,
        "no conclusion" => check.evidence.is_empty() && !check.figures.iter().any(known),
        _ => false,
    }
}

fn in_full(checks: &[&Check], report: &Report, words: &Words) -> Result<Vec<CheckView>, Problem> {
    let mut views: Vec<CheckView> = checks.iter().map(|check| full(check, report, words)).collect::<Result<_, _>>()?;
    // A stable sort: within a verdict the order of the catalogue stays.
    views.sort_by_key(|view| VERDICTS.iter().position(|key| *key == view.key));
    Ok(views)
}

fn full(check: &Check, report: &Report, words: &Words) -> Result<CheckView, Problem> {
    let more = check.evidence.len().saturating_sub(EVIDENCE);
    let more_evidence = match more {
        0 => String::new(),
        more => words.ui_with("more-evidence", &[("n", Value::Number(more as f64))])?,
    };
    Ok(CheckView {
        id: check.id.clone(),
        key: verdict_key(&check.verdict)?,
        verdict: words.prose(&check.verdict_text)?,
        name: words.prose(&check.name)?,
        short: words.prose(&check.short)?,
        grounds: words.all(&check.grounds)?,
        criterion: words.prose(&check.criterion.text)?,
        set_by: words.prose(&check.criterion.set_by_text)?,
        figures: same_way(used(check, report, words)?),
        evidence: check.evidence.iter().take(EVIDENCE).map(|each| place(each, words)).collect::<Result<_, _>>()?,
        more_evidence,
        norms: norms(&check.norms, words)?,
        remedy: check.remedy.as_ref().map_or(Ok(String::new()), |remedy| words.prose(remedy))?,
        limits: words.all(&check.limits)?,
    })
}

fn place(evidence: &Evidence, words: &Words) -> Result<Place, Problem> {
    Ok(Place {
        what: words.prose(&evidence.what)?,
        at: Words::place(&evidence.file, evidence.line, evidence.pointer.as_deref()),
        text: short(&evidence.text),
    })
}

/// A deciding text is a line, not a file.
fn short(text: &str) -> String {
    if text.chars().count() <= TEXT { text.to_owned() } else { text.chars().take(TEXT).chain(['…']).collect() }
}

/// Clauses by instrument, so that its force and date are said once.
fn norms(norms: &[Norm], words: &Words) -> Result<Vec<NormView>, Problem> {
    let mut views: Vec<NormView> = Vec::new();
    for each in norms {
        let about = about(each, words)?;
        match views.iter_mut().find(|view| view.name == each.instrument && view.about == about) {
            Some(view) => view.clauses = format!("{}; {}", view.clauses, each.clause),
            None => views.push(NormView { name: each.instrument.clone(), clauses: each.clause.clone(), about }),
        }
    }
    Ok(views)
}

fn about(norm: &Norm, words: &Words) -> Result<String, Problem> {
    let force = words.word_or(&format!("ui-force-{}", norm.force), &norm.force.replace('_', " "));
    let args = [
        ("force", Value::Text(force)),
        ("jurisdiction", Value::Text(norm.jurisdiction.clone())),
        ("from", Value::Text(norm.applies_from.clone())),
    ];
    if norm.applies_from.is_empty() {
        words.ui_with("norm-undated", &args[..2])
    } else if norm.applies_from.starts_with(|first: char| first.is_ascii_digit()) {
        words.ui_with("norm", &args)
    } else {
        // A living document has no first day.
        words.ui_with("norm-living", &args)
    }
}

/// Groups in the order of their first check.
fn waiting(checks: &[&Check], report: &Report, words: &Words) -> Result<Vec<Waiting>, Problem> {
    let mut groups: Vec<Waiting> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for check in checks {
        let need = need(check, report, words)?;
        let at = *places.entry(need.clone()).or_insert_with(|| {
            groups.push(Waiting { need, checks: Vec::new() });
            groups.len() - 1
        });
        groups[at].checks.push(brief(check, words)?);
    }
    Ok(groups)
}

/// What a check waits for: its own sentence, else what its figures need.
fn need(check: &Check, report: &Report, words: &Words) -> Result<String, Problem> {
    if let Some(said) = check.grounds.iter().find(|ground| is_need(ground)) {
        return words.prose(said);
    }
    let mut needs: Vec<String> = Vec::new();
    for kind in check.figures.iter().filter_map(|id| report.figures.get(id)).flat_map(|figure| &figure.needs) {
        let word = words.word_or(&format!("needs-{kind}"), kind);
        if !needs.contains(&word) {
            needs.push(word);
        }
    }
    if needs.is_empty() {
        return words.ui("other-reasons");
    }
    words.ui_with("needed", &[("list", Value::Text(needs.join("; ")))])
}

/// Grounds that head a group of checks and are not said again beside each.
fn is_need(ground: &Prose) -> bool {
    ground.id == NEEDS || ground.id == WITHHELD
}

fn brief(check: &Check, words: &Words) -> Result<Brief, Problem> {
    let grounds = check.grounds.iter().filter(|ground| !is_need(ground));
    Ok(Brief {
        id: check.id.clone(),
        name: words.prose(&check.name)?,
        grounds: grounds.map(|each| words.prose(each)).collect::<Result<_, _>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::sample;

    fn first() -> Group {
        groups(&sample(), &Words::load("en").unwrap()).unwrap().remove(0)
    }

    #[test]
    fn the_worst_findings_come_first_whatever_the_catalogue_order() {
        let order: Vec<(String, &str)> = first().full.into_iter().map(|check| (check.id, check.key)).collect();
        assert_eq!(order, [("R02".to_owned(), "not-met"), ("R01".to_owned(), "met-with-comments")]);
    }

    #[test]
    fn checks_that_miss_the_same_thing_stand_together() {
        let waiting = first().waiting;
        assert_eq!(waiting.len(), 2);
        assert_eq!(waiting[1].need, "Needed: deployment records.");
        assert_eq!(waiting[1].checks.iter().map(|check| check.id.as_str()).collect::<Vec<_>>(), ["R13", "R19"]);
    }

    #[test]
    fn no_check_is_lost() {
        let report = sample();
        let groups = groups(&report, &Words::load("en").unwrap()).unwrap();
        let waiting = |group: &Group| group.waiting.iter().map(|each| each.checks.len()).sum::<usize>();
        let shown: usize =
            groups.iter().map(|group| group.full.len() + waiting(group) + group.not_applicable.len()).sum();
        assert_eq!(shown, report.checks.len());
    }

    #[test]
    fn an_open_check_that_shows_something_is_printed_in_full() {
        let mut report = sample();
        let open = report.checks.iter_mut().find(|check| check.id == "R09").unwrap();
        open.figures = vec!["change_failure.risk_ratio".into()];
        let groups = groups(&report, &Words::load("en").unwrap()).unwrap();
        assert!(groups[0].full.iter().any(|check| check.id == "R09"));
    }

    #[test]
    fn an_unknown_verdict_or_dimension_is_refused() {
        let words = Words::load("en").unwrap();
        let mut report = sample();
        report.checks[0].dimension = "other".into();
        assert!(groups(&report, &words).is_err());
        let mut report = sample();
        report.checks[0].verdict = "compliant".into();
        assert!(groups(&report, &words).is_err());
    }
}
