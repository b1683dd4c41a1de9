//! One export of the plan: read, collapse, convert, count what was refused.

use std::fs::File;
use std::io::{Read as _, Take};
use std::path::Path;

use jiff::Timestamp;

use super::cells::{Export, NO_FORMAT, Record, Register};
use super::csv_rows::{self, Rows};
use super::fields::Target;
use super::label::Labels;
use super::lines::Counted;
use super::mapping::Mapping;
use super::raw::RawFormat;
use super::sheet::{Fail, Refusals, Row, Sheet};
use super::sides::{self, Sides};
use super::{collapse, columns, json_rows, load};
use crate::error::Problem;
use crate::facts::input::{Input, Kind, RefusalReason, Refused};
use crate::facts::{Deployment, Facts, Incident};
use crate::plan::{MappingChoice, Plan, RecordInput};
use crate::sources::{Identities, Lookup, bounded, regular_file, sha256_hex};

/// Largest CSV export, which is read row by row: 2 GiB.
const LARGEST_CSV: u64 = 2 << 30;
/// Largest JSON export, which takes several times its size in memory: 64 MiB.
const LARGEST_JSON: u64 = 64 << 20;

/// What the exports of one run share.
#[derive(Default)]
pub(super) struct Shared {
    labels: Labels,
    known: Known,
    exports: u32,
}

/// Every record by its id as written, to find the same one in overlapping exports.
#[derive(Default)]
struct Known {
    seen: Lookup<Box<str>, Seen>,
    /// Seconds in which records of an id started in later exports.
    again: Lookup<Box<str>, Vec<i64>>,
}

/// The records of one id. Kept small: an export may hold a million of them.
struct Seen {
    /// The last export that holds it.
    export: u32,
    /// Second in which the first one started; [`NEVER`] where that is not known.
    first: i64,
}

/// No second of a calendar.
const NEVER: i64 = i64::MIN;

/// What is read, and what stands for it in the facts.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) plan: &'a Plan,
    pub(super) input: &'a RecordInput,
    pub(super) target: Target,
}

/// An export that was opened and looks usable.
struct Opened {
    sheet: Sheet,
    /// Rows of a CSV export; those of a JSON export are in the sheet.
    rows: Option<Box<Rows<Take<File>>>>,
    /// Known at once where the file was read whole.
    sha256: Option<String>,
}

/// What an export held.
#[derive(Default)]
struct Found {
    incidents: Vec<Incident>,
    deployments: Vec<Deployment>,
    refusals: Refusals,
    sha256: String,
}

impl Found {
    fn count(&self) -> usize {
        self.incidents.len() + self.deployments.len()
    }
}

/// Reads one export. `false`: nothing of it could be used, and the refusal says why.
pub(super) fn read(
    task: Task<'_>,
    shared: &mut Shared,
    ids: &mut Identities,
    facts: &mut Facts,
) -> Result<bool, Problem> {
    let Task { plan, input, target } = task;
    let mapping = load::load(plan, input, target)?;
    let path = plan.resolve(&input.path);
    if matches!(std::fs::symlink_metadata(&path), Err(e) if e.kind() == std::io::ErrorKind::NotFound) {
        return Err(Problem::input(target.cannot_read(), "there is no such file")
            .in_file(&input.path)
            .help(format!("correct its path in {}; paths are relative to the plan", plan.file)));
    }
    let sides = task.sides(&mapping, facts)?;
    shared.exports += 1;
    let number = shared.exports;
    let mut register = Register { ids, labels: &mut shared.labels, scratch: Vec::new() };
    let found = task.open(&mapping).and_then(|opened| {
        let mut reading = Reading { task, mapping: &mapping, sides: &sides, known: &mut shared.known, number };
        reading.convert(opened, &mut register)
    });
    let found = match found {
        Ok(found) => found,
        Err(Failed::Stop(problem)) => return Err(*problem),
        Err(Failed::Refused { reason, detail, sha256 }) => {
            facts.inputs.extend(sha256.map(|sha256| task.entry(&input.path, sha256, 0)));
            facts.refused.push(task.refused(&input.path, None, reason, 1, detail));
            return Ok(false);
        }
    };
    let usable = found.count() > 0 || found.refusals.0.is_empty();
    if !usable {
        ask_for_a_format(task, &mapping, &found.refusals)?;
    }
    facts.inputs.push(task.entry(&input.path, found.sha256.clone(), found.count() as u64));
    facts.incidents.extend(found.incidents);
    facts.deployments.extend(found.deployments);
    for ((reason, detail), (at, count)) in found.refusals.0 {
        facts.refused.push(task.refused(&input.path, Some(at), reason, count, detail));
    }
    Ok(usable)
}

