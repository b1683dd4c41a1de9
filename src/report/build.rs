//! Assembles the public report from the cleared parts. Nothing is computed here.

use super::speak::Speaker;
use super::v1;
use crate::checks::{Dimension, Evidence, Judged, Verdict};
use crate::error::Problem;
use crate::facts::{Input, Kind, Refused};
use crate::lang::Lang;
use crate::message::Message;
use crate::norms::Norms;
use crate::plan::Plan;
use crate::privacy::{Cleared, Publication, Shown, ShownCell, ShownFigure, ShownTable};

/// Sentences that every report prints.
const LIMITS: usize = 16;
const TO_SIGN: [&str; 4] = ["sign-auditor", "sign-qualification", "sign-independence", "sign-date-and-signature"];

/// Builds the report.
pub fn build(cleared: &Cleared<Publication>, plan: &Plan, langs: &[Lang]) -> Result<v1::Report, Problem> {
    let shown = cleared.get();
    let speaker = Speaker::new(langs, &shown.figures);
    let marks_off = shown.figures.iter().any(|figure| figure.caveat.is_some());
    let say_all = |messages: &[Message]| messages.iter().map(|message| speaker.say(message)).collect::<Result<_, _>>();
    Ok(v1::Report {
        schema: v1::SCHEMA.into(),
        period: v1::Period {
            label: plan.period.label.clone(),
            start: plan.period.first.to_string(),
            end: plan.period.until.to_string(),
        },
        organisation: plan.organisation.clone(),
        languages: langs.iter().map(|lang| lang.code().to_owned()).collect(),
        summary: v1::Summary {
            audited: say_all(&shown.summary.audited)?,
            found: say_all(&shown.summary.found)?,
            open: say_all(&shown.summary.open)?,
        },
        coverage: v1::Coverage {
            inputs: shown.inputs.iter().map(|input| self::input(input, shown)).collect(),
            refused: shown.refused.iter().map(|refused| refusal(refused, &speaker)).collect::<Result<_, _>>()?,
            statements: say_all(&shown.coverage)?,
        },
        figures: shown
            .figures
            .iter()
            .map(|figure| Ok((figure.id.clone(), self::figure(figure, speaker.main()?)?)))
            .collect::<Result<_, Problem>>()?,
        checks: shown.checks.iter().map(|judged| check(judged, plan, &speaker)).collect::<Result<_, _>>()?,
        dimensions: dimensions(&shown.checks, &speaker)?,
        tables: shown.tables.iter().map(|table| self::table(table, marks_off, &speaker)).collect::<Result<_, _>>()?,
        firewall: shown.firewall.iter().map(firewall).collect(),
        exceptions: vec![speaker.plain("exceptions-none")?],
        replies: vec![speaker.plain("replies-none")?],
        changes: vec![speaker.plain("changes-none")?],
        privacy: privacy(shown, plan, &speaker)?,
        method: v1::Method {
            tool: concat!("countersign ", env!("CARGO_PKG_VERSION")).into(),
            plan_sha256: plan.sha256.clone(),
            norm_profiles: plan.norms.clone(),
            limits: (1..=LIMITS).map(|n| speaker.plain(format!("limit-{n}"))).collect::<Result<_, _>>()?,
            to_sign: TO_SIGN.into_iter().map(|id| speaker.plain(id)).collect::<Result<_, _>>()?,
        },
    })
}

fn input(input: &Input, shown: &Publication) -> v1::Input {
    let hides = match input.kind {
        Kind::History | Kind::Reviews => shown.hides_records,
        Kind::Guardrails => shown.hides_events,
        _ => false,
    };
    v1::Input {
        kind: input.kind.word().into(),
        path: input.path.clone(),
        format: input.format.clone(),
        sha256: input.sha256.clone(),
        records: (!hides).then_some(input.records),
    }
}

fn refusal(refused: &Refused, speaker: &Speaker<'_>) -> Result<v1::Refused, Problem> {
    Ok(v1::Refused {
        kind: refused.kind.word().into(),
        path: refused.path.clone(),
        at: refused.at,
        reason: speaker.plain(format!("refused-{}", refused.reason.word()))?,
        count: refused.count,
    })
}

