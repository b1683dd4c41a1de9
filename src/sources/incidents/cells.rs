//! What a record says in a field: texts, words, numbers, instants, references, as the mapping understands them.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use super::clock::{Instant, Unread};
use super::fields::{self, NOT_RECORDED, Name, Shape};
use super::label::{Labels, plain_id, quoted};
use super::mapping::{Field, HISTORY, Mapping};
use super::path::{Place, scalar};
use super::raw::{RawCounting, RawPick};
use super::refs;
use super::sheet::{Cells, Fail, Row, Sheet};
use super::sides::{Joined, Sides};
use super::words::Words;
use crate::error::Problem;
use crate::facts::Person;
use crate::facts::incident::{ChangeRef, ChangeRole};
use crate::facts::input::RefusalReason;
use crate::sources::Identities;

/// Detail of a date that is not ISO 8601 where no format was stated; the export decides what follows from it.
pub(super) const NO_FORMAT: &str = "a time is not ISO 8601, and no time format is stated";

/// An export while its records are read.
pub(super) struct Export<'a> {
    pub(super) file: Arc<str>,
    pub(super) mapping: &'a Mapping,
    pub(super) at_is_line: bool,
    pub(super) personal_fields: u32,
    /// By [`Name`]; `None` where the mapping is silent or the export has no such column.
    bound: Vec<Option<Bound<'a>>>,
    pages: Option<Located<'a>>,
    /// What is the same in all rows of a record, and what they are ordered by.
    collapse: [Option<Located<'a>>; 2],
}

/// What outlives a record.
pub(super) struct Register<'a> {
    pub(super) ids: &'a mut Identities,
    pub(super) labels: &'a mut Labels,
    pub(super) scratch: Vec<Arc<str>>,
}

/// A record: the row that counts, and all rows of it in the order of the file.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) row: &'a Row,
    pub(super) history: &'a [&'a Row],
}

/// A field and where it stands in this export.
struct Bound<'a> {
    field: &'a Field,
    from: Vec<Located<'a>>,
}

