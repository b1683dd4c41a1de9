//! Grafana dashboards: which panels show people, one by one or counted, and which data sources they read.
//!
//! Format: the dashboard JSON model (grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model):
//! `panels[]`, collapsed rows with `panels[]` inside, the older `rows[].panels[]`, and `templating.list[]`. A dashboard
//! may be wrapped in `dashboard` (API export). Many are one line of text, so captures are cited by pointer.

use super::tree::Item;
use super::{Body, Doc, Reading, persons, promql, scrub, sql};
use crate::facts::capture::{Axes, Capability, Capture, FlowRole, Node, Population};

const FORMAT: &str = "grafana-dashboard";

/// Panels inside panels are looked into this deep.
const DEEPEST: usize = 4;

/// What one query shows.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Shown {
    subject: Option<u8>,
    depth: Option<u8>,
    what: Option<&'static str>,
    low: bool,
}

/// Reads a dashboard.
pub(super) fn read(doc: &Doc<'_>) -> Option<Reading> {
    let Body::Json(root) = &doc.body else { return None };
    let (root, pointer) =
        root.get("dashboard").filter(|inner| inner.is_map()).map_or((root, ""), |d| (d, "/dashboard"));
    let lists = ["panels", "rows"].iter().any(|key| root.get(key).is_some_and(|list| !list.items().is_empty()));
    let model = ["schemaVersion", "templating", "annotations"].iter().any(|key| root.get(key).is_some());
    if !(lists && model) {
        return None;
    }
    let mut reading = Reading::new(FORMAT);
    panels(doc, root, pointer, 0, &mut reading);
    for (n, variable) in root.at(&["templating", "list"]).map(Item::items).unwrap_or_default().iter().enumerate() {
        selector(doc, variable, format!("{pointer}/templating/list/{n}"), &mut reading);
    }
    if reading.captures.is_empty() {
        reading.captures.push(doc.nothing(FORMAT, FlowRole::View));
    }
    Some(reading)
}

fn panels(doc: &Doc<'_>, owner: &Item, pointer: &str, depth: usize, reading: &mut Reading) {
    for key in ["panels", "rows"] {
        for (n, panel) in owner.get(key).map(Item::items).unwrap_or_default().iter().enumerate() {
            let at = format!("{pointer}/{key}/{n}");
            for (n, target) in panel.get("targets").map(Item::items).unwrap_or_default().iter().enumerate() {
                query(doc, panel, target, &format!("{at}/targets/{n}"), reading);
            }
            if depth < DEEPEST {
                panels(doc, panel, &at, depth + 1, reading);
            }
        }
    }
}

fn query(doc: &Doc<'_>, panel: &Item, target: &Item, pointer: &str, reading: &mut Reading) {
    let source = target.get("datasource").or_else(|| panel.get("datasource")).and_then(source);
    if let Some(from) = &source {
        reading.flows.push(doc.flow(from.clone(), doc.node(), None, Some(pointer.to_owned())));
    }
    let Some((key, shown, text)) = strongest(target) else { return };
    let Some(what) = shown.what else { return };
    let title = panel.text_of("title").unwrap_or_default();
    let setting = scrub::quote(&format!("{title}: {}", excerpt(text, shown.subject)));
    let person = shown.subject.is_some_and(|subject| subject >= 2);
    let found = doc.capture(FORMAT, what, setting);
    reading.captures.push(Capture {
        pointer: Some(format!("{pointer}/{key}")),
        population: if shown.subject.is_some_and(|subject| subject >= 1) {
            Population::Workers
        } else {
            Population::Unknown
        },
        capability: Capability::Configured,
        role: FlowRole::View,
        axes: Axes {
            s: shown.subject,
            d: shown.depth,
            t: Some(2),
            m: shown.subject.map(|_| if person { 2 } else { 1 }),
            x: Some(if person { 2 } else { 0 }),
            r: None,
        },
        low_confidence: shown.low,
        open_flow: true,
        ..found
    });
}

