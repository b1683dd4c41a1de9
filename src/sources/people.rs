//! The people list (`people.csv`): who belonged to which team, from when.
//!
//! One dated row per person and team. Columns, in any order, by their names in the first line:
//!
//! | column | content |
//! |---|---|
//! | `identity` | address or login; several, separated by `;`, are one person. Needed |
//! | `team` | as in the plan and the register. Needed |
//! | `seniority` | `senior` counts for sign-off; any other word does not; empty is "not stated" |
//! | `reviewer` | `yes`, `no`, `true` or `false`; empty is "not stated" |
//! | `time_zone` | IANA name of the working place |
//! | `from`, `until` | first day, and first day that no longer counts, as 2026-07-01 |
//!
//! The list must be read before anything else that names people: an identity that was given out before as somebody
//! else stays so. Identities are turned into numbers here; no message quotes one, nor any cell.

use csv::{ByteRecord, ReaderBuilder, Trim};
use jiff::civil::Date;

use super::{Identities, sha256_hex, single_file};
use crate::error::{Problem, nearest};
use crate::facts::input::RefusalReason;
use crate::facts::{Facts, Input, Kind, Membership, Refused};
use crate::plan::Plan;

const COLUMNS: [&str; 7] = ["identity", "team", "seniority", "reviewer", "time_zone", "from", "until"];

/// Position of each of [`COLUMNS`] in the file.
type Header = [Option<usize>; COLUMNS.len()];

/// Why a row cannot be used, and in which column; never the cell itself.
type Unusable = (RefusalReason, &'static str);

/// Reads the people list of the plan, if it names one.
pub fn read(plan: &Plan, ids: &mut Identities, facts: &mut Facts) -> Result<(), Problem> {
    let Some(path) = &plan.people else { return Ok(()) };
    let bytes = single_file(&plan.resolve(path))
        .map_err(|(_, why)| Problem::input("cannot read the people list", why).in_file(path))?;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).trim(Trim::All).from_reader(text);
    let mut record = ByteRecord::new();
    if !advance(&mut reader, &mut record, path)? {
        return Err(broken(path, "it has no header line").help(format!("begin it with {}", COLUMNS.join(","))));
    }
    let header = header(&record, path)?;
    let width = record.len();
    let mut rows = 0;
    while advance(&mut reader, &mut record, path)? {
        let line = record.position().map(csv::Position::line);
        match row(&record, width, &header, ids) {
            Ok(membership) => {
                rows += 1;
                facts.memberships.push(membership);
            }
            Err((reason, detail)) => facts.refused.push(Refused {
                kind: Kind::People,
                path: path.clone(),
                at: line,
                reason,
                count: 1,
                detail: detail.to_owned(),
            }),
        }
    }
    facts.read.insert(Kind::People);
    facts.inputs.push(Input {
        kind: Kind::People,
        path: path.clone(),
        format: "people-csv".into(),
        sha256: sha256_hex(&bytes),
        records: rows,
    });
    Ok(())
}

fn broken(path: &str, why: impl Into<String>) -> Problem {
    Problem::input("cannot use the people list", why).at_line(path, 1)
}

fn advance(reader: &mut csv::Reader<&[u8]>, record: &mut ByteRecord, path: &str) -> Result<bool, Problem> {
    // Bytes in memory, rows of any width: what is left to go wrong has no text of its own.
    reader.read_byte_record(record).map_err(|_| broken(path, "it is not a table of comma-separated values"))
}

fn header(record: &ByteRecord, path: &str) -> Result<Header, Problem> {
    let words: Vec<String> = record.iter().map(|cell| String::from_utf8_lossy(cell).to_lowercase()).collect();
    // Without one known word the first line may be a row with names in it, and is not quoted.
    if !words.iter().any(|word| COLUMNS.contains(&word.as_str())) {
        let help = if record.iter().any(|cell| cell.contains(&b';') || cell.contains(&b'\t')) {
            "separate the columns with commas; `;` separates the identities of one person".to_owned()
        } else {
            format!("begin it with {}", COLUMNS.join(","))
        };
        return Err(broken(path, "the first line names no column of a people list").help(help));
    }
    let mut header = Header::default();
    for (position, word) in words.iter().enumerate() {
        let Some(column) = COLUMNS.iter().position(|known| known == word) else {
            let why = if word.contains('@') || word.len() > 40 {
                format!("column {} has no name that is known", position + 1)
            } else {
                format!("`{word}` is not a column of a people list")
            };
            let help = nearest(word, COLUMNS)
                .map_or_else(|| format!("columns are {}", COLUMNS.join(", ")), |near| format!("write `{near}`"));
            return Err(broken(path, why).help(help));
        };
        if header[column].replace(position).is_some() {
            return Err(broken(path, format!("the column `{word}` stands there twice")));
        }
    }
    for needed in ["identity", "team"] {
        if !words.iter().any(|word| word == needed) {
            return Err(broken(path, format!("the column `{needed}` is missing")));
        }
    }
    Ok(header)
}

