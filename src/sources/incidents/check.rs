//! From what a mapping file says to what can be applied: every word is checked here, once, with its line.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use toml::Spanned;

use super::clock::{Clock, Format};
use super::fields::{self, NOT_RECORDED, Name, Shape, Target};
use super::mapping::{Collapse, Field, Mapping, Pages, Side};
use super::path::Place;
use super::raw::{RawField, RawFormat, RawMapping, RawPages, RawPick, RawTable, RawTime, RawWord};
use super::{personal, refs};
use crate::error::{Problem, nearest};

/// A second in minutes.
const SECOND: f64 = 1.0 / 60.0;

/// The file and its text, for errors that point into it.
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
    pub(super) own: bool,
}

impl Source<'_> {
    pub(super) fn problem(&self, offset: usize, why: impl Into<String>) -> Problem {
        Problem::usage("cannot use the mapping", why).at_offset(self.file, self.text, offset)
    }
}

/// Checks a whole file, on top of the profile it extends.
pub(super) fn mapping(source: &Source<'_>, raw: RawMapping, base: Option<Mapping>) -> Result<Mapping, Problem> {
    let records = raw.records.as_ref().map(|place| Place::new(place.get_ref()));
    let mut mapping = match (base, raw.format) {
        (Some(base), format) => Mapping { format: format.unwrap_or(base.format), ..base },
        (None, Some(format)) => empty(format),
        (None, None) => {
            return Err(source
                .problem(0, "it does not say how the export is written")
                .help("add format = \"csv\", \"json\" or \"jsonl\", or extends = \"generic-csv\""));
        }
    };
    source.file.clone_into(&mut mapping.name);
    mapping.own = source.own;
    mapping.target = raw.target.unwrap_or(mapping.target);
    if raw.record.is_some() && mapping.format != RawFormat::Csv {
        return Err(source
            .problem(0, "record = \"row\" is about CSV")
            .help("write records = \"$.incidents[*]\" for JSON"));
    }
    mapping.records = records.or(mapping.records);
    if let Some(delimiter) = &raw.delimiter {
        mapping.delimiter = Some(one_byte(source, delimiter)?);
    }
    if let Some(rule) = raw.collapse {
        let order_by = rule.order_by.as_deref().map(Place::new);
        mapping.collapse = Some(Collapse { key: Place::new(&rule.key), order_by, rule, own: source.own });
    }
    if let Some(null) = raw.null {
        mapping.null = null.tokens.iter().map(|token| token.trim().to_owned()).collect();
    }
    if let Some(time) = &raw.time {
        clock(source, time, &mut mapping.clock)?;
    }
    mapping.sides.extend(raw.side.into_iter().map(|(name, side)| {
        let records = side.records.as_deref().map(Place::new);
        (name, Side { format: side.format, records, key: Place::new(&side.key), on: Place::new(&side.on) })
    }));
    mapping.pages = raw.pages.map(pages).or(mapping.pages);
    mapping.drop.extend(raw.drop);
    let class = raw.class.map(|class| {
        let span = class.span();
        (Spanned::new(span, "class".to_owned()), class.into_inner())
    });
    for (name, field) in raw.fields.into_iter().chain(class) {
        add_field(source, &mut mapping, &name, field)?;
    }
    if let Some(untimed) = &raw.untimed {
        mapping.untimed_against = Some(untimed_against(source, &untimed.when)?);
    }
    complete(source, &mapping)?;
    Ok(mapping)
}

fn pages(raw: RawPages) -> Pages {
    Pages {
        list: Place::new(&raw.list),
        person: Place::new(&raw.person),
        at: Place::new(&raw.at),
        channel: raw.channel.as_deref().map(Place::new),
        except: raw.except.into_iter().collect(),
    }
}

fn empty(format: RawFormat) -> Mapping {
    Mapping {
        name: String::new(),
        own: true,
        target: Target::default(),
        format,
        records: None,
        delimiter: None,
        collapse: None,
        null: BTreeSet::new(),
        clock: Clock::default(),
        sides: BTreeMap::new(),
        fields: BTreeMap::new(),
        pages: None,
        drop: BTreeSet::new(),
        untimed_against: None,
    }
}

fn one_byte(source: &Source<'_>, delimiter: &Spanned<String>) -> Result<u8, Problem> {
    match delimiter.get_ref().as_bytes() {
        [byte] if !matches!(byte, b'"' | b'\r' | b'\n') => Ok(*byte),
        _ => Err(source
            .problem(delimiter.span().start, "a delimiter is one character, not a quotation mark")
            .help("write delimiter = \";\" or \"\\t\"")),
    }
}

