//! The batch engine on frames.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, UInt32Array};
use arrow_schema::{DataType, Field, FieldRef, Schema};
use attain::columns::arrow::{
    BatchRollUp, ColumnNames, CourseTable, Floats, Ids, KeyColumn, MeasureNames, PointNames, TargetTable, evaluate_all,
    rank_batches, trajectory_batches,
};
use attain::columns::{Combination, Course, Output, Rule, Settings, TrajectoryOutput, units_at_depth};
use attain::number::{Number, Ratio};
use attain::plan::{Better, Kind};
use attain::time::{Cadence, Calendar};
use attain::{Fault, FaultKind, Faults, Path};
use chrono::NaiveDate;
use pyo3::prelude::*;

use crate::arrow::{Frame, Table};
use crate::faults::{raised, refused};
use crate::plan::Plan;

fn settings(places: u32, threads: bool) -> Settings {
    Settings { places, parallel: threads, ..Settings::default() }
}

fn floats(as_written: bool) -> Floats {
    if as_written { Floats::AsWritten } else { Floats::Refused }
}

/// Rules of a plan's targets, with the baselines that are given.
#[pyclass(frozen, module = "attain._attain")]
pub(crate) struct Targets {
    plan: Arc<attain::Plan>,
    table: TargetTable,
}

#[pymethods]
impl Targets {
    #[staticmethod]
    fn of(py: Python<'_>, plan: &Plan, baselines: HashMap<String, String>) -> PyResult<Self> {
        let mut rules = Vec::new();
        for target in plan.0.targets() {
            let Some(mut rule) = Rule::of(&plan.0, target) else { continue };
            if let Some(baseline) = baselines.get(target.id()) {
                rule = rule.with_baseline(number(py, &format!("baselines.{}", target.id()), baseline)?);
            }
            rules.push((target.id(), rule));
        }
        if let Some(unknown) = baselines.keys().filter(|id| !rules.iter().any(|(known, _)| known == id)).min() {
            return Err(refused(py, "baselines", &format!("no target '{unknown}'"), "the ids of targets of the plan"));
        }
        let table = TargetTable::new(rules).map_err(|faults| raised(py, &faults))?;
        Ok(Self { plan: Arc::clone(&plan.0), table })
    }

    #[getter]
    fn ids(&self) -> Vec<String> {
        self.table.ids().as_slice().to_vec()
    }
}

fn number(py: Python<'_>, argument: &str, text: &str) -> PyResult<Ratio> {
    let read = text.parse::<Number>().map(Ratio::from);
    read.map_err(|_| refused(py, argument, &format!("'{text}'"), "a decimal such as 12.5"))
}

fn one_of<T: Copy>(py: Python<'_>, argument: &str, asked: &str, known: &[(&str, T)]) -> PyResult<T> {
    known.iter().find(|(code, _)| *code == asked).map(|(_, value)| *value).ok_or_else(|| {
        let codes: Vec<&str> = known.iter().map(|(code, _)| *code).collect();
        refused(py, argument, &format!("'{asked}'"), &format!("one of {}", codes.join(", ")))
    })
}

/// The statuses and numbers of every row.
#[pyfunction]
#[pyo3(signature = (frame: "object", targets, target, numerator, denominator, outputs, places, keep, as_written, threads))]
#[allow(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub(crate) fn evaluate(
    py: Python<'_>,
    frame: &Bound<'_, PyAny>,
    targets: &Targets,
    target: &str,
    numerator: &str,
    denominator: Option<&str>,
    outputs: Vec<String>,
    places: u32,
    keep: Vec<String>,
    as_written: bool,
    threads: bool,
) -> PyResult<Table> {
    let frame = Frame::of(frame)?;
    let known: Vec<(&str, Output)> = Output::ALL.iter().map(|output| (output.code(), *output)).collect();
    let mut wanted = Vec::new();
    for asked in &outputs {
        wanted.push(one_of(py, "outputs", asked, &known)?);
    }
    let keep: Vec<&str> = keep.iter().map(String::as_str).collect();
    let names = match denominator {
        Some(denominator) => ColumnNames::quotients(target, numerator, denominator),
        None => ColumnNames::amounts(target, numerator),
    };
    let names = names.keeping(&keep).with_floats(floats(as_written));
    let settings = settings(places, threads);
    let answers = py.detach(|| evaluate_all(&targets.table, &frame.batches, &names, &wanted, &settings));
    answers.map(Table::new).map_err(|faults| raised(py, &faults))
}

/// What a key of a roll-up comes to.
#[derive(FromPyObject)]
pub(crate) enum Grouping {
    /// `"each"`, `"sum"`, `"period"`, `"period:year"`, `"unit:1"`.
    #[pyo3(transparent, annotation = "str")]
    Word(String),
    /// The group of each id; ids that are not there are left out.
    #[pyo3(transparent, annotation = "dict[str, str]")]
    Map(HashMap<String, String>),
}

