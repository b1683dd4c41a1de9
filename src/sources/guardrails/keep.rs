//! Which events are about what is audited, and which stand in two exports.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use super::raw::{RawEvent, actor};
use super::{Export, Format};
use crate::facts::change::CommitId;
use crate::facts::input::RefusalReason;
use crate::facts::{Facts, GuardrailEvent, GuardrailLog, Input, Kind, Refused, Repository};
use crate::sources::Identities;

/// Where an event belongs.
enum Place {
    /// To a repository, or to all of them.
    Audited(Option<usize>),
    /// To a repository or a branch that is not audited.
    Elsewhere,
    /// Several repositories have the name it gives.
    Ambiguous,
}

/// Puts events into the facts, each once.
pub(super) struct Keeper {
    seen: BTreeSet<(Format, String)>,
    /// Rule suites of which an export says which rules failed.
    detailed: BTreeSet<u64>,
    /// Rule suites that bypassed something; the audit log speaks of them too.
    bypassing: BTreeSet<u64>,
    /// Commits of repositories whose audited branch has no name that is known: what landed there is on their history.
    landed: BTreeSet<(usize, CommitId)>,
}

impl Keeper {
    /// Looks through all exports first: which of two records says more does not depend on their order.
    pub(super) fn new<'a>(exports: impl Iterator<Item = &'a Export>, facts: &Facts) -> Self {
        let nameless = facts.changes.iter().filter(|change| facts.repositories[change.repository].branch.is_none());
        let landed = nameless.map(|change| (change.repository, change.id.clone())).collect();
        let mut keeper = Self { seen: BTreeSet::new(), detailed: BTreeSet::new(), bypassing: BTreeSet::new(), landed };
        let suites = exports.filter(|export| export.format == Some(Format::GithubRuleSuites));
        for (_, event) in suites.flat_map(|export| &export.events) {
            keeper.detailed.extend(event.suite.filter(|_| event.detailed));
            keeper.bypassing.extend(event.suite.filter(|_| !event.bypasses.is_empty()));
        }
        keeper
    }

    /// Puts one export into the facts.
    pub(super) fn keep(
        &mut self,
        path: &str,
        repository: Option<usize>,
        export: Export,
        ids: &mut Identities,
        facts: &mut Facts,
    ) {
        let may_be_cut = export.may_be_cut();
        let mut log =
            GuardrailLog { file: path.to_owned(), records: export.records, may_be_cut, ..GuardrailLog::default() };
        // A log of one kind of event says nothing about the others, and a page of it nothing about the rest of its day.
        let tells_days = export.categories.len() > 1 && !may_be_cut;
        let (mut twice, mut ambiguous) = (0, 0);
        for (record, event) in &export.events {
            if export.format.is_some_and(|format| self.is_known(format, event)) {
                twice += 1;
                continue;
            }
            match self.place(event, repository, &facts.repositories) {
                Place::Audited(at) => take(*record, event, at, tells_days, &mut log, ids, facts),
                Place::Elsewhere => log.elsewhere += 1,
                Place::Ambiguous => ambiguous += 1,
            }
        }
        let mut refuse = |at, reason, count, detail: &str| {
            if count > 0 {
                let detail = detail.to_owned();
                facts.refused.push(Refused {
                    kind: Kind::Guardrails,
                    path: path.to_owned(),
                    at,
                    reason,
                    count,
                    detail,
                });
            }
        };
        for (at, (reason, field)) in export.refused {
            refuse(Some(at), reason, 1, field);
        }
        refuse(None, RefusalReason::Duplicate, twice, "events that another record says already");
        refuse(
            None,
            RefusalReason::BadValue,
            ambiguous,
            "several repositories have this name; write `repository` in the plan",
        );
        facts.inputs.push(Input {
            kind: Kind::Guardrails,
            path: path.to_owned(),
            format: export.format.map_or("empty-list", Format::word).to_owned(),
            sha256: export.sha256,
            records: export.records,
        });
        facts.guardrail_logs.push(log);
        facts.read.insert(Kind::Guardrails);
    }

    /// The record was read before, or another one says the same with more detail.
    fn is_known(&mut self, format: Format, event: &RawEvent) -> bool {
        let told_better = match format {
            Format::GithubRuleSuites => !event.detailed && event.suite.is_some_and(|id| self.detailed.contains(&id)),
            Format::GithubAuditLog => event.suite.is_some_and(|id| self.bypassing.contains(&id)),
            Format::GitlabAuditEvents | Format::Plain => false,
        };
        told_better || !self.seen.insert((format, event.key.clone()))
    }

    fn place(&self, event: &RawEvent, planned: Option<usize>, repositories: &[Repository]) -> Place {
        let at = match (planned, &event.repository) {
            (Some(at), _) => Some(at),
            (None, None) => (repositories.len() == 1).then_some(0),
            (None, Some(name)) => {
                let named = |at: &usize| repositories[*at].name.eq_ignore_ascii_case(name);
                let mut hits = (0..repositories.len()).filter(named);
                match (hits.next(), hits.next()) {
                    (Some(at), None) => Some(at),
                    (Some(_), Some(_)) => return Place::Ambiguous,
                    (None, _) => return Place::Elsewhere,
                }
            }
        };
        let Some((at, branch)) = at.zip(event.branch.as_ref()) else { return Place::Audited(at) };
        let is_audited = match &repositories[at].branch {
            Some(audited) => audited == branch,
            None => event.after.clone().is_some_and(|after| self.landed.contains(&(at, after))),
        };
        if is_audited { Place::Audited(Some(at)) } else { Place::Elsewhere }
    }
}

fn take(
    record: u64,
    event: &RawEvent,
    repository: Option<usize>,
    tells_days: bool,
    log: &mut GuardrailLog,
    ids: &mut Identities,
    facts: &mut Facts,
) {
    if let Some(repository) = repository {
        if tells_days {
            log.days.insert((repository, event.at.to_zoned(TimeZone::UTC).date()));
        }
        if let Some((before, after)) = event.before.clone().zip(event.after.clone()).filter(|_| event.moved) {
            log.pushes.insert((repository, before, after));
        }
    }
    let bypasses = event.bypasses.iter().copied().map(Some);
    for bypass in bypasses.chain(event.rule_changed.then_some(None)) {
        facts.guardrails.push(GuardrailEvent {
            file: log.file.clone(),
            record,
            repository,
            at: event.at,
            bypass,
            actor: actor(event.actor.as_ref(), ids),
            commit: event.after.clone(),
        });
    }
}
