//! Everything that is said, in both languages, in one place.

use crate::assess::{FindingCode, Group};
use crate::plan::Language;

macro_rules! words {
    ($($name:ident $vietnamese:literal $english:literal;)*) => {
        /// A word or sentence; `{0}`, `{1}` are filled in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[cfg_attr(
            not(all(feature = "junit", feature = "sarif")),
            allow(dead_code, reason = "some words are those of the formats that are left out")
        )]
        pub(super) enum Word { $($name,)* }

        impl Word {
            /// The word in a language.
            pub(super) fn text(self, language: Language) -> &'static str {
                match language {
                    Language::Vietnamese => match self { $(Self::$name => $vietnamese),* },
                    Language::English => match self { $(Self::$name => $english),* },
                }
            }
        }
    };
}

words! {
    // Head and headings.
    Scorecard "Kết quả thực hiện {0}" "Scorecard of {0}";
    Document "Văn bản: {0}" "Document: {0}";
    AsOf "Số liệu đến hết ngày {0}" "As of the end of {0}";
    KnownOn "Theo các báo cáo có đến hết ngày {0}" "As known at the end of {0}";
    Counted "Số đánh giá: {0}, của {1} mục tiêu" "Assessments: {0}, of targets: {1}";
    BySection "Tổng hợp theo mục" "Summary by section";
    ByUnit "Tổng hợp theo đơn vị" "Summary by unit";
    NotAssessed "Chưa kết luận được, và vì sao" "What could not be assessed, and why";
    InSection "Mục {0}" "Section {0}";
    NoSection "Không dẫn mục" "No section cited";
    Findings "Mâu thuẫn và phát hiện" "Conflicts and findings";
    Remarks "Nội dung không tính được" "What the plan says and nothing can compute";
    NotInForce "Mục tiêu không có hiệu lực" "Targets not in force";

    // Heads of columns.
    Section "Mục" "Section";
    Unit "Đơn vị" "Unit";
    Total "Tổng" "Total";
    Detail "Chi tiết" "Detail";
    Status "Kết luận" "Status";
    Why "Lý do" "Why";
    Which "Mục tiêu (kỳ)" "Targets (periods)";
    Row "Dòng" "Row";
    Target "Mục tiêu" "Target";
    Period "Kỳ" "Period";
    Actual "Thực hiện" "Actual";
    Requirement "Yêu cầu" "Requirement";
    Gap "Chênh lệch" "Gap";
    CitationAndNotes "Căn cứ và ghi chú" "Citation and notes";
    Finding "Phát hiện" "Finding";
    Place "Ở đâu" "Where";
    Citation "Căn cứ" "Citation";
    Validity "Hiệu lực" "In force";
    All "Toàn bộ" "All";

    // Groups.
    Good "Tốt" "Good";
    Warning "Cảnh báo" "Warning";
    Bad "Xấu" "Bad";
    NoVerdict "Chưa kết luận" "No verdict";

    // Why there is no verdict, where no reason of the closed list says it.
    WhyNoData "đã đến hạn báo cáo" "a report is due";
    WhyAwaiting "kỳ đã kết thúc, chưa đủ số liệu" "the period is over and not fully reported";
    WhyInProgress "chưa hết thời hạn" "its time is not over";
    WhyNotStarted "chưa đến kỳ thực hiện" "before its window";
    WhyNotApplicable "báo cáo là không áp dụng" "reported as not applicable";

    // Requirements.
    Between "từ {0} đến {1}" "{0} to {1}";
    AtMostWhole "→ tối đa {0}" "→ at most {0}";
    AtLeastWhole "→ ít nhất {0}" "→ at least {0}";
    ReduceBy "giảm {0}" "down by {0}";
    IncreaseBy "tăng {0}" "up by {0}";
    Improve "cải thiện so với {0}" "improve on {0}";
    ImproveUnknown "cải thiện so với số liệu gốc" "improve on the baseline";
    Range "khoảng" "between";
    BetterThan "tốt hơn" "better than";
    DoneBy "hoàn thành chậm nhất {0}" "done by {0}";
    DoneUndated "hoàn thành, không có thời hạn" "done, no date";
    ManyDoneBy "hoàn thành {0}, chậm nhất {1}" "done {0} by {1}";
    ManyDoneUndated "hoàn thành {0}, không có thời hạn" "done {0}, no date";
    SoManyUnits "ít nhất {0}: {1}" "at least {0}: {1}";

    // Actuals.
    Done "xong {0}" "done {0}";
    NoFigure "không có số liệu" "no data";
    NotDone "chưa xong" "not done";
    Weighted "có trọng số" "weighted";
    NotDue "{0} chưa đến hạn" "{0} not due";
    Until "đến {0}" "to {0}";
    OnlyUntil "mới có số liệu đến {0}" "reported only to {0}";
    FigureOf "số của {0}" "figure of {0}";
    Provisional "tạm tính" "provisional";
    UnitsOf "{0}/{1} đơn vị" "{0}/{1} units";

    // Gaps.
    Short "thiếu {0}" "{0} short";
    Over "vượt {0}" "{0} over";
    Above "cao hơn {0}" "{0} above";
    Below "thấp hơn {0}" "{0} below";
    AtThreshold "bằng ngưỡng" "at the threshold";
    Inside "trong khoảng" "within the range";
    Late "trễ {0}" "{0} late";

    // Notes.
    LineOf "dòng {0}" "line {0}";
    SectionOf "mục {0}" "section {0}";
    HashOf "mã băm {0}" "hash {0}";
    CitationOf "Căn cứ: {0}" "Citation: {0}";
    NoCitation "không dẫn" "none given";
    Assumed "Cách đọc: {0}" "Read as: {0}";
    Aspiration "Phấn đấu, không bắt buộc" "An aspiration, not binding";
    Tolerance "Dung sai {0}" "Tolerance {0}";
    Rounded "Làm tròn trước khi so sánh, số chữ số thập phân: {0}" "Rounded before comparing, decimal places: {0}";
    Excludes "Không tính: {0}" "Leaves out: {0}";
    DependsOn "Tính trong phạm vi của: {0}" "Counted within: {0}";
    Coverage "Đã báo cáo {0}/{1}" "Reported {0} of {1}";
    CoverageMissing "Đã báo cáo {0}/{1}, thiếu {2}" "Reported {0} of {1}, missing {2}";
    Missing "thiếu {0}" "missing {0}";
    NotApplicableIn "Không áp dụng: {0}" "Not applicable: {0}";
    BaselineOn "Số liệu gốc {0} ({1})" "Baseline {0} ({1})";
    Progress "Số liệu gốc {0} ({1}), mức độ hoàn thành {2}" "Baseline {0} ({1}), {2} of the way done";
    NeededOfRemaining "Cần đạt {0} trong {1} còn lại ({2})" "{0} of the {1} to come have to succeed ({2})";
    NeededOutside "Phải giữ {0} trong {1} còn lại ở ngoài ({2})" "{0} of the {1} to come have to stay out ({2})";
    NeededTooMany "Còn cần {0} nhưng chỉ còn {1}" "{0} more needed, only {1} to come";
    InARow "Cần thêm {0} đạt liên tiếp" "{0} in a row would have to succeed";
    Allowance "Còn chịu được {0} không đạt" "{0} may still fail";
    NoAllowance "Không còn được phép trường hợp nào không đạt" "Not one more case may fail";
    RemainderEach "Còn {0}, mỗi kỳ còn lại {1}: {2}" "{0} to go, {1} in each period to come: {2}";
    RoomEach "Còn được phép {0}, mỗi kỳ còn lại {1}: {2}" "{0} of room, {1} in each period to come: {2}";
    RemainderByPhases "Còn {0}, theo các giai đoạn của kế hoạch: {1}" "{0} to go, by the phases of the plan: {1}";
    RoomByPhases "Còn được phép {0}, theo các giai đoạn của kế hoạch: {1}" "{0} of room, by the phases of the plan: {1}";
    RemainderOnly "Còn {0}" "{0} to go";
    RoomOnly "Còn được phép {0}" "{0} of room";
    Average "Bình quân phần còn lại phải là {0}" "The rest has to average {0}";
    NoRestIsEnough "Phần còn lại dù thế nào cũng không đủ" "Whatever the rest is, it is not enough";
    AnyRestIsEnough "Phần còn lại dù thế nào cũng đủ" "Whatever the rest is, it is enough";
    LostSince "Không còn khả năng đạt từ {0}" "Lost since {0}";
    UnitStanding "{0}: {1}, {2}" "{0}: {1}, {2}";
    Held "Số liệu gốc đã đạt mục tiêu: phải giữ {0} trong suốt thời gian" "The baseline meets the target already: {0} has to hold throughout";
    ToReach "Theo lộ trình, đến {0} phải đạt {1}" "On the path, {1} had to be reached by {0}";
    ToStayBelow "Theo lộ trình, đến {0} chỉ được tối đa {1}" "On the path, by {0} it had to be at most {1}";
    ProRata "tính theo phần kỳ đã có số liệu" "for the part of the period reported";
    Ahead "đang sớm {0}" "{0} ahead";
    OnTheDay "đúng ngày" "on the day";
    Behind "đang chậm {0}" "{0} behind";
    Pace "tiến độ {0} (mốc {1} và {2})" "pace {0} (bands {1} and {2})";
    HasRisen "Đã tăng {0} mỗi năm" "Has risen by {0} a year";
    HasFallen "Đã giảm {0} mỗi năm" "Has fallen by {0} a year";
    HasNotMoved "Chưa thay đổi" "Has not moved";
    HasToRise "từ nay cần tăng {0} mỗi năm" "has to rise by {0} a year from now on";
    HasToFall "từ nay cần giảm {0} mỗi năm" "has to fall by {0} a year from now on";
    Since "So với {0}: {1}" "Since {0}: {1}";
    SincePrevious "So với kỳ trước ({0}): {1}" "Since {0}: {1}";
    SinceYearBefore "So với cùng kỳ năm trước ({0}): {1}" "Since {0}: {1}";
    AndSinceYearBefore "{0}; so với cùng kỳ năm trước ({1}): {2}" "{0}; since {1}: {2}";
    Unchanged "không đổi" "unchanged";
    From "từ {0}" "from {0}";
    To "đến {0}" "to {0}";
    ReplacedBy "thay bằng {0}" "replaced by {0}";
    Nothing "Không có đánh giá nào." "There are no assessments.";

    // Checks.
    Formula "Cách tính" "Formula";
    Path "Tiến độ" "Path";
    Reports "Báo cáo" "Reports";
    Strength "Mức độ" "Strength";
    Reading "Cách đọc" "Read as";
    AsOfWhen "Thời điểm" "As of";
    Waiver "Miễn trừ" "Waiver";
    AsOfAndKnownOn "hết ngày {0}, theo các báo cáo có đến hết ngày {1}" "the end of {0}, as known at the end of {1}";
    PartOverWhole "số đạt / tổng số" "part / whole";
    NumeratorOfDenominator "tử số / mẫu số" "numerator / denominator";
    TotalOfWeight "tổng cộng / số lượng" "total / weight";
    PositiveOverValid "phiếu tích cực / phiếu hợp lệ" "positive / valid";
    InTimeOfDue "đúng hạn / (đúng hạn + trễ hạn + quá hạn chưa xong)" "in time / (in time + late + overdue)";
    FromBaseline "từ số liệu gốc ({0}): {1}" "from the baseline ({0}): {1}";
    LacksReports "báo cáo đã đến hạn mà chưa có: {0}" "reports due and missing: {0}";
    Comparison "So sánh" "Compared";
    UnitsThatHold "số đơn vị đạt" "units that hold";
    SumOfWeighted "bình quân có trọng số" "weighted average";
    SumOfFigures "tổng các kỳ và đơn vị" "sum of what was reported";
    ByWhenNoCases "không phát sinh trường hợp nào: kết luận theo quy định của kế hoạch (when_no_cases = {0})" "there were no cases: so by the plan's when_no_cases = {0}";
    NothingChecked "không có trường hợp nào để kiểm tra tại ngày {0}" "there is nothing to check on {0}";
    SeverityRule "Mức nghiêm khắc đặt cho mục tiêu mà kế hoạch không có" "A severity of a target that the plan does not have";
    SeverityOfNoTarget "Mức nghiêm khắc đặt cho mục tiêu mà kế hoạch không có: {0}" "A severity of a target that the plan does not have: {0}";
    WaivedUntil "được miễn đến hết ngày {0}; {1}: {2}" "waived until {0}; {1}: {2}";
    WaiverExpired "việc miễn đã hết hạn ngày {0}; {1}: {2}" "expired, it would have been waived until {0}; {1}: {2}";
    WaivesWhatIsNotAssessed "Miễn trừ không có tác dụng, nội dung không được đánh giá: {0} (đến {1}, {2})" "A waiver of what is not assessed: {0} (until {1}, {2})";
    WaivesWhatDoesNotFail "Miễn trừ không có tác dụng, không có gì không đạt: {0} (đến {1}, {2})" "A waiver of what does not fail: {0} (until {1}, {2})";
    WaiverOverAnotherCounts "Miễn trừ đã hết hạn, một miễn trừ khác đang được áp dụng: {0} (đến {1}, {2})" "A waiver that is over while another one counts: {0} (until {1}, {2})";
    IdleWaiver "Miễn trừ không có tác dụng" "A waiver that waives nothing";
    NoSuchTarget "kế hoạch không có mục tiêu '{0}'" "the plan has no target '{0}'";
    NotChecked "không có gì để kiểm tra về mục tiêu '{0}' tại ngày {1}" "there is nothing to check of target '{0}' on {1}";

    // Forecasts.
    ForecastsDecideNothing "Dự báo không quyết định kết luận." "Forecasts decide no status.";
    CarriedOn "Nếu tiếp tục như đến nay ({0}): {1} vào {2}" "Carried on as so far ({0}): {1} on {2}";
    ByLeastSquares "bình phương nhỏ nhất" "least squares";
    ByMedianSlope "trung vị các độ dốc" "median of the slopes";
    ByConstantGrowth "tốc độ tăng không đổi" "constant growth";
    ByLastValue "giữ số liệu cuối" "the last figure kept";
    ByDrift "từ số liệu đầu đến số liệu cuối" "from the first figure to the last";
    ByHolt "san bằng Holt" "Holt's smoothing";
    ByDampedHolt "san bằng Holt, xu hướng yếu dần" "Holt's smoothing, the trend fading";
    Chosen "chọn theo sai số đến nay" "chosen by its errors so far";
    KeptWithin "giữ trong giới hạn" "kept within its limits";
    Figures "{0} số liệu" "{0} figures";
    MostThereCanBe "{0} (mức cao nhất có thể)" "{0} (the most there can be)";
    LeastThereCanBe "{0} (mức thấp nhất có thể)" "{0} (the least there can be)";
    OfPartAlone "chỉ tính riêng {0}" "of {0} alone";
    NotBelowReported "không thấp hơn mức đã báo cáo {0}" "not below the {0} reported already";
    ForecastInterval "khoảng dự báo {0}: {1}" "{0} interval {1}";
    Probability "xác suất đạt {0}" "probability of meeting the target {0}";
    ReachedOn "đạt mục tiêu vào {0}" "meets the target on {0}";
    ReachedLate "đến {0} mới đạt mục tiêu" "meets the target only on {0}";
    TooFewForTrend "quá ít số liệu để nhận ra xu hướng" "too few figures to tell a trend";
    NoTrend "chưa thấy xu hướng rõ rệt" "no clear trend";

    // Surveys.
    SurveyInterval "Khoảng tin cậy {0} ({1}): {2}" "{0} interval ({1}): {2}";
    CorrectedForPopulation "{0}, hiệu chỉnh theo tổng thể" "{0}, corrected for the population";
    ExactForPopulation "chính xác theo tổng thể" "exact for the population";
    SurelyMet "mọi giá trị trong khoảng đều đạt yêu cầu" "all of it meets the requirement";
    SurelyMissed "không giá trị nào trong khoảng đạt yêu cầu" "none of it meets the requirement";
    NotCertain "chưa chắc chắn" "not certain";
    NotCertainYet "chưa chắc chắn, cần {0} phiếu hợp lệ" "not certain, {0} valid answers would settle it";
    NoInterval "Không có khoảng tin cậy: {0}" "No interval: {0}";
    WeightedShares "tỷ lệ chung được tính có quyền số theo tổng thể của từng đơn vị" "the share is weighted by the populations of the units";
    SinceSurvey "So với khảo sát gốc: {0} (khoảng tin cậy: {1}), {2}" "Since the baseline's survey: {0} (interval {1}), {2}";
    BeyondNoise "vượt quá sai số mẫu" "beyond the sampling error";
    WithinNoise "trong phạm vi sai số mẫu" "within the sampling error";

    // What changed.
    WhatChanged "{0}: những thay đổi" "{0}: what changed";
    ChangesCounted "{0} đánh giá thay đổi: {1} tốt lên, {2} xấu đi, {3} đổi kết luận khác, {4} chỉ đổi số liệu; {5} không thay đổi" "{0} changed: {1} better, {2} worse, {3} to another status, {4} in numbers only; {5} unchanged";
    ComparedDays "So sánh: từ {0} đến {1}" "Compared: {0} with {1}";
    DayAsKnown "{0} (theo báo cáo có đến hết ngày {1})" "{0} (as known at the end of {1})";
    Better "tốt lên" "better";
    Worse "xấu đi" "worse";
    NotAssessedAtAll "không đánh giá" "not assessed";
    ExpectedOnPath "Mức cần đạt theo lộ trình" "Expected on the path";
    WhyTurned "Vì sao đổi kết luận" "Why the status is another";
    WhyNumbers "Vì sao đổi số liệu" "Why the numbers are others";
    FactReported "Có số liệu {0}: {1}{2}; trước đó chưa có" "{0} reported: {1}{2}; before: not reported";
    FactRevised "Số liệu {0} được điều chỉnh: {1}{2}; trước đó: {3}{4}" "{0} revised: {1}{2}; before: {3}{4}";
    FactGone "Không còn tính số liệu {0}; trước đó: {1}{2}" "{0} counts no longer; before: {1}{2}";
    RecordedOn "ghi nhận ngày {0}" "recorded {0}";
    SourceIs "nguồn: {0}" "source: {0}";
    ReportedMissing "báo là không có số liệu" "reported as missing";
    Estimated "ước tính" "estimated";
    ExpectedInAll "dự kiến tổng số {0}" "{0} expected in all";
    PartOfWhole "{0} trên tổng số {1}" "{0} of {1}";
    OneOverOther "{0} trên {1}" "{0} over {1}";
    TotalAndWeight "tổng {0}, trọng số {1}" "total {0}, weight {1}";
    PositiveOfValid "{0} phiếu thuận trên {1} phiếu hợp lệ" "{0} positive of {1} valid answers";
    CasesByTime "{0} đúng hạn, {1} trễ hạn, {2} đang quá hạn, {3} chưa đến hạn" "{0} on time, {1} late, {2} overdue, {3} not due";
    EntryNew "Kế hoạch bổ sung {0}" "New in the plan: {0}";
    EntryGone "Kế hoạch không còn {0}" "No longer in the plan: {0}";
    FieldChanged "Kế hoạch thay đổi ({0}), {1}: {2}; trước đó: {3}" "The plan changed ({0}), {1}: {2}; before: {3}";
    ByDefault "{0} (mặc định)" "{0} (by default)";
    OnTrackFrom "đúng tiến độ từ {0}" "on track from {0}";
    AtRiskFrom "có nguy cơ từ {0}" "at risk from {0}";
    AtLeastUnits "ít nhất {0} đơn vị" "at least {0} of the units";
    UnitsAre "các đơn vị: {0}" "the units: {0}";
    EachUnit "từng đơn vị" "each unit";
    AllUnitsTogether "các đơn vị tính chung" "all units together";
    SaysNothing "không nêu" "nothing said";
    WholePlan "quy định chung" "general rules";
    TheUnit "đơn vị {0}" "unit {0}";
    TheIndicator "chỉ tiêu {0}" "indicator {0}";
    TheTarget "mục tiêu {0}" "target {0}";
    DayMoved "Thời điểm đánh giá chuyển từ {0} sang {1}" "As of {1} instead of {0}";
    WindowOpened "{0} bắt đầu thời gian thực hiện" "its time began on {0}";
    PeriodBegan "{0} bắt đầu kỳ {1}" "the period {1} began on {0}";
    WindowClosed "{0} hết thời hạn" "its time ended on {0}";
    ReportBecameDue "{0} đến hạn báo cáo {1}" "the report of {1} was due on {0}";
    CameIntoForce "mục tiêu {1} có hiệu lực từ {0}" "target {1} in force from {0}";
    WentOutOfForce "mục tiêu {1} hết hiệu lực từ {0}" "target {1} no longer in force from {0}";
    FieldRequirement "yêu cầu" "requirement";
    FieldInForce "hiệu lực" "in force";
    FieldWindow "thời hạn" "its time";
    FieldPath "lộ trình" "path";
    FieldScope "phạm vi" "who is bound";
    FieldBaseline "số gốc" "baseline";
    FieldTolerance "dung sai" "tolerance";
    FieldOutlook "tổng số dự kiến" "outlook";
    FieldSupersedes "thay thế mục tiêu" "replaces";
    FieldPaceBands "mốc đánh giá tiến độ" "pace bands";
    FieldRounding "làm tròn khi so sánh" "rounding before comparing";
    FieldParent "đơn vị cấp trên" "unit above";
    FieldWeights "trọng số" "weights";
    FieldReported "kỳ báo cáo" "reported every";
    FieldReportDue "thời hạn báo cáo (ngày)" "days until a report is due";

    // Margins.
    MarginsOf "{0}: khoảng cách đến khi đổi kết luận" "{0}: how little would turn each verdict";
    MarginsCounted "{0} kết luận; một số liệu đơn lẻ có thể làm đổi {1} kết luận" "{0} verdicts, of which a single fact can turn {1}";
    LeastChanges "Thay đổi nhỏ nhất làm đổi kết luận" "The least change that would turn it";
    AsItIs "Hiện trạng" "As it is";
    LeastChange "Thay đổi nhỏ nhất" "Least change";
    NothingTurns "Không thay đổi nào được xét ở một số liệu đơn lẻ làm đổi được kết luận" "None of the changes tried in a single fact turns it";
    AndItIs "{0} (số liệu {1}) thì kết luận là {2}" "{0} in {1} and it is {2}";
    MoreLate "thêm {0} {1} trễ hạn" "{0} more late {1}";
    FewerLate "bớt {0} {1} trễ hạn" "{0} fewer late {1}";
    MoreOverdue "thêm {0} {1} quá hạn" "{0} more overdue {1}";
    FewerOverdue "bớt {0} {1} quá hạn" "{0} fewer overdue {1}";
    MoreInTime "thêm {0} {1} đúng hạn" "{0} more {1} on time";
    FewerInTime "bớt {0} {1} đúng hạn" "{0} fewer {1} on time";
    InTimeToLate "{0} {1} đúng hạn thành trễ hạn" "{0} {1} late instead of on time";
    LateToInTime "{0} {1} trễ hạn thành đúng hạn" "{0} {1} on time instead of late";
    MorePart "thêm {0} {1} đạt trong cùng tổng số" "{0} more successful {1} of the same whole";
    FewerPart "bớt {0} {1} đạt trong cùng tổng số" "{0} fewer successful {1} of the same whole";
    MoreWhole "thêm {0} {1} không đạt" "{0} more unsuccessful {1}";
    FewerWhole "bớt {0} {1} không đạt" "{0} fewer unsuccessful {1}";
    MoreBoth "thêm {0} {1} đạt vào tổng số" "{0} more {1} that succeed";
    FewerBoth "bớt {0} {1} đạt khỏi tổng số" "{0} fewer {1} that succeed";
    MorePositive "thêm {0} {1} thuận trong cùng số phiếu" "{0} more positive {1} of the same valid ones";
    FewerPositive "bớt {0} {1} thuận trong cùng số phiếu" "{0} fewer positive {1} of the same valid ones";
    MoreValid "thêm {0} {1} không thuận" "{0} more {1} that are not positive";
    FewerValid "bớt {0} {1} không thuận" "{0} fewer {1} that are not positive";
    MoreAnswers "thêm {0} {1} thuận" "{0} more positive {1}";
    FewerAnswers "bớt {0} {1} thuận" "{0} fewer positive {1}";
    DoneLater "hoàn thành muộn hơn {0}" "done {0} later";
    DoneEarlier "hoàn thành sớm hơn {0}" "done {0} earlier";
    SoMuchMore "tăng {0}" "{0} more";
    SoMuchLess "giảm {0}" "{0} less";
    BeyondMore "tăng hơn {0}" "over {0} more";
    BeyondLess "giảm hơn {0}" "over {0} less";
    AnyMore "tăng thêm dù rất ít" "any more, however little";
    AnyLess "giảm đi dù rất ít" "any less, however little";
    OfColumn "{0} {1}" "{0}: {1}";
    TheNumerator "tử số" "numerator";
    TheDenominator "mẫu số" "denominator";
    TheTotal "tổng" "total";
    TheWeight "trọng số" "weight";

    // Contributions.
    ContributionsTo "Phần của từng đơn vị: {0}" "What each unit carries: {0}";
    NoContributions "Số liệu của mục tiêu này không được tổng hợp từ các đơn vị trực thuộc." "No figure of this target is made of the figures of units below.";
    RoundedToAddUp "Các số được làm tròn sao cho cộng lại đúng bằng tổng." "Numbers are rounded so that they add up to the total as shown.";
    HeldAgainstOwnWhole "Mỗi đơn vị được so với ngưỡng tính trên tổng số của mình." "Each unit is held against the threshold of its own whole.";
    HeldAgainstOwnBaseline "Mỗi đơn vị được so với phần của ngưỡng theo số liệu gốc của mình." "Each unit is held against the part of the threshold that its own baseline is.";
    HeldAgainstEqualPart "Kế hoạch không chia ngưỡng: tạm chia đều cho các đơn vị." "The plan does not divide the threshold: equal parts are assumed.";
    GapSigns "Trong cột chênh lệch, dấu + là cao hơn và dấu - là thấp hơn mức được so." "In the columns of the gap + is above and - is below what the unit is held against.";
    CasesAreWhole "chính xác là {0}, số trường hợp được tính tròn lên" "exactly {0}, counted up to whole cases";
    NotDivided "Mức thay đổi không chia được theo đơn vị: {0}." "The change is not divided among the units: {0}.";
    OfActual "Trong kết quả" "Of the actual";
    OfGap "Trong chênh lệch" "Of the gap";
    OfGapInCases "Theo trường hợp" "In cases";
    OfChange "Thay đổi so với {0}" "Change since {0}";
    OfChangeByRate "do tỷ lệ" "of it rate";
    OfChangeByMix "do cơ cấu" "of it mix";
    // One target explained.
    ThePromise "Cam kết" "What was promised";
    TheReports "Số liệu đã báo cáo" "What was reported";
    TheReckoning "Cách tính" "How the number came about";
    TheGap "So với yêu cầu" "What is short, and how it stands";
    TheVerdict "Vì sao kết luận như vậy" "Why this status";
    TheEstimates "Ước lượng" "Estimates";
    StatusIs "Kết luận: {0}" "Status: {0}";
    RequiredBy "Yêu cầu: {0}; thời hạn {1}" "Required: {0}; due {1}";
    RequiredUndated "Yêu cầu: {0}; không có thời hạn" "Required: {0}; no date";
    RequiredOnly "Yêu cầu: {0}" "Required: {0}";
    JudgedDays "Kỳ đánh giá {0}: từ {1} đến {2}" "Period judged: {0}, from {1} to {2}";
    NotYetInForce "Chưa có hiệu lực; có hiệu lực từ {0}" "Not in force yet; in force from {0}";
    NoLongerInForce "Không còn hiệu lực; có hiệu lực đến hết ngày {0}" "No longer in force; in force to the end of {0}";
    ReplacedWith "Được thay bằng {0}" "Replaced by {0}";
    NothingReported "Chưa có số liệu nào dùng được." "Nothing usable is reported.";
    MayBeRevised "Có số liệu tạm tính, còn có thể được điều chỉnh." "Some of it is provisional and may still be revised.";
    Reported "{0}: {1}" "{0}: {1}";
    ReportedAsBaseline "Số liệu gốc, {0}: {1}" "Baseline, {0}: {1}";
    ReportedAsExpected "Số dự kiến, {0}: {1}" "Expected, {0}: {1}";
    AndMoreReports "và {0} báo cáo khác" "and {0} more reports";
    SourceOf "nguồn: {0}" "source: {0}";
    OutOf "{0} trên {1}" "{0} of {1}";
    OfDecided "{0} đúng hạn trên {1} hồ sơ đã đến hạn" "{0} in time of {1} that were due";
    InTime "{0} đúng hạn" "{0} in time";
    DoneLate "{0} trễ hạn" "{0} late";
    StillOverdue "{0} quá hạn chưa xong" "{0} overdue";
    InAll "tổng số {0}" "{0} in all";
    Plainly "{0}" "{0}";
    ColumnPart "Tử số" "Counted";
    ColumnWhole "Mẫu số" "In all";
    ColumnInTime "Đúng hạn" "In time";
    ColumnLate "Trễ hạn" "Late";
    ColumnAbove "Tử số" "Numerator";
    ColumnBelow "Mẫu số" "Denominator";
    ColumnValue "Cộng" "Sum";
    SumOf "tổng của {0} số liệu" "sum of {0} figures";
    PartOf "{0} của {1}" "{0} of {1}";
    WeightedOver "bình quân có trọng số của {0} đơn vị" "weighted average of {0} units";
    ActualIs "Thực hiện: {0}" "Actual: {0}";
    BaselineIs "Số liệu gốc: {0}" "Baseline: {0}";
    ThresholdIs "Ngưỡng: {0}" "Threshold: {0}";
    RoundedTo "Làm tròn trước khi so sánh: {0} thành {1}" "Rounded before comparing: {0} to {1}";
    Holds "So sánh: {0}, yêu cầu {1}: đạt" "Comparison: {0}, required {1}: met";
    HoldsNot "So sánh: {0}, yêu cầu {1}: chưa đạt" "Comparison: {0}, required {1}: not met";
    WithTolerance "dung sai {0}" "tolerance {0}";
    UnitHolds "{0}, yêu cầu {1}: đạt" "{0}, required {1}: met";
    UnitHoldsNot "{0}, yêu cầu {1}: chưa đạt" "{0}, required {1}: not met";
    DifferenceIs "Chênh lệch: {0} − {1} = {2}" "Difference: {0} − {1} = {2}";
    CasesNeeded "Trong {0} cần ít nhất {1}, hiện có {2}" "Of {0} at least {1} are needed; there are {2}";
    CasesNeededOutside "Trong {0} phải có ít nhất {1} nằm ngoài, hiện có {2}" "Of {0} at least {1} have to stay out; {2} do";
    ExpectedWhole "Dự kiến cả kỳ {0} trường hợp ({1}); đã có {2}, còn {3}" "{0} cases are expected in all ({1}); {2} are there, {3} are to come";
    ByThePlan "theo kế hoạch" "by the plan";
    ByExpectedFacts "theo số dự kiến đã báo cáo" "by the expected figures reported";
    WholeNeeds "Tính cả kỳ, trong {0} cần ít nhất {1}, đã có {2}" "Over the whole period, of {0} at least {1} are needed; there are {2}";
    WholeNeedsOutside "Tính cả kỳ, trong {0} phải có ít nhất {1} nằm ngoài, đã có {2}" "Over the whole period, of {0} at least {1} have to stay out; {2} do";
    EnoughAlready "đã đủ, dù phần còn lại ra sao" "enough, whatever the rest brings";
    MoreThanIsLeft "còn cần {0} mà chỉ còn {1}" "{0} more are needed and only {1} are to come";
    AllHaveTo "Yêu cầu mọi trường hợp đều đạt mà đã có {0} không đạt" "Every case has to succeed; {0} did not";
    NoneMay "Yêu cầu không có trường hợp nào mà đã có {0}" "Not one case is allowed; there has been {0} so far";
    SumIsBeyond "Tổng số chỉ tăng, không giảm: {0} đã vượt yêu cầu {1}" "The sum can only grow: {0} is already beyond {1}";
    SumIsThere "Tổng số chỉ tăng, không giảm: {0} đã đạt yêu cầu {1}" "The sum can only grow: {0} already meets {1}";
    WayDone "Mức độ hoàn thành: ({0} − {1}) / ({2} − {1}) = {3}" "Of the way: ({0} − {1}) / ({2} − {1}) = {3}";
    WayPlanned "Mức phải hoàn thành theo lộ trình: ({0} − {1}) / ({2} − {1}) = {3}" "Of the way by the path: ({0} − {1}) / ({2} − {1}) = {3}";
    PaceIs "Tiến độ so với lộ trình: {0} = {1}" "Pace: {0} = {1}";
    BandOnTrack "từ {0} trở lên nên là “{2}”" "{0} or more, so it is “{2}”";
    BandAtRisk "dưới {0} nhưng từ {1} trở lên nên là “{2}”" "below {0} but {1} or more, so it is “{2}”";
    BandOffTrack "dưới {1} nên là “{2}”" "below {1}, so it is “{2}”";
    PathRuns "Lộ trình từ {0} ({1}) đến {2} ({3}): vào {4} là {5}" "The path from {0} ({1}) to {2} ({3}) is at {5} on {4}";
    ProRataIs "Phần kỳ đã có số liệu là {0}; {0} của {1} là {2}" "{0} of the period is reported; {0} of {1} is {2}";
    ByPhases "Phần của kỳ theo phân kỳ của kế hoạch: {0} = {1}" "Share of the period by the plan's phases: {0} = {1}";
    PhaseMustBring "{0} còn phải đạt: {1} × {2} / {3} = {4}" "{0} has to bring: {1} × {2} / {3} = {4}";
    ProRataByPhases "Theo các giai đoạn của kế hoạch, phần đã có số liệu phải đạt {0}; {0} của {1} là {2}" "By the phases of the plan {0} belong to the days reported; {0} of {1} is {2}";
    ReachedOnDay "Hoàn thành ngày {0}" "Done on {0}";
    LateBy "Từ thời hạn {1} đến {0}: trễ {2}" "From the due day {1} to {0}: {2} late";
    DoneBefore "Trước hạn {1} (thời hạn {0})" "{1} before the due day {0}";
    DoneOnTheDay "Đúng ngày hết hạn {0}" "On the due day {0}";
    UndoneBy "Đến hết {0} vẫn chưa hoàn thành: trễ {2} so với thời hạn {1}" "Not done by the end of {0}: {2} after the due day {1}";
    UnitsHold "{0} trong {1} đơn vị đạt" "{0} of {1} units hold";
    ComparedWith "So với yêu cầu “{0}”: {1}" "Measured against “{0}”: {1}";
    ByRow "{0} (hàng {1} của bảng kết luận): {2}" "{0} (row {1} of the status table): {2}";
    ForReasons "Lý do kèm theo: {0}" "Also: {0}";
    NoThresholdWithout "Chưa có ngưỡng vì thiếu số liệu gốc {0}: {1}" "There is no threshold without the baseline of {0}: {1}";
    NotByRow "Không phải “{0}” (hàng {1}): {2}" "Not “{0}” (row {1}): {2}";
    Or " / " " / ";
    Row1 "cả kỳ được báo cáo là không áp dụng" "it is reported not to apply in the whole period";
    Row1Nothing "cả kỳ không phát sinh trường hợp nào" "nothing arose in the whole period";
    Row2 "chưa đến kỳ thực hiện" "its window has not begun";
    Row3 "đã có đủ căn cứ để kết luận dứt khoát" "what is reported decides it for good";
    Row4 "kỳ đã kết thúc nhưng chưa đủ số liệu để kết luận" "the period is over, and what is reported does not decide it";
    Row5 "đã đến hạn báo cáo mà chưa có số liệu" "a report is due and nothing usable is there";
    Row6 "dù phần còn lại ra sao cũng không đạt được nữa" "it can no longer be met, whatever is still to come";
    Row7 "dù phần còn lại ra sao cũng vẫn đạt" "it can no longer be missed, whatever is still to come";
    Row8 "hiện đang đạt, nhưng chưa hết thời hạn" "the requirement holds today, but its time is not over";
    Row9 "ngưỡng chưa quyết định được nên xét theo mức phải có vào ngày này trên lộ trình" "the threshold decides nothing yet, so what counts is where it should stand by now on its path";
    Row10 "chưa hết thời hạn và chưa thể nói gì hơn" "its time is not over, and nothing more can be said";
    EstimatesDecideNothing "Ước lượng không quyết định kết luận." "Estimates decide no status.";

    // Findings.
    ConflictingTargets "Mục tiêu mâu thuẫn" "Conflicting targets";
    Unattainable "Ngưỡng không thể đạt" "Unattainable threshold";
    WithinMismatch "Mẫu số không khớp chỉ tiêu bao trùm" "Whole and outer part differ";
    CoarseFineMismatch "Số cả kỳ khác tổng các kỳ con" "Period and its parts differ";
    ParentChildrenMismatch "Số của đơn vị khác tổng các đơn vị trực thuộc" "Unit and the units below differ";
    OutlookExceeded "Vượt tổng số dự kiến" "Outlook exceeded";
    DoneBeforeWindow "Xong trước khi bắt đầu kỳ" "Done before the window";
    LateReport "Báo cáo quá hạn" "Report late";

    // Units of measure.
    Percent "%" "%";
    PercentagePoints "điểm %" "pp";
    People "người" "people";
    Person "người" "person";
    Documents "văn bản" "documents";
    OneDocument "văn bản" "document";
    Procedures "thủ tục" "procedures";
    OneProcedure "thủ tục" "procedure";
    Days "ngày" "days";
    OneDay "ngày" "day";
    Points "điểm" "points";
    OnePoint "điểm" "point";
    Dong "đồng" "VND";
    Units "đơn vị" "units";
    OneUnit "đơn vị" "unit";
    Cases "trường hợp" "cases";
    OneCase "trường hợp" "case";
    Answers "phiếu" "answers";
    OneAnswer "phiếu" "answer";
}

