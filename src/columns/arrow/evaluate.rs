//! Record batches judged by the targets that their rows name.

use std::collections::BTreeMap;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::Field;

use super::answers::{Answers, batch as batch_of};
use super::figures::FigureArray;
use super::floats::Floats;
use super::ids::{CodeArray, Ids};
use super::{MOST_FAULTS, column, moved, refused, renamed, taken};
use crate::columns::evaluate::evaluate_by_parts;
use crate::columns::{Output, Rows, Rule, Settings};
use crate::document::quoted;
use crate::fault::{Fault, FaultKind, Faults, Path, Segment};

/// Targets by their ids, each with its rule.
///
/// ```
/// use attain::columns::{Rule, arrow::TargetTable};
/// use attain::plan::{Kind, Requirement};
/// let at_least = |threshold: i64| Rule::new(Kind::Share, Requirement::AtLeast(threshold.into()));
/// let targets = TargetTable::new([("online", at_least(80)), ("on-paper", at_least(20))])?;
/// assert_eq!(targets.ids().find("on-paper"), Some(1));
/// # Ok::<(), attain::Faults>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct TargetTable {
    ids: Ids,
    rules: Vec<Rule>,
}

impl TargetTable {
    /// A table of targets.
    ///
    /// # Errors
    /// Every id that is given a second time.
    pub fn new(targets: impl IntoIterator<Item = (impl Into<String>, Rule)>) -> Result<Self, Faults> {
        let (ids, rules): (Vec<String>, Vec<Rule>) = targets.into_iter().map(|(id, rule)| (id.into(), rule)).unzip();
        Ok(Self { ids: Ids::new(ids)?, rules })
    }

    /// The ids, in the order of their rules.
    #[must_use]
    pub fn ids(&self) -> &Ids {
        &self.ids
    }

    /// The rules, in the order of their ids.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
}

/// What the columns of a record batch are called, and whether their figures may be floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnNames<'a> {
    /// The target of each row, by its id.
    pub target: &'a str,
    /// What is counted, or the amount.
    pub numerator: &'a str,
    /// What it is counted of; not needed where every rule is about amounts.
    pub denominator: Option<&'a str>,
    /// Columns that go on into the answers, before these and as they are.
    pub keep: &'a [&'a str],
    /// What becomes of figures that are floats.
    pub floats: Floats,
}

impl<'a> ColumnNames<'a> {
    /// Rows of quotients: `numerator` of `denominator`.
    #[must_use]
    pub fn quotients(target: &'a str, numerator: &'a str, denominator: &'a str) -> Self {
        Self { target, numerator, denominator: Some(denominator), keep: &[], floats: Floats::Refused }
    }

    /// Rows of amounts.
    #[must_use]
    pub fn amounts(target: &'a str, amount: &'a str) -> Self {
        Self { target, numerator: amount, denominator: None, keep: &[], floats: Floats::Refused }
    }

    /// The same with columns that go on into the answers.
    #[must_use]
    pub fn keeping(self, keep: &'a [&'a str]) -> Self {
        Self { keep, ..self }
    }

    /// The same with floats as `floats` says.
    #[must_use]
    pub fn with_floats(self, floats: Floats) -> Self {
        Self { floats, ..self }
    }
}

