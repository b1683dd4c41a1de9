//! The single exit. What leaves here may be read by anybody; nothing else leaves.
//!
//! [`Cleared`] can only be made in this module, so a renderer cannot print what did not pass:
//!
//! ```compile_fail
//! let forged = countersign::privacy::Cleared(1);
//! ```
//!
//! The rules: totals about artefacts are always shown; conduct of the organisation (reviews, guardrails, AI use) when the
//! period is at least a month and at least k people committed in it, or the history is public already; what is cut by group or
//! derived from people when at least k distinct people are behind it. There is one gate and one k for all editions, because two
//! rules could be subtracted from one another.

mod checks;
mod tables;

use std::collections::BTreeSet;

use crate::checks::Judged;
use crate::draft::{Draft, Summary, summary};
use crate::facts::{Input, Kind, Refused};
use crate::measures::figure::Disclosure;
use crate::measures::surveillance::firewall::Path;
use crate::measures::{Figure, Measured, Value};
use crate::message::{Arg, Message};
use crate::plan::{Period, Plan};

pub use tables::{ShownCell, ShownRow, ShownTable};

/// Something that passed the gate.
#[derive(Debug, Clone)]
pub struct Cleared<T>(T);

impl<T> Cleared<T> {
    /// What passed.
    pub fn get(&self) -> &T {
        &self.0
    }
}

/// A figure after the gate: no person is left in it.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownFigure {
    /// Stable id.
    pub id: String,
    /// Unit word.
    pub unit: &'static str,
    /// Message id of the definition.
    pub method: &'static str,
    /// Message id of what a reader must know before using it, where something is.
    pub caveat: Option<&'static str>,
    /// Disclosure word.
    pub disclosure: &'static str,
    /// The number, or why there is none.
    pub state: Shown,
}

/// A number, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// Known.
    Known(Value),
    /// Missing.
    Unknown(Vec<Kind>),
    /// Hidden.
    Withheld,
}

/// A report that may be published.
#[derive(Debug, Clone)]
pub struct Publication {
    /// Figures, withheld ones included as such.
    pub figures: Vec<ShownFigure>,
    /// Tables.
    pub tables: Vec<ShownTable>,
    /// The judged catalogue.
    pub checks: Vec<Judged>,
    /// First page.
    pub summary: Summary,
    /// Ways through the wall.
    pub firewall: Vec<Path>,
    /// What was read.
    pub inputs: Vec<Input>,
    /// How many commits and reviews each repository holds is a cut by repository, and one of them is a small group's.
    pub hides_records: bool,
    /// How many guardrail events were read is a total of conduct: an export of bypasses holds as many as there were.
    pub hides_events: bool,
    /// What was refused.
    pub refused: Vec<Refused>,
    /// What the inputs could show.
    pub coverage: Vec<Message>,
    /// Withheld figures and cells, by id.
    pub withheld: Vec<String>,
}

/// What decides about totals of conduct.
struct Rules {
    k: usize,
    long_enough: bool,
    conduct: bool,
    public: bool,
}

impl Rules {
    fn of(plan: &Plan, committers: usize) -> Self {
        let k = plan.privacy.k as usize;
        let long_enough = at_least_a_month(&plan.period);
        let public = plan.privacy.history_is_public;
        Self { k, long_enough, conduct: public || (long_enough && committers >= k), public }
    }

    fn allows(&self, disclosure: Disclosure, people: usize) -> bool {
        match disclosure {
            Disclosure::Artefact => true,
            Disclosure::Conduct => self.conduct,
            Disclosure::Group | Disclosure::PersonDerived => self.long_enough && people >= self.k,
        }
    }
}

/// Lets through what may be shown.
pub fn clear(draft: Draft, plan: &Plan) -> Cleared<Publication> {
    let rules = Rules::of(plan, draft.committers);
    let mut figures: Vec<ShownFigure> = draft.figures.into_iter().map(|figure| clear_figure(figure, &rules)).collect();
    hide_names(&mut figures);
    let hidden: BTreeSet<&str> =
        figures.iter().filter(|figure| figure.state == Shown::Withheld).map(|figure| figure.id.as_str()).collect();
    let checks: Vec<Judged> = draft.checks.into_iter().map(|judged| checks::clear(judged, &hidden)).collect();
    let incidents = draft.incidents.as_ref();
    let links_are_shown = rules.conduct || incidents.is_some_and(|incidents| !incidents.with_history);
    let summary =
        clear_summary(summary(&checks, &draft.inputs, incidents, links_are_shown, draft.marks_are_off), &hidden);
    let mut withheld: Vec<String> = hidden.iter().map(|id| (*id).to_owned()).collect();
    let small = draft.smallest_repository.is_some_and(|people| people < rules.k);
    let hides_records = small && !rules.public;
    if hides_records {
        withheld.push("coverage/records".to_owned());
    }
    let hides_events = !rules.conduct && draft.inputs.iter().any(|input| input.kind == Kind::Guardrails);
    if hides_events {
        withheld.push("coverage/events".to_owned());
    }
    let tables = draft.tables.into_iter().map(|table| tables::clear(table, &rules, &mut withheld)).collect();
    let (firewall, inputs, refused, coverage) = (draft.firewall, draft.inputs, draft.refused, draft.coverage);
    Cleared(Publication {
        figures,
        tables,
        checks,
        summary,
        firewall,
        inputs,
        hides_records,
        hides_events,
        refused,
        coverage,
        withheld,
    })
}

