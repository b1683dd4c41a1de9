//! Inputs for every verdict of the checks of workload.

use super::Row;
use crate::support::Files;
use crate::support::shop::{Approval, Shop, Work, bare};

pub(crate) const ROWS: &[Row] = &[
    Row::of("W01", "not met", || demand(8_000, "").files()),
    Row::of("W01", "met", || demand(3_000, "").files()),
    Row::of("W01", "no conclusion", || demand(5_000, "").files()),
    Row::of("W01", "met with comments", || demand(1_500, UNFUNDED).files()),
    Row::of("W03", "met", || reviewed_by(6).plan(&spread("auditor")).files()),
    Row::of("W03", "met with comments", || reviewed_by(6).plan(&spread("audited_party")).files()),
    Row::of("W03", "not met", || reviewed_by(1).plan(&spread("auditor")).files()),
    Row::of("W03", "no conclusion", || reviewed_by(6).files()),
    Row::of("W05", "met", || large(0, 6).files()),
    Row::of("W05", "met with comments", || large(1, 19).files()),
    Row::of("W05", "not met", || large(1, 5).files()),
    Row::of("W05", "no conclusion", || reviewed_by(6).files()),
    Row::of("W07", "met", || work(9, 1).plan(&hours("agreement")).files()),
    Row::of("W07", "met with comments", || work(9, 1).plan(&hours("audited_party")).files()),
    Row::of("W07", "not met", || work(8, 4).plan(&hours("agreement")).files()),
    Row::of("W07", "no conclusion", || work(9, 1).files()),
    Row::of("W08", "met with comments", || called(1)),
    Row::of("W08", "not met", || called(24)),
    Row::of("W08", "no conclusion", || bare(&paged(""), &[("incidents.json", &incidents(1).0)])),
    Row::of("W09", "met", || called(1)),
    Row::of("W09", "met with comments", || {
        let (incidents, log) = incidents(2);
        let side = "side = { log_entries = \"log.json\" }";
        let one = log.replace("\"P1\"", "\"P9\"");
        bare(&paged(side), &[("incidents.json", &incidents), ("log.json", &one)])
    }),
    Row::of("W09", "not met", || called(3)),
    Row::of("W09", "no conclusion", || bare(&paged(""), &[("incidents.json", &incidents(1).0)])),
];

/// An export of a paging tool, with or without its log.
fn paged(side: &str) -> String {
    format!("[[incidents]]\npath = \"incidents.json\"\nprofile = \"pagerduty-incidents\"\n{side}\n")
}

/// So many incidents of one day, one an hour from midnight, each of six people called once for each.
fn called(each: usize) -> Files {
    let (incidents, log) = incidents(each);
    let side = "side = { log_entries = \"log.json\" }";
    bare(&paged(side), &[("incidents.json", &incidents), ("log.json", &log)])
}

fn incidents(each: usize) -> (String, String) {
    let at = |number: usize| format!("2026-07-02T{:02}:00:00Z", number % 24);
    let incident = |number: usize| serde_json::json!({ "id": format!("P{number}"), "created_at": at(number) });
    let call = |person: usize, number: usize| {
        serde_json::json!({
            "type": "notify_log_entry", "created_at": at(number), "incident": { "id": format!("P{number}") },
            "user": { "id": format!("U{person}") }, "channel": { "notification": { "type": "phone_notification" } },
        })
    };
    let incidents: Vec<_> = (0..each).map(incident).collect();
    let log: Vec<_> = (0..6).flat_map(|person| (0..each).map(move |number| call(person, number))).collect();
    (serde_json::json!({ "incidents": incidents }).to_string(), serde_json::json!({ "log_entries": log }).to_string())
}

const UNFUNDED: &str = "[[policy]]\nid = \"sign-off\"\nkind = \"senior_sign_off\"\napplies_to = \"all\"\nfrom = 2026-06-01\nhours_allotted_per_week = 0\n";

/// One change of so many lines, and one hour of review a week: 13.14 hours in the quarter.
fn demand(lines: usize, policy: &str) -> Shop {
    let staffing = "[[staffing]]\nteam = \"shop\"\nfrom = 2026-01-01\nheads = 9\nreview_hours_per_week = 1\n";
    Shop::new().land(&Work { lines, ..Work::default() }).register(&format!("{staffing}{policy}"))
}

fn spread(set_by: &str) -> String {
    format!("[criteria]\nW03.gini = {{ at_most = 0.6, set_by = \"{set_by}\" }}\n")
}

fn hours(set_by: &str) -> String {
    format!("[criteria]\nW07.out_of_hours_share = {{ at_most = 0.15, set_by = \"{set_by}\" }}\n")
}

/// Of six reviewers so many each approve one change of a seventh person.
fn reviewed_by(people: usize) -> Shop {
    let approve =
        |by| Work { author: 7, approval: Some(Approval { by, after: 3_600, of_final: true }), ..Work::default() };
    Shop::new().people(6, "regular").land_each((1..=people).map(approve))
}

/// Changes of 400 lines, so many approved half a minute after they were opened, the rest after three hours.
fn large(fast: usize, careful: usize) -> Shop {
    let change = |number: usize| {
        let after = if number < fast { 30 } else { 3 * 3_600 };
        let approval = Some(Approval { by: number % 5 + 2, after, of_final: true });
        Work { lines: 400, approval, ..Work::default() }
    };
    Shop::new().land_each((0..fast + careful).map(change))
}

/// Changes of six people on a Thursday, at noon or at ten in the evening.
fn work(day: usize, night: usize) -> Shop {
    let change =
        |number: usize| Work { author: number % 6 + 1, hour: if number < day { 10 } else { 20 }, ..Work::default() };
    Shop::new().land_each((0..day + night).map(change))
}
