//! Clauses that checks are relevant to, as data: one TOML file per instrument or country in `packs/`.
//!
//! The report prints "relevant to", never a judgement in law. Two rules decide what lies where:
//!
//! - `[[norm]]` holds a clause whose text, or a reliable account of it, has been read, and that some check looks at.
//!   `[[set_aside]]` holds the others of the same profiles, each with its reason, so that nothing is dropped in silence.
//! - The study behind the packs sorted clauses by working topics ("review independence", "retention"). They were mapped
//!   to the ids of the catalogue by the proposition of each check; a clause narrower than its topic lost checks in the
//!   same step. Proposals, repealed texts and clauses about audits of other fields are left out altogether.
//!
//! Profiles: `practice` and `intl-soft` are the default of the plan; legal sets count only when declared. The duties of
//! the AI Act that start in December 2027 are `eu-future`, apart from what is in force in `eu-base`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::error::{Problem, nearest};

const PACKS: &[(&str, &str)] = &[
    ("ai-act", include_str!("packs/ai-act.toml")),
    ("aisvs", include_str!("packs/aisvs.toml")),
    ("australia", include_str!("packs/australia.toml")),
    ("austria", include_str!("packs/austria.toml")),
    ("council-of-europe", include_str!("packs/council-of-europe.toml")),
    ("cra", include_str!("packs/cra.toml")),
    ("dora", include_str!("packs/dora.toml")),
    ("echr", include_str!("packs/echr.toml")),
    ("eu-labour", include_str!("packs/eu-labour.toml")),
    ("france", include_str!("packs/france.toml")),
    ("gdpr", include_str!("packs/gdpr.toml")),
    ("germany", include_str!("packs/germany.toml")),
    ("google-sre", include_str!("packs/google-sre.toml")),
    ("ilo", include_str!("packs/ilo.toml")),
    ("iso-27001", include_str!("packs/iso-27001.toml")),
    ("iso-42001", include_str!("packs/iso-42001.toml")),
    ("italy", include_str!("packs/italy.toml")),
    ("nis2", include_str!("packs/nis2.toml")),
    ("nist-800-53", include_str!("packs/nist-800-53.toml")),
    ("nist-ai-rmf", include_str!("packs/nist-ai-rmf.toml")),
    ("nist-ssdf", include_str!("packs/nist-ssdf.toml")),
    ("platform-work", include_str!("packs/platform-work.toml")),
    ("portugal", include_str!("packs/portugal.toml")),
    ("scorecard", include_str!("packs/scorecard.toml")),
    ("slsa", include_str!("packs/slsa.toml")),
    ("soc2", include_str!("packs/soc2.toml")),
    ("uk", include_str!("packs/uk.toml")),
    ("us-states", include_str!("packs/us-states.toml")),
];

/// A clause.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Norm {
    /// Stable id: `slsa-source-l4`.
    pub id: String,
    /// Instrument: `SLSA v1.2 Source track`.
    pub instrument: String,
    /// Clause: `Source L4`.
    pub clause: String,
    /// What it says, in our words; never a quotation.
    pub summary: String,
    /// `legal_duty`, `soft_law`, `professional_norm`, `case_law`, …
    pub force: String,
    /// Where it holds, as a text.
    pub jurisdiction: String,
    /// Day or year from which it applies, as a text, for some clauses have stages.
    pub applies_from: String,
    /// The profile a plan names to declare it.
    pub profile: String,
    /// Ids of the checks it is relevant to, in catalogue order.
    pub checks: Vec<String>,
    /// Where its text is published.
    pub source: String,
}

/// A clause that is known and not printed, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetAside {
    /// Stable id.
    pub id: String,
    /// Clause.
    pub clause: String,
    /// Profile it belongs to.
    pub profile: String,
    /// Why it is not printed.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    #[serde(default)]
    norm: Vec<Norm>,
    #[serde(default)]
    set_aside: Vec<SetAside>,
}

