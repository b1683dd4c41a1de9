//! W09: on-call load is sustainable.

use crate::checks::{Check, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::{Measured, Measures};
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "W09", set_by: Some(SetBy::Standard), criteria: &[], judge };

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let figures = ["on_call.shifts_over_two", "on_call.nights_with_several"];
    let on_call = match &measures.on_call {
        Measured::Known(on_call) => on_call,
        Measured::Unknown { needs } if needs.contains(&Kind::MoreRecords) => {
            return Finding::unknown(&measures.on_call).because(Message::new("w09-no-pages")).figures(&figures);
        }
        unknown @ Measured::Unknown { .. } => return Finding::unknown(unknown),
    };
    if on_call.pages == 0 {
        return Finding::lacking(vec![Kind::MoreRecords]).because(Message::new("w09-no-pages")).figures(&figures);
    }
    let share = Message::new("w09-shifts").figure("share", figures[0]);
    let nights = Message::new("w09-nights").figure("share", figures[1]);
    let verdict = if on_call.shifts.1 == 0 { Verdict::Met } else { Verdict::NotMet };
    let finding = Finding::new(verdict).because(share);
    // Without any known night there is no share of nights to show.
    let finding = if on_call.nights.0 > 0 { finding.because(nights) } else { finding };
    let silent = Message::new("w09-without-calls").count("count", on_call.without_calls);
    finding.comment(on_call.without_calls > 0, silent).figures(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::incident::{Load, Page};
    use crate::facts::sample::{facts, incident, instant};
    use crate::facts::{Facts, Incident, Person};

    fn paged(incidents: usize, listed: bool) -> Facts {
        let at = "2026-07-02T09:00:00Z";
        let page = Page { at: instant(at), person: Person::new(1) };
        let pages: Box<[Page]> = if listed { [page].into() } else { Box::default() };
        let one = || Incident {
            load: Some(Box::new(Load { interruptions: Some(1), pages: pages.clone(), ..Load::default() })),
            ..incident("I", at, "2026-07-02T10:00:00Z")
        };
        Facts { incidents: (0..incidents).map(|_| one()).collect(), ..facts(&[Kind::Incidents]) }
    }

    #[test]
    fn two_incidents_in_a_shift_are_met_and_three_are_not() {
        assert_eq!(finding("W09", &paged(2, true)).verdict, Verdict::Met);
        assert_eq!(finding("W09", &paged(3, true)).verdict, Verdict::NotMet);
    }

    #[test]
    fn an_incident_for_which_nobody_is_listed_is_a_comment() {
        let mut facts = paged(2, true);
        facts.incidents.extend(paged(1, false).incidents);
        assert_eq!(finding("W09", &facts).verdict, Verdict::MetWithComments);
    }

    #[test]
    fn calls_that_are_not_listed_one_by_one_are_no_conclusion() {
        assert_eq!(finding("W09", &paged(3, false)).needs, [Kind::MoreRecords]);
        assert_eq!(finding("W09", &facts(&[Kind::Incidents])).needs, [Kind::MoreRecords]);
    }
}