fn clear_figure(figure: Figure, rules: &Rules) -> ShownFigure {
    let nothing = is_of_nothing(&figure) && rules.allows(Disclosure::Conduct, 0);
    let state = match figure.value {
        Measured::Known(value) if nothing => Shown::Known(value),
        Measured::Unknown { needs } => Shown::Unknown(needs),
        Measured::Known(_) if !rules.allows(figure.disclosure, figure.people.len()) => Shown::Withheld,
        Measured::Known(value) => Shown::Known(value),
    };
    let disclosure = figure.disclosure.word();
    ShownFigure { id: figure.id, unit: figure.unit, method: figure.method, caveat: figure.caveat, disclosure, state }
}

/// Read, and nothing was found: no person is behind it, and neither is a number. A total about conduct, therefore.
fn is_of_nothing(figure: &Figure) -> bool {
    let zero = |number: Option<f64>| number.is_none_or(|number| number.abs() < f64::EPSILON);
    let empty = |value: &Value| zero(value.value) && zero(value.numerator) && zero(value.denominator);
    figure.disclosure == Disclosure::PersonDerived
        && figure.people.is_empty()
        && figure.value.known().is_some_and(empty)
}

/// Families of figures whose ids name what was found: an id alone would tell that a tool is used. With the figure they add up
/// to, and the definition of a member.
const NAMING: [(&str, &str, &str); 2] =
    [("ai.tool.", "ai.attributed", "method-tool"), ("guardrail.bypass.", "guardrail.bypasses", "method-bypasses")];

/// Where the whole is withheld, one figure `ai.tool.*` stands for the family, whether it has members or not.
fn hide_names(figures: &mut Vec<ShownFigure>) {
    for (family, whole, method) in NAMING {
        let is_hidden = |figure: &ShownFigure| figure.state == Shown::Withheld;
        figures.retain(|figure| !(is_hidden(figure) && figure.id.starts_with(family)));
        if let Some(at) = figures.iter().position(|figure| figure.id == whole && is_hidden(figure)) {
            let all = ShownFigure { id: format!("{family}*"), method, ..figures[at].clone() };
            figures.insert(at + 1, all);
        }
    }
}

/// A sentence that names a withheld figure is withheld with it.
fn speaks_of(message: &Message, hidden: &BTreeSet<&str>) -> bool {
    message.args.iter().any(|(_, arg)| matches!(arg, Arg::Figure(id) if hidden.contains(id.as_str())))
}

fn clear_summary(mut summary: Summary, hidden: &BTreeSet<&str>) -> Summary {
    for part in [&mut summary.audited, &mut summary.found, &mut summary.open] {
        part.retain(|message| !speaks_of(message, hidden));
    }
    summary
}

fn at_least_a_month(period: &Period) -> bool {
    period.first.checked_add(jiff::Span::new().months(1)).is_ok_and(|month_later| month_later <= period.until)
}

#[cfg(test)]
mod tests {
    use std::path::Path as FilePath;

    use super::*;
    use crate::facts::Person;
    use crate::measures::{Cell, Row, Table};

    fn plan(period: &str, public: bool) -> Plan {
        let mut plan = Plan::for_repository(FilePath::new("shop"), Period::parse(period).ok()).unwrap();
        plan.privacy.history_is_public = public;
        plan
    }

    fn draft(figures: Vec<Figure>, committers: usize) -> Draft {
        Draft {
            figures,
            tables: Vec::new(),
            checks: Vec::new(),
            firewall: Vec::new(),
            incidents: None,
            inputs: Vec::new(),
            refused: Vec::new(),
            coverage: Vec::new(),
            marks_are_off: false,
            committers,
            smallest_repository: None,
        }
    }

    fn figure(disclosure: Disclosure, people: u32) -> Figure {
        let people: BTreeSet<Person> = (0..people).map(Person::new).collect();
        Figure::new("f", "share", "method-gini", disclosure, Measured::Known(Value::number(0.5))).behind(&people)
    }

    fn state(figure: Figure, committers: usize, plan: &Plan) -> Shown {
        clear(draft(vec![figure], committers), plan).get().figures[0].state.clone()
    }