fn figure(figure: &ShownFigure, lang: &Lang) -> Result<v1::Figure, Problem> {
    let known = match &figure.state {
        Shown::Known(value) => Some(value),
        Shown::Unknown(_) | Shown::Withheld => None,
    };
    let (state, needs) = match &figure.state {
        Shown::Known(_) => (v1::State::Known, Vec::new()),
        Shown::Unknown(needs) => (v1::State::Unknown, needs.iter().map(|kind| kind.word().to_owned()).collect()),
        Shown::Withheld => (v1::State::Withheld, Vec::new()),
    };
    let finite = |limit: f64| limit.is_finite().then_some(limit);
    let method = match figure.caveat {
        Some(caveat) => format!("{} {}", lang.plain(figure.method)?, lang.plain(caveat)?),
        None => lang.plain(figure.method)?,
    };
    Ok(v1::Figure {
        value: known.and_then(|value| value.value),
        unit: figure.unit.into(),
        numerator: known.and_then(|value| value.numerator),
        denominator: known.and_then(|value| value.denominator),
        interval: known.and_then(|value| value.interval).map(|i| (i.lower, finite(i.upper))),
        method,
        state,
        needs,
        disclosure: figure.disclosure.into(),
    })
}

fn check(judged: &Judged, plan: &Plan, speaker: &Speaker<'_>) -> Result<v1::Check, Problem> {
    let (id, finding) = (judged.entry.id, &judged.finding);
    let mut grounds: Vec<v1::Prose> =
        finding.grounds.iter().map(|ground| speaker.say(ground)).collect::<Result<_, _>>()?;
    if !finding.needs.is_empty() {
        let words: Vec<String> = finding.needs.iter().map(|kind| kind.word().to_owned()).collect();
        grounds.push(speaker.needs(&words)?);
    }
    let asks_for_remedy = matches!(finding.verdict, Verdict::NotMet | Verdict::MetWithComments);
    let set_by = judged.set_by.map_or("nobody", crate::plan::SetBy::word);
    let text = match &finding.ask {
        Some(ask) => speaker.say(&ask.text)?,
        None => speaker.plain(format!("check-{id}-criterion"))?,
    };
    Ok(v1::Check {
        id: id.into(),
        name: speaker.plain(format!("check-{id}-name"))?,
        short: speaker.plain(format!("check-{id}-short"))?,
        dimension: judged.entry.dimension.word().into(),
        verdict: finding.verdict.word().into(),
        verdict_text: speaker.plain(format!("verdict-{}", finding.verdict.slug()))?,
        grounds,
        figures: finding.figures.clone(),
        evidence: finding.evidence.iter().map(|place| evidence(place, speaker)).collect::<Result<_, _>>()?,
        norms: norms(id, plan),
        criterion: v1::Criterion {
            text,
            set_by: set_by.into(),
            set_by_text: speaker.plain(format!("set-by-{set_by}"))?,
        },
        remedy: if asks_for_remedy { Some(speaker.plain(format!("check-{id}-remedy"))?) } else { None },
        limits: vec![speaker.plain(format!("check-{id}-limits"))?],
    })
}

fn evidence(place: &Evidence, speaker: &Speaker<'_>) -> Result<v1::Evidence, Problem> {
    Ok(v1::Evidence {
        what: speaker.say(&place.what)?,
        file: place.file.clone(),
        line: place.line,
        pointer: place.pointer.clone(),
        text: place.text.clone(),
    })
}

fn norms(id: &str, plan: &Plan) -> Vec<v1::Norm> {
    let relevant = Norms::builtin().relevant_to(id, &plan.norms);
    let printed = relevant.into_iter().map(|norm| v1::Norm {
        id: norm.id.clone(),
        instrument: norm.instrument.clone(),
        clause: norm.clause.clone(),
        force: norm.force.clone(),
        jurisdiction: norm.jurisdiction.clone(),
        applies_from: norm.applies_from.clone(),
    });
    printed.collect()
}

