//! The neutral export of tools that keep their settings in no file (employee monitoring, meeting platforms): a CSV
//! with the columns `tool,setting,value,unit,scope,source_of_export,exported_on`, written by hand or by a script.
//!
//! The setting ids are this tool's own dictionary; an id outside it is unknown, not ignored.

use super::{Body, Doc, Reading, scrub, tree};
use crate::facts::capture::{Axes, Capability, Capture, FlowRole, Population, Retention};

const FORMAT: &str = "tool-settings-csv";

/// Rows of one export that are read.
const MOST_ROWS: usize = 10_000;

/// Setting id, message id, S, D, T, X.
type Rule = (&'static str, &'static str, u8, u8, u8, u8);

const RULES: [Rule; 15] = [
    ("screenshots.interval_s", "capture-screenshots", 3, 4, 2, 0),
    ("screenshots.blur", "capture-screenshots", 3, 4, 2, 0),
    ("keystrokes.content", "capture-keystrokes", 3, 4, 3, 0),
    ("keystrokes.count_only", "capture-keystroke-count", 3, 1, 3, 0),
    ("app_usage", "capture-app-usage", 3, 1, 3, 0),
    ("url_tracking", "capture-visited-sites", 3, 2, 3, 0),
    ("stealth_mode", "capture-stealth", 3, 1, 3, 0),
    ("webcam", "capture-webcam", 3, 4, 2, 0),
    ("audio", "capture-audio", 3, 4, 3, 0),
    ("transcription.auto", "capture-meeting-transcription", 3, 4, 3, 0),
    ("emotion_inference", "capture-emotion", 3, 5, 3, 2),
    ("location", "capture-location", 3, 2, 2, 0),
    ("productivity_score", "capture-productivity-score", 3, 1, 2, 2),
    ("export_to_hr", "capture-export-to-hr", 3, 1, 2, 2),
    ("recording.auto", "capture-meeting-recording", 3, 4, 3, 0),
];

/// Reads a neutral export.
pub(super) fn read(doc: &Doc<'_>) -> Option<Reading> {
    if !matches!(doc.body, Body::Plain) || !doc.is_csv() {
        return None;
    }
    let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(doc.text.as_bytes());
    let headers = table.headers().ok()?.clone();
    let column = |name: &str| headers.iter().position(|header| header.trim() == name);
    let (tool, setting, value) = (column("tool")?, column("setting")?, column("value")?);
    let unit = column("unit");
    let mut reading = Reading::new(FORMAT);
    for record in table.records().take(MOST_ROWS) {
        let Ok(record) = record else { continue };
        let cell = |at: usize| record.get(at).map(str::trim).unwrap_or_default();
        let line = record.position().and_then(|at| u32::try_from(at.line()).ok());
        let unit = unit.map(cell).unwrap_or_default();
        let text = format!("{} {}={} {unit}", cell(tool), cell(setting), cell(value));
        if let Some(found) = row(doc, cell(setting), cell(value), scrub::quote(&text)) {
            reading.captures.push(Capture { line, ..found });
        }
    }
    if reading.captures.is_empty() {
        reading.captures.push(doc.nothing(FORMAT, FlowRole::Control));
    }
    Some(reading)
}

fn row(doc: &Doc<'_>, id: &str, value: &str, text: String) -> Option<Capture> {
    let number = value.parse::<f64>().ok().filter(|number| number.is_finite());
    if id.ends_with("retention_days") {
        let retention = number
            .map_or(Retention::Unset, |days| if days < 0.0 { Retention::Unlimited } else { Retention::Days(days) });
        let what = match retention {
            Retention::Days(_) => "capture-log-retention",
            Retention::Unlimited => "capture-log-unlimited",
            Retention::Unset => "capture-log-retention-unknown",
        };
        let axes = Axes { r: retention.level(), ..Axes::default() };
        let found = doc.capture(FORMAT, what, text);
        return Some(Capture { axes, retention, role: FlowRole::Store, capability: Capability::Configured, ..found });
    }
    let on = tree::truth(value).or(number.map(|number| number > 0.0));
    let Some((_, what, s, d, t, x)) = RULES.iter().find(|rule| rule.0 == id) else {
        let found = doc.capture(FORMAT, "capture-other-setting", text);
        return (on != Some(false)).then_some(Capture { role: FlowRole::Control, low_confidence: true, ..found });
    };
    // Masking never lowers what is captured; that it is off is said by the interval.
    let minimised = if id == "screenshots.blur" { 1 } else { 2 };
    let found = doc.capture(FORMAT, what, text);
    let base = Capture { population: Population::Workers, role: FlowRole::Control, ..found };
    match on {
        Some(false) => None,
        None => Some(Capture { low_confidence: true, ..base }),
        Some(true) => {
            let often = id == "screenshots.interval_s" && number.is_some_and(|seconds| seconds <= 60.0);
            let t = if often { 3 } else { *t };
            let axes = Axes { s: Some(*s), d: Some(*d), t: Some(t), m: Some(minimised), x: Some(*x), r: None };
            Some(Capture { axes, capability: Capability::Configured, ..base })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_text;
    use crate::facts::capture::Capability;

    #[test]
    fn known_settings_have_levels_and_unknown_ones_stay_unknown() {
        let text = "tool,setting,value,unit,scope,source_of_export,exported_on\nX,screenshots.interval_s,30,s,all,console,2026-09-01\nX,keystrokes.content,false,,all,console,2026-09-01\nX,emotion_inference,true,,all,console,2026-09-01\nX,mystery,on,,all,console,2026-09-01\n";
        let found: Vec<_> =
            read_text("t.csv", text).captures.iter().map(|c| (c.what, c.axes.d, c.axes.t, c.line)).collect();
        assert_eq!(
            found,
            [
                ("capture-screenshots", Some(4), Some(3), Some(2)),
                ("capture-emotion", Some(5), Some(3), Some(4)),
                ("capture-other-setting", None, None, Some(5)),
            ]
        );
    }

    #[test]
    fn a_value_that_is_neither_on_nor_off_is_unknown() {
        let capture = &read_text("t.csv", "tool,setting,value\nX,webcam,by request\n").captures[0];
        assert_eq!((capture.capability, capture.axes.d), (Capability::Unknown, None));
    }
}