    #[test]
    fn conduct_needs_a_month_and_k_committers_or_a_public_history() {
        let shown = Shown::Known(Value::number(0.5));
        let quarter = plan("2026-Q3", false);
        assert_eq!(state(figure(Disclosure::Conduct, 0), 5, &quarter), shown);
        assert_eq!(state(figure(Disclosure::Conduct, 0), 4, &quarter), Shown::Withheld);
        let week = plan("2026-07-01..2026-07-08", false);
        assert_eq!(state(figure(Disclosure::Conduct, 0), 50, &week), Shown::Withheld);
        assert_eq!(state(figure(Disclosure::Conduct, 0), 1, &plan("2026-07-01..2026-07-08", true)), shown);
    }

    #[test]
    fn what_is_derived_from_people_needs_k_of_them_even_when_the_history_is_public() {
        let public = plan("2026-Q3", true);
        assert_eq!(state(figure(Disclosure::PersonDerived, 4), 50, &public), Shown::Withheld);
        assert_ne!(state(figure(Disclosure::PersonDerived, 5), 50, &public), Shown::Withheld);
    }

    #[test]
    fn a_withheld_family_names_no_member_and_does_not_tell_whether_it_has_any() {
        let named = |id: &str| Figure { id: id.into(), ..figure(Disclosure::Conduct, 0) };
        for members in [&["ai.attributed", "ai.tool.claude", "ai.tool.cursor"][..], &["ai.attributed"]] {
            let figures = members.iter().map(|id| named(id)).collect();
            let cleared = clear(draft(figures, 1), &plan("2026-Q3", false));
            let ids: Vec<&str> = cleared.get().figures.iter().map(|figure| figure.id.as_str()).collect();
            assert_eq!(ids, ["ai.attributed", "ai.tool.*"]);
            assert_eq!(cleared.get().withheld, ids);
        }
    }

    #[test]
    fn a_family_that_is_shown_keeps_its_names() {
        let figures = vec![
            figure(Disclosure::Conduct, 0),
            Figure { id: "ai.tool.claude".into(), ..figure(Disclosure::Conduct, 0) },
        ];
        let cleared = clear(draft(figures, 9), &plan("2026-Q3", false));
        assert_eq!(cleared.get().figures[1].id, "ai.tool.claude");
    }

    #[test]
    fn records_by_repository_are_hidden_where_one_is_a_small_groups() {
        let hides = |people, public| {
            let draft = Draft { smallest_repository: people, ..draft(Vec::new(), 50) };
            clear(draft, &plan("2026-Q3", public)).get().hides_records
        };
        assert_eq!([hides(None, false), hides(Some(5), false), hides(Some(4), true)], [false; 3]);
        assert!(hides(Some(4), false));
    }

    #[test]
    fn whether_the_causing_change_was_ais_is_hidden_with_the_conduct_of_a_small_group() {
        let cells = vec![Cell::Number(Measured::Known(9.0), BTreeSet::new()), Cell::Conduct("AI-attributed".into())];
        let row = Row { label: "INC1".into(), cells, apart: BTreeSet::new() };
        let columns = vec!["incident", "minutes", "linked-change"];
        let table = Table { id: "incidents", columns, rows: vec![row], disclosure: Disclosure::Artefact };
        let shown = |committers| {
            let draft = Draft { tables: vec![table.clone()], ..draft(Vec::new(), committers) };
            let cleared = clear(draft, &plan("2026-Q3", false));
            (cleared.get().tables[0].rows[0].cells[1].clone(), cleared.get().withheld.clone())
        };
        assert_eq!(shown(5), (ShownCell::Text("AI-attributed".into()), Vec::new()));
        assert_eq!(shown(1), (ShownCell::Withheld, vec!["incidents/linked-change".to_owned()]));
    }

    #[test]
    fn a_figure_about_nobody_that_holds_nothing_is_known_and_not_withheld() {
        let of = |value: Value| Figure { value: Measured::Known(value), ..figure(Disclosure::PersonDerived, 0) };
        let quarter = plan("2026-Q3", false);
        assert_eq!(state(of(Value::share(0, 0)), 9, &quarter), Shown::Known(Value::share(0, 0)));
        assert_eq!(state(of(Value::share(0, 0)), 2, &quarter), Shown::Withheld, "few committed");
        assert_eq!(state(of(Value::share(1, 3)), 9, &quarter), Shown::Withheld, "somebody was forgotten");
    }

    #[test]
    fn missing_stays_missing_and_is_never_called_withheld() {
        let unknown = Figure { value: Measured::lacks(Kind::People), ..figure(Disclosure::PersonDerived, 0) };
        assert_eq!(state(unknown, 0, &plan("2026-Q3", false)), Shown::Unknown(vec![Kind::People]));
    }
}
