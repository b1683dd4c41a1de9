//! What follows the findings: paths, coverage, method, words.

use serde::Serialize;

use super::super::words::Words;
use super::VERDICTS;
use crate::error::Problem;
use crate::lang::Value;
use crate::report::v1::{Input, Refused, Report, State};

/// A path from a safety source to a performance sink.
#[derive(Serialize)]
pub(in crate::render) struct PathView {
    title: String,
    steps: Vec<StepView>,
}

/// One place on a path.
#[derive(Serialize)]
struct StepView {
    place: String,
    shown_by: String,
}

/// What was read.
#[derive(Serialize)]
pub(in crate::render) struct CoverageView {
    inputs: Vec<InputView>,
    refused: Vec<RefusedView>,
    statements: Vec<String>,
}

/// An input.
#[derive(Serialize)]
struct InputView {
    kind: String,
    path: String,
    format: String,
    records: String,
    sha256: String,
}

/// A refusal.
#[derive(Serialize)]
struct RefusedView {
    kind: String,
    path: String,
    place: String,
    reason: String,
    count: String,
}

/// How the report was made.
#[derive(Serialize)]
pub(in crate::render) struct MethodView {
    tool: String,
    plan: String,
    profiles: String,
    limits: Vec<String>,
    privacy: Vec<String>,
    withheld: Vec<String>,
    to_sign: Vec<String>,
}

/// A word and its meaning.
#[derive(Serialize)]
pub(in crate::render) struct Term {
    key: String,
    word: String,
    meaning: String,
}

/// The paths, numbered.
pub(super) fn firewall(report: &Report, words: &Words) -> Result<Vec<PathView>, Problem> {
    let step = |step: &crate::report::v1::FirewallStep| StepView {
        place: step.place.clone(),
        shown_by: if step.file.is_empty() {
            String::new()
        } else {
            Words::place(&step.file, step.line, step.pointer.as_deref())
        },
    };
    let numbered = report.firewall.iter().enumerate();
    numbered
        .map(|(at, path)| {
            let args = [("n", Value::Number((at + 1) as f64)), ("source", Value::Text(path.source.clone()))];
            let title = words.ui_with("path", &args)?;
            Ok(PathView { title, steps: path.steps.iter().map(step).collect() })
        })
        .collect()
}

/// The inputs and refusals.
pub(super) fn coverage(report: &Report, words: &Words) -> Result<CoverageView, Problem> {
    let coverage = &report.coverage;
    Ok(CoverageView {
        inputs: coverage.inputs.iter().map(|each| input(each, words)).collect::<Result<_, _>>()?,
        refused: coverage.refused.iter().map(|each| refused(each, words)).collect::<Result<_, _>>()?,
        statements: words.all(&coverage.statements)?,
    })
}

fn input(input: &Input, words: &Words) -> Result<InputView, Problem> {
    Ok(InputView {
        kind: words.word_or(&format!("kind-{}", input.kind), &input.kind),
        path: input.path.clone(),
        format: input.format.clone(),
        records: match input.records {
            Some(records) => words.number(records as f64)?,
            None => words.state(State::Withheld)?,
        },
        sha256: input.sha256.clone(),
    })
}

fn refused(refused: &Refused, words: &Words) -> Result<RefusedView, Problem> {
    let place = match refused.at {
        Some(at) => words.ui_with("line", &[("n", Value::Text(at.to_string()))])?,
        None => String::new(),
    };
    Ok(RefusedView {
        kind: words.word_or(&format!("kind-{}", refused.kind), &refused.kind),
        path: refused.path.clone(),
        place,
        reason: words.prose(&refused.reason)?,
        count: words.number(refused.count as f64)?,
    })
}

/// Method, limits and privacy.
pub(super) fn method(report: &Report, words: &Words) -> Result<MethodView, Problem> {
    let (method, privacy) = (&report.method, &report.privacy);
    Ok(MethodView {
        tool: method.tool.clone(),
        plan: method.plan_sha256.clone(),
        profiles: method.norm_profiles.join(", "),
        limits: words.all(&method.limits)?,
        privacy: words.all(&privacy.statements)?,
        withheld: privacy.withheld.clone(),
        to_sign: words.all(&method.to_sign)?,
    })
}

/// The words of the report with their meanings.
pub(super) fn glossary(words: &Words) -> Result<Vec<Term>, Problem> {
    let term = |key: &str, word: String| {
        Ok(Term { key: key.to_owned(), word, meaning: words.ui(&format!("glossary-{key}"))? })
    };
    let mut terms = Vec::new();
    for key in VERDICTS {
        terms.push(term(key, words.word(&format!("verdict-{key}"))?)?);
    }
    for key in ["unknown", "withheld"] {
        terms.push(term(key, words.word(&format!("state-{key}"))?)?);
    }
    for key in ["interval", "unattributed", "capture", "register", "guardrail", "doctrine"] {
        terms.push(term(key, words.ui(&format!("{key}-word"))?)?);
    }
    Ok(terms)
}
