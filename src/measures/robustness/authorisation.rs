//! How many changes a second person approved, by the strongest evidence on record.

use std::collections::{BTreeMap, BTreeSet};

use super::approvals::{Grade, grade};
use super::sign_off::SeniorSignOff;
use crate::facts::{Facts, Kind};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::links::Links;

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

/// Approvals of the changes of the period.
#[derive(Debug, Clone, Default)]
pub struct Authorisation {
    /// All changes but automation.
    pub all: Grades,
    /// AI-attributed changes.
    pub ai: Grades,
    /// Of these, changes of repositories with neither an export nor a single trailer: nothing can be said about them.
    pub unobserved: usize,
    /// The same among AI-attributed changes.
    pub unobserved_ai: usize,
    /// Senior sign-off, per policy; `None` without a register.
    pub senior: Option<Vec<SeniorSignOff>>,
    /// The people list says who is senior.
    pub seniority_known: bool,
}

impl Authorisation {
    /// Grades every change; unknown without a repository, and without any record of review.
    pub fn of(facts: &Facts, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::History) {
            return Measured::lacks(Kind::History);
        }
        let observed = observed(facts, links);
        if observed.is_empty() {
            return Measured::lacks(Kind::Reviews);
        }
        let mut result =
            Self { seniority_known: facts.memberships.iter().any(|m| m.senior.is_some()), ..Self::default() };
        for linked in links.work() {
            let grade = grade(linked);
            let unseen = usize::from(!observed.contains(&linked.change.repository));
            result.all.add(grade);
            result.unobserved += unseen;
            if linked.is_ai() {
                result.ai.add(grade);
                result.unobserved_ai += unseen;
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

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<Authorisation>, trailers: &Measured<Trailers>) -> Vec<Figure> {
    use Disclosure::Conduct;
    let trailer = |id: &str, method, pick: &dyn Fn(&Trailers) -> usize| {
        Figure::new(id, "changes", method, Conduct, trailers.map(|t| Value::count(pick(t))))
    };
    let share = |id: &str, method, pick: &dyn Fn(&Authorisation) -> &Grades| {
        Figure::new(id, "share", method, Conduct, all.map(|a| Value::share(pick(a).approved(), pick(a).total())))
    };
    let mut figures = vec![
        trailer("review.trailer_reviewed", "method-trailer-reviewed", &|t| t.reviewed),
        trailer("review.trailer_two_or_more", "method-trailer-two", &|t| t.two_or_more),
        trailer("review.self_only", "method-self-only", &|t| t.self_only),
        trailer("review.none", "method-no-trailer", &|t| t.none),
        share("review.dual_authorised", "method-dual-authorised", &|a| &a.all),
        share("review.dual_authorised.ai", "method-dual-authorised", &|a| &a.ai),
    ];
    for grade in Grade::ALL {
        let count = |id: String, pick: &dyn Fn(&Authorisation) -> usize| {
            Figure::new(id, "changes", "method-grade", Conduct, all.map(|a| Value::count(pick(a))))
        };
        figures.push(count(format!("review.grade.{}", grade.word()), &|a| a.all.of(grade)));
        figures.push(count(format!("review.grade.{}.ai", grade.word()), &|a| a.ai.of(grade)));
    }
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
