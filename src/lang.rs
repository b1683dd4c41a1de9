//! Sentences in the reader's language, from the message files under `templates/lang/<code>`.
//!
//! Mozilla's Fluent syntax (<https://projectfluent.org>) was made for grammar and plurals. A missing message or a
//! missing argument is a defect of this program and stops the run: half a sentence in an audit report is worse than none.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

use crate::error::Problem;

/// English message files. One file a subject, so that a translator finds the place.
const ENGLISH: &[(&str, &str)] = &[
    ("words", include_str!("../templates/lang/en/words.ftl")),
    ("catalogue", include_str!("../templates/lang/en/catalogue.ftl")),
    ("short", include_str!("../templates/lang/en/short.ftl")),
    ("checks", include_str!("../templates/lang/en/checks.ftl")),
    ("figures", include_str!("../templates/lang/en/figures.ftl")),
    ("captures", include_str!("../templates/lang/en/captures.ftl")),
    ("tables", include_str!("../templates/lang/en/tables.ftl")),
    ("summary", include_str!("../templates/lang/en/summary.ftl")),
    ("coverage", include_str!("../templates/lang/en/coverage.ftl")),
    ("limits", include_str!("../templates/lang/en/limits.ftl")),
    ("ui", include_str!("../templates/lang/en/ui.ftl")),
];

/// Languages there are texts for.
pub const AVAILABLE: &[&str] = &["en"];

/// One language.
pub struct Lang {
    code: String,
    bundle: FluentBundle<FluentResource>,
}

/// A value to put into a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number; it also chooses the plural form.
    Number(f64),
    /// A text that is put in as it is.
    Text(String),
}

impl Lang {
    /// Loads a language.
    pub fn load(code: &str) -> Result<Self, Problem> {
        let files = match code {
            "en" => ENGLISH,
            _ => {
                return Err(Problem::usage("cannot write the report", format!("there are no texts for `{code}` yet"))
                    .help(format!("choose among {}", AVAILABLE.join(", "))));
            }
        };
        let id = code.parse().map_err(|_| Problem::internal("cannot load a language", code.to_owned()))?;
        let mut bundle = FluentBundle::new(vec![id]);
        // Isolation marks guard mixed writing directions; the texts have one, and the marks would end up in CSV and JSON.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(number_text(number.value)),
            _ => None,
        }));
        for (name, text) in files {
            let broken = |why: String| Problem::internal(format!("cannot read the message file {name}.ftl"), why);
            let resource = FluentResource::try_new((*text).to_owned()).map_err(|(_, e)| broken(format!("{e:?}")))?;
            bundle.add_resource(resource).map_err(|e| broken(format!("{e:?}")))?;
        }
        Ok(Self { code: code.to_owned(), bundle })
    }

    /// The code: `en`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Whether there is a message with this id.
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// A message without arguments.
    pub fn plain(&self, id: &str) -> Result<String, Problem> {
        self.text(id, &[])
    }

    /// A message with arguments.
    pub fn text(&self, id: &str, args: &[(&str, Value)]) -> Result<String, Problem> {
        let missing = || Problem::internal("cannot say a sentence", format!("no message `{id}` in `{}`", self.code));
        let pattern = self.bundle.get_message(id).and_then(|message| message.value()).ok_or_else(missing)?;
        let mut values = FluentArgs::new();
        for (name, value) in args {
            match value {
                Value::Number(number) => values.set(*name, *number),
                Value::Text(text) => values.set(*name, text.as_str()),
            }
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&values), &mut errors);
        match errors.first() {
            None => Ok(text.into_owned()),
            Some(error) => Err(Problem::internal("cannot say a sentence", format!("message `{id}`: {error}"))),
        }
    }

    /// A number as printed: thousands grouped, at most two decimals.
    pub fn number(&self, value: f64) -> String {
        number_text(value)
    }

    /// A duration as printed: `58 min`, `4 h 53 min`, `31 h`. What is longer than nothing is never printed as nothing.
    pub fn duration(&self, minutes: f64) -> Result<String, Problem> {
        let whole = minutes.round();
        let (hours, rest) = ((whole / 60.0).trunc(), whole % 60.0);
        let number = Value::Number;
        match (hours > 0.0, rest > 0.0) {
            (false, false) if minutes > 0.0 => self.plain("duration-below-a-minute"),
            (false, _) => self.text("duration-minutes", &[("m", number(rest))]),
            (true, false) => self.text("duration-hours", &[("h", number(hours))]),
            (true, true) => self.text("duration-both", &[("h", number(hours)), ("m", number(rest))]),
        }
    }

    /// A share of 0 to 1 as printed: per cent, one decimal unless it is a whole number.
    pub fn share(&self, value: f64) -> String {
        format!("{} %", trimmed(format!("{:.1}", value * 100.0)))
    }
}

fn number_text(value: f64) -> String {
    let text = trimmed(format!("{value:.2}"));
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("\u{2212}", rest));
    let (whole, rest) = digits.find('.').map_or((digits, ""), |at| digits.split_at(at));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}

fn trimmed(text: String) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_trimmed() {
        assert_eq!(number_text(1_234_567.0), "1,234,567");
        assert_eq!(number_text(-0.5), "\u{2212}0.5");
        assert_eq!(number_text(12.345), "12.35");
    }

    #[test]
    fn long_durations_are_said_in_hours_and_short_ones_never_vanish() {
        let lang = Lang::load("en").unwrap();
        let said = [0.0, 0.2, 58.0, 60.0, 292.6, 1860.0].map(|minutes| lang.duration(minutes).unwrap());
        assert_eq!(said, ["0 min", "below 1 min", "58 min", "1 h", "4 h 53 min", "31 h"]);
    }

    #[test]
    fn a_missing_message_or_argument_is_an_error() {
        let lang = Lang::load("en").unwrap();
        assert!(lang.plain("no-such-message").is_err());
        assert!(lang.text("needs-list", &[]).is_err());
    }

    #[test]
    fn a_language_without_texts_is_refused() {
        assert!(Lang::load("xx").is_err());
    }
}