/// Every pack that is built in.
#[derive(Debug, Default)]
pub struct Norms {
    printed: Vec<Norm>,
    set_aside: Vec<SetAside>,
    broken: Vec<String>,
}

static BUILTIN: LazyLock<Norms> = LazyLock::new(|| Norms::read(PACKS));

impl Norms {
    /// The packs of this build, sorted by id.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    fn read(packs: &[(&str, &str)]) -> Self {
        let mut all = Self::default();
        for (name, text) in packs {
            match toml::from_str::<Pack>(text) {
                Ok(pack) => {
                    all.printed.extend(pack.norm);
                    all.set_aside.extend(pack.set_aside);
                }
                Err(error) => all.broken.push(format!("{name}.toml: {}", error.message())),
            }
        }
        all.printed.sort_by(|a, b| a.id.cmp(&b.id));
        all.set_aside.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }

    /// Refuses a profile that no pack knows, and a build whose packs cannot be read.
    pub fn check_profiles(profiles: &[String]) -> Result<(), Problem> {
        let packs = Self::builtin();
        if let Some(why) = packs.broken.first() {
            return Err(Problem::internal("cannot read the norms", why.as_str()));
        }
        let known = packs.profiles();
        let Some(stranger) = profiles.iter().find(|profile| !known.contains(profile.as_str())) else { return Ok(()) };
        let list = || format!("choose among {}", known.iter().copied().collect::<Vec<_>>().join(", "));
        let help = nearest(stranger, known.iter().copied()).map_or_else(list, |word| format!("write `{word}`"));
        Err(Problem::usage("cannot use the norms of the plan", format!("there is no profile `{stranger}`")).help(help))
    }

    /// Profiles that a plan may name, sorted.
    pub fn profiles(&self) -> BTreeSet<&str> {
        let norms = self.printed.iter().map(|norm| norm.profile.as_str());
        norms.chain(self.set_aside.iter().map(|clause| clause.profile.as_str())).collect()
    }

    /// Clauses of the declared profiles that a check is relevant to, sorted by id.
    pub fn relevant_to<'a>(&'a self, check: &str, profiles: &[String]) -> Vec<&'a Norm> {
        let declared = |norm: &&Norm| profiles.contains(&norm.profile);
        self.printed.iter().filter(declared).filter(|norm| norm.checks.iter().any(|id| id == check)).collect()
    }

    /// Every clause that is printed, sorted by id.
    pub fn all(&self) -> &[Norm] {
        &self.printed
    }

    /// Clauses of the declared profiles that are known and not printed, sorted by id.
    pub fn set_aside<'a>(&'a self, profiles: &[String]) -> Vec<&'a SetAside> {
        self.set_aside.iter().filter(|clause| profiles.contains(&clause.profile)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::checks::catalogue::CATALOGUE;

    /// Built checks that no clause of the default profiles speaks to. They are own rules, or law that is not declared:
    /// severity trends (R12) and reviewer load (W03) have sector or attestation norms only, working hours (W07) and an
    /// inventory of monitoring (S01) have law only, and the audit's own agreement (S18) has German law only.
    const WITHOUT_DEFAULT_NORM: [&str; 5] = ["R12", "W03", "W07", "S01", "S18"];

    const BUILT: [&str; 22] = [
        "R01", "R02", "R03", "R04", "R05", "R06", "R09", "R10", "R12", "R14", "W01", "W03", "W05", "W07", "S01", "S02",
        "S05", "S06", "S09", "S11", "S12", "S18",
    ];

    fn words(list: &[&str]) -> Vec<String> {
        list.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn every_pack_can_be_read_and_every_file_is_in_the_list() {
        assert_eq!(Norms::builtin().broken, Vec::<String>::new());
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/norms/packs");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().file_name().to_string_lossy().trim_end_matches(".toml").to_owned())
            .collect();
        files.sort();
        assert_eq!(files, PACKS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }

    #[test]
    fn an_unknown_field_breaks_a_pack_visibly() {
        let norms = Norms::read(&[("x", "[[set_aside]]\nid = 'a'\nclause = 'b'\nprofile = 'c'\nreson = 'd'\n")]);
        assert!(norms.broken[0].starts_with("x.toml: unknown field `reson`"), "{:?}", norms.broken);
    }

    #[test]
    fn every_norm_names_checks_of_the_catalogue_in_order_and_once() {
        let at: BTreeMap<&str, usize> = CATALOGUE.iter().enumerate().map(|(at, entry)| (entry.id, at)).collect();
        for norm in Norms::builtin().all() {
            let places: Vec<Option<&usize>> = norm.checks.iter().map(|id| at.get(id.as_str())).collect();
            assert!(!places.is_empty() && places.iter().all(Option::is_some), "{}: {:?}", norm.id, norm.checks);
            assert!(places.is_sorted_by(|a, b| a < b), "{}: {:?}", norm.id, norm.checks);
        }
    }

    #[test]
    fn no_clause_stands_twice_or_with_an_empty_field() {
        let norms = Norms::builtin();
        let mut seen = BTreeSet::new();
        for norm in norms.all() {
            assert!(seen.insert(norm.id.as_str()), "{} stands twice", norm.id);
            let Norm { instrument, clause, summary, force, jurisdiction, applies_from, profile, source, .. } = norm;
            let fields = [instrument, clause, summary, force, jurisdiction, applies_from, profile, source];
            assert!(fields.iter().all(|field| !field.trim().is_empty()), "{}", norm.id);
            assert!(source.starts_with("https://") || source.starts_with("http://"), "{}", norm.id);
        }
        assert!(norms.set_aside.iter().all(|clause| seen.insert(clause.id.as_str()) && !clause.reason.is_empty()));
    }

    #[test]
    fn built_checks_have_a_default_norm_or_are_known_to_have_none() {
        let default = words(&["practice", "intl-soft"]);
        let without: Vec<&str> =
            BUILT.into_iter().filter(|id| Norms::builtin().relevant_to(id, &default).is_empty()).collect();
        assert_eq!(without, WITHOUT_DEFAULT_NORM);
    }

    #[test]
    fn only_declared_profiles_count_and_the_order_is_by_id() {
        let ids = |profiles: &[&str]| -> Vec<&str> {
            Norms::builtin().relevant_to("S03", &words(profiles)).iter().map(|norm| norm.id.as_str()).collect()
        };
        assert_eq!(ids(&[]), Vec::<&str>::new());
        assert_eq!(ids(&["de"]), ["de-bdsg-26", "de-betrvg-80-3", "de-betrvg-87-1-6", "de-betrvg-90"]);
        assert!(ids(&["eu-base", "de"]).is_sorted() && ids(&["eu-base", "de"]).len() > ids(&["de"]).len());
    }

    #[test]
    fn duties_that_have_not_begun_are_not_in_the_set_in_force() {
        let early = Norms::builtin().all().iter().filter(|norm| norm.profile == "eu-base");
        assert!(early.clone().count() > 15);
        assert!(early.clone().all(|norm| norm.applies_from.get(..4).is_some_and(|year| year < "2027")));
    }

    #[test]
    fn a_misspelt_profile_is_refused_with_the_word_to_type() {
        assert_eq!(Norms::check_profiles(&words(&["practice", "intl-soft", "eu-base", "de"])), Ok(()));
        let problem = Norms::check_profiles(&words(&["practise"])).unwrap_err();
        assert_eq!((problem.exit_code(), problem.help.as_deref()), (2, Some("write `practice`")));
        let stranger = Norms::check_profiles(&words(&["narnia-law"])).unwrap_err();
        assert!(stranger.help.unwrap_or_default().starts_with("choose among at, au, de"), "{}", stranger.why);
    }

    #[test]
    fn a_clause_set_aside_says_why_and_is_never_printed() {
        let norms = Norms::builtin();
        let aside = norms.set_aside(&words(&["intl-soft"]));
        assert!(aside.iter().any(|clause| clause.id == "ilo-5-4"));
        assert!(norms.all().iter().all(|norm| norm.id != "ilo-5-4"));
    }
}
