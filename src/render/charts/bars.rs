//! The three layouts: horizontal bars for categories, vertical bars for a few points in time, lines for many.

use super::super::words::Words;
use super::canvas::{COLOURS, Canvas, Frame, INK, QUIET, RULE, Side, WIDTH, characters, fit, svg};
use super::scale::Scale;
use super::series::{Data, Series};
use crate::error::Problem;

/// Points in time up to which bars are drawn; more become a line.
const BARS: usize = 12;
/// Height of a line of text.
const LINE: i32 = 20;

/// Draws the layout that fits.
pub(super) fn draw(data: &Data, series: &[&Series], frame: &Frame, words: &Words) -> Result<String, Problem> {
    if data.over_time { over_time(data, series, frame, words) } else { categories(data, series, frame, words) }
}

fn scale(series: &[&Series]) -> Scale {
    let (low, high) = series
        .iter()
        .map(|series| series.range())
        .fold((0.0, 0.0), |(low, high): (f64, f64), (l, h)| (low.min(l), high.max(h)));
    let whole = series.iter().all(|series| series.values.iter().flatten().all(|value| value.fract() == 0.0));
    Scale::new(low, high, whole, 5.0)
}

fn between(from: i32, to: i32, share: f64) -> i32 {
    from + rounded(f64::from(to - from) * share)
}

#[expect(clippy::cast_possible_truncation, reason = "a place on a drawing of at most some thousand units")]
fn rounded(value: f64) -> i32 {
    value.round() as i32
}

fn length(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / 4096)
}

/// The names of the series, one a line; a single series is named as its axis.
fn legend(canvas: &Canvas<'_>, series: &[&Series], top: i32) -> Result<(), Problem> {
    for (at, each) in series.iter().enumerate() {
        let y = top + LINE * length(at) + LINE / 2;
        if series.len() > 1 {
            canvas.mark((8, y), at)?;
            canvas.text(&fit(&each.title, WIDTH - 22), (20, y), Side::Left, INK)?;
        } else {
            canvas.text(&fit(&each.title, WIDTH), (0, y), Side::Left, INK)?;
        }
    }
    Ok(())
}

/// Labels stand above their bars, so that long ones keep their place on a narrow screen.
fn categories(data: &Data, series: &[&Series], frame: &Frame, words: &Words) -> Result<String, Problem> {
    let scale = scale(series);
    let thick = if series.len() > 1 { 13 } else { 15 };
    let row = LINE + (thick + 2) * length(series.len()) + 8;
    let top = LINE * length(series.len()) + 8;
    let bottom = top + row * length(data.labels.len());
    let (left, right) = (1, WIDTH - 84);
    svg(bottom + 2 * LINE + 6, frame, |canvas| {
        legend(canvas, series, 0)?;
        for tick in scale.ticks() {
            let x = between(left, right, scale.at(tick));
            // Values stand at the bars, and lines would cross the labels: only the zero line is drawn in full.
            canvas.line(vec![(x, if tick == 0.0 { top } else { bottom }), (x, bottom + 5)], QUIET, 1)?;
            canvas.text(&words.number(tick)?, (x, bottom + 15), edge(x), QUIET)?;
        }
        canvas.line(vec![(left, bottom), (right, bottom)], RULE, 1)?;
        canvas.text(&fit(&axis_name(series), right), (right, bottom + 35), Side::Right, QUIET)?;
        let zero = between(left, right, scale.at(0.0));
        for (at, label) in data.labels.iter().enumerate() {
            let y = top + row * length(at);
            canvas.text(&fit(label, WIDTH - 8), (zero.min(4) + 3, y + LINE / 2 + 2), Side::Left, INK)?;
            for (number, each) in series.iter().enumerate() {
                let y = y + LINE + 2 + (thick + 2) * length(number);
                let colour = COLOURS[number % COLOURS.len()];
                match &each.values[at] {
                    Ok(value) => {
                        let end = between(left, right, scale.at(*value));
                        canvas.bar((zero.min(end), y), (zero.max(end), y + thick), colour)?;
                        canvas.text(&words.number(*value)?, (zero.max(end) + 5, y + thick / 2 + 1), Side::Left, INK)?;
                    }
                    Err(word) => canvas.text(&fit(word, 160), (zero + 5, y + thick / 2 + 1), Side::Left, QUIET)?,
                }
            }
        }
        Ok(())
    })
}

