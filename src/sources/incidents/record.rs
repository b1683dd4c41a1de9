//! One record and its mapping become one incident.

use std::collections::BTreeSet;

use super::clock::{Instant, Unread};
use super::fields::{self, NOT_RECORDED, Shape};
use super::label::{Labels, plain_id, quoted};
use super::mapping::{Field, Mapping};
use super::refs;
use super::table::{Fail, Row, Table};
use crate::error::Problem;
use crate::facts::Incident;
use crate::facts::incident::{Authorisation, ChangeRef, ChangeRole, Times};
use crate::facts::input::RefusalReason;
use crate::sources::Identities;

/// Detail of a date that is not ISO 8601 where no format was stated; the export decides what follows from it.
pub(super) const NO_FORMAT: &str = "a time is not ISO 8601, and no time format is stated";

/// An export while its records are read.
pub(super) struct Export<'a> {
    pub(super) file: &'a str,
    pub(super) mapping: &'a Mapping,
    pub(super) table: &'a Table,
}

/// What outlives a record.
pub(super) struct Register<'a> {
    pub(super) ids: &'a mut Identities,
    pub(super) labels: &'a mut Labels,
}

impl Export<'_> {
    /// The id as written; it is kept only if it is plain.
    pub(super) fn raw_id(&self, row: &Row) -> Option<String> {
        self.recorded("id", row).into_iter().next()
    }

    /// Reads one incident. `history` are all rows of it, in the order of the file.
    pub(super) fn incident(&self, row: &Row, history: &[&Row], register: &mut Register<'_>) -> Result<Incident, Fail> {
        let missing = Fail::Refuse(RefusalReason::MissingField, "a record has no id");
        let id = self.raw_id(row).ok_or(missing)?;
        let class = fields::class(&self.word("class", row)?);
        let severity = if class.is_excluded() { None } else { self.word("severity", row)?.parse().ok() };
        let mut incident = Incident {
            // An id that is no plain word (a formula, an address, a sentence) is replaced, and the incident counted.
            id: plain_id(&id).unwrap_or_else(|| format!("record-{}", row.at)),
            file: self.file.to_owned(),
            record: row.at,
            class,
            severity,
            times: self.times(row)?,
            personal_fields: u32::try_from(self.table.personal.len()).unwrap_or(u32::MAX),
            ..Incident::default()
        };
        self.what_ai_did(row, &mut incident)?;
        self.reach(row, &mut incident)?;
        incident.authorisation = self.authorisation(row)?;
        incident.services = self.labels("services", row, register);
        incident.environments = self.labels("environments", row, register);
        incident.regions = self.labels("regions", row, register);
        incident.cause_key = self.labels("cause_key", row, register).into_iter().next();
        incident.ai_tool = self.labels("ai_tool", row, register).into_iter().next().map(|tool| tool_id(&tool));
        incident.changes = self.changes(row);
        for row in history {
            let people = self.split("responders", row);
            incident.responders.extend(people.iter().map(|person| register.ids.person(person)));
        }
        Ok(incident)
    }

    fn what_ai_did(&self, row: &Row, incident: &mut Incident) -> Result<(), Fail> {
        incident.ai_role = fields::ai_role(&self.word("ai_role", row)?);
        incident.ai_status = fields::ai_status(&self.word("ai_status", row)?);
        incident.recorded_cause = fields::cause(&self.word("recorded_cause", row)?);
        Ok(())
    }

    fn reach(&self, row: &Row, incident: &mut Incident) -> Result<(), Fail> {
        incident.operation = fields::operation(&self.word("operation_class", row)?);
        incident.object_scope = fields::scope(&self.word("object_scope", row)?);
        incident.impact_scope = fields::scope(&self.word("impact_scope", row)?);
        incident.customers = self.count("customers", row)?;
        incident.reversible = fields::tri(&self.word("reversible", row)?);
        incident.backups_affected = fields::tri(&self.word("backups_affected", row)?);
        incident.postmortem = fields::tri(&self.word("postmortem", row)?);
        Ok(())
    }

    fn authorisation(&self, row: &Row) -> Result<Authorisation, Fail> {
        Ok(Authorisation {
            required_humans: self.count("required_humans", row)?,
            obtained_humans: self.count("obtained_humans", row)?,
            senior_required: fields::tri(&self.word("senior_required", row)?),
            senior_obtained: fields::tri(&self.word("senior_obtained", row)?),
            tested_workflow: fields::tri(&self.word("tested_workflow", row)?),
            order: fields::order(&self.word("approval_order", row)?),
            bypass: fields::bypass(&self.word("approval_bypass", row)?),
        })
    }

    /// All instants. The start is when it occurred, else was detected, else was opened. Where only the day of start
    /// or end is written there is no duration, so the end is left out: the incident is untimed.
    fn times(&self, row: &Row) -> Result<Times, Fail> {
        let detected = self.instant("detected_at", row)?;
        let opened = self.instant("opened_at", row)?;
        let started = self.instant("started_at", row)?.or(detected).or(opened);
        let started = started.ok_or(Fail::Refuse(RefusalReason::MissingField, "a record has no start"))?;
        let against = self.mapping.untimed_against.map(|name| self.instant(name, row)).transpose()?.flatten();
        let resolved = self
            .instant("resolved_at", row)?
            .filter(|end| !started.day_only && !end.day_only && against.is_none_or(|other| end.at > other.at));
        Ok(Times {
            started: Some(started.at),
            detected: detected.map(|instant| instant.at),
            acknowledged: self.instant("acknowledged_at", row)?.map(|instant| instant.at),
            resolved: resolved.map(|instant| instant.at),
            closed: self.instant("closed_at", row)?.map(|instant| instant.at),
        })
    }

    fn instant(&self, name: &str, row: &Row) -> Result<Option<Instant>, Fail> {
        let Some(text) = self.recorded(name, row).into_iter().next() else { return Ok(None) };
        match self.mapping.clock.read(&text) {
            Ok(instant) => Ok(Some(instant)),
            Err(Unread::NotInFormat) => Err(Fail::Refuse(RefusalReason::BadDate, "a time is not in the stated format")),
            Err(Unread::NoFormat) => Err(Fail::Refuse(RefusalReason::BadDate, NO_FORMAT)),
            Err(Unread::NoZone) => {
                let why = format!("{name} carries no offset from UTC, and no zone is stated");
                let help = "add zone = \"Europe/Berlin\", or the zone it was written in, to this export in the plan";
                Err(self.problem(row, why).help(help).into())
            }
        }
    }

    fn changes(&self, row: &Row) -> Vec<ChangeRef> {
        let roles = [
            ("change_cause", ChangeRole::Cause),
            ("change_fix", ChangeRole::Fix),
            ("change_link", ChangeRole::Unknown),
        ];
        let repository = self.recorded("change_repository", row).into_iter().find_map(|name| plain_id(&name));
        let mut changes: Vec<ChangeRef> = Vec::new();
        for (name, role) in roles {
            let Some(field) = self.mapping.fields.get(name) else { continue };
            let confidence = field.confidence.unwrap_or(match (role, field.kind) {
                (ChangeRole::Unknown, _) => 3,
                (_, refs::Kind::Text) => 4,
                _ => 5,
            });
            let texts = self.recorded(name, row);
            let found = texts.iter().flat_map(|text| refs::find(field.kind, text));
            changes.extend(found.map(|(reference, named)| ChangeRef {
                reference,
                repository: named.or_else(|| repository.clone()),
                role,
                confidence,
            }));
        }
        changes.sort();
        changes.dedup();
        changes
    }

    /// Texts of a field that say something, in the order of the mapping.
    fn recorded(&self, name: &str, row: &Row) -> Vec<String> {
        let Some(field) = self.mapping.fields.get(name) else { return Vec::new() };
        let texts = field.from.iter().flat_map(|place| self.table.texts(row, place));
        texts.filter(|text| is_mapped(field, text) || !self.mapping.null.contains(text)).collect()
    }

    fn split(&self, name: &str, row: &Row) -> Vec<String> {
        let Some(field) = self.mapping.fields.get(name) else { return Vec::new() };
        let texts = self.recorded(name, row);
        let parts = texts.iter().flat_map(|text| text.split(field.separator.as_str())).map(str::trim);
        parts.filter(|part| !part.is_empty() && !self.mapping.null.contains(*part)).map(str::to_owned).collect()
    }

    fn labels(&self, name: &str, row: &Row, register: &mut Register<'_>) -> BTreeSet<String> {
        self.split(name, row).iter().map(|text| register.labels.label(text)).collect()
    }

    /// The word of the model for a field, [`NOT_RECORDED`] where the record says nothing.
    fn word(&self, name: &str, row: &Row) -> Result<String, Fail> {
        let Some(field) = self.mapping.fields.get(name) else { return Ok(NOT_RECORDED.to_owned()) };
        let texts = self.recorded(name, row);
        let known = |text: &String| match &field.map {
            Some(map) => map.get(text).cloned(),
            None => fields::canonical(field.shape, text).map(str::to_owned),
        };
        match (texts.first(), &field.otherwise) {
            (None, _) => Ok(NOT_RECORDED.to_owned()),
            // With an `else`, the first of several columns that is understood counts.
            (Some(_), Some(otherwise)) => Ok(texts.iter().find_map(known).unwrap_or_else(|| otherwise.clone())),
            (Some(first), None) => known(first).ok_or_else(|| self.unmapped(name, field, row, first)),
        }
    }

    fn count<T: TryFrom<u64>>(&self, name: &str, row: &Row) -> Result<Option<T>, Fail> {
        let Some(field) = self.mapping.fields.get(name) else { return Ok(None) };
        let Some(text) = self.recorded(name, row).into_iter().next() else { return Ok(None) };
        let mapped = field.map.as_ref().and_then(|map| map.get(&text));
        let number = |text: &str| text.parse().ok().and_then(|number: u64| T::try_from(number).ok());
        let word = match (mapped, number(&text), &field.otherwise) {
            (Some(word), _, _) => word,
            (None, Some(number), _) => return Ok(Some(number)),
            (None, None, Some(otherwise)) => otherwise,
            (None, None, None) => return Err(self.unmapped(name, field, row, &text)),
        };
        Ok(number(word))
    }

    /// A word without a meaning is never guessed: the user says what it means.
    fn unmapped(&self, name: &str, field: &Field, row: &Row, text: &str) -> Fail {
        let value = quoted(text);
        let key = if value.starts_with('`') { value.trim_matches('`') } else { "the value" };
        let (words, example) = match field.shape {
            Shape::Severity => ("1 (highest) to 5, or \"none\"".to_owned(), "3".to_owned()),
            Shape::Count => ("a whole number, or \"not_recorded\"".to_owned(), "\"not_recorded\"".to_owned()),
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
        let what = "cannot read an incident export";
        if self.table.at_is_line {
            Problem::input(what, why).at_line(self.file, usize::try_from(row.at).unwrap_or(usize::MAX))
        } else {
            Problem::input(what, format!("record {}: {why}", row.at)).in_file(self.file)
        }
    }
}

/// A mapping that names a word means it, even if it is also a word for nothing.
fn is_mapped(field: &Field, text: &str) -> bool {
    field.map.as_ref().is_some_and(|map| map.contains_key(text))
}

/// `GitHub Copilot` is `github-copilot`.
fn tool_id(name: &str) -> String {
    name.to_lowercase().replace([' ', '_'], "-")
}
