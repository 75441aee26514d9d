//! Picks figures, boxes and text out of JSON values. What is missing or nonsense is nothing.

use crate::geometry::Rect;
use serde_json::Value;

/// The value under the first of some keys that an object has; null where it has none.
pub fn either<'a>(value: &'a Value, keys: &[&str]) -> &'a Value {
    keys.iter().map(|key| &value[*key]).find(|v| !v.is_null()).unwrap_or(&Value::Null)
}

/// The items of a list; none of anything else.
pub fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The text of a string; empty for anything else.
pub fn words(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A finite number, also where it stands in quotes.
pub fn number(value: &Value) -> Option<f32> {
    let number = match value {
        Value::Number(n) => n.as_f64()? as f32,
        Value::String(s) => s.trim().parse().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// A whole number that is not negative, also where it stands in quotes.
pub fn whole(value: &Value) -> Option<u64> {
    match value {
        Value::Number(n) => {
            n.as_u64().or_else(|| n.as_f64().filter(|f| *f >= 0.0 && f.fract() == 0.0).map(|f| f as u64))
        }
        Value::String(s) => s.trim().parse().ok(),
        _ => None,
    }
}

/// A confidence from 0 to 1; a figure outside is none.
pub fn sure(value: &Value) -> Option<f32> {
    number(value).filter(|n| (0.0..=1.0).contains(n))
}

/// The upright rectangle about a box in any of its forms: corners `[[x, y], …]` or
/// `[{"x", "y"}, …]` in any order, `[x0, y0, x1, y1]`, or a flat list of more corners. A corner
/// that is none is left out; an edge that is none leaves no box.
pub fn rect(value: &Value) -> Option<Rect> {
    let list = items(value);
    if !list.iter().any(|v| v.is_array() || v.is_object()) {
        let figures: Option<Vec<f32>> = list.iter().map(number).collect();
        let figures = figures.filter(|f| f.len() >= 4 && f.len().is_multiple_of(2))?;
        return about(figures.chunks_exact(2).map(|p| (p[0], p[1])));
    }
    about(list.iter().filter_map(|corner| match corner {
        // Formats with named coordinates leave out those that are zero.
        Value::Object(corner) => {
            let of = |key| corner.get(key).map_or(Some(0.0), number);
            Some((of("x")?, of("y")?))
        }
        corner => Some((number(&corner[0])?, number(&corner[1])?)),
    }))
}

/// The steepest slant of a line, in degrees; paper that lies worse is turned by hand.
const STEEPEST: f32 = 30.0;

/// By how many degrees the longer sides of a box fall toward the right, where its four corners are given
/// clockwise from the top left; nothing where it lies straight, or too steep for a line of a slanted page.
pub fn slant(value: &Value) -> Option<f32> {
    let list = items(value);
    let corner = |n: usize| -> Option<(f32, f32)> {
        match (list.len(), list.get(n)) {
            (4, Some(Value::Array(corner))) => Some((number(corner.first()?)?, number(corner.get(1)?)?)),
            (4, Some(corner @ Value::Object(_))) => Some((number(&corner["x"])?, number(&corner["y"])?)),
            (8, _) => Some((number(&list[2 * n])?, number(&list[2 * n + 1])?)),
            _ => None,
        }
    };
    let [a, b, c, d] = [corner(0)?, corner(1)?, corner(2)?, corner(3)?];
    // Both long sides together: along the top and bottom, or down the sides.
    let across = (b.0 - a.0 + c.0 - d.0, b.1 - a.1 + c.1 - d.1);
    let down = (d.0 - a.0 + c.0 - b.0, d.1 - a.1 + c.1 - b.1);
    let level = across.0.hypot(across.1) >= down.0.hypot(down.1);
    let slant = if level { across.1.atan2(across.0) } else { (-down.0).atan2(down.1) }.to_degrees();
    (slant != 0.0 && slant.abs() <= STEEPEST).then_some(slant)
}

fn about(mut corners: impl Iterator<Item = (f32, f32)>) -> Option<Rect> {
    let at = |(x, y)| Rect { x0: x, y0: y, x1: x, y1: y };
    let first = at(corners.next()?);
    Some(corners.fold(first, |r, corner| r.union(at(corner))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn boxes_in_every_form() {
        let expected = Some(Rect { x0: 0.0, y0: 5.0, x1: 30.0, y1: 9.0 });
        for form in [
            json!([[0, 5], [30, 5.0], [30, 9], [0, 9]]),
            json!([[30, 9], [0, 5], null, [1, "?"], []]),
            json!([0, "5", 30, 9]),
            json!([30, 9, 0, 5]),
            json!([0, 5, 30, 5, 30, 9, 0, 9]),
            json!([{"y": 5}, {"x": 30, "y": 9}]),
        ] {
            assert_eq!(rect(&form), expected, "{form}");
        }
    }

    #[test]
    fn a_box_falls_toward_the_right_as_its_long_sides_do() {
        let slanted = |form: serde_json::Value| slant(&form).map(|s| (s * 100.0).round() / 100.0);
        assert_eq!(slanted(json!([[0, 0], [100, 2], [100, 12], [0, 10]])), Some(1.15));
        assert_eq!(slanted(json!([0, 0, 100, 2, 100, 12, 0, 10])), Some(1.15));
        assert_eq!(
            slanted(json!([{"x": 10, "y": 0}, {"x": 20, "y": 0}, {"x": 18, "y": 100}, {"x": 8, "y": 100}])),
            Some(1.15)
        );
        for straight in
            [json!([[0, 0], [100, 0], [100, 10], [0, 10]]), json!([0, 0, 100, 10]), json!([[0, 0], null, 3, 4])]
        {
            assert_eq!(slanted(straight), None);
        }
    }

    #[test]
    fn nonsense_is_no_box() {
        for form in [json!(null), json!([]), json!([1, 2, 3]), json!([1, 2, null, 4]), json!("1,2,3,4"), json!([null])]
        {
            assert_eq!(rect(&form), None, "{form}");
        }
        assert_eq!(sure(&json!(1.5)), None);
        assert_eq!(number(&json!("1e999")), None);
        assert_eq!((whole(&json!("12")), whole(&json!(-1)), whole(&json!(2.0))), (Some(12), None, Some(2)));
    }
}
