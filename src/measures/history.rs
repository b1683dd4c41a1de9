//! Commits, AI marks and reverts of the period.

use std::collections::{BTreeMap, BTreeSet};

use super::figure::{Cell, Disclosure, Figure, Row, Table, Value};
use super::links::{Linked, Links};
use super::{Measured, Measures};
use crate::facts::change::{MarkClass, SettingFound};
use crate::facts::record::Notes;
use crate::facts::{Facts, Kind, Person, Repository};
use crate::plan::Plan;

/// Counts of the period.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Commits reachable from the audited tips.
    pub commits: usize,
    /// Those with two or more parents.
    pub merges: usize,
    /// The rest.
    pub changes: usize,
    /// Changes by automation.
    pub automation: usize,
    /// Changes with a mark of class I, S, D or N.
    pub ai: usize,
    /// Of these, marked only on the head commits of their review.
    pub recovered: usize,
    /// Changes whose marks stand only in heads or older records that the clone holds; not attributed.
    pub apart: usize,
    /// Changes with a mark of class X.
    pub accepted: usize,
    /// Changes with a mark of class H.
    pub mentioned: usize,
    /// Attributed changes by tool.
    pub by_tool: BTreeMap<String, usize>,
    /// Reverts by body, by subject and of an attributed change.
    pub reverts: (usize, usize, usize),
    /// Changes and attributed changes by month.
    pub by_month: BTreeMap<String, MonthCount>,
    /// Changes and attributed changes by team, with the people behind each; `None` holds what belongs to no team.
    pub by_team: BTreeMap<Option<String>, TeamCount>,
    /// People who committed.
    pub committers: BTreeSet<Person>,
    /// Settings that switch marks off, by repository.
    pub attribution_off: Vec<(String, SettingFound)>,
    /// Settings and jobs that may do so, by repository.
    pub attribution_unclear: Vec<(String, SettingFound)>,
    /// Repositories whose history is cut off.
    pub truncated: usize,
    /// Git notes about AI use of all repositories that have any.
    pub notes: Option<Notes>,
}

/// One team's changes.
#[derive(Debug, Clone, Default)]
pub struct TeamCount {
    /// All, with their authors.
    pub changes: (usize, BTreeSet<Person>),
    /// Attributed, with their makers.
    pub ai: (usize, BTreeSet<Person>),
    /// Makers of the rest.
    pub rest: BTreeSet<Person>,
}

/// One month's changes.
#[derive(Debug, Clone, Default)]
pub struct MonthCount {
    /// All.
    pub changes: usize,
    /// Attributed.
    pub ai: usize,
    /// People who committed in the month.
    pub committers: BTreeSet<Person>,
}

impl History {
    /// Counts; unknown without a readable repository.
    pub fn of(facts: &Facts, plan: &Plan, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::History) {
            return Measured::lacks(Kind::History);
        }
        let mut history = Self {
            attribution_off: settings(facts, |repository| &repository.attribution_off),
            attribution_unclear: settings(facts, |repository| &repository.attribution_unclear),
            notes: notes(facts),
            truncated: facts.repositories.iter().filter(|r| r.truncated).count(),
            by_month: months(plan),
            ..Self::default()
        };
        for linked in links.changes.iter().filter(|linked| linked.in_period) {
            history.add(facts, linked);
        }
        let reverts = links.reverts.all.iter().filter(|revert| {
            let linked = &links.changes[revert.index];
            linked.in_period && !linked.change.is_merge()
        });
        history.reverts.2 = reverts.filter(|revert| revert.undoes.iter().any(|at| links.changes[*at].is_ai())).count();
        Measured::Known(history)
    }

    fn add(&mut self, facts: &Facts, linked: &Linked<'_>) {
        let change = linked.change;
        self.commits += 1;
        let committers = || change.author.into_iter().chain(change.committer);
        self.committers.extend(committers());
        let month = self.by_month.entry(month_of(change.committed.at)).or_default();
        month.committers.extend(committers());
        if change.is_merge() {
            self.merges += 1;
            return;
        }
        self.changes += 1;
        self.automation += usize::from(change.automation);
        let ai = linked.is_ai();
        self.ai += usize::from(ai);
        self.recovered += usize::from(linked.is_recovered());
        self.apart += usize::from(linked.is_marked_apart());
        let has = |class| linked.marks.iter().any(|mark| mark.class == class);
        self.accepted += usize::from(has(MarkClass::SuggestionAccepted));
        self.mentioned += usize::from(has(MarkClass::Heuristic));
        let tools: BTreeSet<&str> = linked.marks.iter().filter(|m| m.attributes()).map(|m| m.tool.as_str()).collect();
        for tool in tools {
            *self.by_tool.entry(tool.to_owned()).or_default() += 1;
        }
        self.reverts.0 += usize::from(!change.reverts.is_empty());
        self.reverts.1 += usize::from(change.revert_subject);
        month.changes += 1;
        month.ai += usize::from(ai);
        let count = self.by_team.entry(facts.repositories[change.repository].team.clone()).or_default();
        count.changes.0 += 1;
        count.changes.1.extend(linked.makers());
        if ai {
            count.ai.0 += 1;
            count.ai.1.extend(linked.makers());
        } else {
            count.rest.extend(linked.makers());
        }
    }
}

