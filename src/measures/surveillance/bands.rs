//! How intrusive a capture is, in bands 0 to 5. A band says how intrusive, not whether lawful; bands are never averaged.

use crate::facts::capture::{Axes, Capability, Capture, Level, Retention};

/// Names for print: no person data, low, moderate, high, very high, red line.
pub const NAMES: [&str; 6] = ["none", "low", "moderate", "high", "very high", "red line"];

/// Band of a capture; `None` where the file cannot tell whose data it is or what is in it.
pub fn band(capture: &Capture) -> Level {
    let Axes { s, d, t, m, x, .. } = capture.axes;
    if s == Some(0) || d == Some(0) {
        return Some(0);
    }
    let (s, d) = (s?, d?);
    let mut band = content(s, d);
    if t.is_some_and(|t| t <= 1) && d <= 2 {
        band = lowered(band);
    }
    if d == 3 && s >= 3 && t.is_some_and(|t| t >= 2) && m == Some(2) {
        band = 4;
    }
    if s >= 2 && x.is_some_and(|x| x >= 2) {
        band = band.max(3);
    }
    if x == Some(3) {
        band = band.max(4);
    }
    if band == 2 && capture.retention == Retention::Unlimited {
        band = 3;
    }
    if capture.capability == Capability::Latent {
        band = lowered(band);
    }
    Some(band)
}

fn content(s: u8, d: u8) -> u8 {
    match (d, s) {
        (5.., _) => 5,
        (4, 2..) => 4,
        (4, _) | (2, 2) | (1, 3..) => 2,
        (3, 2..) | (2, 3..) => 3,
        _ => 1,
    }
}

fn lowered(band: u8) -> u8 {
    if band <= 1 { band } else { band - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::sample::capture;

    #[allow(clippy::many_single_char_names, reason = "the names of the axes")]
    fn of(s: u8, d: u8, t: u8, m: u8, x: u8) -> Level {
        let axes = Axes { s: Some(s), d: Some(d), t: Some(t), r: None, m: Some(m), x: Some(x) };
        band(&Capture { axes, ..capture("a", "capture-prompt-text") })
    }

    #[test]
    fn full_prompts_of_named_people_are_very_high() {
        assert_eq!(of(3, 3, 3, 2, 0), Some(4));
    }

    #[test]
    fn metadata_of_a_group_is_low_and_of_nobody_is_none() {
        assert_eq!(of(1, 1, 3, 2, 0), Some(1));
        assert_eq!(of(0, 4, 3, 2, 0), Some(0));
    }

    #[test]
    fn a_view_that_compares_people_is_at_least_high() {
        assert_eq!(of(2, 1, 2, 2, 2), Some(3));
    }

    #[test]
    fn what_the_file_cannot_tell_has_no_band() {
        assert_eq!(band(&Capture { axes: Axes::default(), ..capture("a", "capture-prompt-text") }), None);
    }

    #[test]
    fn unlimited_retention_lifts_moderate_to_high_and_latent_lowers() {
        let base = Capture {
            axes: Axes { s: Some(3), d: Some(1), t: Some(3), r: Some(5), m: Some(2), x: Some(0) },
            retention: Retention::Unlimited,
            ..capture("a", "capture-prompt-text")
        };
        assert_eq!(band(&base), Some(3));
        assert_eq!(band(&Capture { capability: Capability::Latent, ..base }), Some(2));
    }
}
