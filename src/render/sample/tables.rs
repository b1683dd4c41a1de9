//! Tables that are drawn in every way, and one that is not.

use super::prose;
use crate::report::v1::*;

fn table(id: &str, title: &str, note: &str, columns: &[(&str, &str, bool)], rows: Vec<Vec<Cell>>) -> Table {
    let column = |&(id, title, numeric): &(&str, &str, bool)| Column { id: id.into(), title: prose(title), numeric };
    Table {
        id: id.into(),
        title: prose(title),
        note: prose(note),
        columns: columns.iter().map(column).collect(),
        rows,
        disclosure: "artefact".into(),
    }
}

fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

#[expect(clippy::too_many_lines, reason = "a list of data")]
pub(super) fn tables() -> Vec<Table> {
    let number = Cell::Number;
    let months = [
        ("2026-04", 310.0, 21.0),
        ("2026-05", 352.0, 40.0),
        ("2026-06", 371.0, 58.0),
        ("2026-07", 388.0, 61.0),
        ("2026-08", 402.0, 70.0),
        ("2026-09", 414.0, 81.0),
    ];
    let monthly = months.iter().map(|&(month, rest, ai)| vec![text(month), number(rest), number(ai)]).collect();
    let weeks = (0..26).map(|week| {
        let value = if week == 9 { text("withheld") } else { number(20.0 + f64::from(week * 7 % 11)) };
        vec![text(&format!("2026-W{:02}", week + 1)), value]
    });
    let files = (0..15).map(|n| {
        vec![
            text(&format!("infra/observability/agents/very/long/path/to/a/capture/setting-number-{n}.yaml")),
            number(f64::from(15 - n) / 2.0),
        ]
    });
    vec![
        table(
            "changes-by-month",
            "Changes by month",
            "AI-attributed changes are a lower bound; the rest is unattributed.",
            &[("month", "Month", false), ("rest", "Unattributed", true), ("ai", "AI-attributed", true)],
            monthly,
        ),
        table(
            "ai-tools",
            "AI tools seen in the history",
            "Changes and reverts per tool; small counts are not ranked.",
            &[("tool", "Tool", false), ("changes", "Changes", true), ("reverts", "Reverts", true)],
            vec![
                vec![text("claude"), number(120.0), number(4.0)],
                vec![text("copilot"), number(61.0), number(0.0)],
                vec![text("<script>alert(1)</script>\" onload=\"x"), number(7.0), text("unknown")],
                vec![text("=cmd|' /C calc'!A0"), number(3.0), text("withheld")],
                vec![text("total"), number(191.0), text("withheld")],
            ],
        ),
        table(
            "reviews-by-week",
            "Reviews by week",
            "Reviews that began in the week.",
            &[("week", "Week", false), ("reviews", "Reviews", true)],
            weeks.collect(),
        ),
        table(
            "captures",
            "Captures by file",
            "One row per file, its widest capture.",
            &[("file", "File", false), ("band", "Band", true)],
            files.collect(),
        ),
        table(
            "words",
            "Declared systems",
            "What the register says.",
            &[("system", "System", false), ("purpose", "Purpose", false)],
            vec![vec![text("audit log"), text("security")]],
        ),
    ]
}
