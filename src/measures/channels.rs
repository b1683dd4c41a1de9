//! The coverage statement: through which channels a mark of AI use could have come, and how many changes could have carried
//! one. Without it a low share of AI cannot be told from a blind audit.

use std::collections::BTreeSet;

use super::Measured;
use super::figure::{Cell, Disclosure, Row, Table};
use super::links::{Linked, Links};
use crate::facts::change::{Channel, Repository};
use crate::facts::{Facts, Kind, Person};

/// A way by which a mark reaches the audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Author and committer of a commit.
    Signature,
    /// Its message.
    Message,
    /// The branch name in the subject of a merge.
    Branch,
    /// Git notes.
    Note,
    /// Agent-trace records.
    Trace,
    /// Commits of a review that were squashed.
    Head,
    /// Description and labels of a review.
    Description,
}

impl Way {
    /// All, nearest to the commit first.
    pub const ALL: [Self; 7] =
        [Self::Signature, Self::Message, Self::Branch, Self::Note, Self::Trace, Self::Head, Self::Description];

    /// The token in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Signature => "author and committer",
            Self::Message => "message",
            Self::Branch => "branch name in a merge",
            Self::Note => "git notes",
            Self::Trace => "agent-trace records",
            Self::Head => "squashed commits",
            Self::Description => "review description and labels",
        }
    }

    fn of(channel: Channel) -> Self {
        match channel {
            Channel::Author | Channel::Committer => Self::Signature,
            Channel::CoAuthor | Channel::Trailer | Channel::Body => Self::Message,
            Channel::Branch => Self::Branch,
            Channel::Note | Channel::OlderNote => Self::Note,
            Channel::Trace => Self::Trace,
            Channel::ReviewHead | Channel::CloneHead => Self::Head,
            Channel::ReviewText => Self::Description,
        }
    }
}

/// One way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Which.
    pub way: Way,
    /// Repositories in which it was there to be read.
    pub repositories: usize,
    /// Changes of the period in these repositories; merges for the names of branches.
    pub could: usize,
    /// Of these, those with a mark that came this way.
    pub marked: usize,
    /// People who committed to these repositories in the period.
    people: BTreeSet<Person>,
    /// People who committed to the repository with the fewest of them, where the way leaves out a repository: the row is then a
    /// cut by repository.
    apart: BTreeSet<Person>,
}

/// All ways.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Channels {
    /// Repositories that were read.
    pub repositories: usize,
    /// In the order of [`Way::ALL`].
    pub ways: Vec<Coverage>,
}

/// One repository in the period.
#[derive(Clone, Default)]
struct Seen {
    changes: usize,
    merges: usize,
    heads: bool,
    people: BTreeSet<Person>,
}

impl Channels {
    /// Counts; unknown without a repository.
    pub fn of(facts: &Facts, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::History) {
            return Measured::lacks(Kind::History);
        }
        let seen = seen(facts, links);
        let read: Vec<usize> = (0..seen.len()).filter(|at| !facts.repositories[*at].head.is_empty()).collect();
        let ways = Way::ALL.into_iter().map(|way| coverage(way, &read, &facts.repositories, &seen, links));
        Measured::Known(Self { repositories: read.len(), ways: ways.collect() })
    }

    /// One way.
    pub fn way(&self, way: Way) -> Option<&Coverage> {
        self.ways.iter().find(|coverage| coverage.way == way)
    }
}

fn seen(facts: &Facts, links: &Links<'_>) -> Vec<Seen> {
    let mut seen = vec![Seen::default(); facts.repositories.len()];
    for (seen, repository) in seen.iter_mut().zip(&facts.repositories) {
        seen.heads = repository.heads_present;
    }
    for review in facts.reviews.iter().filter(|review| !review.head.is_empty()) {
        seen[review.repository].heads = true;
    }
    for linked in links.changes.iter().filter(|linked| linked.in_period) {
        let of = &mut seen[linked.change.repository];
        of.changes += usize::from(!linked.change.is_merge());
        of.merges += usize::from(linked.change.is_merge());
        of.people.extend(linked.change.author.into_iter().chain(linked.change.committer));
    }
    seen
}

fn coverage(way: Way, read: &[usize], repositories: &[Repository], seen: &[Seen], links: &Links<'_>) -> Coverage {
    let (with, without): (Vec<usize>, Vec<usize>) =
        read.iter().partition(|at| is_there(way, &repositories[**at], &seen[**at]));
    let count = |at: &usize| if way == Way::Branch { seen[*at].merges } else { seen[*at].changes };
    let smallest = || {
        let groups = read.iter().map(|at| &seen[*at].people).filter(|people| !people.is_empty());
        groups.min_by_key(|people| people.len()).cloned()
    };
    let is_cut = !with.is_empty() && !without.is_empty();
    let marked = links.changes.iter().filter(|linked| linked.in_period && carries(way, linked));
    Coverage {
        way,
        repositories: with.len(),
        could: with.iter().map(count).sum(),
        marked: marked.count(),
        people: with.iter().flat_map(|at| &seen[*at].people).copied().collect(),
        apart: is_cut.then(smallest).flatten().unwrap_or_default(),
    }
}

fn is_there(way: Way, repository: &Repository, seen: &Seen) -> bool {
    match way {
        Way::Signature | Way::Message => true,
        Way::Branch => seen.merges > 0,
        Way::Note => repository.notes.is_some(),
        Way::Trace => repository.traces.is_some(),
        Way::Head => seen.heads,
        Way::Description => repository.descriptions_read,
    }
}

