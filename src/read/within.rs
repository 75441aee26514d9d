//! Which stated block a line stands in, for formats that give lines and blocks side by side.

use crate::geometry::Rect;

/// More blocks than a page can have: which line stands in which of them would take too long to say.
const MOST: usize = 2000;

/// For each block the lines in it, in their order, and the lines that stand in none. A line stands in
/// the smallest block that holds its middle.
pub fn within(blocks: &[Option<Rect>], lines: &[Option<Rect>]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut inside = vec![Vec::new(); blocks.len()];
    let mut outside = Vec::new();
    let blocks = if blocks.len() <= MOST { blocks } else { &[] };
    for (n, line) in lines.iter().enumerate() {
        let holding = line.and_then(|line| {
            let holding = blocks.iter().enumerate().filter_map(|(b, block)| Some((b, (*block)?)));
            let holding = holding.filter(|(_, block)| holds(*block, line));
            holding.min_by(|(_, a), (_, b)| area(*a).total_cmp(&area(*b)))
        });
        match holding {
            Some((block, _)) => inside[block].push(n),
            None => outside.push(n),
        }
    }
    (inside, outside)
}

fn holds(block: Rect, line: Rect) -> bool {
    let x = (line.x0 + line.x1) / 2.0;
    (block.x0..=block.x1).contains(&x) && (block.y0..=block.y1).contains(&line.middle())
}

fn area(r: Rect) -> f32 {
    r.width() * r.height()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stands_in_the_smallest_block_about_its_middle() {
        let rect = |x0, y0, x1, y1| Some(Rect { x0, y0, x1, y1 });
        let blocks = [rect(0., 0., 100., 100.), None, rect(10., 10., 40., 20.)];
        let lines = [rect(12., 10., 44., 20.), rect(50., 50., 90., 60.), None, rect(90., 0., 130., 9.)];
        assert_eq!(within(&blocks, &lines), (vec![vec![1], vec![], vec![0]], vec![2, 3]));
        assert_eq!(within(&vec![blocks[0]; MOST + 1], &lines).1.len(), 4);
    }
}
