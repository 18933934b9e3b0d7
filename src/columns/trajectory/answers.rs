//! Where the answers to series are written, and the answers as new columns.
#![allow(clippy::disallowed_types, reason = "a projection is an estimate that decides nothing")]

use super::TrajectoryOutput;
use crate::assess::Status;

/// What stands in a column of projections where there is none: no line that is computed leads there.
pub const NO_PROJECTION: f64 = f64::INFINITY;

/// Where the answers are written: one slot a series in each column that is wanted, none in those that are not.
#[derive(Debug, Default)]
pub struct TrajectoryBuffers<'a> {
    /// Whether each series is on the way.
    pub status: Option<&'a mut [Status]>,
    /// Where the line through the points of each series is on the due day.
    pub projection: Option<&'a mut [f64]>,
    pub(super) columns: [Option<&'a mut [i64]>; TrajectoryOutput::ALL.len()],
}

impl<'a> TrajectoryBuffers<'a> {
    /// No column yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with a column for the status.
    #[must_use]
    pub fn with_status(self, status: &'a mut [Status]) -> Self {
        Self { status: Some(status), ..self }
    }

    /// The same with a column for the projection.
    #[must_use]
    pub fn with_projection(self, projection: &'a mut [f64]) -> Self {
        Self { projection: Some(projection), ..self }
    }

    /// The same with a column for a number.
    #[must_use]
    pub fn with(mut self, output: TrajectoryOutput, column: &'a mut [i64]) -> Self {
        if let Some(slot) = self.columns.get_mut(output as usize) {
            *slot = Some(column);
        }
        self
    }

    pub(super) fn outputs(&self) -> Vec<TrajectoryOutput> {
        let is_wanted = |output: &TrajectoryOutput| self.columns.get(*output as usize).is_some_and(Option::is_some);
        TrajectoryOutput::ALL.into_iter().filter(is_wanted).collect()
    }

    /// The first series of each column, and the others.
    #[cfg(feature = "parallel")]
    pub(super) fn split_at(self, series: usize) -> (Self, Self) {
        fn split<T>(column: Option<&mut [T]>, at: usize) -> (Option<&mut [T]>, Option<&mut [T]>) {
            column.map(|column| column.split_at_mut(at.min(column.len()))).unzip()
        }
        let (mut first, mut rest) = (Self::new(), Self::new());
        (first.status, rest.status) = split(self.status, series);
        (first.projection, rest.projection) = split(self.projection, series);
        for ((column, left), right) in self.columns.into_iter().zip(&mut first.columns).zip(&mut rest.columns) {
            (*left, *right) = split(column, series);
        }
        (first, rest)
    }
}

/// The answers as new columns, one entry a series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trajectories {
    /// Whether each series is on the way: `on_track`, `at_risk`, `off_track`, or `in_progress` where nothing can be said of that.
    pub status: Vec<Status>,
    /// Where the line of least squares through the points of each series is on the due day, or [`NO_PROJECTION`].
    pub projection: Vec<f64>,
    pub(super) columns: [Option<Vec<i64>>; TrajectoryOutput::ALL.len()],
}

impl Trajectories {
    /// The column of an output, where it was asked for.
    #[must_use]
    pub fn column(&self, output: TrajectoryOutput) -> Option<&[i64]> {
        self.columns.get(output as usize)?.as_deref()
    }

    /// The column of an output, taken out.
    #[must_use]
    pub fn take(&mut self, output: TrajectoryOutput) -> Option<Vec<i64>> {
        self.columns.get_mut(output as usize)?.take()
    }
}
