//! Record batches of points, series by series, asked whether they are on the way.

use std::collections::HashSet;
use std::ops::Range;

use arrow_array::types::Date32Type;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::Field;

use super::answers::batch as batch_of;
use super::days::{DAYS, Days as DayArray};
use super::figures::FigureArray;
use super::ids::Ids;
use super::{Floats, cell, dictionary, refused, renamed, tables, taken};
use crate::columns::{Codes, Course, Days, Series, Settings, TrajectoryOutput, trajectory};
use crate::fault::{Fault, FaultKind, Faults, Path, Segment};

/// Targets by their ids, each with its course.
#[derive(Clone, Debug, Default)]
pub struct CourseTable {
    ids: Ids,
    courses: Vec<Course>,
}

impl CourseTable {
    /// A table of courses.
    ///
    /// # Errors
    /// Every id that is given a second time; every course that is due on or before the day of its baseline.
    pub fn new(courses: impl IntoIterator<Item = (impl Into<String>, Course)>) -> Result<Self, Faults> {
        let (ids, courses): (Vec<String>, Vec<Course>) = courses.into_iter().map(|(id, course)| (id.into(), course)).unzip();
        let backwards = ids.iter().zip(&courses).filter(|(_, course)| course.due() <= course.baseline_on());
        let fault = |(id, course): (&String, &Course)| {
            let day = |day| Date32Type::to_naive_date_opt(day).map_or_else(|| day.to_string(), |day| day.to_string());
            let what = format!("due on {}, and its baseline stands on {}", day(course.due()), day(course.baseline_on()));
            Fault::new(FaultKind::Inconsistent, Path::root().key("courses").key(id), what, "a due day after that of the baseline")
        };
        Faults::or(backwards.map(fault).collect(), ())?;
        Ok(Self { ids: Ids::new(ids)?, courses })
    }

    /// The ids, in the order of their courses.
    #[must_use]
    pub fn ids(&self) -> &Ids {
        &self.ids
    }

    /// The courses, in the order of their ids.
    #[must_use]
    pub fn courses(&self) -> &[Course] {
        &self.courses
    }
}

/// What the columns of points are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PointNames<'a> {
    /// The target of each point, by its id.
    pub target: &'a str,
    /// What tells the series of one target from each other, such as the unit.
    pub series: &'a [&'a str],
    /// The day of each point.
    pub day: &'a str,
    /// What is counted, or the amount.
    pub numerator: &'a str,
    /// What it is counted of; not needed where every course is about amounts.
    pub denominator: Option<&'a str>,
    /// How columns of floats are taken.
    pub floats: Floats,
}

/// Says of each series of a table where it should stand and where it leads, as [`trajectory`] does; the rows of all batches stand
/// one after the other.
///
/// Points of a series stand together, in the order of their days; a series ends where the target or one of the columns of
/// `series` changes. The answer has a row a series: the target and these columns as dictionaries, then the columns of
/// [`Trajectories::into_record_batch`](crate::columns::Trajectories::into_record_batch).
///
/// # Errors
/// Every fault, with the column by its name and the row counted from 0: columns that are not there or of other types, targets that
/// are unknown, points without a day, a series that begins anew after others, and what [`trajectory`] says of figures and days.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::cast::AsArray;
/// use arrow_array::types::Decimal128Type;
/// use arrow_array::{ArrayRef, Date32Array, Int64Array, RecordBatch, StringArray};
/// use attain::columns::arrow::{CourseTable, Floats, PointNames, trajectory_batches};
/// use attain::columns::{Course, Rule, Settings, TrajectoryOutput};
/// use attain::plan::{Kind, Requirement};
///
/// // From 52 posts on day 0 to at most 46 on day 100.
/// let rule = Rule::new(Kind::Stock, Requirement::AtMost(46.into())).with_baseline(52.into());
/// let courses = CourseTable::new([("posts", Course::new(rule, 0, 100))])?;
/// let columns: [(&str, ArrayRef); 4] = [
///     ("target", Arc::new(StringArray::from(vec!["posts"; 3]))),
///     ("unit", Arc::new(StringArray::from(vec!["north", "north", "south"]))),
///     ("day", Arc::new(Date32Array::from(vec![25, 50, 50]))),
///     ("posts", Arc::new(Int64Array::from(vec![51, 49, 52]))),
/// ];
/// let batch = RecordBatch::try_from_iter(columns)?;
/// let floats = Floats::Refused;
/// let names = PointNames { target: "target", series: &["unit"], day: "day", numerator: "posts", denominator: None, floats };
/// let places = Settings { places: 1, ..Settings::default() };
/// let answers = trajectory_batches(&courses, &[batch], &names, &[TrajectoryOutput::Expected], &places)?;
/// assert_eq!(answers.num_rows(), 2);
/// assert_eq!(answers["expected"].as_primitive::<Decimal128Type>().value_as_string(1), "49.0"); // 52 − 6·50/100
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn trajectory_batches(
    courses: &CourseTable,
    batches: &[RecordBatch],
    names: &PointNames<'_>,
    wanted: &[TrajectoryOutput],
    settings: &Settings,
) -> Result<RecordBatch, Faults> {
    let mut faults = Vec::new();
    let codes = taken(tables::codes(batches, &courses.ids, names.target), &mut faults);
    let mut keys = Vec::new();
    for name in names.series {
        match tables::keys(batches, name) {
            Ok(found) => keys.push(found),
            Err(more) => faults.extend(more.into_vec()),
        }
    }
    let days = taken(days(batches, names.day), &mut faults).unwrap_or_default();
    let figures = |name: &str| tables::figures(batches, name, names.floats);
    let numerators = taken(figures(names.numerator), &mut faults);
    let denominators = names.denominator.map(|name| taken(figures(name), &mut faults));
    Faults::or(faults, ())?;
    // None only where there is a fault.
    let (Some(codes), Some(numerators)) = (codes, numerators) else { return Ok(batch_of(Vec::new())?) };
    let denominators = denominators.flatten();

    let columns: Vec<&[u32]> = std::iter::once(codes.as_slice()).chain(keys.iter().map(|(_, codes)| codes.as_slice())).collect();
    let ranges = series(&columns, codes.as_slice().len(), names.target)?;
    let offsets: Vec<usize> = std::iter::once(0).chain(ranges.iter().map(|range| range.end)).collect();
    let of_series = |codes: &[u32]| -> Vec<u32> { ranges.iter().filter_map(|range| codes.get(range.start).copied()).collect() };
    let targets = of_series(codes.as_slice());
    let points = Series {
        courses: Codes::Each(&targets),
        days: Days::Each { offsets: &offsets, days: &days },
        numerators: numerators.figures(),
        denominators: denominators.as_ref().map(FigureArray::figures),
    };
    let answers = trajectory(&courses.courses, &points, wanted, settings);
    let answers = answers.map_err(|faults| faults.map(|fault| named(fault, names)))?;
    let mut told: Vec<(Field, ArrayRef)> = Vec::new();
    let ids = std::iter::once((names.target, &courses.ids, &targets));
    let series_codes: Vec<Vec<u32>> = keys.iter().map(|(_, codes)| of_series(codes.as_slice())).collect();
    let others = names.series.iter().zip(&keys).zip(&series_codes).map(|((name, (ids, _)), codes)| (*name, ids, codes));
    for (name, ids, codes) in ids.chain(others) {
        let array = dictionary(codes, ids.as_slice().iter().map(String::as_str)).map_err(|error| refused(&error))?;
        told.push((Field::new(name, array.data_type().clone(), false), array));
    }
    told.extend(answers.into_columns(&courses.courses, settings.places).map_err(|error| refused(&error))?);
    Ok(batch_of(told)?)
}

