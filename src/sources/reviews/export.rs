//! One export, read whole: from bytes to reviews and refusals.

use std::collections::BTreeSet;

use serde_json::Value;

use super::format::{Format, detect};
use super::raw::{RawReview, Refusal, Unusable};
use super::{csv, gerrit_query, gerrit_rest, github_cli, github_rest, gitlab, stream};
use crate::facts::input::RefusalReason;

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
pub(super) fn read(bytes: &[u8], chosen: Option<Format>) -> Result<Export, Unread> {
    let unreadable = |why: &str| Unread::new(RefusalReason::Unreadable, why, chosen);
    let text = stream::text(bytes).map_err(unreadable)?;
    if text.trim().is_empty() {
        return Err(unreadable("the file is empty"));
    }
    let export = if chosen == Some(Format::Csv) || chosen.is_none() && csv::looks_like(&text) {
        let table = csv::read(&text).map_err(|(reason, why)| Unread::new(reason, why, Some(Format::Csv)))?;
        Export { format: Format::Csv, reviews: table.0, refused: table.1, cut: false }
    } else {
        records(&text, chosen)?
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
    Each(fn(&Value) -> Result<RawReview, Unusable>),
    Gitlab(gitlab::Reader),
    Gerrit { more: bool },
}

impl Reader {
    fn new(format: Format) -> Self {
        match format {
            Format::GithubCli | Format::Csv => Self::Each(github_cli::review),
            Format::GithubRest => Self::Each(github_rest::review),
            Format::Gitlab => Self::Gitlab(gitlab::Reader::default()),
            Format::Gerrit => Self::Gerrit { more: false },
        }
    }

    /// Reads one record; `None` is one that is no review of its own.
    fn record(&mut self, record: &Value) -> Result<Option<RawReview>, Unusable> {
        match self {
            Self::Each(review) => review(record).map(Some),
            Self::Gitlab(reader) => reader.record(record),
            Self::Gerrit { more } => {
                if let Some(others) = gerrit_query::statistics(record)? {
                    *more |= others;
                    return Ok(None);
                }
                let rest = gerrit_rest::FIELDS.iter().any(|field| record.get(field).is_some());
                if rest { gerrit_rest::review(record) } else { gerrit_query::review(record) }.map(Some)
            }
        }
    }
}

fn records(text: &str, chosen: Option<Format>) -> Result<Export, Unread> {
    let mut reader = chosen.map(|format| (format, Reader::new(format)));
    let mut reviews: Vec<RawReview> = Vec::new();
    let mut refused = Vec::new();
    let mut seen = BTreeSet::new();
    let mut stranger = None;
    let mut at = 0_u64;
    stream::records(text, &mut |record| {
        at += 1;
        let mut refuse =
            |reason, count, detail: &str| refused.push(Refusal { at, reason, count, detail: detail.to_owned() });
        if !record.is_object() {
            refuse(RefusalReason::Unreadable, 1, "the record is no object");
            return;
        }
        if reader.is_none() && stranger.is_none() {
            match detect(&record) {
                Ok(format) => reader = Some((format, Reader::new(format))),
                Err(refusal) => stranger = Some(refusal),
            }
        }
        let Some((_, reader)) = &mut reader else { return };
        match reader.record(&record) {
            Ok(Some(review)) if !seen.insert(review.number) => {
                refuse(RefusalReason::Duplicate, 1, "the number stands there twice");
            }
            Ok(Some(review)) => {
                if review.unusable > 0 {
                    refuse(RefusalReason::BadValue, review.unusable, "reviews or commits of the record");
                }
                reviews.push(review);
            }
            Ok(None) => {}
            Err((reason, field)) => refuse(reason, 1, field),
        }
    })
    .map_err(|why| Unread::new(RefusalReason::Unreadable, why, chosen))?;
    if let Some((reason, why)) = stranger {
        return Err(Unread::new(reason, why, None));
    }
    // An empty list is the same in every format; it is the answer of `gh` when nothing was merged.
    let (format, reader) = reader.unwrap_or((Format::GithubCli, Reader::new(Format::GithubCli)));
    let mut cut = reviews.iter().any(|review| review.more) || format.limits().contains(&reviews.len());
    match reader {
        Reader::Each(_) => {}
        Reader::Gitlab(reader) => refused.extend(reader.finish(&mut reviews)),
        Reader::Gerrit { more } => cut |= more,
    }
    Ok(Export { format, reviews, refused, cut })
}
