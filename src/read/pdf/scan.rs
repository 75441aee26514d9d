//! The pages of a scanned PDF, each as one grey picture for an OCR engine to read.
//!
//! A scan may lie on its page turned, mirrored, or in strips: what a page shows is put together in the
//! resolution of its finest picture. The format is the plainest that engines take, a portable graymap
//! (PGM).

use super::interpret;
use crate::error::Error;
use crate::source::File;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, InterpreterCache, LumaData,
    Paint, SoftMask,
};

/// Pixels a point: 72 and 600 to the inch. Coarser ones tell nothing, finer ones nothing more.
const COARSEST: f64 = 1.0;
const FINEST: f64 = 600.0 / 72.0;

/// No page has more pixels, and none is longer on a side, in points: what is, PDF knows no way to show.
const MOST: f64 = 1e8;
const LONGEST: f64 = 14_400.0;

/// So many times over may a page be painted; what is drawn again and again is no scan.
const COATS: usize = 12;

/// White, as paper is.
const WHITE: u8 = 255;

/// A PDF whose pages can be had as pictures.
pub struct Scans {
    pdf: Pdf,
}

impl Scans {
    /// Opens a PDF.
    ///
    /// # Errors
    /// As [`read`](crate::read()).
    pub fn of(bytes: &[u8]) -> Result<Scans, Error> {
        let file = File { path: None, format: "pdf", encoding: "UTF-16BE" };
        Ok(Scans { pdf: super::open(bytes, &file)? })
    }

    /// What the pictures of a page show, as the bytes of a graymap; nothing of a page without any. Pages
    /// are counted from 0.
    pub fn page(&self, number: usize) -> Option<Vec<u8>> {
        let page = self.pdf.pages().get(number)?;
        let (width, height) = page.render_dimensions();
        // How many pixels a point the finest picture has.
        let mut finest = 0f64;
        pictures(&self.pdf, page, |_, transform| {
            let size = transform.determinant().abs().sqrt();
            finest = if size > 0.0 { finest.max(1.0 / size) } else { finest };
        });
        if finest <= 0.0 {
            return None;
        }
        let (width, height) = (f64::from(width).clamp(1.0, LONGEST), f64::from(height).clamp(1.0, LONGEST));
        let scale = finest.clamp(COARSEST, FINEST).min((MOST / (width * height)).sqrt());
        let mut paper = Paper::new((width * scale).ceil() as usize, (height * scale).ceil() as usize, scale);
        pictures(&self.pdf, page, |image, transform| paper.draw(&image, transform));
        Some(paper.graymap())
    }
}

/// Shows a function the pictures of a page as they are drawn, each with how it lies on the page.
fn pictures<'a, F>(pdf: &'a Pdf, page: &Page<'a>, show: F)
where
    F: for<'b> FnMut(Image<'a, 'b>, Affine),
{
    interpret(pdf, page, &InterpreterCache::new(), &mut Pictures(show));
}

struct Pictures<F>(F);

impl<'a, F> Device<'a> for Pictures<F>
where
    F: for<'b> FnMut(Image<'a, 'b>, Affine),
{
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        (self.0)(image, props.transform);
    }

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// A page in grey.
struct Paper {
    width: usize,
    height: usize,
    /// Pixels a point.
    scale: f64,
    pixels: Vec<u8>,
    /// How many pixels may still be painted.
    left: usize,
}

impl Paper {
    fn new(width: usize, height: usize, scale: f64) -> Paper {
        Paper { width, height, scale, pixels: vec![WHITE; width * height], left: COATS * width * height }
    }

    /// Paints a picture of a width and height in pixels; `tone` tells what a pixel makes of what lies below.
    fn paint(&mut self, transform: Affine, width: f64, height: f64, tone: impl Fn(f64, f64, u8) -> u8) {
        let on_paper = Affine::scale(self.scale) * transform;
        if on_paper.determinant().abs() < 1e-9 {
            return;
        }
        let back = on_paper.inverse();
        let whole = on_paper.transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        let limit = |v: f64, most: usize| v.clamp(0.0, most as f64) as usize;
        let (rows, columns) = (
            limit(whole.y0.floor(), self.height)..limit(whole.y1.ceil(), self.height),
            limit(whole.x0.floor(), self.width)..limit(whole.x1.ceil(), self.width),
        );
        let area = rows.len() * columns.len();
        if area > self.left {
            return;
        }
        self.left -= area;
        for y in rows {
            for x in columns.clone() {
                let at = back * Point::new(x as f64 + 0.5, y as f64 + 0.5);
                if (0.0..width).contains(&at.x) && (0.0..height).contains(&at.y) {
                    let pixel = &mut self.pixels[y * self.width + x];
                    *pixel = tone(at.x / width, at.y / height, *pixel);
                }
            }
        }
    }

    fn draw(&mut self, image: &Image<'_, '_>, transform: Affine) {
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let share = |mask: &LumaData, x, y| mask.data.get(place(mask.width, mask.height, x, y)).copied().unwrap_or(255);
        match image {
            Image::Raster(raster) => raster.with_rgba(
                |data, alpha| {
                    self.paint(transform, width, height, |x, y, below| {
                        over(grey(&data, x, y), below, alpha.as_ref().map_or(255, |mask| share(mask, x, y)))
                    });
                },
                None,
            ),
            // Scans of two tones are often masks that let black through.
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, paint| {
                    let tone = match paint {
                        Paint::Color(color) => weighted(&color.to_rgba().to_rgba8()),
                        Paint::Pattern(_) => 0,
                    };
                    self.paint(transform, width, height, |x, y, below| over(tone, below, share(&mask, x, y)));
                },
                None,
            ),
        }
    }

    fn graymap(self) -> Vec<u8> {
        let mut out = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        out.extend(self.pixels);
        out
    }
}

/// Where in a picture's data a pixel is, of its place as a share of width and height.
fn place(width: u32, height: u32, x: f64, y: f64) -> usize {
    let (width, height) = (width as usize, height as usize);
    let at = |share: f64, most: usize| ((share * most as f64) as usize).min(most.saturating_sub(1));
    at(y, height) * width + at(x, width)
}

fn grey(data: &ImageData, x: f64, y: f64) -> u8 {
    match data {
        ImageData::Luma(luma) => luma.data.get(place(luma.width, luma.height, x, y)).copied().unwrap_or(WHITE),
        ImageData::Rgb(rgb) => {
            let at = 3 * place(rgb.width, rgb.height, x, y);
            rgb.data.get(at..at + 3).map_or(WHITE, weighted)
        }
    }
}

/// The tone of a colour, by the weights of ITU-R BT.601.
fn weighted(rgb: &[u8]) -> u8 {
    ((299 * u32::from(rgb[0]) + 587 * u32::from(rgb[1]) + 114 * u32::from(rgb[2])) / 1000) as u8
}

/// What is seen of a tone that covers another by a share of 255.
fn over(tone: u8, below: u8, share: u8) -> u8 {
    let (tone, below, share) = (u32::from(tone), u32::from(below), u32::from(share));
    ((tone * share + below * (255 - share)) / 255) as u8
}
