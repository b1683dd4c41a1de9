//! W03: review work is spread.

use crate::checks::{Check, Finding, Verdict};
use crate::measures::Measures;
use crate::measures::stats::concentration;
use crate::message::Message;
use crate::plan::Plan;

pub(in crate::checks) const CHECK: Check = Check { id: "W03", set_by: None, criteria: &["W03.gini"], judge };

fn judge(measures: &Measures, plan: &Plan) -> Finding {
    let Some(spread) = measures.review_spread.known() else { return Finding::unknown(&measures.review_spread) };
    let figures = ["workload.review_gini", "workload.review_effective_people", "workload.reviewers"];
    let Some(gini) = concentration::gini(&spread.loads) else {
        return Finding::new(Verdict::NoConclusion).because(Message::new("w03-no-reviews")).figures(&figures);
    };
    let ground = Message::new("w03-spread")
        .figure("gini", figures[0])
        .figure("effective", figures[1])
        .figure("people", figures[2]);
    Finding::by_plan(plan, "W03.gini", gini).because(ground).figures(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::{finding, finding_with, plan_with};
    use crate::facts::sample::{approval, facts, review};
    use crate::facts::{Facts, Kind, Membership, Person};
    use crate::plan::SetBy;

    /// Six people may review; so many of them do, one review each.
    fn active(people: u32) -> Facts {
        let mut facts = facts(&[Kind::History, Kind::Reviews, Kind::People]);
        facts.memberships = (10..16)
            .map(|person| Membership {
                person: Person::new(person),
                team: "shop".into(),
                senior: None,
                reviewer: Some(true),
                time_zone: None,
                from: None,
                until: None,
            })
            .collect();
        for number in 0..people {
            let mut review = review(u64::from(number), '1');
            review.events.push(approval(10 + number, "2026-07-01T10:00:00Z"));
            facts.reviews.push(review);
        }
        facts
    }

    #[test]
    fn an_even_spread_is_met_and_one_reviewer_for_six_is_not() {
        let plan = plan_with("W03.gini", 0.6, SetBy::Auditor);
        assert_eq!(finding_with("W03", &active(6), &plan).verdict, Verdict::Met);
        assert_eq!(finding_with("W03", &active(1), &plan).verdict, Verdict::NotMet);
    }

    #[test]
    fn a_bound_that_the_audited_party_set_alone_is_met_with_comments() {
        let plan = plan_with("W03.gini", 0.6, SetBy::AuditedParty);
        assert_eq!(finding_with("W03", &active(6), &plan).verdict, Verdict::MetWithComments);
    }

    #[test]
    fn without_an_agreed_bound_or_a_list_of_reviewers_there_is_no_conclusion() {
        assert_eq!(finding("W03", &active(6)).needs, [Kind::Criterion]);
        let mut unlisted = active(6);
        unlisted.memberships.clear();
        assert_eq!(finding("W03", &unlisted).needs, [Kind::People]);
        assert_eq!(finding("W03", &active(0)).verdict, Verdict::NoConclusion);
    }
}