fn clock(source: &Source<'_>, raw: &RawTime, clock: &mut Clock) -> Result<(), Problem> {
    let formats = raw.formats.iter().map(|format| {
        Format::parse(format.get_ref()).map_err(|why| {
            source
                .problem(format.span().start, why)
                .help("write strftime directives, such as %d-%m-%Y %H:%M, or iso8601, unix_s, unix_ms, unix_ns")
        })
    });
    let formats: Vec<Format> = formats.collect::<Result<_, _>>()?;
    if !formats.is_empty() {
        clock.formats = formats;
    }
    if let Some(zone) = &raw.zone {
        clock.zone = Some(TimeZone::get(zone.get_ref()).map_err(|_| {
            source
                .problem(zone.span().start, format!("`{}` is not a time zone", zone.get_ref()))
                .help("write an IANA name, such as Europe/Berlin or UTC")
        })?);
    }
    Ok(())
}

fn add_field(
    source: &Source<'_>,
    mapping: &mut Mapping,
    name: &Spanned<String>,
    RawField(raw): RawField,
) -> Result<(), Problem> {
    let at = name.span().start;
    if name.get_ref() == "drop" {
        mapping.drop.extend(raw.from.map(|columns| columns.0).unwrap_or_default());
        return Ok(());
    }
    let Some(known) = fields::field(mapping.target, name.get_ref()) else {
        let problem = source.problem(at, format!("`{}` is not a field", name.get_ref()));
        let words = fields::of(mapping.target).map(Name::word).chain(["drop"]);
        return Err(match nearest(name.get_ref(), words.clone()) {
            Some(word) => problem.help(format!("write `{word}`")),
            None => problem.help(format!("fields are {}", words.collect::<Vec<_>>().join(", "))),
        });
    };
    let base = mapping.fields.remove(&known);
    let field = field(source, at, known, &raw, base)?;
    mapping.fields.insert(known, field);
    Ok(())
}

fn field(source: &Source<'_>, at: usize, known: Name, raw: &RawTable, base: Option<Field>) -> Result<Field, Problem> {
    let (name, shape) = (known.word(), known.shape());
    let from: Option<Vec<Place>> = raw.from.as_ref().map(|columns| columns.0.iter().map(|c| Place::new(c)).collect());
    let mut field = match (from, base) {
        (Some(from), _) if !from.is_empty() => new_field(source, known, from),
        (None, _) if raw.value.is_some() => new_field(source, known, Vec::new()),
        // A table without `from` changes how the profile's column is understood.
        (None, Some(base)) => base,
        _ => return Err(source.problem(at, format!("`{name}` names no column")).help("add from = \"column\"")),
    };
    field.optional |= raw.optional;
    if let Some(place) = field.from.iter().find(|p| shape.is_printed() && p.keys().any(personal::is_personal)) {
        return Err(source
            .problem(at, format!("`{name}` is printed, and `{}` is about people", place.text))
            .help("name a column without people, or use the field `responders`, of which only the number is kept"));
    }
    foreign_keys(source, at, name, shape, raw)?;
    if let Some(separator) = raw.separator.as_ref().filter(|separator| !separator.is_empty()) {
        field.separator.clone_from(separator);
    }
    // A map that comes with its column says all the words there are; one that is added to a profile adds words.
    field.own_words &= raw.from.is_none() || raw.map.is_none();
    if let Some(map) = &raw.map {
        let known = field.map.get_or_insert_default();
        for (written, word) in map {
            known.insert(written.trim().to_owned(), target(source, name, shape, word)?);
        }
    }
    match &raw.otherwise {
        Some(word) if word.get_ref().text() == "error" => field.otherwise = None,
        Some(word) => field.otherwise = Some(target(source, name, shape, word)?),
        None => {}
    }
    if let Some(kind) = &raw.kind {
        field.kind = reference_kind(source, kind)?;
    }
    if let Some(confidence) = &raw.confidence {
        field.confidence = Some(ladder(source, confidence)?);
    }
    if let Some(value) = &raw.value {
        field.value = Some(target(source, name, shape, value)?);
    }
    if let Some(unit) = &raw.unit {
        field.minutes = minutes(source, unit)?;
    }
    field.pick = raw.pick.unwrap_or(field.pick);
    field.count = raw.count.or(field.count);
    Ok(field)
}

/// Minutes in a unit of time.
fn minutes(source: &Source<'_>, unit: &Spanned<String>) -> Result<f64, Problem> {
    match unit.get_ref().as_str() {
        "ms" => Ok(1.0 / 60_000.0),
        "s" => Ok(SECOND),
        "min" => Ok(1.0),
        "h" => Ok(60.0),
        _ => Err(source.problem(unit.span().start, "that is not a unit of time").help("write ms, s, min or h")),
    }
}

fn new_field(source: &Source<'_>, name: Name, from: Vec<Place>) -> Field {
    Field {
        name,
        from,
        value: None,
        pick: RawPick::First,
        minutes: SECOND,
        count: None,
        // Exports of a tool differ in their columns; a column that an organisation names itself must be there.
        optional: !source.own,
        separator: ";".to_owned(),
        map: None,
        own_words: true,
        otherwise: None,
        kind: refs::Kind::Any,
        confidence: None,
    }
}

