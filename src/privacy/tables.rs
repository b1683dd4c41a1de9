//! Small cells of tables, and the rows that would give them away.
//!
//! A row with a cell of 1 to k−1 people is withheld whole. Because the totals are published, one withheld row could be worked
//! out by subtraction: more rows are withheld, the smallest first, until at least two are and every column sums over nobody or
//! over at least k people in them. That is wider than the cheapest pattern and safe without solving for it.

use std::collections::BTreeSet;

use super::Rules;
use crate::facts::{Kind, Person};
use crate::measures::figure::Disclosure;
use crate::measures::{Cell, Measured, Row, Table};

/// A cell after the gate.
#[derive(Debug, Clone, PartialEq)]
pub enum ShownCell {
    /// A number.
    Number(f64),
    /// A token.
    Text(String),
    /// Missing.
    Unknown(Vec<Kind>),
    /// Hidden.
    Withheld,
}

/// A row after the gate.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownRow {
    /// What the row is about.
    pub label: String,
    /// Cells after the label.
    pub cells: Vec<ShownCell>,
}

/// A table after the gate.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownTable {
    /// Stable id.
    pub id: &'static str,
    /// Column names, the label's first.
    pub columns: Vec<&'static str>,
    /// Which columns hold numbers.
    pub numeric: Vec<bool>,
    /// Rows.
    pub rows: Vec<ShownRow>,
    /// Disclosure word.
    pub disclosure: &'static str,
}

/// Lets a table through, cell by cell, and logs what it withholds as `table/row`. A table of conduct is withheld as a whole,
/// with its labels, which name tools.
pub(super) fn clear(table: Table, rules: &Rules, log: &mut Vec<String>) -> ShownTable {
    let hidden = hidden_rows(&table, rules);
    let mut numeric = vec![false];
    numeric.extend(
        (1..table.columns.len())
            .map(|at| table.rows.iter().any(|row| matches!(row.cells.get(at - 1), Some(Cell::Number(..))))),
    );
    let disclosure = table.disclosure.word();
    if table.disclosure == Disclosure::Conduct && !rules.conduct {
        log.push(table.id.to_owned());
        let cells = vec![ShownCell::Withheld; table.columns.len().saturating_sub(1)];
        let rows = vec![ShownRow { label: "withheld".into(), cells }];
        // Whether there was a row at all would show in the kind of its columns.
        let numeric = (0..table.columns.len()).map(|at| at > 0).collect();
        return ShownTable { id: table.id, columns: table.columns, numeric, rows, disclosure };
    }
    for at in (1..table.columns.len()).filter(|_| !rules.conduct) {
        if table.rows.iter().any(|row| matches!(row.cells.get(at - 1), Some(Cell::Conduct(_)))) {
            log.push(format!("{}/{}", table.id, table.columns[at]));
        }
    }
    let mut rows = Vec::with_capacity(table.rows.len());
    for (at, row) in table.rows.into_iter().enumerate() {
        let withheld = hidden.contains(&at);
        if withheld {
            log.push(format!("{}/{}", table.id, row.label));
        }
        let cells = row.cells.into_iter().map(|cell| match cell {
            Cell::Text(text) => ShownCell::Text(text),
            Cell::Conduct(text) if rules.conduct => ShownCell::Text(text),
            Cell::Conduct(_) => ShownCell::Withheld,
            Cell::Number(..) if withheld => ShownCell::Withheld,
            Cell::Number(Measured::Known(number), _) => ShownCell::Number(number),
            Cell::Number(Measured::Unknown { needs }, _) => ShownCell::Unknown(needs),
        });
        rows.push(ShownRow { label: row.label, cells: cells.collect() });
    }
    ShownTable { id: table.id, columns: table.columns, numeric, rows, disclosure }
}

fn hidden_rows(table: &Table, rules: &Rules) -> BTreeSet<usize> {
    match table.disclosure {
        Disclosure::Artefact => BTreeSet::new(),
        // Not public: a month in which few people worked is a small group, and its conduct theirs.
        Disclosure::Conduct if rules.public => BTreeSet::new(),
        Disclosure::Group | Disclosure::PersonDerived if !rules.long_enough => (0..table.rows.len()).collect(),
        Disclosure::Conduct | Disclosure::Group | Disclosure::PersonDerived => small_rows(&table.rows, rules.k),
    }
}

fn small_rows(rows: &[Row], k: usize) -> BTreeSet<usize> {
    let is_small = |row: &Row| people(row).any(|people| (1..k).contains(&people.len()));
    let mut hidden: BTreeSet<usize> = (0..rows.len()).filter(|at| is_small(&rows[*at])).collect();
    if hidden.is_empty() {
        return hidden;
    }
    let mut rest: Vec<usize> = (0..rows.len()).filter(|at| !hidden.contains(at)).collect();
    rest.sort_by_key(|at| (people(&rows[*at]).map(BTreeSet::len).max(), rows[*at].label.clone()));
    for next in rest {
        if hidden.len() >= 2 && sums_are_safe(rows, &hidden, k) {
            break;
        }
        hidden.insert(next);
    }
    hidden
}

/// Whether what subtraction gives, the sum of the withheld cells of a column, is about nobody or about at least k people.
fn sums_are_safe(rows: &[Row], hidden: &BTreeSet<usize>, k: usize) -> bool {
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let enough = |people: BTreeSet<&Person>| people.is_empty() || people.len() >= k;
    let column = |column| hidden.iter().filter_map(move |at| rows[*at].cells.get(column)).flat_map(of_cell).collect();
    (0..columns).all(|at| enough(column(at))) && enough(hidden.iter().flat_map(|at| &rows[*at].apart).collect())
}

