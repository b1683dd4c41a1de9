//! What the inputs could and could not show, beyond the list of refusals.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::review::ReviewState;
use crate::facts::{Facts, Kind, Repository};
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::Plan;

/// Statements in the order of the inputs.
pub(super) fn statements(facts: &Facts, measures: &Measures, plan: &Plan) -> Vec<Message> {
    let mut list = Statements(Vec::new());
    list.history(facts, measures);
    list.reviews(facts);
    list.guardrails(facts, measures, plan);
    list.not_read(facts, plan);
    list.0
}

struct Statements(Vec<Message>);

impl Statements {
    fn say(&mut self, applies: bool, message: Message) {
        if applies {
            self.0.push(message);
        }
    }

    /// Says how often something is so, if it ever is.
    fn count(&mut self, id: &str, count: usize) {
        self.say(count > 0, Message::new(id).count("count", count));
    }

    fn history(&mut self, facts: &Facts, measures: &Measures) {
        let Some(history) = measures.history.known() else { return };
        let read = || facts.repositories.iter().filter(|repository| !repository.head.is_empty());
        let lacking = |is: fn(&Repository) -> bool| read().filter(|repository| is(repository)).count();
        self.say(history.commits == 0, Message::new("coverage-no-commits"));
        self.count("coverage-marks-off", history.attribution_off.len());
        self.count("coverage-truncated", history.truncated);
        let unreadable: u64 = facts.repositories.iter().map(|repository| repository.unreadable).sum();
        self.say(unreadable > 0, Message::new("coverage-unreadable").number("count", unreadable as f64));
        self.count("coverage-no-notes", lacking(|repository| repository.notes.is_none()));
        self.count("coverage-no-heads", without_squashed_commits(facts));
        self.count("coverage-without-export", facts.repositories.iter().filter(|r| !r.reviews_read).count());
        let undescribed = lacking(|repository| repository.reviews_read && !repository.descriptions_read);
        self.count("coverage-no-descriptions", undescribed);
    }

    fn reviews(&mut self, facts: &Facts) {
        self.count("coverage-cut-reviews", facts.reviews.iter().filter(|review| review.truncated).count());
        self.count("coverage-cut-review-lists", facts.repositories.iter().filter(|r| r.reviews_cut).count());
        self.count("coverage-approvals-without-revision", without_revision(facts));
    }

    fn guardrails(&mut self, facts: &Facts, measures: &Measures, plan: &Plan) {
        let Some(logged) = measures.guardrails.known().and_then(|guardrails| guardrails.logged) else { return };
        let has_gaps = logged.landings.is_some_and(|landings| landings.unseen > 0);
        let late = Message::new("coverage-guardrails-late").word("day", plan.period.first.to_string());
        self.say(has_gaps, late);
        self.count("coverage-guardrails-cut", facts.guardrail_logs.iter().filter(|log| log.may_be_cut).count());
        let elsewhere: u64 = facts.guardrail_logs.iter().map(|log| log.elsewhere).sum();
        self.say(elsewhere > 0, Message::new("coverage-guardrails-elsewhere").number("count", elsewhere as f64));
    }

    fn not_read(&mut self, facts: &Facts, plan: &Plan) {
        self.count("coverage-not-read-agent-operations", plan.agent_operations.len());
        self.count("coverage-not-read-attachments", plan.attachments.len());
        self.say(!facts.has(Kind::Incidents), Message::new("coverage-no-incidents"));
        self.say(!facts.has(Kind::Monitoring), Message::new("coverage-no-monitoring"));
    }
}

/// Repositories in which changes landed by numbered reviews, and neither an export nor the clone holds the commits of one.
fn without_squashed_commits(facts: &Facts) -> usize {
    let squashed = facts.changes.iter().filter(|change| !change.is_merge() && change.review_number.is_some());
    let mut numbered: BTreeSet<usize> = squashed.map(|change| change.repository).collect();
    for review in facts.reviews.iter().filter(|review| !review.head.is_empty()) {
        numbered.remove(&review.repository);
    }
    numbered.retain(|at| !facts.repositories[*at].heads_present);
    numbered.len()
}

