//! One record and its mapping become one incident.

use jiff::{SignedDuration, Timestamp};

use super::cells::{Export, Record, Register};
use super::clock::Instant;
use super::fields::Name;
use super::label::plain_id;
use super::sheet::Fail;
use crate::facts::Incident;
use crate::facts::incident::{
    Aftermath, Authorisation, ChangeRole, Extent, FailureMode, Load, Page, RareReach, RareTimes, Reach, Reports,
    StartBasis, Times,
};
use crate::facts::input::RefusalReason;

/// A person called twice within so many seconds is interrupted once
/// (PagerDuty responder insights, `facts/incidents.md` 1.1).
const ONE_INTERRUPTION: i64 = 60;

impl Export<'_> {
    /// Reads one incident.
    pub(super) fn incident(&self, record: Record<'_>, register: &mut Register<'_>) -> Result<Incident, Fail> {
        let missing = Fail::Refuse(RefusalReason::MissingField, "a record has no id");
        let id = self.raw_id(record).ok_or(missing)?;
        let class: crate::facts::incident::IncidentClass = self.word(Name::Class, record)?.unwrap_or_default();
        let severity = if class.is_excluded() { None } else { self.severity(record)? };
        Ok(Incident {
            // An id that is no plain word (a formula, an address, a sentence) is replaced, and the incident counted.
            id: plain_id(&id).unwrap_or_else(|| format!("record-{}", record.row.at)),
            file: std::sync::Arc::clone(&self.file),
            record: record.row.at,
            class,
            severity,
            major: self.word(Name::Major, record)?.unwrap_or_default(),
            times: self.times(record)?,
            reports: self.reports(record)?,
            reach: self.reach(record, register)?,
            changes: self.changes(
                &[
                    (Name::ChangeCause, ChangeRole::Cause),
                    (Name::ChangeFix, ChangeRole::Fix),
                    (Name::ChangeLink, ChangeRole::Unknown),
                ],
                record,
            ),
            ai_role: self.word(Name::AiRole, record)?.unwrap_or_default(),
            ai_status: self.word(Name::AiStatus, record)?.unwrap_or_default(),
            autonomy: self.word(Name::Autonomy, record)?.unwrap_or_default(),
            ai_tool: self.label(Name::AiTool, record, register).map(|tool| tool_id(&tool).into()),
            recorded_cause: self.word(Name::RecordedCause, record)?.unwrap_or_default(),
            operation: self.word(Name::OperationClass, record)?,
            via: self.word(Name::Via, record)?.unwrap_or_default(),
            object_scope: self.word(Name::ObjectScope, record)?,
            impact_scope: self.word(Name::ImpactScope, record)?,
            authorisation: self.authorisation(record)?,
            guardrail: self.word(Name::Guardrail, record)?.unwrap_or_default(),
            failure_modes: self.codes(Name::FailureModes, record, FailureMode::of)?,
            reversible: self.word(Name::Reversible, record)?.unwrap_or_default(),
            data_loss: self.word(Name::DataLoss, record)?.unwrap_or_default(),
            backups_affected: self.word(Name::BackupsAffected, record)?.unwrap_or_default(),
            postmortem: self.word(Name::Postmortem, record)?.unwrap_or_default(),
            aftermath: self.aftermath(record)?,
            cause_key: self.label(Name::CauseKey, record, register),
            responders: self.people(Name::Responders, record, register),
            load: self.load(record, register)?,
            ended: self.says(Name::ResolvedAt, record),
            auto_resolved: self.word(Name::AutoResolved, record)?.unwrap_or_default(),
            personal_fields: self.personal_fields,
        })
    }

    fn reach(&self, record: Record<'_>, register: &mut Register<'_>) -> Result<Reach, Fail> {
        let mut labels = |name| self.labels(name, record, register);
        let (services, environments, regions) =
            (labels(Name::Services), labels(Name::Environments), labels(Name::Regions));
        let rest = RareReach {
            extent: self.extent(record)?,
            resources: labels(Name::Resources),
            accounts: labels(Name::Accounts),
            member_states: labels(Name::MemberStates),
            customers: self.count(Name::Customers, record)?,
            customers_percent: self.number(Name::CustomersPercent, record)?,
            critical_function: self.word(Name::CriticalFunction, record)?.unwrap_or_default(),
        };
        Ok(Reach { services, environments, regions, rest: recorded(rest) })
    }

    fn extent(&self, record: Record<'_>) -> Result<Extent, Fail> {
        Ok(Extent {
            resources: self.count(Name::ResourceCount, record)?,
            services: self.count(Name::ServiceCount, record)?,
            environments: self.count(Name::EnvironmentCount, record)?,
            accounts: self.count(Name::AccountCount, record)?,
            regions: self.count(Name::RegionCount, record)?,
        })
    }

    fn authorisation(&self, record: Record<'_>) -> Result<Authorisation, Fail> {
        let tri = |name| Ok::<_, Fail>(self.word(name, record)?.unwrap_or_default());
        Ok(Authorisation {
            required_humans: self.count(Name::RequiredHumans, record)?,
            obtained_humans: self.count(Name::ObtainedHumans, record)?,
            senior_required: tri(Name::SeniorRequired)?,
            senior_obtained: tri(Name::SeniorObtained)?,
            tested_workflow: tri(Name::TestedWorkflow)?,
            approver_distinct: tri(Name::ApproverDistinct)?,
            break_glass_reviewed: tri(Name::BreakGlassReviewed)?,
            order: self.word(Name::ApprovalOrder, record)?.unwrap_or_default(),
            bypass: self.word(Name::ApprovalBypass, record)?.unwrap_or_default(),
        })
    }

    fn aftermath(&self, record: Record<'_>) -> Result<Option<Box<Aftermath>>, Fail> {
        Ok(recorded(Aftermath {
            postmortem_at: self.moment(Name::PostmortemAt, record)?,
            actions: self.count(Name::Actions, record)?,
            actions_overdue: self.count(Name::ActionsOverdue, record)?,
        }))
    }

    fn reports(&self, record: Record<'_>) -> Result<Option<Box<Reports>>, Fail> {
        Ok(recorded(Reports {
            aware: self.moment(Name::AwareAt, record)?,
            classified: self.moment(Name::ClassifiedAt, record)?,
            initial: self.moment(Name::ReportedAt, record)?,
            intermediate: self.moment(Name::IntermediateReportAt, record)?,
            last: self.moment(Name::FinalReportAt, record)?,
        }))
    }

    fn moment(&self, name: Name, record: Record<'_>) -> Result<Option<Timestamp>, Fail> {
        Ok(self.instant(name, record)?.map(|instant| instant.at))
    }

    /// All instants. The start is when it occurred, else was detected, else was opened. Where only the day of start
    /// or end is written there is no duration, so the end is left out: the incident is untimed, unless the record states
    /// how long it lasted.
    fn times(&self, record: Record<'_>) -> Result<Times, Fail> {
        let occurred = self.instant(Name::StartedAt, record)?;
        let detected = self.instant(Name::DetectedAt, record)?;
        let opened = self.instant(Name::OpenedAt, record)?;
        let known = [(occurred, StartBasis::Occurred), (detected, StartBasis::Detected), (opened, StartBasis::Logged)];
        // A record without any start is counted, and belongs to no period.
        let (started, basis) = known
            .into_iter()
            .find_map(|(instant, basis)| Some((Some(instant?), basis)))
            .unwrap_or((None, StartBasis::default()));
        let exact = started.filter(|instant| !instant.coarse);
        let lasted = self.minutes(Name::ResolvedAfter, record)?.filter(|minutes| *minutes > 0.0);
        let against = self.mapping.untimed_against.map(|name| self.instant(name, record)).transpose()?.flatten();
        let resolved = self
            .instant(Name::ResolvedAt, record)?
            .filter(|end| exact.is_some() && !end.coarse && against.is_none_or(|other| end.at > other.at))
            .map(|end| end.at)
            .or_else(|| later(exact?, lasted?));
        let acknowledged_after = self.minutes(Name::AcknowledgedAfter, record)?;
        let acknowledged = self.moment(Name::AcknowledgedAt, record)?.or_else(|| later(exact?, acknowledged_after?));
        let rest = RareTimes {
            declared: self.moment(Name::DeclaredAt, record)?,
            mitigated: self.moment(Name::MitigatedAt, record)?,
            closed: self.moment(Name::ClosedAt, record)?,
            lasted_minutes: lasted,
        };
        Ok(Times {
            started: started.map(|instant| instant.at),
            basis: self.word(Name::StartBasis, record)?.unwrap_or(basis),
            detected: detected.map(|instant| instant.at),
            acknowledged,
            resolved,
            rest: recorded(rest),
        })
    }

    fn load(&self, record: Record<'_>, register: &mut Register<'_>) -> Result<Option<Box<Load>>, Fail> {
        let by_hours = [Name::EngagedBusiness, Name::EngagedOff, Name::EngagedSleep];
        let [business, off, sleep] = by_hours.map(|name| self.minutes(name, record));
        let calls = [Name::InterruptionsBusiness, Name::InterruptionsOff, Name::InterruptionsSleep];
        let [in_business, in_off, in_sleep] = calls.map(|name| self.count(name, record));
        let pages = self.pages(record)?.into_iter();
        let mut pages: Vec<Page> =
            pages.map(|(person, at)| Page { at: at.at, person: register.ids.person(&person) }).collect();
        pages.sort_unstable_by_key(|page| (page.person, page.at));
        pages.dedup_by(|later, earlier| {
            later.person == earlier.person && later.at.as_second() - earlier.at.as_second() <= ONE_INTERRUPTION
        });
        pages.sort_unstable();
        let listed = self.lists_pages(record).then(|| u32::try_from(pages.len()).unwrap_or(u32::MAX));
        let load = Load {
            engaged_minutes: self.minutes(Name::Engaged, record)?,
            engaged_by_hours: [business?, off?, sleep?],
            interruptions: self.count(Name::Interruptions, record)?.or(listed),
            interruptions_by_hours: [in_business?, in_off?, in_sleep?],
            responders: self.count(Name::ResponderCount, record)?,
            escalations: self.count(Name::Escalations, record)?,
            pages: pages.into_boxed_slice(),
        };
        Ok(recorded(load))
    }
}

/// What says anything at all.
fn recorded<T: Default + PartialEq>(rest: T) -> Option<Box<T>> {
    (rest != T::default()).then(|| Box::new(rest))
}

/// An instant so many minutes later.
fn later(start: Instant, minutes: f64) -> Option<Timestamp> {
    let span = SignedDuration::try_from_secs_f64(minutes * 60.0).ok()?;
    start.at.checked_add(span).ok()
}

/// `GitHub Copilot` is `github-copilot`.
fn tool_id(name: &str) -> String {
    name.to_lowercase().replace([' ', '_'], "-")
}
