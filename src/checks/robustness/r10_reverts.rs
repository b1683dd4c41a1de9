//! R10: AI-assisted changes are reverted no more often.

use super::r09_change_failure::compare;
use crate::checks::{Check, Finding};
use crate::measures::Measures;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check =
    Check { id: "R10", set_by: Some(SetBy::Convention), criteria: &["R10.upper_limit"], judge };

fn judge(measures: &Measures, plan: &Plan) -> Finding {
    match measures.change_failure.known() {
        Some(failure) => compare(&failure.reverts, plan, "R10.upper_limit", "revert_rate"),
        None => Finding::unknown(&measures.change_failure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Verdict;
    use crate::checks::sample::plan;
    use crate::measures::Measured;
    use crate::measures::robustness::change_failure::{ChangeFailure, Groups};
    use crate::measures::stats::ratio::Arm;

    fn of(ai: (u64, u64), rest: (u64, u64)) -> Verdict {
        let arm = |(events, total)| Arm { events, total };
        let reverts = Groups { ai: arm(ai), rest: arm(rest), strata: vec![(arm(ai), arm(rest))] };
        let mut measures = Measures::of(&crate::facts::Facts::default(), &plan());
        measures.change_failure = Measured::Known(ChangeFailure { reverts, ..ChangeFailure::default() });
        judge(&measures, &plan()).verdict
    }

    #[test]
    fn each_verdict_follows_from_the_interval() {
        assert_eq!(of((30, 100), (20, 200)), Verdict::NotMet);
        assert_eq!(of((20, 400), (80, 400)), Verdict::Met);
        assert_eq!(of((6, 50), (6, 50)), Verdict::NoConclusion);
    }
}