/// The query of a target that shows most of people.
fn strongest(target: &Item) -> Option<(&'static str, Shown, &str)> {
    let mut best: Option<(&'static str, Shown, &str)> = None;
    let mut keep = |key, shown: Shown, text| {
        let more = best.as_ref().is_none_or(|(_, held, _)| (shown.subject, shown.depth) > (held.subject, held.depth));
        if shown.what.is_some() && (best.is_none() || more) {
            best = Some((key, shown, text));
        }
    };
    for key in ["rawSql", "expr", "query", "rawQuery", "queryText", "kustoQuery"] {
        if let Some(text) = target.text_of(key) {
            keep(key, shown(key, text, target.text_of("legendFormat").unwrap_or_default()), text);
        }
    }
    if let Some(text) = target.at(&["azureLogAnalytics", "query"]).and_then(Item::text) {
        keep("azureLogAnalytics/query", shown("query", text, ""), text);
    }
    for key in ["bucketAggs", "groupBy"] {
        if let Some(list) = target.get(key) {
            list.each_text(&mut |text| {
                let field = text.strip_suffix(".keyword").unwrap_or(text);
                if persons::column(field) >= 2 {
                    keep(key, person(persons::column(field), false), text);
                }
            });
        }
    }
    best
}

fn shown(key: &str, text: &str, legend: &str) -> Shown {
    let lower = text.to_lowercase();
    let first = lower.trim_start();
    if key == "rawSql" || first.starts_with("select") || first.starts_with("with ") {
        let rows = sql::rows(text);
        return match rows.subject {
            0 => Shown::default(),
            1 => group(rows.counts),
            subject => person(subject, rows.ranked),
        };
    }
    if lower.contains("summarize") {
        let keys = lower.split(" by ").skip(1).filter_map(|rest| rest.split('|').next());
        let level = keys.flat_map(|keys| keys.split(',')).map(|key| persons::column(key.trim())).max().unwrap_or(0);
        return if level >= 2 { person(level, lower.contains("top ")) } else { Shown::default() };
    }
    series(text, legend)
}

/// `PromQL` and `LogQL`.
fn series(text: &str, legend: &str) -> Shown {
    let found = promql::series(text);
    let ai = persons::speaks_of_ai_tools(text);
    if found.selects {
        return Shown { what: Some("capture-person-selector"), ..person(4, false) };
    }
    if found.subject >= 2 {
        return Shown { low: text_has_bare_user(text), ..person(found.subject, found.ranked) };
    }
    if text.trim_start().starts_with('{') && !text.contains("_over_time") && !text.contains("rate(") {
        return log_lines(text, ai);
    }
    if found.all_labels {
        let labels = legend.split("{{").skip(1).filter_map(|rest| rest.split("}}").next());
        let level = labels.map(|label| persons::column(label.trim())).max().unwrap_or(0);
        if level >= 2 {
            return person(level, found.ranked);
        }
        if ai {
            // Every series of an AI tool carries who used it; the panel may hide it. The lower level.
            return Shown { low: true, ..person(2, found.ranked) };
        }
    }
    match (found.subject, found.counted) {
        (1, _) => group(false),
        (_, true) => group(true),
        _ => Shown::default(),
    }
}

/// The label `user` alone may be a service or database account.
fn text_has_bare_user(text: &str) -> bool {
    !["user_", "email", "author", "login", "assignee"].iter().any(|word| text.contains(word))
}

/// Records shown as they are.
fn log_lines(text: &str, ai: bool) -> Shown {
    let lower = text.to_lowercase();
    let content = [".prompt", "user_prompt", ".response", ".completion", ".body", "gen_ai.input"]
        .iter()
        .any(|word| lower.contains(word));
    let named = ["user_email", ".email", "user_name", "author"].iter().any(|word| lower.contains(word));
    let subject = if named || ai { Some(3) } else { None };
    let depth = match (content, subject) {
        (true, _) => Some(3),
        (false, Some(_)) => Some(1),
        (false, None) => None,
    };
    Shown { subject, depth, what: Some("capture-log-lines"), low: !named }
}

fn person(subject: u8, ranked: bool) -> Shown {
    let what = if ranked { "capture-per-person-ranking" } else { "capture-per-person-result" };
    Shown { subject: Some(subject), depth: Some(1), what: Some(what), low: false }
}

fn group(counts: bool) -> Shown {
    let what = if counts { "capture-person-count" } else { "capture-group-result" };
    Shown { subject: Some(1), depth: Some(1), what: Some(what), low: false }
}

/// A template variable whose values are people lets a viewer pick one.
fn selector(doc: &Doc<'_>, variable: &Item, pointer: String, reading: &mut Reading) {
    let name = variable.text_of("name").unwrap_or_default();
    let text =
        variable.text_of("query").or_else(|| variable.at(&["query", "query"]).and_then(Item::text)).unwrap_or_default();
    let lower = text.to_lowercase();
    let label = lower.trim_end_matches([')', ' ']).rsplit([',', '(']).next().unwrap_or_default().trim().to_owned();
    let by_query = if lower.starts_with("label_values") { persons::column(&label) } else { sql::rows(text).subject };
    if persons::column(name).max(by_query) < 2 {
        return;
    }
    let found = doc.capture(FORMAT, "capture-person-selector", scrub::quote(&format!("variable {name}: {text}")));
    reading.captures.push(Capture {
        pointer: Some(pointer),
        population: Population::Workers,
        capability: Capability::Configured,
        role: FlowRole::View,
        axes: Axes { s: Some(4), d: Some(1), t: Some(2), m: Some(2), x: Some(2), r: None },
        low_confidence: by_query < 2,
        open_flow: true,
        ..found
    });
}

/// A data source written out; variables and Grafana's own are none.
fn source(item: &Item) -> Option<Node> {
    let name = item.text().or_else(|| item.text_of("uid"))?;
    let own = name.is_empty() || name.contains('$') || name.starts_with("--") || name == "grafana";
    (!own).then(|| Node::Store(scrub::quote(name)))
}

/// The text from the first name that decided.
fn excerpt(text: &str, subject: Option<u8>) -> String {
    let wanted = subject.unwrap_or(0).min(3);
    let word = |c: char| c.is_alphanumeric() || "_.".contains(c);
    let mut start = 0;
    let mut from = 0;
    for piece in text.split_inclusive(|c: char| !word(c)) {
        let name = piece.trim_end_matches(|c: char| !word(c));
        if wanted >= 1 && persons::column(name) == wanted {
            start = from;
            break;
        }
        from += piece.len();
    }
    let lead = text[..start].char_indices().rev().nth(24).map_or(0, |(at, _)| at);
    format!("{}{}", if lead > 0 { "… " } else { "" }, &text[lead..])
}

#[cfg(test)]
mod tests {
    use super::super::NOTHING;
    use super::super::tests::read_text;
    use crate::facts::capture::Node;

    fn board(panels: &str) -> String {
        format!(r#"{{"schemaVersion":39,"panels":[{panels}]}}"#)
    }

    #[test]
    fn the_same_column_counted_and_listed_is_told_apart() {
        let text = board(
            r#"{"title":"Active","datasource":"mysql","targets":[{"rawSql":"select count(distinct user_id) from t"}]},
            {"title":"Per user","datasource":{"type":"mysql","uid":"lake"},"targets":[{"rawSql":"select display_name, sum(x) from t group by display_name order by 2"}]}"#,
        );
        let reading = read_text("d.json", &text);
        let found: Vec<_> =
            reading.captures.iter().map(|c| (c.what, c.axes.s, c.axes.x, c.pointer.as_deref())).collect();
        assert_eq!(
            found,
            [
                ("capture-person-count", Some(1), Some(0), Some("/panels/0/targets/0/rawSql")),
                ("capture-per-person-ranking", Some(3), Some(2), Some("/panels/1/targets/0/rawSql")),
            ]
        );
        assert_eq!(reading.flows[1].from, Node::Store("lake".into()));
        assert_eq!(reading.flows[1].to, Node::File("d.json".into()));
    }

    #[test]
    fn collapsed_rows_and_old_rows_are_read() {
        let inner = r#"{"title":"t","targets":[{"expr":"sum by (user_id)(x)"}]}"#;
        let text = board(&format!(r#"{{"type":"row","panels":[{inner}]}}"#));
        assert_eq!(
            read_text("d.json", &text).captures[0].pointer.as_deref(),
            Some("/panels/0/panels/0/targets/0/expr")
        );
        let text = format!(r#"{{"schemaVersion":14,"rows":[{{"panels":[{inner}]}}]}}"#);
        assert_eq!(read_text("d.json", &text).captures[0].axes.s, Some(2));
    }

    #[test]
    fn a_user_variable_picks_people_out() {
        let text = r#"{"schemaVersion":39,"panels":[{}],"templating":{"list":[{"name":"dev","query":"label_values(claude_code_cost, user_email)"},{"name":"team","query":"select name from teams"}]}}"#;
        let reading = read_text("d.json", text);
        assert_eq!(reading.captures.len(), 1);
        assert_eq!(
            (reading.captures[0].axes.s, reading.captures[0].pointer.as_deref()),
            (Some(4), Some("/templating/list/0"))
        );
    }

    #[test]
    fn prompt_lines_are_content_without_any_grouping() {
        let text = board(
            r#"{"title":"p","targets":[{"expr":"{service_name=\"claude-code\"} | json | line_format \"{{.prompt}}\""}]}"#,
        );
        let capture = &read_text("d.json", &text).captures[0];
        assert_eq!((capture.what, capture.axes.s, capture.axes.d), ("capture-log-lines", Some(3), Some(3)));
    }

    #[test]
    fn systems_are_not_people_and_addresses_are_not_quoted() {
        let text = board(r#"{"title":"t","targets":[{"expr":"sum by (service) (rate(http_requests_total[5m]))"}]}"#);
        let capture = &read_text("d.json", &text).captures[0];
        assert_eq!((capture.what, capture.axes.s), (NOTHING, Some(0)));
        let text = board(
            r#"{"title":"t","targets":[{"rawSql":"select user_email, 1 from t where user_email = 'mia@harbour.example'"}]}"#,
        );
        assert!(!read_text("d.json", &text).captures[0].setting.contains("mia@"));
    }

    #[test]
    fn a_terms_bucket_by_login_is_per_person() {
        let text = board(
            r#"{"title":"t","targets":[{"query":"*","bucketAggs":[{"type":"terms","field":"user_login.keyword"}]}]}"#,
        );
        assert_eq!(read_text("d.json", &text).captures[0].axes.s, Some(3));
    }
}
