//! The catalogue: every proposition of the audit, in the order of print.
//!
//! Texts lie under `check-<id>-…` in `templates/lang/<code>/catalogue.ftl`. A check that is not built yet stays in the
//! catalogue and in every report, as *no conclusion*: a list that hides what was not looked at misleads.

use Dimension::{Robustness, Surveillance, Workload};

/// What a proposition is about. Dimensions are never added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Technical robustness and failure modes.
    Robustness,
    /// Workload on engineers, reviewers and operators.
    Workload,
    /// Surveillance intensity and data governance.
    Surveillance,
}

impl Dimension {
    /// The word in the report and in message ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::Robustness => "robustness",
            Self::Workload => "workload",
            Self::Surveillance => "surveillance",
        }
    }
}

/// A place in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// `R01` … `S18`.
    pub id: &'static str,
    /// Its dimension.
    pub dimension: Dimension,
}

/// Every check, in the order of print.
pub const CATALOGUE: &[Entry] = &[
    Entry { id: "R01", dimension: Robustness },
    Entry { id: "R02", dimension: Robustness },
    Entry { id: "R03", dimension: Robustness },
    Entry { id: "R04", dimension: Robustness },
    Entry { id: "R05", dimension: Robustness },
    Entry { id: "R06", dimension: Robustness },
    Entry { id: "R07", dimension: Robustness },
    Entry { id: "R08", dimension: Robustness },
    Entry { id: "R09", dimension: Robustness },
    Entry { id: "R10", dimension: Robustness },
    Entry { id: "R11", dimension: Robustness },
    Entry { id: "R12", dimension: Robustness },
    Entry { id: "R13", dimension: Robustness },
    Entry { id: "R14", dimension: Robustness },
    Entry { id: "R15", dimension: Robustness },
    Entry { id: "R16", dimension: Robustness },
    Entry { id: "R17", dimension: Robustness },
    Entry { id: "R18", dimension: Robustness },
    Entry { id: "R19", dimension: Robustness },
    Entry { id: "R20", dimension: Robustness },
    Entry { id: "R21", dimension: Robustness },
    Entry { id: "R22", dimension: Robustness },
    Entry { id: "R23", dimension: Robustness },
    Entry { id: "W01", dimension: Workload },
    Entry { id: "W02", dimension: Workload },
    Entry { id: "W03", dimension: Workload },
    Entry { id: "W04", dimension: Workload },
    Entry { id: "W05", dimension: Workload },
    Entry { id: "W06", dimension: Workload },
    Entry { id: "W07", dimension: Workload },
    Entry { id: "W08", dimension: Workload },
    Entry { id: "W09", dimension: Workload },
    Entry { id: "W10", dimension: Workload },
    Entry { id: "W11", dimension: Workload },
    Entry { id: "W12", dimension: Workload },
    Entry { id: "W13", dimension: Workload },
    Entry { id: "W14", dimension: Workload },
    Entry { id: "W15", dimension: Workload },
    Entry { id: "S01", dimension: Surveillance },
    Entry { id: "S02", dimension: Surveillance },
    Entry { id: "S03", dimension: Surveillance },
    Entry { id: "S04", dimension: Surveillance },
    Entry { id: "S05", dimension: Surveillance },
    Entry { id: "S06", dimension: Surveillance },
    Entry { id: "S07", dimension: Surveillance },
    Entry { id: "S08", dimension: Surveillance },
    Entry { id: "S09", dimension: Surveillance },
    Entry { id: "S10", dimension: Surveillance },
    Entry { id: "S11", dimension: Surveillance },
    Entry { id: "S12", dimension: Surveillance },
    Entry { id: "S13", dimension: Surveillance },
    Entry { id: "S14", dimension: Surveillance },
    Entry { id: "S15", dimension: Surveillance },
    Entry { id: "S16", dimension: Surveillance },
    Entry { id: "S17", dimension: Surveillance },
    Entry { id: "S18", dimension: Surveillance },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_fifty_six_ids_in_order_of_print_without_a_gap() {
        let expected: Vec<String> = [("R", 23), ("W", 15), ("S", 18)]
            .into_iter()
            .flat_map(|(letter, count)| (1..=count).map(move |number| format!("{letter}{number:02}")))
            .collect();
        assert_eq!(CATALOGUE.iter().map(|entry| entry.id).collect::<Vec<_>>(), expected);
        assert_eq!(CATALOGUE.len(), 56);
    }

    #[test]
    fn the_letter_of_an_id_is_that_of_its_dimension() {
        for Entry { id, dimension } in CATALOGUE {
            let first = dimension.word().chars().next().map(|letter| letter.to_ascii_uppercase());
            assert_eq!(id.chars().next(), first, "{id}");
        }
    }
}
