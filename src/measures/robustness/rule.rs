//! What each norm asks of the approval of one change: the table of `facts/norms.md` section 5, cell by cell.

use super::approvals::Approvals;
use crate::facts::Person;
use crate::facts::review::Actor;
use crate::measures::links::Linked;
use crate::plan::{ChosenNorm, Plan};

/// The criterion of the plan that chooses the norm.
pub const CRITERION: &str = "R03.rule";

/// A rule of dual authorisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Rule {
    /// Two trusted persons, who are people, agree on the final revision: who submits it and who reviews it, or two who review
    /// what an agent submits. <https://slsa.dev/spec/v1.2/source-requirements>. No robot is taken for trusted.
    #[default]
    Slsa,
    /// Somebody other than the author reviewed or merged it; what AI tools and bots do is no review.
    /// <https://github.com/ossf/scorecard/blob/main/docs/checks.md#code-review>; that merging counts:
    /// <https://github.com/ossf/scorecard/blob/main/checks/raw/code_review.go>.
    Scorecard,
    /// A person reviewed it who had not asked for it; an agent never counts.
    /// <https://github.com/OWASP/AISVS/tree/main/1.0/en>, Appendix C, AC.4.1.
    Aisvs,
    /// Who approves is neither who requests nor who implements.
    /// <https://eur-lex.europa.eu/eli/reg_del/2024/1774/oj>, Article 17(1)(b).
    Dora,
}

/// Whether one change satisfies a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// It does.
    Met,
    /// It does not.
    NotMet,
    /// It depends on what the records do not show: who asked for it, who submitted it or who deploys it.
    Depends,
}

impl Rule {
    /// All.
    pub const ALL: [Self; 4] = [Self::Slsa, Self::Scorecard, Self::Aisvs, Self::Dora];

    /// The id of its clause among the norms.
    pub fn clause(self) -> &'static str {
        match self {
            Self::Slsa => "slsa-source-l4",
            Self::Scorecard => "scorecard-code-review",
            Self::Aisvs => "aisvs-ac-4-1",
            Self::Dora => "eu-dora-rts-1774-17",
        }
    }

    /// The rule that the plan chooses, else that of SLSA.
    pub fn of(plan: &Plan) -> Self {
        let is_chosen = |chosen: &ChosenNorm| Self::ALL.into_iter().find(|rule| rule.clause() == chosen.norm);
        plan.rules.get(CRITERION).and_then(is_chosen).unwrap_or_default()
    }

    /// What it says of one change.
    pub(super) fn answer(self, linked: &Linked<'_>, approvals: &Approvals<'_>) -> Answer {
        // An author who is no person is an agent here: automation is left out before.
        let by_person = linked.change.author.is_some();
        match self {
            Self::Slsa => slsa(by_person, linked, approvals),
            Self::Scorecard => met_if(!approvals.people().is_empty() || approvals.merged_by.is_some()),
            Self::Aisvs | Self::Dora if !by_person => independent_of_requester(linked, approvals),
            Self::Aisvs => met_if(!approvals.people().is_empty()),
            // Who deploys it is on no record that is read.
            Self::Dora if !approvals.people().is_empty() => Answer::Depends,
            Self::Dora => Answer::NotMet,
        }
    }
}

fn met_if(holds: bool) -> Answer {
    if holds { Answer::Met } else { Answer::NotMet }
}

fn slsa(by_person: bool, linked: &Linked<'_>, approvals: &Approvals<'_>) -> Answer {
    let mut reviewers = approvals.current();
    match uploader(linked) {
        _ if by_person => met_if(!reviewers.is_empty()),
        Uploader::Person(person) => {
            reviewers.remove(&person);
            met_if(!reviewers.is_empty())
        }
        Uploader::Unknown if reviewers.len() == 1 => Answer::Depends,
        Uploader::Machine | Uploader::Unknown => met_if(reviewers.len() >= 2),
    }
}

