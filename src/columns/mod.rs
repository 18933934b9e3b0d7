//! The same questions asked of whole tables: columns in, columns out, with the answers of [`assess`](crate::assess()).

mod dispatch;
#[forbid(unsafe_code)]
mod evaluate;
#[forbid(unsafe_code)]
mod input;
#[forbid(unsafe_code)]
mod lanes;
#[forbid(unsafe_code)]
mod rule;
#[forbid(unsafe_code)]
mod settings;
#[forbid(unsafe_code)]
mod trajectory;

pub use dispatch::InstructionSet;
pub use evaluate::{Buffers, Evaluation, Output, Rows, evaluate, evaluate_into};
pub use input::{Codes, Figures, MOST_PLACES, Mantissas, Validity};
pub use rule::{Answer, Rule};
pub use settings::{MOST_RESULT_PLACES, Settings, UNDEFINED};
pub use trajectory::{
    Course, Days, NO_PROJECTION, Series, Trajectories, Trajectory, TrajectoryBuffers, TrajectoryOutput, trajectory,
    trajectory_into,
};
