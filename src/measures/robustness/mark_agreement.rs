//! Whether what people declare about AI use and what the tools wrote themselves agree.

use crate::facts::change::{Mark, MarkClass};
use crate::facts::{Facts, Kind};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::links::{Linked, Links};

use super::sign_off::applies;

/// Kind of policy under which AI use is to be declared.
const CLASSIFICATION: &str = "ai_classification";

/// Changes of the period on which the two differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarkAgreement {
    /// Declared, and no tool left a mark.
    pub declared_only: usize,
    /// A tool left a mark, and nobody declared it.
    pub tool_only: usize,
    /// Of these, those of which a policy asks for the declaration; `None` without a register.
    pub undeclared: Option<usize>,
    /// A tool left a mark, and the description of the review says that no AI was used; `None` without review exports.
    pub denied: Option<usize>,
}

impl MarkAgreement {
    /// Compares; unknown without a repository.
    pub fn of(facts: &Facts, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::History) {
            return Measured::lacks(Kind::History);
        }
        let mut count = Self {
            undeclared: facts.register.as_ref().map(|_| 0),
            denied: facts.repositories.iter().any(|repository| repository.reviews_read).then_some(0),
            ..Self::default()
        };
        for linked in links.work() {
            count.add(facts, linked);
        }
        Measured::Known(count)
    }

    fn add(&mut self, facts: &Facts, linked: &Linked<'_>) {
        let has = |fits: fn(MarkClass) -> bool| marks(linked).any(|mark| fits(mark.class));
        let declared = has(|class| class == MarkClass::Declared);
        let tool = has(|class| class.attributes() && class != MarkClass::Declared);
        self.declared_only += usize::from(declared && !tool);
        self.tool_only += usize::from(tool && !declared);
        let policies = facts.register.iter().flat_map(|register| &register.policies);
        let mut asked = policies.filter(|policy| policy.kind == CLASSIFICATION);
        if let Some(undeclared) = &mut self.undeclared {
            *undeclared += usize::from(tool && !declared && asked.any(|policy| applies(policy, linked)));
        }
        if let Some(denied) = &mut self.denied {
            *denied += usize::from(tool && linked.review.is_some_and(|review| review.declares_no_ai));
        }
    }
}

/// Marks of the change and of the text of its review.
fn marks<'a>(linked: &'a Linked<'_>) -> impl Iterator<Item = &'a Mark> {
    linked.marks.iter().chain(linked.review.into_iter().flat_map(|review| &review.marks))
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<MarkAgreement>) -> Vec<Figure> {
    let figure = |id: &str, method, value| Figure::new(id, "changes", method, Disclosure::Conduct, value);
    let needs = |pick: fn(&MarkAgreement) -> Option<usize>, kind| {
        all.and_then(|count| Measured::or_lacks(pick(count).map(Value::count), kind))
    };
    vec![
        figure("ai.marks.declared_only", "method-declared-only", all.map(|c| Value::count(c.declared_only))),
        figure("ai.marks.tool_only", "method-tool-only", all.map(|c| Value::count(c.tool_only))),
        figure("ai.marks.undeclared", "method-marks-undeclared", needs(|c| c.undeclared, Kind::Register)),
        figure("ai.marks.denied", "method-marks-denied", needs(|c| c.denied, Kind::Reviews)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::change::Channel;
    use crate::facts::register::{Policy, PolicyScope};
    use crate::facts::sample::{change, facts, mark, review};
    use crate::facts::{Change, Register};
    use crate::plan::{Period, Plan};

    fn count(marks: Vec<Mark>, change_facts: impl FnOnce(&mut Facts)) -> MarkAgreement {
        let mut facts = facts(&[Kind::History]);
        facts.changes = vec![Change { marks, ..change('1', "2026-07-02T10:00:00Z") }];
        change_facts(&mut facts);
        let plan = Plan::for_repository(std::path::Path::new("shop"), Period::parse("2026-Q3").ok()).unwrap();
        MarkAgreement::of(&facts, &Links::of(&facts, &plan)).known().unwrap().clone()
    }

    fn declared() -> Mark {
        Mark { class: MarkClass::Declared, channel: Channel::Trailer, ..mark() }
    }

    #[test]
    fn a_declaration_beside_a_tools_mark_agrees_with_it() {
        let both = count(vec![mark(), declared()], |_| {});
        assert_eq!((both.declared_only, both.tool_only), (0, 0));
        assert_eq!(count(vec![declared()], |_| {}).declared_only, 1);
        assert_eq!(count(vec![mark()], |_| {}).tool_only, 1);
        let accepted = Mark { class: MarkClass::SuggestionAccepted, ..mark() };
        assert_eq!(count(vec![accepted], |_| {}), MarkAgreement::default());
    }

    #[test]
    fn a_declaration_in_the_review_counts_too() {
        let with_review = |facts: &mut Facts| {
            let mut review = review(1, '1');
            review.marks = vec![Mark { channel: Channel::ReviewText, ..declared() }];
            facts.reviews.push(review);
        };
        assert_eq!(count(vec![mark()], with_review).tool_only, 0);
    }

    #[test]
    fn a_review_that_denies_what_a_tool_wrote_is_counted_where_reviews_were_read() {
        let denies = |read: bool| {
            move |facts: &mut Facts| {
                let mut review = review(1, '1');
                review.declares_no_ai = true;
                facts.reviews.push(review);
                facts.repositories[0].reviews_read = read;
            }
        };
        assert_eq!(count(vec![mark()], denies(true)).denied, Some(1));
        assert_eq!(count(Vec::new(), denies(true)).denied, Some(0), "nothing contradicts it");
        assert_eq!(count(vec![mark()], denies(false)).denied, None);
    }

    #[test]
    fn a_declaration_is_missing_only_from_the_day_a_policy_asks_for_it() {
        let asked = |from: &'static str| {
            move |facts: &mut Facts| {
                let policy = Policy {
                    id: "declare".into(),
                    line: 1,
                    kind: CLASSIFICATION.into(),
                    applies_to: PolicyScope::Ai,
                    from: from.parse().unwrap(),
                    hours_allotted_per_week: None,
                };
                facts.register = Some(Register { policies: vec![policy], ..Register::default() });
            }
        };
        assert_eq!(count(vec![mark()], asked("2026-07-01")).undeclared, Some(1));
        assert_eq!(count(vec![mark()], asked("2026-07-03")).undeclared, Some(0));
        assert_eq!(count(vec![mark()], |_| {}).undeclared, None);
    }
}
