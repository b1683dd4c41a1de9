//! Whether a SQL query gives one row a person, or only counts them.
//!
//! The outermost select decides: `COUNT(DISTINCT user_id)` counts, `SELECT user_id … GROUP BY user_id` does not. A
//! column of an inner query decides when the outer select passes it on (`SELECT *`, or by its name). This is a scan of
//! words and brackets, not a SQL parser; what it does not understand stays at the lower level.

use std::collections::BTreeMap;

use super::persons;

/// Brackets deeper than this are not looked into.
const DEEPEST: usize = 40;
/// Words of a query that are looked at.
const LONGEST: usize = 20_000;

/// What a query gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Rows {
    /// Subject key of the rows: 0 none, 1 group or count, 2 and 3 one row a person.
    pub(super) subject: u8,
    /// Persons are counted, not listed.
    pub(super) counts: bool,
    /// Ordered or cut by rank.
    pub(super) ranked: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    Name(String),
    Quoted(String),
    Open,
    Close,
    Comma,
    Other,
}

/// Reads a query.
pub(super) fn rows(query: &str) -> Rows {
    let words = words(query);
    let mut known = BTreeMap::new();
    let mut rows = scope(&words, &mut known, 0);
    let lower: Vec<&str> = words.iter().filter_map(name).collect();
    let listed = |at: usize| lower.get(at).copied().unwrap_or_default();
    rows.ranked = rows.subject >= 2 && (0..lower.len()).any(|n| listed(n) == "order" && listed(n + 1) == "by");
    rows.ranked |= rows.subject >= 2 && lower.contains(&"top");
    if rows.subject == 0 && filters_by_group(&words) {
        rows.subject = 1;
    }
    rows
}

fn name(word: &Word) -> Option<&str> {
    if let Word::Name(name) = word { Some(name) } else { None }
}

/// `team in (…)`, `team = …`: the result is about one group.
fn filters_by_group(words: &[Word]) -> bool {
    words.windows(2).any(|pair| {
        let group = name(&pair[0]).is_some_and(|word| persons::column(word) == 1);
        group && (pair[1] == Word::Other || name(&pair[1]) == Some("in"))
    })
}

/// One level of brackets: its inner queries first, then its own selects.
fn scope(words: &[Word], known: &mut BTreeMap<String, u8>, depth: usize) -> Rows {
    let mut inner = Rows::default();
    let mut at = 0;
    while at < words.len() {
        if words[at] == Word::Open {
            let end = closing(words, at);
            let body = &words[at + 1..end];
            let begins = body.first().and_then(name);
            if depth < DEEPEST && matches!(begins, Some("select" | "with")) {
                let found = scope(body, known, depth + 1);
                inner =
                    Rows { subject: inner.subject.max(found.subject), counts: inner.counts | found.counts, ..inner };
            }
            at = end;
        }
        at += 1;
    }
    own_selects(words, known, inner)
}

/// The selects of this level (several with UNION).
fn own_selects(words: &[Word], known: &mut BTreeMap<String, u8>, inner: Rows) -> Rows {
    let mut rows = Rows::default();
    let mut at = 0;
    while at < words.len() {
        match &words[at] {
            Word::Open => at = closing(words, at),
            Word::Name(word) if word == "select" => {
                let end = top(words, at + 1, &["from", "union", "where", "group", "order", "limit"]);
                for item in split(&words[at + 1..end]) {
                    let found = item_level(item, known, inner);
                    rows =
                        Rows { subject: rows.subject.max(found.subject), counts: rows.counts | found.counts, ..rows };
                }
                at = end.saturating_sub(1);
            }
            Word::Name(word) if word == "group" && words.get(at + 1).and_then(name) == Some("by") => {
                let end = top(words, at + 2, &["having", "order", "limit", "union"]);
                let keys = words[at + 2..end].iter().filter_map(|word| match word {
                    Word::Name(key) | Word::Quoted(key) => Some(persons::column(key)),
                    _ => None,
                });
                rows.subject = rows.subject.max(keys.max().unwrap_or(0));
            }
            _ => {}
        }
        at += 1;
    }
    rows
}

/// The level of one selected item, remembered under its alias.
fn item_level(item: &[Word], known: &mut BTreeMap<String, u8>, inner: Rows) -> Rows {
    if item.iter().any(|word| matches!(word, Word::Name(word) if word == "*" || word.ends_with(".*")))
        && item.len() <= 2
    {
        return inner;
    }
    let alias = item.iter().rposition(|word| name(word) == Some("as"));
    let (value, alias) = match alias {
        Some(at) => (&item[..at], item.get(at + 1)),
        None => (item, None),
    };
    let mut rows = Rows::default();
    let mut at = 0;
    while at < value.len() {
        match &value[at] {
            Word::Name(word) if word == "count" && value.get(at + 1) == Some(&Word::Open) => {
                let end = closing(value, at + 1);
                let counted = value[at + 1..end].iter().filter_map(name).any(|word| persons::column(word) >= 2);
                rows.counts |= counted;
                rows.subject = rows.subject.max(u8::from(counted));
                at = end;
            }
            Word::Open if value.get(at + 1).and_then(name) == Some("select") => at = closing(value, at),
            Word::Name(word) => {
                let bare = word.rsplit('.').next().unwrap_or(word);
                let level = persons::column(word).max(known.get(bare).copied().unwrap_or(0));
                rows.subject = rows.subject.max(level);
            }
            Word::Quoted(word) if value.len() == 1 => rows.subject = rows.subject.max(persons::column(word)),
            _ => {}
        }
        at += 1;
    }
    if let Some(Word::Name(alias) | Word::Quoted(alias)) = alias
        && rows.subject > 0
    {
        let level = known.entry(alias.to_lowercase()).or_default();
        *level = rows.subject.max(*level);
    }
    rows
}