fn key(py: Python<'_>, plan: Option<&Plan>, name: &str, ids: Ids, grouping: &Grouping) -> PyResult<KeyColumn> {
    let expected = "'each', 'sum', 'period', 'period:quarter', 'unit:DEPTH' (with a plan), or a dictionary of groups";
    let made = match grouping {
        Grouping::Map(groups) => KeyColumn::new(name, ids).into_groups(|id| groups.get(id).cloned()),
        Grouping::Word(word) => match (word.split_once(':').unwrap_or((word, "")), plan) {
            (("each", ""), _) => Ok(KeyColumn::new(name, ids)),
            (("sum", ""), _) => KeyColumn::new(name, ids).combined(),
            (("period", within), _) => {
                let within = if within.is_empty() {
                    None
                } else {
                    Some(one_of(py, "keys", within, &Cadence::ALL.map(|one| (one.code(), one)))?)
                };
                KeyColumn::periods(name, ids, plan.map_or(Calendar::Gregorian, |plan| plan.0.calendar()), within)
            }
            (("unit", depth), Some(plan)) => {
                let depth = depth.parse().map_err(|_| refused(py, "keys", &format!("'{word}'"), expected))?;
                let above = units_at_depth(&plan.0, depth);
                let units = plan.0.units();
                let of: HashMap<&str, &str> = units
                    .iter()
                    .zip(above)
                    .filter_map(|(unit, above)| Some((unit.id(), units.get(above as usize)?.id())))
                    .collect();
                let mut faults = Vec::new();
                for id in ids.as_slice().iter().filter(|id| !of.contains_key(id.as_str())) {
                    let (kind, what, expected) = match units.iter().any(|unit| unit.id() == *id) {
                        false => (FaultKind::UnknownReference, format!("no unit '{id}'"), "the ids of units of the plan"),
                        true => (
                            FaultKind::Inconsistent,
                            format!("'{id}' consists of other units, which are what is added up"),
                            "units without others below them",
                        ),
                    };
                    faults.push(Fault::new(kind, Path::root().key(name), what, expected));
                }
                Faults::or(faults, ()).map_err(|faults| raised(py, &faults))?;
                KeyColumn::new(name, ids).into_groups(|id| of.get(id).map(|group| (*group).to_owned()))
            }
            _ => return Err(refused(py, "keys", &format!("'{word}'"), expected)),
        },
    };
    made.map_err(|faults| raised(py, &faults))
}

/// With more faults than these the rest of a frame is not looked at.
const MOST_FAULTS: usize = 1_000;

/// Sums by keys.
#[pyfunction]
#[pyo3(signature = (frame: "object", kind, keys: "list[tuple[str, str | dict[str, str]]]", measures, plan, cohorts, weighted, as_written, threads))]
#[allow(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub(crate) fn roll_up(
    py: Python<'_>,
    frame: &Bound<'_, PyAny>,
    kind: &str,
    keys: Vec<(String, Grouping)>,
    measures: Vec<String>,
    plan: Option<&Plan>,
    cohorts: bool,
    weighted: bool,
    as_written: bool,
    threads: bool,
) -> PyResult<Table> {
    let frame = Frame::of(frame)?;
    let kind = one_of(py, "kind", kind, &Kind::ALL.map(|one| (one.code(), one)))?;
    let mut combination = Combination::from(kind);
    if cohorts {
        combination = combination.with_cohorts();
    }
    if weighted {
        combination = combination.with_weights();
    }
    let measures = match measures.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [amounts] => MeasureNames::Amounts(amounts),
        [scores, weights] if kind == Kind::Index => MeasureNames::Weighted(scores, weights),
        [numerators, denominators] => MeasureNames::Quotients(numerators, denominators),
        [in_time, late, overdue, not_due] => MeasureNames::Cases(in_time, late, overdue, not_due),
        other => {
            let expected = "one column of amounts, two of quotients (or scores and weights), or four of cases";
            return Err(refused(py, "measures", &format!("{} columns", other.len()), expected));
        }
    };
    let (mut distinct, mut faults) = (Vec::new(), Vec::new());
    for (name, _) in &keys {
        let arrays: Vec<&ArrayRef> = frame.batches.iter().filter_map(|batch| batch.column_by_name(name)).collect();
        if arrays.len() < frame.batches.len() {
            let path = Path::root().key(name);
            let columns = frame.batches.first().map(RecordBatch::schema).into_iter();
            let columns =
                columns.flat_map(|schema| schema.fields().iter().map(|field| format!("'{}'", field.name())).collect::<Vec<_>>());
            let expected = format!("one of {}", columns.collect::<Vec<_>>().join(", "));
            faults.push(Fault::new(FaultKind::MissingField, path, "no such column", expected));
            continue;
        }
        match Ids::distinct(arrays.into_iter().map(|array| &**array), name) {
            Ok(ids) => distinct.push(ids),
            Err(more) => faults.extend(more.into_vec()),
        }
    }
    Faults::or(faults, ()).map_err(|faults| raised(py, &faults))?;
    let mut columns = Vec::new();
    for ((name, grouping), ids) in keys.iter().zip(distinct) {
        columns.push(key(py, plan, name, ids, grouping)?);
    }
    let settings = settings(12, threads);
    let sums = py.detach(|| {
        let mut sums = BatchRollUp::new(combination, columns, measures, floats(as_written))?;
        let mut faults = Vec::new();
        for batch in &frame.batches {
            if let Err(more) = sums.add(batch, &settings) {
                // Of a column as a whole every batch says the same.
                faults.extend(more.into_vec().into_iter().filter(|fault| !faults.contains(fault)).collect::<Vec<_>>());
            }
            if faults.len() >= MOST_FAULTS {
                break;
            }
        }
        Faults::or(faults, ())?;
        sums.finish()
    });
    sums.map(|groups| Table::new(vec![groups])).map_err(|faults| raised(py, &faults))
}

