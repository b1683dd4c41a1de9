//! W05: approvals are not rubber stamps. About large changes as a whole, never about a reviewer.

use crate::checks::{Check, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "W05", set_by: Some(SetBy::Standard), criteria: &[], judge };

/// Share of large changes up to which the rule is met with comments: this tool's convention.
const A_FEW: f64 = 0.05;

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(approvals) = measures.fast_approvals.known() else { return Finding::unknown(&measures.fast_approvals) };
    let figures = ["workload.fast_approvals", "workload.fast_approvals.ai"];
    if approvals.large == 0 {
        return Finding::lacking(vec![Kind::MoreRecords])
            .because(Message::new("w05-no-large-changes"))
            .figures(&figures);
    }
    let share = approvals.fast as f64 / approvals.large as f64;
    let verdict = match approvals.fast {
        // What is not known of more changes than are known may hold any number of fast ones.
        _ if approvals.unknown > approvals.large && share <= A_FEW => Verdict::NoConclusion,
        0 => Verdict::Met,
        _ if share <= A_FEW => Verdict::MetWithComments,
        _ => Verdict::NotMet,
    };
    let ground = Message::new("w05-share").figure("share", figures[0]).figure("ai", figures[1]);
    let unknown = Message::new("w05-unknown").count("count", approvals.unknown);
    Finding::new(verdict).because(ground).comment(approvals.unknown > 0, unknown).figures(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::Facts;
    use crate::facts::sample::{approval, facts, review};

    /// Reviews of 400 lines that were opened at 8:00: so many approved half a minute later, the rest after two hours.
    fn large(fast: u64, careful: u64) -> Facts {
        let mut facts = facts(&[Kind::Reviews]);
        for number in 0..fast + careful {
            let mut review = review(number, '1');
            review.lines = Some(400);
            let at = if number < fast { "2026-07-01T08:00:30Z" } else { "2026-07-01T10:00:00Z" };
            review.events.push(approval(2, at));
            facts.reviews.push(review);
        }
        facts
    }

    #[test]
    fn none_is_met_a_twentieth_is_a_comment_and_more_is_not_met() {
        assert_eq!(finding("W05", &large(0, 5)).verdict, Verdict::Met);
        assert_eq!(finding("W05", &large(1, 19)).verdict, Verdict::MetWithComments);
        assert_eq!(finding("W05", &large(1, 18)).verdict, Verdict::NotMet);
    }

    #[test]
    fn approvals_without_a_size_are_a_comment_and_when_most_are_there_is_no_conclusion() {
        let mut facts = large(0, 5);
        facts.reviews[0].lines = None;
        assert_eq!(finding("W05", &facts).verdict, Verdict::MetWithComments);
        facts.reviews.iter_mut().take(3).for_each(|review| review.lines = None);
        assert_eq!(finding("W05", &facts).verdict, Verdict::NoConclusion);
    }

    #[test]
    fn a_written_comment_shows_that_somebody_looked() {
        let mut facts = large(1, 0);
        facts.reviews[0].events[0].has_comment = true;
        assert_eq!(finding("W05", &facts).verdict, Verdict::Met);
    }

    #[test]
    fn small_changes_are_not_looked_at() {
        let mut facts = large(3, 0);
        facts.reviews.iter_mut().for_each(|review| review.lines = Some(200));
        assert_eq!(finding("W05", &facts).verdict, Verdict::NoConclusion);
        assert_eq!(finding("W05", &crate::facts::sample::facts(&[])).needs, [Kind::Reviews]);
    }
}
