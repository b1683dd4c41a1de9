//! R01: AI-assisted changes are classified, and the class leads to a stricter route.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::facts::change::SettingFound;
use crate::facts::register::{Policy, PolicyScope};
use crate::measures::Measures;
use crate::measures::history::History;
use crate::measures::robustness::mark_agreement::MarkAgreement;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "R01", set_by: Some(SetBy::Convention), criteria: &[], judge };

const FIGURES: [&str; 5] =
    ["ai.attributed", "ai.recovered_from_reviews", "ai.marks.declared_only", "ai.marks.undeclared", "ai.marks.denied"];

fn judge(measures: &Measures, plan: &Plan) -> Finding {
    let Some(history) = measures.history.known() else { return Finding::unknown(&measures.history) };
    let Some(marks) = measures.marks.known() else { return Finding::unknown(&measures.marks) };
    let unclear = Message::new("r01-unclear").count("count", history.attribution_unclear.len());
    let to_look_at = !history.attribution_unclear.is_empty();
    decide(measures, history, marks, plan)
        .comment(to_look_at, unclear)
        .evidence(history.attribution_unclear.iter().map(|found| place("r01-evidence-unclear", found)))
        .figures(&FIGURES)
}

/// What the marks show, worst first.
fn decide(measures: &Measures, history: &History, marks: &MarkAgreement, plan: &Plan) -> Finding {
    if !history.attribution_off.is_empty() {
        let places = history.attribution_off.iter().map(|found| place(since(&found.1), found));
        let ground = Message::new("r01-switched-off").count("count", history.attribution_off.len());
        return Finding::new(Verdict::NotMet).because(ground).evidence(places);
    }
    if history.ai == 0 {
        return Finding::new(Verdict::NoConclusion).because(Message::new("r01-no-marks"));
    }
    let denied = marks.denied.is_some_and(|count| count > 0);
    let contradicted = Message::new("r01-denied").figure("count", "ai.marks.denied");
    let Some(register) = &measures.register else {
        return if denied {
            Finding::new(Verdict::NotMet).because(contradicted)
        } else {
            Finding::lacking(vec![Kind::Register])
        };
    };
    let rule = register.policies.iter().find(|policy| is_stricter(policy, plan));
    let ground = match rule {
        None => Message::new("r01-no-stricter-rule"),
        Some(policy) => {
            let day = policy.from.to_string();
            Message::new("r01-stricter-rule").word("policy", policy.id.as_str()).word("from", day)
        }
    };
    let undeclared = marks.undeclared.is_some_and(|count| count > 0);
    let agree = rule.is_some() && !denied && !undeclared;
    let mut finding = Finding::new(if agree { Verdict::Met } else { Verdict::NotMet }).because(ground);
    if denied {
        finding = finding.because(contradicted);
    }
    if undeclared {
        finding = finding.because(Message::new("r01-undeclared").figure("count", "ai.marks.undeclared"));
    }
    let declared_only = Message::new("r01-declared-only").figure("count", "ai.marks.declared_only");
    let recovered = Message::new("r01-recovered").figure("count", "ai.recovered_from_reviews");
    finding.comment(marks.declared_only > 0, declared_only).comment(history.recovered > 0, recovered)
}

fn place(what: &str, (repository, setting): &(String, SettingFound)) -> Evidence {
    Evidence {
        what: Message::new(what),
        file: format!("{repository}:{}", setting.path),
        line: setting.line.map(u64::from),
        pointer: None,
        text: setting.setting.clone(),
    }
}

/// A setting that was not there when the period began was on for a part of it only.
fn since(setting: &SettingFound) -> &'static str {
    match setting.stood_before {
        Some(false) => "r01-evidence-off-later",
        Some(true) => "r01-evidence-off-throughout",
        None => "r01-evidence-off",
    }
}

/// A rule for the AI class alone, in force before the period ends.
fn is_stricter(policy: &Policy, plan: &Plan) -> bool {
    policy.applies_to == PolicyScope::Ai && policy.from < plan.period.until && policy.kind != "ai_classification"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::change::{Mark, MarkClass};
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
    fn an_evidence_says_whether_the_setting_stood_when_the_period_began() {
        let said = |stood_before| {
            let mut facts = with_rule(PolicyScope::Ai);
            let setting = SettingFound { path: "s".into(), line: None, setting: "a = off".into(), stood_before };
            facts.repositories[0].attribution_off.push(setting);
            finding("R01", &facts).evidence[0].what.id.clone()
        };
        assert_eq!(said(Some(false)), "r01-evidence-off-later");
        assert_eq!(said(Some(true)), "r01-evidence-off-throughout");
    }

    #[test]
    fn a_search_that_a_person_has_to_look_at_is_a_comment() {
        let mut facts = with_rule(PolicyScope::Ai);
        let setting = SettingFound { path: "ci.yml".into(), line: Some(9), setting: "s".into(), stood_before: None };
        facts.repositories[0].attribution_unclear.push(setting);
        let found = finding("R01", &facts);
        assert_eq!((found.verdict, found.evidence[0].line), (Verdict::MetWithComments, Some(9)));
    }

    #[test]
    fn a_declaration_where_no_tool_left_its_mark_is_a_comment() {
        let mut facts = with_rule(PolicyScope::Ai);
        facts.changes[0].marks = vec![Mark { class: MarkClass::Declared, ..mark() }];
        assert_eq!(finding("R01", &facts).verdict, Verdict::MetWithComments);
    }

    #[test]
    fn a_review_that_says_no_ai_beside_a_tools_mark_is_not_met_even_without_a_register() {
        let mut facts = with_rule(PolicyScope::Ai);
        facts.repositories[0].reviews_read = true;
        let mut denying = review(7, '1');
        denying.declares_no_ai = true;
        facts.reviews.push(denying);
        assert_eq!(finding("R01", &facts).verdict, Verdict::NotMet);
        facts.register = None;
        assert_eq!(finding("R01", &facts).verdict, Verdict::NotMet);
    }

    #[test]
    fn a_tools_mark_without_the_declaration_that_a_policy_asks_for_is_not_met() {
        let mut facts = with_rule(PolicyScope::Ai);
        let register = facts.register.as_mut().unwrap();
        let asked = Policy { id: "declare".into(), kind: "ai_classification".into(), ..register.policies[0].clone() };
        register.policies.push(asked);
        assert_eq!(finding("R01", &facts).verdict, Verdict::NotMet);
        facts.changes[0].marks.push(Mark { class: MarkClass::Declared, ..mark() });
        assert_eq!(finding("R01", &facts).verdict, Verdict::Met);
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
