//! Large changes that were approved faster than they can be read. Elapsed time is the most that reading can have taken, so
//! only *too fast* is evidence. Never per reviewer.

use std::collections::BTreeSet;

use crate::facts::review::{Review, ReviewEvent, ReviewState};
use crate::facts::{Facts, Kind, Person};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::plan::Plan;

/// Larger changes are looked at, in changed lines, and the fastest speed at which they can be read, in lines an hour: both of
/// the SmartBear/Cisco review study (2006).
pub const LARGE: u64 = 200;
const FASTEST: f64 = 500.0;

/// Approvals of large changes merged in the period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FastApprovals {
    /// Approved faster than they can be read, without a written comment.
    pub fast: usize,
    /// Of these, with AI marks on their commits.
    pub fast_ai: usize,
    /// Large changes with an approval and both instants.
    pub large: usize,
    /// Approved changes whose size, or large ones whose instants, the export does not give.
    pub unknown: usize,
    /// Authors and approvers behind them.
    pub people: BTreeSet<Person>,
}

impl FastApprovals {
    /// Counts; unknown without a review export.
    pub fn of(facts: &Facts, plan: &Plan) -> Measured<Self> {
        if !facts.has(Kind::Reviews) {
            return Measured::lacks(Kind::Reviews);
        }
        let mut count = Self::default();
        let merged = |review: &&Review| review.merged.is_some_and(|at| plan.period.span.contains(at));
        for review in facts.reviews.iter().filter(merged) {
            count.add(review);
        }
        Measured::Known(count)
    }

    fn add(&mut self, review: &Review) {
        let somebody_else = |event: &ReviewEvent| event.actor.person().is_some() && event.actor != review.author;
        let approvals =
            || review.events.iter().filter(|event| event.state == ReviewState::Approved && somebody_else(event));
        if approvals().next().is_none() {
            return;
        }
        let Some(lines) = review.lines else {
            self.unknown += 1;
            return;
        };
        if lines <= LARGE {
            return;
        }
        let asked = review.opened.max(review.head.last().and_then(|commit| commit.committed));
        let approved = approvals().filter_map(|event| event.at).max();
        let (Some(asked), Some(approved)) = (asked, approved) else {
            self.unknown += 1;
            return;
        };
        self.large += 1;
        self.people.extend(review.author.person().into_iter().chain(approvals().filter_map(|e| e.actor.person())));
        // An approval of an earlier revision has a negative time: nothing can be said about how long reading took.
        let hours = approved.duration_since(asked).as_secs_f64() / 3600.0;
        let spoken = review.events.iter().any(|event| somebody_else(event) && event.has_comment);
        if (0.0..lines as f64 / FASTEST).contains(&hours) && !spoken {
            self.fast += 1;
            let attributed = review.head.iter().flat_map(|commit| &commit.marks).any(|mark| mark.class.attributes());
            self.fast_ai += usize::from(attributed);
        }
    }
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<FastApprovals>) -> Vec<Figure> {
    let nobody = BTreeSet::new();
    let people = all.known().map_or(&nobody, |fast| &fast.people);
    let figure = |id: &str, unit, value| {
        Figure::new(id, unit, "method-fast-approvals", Disclosure::PersonDerived, value).behind(people)
    };
    vec![
        figure("workload.fast_approvals", "share", all.map(|f| Value::share(f.fast, f.large))),
        figure("workload.fast_approvals.ai", "changes", all.map(|f| Value::count(f.fast_ai))),
    ]
}
