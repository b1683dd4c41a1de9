//! Reviews as a table, for platforms without a reader of their own (Bitbucket, Azure DevOps, Phabricator, …).
//!
//! One line for each act of reviewing; a review on which nobody acted has one line with an empty `event`. Lines with the same
//! `number` are one review: the first of them says everything about the review, later ones may leave those cells empty.
//! Columns, in any order, by their names in the first line (described for users in `docs/review-exports.md`):
//!
//! | column | content |
//! |---|---|
//! | `number` | number of the review. Needed |
//! | `author`, `merged_by` | login or address; `author` is needed |
//! | `opened`, `merged` | instants; `merged` is empty when it was not merged. Needed |
//! | `merge_commit`, `head_commit` | whole ids of the commit it became and of the last commit that was reviewed |
//! | `commit_authors` | who wrote its commits; several are separated by `;` |
//! | `lines` | added plus deleted lines |
//! | `event` | `approved`, `changes_requested`, `commented`, `dismissed` or empty. Needed |
//! | `event_actor`, `event_at` | who, and when. Needed |
//! | `event_actor_kind` | `human`, `ai` or `automation`; empty leaves it to the known names of tools |
//! | `event_revision` | whole id of the commit it was given on |
//! | `event_comment` | `yes` when the act came with written words |

use std::collections::{BTreeMap, BTreeSet};

use csv::{ReaderBuilder, StringRecord, Trim};
use jiff::Timestamp;

use super::account::Account;
use super::fields::commit_id;
use super::raw::{Author, Event, Head, RawReview, Refusal};
use crate::error::nearest;
use crate::facts::change::CommitId;
use crate::facts::input::RefusalReason;
use crate::facts::review::ReviewState;
use crate::sources::attribution::ReviewMarks;

const COLUMNS: [&str; 15] = [
    "number",
    "author",
    "opened",
    "merged",
    "merged_by",
    "merge_commit",
    "head_commit",
    "commit_authors",
    "lines",
    "event",
    "event_actor",
    "event_at",
    "event_actor_kind",
    "event_revision",
    "event_comment",
];

/// Columns that must be there, be they empty.
const NEEDED: [&str; 7] = ["number", "author", "opened", "merged", "event", "event_actor", "event_at"];

const INSTANT: &str = "is no instant with a time zone, as in 2026-07-01T08:00:00Z";

/// Why a line cannot be used: the column, what is wrong with it.
type Wrong = (RefusalReason, &'static str, &'static str);

/// Whether a file begins with the first line of such a table.
pub(super) fn looks_like(text: &str) -> bool {
    let first = text.lines().next().unwrap_or("");
    let known = first.split([',', ';', '\t']).filter(|cell| COLUMNS.contains(&cell.trim().trim_matches('"')));
    known.count() >= 2
}

/// Reads a table.
pub(super) fn read(text: &str) -> Result<(Vec<RawReview>, Vec<Refusal>), (RefusalReason, String)> {
    let mut reader =
        ReaderBuilder::new().flexible(true).has_headers(false).trim(Trim::All).from_reader(text.as_bytes());
    let mut row = StringRecord::new();
    let mut next = |row: &mut StringRecord| {
        let broken = || (RefusalReason::Unreadable, "it is not a table of comma-separated values".to_owned());
        reader.read_record(row).map_err(|_| broken())
    };
    next(&mut row)?;
    let header = header(&row).map_err(|why| (RefusalReason::Unreadable, why))?;
    let width = row.len();
    let mut table = Table { header, ..Table::default() };
    while next(&mut row)? {
        let line = row.position().map_or(0, csv::Position::line);
        let outcome = if row.len() == width {
            table.line(&row)
        } else {
            Err((RefusalReason::Unreadable, "", "the line has more or fewer cells than the first"))
        };
        if let Err((reason, column, wrong)) = outcome {
            let detail = table.place(column).map_or_else(|| wrong.to_owned(), |place| format!("{place} {wrong}"));
            table.refused.push(Refusal { at: line, reason, count: 1, detail });
        }
    }
    Ok((table.reviews, table.refused))
}

