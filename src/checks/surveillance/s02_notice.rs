//! S02: workers were told before it was switched on.

use jiff::tz::TimeZone;

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::measures::surveillance::captures::Observed;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "S02", set_by: Some(SetBy::Standard), criteria: &[], judge };

/// How a notice stands to the day of activation.
enum Notice {
    InTime,
    Late,
    NoDate,
    Unknown,
}

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(captures) = measures.captures.known() else { return Finding::unknown(&measures.captures) };
    if captures.register.is_none() {
        return Finding::lacking(vec![Kind::Register]);
    }
    let declared: Vec<_> = captures.observed.iter().filter_map(|f| Some((f, captures.source_of(f)?))).collect();
    let judged: Vec<_> = declared.iter().map(|(found, source)| (*found, notice(found, source.notice))).collect();
    let count = |wanted: fn(&Notice) -> bool| judged.iter().filter(|(_, notice)| wanted(notice)).count();
    let late = count(|notice| matches!(notice, Notice::Late));
    let undated = count(|notice| matches!(notice, Notice::NoDate));
    let unknown = count(|notice| matches!(notice, Notice::Unknown));
    let undeclared = captures.undeclared().count();
    let mut finding = if late + undated > 0 {
        Finding::new(Verdict::NotMet)
    } else if declared.is_empty() || undeclared > 0 {
        Finding::new(Verdict::NoConclusion)
    } else if unknown > 0 {
        Finding::lacking(vec![Kind::ConfigurationHistory])
    } else if captures.unread > 0 {
        Finding::lacking(vec![Kind::Monitoring])
            .because(Message::new("captures-unread").count("count", captures.unread))
    } else {
        Finding::new(Verdict::Met).because(Message::new("s02-in-time").count("all", declared.len()))
    };
    let counted =
        [("s02-late", late), ("s02-no-notice", undated), ("s02-unknown", unknown), ("s02-undeclared", undeclared)];
    for (id, n) in counted.into_iter().filter(|(_, n)| *n > 0) {
        finding = finding.because(Message::new(id).count("count", n));
    }
    if declared.is_empty() && undeclared == 0 {
        finding = finding.because(Message::new("captures-none-found"));
    }
    let places = judged.iter().filter_map(|(found, notice)| match notice {
        Notice::Late => Some(Evidence { what: Message::new("s02-evidence-late"), ..Evidence::capture(found) }),
        Notice::NoDate => Some(Evidence { what: Message::new("s02-evidence-no-notice"), ..Evidence::capture(found) }),
        Notice::InTime | Notice::Unknown => None,
    });
    finding.evidence(places).figures(&["captures.observed", "captures.declared"])
}

/// A history that begins with the setting already on says "on or before": late for certain when even that day came before the
/// notice, unknown otherwise.
fn notice(found: &Observed, told: Option<jiff::civil::Date>) -> Notice {
    let Some(told) = told else { return Notice::NoDate };
    let Some(activated) = found.capture.activated else { return Notice::Unknown };
    let day = activated.at.to_zoned(TimeZone::UTC).date();
    match (told > day, activated.on_or_before) {
        (true, _) => Notice::Late,
        (false, true) => Notice::Unknown,
        (false, false) => Notice::InTime,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::capture::Activation;
    use crate::facts::register::{DeclaredSource, Register, Selector};
    use crate::facts::sample::{capture, facts, instant};
    use crate::facts::{Capture, Facts};

    fn told(notice: Option<&str>, on: Option<(&str, bool)>) -> Facts {
        let activated = on.map(|(at, on_or_before)| Activation { at: instant(at), on_or_before });
        let source = DeclaredSource {
            selectors: vec![Selector { path: "a.env".into(), key: None }],
            notice: notice.map(|day| day.parse().unwrap()),
            ..DeclaredSource::default()
        };
        Facts {
            captures: vec![Capture { activated, ..capture("a.env", "capture-prompt-text") }],
            register: Some(Register { sources: vec![source], ..Register::default() }),
            ..facts(&[Kind::Monitoring, Kind::Register])
        }
    }

    #[test]
    fn told_before_or_on_the_day_is_met_and_after_it_is_not() {
        let on = Some(("2026-05-04T09:00:00Z", false));
        assert_eq!(finding("S02", &told(Some("2026-05-04"), on)).verdict, Verdict::Met);
        assert_eq!(finding("S02", &told(Some("2026-05-05"), on)).verdict, Verdict::NotMet);
    }

    #[test]
    fn a_file_that_nobody_could_read_may_hold_a_capture_nobody_was_told_of() {
        let mut facts = told(Some("2026-05-04"), Some(("2026-05-04T09:00:00Z", false)));
        facts.refused.push(crate::facts::sample::unread());
        assert_eq!(finding("S02", &facts).needs, [Kind::Monitoring]);
    }

    #[test]
    fn an_entry_without_a_notice_is_not_met() {
        assert_eq!(finding("S02", &told(None, None)).verdict, Verdict::NotMet);
    }

    #[test]
    fn a_history_that_begins_switched_on_decides_only_against_a_later_notice() {
        let imported = Some(("2026-05-04T09:00:00Z", true));
        assert_eq!(finding("S02", &told(Some("2026-05-05"), imported)).verdict, Verdict::NotMet);
        assert_eq!(finding("S02", &told(Some("2026-05-01"), imported)).needs, [Kind::ConfigurationHistory]);
    }

    #[test]
    fn without_dates_or_register_there_is_no_conclusion() {
        assert_eq!(finding("S02", &told(Some("2026-05-04"), None)).needs, [Kind::ConfigurationHistory]);
        assert_eq!(finding("S02", &facts(&[Kind::Monitoring])).needs, [Kind::Register]);
    }
}
