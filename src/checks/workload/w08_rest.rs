//! W08: daily rest is not interrupted.

use crate::checks::{Check, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::{Measured, Measures};
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "W08", set_by: Some(SetBy::Law), criteria: &[], judge };

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let figures = ["on_call.rest_interrupted"];
    let rest = match &measures.rest {
        Measured::Known(rest) => rest,
        Measured::Unknown { needs } if needs.contains(&Kind::MoreRecords) => {
            return Finding::unknown(&measures.rest).because(Message::new("w09-no-pages")).figures(&figures);
        }
        unknown @ Measured::Unknown { .. } => return Finding::unknown(unknown),
    };
    let ground = |id: &str| Message::new(id).figure("share", figures[0]);
    // Events are a lower bound of work, so that rest is never shown to have been kept.
    let finding = match rest.interrupted {
        0 => Finding::new(Verdict::MetWithComments).because(ground("w08-none-seen")),
        _ => Finding::new(Verdict::NotMet).because(ground("w08-possible")),
    };
    finding.figures(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::incident::{Load, Page};
    use crate::facts::sample::{facts, incident, instant};
    use crate::facts::{Facts, Incident, Person};

    fn called(at: &[&str]) -> Facts {
        let page = |at: &&str| Page { at: instant(at), person: Person::new(1) };
        let load = Load { pages: at.iter().map(page).collect(), ..Load::default() };
        let one =
            Incident { load: Some(Box::new(load)), ..incident("I", "2026-07-02T08:00:00Z", "2026-07-02T10:00:00Z") };
        Facts { incidents: vec![one], ..facts(&[Kind::Incidents]) }
    }

    #[test]
    fn calls_that_leave_no_eleven_hours_are_not_met() {
        let at = ["2026-07-02T08:00:00Z", "2026-07-02T17:00:00Z", "2026-07-03T02:00:00Z"];
        assert_eq!(finding("W08", &called(&at)).verdict, Verdict::NotMet);
    }

    #[test]
    fn nothing_seen_is_a_comment_and_never_plainly_met() {
        assert_eq!(finding("W08", &called(&["2026-07-02T08:00:00Z"])).verdict, Verdict::MetWithComments);
    }

    #[test]
    fn without_calls_one_by_one_there_is_no_conclusion() {
        assert_eq!(finding("W08", &called(&[])).needs, [Kind::MoreRecords]);
    }
}
