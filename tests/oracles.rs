//! Every statistic against tables computed by independent libraries (`tests/oracles/README.md` names the exact calls).
//!
//! `ORACLE_DIR` names another folder with the same file names and columns, to run the same tests on other rows.

#![allow(clippy::unwrap_used, reason = "a test stops where a table cannot be read")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use countersign::measures::stats::ratio::Arm;
use countersign::measures::stats::{Interval, concentration, order, proportion, rate, ratio, stratified};

/// Closed forms.
const EXACT: f64 = 1e-9;
/// Limits found on a distribution function, which is itself good to about 3e-9 far out in its tail.
const TAIL: f64 = 1e-8;
/// Limits found on a score.
const SCORE: f64 = 1e-6;

type Row = BTreeMap<String, String>;

#[allow(
    clippy::disallowed_methods,
    reason = "the folder of another set of rows is given by the environment on purpose"
)]
fn folder() -> PathBuf {
    std::env::var("ORACLE_DIR")
        .map_or_else(|_| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/oracles"), PathBuf::from)
}

fn rows(file: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(folder().join(file)).unwrap();
    let rows: Vec<Row> = reader.deserialize().map(Result::unwrap).collect();
    assert!(rows.len() >= 50, "{file} holds too few rows to prove anything");
    rows
}

fn whole(row: &Row, column: &str) -> u64 {
    row[column].parse().unwrap()
}

fn number(row: &Row, column: &str) -> Option<f64> {
    (!row[column].is_empty()).then(|| row[column].parse().unwrap())
}

/// A ratio to nothing: the tables say infinite, a report says undefined.
fn finite(row: &Row, column: &str) -> Option<f64> {
    number(row, column).filter(|value| value.is_finite())
}

#[track_caller]
fn close(ours: Option<f64>, expected: Option<f64>, tolerance: f64, row: &Row) {
    let same = match (ours, expected) {
        (None, None) => true,
        (Some(a), Some(b)) => a.to_bits() == b.to_bits() || (a - b).abs() <= tolerance * b.abs().max(1e-3),
        _ => false,
    };
    assert!(same, "{ours:?} is not {expected:?} in {row:?}");
}

#[track_caller]
fn limits(ours: Option<Interval>, row: &Row, low: &str, high: &str, tolerance: f64) {
    close(ours.map(|i| i.lower), number(row, low), tolerance, row);
    close(ours.map(|i| i.upper), number(row, high), tolerance, row);
}

#[test]
fn proportions_agree_with_statsmodels_and_scipy() {
    for row in rows("proportion_ci.csv") {
        let (x, n, confidence) = (whole(&row, "x"), whole(&row, "n"), number(&row, "conf").unwrap());
        limits(proportion::wilson(x, n, confidence), &row, "wilson_lo", "wilson_hi", EXACT);
        let exact = proportion::clopper_pearson(x, n, confidence);
        limits(exact, &row, "clopper_pearson_lo", "clopper_pearson_hi", TAIL);
    }
}

#[test]
fn risk_ratios_agree_with_the_published_formulas() {
    for row in rows("two_proportions.csv") {
        let arm = |x, n| Arm { events: whole(&row, x), total: whole(&row, n) };
        let (first, second, confidence) = (arm("x1", "n1"), arm("x2", "n2"), number(&row, "conf").unwrap());
        close(ratio::point(first, second), finite(&row, "rr"), EXACT, &row);
        limits(ratio::katz(first, second, confidence), &row, "katz_lo", "katz_hi", EXACT);
        limits(ratio::koopman(first, second, confidence), &row, "koopman_lo", "koopman_hi", SCORE);
    }
}

#[test]
fn rates_and_their_ratio_agree_with_scipy() {
    for row in rows("poisson_rates.csv") {
        let exposure = (number(&row, "e1").unwrap(), number(&row, "e2").unwrap());
        let (k1, k2, confidence) = (whole(&row, "k1"), whole(&row, "k2"), number(&row, "conf").unwrap());
        limits(rate::garwood(k1, exposure.0, confidence), &row, "rate1_garwood_lo", "rate1_garwood_hi", TAIL);
        let (point, interval) = rate::ratio((k1, k2), exposure, confidence);
        close(point, finite(&row, "rate_ratio"), EXACT, &row);
        limits(interval, &row, "rr_exact_lo", "rr_exact_hi", TAIL);
    }
}

#[test]
fn concentration_agrees_with_exact_rationals() {
    for row in rows("concentration.csv") {
        let loads: Vec<u64> = row["values"].split(';').map(|x| x.parse().unwrap()).collect();
        close(concentration::gini(&loads), number(&row, "gini"), EXACT, &row);
        close(concentration::top_decile_share(&loads), number(&row, "top_decile_share"), EXACT, &row);
        close(concentration::effective_number(&loads), number(&row, "effective_n"), EXACT, &row);
    }
}

#[test]
fn quantiles_agree_with_numpy() {
    for row in rows("quantiles_type7.csv") {
        let mut values: Vec<f64> = row["values"].split(';').map(|x| x.parse().unwrap()).collect();
        values.sort_by(f64::total_cmp);
        for (column, q) in [("q000", 0.0), ("q010", 0.1), ("q050", 0.5), ("q090", 0.9), ("q099", 0.99), ("q100", 1.0)] {
            close(order::quantile(&values, q), number(&row, column), EXACT, &row);
        }
    }
}

#[derive(serde::Deserialize)]
struct Pooled {
    strata: Vec<[u64; 4]>,
    conf: f64,
    /// A number, null, or `"inf"` where a pooled arm has no events.
    rr_mh: serde_json::Value,
    rr_mh_lo: Option<f64>,
    rr_mh_hi: Option<f64>,
}

#[test]
fn pooled_ratios_agree_with_statsmodels_and_the_published_variance() {
    let text = std::fs::read_to_string(folder().join("mantel_haenszel.json")).unwrap();
    let cases: Vec<Pooled> = serde_json::from_str(&text).unwrap();
    assert!(cases.len() >= 50);
    let estimable = cases.iter().filter(|case| case.rr_mh_lo.is_some()).count();
    assert!(estimable >= 50, "{estimable} cases are too few to prove anything");
    for case in cases {
        let arm = |events, total| Arm { events, total };
        let strata: Vec<_> = case.strata.iter().map(|[x1, n1, x2, n2]| (arm(*x1, *n1), arm(*x2, *n2))).collect();
        let (row, ours) = (Row::new(), stratified::mantel_haenszel(&strata, case.conf));
        // The table leaves the interval empty where a pooled arm has no events; so do we.
        if case.rr_mh_lo.is_some() {
            close(ours.map(|(ratio, _)| ratio), case.rr_mh.as_f64(), EXACT, &row);
            close(ours.map(|(_, i)| i.lower), case.rr_mh_lo, EXACT, &row);
            close(ours.map(|(_, i)| i.upper), case.rr_mh_hi, EXACT, &row);
        }
    }
}
