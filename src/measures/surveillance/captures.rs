//! Captures about people who work for the organisation: observed in the configurations, declared in the register.

use super::bands::{NAMES, band};
use super::declared::covers;
use super::firewall::{self, Path};
use crate::facts::capture::{Axes, Capability, Capture, Level, Population, Retention};
use crate::facts::register::{DeclaredSource, Register};
use crate::facts::{Facts, Input, Kind};
use crate::measures::figure::{Cell, Disclosure, Figure, Row, Table, Value};
use crate::measures::{Measured, glob};

/// Format word of a file without a reader.
pub const UNKNOWN_FORMAT: &str = "unknown";

/// One capture beside the register.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// What the configuration says.
    pub capture: Capture,
    /// How intrusive.
    pub band: Level,
    /// Position in `Register::sources` of the entry that covers it.
    pub source: Option<usize>,
    /// Axes on which it goes beyond that entry's ceiling.
    pub beyond: Vec<&'static str>,
}

/// All captures.
#[derive(Debug, Clone, Default)]
pub struct Captures {
    /// About people who work for the organisation (or may), in the order of the files.
    pub observed: Vec<Observed>,
    /// Settings that are about nobody or of which the file does not tell whom they concern; files without a reader.
    pub other: Vec<Observed>,
    /// Files that were given and that no reader knows.
    pub unread: usize,
    /// The register, where one was read.
    pub register: Option<Register>,
    /// Positions of entries in the register that match no given file.
    pub dead: Vec<usize>,
    /// Entries of the register that declare a safety source and cover something that was found.
    pub safety_sources: usize,
    /// Paths from a safety source to a performance sink; `None` without a register that names the sources.
    pub paths: Option<Vec<Path>>,
}

impl Captures {
    /// Joins captures and register; unknown without configurations.
    pub fn of(facts: &Facts) -> Measured<Self> {
        if !facts.has(Kind::Monitoring) {
            return Measured::lacks(Kind::Monitoring);
        }
        let sources = facts.register.as_ref().map_or(&[][..], |register| &register.sources);
        let beside = |capture: &Capture| {
            let source = sources.iter().position(|source| covers(source, capture));
            let beyond = source.map(|at| beyond(&sources[at].ceiling, &capture.axes)).unwrap_or_default();
            Observed { band: band(capture), capture: capture.clone(), source, beyond }
        };
        let (observed, other): (Vec<_>, Vec<_>) =
            facts.captures.iter().map(beside).partition(|found| is_about_staff(&found.capture));
        let files = || facts.inputs.iter().filter(|input| input.kind == Kind::Monitoring);
        let refused = facts.refused.iter().filter(|refused| refused.kind == Kind::Monitoring).count();
        let matches_file = |source: &DeclaredSource| {
            let hit = |path: &str| source.selectors.iter().any(|selector| glob::matches(&selector.path, path));
            // Repositories and incident exports hold data about people too (S15), and an entry may be about them.
            let other = |input: &&Input| matches!(input.kind, Kind::History | Kind::Incidents);
            files().chain(facts.inputs.iter().filter(other)).any(|input| hit(&input.path))
                || facts.captures.iter().any(|capture| hit(&capture.file))
        };
        Measured::Known(Self {
            dead: (0..sources.len()).filter(|at| !matches_file(&sources[*at])).collect(),
            unread: refused + files().filter(|input| input.format == UNKNOWN_FORMAT).count(),
            safety_sources: facts.register.as_ref().map_or(0, |register| firewall::safety_sources(facts, register)),
            paths: facts.register.as_ref().map(|register| firewall::paths(facts, register)),
            register: facts.register.clone(),
            observed,
            other,
        })
    }

    /// Without an entry in the register; all of them when there is no register.
    pub fn undeclared(&self) -> impl Iterator<Item = &Observed> {
        self.observed.iter().filter(|found| found.source.is_none())
    }

    /// The register entry that covers a capture.
    pub fn source_of(&self, found: &Observed) -> Option<&DeclaredSource> {
        self.register.as_ref()?.sources.get(found.source?)
    }

    fn at_least(&self, axis: impl Fn(&Axes) -> Level, level: u8) -> usize {
        self.observed.iter().filter(|found| axis(&found.capture.axes).is_some_and(|l| l >= level)).count()
    }
}

/// Switched on or possible, about staff (or nobody can tell), and something about a person reaches the sink.
fn is_about_staff(capture: &Capture) -> bool {
    let Axes { s, d, .. } = capture.axes;
    let on = !matches!(capture.capability, Capability::None);
    let people = s != Some(0) && d != Some(0) && (s.is_some() || d.is_some());
    on && people && capture.population.may_be_staff() && capture.population != Population::Systems
}

