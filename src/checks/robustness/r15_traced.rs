//! R15: incidents are traced to the changes that caused them.

use crate::checks::{Check, Finding};
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::Plan;

pub(in crate::checks) const CHECK: Check = Check { id: "R15", set_by: None, criteria: &["R15.traced_share"], judge };

fn judge(measures: &Measures, plan: &Plan) -> Finding {
    let Some(tracing) = measures.tracing.known() else { return Finding::unknown(&measures.tracing) };
    // The bounds of what AI may have caused stand among the figures: the verdict does not rest on them.
    let figures = ["incidents.traced.share", "incidents.traced.share_with_inferred"];
    if tracing.incidents == 0 {
        return Finding::no_incidents().figures(&figures);
    }
    let share = tracing.headline.all() as f64 / tracing.incidents as f64;
    let ground = Message::new("r15-traced").figure("share", figures[0]).figure("inferred", figures[1]);
    Finding::by_plan(plan, "R15.traced_share", share).because(ground).figures(&figures)
}

#[cfg(test)]
mod tests {
    use crate::checks::Verdict;
    use crate::checks::sample::{finding, finding_with};
    use crate::facts::incident::{ChangeRef, ChangeRole};
    use crate::facts::sample::{facts, incident};
    use crate::facts::{Facts, Incident, Kind};
    use crate::plan::{Criterion, SetBy};

    fn with(traced: usize, untraced: usize) -> Facts {
        let cause =
            || ChangeRef { reference: "CHG0000001".into(), repository: None, role: ChangeRole::Cause, confidence: 5 };
        let one = || incident("I", "2026-07-02T10:00:00Z", "2026-07-02T11:00:00Z");
        let named = || Incident { changes: [cause()].into(), ..one() };
        let incidents = (0..traced).map(|_| named()).chain((0..untraced).map(|_| one())).collect();
        Facts { incidents, ..facts(&[Kind::Incidents]) }
    }

    #[test]
    fn the_agreed_share_decides() {
        let mut plan = crate::checks::sample::plan();
        let bound = Criterion { at_least: Some(0.5), at_most: None, set_by: SetBy::Agreement };
        plan.criteria.insert("R15.traced_share".into(), bound);
        assert_eq!(finding_with("R15", &with(1, 1), &plan).verdict, Verdict::Met);
        assert_eq!(finding_with("R15", &with(1, 2), &plan).verdict, Verdict::NotMet);
    }

    #[test]
    fn without_a_criterion_or_an_incident_there_is_no_conclusion() {
        assert_eq!(finding("R15", &with(1, 1)).needs, [Kind::Criterion]);
        assert_eq!(finding("R15", &with(0, 0)).verdict, Verdict::NoConclusion);
    }
}
