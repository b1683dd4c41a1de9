//! Says the values of a report in one language: sentences, numbers with units, intervals, places.

use std::collections::BTreeMap;

use crate::error::Problem;
use crate::lang::{Lang, Value};
use crate::report::v1::{Cell, Figure, Prose, State};

/// The English file also tells which messages there are.
const MESSAGES: &str = include_str!("../../templates/lang/en/ui.ftl");

/// Column of durations; a reader sees hours and minutes, the file keeps minutes.
pub(super) const MINUTES: &str = "minutes";

/// One language, and how to say things in it.
pub(super) struct Words {
    lang: Lang,
}

impl Words {
    /// Loads a language.
    pub(super) fn load(code: &str) -> Result<Self, Problem> {
        Ok(Self { lang: Lang::load(code)? })
    }

    /// The code: `en`.
    pub(super) fn code(&self) -> &str {
        self.lang.code()
    }

    /// Every page text without arguments, by its id without `ui-`.
    pub(super) fn page(&self) -> Result<BTreeMap<String, String>, Problem> {
        let heads = MESSAGES.lines().filter_map(|line| line.strip_prefix("ui-")?.split_once(" = "));
        let plain = heads.filter(|(_, text)| !text.contains("{ $"));
        plain.map(|(id, _)| Ok((id.to_owned(), self.ui(id)?))).collect()
    }

    /// A page text.
    pub(super) fn ui(&self, id: &str) -> Result<String, Problem> {
        self.lang.plain(&format!("ui-{id}"))
    }

    /// A page text with arguments.
    pub(super) fn ui_with(&self, id: &str, args: &[(&str, Value)]) -> Result<String, Problem> {
        self.lang.text(&format!("ui-{id}"), args)
    }

    /// A word of the shared vocabulary.
    pub(super) fn word(&self, id: &str) -> Result<String, Problem> {
        self.lang.plain(id)
    }

    /// A word of the shared vocabulary, or the token itself.
    pub(super) fn word_or(&self, id: &str, token: &str) -> String {
        self.lang.plain(id).unwrap_or_else(|_| token.to_owned())
    }

    /// A sentence of the report.
    pub(super) fn prose(&self, prose: &Prose) -> Result<String, Problem> {
        prose.text.get(self.code()).cloned().ok_or_else(|| {
            let why = format!("the sentence `{}` has no text in `{}`", prose.id, self.code());
            Problem::input("cannot write the report", why).help("write the report again with `countersign audit`")
        })
    }

    /// Sentences of the report.
    pub(super) fn all(&self, sentences: &[Prose]) -> Result<Vec<String>, Problem> {
        sentences.iter().map(|prose| self.prose(prose)).collect()
    }

    /// A number; one that is too small for two decimals is never printed as zero.
    pub(super) fn number(&self, value: f64) -> Result<String, Problem> {
        self.unless_tiny(value, 0.01, |value| self.lang.number(value))
    }

    fn share(&self, value: f64) -> Result<String, Problem> {
        self.unless_tiny(value, 0.001, |value| self.lang.share(value))
    }

    fn unless_tiny(&self, value: f64, least: f64, say: impl Fn(f64) -> String) -> Result<String, Problem> {
        let (id, bound) = if value < 0.0 { ("above", -least) } else { ("below", least) };
        if value == 0.0 || value.abs() >= least / 2.0 {
            return Ok(say(value));
        }
        self.ui_with(id, &[("n", Value::Text(say(bound)))])
    }

    /// A quantity in a unit: `11.25 hours`, `91.5 %`, `1.4`.
    pub(super) fn amount(&self, value: f64, unit: &str) -> Result<String, Problem> {
        match unit {
            "share" => self.share(value),
            "ratio" => self.number(value),
            "minutes" => self.lang.duration(value),
            _ => Ok(format!("{} {}", self.number(value)?, self.unit(unit, value))),
        }
    }

    /// The word of a unit, or the token itself where there is no word.
    fn unit(&self, unit: &str, count: f64) -> String {
        let id = format!("ui-unit-{unit}");
        self.lang.text(&id, &[("n", Value::Number(count))]).unwrap_or_else(|_| unit.replace('_', " "))
    }

    /// The value of a figure; the word of its state where there is none to show.
    pub(super) fn value(&self, figure: &Figure) -> Result<String, Problem> {
        match (figure.state, figure.value) {
            (State::Known, Some(value)) => self.amount(value, &figure.unit),
            (State::Known, None) => self.ui("undefined"),
            (state, _) => self.state(state),
        }
    }

