//! One export, read whole: from bytes to reviews and refusals.

use std::collections::BTreeSet;

use serde_json::Value;

use super::format::{Format, detect};
use super::raw::{RawReview, Refusal, Unusable};
use super::{csv, gerrit_query, gerrit_rest, github_cli, github_rest, gitlab, graphql, stream};
use crate::facts::input::RefusalReason;
use crate::sources::attribution::Registry;

/// What an export held.
pub(super) struct Export {
    pub(super) format: Format,
    pub(super) reviews: Vec<RawReview>,
    pub(super) refused: Vec<Refusal>,
    /// The list of reviews ends, or may end, before its last one.
    pub(super) cut: bool,
}

/// Why an export cannot be used at all, and how to make one that can.
pub(super) struct Unread {
    pub(super) reason: RefusalReason,
    pub(super) why: String,
    pub(super) help: &'static str,
}

impl Unread {
    pub(super) fn new(reason: RefusalReason, why: impl Into<String>, format: Option<Format>) -> Self {
        Self { reason, why: why.into(), help: Format::help(format) }
    }
}

/// Reads an export, in the format that the plan names or in the one that its content shows.
pub(super) fn read(bytes: &[u8], chosen: Option<Format>, registry: &Registry) -> Result<Export, Unread> {
    let unreadable = |why: &str| Unread::new(RefusalReason::Unreadable, why, chosen);
    let text = stream::text(bytes).map_err(unreadable)?;
    if text.trim().is_empty() {
        return Err(unreadable("the file is empty"));
    }
    let export = if chosen == Some(Format::Csv) || chosen.is_none() && csv::looks_like(&text) {
        let table = csv::read(&text).map_err(|(reason, why)| Unread::new(reason, why, Some(Format::Csv)))?;
        Export { format: Format::Csv, reviews: table.0, refused: table.1, cut: false }
    } else {
        records(&text, chosen, registry)?
    };
    let Export { format, reviews, refused, .. } = &export;
    if reviews.is_empty() && !refused.is_empty() {
        return Err(Unread::new(RefusalReason::Unreadable, "none of its records can be used", Some(*format)));
    }
    if !reviews.is_empty() && reviews.iter().all(|review| !review.has_reviews) {
        return Err(Unread::new(RefusalReason::MissingField, no_reviews(*format), Some(*format)));
    }
    Ok(export)
}

fn no_reviews(format: Format) -> &'static str {
    match format {
        Format::GithubCli | Format::GithubRest | Format::Csv => "no record has the field `reviews`",
        Format::Gitlab => "no record has the field `approvals` or `notes`",
        Format::Gerrit => "no record has approvals",
    }
}

/// The state of reading one format.
enum Reader {
    Each(fn(&Value, &Registry) -> Result<RawReview, Unusable>),
    Gitlab(gitlab::Reader),
    Gerrit { more: bool },
}

impl Reader {
    fn new(format: Format) -> Self {
        match format {
            // A table is read elsewhere and comes by here with no record.
            Format::GithubCli | Format::Csv => Self::Each(github_cli::review),
            Format::GithubRest => Self::Each(github_rest::review),
            Format::Gitlab => Self::Gitlab(gitlab::Reader::default()),
            Format::Gerrit => Self::Gerrit { more: false },
        }
    }

    /// Reads one record; `None` is one that is no review of its own.
    fn record(&mut self, record: &Value, registry: &Registry) -> Result<Option<RawReview>, Unusable> {
        match self {
            Self::Each(review) => review(record, registry).map(Some),
            Self::Gitlab(reader) => reader.record(record, registry),
            Self::Gerrit { more } => {
                if let Some(others) = gerrit_query::statistics(record)? {
                    *more |= others;
                    return Ok(None);
                }
                let rest = gerrit_rest::FIELDS.iter().any(|field| record.get(field).is_some());
                if rest { gerrit_rest::review(record, registry) } else { gerrit_query::review(record, registry) }
                    .map(Some)
            }
        }
    }
}

/// The records of a file, as far as they were read.
struct Records<'a> {
    registry: &'a Registry,
    reader: Option<(Format, Reader)>,
    reviews: Vec<RawReview>,
    refused: Vec<Refusal>,
    seen: BTreeSet<u64>,
    /// Why its first record is in no known form.
    stranger: Option<(RefusalReason, &'static str)>,
    at: u64,
    /// Whether the last page, in answers that are pages, says that another follows.
    next_page: Option<bool>,
}

fn records(text: &str, chosen: Option<Format>, registry: &Registry) -> Result<Export, Unread> {
    let mut records = Records {
        registry,
        reader: chosen.map(|format| (format, Reader::new(format))),
        reviews: Vec::new(),
        refused: Vec::new(),
        seen: BTreeSet::new(),
        stranger: None,
        at: 0,
        next_page: None,
    };
    stream::records(text, &mut |mut record| match graphql::page(&mut record) {
        Some((requests, more)) => {
            records.next_page = Some(more);
            for request in &requests {
                records.take(request);
            }
        }
        None => records.take(&record),
    })
    .map_err(|why| Unread::new(RefusalReason::Unreadable, why, chosen))?;
    match records.stranger {
        Some((reason, why)) => Err(Unread::new(reason, why, None)),
        None => Ok(records.finish()),
    }
}

impl Records<'_> {
    fn take(&mut self, record: &Value) {
        self.at += 1;
        if !record.is_object() {
            self.refuse(RefusalReason::Unreadable, 1, "the record is no object");
            return;
        }
        if self.reader.is_none() && self.stranger.is_none() {
            match detect(record) {
                Ok(format) => self.reader = Some((format, Reader::new(format))),
                Err(refusal) => self.stranger = Some(refusal),
            }
        }
        let Some((_, reader)) = &mut self.reader else { return };
        match reader.record(record, self.registry) {
            Ok(Some(review)) if !self.seen.insert(review.number) => {
                self.refuse(RefusalReason::Duplicate, 1, "the number stands there twice");
            }
            Ok(Some(review)) => {
                if review.unusable > 0 {
                    self.refuse(RefusalReason::BadValue, review.unusable, "reviews or commits of the record");
                }
                self.reviews.push(review);
            }
            Ok(None) => {}
            Err((reason, field)) => self.refuse(reason, 1, field),
        }
    }

    fn refuse(&mut self, reason: RefusalReason, count: u64, detail: &str) {
        self.refused.push(Refusal { at: self.at, reason, count, detail: detail.to_owned() });
    }

    fn finish(self) -> Export {
        let Self { reader, mut reviews, mut refused, next_page, .. } = self;
        // An empty list is the same in every format; it is the answer of `gh` when nothing was merged.
        let (format, reader) = reader.unwrap_or((Format::GithubCli, Reader::Each(github_cli::review)));
        let more = match reader {
            Reader::Each(_) => false,
            Reader::Gitlab(reader) => {
                refused.extend(reader.finish(&mut reviews));
                false
            }
            Reader::Gerrit { more } => more,
        };
        let full = next_page.unwrap_or_else(|| format.limits().contains(&reviews.len()));
        let cut = more || full || reviews.iter().any(|review| review.more);
        Export { format, reviews, refused, cut }
    }
}