/// Judges every row of a batch by the target that it names, as [`evaluate`](fn@crate::columns::evaluate) does, and gives the
/// answers as a batch of as many rows.
///
/// Ids are read as [`CodeArray`] says, figures as [`FigureArray`] says; the answers are those of
/// [`Evaluation::into_record_batch`](crate::columns::Evaluation::into_record_batch), after the columns that are kept.
///
/// # Errors
/// Every fault, with the column by its name and the row counted from 0: columns that are not there or are no exact numbers;
/// targets that are null or unknown; and what [`evaluate`](fn@crate::columns::evaluate) says of figures. The first thousand rows
/// of a column are named.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
/// use attain::columns::{Output, Rule, Settings, arrow::{ColumnNames, TargetTable, evaluate_batch}};
/// use attain::plan::{Kind, Requirement};
///
/// let targets = TargetTable::new([("online", Rule::new(Kind::Share, Requirement::AtLeast(80.into())))])?;
/// let batch = |ids: Vec<&str>| {
///     let handled = Int64Array::from(vec![Some(1999), None]);
///     let all = Int64Array::from(vec![2500, 2500]);
///     let columns: [(&str, ArrayRef); 3] =
///         [("target", Arc::new(StringArray::from(ids))), ("handled", Arc::new(handled)), ("all", Arc::new(all))];
///     RecordBatch::try_from_iter(columns)
/// };
/// let names = ColumnNames::quotients("target", "handled", "all");
/// let ask = |batch: &RecordBatch| evaluate_batch(&targets, batch, &names, &[Output::ShortBy], &Settings::default());
///
/// let answers = ask(&batch(vec!["online", "online"])?)?;
/// assert_eq!(answers["short_by"].as_ref(), &Int64Array::from(vec![Some(1), None])); // 2000 of 2500 are 80 %
/// let faults = ask(&batch(vec!["online", "onlin"])?).unwrap_err();
/// assert_eq!(faults.to_string(), "target[1]: 'onlin' is not known (did you mean 'online'?); expected 'online'");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn evaluate_batch(
    targets: &TargetTable,
    batch: &RecordBatch,
    columns: &ColumnNames<'_>,
    wanted: &[Output],
    settings: &Settings,
) -> Result<RecordBatch, Faults> {
    judged(targets, batch, columns, wanted, settings, 0)
}

/// Judges batch after batch as they come, as [`evaluate_batch`] does; nothing is kept of a batch but the number of its rows.
///
/// Rows in errors are counted through all batches. After an error the next batch can be asked for.
///
/// # Errors
/// Batch by batch, as [`evaluate_batch`]; and what `batches` itself says.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
/// use attain::columns::{Rule, Settings, arrow::{ColumnNames, TargetTable, evaluate_batches}};
/// use attain::plan::{Kind, Requirement};
///
/// let targets = TargetTable::new([("posts", Rule::new(Kind::Stock, Requirement::AtMost(46.into())))])?;
/// let batch = |posts: i64| {
///     let columns: [(&str, ArrayRef); 2] =
///         [("target", Arc::new(StringArray::from(vec!["posts"]))), ("posts", Arc::new(Int64Array::from(vec![posts])))];
///     RecordBatch::try_from_iter(columns)
/// };
/// let batches = [batch(46), batch(47), batch(-1)];
/// let names = ColumnNames::amounts("target", "posts");
/// let mut answers = evaluate_batches(&targets, batches, names, &[], Settings::default());
/// assert_eq!(answers.next().unwrap()?.num_rows(), 1);
/// assert_eq!(answers.next().unwrap()?.num_rows(), 1);
/// assert_eq!(answers.next().unwrap().unwrap_err().to_string(), "posts[2]: -1; expected a value of at least 0");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn evaluate_batches<'a, E, I>(
    targets: &'a TargetTable,
    batches: I,
    columns: ColumnNames<'a>,
    wanted: &'a [Output],
    settings: Settings,
) -> impl Iterator<Item = Result<RecordBatch, BatchError<E>>> + use<'a, E, I>
where
    I: IntoIterator<Item = Result<RecordBatch, E>>,
{
    let mut next = 0_usize;
    batches.into_iter().map(move |batch| {
        let batch = batch.map_err(BatchError::Unread)?;
        let from = next;
        next = next.saturating_add(batch.num_rows());
        judged(targets, &batch, &columns, wanted, &settings, from).map_err(BatchError::Faulty)
    })
}

