//! Handlebars in strict mode, and the frame that makes a page self-contained.
//!
//! Strict mode refuses a missing field, but `if` and `unless` let it pass
//! (<https://github.com/sunng87/handlebars-rust/issues/579>); both are replaced. Escaping is on for all data. Three things
//! are put in unescaped, all made here: the style sheet, its policy and the charts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason, Renderable,
    html_escape,
};
use serde::Serialize;

use super::digest;
use super::words::Words;
use crate::error::{Problem, printable};

const STYLE: &str = include_str!("../../templates/style.css");

/// Templates by name; the last folder of a path is the edition.
const TEMPLATES: &[(&str, &str)] = &[
    ("index", include_str!("../../templates/index.hbs")),
    ("regulator", include_str!("../../templates/regulator/page.hbs")),
    ("chart", include_str!("../../templates/regulator/chart.hbs")),
    ("check", include_str!("../../templates/regulator/check.hbs")),
    ("cover", include_str!("../../templates/regulator/cover.hbs")),
    ("coverage", include_str!("../../templates/regulator/coverage.hbs")),
    ("evidence", include_str!("../../templates/regulator/evidence.hbs")),
    ("figure-table", include_str!("../../templates/regulator/figure-table.hbs")),
    ("figures", include_str!("../../templates/regulator/figures.hbs")),
    ("findings", include_str!("../../templates/regulator/findings.hbs")),
    ("firewall", include_str!("../../templates/regulator/firewall.hbs")),
    ("glossary", include_str!("../../templates/regulator/glossary.hbs")),
    ("method", include_str!("../../templates/regulator/method.hbs")),
    ("sign-off", include_str!("../../templates/regulator/sign-off.hbs")),
    ("statements", include_str!("../../templates/regulator/statements.hbs")),
    ("summary", include_str!("../../templates/regulator/summary.hbs")),
    ("symbols", include_str!("../../templates/regulator/symbols.hbs")),
    ("tables", include_str!("../../templates/regulator/tables.hbs")),
];

/// What every page has around its content.
#[derive(Serialize)]
struct Framed<'a, T> {
    css: &'a str,
    policy: &'a str,
    page: &'a T,
}

/// Fills a template; `footer` is printed at the foot of each sheet of paper.
pub(super) fn page(name: &str, page: &impl Serialize, footer: &str, words: &Words) -> Result<Vec<u8>, Problem> {
    let css = format!("{STYLE}@page {{ @bottom-left {{ content: {}; }} }}\n", css_string(footer));
    let policy = policy(&css);
    let broken =
        |e: handlebars::RenderError| Problem::internal(format!("cannot fill the template `{name}`"), e.to_string());
    let text = engine(words.page()?)?.render(name, &Framed { css: &css, policy: &policy, page }).map_err(broken)?;
    Ok(text.into_bytes())
}

/// Only this style sheet, no script, nothing from elsewhere (<https://www.w3.org/TR/CSP3/>).
fn policy(css: &str) -> String {
    let hash = digest::base64(css.as_bytes());
    format!("default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'")
}

/// A CSS string in which every character that is not a letter, a digit or a blank is written as its number
/// (<https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point>).
fn css_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in printable(text).chars() {
        if c.is_ascii_alphanumeric() || c == ' ' {
            quoted.push(c);
        } else {
            // The blank ends the escape and is not printed.
            let _ = write!(quoted, "\\{:x} ", u32::from(c));
        }
    }
    quoted + "\""
}

fn engine(texts: BTreeMap<String, String>) -> Result<Handlebars<'static>, Problem> {
    let mut engine = Handlebars::new();
    engine.set_strict_mode(true);
    engine.register_escape_fn(|text| html_escape(&printable(text)));
    engine.register_helper("if", Box::new(Present { positive: true }));
    engine.register_helper("unless", Box::new(Present { positive: false }));
    engine.register_helper("t", Box::new(Text(texts)));
    for (name, text) in TEMPLATES {
        let broken = |e: handlebars::TemplateError| {
            Problem::internal(format!("cannot read the template `{name}`"), e.to_string())
        };
        engine.register_template_string(name, text).map_err(broken)?;
    }
    Ok(engine)
}

/// `if` and `unless` that refuse a missing field.
struct Present {
    positive: bool,
}

impl HelperDef for Present {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let param = helper.param(0).ok_or(RenderErrorReason::ParamNotFoundForIndex("if", 0))?;
        if param.is_value_missing() {
            return Err(RenderErrorReason::MissingVariable(param.relative_path().cloned()).into());
        }
        let holds = match param.value() {
            serde_json::Value::Null => false,
            serde_json::Value::Bool(value) => *value,
            serde_json::Value::String(text) => !text.is_empty(),
            serde_json::Value::Array(items) => !items.is_empty(),
            serde_json::Value::Number(_) | serde_json::Value::Object(_) => true,
        };
        let chosen = if holds == self.positive { helper.template() } else { helper.inverse() };
        chosen.map_or(Ok(()), |template| template.render(engine, context, state, out))
    }
}

/// `{{t "findings"}}`: a page text in the page's language.
struct Text(BTreeMap<String, String>);

impl HelperDef for Text {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let id = helper.param(0).and_then(|param| param.value().as_str()).unwrap_or_default();
        let text = self.0.get(id).ok_or_else(|| RenderErrorReason::Other(format!("there is no message `ui-{id}`")))?;
        out.write(&html_escape(text))?;
        Ok(())
    }
}

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;