/// Days as numbers from 1970-01-01 on, and the rows that have none.
fn days(batches: &[RecordBatch], name: &str) -> Result<(Vec<i32>, Vec<Fault>), Fault> {
    let (mut days, mut faults) = (Vec::new(), Vec::new());
    for array in tables::columns(batches, name)? {
        let read = DayArray::new(array)
            .ok_or_else(|| Fault::new(FaultKind::InvalidValue, Path::root().key(name), array.data_type().to_string(), DAYS))?;
        if let Some(mut all) = read.all() {
            days.append(&mut all);
            continue;
        }
        for row in 0..array.len() {
            let (kind, what, expected) = match read.get(row) {
                Ok(Some(day)) => {
                    days.push(Date32Type::from_naive_date(day));
                    continue;
                }
                Ok(None) => (FaultKind::MissingField, "no day".to_owned(), DAYS.to_owned()),
                Err(unread) => (FaultKind::InvalidValue, unread.what, unread.expected),
            };
            if faults.len() < super::MOST_FAULTS {
                faults.push(Fault::new(kind, cell(name, days.len()), what, expected));
            }
            days.push(0);
        }
    }
    Ok((days, faults))
}

/// Runs of rows with the same codes.
fn series(columns: &[&[u32]], rows: usize, name: &str) -> Result<Vec<Range<usize>>, Faults> {
    let at = |row: usize| -> Vec<u32> { columns.iter().filter_map(|codes| codes.get(row).copied()).collect() };
    let is_new = |row: usize| row == 0 || columns.iter().any(|codes| codes.get(row) != codes.get(row.wrapping_sub(1)));
    let starts: Vec<usize> = (0..rows).filter(|row| is_new(*row)).collect();
    let (mut seen, mut faults) = (HashSet::new(), Vec::new());
    for start in &starts {
        if !seen.insert(at(*start)) && faults.len() < super::MOST_FAULTS {
            let what = "a series that has been there before";
            faults.push(Fault::new(FaultKind::Duplicate, cell(name, *start), what, "all points of a series one after the other"));
        }
    }
    let ends = starts.iter().copied().skip(1).chain([rows]);
    Faults::or(faults, starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect())
}

/// A fault of the batch engine with the columns' own names.
fn named(fault: Fault, names: &PointNames<'_>) -> Fault {
    let name = match fault.path.segments() {
        [Segment::Key(key), ..] if key == "numerators" => names.numerator,
        [Segment::Key(key), ..] if key == "denominators" => names.denominator.unwrap_or("denominators"),
        [Segment::Key(key), ..] if key == "days" => names.day,
        _ => return fault,
    };
    Fault { path: renamed(&fault.path, name), ..fault }
}