fn row(record: &ByteRecord, width: usize, header: &Header, ids: &mut Identities) -> Result<Membership, Unusable> {
    if record.len() != width {
        return Err((RefusalReason::Unreadable, "the row has more or fewer cells than the header"));
    }
    let mut cells = [""; COLUMNS.len()];
    for (cell, position) in cells.iter_mut().zip(header) {
        let bytes = position.and_then(|position| record.get(position)).unwrap_or_default();
        *cell = std::str::from_utf8(bytes).map_err(|_| (RefusalReason::Unreadable, "the row is not UTF-8"))?;
    }
    let [identity, team, seniority, reviewer, time_zone, from, until] = cells;
    if team.is_empty() {
        return Err((RefusalReason::MissingField, "team"));
    }
    let (from, until) = (day(from, "from")?, day(until, "until")?);
    if from.zip(until).is_some_and(|(from, until)| until <= from) {
        return Err((RefusalReason::BadDate, "until is not after from"));
    }
    let reviewer = yes_or_no(reviewer)?;
    let time_zone = zone(time_zone)?;
    // Last, so that a row that is not used joins nobody.
    let identities: Vec<&str> = identity.split(';').map(str::trim).filter(|identity| !identity.is_empty()).collect();
    let person = ids.alias(&identities).ok_or((RefusalReason::MissingField, "identity"))?;
    let senior = (!seniority.is_empty()).then(|| seniority.eq_ignore_ascii_case("senior"));
    Ok(Membership { person, team: team.to_owned(), senior, reviewer, time_zone, from, until })
}

fn day(cell: &str, column: &'static str) -> Result<Option<Date>, Unusable> {
    if cell.is_empty() {
        return Ok(None);
    }
    cell.parse().map(Some).map_err(|_| (RefusalReason::BadDate, column))
}

fn yes_or_no(cell: &str) -> Result<Option<bool>, Unusable> {
    match cell.to_ascii_lowercase().as_str() {
        "" => Ok(None),
        "yes" | "true" => Ok(Some(true)),
        "no" | "false" => Ok(Some(false)),
        _ => Err((RefusalReason::BadValue, "reviewer is none of yes, no, true, false")),
    }
}

