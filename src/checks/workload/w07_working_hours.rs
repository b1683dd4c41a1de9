//! W07: work stays inside working hours.

use crate::checks::{Check, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::Plan;

pub(in crate::checks) const CHECK: Check =
    Check { id: "W07", set_by: None, criteria: &["W07.out_of_hours_share"], judge };

fn judge(measures: &Measures, plan: &Plan) -> Finding {
    let Some(hours) = measures.working_hours.known() else { return Finding::unknown(&measures.working_hours) };
    let figures = ["workload.out_of_hours", "workload.offset_unknown"];
    if hours.known == 0 {
        return Finding::lacking(vec![Kind::MoreRecords]).because(Message::new("w07-no-local-times")).figures(&figures);
    }
    let share = hours.outside as f64 / hours.known as f64;
    let ground = Message::new("w07-share").figure("share", figures[0]);
    let finding = Finding::by_plan(plan, "W07.out_of_hours_share", share).because(ground);
    // With most local times unknown the share speaks for a minority.
    let minority = hours.unknown > hours.known;
    let finding = if minority && finding.verdict != Verdict::NotMet {
        Finding { verdict: Verdict::NoConclusion, ..finding }
    } else {
        finding
    };
    let unknown = Message::new("w07-unknown").figure("share", figures[1]);
    finding.comment(minority, unknown).figures(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::{finding, finding_with, plan_with};
    use crate::facts::sample::{change, facts};
    use crate::facts::{Change, Facts};
    use crate::plan::SetBy;

    /// Changes on a Thursday, at ten in the morning or at ten at night where they were written.
    fn work(day: usize, night: usize) -> Facts {
        let mut facts = facts(&[Kind::History]);
        facts.changes.extend((0..day).map(|_| change('1', "2026-07-02T08:00:00Z")));
        facts.changes.extend((0..night).map(|_| change('1', "2026-07-02T20:00:00Z")));
        facts
    }

    #[test]
    fn the_agreed_share_decides() {
        let plan = plan_with("W07.out_of_hours_share", 0.15, SetBy::Agreement);
        assert_eq!(finding_with("W07", &work(9, 1), &plan).verdict, Verdict::Met);
        assert_eq!(finding_with("W07", &work(4, 1), &plan).verdict, Verdict::NotMet);
        let own = plan_with("W07.out_of_hours_share", 0.15, SetBy::AuditedParty);
        assert_eq!(finding_with("W07", &work(9, 1), &own).verdict, Verdict::MetWithComments);
    }

    #[test]
    fn without_an_agreed_share_or_local_times_there_is_no_conclusion() {
        assert_eq!(finding("W07", &work(9, 1)).needs, [Kind::Criterion]);
        let mut server = work(9, 1);
        server.changes.iter_mut().for_each(|change| change.authored.offset_minutes = 0);
        assert_eq!(finding("W07", &server).needs, [Kind::MoreRecords]);
    }

    #[test]
    fn agents_have_no_working_hours() {
        let mut facts = work(0, 3);
        facts.changes.iter_mut().for_each(|change: &mut Change| change.author = None);
        assert_eq!(finding("W07", &facts).verdict, Verdict::NoConclusion);
    }
}
