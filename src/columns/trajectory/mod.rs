//! Is each series on the way from its baseline to its target, and where will it end?
#![allow(clippy::disallowed_types, reason = "a projection is an estimate that decides nothing")]

mod alone;
mod answers;
mod course;
mod job;
mod moment;
mod moments;
mod part;
mod points;
mod reading;
mod series;

use crate::assess::{Quantity, Status};
use crate::columns::input::{Figures, MOST_PLACES};
use crate::columns::rule::Rule;
use crate::columns::settings::{MOST_RESULT_PLACES, Settings, UNDEFINED};
use crate::fault::{Fault, FaultKind, Faults, Path};
pub use answers::{NO_PROJECTION, Trajectories, TrajectoryBuffers};
use course::DAYS;
pub use course::{Course, Trajectory};
use job::Job;
use part::Part;
pub use series::{Days, Series};

/// A number that can be asked of each series, of its last point.
///
/// All are `round(value · 10^places)`, halves away from zero; what is undefined is
/// [`UNDEFINED`](crate::columns::UNDEFINED), and [`Course::answer`] says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrajectoryOutput {
    /// Where the path is: `E = B + (T − B)·d/n`, d days of n after the baseline.
    Expected,
    /// How much of the way should be done: `(E − B)/(T − B)`.
    PlannedProgress,
    /// The gap closed in terms of the planned progress: `(a − B)/(E − B)`.
    Pace,
    /// `(a − B)/elapsed · 365.2425`, in the unit of the figures a year.
    ObservedRate,
    /// `(T − a)/remaining · 365.2425`, in the unit of the figures a year.
    RequiredRate,
}

impl TrajectoryOutput {
    /// Every output.
    pub const ALL: [Self; 5] = [Self::Expected, Self::PlannedProgress, Self::Pace, Self::ObservedRate, Self::RequiredRate];

    /// The name of its column.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::PlannedProgress => "planned_progress",
            Self::Pace => "pace",
            Self::ObservedRate => "observed_rate",
            Self::RequiredRate => "required_rate",
        }
    }

    /// What an answer says of it.
    pub fn of(self, answer: &Trajectory) -> &Quantity {
        match self {
            Self::Expected => &answer.expected,
            Self::PlannedProgress => &answer.planned_progress,
            Self::Pace => &answer.pace,
            Self::ObservedRate => &answer.observed_rate,
            Self::RequiredRate => &answer.required_rate,
        }
    }
}

/// Holds the last point of every series, a level, against its course, as an assessment does in an open window, and carries the series on
/// to the due day by the line of least squares.
///
/// Null figures are missing, never 0, and the last point is the last one that is there; a point whose denominator is 0 has no
/// value. Status and numbers are exact, each number rounded once, as [`TrajectoryOutput`] says. A projection has the bits of
/// [`Line::fit`](crate::statistics::Line::fit) through the values `f·N/D` as [`float`](crate::statistics::float)s at their days,
/// f being 100 for percentages and 1 else. No choice in the settings but that of the places changes a result.
///
/// # Errors
/// Every course of a flow or a deliverable, whose figures are no levels; every course with a day outside the years 1 to 9999.
/// Every series (the first thousand) whose course is not in the table or whose answer does not fit 64 bits at these places;
/// every point whose counts are not `0 ≤ N ≤ D`, whose denominator is below 0, whose value lies outside the indicator's bounds,
/// or whose day lies before that of the point before it or outside the years 1 to 9999; columns of unequal length.
///
/// ```
/// use attain::Status;
/// use attain::columns::{Codes, Course, Days, Figures, Rule, Series, Settings, TrajectoryOutput, trajectory};
/// use attain::plan::{Kind, Requirement};
///
/// // From 20 % on day 0 to 50 % on day 100; two series of two points, on days 40 and 50.
/// let rule = Rule::new(Kind::Share, Requirement::AtLeast(50.into())).with_baseline(20.into());
/// let courses = [Course::new(rule, 0, 100)];
/// let (part, whole) = ([50, 60, 60, 70], [200; 4]); // 25 %, 30 %; 30 %, 35 %
/// let days = Days::Shared(&[40, 50]);
/// let series = Series::quotients(Codes::One(0), days, Figures::whole(&part), Figures::whole(&whole));
/// let places = Settings { places: 2, ..Settings::default() };
/// let answers = trajectory(&courses, &series, &[TrajectoryOutput::Expected, TrajectoryOutput::Pace], &places)?;
/// assert_eq!(answers.status, [Status::AtRisk, Status::OnTrack]);
/// assert_eq!(answers.column(TrajectoryOutput::Expected).unwrap(), [35_00, 35_00]); // 20 + 30·50/100
/// assert_eq!(answers.column(TrajectoryOutput::Pace).unwrap(), [67, 100]); // 10 and 15 of 15 points
/// assert_eq!(answers.projection, [55.0, 60.0]); // 5 points in 10 days, 50 days ahead
/// # Ok::<(), attain::Faults>(())
/// ```
pub fn trajectory(
    courses: &[Course],
    series: &Series<'_>,
    wanted: &[TrajectoryOutput],
    settings: &Settings,
) -> Result<Trajectories, Faults> {
    let count = series.len();
    let mut answers = Trajectories {
        status: vec![Status::InProgress; count],
        projection: vec![NO_PROJECTION; count],
        ..Trajectories::default()
    };
    for output in wanted {
        if let Some(column) = answers.columns.get_mut(*output as usize) {
            *column = Some(vec![UNDEFINED; count]);
        }
    }
    let mut buffers = TrajectoryBuffers::new().with_status(&mut answers.status).with_projection(&mut answers.projection);
    for (slot, column) in buffers.columns.iter_mut().zip(&mut answers.columns) {
        *slot = column.as_deref_mut();
    }
    trajectory_into(courses, series, buffers, settings)?;
    Ok(answers)
}