/// Judges every row of some batches, as [`evaluate_batch`] does; part by part, so that what is needed on the way stays in caches, and
/// with [`Settings::parallel`] on all threads. The answers stand in the order of the rows, in batches of at most 2¹⁸ of them.
///
/// # Errors
/// Every fault of every part (the first thousand), as [`evaluate_batch`], rows counted through all batches.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
/// use attain::columns::{Rule, Settings, arrow::{ColumnNames, TargetTable, evaluate_all}};
/// use attain::plan::{Kind, Requirement};
///
/// let targets = TargetTable::new([("posts", Rule::new(Kind::Stock, Requirement::AtMost(46.into())))])?;
/// let batch = |posts: Vec<i64>| {
///     let columns: [(&str, ArrayRef); 2] =
///         [("target", Arc::new(StringArray::from(vec!["posts"; posts.len()]))), ("posts", Arc::new(Int64Array::from(posts)))];
///     RecordBatch::try_from_iter(columns)
/// };
/// let ask = |posts| evaluate_all(&targets, &[batch(vec![46, 47])?, batch(posts)?], &ColumnNames::amounts("target", "posts"), &[], &Settings::default()).map_err(Box::<dyn std::error::Error>::from);
/// assert_eq!(ask(vec![45])?.iter().map(RecordBatch::num_rows).sum::<usize>(), 3);
/// assert_eq!(ask(vec![-1]).unwrap_err().to_string(), "posts[2]: -1; expected a value of at least 0");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn evaluate_all(
    targets: &TargetTable,
    batches: &[RecordBatch],
    columns: &ColumnNames<'_>,
    wanted: &[Output],
    settings: &Settings,
) -> Result<Vec<RecordBatch>, Faults> {
    let mut parts = Vec::new();
    let mut from = 0_usize;
    for batch in batches {
        parts.extend(parts_of(batch, from));
        from = from.saturating_add(batch.num_rows());
    }
    let asked = Asked { targets, names: columns, wanted, settings };
    asked.of(parts)?.into_iter().map(|part| part.batch(targets, settings)).collect()
}

/// How many rows are judged at a time, at most, by one thread.
const PART: usize = 1 << 18;

/// The parts of a batch, each with the number of its first row; a batch without rows has a part without rows.
fn parts_of(batch: &RecordBatch, from: usize) -> impl Iterator<Item = (usize, RecordBatch)> {
    let rows = batch.num_rows();
    let part = move |start: usize| (from.saturating_add(start), batch.slice(start, PART.min(rows.saturating_sub(start))));
    (0..rows.max(1)).step_by(PART).map(part)
}

/// The same for a batch whose first row has the number `from`: one batch of answers, made by one thread or by all.
fn judged(
    targets: &TargetTable,
    batch: &RecordBatch,
    names: &ColumnNames<'_>,
    wanted: &[Output],
    settings: &Settings,
    from: usize,
) -> Result<RecordBatch, Faults> {
    let asked = Asked { targets, names, wanted, settings };
    let parts = if settings.parallel { parts_of(batch, from).collect() } else { vec![(from, batch.clone())] };
    let mut whole = Part { kept: asked.kept(batch, &mut Vec::new()), answers: None };
    for part in asked.of(parts)? {
        match (&mut whole.answers, part.answers) {
            (Some(answers), Some(more)) => answers.append(more),
            (answers, more) => *answers = more,
        }
    }
    whole.batch(targets, settings)
}

/// What is made of each part, in the order of the parts.
fn in_order<P: Send, A: Send>(parts: Vec<P>, is_parallel: bool, make: impl Fn(P) -> A + Sync + Send) -> Vec<A> {
    #[cfg(feature = "parallel")]
    if is_parallel {
        use rayon::iter::{IntoParallelIterator, ParallelIterator};
        return parts.into_par_iter().map(make).collect();
    }
    let _ = is_parallel;
    parts.into_iter().map(make).collect()
}

/// Why there are no answers to a batch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchError<E> {
    /// The batch itself could not be had.
    #[error("no batch: {0}")]
    Unread(#[source] E),
    /// What is wrong with the batch.
    #[error(transparent)]
    Faulty(Faults),
}

/// What is asked of every row.
struct Asked<'a> {
    targets: &'a TargetTable,
    names: &'a ColumnNames<'a>,
    wanted: &'a [Output],
    settings: &'a Settings,
}

/// Some rows with their answers.
struct Part {
    kept: Vec<(Field, ArrayRef)>,
    answers: Option<Answers>,
}

impl Part {
    fn batch(self, targets: &TargetTable, settings: &Settings) -> Result<RecordBatch, Faults> {
        let answers = self.answers.map(|answers| answers.into_columns(&targets.rules, settings.places));
        let answers = answers.transpose().map_err(|error| refused(&error))?.unwrap_or_default();
        Ok(batch_of(self.kept.into_iter().chain(answers).collect())?)
    }
}

