//! Finds the mapping of an export: a shipped profile or a file of the organisation.

use jiff::tz::TimeZone;

use super::check;
use super::fields::Target;
use super::mapping::Mapping;
use super::raw::RawMapping;
use crate::error::{Problem, nearest};
use crate::plan::{MappingChoice, Plan, RecordInput, toml_problem};
use crate::sources::bounded;

/// A mapping file of more than this is not one.
const LARGEST_MAPPING: u64 = 1 << 20;

macro_rules! profiles {
    ($($id:literal),+ $(,)?) => {
        /// The shipped profiles: mapping files like any other.
        pub(super) const SHIPPED: &[(&str, &str)] = &[$(($id, include_str!(concat!("profiles/", $id, ".toml")))),+];

        /// Ids of the shipped profiles.
        pub const PROFILES: &[&str] = &[$($id),+];
    };
}

profiles!(
    "cdevents-deployments",
    "cdevents-incidents",
    "datadog-dora-deployments",
    "datadog-dora-failures",
    "datadog-incidents",
    "firehydrant",
    "generic-csv",
    "generic-deployments-csv",
    "generic-json",
    "github-deployments",
    "github-issues",
    "gitlab-incidents",
    "google-cloud-status",
    "grafana-irm",
    "incident-io",
    "jira-csv",
    "jira-rest",
    "opsgenie-alerts",
    "opsgenie-incidents",
    "pagerduty-analytics",
    "pagerduty-incidents",
    "rootly",
    "servicenow-incident-csv",
    "servicenow-incident-json",
    "statuspage-json",
);

/// Ids of the profiles that describe such records.
fn shipped_for(target: Target) -> Vec<&'static str> {
    let describes = |id: &&&str| shipped(id).is_some_and(|mapping| mapping.is_ok_and(|m| m.target == target));
    PROFILES.iter().filter(describes).copied().collect()
}

/// The mapping of an export of the plan, with the plan's zone and time format.
pub(super) fn load(plan: &Plan, input: &RecordInput, target: Target) -> Result<Mapping, Problem> {
    let mut mapping = match &input.mapping {
        MappingChoice::Profile(id) => shipped(id).ok_or_else(|| unknown_profile(plan, id))??,
        MappingChoice::File(file) => from_file(plan, file)?,
    };
    if mapping.target != target {
        let why = format!("`{}` does not describe such records", mapping.name);
        let profiles = shipped_for(target).join(", ");
        return Err(Problem::usage(target.cannot_read(), why)
            .in_file(&plan.file)
            .help(format!("profiles for it are {profiles}; in a mapping file, write target = \"{}\"", target.word())));
    }
    if let Some(format) = &input.time_format {
        let format = super::clock::Format::parse(format).map_err(|why| {
            Problem::usage("cannot use the time_format of an export", why)
                .in_file(&plan.file)
                .help("write strftime directives, such as %d-%m-%Y %H:%M, or iso8601, unix_s, unix_ms, unix_ns")
        })?;
        mapping.clock.formats = vec![format];
    }
    if let Some(zone) = &input.zone {
        mapping.clock.zone = Some(TimeZone::get(zone).map_err(|_| {
            Problem::usage("cannot use the zone of an export", format!("`{zone}` is not a time zone"))
                .in_file(&plan.file)
                .help("write an IANA name, such as Europe/Berlin or UTC")
        })?);
    }
    Ok(mapping)
}

/// A shipped profile by its id.
pub(super) fn shipped(id: &str) -> Option<Result<Mapping, Problem>> {
    let (id, text) = SHIPPED.iter().find(|(known, _)| *known == id)?;
    Some(parse(id, text, false))
}

fn unknown_profile(plan: &Plan, id: &str) -> Problem {
    let help = match nearest(id, PROFILES.iter().copied()) {
        Some(word) => format!("write profile = \"{word}\""),
        None => format!("profiles are {}; or write mapping = \"my-mapping.toml\"", PROFILES.join(", ")),
    };
    Problem::usage("cannot read an incident export", format!("`{id}` is not a profile")).in_file(&plan.file).help(help)
}

fn from_file(plan: &Plan, file: &str) -> Result<Mapping, Problem> {
    let unreadable = |why: String| {
        Problem::input("cannot read the mapping", why)
            .in_file(file)
            .help(format!("create the file, or name a profile instead: {}", PROFILES.join(", ")))
    };
    let bytes = bounded(&plan.resolve(file), LARGEST_MAPPING).map_err(|(_, why)| unreadable(why))?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8 text".into()))?;
    parse(file, &text, true)
}

/// Reads a mapping; `own` is a file of the organisation.
pub(super) fn parse(name: &str, text: &str, own: bool) -> Result<Mapping, Problem> {
    let raw: RawMapping = toml::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| toml_problem("cannot read the mapping", name, text, &error))?;
    let source = check::Source { file: name, text, own };
    let base = match &raw.extends {
        None => None,
        Some(id) => Some(shipped(id.get_ref()).ok_or_else(|| {
            let why = format!("`{}` is not a shipped profile", id.get_ref());
            let word = nearest(id.get_ref(), PROFILES.iter().copied());
            let help = word.map_or_else(|| format!("profiles are {}", PROFILES.join(", ")), |w| format!("write `{w}`"));
            source.problem(id.span().start, why).help(help)
        })??),
    };
    check::mapping(&source, raw, base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_of_the_folder_is_shipped_and_reads() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/sources/incidents/profiles");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().trim_end_matches(".toml").to_owned())
            .collect();
        files.sort();
        assert_eq!(files, PROFILES);
        for id in PROFILES {
            shipped(id).unwrap().map_err(|problem| problem.to_string()).map(|m| assert_eq!(m.name, *id)).unwrap();
        }
    }
}
