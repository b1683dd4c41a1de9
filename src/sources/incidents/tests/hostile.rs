//! Exports that are damaged, or made to harm.

use super::*;

fn refusals(facts: &Facts) -> Vec<(&'static str, Option<u64>, u64)> {
    facts.refused.iter().map(|r| (r.reason.word(), r.at, r.count)).collect()
}

#[test]
fn a_byte_order_mark_blanks_and_semicolons_do_not_hide_the_columns() {
    let csv = "\u{feff}id ; started_at;services\r\n\r\n\"A\";2026-01-01T00:00Z;\"x;y\"\r\nB;2026-01-01T00:00Z;z\r\n";
    let facts = generic(csv).unwrap();
    assert_eq!(facts.incidents[0].reach.services.len(), 2);
    assert_eq!(facts.incidents.iter().map(|i| i.record).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn lines_are_right_after_cells_of_several_lines() {
    for end in ["\n", "\r\n"] {
        let csv = ["id,started_at,note", "A,2026-01-01T00:00Z,\"one", "two", "", "four\"", "B,2026-01-01T00:00Z,x,y"];
        let csv = format!("{}{end}C,2026-01-01T00:00Z,z{end}", csv.map(|line| format!("{line}{end}")).concat());
        let facts = generic(&csv).unwrap();
        assert_eq!(facts.incidents.iter().map(|i| i.record).collect::<Vec<_>>(), [2, 8]);
        assert_eq!(refusals(&facts), [("unreadable", Some(6), 1)]);
    }
}

#[test]
fn ragged_rows_missing_ids_and_bad_dates_are_refused_and_counted_and_a_missing_start_is_kept() {
    let csv =
        "id,started_at\nA,2026-01-01T00:00Z\nB\nC,2026-01-01T00:00Z,x\n,2026-01-01T00:00Z\nD,\nE,yesterday\nF,soon\n";
    let facts = generic(csv).unwrap();
    let started: Vec<_> = facts.incidents.iter().map(|i| (i.id.as_str(), i.times.started.is_some())).collect();
    assert_eq!(started, [("A", true), ("D", false)]);
    let expected = [("unreadable", Some(3), 2), ("missing-field", Some(5), 1), ("bad-date", Some(7), 2)];
    assert_eq!(refusals(&facts), expected);
}

#[test]
fn latin_one_and_zero_bytes_do_no_harm() {
    let csv = b"id,started_at,services\nA\xfc,2026-01-01T00:00Z,M\xfcnchen\nB,2026-01-01T00:00Z,\0\x1b[31m\n";
    let entry = "path = \"i.csv\"\nprofile = \"generic-csv\"";
    let facts = bytes(&[entry], &[("i.csv", csv)]).unwrap();
    let ids: Vec<_> = facts.incidents.iter().map(|i| i.id.as_str()).collect();
    assert_eq!(ids, ["record-2", "B"]);
    assert!(facts.incidents.iter().flat_map(|i| &i.reach.services).all(|s| s.starts_with("unprintable-")));
}

#[test]
fn formulas_addresses_and_secrets_reach_no_fact() {
    let csv = "id,started_at,services,cause_key,ai_tool,change_cause\n\
        \"=cmd|' /C calc'!A0\",2026-01-01T00:00Z,+SUM(1),mia@harbour.example,@x,=HYPERLINK(1)\n\
        \"=cmd|' /C calc'!A1\",2026-01-01T00:00Z,\"AKIAIOSFODNN7 \"\"secret\"\"\",-1,x,mia@harbour.example\n";
    let facts = generic(csv).unwrap();
    let text = format!("{facts:?}");
    for part in ["cmd", "SUM", "mia", "HYPERLINK", "AKIA"] {
        assert!(!text.contains(part), "{part} in {text}");
    }
    let ids: Vec<_> = facts.incidents.iter().map(|i| i.id.as_str()).collect();
    assert_eq!(ids, ["record-2", "record-3"]);
}

#[test]
fn broken_json_is_refused_and_broken_lines_are_counted() {
    let entry = "path = \"e.json\"\nprofile = \"generic-json\"";
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for text in ["", "{", "[1,", "nonsense", "\"text\"", "{\"rows\":[]}", deep.as_str()] {
        says(folder(&[entry], &[("e.json", text)]), &["exit 3", "cannot use any", "e.json"]);
    }
    let lines = "{\"id\":\"A\",\"started_at\":\"2026-01-01T00:00Z\"}\n{\"id\":\n[1]\n{\"id\":\"B\",\"started_at\":\"2026-01-01T00:00Z\"}\n";
    let facts = folder(&[entry], &[("e.json", lines)]).unwrap();
    assert_eq!((facts.incidents.len(), facts.incidents[1].record), (2, 4));
    assert_eq!(refusals(&facts), [("unreadable", Some(2), 2)]);
    let list = "[7, {\"id\":{\"x\":1},\"started_at\":\"2026-01-01T00:00Z\"}, {\"id\":\"A\",\"started_at\":\"2026-01-01T00:00Z\"}]";
    let facts = folder(&[entry], &[("e.json", list)]).unwrap();
    assert_eq!(refusals(&facts), [("unreadable", Some(1), 1), ("missing-field", Some(2), 1)]);
}

#[test]
fn an_object_without_the_list_asks_for_its_place() {
    let mapping = "format = \"json\"\n[fields]\nid = \"id\"\nopened_at = \"o\"\n";
    says(mapped(mapping, "e.json", "{\"rows\":[]}"), &["exit 3", "add records = \"$.rows[*]\" to m.toml"]);
}

#[test]
fn too_many_records_or_columns_are_refused() {
    let too_many = usize::try_from(super::super::sheet::MOST_RECORDS).unwrap() + 1;
    let rows = format!("id,started_at\n{}", "\u{1},\n".repeat(too_many));
    says(generic(&rows), &["exit 3", "two million records"]);
    says(generic(&format!("id{}\n", ",x".repeat(10_000))), &["exit 3", "ten thousand columns"]);
    let lines = "{}\n".repeat(too_many);
    says(folder(&["path = \"l\"\nprofile = \"generic-json\""], &[("l", &lines)]), &["exit 3", "two million records"]);
}

#[test]
fn other_encodings_links_and_folders_are_refused() {
    let entry = "path = \"i.csv\"\nprofile = \"generic-csv\"";
    let result = bytes(&[entry], &[("i.csv", b"\xff\xfei\0d\0")]);
    says(result, &["exit 3", "UTF-16"]);
    says(bytes(&[entry], &[("i.csv", b"")]), &["exit 3", "no header row"]);
    let dir = tempfile::tempdir().unwrap();
    let folder = format!("path = \"{}\"\nprofile = \"generic-csv\"", dir.path().display());
    says(bytes(&[&folder], &[]), &["exit 3", "a link, a folder"]);
}

#[test]
fn any_bytes_give_facts_or_an_error_and_never_a_panic() {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let seeds: [(&str, &str); 2] = [
        ("generic-csv", "id,started_at,severity,change_cause\nA,2026-01-01T00:00Z,1,#1\n\"B\",\"x\ny\",2,CHG0000001\n"),
        (
            "statuspage-json",
            "{\"incidents\":[{\"id\":\"a\",\"impact\":\"minor\",\"started_at\":\"2026-01-01T00:00:00Z\"}]}",
        ),
    ];
    let dir = tempfile::tempdir().unwrap();
    let mut read_some = 0;
    for (profile, seed) in seeds {
        let text = format!(
            "[audit]\norganisation='x'\nperiod='2026-Q1'\n[[incidents]]\npath='e'\nprofile='{profile}'\nzone='UTC'\n"
        );
        std::fs::write(dir.path().join("audit.toml"), text).unwrap();
        let plan = Plan::load(dir.path()).unwrap();
        for _ in 0..300 {
            let mut content = seed.as_bytes().to_vec();
            for _ in 0..=next() % 4 {
                let at = next() as usize % content.len();
                content[at] = next();
            }
            std::fs::write(dir.path().join("e"), &content).unwrap();
            read_some += u32::from(read(&plan, &mut Identities::default(), &mut Facts::default()).is_ok());
        }
    }
    assert!(read_some > 0);
}
