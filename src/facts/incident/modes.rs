//! Failure modes of changes and of the guardrails around them (`facts/incidents.md` 3.3).

/// A code of the taxonomy: A agent actions, C change content, K knowledge, G guardrails, X attacks; N for causes that
/// have nothing to do with AI. G-codes are the same for both groups: that symmetry is the fair test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FailureMode(&'static str);

impl FailureMode {
    /// Every code, in the order of print.
    pub const ALL: [&'static str; 28] = [
        "A1", "A2", "A3", "A4", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "K1", "K2", "K3", "G1", "G2", "G3",
        "G4", "G5", "G6", "X1", "X2", "N1", "N2", "N3", "N4", "N5",
    ];

    /// The code, if it is one.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.eq_ignore_ascii_case(word)).map(Self)
    }

    /// As printed.
    pub fn word(self) -> &'static str {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_one_of_the_list_in_either_case() {
        assert_eq!(FailureMode::of("g1").map(FailureMode::word), Some("G1"));
        assert_eq!(FailureMode::of("Z9"), None);
    }
}