fn people(row: &Row) -> impl Iterator<Item = &BTreeSet<Person>> {
    let cells = row.cells.iter().filter_map(|cell| match cell {
        Cell::Number(_, people) => Some(people),
        Cell::Text(_) | Cell::Conduct(_) => None,
    });
    cells.chain([&row.apart])
}

fn of_cell(cell: &Cell) -> impl Iterator<Item = &Person> {
    match cell {
        Cell::Number(_, people) => Some(people.iter()),
        Cell::Text(_) | Cell::Conduct(_) => None,
    }
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const K: usize = 5;

    /// Teams of these sizes, each with this many people in its AI column; people of different teams are different.
    fn table(teams: &[(u32, u32)]) -> Table {
        let mut next = 0;
        let mut rows = Vec::new();
        for (at, (size, ai)) in teams.iter().enumerate() {
            let cell = |n: u32| {
                let people: BTreeSet<Person> = (next..next + n).map(Person::new).collect();
                Cell::Number(Measured::Known(f64::from(n * 3)), people)
            };
            let cells = vec![cell(*size), cell(*ai)];
            rows.push(Row { label: format!("team-{at}"), cells, apart: BTreeSet::new() });
            next += size.max(ai);
        }
        Table { id: "changes-by-team", columns: vec!["team", "changes", "ai"], rows, disclosure: Disclosure::Group }
    }

    fn rules() -> Rules {
        Rules { k: K, long_enough: true, conduct: true, public: false }
    }

    #[test]
    fn a_small_team_takes_a_second_row_with_it() {
        let shown = clear(table(&[(3, 0), (9, 6), (6, 6)]), &rules(), &mut Vec::new());
        let hidden: Vec<bool> = shown.rows.iter().map(|row| row.cells[0] == ShownCell::Withheld).collect();
        assert_eq!(hidden, [true, false, true]);
    }

    #[test]
    fn a_team_with_two_ai_users_is_withheld_whole() {
        let shown = clear(table(&[(9, 2), (9, 9), (9, 8)]), &rules(), &mut Vec::new());
        assert_eq!(shown.rows[0].cells, [ShownCell::Withheld, ShownCell::Withheld]);
    }

    #[test]
    fn a_withheld_table_of_conduct_does_not_name_its_rows() {
        let tools = Table { id: "ai-by-tool", disclosure: Disclosure::Conduct, ..table(&[(9, 9)]) };
        let mut log = Vec::new();
        let few = Rules { conduct: false, ..rules() };
        let shown = clear(tools, &few, &mut log);
        assert_eq!(shown.rows, [ShownRow { label: "withheld".into(), cells: vec![ShownCell::Withheld; 2] }]);
        assert_eq!(log, ["ai-by-tool"]);
    }

    #[test]
    fn a_team_whose_rest_is_one_persons_is_withheld() {
        let mut all = table(&[(9, 9), (9, 9), (9, 9)]);
        all.rows[1].apart = BTreeSet::from([Person::new(99)]);
        let shown = clear(all, &rules(), &mut Vec::new());
        assert_eq!(shown.rows[1].cells, [ShownCell::Withheld, ShownCell::Withheld]);
    }

    #[test]
    fn a_month_of_few_people_is_withheld_unless_the_history_is_public() {
        let months = Table { disclosure: Disclosure::Conduct, ..table(&[(9, 9), (2, 2), (9, 9)]) };
        let hidden = |rules: &Rules| {
            let rows = clear(months.clone(), rules, &mut Vec::new()).rows;
            rows.iter().filter(|row| row.cells[0] == ShownCell::Withheld).count()
        };
        assert_eq!(hidden(&rules()), 2);
        assert_eq!(hidden(&Rules { public: true, ..rules() }), 0);
    }

    #[test]
    fn large_teams_are_shown_and_nothing_is_logged() {
        let mut log = Vec::new();
        let shown = clear(table(&[(9, 0), (9, 9)]), &rules(), &mut log);
        assert!(log.is_empty() && shown.rows[0].cells[1] == ShownCell::Number(0.0));
    }

    proptest! {
        #[test]
        fn no_shown_cell_and_no_difference_to_the_total_is_about_fewer_than_k_people(
            sizes in prop::collection::vec((0_u32..12, 0_u32..12), 1..8)
        ) {
            let table = table(&sizes.iter().map(|(size, ai)| (*size, *ai.min(size))).collect::<Vec<_>>());
            let shown = clear(table.clone(), &rules(), &mut Vec::new());
            let hidden: Vec<usize> = (0..shown.rows.len()).filter(|at| shown.rows[*at].cells[0] == ShownCell::Withheld).collect();
            for column in 0..2 {
                for (at, row) in table.rows.iter().enumerate() {
                    let behind = of_cell(&row.cells[column]).count();
                    prop_assert!(hidden.contains(&at) || behind == 0 || behind >= K);
                }
                let lost: usize = hidden.iter().map(|at| of_cell(&table.rows[*at].cells[column]).count()).sum();
                // When every row is withheld the difference is the total itself, which its own rule governs.
                prop_assert!(lost == 0 || lost >= K || hidden.len() == table.rows.len());
                prop_assert!(hidden.len() != 1 || table.rows.len() == 1);
            }
        }
    }
}
