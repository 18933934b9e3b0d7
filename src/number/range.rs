//! Where a stretch of values lies, seen from a range whose ends belong to it or not.

use std::ops::{Bound, RangeBounds};

/// Whether a range holds everything from `low` to `high`.
pub(crate) fn holds_all<T: PartialOrd>(range: &impl RangeBounds<T>, low: &T, high: &T) -> bool {
    range.contains(low) && range.contains(high)
}

/// Whether a range holds nothing from `low` to `high`; a missing end is as far away as can be.
pub(crate) fn holds_none<T: PartialOrd>(range: &impl RangeBounds<T>, low: Option<&T>, high: Option<&T>) -> bool {
    let all_below = match range.start_bound() {
        Bound::Included(start) => high.is_some_and(|high| high < start),
        Bound::Excluded(start) => high.is_some_and(|high| high <= start),
        Bound::Unbounded => false,
    };
    let all_above = match range.end_bound() {
        Bound::Included(end) => low.is_some_and(|low| low > end),
        Bound::Excluded(end) => low.is_some_and(|low| low >= end),
        Bound::Unbounded => false,
    };
    all_below || all_above
}
