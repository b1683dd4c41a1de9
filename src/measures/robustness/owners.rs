//! Whether those who own what a change touches approved it.

use std::collections::{BTreeMap, BTreeSet};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::approvals::Approvals;
use super::authorisation::observed;
use crate::facts::change::OwnerRule;
use crate::facts::{Facts, Kind, Person};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::links::{Linked, Links};

/// Changes of the period that touch an owned path, automation left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OwnerApprovals {
    /// An owner of each of their owned paths approved them.
    pub approved: usize,
    /// No other owner approved, but an owner made them: platforms take that for an approval.
    pub made: usize,
    /// No owner of one of their owned paths approved or made them.
    pub not_approved: usize,
    /// A group nobody can resolve, an owner who appears nowhere else, paths or reviews that are not known.
    pub unknown: usize,
}

/// What is on record about one change; the worst of its paths decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Approved,
    Made,
    Unknown,
    NotApproved,
}

impl OwnerApprovals {
    /// Counts; unknown without a history, a list of owners or a record of reviews.
    pub fn of(facts: &Facts, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::History) {
            return Measured::lacks(Kind::History);
        }
        let lists: BTreeMap<usize, Ownership<'_>> = facts
            .repositories
            .iter()
            .enumerate()
            .filter_map(|(at, repository)| Some((at, Ownership::new(repository.owners.as_deref()?))))
            .collect();
        if lists.is_empty() {
            return Measured::lacks(Kind::Owners);
        }
        let observed = observed(facts, links);
        if observed.is_empty() {
            return Measured::lacks(Kind::Reviews);
        }
        let people = People::of(facts);
        let mut count = Self::default();
        for linked in links.work() {
            let Some(list) = lists.get(&linked.change.repository) else { continue };
            let Some(outcome) = list.outcome(linked, &people) else { continue };
            let outcome = if observed.contains(&linked.change.repository) { outcome } else { Outcome::Unknown };
            match outcome {
                Outcome::Approved => count.approved += 1,
                Outcome::Made => count.made += 1,
                Outcome::Unknown => count.unknown += 1,
                Outcome::NotApproved => count.not_approved += 1,
            }
        }
        Measured::Known(count)
    }
}

/// The rules of one repository, ready for many paths.
struct Ownership<'a> {
    rules: &'a [OwnerRule],
    /// `None`: the patterns together are more than can be matched.
    patterns: Option<GlobSet>,
}

impl<'a> Ownership<'a> {
    fn new(rules: &'a [OwnerRule]) -> Self {
        let mut set = GlobSetBuilder::new();
        let added = rules.iter().try_for_each(|rule| {
            let glob = GlobBuilder::new(&rule.pattern).literal_separator(true).build()?;
            set.add(glob);
            Ok::<_, globset::Error>(())
        });
        Self { rules, patterns: added.and_then(|()| set.build()).ok() }
    }

    /// `None`: it touches nothing that is owned.
    fn outcome(&self, linked: &Linked<'_>, people: &People<'_>) -> Option<Outcome> {
        let (Some(paths), Some(patterns)) = (&linked.change.paths, &self.patterns) else {
            return Some(Outcome::Unknown);
        };
        let deciding: BTreeSet<usize> =
            paths.iter().flat_map(|path| self.deciding(&patterns.matches(&path.path))).collect();
        let (approvers, makers) = (Approvals::of(linked).people(), linked.makers());
        let day = linked.change.committed.at.to_zoned(TimeZone::UTC).date();
        deciding.into_iter().map(|rule| people.outcome(&self.rules[rule], &approvers, &makers, day)).max()
    }

    /// Of the rules that match a path, in order: the last of each section, where it names somebody and nothing excludes it.
    fn deciding(&self, hits: &[usize]) -> Vec<usize> {
        let mut last: BTreeMap<usize, Option<usize>> = BTreeMap::new();
        for hit in hits {
            let rule = &self.rules[*hit];
            let decided = last.entry(rule.section).or_insert(Some(*hit));
            // What is excluded stays so.
            *decided = decided.filter(|_| !rule.excludes).map(|_| *hit);
        }
        let names_somebody = |rule: &usize| !self.rules[*rule].people.is_empty() || !self.rules[*rule].teams.is_empty();
        last.into_values().flatten().filter(names_somebody).collect()
    }
}

