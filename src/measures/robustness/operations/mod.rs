//! What changes reach: by class, deleted environments, small announcements, and who approved what reaches far.

pub mod approved;
pub mod minor;
pub mod reach;

use std::collections::BTreeMap;

use self::approved::{Changes, OnRecord, on_record};
use self::minor::Minor;
use self::reach::{Classes, Reach};
use crate::facts::change::OperationClass;
use crate::facts::{Facts, Kind};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::links::{Linked, Links};
use crate::plan::Plan;

/// Changes, and AI-attributed ones among them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// All.
    pub all: usize,
    /// AI-attributed.
    pub ai: usize,
}

impl Count {
    fn add(&mut self, linked: &Linked<'_>) {
        self.all += 1;
        self.ai += usize::from(linked.is_ai());
    }
}

/// Operations of the period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Operations {
    /// What the history shows; `None` without one.
    pub history: Option<History>,
    /// Environment-level operations that incidents record; `None` without records.
    pub on_record: Option<Vec<OnRecord>>,
}

/// Changes of the period, automation left out, by what they reach.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// By class.
    pub by_class: BTreeMap<OperationClass, Count>,
    /// Changes whose class the rules do not determine.
    pub undetermined: Count,
    /// Changes whose paths are not known.
    pub unread: usize,
    /// Changes that reach an environment or more, by rule.
    pub by_rule: BTreeMap<String, usize>,
    /// Changes that delete a whole environment.
    pub environment_deleted: Count,
    /// Changes that the organisation's own map classes lower than the shipped rules.
    pub lowered: usize,
    /// Environment-level changes by approval.
    pub approved: Changes,
    /// Changes announced as minor.
    pub minor: Minor,
}

impl Operations {
    /// Classes every change; unknown with neither history nor incidents.
    pub fn of(facts: &Facts, plan: &Plan, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::History) && !facts.has(Kind::Incidents) {
            return Measured::lacks(Kind::History);
        }
        Measured::Known(Self {
            history: facts.has(Kind::History).then(|| History::of(facts, links)),
            on_record: facts.has(Kind::Incidents).then(|| on_record(facts, plan)),
        })
    }
}

impl History {
    fn of(facts: &Facts, links: &Links<'_>) -> Self {
        let classes = Classes::of(facts.register.as_ref());
        let changes: Vec<(&Linked<'_>, Option<Reach>)> =
            links.work().map(|linked| (linked, classes.reach(linked.change))).collect();
        let approved = Changes::of(facts, links, &changes);
        let mut history = Self { approved, minor: Minor::of(&changes), ..Self::default() };
        for (linked, reach) in &changes {
            let Some(reach) = reach else {
                history.unread += 1;
                continue;
            };
            match reach.class {
                Some(class) => history.by_class.entry(class).or_default().add(linked),
                None => history.undetermined.add(linked),
            }
            if reach.environment_deleted {
                history.environment_deleted.add(linked);
            }
            history.lowered += usize::from(reach.lowered);
            for rule in &reach.rules {
                *history.by_rule.entry(rule.clone()).or_default() += 1;
            }
        }
        history
    }

    /// Changes of a class.
    pub fn of_class(&self, class: OperationClass) -> Count {
        self.by_class.get(&class).copied().unwrap_or_default()
    }

    /// Changes that reach an environment or more.
    pub fn environment_level(&self) -> Count {
        let high = self.by_class.iter().filter(|(class, _)| **class >= reach::ENVIRONMENT);
        high.fold(Count::default(), |sum, (_, next)| Count { all: sum.all + next.all, ai: sum.ai + next.ai })
    }
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<Operations>) -> Vec<Figure> {
    use Disclosure::{Artefact, Conduct};
    let history = all.and_then(|operations| Measured::or_lacks(operations.history.clone(), Kind::History));
    let count = |id: String, method, disclosure, pick: &dyn Fn(&History) -> usize| {
        Figure::new(id, "changes", method, disclosure, history.map(|h| Value::count(pick(h))))
    };
    let mut figures = Vec::new();
    let mut both = |id: &str, method, pick: &dyn Fn(&History) -> Count| {
        figures.push(count(format!("operations.{id}"), method, Artefact, &|h| pick(h).all));
        figures.push(count(format!("operations.{id}.ai"), method, Conduct, &|h| pick(h).ai));
    };
    for class in OperationClass::ALL {
        both(class.word(), "method-operation-class", &|h| h.of_class(class));
    }
    both("undetermined", "method-operation-undetermined", &|h| h.undetermined);
    both("environment_level", "method-environment-level", &History::environment_level);
    both("environment_deleted", "method-environment-deleted", &|h| h.environment_deleted);
    let mut one = |id: &str, method, disclosure, pick: &dyn Fn(&History) -> usize| {
        figures.push(count(format!("operations.{id}"), method, disclosure, pick));
    };
    one("unread", "method-operation-unread", Artefact, &|h| h.unread);
    one("lowered_by_own_map", "method-operation-lowered", Artefact, &|h| h.lowered);
    one("minor_announced", "method-minor-announced", Conduct, &|h| h.minor.announced);
    one("minor_beyond_reach", "method-minor-beyond", Conduct, &|h| h.minor.beyond());
    one("minor_environment_level", "method-minor-environment", Conduct, &|h| h.minor.environment_level);
    let senior = history.map(|h| Value::share(h.approved.senior, h.approved.due));
    figures.push(Figure::new("operations.senior_approved", "share", "method-senior-approved", Conduct, senior));
    figures
}
