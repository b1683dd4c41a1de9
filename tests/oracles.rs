//! Every statistic against tables computed by independent libraries (`tests/oracles/README.md` names the exact calls).
//!
//! `ORACLE_DIR` names another folder with the same file names and columns, to run the same tests on other rows.

#![allow(clippy::unwrap_used, reason = "a test stops where a table cannot be read")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use countersign::facts::time::Stamp;
use countersign::measures::stats::ratio::Arm;
use countersign::measures::stats::survival::{self, Curve, Observation, Step};
use countersign::measures::stats::working_time::{self, DailyRest};
use countersign::measures::stats::{CONFIDENCE, Interval, concentration, order, proportion, rate, ratio, stratified};

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

fn cases<T: serde::de::DeserializeOwned>(file: &str) -> Vec<T> {
    let cases: Vec<T> = serde_json::from_str(&std::fs::read_to_string(folder().join(file)).unwrap()).unwrap();
    assert!(cases.len() >= 50, "{file} holds too few cases to prove anything");
    cases
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
    let cases = cases::<Pooled>("mantel_haenszel.json");
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

/// Relative however small the number is: a share of one in a million is held as tightly as a half.
#[track_caller]
fn tight(ours: Option<f64>, expected: Option<f64>, place: &str) {
    let same = match (ours, expected) {
        (None, None) => true,
        (Some(a), Some(b)) => a.to_bits() == b.to_bits() || (a - b).abs() <= EXACT * b.abs(),
        _ => false,
    };
    assert!(same, "{ours:?} is not {expected:?}: {place}");
}

/// A time, or `"inf"` for one that is never reached.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Reached {
    At(f64),
    Never(Never),
}

#[derive(serde::Deserialize)]
enum Never {
    #[serde(rename = "inf")]
    Infinite,
}

impl Reached {
    fn time(&self) -> Option<f64> {
        match self {
            Self::At(time) => Some(*time),
            Self::Never(Never::Infinite) => None,
        }
    }
}

/// Durations beyond the sixtieth point show only where they move another number: one that was censored there moves none
/// until it passes an event.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Waiting {
    durations: Vec<f64>,
    events: Vec<u8>,
    median: Reached,
    median_lo: Reached,
    median_hi: Reached,
    rmst_at_max: Option<f64>,
    max_time: f64,
    points: Vec<Point>,
    naive_median_completed: Option<f64>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Point {
    t: f64,
    at_risk: usize,
    events: usize,
    censored: usize,
    s: f64,
    s_lo: f64,
    s_hi: f64,
}

/// The table holds the first points of a curve only.
const POINTS: usize = 60;

#[test]
fn survival_agrees_with_lifelines() {
    for (at, case) in cases::<Waiting>("kaplan_meier.json").iter().enumerate() {
        assert!(case.events.iter().all(|event| *event <= 1) && case.events.len() == case.durations.len());
        let observed: Vec<Observation> =
            case.durations.iter().zip(&case.events).map(|(time, event)| (*time, *event == 1)).collect();
        let curve = survival::kaplan_meier(&observed, CONFIDENCE).unwrap();
        let (median, interval) = curve.median();
        let place = |what: &str| format!("{what} of case {at}");
        let told = if case.median.time() == median { median } else { median_after_a_missed_half(&curve) };
        tight(told, case.median.time(), &place("median"));
        tight(interval.map(|i| i.lower), case.median_lo.time(), &place("lower limit of the median"));
        let upper = interval.map(|i| i.upper).filter(|upper| upper.is_finite());
        tight(upper, case.median_hi.time(), &place("upper limit of the median"));
        tight(curve.restricted_mean(case.max_time), case.rmst_at_max, &place("restricted mean"));
        tight(curve.steps().last().map(|step| step.time), Some(case.max_time), &place("last time"));
        let mut completed: Vec<f64> = observed.iter().filter(|(_, event)| *event).map(|(time, _)| *time).collect();
        completed.sort_by(f64::total_cmp);
        tight(order::quantile(&completed, 0.5), case.naive_median_completed, &place("median of the completed"));
        assert_eq!(case.points.len(), curve.steps().len().min(POINTS), "{}", place("points"));
        for (step, point) in curve.steps().iter().zip(&case.points) {
            agrees(step, point, &place(&format!("t = {}", point.t)));
        }
    }
}