/// Where a value stands in this export.
enum Located<'a> {
    Cells(Vec<usize>),
    Json(&'a Place),
    History(&'a Place),
    Side { joined: &'a Joined, place: &'a Place, on: Box<Located<'a>>, null: &'a BTreeSet<String> },
}

impl<'a> Export<'a> {
    pub(super) fn new(file: &str, mapping: &'a Mapping, sheet: &Sheet, sides: &'a Sides) -> Self {
        let mut bound: Vec<Option<Bound<'a>>> = (0..fields::COUNT).map(|_| None).collect();
        for (name, field) in &mapping.fields {
            let from: Vec<_> = field.from.iter().filter_map(|place| locate(mapping, sheet, sides, place)).collect();
            if !from.is_empty() || field.value.is_some() {
                bound[*name as usize] = Some(Bound { field, from });
            }
        }
        let pages = mapping.pages.as_ref().and_then(|pages| locate(mapping, sheet, sides, &pages.list));
        let collapse = mapping.collapse.as_ref();
        let places = [collapse.map(|collapse| &collapse.key), collapse.and_then(|collapse| collapse.order_by.as_ref())];
        let collapse = places.map(|place| locate(mapping, sheet, sides, place?));
        let personal: BTreeSet<&String> =
            sides.values().flat_map(|side| &side.personal).chain(&sheet.personal).collect();
        let personal_fields = u32::try_from(personal.len()).unwrap_or(u32::MAX);
        Self { file: file.into(), mapping, at_is_line: sheet.at_is_line, personal_fields, bound, pages, collapse }
    }

    /// What is the same in all rows of a record.
    pub(super) fn key(&self, row: &Row) -> Option<String> {
        text_of_row(self.collapse[0].as_ref()?, row)
    }

    /// What the rows of a record are ordered by.
    pub(super) fn order(&self, row: &Row) -> Option<String> {
        text_of_row(self.collapse[1].as_ref()?, row)
    }

    fn bound(&self, name: Name) -> Option<&Bound<'a>> {
        self.bound[name as usize].as_ref()
    }

    /// Texts of a field that say something, in the order of the mapping.
    fn recorded<'r>(&'r self, bound: &'r Bound<'a>, record: Record<'r>) -> Vec<Cow<'r, str>> {
        let mut texts = Vec::new();
        for place in &bound.from {
            place.texts(record, &mut texts);
        }
        texts.retain(|text| {
            let text: &str = text;
            is_mapped(bound.field, text) || !self.mapping.null.contains(text)
        });
        texts
    }

    fn first<'r>(&'r self, name: Name, record: Record<'r>) -> Option<Cow<'r, str>> {
        self.recorded(self.bound(name)?, record).into_iter().next()
    }

    /// Whether the record says anything in a field.
    pub(super) fn says(&self, name: Name, record: Record<'_>) -> bool {
        self.first(name, record).is_some()
    }

    /// The id as written; it is kept only if it is plain.
    pub(super) fn raw_id<'r>(&'r self, record: Record<'r>) -> Option<Cow<'r, str>> {
        self.first(Name::Id, record)
    }

    /// Parts of the texts of a field whose cells may hold several values.
    fn parts<'r>(&'r self, name: Name, record: Record<'r>, mut each: impl FnMut(&str)) {
        let Some(bound) = self.bound(name) else { return };
        for text in self.recorded(bound, record) {
            let parts = text.split(bound.field.separator.as_str()).map(str::trim);
            parts.filter(|part| !part.is_empty() && !self.mapping.null.contains(*part)).for_each(&mut each);
        }
    }

    pub(super) fn labels(&self, name: Name, record: Record<'_>, register: &mut Register<'_>) -> Box<[Arc<str>]> {
        let mut found = std::mem::take(&mut register.scratch);
        self.parts(name, record, |text| found.push(register.labels.label(text)));
        found.sort_unstable();
        found.dedup();
        // Of exactly their number: shrinking a million small lists leaves as many holes.
        let labels = found.drain(..).collect();
        register.scratch = found;
        labels
    }

    pub(super) fn label(&self, name: Name, record: Record<'_>, register: &mut Register<'_>) -> Option<Arc<str>> {
        let mut found = None;
        self.parts(name, record, |text| {
            found.get_or_insert_with(|| register.labels.label(text));
        });
        found
    }

    /// People of every row of a record.
    pub(super) fn people(&self, name: Name, record: Record<'_>, register: &mut Register<'_>) -> Box<[Person]> {
        let mut people = Vec::new();
        for row in record.history {
            let of_row = Record { row, history: record.history };
            self.parts(name, of_row, |person| people.push(register.ids.person(person)));
        }
        people.sort_unstable();
        people.dedup();
        people.as_slice().into()
    }

    /// Codes of a closed list; an unknown one stops the run.
    pub(super) fn codes<T: Ord>(
        &self,
        name: Name,
        record: Record<'_>,
        of: impl Fn(&str) -> Option<T>,
    ) -> Result<Box<[T]>, Fail> {
        let (mut found, mut unknown) = (BTreeSet::new(), None);
        self.parts(name, record, |text| match of(text) {
            Some(code) => drop(found.insert(code)),
            None => unknown = unknown.take().or_else(|| Some(text.to_owned())),
        });
        match (unknown, self.bound(name)) {
            (Some(text), Some(bound)) => Err(self.unmapped(bound.field, record.row, &text)),
            _ => Ok(found.into_iter().collect()),
        }
    }

    /// The value behind the word of a field; `None` where the record does not say.
    pub(super) fn word<T: Words>(&self, name: Name, record: Record<'_>) -> Result<Option<T>, Fail> {
        self.text_of_word(name, record, |word| Ok(T::of(word)))
    }

    /// 1 to 5; `None` for "none" and where the record does not say.
    pub(super) fn severity(&self, record: Record<'_>) -> Result<Option<u8>, Fail> {
        self.text_of_word(Name::Severity, record, |word| Ok(word.parse().ok()))
    }

    fn text_of_word<T>(
        &self,
        name: Name,
        record: Record<'_>,
        value: impl Fn(&str) -> Result<Option<T>, Fail>,
    ) -> Result<Option<T>, Fail> {
        let Some(bound) = self.bound(name) else { return Ok(None) };
        let field = bound.field;
        if let Some(constant) = &field.value {
            return value(constant);
        }
        let texts = self.recorded(bound, record);
        let known = |text: &Cow<'_, str>| -> Option<&str> {
            let mapped = field.map.as_ref().and_then(|map| map.get(text.as_ref())).map(String::as_str);
            mapped.or_else(|| fields::canonical(name.shape(), text).filter(|_| field.own_words))
        };
        match (texts.first(), &field.otherwise) {
            (None, _) => Ok(None),
            // With an `else`, the first of several columns that is understood counts.
            (Some(_), Some(otherwise)) => value(texts.iter().find_map(known).unwrap_or(otherwise)),
            (Some(first), None) => match known(first) {
                Some(word) => value(word),
                None => Err(self.unmapped(field, record.row, first)),
            },
        }
    }

    pub(super) fn count<T: TryFrom<u64>>(&self, name: Name, record: Record<'_>) -> Result<Option<T>, Fail> {
        let Some(bound) = self.bound(name) else { return Ok(None) };
        let field = bound.field;
        if let Some(counting) = field.count {
            return Ok(self.how_many(bound, counting, record).and_then(|n| T::try_from(n).ok()));
        }
        let texts = self.recorded(bound, record);
        let Some(text) = texts.first() else { return Ok(None) };
        let mapped = field.map.as_ref().and_then(|map| map.get(text.as_ref()));
        let number = |text: &str| text.parse().ok().and_then(|number: u64| T::try_from(number).ok());
        let word = match (mapped, number(text), &field.otherwise) {
            (Some(word), _, _) => word,
            (None, Some(number), _) => return Ok(Some(number)),
            (None, None, Some(otherwise)) => otherwise,
            (None, None, None) => return Err(self.unmapped(field, record.row, text)),
        };
        Ok(number(word))
    }

    /// How many values stand there; `None` when the list itself is absent, which is not the same as empty.
    fn how_many(&self, bound: &Bound<'a>, counting: RawCounting, record: Record<'_>) -> Option<u64> {
        if !bound.from.iter().any(|place| place.is_given(record)) {
            return None;
        }
        let texts = self.recorded(bound, record);
        Some(match counting {
            RawCounting::All => texts.len() as u64,
            RawCounting::Distinct => texts.iter().collect::<BTreeSet<_>>().len() as u64,
        })
    }

    /// A number that may have a fraction.
    pub(super) fn number(&self, name: Name, record: Record<'_>) -> Result<Option<f64>, Fail> {
        let Some(bound) = self.bound(name) else { return Ok(None) };
        let texts = self.recorded(bound, record);
        let Some(text) = texts.first() else { return Ok(None) };
        match text.trim_end_matches('%').trim().parse::<f64>() {
            Ok(number) if number.is_finite() && number >= 0.0 => Ok(Some(number)),
            _ => Err(self.unmapped(bound.field, record.row, text)),
        }
    }

    /// A span of time in minutes.
    pub(super) fn minutes(&self, name: Name, record: Record<'_>) -> Result<Option<f64>, Fail> {
        let unit = self.bound(name).map_or(1.0, |bound| bound.field.minutes);
        Ok(self.number(name, record)?.map(|number| number * unit))
    }

    pub(super) fn instant(&self, name: Name, record: Record<'_>) -> Result<Option<Instant>, Fail> {
        let Some(bound) = self.bound(name) else { return Ok(None) };
        let texts = self.recorded(bound, record);
        let of = |text: &Cow<'_, str>| self.read_instant(name.word(), text, record.row);
        match bound.field.pick {
            RawPick::First => texts.first().map(of).transpose(),
            RawPick::Earliest => Ok(all(texts.iter().map(of))?.into_iter().min_by_key(|instant| instant.at)),
            RawPick::Latest => Ok(all(texts.iter().map(of))?.into_iter().max_by_key(|instant| instant.at)),
        }
    }

    fn read_instant(&self, name: &str, text: &str, row: &Row) -> Result<Instant, Fail> {
        match self.mapping.clock.read(text) {
            Ok(instant) => Ok(instant),
            Err(Unread::NotInFormat) => Err(Fail::Refuse(RefusalReason::BadDate, "a time is not in the stated format")),
            Err(Unread::NoFormat) => Err(Fail::Refuse(RefusalReason::BadDate, NO_FORMAT)),
            Err(Unread::NoZone) => {
                let why = format!("{name} carries no offset from UTC, and no zone is stated");
                let help = "add zone = \"Europe/Berlin\", or the zone it was written in, to this export in the plan";
                Err(self.problem(row, why).help(help).into())
            }
        }
    }

    /// References to changes of several fields, each with its role, sorted, without repeats.
    pub(super) fn changes(&self, names: &[(Name, ChangeRole)], record: Record<'_>) -> Box<[ChangeRef]> {
        let repository = || self.first(Name::ChangeRepository, record).and_then(|name| plain_id(&name));
        let mut changes: Vec<ChangeRef> = Vec::with_capacity(1);
        for (name, role) in names {
            let Some(bound) = self.bound(*name) else { continue };
            let field = bound.field;
            let confidence = field.confidence.unwrap_or(match (role, field.kind) {
                (_, refs::Kind::Text) => 4,
                (ChangeRole::Unknown, _) => 3,
                (ChangeRole::Cause | ChangeRole::Fix, _) => 5,
            });
            let texts = self.recorded(bound, record);
            let found = texts.iter().flat_map(|text| refs::find(field.kind, text));
            changes.extend(found.map(|(reference, named)| ChangeRef {
                reference,
                repository: named.or_else(repository).map(Into::into),
                role: *role,
                confidence,
            }));
        }
        changes.sort();
        changes.dedup();
        changes.into_boxed_slice()
    }

    /// Pages of a record, as person and instant.
    pub(super) fn pages(&self, record: Record<'_>) -> Result<Vec<(String, Instant)>, Fail> {
        let (Some(place), Some(pages)) = (&self.pages, &self.mapping.pages) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for item in place.values(record) {
            let text = |place: &Place| place.values(item).into_iter().find_map(scalar);
            let silent = pages.channel.as_ref().and_then(text).is_some_and(|channel| pages.except.contains(&*channel));
            if let (false, Some(person), Some(at)) = (silent, text(&pages.person), text(&pages.at)) {
                found.push((person.into_owned(), self.read_instant("the time of a page", &at, record.row)?));
            }
        }
        Ok(found)
    }

    /// Whether the list of pages is there, with or without any.
    pub(super) fn lists_pages(&self, record: Record<'_>) -> bool {
        self.pages.as_ref().is_some_and(|place| place.is_given(record))
    }

    /// A word without a meaning is never guessed: the user says what it means.
    fn unmapped(&self, field: &Field, row: &Row, text: &str) -> Fail {
        let name = field.name.word();
        let value = quoted(text);
        let key = if value.starts_with('`') { value.trim_matches('`') } else { "the value" };
        let (words, example) = match field.name.shape() {
            Shape::Severity => ("1 (highest) to 5, or \"none\"".to_owned(), "3".to_owned()),
            Shape::Count => ("a whole number, or \"not_recorded\"".to_owned(), "\"not_recorded\"".to_owned()),
            Shape::Codes | Shape::Number | Shape::Duration => {
                let help = format!("correct it in the export, or leave {name} out of the mapping");
                return self.problem(row, format!("{value} has no meaning for {name}")).help(help).into();
            }
            shape => (shape.words().join(", "), format!("\"{}\"", shape.words().first().unwrap_or(&NOT_RECORDED))),
        };
        let entry = format!("{name} = {{ map = {{ \"{key}\" = {example} }} }}");
        let help = if self.mapping.own {
            format!(
                "add \"{key}\" = {example} to the map of {name} in {}, or an else; it takes {words}",
                self.mapping.name
            )
        } else {
            format!(
                "write a mapping file with extends = \"{}\" and, under [fields], {entry}, and name it in the plan with \
                 mapping = \"…\"; it takes {words}",
                self.mapping.name
            )
        };
        self.problem(row, format!("{value} has no meaning for {name}")).help(help).into()
    }

    fn problem(&self, row: &Row, why: String) -> Problem {
        let what = self.mapping.target.cannot_read();
        if self.at_is_line {
            Problem::input(what, why).at_line(&*self.file, usize::try_from(row.at).unwrap_or(usize::MAX))
        } else {
            Problem::input(what, format!("record {}: {why}", row.at)).in_file(&*self.file)
        }
    }
}

