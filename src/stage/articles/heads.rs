//! Which title of a headline group is the headline, which a kicker above it, which a subheadline
//! below.

use crate::role::Role;

/// A title of a group, as far as its place in the group depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Title {
    /// Its width in ems, all its lines together.
    pub width: f32,
    /// The size of its type, as a share of the page's running text, where there are boxes.
    pub size: Option<f32>,
    /// It has the shape of a line that stands below a headline.
    pub below: bool,
    /// It ends with a colon.
    pub colon: bool,
}

/// A kicker is shorter than the headline it stands above, by this share at least, and no wider than
/// this, in ems: a longer line above a still longer one is a headline with a subheadline.
const KICKER: f32 = 0.9;
const KICKER_WIDTH: f32 = 6.6;

/// Sizes that differ by less than this share are one.
const SAME_SIZE: f32 = 1.1;

/// The roles of a group's titles, in order: kickers, one headline, subheadlines.
///
/// Where sizes are known the first of the largest is the headline. Elsewhere a short first title
/// above a wider one is a kicker; otherwise the first is the headline and what stands below it goes
/// with it.
pub fn roles(group: &[Title]) -> Vec<Role> {
    let sizes: Option<Vec<f32>> = group.iter().map(|t| t.size).collect();
    let headline = match sizes {
        Some(sizes) => {
            let largest = sizes.iter().copied().fold(0.0, f32::max);
            sizes.iter().position(|s| s * SAME_SIZE >= largest).unwrap_or(0)
        }
        None => by_width(group),
    };
    let role = |i: usize| match i.cmp(&headline) {
        std::cmp::Ordering::Less => Role::Kicker,
        std::cmp::Ordering::Equal => Role::Headline,
        std::cmp::Ordering::Greater => Role::Subheadline,
    };
    (0..group.len()).map(role).collect()
}

/// The place of the headline in a group of titles of unknown size.
fn by_width(group: &[Title]) -> usize {
    let mut headline = 0;
    while headline + 1 < group.len() {
        let (this, next) = (group[headline], group[headline + 1]);
        let above = this.colon || this.width <= KICKER_WIDTH && this.width <= KICKER * next.width;
        if !above || next.below {
            break;
        }
        headline += 1;
    }
    headline
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(width: f32) -> Title {
        Title { width, size: None, below: false, colon: false }
    }

    #[test]
    fn the_largest_is_the_headline() {
        use Role::*;
        let sized = |width, size| Title { size: Some(size), ..title(width) };
        assert_eq!(roles(&[sized(14.0, 1.3), sized(10.0, 2.4), sized(16.0, 1.4)]), [Kicker, Headline, Subheadline]);
        assert_eq!(roles(&[sized(5.0, 2.0), sized(12.0, 2.1)]), [Headline, Subheadline]);
    }

    #[test]
    fn kicker_headline_subheadline() {
        use Role::*;
        assert_eq!(roles(&[title(12.0)]), [Headline]);
        assert_eq!(roles(&[title(5.0), title(11.0)]), [Kicker, Headline]);
        assert_eq!(roles(&[title(17.0), title(13.0)]), [Headline, Subheadline]);
        assert_eq!(roles(&[title(5.0), title(11.0), title(9.0)]), [Kicker, Headline, Subheadline]);
        let below = Title { below: true, ..title(12.0) };
        assert_eq!(roles(&[title(6.0), below]), [Headline, Subheadline]);
        let label = Title { colon: true, ..title(10.0) };
        assert_eq!(roles(&[label, title(11.0)]), [Kicker, Headline]);
    }
}
