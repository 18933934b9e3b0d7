//! What has changed since earlier periods.

use serde::Serialize;

use super::{Decimal, Defined, decimal, document};
use crate::assess::{Change, Changes};

document! {
    /// What has changed since earlier periods.
    ChangesDocument {
        /// Since the period of equal length just before.
        previous: Defined<ChangeDocument>,
        /// Since the same days a year before.
        year_before: Defined<ChangeDocument>,
    }
    /// How the actual differs from that of an earlier period.
    ChangeDocument {
        /// The earlier period, or the same days to date of it.
        period: String,
        /// Its value.
        value: String,
        /// The difference, in the indicator's unit; percentage points for percentages.
        points: String,
        /// The difference in percent of the earlier value.
        percent: Decimal,
    }
}

impl ChangesDocument {
    pub(super) fn new(changes: &Changes) -> Self {
        Self {
            previous: Defined::of(&changes.previous, ChangeDocument::new),
            year_before: Defined::of(&changes.year_before, ChangeDocument::new),
        }
    }
}

impl ChangeDocument {
    fn new(change: &Change) -> Self {
        Self {
            period: change.period.label(),
            value: change.value.to_string(),
            points: change.points.to_string(),
            percent: decimal(&change.percent),
        }
    }
}
