//! What the inputs could and could not show, beyond the list of refusals.

use std::collections::BTreeSet;

use crate::facts::{Facts, Kind, Repository};
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
        let read = || facts.repositories.iter().filter(|repository| !repository.head.is_empty());
        let lacking = |is: fn(&Repository) -> bool| read().filter(|repository| is(repository)).count();
        let off = lacking(|repository| !repository.attribution_off.is_empty());
        say(off > 0, Message::new("coverage-marks-off").count("count", off));
        let notes = lacking(|repository| repository.notes.is_none());
        say(notes > 0, Message::new("coverage-no-notes").count("count", notes));
        let heads = without_squashed_commits(facts);
        say(heads > 0, Message::new("coverage-no-heads").count("count", heads));
        let descriptions = lacking(|repository| repository.reviews_read && !repository.descriptions_read);
        say(descriptions > 0, Message::new("coverage-no-descriptions").count("count", descriptions));
    }
    let cut = facts.reviews.iter().filter(|review| review.truncated).count();
    say(cut > 0, Message::new("coverage-cut-reviews").count("count", cut));
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
