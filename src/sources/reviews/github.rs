//! What both exports of GitHub have in common: the states of a review, and its list of acts.

use serde_json::Value;

use super::fields::{list, text};
use super::raw::Event;
use crate::facts::review::ReviewState;

/// One page of the GraphQL interface, which is all that `gh` asks for
/// (<https://github.com/cli/cli/blob/trunk/api/query_builder.go>), and the largest page of the REST interface.
pub(super) const PAGE: usize = 100;

/// Reviews and comments of a record, and how many reviews have a state nobody knows. The two names are those of their instants.
pub(super) fn events(
    record: &Value,
    [submitted, created]: [&'static str; 2],
    event: impl Fn(&Value, ReviewState, &'static str) -> Event,
) -> (Vec<Event>, u64) {
    let mut unusable = 0;
    let mut events = Vec::new();
    for review in list(record, "reviews") {
        match state(text(review, "state")) {
            Ok(Some(state)) => events.push(event(review, state, submitted)),
            Ok(None) => {}
            Err(()) => unusable += 1,
        }
    }
    let comments = list(record, "comments");
    events.extend(comments.iter().map(|comment| event(comment, ReviewState::Commented, created)));
    (events, unusable)
}

/// The state of a review on GitHub: `Ok(None)` for a draft that nobody else has seen.
/// <https://docs.github.com/en/graphql/reference/enums#pullrequestreviewstate>
fn state(word: &str) -> Result<Option<ReviewState>, ()> {
    match word {
        "APPROVED" => Ok(Some(ReviewState::Approved)),
        "CHANGES_REQUESTED" => Ok(Some(ReviewState::ChangesRequested)),
        "COMMENTED" => Ok(Some(ReviewState::Commented)),
        "DISMISSED" => Ok(Some(ReviewState::Dismissed)),
        "PENDING" => Ok(None),
        _ => Err(()),
    }
}
