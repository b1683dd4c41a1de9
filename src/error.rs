//! What went wrong, where, why, and what to type next.
//!
//! One shape for every error a user can meet, so that all of them read alike. Texts never quote file contents beyond
//! the word that is wrong: inputs may hold secrets and names.

use std::fmt;

/// Whose move it is; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The command line or the plan: exit 2.
    Usage,
    /// An input cannot be used, or a verification failed: exit 3.
    Input,
    /// A defect of this program: exit 70 (`EX_SOFTWARE` of sysexits).
    Internal,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path as the user wrote it.
    pub file: String,
    /// Line, from 1.
    pub line: Option<usize>,
    /// Column, from 1, in characters.
    pub column: Option<usize>,
}

/// An error that ends the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Whose move it is.
    pub fault: Fault,
    /// What could not be done.
    pub what: String,
    /// Where.
    pub at: Option<Place>,
    /// Why.
    pub why: String,
    /// What to type or change next.
    pub help: Option<String>,
}

impl Problem {
    /// A problem with the command line or the plan.
    pub fn usage(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self::new(Fault::Usage, what, why)
    }

    /// A problem with an input.
    pub fn input(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self::new(Fault::Input, what, why)
    }

    /// A defect of this program.
    pub fn internal(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self::new(Fault::Internal, what, why).help("this is a bug in countersign; please report it")
    }

    fn new(fault: Fault, what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { fault, what: what.into(), at: None, why: why.into(), help: None }
    }

    /// Adds the file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.at = Some(Place { file: file.into(), line: None, column: None });
        self
    }

    /// Adds the file and the line of a byte offset in its text.
    #[must_use]
    pub fn at_offset(mut self, file: impl Into<String>, text: &str, offset: usize) -> Self {
        let (line, column) = line_column(text, offset);
        self.at = Some(Place { file: file.into(), line: Some(line), column: Some(column) });
        self
    }

    /// Adds the file and a line.
    #[must_use]
    pub fn at_line(mut self, file: impl Into<String>, line: usize) -> Self {
        self.at = Some(Place { file: file.into(), line: Some(line), column: None });
        self
    }

    /// Adds what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Process exit code.
    pub fn exit_code(&self) -> u8 {
        match self.fault {
            Fault::Usage => 2,
            Fault::Input => 3,
            Fault::Internal => 70,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", printable(&self.what))?;
        if let Some(Place { file, line, column }) = &self.at {
            write!(f, "\n  --> {}", printable(file))?;
            if let Some(line) = line {
                write!(f, ":{line}")?;
            }
            if let Some(column) = column {
                write!(f, ":{column}")?;
            }
        }
        write!(f, "\n  why: {}", printable(&self.why))?;
        if let Some(help) = &self.help {
            write!(f, "\n  help: {}", printable(help))?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

/// Whether a character steers a terminal, turns the writing direction or cannot be seen
/// (<https://www.unicode.org/reports/tr36/>, <https://trojansource.codes>).
pub fn is_hidden(c: char) -> bool {
    let unseen = matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    c.is_control() && c != '\n' || unseen
}

/// Text without hidden characters: words of a plan, paths and settings come from outside.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if is_hidden(c) { '\u{FFFD}' } else { c }).collect()
}

/// Line and column, both from 1, of a byte offset; an offset past the end is the last place.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

/// The candidate nearest to a word that was typed, when it is near enough to be a slip (Damerau–Levenshtein distance
/// at most a third of the length).
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(typed, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len().max(3) / 3)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_lines_and_characters_from_one() {
        assert_eq!(line_column("a\nbü=c", 5), (2, 3));
        assert_eq!(line_column("", 9), (1, 1));
    }

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_does_not() {
        assert_eq!(nearest("preiod", ["period", "path"]), Some("period"));
        assert_eq!(nearest("zzzzzz", ["period", "path"]), None);
    }

    #[test]
    fn an_error_never_steers_the_terminal() {
        let text =
            Problem::usage("a\u{1b}[31m", "`\u{202e}x\u{200b}` is\tnot").in_file("b\u{9b}\r").help("\u{7}").to_string();
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
        assert!(!text.contains(['\u{202e}', '\u{200b}']), "{text:?}");
    }

    #[test]
    fn an_error_reads_what_where_why_and_what_next() {
        let text =
            Problem::usage("cannot read the plan", "unknown key").at_offset("audit.toml", "x\nyy", 3).help("write `z`");
        assert_eq!(
            text.to_string(),
            "error: cannot read the plan\n  --> audit.toml:2:2\n  why: unknown key\n  help: write `z`"
        );
    }
}
