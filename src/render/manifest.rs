//! `manifest.json`: every input and every output with its SHA-256, the plan's digest and the tool's version.
//!
//! It is also how an earlier report is recognised: only files listed in it are ever removed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{digest, json, path};
use crate::error::Problem;
use crate::report::v1::{Input, Period, Report};

/// Name of the file.
pub(super) const NAME: &str = "manifest.json";

const SCHEMA: &str = "countersign/manifest/1";

/// The manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Manifest {
    schema: String,
    tool: String,
    organisation: String,
    period: Period,
    plan_sha256: String,
    inputs: Vec<Input>,
    outputs: Vec<Output>,
}

/// One file of the report folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Output {
    /// Path inside the folder.
    pub(super) path: String,
    sha256: String,
    bytes: u64,
}

/// The manifest of these files; it does not list itself.
pub(super) fn write(report: &Report, files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, Problem> {
    let output = |(path, bytes): (&String, &Vec<u8>)| Output {
        path: path.clone(),
        sha256: digest::hex(bytes),
        bytes: bytes.len() as u64,
    };
    json::pretty(&Manifest {
        schema: SCHEMA.into(),
        tool: report.method.tool.clone(),
        organisation: report.organisation.clone(),
        period: report.period.clone(),
        plan_sha256: report.method.plan_sha256.clone(),
        inputs: report.coverage.inputs.clone(),
        outputs: files.iter().filter(|(path, _)| *path != NAME).map(output).collect(),
    })
}

/// The plain paths of the outputs of an earlier report; nothing if this is not one of our manifests.
pub(super) fn outputs(bytes: &[u8]) -> Option<Vec<String>> {
    let manifest: Manifest = serde_json::from_slice(bytes).ok()?;
    let paths = manifest.outputs.into_iter().map(|output| output.path);
    (manifest.schema == SCHEMA).then(|| paths.filter(|path| path::is_plain(path)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{files, sample};

    #[test]
    fn every_input_and_every_other_output_is_listed_with_its_digest() {
        let report = sample::sample();
        let files = files(&report).unwrap();
        let manifest: Manifest = serde_json::from_slice(&files[NAME]).unwrap();
        assert_eq!(manifest.inputs, report.coverage.inputs);
        assert_eq!(manifest.plan_sha256, report.method.plan_sha256);
        assert_eq!(manifest.outputs.len() + 1, files.len());
        for output in &manifest.outputs {
            assert_eq!(output.sha256, digest::hex(&files[&output.path]), "{}", output.path);
            assert_eq!(output.bytes, files[&output.path].len() as u64);
        }
    }

    #[test]
    fn another_programs_manifest_and_paths_that_leave_the_folder_are_not_ours() {
        assert_eq!(outputs(br#"{"name":"app","start_url":"/"}"#), None);
        let text = String::from_utf8(files(&sample::sample()).unwrap()[NAME].clone()).unwrap();
        let hostile = text.replace("\"report.json\"", "\"../../report.json\"");
        assert!(outputs(hostile.as_bytes()).unwrap().iter().all(|path| !path.contains("report.json")));
    }
}