impl Word {
    /// The sentence with its places filled in; what is filled in is never read again.
    pub(super) fn fill(self, language: Language, values: &[&str]) -> String {
        let mut pieces = self.text(language).split('{');
        let mut sentence = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (place, rest) = piece.split_once('}').unwrap_or(("", piece));
            let value = place.parse::<usize>().ok().and_then(|place| values.get(place)).copied().unwrap_or_default();
            sentence.push_str(value);
            sentence.push_str(rest);
        }
        sentence
    }

    pub(super) fn of_group(group: Group) -> Self {
        match group {
            Group::Good => Self::Good,
            Group::Warning => Self::Warning,
            Group::Bad => Self::Bad,
            Group::None => Self::NoVerdict,
        }
    }

    /// A field of the plan, or a group of them, by its name in the format; those that only specialists use keep that name.
    pub(super) fn of_field(field: &str) -> Option<Self> {
        Some(match field {
            "requirement" => Self::FieldRequirement,
            "window" => Self::FieldWindow,
            "path" => Self::FieldPath,
            "scope" => Self::FieldScope,
            "baseline" => Self::FieldBaseline,
            "tolerance" => Self::FieldTolerance,
            "outlook" => Self::FieldOutlook,
            "in_force" => Self::FieldInForce,
            "supersedes" => Self::FieldSupersedes,
            "pace_bands" => Self::FieldPaceBands,
            "compare_rounded" => Self::FieldRounding,
            "parent" => Self::FieldParent,
            "weights" => Self::FieldWeights,
            "reported" => Self::FieldReported,
            "report_due_days" => Self::FieldReportDue,
            _ => return None,
        })
    }

    pub(super) fn of_finding(code: FindingCode) -> Self {
        match code {
            FindingCode::ConflictingTargets => Self::ConflictingTargets,
            FindingCode::Unattainable => Self::Unattainable,
            FindingCode::WithinMismatch => Self::WithinMismatch,
            FindingCode::CoarseFineMismatch => Self::CoarseFineMismatch,
            FindingCode::ParentChildrenMismatch => Self::ParentChildrenMismatch,
            FindingCode::OutlookExceeded => Self::OutlookExceeded,
            FindingCode::DoneBeforeWindow => Self::DoneBeforeWindow,
            FindingCode::LateReport => Self::LateReport,
        }
    }
}
