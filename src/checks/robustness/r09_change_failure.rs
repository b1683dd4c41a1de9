//! R09: AI-assisted changes fail no more often than others.

use crate::checks::finding::ask;
use crate::checks::{Check, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::measures::robustness::groups::Groups;
use crate::message::Message;
use crate::plan::{Criterion, Plan, SetBy};

pub(in crate::checks) const CHECK: Check =
    Check { id: "R09", set_by: Some(SetBy::Convention), criteria: &["R09.upper_limit"], judge };

/// Upper limit of the ratio up to which "no more often" counts as shown: this tool's convention.
const MARGIN: f64 = 1.25;

/// Fewer failures than this in both groups together are too few to compare.
pub(super) const ENOUGH: u64 = 5;

fn judge(measures: &Measures, plan: &Plan) -> Finding {
    let Some(failure) = measures.change_failure.known() else { return Finding::unknown(&measures.change_failure) };
    let finding = compare(&failure.failures, plan, "R09.upper_limit", "change_failure");
    let by_reverts_only = !failure.with_incidents && finding.verdict != Verdict::NotMet;
    finding.comment(by_reverts_only, Message::new("r09-reverts-only"))
}

/// The same test for both groups: the interval of the ratio against 1 and against the margin. Like is compared with like, within
/// repositories and sizes; where that cannot be estimated, the crude ratio stands for it.
pub(super) fn compare(groups: &Groups, plan: &Plan, criterion: &str, figure: &str) -> Finding {
    let set = plan.criterion(criterion);
    let margin = set.and_then(|set| set.at_most).unwrap_or(MARGIN);
    let ratio = format!("{figure}.risk_ratio");
    let names = [format!("{figure}.ai"), format!("{figure}.rest"), ratio.clone(), format!("{ratio}.stratified")];
    let mut finding = verdict(groups, margin, figure);
    if finding.verdict == Verdict::Met && set.is_some_and(|set| set.set_by == SetBy::AuditedParty && margin > MARGIN) {
        finding.verdict = Verdict::MetWithComments;
    }
    finding.ask = set.map(|set: &Criterion| ask(set, false));
    finding.figures = names.into();
    let disagree = match (groups.ratio().0, groups.stratified()) {
        (Some(crude), Some((alike, _))) => (crude > 1.0) != (alike > 1.0) || !(0.8..=1.25).contains(&(crude / alike)),
        _ => false,
    };
    if disagree { finding.because(Message::new("crude-and-stratified-disagree")) } else { finding }
}

fn verdict(groups: &Groups, margin: f64, figure: &str) -> Finding {
    if groups.ai.total == 0 || groups.rest.total == 0 {
        return Finding::lacking(vec![Kind::MoreRecords]).because(Message::new("one-group-is-empty"));
    }
    if groups.events() < ENOUGH {
        return Finding::lacking(vec![Kind::MoreRecords]).because(Message::new("too-few-failures"));
    }
    let crude = format!("{figure}.risk_ratio");
    let (judged, interval, how) = match groups.stratified() {
        Some((_, interval)) => (format!("{crude}.stratified"), Some(interval), "alike"),
        None => (crude.clone(), groups.ratio().1, "crude"),
    };
    let Some(interval) = interval else {
        return Finding::lacking(vec![Kind::MoreRecords]).because(Message::new("too-few-failures"));
    };
    let (verdict, outcome) = match interval {
        above if above.lower > 1.0 => (Verdict::NotMet, "above"),
        within if within.upper <= margin => (Verdict::Met, "within"),
        _ => (Verdict::NoConclusion, "undecided"),
    };
    let shares = Message::new(format!("ratio-shares-{}", figure.replace(['_', '.'], "-")))
        .figure("ai", format!("{figure}.ai"))
        .figure("rest", format!("{figure}.rest"))
        .figure("ratio", crude);
    let decided = Message::new(format!("ratio-{how}-{outcome}")).figure("ratio", judged).number("margin", margin);
    Finding::new(verdict).because(shares).because(decided)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::{finding, finding_with, plan, plan_with};
    use crate::facts::change::CommitId;
    use crate::facts::sample::{change, facts, mark};
    use crate::facts::{Change, Facts};
    use crate::measures::stats::ratio::Arm;

    /// Changes of both groups, some reverted a day later, and one late commit that gives all of them follow-up.
    fn groups(ai: (usize, usize), rest: (usize, usize)) -> Facts {
        let mut facts = facts(&[Kind::History, Kind::Incidents]);
        let mut next = 0_u32;
        let mut id = || {
            next += 1;
            CommitId::new(&format!("{next:040x}"))
        };
        for (attributed, (failed, all)) in [(true, ai), (false, rest)] {
            for number in 0..all {
                let landed = Change { id: id(), ..change('1', "2026-07-02T10:00:00Z") };
                if number < failed {
                    let (id, reverts) = (id(), vec![landed.id.clone()]);
                    facts.changes.push(Change { id, reverts, automation: true, ..change('1', "2026-07-03T10:00:00Z") });
                }
                facts.changes.push(Change { marks: if attributed { vec![mark()] } else { vec![] }, ..landed });
            }
        }
        facts.changes.push(Change { id: id(), ..change('1', "2026-09-30T10:00:00Z") });
        facts
    }

    #[test]
    fn many_more_failures_with_ai_are_not_met() {
        assert_eq!(finding("R09", &groups((30, 100), (20, 200))).verdict, Verdict::NotMet);
    }

    #[test]
    fn clearly_no_more_failures_are_met() {
        assert_eq!(finding("R09", &groups((20, 400), (80, 400))).verdict, Verdict::Met);
    }

    #[test]
    fn a_lenient_margin_of_the_audited_party_is_met_with_comments() {
        let plan = plan_with("R09.upper_limit", 3.0, SetBy::AuditedParty);
        assert_eq!(finding_with("R09", &groups((12, 100), (11, 100)), &plan).verdict, Verdict::MetWithComments);
    }

    #[test]
    fn few_failures_and_wide_intervals_are_no_conclusion() {
        assert_eq!(finding("R09", &groups((1, 100), (2, 100))).verdict, Verdict::NoConclusion);
        assert_eq!(finding("R09", &groups((6, 50), (6, 50))).verdict, Verdict::NoConclusion);
        assert_eq!(finding("R09", &groups((0, 0), (9, 50))).verdict, Verdict::NoConclusion);
        assert_eq!(finding("R09", &facts(&[])).needs, [Kind::History]);
    }

    #[test]
    fn like_is_compared_with_like() {
        // AI is used where changes are large, and large changes fail more often whoever wrote them.
        let arm = |events, total| Arm { events, total };
        let (large, small) = ((arm(40, 100), arm(8, 20)), (arm(1, 20), arm(5, 100)));
        let groups = Groups { ai: arm(41, 120), rest: arm(13, 120), strata: vec![large, small] };
        assert!(groups.ratio().1.unwrap().lower > 1.0);
        let found = compare(&groups, &plan(), "R09.upper_limit", "change_failure");
        assert_eq!(found.verdict, Verdict::NoConclusion);
        assert!(found.grounds.iter().any(|ground| ground.id == "crude-and-stratified-disagree"));
    }

    #[test]
    fn a_revert_that_was_itself_reverted_does_not_count() {
        let mut facts = groups((0, 100), (9, 100));
        let reverts: Vec<CommitId> =
            facts.changes.iter().filter(|c| !c.reverts.is_empty()).map(|c| c.id.clone()).collect();
        let undo = Change {
            id: CommitId::new(&"f".repeat(40)),
            reverts,
            automation: true,
            ..change('1', "2026-07-04T10:00:00Z")
        };
        facts.changes.push(undo);
        let found = finding("R09", &facts);
        assert!(found.grounds.iter().any(|ground| ground.id == "too-few-failures"), "{found:?}");
    }
}