/// The position of each column.
fn header(row: &StringRecord) -> Result<BTreeMap<&'static str, usize>, String> {
    let mut header = BTreeMap::new();
    let known = |word: &str| COLUMNS.into_iter().find(|column| column.eq_ignore_ascii_case(word));
    // Without one known word the first line may be a row with names in it, and is not quoted.
    if !row.iter().any(|word| known(word).is_some()) {
        return Err(if row.iter().any(|cell| cell.contains([';', '\t'])) {
            "line 1: separate the columns with commas".to_owned()
        } else {
            "line 1 names no column of a table of reviews".to_owned()
        });
    }
    for (at, word) in row.iter().enumerate() {
        let Some(column) = known(word) else {
            let near = nearest(&word.to_lowercase(), COLUMNS)
                .map_or_else(|| format!("columns are {}", COLUMNS.join(", ")), |near| format!("write `{near}`"));
            let quoted = if word.contains('@') || word.len() > 40 { "it".to_owned() } else { format!("`{word}`") };
            return Err(format!("line 1, column {}: {quoted} is no column of a table of reviews; {near}", at + 1));
        };
        if header.insert(column, at).is_some() {
            return Err(format!("line 1, column {}: `{column}` stands there twice", at + 1));
        }
    }
    match NEEDED.into_iter().find(|needed| !header.contains_key(needed)) {
        Some(missing) => Err(format!("line 1: the column `{missing}` is missing")),
        None => Ok(header),
    }
}

/// What was read so far.
#[derive(Default)]
struct Table {
    header: BTreeMap<&'static str, usize>,
    reviews: Vec<RawReview>,
    refused: Vec<Refusal>,
    /// Where each review stands, and the cells of its first line.
    first: BTreeMap<u64, (usize, Vec<String>)>,
    lines: BTreeSet<Vec<String>>,
}

impl Table {
    fn place(&self, column: &str) -> Option<String> {
        self.header.get(column).map(|at| format!("column {} (`{column}`)", at + 1))
    }

    fn line(&mut self, row: &StringRecord) -> Result<(), Wrong> {
        let cells = Cells { header: &self.header, row };
        let number = cells.number("number")?.ok_or((RefusalReason::MissingField, "number", "is empty"))?;
        let event = cells.event()?;
        let own = cells.of_the_review();
        if let Some((_, first)) = self.first.get(&number) {
            if let Some(column) = (0..own.len()).find(|at| !own[*at].is_empty() && own[*at] != first[*at]) {
                let wrong = "differs from the first line of its number";
                return Err((RefusalReason::BadValue, OF_THE_REVIEW[column], wrong));
            }
        } else {
            let review = cells.review(number)?;
            self.first.insert(number, (self.reviews.len(), own));
            self.reviews.push(review);
        }
        // Two equal comments at one instant are one line that was copied.
        if !self.lines.insert(row.iter().map(str::to_owned).collect()) {
            return Err((RefusalReason::Duplicate, "", "the same line stands before it"));
        }
        let (at, _) = &self.first[&number];
        self.reviews[*at].events.extend(event);
        Ok(())
    }
}

/// Columns that speak about the whole review.
const OF_THE_REVIEW: [&str; 8] =
    ["author", "opened", "merged", "merged_by", "merge_commit", "head_commit", "commit_authors", "lines"];

/// One line.
struct Cells<'a> {
    header: &'a BTreeMap<&'static str, usize>,
    row: &'a StringRecord,
}

