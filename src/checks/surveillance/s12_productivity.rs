//! S12: no individual productivity measurement.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::facts::capture::FlowRole;
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "S12", set_by: Some(SetBy::Standard), criteria: &[], judge };

/// An individual indicator, comparison or ranking; of one person or more finely.
const JUDGES: u8 = 2;
const ONE_PERSON: u8 = 2;

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(captures) = measures.captures.known() else { return Finding::unknown(&measures.captures) };
    let figures = ["captures.per_person_view", "captures.person_level"];
    let per_person: Vec<_> = captures
        .observed
        .iter()
        .filter(|found| found.capture.axes.x.is_some_and(|x| x >= JUDGES))
        .filter(|found| found.capture.axes.s.is_some_and(|s| s >= ONE_PERSON))
        .collect();
    let views = captures.observed.iter().chain(&captures.other).any(|found| found.capture.role == FlowRole::View);
    // A view of which the file does not tell whom it compares may compare single persons.
    let may = |level: Option<u8>, least: u8| level.is_none_or(|level| level >= least);
    let unclear = captures
        .observed
        .iter()
        .filter(|found| found.capture.role == FlowRole::View)
        .filter(|found| may(found.capture.axes.x, JUDGES) && may(found.capture.axes.s, ONE_PERSON))
        .count();
    let finding = if !per_person.is_empty() {
        let ground = Message::new("s12-per-person").count("count", per_person.len());
        Finding::new(Verdict::NotMet).because(ground)
    } else if !views {
        Finding::lacking(vec![Kind::Monitoring]).because(Message::new("s12-no-views"))
    } else if captures.unread > 0 {
        Finding::lacking(vec![Kind::Monitoring])
            .because(Message::new("captures-unread").count("count", captures.unread))
    } else if unclear > 0 {
        Finding::lacking(vec![Kind::Monitoring]).because(Message::new("captures-unclear").count("count", unclear))
    } else {
        Finding::new(Verdict::Met).because(Message::new("s12-none"))
    };
    finding.evidence(per_person.into_iter().map(Evidence::capture)).figures(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::sample::{capture, facts};
    use crate::facts::{Capture, Facts};

    fn board(x: u8, s: u8, role: FlowRole) -> Facts {
        let mut view = Capture { role, ..capture("board.json", "capture-per-person-view") };
        (view.axes.x, view.axes.s) = (Some(x), Some(s));
        Facts { captures: vec![view], ..facts(&[Kind::Monitoring]) }
    }

    #[test]
    fn a_dashboard_that_compares_people_is_not_met() {
        assert_eq!(finding("S12", &board(2, 3, FlowRole::View)).verdict, Verdict::NotMet);
    }

    #[test]
    fn a_dashboard_by_team_is_met() {
        assert_eq!(finding("S12", &board(2, 1, FlowRole::View)).verdict, Verdict::Met);
    }

    #[test]
    fn a_dashboard_of_which_nobody_can_tell_whom_it_compares_is_no_conclusion() {
        let mut facts = board(2, 3, FlowRole::View);
        facts.captures[0].axes.s = None;
        assert_eq!(finding("S12", &facts).needs, [Kind::Monitoring]);
    }

    #[test]
    fn without_a_single_view_there_is_no_conclusion() {
        assert_eq!(finding("S12", &board(0, 3, FlowRole::Collect)).needs, [Kind::Monitoring]);
    }
}
