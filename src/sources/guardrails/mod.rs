//! Exports of guardrail events: what a platform recorded when a rule was bypassed, switched off or asked.
//!
//! They are read after the histories, whose branches and commits say which events are about what is audited. Whether an
//! export can show that nothing was bypassed depends on what it would have recorded, so what it saw land is kept too.

mod github_audit_log;
mod github_rule_suites;
mod gitlab_audit_events;
mod keep;
mod plain;
mod raw;
mod records;

use std::collections::BTreeSet;

use serde_json::Value;

use self::keep::Keeper;
use self::raw::{RawEvent, Unusable};
use super::{Identities, sha256_hex, single_file};
use crate::error::{Problem, nearest};
use crate::facts::input::RefusalReason;
use crate::facts::{Facts, Kind, Refused};
use crate::plan::{GuardrailInput, Plan};

/// What a person without programming can paste.
const HELP: &str =
    "export with: gh api --paginate 'repos/OWNER/NAME/rulesets/rule-suites?time_period=month' > suites.json";

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Format {
    GithubRuleSuites,
    GithubAuditLog,
    GitlabAuditEvents,
    Plain,
}

impl Format {
    const ALL: [Self; 4] = [Self::GithubRuleSuites, Self::GithubAuditLog, Self::GitlabAuditEvents, Self::Plain];

    fn word(self) -> &'static str {
        match self {
            Self::GithubRuleSuites => "github-rule-suites",
            Self::GithubAuditLog => "github-audit-log",
            Self::GitlabAuditEvents => "gitlab-audit-events",
            Self::Plain => "csv",
        }
    }

    fn event(self, record: &Value) -> Result<RawEvent, Unusable> {
        match self {
            Self::GithubRuleSuites => github_rule_suites::event(record),
            Self::GithubAuditLog => github_audit_log::event(record),
            Self::GitlabAuditEvents => gitlab_audit_events::event(record),
            Self::Plain => plain::event(record),
        }
    }

    /// Lengths of a page, by default and at most: a list as long may be the first of several.
    /// <https://docs.github.com/en/rest/repos/rule-suites>, <https://docs.gitlab.com/api/rest/#pagination>.
    fn pages(self) -> &'static [u64] {
        match self {
            Self::GithubRuleSuites | Self::GithubAuditLog => &[30, 100],
            Self::GitlabAuditEvents => &[20, 100],
            Self::Plain => &[],
        }
    }

    /// The format of a record, by the fields that only one format has.
    fn detect(record: &Value) -> Option<Self> {
        let has = |fields: &[&str]| fields.iter().any(|field| record.get(field).is_some());
        if has(&github_rule_suites::FIELDS) {
            Some(Self::GithubRuleSuites)
        } else if has(&github_audit_log::FIELDS) || has(&["action"]) && has(&["created_at"]) {
            Some(Self::GithubAuditLog)
        } else if has(&gitlab_audit_events::FIELDS) {
            Some(Self::GitlabAuditEvents)
        } else {
            plain::COLUMNS[..2].iter().all(|column| record.get(column).is_some()).then_some(Self::Plain)
        }
    }
}

/// What an export held.
struct Export {
    /// `None`: it is an empty list, which is the same in every format.
    format: Option<Format>,
    sha256: String,
    /// Records of whatever kind.
    records: u64,
    /// Each with its record, counted from 1.
    events: Vec<(u64, RawEvent)>,
    /// Parts of the audit log that it holds.
    categories: BTreeSet<String>,
    refused: Vec<(u64, Unusable)>,
}

impl Export {
    fn may_be_cut(&self) -> bool {
        self.format.is_some_and(|format| format.pages().contains(&self.records))
    }
}

/// Reads every export of guardrail events of the plan.
pub fn read(plan: &Plan, ids: &mut Identities, facts: &mut Facts) -> Result<(), Problem> {
    let mut exports = Vec::new();
    let mut first_refusal = None;
    for input in &plan.guardrail_events {
        let format = chosen(plan, input)?;
        let repository = repository(plan, input, facts)?;
        match export(plan, input, format) {
            Ok(export) => exports.push((input, repository, export)),
            Err((reason, detail)) => {
                first_refusal.get_or_insert_with(|| (&input.path, detail.clone()));
                let path = input.path.clone();
                facts.refused.push(Refused { kind: Kind::Guardrails, path, at: None, reason, count: 1, detail });
            }
        }
    }
    if let Some((path, why)) = first_refusal.filter(|_| exports.is_empty()) {
        return Err(Problem::input("no export of guardrail events can be used", why).in_file(path).help(HELP));
    }
    let mut keeper = Keeper::new(exports.iter().map(|(_, _, export)| export), facts);
    for (input, repository, export) in exports {
        keeper.keep(&input.path, repository, export, ids, facts);
    }
    Ok(())
}

/// The format that the plan names, if it names one.
fn chosen(plan: &Plan, input: &GuardrailInput) -> Result<Option<Format>, Problem> {
    let Some(word) = input.format.as_deref() else { return Ok(None) };
    let known = Format::ALL.map(Format::word);
    if let Some(format) = Format::ALL.into_iter().find(|format| format.word() == word) {
        return Ok(Some(format));
    }
    Err(wrong(plan, format!("`{word}` is no format of guardrail events"), word, &known))
}

/// The repository that the plan names, if it names one.
fn repository(plan: &Plan, input: &GuardrailInput, facts: &Facts) -> Result<Option<usize>, Problem> {
    let Some(word) = input.repository.as_deref() else { return Ok(None) };
    let known: Vec<&str> = facts.repositories.iter().map(|repository| repository.name.as_str()).collect();
    if let Some(at) = known.iter().position(|name| *name == word) {
        return Ok(Some(at));
    }
    Err(wrong(plan, format!("`{word}` is no repository of the plan"), word, &known))
}

fn wrong(plan: &Plan, why: String, word: &str, known: &[&str]) -> Problem {
    let help = nearest(word, known.iter().copied())
        .map_or_else(|| format!("write one of {}", known.join(", ")), |near| format!("write `{near}`"));
    Problem::usage("cannot use the plan", why).in_file(&plan.file).help(help)
}

fn export(plan: &Plan, input: &GuardrailInput, format: Option<Format>) -> Result<Export, (RefusalReason, String)> {
    let bytes = single_file(&plan.resolve(&input.path))?;
    let mut export = Export {
        format,
        sha256: sha256_hex(&bytes),
        records: 0,
        events: Vec::new(),
        categories: BTreeSet::new(),
        refused: Vec::new(),
    };
    let mut is_strange = false;
    records::read(&bytes, &mut |record| {
        export.records += 1;
        let at = export.records;
        if !record.is_object() {
            export
                .refused
                .push((at, (RefusalReason::Unreadable, "it is no record, or has more or fewer cells than the header")));
            return;
        }
        export.format = export.format.or_else(|| Format::detect(&record));
        let Some(format) = export.format else {
            is_strange = true;
            return;
        };
        if format == Format::GithubAuditLog {
            export.categories.insert(github_audit_log::category(&record).to_owned());
        }
        match format.event(&record) {
            Ok(event) => export.events.push((at, event)),
            Err(unusable) => export.refused.push((at, unusable)),
        }
    })
    .map_err(|why| (RefusalReason::Unreadable, why.to_owned()))?;
    if is_strange {
        return Err((RefusalReason::NoReader, "its records are in no known form".to_owned()));
    }
    if export.events.is_empty() && !export.refused.is_empty() {
        return Err((RefusalReason::Unreadable, "none of its records can be used".to_owned()));
    }
    Ok(export)
}

#[cfg(test)]
mod tests;
