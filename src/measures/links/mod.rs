//! Which review belongs to which change, which marks survive only on its head commits, what a revert or an incident
//! points at.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::change::{Channel, CommitId, Mark};
use crate::facts::incident::{ChangeRef, ChangeRole};
use crate::facts::{Change, Facts, Person, Review};
use crate::plan::Plan;

/// Lowest rung of the attribution ladder that enters a headline rate.
pub const HEADLINE_LEVEL: u8 = 4;

/// A change with what is known about it from elsewhere.
#[derive(Debug, Clone)]
pub struct Linked<'a> {
    /// Position in `Facts::changes`.
    pub index: usize,
    /// The change.
    pub change: &'a Change,
    /// Its review.
    pub review: Option<&'a Review>,
    /// Marks of the landed commit and of its review's head commits.
    pub marks: Vec<Mark>,
    /// In the audited period.
    pub in_period: bool,
}

impl Linked<'_> {
    /// Has an attributing mark, on the landed commit or on a head commit.
    pub fn is_ai(&self) -> bool {
        self.marks.iter().any(|mark| mark.class.attributes())
    }

    /// Its only attributing marks are on head commits: the landed commit was stripped.
    pub fn is_recovered(&self) -> bool {
        self.is_ai() && !self.change.is_ai()
    }

    /// Neither a merge nor automation.
    pub fn is_work(&self) -> bool {
        !self.change.is_merge() && !self.change.automation
    }

    /// Everyone who made it: author, co-authors, who opened the review (the prompter of an agent) and, where its commits were
    /// squashed into it, who wrote these.
    pub fn makers(&self) -> BTreeSet<Person> {
        let opener = self.review.and_then(|review| review.author.person());
        let squashed = self.review.filter(|review| is_squash(self.change, review));
        let wrote = squashed.into_iter().flat_map(|review| &review.head).flat_map(|commit| &commit.authors);
        let own = self.change.author.into_iter().chain(opener);
        own.chain(self.change.coauthors.iter().chain(wrote).copied()).collect()
    }
}

/// All links of a run.
pub struct Links<'a> {
    /// Every change, in the order of the facts.
    pub changes: Vec<Linked<'a>>,
    by_id: Vec<BTreeMap<&'a str, usize>>,
    by_review: BTreeMap<(usize, u64), usize>,
    names: BTreeMap<&'a str, usize>,
}

impl<'a> Links<'a> {
    /// Links changes, reviews and marks.
    pub fn of(facts: &'a Facts, plan: &Plan) -> Self {
        let reviews = ReviewIndex::of(facts);
        let mut by_id = vec![BTreeMap::new(); facts.repositories.len()];
        let mut by_review = BTreeMap::new();
        let mut changes = Vec::with_capacity(facts.changes.len());
        for (index, change) in facts.changes.iter().enumerate() {
            let review = reviews.of_change(change);
            by_id[change.repository].insert(change.id.as_str(), index);
            if let Some(review) = review.filter(|_| !change.is_merge()) {
                by_review.insert((change.repository, review.number), index);
            }
            let in_period = plan.period.span.contains(change.committed.at);
            changes.push(Linked { index, change, review, marks: marks(change, review), in_period });
        }
        let names = facts.repositories.iter().enumerate().map(|(at, r)| (r.name.as_str(), at)).collect();
        Self { changes, by_id, by_review, names }
    }

    /// Work landed in the period: no merges, no automation.
    pub fn work(&self) -> impl Iterator<Item = &Linked<'a>> {
        self.changes.iter().filter(|linked| linked.in_period && linked.is_work())
    }

    /// The one change of a repository whose id begins with these digits.
    pub fn find(&self, repository: usize, id: &CommitId) -> Option<usize> {
        let ids = self.by_id.get(repository)?;
        let mut hits = ids.range(id.as_str()..).take_while(|(full, _)| full.starts_with(id.as_str()));
        let (_, first) = hits.next()?;
        (id.as_str().len() >= 7 && hits.next().is_none()).then_some(*first)
    }

    /// The change an incident's reference means: a commit id that resolves to exactly one commit, or `name#number`.
    pub fn resolve(&self, reference: &ChangeRef) -> Option<usize> {
        if let Some((name, number)) = reference.reference.split_once('#') {
            let name = if name.is_empty() { reference.repository.as_deref()? } else { name };
            return self.by_review.get(&(*self.names.get(name)?, number.parse().ok()?)).copied();
        }
        let id = CommitId::new(&reference.reference);
        let mut hits = (0..self.by_id.len()).filter_map(|repository| self.find(repository, &id));
        let hit = hits.next()?;
        hits.next().is_none().then_some(hit)
    }

    /// The changes that caused an incident, by references at headline level.
    pub fn causes(&self, references: &[ChangeRef]) -> BTreeSet<usize> {
        let named = references.iter().filter(|r| r.role == ChangeRole::Cause && r.confidence >= HEADLINE_LEVEL);
        named.filter_map(|r| self.resolve(r)).collect()
    }
}

