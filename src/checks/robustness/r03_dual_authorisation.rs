//! R03: changes carry a second person's approval (dual authorisation).

use crate::checks::{Ask, Check, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::measures::robustness::approvals::Grade;
use crate::measures::robustness::authorisation::Group;
use crate::measures::robustness::rule::{Answer, CRITERION, Rule};
use crate::message::Message;
use crate::norms::{Norm, Norms};
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "R03", set_by: Some(SetBy::Standard), criteria: &[], judge };

/// Share from which the rule is met with comments: this tool's convention. SLSA v1.2 Source L4 asks for every change.
const NEARLY_ALL: f64 = 0.95;

fn judge(measures: &Measures, plan: &Plan) -> Finding {
    let Some(reviews) = measures.authorisation.known() else { return Finding::unknown(&measures.authorisation) };
    if reviews.all.grades.total() == 0 {
        return Finding::new(Verdict::NoConclusion).because(Message::new("no-changes"));
    }
    let ground = Message::new("r03-share").figure("share", "review.dual_authorised");
    let rule = ["review.dual_authorised", "review.rule.met", "review.rule.not_met", "review.rule.depends"];
    let grades: Vec<String> = Grade::ALL.iter().map(|grade| format!("review.grade.{}", grade.word())).collect();
    let mut finding = by_rule(&reviews.all, reviews.rule, plan, "", ground).figures(&rule);
    finding.figures.extend(grades);
    if !reviews.with_export {
        return finding;
    }
    let acts = ["review.stale_approvals", "review.self_approvals", "review.ai_only_approvals"];
    let sentence = Message::new("r03-no-second-person").figure("stale", acts[0]).figure("own", acts[1]);
    finding.because(sentence.figure("machine", acts[2])).figures(&acts)
}

/// Judges by what the rule says of the changes whose reviews leave a trace, those it depends on the unknown taken both ways; a
/// comment when some approvals are not known to be of the final revision.
pub(super) fn by_rule(group: &Group, rule: Rule, plan: &Plan, suffix: &str, ground: Message) -> Finding {
    let (met, open) = (group.answers.of(Answer::Met), group.answers.of(Answer::Depends));
    let share = |n: usize| n as f64 / group.answers.total().max(1) as f64;
    let verdict = match (share(met), share(met + open)) {
        (_, at_best) if at_best < NEARLY_ALL && group.answers.total() > 0 => Verdict::NotMet,
        _ if group.unobserved > 0 => Verdict::NoConclusion,
        (at_worst, _) if at_worst < NEARLY_ALL => Verdict::NoConclusion,
        (at_worst, _) if at_worst < 1.0 => Verdict::MetWithComments,
        _ => Verdict::Met,
    };
    let id = |answer: &str| format!("review.rule.{answer}{suffix}");
    let figures = ["met", "not_met", "depends"].map(id);
    let counted = Message::new("rule-counts").figure("met", &*figures[0]).figure("notmet", &*figures[1]);
    let weaker = group.grades.of(Grade::Q) + group.grades.of(Grade::R) > 0;
    let mut finding = Finding::new(verdict)
        .because(ground)
        .because(named(rule))
        .because(counted.figure("depends", &*figures[2]))
        .comment(weaker && verdict != Verdict::NotMet, Message::new("approval-revision-unknown"));
    if group.unobserved > 0 {
        finding = finding.because(Message::new("changes-without-review-records").count("count", group.unobserved));
    }
    if verdict == Verdict::NoConclusion {
        finding.needs = vec![Kind::Reviews];
    }
    chosen(finding, rule, plan)
}

/// The criterion is the plan's where the plan chose the rule. What the audited party chose alone, other than the default, is met
/// at best with comments.
fn chosen(mut finding: Finding, rule: Rule, plan: &Plan) -> Finding {
    let Some(chosen) = plan.rules.get(CRITERION) else { return finding };
    if finding.verdict == Verdict::Met && chosen.set_by == SetBy::AuditedParty && rule != Rule::default() {
        finding.verdict = Verdict::MetWithComments;
    }
    let text = Message::new("criterion-rule").word("clause", clause(rule));
    finding.ask = Some(Ask { text, set_by: chosen.set_by });
    finding
}

/// The rule and where it is published.
fn named(rule: Rule) -> Message {
    let source = norm(rule).map_or("", |norm| &norm.source);
    Message::new("rule-used").word("clause", clause(rule)).word("source", source)
}

fn clause(rule: Rule) -> String {
    norm(rule).map_or_else(|| rule.clause().to_owned(), |norm| format!("{}, {}", norm.instrument, norm.clause))
}

