//! One record and its mapping become one deployment.

use std::sync::Arc;

use super::cells::{Export, Record, Register};
use super::fields::Name;
use super::label::plain_id;
use super::sheet::Fail;
use crate::facts::Deployment;
use crate::facts::incident::{ChangeRole, Tri};
use crate::facts::input::RefusalReason;

/// Environments that are production where the export does not say it in a field of its own.
const PRODUCTION: [&str; 2] = ["production", "prod"];

impl Export<'_> {
    /// Reads one deployment.
    pub(super) fn deployment(&self, record: Record<'_>, register: &mut Register<'_>) -> Result<Deployment, Fail> {
        let missing = |what| Fail::Refuse(RefusalReason::MissingField, what);
        let id = self.raw_id(record).ok_or(missing("a record has no id"))?;
        let environments = self.labels(Name::Environments, record, register);
        let started = self.instant(Name::StartedAt, record)?.map(|instant| instant.at);
        let finished = self.instant(Name::FinishedAt, record)?.map(|instant| instant.at);
        if started.or(finished).is_none() {
            return Err(missing("a record has no start"));
        }
        let named = |environment: &Arc<str>| PRODUCTION.iter().any(|name| environment.eq_ignore_ascii_case(name));
        let by_name = match environments.is_empty() {
            true => Tri::NotRecorded,
            false if environments.iter().any(named) => Tri::Yes,
            false => Tri::No,
        };
        let change = self.changes(&[(Name::Change, ChangeRole::Unknown)], record).into_iter().next();
        Ok(Deployment {
            id: plain_id(&id).unwrap_or_else(|| format!("record-{}", record.row.at)),
            file: Arc::clone(&self.file),
            record: record.row.at,
            started,
            finished,
            kind: self.word(Name::Kind, record)?.unwrap_or_default(),
            outcome: self.word(Name::Outcome, record)?.unwrap_or_default(),
            production: self.word(Name::Production, record)?.unwrap_or(by_name),
            services: self.labels(Name::Services, record, register),
            environments,
            change,
        })
    }
}
