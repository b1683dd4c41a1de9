//! Turns sentences into every language of the run, with their numbers printed as each language prints them.

use std::collections::BTreeMap;

use serde_json::json;

use super::v1::Prose;
use crate::error::Problem;
use crate::lang::{Lang, Value};
use crate::message::{Arg, Message};
use crate::privacy::{Shown, ShownFigure};

/// Names in one list.
const NAMED: usize = 7;

/// Languages of a run and the figures sentences may name.
pub(super) struct Speaker<'a> {
    langs: &'a [Lang],
    figures: BTreeMap<&'a str, &'a ShownFigure>,
}

impl<'a> Speaker<'a> {
    pub(super) fn new(langs: &'a [Lang], figures: &'a [ShownFigure]) -> Self {
        Self { langs, figures: figures.iter().map(|figure| (figure.id.as_str(), figure)).collect() }
    }

    /// The first language of the run.
    pub(super) fn main(&self) -> Result<&Lang, Problem> {
        self.langs.first().ok_or_else(|| Problem::internal("cannot write the report", "no language is loaded"))
    }

    /// A sentence without arguments.
    pub(super) fn plain(&self, id: impl Into<String>) -> Result<Prose, Problem> {
        self.say(&Message::new(id))
    }

    /// A sentence in every language.
    pub(super) fn say(&self, message: &Message) -> Result<Prose, Problem> {
        let mut text = BTreeMap::new();
        for lang in self.langs {
            let args: Result<Vec<(&str, Value)>, Problem> =
                message.args.iter().map(|(name, arg)| Ok((*name, self.value(lang, arg)?))).collect();
            text.insert(lang.code().to_owned(), lang.text(&message.id, &args?)?);
        }
        let main = self.main()?;
        let mut args = BTreeMap::new();
        for (name, arg) in &message.args {
            let printed = match (arg, self.value(main, arg)?) {
                (Arg::Names(ids), _) => json!(ids),
                (_, Value::Number(number)) => json!(number),
                (_, Value::Text(text)) => json!(text),
            };
            args.insert((*name).to_owned(), printed);
        }
        Ok(Prose { id: message.id.clone(), args, text })
    }

    /// A list of needs as one sentence.
    pub(super) fn needs(&self, words: &[String]) -> Result<Prose, Problem> {
        let mut text = BTreeMap::new();
        for lang in self.langs {
            let list: Result<Vec<String>, Problem> =
                words.iter().map(|word| lang.plain(&format!("needs-{word}"))).collect();
            let said = match words {
                [word] if word == "tool" => lang.plain("needs-tool-only")?,
                _ => lang.text("needs-list", &[("list", Value::Text(list?.join("; ")))])?,
            };
            text.insert(lang.code().to_owned(), said);
        }
        Ok(Prose { id: "needs-list".into(), args: BTreeMap::from([("list".into(), json!(words.join(", ")))]), text })
    }

    fn value(&self, lang: &Lang, arg: &Arg) -> Result<Value, Problem> {
        Ok(match arg {
            #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
            Arg::Count(n) => Value::Number(*n as f64),
            Arg::Number(n) => Value::Number(*n),
            Arg::Minutes(minutes) => Value::Text(lang.duration(*minutes)?),
            Arg::Share(share) => Value::Text(lang.share(*share)),
            Arg::Word(word) => Value::Text(word.clone()),
            Arg::Names(ids) => Value::Text(names(lang, ids)?),
            Arg::Figure(id) => self.figure(lang, id)?,
        })
    }

    /// A figure in words: with its unit, a share with its parts, a ratio with its interval. A count stays a number, so
    /// that it chooses the plural form of its sentence.
    fn figure(&self, lang: &Lang, id: &str) -> Result<Value, Problem> {
        let Some(figure) = self.figures.get(id) else {
            return Err(Problem::internal("cannot say a sentence", format!("no figure `{id}`")));
        };
        let known = match &figure.state {
            Shown::Unknown(_) => return lang.plain("state-unknown").map(Value::Text),
            Shown::Withheld => return lang.plain("state-withheld").map(Value::Text),
            Shown::Known(known) => known,
        };
        let text = |id: &str, args: &[(&str, String)]| {
            let args: Vec<(&str, Value)> = args.iter().map(|(name, text)| (*name, Value::Text(text.clone()))).collect();
            lang.text(id, &args)
        };
        let Some(value) = known.value else { return lang.plain("undefined-ratio").map(Value::Text) };
        let said = match figure.unit {
            "share" => match (known.numerator, known.denominator) {
                (Some(part), Some(whole)) => {
                    let args =
                        [("share", lang.share(value)), ("part", lang.number(part)), ("whole", lang.number(whole))];
                    text("quantity-of", &args)
                }
                _ => Ok(lang.share(value)),
            },
            "ratio" => match known.interval {
                None => Ok(lang.number(value)),
                Some(interval) => {
                    let id = if interval.upper.is_finite() { "quantity-interval" } else { "quantity-interval-open" };
                    let limits = [("low", lang.number(interval.lower)), ("high", lang.number(interval.upper))];
                    text(id, &[[("value", lang.number(value))].as_slice(), &limits].concat())
                }
            },
            "minutes" => lang.duration(value),
            unit @ ("hours" | "people") => {
                let rounded = if value.abs() >= 10.0 { value.round() } else { (value * 10.0).round() / 10.0 };
                lang.text(&format!("quantity-{unit}"), &[("n", Value::Number(rounded))])
            }
            _ => return Ok(Value::Number(value)),
        };
        said.map(Value::Text)
    }
}

/// A list of names; a long one is cut, so that it can be read in one go.
fn names(lang: &Lang, ids: &[String]) -> Result<String, Problem> {
    let names: Result<Vec<String>, Problem> = ids.iter().take(NAMED).map(|id| lang.plain(id)).collect();
    let list = names?.join("; ");
    match ids.len().saturating_sub(NAMED) {
        0 => Ok(list),
        more => lang.text("list-and-more", &[("list", Value::Text(list)), ("n", Value::Number(more as f64))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::CATALOGUE;

    #[test]
    fn every_check_has_a_short_name_of_two_to_five_words() {
        let lang = Lang::load("en").unwrap();
        for entry in CATALOGUE {
            let name = lang.plain(&format!("check-{}-short", entry.id)).unwrap();
            assert!((2..=5).contains(&name.split_whitespace().count()), "{}: {name}", entry.id);
            // The name follows "falls short on": a "no" in it would say the opposite.
            assert!(!name.starts_with("no "), "{}: {name}", entry.id);
        }
    }

    #[test]
    fn a_long_list_is_cut_and_says_by_how_much() {
        let lang = Lang::load("en").unwrap();
        let ids: Vec<String> = CATALOGUE.iter().take(9).map(|entry| format!("check-{}-short", entry.id)).collect();
        assert!(names(&lang, &ids).unwrap().ends_with("; and 2 more"));
        assert!(names(&lang, &ids[..7]).unwrap().ends_with(&lang.plain(&ids[6]).unwrap()));
    }

    #[test]
    fn a_count_chooses_the_plural_and_a_word_does_not() {
        let lang = Lang::load("en").unwrap();
        let say = |value| lang.text("r05-bypasses", &[("count", value)]).unwrap();
        assert_eq!(say(Value::Number(1.0)), "One bypass of a guardrail is on record in the period.");
        assert_eq!(say(Value::Number(3.0)), "3 bypasses of guardrails are on record in the period.");
        assert!(say(Value::Text("unknown".into())).starts_with("unknown bypasses"));
    }
}