impl Asked<'_> {
    /// The answers to some parts, in their order; or every fault of every part, of each column the first thousand.
    fn of(&self, parts: Vec<(usize, RecordBatch)>) -> Result<Vec<Part>, Faults> {
        let judged = in_order(parts, self.settings.parallel, |(from, part)| self.answer(&part, from));
        let (mut answers, mut faults) = (Vec::with_capacity(judged.len()), Vec::<Fault>::new());
        let mut told: BTreeMap<Option<Segment>, usize> = BTreeMap::new();
        for part in judged {
            match part {
                Ok(answer) => answers.push(answer),
                Err(more) => {
                    for fault in more.into_vec() {
                        let of_column = told.entry(fault.path.segments().first().cloned()).or_default();
                        let is_whole = fault.path.segments().len() < 2;
                        // Of a column as a whole every part says the same.
                        if *of_column < MOST_FAULTS && !(is_whole && faults.contains(&fault)) {
                            *of_column += 1;
                            faults.push(fault);
                        }
                    }
                }
            }
        }
        Faults::or(faults, answers)
    }

    /// The answers to a part whose first row has the number `from`.
    fn answer(&self, part: &RecordBatch, from: usize) -> Result<Part, Faults> {
        let Self { targets, names, wanted, settings } = self;
        let mut faults = Vec::new();
        let kept = self.kept(part, &mut faults);
        let codes = column(part, names.target).and_then(|array| CodeArray::read(array, &targets.ids, names.target));
        let codes = taken(codes, &mut faults);
        let figures = |name: &str| column(part, name).and_then(|array| FigureArray::read(array, name, names.floats));
        let numerators = taken(figures(names.numerator), &mut faults);
        let denominators = names.denominator.map(|name| taken(figures(name), &mut faults));
        let mut answers = None;
        if let (Some(codes), Some(numerators), None | Some(Some(_))) = (&codes, &numerators, &denominators) {
            let denominators = denominators.as_ref().and_then(Option::as_ref).map(FigureArray::figures);
            let rows = Rows { rules: codes.codes(), numerators: numerators.figures(), denominators };
            let mut found = Answers::new(rows.len(), wanted);
            match evaluate_by_parts(&targets.rules, &rows, wanted, settings, |more| found.push(more)) {
                Ok(()) => answers = Some(found),
                Err(more) => faults.extend(more.into_vec().into_iter().filter_map(|fault| named(fault, names))),
            }
        }
        // None only where there is a fault.
        Faults::or(faults.into_iter().map(|fault| moved(fault, from)).collect(), Part { kept, answers })
    }

    /// The columns that go on into the answers, with their fields.
    fn kept(&self, batch: &RecordBatch, faults: &mut Vec<Fault>) -> Vec<(Field, ArrayRef)> {
        let is_answer = |name: &str| name == "status" || self.wanted.iter().any(|output| output.code() == name);
        let mut kept = Vec::new();
        for name in self.names.keep {
            if is_answer(name) {
                let what = format!("{} is kept, and is a column of the answers", quoted(name));
                faults.push(Fault::new(FaultKind::Duplicate, Path::root().key(name), what, "another name in the batch"));
            }
            match (column(batch, name), batch.schema_ref().field_with_name(name)) {
                (Ok(array), Ok(field)) => kept.push((field.clone(), array.clone())),
                (Err(fault), _) => faults.push(fault),
                (_, Err(error)) => faults.push(refused(&error)),
            }
        }
        kept
    }
}

/// A fault of the batch engine with the column's own name; nothing of a row whose target is unknown, which has been named with
/// what it says.
fn named(fault: Fault, names: &ColumnNames<'_>) -> Option<Fault> {
    let name = match fault.path.segments() {
        [Segment::Key(key), Segment::Index(_)] if key == "rules" => return None,
        [Segment::Key(key), ..] if key == "numerators" => names.numerator,
        [Segment::Key(key), ..] if key == "denominators" => names.denominator.unwrap_or("denominators"),
        _ => return Some(fault),
    };
    Some(Fault { path: renamed(&fault.path, name), ..fault })
}