fn zone(cell: &str) -> Result<Option<String>, Unusable> {
    if cell.is_empty() {
        return Ok(None);
    }
    let zone = jiff::tz::db().get(cell).map_err(|_| (RefusalReason::BadValue, "time_zone is no IANA name"))?;
    Ok(Some(zone.iana_name().unwrap_or(cell).to_owned()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Reads a list with this content; the text of the problem where there is one.
    fn list(content: &[u8]) -> Result<(Facts, Identities), String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("people.csv"), content).unwrap();
        let mut facts = Facts::default();
        let mut ids = Identities::default();
        read(&plan(folder.path()), &mut ids, &mut facts).map_err(|problem| problem.to_string())?;
        Ok((facts, ids))
    }

    fn plan(folder: &Path) -> Plan {
        let text = "[audit]\norganisation = \"x\"\nperiod = \"2026-Q3\"\n[people]\npath = \"people.csv\"\n";
        std::fs::write(folder.join("audit.toml"), text).unwrap();
        Plan::load(folder).unwrap()
    }

    fn refusals(content: &str) -> Vec<(Option<u64>, RefusalReason)> {
        let (facts, _) = list(content.as_bytes()).unwrap();
        facts.refused.iter().map(|refused| (refused.at, refused.reason)).collect()
    }

    #[test]
    fn a_row_becomes_a_membership_and_its_identities_one_person() {
        let (facts, mut ids) = list(
            b"\xef\xbb\xbfteam,identity,seniority,reviewer,time_zone,from,until\r\n\
              payments,mia@harbour.example; mia ,Senior,yes,Europe/Berlin,2026-01-01,2026-08-01\r\n\
              checkout,MIA,,,,2026-08-01,\r\n",
        )
        .unwrap();
        let person = ids.person("mia@harbour.example");
        let [first, second] = facts.memberships.as_slice() else { panic!("{:?}", facts.memberships) };
        assert_eq!((first.person, second.person), (person, person));
        assert_eq!(first.team, "payments");
        assert_eq!((first.senior, first.reviewer), (Some(true), Some(true)));
        assert_eq!(first.time_zone.as_deref(), Some("Europe/Berlin"));
        assert_eq!(first.until, Some(Date::constant(2026, 8, 1)));
        assert_eq!((second.senior, second.reviewer, second.until), (None, None, None));
        assert!(facts.has(Kind::People));
        assert_eq!(facts.inputs[0].records, 2);
        assert_eq!(facts.inputs[0].sha256.len(), 64);
    }

    #[test]
    fn any_seniority_but_senior_is_a_stated_no() {
        let (facts, _) = list(b"identity,team,seniority\na,t,junior\nb,t,SENIOR\nc,t,\n").unwrap();
        let senior: Vec<_> = facts.memberships.iter().map(|m| m.senior).collect();
        assert_eq!(senior, [Some(false), Some(true), None]);
    }

    #[test]
    fn unusable_rows_are_refused_with_their_line_and_the_rest_is_read() {
        let content = "identity,team,reviewer,time_zone,from,until\n\
            a,t,maybe,,,\nb,t,,Mars/Olympus,,\nc,t,,,1.7.2026,\nd,t,,,2026-08-01,2026-07-01\n,t,,,,\n; ;,t,,,,\n\
            e,,,,,\nf,t\n\"g\nh\",t,,,,\ni,t,,,,\n";
        assert_eq!(
            refusals(content),
            [
                (Some(2), RefusalReason::BadValue),
                (Some(3), RefusalReason::BadValue),
                (Some(4), RefusalReason::BadDate),
                (Some(5), RefusalReason::BadDate),
                (Some(6), RefusalReason::MissingField),
                (Some(7), RefusalReason::MissingField),
                (Some(8), RefusalReason::MissingField),
                (Some(9), RefusalReason::Unreadable),
            ]
        );
        let (facts, _) = list(content.as_bytes()).unwrap();
        assert_eq!((facts.memberships.len(), facts.inputs[0].records), (2, 2));
    }

    #[test]
    fn a_row_that_is_not_utf_8_is_refused_alone() {
        let (facts, _) = list(b"identity,team\nm\xfcller,t\nmia,t\n").unwrap();
        assert_eq!((facts.refused.len(), facts.memberships.len()), (1, 1));
    }

    #[test]
    fn an_unknown_column_is_shown_with_its_place_and_the_word_to_type() {
        let text = list(b"identity,team,timezone\n").map(|_| ()).unwrap_err();
        assert!(text.contains("people.csv:1") && text.contains("`timezone`"), "{text}");
        assert!(text.contains("help: write `time_zone`"), "{text}");
    }

    #[test]
    fn broken_headers_are_problems() {
        for (content, word) in [
            ("", "no header"),
            ("\r\n\r\n", "no header"),
            ("identity\nmia\n", "`team` is missing"),
            ("team\nt\n", "`identity` is missing"),
            ("identity,team,team\n", "twice"),
            ("identity;team\nmia;t\n", "with commas"),
        ] {
            let text = list(content.as_bytes()).map(|_| ()).unwrap_err();
            assert!(text.contains(word), "{content:?}: {text}");
        }
    }

    #[test]
    fn no_message_quotes_an_identity() {
        for content in
            ["mia.moreau,payments\n", "identity,team,mia@harbour.example\n", "mia@harbour.example;mia;payments\n"]
        {
            let text = list(content.as_bytes()).map(|_| ()).unwrap_err();
            assert!(!text.contains("mia"), "{text}");
        }
        let (facts, _) = list(b"identity,team,time_zone\nmia,t,mia@harbour.example\n").unwrap();
        assert!(facts.refused.iter().all(|refused| !refused.detail.contains("mia")));
    }

    #[test]
    fn a_header_alone_is_a_list_of_nobody() {
        let (facts, _) = list(b"identity,team\n").unwrap();
        assert!(facts.has(Kind::People) && facts.memberships.is_empty());
    }

    #[test]
    fn a_list_that_is_not_there_is_a_problem_and_no_list_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let plan = plan(folder.path());
        let mut facts = Facts::default();
        let problem = read(&plan, &mut Identities::default(), &mut facts).unwrap_err();
        assert_eq!(problem.exit_code(), 3);
        let none = Plan { people: None, ..plan };
        assert_eq!(read(&none, &mut Identities::default(), &mut facts), Ok(()));
        assert!(!facts.has(Kind::People));
    }

    #[test]
    fn hostile_bytes_never_panic() {
        for content in
            [&b"identity,team\n\"unclosed"[..], b"\0\0\0", b"\xff\xfei\0d\0", b"identity,team\n\"\"\"\",\",\"\n"]
        {
            let _ = list(content);
        }
        let many = format!("identity,team\n{},t\n", "a;".repeat(100_000));
        assert!(list(many.as_bytes()).is_ok());
    }
}
