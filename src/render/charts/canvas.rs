//! A drawing area of plotters, and the accessible SVG element around what was drawn.
//!
//! Texts are SVG text in a generic family, so no font code is compiled. Their width is an estimate; layouts leave room.
//! plotters writes presentation attributes and no `style`, which the content security policy would drop.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::error::{Problem, printable};

/// Colours told apart with any colour vision, each at least 3:1 on white (Okabe and Ito; WCAG 2.2, 1.4.11).
pub(super) const COLOURS: [RGBColor; 5] =
    [RGBColor(0, 0x72, 0xB2), RGBColor(0xD5, 0x5E, 0), RGBColor(0, 0x9E, 0x73), RGBColor(0xCC, 0x79, 0xA7), BLACK];

/// Text.
pub(super) const INK: RGBColor = RGBColor(0x22, 0x26, 0x2B);
/// Axis text and words in place of numbers; 7:1 on white.
pub(super) const QUIET: RGBColor = RGBColor(0x50, 0x58, 0x62);
/// Grid lines.
pub(super) const RULE: RGBColor = RGBColor(0xD5, 0xD9, 0xDE);

/// Width of every chart in its own units; at 400 pixels of screen its text is still ten pixels high.
pub(super) const WIDTH: i32 = 520;
/// Size of text.
pub(super) const TEXT: f64 = 14.0;

/// Plotters divides sizes by this when it writes SVG.
const SVG_FONT_FACTOR: f64 = 1.24;

/// Identity of a drawing on the page.
pub(super) struct Frame {
    /// Prefix of its ids.
    pub(super) id: String,
    /// Accessible name.
    pub(super) title: String,
    /// Accessible description.
    pub(super) description: String,
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Where something is drawn.
pub(super) struct Canvas<'a> {
    area: Area<'a>,
}

/// Side of a text that stands at its point.
#[derive(Clone, Copy)]
pub(super) enum Side {
    /// The text begins there.
    Left,
    /// It is centred there.
    Middle,
    /// It ends there.
    Right,
}

impl Canvas<'_> {
    /// A text, vertically centred on its point.
    pub(super) fn text(&self, text: &str, at: (i32, i32), side: Side, colour: RGBColor) -> Result<(), Problem> {
        let anchor = match side {
            Side::Left => HPos::Left,
            Side::Middle => HPos::Center,
            Side::Right => HPos::Right,
        };
        let font = ("sans-serif", TEXT * SVG_FONT_FACTOR).into_font().color(&colour);
        self.put(&Text::new(text.to_owned(), at, font.pos(Pos::new(anchor, VPos::Center))))
    }

    /// A filled rectangle.
    pub(super) fn bar(&self, from: (i32, i32), to: (i32, i32), colour: RGBColor) -> Result<(), Problem> {
        self.put(&Rectangle::new([from, to], colour.filled()))
    }

    /// A line through points.
    pub(super) fn line(&self, points: Vec<(i32, i32)>, colour: RGBColor, width: u32) -> Result<(), Problem> {
        self.put(&PathElement::new(points, colour.stroke_width(width)))
    }

    /// The mark of a series at a point; its shape tells series apart without colour.
    pub(super) fn mark(&self, at: (i32, i32), series: usize) -> Result<(), Problem> {
        let colour = COLOURS[series % COLOURS.len()].filled();
        match series % 4 {
            0 => self.put(&Circle::new(at, 4, colour)),
            1 => self.put(&Rectangle::new([(at.0 - 4, at.1 - 4), (at.0 + 4, at.1 + 4)], colour)),
            2 => self.put(&TriangleMarker::new(at, 6, colour)),
            _ => self.put(&Polygon::new(
                vec![(at.0 - 5, at.1), (at.0, at.1 - 5), (at.0 + 5, at.1), (at.0, at.1 + 5)],
                colour,
            )),
        }
    }

    fn put<'e, E>(&self, element: &'e E) -> Result<(), Problem>
    where
        E: for<'b> plotters::element::Drawable<SVGBackend<'b>>,
        &'e E: plotters::element::PointCollection<'e, (i32, i32)>,
    {
        self.area.draw(element).map_err(|e| Problem::internal("cannot draw a chart", e.to_string()))
    }
}

/// Draws and gives the element.
pub(super) fn svg(
    height: i32,
    frame: &Frame,
    draw: impl FnOnce(&Canvas<'_>) -> Result<(), Problem>,
) -> Result<String, Problem> {
    let size = (WIDTH.unsigned_abs(), height.unsigned_abs());
    let mut drawn = String::new();
    {
        let canvas = Canvas { area: SVGBackend::with_string(&mut drawn, size).into_drawing_area() };
        draw(&canvas)?;
        canvas.area.present().map_err(|e| Problem::internal("cannot draw a chart", e.to_string()))?;
    }
    // The element of plotters has a fixed size and no name; its content is kept.
    let content = drawn.split_once(">\n").map_or("", |(_, content)| content);
    let Frame { id, title, description } = frame;
    let (title, description) =
        (handlebars::html_escape(&printable(title)), handlebars::html_escape(&printable(description)));
    Ok(format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\
        <title id=\"{id}-title\">{title}</title><desc id=\"{id}-desc\">{description}</desc>\n{content}"
    ))
}

/// A text cut to fit a width, with a mark of the cut.
pub(super) fn fit(text: &str, width: i32) -> String {
    let most = characters(width);
    if text.chars().count() <= most {
        return text.to_owned();
    }
    // The end of a path tells more than its beginning, the beginning of a sentence more than its end.
    let keep = most.saturating_sub(1);
    if text.contains('/') && !text.contains(' ') {
        let skip = text.chars().count() - keep;
        return format!("…{}", text.chars().skip(skip).collect::<String>());
    }
    format!("{}…", text.chars().take(keep).collect::<String>())
}

/// Characters that fit a width, by the mean width of a sans-serif letter (0.55 em).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width of at most some hundred")]
pub(super) fn characters(width: i32) -> usize {
    (f64::from(width.max(0)) / (TEXT * 0.55)) as usize
}