/// Keys that mean nothing for this field would be silently ignored: they are refused.
fn foreign_keys(source: &Source<'_>, at: usize, name: &str, shape: Shape, raw: &RawTable) -> Result<(), Problem> {
    let foreign = [
        ("map", raw.map.is_some() && !shape.takes_map()),
        ("else", raw.otherwise.is_some() && !shape.takes_map()),
        ("kind", raw.kind.is_some() && shape != Shape::Change),
        ("confidence", raw.confidence.is_some() && shape != Shape::Change),
        ("pseudonymise", raw.pseudonymise.is_some() && shape != Shape::People),
        ("separator", raw.separator.is_some() && !shape.is_split()),
        ("value", raw.value.is_some() && !matches!(shape, Shape::Word(_))),
        ("from", raw.value.is_some() && raw.from.is_some()),
        ("pick", raw.pick.is_some() && shape != Shape::Time),
        ("unit", raw.unit.is_some() && shape != Shape::Duration),
        ("count", raw.count.is_some() && shape != Shape::Count),
    ];
    if let Some((key, _)) = foreign.iter().find(|(_, wrong)| *wrong) {
        return Err(source.problem(at, format!("`{key}` means nothing for `{name}`")).help("remove it"));
    }
    match &raw.pseudonymise {
        Some(flag) if !flag.get_ref() => Err(source
            .problem(flag.span().start, "people are never kept by name")
            .help("write pseudonymise = true, or remove the key")),
        _ => Ok(()),
    }
}

/// The word of the model that a `map` or `else` leads to.
fn target(source: &Source<'_>, name: &str, shape: Shape, word: &Spanned<RawWord>) -> Result<String, Problem> {
    let text = word.get_ref().text();
    if text == NOT_RECORDED && name != "class" {
        return Ok(text);
    }
    if shape == Shape::Count {
        if text.parse::<u64>().is_ok() {
            return Ok(text);
        }
        return Err(source.problem(word.span().start, format!("`{name}` is a whole number")).help("write a number"));
    }
    if let Some(word) = fields::canonical(shape, &text) {
        return Ok(word.to_owned());
    }
    let words = shape.words();
    // Among codes such as `1` or `O3`, near is not meant.
    let near = nearest(&text, words.iter().copied()).filter(|word| word.len() > 2);
    let help = near.map_or_else(|| format!("write one of {}", words.join(", ")), |word| format!("write `{word}`"));
    Err(source.problem(word.span().start, format!("that is not a word of `{name}`")).help(help))
}

fn reference_kind(source: &Source<'_>, kind: &Spanned<String>) -> Result<refs::Kind, Problem> {
    let known = refs::KINDS.iter().find(|(word, _)| word == kind.get_ref()).map(|(_, kind)| *kind);
    known.ok_or_else(|| {
        let words = refs::KINDS.map(|(word, _)| word).join(", ");
        source.problem(kind.span().start, "that is not a kind of reference").help(format!("kinds are {words}"))
    })
}

/// Rungs 5, 4 and 3 of the ladder; lower ones are inferred, never recorded.
fn ladder(source: &Source<'_>, word: &Spanned<RawWord>) -> Result<u8, Problem> {
    match word.get_ref().text().as_str() {
        "declared" | "5" => Ok(5),
        "stated" | "4" => Ok(4),
        "linked" | "3" => Ok(3),
        _ => Err(source
            .problem(word.span().start, "that is not a degree of confidence")
            .help("write declared, stated or linked")),
    }
}

fn untimed_against(source: &Source<'_>, when: &Spanned<String>) -> Result<Name, Problem> {
    let (end, other) = when.get_ref().split_once("<=").unwrap_or_default();
    match fields::field(Target::Incidents, other.trim()) {
        Some(name) if name.shape() == Shape::Time && end.trim() == "resolved_at" && name != Name::ResolvedAt => {
            Ok(name)
        }
        _ => Err(source
            .problem(when.span().start, "that is not a rule for an end that is none")
            .help("write when = \"resolved_at <= opened_at\"")),
    }
}

/// A record needs an id and a start; a column that is dropped cannot be read.
fn complete(source: &Source<'_>, mapping: &Mapping) -> Result<(), Problem> {
    if !mapping.fields.contains_key(&Name::Id) {
        return Err(source.problem(0, "no column gives the id").help("add id = \"column\" under [fields]"));
    }
    let starts: &[Name] = match mapping.target {
        Target::Incidents => &[Name::StartedAt, Name::DetectedAt, Name::OpenedAt],
        Target::Deployments => &[Name::StartedAt, Name::FinishedAt],
    };
    if !starts.iter().any(|name| mapping.fields.contains_key(name)) {
        let words = starts.iter().map(|name| name.word()).collect::<Vec<_>>().join(" or ");
        return Err(source
            .problem(0, "no column gives the start")
            .help(format!("add {words} = \"column\" under [fields]")));
    }
    for (name, field) in &mapping.fields {
        if let Some(place) = field.from.iter().find(|place| mapping.drop.contains(&place.text)) {
            let why = format!("`{}` is dropped, and `{}` reads it", place.text, name.word());
            return Err(source.problem(0, why).help("remove it from drop or from [fields]"));
        }
    }
    Ok(())
}
