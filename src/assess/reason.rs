//! Why a number is not there, or what decided a verdict: a closed list.

use std::fmt;

use crate::number::Ratio;
use crate::plan::Language;

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $code:literal $vietnamese:literal $english:literal;)*) => {
        /// Why something can not be computed, or what decided.
        ///
        /// The list is closed: a number that can not be computed carries one of these, never NaN, infinity, 0 or nothing.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Reason { $($(#[$doc])* $name,)* }

        impl Reason {
            /// Every reason, in the order in which an assessment lists them.
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

reasons! {
    /// The whole is 0.
    ZeroWhole "zero_whole" "mẫu số bằng 0" "the whole is 0";
    /// The period is open and its whole is 0 so far.
    NoCasesYet "no_cases_yet" "chưa phát sinh" "no cases yet";
    /// A bare percentage among several figures: without counts it can not be combined.
    BareShare "bare_share" "chỉ có tỷ lệ, không có số đếm nên không cộng được" "a bare percentage can not be combined";
    /// There is no baseline.
    NoBaseline "no_baseline" "không có số liệu gốc" "no baseline";
    /// There is no threshold.
    NoThreshold "no_threshold" "không có ngưỡng" "no threshold";
    /// The target equals the baseline.
    TargetEqualsBaseline "target_equals_baseline" "mục tiêu bằng số liệu gốc" "the target equals the baseline";
    /// The baseline meets the target already.
    BaselineMeetsTarget "baseline_meets_target" "số liệu gốc đã đạt mục tiêu" "the baseline meets the target already";
    /// The requirement has no single direction of better.
    NoSingleDirection "no_single_direction" "yêu cầu không có một chiều tốt lên" "the requirement has no single direction";
    /// A value below 0 has no ratio to a target.
    NegativeValue "negative_value" "giá trị âm" "a negative value";
    /// A target of 0 has no ratio.
    ZeroTarget "zero_target" "mục tiêu bằng 0" "the target is 0";
    /// An actual of 0 has no ratio.
    ZeroActual "zero_actual" "thực hiện bằng 0" "the actual is 0";
    /// The requirement is not one that a ratio says anything about.
    NotARatio "not_a_ratio" "yêu cầu không có tỷ số" "the requirement has no ratio";
    /// The figures are not counts of cases.
    NotCountable "not_countable" "không đếm được theo vụ việc" "not countable";
    /// The whole of the period is not known in advance.
    NoOutlook "no_outlook" "không có dự kiến tổng số" "no outlook";
    /// More is reported than was expected.
    OutlookExceeded "outlook_exceeded" "đã vượt tổng số dự kiến" "the outlook is exceeded";
    /// Nothing remains.
    NoRemaining "no_remaining" "không còn lại gì" "nothing remains";
    /// No number of successes is enough.
    Never "never" "không bao giờ" "never";
    /// No progress was planned yet.
    NoPlannedProgress "no_planned_progress" "chưa đến kỳ phải có tiến độ" "no progress is planned yet";
    /// One fact alone is both actual and baseline.
    SingleFact "single_fact" "chỉ có một số liệu" "a single fact";
    /// A recurring target has no path.
    Recurring "recurring" "mục tiêu lặp lại theo kỳ" "a recurring target";
    /// The period is not complete.
    PeriodIncomplete "period_incomplete" "kỳ chưa đủ số liệu" "the period is incomplete";
    /// The actual lies beyond the target.
    BeyondTarget "beyond_target" "đã vượt mục tiêu" "beyond the target";
    /// No single day belongs to the value.
    NoUniqueDay "no_unique_day" "không có một ngày duy nhất" "no unique day";
    /// Nothing moves.
    NotMoving "not_moving" "không thay đổi" "not moving";
    /// No time is left.
    NoTimeLeft "no_time_left" "hết thời gian" "no time is left";
    /// The judged period has not begun; the figure is that of an earlier year.
    EarlierPeriod "earlier_period" "số liệu của năm trước kỳ đánh giá" "the figure of an earlier year";
    /// No report is due yet.
    NothingDueYet "nothing_due_yet" "chưa đến hạn báo cáo" "nothing is due yet";
    /// A report is overdue.
    ReportOverdue "report_overdue" "báo cáo quá hạn" "the report is overdue";
    /// The target has no date.
    Undated "undated" "không có thời hạn" "the target has no date";
    /// Too few points.
    TooFewPoints "too_few_points" "quá ít điểm số liệu" "too few points";
    /// A constant series.
    ConstantSeries "constant_series" "dãy số không đổi" "a constant series";
    /// Equal dates.
    EqualDates "equal_dates" "trùng ngày" "equal dates";
    /// A value that is not positive.
    NonPositive "non_positive" "giá trị không dương" "a value that is not positive";
    /// A value at its bound.
    AtBound "at_bound" "giá trị ở biên" "a value at its bound";
    /// No population is given.
    NoPopulation "no_population" "không cho biết quy mô tổng thể" "the population is not given";
    /// Points that are not even steps apart.
    UnevenSteps "uneven_steps" "các bước thời gian không đều" "uneven steps of time";
    /// Beyond what the method can compute.
    OutOfRange "out_of_range" "ngoài phạm vi tính được" "out of range";
    /// What is reported decides it already.
    Decided "decided" "kết quả đã ngã ngũ" "decided already by what is reported";
    /// The figure is older than the baseline.
    BeforeBaseline "before_baseline" "có trước số liệu gốc" "a figure from before the baseline";
    /// The verdict was decided by rounding before comparing.
    DecidedByRounding "decided_by_rounding" "quyết định bởi làm tròn" "decided by rounding";
    /// The requirement holds only thanks to the tolerance.
    WithinTolerance "within_tolerance" "trong dung sai" "within the tolerance";
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What was computed, or why it could not be.
pub type Computed<T> = Result<T, Reason>;

/// An exact number, or why there is none.
pub type Quantity = Computed<Ratio>;
