use super::*;
use crate::render::{files, sample};

/// Every page of a report, as text.
fn pages(report: &crate::report::v1::Report) -> Vec<(String, String)> {
    let pages = files(report).unwrap().into_iter().filter(|(_, bytes)| bytes.starts_with(b"<!DOCTYPE html>"));
    pages.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

fn style(page: &str) -> &str {
    page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0
}

/// The tags of a page, each from `<` to `>`; the style sheet is not markup.
fn tags(page: &str) -> Vec<&str> {
    let (before, rest) = page.split_once("<style>").unwrap();
    let after = rest.split_once("</style>").unwrap().1;
    [before, after]
        .into_iter()
        .flat_map(|part| part.split('<').skip(1))
        .map(|tag| tag.split_once('>').unwrap().0)
        .collect()
}

#[test]
fn hostile_text_stays_text() {
    for (name, page) in pages(&sample::hostile()) {
        assert!(page.contains("&lt;/style&gt;&lt;script&gt;"), "{name}: the hostile text did not reach the page");
        assert_eq!(page.matches("</style>").count(), 1, "{name}");
        assert!(page.contains("{{organisation}}") || page.contains("{{"), "{name}: data was read as a template");
        for tag in tags(&page) {
            let lower = tag.to_lowercase();
            assert!(!lower.starts_with("script") && !lower.starts_with("iframe"), "{name}: <{tag}>");
            // Attribute values are quoted and their quotes escaped, so an attribute of its own needs a quote before it.
            let names = lower.split('"').step_by(2).flat_map(str::split_whitespace);
            for attribute in names.skip(1) {
                assert!(!attribute.starts_with("on") && !attribute.starts_with("style"), "{name}: <{tag}>");
            }
        }
    }
}

#[test]
fn nothing_is_fetched_and_no_style_stands_outside_the_sheet() {
    for report in [sample::sample(), sample::empty()] {
        for (name, page) in pages(&report) {
            assert!(!page.to_lowercase().contains("<script"), "{name}");
            assert!(!page.contains(" style="), "{name}");
            assert!(!style(&page).contains("url(") && !style(&page).contains("@import"), "{name}");
            for tag in tags(&page) {
                for target in ["src=\"", "href=\""] {
                    let Some((_, rest)) = tag.split_once(target) else { continue };
                    let link = rest.split('"').next().unwrap();
                    let local = link.starts_with('#') || super::super::path::is_plain(link);
                    assert!(local, "{name}: {link}");
                }
            }
        }
    }
}

#[test]
fn the_policy_allows_exactly_the_style_sheet_of_the_page() {
    for report in [sample::sample(), sample::hostile()] {
        for (name, page) in pages(&report) {
            let expected = format!("style-src 'sha256-{}'", digest::base64(style(&page).as_bytes()));
            assert!(page.contains(&expected), "{name}");
            assert!(page.contains("default-src 'none'"), "{name}");
        }
    }
}

#[test]
fn every_link_inside_a_page_has_its_target_and_ids_are_unique() {
    let (_, page) = pages(&sample::sample()).into_iter().find(|(name, _)| name.starts_with("regulator")).unwrap();
    let values = |attribute: &str| -> Vec<String> {
        let found = page.split(attribute).skip(1);
        found.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let mut ids = values(" id=\"");
    for link in values("href=\"#") {
        assert!(ids.contains(&link), "#{link}");
    }
    ids.sort();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn headings_never_skip_a_level() {
    for report in [sample::sample(), sample::empty()] {
        for (name, page) in pages(&report) {
            let mut last = 0;
            for tag in tags(&page) {
                let Some(level) =
                    tag.strip_prefix('h').and_then(|rest| rest.get(..1)).and_then(|d| d.parse::<u32>().ok())
                else {
                    continue;
                };
                assert!(level <= last + 1 && (level > 1 || last == 0), "{name}: h{level} after h{last}");
                last = level;
            }
            assert!(last > 0, "{name}");
        }
    }
}

#[test]
fn tables_have_captions_and_scopes() {
    for (name, page) in pages(&sample::sample()) {
        assert_eq!(page.matches("<table").count(), page.matches("<caption").count(), "{name}");
        assert!(
            tags(&page)
                .iter()
                .filter(|tag| tag.starts_with("th") && !tag.starts_with("thead"))
                .all(|tag| tag.contains("scope="))
        );
    }
}

#[test]
fn a_misspelt_field_or_message_stops_the_run_even_inside_if() {
    let mut engine = engine(BTreeMap::new()).unwrap();
    for template in [
        "{{page.gone}}",
        "{{#if page.gone}}x{{/if}}",
        "{{#unless page.gone}}x{{/unless}}",
        "{{t \"gone\"}}",
        "{{#each page.gone}}{{/each}}",
    ] {
        engine.register_template_string("x", template).unwrap();
        assert!(engine.render("x", &serde_json::json!({ "page": {} })).is_err(), "{template}");
    }
}

#[test]
fn every_page_text_is_used() {
    let sources = [
        include_str!("mod.rs"),
        include_str!("words.rs"),
        include_str!("charts/mod.rs"),
        include_str!("charts/series.rs"),
        include_str!("view/annex.rs"),
        include_str!("view/cover.rs"),
        include_str!("view/figures.rs"),
        include_str!("view/findings.rs"),
        include_str!("view/tables.rs"),
    ];
    for id in Words::load("en").unwrap().page().unwrap().keys() {
        let quoted = format!("\"{id}\"");
        let composed =
            ["unit-", "force-", "glossary-"].iter().any(|prefix| id.starts_with(prefix)) || id.ends_with("-word");
        let used = TEMPLATES.iter().any(|(_, text)| text.contains(&quoted))
            || sources.iter().any(|text| text.contains(&quoted));
        assert!(used || composed, "ui-{id}");
    }
}

#[test]
fn the_first_page_names_the_draft_and_the_three_questions() {
    let (_, page) = pages(&sample::sample()).into_iter().find(|(name, _)| name.starts_with("regulator")).unwrap();
    let cover = page.split_once("<main").unwrap().1.split_once("id=\"findings\"").unwrap().0;
    for text in [
        "Harbour Payments AG",
        "2026-Q3",
        "Draft: not signed",
        "What was audited",
        "What was found",
        "What could not be concluded",
        "not met",
        "no conclusion",
    ] {
        assert!(
            page.contains(text) && (cover.contains(text) || page.split_once("<main").unwrap().0.contains(text)),
            "{text}"
        );
    }
}

#[test]
fn a_css_string_holds_no_character_with_a_meaning() {
    let quoted = css_string("a</style>\"\\\n{}é");
    assert_eq!(quoted, "\"a\\3c \\2f style\\3e \\22 \\5c \\a \\7b \\7d \\e9 \"");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = sample::sample();
    assert_eq!(files(&report).unwrap(), files(&report).unwrap());
    let again = serde_json::from_slice(&files(&report).unwrap()["report.json"]).unwrap();
    assert_eq!(files(&again).unwrap(), files(&report).unwrap());
}
