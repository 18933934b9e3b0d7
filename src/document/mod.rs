//! Reading and writing the documents: plans in TOML and JSON, facts in CSV and JSON, scorecards in JSON, CSV, text and
//! Markdown.
//!
//! A text becomes a tree whose every value knows its place; the tree becomes a draft, and the draft is checked by the
//! model. Every fault on the way is reported with its line and column, all of them at once.

#[cfg(feature = "csv")]
mod csv_cells;
#[cfg(feature = "csv")]
mod csv_tree;
mod decode;
mod fact_rows;
mod fail;
#[cfg(feature = "json")]
mod hash;
mod input;
#[cfg(feature = "json")]
mod json_tree;
#[cfg(feature = "text")]
mod people;
mod plan;
mod position;
mod reader;
mod report;
#[cfg(feature = "json")]
mod scorecard;
#[cfg(feature = "csv")]
mod scorecard_csv;
#[cfg(feature = "toml")]
mod toml_depth;
#[cfg(feature = "toml")]
mod toml_tree;
mod tree;
mod wording;

#[cfg(feature = "json")]
pub use scorecard::{
    ActualDocument, AssessmentDocument, BaselineDocument, CasesDocument, ContributionDocument, CoverageDocument, Decimal,
    Defined, FiguresDocument, FindingDocument, Named, PlanReference, RemainderDocument, RemarkDocument, SCORECARD_FORMAT,
    ScorecardDocument, StepDocument, SummaryDocument, ThresholdDocument, UnitDocument,
};
#[cfg(feature = "csv")]
pub use scorecard_csv::SCORECARD_COLUMNS;

#[cfg(feature = "json")]
impl crate::Scorecard {
    /// Writes the scorecard as JSON, format `attain-scorecard/1`.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_json(&self, mut writer: impl std::io::Write) -> std::io::Result<()> {
        serde_json::to_writer_pretty(&mut writer, &ScorecardDocument::new(self)).map_err(std::io::Error::from)?;
        writer.write_all(b"\n")
    }
}