/// Whether a mark came this way, be it the only way or not. One that only mentions a tool counts for the names of branches, which
/// hold no other.
fn carries(way: Way, linked: &Linked<'_>) -> bool {
    if linked.change.is_merge() != (way == Way::Branch) {
        return false;
    }
    match way {
        Way::Head => linked.own.iter().flat_map(|commit| &commit.marks).any(|mark| mark.class.attributes()),
        Way::Description => linked.told().any(|mark| mark.class.attributes()),
        Way::Branch => linked.marks.iter().any(|mark| Way::of(mark.channel) == way),
        _ => linked.marks.iter().any(|mark| mark.class.attributes() && Way::of(mark.channel) == way),
    }
}

/// The table. It tells of AI use in parts of the organisation, and is cleared as such.
pub(super) fn tables(all: &Measured<Channels>) -> Vec<Table> {
    let Some(channels) = all.known() else { return Vec::new() };
    let rows = channels.ways.iter().map(|coverage| {
        let number = |n: usize| Cell::Number(Measured::Known(n as f64), coverage.people.clone());
        Row {
            label: coverage.way.word().to_owned(),
            cells: vec![
                Cell::Text(format!("{}/{}", coverage.repositories, channels.repositories)),
                number(coverage.could),
                number(coverage.marked),
            ],
            apart: coverage.apart.clone(),
        }
    });
    vec![Table {
        id: "attribution-channels",
        columns: vec!["channel", "repositories-with-it", "could-carry", "ai-attributed"],
        rows: rows.collect(),
        disclosure: Disclosure::Conduct,
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Change;
    use crate::facts::change::{Mark, MarkClass};
    use crate::facts::record::Notes;
    use crate::facts::sample::{change, facts, id, mark, review};
    use crate::plan::{Period, Plan};

    fn two_repositories() -> Facts {
        let mut facts = facts(&[Kind::History]);
        facts.repositories[0].head = "1".repeat(40);
        let till = Repository {
            name: "till".into(),
            head: "2".repeat(40),
            notes: Some(Notes::default()),
            ..Repository::default()
        };
        facts.repositories.push(till);
        facts.changes = vec![
            change('1', "2026-07-02T10:00:00Z"),
            Change { repository: 1, author: Some(Person::new(7)), ..change('2', "2026-07-02T10:00:00Z") },
            Change { repository: 1, author: Some(Person::new(8)), ..change('3', "2026-07-02T10:00:00Z") },
        ];
        facts
    }

    fn channels(facts: &Facts) -> Channels {
        let plan = Plan::for_repository(std::path::Path::new("shop"), Period::parse("2026-Q3").ok()).unwrap();
        Channels::of(facts, &Links::of(facts, &plan)).known().unwrap().clone()
    }

    fn numbers(channels: &Channels, way: Way) -> (usize, usize, usize) {
        let found = channels.way(way).unwrap();
        (found.repositories, found.could, found.marked)
    }

    #[test]
    fn what_was_not_read_could_not_have_carried_a_mark() {
        let mut facts = two_repositories();
        facts.changes[1].marks = vec![Mark { class: MarkClass::Note, channel: Channel::Note, ..mark() }];
        let found = channels(&facts);
        assert_eq!(numbers(&found, Way::Message), (2, 3, 0));
        assert_eq!(numbers(&found, Way::Note), (1, 2, 1));
        for absent in [Way::Branch, Way::Trace, Way::Head, Way::Description] {
            assert_eq!(numbers(&found, absent), (0, 0, 0), "{absent:?}");
        }
    }

    #[test]
    fn a_mark_that_came_by_two_ways_counts_under_both() {
        let mut facts = two_repositories();
        let mut squashed = review(1, '1');
        squashed.head[0].marks = vec![mark()];
        squashed.marks = vec![mark()];
        facts.reviews = vec![squashed];
        facts.repositories[0].descriptions_read = true;
        facts.changes[0].marks = vec![mark()];
        let found = channels(&facts);
        for way in [Way::Head, Way::Description] {
            assert_eq!(numbers(&found, way), (1, 1, 1), "{way:?}");
        }
        assert_eq!(numbers(&found, Way::Message), (2, 3, 1));
    }

    #[test]
    fn the_name_of_a_branch_is_counted_over_merges() {
        let mut facts = two_repositories();
        let named = Mark { class: MarkClass::Heuristic, channel: Channel::Branch, ..mark() };
        facts.changes[0] =
            Change { parents: vec![id('4'), id('5')], marks: vec![named], ..change('1', "2026-07-02T10:00:00Z") };
        assert_eq!(numbers(&channels(&facts), Way::Branch), (1, 1, 1));
    }

    #[test]
    fn a_row_that_leaves_out_a_repository_is_as_small_as_the_smallest_of_them() {
        let tables = tables(&Measured::Known(channels(&two_repositories())));
        let row = |label: &str| tables[0].rows.iter().find(|row| row.label == label).unwrap();
        assert_eq!(row("git notes").apart, BTreeSet::from([Person::new(1)]));
        assert_eq!(row("message").apart, BTreeSet::new());
    }

    #[test]
    fn a_repository_that_could_not_be_read_is_not_counted() {
        let mut facts = two_repositories();
        facts.repositories.push(Repository { name: "dark".into(), ..Repository::default() });
        assert_eq!(channels(&facts).repositories, 2);
    }
}