/// Where a place stands in this export; `None` when it has no such column.
fn locate<'a>(mapping: &'a Mapping, sheet: &Sheet, sides: &'a Sides, place: &'a Place) -> Option<Located<'a>> {
    if mapping.leads_aside(place) {
        let key = place.first_key()?;
        let Some(side) = mapping.sides.get(key) else { return (key == HISTORY).then_some(Located::History(place)) };
        let on = locate(mapping, sheet, sides, &side.on)?;
        return Some(Located::Side { joined: sides.get(key)?, place, on: Box::new(on), null: &mapping.null });
    }
    if sheet.headers.is_empty() {
        return Some(Located::Json(place));
    }
    let cells = sheet.cells(place);
    (!cells.is_empty()).then_some(Located::Cells(cells))
}

impl Located<'_> {
    /// Adds the texts that stand there, trimmed, without empty ones.
    fn texts<'r>(&'r self, record: Record<'r>, texts: &mut Vec<Cow<'r, str>>) {
        if let (Self::Cells(columns), Cells::Csv(row)) = (self, &record.row.cells) {
            let cells = columns.iter().filter_map(|column| row.get(*column));
            texts.extend(cells.map(|cell| trimmed(String::from_utf8_lossy(cell))).filter(|text| !text.is_empty()));
            return;
        }
        let values = self.values(record).into_iter().filter_map(scalar);
        texts.extend(values.map(trimmed).filter(|text| !text.is_empty()));
    }

    /// The JSON values that stand there.
    fn values<'r>(&'r self, record: Record<'r>) -> Vec<&'r Value> {
        match self {
            Self::Cells(_) => Vec::new(),
            Self::Json(place) => record.row.cells.json().map(|value| place.values(value)).unwrap_or_default(),
            Self::History(place) => place.values_below(rows(record)),
            Self::Side { joined, place, on, null } => {
                place.values_below(keys(on, null, record).iter().flat_map(|key| joined.of(key)).collect())
            }
        }
    }

    /// Whether the list or column is there at all.
    fn is_given(&self, record: Record<'_>) -> bool {
        match self {
            Self::Cells(_) | Self::History(_) => true,
            Self::Json(place) => record.row.cells.json().is_some_and(|value| place.list_is_there(value)),
            // A second file that knows the record by its key at all; without the key there is nothing to look up.
            Self::Side { on, null, .. } => !keys(on, null, record).is_empty(),
        }
    }
}

fn text_of_row(place: &Located<'_>, row: &Row) -> Option<String> {
    let mut texts = Vec::new();
    place.texts(Record { row, history: &[] }, &mut texts);
    texts.into_iter().next().map(Cow::into_owned)
}

fn rows(record: Record<'_>) -> Vec<&Value> {
    record.history.iter().filter_map(|row| row.cells.json()).collect()
}

/// The keys by which a record finds what belongs to it in a second file, each once.
fn keys<'r>(on: &'r Located<'_>, null: &BTreeSet<String>, record: Record<'r>) -> Vec<Cow<'r, str>> {
    let mut keys = Vec::new();
    on.texts(record, &mut keys);
    keys.retain(|key| !null.contains(key.as_ref()));
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

fn all<T>(results: impl Iterator<Item = Result<T, Fail>>) -> Result<Vec<T>, Fail> {
    results.collect()
}

/// A mapping that names a word means it, even if it is also a word for nothing.
fn is_mapped(field: &Field, text: &str) -> bool {
    field.map.as_ref().is_some_and(|map| map.contains_key(text))
}