/// The same, written into the caller's columns; nothing is computed for a column that is not given.
///
/// # Errors
/// As [`trajectory`]; a column that is not as long as there are series. What the columns hold after an error means nothing.
///
/// ```
/// use attain::Status;
/// use attain::columns::{Codes, Course, Days, Figures, Rule, Series, Settings, TrajectoryBuffers, trajectory_into};
/// use attain::plan::{Kind, Requirement};
///
/// // From 52 posts on day 0 to at most 46 on day 100, 49 of them on day 50.
/// let rule = Rule::new(Kind::Stock, Requirement::AtMost(46.into())).with_baseline(52.into());
/// let days = Days::Each { offsets: &[0, 1], days: &[50] };
/// let series = Series::amounts(Codes::One(0), days, Figures::whole(&[49]));
/// let mut status = [Status::InProgress];
/// let buffers = TrajectoryBuffers::new().with_status(&mut status);
/// trajectory_into(&[Course::new(rule, 0, 100)], &series, buffers, &Settings::default())?;
/// assert_eq!(status, [Status::OnTrack]); // 52 − 6·50/100 = 49
/// # Ok::<(), attain::Faults>(())
/// ```
pub fn trajectory_into(
    courses: &[Course],
    series: &Series<'_>,
    buffers: TrajectoryBuffers<'_>,
    settings: &Settings,
) -> Result<(), Faults> {
    Faults::or(misfits(courses, series, &buffers, settings), ())?;
    let wanted = Wanted { status: buffers.status.is_some(), outputs: buffers.outputs(), places: settings.places };
    let job = Job::new(courses, series, &wanted);
    let known = job.known(settings.parallel);
    let part = Part { job: &job, known: &known, threads: 1, from: 0, to: series.len(), buffers };
    let faults = if settings.parallel { on_all_threads(part, settings) } else { settings.instruction_set.run(part) };
    Faults::or(faults, ())
}

/// What is asked of each series besides its projection.
#[derive(Debug)]
struct Wanted {
    status: bool,
    outputs: Vec<TrajectoryOutput>,
    places: u32,
}

/// How many series a thread takes at a time, at least.
#[cfg(feature = "parallel")]
const LEAST: usize = 256;

/// On all threads of the current pool, in few parts, since each finds anew what is not known of courses on days beforehand.
fn on_all_threads(part: Part<'_, '_>, settings: &Settings) -> Vec<Fault> {
    #[cfg(feature = "parallel")]
    {
        let threads = rayon::current_num_threads();
        let part = Part { threads, ..part };
        let most = part.len().checked_div(threads.saturating_mul(4)).unwrap_or(0).max(LEAST);
        split(part, most, settings)
    }
    #[cfg(not(feature = "parallel"))]
    settings.instruction_set.run(part)
}

#[cfg(feature = "parallel")]
fn split(part: Part<'_, '_>, most: usize, settings: &Settings) -> Vec<Fault> {
    if part.len() <= most {
        return settings.instruction_set.run(part);
    }
    let (left, right) = part.halves();
    let (mut faults, more) = rayon::join(|| split(left, most, settings), || split(right, most, settings));
    faults.extend(more);
    faults.truncate(MOST_FAULTS);
    faults
}

/// The most series and points that are named in an error.
const MOST_FAULTS: usize = 1_000;