/// Why an export as a whole could not be used.
enum Failed {
    Stop(Box<Problem>),
    Refused { reason: RefusalReason, detail: String, sha256: Option<String> },
}

impl Failed {
    /// Of a file that could be opened.
    fn of(fail: Fail, sha256: impl FnOnce() -> Option<String>) -> Self {
        match fail {
            Fail::Stop(problem) => Self::Stop(problem),
            Fail::Refuse(reason, detail) => Self::Refused { reason, detail: detail.to_owned(), sha256: sha256() },
        }
    }

    fn unopened((reason, detail): (RefusalReason, String)) -> Self {
        Self::Refused { reason, detail, sha256: None }
    }
}

impl Task<'_> {
    pub(super) fn kind(&self) -> Kind {
        match self.target {
            Target::Incidents => Kind::Incidents,
            Target::Deployments => Kind::Deployments,
        }
    }

    fn entry(&self, path: &str, sha256: String, records: u64) -> Input {
        let format = match &self.input.mapping {
            MappingChoice::Profile(id) => id.clone(),
            MappingChoice::File(_) => "mapping".to_owned(),
        };
        Input { kind: self.kind(), path: path.to_owned(), format, sha256, records }
    }

    fn refused(
        &self,
        path: &str,
        at: Option<u64>,
        reason: RefusalReason,
        count: u64,
        detail: impl Into<String>,
    ) -> Refused {
        Refused { kind: self.kind(), path: path.to_owned(), at, reason, count, detail: detail.into() }
    }

    /// Reads the files that the plan gives beside the export. One that cannot be read is refused and shown; what it
    /// would have said is then not recorded.
    fn sides(&self, mapping: &Mapping, facts: &mut Facts) -> Result<Sides, Problem> {
        let mut sides = Sides::new();
        for (name, file) in &self.input.sides {
            let Some(side) = mapping.sides.get(name) else {
                let known = mapping.sides.keys().cloned().collect::<Vec<_>>().join(", ");
                let help = match known.as_str() {
                    "" => "remove it: this profile or mapping joins no second file".to_owned(),
                    known => format!("names are {known}"),
                };
                let why = format!("`{name}` is no second file that {} joins", mapping.name);
                return Err(Problem::usage(self.target.cannot_read(), why).in_file(&self.plan.file).help(help));
            };
            match sides::read(&self.plan.resolve(file), file, mapping, side) {
                Ok((joined, sha256)) => {
                    facts.inputs.push(self.entry(file, sha256, joined.records));
                    if joined.astray > 0 {
                        let detail = "a record of a second file does not say what it belongs to";
                        facts.refused.push(self.refused(
                            file,
                            None,
                            RefusalReason::MissingField,
                            joined.astray,
                            detail,
                        ));
                    }
                    sides.insert(name.clone(), joined);
                }
                Err((reason, detail)) => facts.refused.push(self.refused(file, None, reason, 1, detail)),
            }
        }
        Ok(sides)
    }

    /// Opens the export by the reader of its format and looks at its columns.
    fn open(&self, mapping: &Mapping) -> Result<Opened, Failed> {
        let path = self.plan.resolve(&self.input.path);
        if mapping.format == RawFormat::Csv {
            let file = regular_file(&path, LARGEST_CSV).map_err(Failed::unopened)?.take(LARGEST_CSV);
            let opened = csv_rows::open(file, mapping).and_then(|(sheet, rows)| {
                columns::check(&self.input.path, &sheet, mapping)?;
                Ok((sheet, rows))
            });
            let (sheet, rows) = opened.map_err(|fail| Failed::of(fail, || digest(&path)))?;
            return Ok(Opened { sheet: seen_personal(sheet, mapping), rows: Some(Box::new(rows)), sha256: None });
        }
        let bytes = bounded(&path, LARGEST_JSON).map_err(Failed::unopened)?;
        let sha256 = sha256_hex(&bytes);
        let sheet = json_rows::sheet(&self.input.path, &bytes, mapping).and_then(|sheet| {
            columns::check(&self.input.path, &sheet, mapping)?;
            Ok(sheet)
        });
        let sheet = sheet.map_err(|fail| Failed::of(fail, || Some(sha256.clone())))?;
        Ok(Opened { sheet: seen_personal(sheet, mapping), rows: None, sha256: Some(sha256) })
    }
}

fn seen_personal(mut sheet: Sheet, mapping: &Mapping) -> Sheet {
    sheet.find_personal(mapping);
    sheet
}

/// Digest of a file that was not read to its end.
fn digest(path: &Path) -> Option<String> {
    let file = regular_file(path, LARGEST_CSV).ok()?;
    Some(Counted::new(file).digest())
}

