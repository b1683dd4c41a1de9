//! R10: AI-assisted changes are reverted no more often.

use super::r09_change_failure::compare;
use crate::checks::{Check, Finding};
use crate::measures::Measures;
use crate::measures::links::FoundBy;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check =
    Check { id: "R10", set_by: Some(SetBy::Convention), criteria: &["R10.upper_limit"], judge };

fn judge(measures: &Measures, plan: &Plan) -> Finding {
    let Some(rates) = measures.reverts.known() else { return Finding::unknown(&measures.reverts) };
    let earlier = ["revert_rate.7d.risk_ratio", "revert_rate.14d.risk_ratio"];
    let sentence = Message::new("r10-earlier").figure("week", earlier[0]).figure("fortnight", earlier[1]);
    let found: Vec<String> = FoundBy::ALL.iter().map(|way| format!("reverts.found_by.{}", way.word())).collect();
    let mut finding = compare(&rates.longest(), plan, "R10.upper_limit", "revert_rate").figures(&earlier);
    let unresolved = rates.found_by.get(&FoundBy::Unresolved).copied().unwrap_or(0);
    finding.figures.extend(found);
    finding.because(sentence).comment(unresolved > 0, Message::new("r10-unresolved").count("count", unresolved))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Verdict;
    use crate::checks::sample::plan;
    use crate::measures::Measured;
    use crate::measures::robustness::groups::Groups;
    use crate::measures::robustness::reverts::RevertRates;
    use crate::measures::stats::ratio::Arm;

    fn of(ai: (u64, u64), rest: (u64, u64)) -> Verdict {
        let arm = |(events, total)| Arm { events, total };
        let reverts = Groups { ai: arm(ai), rest: arm(rest), strata: vec![(arm(ai), arm(rest))] };
        let mut measures = Measures::of(&crate::facts::Facts::default(), &plan());
        let by_horizon = [(30, reverts)].into();
        measures.reverts = Measured::Known(RevertRates { by_horizon, ..RevertRates::default() });
        judge(&measures, &plan()).verdict
    }

    #[test]
    fn each_verdict_follows_from_the_interval() {
        assert_eq!(of((30, 100), (20, 200)), Verdict::NotMet);
        assert_eq!(of((20, 400), (80, 400)), Verdict::Met);
        assert_eq!(of((6, 50), (6, 50)), Verdict::NoConclusion);
    }
}
