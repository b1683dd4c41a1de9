//! Recorded bypasses of guardrails: trailers in the history, merges by agents, what incidents record, and what platforms log.

use std::collections::{BTreeMap, BTreeSet};

use super::landings::Landings;
use crate::facts::change::{Bypass, CommitId};
use crate::facts::review::Actor;
use crate::facts::{Facts, GuardrailEvent, Kind};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::incidents::{Recorded, started_in};
use crate::measures::links::Links;
use crate::plan::Plan;

/// Bypasses of the period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Guardrails {
    /// By kind; the words are those of the figure ids.
    pub by_kind: BTreeMap<&'static str, usize>,
    /// Incidents that record one, with its kind.
    pub incidents: Vec<(Recorded, &'static str)>,
    /// Records of logs that are counted, with their kind: file and position, which name nobody.
    pub events: Vec<(String, u64, &'static str)>,
    /// What the logs hold beside bypasses; `None`: no log was read.
    pub logged: Option<Logged>,
    /// Commits, merges or logs are among the traces, and they are somebody's conduct.
    pub of_conduct: bool,
}

/// What logs of guardrail events hold beside bypasses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Logged {
    /// Records of whatever kind, repository and day.
    pub records: u64,
    /// Times in the period that a rule was made, changed or removed.
    pub rule_changes: usize,
    /// What they saw land; `None`: no history was read.
    pub landings: Option<Landings>,
}

impl Guardrails {
    /// Counts; unknown without history, incidents or a log.
    pub fn of(facts: &Facts, plan: &Plan, links: &Links<'_>) -> Measured<Self> {
        if ![Kind::History, Kind::Incidents, Kind::Guardrails].into_iter().any(|kind| facts.has(kind)) {
            return Measured::lacks(Kind::History);
        }
        let of_conduct = facts.has(Kind::History) || facts.has(Kind::Guardrails);
        let mut result = Self { of_conduct, ..Self::default() };
        let mut told = Told::default();
        for linked in links.changes.iter().filter(|linked| linked.in_period && !linked.change.is_merge()) {
            for bypass in &linked.change.bypasses {
                result.add(bypass.word());
                told.commits.insert((linked.change.repository, linked.change.id.as_str().to_owned(), *bypass));
            }
        }
        let merged = facts.reviews.iter().filter(|r| r.merged.is_some_and(|at| plan.period.span.contains(at)));
        for review in merged.filter(|review| review.author == Actor::Ai && review.merged_by == Actor::Ai) {
            result.add(Bypass::AgentSelfMerge.word());
            told.merges.insert((review.repository, review.number));
        }
        for incident in started_in(facts, plan) {
            let bypass = incident.authorisation.bypass;
            if bypass.happened() {
                result.add(bypass.word());
                result.incidents.push((Recorded::of(incident), bypass.word()));
            }
        }
        result.add_events(facts, plan, links, &mut told);
        Measured::Known(result)
    }

    fn add(&mut self, kind: &'static str) {
        *self.by_kind.entry(kind).or_default() += 1;
    }

    /// Adds what the logs record and nothing else told.
    fn add_events(&mut self, facts: &Facts, plan: &Plan, links: &Links<'_>, told: &mut Told) {
        if !facts.has(Kind::Guardrails) {
            return;
        }
        let mut logged = Logged {
            records: facts.guardrail_logs.iter().map(|log| log.records).sum(),
            landings: facts.has(Kind::History).then(|| Landings::of(facts, links)),
            ..Logged::default()
        };
        let in_period: Vec<&GuardrailEvent> =
            facts.guardrails.iter().filter(|event| plan.period.span.contains(event.at)).collect();
        let named = |event: &GuardrailEvent| Some((event.repository?, full(event.commit.as_ref()?, event, links)));
        let told_exactly: BTreeSet<(usize, String)> = in_period
            .iter()
            .filter(|event| event.bypass.is_some_and(|bypass| bypass != Bypass::PolicyOverride))
            .filter_map(|event| named(event))
            .collect();
        for event in in_period {
            let Some(bypass) = event.bypass else {
                logged.rule_changes += 1;
                continue;
            };
            let commit = named(event);
            // "Overridden" and, from another record of the same commit, what was overridden: one act.
            let is_vague =
                bypass == Bypass::PolicyOverride && commit.as_ref().is_some_and(|c| told_exactly.contains(c));
            if !is_vague && told.is_new(bypass, commit, links) {
                self.add(bypass.word());
                self.events.push((event.file.clone(), event.record, bypass.word()));
            }
        }
        self.logged = Some(logged);
    }

