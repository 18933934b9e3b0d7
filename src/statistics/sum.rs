//! How the values of a series are added.

/// Eight values that stand side by side.
pub(crate) type Eight = [f64; 8];

/// A sum on its way: value i is added to part i mod 8, and in the end the parts to each other in pairs.
///
/// Floats are not associative, so the order is part of what a sum is. In this one every value goes through at most ⌈n/8⌉ + 2
/// roundings instead of n − 1, and eight additions can be made at once, by whatever instructions there are, with the same bits.
/// A part is never −0, so that to add 0 changes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum(Eight);

impl Sum {
    /// The next eight values.
    #[inline(always)]
    pub(crate) fn add(&mut self, values: &Eight) {
        self.0.iter_mut().zip(values).for_each(|(part, value)| *part += value);
    }

    /// All parts together. A call of its own, without which compilers take the parts apart to add them.
    #[inline(never)]
    pub(crate) fn total(self) -> f64 {
        let [a, b, c, d, e, f, g, h] = self.0;
        let [a, b, c, d] = [a + e, b + f, c + g, d + h];
        let [a, b] = [a + c, b + d];
        a + b
    }
}

/// The sum of values, 0 of nothing.
pub(super) fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut values) = (Sum::default(), values.into_iter().peekable());
    while values.peek().is_some() {
        sum.add(&std::array::from_fn(|_| values.next().unwrap_or(0.0)));
    }
    sum.total()
}

#[cfg(test)]
#[path = "sum_tests.rs"]
mod tests;
