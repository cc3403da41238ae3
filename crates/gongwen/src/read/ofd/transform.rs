//! 坐标: places in an object to places on a page.

/// `x' = a·x + c·y + e`, `y' = b·x + d·y + f`, as attribute CTM lists them.
#[derive(Clone, Copy, Debug)]
pub struct Transform(pub [f64; 6]);

impl Transform {
    /// Where a point goes.
    pub fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// First `inner`, then this one.
    pub fn after(&self, inner: &Transform) -> Transform {
        let [a, b, c, d, _, _] = self.0;
        let [p, q, r, s, t, u] = inner.0;
        let (e, f) = self.apply(t, u);
        Transform([a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, e, f])
    }

    /// The one of an object whose box begins at `x`, `y`, with its CTM.
    pub fn of(x: f64, y: f64, matrix: Option<&str>) -> Transform {
        let place = Transform([1.0, 0.0, 0.0, 1.0, x, y]);
        match matrix.map(numbers).as_deref() {
            Some(&[a, b, c, d, e, f]) => place.after(&Transform([a, b, c, d, e, f])),
            _ => place,
        }
    }
}

/// The numbers of a list; what is none ends it.
pub fn numbers(list: &str) -> Vec<f64> {
    list.split_whitespace().map_while(|n| n.parse().ok().filter(|n: &f64| n.is_finite())).collect()
}
