//! The same questions asked of whole tables: columns in, columns out, with the answers of [`assess`](crate::assess()).

#[cfg(feature = "arrow")]
#[forbid(unsafe_code)]
pub mod arrow;
mod dispatch;
#[forbid(unsafe_code)]
mod evaluate;
#[cfg(feature = "csv")]
#[forbid(unsafe_code)]
mod facts;
#[forbid(unsafe_code)]
mod input;
#[forbid(unsafe_code)]
mod lanes;
#[forbid(unsafe_code)]
mod rule;
#[forbid(unsafe_code)]
mod settings;

pub use dispatch::InstructionSet;
pub use evaluate::{Buffers, Evaluation, Output, Rows, evaluate, evaluate_into};
#[cfg(feature = "csv")]
pub use facts::{Counts, FactColumns, FigureColumn};
pub use input::{Codes, Figures, MOST_PLACES, Mantissas, Validity};
pub use rule::{Answer, Rule};
pub use settings::{MOST_RESULT_PLACES, Settings, UNDEFINED};
