//! One export of the plan: read, collapse, convert, count what was refused.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::label::Labels;
use super::mapping::Mapping;
use super::raw::{RawFormat, RawKeep};
use super::record::{Export, NO_FORMAT, Register};
use super::table::{Fail, Refusals, Row};
use super::{load, rows};
use crate::error::Problem;
use crate::facts::input::{Input, Kind, RefusalReason, Refused};
use crate::facts::{Facts, Incident};
use crate::plan::{MappingChoice, Plan, RecordInput};
use crate::sources::{Identities, bounded, sha256_hex};

/// Largest CSV export, of which the columns that are read are kept: 128 MiB.
const LARGEST_CSV: u64 = 128 << 20;
/// Largest JSON export, which takes several times its size in memory: 64 MiB.
const LARGEST_JSON: u64 = 64 << 20;

/// What the exports of one run share.
#[derive(Default)]
pub(super) struct Shared {
    labels: Labels,
    /// Id as written and start of every incident, to find the same one in overlapping exports.
    seen: BTreeSet<(String, Timestamp)>,
}

/// Reads one export. `false`: nothing of it could be used, and the refusal says why.
pub(super) fn read(
    plan: &Plan,
    input: &RecordInput,
    shared: &mut Shared,
    ids: &mut Identities,
    facts: &mut Facts,
) -> Result<bool, Problem> {
    let mapping = load::load(plan, input)?;
    let path = plan.resolve(&input.path);
    if matches!(std::fs::symlink_metadata(&path), Err(e) if e.kind() == std::io::ErrorKind::NotFound) {
        return Err(Problem::input("cannot read an incident export", "there is no such file")
            .in_file(&input.path)
            .help(format!("correct its path in {}; paths are relative to the plan", plan.file)));
    }
    let limit = if mapping.format == RawFormat::Csv { LARGEST_CSV } else { LARGEST_JSON };
    let bytes = match bounded(&path, limit) {
        Ok(bytes) => bytes,
        Err((reason, detail)) => {
            facts.refused.push(refused(&input.path, None, reason, 1, detail));
            return Ok(false);
        }
    };
    let format = match &input.mapping {
        MappingChoice::Profile(id) => id.clone(),
        MappingChoice::File(_) => "mapping".to_owned(),
    };
    let sha256 = sha256_hex(&bytes);
    let add_input = |facts: &mut Facts, records| {
        facts.inputs.push(Input { kind: Kind::Incidents, path: input.path.clone(), format, sha256, records });
    };
    let table = match rows::read(&input.path, &bytes, &mapping) {
        Ok(table) => table,
        Err(Fail::Stop(problem)) => return Err(*problem),
        Err(Fail::Refuse(reason, detail)) => {
            add_input(facts, 0);
            facts.refused.push(refused(&input.path, None, reason, 1, detail));
            return Ok(false);
        }
    };
    let export = Export { file: &input.path, mapping: &mapping, table: &table };
    let (incidents, refusals) = convert(&export, &mut Register { ids, labels: &mut shared.labels }, &mut shared.seen)?;
    let usable = !incidents.is_empty() || refusals.0.is_empty();
    if !usable {
        ask_for_a_format(plan, input, &mapping, &refusals)?;
    }
    add_input(facts, incidents.len() as u64);
    facts.incidents.extend(incidents);
    let refusals = refusals.0.into_iter();
    facts
        .refused
        .extend(refusals.map(|((reason, detail), (at, count))| refused(&input.path, Some(at), reason, count, detail)));
    Ok(usable)
}

fn refused(path: &str, at: Option<u64>, reason: RefusalReason, count: u64, detail: impl Into<String>) -> Refused {
    Refused { kind: Kind::Incidents, path: path.to_owned(), at, reason, count, detail: detail.into() }
}

/// A whole export in an unknown time format is not a bad export: its format has to be said.
fn ask_for_a_format(plan: &Plan, input: &RecordInput, mapping: &Mapping, refusals: &Refusals) -> Result<(), Problem> {
    let Some((at, _)) = refusals.0.get(&(RefusalReason::BadDate, NO_FORMAT)) else { return Ok(()) };
    let problem = Problem::input("cannot read an incident export", NO_FORMAT);
    let problem = match mapping.format {
        RawFormat::Json => problem.in_file(&input.path),
        _ => problem.at_line(&input.path, usize::try_from(*at).unwrap_or(usize::MAX)),
    };
    let help = format!("add time_format = \"%d-%m-%Y %H:%M\", or how it is written, to this export in {}", plan.file);
    Err(problem.help(help))
}

fn convert(
    export: &Export<'_>,
    register: &mut Register<'_>,
    seen: &mut BTreeSet<(String, Timestamp)>,
) -> Result<(Vec<Incident>, Refusals), Problem> {
    let mut refusals = Refusals(export.table.refusals.0.clone());
    let mut here = BTreeSet::new();
    let mut incidents = Vec::new();
    for group in groups(export, &mut refusals) {
        let row = group.kept;
        let incident = match export.incident(row, &group.history, register) {
            Ok(incident) => incident,
            Err(Fail::Stop(problem)) => return Err(*problem),
            Err(Fail::Refuse(reason, detail)) => {
                refusals.add(reason, detail, row.at);
                continue;
            }
        };
        let id = export.raw_id(row).unwrap_or_default();
        let again = incident.times.started.is_some_and(|started| !seen.insert((id.clone(), started)));
        if again || !here.insert(id) {
            refusals.add(RefusalReason::Duplicate, "an incident of the same id stands before it", row.at);
            continue;
        }
        incidents.push(incident);
    }
    Ok((incidents, refusals))
}

/// The rows of one incident.
struct Group<'a> {
    kept: &'a Row,
    history: Vec<&'a Row>,
}

/// Rows by incident, in the order of first appearance. Without `collapse`, each row is one.
fn groups<'a>(export: &Export<'a>, refusals: &mut Refusals) -> Vec<Group<'a>> {
    let table = export.table;
    let Some(collapse) = &export.mapping.collapse else {
        return table.rows.iter().map(|row| Group { kept: row, history: vec![row] }).collect();
    };
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<(Order, Group<'a>)> = Vec::new();
    for row in &table.rows {
        let Some(key) = table.texts(row, &collapse.key).into_iter().next() else {
            refusals.add(RefusalReason::MissingField, "a record has no id", row.at);
            continue;
        };
        let order = collapse.order_by.as_ref().and_then(|place| table.texts(row, place).into_iter().next());
        let order = order.map_or(Order::None, |text| Order::of(export, text));
        let Some((best, group)) = index.get(&key).and_then(|at| groups.get_mut(*at)) else {
            index.insert(key, groups.len());
            groups.push((order, Group { kept: row, history: vec![row] }));
            continue;
        };
        group.history.push(row);
        let better = match collapse.rule.keep {
            RawKeep::Last => order >= *best,
            RawKeep::First => order < *best,
        };
        if better {
            *best = order;
            group.kept = row;
        }
    }
    let mut groups: Vec<Group<'a>> = groups.into_iter().map(|(_, group)| group).collect();
    if !collapse.rule.history {
        for group in &mut groups {
            group.history = vec![group.kept];
        }
    }
    groups
}

/// What rows are ordered by: numbers as numbers, instants as instants, all else as text.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    None,
    Text(String),
    Number(i64),
    At(Timestamp),
}

impl Order {
    fn of(export: &Export<'_>, text: String) -> Self {
        if let Ok(number) = text.parse() {
            return Self::Number(number);
        }
        export.mapping.clock.read(&text).map_or(Self::Text(text), |instant| Self::At(instant.at))
    }
}
