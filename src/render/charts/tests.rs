use super::*;
use crate::render::sample;

fn drawn(id: &str) -> Chart {
    let report = sample::sample();
    let table = report.tables.iter().find(|table| table.id == id).unwrap();
    of(table, 3, "tables/x.csv", &Words::load("en").unwrap()).unwrap()
}

#[test]
fn a_withheld_cell_is_a_word_and_the_page_says_so() {
    let chart = drawn("ai-tools");
    assert!(chart.panels.iter().any(|panel| panel.svg.contains("withheld")));
    assert!(chart.notes.iter().any(|note| note.contains("not drawn as zero")), "{:?}", chart.notes);
}

#[test]
fn totals_are_left_out_and_named() {
    let chart = drawn("ai-tools");
    assert!(chart.panels.iter().all(|panel| !panel.svg.contains("total") && !panel.svg.contains("191")));
    assert!(chart.notes.iter().any(|note| note.contains("totals")));
}

#[test]
fn columns_of_unlike_size_do_not_share_an_axis() {
    assert_eq!(drawn("ai-tools").panels.len(), 2);
    assert_eq!(drawn("changes-by-month").panels.len(), 1);
}

#[test]
fn a_gap_in_time_breaks_the_line() {
    let svg = &drawn("reviews-by-week").panels[0].svg;
    let blue = svg.matches("<polyline").filter(|_| true).count();
    assert_eq!(svg.matches("<circle").count(), 25);
    assert!(blue >= 2);
}

#[test]
fn long_lists_are_cut_and_say_where_the_rest_is() {
    let chart = drawn("captures");
    assert!(
        chart.notes.iter().any(|note| note.contains("first 12 of 15") && note.contains("tables/x.csv")),
        "{:?}",
        chart.notes
    );
}

#[test]
fn a_table_of_words_has_no_chart() {
    assert!(drawn("words").panels.is_empty());
}

#[test]
fn a_drawing_has_a_name_and_no_style_attribute_and_fits_its_screen() {
    for id in ["ai-tools", "changes-by-month", "reviews-by-week", "captures"] {
        for Panel { svg } in drawn(id).panels {
            assert!(svg.starts_with("<svg class=\"chart\" viewBox=") && svg.contains("role=\"img\""), "{svg}");
            assert!(svg.contains("<title id=\"chart-3-") && svg.contains("<desc id=\"chart-3-"));
            assert!(!svg.contains(" style=") && !svg.contains("http") && !svg.contains("<script"), "{svg}");
            assert_eq!(svg.matches("<svg").count(), svg.matches("</svg>").count());
        }
    }
}

#[test]
fn strange_numbers_draw_something_and_never_panic() {
    let words = Words::load("en").unwrap();
    let mut table = sample::sample().tables.remove(1);
    for value in [f64::MAX, f64::MIN, f64::MIN_POSITIVE, -1.0, 0.0, f64::NAN, f64::INFINITY] {
        for row in &mut table.rows {
            row[1] = Cell::Number(value);
        }
        of(&table, 0, "f", &words).unwrap();
        table.rows[0][1] = Cell::Number(1.0);
        of(&table, 0, "f", &words).unwrap();
    }
    table.rows.iter_mut().for_each(Vec::clear);
    of(&table, 0, "f", &words).unwrap();
}