/// Who is in which group, and who appears anywhere but in the lists of owners.
struct People<'a> {
    facts: &'a Facts,
    known: BTreeSet<Person>,
}

impl<'a> People<'a> {
    fn of(facts: &'a Facts) -> Self {
        let mut known: BTreeSet<Person> = facts.memberships.iter().map(|row| row.person).collect();
        for change in &facts.changes {
            known.extend(change.author.into_iter().chain(change.committer));
            known.extend(change.coauthors.iter().chain(&change.reviewed_by));
        }
        for review in &facts.reviews {
            let actors = review.events.iter().map(|event| event.actor).chain([review.author, review.merged_by]);
            known.extend(actors.filter_map(crate::facts::review::Actor::person));
        }
        Self { facts, known }
    }

    fn outcome(&self, rule: &OwnerRule, approvers: &BTreeSet<Person>, makers: &BTreeSet<Person>, day: Date) -> Outcome {
        let mut owners = rule.people.clone();
        let mut is_resolved = rule.people.iter().all(|person| self.known.contains(person));
        for team in &rule.teams {
            let members: BTreeSet<Person> = self.members(team, day).collect();
            is_resolved &= !members.is_empty();
            owners.extend(members);
        }
        if !owners.is_disjoint(approvers) {
            Outcome::Approved
        } else if !owners.is_disjoint(makers) {
            Outcome::Made
        } else if is_resolved {
            Outcome::NotApproved
        } else {
            Outcome::Unknown
        }
    }

    fn members(&self, team: &str, day: Date) -> impl Iterator<Item = Person> {
        let name = slug(team);
        let rows = self.facts.memberships.iter().filter(move |row| slug(&row.team) == name && row.holds_on(day));
        rows.map(|row| row.person)
    }
}