/// Settings of all repositories, with the repository's name.
fn settings(facts: &Facts, pick: fn(&Repository) -> &[SettingFound]) -> Vec<(String, SettingFound)> {
    let of = |repository: &Repository| {
        let name = repository.name.clone();
        pick(repository).iter().map(|setting| (name.clone(), setting.clone())).collect::<Vec<_>>()
    };
    facts.repositories.iter().flat_map(of).collect()
}

/// Notes of all repositories together; `None` when none of them has such a ref.
fn notes(facts: &Facts) -> Option<Notes> {
    facts.repositories.iter().filter_map(|repository| repository.notes).reduce(Notes::plus)
}

fn month_of(at: jiff::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::UTC).strftime("%Y-%m").to_string()
}

/// Every month of a period of at most two years, so that an empty month is a visible 0; longer periods list the
/// months that hold a commit.
fn months(plan: &Plan) -> BTreeMap<String, MonthCount> {
    let period = &plan.period;
    if period.span.days() > 731.0 {
        return BTreeMap::new();
    }
    let starts = (0..25).filter_map(|n| period.first.first_of_month().checked_add(jiff::Span::new().months(n)).ok());
    starts.take_while(|d| *d < period.until).map(|d| (d.strftime("%Y-%m").to_string(), MonthCount::default())).collect()
}

/// Figures.
pub(super) fn figures(history: &Measured<History>) -> Vec<Figure> {
    use Disclosure::{Artefact, Conduct};
    let figure = |id: &str, unit, method, disclosure, pick: &dyn Fn(&History) -> usize| {
        Figure::new(id, unit, method, disclosure, history.map(|h| Value::count(pick(h))))
    };
    let mut all = vec![
        figure("history.commits", "commits", "method-commits", Artefact, &|h| h.commits),
        figure("history.merges", "commits", "method-merges", Artefact, &|h| h.merges),
        figure("history.changes", "changes", "method-changes", Artefact, &|h| h.changes),
        figure("history.automation", "changes", "method-automation", Artefact, &|h| h.automation),
        figure("ai.attributed", "changes", "method-attributed", Conduct, &|h| h.ai),
        figure("ai.recovered_from_reviews", "changes", "method-recovered", Conduct, &|h| h.recovered),
        figure("ai.marked_apart", "changes", "method-marked-apart", Conduct, &|h| h.apart),
        figure("ai.suggestion_accepted", "changes", "method-accepted", Conduct, &|h| h.accepted),
        figure("ai.mentioned", "changes", "method-mentioned", Conduct, &|h| h.mentioned),
        figure("reverts.body", "changes", "method-reverts-body", Artefact, &|h| h.reverts.0),
        figure("reverts.subject", "changes", "method-reverts-subject", Artefact, &|h| h.reverts.1),
        figure("reverts.of_ai", "changes", "method-reverts-of-ai", Conduct, &|h| h.reverts.2),
    ];
    for (tool, count) in history.known().into_iter().flat_map(|h| &h.by_tool) {
        let value = Measured::Known(Value::count(*count));
        all.push(Figure::new(format!("ai.tool.{tool}"), "changes", "method-tool", Conduct, value));
    }
    let notes = |id: &str, pick: fn(&Notes) -> usize| {
        let count = |notes: &Notes| Value::count(pick(notes));
        let value = history.and_then(|h| Measured::or_lacks(h.notes.as_ref().map(count), Kind::Notes));
        Figure::new(id, "notes", "method-notes", Conduct, value)
    };
    all.push(notes("ai.notes.records", |n| n.records));
    all.push(notes("ai.notes.on_history", |n| n.on_history));
    all.push(notes("ai.notes.transcripts", |n| n.transcripts));
    all
}