    /// The word of a state.
    pub(super) fn state(&self, state: State) -> Result<String, Problem> {
        match state {
            State::Known => self.ui("state-known"),
            State::Unknown => self.word("state-unknown"),
            State::Withheld => self.word("state-withheld"),
        }
    }

    /// `194 of 212`, or for a ratio `11 against 7`; empty where a figure has no denominator or its value is not shown.
    pub(super) fn out_of(&self, figure: &Figure) -> Result<String, Problem> {
        match (figure.state, figure.numerator, figure.denominator) {
            (State::Known, Some(n), Some(d)) => {
                let args = [("n", Value::Text(self.number(n)?)), ("d", Value::Text(self.number(d)?))];
                self.ui_with(if figure.unit == "ratio" { "against" } else { "of" }, &args)
            }
            _ => Ok(String::new()),
        }
    }

    /// `86.9 % to 94.6 %`; empty where a figure has no interval or its value is not shown.
    pub(super) fn interval(&self, figure: &Figure) -> Result<String, Problem> {
        let bound = |value| match figure.unit.as_str() {
            "share" => self.share(value),
            "minutes" => self.lang.duration(value),
            _ => self.number(value),
        };
        match (figure.state, figure.interval) {
            (State::Known, Some((low, Some(high)))) => {
                self.ui_with("range", &[("low", Value::Text(bound(low)?)), ("high", Value::Text(bound(high)?))])
            }
            (State::Known, Some((low, None))) => self.ui_with("range-open", &[("low", Value::Text(bound(low)?))]),
            _ => Ok(String::new()),
        }
    }

    /// A cell of a column as a reader sees it.
    pub(super) fn cell_of(&self, cell: &Cell, column: &str) -> Result<String, Problem> {
        match cell {
            Cell::Number(value) if column == MINUTES => self.lang.duration(*value),
            _ => self.cell(cell),
        }
    }

    /// A cell of a table as a reader sees it.
    pub(super) fn cell(&self, cell: &Cell) -> Result<String, Problem> {
        match cell {
            Cell::Number(value) => self.number(*value),
            Cell::Text(text) if text == "withheld" => self.state(State::Withheld),
            Cell::Text(text) if text == "unknown" => self.state(State::Unknown),
            Cell::Text(text) => Ok(text.clone()),
        }
    }

    /// `file:12` or `file, /pointer`.
    pub(super) fn place(file: &str, line: Option<u64>, pointer: Option<&str>) -> String {
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        let pointer = pointer.map(|pointer| format!(", {pointer}")).unwrap_or_default();
        format!("{file}{line}{pointer}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn values_are_said_with_their_units_and_never_rounded_to_zero() {
        let words = Words::load("en").unwrap();
        assert_eq!(words.amount(1.0, "changes").unwrap(), "1 change");
        assert_eq!(words.amount(1204.0, "changes").unwrap(), "1,204 changes");
        assert_eq!(words.amount(0.915, "share").unwrap(), "91.5 %");
        assert_eq!(words.amount(0.0004, "share").unwrap(), "below 0.1 %");
        assert_eq!(words.amount(-0.001, "ratio").unwrap(), "above \u{2212}0.01");
        assert_eq!(words.amount(0.0, "share").unwrap(), "0 %");
        assert_eq!(words.amount(3.0, "engaged_minutes").unwrap(), "3 engaged minutes");
    }

    #[test]
    fn unknown_and_withheld_are_words_without_numbers() {
        let words = Words::load("en").unwrap();
        let figures = sample::sample().figures;
        let mut leaky = figures["ai.tool.kiro"].clone();
        leaky.value = Some(4.0);
        leaky.numerator = Some(4.0);
        leaky.denominator = Some(9.0);
        leaky.interval = Some((1.0, Some(2.0)));
        assert_eq!(words.value(&leaky).unwrap(), "withheld");
        assert_eq!(words.out_of(&leaky).unwrap() + &words.interval(&leaky).unwrap(), "");
        assert_eq!(words.value(&figures["oncall.nights_with_page"]).unwrap(), "unknown");
        assert_eq!(words.interval(&figures["change_failure.risk_ratio"]).unwrap(), "0.7 or more");
    }

    #[test]
    fn a_sentence_without_text_in_the_language_is_an_error() {
        let mut prose = sample::prose("x");
        prose.text.clear();
        assert!(Words::load("en").unwrap().prose(&prose).is_err());
    }
}