/// Lifelines adds logarithms, which can miss a half by 1e-16; it then tells the next step below. Ours is the step at a half.
fn median_after_a_missed_half(curve: &Curve) -> Option<f64> {
    let median = curve.median().0.and_then(|time| curve.at(time)).unwrap();
    assert!((median.survival - 0.5).abs() < 1e-12, "{median:?}");
    curve.steps().iter().find(|step| step.survival < 0.5 - 1e-12).map(|step| step.time)
}

#[track_caller]
fn agrees(step: &Step, point: &Point, place: &str) {
    tight(Some(step.time), Some(point.t), place);
    let counts = (step.at_risk, step.events, step.censored);
    assert_eq!(counts, (point.at_risk, point.events, point.censored), "{place}");
    tight(Some(step.survival), Some(point.s), place);
    // At 1 and at 0 the limits are not defined: the table repeats the share, a report leaves them out.
    let limits = step.limits.unwrap_or(Interval::new(step.survival, step.survival));
    tight(Some(limits.lower), Some(point.s_lo), place);
    tight(Some(limits.upper), Some(point.s_hi), place);
}

/// `d1` and `d2` enter by their order only: a duration that passes no other moves nothing.
#[test]
fn the_log_rank_test_agrees_with_lifelines() {
    for row in rows("logrank.csv") {
        let group = |times: &str, events: &str| -> Vec<Observation> {
            let times: Vec<f64> = row[times].split(';').map(|time| time.parse().unwrap()).collect();
            let events: Vec<u8> = row[events].split(';').map(|event| event.parse().unwrap()).collect();
            assert!(events.iter().all(|event| *event <= 1) && events.len() == times.len(), "{row:?}");
            times.into_iter().zip(events.into_iter().map(|event| event == 1)).collect()
        };
        let ours = survival::log_rank(&group("d1", "e1"), &group("d2", "e2"));
        tight(ours.map(|test| test.statistic), number(&row, "chi2"), &format!("{row:?}"));
        tight(ours.map(|test| test.p), number(&row, "p"), &format!("{row:?}"));
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Worked {
    events: Vec<String>,
    day_start_hour: i8,
    day_end_hour: i8,
    out_of_hours: usize,
    weekend: usize,
    n: usize,
    rest_windows: usize,
    rest_violations: usize,
}

fn stamp(text: &str) -> Stamp {
    let offset = jiff::fmt::temporal::Pieces::parse(text).unwrap().to_numeric_offset().unwrap();
    Stamp { at: text.parse().unwrap(), offset_minutes: offset.seconds() / 60 }
}

#[test]
fn working_time_agrees_with_the_stated_rule() {
    for (at, case) in cases::<Worked>("working_time.json").iter().enumerate() {
        let stamps: Vec<Stamp> = case.events.iter().map(|text| stamp(text)).collect();
        let working_day = case.day_start_hour..case.day_end_hour;
        let count = |counted: &dyn Fn(Stamp) -> bool| stamps.iter().filter(|stamp| counted(**stamp)).count();
        let seen = (
            stamps.len(),
            count(&|stamp| working_time::is_outside(stamp, &working_day)),
            count(&working_time::is_weekend),
            working_time::daily_rest(&stamps.iter().map(|stamp| stamp.at).collect::<Vec<_>>()),
        );
        let rest = DailyRest { periods: case.rest_windows, interrupted: case.rest_violations };
        assert_eq!(seen, (case.n, case.out_of_hours, case.weekend, rest), "case {at}");
    }
}
