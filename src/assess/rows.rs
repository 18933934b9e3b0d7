//! The status table as a list of rows: which one applies first, and why none above it does.

use super::reason::Reason;
use super::status::{Ruling, Status};
use crate::plan::Language;

macro_rules! why_not {
    ($($(#[$doc:meta])* $name:ident $code:literal $vietnamese:literal $english:literal;)*) => {
        /// Why a row of the status table does not apply: a closed list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum WhyNot { $($(#[$doc])* $name,)* }

        impl WhyNot {
            /// Every reason, in the order of the rows that first give them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word that documents use.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// In words.
            #[must_use]
            pub fn in_words(self, language: Language) -> &'static str {
                match language {
                    Language::Vietnamese => match self { $(Self::$name => $vietnamese),* },
                    Language::English => match self { $(Self::$name => $english),* },
                }
            }
        }
    };
}

why_not! {
    /// The window has not begun.
    NotBegun "before_the_window" "chưa đến kỳ thực hiện" "the window has not begun";
    /// Nothing says for the whole period that the target does not apply.
    Applies "applies" "không có báo cáo nào nói chỉ tiêu không áp dụng cho cả kỳ" "no report says for the whole period that it does not apply";
    /// The figure is that of a year before the judged period.
    EarlierPeriod "earlier_period" "số liệu là của năm trước kỳ đánh giá" "the figure is that of an earlier year";
    /// The window has begun.
    Begun "window_begun" "kỳ thực hiện đã bắt đầu" "the window has begun";
    /// The window is open.
    StillOpen "window_open" "chưa hết thời hạn" "the window is still open";
    /// Not every day of the closed period is reported.
    NotFullyReported "not_fully_reported" "chưa báo cáo đủ cả kỳ" "not every day of the period is reported";
    /// There is no value to compare.
    NoValue "no_value" "không có giá trị để so sánh" "there is no value to compare";
    /// There is no threshold to compare with.
    NoThreshold "no_threshold" "không có ngưỡng để so sánh" "there is no threshold to compare with";
    /// It is not done, or not so many are.
    NotDone "not_done" "chưa hoàn thành" "it is not done";
    /// The units that are certain decide neither way.
    UnitsUndecided "units_undecided" "số đơn vị đã rõ kết quả chưa đủ để kết luận" "the units that are certain decide neither way";
    /// Something usable is reported.
    Reported "something_reported" "đã có số liệu" "something is reported";
    /// No report is due yet.
    NothingDue "no_report_due" "chưa đến hạn báo cáo" "no report is due yet";
    /// What is still to come is not known, or decides nothing for this kind of figure.
    EndUnknown "end_not_known" "phần còn lại của kỳ vẫn có thể làm thay đổi kết quả" "what is still to come may turn it either way";
    /// By the plan's way of comparing the requirement holds today.
    HoldsToday "holds_today" "hiện đang đạt yêu cầu" "the requirement holds today";
    /// It can still be met.
    StillPossible "can_still_be_met" "vẫn còn khả năng đạt" "it can still be met";
    /// It can still be missed.
    StillInDoubt "can_still_be_missed" "vẫn có thể không đạt" "it can still be missed";
    /// The requirement does not hold today.
    DoesNotHold "does_not_hold" "hiện chưa đạt yêu cầu" "the requirement does not hold today";
    /// A sum of an unfinished period against an upper limit, which any sum holds at first.
    UnfinishedSum "unfinished_sum" "tổng của kỳ chưa hết nên thấp hơn mức trần chưa nói lên điều gì" "a sum of an unfinished period says nothing against an upper limit";
    /// A unit below says nothing, and what it has could turn the sum of all.
    SilentUnit "silent_unit" "còn đơn vị chưa có số liệu nên tổng hiện có chưa nói lên điều gì" "a unit says nothing, and what it has may turn the sum";
    /// There is no pace to go by.
    NoPace "no_pace" "không có tiến độ để so sánh" "there is no pace to go by";
    /// The row is not for things that are done or not.
    NotForDeliverables "not_for_deliverables" "không xét với việc chỉ có xong hay chưa xong" "not asked of a thing that is done or not";
    /// The target has no date.
    Undated "undated" "mục tiêu không có thời hạn" "the target has no date";
}

/// Why each row above the one that applies does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowsAbove([Option<WhyNot>; 9]);

impl RowsAbove {
    /// The rows by their numbers, from the first on.
    pub fn iter(&self) -> impl Iterator<Item = (u8, WhyNot)> {
        (1..).zip(self.0).map_while(|(row, because)| because.map(|because| (row, because)))
    }
}

/// What a row says where it applies.
#[derive(Debug)]
pub(crate) struct Fired {
    status: Status,
    reasons: Vec<Reason>,
}

/// A row that applies, with the reasons that decided.
pub(crate) fn fired(status: Status, reasons: impl IntoIterator<Item = Reason>) -> Result<Fired, WhyNot> {
    Ok(Fired { status, reasons: reasons.into_iter().collect() })
}

/// A row of the table: what it says of a situation, or why it does not apply.
pub(crate) type Row<S> = fn(&S) -> Result<Fired, WhyNot>;

/// The first of the ten rows that applies; the last one always does.
pub(crate) fn first_row<S>(situation: &S, rows: [Row<S>; 10]) -> Ruling {
    let mut above = RowsAbove::default();
    for (row, ask) in (1..).zip(rows) {
        match ask(situation) {
            Ok(Fired { status, reasons }) => return Ruling { above, ..Ruling::new(status, row, reasons) },
            Err(because) => {
                if let Some(place) = usize::from(row).checked_sub(1).and_then(|place| above.0.get_mut(place)) {
                    *place = Some(because);
                }
            }
        }
    }
    Ruling { above, ..Ruling::new(Status::InProgress, 10, None) }
}
