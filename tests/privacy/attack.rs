//! The bytes of the published tables read back and subtracted: no cell about one to k−1 people may come out.
//!
//! The attacker knows the totals, every cell that is shown, that a team in the table landed at least one change, and
//! that nothing is negative. The real people behind each cell are known here because these organisations are made here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::support::generator::{generate, truth};
use crate::support::shop::{PLAN, Shop, Work};
use crate::support::{Files, audit};

/// A team: who lands one change each, and who of them one more with AI.
struct Team {
    people: std::ops::Range<usize>,
    with_ai: usize,
}

/// Real people behind the cells of a team: all changes, changes with AI.
type Behind = BTreeMap<String, [BTreeSet<usize>; 2]>;

fn team(people: std::ops::Range<usize>, with_ai: usize) -> Team {
    Team { people, with_ai }
}

/// One repository a team.
fn company(teams: &[Team], k: usize) -> (Files, Behind) {
    let mut plan = format!("{PLAN}\n[privacy]\nk = {k}\n");
    let (mut files, mut behind) = (Files::new(), Behind::new());
    for (number, team) in teams.iter().enumerate() {
        let name = format!("team-{number}");
        let everybody = team.people.clone().map(|author| Work { author, ..Work::default() });
        let marked =
            team.people.clone().take(team.with_ai).map(|author| Work { author, marked: true, ..Work::default() });
        let stream = Shop::new().land_each(everybody.chain(marked)).files().remove("shop.fi").expect("it has a stream");
        files.insert(format!("{name}.fi"), stream);
        let _ = write!(plan, "[[repositories]]\npath = \"{name}.fi\"\nteam = \"{name}\"\n");
        behind.insert(name, [team.people.clone().collect(), team.people.clone().take(team.with_ai).collect()]);
    }
    files.insert("audit.toml".into(), plan);
    (files, behind)
}

/// The written report: rows of the table by team, and the two totals.
struct Published {
    rows: BTreeMap<String, [Option<i64>; 2]>,
    totals: [Option<i64>; 2],
}

fn published(files: &Files) -> Published {
    let files = audit(files).files;
    let json: serde_json::Value = serde_json::from_slice(&files["report.json"]).expect("it is JSON");
    #[allow(clippy::cast_possible_truncation, reason = "counts")]
    let total = |id: &str| json["figures"][id]["value"].as_f64().map(|value| value as i64);
    let mut reader = csv::Reader::from_reader(files["tables/changes-by-team.csv"].as_slice());
    let number = |text: &str| {
        assert!(text == "withheld" || text.parse::<i64>().is_ok(), "{text}");
        text.parse().ok()
    };
    let rows = reader.records().map(|row| {
        let row = row.expect("it is CSV");
        (row[0].to_owned(), [number(&row[1]), number(&row[2])])
    });
    Published { rows: rows.collect(), totals: [total("history.changes"), total("ai.attributed")] }
}

/// Subtracts, and holds what comes out against the people who are really behind it.
#[track_caller]
fn attack(published: &Published, behind: &Behind, k: usize, columns: std::ops::Range<usize>) {
    assert!(!published.rows.is_empty());
    for column in columns {
        let (mut left, mut hidden) = (published.totals[column], Vec::new());
        for (name, cells) in &published.rows {
            let people = behind[name][column].len();
            match cells[column] {
                Some(number) => {
                    assert!(people == 0 || people >= k, "{name} is shown, with {people} people and k = {k}");
                    left = left.map(|left| left - number);
                }
                None => hidden.push(name),
            }
        }
        let Some(left) = left.filter(|_| !hidden.is_empty()) else { continue };
        assert!(left >= 0);
        let together: BTreeSet<usize> = hidden.iter().flat_map(|name| &behind[*name][column]).copied().collect();
        let all = hidden.len() == published.rows.len();
        assert!(together.is_empty() || together.len() >= k || all, "{hidden:?} together are {together:?}, k = {k}");
        // Each hidden cell lies between its least and what the others leave at their least.
        let least = i64::from(column == 0);
        let most = left - least * (i64::try_from(hidden.len()).expect("few") - 1);
        let known = most == least && !together.is_empty();
        let alone = hidden.iter().any(|name| (1..k).contains(&behind[*name][column].len()));
        assert!(!(known && alone), "{hidden:?} can only be {least}");
    }
}

