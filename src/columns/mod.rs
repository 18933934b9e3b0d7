//! The same questions asked of whole tables: columns in, columns out, with the answers of [`assess`](crate::assess()).

#[cfg(feature = "arrow")]
#[forbid(unsafe_code)]
pub mod arrow;
#[forbid(unsafe_code)]
mod comparison;
mod dispatch;
#[forbid(unsafe_code)]
mod evaluate;
#[cfg(feature = "csv")]
#[forbid(unsafe_code)]
mod facts;
#[cfg(any(feature = "csv", feature = "arrow"))]
#[forbid(unsafe_code)]
mod figure_column;
#[forbid(unsafe_code)]
mod input;
#[forbid(unsafe_code)]
mod lanes;
#[forbid(unsafe_code)]
mod roll_up;
#[forbid(unsafe_code)]
mod rule;
#[forbid(unsafe_code)]
mod settings;
#[forbid(unsafe_code)]
mod trajectory;

pub use dispatch::InstructionSet;
pub use evaluate::{Buffers, Evaluation, Output, Rows, evaluate, evaluate_into};
#[cfg(feature = "csv")]
pub use facts::{Counts, FactColumns};
#[cfg(any(feature = "csv", feature = "arrow"))]
pub use figure_column::FigureColumn;
pub use input::{Codes, Figures, MOST_PLACES, Mantissas, Validity};
pub use roll_up::{
    Batch, Combination, Groups, Key, LEFT_OUT, Measures, RollUp, latest, periods_within, rank, rank_into, units_at_depth,
    units_under,
};
pub use rule::{Answer, Rule};
pub use settings::{MOST_RESULT_PLACES, Settings, UNDEFINED};
pub use trajectory::{
    Course, Days, NO_PROJECTION, Series, Trajectories, Trajectory, TrajectoryBuffers, TrajectoryOutput, trajectory,
    trajectory_into,
};
