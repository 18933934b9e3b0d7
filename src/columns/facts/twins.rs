//! Records of one thing, known from the same day: one of them too many.

use chrono::NaiveDate;

use super::FactColumns;
use crate::facts::State;

/// What may be said once: key and period, whether it is expected, the day from which it is known.
type Statement = (u64, bool, Option<NaiveDate>);

/// Whether two rows speak of the same indicator, unit and period and are known from the same day, so that they are one record or
/// contradict each other; `units` is how many units the plan has. Nothing where that can not be counted.
pub(super) fn has_twins(columns: &FactColumns, units: usize) -> Option<bool> {
    let (units, periods) = (u64::try_from(units).ok()?, u64::try_from(columns.periods.len()).ok()?);
    let highest = u64::from(columns.indicator.iter().copied().max().unwrap_or_default()).checked_add(1)?;
    let keys = highest.checked_mul(units)?.checked_mul(periods)?;
    let key = |((indicator, unit), period): ((&u32, &u32), &u32)| {
        (u64::from(*indicator) * units + u64::from(*unit)) * periods + u64::from(*period)
    };
    let all = || columns.indicator.iter().zip(&columns.unit).zip(&columns.period).map(key);
    if all().is_sorted_by(|a, b| a < b) {
        return Some(false);
    }
    let again = match usize::try_from(keys / 64).ok().filter(|words| *words <= columns.rows()) {
        Some(words) => again_by_bit(words, all()),
        None => again_by_order(all()),
    };
    let Some(again) = again else { return Some(false) };
    // Only keys that come again need a closer look.
    let mut statements: Vec<Statement> = all()
        .enumerate()
        .filter(|(_, key)| again.has(*key))
        .map(|(row, key)| (key, columns.state(row) == State::Expected, columns.known_from(row)))
        .collect();
    statements.sort_unstable();
    Some(statements.windows(2).any(|pair| matches!(pair, [a, b] if a == b)))
}

/// A set of keys.
enum Keys {
    /// A bit for each key that there can be.
    Bits(Vec<u64>),
    /// All of them.
    All,
}

impl Keys {
    fn has(&self, key: u64) -> bool {
        match self {
            Self::All => true,
            Self::Bits(bits) => {
                let word = usize::try_from(key / 64).ok().and_then(|place| bits.get(place));
                word.is_none_or(|word| word >> (key % 64) & 1 == 1)
            }
        }
    }

    fn insert(&mut self, key: u64) {
        if let Self::Bits(bits) = self
            && let Some(word) = usize::try_from(key / 64).ok().and_then(|place| bits.get_mut(place))
        {
            *word |= 1 << (key % 64);
        }
    }
}

/// The keys that come more than once, where there are any.
fn again_by_bit(words: usize, all: impl Iterator<Item = u64>) -> Option<Keys> {
    let mut seen = Keys::Bits(vec![0; words + 1]);
    let mut again = None;
    for key in all {
        if seen.has(key) {
            again.get_or_insert_with(|| Keys::Bits(vec![0; words + 1])).insert(key);
        }
        seen.insert(key);
    }
    again
}

/// The same where there can be far more keys than rows; all keys where some come more than once.
fn again_by_order(all: impl Iterator<Item = u64>) -> Option<Keys> {
    let mut keys: Vec<u64> = all.collect();
    keys.sort_unstable();
    keys.windows(2).any(|pair| matches!(pair, [a, b] if a == b)).then_some(Keys::All)
}
