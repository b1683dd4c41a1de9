//! The records of a JSON export, one at a time.
//!
//! What people have in hand is rarely one clean array: `gh api --paginate` writes one array behind the other, `--slurp`
//! an array of arrays, a loop over `gh pr view` one object a line, and a redirection on Windows writes UTF-16.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// What Gerrit writes before every answer, so that no page of another site can run it as a script
/// (<https://gerrit-review.googlesource.com/Documentation/rest-api.html#output>).
const PREFIX: &str = ")]}'";

/// Calls `each` for every record: the objects of the file, at whatever depth of arrays. What stands in place of a
/// record is given as null. Nesting is bounded by the reader's own limit of 128.
pub(super) fn records(text: &str, each: &mut dyn FnMut(Value)) -> Result<(), &'static str> {
    let text = text.trim_start();
    let text = text.strip_prefix(PREFIX).unwrap_or(text);
    let mut reader = serde_json::Deserializer::from_str(text);
    while reader.end().is_err() {
        // The reader's own message may quote a value.
        Records(&mut *each).deserialize(&mut reader).map_err(|error| match error.classify() {
            serde_json::error::Category::Eof => "the file ends in the middle of a record",
            _ => "the file is not JSON, or is nested too deeply",
        })?;
    }
    Ok(())
}

/// UTF-8 or UTF-16, with or without a byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, &'static str> {
    let wide = |of: fn([u8; 2]) -> u16, rest: &[u8]| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map(Cow::Owned).map_err(|_| "the file is not UTF-16, as it says")
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(u16::from_le_bytes, rest),
        [0xfe, 0xff, rest @ ..] => wide(u16::from_be_bytes, rest),
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => {
            std::str::from_utf8(rest).map(Cow::Borrowed).map_err(|_| "the file is not UTF-8")
        }
    }
}

struct Records<'a>(&'a mut dyn FnMut(Value));

impl<'de> DeserializeSeed<'de> for Records<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Records<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Records(&mut *self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        (self.0)(Value::deserialize(MapAccessDeserializer::new(map))?);
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        (self.0)(Value::Null);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(bytes: &[u8]) -> Result<(usize, usize), &'static str> {
        let (mut objects, mut others) = (0, 0);
        records(&text(bytes)?, &mut |value| if value.is_object() { objects += 1 } else { others += 1 })?;
        Ok((objects, others))
    }

    #[test]
    fn arrays_lines_pages_and_single_records_are_all_read() {
        for (text, expected) in [
            ("[]", (0, 0)),
            ("[{},{}]", (2, 0)),
            ("[{}][{},{}]", (3, 0)),
            ("[[{}],[{},{}]]", (3, 0)),
            ("{}\r\n{}\r\n{}", (3, 0)),
            ("{}", (1, 0)),
            (")]}'\n[{},{}]", (2, 0)),
            ("[{},1,null,\"x\",true,1.5,-1]", (1, 6)),
        ] {
            assert_eq!(count(text.as_bytes()), Ok(expected), "{text}");
        }
    }

    #[test]
    fn marks_of_byte_order_and_windows_redirections_are_read() {
        assert_eq!(count(b"\xef\xbb\xbf[{}]"), Ok((1, 0)));
        let little: Vec<u8> = "\u{feff}[{}]".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{feff}[{}]".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!((count(&little), count(&big)), (Ok((1, 0)), Ok((1, 0))));
    }

    #[test]
    fn damage_is_an_error_and_quotes_nothing() {
        let deep = ["[".repeat(1_000_000), "{\"a\":".repeat(100_000), format!("[{{\"a\":{}", "[".repeat(100_000))];
        for text in deep.iter().map(String::as_str).chain(["[{}", "[{}]x", "secret", "[1e999]", "{\"a\":}"]) {
            assert!(count(text.as_bytes()).is_err(), "{}", &text[..text.len().min(20)]);
        }
        assert!(count(b"\xff\xfe\x00\xd8").is_err() && count(b"[\"\xff\"]").is_err());
    }
}