/// Repositories of which the export holds approvals and does not say what any of them was given on.
fn without_revision(facts: &Facts) -> usize {
    let mut placed = BTreeMap::new();
    for review in &facts.reviews {
        let approvals = review.events.iter().filter(|event| event.state == ReviewState::Approved);
        for event in approvals.filter(|event| event.actor.person().is_some()) {
            *placed.entry(review.repository).or_insert(false) |= event.revision.is_some();
        }
    }
    placed.into_values().filter(|placed| !placed).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::review::{Actor, ReviewEvent};
    use crate::facts::sample::{change, facts, id, review};
    use crate::facts::{GuardrailLog, Person, Repository};
    use crate::plan::Period;

    /// Ids of the statements.
    fn said(facts: &Facts) -> Vec<String> {
        let plan = Plan::for_repository(std::path::Path::new("shop"), Period::parse("2026-Q3").ok()).unwrap();
        let measures = Measures::of(facts, &plan);
        statements(facts, &measures, &plan).into_iter().map(|message| message.id).collect()
    }

    fn approved(actor: Actor, revision: bool) -> ReviewEvent {
        let revision = revision.then(|| id('1'));
        ReviewEvent { actor, state: ReviewState::Approved, at: None, revision, has_comment: false }
    }

    #[test]
    fn a_list_of_reviews_that_may_end_early_is_said() {
        let mut facts = facts(&[Kind::History, Kind::Reviews]);
        assert!(!said(&facts).contains(&"coverage-cut-review-lists".to_owned()));
        facts.repositories.push(Repository { reviews_cut: true, ..Repository::default() });
        assert!(said(&facts).contains(&"coverage-cut-review-lists".to_owned()));
    }

    #[test]
    fn approvals_that_cannot_be_tied_to_a_revision_are_said() {
        let human = Actor::Human(Person::new(7));
        for (events, expected) in [
            (vec![], false),
            (vec![approved(Actor::Automation, false)], false),
            (vec![approved(human, false)], true),
            (vec![approved(human, false), approved(human, true)], false),
        ] {
            let mut facts = facts(&[Kind::History, Kind::Reviews]);
            let mut one = review(1, '1');
            one.events.clone_from(&events);
            facts.reviews = vec![one];
            let heard = said(&facts).contains(&"coverage-approvals-without-revision".to_owned());
            assert_eq!(heard, expected, "{events:?}");
        }
    }

    fn said_of_guardrails(log: GuardrailLog) -> Vec<String> {
        let plan = Plan::for_repository(std::path::Path::new("shop"), Period::parse("2026-Q3").ok()).unwrap();
        let mut facts = facts(&[Kind::History, Kind::Guardrails]);
        facts.changes = vec![change('1', "2026-07-02T10:00:00Z")];
        facts.guardrail_logs = vec![log];
        let all = statements(&facts, &Measures::of(&facts, &plan), &plan);
        all.into_iter().map(|message| message.id).filter(|id| id.starts_with("coverage-guardrails")).collect()
    }

    #[test]
    fn a_log_that_misses_a_change_a_whole_page_and_events_elsewhere_are_said() {
        let pushes = [(0, id('0'), id('1'))].into();
        assert_eq!(said_of_guardrails(GuardrailLog { pushes, ..GuardrailLog::default() }), Vec::<String>::new());
        assert_eq!(said_of_guardrails(GuardrailLog::default()), ["coverage-guardrails-late"]);
        let whole = GuardrailLog { may_be_cut: true, elsewhere: 2, ..GuardrailLog::default() };
        let expected = ["coverage-guardrails-late", "coverage-guardrails-cut", "coverage-guardrails-elsewhere"];
        assert_eq!(said_of_guardrails(whole), expected);
    }
}
