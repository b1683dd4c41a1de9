//! R02: AI-assisted changes carry a logged human validation.

use super::r03_dual_authorisation::by_rule;
use crate::checks::{Check, Finding, Verdict};
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "R02", set_by: Some(SetBy::Standard), criteria: &[], judge };

fn judge(measures: &Measures, plan: &Plan) -> Finding {
    let Some(reviews) = measures.authorisation.known() else { return Finding::unknown(&measures.authorisation) };
    let figures = [
        "ai.attributed",
        "review.dual_authorised.ai",
        "review.rule.met.ai",
        "review.rule.not_met.ai",
        "review.rule.depends.ai",
    ];
    if reviews.ai.grades.total() == 0 {
        return Finding::new(Verdict::NoConclusion).because(Message::new("no-ai-changes")).figures(&figures);
    }
    let ground = Message::new("r02-share").figure("share", "review.dual_authorised.ai");
    by_rule(&reviews.ai, reviews.rule, plan, ".ai", ground).figures(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::sample::{approval, change, facts, mark, review};
    use crate::facts::{Change, Facts, Kind};

    fn ai_changes(approved: usize, not: usize) -> Facts {
        let mut facts = facts(&[Kind::History, Kind::Reviews]);
        facts.repositories[0].reviews_read = true;
        for number in 0..approved + not {
            let digits = format!("{number:040x}");
            let id = crate::facts::change::CommitId::new(&digits);
            let marks = vec![mark()];
            facts.changes.push(Change { id: id.clone(), marks, ..change('1', "2026-07-02T10:00:00Z") });
            let mut review = review(number as u64, '1');
            review.merge_commit = Some(id);
            if number < approved {
                review.events.push(approval(2, "2026-07-01T10:00:00Z"));
            }
            facts.reviews.push(review);
        }
        facts
    }

    #[test]
    fn every_ai_change_approved_is_met() {
        assert_eq!(finding("R02", &ai_changes(3, 0)).verdict, Verdict::Met);
    }

    #[test]
    fn from_95_per_cent_it_is_met_with_comments_and_below_not_met() {
        assert_eq!(finding("R02", &ai_changes(19, 1)).verdict, Verdict::MetWithComments);
        assert_eq!(finding("R02", &ai_changes(18, 1)).verdict, Verdict::NotMet);
    }

    #[test]
    fn without_ai_changes_or_reviews_there_is_no_conclusion() {
        let mut none = ai_changes(3, 0);
        none.changes.iter_mut().for_each(|change| change.marks.clear());
        assert_eq!(finding("R02", &none).verdict, Verdict::NoConclusion);
        assert_eq!(finding("R02", &facts(&[Kind::History])).needs, [Kind::Reviews]);
    }

    #[test]
    fn the_opener_of_a_review_is_a_maker_and_cannot_validate() {
        let mut facts = ai_changes(1, 0);
        facts.reviews[0].author = crate::facts::review::Actor::Human(crate::facts::Person::new(2));
        assert_eq!(finding("R02", &facts).verdict, Verdict::NotMet);
    }
}
