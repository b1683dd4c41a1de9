//! What the inputs could and could not show, beyond the list of refusals.

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
        say(
            !history.attribution_off.is_empty(),
            Message::new("coverage-marks-off").count("count", history.attribution_off.len()),
        );
        let unfetched = facts.repositories.iter().filter(|repository| repository.notes.is_none()).count();
        say(unfetched > 0, Message::new("coverage-without-notes").count("count", unfetched));
        say(history.truncated > 0, Message::new("coverage-truncated").count("count", history.truncated));
        let unreadable: u64 = facts.repositories.iter().map(|repository| repository.unreadable).sum();
        say(unreadable > 0, Message::new("coverage-unreadable").number("count", unreadable as f64));
        let without = facts.repositories.iter().filter(|repository| !repository.reviews_read).count();
        say(without > 0, Message::new("coverage-without-export").count("count", without));
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
