//! How many changes a second person approved, by the strongest evidence on record.

use std::collections::{BTreeMap, BTreeSet};

use super::approvals::{Approvals, Grade};
use super::rule::{Answer, Rule};
use super::sign_off::SeniorSignOff;
use crate::facts::{Facts, Kind};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::links::Links;
use crate::plan::Plan;

/// Changes by grade.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grades(pub BTreeMap<Grade, usize>);

impl Grades {
    /// Changes of a grade.
    pub fn of(&self, grade: Grade) -> usize {
        self.0.get(&grade).copied().unwrap_or(0)
    }

    /// All changes.
    pub fn total(&self) -> usize {
        self.0.values().sum()
    }

    /// Changes that a second person approved.
    pub fn approved(&self) -> usize {
        Grade::ALL.into_iter().filter(|grade| grade.approves()).map(|grade| self.of(grade)).sum()
    }

    fn add(&mut self, grade: Grade) {
        *self.0.entry(grade).or_default() += 1;
    }
}

/// Changes by what their `Reviewed-by` lines say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trailers {
    /// At least one line, by anyone.
    pub reviewed: usize,
    /// At least two distinct reviewers other than the author.
    pub two_or_more: usize,
    /// Only the author.
    pub self_only: usize,
    /// No line.
    pub none: usize,
}

/// Changes by what the rule in force says of them, those left out of whose reviews nothing is on record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<Answer, usize>);

impl Answers {
    /// Changes with an answer.
    pub fn of(&self, answer: Answer) -> usize {
        self.0.get(&answer).copied().unwrap_or(0)
    }

    /// All.
    pub fn total(&self) -> usize {
        self.0.values().sum()
    }
}

/// What is on record about a set of changes.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// By the strongest evidence.
    pub grades: Grades,
    /// By the rule in force.
    pub answers: Answers,
    /// Changes of repositories with neither an export nor a single trailer: nothing can be said about them.
    pub unobserved: usize,
    /// Approved on another revision than the last, and on the last by nobody.
    pub stale: usize,
    /// Approved by somebody who made them.
    pub own: usize,
    /// Approved by AI reviewers or automation alone.
    pub by_machine_only: usize,
}

impl Group {
    fn add(&mut self, approvals: &Approvals<'_>, answer: Answer, observed: bool) {
        self.grades.add(approvals.grade());
        self.stale += usize::from(approvals.is_stale());
        self.own += usize::from(approvals.own);
        self.by_machine_only += usize::from(approvals.is_by_machine_only());
        if observed {
            *self.answers.0.entry(answer).or_default() += 1;
        } else {
            self.unobserved += 1;
        }
    }
}

/// Approvals of the changes of the period.
#[derive(Debug, Clone, Default)]
pub struct Authorisation {
    /// The rule in force.
    pub rule: Rule,
    /// All changes but automation.
    pub all: Group,
    /// AI-attributed changes.
    pub ai: Group,
    /// An export of reviews was read: without one, nothing is known about acts of reviewing.
    pub with_export: bool,
    /// Senior sign-off, per policy; `None` without a register.
    pub senior: Option<Vec<SeniorSignOff>>,
    /// The people list says who is senior.
    pub seniority_known: bool,
}

impl Authorisation {
    /// Grades every change; unknown without a repository, and without any record of review.
    pub fn of(facts: &Facts, plan: &Plan, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::History) {
            return Measured::lacks(Kind::History);
        }
        let observed = observed(facts, links);
        if observed.is_empty() {
            return Measured::lacks(Kind::Reviews);
        }
        let mut result = Self {
            rule: Rule::of(plan),
            with_export: facts.repositories.iter().any(|repository| repository.reviews_read),
            seniority_known: facts.memberships.iter().any(|m| m.senior.is_some()),
            ..Self::default()
        };
        for linked in links.work() {
            let approvals = Approvals::of(linked);
            let answer = result.rule.answer(linked, &approvals);
            let seen = observed.contains(&linked.change.repository);
            result.all.add(&approvals, answer, seen);
            if linked.is_ai() {
                result.ai.add(&approvals, answer, seen);
            }
        }
        result.senior = facts.register.as_ref().map(|register| {
            let policies = register.policies.iter().filter(|policy| policy.kind == "senior_sign_off");
            policies.map(|policy| SeniorSignOff::of(facts, policy, links)).collect()
        });
        Measured::Known(result)
    }
}

