//! What an auditor should see besides the verdicts: contradictions in the plan and in the figures.

use std::fmt;
use std::sync::Arc;

use crate::plan::Language;

/// The kind of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FindingCode {
    /// Two targets contradict each other.
    ConflictingTargets,
    /// No value there can be meets the threshold.
    Unattainable,
    /// The whole of an indicator is not the part of the one it lies within.
    WithinMismatch,
    /// The figure of a period is not that of its parts.
    CoarseFineMismatch,
    /// The figure of a unit is not that of the units below.
    ParentChildrenMismatch,
    /// More is reported than was expected.
    OutlookExceeded,
    /// A deliverable was done before its window began.
    DoneBeforeWindow,
    /// A figure is there, but reports that are due are not.
    LateReport,
}

impl FindingCode {
    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ConflictingTargets => "conflicting_targets",
            Self::Unattainable => "unattainable",
            Self::WithinMismatch => "within_mismatch",
            Self::CoarseFineMismatch => "coarse_fine_mismatch",
            Self::ParentChildrenMismatch => "parent_children_mismatch",
            Self::OutlookExceeded => "outlook_exceeded",
            Self::DoneBeforeWindow => "done_before_window",
            Self::LateReport => "late_report",
        }
    }
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Something that an auditor should see.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding {
    /// The kind.
    pub code: FindingCode,
    /// Where: a target, unit and period, or an indicator, unit and period.
    pub place: String,
    /// The one side of what does not fit: a target, or a number.
    pub left: Arc<str>,
    /// The other side.
    pub right: Arc<str>,
}

impl Finding {
    /// The finding in one sentence.
    #[must_use]
    pub fn detail(&self, language: Language) -> String {
        let (left, right) = (&self.left, &self.right);
        match (language, self.code) {
            (Language::Vietnamese, FindingCode::ConflictingTargets) => format!("mâu thuẫn với mục tiêu {right}"),
            (_, FindingCode::ConflictingTargets) => format!("contradicts target {right}"),
            (Language::Vietnamese, FindingCode::Unattainable) => {
                format!("không giá trị nào có thể đạt ngưỡng {left}; giới hạn tự nhiên {right}")
            }
            (_, FindingCode::Unattainable) => format!("no value there can be meets {left}; natural bounds {right}"),
            (Language::Vietnamese, FindingCode::WithinMismatch) => {
                format!("mẫu số là {left} nhưng tử số của chỉ tiêu bao trùm là {right}")
            }
            (_, FindingCode::WithinMismatch) => format!("the whole is {left}, but the part it lies within is {right}"),
            (Language::Vietnamese, FindingCode::CoarseFineMismatch) => {
                format!("số liệu cả kỳ là {left} nhưng cộng các kỳ con là {right}")
            }
            (_, FindingCode::CoarseFineMismatch) => format!("the whole period says {left}, its parts together {right}"),
            (Language::Vietnamese, FindingCode::ParentChildrenMismatch) => {
                format!("số liệu của đơn vị là {left} nhưng cộng các đơn vị trực thuộc là {right}")
            }
            (_, FindingCode::ParentChildrenMismatch) => format!("the unit says {left}, the units below together {right}"),
            (Language::Vietnamese, FindingCode::OutlookExceeded) => format!("đã báo cáo {left}, vượt dự kiến {right}"),
            (_, FindingCode::OutlookExceeded) => format!("{left} are reported, more than the {right} expected"),
            (Language::Vietnamese, FindingCode::DoneBeforeWindow) => {
                format!("hoàn thành ngày {left}, trước khi bắt đầu kỳ {right}")
            }
            (_, FindingCode::DoneBeforeWindow) => format!("done on {left}, before the window begins on {right}"),
            (Language::Vietnamese, FindingCode::LateReport) => {
                format!("số liệu mới đến ngày {left}; chưa có báo cáo đã đến hạn: {right}")
            }
            (_, FindingCode::LateReport) => format!("the figure stands at {left}; due and not reported: {right}"),
        }
    }
}