impl Cells<'_> {
    fn cell(&self, column: &str) -> &str {
        self.header.get(column).and_then(|at| self.row.get(*at)).unwrap_or("")
    }

    fn of_the_review(&self) -> Vec<String> {
        OF_THE_REVIEW.iter().map(|column| self.cell(column).to_owned()).collect()
    }

    fn number(&self, column: &'static str) -> Result<Option<u64>, Wrong> {
        match self.cell(column) {
            "" => Ok(None),
            cell => cell.parse().map(Some).map_err(|_| (RefusalReason::BadValue, column, "is no whole number")),
        }
    }

    fn instant(&self, column: &'static str) -> Result<Option<Timestamp>, Wrong> {
        match self.cell(column) {
            "" => Ok(None),
            cell => cell.parse().map(Some).map_err(|_| (RefusalReason::BadDate, column, INSTANT)),
        }
    }

    fn commit(&self, column: &'static str) -> Result<Option<CommitId>, Wrong> {
        match self.cell(column) {
            "" => Ok(None),
            cell => commit_id(cell).map(Some).ok_or((RefusalReason::BadValue, column, "is no whole commit id")),
        }
    }

    /// A person is named by a login or by an address.
    fn account(&self, column: &str) -> Option<Account> {
        account(self.cell(column))
    }

    fn review(&self, number: u64) -> Result<RawReview, Wrong> {
        let merged = self.instant("merged")?;
        let authors = self.cell("commit_authors").split(';').map(str::trim).filter(|author| !author.is_empty());
        let authors: Vec<Author> = authors.map(author).collect();
        let head = self.commit("head_commit")?;
        if head.is_none() && !authors.is_empty() {
            return Err((RefusalReason::MissingField, "commit_authors", "needs a `head_commit`"));
        }
        Ok(RawReview {
            number,
            author: self.account("author"),
            opened: self.instant("opened")?,
            merged,
            merged_by: self.account("merged_by"),
            merge_commit: self.commit("merge_commit")?.filter(|_| merged.is_some()),
            head: head.map(|id| Head { id, committed: None, marks: Vec::new(), authors }).into_iter().collect(),
            events: Vec::new(),
            said: ReviewMarks::default(),
            lines: self.number("lines")?,
            truncated: false,
            has_reviews: true,
            unusable: 0,
            more: false,
        })
    }

    fn event(&self) -> Result<Option<Event>, Wrong> {
        let state = match self.cell("event").to_ascii_lowercase().as_str() {
            "" => return Ok(None),
            "approved" => ReviewState::Approved,
            "changes_requested" => ReviewState::ChangesRequested,
            "commented" => ReviewState::Commented,
            "dismissed" => ReviewState::Dismissed,
            _ => {
                let wrong = "is none of approved, changes_requested, commented, dismissed";
                return Err((RefusalReason::BadValue, "event", wrong));
            }
        };
        let actor = self.account("event_actor");
        let actor = match self.cell("event_actor_kind").to_ascii_lowercase().as_str() {
            "" | "human" => actor,
            "ai" => actor.map(Account::ai),
            "automation" => actor.map(Account::automated),
            _ => return Err((RefusalReason::BadValue, "event_actor_kind", "is none of human, ai, automation")),
        };
        let written = match self.cell("event_comment").to_ascii_lowercase().as_str() {
            "" | "no" | "false" => false,
            "yes" | "true" => true,
            _ => return Err((RefusalReason::BadValue, "event_comment", "is none of yes, no")),
        };
        let has_comment = written || state == ReviewState::Commented;
        Ok(Some(Event {
            actor,
            state,
            at: self.instant("event_at")?,
            revision: self.commit("event_revision")?,
            has_comment,
        }))
    }
}

fn account(cell: &str) -> Option<Account> {
    if cell.contains('@') { Account::elsewhere("", "", cell) } else { Account::elsewhere("", cell, "") }
}

fn author(cell: &str) -> Author {
    let (address, login) = if cell.contains('@') { (cell, None) } else { ("", Some(cell.to_owned())) };
    Author { name: String::new(), address: address.to_owned(), login }
}
