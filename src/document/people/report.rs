//! A page about a scorecard that is not the scorecard: what it says, in order, before anyone decides how it looks.

use super::page::Grid;

/// What changed, how little is lacking, who carries what.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) title: String,
    /// The days, the counts: a line each.
    pub(super) about: Vec<String>,
    pub(super) grids: Vec<Grid>,
    pub(super) entries: Vec<Entry>,
}

/// One matter, with sentences under it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) head: String,
    pub(super) lines: Vec<String>,
    /// Sentences under a heading of their own; none without sentences.
    pub(super) lists: Vec<(String, Vec<String>)>,
}
