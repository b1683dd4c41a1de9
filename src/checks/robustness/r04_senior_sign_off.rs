//! R04: AI-assisted changes carry the senior sign-off that the policy asks for, from the policy's own first day.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "R04", set_by: Some(SetBy::AuditedParty), criteria: &[], judge };

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(reviews) = measures.authorisation.known() else { return Finding::unknown(&measures.authorisation) };
    let Some(policies) = &reviews.senior else { return Finding::lacking(vec![Kind::Register]) };
    if policies.is_empty() {
        return Finding::new(Verdict::NotApplicable).because(Message::new("r04-no-policy"));
    }
    let sum = |pick: fn(&crate::measures::robustness::sign_off::SeniorSignOff) -> usize| {
        policies.iter().map(pick).sum::<usize>()
    };
    let (due, signed, unknown) = (sum(|p| p.due), sum(|p| p.signed), sum(|p| p.unknown));
    // That no change was AI's is a statement about those who made them too, and is withheld with that figure.
    let figures = ["review.senior_signed", "ai.attributed"];
    if due == 0 {
        return Finding::new(Verdict::NoConclusion).because(Message::new("r04-nothing-due")).figures(&figures);
    }
    if !reviews.seniority_known {
        return Finding::lacking(vec![Kind::People]).figures(&figures);
    }
    let file = measures.register.as_ref().map_or("", |register| &register.file);
    let places = policies.iter().map(|p| Evidence::register(Message::new("r04-evidence"), file, p.line, &p.policy));
    let share = Message::new("r04-share").figure("share", "review.senior_signed");
    let finding = if signed == due {
        Finding::new(Verdict::Met).because(share)
    } else if signed + unknown == due {
        Finding::lacking(vec![Kind::People]).because(Message::new("r04-seniority-unknown").count("count", unknown))
    } else {
        Finding::new(Verdict::NotMet).because(share)
    };
    finding.figures(&figures).evidence(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::register::{Policy, PolicyScope};
    use crate::facts::sample::{approval, change, facts, mark, review};
    use crate::facts::{Change, Facts, Membership, Person, Register};

    fn signed_by(senior: Option<bool>) -> Facts {
        let policy = Policy {
            id: "senior".into(),
            line: 9,
            kind: "senior_sign_off".into(),
            applies_to: PolicyScope::Ai,
            from: "2026-07-15".parse().unwrap(),
            hours_allotted_per_week: Some(0.0),
        };
        let member = |person, senior| Membership {
            person: Person::new(person),
            team: "shop".into(),
            senior,
            reviewer: Some(true),
            time_zone: None,
            from: None,
            until: None,
        };
        let mut review = review(1, '1');
        review.merged = Some(crate::facts::sample::instant("2026-07-20T12:00:00Z"));
        review.events.push(approval(2, "2026-07-20T10:00:00Z"));
        Facts {
            changes: vec![Change { marks: vec![mark()], ..change('1', "2026-07-20T12:00:00Z") }],
            reviews: vec![review],
            memberships: vec![member(2, senior), member(5, Some(true))],
            register: Some(Register { policies: vec![policy], ..Register::default() }),
            repositories: vec![crate::facts::Repository { reviews_read: true, ..Default::default() }],
            ..facts(&[Kind::History, Kind::Reviews, Kind::Register, Kind::People])
        }
    }

    #[test]
    fn a_senior_approval_is_met_and_another_is_not() {
        assert_eq!(finding("R04", &signed_by(Some(true))).verdict, Verdict::Met);
        assert_eq!(finding("R04", &signed_by(Some(false))).verdict, Verdict::NotMet);
    }

    #[test]
    fn an_approver_of_unstated_seniority_is_no_conclusion() {
        assert_eq!(finding("R04", &signed_by(None)).verdict, Verdict::NoConclusion);
    }

    #[test]
    fn before_the_first_day_nothing_is_due() {
        let mut facts = signed_by(Some(false));
        facts.changes[0].committed = crate::facts::sample::stamp("2026-07-14T12:00:00Z");
        let finding = finding("R04", &facts);
        assert_eq!(finding.verdict, Verdict::NoConclusion);
        assert!(finding.figures.contains(&"ai.attributed".to_owned()), "it is withheld with what it tells");
    }

    #[test]
    fn without_a_policy_it_does_not_apply_and_without_a_register_nothing_is_known() {
        let mut facts = signed_by(Some(true));
        facts.register = Some(Register::default());
        assert_eq!(finding("R04", &facts).verdict, Verdict::NotApplicable);
        facts.register = None;
        assert_eq!(finding("R04", &facts).needs, [Kind::Register]);
    }
}
