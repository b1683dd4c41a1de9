//! Which labels the result of a `PromQL` or `LogQL` expression keeps.
//!
//! The outermost aggregation decides: `sum by (user_id) (…)` gives one line a person, `count(count by (user_id) (…))`
//! only their number. Grammar: prometheus.io/docs/prometheus/latest/querying/operators. Hand-written scan, bounded.

use super::persons;

/// Functions nested deeper than this are not looked into.
const DEEPEST: usize = 40;

/// Aggregations that drop labels unless `by` keeps them.
const AGGREGATIONS: [&str; 10] =
    ["sum", "avg", "count", "min", "max", "group", "stddev", "stdvar", "quantile", "count_values"];

/// What an expression gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Series {
    /// Subject key of the series, 0 to 3.
    pub(super) subject: u8,
    /// Cut or ordered by rank.
    pub(super) ranked: bool,
    /// Some series keeps every label it has.
    pub(super) all_labels: bool,
    /// A selector picks out people by a template variable (`user=~"$user"`).
    pub(super) selects: bool,
    /// Inner person labels that an outer aggregation only counts.
    pub(super) counted: bool,
}

/// Reads an expression.
pub(super) fn series(text: &str) -> Series {
    let chars: Vec<char> = text.chars().take(50_000).collect();
    let mut out = Series::default();
    read(&chars, &mut out, 0);
    out
}

