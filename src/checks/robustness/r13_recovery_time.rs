//! R13: failed changes are recovered in time.

use crate::checks::{Check, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::Plan;

pub(in crate::checks) const CHECK: Check = Check { id: "R13", set_by: None, criteria: &["R13.median_hours"], judge };

fn judge(measures: &Measures, plan: &Plan) -> Finding {
    let Some(restored) = measures.restored.known() else { return Finding::unknown(&measures.restored) };
    let figures = ["recovery.failed", "recovery.open", "recovery.median_hours"];
    let counted = Message::new("r13-counted").figure("failed", figures[0]).figure("open", figures[1]);
    let Some(median) = restored.median.0 else {
        let why = if restored.failed == 0 { "r13-none-traced" } else { "r13-no-median" };
        return Finding::lacking(vec![Kind::MoreRecords]).because(Message::new(why)).figures(&figures);
    };
    let ground = Message::new("r13-median").figure("median", figures[2]);
    let finding = Finding::by_plan(plan, "R13.median_hours", median).because(ground).because(counted);
    // With records that say no end the median speaks for the rest only.
    let untimed = Message::new("r13-untimed").count("count", restored.untimed);
    let finding = finding.comment(restored.untimed > 0, untimed);
    if restored.untimed > restored.failed / 2 && finding.verdict != Verdict::NotMet {
        return Finding { verdict: Verdict::NoConclusion, ..finding }.figures(&figures);
    }
    finding.figures(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::{finding, finding_with, plan_with};
    use crate::facts::incident::{ChangeRef, ChangeRole};
    use crate::facts::sample::{facts, incident};
    use crate::facts::{Facts, Incident};
    use crate::plan::SetBy;

    fn with(ends: &[Option<&str>]) -> Facts {
        let cause =
            ChangeRef { reference: "CHG0000001".into(), repository: None, role: ChangeRole::Cause, confidence: 5 };
        let one = |end: Option<&str>| {
            let start = "2026-07-02T10:00:00Z";
            Incident { changes: [cause.clone()].into(), ..incident("I", start, end.unwrap_or(start)) }
        };
        Facts { incidents: ends.iter().copied().map(one).collect(), ..facts(&[Kind::Incidents]) }
    }

    const QUICK: Option<&str> = Some("2026-07-02T11:00:00Z");
    const SLOW: Option<&str> = Some("2026-07-02T20:00:00Z");

    #[test]
    fn the_agreed_median_decides() {
        let plan = plan_with("R13.median_hours", 2.0, SetBy::Agreement);
        assert_eq!(finding_with("R13", &with(&[QUICK, QUICK, SLOW]), &plan).verdict, Verdict::Met);
        assert_eq!(finding_with("R13", &with(&[QUICK, SLOW, SLOW]), &plan).verdict, Verdict::NotMet);
    }

    #[test]
    fn an_incident_without_an_end_is_a_comment_and_many_are_no_conclusion() {
        let plan = plan_with("R13.median_hours", 2.0, SetBy::Agreement);
        assert_eq!(finding_with("R13", &with(&[QUICK, QUICK, None]), &plan).verdict, Verdict::MetWithComments);
        assert_eq!(finding_with("R13", &with(&[QUICK, None, None]), &plan).verdict, Verdict::NoConclusion);
    }

    #[test]
    fn without_a_criterion_or_a_traced_incident_there_is_no_conclusion() {
        assert_eq!(finding("R13", &with(&[QUICK])).needs, [Kind::Criterion]);
        assert_eq!(finding("R13", &facts(&[Kind::Incidents])).needs, [Kind::MoreRecords]);
    }
}