/// The frame with a column of places.
#[pyfunction]
#[pyo3(signature = (frame: "object", numerator, denominator, within, better, name, as_written, threads))]
#[allow(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub(crate) fn rank(
    py: Python<'_>,
    frame: &Bound<'_, PyAny>,
    numerator: &str,
    denominator: Option<&str>,
    within: Option<&str>,
    better: &str,
    name: &str,
    as_written: bool,
    threads: bool,
) -> PyResult<Table> {
    let better = one_of(py, "better", better, &[("higher", Better::Higher), ("lower", Better::Lower)])?;
    let frame = Frame::of(frame)?;
    if frame.batches.iter().any(|batch| batch.column_by_name(name).is_some()) {
        return Err(refused(py, "name", &format!("'{name}', which is a column of the frame"), "another name"));
    }
    let (names, settings) = ((numerator, denominator), settings(12, threads));
    let ranked = py.detach(|| rank_batches(&frame.batches, names, within, better, floats(as_written), &settings));
    let places = UInt32Array::from(ranked.map_err(|faults| raised(py, &faults))?);
    let (mut told, mut from) = (Vec::new(), 0);
    for batch in &frame.batches {
        let mut fields: Vec<FieldRef> = batch.schema().fields().iter().cloned().collect();
        fields.push(Arc::new(Field::new(name, DataType::UInt32, true)));
        let places: ArrayRef = Arc::new(places.slice(from, batch.num_rows()));
        let arrays = batch.columns().iter().cloned().chain([places]).collect();
        let ranked = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays);
        told.push(ranked.map_err(|error| refused(py, "frame", &error.to_string(), "columns of one length"))?);
        from += batch.num_rows();
    }
    Ok(Table::new(told))
}

/// Baseline, its day, and the day on which the target is due.
type CourseSaid = (String, NaiveDate, NaiveDate);

/// Where each series should stand and where it leads.
#[pyfunction]
#[pyo3(signature = (frame: "object", targets, courses, target, series, day, numerator, denominator, outputs, places, as_written, threads))]
#[allow(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub(crate) fn trajectory(
    py: Python<'_>,
    frame: &Bound<'_, PyAny>,
    targets: &Targets,
    courses: HashMap<String, CourseSaid>,
    target: &str,
    series: Vec<String>,
    day: &str,
    numerator: &str,
    denominator: Option<&str>,
    outputs: Vec<String>,
    places: u32,
    as_written: bool,
    threads: bool,
) -> PyResult<Table> {
    let known: Vec<(&str, TrajectoryOutput)> = TrajectoryOutput::ALL.iter().map(|output| (output.code(), *output)).collect();
    let mut wanted = Vec::new();
    for asked in &outputs {
        wanted.push(one_of(py, "outputs", asked, &known)?);
    }
    let mut table = Vec::new();
    let mut said: Vec<(&String, &CourseSaid)> = courses.iter().collect();
    said.sort();
    let from_epoch = |day: NaiveDate| day.signed_duration_since(NaiveDate::default()).num_days();
    for (id, (baseline, from, due)) in said {
        let rule = targets.table.ids().find(id).and_then(|place| targets.table.rules().get(place as usize));
        let Some(rule) = rule else {
            return Err(refused(py, "courses", &format!("no target '{id}'"), "the ids of targets of the plan"));
        };
        let day = |day: NaiveDate| i32::try_from(from_epoch(day)).unwrap_or(i32::MAX);
        let rule = rule.clone().with_baseline(number(py, &format!("courses.{id}"), baseline)?);
        let course = Course::new(rule, day(*from), day(*due)).with_bands(targets.plan.pace_bands());
        table.push((id.clone(), course));
    }
    let table = CourseTable::new(table).map_err(|faults| raised(py, &faults))?;
    let frame = Frame::of(frame)?;
    let series: Vec<&str> = series.iter().map(String::as_str).collect();
    let names = PointNames { target, series: &series, day, numerator, denominator, floats: floats(as_written) };
    let settings = settings(places, threads);
    let told = py.detach(|| trajectory_batches(&table, &frame.batches, &names, &wanted, &settings));
    told.map(|batch| Table::new(vec![batch])).map_err(|faults| raised(py, &faults))
}