/// Tables.
pub(super) fn tables(history: &Measured<History>) -> Vec<Table> {
    let Some(history) = history.known() else { return Vec::new() };
    let number = |n: usize, people: &BTreeSet<Person>| Cell::Number(Measured::Known(n as f64), people.clone());
    let plain = |n: usize| number(n, &BTreeSet::new());
    let row = |label: &str, cells| Row { label: label.to_owned(), cells, apart: BTreeSet::new() };
    let months = history.by_month.iter().map(|(month, count)| {
        row(month, vec![number(count.changes, &count.committers), number(count.ai, &count.committers)])
    });
    let tools = history.by_tool.iter().map(|(tool, n)| row(tool, vec![plain(*n)]));
    // What belongs to no team is a row too: else the published total less the rows would tell it whatever its size.
    let has_teams = history.by_team.keys().any(Option::is_some);
    let teams = history.by_team.iter().filter(|_| has_teams).map(|(team, count)| Row {
        apart: count.rest.clone(),
        ..row(
            team.as_deref().unwrap_or("no team"),
            vec![number(count.changes.0, &count.changes.1), number(count.ai.0, &count.ai.1)],
        )
    });
    vec![
        Table {
            id: "changes-by-month",
            columns: vec!["month", "changes", "ai-attributed"],
            rows: months.collect(),
            disclosure: Disclosure::Conduct,
        },
        Table {
            id: "ai-by-tool",
            columns: vec!["tool", "ai-attributed"],
            rows: tools.collect(),
            disclosure: Disclosure::Conduct,
        },
        Table {
            id: "changes-by-team",
            columns: vec!["team", "changes", "ai-attributed"],
            rows: teams.collect(),
            disclosure: Disclosure::Group,
        },
    ]
}

impl Measures {
    /// People who committed in the period: the population behind every conduct figure.
    pub fn committers(&self) -> usize {
        self.history.known().map_or(0, |history| history.committers.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::sample::{change, facts, mark};
    use crate::facts::{Change, Kind};

    #[test]
    fn rows_of_teams_add_up_to_all_changes_and_know_who_is_behind_the_rest() {
        let mut facts = facts(&[Kind::History]);
        facts.repositories.push(Repository { name: "till".into(), team: Some("till".into()), ..Repository::default() });
        let marked = Change { marks: vec![mark()], ..change('2', "2026-07-02T10:00:00Z") };
        facts.changes = vec![
            change('1', "2026-07-02T10:00:00Z"),
            Change { repository: 1, ..marked },
            Change { repository: 1, author: Some(Person::new(7)), ..change('3', "2026-07-02T10:00:00Z") },
        ];
        let plan =
            Plan::for_repository(std::path::Path::new("shop"), crate::plan::Period::parse("2026-Q3").ok()).unwrap();
        let history = History::of(&facts, &plan, &Links::of(&facts, &plan));
        let tables = tables(&history);
        let teams = tables.iter().find(|table| table.id == "changes-by-team").unwrap();
        let labels: Vec<&str> = teams.rows.iter().map(|row| row.label.as_str()).collect();
        assert_eq!(labels, ["no team", "till"]);
        assert_eq!(teams.rows[1].apart, BTreeSet::from([Person::new(7)]));
    }
}