#[test]
fn no_small_cell_of_a_made_up_company_can_be_worked_out() {
    let companies: [&[Team]; 7] = [
        &[team(1..3, 0), team(10..19, 6), team(20..26, 6)],
        &[team(1..10, 2), team(10..19, 9), team(20..29, 8)],
        &[team(1..10, 1), team(10..19, 0), team(20..29, 0), team(30..36, 6)],
        &[team(1..3, 1), team(10..12, 1), team(20..32, 5), team(40..52, 12)],
        &[team(1..4, 3), team(2..5, 3), team(3..9, 6), team(10..20, 10)],
        &[team(1..2, 1), team(2..3, 1), team(3..4, 1), team(4..5, 1), team(5..6, 1)],
        &[team(1..8, 7), team(10..18, 8), team(20..29, 9)],
    ];
    let mut withheld = 0;
    for teams in companies {
        for k in [3, 6] {
            let (files, behind) = company(teams, k);
            let published = published(&files);
            withheld += published.rows.values().filter(|cells| cells[0].is_none()).count();
            attack(&published, &behind, k, 0..2);
        }
    }
    assert!(withheld > 15, "{withheld}: the attack has hardly anything to attack");
}

#[test]
fn a_single_withheld_row_would_be_worked_out() {
    let behind = Behind::from([
        ("a".into(), [(1..4).collect(), BTreeSet::new()]),
        ("b".into(), [(10..20).collect(), BTreeSet::new()]),
    ]);
    let rows = BTreeMap::from([("a".into(), [None, None]), ("b".into(), [Some(10), Some(0)])]);
    let published = Published { rows, totals: [Some(13), Some(0)] };
    assert!(std::panic::catch_unwind(|| attack(&published, &behind, 5, 0..1)).is_err());
}

/// People of the list behind the changes of each team in the audited quarter, read from the streams themselves.
fn behind_the_streams(files: &Files, seed: u64, period: std::ops::Range<i64>) -> Behind {
    let addresses: Vec<&str> = files["people.csv"].lines().skip(1).filter_map(|row| row.split(';').next()).collect();
    let plan = &files["audit.toml"];
    let mut behind = Behind::new();
    for repository in truth(seed).repositories {
        let (_, after) = plan.split_once(&format!("path = \"{}\"\nteam = \"", repository.path)).expect("it is planned");
        let team = after.split('"').next().expect("it has a team").to_owned();
        let mut people = BTreeSet::new();
        for commit in files[&repository.path].split("\ncommit refs/").skip(1) {
            let stamp = commit.lines().find(|line| line.starts_with("committer ")).expect("a commit has one");
            let at: i64 = stamp.rsplit(' ').nth(1).expect("it has a time").parse().expect("it is a number");
            if period.contains(&at) && !commit.contains("\nmerge ") {
                let head = commit.split("\nM ").next().expect("it has a head");
                people.extend((0..addresses.len()).filter(|person| head.contains(addresses[*person])));
            }
        }
        behind.entry(team).or_default()[0].extend(people);
    }
    behind
}

#[test]
fn no_small_team_of_the_worked_example_can_be_worked_out_at_any_k() {
    // 2026-07-01 to 2026-10-01, UTC.
    let behind = behind_the_streams(&generate(1), 1, 1_782_864_000..1_790_812_800);
    assert!(behind.values().all(|people| people[0].len() > 5), "{behind:?}");
    let mut withheld = 0;
    for k in [5, 8, 13] {
        let mut files = generate(1);
        let rule = format!("\n[privacy]\nk = {k}\n");
        files.entry("audit.toml".into()).and_modify(|plan| plan.push_str(&rule));
        let published = published(&files);
        withheld += published.rows.values().filter(|cells| cells[0].is_none()).count();
        // The generator does not say who wrote with AI; the made-up companies above do.
        attack(&published, &behind, k, 0..1);
    }
    assert!(withheld > 2, "{withheld}");
    assert!(audit(&generate(1)).report.privacy.withheld.is_empty());
}
