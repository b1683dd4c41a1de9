//! What the inputs could and could not show, beyond the list of refusals.

use std::collections::BTreeMap;

use crate::facts::review::ReviewState;
use crate::facts::{Facts, Kind};
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::Plan;

/// Statements in the order of the inputs.
pub(super) fn statements(facts: &Facts, measures: &Measures, plan: &Plan) -> Vec<Message> {
    let mut list = Vec::new();
    let mut say = |applies: bool, message: Message| {
        if applies {
            list.push(message);
        }
    };
    if let Some(history) = measures.history.known() {
        say(history.commits == 0, Message::new("coverage-no-commits"));
        say(history.truncated > 0, Message::new("coverage-truncated").count("count", history.truncated));
        let unreadable: u64 = facts.repositories.iter().map(|repository| repository.unreadable).sum();
        say(unreadable > 0, Message::new("coverage-unreadable").number("count", unreadable as f64));
        let without = facts.repositories.iter().filter(|repository| !repository.reviews_read).count();
        say(without > 0, Message::new("coverage-without-export").count("count", without));
    }
    let cut = facts.reviews.iter().filter(|review| review.truncated).count();
    say(cut > 0, Message::new("coverage-cut-reviews").count("count", cut));
    let cut = facts.repositories.iter().filter(|repository| repository.reviews_cut).count();
    say(cut > 0, Message::new("coverage-cut-review-lists").count("count", cut));
    let unplaced = without_revision(facts);
    say(unplaced > 0, Message::new("coverage-approvals-without-revision").count("count", unplaced));
    let declared_only = [
        ("deployments", plan.deployments.len()),
        ("guardrail-events", plan.guardrail_events.len()),
        ("agent-operations", plan.agent_operations.len()),
        ("attachments", plan.attachments.len()),
    ];
    for (word, count) in declared_only {
        say(count > 0, Message::new(format!("coverage-not-read-{word}")).count("count", count));
    }
    say(!facts.has(Kind::Incidents), Message::new("coverage-no-incidents"));
    say(!facts.has(Kind::Monitoring), Message::new("coverage-no-monitoring"));
    list
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
    use crate::facts::sample::{facts, id, review};
    use crate::facts::{Person, Repository};
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
}