/// A whole export in an unknown time format is not a bad export: its format has to be said.
fn ask_for_a_format(task: Task<'_>, mapping: &Mapping, refusals: &Refusals) -> Result<(), Problem> {
    let Some((at, _)) = refusals.0.get(&(RefusalReason::BadDate, NO_FORMAT)) else { return Ok(()) };
    let problem = Problem::input(task.target.cannot_read(), NO_FORMAT);
    let problem = match mapping.format {
        RawFormat::Json => problem.in_file(&task.input.path),
        _ => problem.at_line(&task.input.path, usize::try_from(*at).unwrap_or(usize::MAX)),
    };
    let plan = &task.plan.file;
    let help = format!("add time_format = \"%d-%m-%Y %H:%M\", or how it is written, to this export in {plan}");
    Err(problem.help(help))
}

/// An export on its way to facts.
struct Reading<'a> {
    task: Task<'a>,
    mapping: &'a Mapping,
    sides: &'a Sides,
    known: &'a mut Known,
    /// Which export of the run it is.
    number: u32,
}

impl Reading<'_> {
    fn convert(&mut self, opened: Opened, register: &mut Register<'_>) -> Result<Found, Failed> {
        let Opened { mut sheet, rows, sha256 } = opened;
        let export = Export::new(&self.task.input.path, self.mapping, &sheet, self.sides);
        let mut found = Found::default();
        let result = if let Some(mut rows) = rows {
            let result = self.each(&export, |done| rows.next(&mut sheet, done), register, &mut found);
            found.sha256 = rows.digest();
            result
        } else {
            let mut list = std::mem::take(&mut sheet.rows).into_iter();
            found.sha256 = sha256.unwrap_or_default();
            self.each(&export, |_| Ok(list.next()), register, &mut found)
        };
        result.map_err(|fail| Failed::of(fail, || Some(found.sha256.clone())))?;
        found.refusals.join(sheet.refusals);
        Ok(found)
    }

    /// Converts every record: row by row, or, where several rows are one record, when all of them are known.
    fn each(
        &mut self,
        export: &Export<'_>,
        mut next: impl FnMut(Option<Row>) -> Result<Option<Row>, Fail>,
        register: &mut Register<'_>,
        found: &mut Found,
    ) -> Result<(), Fail> {
        if self.mapping.collapse.is_none() {
            let mut done = None;
            while let Some(row) = next(done)? {
                self.add(export, Record { row: &row, history: &[&row] }, register, found)?;
                done = Some(row);
            }
            return Ok(());
        }
        let mut rows = Vec::new();
        while let Some(row) = next(None)? {
            rows.push(row);
        }
        for group in collapse::groups(export, &rows, &mut found.refusals) {
            self.add(export, Record { row: group.kept, history: &group.history }, register, found)?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        export: &Export<'_>,
        record: Record<'_>,
        register: &mut Register<'_>,
        found: &mut Found,
    ) -> Result<(), Fail> {
        match self.task.target {
            Target::Incidents => {
                let incident = export.incident(record, register);
                self.keep(export, record, incident, |i| i.times.started, &mut found.incidents, &mut found.refusals)
            }
            Target::Deployments => {
                let deployment = export.deployment(record, register);
                self.keep(export, record, deployment, Deployment::at, &mut found.deployments, &mut found.refusals)
            }
        }
    }

    fn keep<T>(
        &mut self,
        export: &Export<'_>,
        record: Record<'_>,
        one: Result<T, Fail>,
        started: impl Fn(&T) -> Option<Timestamp>,
        all: &mut Vec<T>,
        refusals: &mut Refusals,
    ) -> Result<(), Fail> {
        match one {
            Ok(one) if self.is_new(&export.raw_id(record).unwrap_or_default(), started(&one)) => all.push(one),
            Ok(_) => {
                refusals.add(RefusalReason::Duplicate, "a record of the same id stands before it", record.row.at);
            }
            Err(Fail::Refuse(reason, detail)) => refusals.add(reason, detail, record.row.at),
            Err(stop) => return Err(stop),
        }
        Ok(())
    }

    /// Whether no record of this id stands before it in this export, and none of this id and start in another.
    fn is_new(&mut self, id: &str, started: Option<Timestamp>) -> bool {
        let second = started.map_or(NEVER, Timestamp::as_second);
        let Some(known) = self.known.seen.get_mut(id) else {
            self.known.seen.insert(id.into(), Seen { export: self.number, first: second });
            return true;
        };
        let again = self.known.again.get(id).is_some_and(|seconds| seconds.contains(&second));
        if known.export == self.number || (second != NEVER && (known.first == second || again)) {
            return false;
        }
        known.export = self.number;
        self.known.again.or_insert(id.into(), Vec::new()).push(second);
        true
    }
}
