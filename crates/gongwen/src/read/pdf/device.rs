//! 画页: takes down what a page draws.

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};

use super::codes::Codes;
use super::limits::Marks;
use crate::piece::Refusal;
use crate::read::glyphs::{Glyph, Page, Rule, UNKNOWN};

/// Glyph space: a font's em is this many units.
const EM: f64 = 1000.0;

/// A picture so many times as high as the sheet is cut by pages; that of a scan fits it.
const LONG: f64 = 1.5;

/// Takes down glyphs, rules and images of a page.
pub struct Collector<'c> {
    page: Page,
    codes: &'c Codes,
    budget: &'c mut Marks,
}

impl<'c> Collector<'c> {
    /// For a page of this size, in points.
    pub fn new(width: f32, height: f32, codes: &'c Codes, budget: &'c mut Marks) -> Self {
        Collector { page: Page { width, height, ..Page::default() }, codes, budget }
    }

    /// What was drawn.
    ///
    /// # Errors
    /// More than any document draws.
    pub fn page(self) -> Result<Page, Refusal> {
        self.budget.check()?;
        Ok(self.page)
    }

    fn glyph(&mut self, text: &str, transform: Affine, advance: f64) {
        if !self.budget.count() {
            return;
        }
        let m = transform.as_coeffs();
        let along = (m[0].hypot(m[1]), m[2].hypot(m[3]));
        let origin = transform * Point::ZERO;
        let (x, y) = (origin.x as f32, origin.y as f32);
        let (size, width) = ((along.1 * EM) as f32, (along.0 * advance) as f32);
        // Some programs set a page beside its sheet; what lies above or below it is of no page.
        let inside =
            (-self.page.width..=2.0 * self.page.width).contains(&x) && (-1.0..=self.page.height + size).contains(&y);
        if !(inside && size.is_finite() && size > 0.0 && width.is_finite()) {
            return;
        }
        let angle = (m[1].atan2(m[0]).to_degrees().rem_euclid(360.0)) as f32;
        // A ligature's letters share its width.
        let n = text.chars().count().max(1) as f32;
        let step = ((m[0] * advance) as f32 / n, (m[1] * advance) as f32 / n);
        for (i, char) in text.chars().enumerate() {
            let (x, y) = (x + step.0 * i as f32, y + step.1 * i as f32);
            self.page.glyphs.push(Glyph { char, x, y, width: width / n, size, angle });
        }
    }

    /// Takes down the rules of a path: its level and upright lines where it is stroked, its thin parts where filled.
    fn path(&mut self, path: &BezPath, transform: Affine, filled: bool) {
        if !self.budget.count() {
            return;
        }
        let mut curved = false;
        let mut part: Vec<Point> = Vec::new();
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(p) => {
                    self.part(&part, filled);
                    part = vec![transform * p];
                }
                PathEl::LineTo(p) => part.push(transform * p),
                PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => {
                    curved = true;
                    part.push(transform * p);
                }
                PathEl::ClosePath => part.extend(part.first().copied()),
            }
            if part.len() > 4096 {
                curved = true;
                part.clear();
            }
        }
        if curved {
            self.page.outlines += 1;
        } else {
            self.part(&part, filled);
        }
    }

    /// One part of a path.
    fn part(&mut self, points: &[Point], filled: bool) {
        if points.len() < 2 || !self.budget.count() {
            return;
        }
        if filled {
            let area = points.iter().fold(Rect::from_points(points[0], points[0]), |r, p| r.union_pt(*p));
            match Rule::thin(area.x0 as f32, area.y0 as f32, area.x1 as f32, area.y1 as f32) {
                Some(rule) => self.page.rules.push(rule),
                None => self.page.outlines += usize::from(points.len() > 6),
            }
            return;
        }
        for pair in points.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let (dx, dy) = ((b.x - a.x).abs(), (b.y - a.y).abs());
            if dy <= 0.5 && dx > 1.0 {
                self.page.rules.push(Rule::level(((a.y + b.y) / 2.0) as f32, a.x as f32, b.x as f32));
            } else if dx <= 0.5 && dy > 1.0 {
                self.page.rules.push(Rule::upright(((a.x + b.x) / 2.0) as f32, a.y as f32, b.y as f32));
            }
        }
    }
}

impl<'a> Device<'a> for Collector<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        if matches!(&props.paint, Paint::Color(c) if c.to_rgba().components()[3] == 0.0) {
            return;
        }
        self.path(path, props.transform, matches!(mode, DrawMode::Fill(_)));
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for positioned in run.glyphs() {
            let drawn: &Drawn<'a> = positioned;
            let (code, advance) = match drawn {
                Drawn::Outline(g) => (g.char_code(), g.advance_width()),
                Drawn::Type3(g) => (g.char_code(), g.advance_width()),
            };
            let transform = props.transform * positioned.transform();
            let advance = f64::from(advance.unwrap_or(500.0));
            let text = match drawn.as_unicode() {
                Some(BfString::Char(c)) => Some(c.to_string()),
                Some(BfString::String(s)) => Some(s),
                None => None,
            };
            let text = text.filter(|t| !t.is_empty() && t.chars().all(|c| c != '\0' && c != UNKNOWN));
            match text.or_else(|| self.codes.text(drawn, code)) {
                Some(text) => self.glyph(&text, transform, advance),
                None if draws(drawn) => self.glyph(UNKNOWN.encode_utf8(&mut [0; 4]), transform, advance),
                None => {}
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        // The transform is that of the image's pixels.
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let area = props.transform.transform_rect_bbox(pixels);
        let sheet = Rect::new(0.0, 0.0, f64::from(self.page.width), f64::from(self.page.height));
        let seen = area.intersect(sheet);
        if sheet.area() > 0.0 && seen.width() > 0.0 && seen.height() > 0.0 {
            self.page.images += (seen.area() / sheet.area()) as f32;
            self.page.cut_image |= area.height() > LONG * sheet.height();
        }
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// True for a glyph that shows something; a blank one needs no character.
fn draws(glyph: &Drawn<'_>) -> bool {
    match glyph {
        Drawn::Outline(g) => g.outline().segments().next().is_some(),
        Drawn::Type3(_) => true,
    }
}