fn beyond(ceiling: &Axes, observed: &Axes) -> Vec<&'static str> {
    let pairs = [
        ("S", ceiling.s, observed.s),
        ("D", ceiling.d, observed.d),
        ("T", ceiling.t, observed.t),
        ("R", ceiling.r, observed.r),
        ("M", ceiling.m, observed.m),
        ("X", ceiling.x, observed.x),
    ];
    let over = pairs.into_iter().filter(|(_, most, level)| matches!((most, level), (Some(m), Some(l)) if l > m));
    over.map(|(axis, ..)| axis).collect()
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<Captures>) -> Vec<Figure> {
    let count = |id: &str, method, pick: &dyn Fn(&Captures) -> usize| {
        Figure::new(id, "captures", method, Disclosure::Artefact, all.map(|c| Value::count(pick(c))))
    };
    let needs_register = |id: &str, unit, method, pick: &dyn Fn(&Captures) -> Option<usize>| {
        let value = all.and_then(|captures| Measured::or_lacks(pick(captures).map(Value::count), Kind::Register));
        Figure::new(id, unit, method, Disclosure::Artefact, value)
    };
    let with_register = |c: &Captures, n: usize| c.register.as_ref().map(|_| n);
    let unbounded = |c: &Captures| {
        c.observed.iter().chain(&c.other).filter(|found| found.capture.retention == Retention::Unlimited).count()
    };
    vec![
        count("captures.observed", "method-captures", &|c| c.observed.len()),
        needs_register("captures.declared", "captures", "method-declared", &|c| {
            with_register(c, c.observed.len() - c.undeclared().count())
        }),
        needs_register("captures.undeclared", "captures", "method-undeclared", &|c| {
            with_register(c, c.undeclared().count())
        }),
        count("captures.person_level", "method-person-level", &|c| c.at_least(|axes| axes.s, 2)),
        count("captures.content", "method-content", &|c| c.at_least(|axes| axes.d, 3)),
        count("captures.per_person_view", "method-per-person-view", &|c| c.at_least(|axes| axes.x, 2)),
        count("captures.unbounded_retention", "method-unbounded", &unbounded),
        count("captures.files_without_reader", "method-unread", &|c| c.unread),
        needs_register("firewall.paths", "paths", "method-firewall", &|c| c.paths.as_ref().map(Vec::len)),
    ]
}

/// Tables.
pub(in crate::measures) fn tables(all: &Measured<Captures>) -> Vec<Table> {
    let Some(captures) = all.known() else { return Vec::new() };
    let rows = captures.observed.iter().chain(&captures.other).map(|found| row(captures, found)).collect();
    let by_band = (0..NAMES.len()).rev().map(|level| {
        let count = captures.observed.iter().filter(|found| found.band.map(usize::from) == Some(level)).count();
        let cell = Cell::Number(Measured::Known(count as f64), std::collections::BTreeSet::new());
        Row { label: format!("{level} {}", NAMES[level]), cells: vec![cell], apart: [].into() }
    });
    let unclear = captures.observed.iter().filter(|found| found.band.is_none()).count();
    let unclear = Row {
        label: "?".into(),
        cells: vec![Cell::Number(Measured::Known(unclear as f64), std::collections::BTreeSet::new())],
        apart: [].into(),
    };
    let table = |id, columns, rows| Table { id, columns, rows, disclosure: Disclosure::Artefact };
    vec![
        table("captures-by-band", vec!["band", "captures"], by_band.chain([unclear]).collect()),
        table(
            "captures",
            vec![
                "file",
                "place",
                "format",
                "setting",
                "population",
                "capability",
                "subject",
                "content",
                "time",
                "retention",
                "minimisation",
                "evaluation",
                "band",
                "register",
            ],
            rows,
        ),
    ]
}

fn row(captures: &Captures, found: &Observed) -> Row {
    let capture = &found.capture;
    let level = |level: Level| Cell::Text(level.map_or_else(|| "?".to_owned(), |level| level.to_string()));
    let place = capture.line.map(|line| line.to_string()).or_else(|| capture.pointer.clone());
    let Axes { s, d, t, r, m, x } = capture.axes;
    let declared = captures.source_of(found).map_or_else(|| "-".to_owned(), |source| source.id.clone());
    let text = |text: &str| Cell::Text(text.to_owned());
    Row {
        label: capture.file.clone(),
        cells: vec![
            Cell::Text(place.unwrap_or_default()),
            text(&capture.format),
            text(&capture.setting),
            text(capture.population.word()),
            text(capture.capability.word()),
            level(s),
            level(d),
            level(t),
            level(r.or_else(|| capture.retention.level())),
            level(m),
            level(x),
            level(found.band),
            Cell::Text(declared),
        ],
        apart: [].into(),
    }
}