fn norm(rule: Rule) -> Option<&'static Norm> {
    Norms::builtin().all().iter().find(|norm| norm.id == rule.clause())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::change::Repository;
    use crate::facts::sample::{approval, change, facts, review};
    use crate::facts::{Change, Facts, Person};

    fn reviewed() -> Facts {
        let mut facts = facts(&[Kind::History, Kind::Reviews]);
        facts.repositories[0].reviews_read = true;
        facts.changes.push(change('1', "2026-07-01T12:00:00Z"));
        let mut review = review(1, '1');
        review.events.push(approval(2, "2026-07-01T10:00:00Z"));
        facts.reviews.push(review);
        facts
    }

    #[test]
    fn an_approval_of_the_final_revision_by_another_person_is_met() {
        assert_eq!(finding("R03", &reviewed()).verdict, Verdict::Met);
    }

    #[test]
    fn an_approval_of_an_earlier_revision_does_not_satisfy_the_default_rule() {
        let mut facts = reviewed();
        facts.reviews[0].events[0].revision = Some(crate::facts::change::CommitId::new("1234567890"));
        assert_eq!(finding("R03", &facts).verdict, Verdict::NotMet);
    }

    #[test]
    fn an_approval_of_an_unknown_revision_is_met_with_comments() {
        let mut facts = reviewed();
        facts.reviews[0].events[0].revision = None;
        assert_eq!(finding("R03", &facts).verdict, Verdict::MetWithComments);
    }

    /// The same facts under a rule that the plan chooses.
    fn under(rule: Rule, set_by: SetBy, facts: &Facts) -> Finding {
        let mut plan = crate::checks::sample::plan();
        plan.rules.insert(CRITERION.into(), crate::plan::ChosenNorm { norm: rule.clause().into(), set_by });
        crate::checks::sample::finding_with("R03", facts, &plan)
    }

    #[test]
    fn every_rule_has_a_clause_among_the_norms_and_is_named_with_its_source() {
        for rule in Rule::ALL {
            let norm = norm(rule).unwrap();
            assert!(norm.checks.iter().any(|check| check == "R03"), "{rule:?}");
            let found = under(rule, SetBy::Auditor, &reviewed());
            assert!(found.grounds.contains(&named(rule)), "{rule:?}: {found:?}");
            assert_eq!(found.ask.map(|ask| ask.set_by), Some(SetBy::Auditor));
        }
        assert!(finding("R03", &reviewed()).grounds.contains(&named(Rule::Slsa)));
    }

    #[test]
    fn what_depends_on_who_deploys_is_no_conclusion() {
        let found = under(Rule::Dora, SetBy::Law, &reviewed());
        assert_eq!((found.verdict, found.needs), (Verdict::NoConclusion, vec![Kind::Reviews]));
    }

    #[test]
    fn another_rule_that_the_audited_party_chose_is_met_at_best_with_comments() {
        assert_eq!(under(Rule::Scorecard, SetBy::AuditedParty, &reviewed()).verdict, Verdict::MetWithComments);
        assert_eq!(under(Rule::Scorecard, SetBy::Auditor, &reviewed()).verdict, Verdict::Met);
        assert_eq!(under(Rule::Slsa, SetBy::AuditedParty, &reviewed()).verdict, Verdict::Met);
    }

    #[test]
    fn the_authors_own_approval_and_one_after_the_merge_do_not_count() {
        let mut own = reviewed();
        own.reviews[0].events[0].actor = crate::facts::review::Actor::Human(Person::new(1));
        assert_eq!(finding("R03", &own).verdict, Verdict::NotMet);
        let mut late = reviewed();
        late.reviews[0].events[0].at = Some(crate::facts::sample::instant("2026-07-01T13:00:00Z"));
        assert_eq!(finding("R03", &late).verdict, Verdict::NotMet);
    }

    #[test]
    fn who_wrote_a_squashed_commit_does_not_approve_it() {
        let mut facts = reviewed();
        facts.reviews[0].head[0].authors.push(Person::new(2));
        assert_eq!(finding("R03", &facts).verdict, Verdict::NotMet);
    }

    #[test]
    fn an_approval_without_a_time_is_not_known_to_be_before_the_merge() {
        let mut facts = reviewed();
        facts.reviews[0].events[0].at = None;
        assert_eq!(finding("R03", &facts).verdict, Verdict::MetWithComments);
    }

    #[test]
    fn an_ai_reviewer_never_counts() {
        let mut facts = reviewed();
        facts.reviews[0].events[0].actor = crate::facts::review::Actor::Ai;
        assert_eq!(finding("R03", &facts).verdict, Verdict::NotMet);
    }

    #[test]
    fn a_withdrawn_approval_does_not_count() {
        let mut facts = reviewed();
        let mut withdrawn = approval(2, "2026-07-01T11:00:00Z");
        withdrawn.state = crate::facts::review::ReviewState::ChangesRequested;
        facts.reviews[0].events.push(withdrawn);
        assert_eq!(finding("R03", &facts).verdict, Verdict::NotMet);
    }

    #[test]
    fn a_repository_without_review_records_leaves_the_whole_open() {
        let mut facts = reviewed();
        facts.repositories.push(Repository { name: "dark".into(), ..Repository::default() });
        facts.changes.push(Change { repository: 1, ..change('2', "2026-07-02T12:00:00Z") });
        let found = finding("R03", &facts);
        assert_eq!((found.verdict, found.needs), (Verdict::NoConclusion, vec![Kind::Reviews]));
    }

    #[test]
    fn trailers_alone_are_met_with_comments() {
        let mut facts = facts(&[Kind::History]);
        facts.changes.push(Change { reviewed_by: [Person::new(3)].into(), ..change('1', "2026-07-01T12:00:00Z") });
        assert_eq!(finding("R03", &facts).verdict, Verdict::MetWithComments);
    }
}