/// Two people cannot both be the one who asked for it; one must be known not to be.
fn independent_of_requester(linked: &Linked<'_>, approvals: &Approvals<'_>) -> Answer {
    let reviewers = approvals.people();
    let requesters = linked.requesters();
    match reviewers.len() {
        0 => Answer::NotMet,
        1 if requesters.is_empty() => Answer::Depends,
        1 => met_if(reviewers.is_disjoint(&requesters)),
        _ => Answer::Met,
    }
}

/// Who submitted what an agent wrote.
enum Uploader {
    Person(Person),
    Machine,
    Unknown,
}

/// Who opened its review; without one, the person who committed it.
fn uploader(linked: &Linked<'_>) -> Uploader {
    match linked.review.map(|review| review.author) {
        Some(Actor::Human(person)) => Uploader::Person(person),
        Some(Actor::Ai | Actor::Automation) => Uploader::Machine,
        Some(Actor::Unknown) | None => linked.change.committer.map_or(Uploader::Unknown, Uploader::Person),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::change::{Channel, Mark, MarkClass};
    use crate::facts::review::{ReviewEvent, ReviewState};
    use crate::facts::sample::{approval, change, facts, review};
    use crate::facts::{Facts, Kind};
    use crate::measures::links::Links;
    use crate::plan::Period;

    use Answer::{Depends, Met, NotMet};

    fn plan() -> Plan {
        Plan::for_repository(std::path::Path::new("shop"), Period::parse("2026-Q3").ok()).unwrap()
    }

    /// One change and its review; people 2 and above approve its last revision.
    fn reviewed(author: Option<u32>, opener: Actor, approvers: &[u32]) -> Facts {
        let mut facts = facts(&[Kind::History, Kind::Reviews]);
        let mut landed = change('1', "2026-07-01T12:00:00Z");
        (landed.author, landed.committer) = (author.map(Person::new), None);
        if author.is_none() {
            landed.marks = vec![Mark { tool: "claude".into(), class: MarkClass::Identity, channel: Channel::Author }];
        }
        let mut review = review(1, '1');
        (review.author, review.merged_by) = (opener, Actor::Automation);
        review.head[0].authors = landed.author.into_iter().collect();
        review.events = approvers.iter().map(|person| approval(*person, "2026-07-01T10:00:00Z")).collect();
        facts.changes = vec![landed];
        facts.reviews = vec![review];
        facts
    }

    fn machine_approves(mut facts: Facts) -> Facts {
        let event = ReviewEvent { actor: Actor::Ai, ..approval(9, "2026-07-01T10:00:00Z") };
        facts.reviews[0].events.push(event);
        facts
    }

    fn answers(facts: &Facts) -> [Answer; 4] {
        let links = Links::of(facts, &plan());
        let linked = &links.changes[0];
        Rule::ALL.map(|rule| rule.answer(linked, &Approvals::of(linked)))
    }

    fn human() -> Actor {
        Actor::Human(Person::new(1))
    }

    /// Rows of the table in the order of `Rule::ALL`: SLSA, Scorecard, AISVS, DORA.
    #[test]
    fn a_person_wrote_it_and_another_approved() {
        assert_eq!(answers(&reviewed(Some(1), human(), &[2])), [Met, Met, Met, Depends]);
    }

    #[test]
    fn an_agent_wrote_and_opened_it_and_one_person_approved() {
        // Nobody is on record as having asked for it: AISVS and DORA depend on that.
        assert_eq!(answers(&reviewed(None, Actor::Ai, &[2])), [NotMet, Met, Depends, Depends]);
    }

    #[test]
    fn an_agent_wrote_and_opened_it_and_two_people_approved() {
        assert_eq!(answers(&reviewed(None, Actor::Ai, &[2, 3])), [Met, Met, Met, Met]);
    }

    #[test]
    fn a_person_wrote_it_and_an_ai_reviewer_approved() {
        assert_eq!(answers(&machine_approves(reviewed(Some(1), human(), &[]))), [NotMet; 4]);
    }

    #[test]
    fn what_an_agent_wrote_a_person_may_submit_and_another_review() {
        assert_eq!(answers(&reviewed(None, human(), &[2])), [Met, Met, Met, Met]);
    }

    #[test]
    fn who_asked_the_agent_does_not_approve() {
        assert_eq!(answers(&reviewed(None, human(), &[1])), [NotMet; 4]);
        let mut credited = reviewed(None, Actor::Ai, &[1]);
        credited.changes[0].coauthors = [Person::new(1)].into();
        assert_eq!(answers(&credited), [NotMet; 4]);
    }

    #[test]
    fn who_is_credited_beside_an_agent_asked_for_it_and_did_not_submit_it() {
        let mut credited = reviewed(None, Actor::Ai, &[2]);
        credited.changes[0].coauthors = [Person::new(1)].into();
        assert_eq!(answers(&credited), [NotMet, Met, Met, Met]);
    }

    #[test]
    fn without_a_review_the_committer_submitted_what_an_agent_wrote() {
        let mut facts = reviewed(None, Actor::Unknown, &[]);
        facts.reviews.clear();
        facts.changes[0].reviewed_by = [Person::new(2)].into();
        assert_eq!(answers(&facts), [Depends, Met, Depends, Depends]);
        facts.changes[0].committer = Some(Person::new(1));
        assert_eq!(answers(&facts), [Met; 4]);
        facts.changes[0].committer = Some(Person::new(2));
        assert_eq!(answers(&facts), [NotMet, Met, NotMet, NotMet]);
        facts.changes[0].reviewed_by.clear();
        assert_eq!(answers(&facts), [NotMet; 4]);
    }

    #[test]
    fn an_ai_reviewer_is_no_second_person_beside_one() {
        assert_eq!(answers(&machine_approves(reviewed(None, Actor::Ai, &[2])))[0], NotMet);
    }

    #[test]
    fn only_slsa_asks_for_the_final_revision() {
        let mut facts = reviewed(Some(1), human(), &[2]);
        facts.reviews[0].events[0].revision = Some(crate::facts::change::CommitId::new("1234567890"));
        assert_eq!(answers(&facts), [NotMet, Met, Met, Depends]);
        facts.reviews[0].events[0].revision = None;
        assert_eq!(
            answers(&facts),
            [Met, Met, Met, Depends],
            "where the records do not show it, none is presumed stale"
        );
    }

    #[test]
    fn only_scorecard_takes_merging_for_reviewing() {
        let mut facts = reviewed(Some(1), human(), &[]);
        facts.reviews[0].merged_by = Actor::Human(Person::new(2));
        assert_eq!(answers(&facts), [NotMet, Met, NotMet, NotMet]);
        facts.reviews[0].merged_by = human();
        assert_eq!(answers(&facts), [NotMet; 4]);
        facts.reviews[0].merged_by = Actor::Ai;
        assert_eq!(answers(&facts), [NotMet; 4]);
    }

    #[test]
    fn a_withdrawn_approval_satisfies_no_rule() {
        let mut facts = reviewed(Some(1), human(), &[2]);
        let state = ReviewState::Dismissed;
        facts.reviews[0].events.push(ReviewEvent { state, ..approval(2, "2026-07-01T11:00:00Z") });
        assert_eq!(answers(&facts), [NotMet; 4]);
    }

    #[test]
    fn the_plan_chooses_the_rule_and_slsa_is_the_default() {
        let mut plan = plan();
        assert_eq!(Rule::of(&plan), Rule::Slsa);
        for rule in Rule::ALL {
            let chosen = ChosenNorm { norm: rule.clause().into(), set_by: crate::plan::SetBy::Auditor };
            plan.rules.insert(CRITERION.into(), chosen);
            assert_eq!(Rule::of(&plan), rule);
        }
    }
}
