//! A displayed number never contradicts the verdict.

use std::cmp::Ordering;

use super::{Ratio, Rounding};

/// A number as people are shown it, beside the thresholds that decide about it.
///
/// It is rounded to `scale` places. Where that would carry it onto or across a threshold, digits are added until it
/// does not, at most 12; if that is not enough, `<` or `>` says on which side of the shown number the value lies.
///
/// ```
/// use attain::number::{Ratio, Shown};
/// let (actual, target) = (Ratio::new(7996, 100).unwrap(), Ratio::from(80));
/// assert_eq!(Shown::new(&actual, 1).beside([&target]).to_string(), "79.96"); // never 80.0
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    sign: Option<char>,
    digits: String,
}

impl Shown {
    /// The most digits that are shown behind the point.
    pub const MOST_PLACES: u32 = 12;

    /// Starts a display with `scale` places, to be set [`beside`](PartlyShown::beside) its thresholds.
    #[must_use]
    #[allow(clippy::new_ret_no_self, reason = "a number is only ever shown beside its thresholds")]
    pub fn new(value: &Ratio, scale: u32) -> PartlyShown<'_> {
        PartlyShown { value, scale }
    }

    /// The sign that stands before the number where even 12 places are not enough: `<` or `>`.
    #[must_use]
    pub fn sign(&self) -> Option<char> {
        self.sign
    }

    /// The digits, with a decimal point.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.digits
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(sign) = self.sign {
            write!(f, "{sign} ")?;
        }
        f.write_str(&self.digits)
    }
}

/// A number about to be shown.
#[derive(Clone, Copy, Debug)]
pub struct PartlyShown<'a> {
    value: &'a Ratio,
    scale: u32,
}

impl PartlyShown<'_> {
    /// The display that keeps the number on its side of every one of `thresholds`.
    #[must_use]
    pub fn beside<'t>(self, thresholds: impl IntoIterator<Item = &'t Ratio> + Clone) -> Shown {
        let most = Shown::MOST_PLACES;
        for scale in self.scale.min(most)..=most {
            let rounding = Rounding::half_up(scale);
            let rounded = rounding.apply(self.value);
            if thresholds.clone().into_iter().all(|bound| rounded.cmp(bound) == self.value.cmp(bound)) {
                return Shown { sign: None, digits: rounding.fixed(self.value) };
            }
        }
        let rounding = Rounding::half_up(most);
        let sign = match self.value.cmp(&rounding.apply(self.value)) {
            Ordering::Less => Some('<'),
            Ordering::Greater => Some('>'),
            Ordering::Equal => None,
        };
        Shown { sign, digits: rounding.shortest(self.value) }
    }
}
