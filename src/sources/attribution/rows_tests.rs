//! Every row of the registry against its own example, its own trap, and each single thing it holds.

use std::collections::BTreeSet;

use super::data::{Letter, OtherRow, Rows};
use super::*;

type Found = BTreeSet<(String, &'static str)>;

/// How the text of an example is read.
type Reads = fn(&str) -> Found;

/// A row of any table.
struct Row<'a> {
    /// Empty where the text names the tool.
    tool: &'a str,
    class: Letter,
    example: &'a str,
    trap: &'a str,
    reads: Reads,
}

fn rows() -> Rows {
    data::rows().unwrap_or_else(|error| panic!("the registry cannot be read: {error}"))
}

/// All rows that stand for a tool.
fn all(rows: &Rows) -> Vec<Row<'_>> {
    fn row<'a>(tool: &'a str, class: Letter, (example, trap): (&'a str, &'a str), reads: Reads) -> Row<'a> {
        Row { tool, class, example, trap, reads }
    }
    fn named(tool: Option<&String>) -> &str {
        tool.map_or("", String::as_str)
    }
    let mut all: Vec<Row<'_>> = Vec::new();
    all.extend(rows.identity.iter().map(|r| row(&r.tool, r.class, (&r.example, &r.trap), as_co_author)));
    all.extend(rows.name.iter().map(|r| row(&r.tool, r.class, (&r.example, &r.trap), as_co_author)));
    all.extend(rows.line.iter().map(|r| row(named(r.tool.as_ref()), r.class, (&r.example, &r.trap), in_body)));
    all.extend(rows.footer.iter().map(|r| row(&r.tool, r.class, (&r.example, &r.trap), in_body)));
    all.extend(rows.link.iter().map(|r| row(&r.tool, r.class, (&r.example, &r.trap), in_description)));
    all.extend(rows.branch.iter().map(|r| row(&r.tool, r.class, (&r.example, &r.trap), as_branch)));
    all.extend(rows.agent.iter().map(|r| row(&r.tool, r.class, (&r.example, &r.trap), as_declaration)));
    all.extend(rows.mention.iter().map(|r| row(&r.tool, r.class, (&r.example, &r.trap), in_body)));
    let tools = rows.record.iter().filter(|r| !r.test);
    all.extend(tools.map(|r| row(named(r.tool.as_ref()), r.class, (&r.example, &r.trap), in_record)));
    all
}

fn found(marks: Vec<Mark>) -> Found {
    marks.into_iter().map(|mark| (mark.tool, mark.class.letter())).collect()
}

fn in_body(line: &str) -> Found {
    let message = format!("Move the quay\n\n{line}\n");
    found(Registry::builtin().marks(&Signatures { message: &message, ..Signatures::default() }).marks)
}

fn as_co_author(identity: &str) -> Found {
    in_body(&format!("Co-authored-by: {identity}"))
}

/// The tools that a declaration names; what is a mention besides is left out.
fn as_declaration(value: &str) -> Found {
    in_body(&format!("Assisted-by: {value}")).into_iter().filter(|(_, letter)| *letter == "D").collect()
}

fn in_description(description: &str) -> Found {
    found(Registry::builtin().review(&ReviewText { description, ..ReviewText::default() }).marks)
}

fn as_branch(branch: &str) -> Found {
    found(Registry::builtin().merged_branches(&format!("Merge pull request #1 from harbour/{branch}")))
}

fn in_record(name: &str) -> Found {
    Registry::builtin().note_tool(name).map(|tool| (tool, "N")).into_iter().collect()
}

/// The class of an identity by its co-author line.
fn class_of(identity: &str) -> LoginClass {
    let (name, address) = message::identity(identity);
    Registry::builtin().classify(name, address)
}

#[test]
fn every_example_bears_the_mark_of_its_row() {
    let rows = rows();
    for row in all(&rows) {
        let found = (row.reads)(row.example);
        let class = row.class.class().letter();
        let ok = found.iter().any(|(tool, letter)| *letter == class && (row.tool.is_empty() || row.tool == tool));
        assert!(ok, "{}: {found:?}", row.example);
    }
}

#[test]
fn no_trap_bears_the_mark_of_its_row_or_one_that_counts() {
    let rows = rows();
    for row in all(&rows) {
        let found = (row.reads)(row.trap);
        if row.class == Letter::N {
            assert!(found.iter().all(|(tool, _)| tool != row.tool), "{}: {found:?}", row.trap);
            continue;
        }
        let weak = found.iter().all(|(_, letter)| *letter == "H");
        let other = found.iter().all(|(tool, _)| row.class != Letter::H || tool != row.tool);
        assert!(weak && other, "{}: {found:?}", row.trap);
    }
}