/// As platforms make a name of a group into an address: `Web Shop` is `web-shop`.
fn slug(name: &str) -> String {
    name.trim().chars().map(|c| if c.is_whitespace() { '-' } else { c }).collect::<String>().to_lowercase()
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<OwnerApprovals>) -> Vec<Figure> {
    let conduct = |id, unit, method, value| Figure::new(id, unit, method, Disclosure::Conduct, value);
    let share = all.and_then(|count| match (count.approved + count.not_approved, count.unknown) {
        (0, unknown) if unknown > 0 => Measured::lacks(Kind::People),
        (known, _) => Measured::Known(Value::share(count.approved, known)),
    });
    let count = |pick: fn(&OwnerApprovals) -> usize| all.map(|count| Value::count(pick(count)));
    vec![
        conduct("review.owner_approved", "share", "method-owner-approved", share),
        conduct("review.owner_made", "changes", "method-owner-made", count(|c| c.made)),
        conduct("review.owner_unknown", "changes", "method-owner-unknown", count(|c| c.unknown)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::sample::{approval, change, facts, path, review};
    use crate::facts::{Change, Membership};
    use crate::plan::{Period, Plan};

    fn rule(pattern: &str, people: &[u32], teams: &[&str]) -> OwnerRule {
        OwnerRule {
            pattern: pattern.into(),
            people: people.iter().map(|number| Person::new(*number)).collect(),
            teams: teams.iter().map(|team| (*team).to_owned()).collect(),
            ..OwnerRule::default()
        }
    }

    /// A change of `src/a` by person 1 that person 2 approved, under these rules. Persons 3 and 4 committed before.
    fn under(rules: Vec<OwnerRule>) -> Facts {
        let before = |digit, person| Change {
            author: Some(Person::new(person)),
            committer: Some(Person::new(person)),
            ..change(digit, "2026-06-02T10:00:00Z")
        };
        let mut reviewed = review(1, '1');
        reviewed.events.push(approval(2, "2026-07-01T10:00:00Z"));
        let mut facts = Facts {
            changes: vec![change('1', "2026-07-02T10:00:00Z"), before('3', 3), before('4', 4)],
            reviews: vec![reviewed],
            ..facts(&[Kind::History, Kind::Reviews])
        };
        facts.repositories[0].reviews_read = true;
        facts.repositories[0].owners = Some(rules);
        facts
    }

    fn measured(facts: &Facts) -> Measured<OwnerApprovals> {
        let plan = Plan::for_repository(std::path::Path::new("shop"), Period::parse("2026-Q3").ok()).unwrap();
        OwnerApprovals::of(facts, &Links::of(facts, &plan))
    }

    /// Approved, made, not approved, unknown.
    fn counted(facts: &Facts) -> [usize; 4] {
        let count = *measured(facts).known().unwrap();
        [count.approved, count.made, count.not_approved, count.unknown]
    }

    fn member(person: u32, team: &str, from: Option<&str>) -> Membership {
        Membership {
            person: Person::new(person),
            team: team.into(),
            senior: None,
            reviewer: None,
            time_zone: None,
            from: from.map(|day| day.parse().unwrap()),
            until: None,
        }
    }

    #[test]
    fn an_owners_approval_counts_and_somebody_elses_does_not() {
        assert_eq!(counted(&under(vec![rule("**/*", &[2], &[])])), [1, 0, 0, 0]);
        assert_eq!(counted(&under(vec![rule("**/*", &[3], &[])])), [0, 0, 1, 0]);
        assert_eq!(counted(&under(vec![rule("**/*", &[1, 3], &[])])), [0, 1, 0, 0], "made by an owner");
    }

    #[test]
    fn the_last_rule_decides_and_every_path_needs_its_owner() {
        assert_eq!(counted(&under(vec![rule("**/*", &[3], &[]), rule("src/**", &[2], &[])])), [1, 0, 0, 0]);
        assert_eq!(counted(&under(vec![rule("**/*", &[3], &[]), rule("src/**", &[], &[])])), [0; 4], "owned by nobody");
        let mut two = under(vec![rule("src/**", &[2], &[]), rule("docs/**", &[3], &[])]);
        two.changes[0].paths = Some(vec![path("src/a", 1, 0), path("docs/b", 1, 0)]);
        assert_eq!(counted(&two), [0, 0, 1, 0]);
    }

    #[test]
    fn sections_decide_each_for_itself_and_what_is_excluded_stays_so() {
        let second = OwnerRule { section: 1, ..rule("src/**", &[3], &[]) };
        assert_eq!(counted(&under(vec![rule("**/*", &[2], &[]), second.clone()])), [0, 0, 1, 0]);
        let excluded = OwnerRule { section: 1, excludes: true, ..rule("src/*", &[], &[]) };
        assert_eq!(counted(&under(vec![rule("**/*", &[2], &[]), excluded, second])), [1, 0, 0, 0]);
    }

    #[test]
    fn a_group_is_that_of_the_people_list_on_that_day() {
        let mut facts = under(vec![rule("**/*", &[], &["web-shop"])]);
        assert_eq!(counted(&facts), [0, 0, 0, 1], "nobody can resolve it");
        assert_eq!(figures(&measured(&facts))[0].value, Measured::lacks(Kind::People));
        facts.memberships = vec![member(3, "Web Shop", None)];
        assert_eq!(counted(&facts), [0, 0, 1, 0]);
        facts.memberships.push(member(2, "Web Shop", Some("2026-08-01")));
        assert_eq!(counted(&facts), [0, 0, 1, 0], "not yet a member");
        facts.memberships[1].from = None;
        assert_eq!(counted(&facts), [1, 0, 0, 0]);
    }

    #[test]
    fn an_owner_who_appears_nowhere_may_have_approved_under_another_name() {
        assert_eq!(counted(&under(vec![rule("**/*", &[9], &[])])), [0, 0, 0, 1]);
        assert_eq!(counted(&under(vec![rule("**/*", &[9, 2], &[])])), [1, 0, 0, 0]);
    }

    #[test]
    fn without_paths_reviews_or_a_list_nothing_is_known() {
        let mut facts = under(vec![rule("**/*", &[2], &[])]);
        facts.changes[0].paths = None;
        assert_eq!(counted(&facts), [0, 0, 0, 1]);
        facts.repositories[0].reviews_read = false;
        assert_eq!(measured(&facts), Measured::lacks(Kind::Reviews));
        facts.repositories[0].owners = None;
        assert_eq!(measured(&facts), Measured::lacks(Kind::Owners));
        facts.read.clear();
        assert_eq!(measured(&facts), Measured::lacks(Kind::History));
    }
}
