//! Review exports: one file for each repository, in the form that its platform's own tool prints.
//!
//! They are read after the histories and the people list, so that an address and a login meet. An export of which the
//! reading breaks off is refused whole: a part of it would make the rest look unreviewed. Comments are only looked at
//! for their presence and never kept.

mod github_cli;
mod github_rest;
mod raw;
mod stream;

use std::collections::BTreeSet;

use serde_json::Value;

use self::raw::{RawReview, Unusable};
use super::attribution::Registry;
use super::{Identities, sha256_hex, single_file};
use crate::error::{Problem, nearest};
use crate::facts::input::RefusalReason;
use crate::facts::{Facts, Input, Kind, Refused, Repository};
use crate::plan::{Plan, RepositoryInput};

/// Formats that a plan may name; the last three have no reader.
const FORMATS: [&str; 5] = ["github-cli", "github-rest", "gitlab", "gerrit", "csv"];

/// What a person without programming can paste.
const HELP: &str = "export with: gh pr list --state merged --limit 1000 --json \
    number,author,body,labels,headRefName,createdAt,mergedAt,mergedBy,mergeCommit,additions,deletions,commits,reviews,comments";

/// A format that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    GithubCli,
    GithubRest,
}

impl Format {
    fn word(self) -> &'static str {
        match self {
            Self::GithubCli => "github-cli",
            Self::GithubRest => "github-rest",
        }
    }

    fn review(self, record: &Value, registry: &Registry) -> Result<RawReview, Unusable> {
        match self {
            Self::GithubCli => github_cli::review(record, registry),
            Self::GithubRest => github_rest::review(record, registry),
        }
    }
}

/// What an export held.
struct Export {
    format: Format,
    sha256: String,
    reviews: Vec<RawReview>,
    /// Record, reason, count, field.
    refused: Vec<(u64, RefusalReason, u64, &'static str)>,
}

/// Reads the review export of every repository that names one.
pub fn read(plan: &Plan, ids: &mut Identities, facts: &mut Facts) -> Result<(), Problem> {
    let registry = Registry::of(plan);
    let mut exports = Vec::new();
    let mut first_refusal = None;
    for (repository, input) in matched(&plan.repositories, &facts.repositories) {
        let Some(path) = &input.reviews else { continue };
        let chosen = chosen(plan, input)?;
        if plan.resolve(path).symlink_metadata().is_err() {
            return Err(Problem::input("cannot read the reviews", "there is no such file").in_file(path));
        }
        let outcome = match repository {
            Some(repository) => export(plan, path, chosen, &registry).map(|export| (repository, export)),
            None => Err((RefusalReason::MissingObject, "its repository was not read".to_owned())),
        };
        match outcome {
            Ok((repository, export)) => exports.push((repository, path, export)),
            Err((reason, detail)) => {
                first_refusal.get_or_insert_with(|| (path, detail.clone()));
                let refused = Refused { kind: Kind::Reviews, path: path.clone(), at: None, reason, count: 1, detail };
                facts.refused.push(refused);
            }
        }
    }
    if let Some((path, why)) = first_refusal.filter(|_| exports.is_empty()) {
        return Err(Problem::input("no review export can be used", why).in_file(path).help(HELP));
    }
    // Join in all files before any login becomes a number.
    for review in exports.iter().flat_map(|(_, _, export)| &export.reviews) {
        review.join(&registry, ids);
    }
    for (repository, path, export) in exports {
        keep(export, repository, path, &registry, ids, facts);
    }
    Ok(())
}

/// Repositories of the plan with their index in the facts. A repository that was refused is missing there, so they are
/// matched by name (the last part of the path without `.git`, `.fi` or `.bundle`), each at most once and in order.
fn matched<'a>(planned: &'a [RepositoryInput], read: &[Repository]) -> Vec<(Option<usize>, &'a RepositoryInput)> {
    let only = planned.len() == 1 && read.len() == 1;
    let mut next = 0;
    let mut matched = Vec::new();
    for input in planned {
        let name = name(&input.path);
        let found = read.iter().enumerate().skip(next).find(|(_, repository)| only || repository.name == name);
        let index = found.map(|(index, _)| index);
        next = index.map_or(next, |index| index + 1);
        matched.push((index, input));
    }
    matched
}

fn name(path: &str) -> &str {
    let last = path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(path);
    [".git", ".fi", ".bundle"].iter().find_map(|suffix| last.strip_suffix(suffix)).unwrap_or(last)
}

