//! Everything that is said, in both languages, in one place.

use crate::assess::{FindingCode, Group};
use crate::plan::Language;

macro_rules! words {
    ($($name:ident $vietnamese:literal $english:literal;)*) => {
        /// A word or sentence; `{0}`, `{1}` are filled in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    ImproveUnknown "cải thiện so với số gốc" "improve on the baseline";
    Range "khoảng" "between";
    BetterThan "tốt hơn" "better than";
    DoneBy "xong đến {0}" "done by {0}";
    DoneUndated "xong, không có thời hạn" "done, no date";
    ManyDoneBy "xong {0} đến {1}" "done {0} by {1}";
    ManyDoneUndated "xong {0}, không có thời hạn" "done {0}, no date";
    SoManyUnits "ít nhất {0} đơn vị: {1}" "at least {0} units: {1}";

    // Actuals.
    Done "xong {0}" "done {0}";
    NoFigure "không có số liệu" "no data";
    NotDone "chưa xong" "not done";
    Weighted "có trọng số" "weighted";
    NotDue "{0} chưa đến hạn" "{0} not due";
    Until "đến {0}" "to {0}";
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
    DependsOn "Trong số: {0}" "Among: {0}";
    Coverage "Đã báo cáo {0}/{1}" "Reported {0} of {1}";
    CoverageMissing "Đã báo cáo {0}/{1}, thiếu {2}" "Reported {0} of {1}, missing {2}";
    Missing "thiếu {0}" "missing {0}";
    NotApplicableIn "Không áp dụng: {0}" "Not applicable: {0}";
    BaselineOn "Số gốc {0} ({1})" "Baseline {0} ({1})";
    Progress "Số gốc {0} ({1}), đã đi được {2} quãng đường" "Baseline {0} ({1}), {2} of the way done";
    NeededOfRemaining "Cần đạt {0} trong {1} còn lại ({2})" "{0} of the {1} to come have to succeed ({2})";
    NeededOutside "Phải giữ {0} trong {1} còn lại ở ngoài ({2})" "{0} of the {1} to come have to stay out ({2})";
    NeededTooMany "Còn cần {0} nhưng chỉ còn {1}" "{0} more needed, only {1} to come";
    InARow "Cần thêm {0} đạt liên tiếp" "{0} in a row would have to succeed";
    Allowance "Còn chịu được {0} không đạt" "{0} may still fail";
    NoAllowance "Không còn được phép trường hợp nào không đạt" "Not one more case may fail";
    RemainderEach "Còn {0}, mỗi kỳ còn lại {1}: {2}" "{0} to go, {1} in each period to come: {2}";
    RoomEach "Còn được phép {0}, mỗi kỳ còn lại {1}: {2}" "{0} of room, {1} in each period to come: {2}";
    RemainderOnly "Còn {0}" "{0} to go";
    RoomOnly "Còn được phép {0}" "{0} of room";
    Average "Bình quân phần còn lại phải là {0}" "The rest has to average {0}";
    LostSince "Không còn khả năng đạt từ {0}" "Lost since {0}";
    UnitStanding "{0}: {1}, {2}" "{0}: {1}, {2}";
    Held "Số gốc đã đạt mục tiêu: phải giữ {0} trong suốt thời gian" "The baseline meets the target already: {0} has to hold throughout";
    ToReach "Theo lộ trình, đến {0} phải đạt {1}" "On the path, {1} had to be reached by {0}";
    ToStayBelow "Theo lộ trình, đến {0} chỉ được tối đa {1}" "On the path, by {0} it had to be at most {1}";
    ProRata "tính theo phần kỳ đã có số liệu" "for the part of the period reported";
    Ahead "đang sớm {0}" "{0} ahead";
    OnTheDay "đúng ngày" "on the day";
    Behind "đang chậm {0}" "{0} behind";
    Pace "nhịp độ {0} (mốc {1} và {2})" "pace {0} (bands {1} and {2})";
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
    ForecastInterval "khoảng dự báo {0}: {1}" "{0} interval {1}";
    Probability "xác suất đạt {0}" "probability of meeting the target {0}";
    ReachedOn "đạt mục tiêu vào {0}" "meets the target on {0}";
    ReachedLate "đến {0} mới đạt mục tiêu" "meets the target only on {0}";
    NoTrend "chưa thấy xu hướng rõ rệt" "no clear trend";

    // Surveys.
    SurveyInterval "Khoảng tin cậy {0} ({1}): {2}" "{0} interval ({1}): {2}";
    CorrectedForPopulation "{0}, hiệu chỉnh theo tổng thể" "{0}, corrected for the population";
    ExactForPopulation "chính xác theo tổng thể" "exact for the population";
    SurelyMet "mọi giá trị trong khoảng đều đạt yêu cầu" "all of it meets the requirement";
    SurelyMissed "không giá trị nào trong khoảng đạt yêu cầu" "none of it meets the requirement";
    NotCertain "chưa chắc chắn" "not certain";
    NotCertainYet "chưa chắc chắn, cần {0} phiếu hợp lệ" "not certain, {0} valid answers would settle it";
    SinceSurvey "So với khảo sát gốc: {0} (khoảng tin cậy: {1}), {2}" "Since the baseline's survey: {0} (interval {1}), {2}";
    BeyondNoise "vượt quá sai số mẫu" "beyond the sampling error";
    WithinNoise "trong phạm vi sai số mẫu" "within the sampling error";

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
    JudgedDays "Kỳ đánh giá {0}: từ {1} đến {2}" "Judged is {0}: from {1} to {2}";
    NothingReported "Chưa có số liệu nào dùng được." "Nothing usable is reported.";
    MayBeRevised "Có số liệu tạm tính, còn có thể được điều chỉnh." "Some of it is provisional and may still be revised.";
    Reported "{0}: {1}" "{0}: {1}";
    ReportedAsBaseline "Số gốc, {0}: {1}" "Baseline, {0}: {1}";
    AndMoreReports "và {0} báo cáo khác" "and {0} more reports";
    RecordedOn "ghi nhận ngày {0}" "recorded {0}";
    SourceOf "nguồn: {0}" "source: {0}";
    OutOf "{0} trên {1}" "{0} of {1}";
    OfDecided "{0} đúng hạn trên {1} hồ sơ đã đến hạn" "{0} in time of {1} that were due";
    InTime "{0} đúng hạn" "{0} in time";
    DoneLate "{0} trễ hạn" "{0} late";
    StillOverdue "{0} quá hạn chưa xong" "{0} overdue";
    Plainly "{0}" "{0}";
    ColumnPart "Tử số" "Counted";
    ColumnWhole "Mẫu số" "In all";
    ColumnInTime "Đúng hạn" "In time";
    ColumnLate "Trễ hạn" "Late";
    ColumnAbove "Tử số" "Above the line";
    ColumnBelow "Mẫu số" "Below the line";
    ColumnValue "Cộng" "Sum";
    SumOf "tổng của {0} số liệu" "sum of {0} figures";
    PartOf "{0} của {1}" "{0} of {1}";
    WeightedOver "bình quân có trọng số của {0} đơn vị" "weighted average of {0} units";
    ActualIs "Thực hiện: {0}" "Actual: {0}";
    BaselineIs "Số gốc: {0}" "Baseline: {0}";
    UnitIs "Một đơn vị: {0}" "One unit: {0}";
    ThresholdIs "Ngưỡng: {0}" "Threshold: {0}";
    RoundedTo "Làm tròn trước khi so sánh: {0} thành {1}" "Rounded before comparing: {0} to {1}";
    Holds "So sánh: {0}, yêu cầu {1}: đạt" "Comparison: {0}, required {1}: met";
    HoldsNot "So sánh: {0}, yêu cầu {1}: chưa đạt" "Comparison: {0}, required {1}: not met";
    DifferenceIs "Chênh lệch: {0} − {1} = {2}" "Difference: {0} − {1} = {2}";
    CasesNeeded "Trong {0} cần ít nhất {1}, hiện có {2}" "Of {0} at least {1} are needed; there are {2}";
    CasesNeededOutside "Trong {0} phải có ít nhất {1} nằm ngoài, hiện có {2}" "Of {0} at least {1} have to stay out; {2} do";
    WayDone "Quãng đường đã đi: ({0} − {1}) / ({2} − {1}) = {3}" "Of the way: ({0} − {1}) / ({2} − {1}) = {3}";
    PathRuns "Lộ trình từ {0} ({1}) đến {2} ({3}): vào {4} là {5}" "The path from {0} ({1}) to {2} ({3}) is at {5} on {4}";
    ProRataIs "Phần kỳ đã có số liệu là {0}; {0} của {1} là {2}" "{0} of the period is reported; {0} of {1} is {2}";
    ReachedOnDay "Hoàn thành ngày {0}" "Done on {0}";
    LateBy "Từ thời hạn {1} đến {0}: trễ {2}" "From the due day {1} to {0}: {2} late";
    UnitsHold "{0} trong {1} đơn vị đạt" "{0} of {1} units hold";
    ComparedWith "So với yêu cầu “{0}”: {1}" "Measured against “{0}”: {1}";
    ByRow "{0} (dòng {1} của bảng kết luận): {2}" "{0} (row {1} of the status table): {2}";
    ForReasons "Lý do kèm theo: {0}" "Also: {0}";
    NotByRow "Không phải “{0}” (dòng {1}): {2}" "Not “{0}” (row {1}): {2}";
    Or " / " " / ";
    Row1 "báo cáo là không áp dụng, hoặc cả kỳ không phát sinh" "it was reported as not applicable, or nothing arose in the whole period";
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

    pub(super) fn of_finding(code: FindingCode) -> Self {
        match code {
            FindingCode::ConflictingTargets => Self::ConflictingTargets,
            FindingCode::Unattainable => Self::Unattainable,
            FindingCode::WithinMismatch => Self::WithinMismatch,
            FindingCode::CoarseFineMismatch => Self::CoarseFineMismatch,
            FindingCode::ParentChildrenMismatch => Self::ParentChildrenMismatch,
            FindingCode::OutlookExceeded => Self::OutlookExceeded,
            FindingCode::DoneBeforeWindow => Self::DoneBeforeWindow,
        }
    }
}
