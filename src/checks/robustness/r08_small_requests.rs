//! R08: small requests stay small.

use crate::checks::{Check, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::Plan;

const CRITERION: &str = "R08.share";

pub(in crate::checks) const CHECK: Check = Check { id: "R08", set_by: None, criteria: &[CRITERION], judge };

fn judge(measures: &Measures, plan: &Plan) -> Finding {
    let Some(operations) = measures.operations.known() else { return Finding::unknown(&measures.operations) };
    let Some(history) = &operations.history else { return Finding::lacking(vec![Kind::History]) };
    let figures = ["operations.minor_announced", "operations.minor_beyond_reach", "operations.minor_environment_level"];
    let minor = &history.minor;
    if minor.announced == 0 {
        return Finding::new(Verdict::NoConclusion).because(Message::new("r08-none-announced")).figures(&figures);
    }
    let share = |beyond: usize| Finding::by_plan(plan, CRITERION, beyond as f64 / minor.announced as f64);
    // What could not be read may have stayed small, or not.
    let (least, most) = (share(minor.beyond()), share(minor.beyond() + minor.unread));
    let agree = least.verdict == most.verdict;
    let finding = if agree { least } else { Finding { ask: least.ask, ..Finding::lacking(vec![Kind::History]) } };
    let beyond = Message::new("r08-beyond").figure("announced", figures[0]).figure("beyond", figures[1]);
    let lowered = Message::new("operations-lowered").count("count", history.lowered);
    finding
        .because(beyond)
        .comment(minor.environment_level > 0, Message::new("r08-environment").figure("count", figures[2]))
        .comment(minor.unread > 0, Message::new("operations-unread").count("count", minor.unread))
        .comment(history.lowered > 0, lowered)
        .figures(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::{finding, finding_with, plan_with};
    use crate::facts::sample::{change, facts, path};
    use crate::facts::{Change, Facts};
    use crate::plan::SetBy;

    /// Four changes announced as minor, so many of them of an environment, among others of ordinary size.
    fn announced(beyond: usize) -> Facts {
        let mut facts = facts(&[Kind::History]);
        for number in 0..4 {
            let touched = if number < beyond { "infra/prod/main.tf" } else { "src/a" };
            let paths = Some(vec![path(touched, 1, 1)]);
            facts.changes.push(Change { announced_minor: true, paths, ..change('1', "2026-07-02T10:00:00Z") });
        }
        facts.changes.extend((0..8).map(|_| change('2', "2026-07-02T10:00:00Z")));
        facts
    }

    fn judged(facts: &Facts, at_most: f64, set_by: SetBy) -> Verdict {
        finding_with("R08", facts, &plan_with(CRITERION, at_most, set_by)).verdict
    }

    #[test]
    fn the_share_is_held_against_the_plan() {
        assert_eq!(judged(&announced(0), 0.1, SetBy::Agreement), Verdict::Met);
        assert_eq!(judged(&announced(1), 0.1, SetBy::Agreement), Verdict::NotMet);
        assert_eq!(judged(&announced(0), 0.1, SetBy::AuditedParty), Verdict::MetWithComments);
    }

    #[test]
    fn one_that_reaches_an_environment_is_said_even_within_the_bound() {
        assert_eq!(judged(&announced(1), 0.5, SetBy::Agreement), Verdict::MetWithComments);
    }

    #[test]
    fn without_a_criterion_or_an_announcement_nothing_is_concluded() {
        let found = finding("R08", &announced(1));
        assert_eq!((found.verdict, found.needs.as_slice()), (Verdict::NoConclusion, [Kind::Criterion].as_slice()));
        assert!(found.grounds.iter().any(|ground| ground.id == "r08-environment"));
        let mut none = announced(0);
        none.changes.retain(|change| !change.announced_minor);
        assert_eq!(judged(&none, 0.1, SetBy::Agreement), Verdict::NoConclusion);
        assert_eq!(finding("R08", &facts(&[])).needs, [Kind::History]);
        assert_eq!(finding("R08", &facts(&[Kind::Incidents])).needs, [Kind::History]);
    }

    #[test]
    fn a_change_that_could_not_be_read_may_have_gone_beyond() {
        let mut facts = announced(0);
        facts.changes[0].paths = None;
        assert_eq!(judged(&facts, 0.1, SetBy::Agreement), Verdict::NoConclusion);
        assert_eq!(judged(&facts, 0.5, SetBy::Agreement), Verdict::MetWithComments);
    }

    #[test]
    fn a_size_far_out_of_the_ordinary_is_beyond_and_a_large_one_among_large_ones_is_not() {
        let mut facts = announced(0);
        facts.changes[0].paths = Some(vec![path("src/a", 900, 0)]);
        assert_eq!(judged(&facts, 0.1, SetBy::Agreement), Verdict::NotMet);
        for change in facts.changes.iter_mut().skip(4) {
            change.paths = Some(vec![path("src/a", 800, 0)]);
        }
        assert_eq!(judged(&facts, 0.1, SetBy::Agreement), Verdict::Met);
        let mut small = announced(0);
        small.changes[0].paths = Some(vec![path("src/a", 190, 0)]);
        assert_eq!(judged(&small, 0.1, SetBy::Agreement), Verdict::Met, "far out, but not large");
    }
}