/// Trailers are part of the history: they are counted over all changes, automation included.
pub fn trailers(facts: &Facts, links: &Links<'_>) -> Measured<Trailers> {
    if !facts.has(Kind::History) {
        return Measured::lacks(Kind::History);
    }
    let mut count = Trailers::default();
    for linked in links.changes.iter().filter(|linked| linked.in_period && !linked.change.is_merge()) {
        let reviewers = &linked.change.reviewed_by;
        let others = reviewers.iter().filter(|person| Some(**person) != linked.change.author).count();
        count.reviewed += usize::from(!reviewers.is_empty());
        count.none += usize::from(reviewers.is_empty());
        count.self_only += usize::from(!reviewers.is_empty() && others == 0);
        count.two_or_more += usize::from(others >= 2);
    }
    Measured::Known(count)
}

/// Repositories whose reviews leave a trace we can read.
pub(super) fn observed(facts: &Facts, links: &Links<'_>) -> BTreeSet<usize> {
    let exported = facts.repositories.iter().enumerate().filter(|(_, r)| r.reviews_read).map(|(at, _)| at);
    let trailed = links.work().filter(|l| !l.change.reviewed_by.is_empty()).map(|l| l.change.repository);
    exported.chain(trailed).collect()
}

/// One of the two groups.
type Pick = fn(&Authorisation) -> &Group;

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<Authorisation>, trailers: &Measured<Trailers>) -> Vec<Figure> {
    use Disclosure::Conduct;
    let trailer = |id: &str, method, pick: &dyn Fn(&Trailers) -> usize| {
        Figure::new(id, "changes", method, Conduct, trailers.map(|t| Value::count(pick(t))))
    };
    let share = |id: &str, method, pick: Pick| {
        let value = all.map(|a| Value::share(pick(a).grades.approved(), pick(a).grades.total()));
        Figure::new(id, "share", method, Conduct, value)
    };
    let mut figures = vec![
        trailer("review.trailer_reviewed", "method-trailer-reviewed", &|t| t.reviewed),
        trailer("review.trailer_two_or_more", "method-trailer-two", &|t| t.two_or_more),
        trailer("review.self_only", "method-self-only", &|t| t.self_only),
        trailer("review.none", "method-no-trailer", &|t| t.none),
    ];
    let groups: [(&str, Pick); 2] = [("", |a| &a.all), (".ai", |a| &a.ai)];
    for (suffix, pick) in groups {
        figures.push(share(&format!("review.dual_authorised{suffix}"), "method-dual-authorised", pick));
    }
    for (suffix, pick) in groups {
        let mut count = |name: String, method, of: &dyn Fn(&Group) -> usize| {
            let value = all.map(|a| Value::count(of(pick(a))));
            figures.push(Figure::new(format!("review.{name}{suffix}"), "changes", method, Conduct, value));
        };
        for grade in Grade::ALL {
            count(format!("grade.{}", grade.word()), "method-grade", &|g| g.grades.of(grade));
        }
        count("rule.met".into(), "method-rule", &|g| g.answers.of(Answer::Met));
        count("rule.not_met".into(), "method-rule", &|g| g.answers.of(Answer::NotMet));
        count("rule.depends".into(), "method-rule-depends", &|g| g.answers.of(Answer::Depends));
    }
    let mut act = |id: &str, method, of: fn(&Group) -> usize| {
        let value = all.and_then(|a| Measured::or_lacks(a.with_export.then(|| of(&a.all)), Kind::Reviews));
        figures.push(Figure::new(id, "changes", method, Conduct, value.map(|n| Value::count(*n))));
    };
    act("review.stale_approvals", "method-stale-approvals", |g| g.stale);
    act("review.self_approvals", "method-self-approvals", |g| g.own);
    act("review.ai_only_approvals", "method-ai-only-approvals", |g| g.by_machine_only);
    figures.push(Figure::new("review.senior_signed", "share", "method-senior", Conduct, senior(all)));
    figures
}

/// Over all policies of senior sign-off together.
fn senior(all: &Measured<Authorisation>) -> Measured<Value> {
    all.and_then(|authorisation| match &authorisation.senior {
        None => Measured::lacks(Kind::Register),
        Some(policies) if !policies.is_empty() && !authorisation.seniority_known => Measured::lacks(Kind::People),
        Some(policies) => {
            let (signed, due) = policies.iter().fold((0, 0), |(s, d), p| (s + p.signed, d + p.due));
            Measured::Known(Value::share(signed, due))
        }
    })
}
