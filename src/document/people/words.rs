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

    // Checks.
    Formula "Cách tính" "Formula";
    Path "Tiến độ" "Path";
    Reports "Báo cáo" "Reports";
    Strength "Mức độ" "Strength";
    Reading "Cách đọc" "Read as";
    AsOfWhen "Thời điểm" "As of";
    Waiver "Miễn trừ" "Waiver";
    AsOfAndKnownOn "hết ngày {0}, theo các báo cáo có đến hết ngày {1}" "the end of {0}, as known at the end of {1}";
    PartOfWhole "số đạt / tổng số" "part / whole";
    NumeratorOfDenominator "tử số / mẫu số" "numerator / denominator";
    TotalOfWeight "tổng cộng / số lượng" "total / weight";
    PositiveOfValid "phiếu tích cực / phiếu hợp lệ" "positive / valid";
    InTimeOfDue "đúng hạn / (đúng hạn + trễ hạn + quá hạn chưa xong)" "in time / (in time + late + overdue)";
    FromBaseline "từ số gốc ({0}): {1}" "from the baseline ({0}): {1}";
    LateReport "còn thiếu báo cáo đã đến hạn" "a report that is due is missing";
    WaivedUntil "được miễn đến hết ngày {0}; {1}: {2}" "waived until {0}; {1}: {2}";
    WaiverExpired "việc miễn đã hết hạn ngày {0}; {1}: {2}" "expired, it would have been waived until {0}; {1}: {2}";
    WaivesWhatIsNotAssessed "Miễn trừ không có tác dụng, nội dung không được đánh giá: {0} (đến {1}, {2})" "A waiver of what is not assessed: {0} (until {1}, {2})";
    WaivesWhatDoesNotFail "Miễn trừ không có tác dụng, không có gì không đạt: {0} (đến {1}, {2})" "A waiver of what does not fail: {0} (until {1}, {2})";
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
