//! W01: review capacity covers review demand.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "W01", set_by: Some(SetBy::Standard), criteria: &[], judge };

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(demand) = measures.review_demand.known() else { return Finding::unknown(&measures.review_demand) };
    let figures = [
        "workload.review_hours_needed.at_500",
        "workload.review_hours_needed.at_300",
        "workload.review_hours_allotted",
    ];
    let Some(allotted) = demand.allotted else { return Finding::lacking(vec![Kind::Register]).figures(&figures) };
    let (lenient, strict) = demand.needed();
    let say = |id: &str| {
        Message::new(id).figure("lenient", figures[0]).figure("strict", figures[1]).figure("allotted", figures[2])
    };
    let finding = if lenient > allotted {
        Finding::new(Verdict::NotMet).because(say("w01-short"))
    } else if demand.measured + demand.unmeasured == 0 {
        Finding::new(Verdict::NoConclusion).because(Message::new("no-changes"))
    } else if demand.unmeasured > demand.measured {
        Finding::lacking(vec![Kind::MoreRecords])
    } else if strict > allotted {
        Finding::new(Verdict::NoConclusion).because(say("w01-straddles"))
    } else {
        Finding::new(Verdict::Met).because(say("w01-covered"))
    };
    let file = measures.register.as_ref().map_or("", |register| &register.file);
    let places =
        demand.unfunded.iter().map(|(id, line)| Evidence::register(Message::new("w01-evidence"), file, *line, id));
    let unfunded = Message::new("w01-unfunded").count("count", demand.unfunded.len());
    let unmeasured = Message::new("w01-unmeasured").count("count", demand.unmeasured);
    finding
        .comment(!demand.unfunded.is_empty(), unfunded)
        .comment(demand.unmeasured > 0, unmeasured)
        .figures(&figures)
        .evidence(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::register::{Policy, PolicyScope, Staffing};
    use crate::facts::sample::{change, facts, path};
    use crate::facts::{Change, Facts, Register};

    /// One change of so many lines and a team with so many hours a week.
    fn demand(lines: u32, weekly: Option<f64>) -> Facts {
        let path = path("a", lines, 0);
        let staffing = Staffing {
            team: "shop".into(),
            from: "2026-01-01".parse().unwrap(),
            heads: Some(9.0),
            review_hours_per_week: weekly,
            on_call_people: None,
        };
        Facts {
            changes: vec![Change { paths: Some(vec![path]), ..change('1', "2026-07-02T10:00:00Z") }],
            register: Some(Register { staffing: vec![staffing], ..Register::default() }),
            ..facts(&[Kind::History, Kind::Register])
        }
    }

    // The quarter has 92 days, 13.14 weeks: one hour a week is 13.14 hours.

    #[test]
    fn hours_short_even_at_the_lenient_end_are_not_met() {
        assert_eq!(finding("W01", &demand(8000, Some(1.0))).verdict, Verdict::NotMet);
    }

    #[test]
    fn hours_enough_even_at_the_strict_end_are_met() {
        assert_eq!(finding("W01", &demand(3000, Some(1.0))).verdict, Verdict::Met);
    }

    #[test]
    fn hours_between_the_ends_and_hours_not_stated_are_no_conclusion() {
        assert_eq!(finding("W01", &demand(5000, Some(1.0))).verdict, Verdict::NoConclusion);
        assert_eq!(finding("W01", &demand(5000, None)).needs, [Kind::Register]);
    }

    #[test]
    fn no_changes_or_mostly_uncounted_ones_need_no_hours_and_prove_nothing() {
        let mut facts = demand(30, Some(1.0));
        facts.changes[0].paths = None;
        assert_eq!(finding("W01", &facts).needs, [Kind::MoreRecords]);
        facts.changes.clear();
        assert_eq!(finding("W01", &facts).verdict, Verdict::NoConclusion);
    }

    #[test]
    fn hours_of_a_team_without_a_repository_do_not_help_those_who_review() {
        let mut facts = demand(3000, Some(1.0));
        facts.repositories[0].team = Some("till".into());
        assert_eq!(finding("W01", &facts).needs, [Kind::Register]);
        facts.repositories[0].team = Some("shop".into());
        assert_eq!(finding("W01", &facts).verdict, Verdict::Met);
    }

    #[test]
    fn a_policy_that_asks_for_readers_and_gives_no_hours_is_a_comment_and_adds_to_the_demand() {
        let mut facts = demand(1500, Some(1.0));
        let policy = Policy {
            id: "sign-off".into(),
            line: 4,
            kind: "senior_sign_off".into(),
            applies_to: PolicyScope::All,
            from: "2026-07-01".parse().unwrap(),
            hours_allotted_per_week: Some(0.0),
        };
        facts.register.as_mut().unwrap().policies.push(policy);
        let found = finding("W01", &facts);
        assert_eq!((found.verdict, found.evidence[0].text.as_str()), (Verdict::MetWithComments, "sign-off"));
        facts.changes[0].paths.as_mut().unwrap()[0].added = Some(4000);
        assert_eq!(finding("W01", &facts).verdict, Verdict::NotMet);
    }
}
