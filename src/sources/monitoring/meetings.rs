//! Microsoft Teams meeting policies, as `Get-CsTeamsMeetingPolicy | Export-Csv` writes them: one row a policy.
//!
//! Columns: learn.microsoft.com/powershell/module/teams/set-csteamsmeetingpolicy. `AllowCloudRecording` and
//! `AllowTranscription` let a participant switch recording on, `AutoRecording` switches it on for every meeting,
//! `NewMeetingRecordingExpirationDays` is their retention (-1: they never expire).

use super::{Body, Doc, Reading, scrub, tree};
use crate::facts::capture::{Axes, Capability, Capture, FlowRole, Population, Retention};

const FORMAT: &str = "teams-meeting-policy-csv";

/// Rows of one export that are read; a tenant has tens of policies.
const MOST_ROWS: usize = 10_000;

/// Column, message id and content level.
const COLUMNS: [(&str, &str, u8); 4] = [
    ("AllowCloudRecording", "capture-meeting-recording", 4),
    ("AutoRecording", "capture-meeting-recording", 4),
    ("AllowTranscription", "capture-meeting-transcription", 4),
    ("Copilot", "capture-meeting-ai", 4),
];

/// Reads an export that has `Identity` and at least one of the columns of recording or transcription.
pub(super) fn read(doc: &Doc<'_>) -> Option<Reading> {
    if !matches!(doc.body, Body::Plain) || !doc.is_csv() {
        return None;
    }
    // `Export-Csv` of Windows PowerShell 5 writes a type line first.
    let skipped = doc.text.starts_with("#TYPE");
    let text = if skipped { doc.text.split_once('\n')?.1 } else { doc.text };
    let delimiter = if text.lines().next()?.contains(';') { b';' } else { b',' };
    let mut table = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let headers = table.headers().ok()?.clone();
    let column = |name: &str| headers.iter().position(|header| header.trim().eq_ignore_ascii_case(name));
    column("Identity")?;
    column("AllowCloudRecording").or_else(|| column("AllowTranscription"))?;
    let mut reading = Reading::new(FORMAT);
    for record in table.records().take(MOST_ROWS) {
        let Ok(record) = record else { continue };
        let line = record.position().and_then(|at| u32::try_from(at.line()).ok()).map(|line| line + u32::from(skipped));
        let cell =
            |name: &str| column(name).and_then(|at| record.get(at)).map(str::trim).filter(|cell| !cell.is_empty());
        let kept = retention(cell("NewMeetingRecordingExpirationDays"));
        for (name, what, depth) in COLUMNS {
            let Some(value) = cell(name) else { continue };
            let Some(capability) = capability(name, value) else { continue };
            let setting = format!("{}: {name}={value}", cell("Identity").unwrap_or_default());
            let found = doc.capture(FORMAT, what, scrub::quote(&setting));
            let decided = capability != Capability::Unknown;
            let level = |level| decided.then_some(level);
            // A recording is started by a participant, or by the policy for every meeting.
            let when = if name == "AutoRecording" { 3 } else { 1 };
            let retention = if name == "Copilot" { Retention::Unset } else { kept };
            let r = retention.level();
            reading.captures.push(Capture {
                line,
                population: Population::Workers,
                capability,
                role: FlowRole::Control,
                axes: Axes { s: level(3), d: level(depth), t: level(when), m: level(2), x: Some(0), r },
                retention,
                low_confidence: !decided,
                ..found
            });
        }
    }
    if reading.captures.is_empty() {
        reading.captures.push(doc.nothing(FORMAT, FlowRole::Control));
    }
    Some(reading)
}

/// `None` when the value switches it off.
fn capability(name: &str, value: &str) -> Option<Capability> {
    match (name, tree::truth(value)) {
        ("AutoRecording", Some(true)) => Some(Capability::Configured),
        ("Copilot", _) => match value.to_ascii_lowercase().as_str() {
            "enabled" | "enabledwithtranscript" | "enabledwithtranscriptdefaulton" => Some(Capability::Latent),
            "disabled" => None,
            _ => Some(Capability::Unknown),
        },
        (_, Some(true)) => Some(Capability::Latent),
        (_, Some(false)) => None,
        (_, None) => Some(Capability::Unknown),
    }
}

fn retention(days: Option<&str>) -> Retention {
    match days.and_then(|days| days.parse::<f64>().ok()).filter(|days| days.is_finite()) {
        Some(days) if days < 0.0 => Retention::Unlimited,
        Some(days) => Retention::Days(days),
        None => Retention::Unset,
    }
}

#[cfg(test)]
mod tests {
    use super::super::NOTHING;
    use super::super::tests::read_text;
    use super::*;

    #[test]
    fn what_participants_may_start_is_latent_and_what_starts_itself_is_on() {
        let text = "\"Identity\",\"AllowTranscription\",\"AllowCloudRecording\",\"AutoRecording\",\"NewMeetingRecordingExpirationDays\"\r\n\"Global\",\"True\",\"False\",\"Disabled\",\"60\"\r\n\"Tag:Standup\",\"True\",\"True\",\"Enabled\",\"-1\"\r\n";
        let reading = read_text("meeting-settings.csv", text);
        let found: Vec<_> = reading.captures.iter().map(|c| (c.what, c.capability, c.retention, c.line)).collect();
        assert_eq!(
            found,
            [
                ("capture-meeting-transcription", Capability::Latent, Retention::Days(60.0), Some(2)),
                ("capture-meeting-recording", Capability::Latent, Retention::Unlimited, Some(3)),
                ("capture-meeting-recording", Capability::Configured, Retention::Unlimited, Some(3)),
                ("capture-meeting-transcription", Capability::Latent, Retention::Unlimited, Some(3)),
            ]
        );
        assert_eq!(
            (reading.captures[0].axes.s, reading.captures[0].axes.d, reading.captures[0].axes.t),
            (Some(3), Some(4), Some(1))
        );
    }

    #[test]
    fn a_type_line_and_semicolons_do_not_shift_lines() {
        let text = "#TYPE X\nIdentity;AllowTranscription\nGlobal;True\n";
        assert_eq!(read_text("m.csv", text).captures[0].line, Some(3));
    }

    #[test]
    fn switched_off_is_nothing_and_a_strange_value_is_unknown() {
        let off = read_text("m.csv", "Identity,AllowTranscription\nGlobal,False\n");
        assert_eq!(off.captures[0].what, NOTHING);
        let strange = read_text("m.csv", "Identity,AllowTranscription\nGlobal,perhaps\n");
        assert_eq!((strange.captures[0].capability, strange.captures[0].axes.d), (Capability::Unknown, None));
    }
}
