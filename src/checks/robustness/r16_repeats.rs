//! R16: known failure modes do not repeat.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::measures::incidents::repeats::Repeats;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "R16", set_by: Some(SetBy::Law), criteria: &[], judge };

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(repeats) = measures.repeats.known() else { return Finding::unknown(&measures.repeats) };
    let figures = ["incidents.cause.repeated", "incidents.cause.not_recorded", "incidents.actions.overdue"];
    if repeats.incidents == 0 {
        return Finding::no_incidents().figures(&figures);
    }
    let overdue = repeats.actions.map_or(0, |(_, overdue)| overdue);
    let repeated = repeats.repeated.len();
    if repeated == 0 && overdue == 0 {
        return clean(repeats).figures(&figures);
    }
    let mut finding = Finding::new(Verdict::NotMet);
    if repeated > 0 {
        finding = finding.because(Message::new("r16-repeated").count("count", repeated));
    }
    if overdue > 0 {
        finding = finding.because(Message::new("r16-overdue").figure("count", figures[2]));
    }
    let places = repeats.repeated.iter().map(|at| Evidence::incident(Message::new("r16-evidence-repeated"), at));
    finding.evidence(places).figures(&figures)
}

/// Nothing that repeats and nothing overdue is seen: that is good only where every cause is named, the records reach
/// back far enough, and they say anything of actions.
fn clean(repeats: &Repeats) -> Finding {
    let lacking = match repeats {
        Repeats { nameless: 1.., .. } => Message::new("r16-nameless").count("count", repeats.nameless),
        Repeats { reaches_back: false, .. } => Message::new("r16-short-records"),
        Repeats { actions: None, .. } => Message::new("r16-no-actions"),
        _ => return Finding::new(Verdict::Met).because(Message::new("r16-none")),
    };
    Finding::lacking(vec![Kind::MoreRecords]).because(lacking)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::incident::Aftermath;
    use crate::facts::sample::{facts, incident};
    use crate::facts::{Facts, Incident};

    fn with(rows: &[(&str, Option<&str>)]) -> Facts {
        let after = || Aftermath { actions: Some(2), actions_overdue: Some(0), ..Aftermath::default() };
        let one = |(at, cause): &(&str, Option<&str>)| Incident {
            cause_key: cause.map(Into::into),
            aftermath: Some(Box::new(after())),
            ..incident(at, at, "2026-12-31T00:00:00Z")
        };
        Facts { incidents: rows.iter().map(one).collect(), ..facts(&[Kind::Incidents]) }
    }

    const OLD: (&str, Option<&str>) = ("2025-11-01T10:00:00Z", Some("C-0"));

    #[test]
    fn a_cause_that_came_back_or_an_overdue_action_is_not_met() {
        let facts = with(&[OLD, ("2026-05-01T10:00:00Z", Some("C-1")), ("2026-07-01T10:00:00Z", Some("C-1"))]);
        let found = finding("R16", &facts);
        assert_eq!((found.verdict, found.evidence.len()), (Verdict::NotMet, 1));
        let mut late = with(&[OLD, ("2026-07-01T10:00:00Z", Some("C-1"))]);
        late.incidents[1].aftermath = Some(Box::new(Aftermath { actions_overdue: Some(1), ..Aftermath::default() }));
        assert_eq!(finding("R16", &late).verdict, Verdict::NotMet);
    }

    #[test]
    fn causes_that_differ_over_six_months_of_records_are_met() {
        assert_eq!(finding("R16", &with(&[OLD, ("2026-07-01T10:00:00Z", Some("C-1"))])).verdict, Verdict::Met);
    }

    #[test]
    fn records_that_say_nothing_of_actions_are_no_conclusion() {
        let mut facts = with(&[OLD, ("2026-07-01T10:00:00Z", Some("C-1"))]);
        facts.incidents[1].aftermath = None;
        assert_eq!(finding("R16", &facts).needs, [Kind::MoreRecords]);
    }

    #[test]
    fn a_nameless_cause_or_short_records_are_no_conclusion() {
        assert_eq!(finding("R16", &with(&[OLD, ("2026-07-01T10:00:00Z", None)])).needs, [Kind::MoreRecords]);
        assert_eq!(finding("R16", &with(&[("2026-07-01T10:00:00Z", Some("C-1"))])).needs, [Kind::MoreRecords]);
        assert_eq!(finding("R16", &with(&[OLD])).verdict, Verdict::NoConclusion);
    }
}
