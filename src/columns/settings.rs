//! What a caller may choose of how columns are computed; no choice changes a result, but for the number of places.

use super::dispatch::InstructionSet;
use crate::assess::Quantity;
use crate::number::{Ratio, Rounding};

/// What stands in a column of numbers where there is none: no number that is computed has this value.
pub const UNDEFINED: i64 = i64::MIN;

/// How columns are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// The decimal places of quotients and gaps, 0 to 18: a column holds `round(value · 10^places)`, halves away from zero.
    /// 12, as in the scorecard document, unless said otherwise.
    pub places: u32,
    /// Whether to use all threads of the current pool (feature `parallel`; without it one thread does all).
    pub parallel: bool,
    /// The instructions to use.
    pub instruction_set: InstructionSet,
}

impl Default for Settings {
    fn default() -> Self {
        Self { places: 12, parallel: false, instruction_set: InstructionSet::Best }
    }
}

/// The most places of a result: more leave no room for a whole number in 64 bits.
pub const MOST_RESULT_PLACES: u32 = 18;

/// An exact number as columns hold it: `round(value · 10^places)`, halves away from zero; nothing where that needs more than
/// 64 bits.
pub(super) fn fixed(value: &Ratio, places: u32) -> Option<i64> {
    let scaled = value * &power_of_ten(places);
    Rounding::half_up(0).apply(&scaled).to_i64().filter(|value| *value != UNDEFINED)
}

/// A quantity as columns hold it; nothing where it is defined and needs more than 64 bits.
pub(super) fn fixed_or_undefined(value: &Quantity, places: u32) -> Option<i64> {
    match value {
        Ok(value) => fixed(value, places),
        Err(_) => Some(UNDEFINED),
    }
}

/// 10^exponent
pub(super) fn power_of_ten(exponent: u32) -> Ratio {
    let power = 10_i128.checked_pow(exponent).and_then(|power| Ratio::new(power, 1));
    power.unwrap_or_else(|| (0..exponent).fold(Ratio::ONE, |power, _| power * Ratio::from(10)))
}
