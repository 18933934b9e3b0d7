//! The faults of one document as they are found.

use std::collections::HashSet;
use std::ops::Range;

use crate::document::input::MAX_FAULTS;
use crate::document::position::Lines;
use crate::document::tree::Node;
use crate::fault::{Fault, FaultKind, Path, Position, Segment};

/// Collects the faults of one text and gives each its line and column.
pub(crate) struct Report<'t> {
    text: &'t str,
    lines: Option<Lines<'t>>,
    faults: Vec<Fault>,
    places: HashSet<Vec<Segment>>,
    hidden: usize,
    /// Columns that are missing altogether.
    columns: Vec<String>,
}

impl<'t> Report<'t> {
    /// No faults yet of `text`, which has no byte order mark any more.
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, lines: None, faults: Vec::new(), places: HashSet::new(), hidden: 0, columns: Vec::new() }
    }

    /// The text that the spans point into.
    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// Adds a fault at a place of the text.
    pub(crate) fn add(&mut self, fault: Fault, span: &Range<usize>) {
        // A flood of faults must not cost a look-up each.
        let fault = if self.is_full() { fault } else { fault.at(self.position(span.start)) };
        self.add_placed(fault);
    }

    /// Adds a fault at the value that its path names in `root`, or where that value would have to stand.
    pub(crate) fn add_in(&mut self, fault: Fault, root: &Node<'_>) {
        let span = root.span_at(fault.path.segments());
        self.add(fault, &span);
    }

    /// Adds a fault that has its position already, or never gets one.
    pub(crate) fn add_placed(&mut self, fault: Fault) {
        if self.is_full() {
            self.hidden += 1;
        } else {
            self.mark(&fault.path);
            self.faults.push(fault);
        }
    }

    /// Notes that what stands at `path` is at fault already, without adding to the faults.
    pub(crate) fn mark(&mut self, path: &Path) {
        if !path.segments().is_empty() && self.places.len() < 2 * MAX_FAULTS {
            self.places.insert(path.segments().to_vec());
        }
    }

    /// Whether a fault is known at `path` or at something that holds it.
    ///
    /// An absent value for which this holds was given, but could not be read: it is not missing.
    pub(crate) fn covers(&self, path: &Path) -> bool {
        let steps = path.segments();
        if let Some(Segment::Key(last)) = steps.last()
            && self.columns.contains(last)
        {
            return true;
        }
        !self.places.is_empty() && (1..=steps.len()).any(|end| steps.get(..end).is_some_and(|part| self.places.contains(part)))
    }

    /// Whether a fault is known at something that `path` holds.
    pub(crate) fn touches(&self, path: &Path) -> bool {
        self.touches_where(path, |_| true)
    }

    /// Whether a fault is known at something that `path` holds, in a field of it whose name `is_meant`.
    pub(crate) fn touches_where(&self, path: &Path, is_meant: impl Fn(&str) -> bool) -> bool {
        let steps = path.segments();
        self.places.iter().any(|place| match place.get(steps.len()) {
            Some(Segment::Key(name)) => is_meant(name) && place.starts_with(steps),
            Some(Segment::Index(_)) => place.starts_with(steps),
            None => false,
        })
    }

    /// The path in the text for one in a value that [`decode`](super::decode::decode) read: the entries that it left out of a list count again.
    pub(crate) fn with_left_out(&self, path: &Path, from: usize) -> Path {
        let mut found = Path::root();
        for (depth, step) in path.segments().iter().enumerate() {
            found = match step {
                Segment::Key(name) => found.key(name),
                Segment::Index(index) if depth < from => found.index(*index),
                Segment::Index(index) => {
                    let is_in = |place: &usize| !self.places.contains(found.index(*place).segments());
                    let place = (0..).filter(is_in).nth(*index);
                    found.index(place.unwrap_or(*index))
                }
            };
        }
        found
    }

    /// Notes that a whole column of rows is missing, which each of them need not repeat.
    pub(crate) fn mark_column(&mut self, name: &str) {
        self.columns.push(name.to_owned());
    }

    /// Whether there is no fault so far.
    #[cfg(test)]
    pub(crate) fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }

    /// Whether further faults would only be counted.
    pub(crate) fn is_full(&self) -> bool {
        self.faults.len() >= MAX_FAULTS
    }

    /// How many more faults are kept.
    pub(crate) fn room(&self) -> usize {
        MAX_FAULTS.saturating_sub(self.faults.len())
    }

    /// Counts faults that there is no room for.
    pub(crate) fn hide(&mut self, count: usize) {
        self.hidden += count;
    }

    /// The line and column of a byte offset.
    pub(crate) fn position(&mut self, offset: usize) -> Position {
        self.lines.get_or_insert_with(|| Lines::new(self.text)).position(offset)
    }

    /// The faults, with one that says so at the end of the text where there are more than are kept.
    pub(crate) fn into_faults(mut self) -> Vec<Fault> {
        if self.hidden > 0 {
            let position = self.position(self.text.len());
            let what = format!("{} more faults, not shown", self.hidden);
            self.faults.push(Fault::new(FaultKind::Limit, Path::root(), what, "").at(position));
        }
        self.faults
    }
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
