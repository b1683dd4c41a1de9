//! R03: changes carry a second person's approval (dual authorisation).

use crate::checks::{Check, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::measures::robustness::{approvals::Grade, authorisation::Grades};
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "R03", set_by: Some(SetBy::Standard), criteria: &[], judge };

/// Share from which the rule is met with comments: this tool's convention. SLSA v1.2 Source L4 asks for every change.
const NEARLY_ALL: f64 = 0.95;

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(reviews) = measures.authorisation.known() else { return Finding::unknown(&measures.authorisation) };
    let figures: Vec<String> = Grade::ALL.iter().map(|grade| format!("review.grade.{}", grade.word())).collect();
    let ground = Message::new("r03-share").figure("share", "review.dual_authorised");
    let mut finding = by_share(&reviews.all, reviews.unobserved, ground).figures(&["review.dual_authorised"]);
    finding.figures.extend(figures);
    finding
}

/// Judges by the share approved among the changes whose reviews leave a trace; a comment when some approvals are not known to
/// be of the final revision.
pub(super) fn by_share(grades: &Grades, unobserved: usize, ground: Message) -> Finding {
    let seen = grades.total().saturating_sub(unobserved);
    if grades.total() == 0 {
        return Finding::new(Verdict::NoConclusion).because(Message::new("no-changes"));
    }
    let share = if seen == 0 { 0.0 } else { grades.approved() as f64 / seen as f64 };
    let verdict = match share {
        _ if seen > 0 && share < NEARLY_ALL => Verdict::NotMet,
        _ if unobserved > 0 => Verdict::NoConclusion,
        share if share < 1.0 => Verdict::MetWithComments,
        _ => Verdict::Met,
    };
    let weaker = grades.of(Grade::Q) + grades.of(Grade::R) > 0;
    let finding = Finding::new(verdict)
        .because(ground)
        .comment(weaker && verdict != Verdict::NotMet, Message::new("approval-revision-unknown"));
    if unobserved == 0 {
        return finding;
    }
    let finding = finding.because(Message::new("changes-without-review-records").count("count", unobserved));
    if verdict == Verdict::NoConclusion { Finding { needs: vec![Kind::Reviews], ..finding } } else { finding }
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
    fn an_approval_of_an_earlier_revision_is_met_with_comments() {
        let mut facts = reviewed();
        facts.reviews[0].events[0].revision = Some(crate::facts::change::CommitId::new("1234567890"));
        assert_eq!(finding("R03", &facts).verdict, Verdict::MetWithComments);
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
