//! Marks of AI use that outlive a squash, where the commits that were squashed are still at hand.

use std::collections::BTreeSet;

use super::Measured;
use super::figure::{Disclosure, Figure, Value};
use super::links::{Linked, Links};
use crate::facts::change::{Channel, Mark, MarkClass};
use crate::facts::{Facts, Kind};

/// Classes that a commit itself can carry.
const CLASSES: [MarkClass; 3] = [MarkClass::Identity, MarkClass::Session, MarkClass::Declared];

/// A share of squashed changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Those whose squashed commits carry a mark.
    pub marked: usize,
    /// Of these, those whose landed commit carries one too.
    pub kept: usize,
}

/// Squashed changes of the period of which the squashed commits are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survival {
    /// All.
    pub squashed: usize,
    /// Any mark that attributes.
    pub any: Share,
    /// Class by class: I, S and D.
    pub by_class: [Share; 3],
    /// Whose landed message bears a mark that no message of the squashed commits does: a platform turns the author of a
    /// commit into a co-author of the whole.
    pub added: usize,
}

impl Survival {
    /// Counts; unknown without a repository, and where no squashed commit is at hand.
    pub fn of(facts: &Facts, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::History) {
            return Measured::lacks(Kind::History);
        }
        let mut result = Self::default();
        for linked in links.work().filter(|linked| !linked.own.is_empty()) {
            result.add(linked);
        }
        if result.squashed == 0 { Measured::lacks(Kind::Reviews) } else { Measured::Known(result) }
    }

    fn add(&mut self, linked: &Linked<'_>) {
        self.squashed += 1;
        let before = classes(linked.own.iter().flat_map(|commit| &commit.marks));
        let after = classes(&linked.change.marks);
        self.any.add(!before.is_empty(), !after.is_empty());
        for (share, class) in self.by_class.iter_mut().zip(CLASSES) {
            share.add(before.contains(&class), after.contains(&class));
        }
        let told = tools(linked.own.iter().flat_map(|commit| &commit.marks));
        self.added += usize::from(!tools(&linked.change.marks).is_subset(&told));
    }
}

impl Share {
    fn add(&mut self, marked: bool, kept: bool) {
        self.marked += usize::from(marked);
        self.kept += usize::from(marked && kept);
    }
}

/// Classes of the marks on a commit itself.
fn classes<'a>(marks: impl IntoIterator<Item = &'a Mark>) -> BTreeSet<MarkClass> {
    marks.into_iter().map(|mark| mark.class).filter(|class| CLASSES.contains(class)).collect()
}

/// Tools that a message names in a mark that attributes.
fn tools<'a>(marks: impl IntoIterator<Item = &'a Mark>) -> BTreeSet<&'a str> {
    let in_message = |mark: &&Mark| matches!(mark.channel, Channel::CoAuthor | Channel::Trailer | Channel::Body);
    let told = marks.into_iter().filter(in_message).filter(|mark| mark.class.attributes());
    told.map(|mark| mark.tool.as_str()).collect()
}

/// Figures.
pub(super) fn figures(all: &Measured<Survival>) -> Vec<Figure> {
    use Disclosure::Conduct;
    let share = |id: String, pick: &dyn Fn(&Survival) -> Share| {
        let value = all.map(|s| Value::share(pick(s).kept, pick(s).marked));
        Figure::new(id, "share", "method-survival", Conduct, value)
    };
    let mut figures = vec![share("ai.survival".into(), &|s| s.any)];
    for (at, class) in CLASSES.into_iter().enumerate() {
        figures.push(share(format!("ai.survival.{}", class.letter()), &|s| s.by_class[at]));
    }
    let added = all.map(|s| Value::count(s.added));
    figures.push(Figure::new("ai.added_at_squash", "changes", "method-added-at-squash", Conduct, added));
    let squashed = all.map(|s| Value::count(s.squashed));
    figures.push(Figure::new("review.squashed_known", "changes", "method-squashed-known", Conduct, squashed));
    figures
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Change;
    use crate::facts::sample::{change, facts, mark, review};
    use crate::plan::{Period, Plan};

    fn by(channel: Channel, class: MarkClass) -> Mark {
        Mark { class, channel, ..mark() }
    }

    /// One squashed change with these marks before and after.
    fn squash(before: Vec<Mark>, after: Vec<Mark>) -> Survival {
        let mut facts = facts(&[Kind::History]);
        facts.changes = vec![Change { marks: after, ..change('1', "2026-07-02T10:00:00Z") }];
        let mut review = review(1, '1');
        review.head[0].marks = before;
        facts.reviews = vec![review];
        survival(&facts).known().unwrap().clone()
    }

    fn survival(facts: &Facts) -> Measured<Survival> {
        let plan = Plan::for_repository(std::path::Path::new("shop"), Period::parse("2026-Q3").ok()).unwrap();
        Survival::of(facts, &Links::of(facts, &plan))
    }

    #[test]
    fn a_mark_that_the_squash_dropped_is_lost_and_one_that_it_kept_is_not() {
        assert_eq!(squash(vec![mark()], vec![]).any, Share { marked: 1, kept: 0 });
        assert_eq!(squash(vec![mark()], vec![mark()]).any, Share { marked: 1, kept: 1 });
        assert_eq!(squash(vec![], vec![mark()]).any, Share::default());
    }

    #[test]
    fn classes_are_lost_one_by_one() {
        let identity = by(Channel::CoAuthor, MarkClass::Identity);
        let found = squash(vec![identity.clone(), mark()], vec![identity]);
        assert_eq!(found.by_class[..2], [Share { marked: 1, kept: 1 }, Share { marked: 1, kept: 0 }]);
        assert_eq!(found.any, Share { marked: 1, kept: 1 });
    }

    #[test]
    fn a_note_on_the_landed_commit_is_not_in_the_commit() {
        assert_eq!(squash(vec![mark()], vec![by(Channel::Note, MarkClass::Note)]).any.kept, 0);
    }

    #[test]
    fn an_agent_who_wrote_a_commit_becomes_a_co_author_at_the_squash() {
        let (author, credit) = (by(Channel::Author, MarkClass::Identity), by(Channel::CoAuthor, MarkClass::Identity));
        assert_eq!(squash(vec![author], vec![credit.clone()]).added, 1);
        assert_eq!(squash(vec![credit.clone()], vec![credit]).added, 0);
    }

    #[test]
    fn a_mention_and_an_accepted_suggestion_are_no_marks_that_could_be_lost() {
        let weak = [MarkClass::Heuristic, MarkClass::SuggestionAccepted];
        assert_eq!(squash(weak.map(|class| by(Channel::Body, class)).to_vec(), vec![]).any, Share::default());
    }

    #[test]
    fn without_squashed_commits_nothing_is_known() {
        let mut facts = facts(&[Kind::History]);
        facts.changes = vec![change('1', "2026-07-02T10:00:00Z")];
        assert_eq!(survival(&facts), Measured::lacks(Kind::Reviews));
    }
}
