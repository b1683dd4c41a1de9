//! S09: retention is bounded on both sides.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::facts::capture::Retention;
use crate::facts::register::DeclaredSource;
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "S09", set_by: Some(SetBy::AuditedParty), criteria: &[], judge };

/// How one retention stands to what was declared for it.
#[derive(PartialEq)]
enum Standing {
    Within,
    Unlimited,
    TooLong,
    TooShort,
    NotDeclared,
}

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(captures) = measures.captures.known() else { return Finding::unknown(&measures.captures) };
    // A store whose content the file does not tell may hold personal data; only what is known to be about nobody is left out.
    let nobody = |axes: &crate::facts::capture::Axes| axes.s == Some(0) || axes.d == Some(0);
    let about_somebody = captures.other.iter().filter(|found| !nobody(&found.capture.axes));
    let kept: Vec<_> = captures
        .observed
        .iter()
        .chain(about_somebody)
        .filter(|found| found.capture.retention != Retention::Unset)
        .map(|found| (found, standing(found.capture.retention, captures.source_of(found))))
        .collect();
    let figures = ["captures.unbounded_retention"];
    if kept.is_empty() {
        let ground = Message::new("s09-not-stated");
        return Finding::lacking(vec![Kind::Monitoring]).because(ground).figures(&figures);
    }
    let count = |wanted: Standing| kept.iter().filter(|(_, standing)| *standing == wanted).count();
    let (unlimited, long, short) = (count(Standing::Unlimited), count(Standing::TooLong), count(Standing::TooShort));
    let undeclared = count(Standing::NotDeclared);
    let mut finding = if unlimited + long + short > 0 {
        Finding::new(Verdict::NotMet)
    } else if captures.register.is_none() || undeclared > 0 {
        Finding::lacking(vec![Kind::Register])
    } else if captures.unread > 0 {
        Finding::lacking(vec![Kind::Monitoring])
            .because(Message::new("captures-unread").count("count", captures.unread))
    } else {
        Finding::new(Verdict::Met).because(Message::new("s09-within").count("all", kept.len()))
    };
    for (id, n) in [("s09-unlimited", unlimited), ("s09-too-long", long), ("s09-too-short", short)] {
        if n > 0 {
            finding = finding.because(Message::new(id).count("count", n));
        }
    }
    let wrong = kept.iter().filter(|(_, standing)| !matches!(standing, Standing::Within | Standing::NotDeclared));
    finding
        .comment(undeclared > 0, Message::new("s09-not-declared").count("count", undeclared))
        .evidence(wrong.map(|(found, _)| Evidence::capture(found)))
        .figures(&figures)
}

fn standing(kept: Retention, source: Option<&DeclaredSource>) -> Standing {
    let Retention::Days(days) = kept else { return Standing::Unlimited };
    let declared = source.map(|source| (source.retention.min_days, source.retention.max_days));
    match declared {
        Some((_, Some(most))) if days > most => Standing::TooLong,
        Some((Some(least), _)) if days < least => Standing::TooShort,
        Some((Some(_), Some(_))) => Standing::Within,
        _ => Standing::NotDeclared,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::register::{DeclaredRetention, Register, Selector};
    use crate::facts::sample::{capture, facts};
    use crate::facts::{Capture, Facts};

    fn kept(retention: Retention, bounds: Option<(f64, f64)>) -> Facts {
        let source = DeclaredSource {
            selectors: vec![Selector { path: "a.tf".into(), key: None }],
            retention: DeclaredRetention {
                min_days: bounds.map(|b| b.0),
                max_days: bounds.map(|b| b.1),
                ..DeclaredRetention::default()
            },
            ..DeclaredSource::default()
        };
        Facts {
            captures: vec![Capture { retention, ..capture("a.tf", "capture-log-retention") }],
            register: Some(Register { sources: vec![source], ..Register::default() }),
            ..facts(&[Kind::Monitoring, Kind::Register])
        }
    }

    #[test]
    fn within_both_declared_bounds_is_met() {
        assert_eq!(finding("S09", &kept(Retention::Days(200.0), Some((183.0, 366.0)))).verdict, Verdict::Met);
    }

    #[test]
    fn too_long_too_short_and_for_ever_are_not_met() {
        for retention in [Retention::Days(400.0), Retention::Days(30.0), Retention::Unlimited] {
            assert_eq!(finding("S09", &kept(retention, Some((183.0, 366.0)))).verdict, Verdict::NotMet);
        }
    }

    #[test]
    fn a_retention_without_declared_bounds_or_beside_an_unread_file_is_no_conclusion() {
        assert_eq!(finding("S09", &kept(Retention::Days(30.0), None)).needs, [Kind::Register]);
        let mut facts = kept(Retention::Days(200.0), Some((183.0, 366.0)));
        facts.refused.push(crate::facts::sample::unread());
        assert_eq!(finding("S09", &facts).needs, [Kind::Monitoring]);
    }

    #[test]
    fn retention_that_no_file_states_is_no_conclusion() {
        assert_eq!(finding("S09", &kept(Retention::Unset, Some((1.0, 2.0)))).needs, [Kind::Monitoring]);
        let mut unregistered = kept(Retention::Days(30.0), None);
        unregistered.register = None;
        assert_eq!(finding("S09", &unregistered).needs, [Kind::Register]);
    }
}