/// The format that the plan names, if it names one.
fn chosen<'a>(plan: &Plan, input: &'a RepositoryInput) -> Result<Option<&'a str>, Problem> {
    let Some(word) = input.reviews_format.as_deref() else { return Ok(None) };
    if FORMATS.contains(&word) {
        return Ok(Some(word));
    }
    let help = nearest(word, FORMATS)
        .map_or_else(|| format!("write one of {}", FORMATS.join(", ")), |near| format!("write `{near}`"));
    Err(Problem::usage("cannot use the plan", format!("`{word}` is no format of reviews"))
        .in_file(&plan.file)
        .help(help))
}

fn export(
    plan: &Plan,
    path: &str,
    chosen: Option<&str>,
    registry: &Registry,
) -> Result<Export, (RefusalReason, String)> {
    let mut format = match chosen {
        Some("github-cli") => Some(Format::GithubCli),
        Some("github-rest") => Some(Format::GithubRest),
        Some(word) => return Err((RefusalReason::NoReader, format!("there is no reader for {word}"))),
        None => None,
    };
    let bytes = single_file(&plan.resolve(path))?;
    let mut reviews: Vec<RawReview> = Vec::new();
    let mut refused = Vec::new();
    let mut seen = BTreeSet::new();
    let mut at = 0_u64;
    let mut stranger = None;
    stream::records(&bytes, &mut |record| {
        at += 1;
        if !record.is_object() {
            refused.push((at, RefusalReason::Unreadable, 1, "the record is no object"));
            return;
        }
        if format.is_none() && stranger.is_none() {
            match detect(&record) {
                Ok(detected) => format = Some(detected),
                Err(refusal) => stranger = Some(refusal),
            }
        }
        let Some(format) = format else { return };
        match format.review(&record, registry) {
            Ok(review) if !seen.insert(review.number) => {
                refused.push((at, RefusalReason::BadValue, 1, "the number stands there twice"));
            }
            Ok(review) => {
                if review.unusable > 0 {
                    refused.push((at, RefusalReason::BadValue, review.unusable, "reviews or commits of the record"));
                }
                reviews.push(review);
            }
            Err((reason, field)) => refused.push((at, reason, 1, field)),
        }
    })
    .map_err(|why| (RefusalReason::Unreadable, why.to_owned()))?;
    if let Some((reason, why)) = stranger {
        return Err((reason, why.to_owned()));
    }
    if reviews.is_empty() && !refused.is_empty() {
        return Err((RefusalReason::Unreadable, "none of its records can be used".to_owned()));
    }
    if !reviews.is_empty() && reviews.iter().all(|review| !review.has_reviews) {
        return Err((RefusalReason::MissingField, "no record has the field `reviews`".to_owned()));
    }
    // An empty list is the same in every format; it is the answer of `gh` when nothing was merged.
    Ok(Export { format: format.unwrap_or(Format::GithubCli), sha256: sha256_hex(&bytes), reviews, refused })
}

/// The format of a record, by the fields that only one format has.
fn detect(record: &Value) -> Result<Format, (RefusalReason, &'static str)> {
    let has = |fields: &[&str]| fields.iter().any(|field| record.get(field).is_some());
    if has(&["iid", "patchSets", "currentPatchSet", "_number"]) {
        return Err((RefusalReason::NoReader, "it looks like GitLab or Gerrit, for which there is no reader"));
    }
    if has(&github_cli::FIELDS) || record.pointer("/author/login").is_some() {
        return Ok(Format::GithubCli);
    }
    if has(&github_rest::FIELDS) || record.pointer("/user/login").is_some() {
        return Ok(Format::GithubRest);
    }
    Err((RefusalReason::NoReader, "its records are in no known form"))
}

fn keep(export: Export, repository: usize, path: &str, registry: &Registry, ids: &mut Identities, facts: &mut Facts) {
    facts.inputs.push(Input {
        kind: Kind::Reviews,
        path: path.to_owned(),
        format: export.format.word().to_owned(),
        sha256: export.sha256,
        records: export.reviews.len() as u64,
    });
    facts.reviews.extend(export.reviews.into_iter().map(|review| review.resolve(repository, registry, ids)));
    facts.refused.extend(export.refused.into_iter().map(|(at, reason, count, field)| Refused {
        kind: Kind::Reviews,
        path: path.to_owned(),
        at: Some(at),
        reason,
        count,
        detail: field.to_owned(),
    }));
    facts.repositories[repository].reviews_read = true;
    facts.read.insert(Kind::Reviews);
}

#[cfg(test)]
mod tests;
