//! Cuts a page, and each part again, until columns are left.

use super::gap::{EDGE, GUTTER, Gap, ONE_ROW, SHRUNK, widest};
use super::going_on::Edges;
use super::sheet::{Cut, Sheet};
use crate::geometry::Rect;

/// A gap between rows counts as so many times its width: fitted on published pages, where it lies
/// between 1.3 and 1.7.
const ROWS: f32 = 1.5;

/// And as so many where no headline stands below it: articles begin with headlines.
const ROWS_INSIDE: f32 = 0.6;

/// The same where boxes hold blocks and all columns end above it and begin below: so much wider than the usual room
/// between two blocks.
const ROWS_CLEAR: f32 = 3.0;
const CLEAR: f32 = 3.0;

/// And as so many where a rule lies in it from side to side, as if it were an em wide at the least.
const ROWS_RULED: f32 = 4.0;

/// Gaps that count nearly as much as the one that counts most are cut with it.
const EQUAL: f32 = 0.8;

/// A gap between rows parts two things where it is wider than the usual one by so much, in ems.
const ROW_GAP: f32 = 0.4;

/// The same where boxes hold blocks: the edges of their lines are not to be seen, and a row that ends
/// all of them ends something.
const ROW_GAP_BLOCKS: f32 = 0.2;

/// Parts within parts are cut so deep and no deeper: a page has columns in columns a dozen deep, and
/// boxes that lie in each other like the rings of an onion would take for ever.
const DEEPEST: usize = 100;

/// A region of a sheet, and what is asked of it more than once.
struct Region<'a> {
    sheet: &'a Sheet,
    boxes: &'a [usize],
    around: Rect,
    /// The gaps between its rows.
    rows: Vec<Gap>,
    gutters: Vec<Gap>,
    /// The widest of its gaps from top to bottom, gutter or none.
    widest: f32,
    /// What parts rows is no narrower, in ems.
    least: f32,
    tops: Vec<(f32, usize)>,
    /// These four say what a gap between rows parts. Where none is wide enough to part anything, they are not asked.
    bottoms: Vec<(f32, usize)>,
    middles: Vec<(f32, usize)>,
    edges: Edges,
    below_heads: Vec<Gap>,
}

impl Sheet {
    /// The columns of the page in reading order, each as its lines from top to bottom, and whether
    /// it stands beside the one before it.
    ///
    /// And for each line whether it is a cell of a table: a table is one column of its own.
    pub fn columns(&self) -> (Vec<(Vec<usize>, bool)>, Vec<bool>) {
        let mut out = Vec::new();
        let mut cells = vec![false; self.groups.iter().map(Vec::len).sum()];
        // Regions, whether they stand beside the one before, and how deep they lie in others.
        let mut waiting: Vec<(Vec<usize>, bool, usize)> = vec![((0..self.boxes.len()).collect(), false, 0)];
        while let Some((region, beside, depth)) = waiting.pop() {
            match if depth < DEEPEST { self.cut(&region) } else { None } {
                Some(cut) if cut.parts.iter().all(|p| p.len() < region.len()) => {
                    let parts = cut.parts.into_iter().filter(|p| !p.is_empty()).enumerate();
                    let parts = parts.map(|(n, part)| (part, if n == 0 { beside } else { cut.beside }, depth + 1));
                    // The last in is the first out.
                    waiting.extend(parts.collect::<Vec<_>>().into_iter().rev());
                }
                _ => {
                    let mut column = region;
                    self.sort_column(&mut column);
                    let lines: Vec<usize> = column.iter().flat_map(|g| &self.groups[*g]).copied().collect();
                    for g in self.cells(&column) {
                        self.groups[g].iter().for_each(|i| cells[*i] = true);
                    }
                    out.push((lines, beside));
                }
            }
        }
        (out, cells)
    }

    /// From top to bottom, what stands on one row from left to right.
    fn sort_column(&self, column: &mut [usize]) {
        column.sort_by(|a, b| self.boxes[*a].middle().total_cmp(&self.boxes[*b].middle()).then(a.cmp(b)));
        let mut start = 0;
        while start < column.len() {
            let first = self.boxes[column[start]];
            let row = column[start..].iter().take_while(|i| self.boxes[**i].shared_height(first) > 0.6).count().max(1);
            column[start..start + row].sort_by(|a, b| self.boxes[*a].x0.total_cmp(&self.boxes[*b].x0).then(a.cmp(b)));
            start += row;
        }
    }

    /// Cuts a region; nothing where it is a column.
    fn cut(&self, boxes: &[usize]) -> Option<Cut> {
        let region = Region::of(self, boxes)?;
        if region.is_read_across() {
            return None;
        }
        let cells = self.rows_of_cells(boxes, &region.rows, &region.gutters);
        if !cells.is_empty() {
            return Some(region.below_each_other(&cells));
        }
        let parting = region.parting();
        let weight = parting.iter().map(|(_, weight)| *weight).fold(0.0, f32::max);
        if weight > 0.0 && region.gutters.is_empty() {
            // A title above two columns is cut off before a gap that runs through both as it happens.
            if let Some(parts) = self.capped(boxes, region.least) {
                return Some(Cut { parts, beside: false });
            }
        }
        if weight > 0.0 && weight >= region.widest {
            // What stands below a headline is not cut off from it because the rows above it are parted.
            let cuts = parting.iter().filter(|(_, own)| *own >= EQUAL * weight).map(|(gap, _)| *gap);
            return Some(region.below_each_other(&cuts.collect::<Vec<_>>()));
        }
        if region.gutters.is_empty() { self.set_aside(boxes) } else { Some(region.into_columns(&parting)) }
    }
}

