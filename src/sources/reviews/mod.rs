//! Review exports: one file for each repository, in the form that its platform's own tool prints.
//!
//! They are read after the histories and the people list, so that an address and a login meet. An export of which the
//! reading breaks off is refused whole: a part of it would make the rest look unreviewed. Comments are only looked at
//! for their presence and never kept.

mod account;
mod csv;
mod export;
mod fields;
mod format;
mod gerrit;
mod gerrit_people;
mod gerrit_query;
mod gerrit_rest;
mod github;
mod github_cli;
mod github_rest;
mod gitlab;
mod gitlab_acts;
mod gitlab_users;
mod graphql;
mod raw;
pub(super) mod stream;

use self::export::{Export, Unread};
use self::format::{Format, WORDS};
use super::attribution::Registry;
use super::{Identities, sha256_hex, single_file};
use crate::error::{Problem, nearest};
use crate::facts::input::RefusalReason;
use crate::facts::{Facts, Input, Kind, Refused, Repository};
use crate::plan::{Plan, RepositoryInput};

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
            None => Err(Unread::new(RefusalReason::MissingObject, "its repository was not read", chosen)),
        };
        match outcome {
            Ok((repository, (sha256, export))) => exports.push((repository, path, sha256, export)),
            Err(Unread { reason, why, help }) => {
                first_refusal.get_or_insert_with(|| (path, why.clone(), help));
                let refused =
                    Refused { kind: Kind::Reviews, path: path.clone(), at: None, reason, count: 1, detail: why };
                facts.refused.push(refused);
            }
        }
    }
    if let Some((path, why, help)) = first_refusal.filter(|_| exports.is_empty()) {
        return Err(Problem::input("no review export can be used", why).in_file(path).help(help));
    }
    // Join in all files before any login becomes a number.
    for review in exports.iter().flat_map(|(_, _, _, export)| &export.reviews) {
        review.join(&registry, ids);
    }
    for (repository, path, sha256, export) in exports {
        let Export { format, reviews, .. } = &export;
        facts.inputs.push(Input {
            kind: Kind::Reviews,
            path: path.clone(),
            format: format.word().to_owned(),
            sha256,
            records: reviews.len() as u64,
        });
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
fn chosen(plan: &Plan, input: &RepositoryInput) -> Result<Option<Format>, Problem> {
    let Some(word) = input.reviews_format.as_deref() else { return Ok(None) };
    if let Some(format) = Format::of(word) {
        return Ok(Some(format));
    }
    let help = nearest(word, WORDS)
        .map_or_else(|| format!("write one of {}", WORDS.join(", ")), |near| format!("write `{near}`"));
    Err(Problem::usage("cannot use the plan", format!("`{word}` is no format of reviews"))
        .in_file(&plan.file)
        .help(help))
}

/// Digest and content of an export.
fn export(plan: &Plan, path: &str, chosen: Option<Format>, registry: &Registry) -> Result<(String, Export), Unread> {
    let bytes = single_file(&plan.resolve(path)).map_err(|(reason, why)| Unread::new(reason, why, chosen))?;
    Ok((sha256_hex(&bytes), export::read(&bytes, chosen, registry)?))
}

fn keep(export: Export, repository: usize, path: &str, registry: &Registry, ids: &mut Identities, facts: &mut Facts) {
    facts.repositories[repository].descriptions_read |= export.reviews.iter().any(|review| review.said.had_text);
    facts.reviews.extend(export.reviews.into_iter().map(|review| review.resolve(repository, registry, ids)));
    facts.refused.extend(export.refused.into_iter().map(|refusal| Refused {
        kind: Kind::Reviews,
        path: path.to_owned(),
        at: Some(refusal.at).filter(|at| *at > 0),
        reason: refusal.reason,
        count: refusal.count,
        detail: refusal.detail,
    }));
    facts.repositories[repository].reviews_read = true;
    facts.repositories[repository].reviews_cut |= export.cut;
    facts.read.insert(Kind::Reviews);
}

#[cfg(test)]
mod tests;
