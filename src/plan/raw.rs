//! The plan as it is written: TOML with spans, checked field by field into a [`Plan`].

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::attribution::{self, RawAttribution};
use super::text::Text;
use super::{
    ChosenNorm, Criterion, GuardrailInput, MappingChoice, Period, Plan, PrivacyRules, RecordInput, RepositoryInput,
    SMALLEST_K, SetBy,
};
use crate::error::{Problem, is_hidden, nearest, printable};

/// A plan of more than this is not a plan.
const LARGEST_PLAN: u64 = 1 << 20;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "audit.toml")]
struct RawPlan {
    audit: RawAudit,
    #[serde(default)]
    repositories: Vec<RawRepository>,
    #[serde(default)]
    incidents: Vec<RawRecords>,
    #[serde(default)]
    deployments: Vec<RawRecords>,
    #[serde(default)]
    guardrail_events: Vec<RawGuardrails>,
    #[serde(default)]
    agent_operations: Vec<RawRecords>,
    #[serde(default)]
    monitoring: Vec<RawFile>,
    register: Option<RawFile>,
    people: Option<RawFile>,
    survey: Option<RawFile>,
    replies: Option<RawFile>,
    exceptions: Option<RawFile>,
    auditor: Option<RawFile>,
    #[serde(default)]
    criteria: BTreeMap<String, BTreeMap<String, RawCriterion>>,
    #[serde(default)]
    not_material: BTreeMap<String, String>,
    #[serde(default)]
    privacy: RawPrivacy,
    #[serde(default)]
    attribution: RawAttribution,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawAudit {
    #[schemars(with = "String")]
    organisation: Spanned<String>,
    #[schemars(with = "Option<String>")]
    period: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    start: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    end: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    time_zone: Option<Spanned<String>>,
    #[schemars(with = "Option<Vec<String>>")]
    languages: Option<Vec<Spanned<String>>>,
    norms: Option<Vec<String>>,
    agreement: Option<String>,
    purpose: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawRepository {
    path: String,
    branch: Option<String>,
    team: Option<String>,
    reviews: Option<String>,
    format: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawRecords {
    #[schemars(with = "String")]
    path: Spanned<String>,
    profile: Option<String>,
    mapping: Option<String>,
    #[schemars(with = "Option<String>")]
    zone: Option<Spanned<String>>,
    time_format: Option<String>,
    /// Files that the profile joins to the export, by the name it gives them.
    #[serde(default)]
    side: BTreeMap<String, String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawGuardrails {
    path: String,
    format: Option<String>,
    repository: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawFile {
    path: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawCriterion {
    at_most: Option<f64>,
    at_least: Option<f64>,
    /// Id of a clause, instead of bounds.
    norm: Option<String>,
    #[schemars(with = "String")]
    set_by: Spanned<String>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawPrivacy {
    #[schemars(with = "u32")]
    k: Option<Spanned<u32>>,
    #[serde(default)]
    history_is_public: bool,
}

/// JSON schema of `audit.toml`.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(RawPlan)
}

pub(super) fn load(path: &Path) -> Result<Plan, Problem> {
    let path = if path.is_dir() { path.join("audit.toml") } else { path.to_path_buf() };
    let file = path.display().to_string();
    let unreadable = |why: String| {
        Problem::usage("cannot read the plan", why)
            .in_file(&file)
            .help("name a plan file, or a folder that holds audit.toml")
    };
    let meta = std::fs::metadata(&path).map_err(|e| unreadable(e.to_string()))?;
    if !meta.is_file() || meta.len() > LARGEST_PLAN {
        return Err(unreadable("it is not a file of at most 1 MiB".into()));
    }
    let text = std::fs::read_to_string(&path).map_err(|e| unreadable(e.to_string()))?;
    let folder =
        path.parent().filter(|p| !p.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    parse(&file, &text, folder)
}

fn parse(file: &str, text: &str, folder: PathBuf) -> Result<Plan, Problem> {
    let raw: RawPlan =
        toml::from_str(text).map_err(|error| toml_problem("cannot read the plan", file, text, &error))?;
    let source = Text { file, text };
    let attachments =
        [("survey", raw.survey), ("replies", raw.replies), ("exceptions", raw.exceptions), ("auditor", raw.auditor)];
    let languages = languages(&source, raw.audit.languages.as_deref())?;
    let time_zone = zone(&source, raw.audit.time_zone.as_ref())?.unwrap_or_else(|| "UTC".to_owned());
    let (criteria, rules) = criteria(&source, raw.criteria)?;
    Ok(Plan {
        written: true,
        sha256: hex(&Sha256::digest(text.as_bytes())),
        period: period(&source, &raw.audit)?,
        time_zone,
        languages,
        repositories: raw.repositories.into_iter().map(repository).collect(),
        incidents: records(&source, raw.incidents)?,
        deployments: records(&source, raw.deployments)?,
        guardrail_events: raw.guardrail_events.into_iter().map(guardrails).collect(),
        agent_operations: records(&source, raw.agent_operations)?,
        monitoring: raw.monitoring.into_iter().map(|m| m.path).collect(),
        register: raw.register.map(|r| r.path),
        people: raw.people.map(|p| p.path),
        attachments: attachments.into_iter().filter_map(|(name, file)| Some((name, file?.path))).collect(),
        criteria,
        rules,
        not_material: raw.not_material,
        privacy: privacy(&source, &raw.privacy)?,
        attribution: attribution::checked(&source, &raw.attribution)?,
        organisation: organisation(&source, raw.audit.organisation)?,
        norms: raw.audit.norms.unwrap_or_else(|| vec!["practice".into(), "intl-soft".into()]),
        agreement: raw.audit.agreement,
        purpose: raw.audit.purpose,
        folder,
        file: file.to_owned(),
    })
}

pub(super) fn for_repository(path: &Path, period: Option<Period>) -> Result<Plan, Problem> {
    let period = period.ok_or_else(|| {
        Problem::usage("cannot audit a repository without a period", "there is no plan that states one")
            .help("add --period 2026-Q3, or write an audit.toml")
    })?;
    let written = path.display().to_string();
    let name = path.file_name().map_or_else(|| written.clone(), |n| printable(&n.to_string_lossy()));
    let quoted = |value: &str| toml::Value::String(value.to_owned()).to_string();
    let text = format!(
        "[audit]\norganisation = {}\nperiod = {}\n\n[[repositories]]\npath = {}\n",
        quoted(&name),
        quoted(&period.label),
        quoted(&written)
    );
    let mut plan = parse("(no plan)", &text, PathBuf::from("."))?;
    plan.period = period;
    plan.written = false;
    Ok(plan)
}

/// One printed line: it stands on every page.
fn organisation(source: &Text<'_>, written: Spanned<String>) -> Result<String, Problem> {
    if written.get_ref().trim().is_empty() || written.get_ref().contains(|c| is_hidden(c) || c == '\n') {
        return Err(source
            .problem(written.span().start, "the name of the organisation is empty, or is not one line of visible text")
            .help("write organisation = \"Example Ltd\""));
    }
    Ok(written.into_inner())
}

fn period(source: &Text<'_>, audit: &RawAudit) -> Result<Period, Problem> {
    match (&audit.period, &audit.start, &audit.end) {
        (Some(period), None, None) => {
            Period::parse(period.get_ref()).map_err(|why| source.problem(period.span().start, why))
        }
        (None, Some(start), Some(end)) => Period::parse(&format!("{}..{}", start.get_ref(), end.get_ref()))
            .map_err(|why| source.problem(start.span().start, why)),
        _ => Err(source
            .problem(source.text.find("[audit]").unwrap_or(0), "the plan states no period, or states it twice")
            .help("write period = \"2026-Q3\", or both start = \"2026-07-01\" and end = \"2026-10-01\"")),
    }
}

fn zone(source: &Text<'_>, zone: Option<&Spanned<String>>) -> Result<Option<String>, Problem> {
    let Some(zone) = zone else { return Ok(None) };
    if jiff::tz::db().get(zone.get_ref()).is_err() {
        return Err(source
            .problem(zone.span().start, format!("`{}` is not a time zone", zone.get_ref()))
            .help("write an IANA name, such as Europe/Berlin or UTC"));
    }
    Ok(Some(zone.get_ref().clone()))
}

fn languages(source: &Text<'_>, written: Option<&[Spanned<String>]>) -> Result<Vec<String>, Problem> {
    const KNOWN: [&str; 3] = ["en", "de", "fr"];
    for language in written.unwrap_or_default() {
        if !KNOWN.contains(&language.get_ref().as_str()) {
            let why = format!("`{}` is not a language of the report", language.get_ref());
            return Err(source.problem(language.span().start, why).help("languages are en, de, fr"));
        }
    }
    let list: Vec<String> = written.unwrap_or_default().iter().map(|l| l.get_ref().clone()).collect();
    if let Some(at) = (1..list.len()).find(|at| list[..*at].contains(&list[*at])) {
        let twice = written.and_then(|written| written.get(at)).map_or(0, |language| language.span().start);
        return Err(source.problem(twice, format!("`{}` is listed twice", list[at])).help("list each language once"));
    }
    Ok(if list.is_empty() { vec!["en".into()] } else { list })
}

fn repository(raw: RawRepository) -> RepositoryInput {
    let RawRepository { path, branch, team, reviews, format } = raw;
    RepositoryInput { path, branch, team, reviews, reviews_format: format }
}

fn guardrails(raw: RawGuardrails) -> GuardrailInput {
    let RawGuardrails { path, format, repository } = raw;
    GuardrailInput { path, format, repository }
}

fn records(source: &Text<'_>, raw: Vec<RawRecords>) -> Result<Vec<RecordInput>, Problem> {
    raw.into_iter()
        .map(|record| {
            let zone = zone(source, record.zone.as_ref())?;
            let mapping = match (&record.profile, &record.mapping) {
                (Some(profile), None) => MappingChoice::Profile(profile.clone()),
                (None, Some(file)) => MappingChoice::File(file.clone()),
                _ => {
                    return Err(source
                        .problem(record.path.span().start, "an export needs either a profile or a mapping")
                        .help("add profile = \"servicenow-incident-csv\" or mapping = \"my-mapping.toml\""));
                }
            };
            let RawRecords { path, time_format, side, .. } = record;
            Ok(RecordInput { path: path.into_inner(), mapping, zone, time_format, sides: side })
        })
        .collect()
}

/// Bounds and chosen norms, by id.
type Criteria = (BTreeMap<String, Criterion>, BTreeMap<String, ChosenNorm>);

/// `[criteria]` is nested by TOML's dots: `W02.median_hours = …` is the bound `median_hours` of check `W02`.
fn criteria(source: &Text<'_>, raw: BTreeMap<String, BTreeMap<String, RawCriterion>>) -> Result<Criteria, Problem> {
    let (mut bounds, mut rules) = Criteria::default();
    let written = raw
        .into_iter()
        .flat_map(|(check, bounds)| bounds.into_iter().map(move |(name, raw)| (format!("{check}.{name}"), raw)));
    for (id, raw) in written {
        if raw.norm.is_some() {
            rules.insert(id, rule(source, raw)?);
        } else {
            bounds.insert(id, criterion(source, &raw)?);
        }
    }
    Ok((bounds, rules))
}

fn rule(source: &Text<'_>, raw: RawCriterion) -> Result<ChosenNorm, Problem> {
    let set_by = set_by(source, &raw.set_by)?;
    if raw.at_most.is_some() || raw.at_least.is_some() {
        return Err(source
            .problem(raw.set_by.span().start, "the criterion has a norm and a bound")
            .help("a chosen norm brings its own threshold: leave at_most and at_least out"));
    }
    Ok(ChosenNorm { norm: raw.norm.unwrap_or_default(), set_by })
}

fn set_by(source: &Text<'_>, written: &Spanned<String>) -> Result<SetBy, Problem> {
    const WORDS: [(&str, SetBy); 5] = [
        ("law", SetBy::Law),
        ("standard", SetBy::Standard),
        ("auditor", SetBy::Auditor),
        ("audited_party", SetBy::AuditedParty),
        ("agreement", SetBy::Agreement),
    ];
    let word = written.get_ref().as_str();
    if let Some((_, set_by)) = WORDS.iter().find(|(known, _)| *known == word) {
        return Ok(*set_by);
    }
    let known = WORDS.map(|(known, _)| known);
    let help =
        nearest(word, known).map_or_else(|| format!("write one of {}", known.join(", ")), |n| format!("write `{n}`"));
    Err(source.problem(written.span().start, format!("`{word}` cannot set a criterion")).help(help))
}

fn criterion(source: &Text<'_>, raw: &RawCriterion) -> Result<Criterion, Problem> {
    let set_by = set_by(source, &raw.set_by)?;
    if raw.at_most.is_none() && raw.at_least.is_none() {
        return Err(source
            .problem(raw.set_by.span().start, "the criterion has no bound")
            .help("add at_most = … or at_least = …"));
    }
    let is_bound = |bound: Option<f64>| bound.is_none_or(|bound| bound.is_finite() && bound >= 0.0);
    let leaves_nothing = matches!((raw.at_least, raw.at_most), (Some(least), Some(most)) if least > most);
    if !is_bound(raw.at_most) || !is_bound(raw.at_least) || leaves_nothing {
        return Err(source
            .problem(raw.set_by.span().start, "the criterion would hold for every value, or for none")
            .help("write a bound of zero or more, at_least no greater than at_most"));
    }
    Ok(Criterion { at_most: raw.at_most, at_least: raw.at_least, set_by })
}

fn privacy(source: &Text<'_>, raw: &RawPrivacy) -> Result<PrivacyRules, Problem> {
    let k = raw.k.as_ref().map_or(5, |k| *k.get_ref());
    if k < SMALLEST_K {
        let at = raw.k.as_ref().map_or(0, |k| k.span().start);
        return Err(source
            .problem(at, format!("k = {k} would let a person in a group be worked out by the others"))
            .help("write k = 5, or at least 3"));
    }
    Ok(PrivacyRules { k, history_is_public: raw.history_is_public })
}

/// Turns a TOML error into a problem with line, column and, for an unknown key, the word to type instead.
pub(crate) fn toml_problem(what: &str, file: &str, text: &str, error: &toml::de::Error) -> Problem {
    let message = error.message().to_owned();
    let problem = Problem::usage(what, message.clone());
    let problem = match error.span() {
        Some(span) => problem.at_offset(file, text, span.start),
        None => problem.in_file(file),
    };
    let mut words = message.split('`').skip(1).step_by(2);
    match words.next() {
        Some(typed) if message.starts_with("unknown field") => match nearest(typed, words) {
            Some(word) => problem.help(format!("write `{word}`")),
            None => problem,
        },
        _ => problem,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        parse("audit.toml", text, PathBuf::new()).map_or_else(|problem| problem.to_string(), |_| "accepted".into())
    }

    #[test]
    fn a_misspelt_key_is_shown_with_its_place_and_the_word_to_type() {
        let text = error("[audit]\norganisation = \"x\"\npreiod = \"2026-Q3\"\n");
        assert!(text.contains("audit.toml:3:1"), "{text}");
        assert!(text.contains("help: write `period`"), "{text}");
    }

    #[test]
    fn a_reversed_period_points_at_its_value() {
        let text = error("[audit]\norganisation = \"x\"\nperiod = \"2026-10-01..2026-07-01\"\n");
        assert!(text.contains("audit.toml:3:10") && text.contains("on or before"), "{text}");
    }

    #[test]
    fn a_k_below_the_floor_is_refused() {
        let text = error("[audit]\norganisation = \"x\"\nperiod = \"2026-Q3\"\n[privacy]\nk = 2\n");
        assert!(text.contains("audit.toml:5:5") && text.contains("at least 3"), "{text}");
    }

    #[test]
    fn an_export_without_profile_or_mapping_is_refused() {
        let text = error("[audit]\norganisation = \"x\"\nperiod = \"2026-Q3\"\n[[incidents]]\npath = \"i.csv\"\n");
        assert!(text.contains("either a profile or a mapping"), "{text}");
    }

    #[test]
    fn an_export_of_guardrail_events_needs_its_path_alone() {
        let text =
            "[audit]\norganisation = \"x\"\nperiod = \"2026-Q3\"\n[[guardrail_events]]\npath = \"suites.json\"\n";
        let plan = parse("audit.toml", text, PathBuf::new()).unwrap();
        let expected = GuardrailInput { path: "suites.json".into(), format: None, repository: None };
        assert_eq!(plan.guardrail_events, [expected]);
        let with_profile = error(&format!("{text}profile = \"statuspage-json\"\n"));
        assert!(with_profile.contains("profile"), "{with_profile}");
    }

    #[test]
    fn an_organisation_without_a_printable_name_is_refused() {
        for name in ["", "  ", "a\\nb", "a\\u001b[31m", "a\\u202eb"] {
            let text = error(&format!("[audit]\norganisation = \"{name}\"\nperiod = \"2026-Q3\"\n"));
            assert!(text.contains("audit.toml:2:16"), "{name}: {text}");
        }
    }

    #[test]
    fn a_criterion_that_decides_nothing_is_refused() {
        for bound in ["at_most = nan", "at_most = inf", "at_least = -1.0", "at_most = 0.1, at_least = 0.9"] {
            let criterion = format!("[criteria]\nW03.gini = {{ {bound}, set_by = \"auditor\" }}\n");
            let text = error(&format!("[audit]\norganisation = \"x\"\nperiod = \"2026-Q3\"\n{criterion}"));
            assert!(text.contains("audit.toml:5"), "{bound}: {text}");
        }
    }

    #[test]
    fn a_criterion_is_known_by_check_and_name() {
        let plan = parse(
            "audit.toml",
            "[audit]\norganisation = \"x\"\nperiod = \"2026-Q3\"\n[criteria]\nW02.hours = { at_most = 24, set_by = \"agreement\" }\n",
            PathBuf::new(),
        );
        assert_eq!(plan.ok().and_then(|p| p.criterion("W02.hours").and_then(|c| c.at_most)), Some(24.0));
    }

    #[test]
    fn a_norm_is_chosen_without_a_bound() {
        let written = |rule: &str| {
            let text = format!("[audit]\norganisation = \"x\"\nperiod = \"2026-Q3\"\n[criteria]\nR03.rule = {rule}\n");
            parse("audit.toml", &text, PathBuf::new())
        };
        let plan = written("{ norm = \"aisvs-ac-4-1\", set_by = \"auditor\" }").unwrap();
        let chosen = ChosenNorm { norm: "aisvs-ac-4-1".into(), set_by: SetBy::Auditor };
        assert_eq!(plan.rules.get("R03.rule"), Some(&chosen));
        assert!(plan.criteria.is_empty());
        let both = written("{ norm = \"aisvs-ac-4-1\", at_most = 1.0, set_by = \"auditor\" }");
        assert!(both.is_err_and(|problem| problem.to_string().contains("a norm and a bound")));
        let nobody = written("{ norm = \"aisvs-ac-4-1\", set_by = \"auditer\" }");
        assert!(nobody.is_err_and(|problem| problem.to_string().contains("write `auditor`")));
    }
}