/// Place of the bracket that closes the one at `open`; the end when none does.
fn closing(words: &[Word], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, word) in words.iter().enumerate().skip(open) {
        match word {
            Word::Open => depth += 1,
            Word::Close => {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    words.len()
}

/// The next of these words outside brackets, or the end.
fn top(words: &[Word], from: usize, ends: &[&str]) -> usize {
    let mut at = from;
    while at < words.len() {
        match &words[at] {
            Word::Open => at = closing(words, at),
            Word::Name(word) if ends.contains(&word.as_str()) => return at,
            _ => {}
        }
        at += 1;
    }
    words.len()
}

/// Items between commas outside brackets.
fn split(words: &[Word]) -> Vec<&[Word]> {
    let mut items = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < words.len() {
        match words[at] {
            Word::Open => at = closing(words, at),
            Word::Comma => {
                items.push(&words[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    items.push(&words[start.min(words.len())..]);
    items
}

/// Words, lower case; comments and numbers are left out, quotes of any kind are one word.
fn words(query: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut chars = query.chars().peekable();
    while let Some(c) = chars.next() {
        if words.len() >= LONGEST {
            break;
        }
        match c {
            '-' if chars.peek() == Some(&'-') => while chars.next_if(|c| *c != '\n').is_some() {},
            '/' if chars.peek() == Some(&'*') => {
                let mut before = ' ';
                for c in chars.by_ref() {
                    if before == '*' && c == '/' {
                        break;
                    }
                    before = c;
                }
            }
            '\'' | '"' | '`' | '[' => {
                let end = if c == '[' { ']' } else { c };
                let text: String = chars.by_ref().take_while(|other| *other != end).collect();
                words.push(if c == '`' || c == '[' { Word::Name(text.to_lowercase()) } else { Word::Quoted(text) });
            }
            '(' => words.push(Word::Open),
            ')' => words.push(Word::Close),
            ',' => words.push(Word::Comma),
            '*' => words.push(Word::Name("*".into())),
            c if c.is_alphanumeric() || c == '_' || c == '$' => {
                let mut word = String::from(c);
                while let Some(c) = chars.next_if(|c| c.is_alphanumeric() || "_.*${}".contains(*c)) {
                    word.push(c);
                }
                words.push(Word::Name(word.to_lowercase()));
            }
            c if c.is_whitespace() => {}
            _ => words.push(Word::Other),
        }
    }
    balanced(words)
}

/// Closing brackets without an opening one are dropped, so that counting never goes below zero.
fn balanced(words: Vec<Word>) -> Vec<Word> {
    let mut depth = 0_usize;
    words
        .into_iter()
        .filter(|word| match word {
            Word::Open => {
                depth += 1;
                true
            }
            Word::Close if depth == 0 => false,
            Word::Close => {
                depth -= 1;
                true
            }
            _ => true,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(query: &str) -> u8 {
        rows(query).subject
    }

    #[test]
    fn counting_people_is_not_listing_them() {
        assert_eq!(
            rows("select count(distinct user_id) as 'Active' from t"),
            Rows { subject: 1, counts: true, ranked: false }
        );
        assert_eq!(subject("SELECT user_id, sum(x) FROM t GROUP BY user_id"), 2);
        assert_eq!(subject("select round(count(distinct case when a=1 then user_id end)*100.0/count(*),0) from t"), 1);
    }

    #[test]
    fn a_display_name_inside_functions_is_one_row_a_person() {
        let query =
            "SELECT COALESCE(MAX(display_name), user_id) AS 'User', COUNT(*) FROM t GROUP BY user_id ORDER BY 2";
        assert_eq!(rows(query), Rows { subject: 3, counts: false, ranked: true });
    }

    #[test]
    fn a_person_key_of_an_inner_query_counts_when_it_is_passed_on() {
        let cte = "with c as (select date as time, c.author_name, count(*) as n from commits c group by 2,1)";
        assert_eq!(subject(&format!("{cte} select * from c")), 3);
        assert_eq!(subject(&format!("{cte} select author_name as metric, n from c")), 3);
        assert_eq!(subject(&format!("{cte} select avg(n) from c")), 0);
    }

    #[test]
    fn a_filter_by_team_is_a_group_result() {
        assert_eq!(subject("select avg(x) from d join users u on 1=1 where team in (${team})"), 1);
        assert_eq!(subject("select count(distinct i.id) from issues i where i.status = 'resolved'"), 0);
    }

    #[test]
    fn hostile_queries_end() {
        assert_eq!(subject(&"(select ".repeat(100_000)), 0);
        assert_eq!(subject(&")".repeat(100_000)), 0);
        assert_eq!(subject("select '"), 0);
    }
}
