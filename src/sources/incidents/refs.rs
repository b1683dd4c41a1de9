//! References to changes: in fields made for them, and in text that is searched and never kept.
//!
//! Patterns (`facts/incidents.md` 2.1): a commit id of 7 to 40 or of 64 hexadecimal digits, `#12`, `!12`, the address of a
//! pull request, merge request or commit, and a change number such as `CHG0000097`. In text, an abbreviated commit id
//! needs a digit and a letter: telephone numbers and words such as "defaced" are hexadecimal too.

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any of the patterns, or an id as it stands.
    Any,
    /// Change numbers, as they stand.
    ChangeId,
    /// Commit ids.
    Commit,
    /// Review numbers, with or without `#`.
    Review,
    /// Text in which patterns are looked for.
    Text,
}

/// Words of `kind` in a mapping.
pub(super) const KINDS: [(&str, Kind); 4] =
    [("change_id", Kind::ChangeId), ("commit", Kind::Commit), ("review", Kind::Review), ("text", Kind::Text)];

/// A reference and the repository it names, if it does.
pub(super) type Found = (String, Option<String>);

/// References in one value.
pub(super) fn find(kind: Kind, text: &str) -> Vec<Found> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '"' | '\'' | '<' | '>' | '`'));
    let words =
        words.map(|word| word.trim_matches(['(', ')', '[', ']', '.', ':', '?'])).filter(|word| !word.is_empty());
    // A field made for a reference holds a few words at most; a sentence in it is not searched for ids.
    words.filter_map(|word| one(kind, word)).collect()
}

fn one(kind: Kind, word: &str) -> Option<Found> {
    let bare = |reference: Option<String>| reference.map(|reference| (reference, None));
    match kind {
        Kind::Text => pattern(word).or_else(|| bare(commit(word, true))),
        Kind::Commit => address(word).or_else(|| bare(commit(word, false))),
        Kind::Review => pattern(word).or_else(|| bare(digits(word).map(|n| format!("#{n}")))),
        Kind::ChangeId => bare(change_id(word)),
        Kind::Any => pattern(word).or_else(|| bare(commit(word, true).or_else(|| change_id(word)))),
    }
}

fn pattern(word: &str) -> Option<Found> {
    if let Some(number) = word.strip_prefix(['#', '!']) {
        return digits(number).map(|n| (format!("#{n}"), None));
    }
    let number = word.strip_prefix("CHG").and_then(digits);
    match number {
        Some(number) if number.len() >= 5 => Some((word.to_owned(), None)),
        _ => address(word),
    }
}

/// `https://host/owner/name/pull/12`, `…/-/merge_requests/12`, `…/commit/<id>`.
fn address(word: &str) -> Option<Found> {
    let path = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"))?;
    let parts: Vec<&str> = path.split(['/', '?', '#']).filter(|part| !part.is_empty() && *part != "-").collect();
    let at = parts.iter().position(|part| matches!(*part, "pull" | "merge_requests" | "commit"))?;
    let reference = match *parts.get(at)? {
        "commit" => commit(parts.get(at + 1)?, false)?,
        _ => format!("#{}", digits(parts.get(at + 1)?)?),
    };
    // Host, owner and name come before; the name alone is what the plan's repositories are known by.
    let repository = (at >= 3).then(|| super::label::plain_id(parts[at - 1])).flatten();
    Some((reference, repository))
}

fn digits(text: &str) -> Option<&str> {
    (1..=12).contains(&text.len()).then_some(text).filter(|t| t.bytes().all(|b| b.is_ascii_digit()))
}

fn commit(word: &str, careful: bool) -> Option<String> {
    let length = (7..=40).contains(&word.len()) || word.len() == 64;
    let hex = length && word.bytes().all(|b| b.is_ascii_hexdigit());
    let mixed = word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().any(|b| b.is_ascii_alphabetic());
    (hex && (!careful || mixed)).then(|| word.to_ascii_lowercase())
}

/// A plain id with a digit in it: words of a sentence have none.
fn change_id(word: &str) -> Option<String> {
    super::label::plain_id(word).filter(|id| id.bytes().any(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(kind: Kind, text: &str) -> Vec<String> {
        find(kind, text).into_iter().map(|(reference, _)| reference).collect()
    }

    #[test]
    fn text_gives_its_references_and_nothing_else() {
        let text = "Caused by 1A2b3c4 (see #12, !7), change CHG0000097; defaced page, call 03012345678. Mia, 20260305.";
        assert_eq!(texts(Kind::Text, text), ["1a2b3c4", "#12", "#7", "CHG0000097"]);
    }

    #[test]
    fn an_address_gives_the_number_and_the_repository() {
        let text = "https://git.example/shop/checkout/pull/12 and https://git.example/g/s/pay/-/merge_requests/9#n1";
        let expected = [("#12".to_owned(), Some("checkout".to_owned())), ("#9".to_owned(), Some("pay".to_owned()))];
        assert_eq!(find(Kind::Text, text), expected);
        let commit = "https://git.example/shop/checkout/commit/0123456789abcdef0123456789abcdef01234567";
        assert_eq!(texts(Kind::Any, commit), ["0123456789abcdef0123456789abcdef01234567"]);
    }

    #[test]
    fn a_change_number_stays_as_it_is_and_a_sentence_does_not() {
        assert_eq!(texts(Kind::ChangeId, "CHG0000097"), ["CHG0000097"]);
        assert_eq!(texts(Kind::Any, "RFC-2026/17"), ["RFC-2026/17"]);
        assert!(texts(Kind::Any, "the change that Mia made").is_empty());
    }

    #[test]
    fn fields_made_for_commits_and_reviews_take_bare_numbers() {
        assert_eq!(texts(Kind::Commit, "1234567, 89abcde"), ["1234567", "89abcde"]);
        assert_eq!(texts(Kind::Review, "12;#13"), ["#12", "#13"]);
        assert!(texts(Kind::Commit, "123456").is_empty());
    }

    #[test]
    fn formula_cells_and_addresses_of_people_are_no_references() {
        for text in ["=cmd|'/c calc'!A1", "@SUM(1+1)", "mia7@harbour.example", "+4930123", "-1+1"] {
            let found = texts(Kind::Any, text);
            assert!(
                found.iter().all(|f| !f.starts_with(['=', '@', '+', '-']) && !f.contains('@')),
                "{text}: {found:?}"
            );
        }
    }
}
