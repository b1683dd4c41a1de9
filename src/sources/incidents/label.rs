//! What may be printed of a record: plain ids and short labels. Anything else is replaced by a number.
//!
//! Exports hold names, addresses, secrets and spreadsheet formulas in any column. An id is therefore at most 64 of
//! `A–Z a–z 0–9 . _ : / # -` and begins with a letter, a digit or `#`; a label is at most 60 characters, begins with
//! a letter or a digit, and holds no `@`, quotation mark or control character.

use std::sync::Arc;

use crate::sources::Lookup;

/// The text, if it is a plain id.
pub(super) fn plain_id(text: &str) -> Option<String> {
    let first = text.bytes().next()?;
    let sane = text.len() <= 64
        && (first.is_ascii_alphanumeric() || first == b'#')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._:/#-".contains(&b));
    sane.then(|| text.to_owned())
}

fn plain_label(text: &str) -> bool {
    text.chars().count() <= 60
        && text.chars().next().is_some_and(char::is_alphanumeric)
        && text.chars().all(|c| c.is_alphanumeric() || " ._:/#-&(),+".contains(c))
}

/// Keeps each label once, and gives out numbers for those that cannot be printed, so that equal ones stay equal.
#[derive(Default)]
pub(super) struct Labels {
    known: Lookup<Arc<str>, Arc<str>>,
    hidden: Lookup<String, usize>,
}

impl Labels {
    /// The label, or `unprintable-1`, `unprintable-2`, … in order of first appearance.
    pub(super) fn label(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.known.get(text) {
            return Arc::clone(known);
        }
        if plain_label(text) {
            return self.keep(text);
        }
        let next = self.hidden.len() + 1;
        let number = *self.hidden.or_insert(text.to_owned(), next);
        self.keep(&format!("unprintable-{number}"))
    }

    fn keep(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.known.get(text) {
            return Arc::clone(known);
        }
        let label: Arc<str> = text.into();
        self.known.insert(Arc::clone(&label), Arc::clone(&label));
        label
    }
}

/// A value in an error message: quoted when it is a short code, else described.
pub(super) fn quoted(text: &str) -> String {
    let plain = text.len() <= 40 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b" ._:/#-+()".contains(&b));
    if plain { format!("`{text}`") } else { format!("a value of {} characters", text.chars().count()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_plain_or_none() {
        for id in ["INC0000045", "#12", "2026/17", "a.b:c_d-e"] {
            assert_eq!(plain_id(id).as_deref(), Some(id));
        }
        for id in ["", "=cmd|' /C calc'!A0", "-1", "@x", "mia@harbour.example", "a b", "a\u{202e}b", &"x".repeat(65)] {
            assert_eq!(plain_id(id), None, "{id}");
        }
    }

    #[test]
    fn a_label_that_cannot_be_printed_keeps_its_identity() {
        let mut labels = Labels::default();
        assert_eq!(&*labels.label("Zahlungen (Süd)"), "Zahlungen (Süd)");
        assert_eq!(&*labels.label("mia@harbour.example"), "unprintable-1");
        assert_eq!(&*labels.label("=1+1"), "unprintable-2");
        assert_eq!(&*labels.label("mia@harbour.example"), "unprintable-1");
    }

    #[test]
    fn a_message_never_quotes_an_address_or_a_sentence() {
        assert_eq!(quoted("P0 - Panic"), "`P0 - Panic`");
        assert_eq!(quoted("mia@harbour.example"), "a value of 19 characters");
        assert_eq!(quoted(&"x".repeat(41)), "a value of 41 characters");
    }
}
