//! The formats of review exports: their words, how one is recognised, and how one is made.

use serde_json::Value;

use super::fields::text;
use super::{gerrit_query, gerrit_rest, github_cli, github_rest, gitlab};
use crate::facts::input::RefusalReason;

/// A format that is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    GithubCli,
    GithubRest,
    Gitlab,
    Gerrit,
    Csv,
}

/// Formats that a plan may name.
pub(super) const WORDS: [&str; 5] = ["github-cli", "github-rest", "gitlab", "gerrit", "csv"];

const ALL: [Format; 5] = [Format::GithubCli, Format::GithubRest, Format::Gitlab, Format::Gerrit, Format::Csv];

/// What a person without programming can paste. The loops are in `docs/review-exports.md`.
const GITHUB: &str = "export with: gh pr list --state merged --limit 1000 --json \
    number,author,createdAt,mergedAt,mergedBy,mergeCommit,headRefName,body,labels,additions,deletions,commits,reviews,comments";
const GITLAB: &str = "export every merge request with its approvals, notes, versions and commits by the loop with `glab api` in \
    docs/review-exports.md";
const GERRIT: &str = "export with: ssh -p 29418 HOST gerrit query --format=JSON --all-approvals --all-reviewers \
    --submit-records --files --comments --commit-message 'status:merged after:2026-07-01' > changes.jsonl";
const CSV: &str = "begin the table with number,author,opened,merged,merge_commit,head_commit,event,event_actor,event_at,\
    event_revision (see docs/review-exports.md)";

impl Format {
    /// The format that a plan's word means.
    pub(super) fn of(word: &str) -> Option<Self> {
        ALL.into_iter().find(|format| format.word() == word)
    }

    /// Its word in plans and reports.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::GithubCli => "github-cli",
            Self::GithubRest => "github-rest",
            Self::Gitlab => "gitlab",
            Self::Gerrit => "gerrit",
            Self::Csv => "csv",
        }
    }

    /// What to type to get an export that can be read; for a format that is not known, what most people need.
    pub(super) fn help(format: Option<Self>) -> &'static str {
        match format {
            Some(Self::Gitlab) => GITLAB,
            Some(Self::Gerrit) => GERRIT,
            Some(Self::Csv) => CSV,
            Some(Self::GithubCli | Self::GithubRest) | None => GITHUB,
        }
    }

    /// Numbers of records at which the list of reviews itself may have been cut: the limits that the platform's own tool sets
    /// when none is asked for, its pages, and the limit of our own command.
    pub(super) fn limits(self) -> &'static [usize] {
        match self {
            Self::GithubCli => &[30, 100, 1000],
            Self::GithubRest => &[30, 100],
            Self::Gitlab => &gitlab::PAGES,
            // Gerrit says so itself, and nobody cuts a table.
            Self::Gerrit | Self::Csv => &[],
        }
    }
}

/// The format of a JSON record, by the fields that only one format has.
pub(super) fn detect(record: &Value) -> Result<Format, (RefusalReason, &'static str)> {
    let has = |fields: &[&str]| fields.iter().any(|field| record.get(field).is_some());
    if text(record, "type").ends_with("Event") && has(&["payload"]) {
        return Err((RefusalReason::NoReader, GH_ARCHIVE));
    }
    if has(&gitlab::FIELDS) {
        return Ok(Format::Gitlab);
    }
    if has(&gerrit_rest::FIELDS) || has(&gerrit_query::FIELDS) || ["stats", "error"].contains(&text(record, "type")) {
        return Ok(Format::Gerrit);
    }
    if has(&github_cli::FIELDS) || record.pointer("/author/login").is_some() {
        return Ok(Format::GithubCli);
    }
    if has(&github_rest::FIELDS) || record.pointer("/user/login").is_some() {
        return Ok(Format::GithubRest);
    }
    Err((RefusalReason::NoReader, "its records are in no known form"))
}

/// <https://github.com/igrigorik/gharchive.org/issues/312>
const GH_ARCHIVE: &str = "these are events of GH Archive: since 2025-10-07 they say neither whether nor by whom a pull request was \
    merged";
