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
    From "từ {0}" "from {0}";
    To "đến {0}" "to {0}";
    ReplacedBy "thay bằng {0}" "replaced by {0}";
    Nothing "Không có đánh giá nào." "There are no assessments.";

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
