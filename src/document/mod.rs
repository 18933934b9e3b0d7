//! Reading and writing the documents: plans in TOML and JSON, facts in CSV and JSON, scorecards in JSON, CSV, text and
//! Markdown, differences and margins in JSON, text and Markdown.
//!
//! A text becomes a tree whose every value knows its place; the tree becomes a draft, and the draft is checked by the
//! model. Every fault on the way is reported with its line and column, all of them at once.
#![cfg_attr(
    not(all(feature = "toml", feature = "json", feature = "csv")),
    allow(dead_code, reason = "what the formats share is used in full only by all of them together")
)]

#[cfg(feature = "csv")]
mod csv_cells;
#[cfg(feature = "csv")]
mod csv_tree;
#[cfg(feature = "document")]
mod decode;
#[cfg(feature = "json")]
mod difference;
#[cfg(any(feature = "csv", feature = "json"))]
mod fact_rows;
#[cfg(feature = "csv")]
mod facts_csv;
#[cfg(feature = "json")]
mod facts_json;
#[cfg(feature = "document")]
mod fail;
#[cfg(feature = "json")]
mod hash;
#[cfg(feature = "document")]
mod input;
#[cfg(feature = "json")]
mod json_tree;
#[cfg(feature = "junit")]
mod junit;
#[cfg(feature = "json")]
mod margins;
#[cfg(feature = "text")]
mod people;
#[cfg(feature = "document")]
mod plan;
#[cfg(feature = "document")]
mod position;
#[cfg(feature = "document")]
mod reader;
#[cfg(feature = "document")]
mod report;
#[cfg(feature = "sarif")]
mod sarif;
#[cfg(feature = "schema")]
mod schema;
#[cfg(feature = "json")]
mod scorecard;
#[cfg(feature = "csv")]
mod scorecard_csv;
#[cfg(any(feature = "csv", feature = "arrow"))]
mod scorecard_table;
#[cfg(feature = "toml")]
mod toml_depth;
#[cfg(feature = "toml")]
mod toml_tree;
#[cfg(feature = "document")]
mod tree;
#[cfg(any(feature = "toml", feature = "json"))]
mod waivers;
#[cfg(any(feature = "document", feature = "text"))]
mod wording;

#[cfg(feature = "json")]
pub use difference::{
    CauseDocument, ChangeTallyDocument, ChangedDocument, DIFFERENCE_FORMAT, DifferenceDocument, FactCauseDocument,
    PlanCauseDocument, SideDocument, StandingDocument, TimeCauseDocument, TimeEventDocument,
};
#[cfg(feature = "csv")]
pub(crate) use facts_csv::placed as facts_csv_placed;
#[cfg(feature = "json")]
pub use margins::{ColumnChangeDocument, FlipDocument, MARGINS_FORMAT, MarginDocument, MarginsDocument};
#[cfg(feature = "text")]
pub use people::{CellTexts, CheckFailure, Explanation, UnknownTarget, assert_kept};
#[cfg(feature = "schema")]
pub use schema::{difference_schema, facts_schema, margins_schema, plan_schema, scorecard_schema, waivers_schema};
#[cfg(feature = "json")]
pub use scorecard::{
    ActualDocument, AnchorDocument, AssessmentDocument, BacktestDocument, BaselineDocument, CasesDocument, ChangeDocument,
    ChangesDocument, ClauseDocument, ContributionDocument, CoverageDocument, Decimal, Defined, ErrorsDocument, FactDocument,
    FiguresDocument, FindingDocument, ForecastDocument, MovementDocument, Named, PathDocument, PlanReference, RemainderDocument,
    RemarkDocument, RowDocument, SCORECARD_FORMAT, ScorecardDocument, SourceDocument, StepDocument, SummaryDocument,
    SurveyDifferenceDocument, SurveyDocument, ThresholdDocument, TrendDocument, UnitDocument,
};
#[cfg(any(feature = "csv", feature = "arrow"))]
pub use scorecard_table::SCORECARD_COLUMNS;
#[cfg(feature = "arrow")]
pub(crate) use scorecard_table::{COLUMNS as TABLE, Cell, Cells, Row};
#[cfg(feature = "arrow")]
pub(crate) use wording::{did_you_mean, one_of, quoted};

#[cfg(feature = "json")]
impl crate::Scorecard {
    /// Writes the scorecard as JSON, format `attain-scorecard/1`.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_json(&self, writer: impl std::io::Write) -> std::io::Result<()> {
        write_json(&ScorecardDocument::new(self), writer)
    }
}

/// Writes a document as JSON for people and programs alike: indented, with a line feed at its end.
#[cfg(feature = "json")]
fn write_json(document: &impl serde::Serialize, mut writer: impl std::io::Write) -> std::io::Result<()> {
    serde_json::to_writer_pretty(&mut writer, document).map_err(std::io::Error::from)?;
    writer.write_all(b"\n")
}
