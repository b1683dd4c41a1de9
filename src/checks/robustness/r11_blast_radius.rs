//! R11: the blast radius is known and contained.

use crate::checks::{Check, Evidence, Finding};
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::Plan;

pub(in crate::checks) const CHECK: Check = Check { id: "R11", set_by: None, criteria: &["R11.unknown_share"], judge };

fn judge(measures: &Measures, plan: &Plan) -> Finding {
    let Some(scopes) = measures.scopes.known() else { return Finding::unknown(&measures.scopes) };
    let figures = ["incidents.impact.unknown_share", "incidents.impact.amplified", "incidents.impact.mismatch"];
    if scopes.incidents == 0 {
        return Finding::no_incidents().figures(&figures);
    }
    let unknown = scopes.unknown() as f64 / scopes.incidents as f64;
    let ground = Message::new("r11-unknown").figure("share", figures[0]);
    let mismatches = scopes.mismatches.len();
    let differ = Message::new("r11-mismatch").count("count", mismatches);
    let places = scopes.mismatches.iter().map(|at| Evidence::incident(Message::new("r11-evidence-mismatch"), at));
    Finding::by_plan(plan, "R11.unknown_share", unknown)
        .because(ground)
        .comment(mismatches > 0, differ)
        .evidence(places)
        .figures(&figures)
}

#[cfg(test)]
mod tests {
    use crate::checks::Verdict;
    use crate::checks::sample::{finding, finding_with, plan_with};
    use crate::facts::incident::Scope;
    use crate::facts::sample::{facts, incident};
    use crate::facts::{Facts, Incident, Kind};
    use crate::plan::SetBy;

    fn with(known: usize, unknown: usize) -> Facts {
        let one = || incident("I", "2026-07-02T10:00:00Z", "2026-07-02T11:00:00Z");
        let scoped = || Incident { impact_scope: Some(Scope::B2), ..one() };
        let incidents = (0..known).map(|_| scoped()).chain((0..unknown).map(|_| one())).collect();
        Facts { incidents, ..facts(&[Kind::Incidents]) }
    }

    #[test]
    fn the_agreed_share_of_unknown_scopes_decides() {
        let plan = plan_with("R11.unknown_share", 0.2, SetBy::Agreement);
        assert_eq!(finding_with("R11", &with(4, 1), &plan).verdict, Verdict::Met);
        assert_eq!(finding_with("R11", &with(3, 1), &plan).verdict, Verdict::NotMet);
    }

    #[test]
    fn a_scope_that_is_declared_otherwise_than_the_record_shows_is_a_comment() {
        let mut facts = with(1, 0);
        facts.incidents[0].reach.regions = ["eu-west-1".into(), "us-east-1".into()].into();
        let plan = plan_with("R11.unknown_share", 0.2, SetBy::Agreement);
        let found = finding_with("R11", &facts, &plan);
        assert_eq!((found.verdict, found.evidence.len()), (Verdict::MetWithComments, 1));
    }

    #[test]
    fn without_a_criterion_or_an_incident_there_is_no_conclusion() {
        assert_eq!(finding("R11", &with(4, 1)).needs, [Kind::Criterion]);
        assert_eq!(finding("R11", &with(0, 0)).verdict, Verdict::NoConclusion);
    }
}
