//! Grafana Loki: how long logs are kept.
//!
//! Logs are kept for ever unless `compactor.retention_enabled` is on, whatever `limits_config.retention_period` says
//! (grafana.com/docs/loki/latest/operations/storage/retention).

use super::logs::{self, Kept};
use super::tree::Item;
use super::{Body, Doc, Reading};
use crate::facts::capture::{Axes, Capture, Population};

const FORMAT: &str = "loki-config";

/// Reads a Loki configuration.
pub(super) fn read(doc: &Doc<'_>) -> Option<Reading> {
    let Body::Yaml(docs) = &doc.body else { return None };
    let root =
        docs.iter().find(|root| root.get("schema_config").is_some_and(|schema| schema.get("configs").is_some()))?;
    let mut reading = Reading::new(FORMAT);
    let limits = root.get("limits_config");
    let on = root.at(&["compactor", "retention_enabled"]).and_then(Item::truth) == Some(true);
    let period = limits.and_then(|limits| limits.entry("retention_period"));
    let (kept, setting, line) = match (on, period) {
        (false, _) => {
            let line = root.entry("limits_config").or_else(|| root.entry("schema_config")).and_then(|entry| entry.line);
            (Kept::ByDefault, "compactor.retention_enabled unset".to_owned(), line)
        }
        (true, None) => (Kept::ByDefault, "limits_config.retention_period unset".to_owned(), None),
        (true, Some(entry)) => {
            let text = entry.item.shown();
            (period_of(&text), format!("limits_config.retention_period: {text}"), entry.line)
        }
    };
    // A store collects nothing by itself: what it holds is said by the files that send to it.
    let found = logs::capture(doc, FORMAT, kept, &setting);
    reading.captures.push(Capture {
        line,
        population: Population::Systems,
        axes: Axes { s: Some(0), d: Some(0), t: Some(0), ..found.axes },
        ..found
    });
    for stream in limits.and_then(|limits| limits.get("retention_stream")).map(Item::items).unwrap_or_default() {
        if let Some(entry) = stream.entry("period").filter(|_| on) {
            let text = entry.item.shown();
            let found = logs::capture(doc, FORMAT, period_of(&text), &format!("retention_stream.period: {text}"));
            reading.captures.push(Capture { line: entry.line, ..found });
        }
    }
    if let Some(at) = root.at(&["server", "http_listen_port"]).and_then(Item::number) {
        reading.listens.push(format!("0.0.0.0:{at}"));
    }
    Some(reading)
}

/// A Prometheus duration (`744h`, `31d`, `1y2w`) in days; 0 keeps for ever.
fn period_of(text: &str) -> Kept {
    let mut days = 0.0;
    let mut number = String::new();
    for c in text.trim().chars() {
        if c.is_ascii_digit() || c == '.' {
            number.push(c);
            continue;
        }
        let factor = match c {
            'y' => 365.0,
            'w' => 7.0,
            'd' => 1.0,
            'h' => 1.0 / 24.0,
            'm' => 1.0 / 1440.0,
            's' => 1.0 / 86_400.0,
            _ => return Kept::Computed,
        };
        let Ok(value) = number.parse::<f64>() else { return Kept::Computed };
        days += value * factor;
        number.clear();
    }
    match (number.as_str(), days > 0.0) {
        ("", true) => Kept::Days(days),
        ("0" | "", false) => Kept::ForEver,
        _ => Kept::Computed,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_text;
    use super::*;
    use crate::facts::capture::{Basis, Capability, FlowRole, Retention};

    const HEAD: &str = "auth_enabled: false\nschema_config:\n  configs: []\n";

    #[test]
    fn without_the_compactor_switch_logs_are_kept_for_ever() {
        let reading = read_text("loki.yaml", &format!("{HEAD}limits_config:\n  retention_period: 744h\n"));
        let capture = &reading.captures[0];
        assert_eq!((capture.retention, capture.axes.r, capture.basis), (Retention::Unlimited, Some(5), Basis::Default));
        assert_eq!((capture.axes.s, capture.capability), (Some(0), Capability::Configured));
        assert_eq!(capture.role, FlowRole::Store);
    }

    #[test]
    fn with_it_the_period_counts() {
        let text = format!("{HEAD}limits_config:\n  retention_period: 744h\ncompactor:\n  retention_enabled: true\n");
        let capture = &read_text("loki.yaml", &text).captures[0];
        assert_eq!((capture.retention, capture.axes.r, capture.line), (Retention::Days(31.0), Some(2), Some(5)));
    }

    #[test]
    fn durations_are_added_up() {
        assert!(matches!(period_of("1y2w"), Kept::Days(days) if (days - 379.0).abs() < 1e-9));
        assert!(matches!(period_of("0s"), Kept::ForEver));
        assert!(matches!(period_of("${X}"), Kept::Computed));
    }
}
