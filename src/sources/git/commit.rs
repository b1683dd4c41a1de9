//! One commit object, parsed from its raw bytes.
//!
//! Tolerant where git is: histories converted from other systems hold empty names, missing brackets and odd dates, and
//! a commit that cannot be read would be a commit that is not counted. The format is described in
//! <https://git-scm.com/docs/git-hash-object> and git's `ident.c` (`split_ident_line`).

use gix::ObjectId;
use gix::bstr::ByteSlice as _;

use crate::facts::time::Stamp;

/// A parsed commit.
pub(super) struct Parsed {
    /// Root tree.
    pub(super) tree: ObjectId,
    /// Parents, in order.
    pub(super) parents: Vec<ObjectId>,
    /// Author line.
    pub(super) author: Ident,
    /// Committer line.
    pub(super) committer: Ident,
    /// Message; bytes that are not UTF-8 are replaced.
    pub(super) message: String,
}

/// An author or committer line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ident {
    /// Name, may be empty.
    pub(super) name: String,
    /// Address, may be empty.
    pub(super) email: String,
    /// Date; `None` when it is malformed or outside the calendar.
    pub(super) stamp: Option<Stamp>,
}

/// Parses a commit; `None` when it names no tree.
pub(super) fn parse(raw: &[u8]) -> Option<Parsed> {
    let (mut tree, mut parents) = (None, Vec::new());
    let (mut author, mut committer) = (Ident::default(), Ident::default());
    let mut rest = raw;
    loop {
        let (line, tail) = split_line(rest);
        rest = tail;
        // Continuation lines (signatures) begin with a space and match no key.
        match line.split_once_str(b" ") {
            _ if line.is_empty() => break,
            Some((b"tree", hex)) => tree = tree.or_else(|| ObjectId::from_hex(hex).ok()),
            Some((b"parent", hex)) => parents.extend(ObjectId::from_hex(hex)),
            Some((b"author", value)) => author = ident(value),
            Some((b"committer", value)) => committer = ident(value),
            _ => {}
        }
    }
    Some(Parsed { tree: tree?, parents, author, committer, message: String::from_utf8_lossy(rest).into_owned() })
}

/// Only the parents, for the walk.
pub(super) fn parents(raw: &[u8]) -> Vec<ObjectId> {
    let mut found = Vec::new();
    let mut rest = raw;
    loop {
        let (line, tail) = split_line(rest);
        rest = tail;
        match line.split_once_str(b" ") {
            Some((b"tree", _)) => {}
            Some((b"parent", hex)) => found.extend(ObjectId::from_hex(hex)),
            _ => return found,
        }
    }
}

fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    bytes.split_once_str(b"\n").unwrap_or((bytes, &[]))
}

/// `Name <address> seconds offset`; the date stands behind the last bracket, as git reads it.
fn ident(line: &[u8]) -> Ident {
    let line = String::from_utf8_lossy(line);
    let (name, rest) = line.split_once('<').unwrap_or((&line, ""));
    let email = rest.split('>').next().unwrap_or("");
    let date = line.rsplit_once('>').map_or("", |(_, date)| date);
    Ident { name: name.trim().to_owned(), email: email.trim().to_owned(), stamp: stamp(date) }
}

fn stamp(date: &str) -> Option<Stamp> {
    let mut words = date.split_whitespace();
    let seconds = words.next()?.parse().ok()?;
    Stamp::from_unix(seconds, words.next().and_then(offset).unwrap_or(0))
}

/// `+0530` in minutes. What is no offset, or is beyond a day, tells nothing and is read as UTC: the instant stands.
fn offset(text: &str) -> Option<i32> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let number: i32 = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
    let minutes = number / 100 * 60 + number % 100;
    (minutes < 24 * 60).then_some(sign * minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n";

    fn of(rest: &str) -> Option<Parsed> {
        parse(format!("{TREE}{rest}").as_bytes())
    }

    #[test]
    fn half_hour_offsets_are_minutes() {
        assert_eq!(offset("+0530"), Some(330));
        assert_eq!(offset("-0330"), Some(-210));
        assert_eq!(offset("+0000"), Some(0));
    }

    #[test]
    fn an_offset_that_is_none_leaves_the_instant() {
        for odd in ["+051800", "0530", "", "+", "+99999999999", "-2400", "+05é0"] {
            assert_eq!(offset(odd), None, "{odd}");
        }
        assert_eq!(stamp("12 +051800"), Stamp::from_unix(12, 0));
        assert_eq!(stamp("12"), Stamp::from_unix(12, 0));
    }

    #[test]
    fn a_date_outside_the_calendar_is_no_date() {
        assert_eq!(stamp("9223372036854775807 +0000"), None);
        assert_eq!(stamp("99999999999999999999999 +0000"), None);
        assert_eq!(stamp("yesterday +0000"), None);
        assert_eq!(stamp(""), None);
    }

    #[test]
    fn a_name_with_brackets_keeps_its_date() {
        let found = ident(b"A <x <a@x.example>> 5 +0100");
        assert_eq!(found.stamp, Stamp::from_unix(5, 60));
        assert_eq!(ident(b"no brackets at all"), Ident { name: "no brackets at all".into(), ..Ident::default() });
    }

    #[test]
    fn a_signature_is_no_header_and_the_message_begins_after_the_blank_line() {
        let text = "author A <a@x> 1 +0000\ncommitter B <b@x> 2 +0000\ngpgsig -----\n author C <c@x> 3 +0000\n \n -----\n\nS\n\nB";
        let parsed = of(text);
        assert_eq!(parsed.as_ref().map(|p| p.author.email.as_str()), Some("a@x"));
        assert_eq!(parsed.as_ref().map(|p| p.message.as_str()), Some("S\n\nB"));
    }

    #[test]
    fn a_commit_without_a_tree_or_with_any_bytes_does_not_stop_the_reader() {
        assert!(parse(b"").is_none());
        assert!(parse(b"tree zz\n\nx").is_none());
        assert!(of("").is_some());
        assert_eq!(ident(b"\xff <\xfe> 1 +0000").name, "\u{fffd}");
        assert!(parents(b"parent\nparent zz").is_empty());
    }
}