fn axis_name(series: &[&Series]) -> String {
    series.iter().map(|each| each.title.as_str()).collect::<Vec<_>>().join(", ")
}

/// Labels at the left edge begin at their tick, so that they are not cut.
fn edge(x: i32) -> Side {
    if x < 12 { Side::Left } else { Side::Middle }
}

const PLOT: (i32, i32) = (52, WIDTH - 4);
const HEIGHT: i32 = 220;

fn over_time(data: &Data, series: &[&Series], frame: &Frame, words: &Words) -> Result<String, Problem> {
    let scale = scale(series);
    let top = LINE * length(series.len()) + 12;
    let base = top + HEIGHT;
    svg(base + 2 * LINE + 10, frame, |canvas| {
        legend(canvas, series, 0)?;
        for tick in scale.ticks() {
            let y = between(base, top, scale.at(tick));
            canvas.line(vec![(PLOT.0, y), (PLOT.1, y)], if tick == 0.0 { QUIET } else { RULE }, 1)?;
            canvas.text(&words.number(tick)?, (PLOT.0 - 6, y), Side::Right, QUIET)?;
        }
        time_labels(canvas, &data.labels, base)?;
        canvas.text(&fit(&data.label_title, WIDTH), (PLOT.1, base + 37), Side::Right, QUIET)?;
        for (number, each) in series.iter().enumerate() {
            if data.labels.len() > BARS {
                line(canvas, each, number, &scale, (top, base))?;
            } else {
                columns(canvas, each, (number, series.len()), &scale, (top, base))?;
            }
        }
        Ok(())
    })
}

/// Middle of a slot.
fn slot(at: usize, all: usize) -> i32 {
    between(PLOT.0, PLOT.1, (at as f64 + 0.5) / all.max(1) as f64)
}

fn time_labels(canvas: &Canvas<'_>, labels: &[String], base: i32) -> Result<(), Problem> {
    let longest = labels.iter().map(|label| label.chars().count()).max().unwrap_or(1) + 2;
    let fitting = (characters(PLOT.1 - PLOT.0) / longest.max(1)).max(1);
    let every = labels.len().div_ceil(fitting).max(1);
    for (at, label) in labels.iter().enumerate().step_by(every) {
        let x = slot(at, labels.len());
        if x + length(longest) * 4 > WIDTH + 8 {
            continue; // it would be cut at the edge
        }
        canvas.text(&fit(label, 150), (x, base + 16), Side::Middle, QUIET)?;
    }
    Ok(())
}

fn columns(
    canvas: &Canvas<'_>,
    series: &Series,
    (number, all): (usize, usize),
    scale: &Scale,
    (top, base): (i32, i32),
) -> Result<(), Problem> {
    let width = f64::from(PLOT.1 - PLOT.0) / series.values.len().max(1) as f64 * 0.7 / all as f64;
    let zero = between(base, top, scale.at(0.0));
    for (at, value) in series.values.iter().enumerate() {
        let Ok(value) = value else { continue };
        let from = f64::from(slot(at, series.values.len())) + width * (number as f64 - all as f64 / 2.0);
        let y = between(base, top, scale.at(*value));
        let (left, right) = (rounded(from), rounded(from + width - 1.0));
        canvas.bar((left, y.min(zero)), (right.max(left + 1), y.max(zero)), COLOURS[number % COLOURS.len()])?;
    }
    Ok(())
}

/// A gap stays a gap: the line is not drawn across what is withheld or unknown.
fn line(
    canvas: &Canvas<'_>,
    series: &Series,
    number: usize,
    scale: &Scale,
    (top, base): (i32, i32),
) -> Result<(), Problem> {
    let all = series.values.len();
    let point = |(at, value): (usize, &Result<f64, String>)| {
        value.as_ref().ok().map(|value| (slot(at, all), between(base, top, scale.at(*value))))
    };
    let points: Vec<Option<(i32, i32)>> = series.values.iter().enumerate().map(point).collect();
    for run in points.split(Option::is_none).filter(|run| run.len() > 1) {
        canvas.line(run.iter().flatten().copied().collect(), COLOURS[number % COLOURS.len()], 2)?;
    }
    points.into_iter().flatten().try_for_each(|at| canvas.mark(at, number))
}