/// What is wrong with the columns as a whole.
fn misfits(courses: &[Course], series: &Series<'_>, buffers: &TrajectoryBuffers<'_>, settings: &Settings) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |kind: FaultKind, path: Path, what: String, expected: String| {
        faults.push(Fault::new(kind, path, what, expected));
    };
    let column = |name: &str| Path::root().key(name);
    let (points, count) = (series.numerators.len(), series.len());
    let mut same = |name: &str, length: Option<usize>, wanted: usize, of: &str| {
        if let Some(length) = length.filter(|length| *length != wanted) {
            fault(FaultKind::Inconsistent, column(name), format!("{length} rows"), format!("{wanted}, as there are {of}"));
        }
    };
    same("denominators", series.denominators.as_ref().map(Figures::len), points, "numerators");
    match series.days {
        Days::Shared(days) => {
            let whole = count.saturating_mul(days.len());
            same("numerators", Some(points), whole, "days of whole series");
        }
        Days::Each { days, .. } => same("days", Some(days.len()), points, "numerators"),
    }
    same("courses", series.courses.rows(), count, "series");
    same("status", buffers.status.as_ref().map(|column| column.len()), count, "series");
    same("projection", buffers.projection.as_ref().map(|column| column.len()), count, "series");
    for (output, column) in TrajectoryOutput::ALL.iter().zip(&buffers.columns) {
        same(output.code(), column.as_ref().map(|column| column.len()), count, "series");
    }
    match series.days {
        Days::Shared(days) => faults_of_days(days, 0, &mut faults),
        Days::Each { offsets, .. } => {
            let next = offsets.iter().skip(1).chain([&points]);
            for (place, (offset, next)) in offsets.iter().zip(next).enumerate().filter(|(_, (offset, next))| offset > next) {
                let path = column("offsets").index(place);
                let expected = format!("at most {next}, where the next series begins or the points end");
                faults.push(Fault::new(FaultKind::Inconsistent, path, offset.to_string(), expected));
            }
        }
    }
    let mut fault = |kind: FaultKind, path: Path, what: String, expected: String| {
        faults.push(Fault::new(kind, path, what, expected));
    };
    for (place, course) in courses.iter().enumerate() {
        if course.no_level().is_some() {
            let path = column("courses").index(place);
            let expected = "figures that are levels, each as of its day".to_owned();
            fault(FaultKind::InvalidValue, path, course.rule().kind().with_article(), expected);
        }
        for (name, day) in [("baseline_on", course.baseline_on()), ("due", course.due())] {
            if !DAYS.contains(&day) {
                let path = column("courses").index(place).key(name);
                fault(FaultKind::InvalidValue, path, format!("day {day}"), expected_day());
            }
        }
    }
    if series.denominators.is_none() && courses.iter().map(Course::rule).any(Rule::is_quotient) {
        let expected = "a column, since some rules are about quotients".to_owned();
        fault(FaultKind::MissingField, column("denominators"), "no denominators".to_owned(), expected);
    }
    for (name, figures) in [("numerators", Some(&series.numerators)), ("denominators", series.denominators.as_ref())] {
        if let Some(figures) = figures.filter(|figures| figures.scale > MOST_PLACES) {
            fault(FaultKind::Limit, column(name), format!("{} decimal places", figures.scale), format!("at most {MOST_PLACES}"));
        }
    }
    if settings.places > MOST_RESULT_PLACES {
        let expected = format!("at most {MOST_RESULT_PLACES}");
        fault(FaultKind::Limit, column("places"), format!("{} decimal places", settings.places), expected);
    }
    faults.truncate(MOST_FAULTS);
    faults
}

fn expected_day() -> String {
    format!("a day from {} to {}, of the years 1 to 9999, counted from 1970-01-01", DAYS.start(), DAYS.end())
}

/// Whether days do not fall and all lie in the years 1 to 9999.
#[inline(always)]
fn are_in_order(days: &[i32]) -> bool {
    let falls = days.iter().zip(days.iter().skip(1)).fold(false, |falls, (before, after)| falls | (after < before));
    !falls && [days.first(), days.last()].into_iter().flatten().all(|day| DAYS.contains(day))
}

/// Names the days of a series that are none or fall; `from` is the place of the first.
#[cold]
fn faults_of_days(days: &[i32], from: usize, faults: &mut Vec<Fault>) {
    if are_in_order(days) {
        return;
    }
    let before = std::iter::once(None).chain(days.iter().map(Some));
    for (place, (day, before)) in days.iter().zip(before).enumerate() {
        let path = || Path::root().key("days").index(from.saturating_add(place));
        let what = format!("day {day}");
        if !DAYS.contains(day) {
            faults.push(Fault::new(FaultKind::InvalidValue, path(), what, expected_day()));
        } else if let Some(before) = before.filter(|before| day < *before) {
            let expected = format!("at least {before}, the day of the point before it");
            faults.push(Fault::new(FaultKind::Inconsistent, path(), what, expected));
        }
    }
}