/// Worst first: not met, no conclusion, met with comments, met.
fn dimensions(checks: &[Judged], speaker: &Speaker<'_>) -> Result<Vec<v1::Dimension>, Problem> {
    let all = [Dimension::Robustness, Dimension::Workload, Dimension::Surveillance];
    all.into_iter()
        .map(|dimension| {
            let verdicts: Vec<Verdict> = checks
                .iter()
                .filter(|judged| judged.entry.dimension == dimension)
                .map(|judged| judged.finding.verdict)
                .collect();
            let count = |verdict: Verdict| verdicts.iter().filter(|v| **v == verdict).count();
            let applicable = verdicts.len() - count(Verdict::NotApplicable);
            let concluded = applicable - count(Verdict::NoConclusion);
            let conclusion = match verdicts.iter().filter(|v| **v != Verdict::NotApplicable).min() {
                Some(Verdict::NotMet) => "negative",
                Some(Verdict::MetWithComments) => "positive with comments",
                Some(Verdict::Met) => "positive",
                _ => "no conclusion",
            };
            let counts = Verdict::ALL.into_iter().map(|verdict| {
                let text = speaker.plain(format!("verdict-{}", verdict.slug()))?;
                Ok(v1::VerdictCount { verdict: verdict.word().into(), text, count: count(verdict) as u64 })
            });
            let text = Message::new(format!("dimension-conclusion-{}", conclusion.replace(' ', "-")));
            Ok(v1::Dimension {
                id: dimension.word().into(),
                name: speaker.plain(format!("dimension-{}", dimension.word()))?,
                conclusion: conclusion.into(),
                text: speaker.say(&text.count("concluded", concluded).count("all", applicable))?,
                counts: counts.collect::<Result<_, Problem>>()?,
            })
        })
        .collect()
}

fn table(table: &ShownTable, marks_off: bool, speaker: &Speaker<'_>) -> Result<v1::Table, Problem> {
    let not_auditable = marks_off && table.columns.contains(&"ai-attributed");
    let note =
        if not_auditable { format!("table-{}-note-marks-off", table.id) } else { format!("table-{}-note", table.id) };
    let columns = table.columns.iter().zip(&table.numeric).map(|(id, numeric)| {
        Ok(v1::Column { id: (*id).into(), title: speaker.plain(format!("column-{id}"))?, numeric: *numeric })
    });
    let cell = |cell: &ShownCell| match cell {
        ShownCell::Number(number) => v1::Cell::Number(*number),
        ShownCell::Text(text) => v1::Cell::Text(text.clone()),
        ShownCell::Unknown(_) => v1::Cell::Text("unknown".into()),
        ShownCell::Withheld => v1::Cell::Text("withheld".into()),
    };
    let row = |row: &crate::privacy::ShownRow| {
        std::iter::once(v1::Cell::Text(row.label.clone())).chain(row.cells.iter().map(cell)).collect()
    };
    Ok(v1::Table {
        id: table.id.into(),
        title: speaker.plain(format!("table-{}", table.id))?,
        note: speaker.plain(note)?,
        columns: columns.collect::<Result<_, Problem>>()?,
        rows: table.rows.iter().map(row).collect(),
        disclosure: table.disclosure.into(),
    })
}

fn firewall(path: &crate::measures::surveillance::firewall::Path) -> v1::FirewallPath {
    let steps = path.steps.iter().map(|step| v1::FirewallStep {
        place: step.place.label().to_owned(),
        file: step.flow.as_ref().map(|flow| flow.file.clone()).unwrap_or_default(),
        line: step.flow.as_ref().and_then(|flow| flow.line).map(u64::from),
        pointer: step.flow.as_ref().and_then(|flow| flow.pointer.clone()),
    });
    v1::FirewallPath { source: path.source.clone(), steps: steps.collect() }
}

fn privacy(shown: &Publication, plan: &Plan, speaker: &Speaker<'_>) -> Result<v1::Privacy, Problem> {
    let mut statements = vec![speaker.say(&Message::new("privacy-k").count("k", plan.privacy.k as usize))?];
    statements.push(if shown.withheld.is_empty() {
        speaker.plain("privacy-none-withheld")?
    } else {
        speaker.say(&Message::new("privacy-withheld").count("count", shown.withheld.len()))?
    });
    if plan.privacy.history_is_public {
        statements.push(speaker.plain("privacy-public-history")?);
    }
    Ok(v1::Privacy { k: plan.privacy.k, withheld: shown.withheld.clone(), statements })
}
