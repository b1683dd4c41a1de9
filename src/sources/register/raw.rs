//! `register.toml` as it is written.
//!
//! Only what identifies an entry is needed; all else may be left out, for silence is itself a finding.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::answer::{Answer, Day};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "register.toml")]
pub(super) struct RawRegister {
    /// Version of the register's shape.
    #[allow(dead_code)]
    schema: Option<String>,
    /// Organisation that is responsible.
    #[allow(dead_code)]
    controller: Option<String>,
    /// Role to ask, never a person.
    #[schemars(with = "Option<String>")]
    pub(super) contact_role: Option<Spanned<String>>,
    /// Smallest group the organisation looks at.
    #[allow(dead_code)]
    min_group_size: Option<u32>,
    /// Declared sources of data about people.
    #[serde(default)]
    pub(super) source: Vec<RawSource>,
    pub(super) doctrine: Option<RawDoctrine>,
    /// What changes of some paths reach; the last entry that matches a path decides.
    #[serde(default)]
    pub(super) operation: Vec<RawOperation>,
    #[serde(default)]
    pub(super) policy: Vec<RawPolicy>,
    #[serde(default)]
    pub(super) staffing: Vec<RawStaffing>,
    pub(super) ai_use: Option<RawAiUse>,
    #[serde(default)]
    pub(super) agreement: Vec<RawAgreement>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSource {
    #[schemars(with = "String")]
    pub(super) id: Spanned<String>,
    /// Files or keys that this entry covers.
    pub(super) selectors: Vec<RawSelector>,
    #[allow(dead_code)]
    population: Option<String>,
    #[allow(dead_code)]
    data_categories: Option<Answer<Vec<String>>>,
    /// The most the source may do.
    pub(super) ceiling: Option<Answer<RawCeiling>>,
    #[schemars(with = "Option<Answer<Vec<String>>>")]
    pub(super) purposes: Option<Answer<Vec<Spanned<String>>>>,
    #[schemars(with = "Option<Answer<Vec<String>>>")]
    pub(super) forbidden: Option<Answer<Vec<Spanned<String>>>>,
    #[allow(dead_code)]
    legal_basis: Option<String>,
    pub(super) necessity: Option<Answer<String>>,
    pub(super) retention: Option<Answer<RawRetention>>,
    /// Roles that may read it, never people.
    #[schemars(with = "Option<Answer<Vec<String>>>")]
    pub(super) access_roles: Option<Answer<Vec<Spanned<String>>>>,
    #[schemars(with = "Option<Answer<Vec<String>>>")]
    pub(super) recipients: Option<Answer<Vec<Spanned<String>>>>,
    /// How workers were told.
    pub(super) disclosure: Option<Answer<RawDisclosure>>,
    /// How the workers' representatives were consulted.
    pub(super) consultation: Option<Answer<RawConsultation>>,
    /// Impact assessment.
    pub(super) dpia: Option<Answer<RawAssessment>>,
    #[allow(dead_code)]
    automation: Option<Answer<RawAutomation>>,
    #[allow(dead_code)]
    covert: Option<Answer<bool>>,
    /// A role, never a name.
    #[schemars(with = "Option<String>")]
    pub(super) owner_role: Option<Spanned<String>>,
    #[allow(dead_code)]
    reviewed: Option<Answer<Day>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSelector {
    /// Path or glob relative to the plan.
    pub(super) path: String,
    /// Key or glob of a key.
    pub(super) key: Option<String>,
}

/// Levels on the axes: S 0–4, D 0–5, T 0–3, R 0–5, M 0–2, X 0–3.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(non_snake_case)]
pub(super) struct RawCeiling {
    #[schemars(with = "Option<Answer<u8>>")]
    pub(super) S: Option<Spanned<Answer<i64>>>,
    #[schemars(with = "Option<Answer<u8>>")]
    pub(super) D: Option<Spanned<Answer<i64>>>,
    #[schemars(with = "Option<Answer<u8>>")]
    pub(super) T: Option<Spanned<Answer<i64>>>,
    #[schemars(with = "Option<Answer<u8>>")]
    pub(super) R: Option<Spanned<Answer<i64>>>,
    #[schemars(with = "Option<Answer<u8>>")]
    pub(super) M: Option<Spanned<Answer<i64>>>,
    #[schemars(with = "Option<Answer<u8>>")]
    pub(super) X: Option<Spanned<Answer<i64>>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRetention {
    #[schemars(with = "Option<Answer<f64>>")]
    pub(super) min_days: Option<Spanned<Answer<f64>>>,
    #[schemars(with = "Option<Answer<f64>>")]
    pub(super) max_days: Option<Spanned<Answer<f64>>>,
    pub(super) basis_min: Option<String>,
    pub(super) basis_max: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDisclosure {
    #[allow(dead_code)]
    notice: Option<String>,
    pub(super) date: Option<Answer<Day>>,
    #[allow(dead_code)]
    audience: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConsultation {
    #[allow(dead_code)]
    body: Option<String>,
    pub(super) agreement: Option<Answer<String>>,
    pub(super) date: Option<Answer<Day>>,
    #[allow(dead_code)]
    review_due: Option<Answer<Day>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAssessment {
    #[serde(rename = "ref")]
    #[allow(dead_code)]
    reference: Option<String>,
    pub(super) date: Option<Answer<Day>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAutomation {
    #[allow(dead_code)]
    scoring: Option<Answer<bool>>,
    #[allow(dead_code)]
    adverse_action: Option<String>,
    #[allow(dead_code)]
    human_review: Option<String>,
}

/// The highest class an agent may execute without more, and by class what a higher one needs.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(non_snake_case)]
pub(super) struct RawDoctrine {
    #[schemars(with = "String")]
    pub(super) agent_may_execute: Spanned<String>,
    O0: Option<RawNeeds>,
    O1: Option<RawNeeds>,
    O2: Option<RawNeeds>,
    O3: Option<RawNeeds>,
    O4: Option<RawNeeds>,
}

impl RawDoctrine {
    /// Stated needs, lowest class first.
    pub(super) fn needs(&self) -> [Option<&[Spanned<String>]>; 5] {
        [&self.O0, &self.O1, &self.O2, &self.O3, &self.O4]
            .map(|class| class.as_ref().map(|class| class.needs.as_slice()))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawNeeds {
    #[schemars(with = "Vec<String>")]
    needs: Vec<Spanned<String>>,
}

/// The organisation's own class of changes to these paths: it may be higher or lower than the shipped one, and a lower one is
/// counted in the report.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOperation {
    /// Globs inside a repository: `*` within a folder, `**` across folders.
    #[schemars(with = "Vec<String>")]
    pub(super) paths: Spanned<Vec<Spanned<String>>>,
    /// `O0` to `O4`.
    #[schemars(with = "String")]
    pub(super) class: Spanned<String>,
    /// `terraform`, `kubernetes`, `pipeline`, `iam`, `migration`, …
    #[schemars(with = "Option<String>")]
    pub(super) kind: Option<Spanned<String>>,
    /// Why, for those who read the register.
    #[allow(dead_code)]
    reason: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPolicy {
    #[schemars(with = "String")]
    pub(super) id: Spanned<String>,
    /// `senior_sign_off`, `dual_authorisation`, `ai_classification`, `documentation`, …
    pub(super) kind: String,
    #[schemars(with = "RawScope")]
    pub(super) applies_to: Spanned<RawScope>,
    /// Globs, with `applies_to = "paths"`.
    #[serde(default)]
    pub(super) paths: Vec<String>,
    pub(super) from: Day,
    #[schemars(with = "Option<f64>", range(min = 0.0))]
    pub(super) hours_allotted_per_week: Option<Spanned<f64>>,
}

/// `"ai"`, `"all"`, `"paths"`, or the list of globs itself.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum RawScope {
    Word(String),
    Paths(Vec<String>),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStaffing {
    pub(super) team: String,
    pub(super) from: Day,
    #[schemars(with = "Option<f64>", range(min = 0.0))]
    pub(super) heads: Option<Spanned<f64>>,
    #[schemars(with = "Option<f64>", range(min = 0.0))]
    pub(super) review_hours_per_week: Option<Spanned<f64>>,
    pub(super) on_call_people: Option<u32>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAiUse {
    #[schemars(with = "String")]
    pub(super) stance: Spanned<String>,
    pub(super) target: Option<String>,
    pub(super) in_appraisal: Option<Answer<bool>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAgreement {
    #[schemars(with = "String")]
    pub(super) id: Spanned<String>,
    pub(super) date: Day,
    #[serde(default)]
    pub(super) covers: Vec<String>,
}
