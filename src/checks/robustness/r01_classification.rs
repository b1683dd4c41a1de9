//! R01: AI-assisted changes are classified, and the class leads to a stricter route.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::facts::register::{Policy, PolicyScope};
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "R01", set_by: Some(SetBy::Convention), criteria: &[], judge };

fn judge(measures: &Measures, plan: &Plan) -> Finding {
    let Some(history) = measures.history.known() else { return Finding::unknown(&measures.history) };
    let figures = ["ai.attributed", "ai.recovered_from_reviews"];
    if !history.attribution_off.is_empty() {
        let places = history.attribution_off.iter().map(|(repository, setting)| Evidence {
            what: Message::new("r01-evidence-off"),
            file: format!("{repository}:{}", setting.path),
            line: setting.line.map(u64::from),
            pointer: None,
            text: setting.setting.clone(),
        });
        let ground = Message::new("r01-switched-off").count("count", history.attribution_off.len());
        return Finding::new(Verdict::NotMet).because(ground).evidence(places).figures(&figures);
    }
    if history.ai == 0 {
        return Finding::new(Verdict::NoConclusion).because(Message::new("r01-no-marks")).figures(&figures);
    }
    let Some(register) = &measures.register else { return Finding::lacking(vec![Kind::Register]).figures(&figures) };
    let base = match register.policies.iter().find(|policy| is_stricter(policy, plan)) {
        None => Finding::new(Verdict::NotMet).because(Message::new("r01-no-stricter-rule")),
        Some(policy) => {
            let day = policy.from.to_string();
            let ground = Message::new("r01-stricter-rule").word("policy", policy.id.as_str()).word("from", day);
            Finding::new(Verdict::Met).because(ground)
        }
    };
    let recovered = Message::new("r01-recovered").figure("count", "ai.recovered_from_reviews");
    base.comment(history.recovered > 0, recovered).figures(&figures)
}

/// A rule for the AI class alone, in force before the period ends.
fn is_stricter(policy: &Policy, plan: &Plan) -> bool {
    policy.applies_to == PolicyScope::Ai && policy.from < plan.period.until && policy.kind != "ai_classification"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::change::SettingFound;
    use crate::facts::sample::{change, facts, id, mark, review};
    use crate::facts::{Change, Facts, Register};

    fn with_rule(scope: PolicyScope) -> Facts {
        let policy = Policy {
            id: "sign-off".into(),
            line: 1,
            kind: "senior_sign_off".into(),
            applies_to: scope,
            from: "2026-07-01".parse().unwrap(),
            hours_allotted_per_week: None,
        };
        Facts {
            changes: vec![Change { marks: vec![mark()], ..change('1', "2026-07-02T10:00:00Z") }],
            register: Some(Register { policies: vec![policy], ..Register::default() }),
            ..facts(&[Kind::History, Kind::Register])
        }
    }

    #[test]
    fn a_rule_for_the_ai_class_is_met() {
        assert_eq!(finding("R01", &with_rule(PolicyScope::Ai)).verdict, Verdict::Met);
    }

    #[test]
    fn the_same_rule_for_all_changes_is_not_met() {
        assert_eq!(finding("R01", &with_rule(PolicyScope::All)).verdict, Verdict::NotMet);
    }

    #[test]
    fn a_mark_that_only_the_review_still_carries_is_a_comment() {
        let mut facts = with_rule(PolicyScope::Ai);
        facts.changes.push(change('2', "2026-07-03T10:00:00Z"));
        let mut stripped = review(7, '2');
        stripped.head[0].marks.push(mark());
        stripped.merge_commit = Some(id('2'));
        facts.reviews.push(stripped);
        assert_eq!(finding("R01", &facts).verdict, Verdict::MetWithComments);
    }

    #[test]
    fn a_setting_that_switches_marks_off_is_not_met_with_its_place() {
        let mut facts = with_rule(PolicyScope::Ai);
        let setting = SettingFound {
            path: ".claude/settings.json".into(),
            line: Some(3),
            setting: "attribution = off".into(),
            stood_before: None,
        };
        facts.repositories[0].attribution_off.push(setting);
        let finding = finding("R01", &facts);
        assert_eq!(finding.verdict, Verdict::NotMet);
        assert_eq!(finding.evidence[0].file, "shop:.claude/settings.json");
    }

    #[test]
    fn no_marks_and_no_register_are_no_conclusion() {
        let mut facts = with_rule(PolicyScope::Ai);
        facts.register = None;
        assert_eq!(finding("R01", &facts).needs, [Kind::Register]);
        facts.changes[0].marks.clear();
        assert_eq!(finding("R01", &facts).verdict, Verdict::NoConclusion);
    }
}
