//! Where the entries of a plan stand in the text that it was read from.

use std::collections::BTreeMap;

use crate::fault::Position;

/// The line and column of each entry, by list; empty where a plan was not read from a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct EntryPositions(BTreeMap<&'static str, Vec<Position>>);

/// Where a plan was read makes it no other plan: these are all equal.
impl PartialEq for EntryPositions {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl EntryPositions {
    /// Notes where the entries of a list stand, in their order.
    #[cfg(feature = "document")]
    pub(crate) fn set(&mut self, list: &'static str, positions: Vec<Position>) {
        self.0.insert(list, positions);
    }

    /// Where an entry stands.
    pub(super) fn get(&self, list: &str, entry: usize) -> Option<Position> {
        self.0.get(list)?.get(entry).copied()
    }
}