fn read(text: &[char], out: &mut Series, depth: usize) {
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            '"' | '\'' | '`' => at = quote_end(text, at),
            '{' => {
                let end = bracket_end(text, at, '{', '}');
                out.selects |= selects_people(&text[at..end.min(text.len())]);
                out.all_labels = true;
                at = end;
            }
            '[' => at = bracket_end(text, at, '[', ']'),
            '(' => {
                let end = bracket_end(text, at, '(', ')');
                if depth < DEEPEST {
                    read(&text[at + 1..end], out, depth + 1);
                }
                at = end;
            }
            '|' => at = stage_end(text, at),
            c if c.is_ascii_alphabetic() || c == '_' || c == ':' => {
                let end = word_end(text, at);
                let word: String = text[at..end].iter().collect();
                at = call(&word.to_lowercase(), text, end, out, depth);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
}

/// Handles a word and what belongs to it; gives the place to go on from.
fn call(word: &str, text: &[char], after: usize, out: &mut Series, depth: usize) -> usize {
    let mut at = spaces(text, after);
    match word {
        "by" | "without" | "on" | "ignoring" | "group_left" | "group_right" => {
            return if text.get(at) == Some(&'(') { bracket_end(text, at, '(', ')') + 1 } else { at };
        }
        "and" | "or" | "unless" | "bool" | "offset" | "inf" | "nan" => return at,
        _ => {}
    }
    let mut labels = None;
    if let Some((found, end)) = grouping(text, at) {
        labels = Some(found);
        at = spaces(text, end);
    }
    if text.get(at) != Some(&'(') {
        if text.get(at) != Some(&'{') {
            out.all_labels = true;
        }
        return at.max(after);
    }
    let end = bracket_end(text, at, '(', ')');
    let args = &text[at + 1..end.min(text.len())];
    let mut next = (end + 1).min(text.len());
    if labels.is_none()
        && let Some((found, end)) = grouping(text, spaces(text, next))
    {
        labels = Some(found);
        next = end;
    }
    if AGGREGATIONS.contains(&word) {
        aggregate(args, labels, out, depth);
    } else {
        out.ranked |= matches!(word, "topk" | "bottomk" | "sort" | "sort_desc" | "limitk");
        if word == "label_replace" || word == "label_join" {
            out.subject = out.subject.max(quoted(args).get(1).map_or(0, |label| persons::column(label)));
        }
        if let Some((true, labels)) = labels.filter(|_| !matches!(word, "topk" | "bottomk" | "limitk")) {
            out.subject = out.subject.max(most(&labels));
        }
        if depth < DEEPEST {
            read(args, out, depth + 1);
        }
    }
    next
}

/// An aggregation keeps the labels of `by`; without one, the inside no longer shows.
fn aggregate(args: &[char], labels: Option<(bool, Vec<String>)>, out: &mut Series, depth: usize) {
    let mut inner = Series::default();
    if depth < DEEPEST {
        read(args, &mut inner, depth + 1);
    }
    out.selects |= inner.selects;
    match labels {
        Some((true, labels)) => out.subject = out.subject.max(most(&labels)),
        Some((false, labels)) => {
            out.all_labels |= inner.all_labels && most(&labels) < 2;
        }
        None if inner.subject >= 2 => out.counted = true,
        None => {}
    }
}

fn most(labels: &[String]) -> u8 {
    labels.iter().map(|label| persons::column(label)).max().unwrap_or(0)
}

/// `by (a, b)` is `(true, [a, b])`; `without (a)` is `(false, [a])`; and the place after it.
fn grouping(text: &[char], at: usize) -> Option<((bool, Vec<String>), usize)> {
    let end = word_end(text, at);
    let word: String = text.get(at..end)?.iter().collect::<String>().to_lowercase();
    let by = match word.as_str() {
        "by" => true,
        "without" => false,
        _ => return None,
    };
    let open = spaces(text, end);
    if text.get(open) != Some(&'(') {
        return None;
    }
    let close = bracket_end(text, open, '(', ')');
    let list: String = text[open + 1..close.min(text.len())].iter().collect();
    let labels = list.split(',').map(|label| label.trim().to_owned()).collect();
    Some(((by, labels), (close + 1).min(text.len())))
}

/// A matcher of a person label with a template variable or a list of values.
fn selects_people(selector: &[char]) -> bool {
    let text: String = selector.iter().collect();
    text.trim_matches(['{', '}']).split(',').any(|matcher| {
        let label: String = matcher.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let value = &matcher.trim()[label.len()..];
        persons::column(&label) >= 2 && value.starts_with('=') && (value.contains('$') || value.starts_with("=\""))
    })
}

fn quoted(text: &[char]) -> Vec<String> {
    let text: String = text.iter().collect();
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn spaces(text: &[char], from: usize) -> usize {
    (from..text.len()).find(|at| !text[*at].is_whitespace()).unwrap_or(text.len())
}

fn word_end(text: &[char], from: usize) -> usize {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == ':' || c == '.';
    (from..text.len()).find(|at| !part(text[*at])).unwrap_or(text.len())
}

/// The closing quotation mark, or the end.
fn quote_end(text: &[char], open: usize) -> usize {
    let mut at = open + 1;
    while at < text.len() && text[at] != text[open] {
        at += if text[at] == '\\' && text[open] != '`' { 2 } else { 1 };
    }
    at.min(text.len())
}

/// The closing bracket, or the end.
fn bracket_end(text: &[char], open: usize, opens: char, closes: char) -> usize {
    let mut depth = 0_usize;
    let mut at = open;
    while at < text.len() {
        match text[at] {
            '"' | '\'' | '`' => at = quote_end(text, at),
            c if c == opens => depth += 1,
            c if c == closes => {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// The last character of a `LogQL` stage (`| json`, `| line_format "…"`), so that its words are not taken for metrics.
fn stage_end(text: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < text.len() && !"|[)".contains(text[at]) {
        at = if "\"'`".contains(text[at]) { quote_end(text, at) + 1 } else { at + 1 };
    }
    at.min(text.len()).saturating_sub(1).max(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grouping_by_a_person_is_told_from_grouping_by_team() {
        assert_eq!(series("sum by (user_id)(increase(x_total[1h]))").subject, 2);
        assert_eq!(series("sum(increase(x_total[1h])) by (user_email, model)").subject, 3);
        assert_eq!(series("sum by (team) (x)").subject, 1);
        assert_eq!(series("sum(x)"), Series::default());
    }

    #[test]
    fn counting_persons_is_only_a_count() {
        let found = series("count(count by (user_id) (x))");
        assert_eq!((found.subject, found.counted), (0, true));
    }

    #[test]
    fn a_ranking_keeps_what_is_inside() {
        let found = series("topk(10, sum by (user_email) (rate(x[5m])))");
        assert_eq!((found.subject, found.ranked), (3, true));
    }

    #[test]
    fn a_selector_with_a_variable_picks_people_out() {
        assert!(series("sum(x{user_email=~\"$user\"})").selects);
        assert!(!series("sum(x{user_email!=\"\"})").selects);
        assert!(!series("sum(x{service=\"$service\"})").selects);
    }

    #[test]
    fn a_bare_series_keeps_all_its_labels() {
        assert!(series("rate(claude_code_cost_usage_USD_total[5m])").all_labels);
        assert!(!series("sum(rate(claude_code_cost_usage_USD_total[5m]))").all_labels);
    }

    #[test]
    fn log_stages_are_not_metrics() {
        assert_eq!(series("sum by (user_email) (count_over_time({a=\"b\"} | json | x=\"y\" [5m]))").subject, 3);
    }

    #[test]
    fn hostile_expressions_end() {
        for text in ["(".repeat(100_000), "sum by (".repeat(50_000), "\"".into(), "{".into(), "|".repeat(1000)] {
            let _ = series(&text);
        }
    }
}