#[test]
fn every_single_account_marks_and_its_neighbours_do_not() {
    for row in Registry::builtin().table.rows() {
        let one = BTreeSet::from([(row.tool.clone(), row.class.class().letter())]);
        let name = row.name.as_deref().unwrap_or("Whoever");
        for address in &row.addresses {
            assert_eq!(*address, address.to_ascii_lowercase(), "addresses are compared in lower case");
            assert_eq!(as_co_author(&format!("{name} <{address}>")), one, "{address}");
            for neighbour in [format!("x{address}"), format!("{address}.example")] {
                assert_eq!(as_co_author(&format!("{name} <{neighbour}>")), Found::new(), "{neighbour}");
            }
        }
        for id in &row.ids {
            let renamed = format!("{name} <{id}+renamed@users.noreply.github.com>");
            assert_eq!(as_co_author(&renamed), one, "{id}");
            let stranger = format!("{name} <{id}7+mia@users.noreply.github.com>");
            assert_eq!(as_co_author(&stranger), Found::new(), "{id}");
        }
        for app in &row.apps {
            assert_eq!(as_co_author(&format!("{name} <1+{app}[bot]@users.noreply.github.com>")), one, "{app}");
        }
    }
}

#[test]
fn every_single_account_of_automation_and_platforms_is_known_and_its_trap_is_a_person() {
    let of = |table: &[OtherRow], class: LoginClass| {
        for row in table {
            assert_eq!(class_of(&row.example), class, "{}", row.example);
            assert_eq!(class_of(&row.trap), LoginClass::Human, "{}", row.trap);
            for address in &row.addresses {
                assert_eq!(class_of(&format!("Whoever <{address}>")), class, "{address}");
            }
            for id in &row.ids {
                assert_eq!(class_of(&format!("Whoever <{id}+renamed@users.noreply.github.com>")), class, "{id}");
            }
            for login in row.logins.iter().cloned().chain(row.apps.iter().map(|app| format!("{app}[bot]"))) {
                assert_eq!(Registry::builtin().classify("", &login), class, "{login}");
            }
        }
    };
    of(&rows().automation, LoginClass::Automation);
    of(&rows().platform, LoginClass::Platform);
}

#[test]
fn every_single_key_beginning_and_link_marks() {
    let rows = rows();
    for row in &rows.line {
        let (_, value) = row.example.split_once(": ").unwrap();
        for key in &row.keys {
            let found = in_body(&format!("{key}: {value}"));
            assert!(found.iter().any(|(_, letter)| *letter == row.class.class().letter()), "{key}");
            assert!(key.len() <= message::LONGEST_KEY, "{key}");
        }
    }
    for row in &rows.footer {
        for begins in &row.begins {
            let one = BTreeSet::from([(row.tool.clone(), "S")]);
            assert_eq!(in_body(&format!("{begins} {}", row.name)), one, "{begins}");
        }
    }
    for row in &rows.link {
        let lines =
            row.holds.iter().map(|link| format!("{link}1")).chain(row.begins.iter().map(|b| format!("{b} -->")));
        for line in lines {
            assert_eq!(in_description(&line), BTreeSet::from([(row.tool.clone(), "S")]), "{line}");
        }
    }
}

#[test]
fn every_single_name_of_an_agent_is_one_and_a_word_needs_more_beside_it() {
    for row in &rows().agent {
        let one = BTreeSet::from([(row.tool.clone(), "D")]);
        for name in row.names.iter().cloned().chain(row.models.iter().map(|model| format!("{model} 4"))) {
            assert_eq!(as_declaration(&name), one, "{name}");
        }
        for word in &row.words {
            assert_eq!(as_declaration(word), if row.alone { one.clone() } else { Found::new() }, "{word}");
            assert_eq!(as_declaration(&format!("{word}:model-1")), one, "{word}");
            for with in &row.with {
                assert_eq!(as_declaration(&format!("{word} {with}")), one, "{word} {with}");
            }
        }
        for model in &row.models {
            assert_eq!(as_declaration(model), Found::new(), "{model}");
        }
    }
}

#[test]
fn every_single_name_in_records_is_known() {
    for row in &rows().record {
        for name in row.names.iter().chain([&row.example]) {
            let tool = row.tool.clone().filter(|_| !row.test);
            assert_eq!(Registry::builtin().note_tool(name), tool, "{name}");
        }
        assert_eq!(row.test, row.tool.is_none());
        assert!(Registry::builtin().note_tool(&row.trap).is_some(), "{}", row.trap);
    }
}

#[test]
fn every_row_says_where_it_is_from_and_when_in_a_known_form() {
    let is_date = |text: &str| {
        let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
        ["9999", "9999-99", "9999-99-99", "9999-Q9"].contains(&shape.as_str())
    };
    let list = listed();
    assert!(list.len() > 100);
    for mark in list {
        assert!(mark.source.len() > 10, "{}", mark.matched);
        for date in [mark.valid_from, mark.until].into_iter().flatten() {
            assert!(is_date(&date), "{}: {date}", mark.matched);
        }
    }
}
