//! R17: tests are not weakened by AI-assisted changes.

use super::r09_change_failure::{ENOUGH, compare};
use crate::checks::{Check, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::measures::robustness::weakening::WeakenedTests;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

const CRITERION: &str = "R17.upper_limit";

pub(in crate::checks) const CHECK: Check = Check { id: "R17", set_by: None, criteria: &[CRITERION], judge };

fn judge(measures: &Measures, plan: &Plan) -> Finding {
    let Some(weakened) = measures.weakened_tests.known() else { return Finding::unknown(&measures.weakened_tests) };
    let finding = against(weakened, plan);
    let ways = Message::new("r17-ways")
        .count("removed", weakened.removed)
        .count("skipped", weakened.skipped)
        .count("less", weakened.asserts_less);
    let unread = Message::new("operations-unread").count("count", weakened.unread);
    let finding = if weakened.groups.events() > 0 { finding.because(ways) } else { finding };
    let mut finding = finding.comment(weakened.unread > 0, unread);
    finding.figures =
        ["ai", "rest", "risk_ratio", "risk_ratio.stratified"].map(|part| format!("tests.weakened.{part}")).into();
    finding
}

/// No margin is shipped: a removed test may have been useless, and how many such are usual nobody has published.
fn against(weakened: &WeakenedTests, plan: &Plan) -> Finding {
    let groups = &weakened.groups;
    let few = |ground: &str| Finding::lacking(vec![Kind::MoreRecords]).because(Message::new(ground));
    if groups.ai.total == 0 || groups.rest.total == 0 {
        return few("r17-one-group-is-empty");
    }
    if groups.events() < ENOUGH {
        return few("r17-too-few");
    }
    let Some(criterion) = plan.criterion(CRITERION) else {
        let shares = Message::new("ratio-shares-tests-weakened")
            .figure("ai", "tests.weakened.ai")
            .figure("rest", "tests.weakened.rest")
            .figure("ratio", "tests.weakened.risk_ratio");
        return Finding::lacking(vec![Kind::Criterion]).because(shares);
    };
    let mut finding = compare(groups, plan, CRITERION, "tests.weakened");
    // There is no shipped margin to compare with, so what the audited party set alone may be too lenient.
    if finding.verdict == Verdict::Met && criterion.set_by == SetBy::AuditedParty {
        finding.verdict = Verdict::MetWithComments;
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::{finding, plan, plan_with};
    use crate::facts::Facts;
    use crate::facts::sample::facts;
    use crate::measures::Measured;
    use crate::measures::robustness::groups::Groups;
    use crate::measures::stats::ratio::Arm;

    fn judged(ai: (u64, u64), rest: (u64, u64), plan: &Plan) -> Finding {
        let arm = |(events, total)| Arm { events, total };
        let groups = Groups { ai: arm(ai), rest: arm(rest), strata: vec![(arm(ai), arm(rest))] };
        let mut measures = Measures::of(&Facts::default(), plan);
        measures.weakened_tests = Measured::Known(WeakenedTests { groups, ..WeakenedTests::default() });
        judge(&measures, plan)
    }

    #[test]
    fn each_verdict_follows_from_the_interval() {
        let agreed = plan_with(CRITERION, 1.25, SetBy::Agreement);
        assert_eq!(judged((30, 100), (20, 200), &agreed).verdict, Verdict::NotMet);
        assert_eq!(judged((20, 400), (80, 400), &agreed).verdict, Verdict::Met);
        assert_eq!(judged((6, 50), (6, 50), &agreed).verdict, Verdict::NoConclusion);
    }

    #[test]
    fn a_margin_of_the_audited_party_alone_is_met_with_comments_at_best() {
        let own = plan_with(CRITERION, 1.1, SetBy::AuditedParty);
        assert_eq!(judged((20, 400), (80, 400), &own).verdict, Verdict::MetWithComments);
        assert_eq!(judged((30, 100), (20, 200), &own).verdict, Verdict::NotMet);
    }

    #[test]
    fn without_an_agreed_margin_the_figures_stand_and_nothing_is_concluded() {
        let found = judged((30, 100), (20, 200), &plan());
        assert_eq!(found.needs, [Kind::Criterion]);
        assert_eq!(found.grounds[0].id, "ratio-shares-tests-weakened");
    }

    #[test]
    fn too_few_cases_and_an_empty_group_are_no_conclusion() {
        assert_eq!(judged((1, 100), (3, 100), &plan()).needs, [Kind::MoreRecords]);
        assert_eq!(judged((0, 0), (30, 100), &plan()).needs, [Kind::MoreRecords]);
        assert_eq!(finding("R17", &facts(&[])).needs, [Kind::History]);
    }
}