    /// All kinds.
    pub fn total(&self) -> usize {
        self.by_kind.values().sum()
    }
}

/// What is counted already: the same bypass of the same commit counts once, however many records tell it.
#[derive(Default)]
struct Told {
    commits: BTreeSet<(usize, String, Bypass)>,
    /// Reviews that an agent merged itself.
    merges: BTreeSet<(usize, u64)>,
}

impl Told {
    fn is_new(&mut self, bypass: Bypass, commit: Option<(usize, String)>, links: &Links<'_>) -> bool {
        let Some((repository, id)) = commit else { return true };
        let review = links.find(repository, &CommitId::new(&id)).and_then(|at| links.changes[at].review);
        let merged = review.is_some_and(|review| self.merges.contains(&(review.repository, review.number)));
        !(bypass == Bypass::AgentSelfMerge && merged) && self.commits.insert((repository, id, bypass))
    }
}

/// The whole id of a commit on the history; what is not there stays as it is written.
fn full(commit: &CommitId, event: &GuardrailEvent, links: &Links<'_>) -> String {
    let at = event.repository.and_then(|repository| links.find(repository, commit));
    at.map_or(commit, |at| &links.changes[at].change.id).as_str().to_owned()
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<Guardrails>) -> Vec<Figure> {
    let conduct = all.known().is_none_or(|guardrails| guardrails.of_conduct);
    let disclosure = if conduct { Disclosure::Conduct } else { Disclosure::Artefact };
    let figure = |id: String, value| Figure::new(id, "bypasses", "method-bypasses", disclosure, value);
    let mut figures = vec![figure("guardrail.bypasses".into(), all.map(|g| Value::count(g.total())))];
    for (kind, count) in all.known().into_iter().flat_map(|g| &g.by_kind) {
        let word = kind.replace('-', "_");
        figures.push(figure(format!("guardrail.bypass.{word}"), Measured::Known(Value::count(*count))));
    }
    let logged = |pick: &dyn Fn(&Logged) -> Measured<Value>| {
        all.and_then(|guardrails| guardrails.logged.as_ref().map_or_else(|| Measured::lacks(Kind::Guardrails), pick))
    };
    let conduct = |id, unit, method, value| Figure::new(id, unit, method, Disclosure::Conduct, value);
    let records = logged(&|l| Measured::Known(Value::number(l.records as f64)));
    figures.push(conduct("guardrail.events_read", "records", "method-events-read", records));
    let rule_changes = logged(&|l| Measured::Known(Value::count(l.rule_changes)));
    figures.push(conduct("guardrail.rule_changes", "records", "method-rule-changes", rule_changes));
    let unseen = logged(&|l| Measured::or_lacks(l.landings.map(|l| Value::count(l.unseen)), Kind::History));
    figures.push(conduct("guardrail.landings_unseen", "changes", "method-landings-unseen", unseen));
    figures
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::sample::{change, facts, id, instant, review};
    use crate::facts::{Change, GuardrailLog};
    use crate::plan::Period;

    fn counted(facts: &Facts) -> Guardrails {
        let plan = Plan::for_repository(std::path::Path::new("shop"), Period::parse("2026-Q3").ok()).unwrap();
        Guardrails::of(facts, &plan, &Links::of(facts, &plan)).known().cloned().unwrap()
    }

    fn event(bypass: Option<Bypass>, commit: Option<char>) -> GuardrailEvent {
        GuardrailEvent {
            file: "log.json".into(),
            record: 1,
            repository: Some(0),
            at: instant("2026-07-02T10:00:00Z"),
            bypass,
            actor: Actor::Unknown,
            commit: commit.map(id),
        }
    }

    fn with(events: Vec<GuardrailEvent>) -> Facts {
        Facts {
            changes: vec![change('1', "2026-07-02T10:00:00Z")],
            guardrails: events,
            guardrail_logs: vec![GuardrailLog { records: 7, ..GuardrailLog::default() }],
            ..facts(&[Kind::History, Kind::Guardrails])
        }
    }

    #[test]
    fn what_a_trailer_says_and_a_log_repeats_is_one_bypass() {
        let mut facts =
            with(vec![event(Some(Bypass::SkippedCi), Some('1')), event(Some(Bypass::ForcePush), Some('1'))]);
        facts.changes[0] = Change { bypasses: [Bypass::SkippedCi].into(), ..facts.changes[0].clone() };
        let found = counted(&facts);
        assert_eq!(found.by_kind, [("skipped_ci", 1), ("force_push", 1)].into());
        assert_eq!(found.events, [("log.json".to_owned(), 1, "force_push")]);
    }

    #[test]
    fn a_short_commit_id_means_the_commit() {
        let short = GuardrailEvent { commit: Some(CommitId::new("1111111")), ..event(Some(Bypass::ForcePush), None) };
        assert_eq!(counted(&with(vec![short, event(Some(Bypass::ForcePush), Some('1'))])).total(), 1);
    }

    #[test]
    fn an_override_that_another_record_tells_exactly_is_not_another_act() {
        let vague = event(Some(Bypass::PolicyOverride), Some('1'));
        let exact = event(Some(Bypass::AdminMerge), Some('1'));
        assert_eq!(counted(&with(vec![vague.clone(), exact])).by_kind, [("admin_merge", 1)].into());
        assert_eq!(counted(&with(vec![vague.clone(), vague])).total(), 1);
        let nameless = event(Some(Bypass::PolicyOverride), None);
        assert_eq!(counted(&with(vec![nameless.clone(), nameless])).total(), 2, "nothing says that it is the same act");
    }

    #[test]
    fn an_agents_merge_that_the_review_shows_counts_once() {
        let mut facts = with(vec![event(Some(Bypass::AgentSelfMerge), Some('1'))]);
        let mut merged = review(1, '1');
        (merged.author, merged.merged_by, merged.merged) =
            (Actor::Ai, Actor::Ai, Some(instant("2026-07-02T10:00:00Z")));
        facts.reviews = vec![merged];
        assert_eq!(counted(&facts).by_kind, [("agent_self_merge", 1)].into());
    }

    #[test]
    fn a_changed_rule_bypasses_nothing_and_other_periods_do_not_count() {
        let before = GuardrailEvent { at: instant("2026-06-30T23:59:59Z"), ..event(Some(Bypass::ForcePush), None) };
        let found = counted(&with(vec![event(None, None), before]));
        assert_eq!((found.total(), found.logged.map(|l| (l.rule_changes, l.records))), (0, Some((1, 7))));
    }

    #[test]
    fn without_a_log_its_figures_are_unknown() {
        let found = counted(&facts(&[Kind::History]));
        let figures = figures(&Measured::Known(found));
        let unknown = |id: &str| {
            figures.iter().find(|f| f.id == id).is_some_and(|f| f.value == Measured::lacks(Kind::Guardrails))
        };
        assert!(
            ["guardrail.events_read", "guardrail.rule_changes", "guardrail.landings_unseen"].into_iter().all(unknown)
        );
    }
}
