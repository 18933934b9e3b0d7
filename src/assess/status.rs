//! The status: the first row of a fixed table that applies.

use super::bound::Verdict;
use super::feasibility::Feasibility;
use super::reason::{Computed, Reason};
use super::rows::{Fired, RowsAbove, WhyNot, fired, first_row};
use crate::plan::{Language, WhenNoCases, WindowState};

/// Whether a status is good news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Kept, or on the way.
    Good,
    /// In danger.
    Warning,
    /// Not kept, or off the way.
    Bad,
    /// Neither: nothing can be said.
    None,
}

impl Group {
    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Bad => "bad",
            Self::None => "none",
        }
    }
}

macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident $code:literal $group:ident $vietnamese:literal $english:literal;)*) => {
        /// What can be said of a target on a day.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Status { $($(#[$doc])* $name,)* }

        impl Status {
            /// Every status, in the order in which a summary lists them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word that documents use.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// Whether the status is good news.
            #[must_use]
            pub fn group(self) -> Group {
                match self { $(Self::$name => Group::$group),* }
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

statuses! {
    /// Closed, fully reported, and the requirement holds.
    Met "met" Good "Đạt" "Met";
    /// Open, and can no longer be missed.
    Secured "secured" Good "Chắc chắn đạt" "Secured";
    /// Open, and the requirement holds today.
    MetSoFar "met_so_far" Good "Tạm đạt" "Met so far";
    /// Open, and on the way.
    OnTrack "on_track" Good "Đúng tiến độ" "On track";
    /// Open, and behind the plan.
    AtRisk "at_risk" Warning "Có nguy cơ" "At risk";
    /// Open, and far behind the plan.
    OffTrack "off_track" Bad "Chậm tiến độ" "Off track";
    /// Open, and no longer possible to meet.
    Lost "lost" Bad "Không còn khả năng đạt" "Lost";
    /// Closed, and the requirement does not hold.
    Missed "missed" Bad "Không đạt" "Missed";
    /// Open, and a report that is due is not there.
    NoData "no_data" None "Không có số liệu" "No data";
    /// Closed, and not fully reported.
    AwaitingData "awaiting_data" None "Chờ số liệu" "Awaiting data";
    /// Open, and nothing more can be said.
    InProgress "in_progress" None "Đang thực hiện" "In progress";
    /// Before the window.
    NotStarted "not_started" None "Chưa bắt đầu" "Not started";
    /// The target does not apply.
    NotApplicable "not_applicable" None "Không áp dụng" "Not applicable";
}

/// What the table is asked with.
#[derive(Clone, Debug)]
pub(crate) struct Situation {
    pub(crate) window: WindowState,
    /// The figure is that of a year before the judged period.
    pub(crate) earlier: bool,
    /// All that is reported of the judged period says not applicable.
    pub(crate) not_applicable: bool,
    /// Every day of the period is reported.
    pub(crate) complete: bool,
    /// Some figure is there.
    pub(crate) usable: bool,
    /// A report is due.
    pub(crate) due: bool,
    /// The report of a closed period is overdue.
    pub(crate) overdue: bool,
    /// The whole is 0, and what that means once all is reported.
    pub(crate) no_cases: Option<WhenNoCases>,
    /// Why there is no value, if there is none.
    pub(crate) no_value: Option<Reason>,
    pub(crate) has_threshold: bool,
    pub(crate) verdict: Option<Verdict>,
    /// Whether the threshold lies beyond what there can be.
    pub(crate) unattainable: bool,
    pub(crate) feasibility: Option<Feasibility>,
    /// Whether that is so only thanks to the tolerance or to rounding.
    pub(crate) decided_by: Vec<Reason>,
    /// What could still turn the verdict, so that it says nothing that the requirement holds so far.
    pub(crate) unsettled: Option<WhyNot>,
    /// How the actual stands against the path: on track, at risk or off track.
    pub(crate) standing: Computed<Status>,
}

/// A status with the row of the table that gave it, and its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ruling {
    pub(crate) status: Status,
    pub(crate) row: u8,
    pub(crate) reasons: Vec<Reason>,
    /// Why no row above applies.
    pub(crate) above: RowsAbove,
}

impl Ruling {
    pub(crate) fn new(status: Status, row: u8, reasons: impl IntoIterator<Item = Reason>) -> Self {
        let mut reasons: Vec<Reason> = reasons.into_iter().collect();
        reasons.sort_unstable();
        reasons.dedup();
        Self { status, row, reasons, above: RowsAbove::default() }
    }
}

impl Situation {
    /// The first row that applies.
    ///
    /// | row | when | status |
    /// | --- | --- | --- |
    /// | 1 | not before the window; all reported days say not applicable, or closed, fully reported, whole 0 | `not_applicable` |
    /// | 2 | before the window | `not_started` |
    /// | 3 | closed and fully reported, or closed and already lost | `met`, `missed` |
    /// | 4 | closed otherwise | `awaiting_data` |
    /// | 5 | open, a report is due and nothing usable is there | `no_data` |
    /// | 6 | open, can no longer be met | `lost` |
    /// | 7 | open, can no longer be missed | `secured` |
    /// | 8 | open, the requirement holds today | `met_so_far` |
    /// | 9 | open, the pace is known | `on_track`, `at_risk`, `off_track` |
    /// | 10 | open, otherwise | `in_progress` |
    pub(crate) fn ruling(&self) -> Ruling {
        first_row(
            self,
            [
                Self::not_applicable,
                Self::not_started,
                Self::met_or_missed,
                Self::awaiting_data,
                Self::no_data,
                Self::lost,
                Self::secured,
                Self::met_so_far,
                Self::on_the_way,
                Self::in_progress,
            ],
        )
    }

    /// Row 1.
    fn not_applicable(&self) -> Result<Fired, WhyNot> {
        let no_cases = self.all_is_there() && self.no_cases == Some(WhenNoCases::NotApplicable);
        match self.window {
            WindowState::Before => Err(WhyNot::NotBegun),
            _ if self.not_applicable && !self.earlier => fired(Status::NotApplicable, None),
            WindowState::Closed if no_cases => fired(Status::NotApplicable, None),
            _ if self.not_applicable => Err(WhyNot::EarlierPeriod),
            _ => Err(WhyNot::Applies),
        }
    }

    /// Row 2.
    fn not_started(&self) -> Result<Fired, WhyNot> {
        match self.window {
            WindowState::Before => fired(Status::NotStarted, self.earlier_period()),
            _ => Err(WhyNot::Begun),
        }
    }

    /// Row 3.
    fn met_or_missed(&self) -> Result<Fired, WhyNot> {
        if self.window == WindowState::Open {
            return Err(WhyNot::StillOpen);
        }
        if self.all_is_there() {
            match (self.no_cases, self.verdict) {
                (Some(WhenNoCases::Met), _) => return fired(Status::Met, None),
                (Some(WhenNoCases::Missed), _) => return fired(Status::Missed, None),
                (None, Some(verdict)) => {
                    return fired(if verdict.met { Status::Met } else { Status::Missed }, decided_by(verdict));
                }
                (None, None) | (Some(WhenNoCases::NotApplicable), _) => {}
            }
        }
        if self.is_lost() {
            return fired(Status::Missed, self.verdict.into_iter().flat_map(decided_by));
        }
        Err(if !self.complete {
            WhyNot::NotFullyReported
        } else if self.has_threshold {
            WhyNot::NoValue
        } else {
            WhyNot::NoThreshold
        })
    }

    /// Row 4.
    fn awaiting_data(&self) -> Result<Fired, WhyNot> {
        if self.window == WindowState::Open {
            return Err(WhyNot::StillOpen);
        }
        let bare = (self.no_value == Some(Reason::BareShare)).then_some(Reason::BareShare);
        let no_threshold = (!self.has_threshold).then_some(Reason::NoThreshold);
        let overdue = self.overdue.then_some(Reason::ReportOverdue);
        fired(Status::AwaitingData, [bare, no_threshold, overdue].into_iter().flatten())
    }

    /// Row 5.
    fn no_data(&self) -> Result<Fired, WhyNot> {
        match (self.usable, self.due) {
            (true, _) => Err(WhyNot::Reported),
            (false, false) => Err(WhyNot::NothingDue),
            (false, true) => fired(Status::NoData, self.earlier_period()),
        }
    }

    /// Row 6.
    fn lost(&self) -> Result<Fired, WhyNot> {
        if self.is_lost() {
            return fired(Status::Lost, self.decided_by.iter().copied().chain(self.earlier_period()));
        }
        Err(match self.feasibility {
            _ if self.earlier => WhyNot::EarlierPeriod,
            None => WhyNot::EndUnknown,
            Some(Feasibility::Lost) => WhyNot::HoldsToday,
            Some(_) => WhyNot::StillPossible,
        })
    }

    /// Row 7.
    fn secured(&self) -> Result<Fired, WhyNot> {
        match self.feasibility {
            _ if self.earlier => Err(WhyNot::EarlierPeriod),
            None => Err(WhyNot::EndUnknown),
            Some(Feasibility::Secured) => fired(Status::Secured, self.decided_by.iter().copied()),
            Some(_) => Err(WhyNot::StillInDoubt),
        }
    }

    /// Row 8.
    fn met_so_far(&self) -> Result<Fired, WhyNot> {
        let verdict = self.compared()?;
        match (verdict.met, self.unsettled) {
            (true, None) => fired(Status::MetSoFar, decided_by(verdict).chain(self.earlier_period())),
            (true, Some(because)) => Err(because),
            (false, _) => Err(WhyNot::DoesNotHold),
        }
    }

    /// Row 9.
    fn on_the_way(&self) -> Result<Fired, WhyNot> {
        let verdict = self.compared()?;
        let standing = self.standing.map_err(|_| WhyNot::NoPace)?;
        fired(standing, decided_by(verdict).chain(self.earlier_period()))
    }

    /// Row 10.
    fn in_progress(&self) -> Result<Fired, WhyNot> {
        let decided = self.verdict.into_iter().flat_map(decided_by);
        fired(Status::InProgress, self.why_in_progress().into_iter().chain(decided).chain(self.earlier_period()))
    }

    /// Whether every day of the period is reported, and what is reported can be compared or has no cases.
    fn all_is_there(&self) -> bool {
        self.complete && (self.has_threshold || self.no_cases.is_some())
    }

    fn earlier_period(&self) -> Option<Reason> {
        self.earlier.then_some(Reason::EarlierPeriod)
    }

    /// The verdict, or what is missing for one.
    fn compared(&self) -> Result<Verdict, WhyNot> {
        self.verdict.ok_or(if self.no_value.is_some() { WhyNot::NoValue } else { WhyNot::NoThreshold })
    }

    /// Whether what is reported rules the target out; never where the plan's own way of comparing says that it holds.
    fn is_lost(&self) -> bool {
        let lost = self.feasibility == Some(Feasibility::Lost) && !self.earlier;
        (lost || (self.unattainable && self.usable)) && !self.verdict.is_some_and(|verdict| verdict.met)
    }

    fn why_in_progress(&self) -> Vec<Reason> {
        let no_value = if self.usable { self.no_value } else { Some(Reason::NothingDueYet) };
        let no_threshold = (!self.has_threshold).then_some(Reason::NoThreshold);
        let known = no_value.is_none() && self.has_threshold;
        [no_value, no_threshold, self.standing.err().filter(|_| known)].into_iter().flatten().collect()
    }
}

/// What decided a verdict besides the plain comparison.
fn decided_by(verdict: Verdict) -> impl Iterator<Item = Reason> {
    let rounding = verdict.by_rounding.then_some(Reason::DecidedByRounding);
    let tolerance = verdict.by_tolerance.then_some(Reason::WithinTolerance);
    rounding.into_iter().chain(tolerance)
}