impl<'a> Region<'a> {
    fn of(sheet: &'a Sheet, boxes: &'a [usize]) -> Option<Region<'a>> {
        if boxes.len() < 2 {
            return None;
        }
        let around = sheet.around(boxes)?;
        let mut rows = sheet.gaps(boxes, |r| (r.y0, r.y1));
        rows.retain(|gap| !sheet.inks.make(gap, around));
        let least = sheet.leading + if sheet.blocks { ROW_GAP_BLOCKS } else { ROW_GAP };
        let upright = sheet.upright_gaps(boxes);
        let widest = widest(&upright);
        let gutters: Vec<Gap> = upright.into_iter().filter(|gap| gap.width() >= GUTTER).collect();
        let tops = sheet.by(boxes, |r| r.y0);
        let mut region = Region {
            sheet,
            boxes,
            around,
            rows,
            gutters,
            widest,
            least,
            tops,
            bottoms: Vec::new(),
            middles: Vec::new(),
            edges: Edges::default(),
            below_heads: Vec::new(),
        };
        if region.rows.iter().any(|gap| gap.width() >= least) {
            region.bottoms = sheet.by(boxes, |r| r.y1);
            region.middles = sheet.by(boxes, Rect::middle);
            if !region.gutters.is_empty() {
                region.edges = sheet.edges(boxes, &region.gutters);
                let columns = sheet.columns_of(boxes, &region.gutters);
                let heads = columns.iter().flat_map(|column| sheet.below_head(column));
                region.below_heads = heads.filter(|head| head.width() >= least).collect();
            }
        }
        Some(region)
    }

    /// True where it is read row by row, as one column: a table, answers to choose from, what hangs on the first
    /// column.
    fn is_read_across(&self) -> bool {
        let Region { sheet, boxes, gutters, .. } = self;
        sheet.blocks && sheet.are_choices(boxes, gutters)
            || sheet.hang_on_first(boxes, gutters)
            || sheet.is_table(boxes, gutters)
    }

    /// The gaps between rows that part something, and how much each counts next to the width of a gutter.
    fn parting(&self) -> Vec<(Gap, f32)> {
        let weighed = |gap: &Gap| {
            let ruled = self.sheet.inks.part(gap, self.around);
            let parts = ruled || gap.width() >= self.least && self.parts(gap);
            parts.then(|| (*gap, if ruled { gap.width().max(1.0) * ROWS_RULED } else { self.weight(gap) }))
        };
        self.rows.iter().filter_map(weighed).collect()
    }

    /// True where a headline stands right below a gap.
    fn heads(&self, gap: &Gap) -> bool {
        self.sheet.heads(&self.tops, gap)
    }

    /// True where what stands above a gap and below it are two things.
    fn parts(&self, gap: &Gap) -> bool {
        let Region { sheet, tops, bottoms, middles, gutters, edges, .. } = self;
        let heads = self.heads(gap);
        // What has columns on both sides of a gap, and the same ones, was one text.
        (sheet.blocks || heads || !sheet.same_columns(middles, gap))
            && (heads || !self.beheads(gap))
            && !sheet.are_pictures(tops, bottoms, gap)
            && !sheet.goes_on_beside(tops, bottoms, gutters, edges, gap)
            && (heads || edges.is_row(gap) && !(sheet.blocks && sheet.is_chance(tops, bottoms, gap)))
    }

    /// True where a gap would cut a headline off from its text.
    fn beheads(&self, gap: &Gap) -> bool {
        self.below_heads.iter().any(|head| head.from <= gap.from + EDGE && head.to >= gap.to - EDGE)
    }

    fn weight(&self, gap: &Gap) -> f32 {
        let sheet = self.sheet;
        // Much wider than the room between blocks, a gap at which all columns end and begin anew parts more than a
        // gutter does.
        let wide = sheet.blocks && gap.width() >= CLEAR * sheet.leading.max(SHRUNK);
        gap.width()
            * match () {
                () if wide && self.edges.is_clear(gap) => ROWS_CLEAR,
                () if sheet.headed && !self.heads(gap) => ROWS_INSIDE,
                () => ROWS,
            }
    }

    /// Parts it at gaps between rows.
    fn below_each_other(&self, cuts: &[Gap]) -> Cut {
        Cut { parts: self.sheet.part(self.boxes, cuts, Rect::middle), beside: false }
    }

    /// Parts it at its gutters, or first from what spans them or runs across them; `parting` are the gaps between
    /// rows that part something.
    fn into_columns(self, parting: &[(Gap, f32)]) -> Cut {
        let Region { sheet, boxes, gutters, .. } = &self;
        if let Some(parts) = sheet.headed(boxes) {
            return Cut { parts, beside: false };
        }
        let columns = sheet.columns_of(boxes, gutters);
        let ((bound, across), hung) = (sheet.bound(&columns, self.least), sheet.hung(&columns));
        let within = gutters.iter().zip(bound.iter().zip(&hung));
        let free: Vec<Gap> = within.filter(|(_, (bound, hung))| !**bound && !**hung).map(|(gap, _)| *gap).collect();
        if free.is_empty() {
            let level = |gap: &Gap| across.iter().any(|to| (gap.to - to).abs() <= ONE_ROW);
            let rows: Vec<Gap> = parting.iter().map(|(gap, _)| *gap).filter(level).collect();
            if !rows.is_empty() {
                return self.below_each_other(&rows);
            }
        }
        let open = if free.is_empty() { gutters } else { &free };
        let widest = widest(open);
        let cuts: Vec<Gap> = open.iter().copied().filter(|gap| gap.width() >= EQUAL * widest).collect();
        Cut { parts: sheet.columns_of(boxes, &cuts), beside: true }
    }
}
