//! How many of each.

use serde::Serialize;

use super::document;
use crate::assess::Status;
use crate::scorecard::{Summary, Tally};

document! {
    /// How many of each.
    SummaryDocument {
        /// By status.
        by_status: Named<usize>,
        /// By group.
        by_group: Named<usize>,
        /// By the cited section of the plan, the count of each status.
        by_section: Named<Named<usize>>,
        /// By unit, the count of each status.
        by_unit: Named<Named<usize>>,
        /// How many in all.
        assessed: usize,
    }
}

/// Names with values, in an order of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T>(pub Vec<(String, T)>);

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Named<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("NamedOf{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let value = generator.subschema_for::<T>();
        schemars::json_schema!({ "type": "object", "additionalProperties": value })
    }
}

fn counts(tally: &Tally) -> Named<usize> {
    Named(tally.by_status().map(|(status, count): (Status, usize)| (status.code().to_owned(), count)).collect())
}

impl SummaryDocument {
    /// The document of a summary.
    #[must_use]
    pub fn new(summary: &Summary) -> Self {
        let each = |list: &[(String, Tally)]| Named(list.iter().map(|(name, tally)| (name.clone(), counts(tally))).collect());
        Self {
            by_status: counts(&summary.all),
            by_group: Named(summary.all.by_group().into_iter().map(|(group, count)| (group.code().to_owned(), count)).collect()),
            by_section: each(&summary.by_section),
            by_unit: each(&summary.by_unit),
            assessed: summary.all.total(),
        }
    }
}