/// Marks of the landed commit, and those that only its head commits carry. A commit that landed as it stood on the branch has
/// its own marks alone: those of its neighbours in the review are not its own.
fn marks(change: &Change, review: Option<&Review>) -> Vec<Mark> {
    let mut marks = change.marks.clone();
    let squashed = review.filter(|review| is_squash(change, review));
    for mark in squashed.into_iter().flat_map(|review| &review.head).flat_map(|commit| &commit.marks) {
        if !marks.iter().any(|known| known.tool == mark.tool && known.class == mark.class) {
            marks.push(Mark { channel: Channel::ReviewHead, ..mark.clone() });
        }
    }
    marks.sort();
    marks
}

/// The commits of the review became this one; a change that is one of them landed as it stood.
fn is_squash(change: &Change, review: &Review) -> bool {
    review.head.iter().all(|commit| commit.id != change.id)
}

/// Reviews by landed commit, by head commit and by number.
struct ReviewIndex<'a> {
    by_commit: BTreeMap<(usize, &'a str), &'a Review>,
    by_number: BTreeMap<(usize, u64), &'a Review>,
}

impl<'a> ReviewIndex<'a> {
    fn of(facts: &'a Facts) -> Self {
        let mut by_commit = BTreeMap::new();
        let mut by_number = BTreeMap::new();
        for review in facts.reviews.iter().filter(|review| review.merged.is_some()) {
            by_number.insert((review.repository, review.number), review);
            let ids = review.head.iter().map(|commit| &commit.id).chain(&review.merge_commit);
            by_commit.extend(ids.map(|id| ((review.repository, id.as_str()), review)));
        }
        Self { by_commit, by_number }
    }

    /// The commit it became or one of its head commits; else the number in the subject.
    fn of_change(&self, change: &Change) -> Option<&'a Review> {
        let by_commit = self.by_commit.get(&(change.repository, change.id.as_str()));
        let by_number = || self.by_number.get(&(change.repository, change.review_number?));
        by_commit.or_else(by_number).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::change::{MarkClass, Repository};
    use crate::facts::review::HeadCommit;
    use crate::facts::sample::{change, facts, id, mark, review};
    use crate::plan::Period;

    fn plan() -> Plan {
        Plan::for_repository(std::path::Path::new("shop"), Period::parse("2026-Q3").ok()).unwrap()
    }

    #[test]
    fn a_squashed_change_keeps_the_mark_of_its_review() {
        let mut facts = facts(&[]);
        facts.changes = vec![change('1', "2026-07-02T10:00:00Z")];
        let mut squashed = review(1, '1');
        squashed.head[0].marks = vec![mark()];
        facts.reviews = vec![squashed];
        let links = Links::of(&facts, &plan());
        assert!(links.changes[0].is_ai() && links.changes[0].is_recovered());
        assert_eq!(links.changes[0].marks[0].channel, Channel::ReviewHead);
    }

    #[test]
    fn a_commit_that_landed_unchanged_does_not_take_its_neighbours_mark() {
        let mut facts = facts(&[]);
        facts.changes = vec![change('1', "2026-07-02T10:00:00Z"), change('2', "2026-07-02T10:00:00Z")];
        let head = |digit, marks| HeadCommit { id: id(digit), committed: None, marks, authors: Vec::new() };
        let mut merged = review(1, '9');
        merged.head = vec![head('1', vec![mark()]), head('2', Vec::new())];
        facts.reviews = vec![merged];
        let links = Links::of(&facts, &plan());
        assert!(links.changes[1].review.is_some() && !links.changes[1].is_ai());
    }

    #[test]
    fn a_suggestion_that_was_accepted_does_not_attribute() {
        let mut facts = facts(&[]);
        let accepted = Mark { class: MarkClass::SuggestionAccepted, ..mark() };
        facts.changes = vec![Change { marks: vec![accepted], ..change('1', "2026-07-02T10:00:00Z") }];
        assert!(!Links::of(&facts, &plan()).changes[0].is_ai());
    }

    #[test]
    fn a_reference_is_resolved_only_when_it_means_one_commit() {
        let mut facts = facts(&[]);
        facts.repositories.push(Repository { name: "till".into(), ..Repository::default() });
        facts.changes = vec![change('1', "2026-07-02T10:00:00Z"), change('2', "2026-07-02T10:00:00Z")];
        let twin = Change { repository: 1, ..change('2', "2026-07-02T10:00:00Z") };
        facts.changes.push(twin);
        let links = Links::of(&facts, &plan());
        let named = |reference: &str| ChangeRef {
            reference: reference.into(),
            repository: None,
            role: ChangeRole::Cause,
            confidence: 5,
        };
        assert_eq!(links.resolve(&named("1111111")), Some(0));
        assert_eq!(links.resolve(&named("2222222")), None, "two repositories hold it");
        assert_eq!(links.resolve(&named("111111")), None, "six digits are too few");
        assert!(links.causes(&[ChangeRef { role: ChangeRole::Fix, ..named("1111111") }]).is_empty());
        assert_eq!(links.causes(&[named("2222222"), named("1111111")]), [0].into());
    }

    #[test]
    fn the_period_is_half_open() {
        let mut facts = facts(&[]);
        facts.changes = vec![change('1', "2026-07-01T00:00:00Z"), change('2', "2026-10-01T00:00:00Z")];
        let links = Links::of(&facts, &plan());
        assert_eq!(links.changes.iter().map(|linked| linked.in_period).collect::<Vec<_>>(), [true, false]);
    }
}
