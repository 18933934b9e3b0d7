//! Is each row's target met, and how far is it off?

mod arithmetic;
mod block;
mod compiled;
mod plain;
mod small;

use crate::assess::{Quantity, Status};
use crate::columns::input::{Codes, Figures, MOST_PLACES};
#[cfg(any(feature = "arrow", feature = "parallel"))]
use crate::columns::lanes::BLOCK;
use crate::columns::lanes::MOST_ENTRIES;
use crate::columns::rule::{Answer, Rule};
use crate::columns::settings::{MOST_RESULT_PLACES, Settings};
use crate::fault::{Fault, FaultKind, Faults, Path};
use block::Blocks;
use compiled::{Compiled, Places};

/// A number that can be asked of each row.
///
/// All but the counts are `round(value · 10^places)`, halves away from zero; what is undefined is
/// [`UNDEFINED`](crate::columns::UNDEFINED), and [`Rule::answer`] says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Output {
    /// The value `a`: `N/D`, times 100 for percentages; or the amount.
    Actual,
    /// The signed gap: `a − T`; of a range 0 inside, `a − L` below, `a − H` above.
    Variance,
    /// The gap that is lacking, never below 0.
    Shortfall,
    /// The attainment: `a/T`, or `T/a` where lower is better.
    RatioToTarget,
    /// The gap closed: `(a − B)/(T − B)`.
    Progress,
    /// How many more cases would have to be successes, a whole number: `max(0, ⌈t·D⌉ − N)`.
    ShortBy,
    /// How many more misses the whole would bear, a whole number: `N − ⌈t·D⌉`; below 0 it is overdrawn.
    Allowance,
}

impl Output {
    /// Every output.
    pub const ALL: [Self; 7] =
        [Self::Actual, Self::Variance, Self::Shortfall, Self::RatioToTarget, Self::Progress, Self::ShortBy, Self::Allowance];

    /// The name of its column.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Variance => "variance",
            Self::Shortfall => "shortfall",
            Self::RatioToTarget => "ratio_to_target",
            Self::Progress => "progress",
            Self::ShortBy => "short_by",
            Self::Allowance => "allowance",
        }
    }

    /// Whether it is a whole number of cases.
    #[must_use]
    pub fn is_count(self) -> bool {
        matches!(self, Self::ShortBy | Self::Allowance)
    }

    /// What an answer says of it.
    pub fn of(self, answer: &Answer) -> &Quantity {
        match self {
            Self::Actual => &answer.actual,
            Self::Variance => &answer.variance,
            Self::Shortfall => &answer.shortfall,
            Self::RatioToTarget => &answer.ratio_to_target,
            Self::Progress => &answer.progress,
            Self::ShortBy => &answer.short_by,
            Self::Allowance => &answer.allowance,
        }
    }
}

/// The rows of a table: which rule each is judged by, and its figures.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// The place of each row's rule in the table of rules.
    pub rules: Codes<'a>,
    /// What is counted, or the amount.
    pub numerators: Figures<'a>,
    /// What it is counted of; not needed where every rule is about amounts.
    pub denominators: Option<Figures<'a>>,
}

impl<'a> Rows<'a> {
    /// Rows of quotients: `numerators` of `denominators`.
    #[must_use]
    pub fn quotients(rules: Codes<'a>, numerators: Figures<'a>, denominators: Figures<'a>) -> Self {
        Self { rules, numerators, denominators: Some(denominators) }
    }

    /// Rows of amounts.
    #[must_use]
    pub fn amounts(rules: Codes<'a>, amounts: Figures<'a>) -> Self {
        Self { rules, numerators: amounts, denominators: None }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.numerators.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[cfg(any(feature = "arrow", feature = "parallel"))]
    fn part(&self, from: usize, rows: usize) -> Self {
        Self {
            rules: self.rules.part(from, rows),
            numerators: self.numerators.part(from, rows),
            denominators: self.denominators.map(|figures| figures.part(from, rows)),
        }
    }
}

/// Where the answers are written: one slot a row in each column that is wanted, none in those that are not.
#[derive(Debug, Default)]
pub struct Buffers<'a> {
    /// What can be said of each row.
    pub status: Option<&'a mut [Status]>,
    columns: [Option<&'a mut [i64]>; Output::ALL.len()],
}

impl<'a> Buffers<'a> {
    /// No column yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with a column for the status.
    #[must_use]
    pub fn with_status(self, status: &'a mut [Status]) -> Self {
        Self { status: Some(status), ..self }
    }

    /// The same with a column for a number.
    #[must_use]
    pub fn with(mut self, output: Output, column: &'a mut [i64]) -> Self {
        if let Some(slot) = self.columns.get_mut(output as usize) {
            *slot = Some(column);
        }
        self
    }

    fn outputs(&self) -> Vec<Output> {
        let is_wanted = |output: &Output| self.columns.get(*output as usize).is_some_and(Option::is_some);
        Output::ALL.into_iter().filter(is_wanted).collect()
    }

    /// The first rows of each column, and the others.
    #[cfg(feature = "parallel")]
    fn split_at(self, rows: usize) -> (Self, Self) {
        let (mut first, mut rest) = (Buffers::new(), Buffers::new());
        if let Some((left, right)) = self.status.map(|column| split(column, rows)) {
            (first.status, rest.status) = (Some(left), Some(right));
        }
        for ((column, left), right) in self.columns.into_iter().zip(&mut first.columns).zip(&mut rest.columns) {
            if let Some((before, after)) = column.map(|column| split(column, rows)) {
                (*left, *right) = (Some(before), Some(after));
            }
        }
        (first, rest)
    }
}

#[cfg(feature = "parallel")]
fn split<T>(column: &mut [T], at: usize) -> (&mut [T], &mut [T]) {
    let at = at.min(column.len());
    column.split_at_mut(at)
}

/// The answers as new columns, one entry a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evaluation {
    /// What can be said of each row: `met`, `missed`, `not_applicable` (no cases), `awaiting_data` (no figure, or no threshold).
    pub status: Vec<Status>,
    columns: [Option<Vec<i64>>; Output::ALL.len()],
}

impl Evaluation {
    /// The column of an output, where it was asked for.
    #[must_use]
    pub fn column(&self, output: Output) -> Option<&[i64]> {
        self.columns.get(output as usize)?.as_deref()
    }

    /// The column of an output, taken out.
    #[must_use]
    pub fn take(&mut self, output: Output) -> Option<Vec<i64>> {
        self.columns.get_mut(output as usize)?.take()
    }

    /// Room for the answers to so many rows.
    fn of(rows: usize, wanted: &[Output]) -> Self {
        let mut answers = Self { status: vec![Status::AwaitingData; rows], ..Self::default() };
        for output in wanted {
            if let Some(column) = answers.columns.get_mut(*output as usize) {
                *column = Some(vec![0; rows]);
            }
        }
        answers
    }

    fn buffers(&mut self) -> Buffers<'_> {
        let mut buffers = Buffers { status: Some(&mut self.status), ..Buffers::default() };
        for (slot, column) in buffers.columns.iter_mut().zip(&mut self.columns) {
            *slot = column.as_deref_mut();
        }
        buffers
    }

    #[cfg(feature = "arrow")]
    fn truncate(&mut self, rows: usize) {
        self.status.truncate(rows);
        self.columns.iter_mut().flatten().for_each(|column| column.truncate(rows));
    }
}

/// Judges every row by its rule, as an assessment judges a closed period, and gives the columns that are asked for.
///
/// Null figures are missing, never 0. Every number is the exact one rounded once, as [`Output`] says; no choice in the settings
/// but that of the places changes it.
///
/// # Errors
/// Every row (the first thousand of them) whose rule is not in the table, whose counts are not `0 ≤ N ≤ D`, whose denominator is
/// below 0 or lacking, whose value lies outside the indicator's bounds, or whose answer does not fit 64 bits at these places;
/// columns of unequal length.
///
/// ```
/// use attain::Status;
/// use attain::columns::{Codes, Figures, Output, Rows, Rule, Settings, evaluate};
/// use attain::plan::{Kind, Requirement};
///
/// let rules = [Rule::new(Kind::Share, Requirement::AtLeast(80.into()))];
/// let (handled, all) = ([1999, 2000, 0], [2500, 2500, 0]);
/// let rows = Rows::quotients(Codes::One(0), Figures::whole(&handled), Figures::whole(&all));
/// let places = Settings { places: 2, ..Settings::default() };
/// let answers = evaluate(&rules, &rows, &[Output::Variance, Output::ShortBy], &places)?;
/// assert_eq!(answers.status, [Status::Missed, Status::Met, Status::NotApplicable]);
/// assert_eq!(answers.column(Output::Variance).unwrap()[..2], [-4, 0]); // 79.96 % is 0.04 points below 80 %
/// assert_eq!(answers.column(Output::ShortBy).unwrap(), [1, 0, 0]);
/// # Ok::<(), attain::Faults>(())
/// ```
pub fn evaluate(rules: &[Rule], rows: &Rows<'_>, wanted: &[Output], settings: &Settings) -> Result<Evaluation, Faults> {
    let mut answers = Evaluation::of(rows.len(), wanted);
    evaluate_into(rules, rows, answers.buffers(), settings)?;
    Ok(answers)
}

/// The same, written into the caller's columns; nothing is computed for a column that is not given.
///
/// # Errors
/// As [`evaluate`]; a column that is not as long as there are rows. What the columns hold after an error means nothing.
///
/// ```
/// use attain::columns::{Buffers, Codes, Figures, Output, Rows, Rule, Settings, evaluate_into};
/// use attain::plan::{Kind, Requirement};
///
/// let rules = [Rule::new(Kind::Share, Requirement::AtLeast(57.into()))];
/// let rows = Rows::quotients(Codes::One(0), Figures::whole(&[57]), Figures::whole(&[100]));
/// let mut allowance = [0];
/// evaluate_into(&rules, &rows, Buffers::new().with(Output::Allowance, &mut allowance), &Settings::default())?;
/// assert_eq!(allowance, [0]); // met, and not one more miss could be borne
/// # Ok::<(), attain::Faults>(())
/// ```
pub fn evaluate_into(rules: &[Rule], rows: &Rows<'_>, buffers: Buffers<'_>, settings: &Settings) -> Result<(), Faults> {
    Faults::or(misfits(rules, rows, &buffers, settings), ())?;
    let places = Places::of(rows, settings);
    let compiled = Compiled::new(rules, places, &buffers.outputs());
    let job = Job { rules, compiled: &compiled, places, settings: *settings };
    let faults = if settings.parallel { job.split(rows, buffers, 0) } else { job.run(rows, buffers, 0) };
    Faults::or(faults, ())
}

/// The same on one thread, part after part: what makes something else of the answers has them while they are in the caches.
/// `hand_on` sees each part's answers once, in the order of the rows; all parts but the last have a multiple of 64 rows.
///
/// # Errors
/// As [`evaluate`]. What was handed on before an error means nothing.
#[cfg(feature = "arrow")]
pub(super) fn evaluate_by_parts(
    rules: &[Rule],
    rows: &Rows<'_>,
    wanted: &[Output],
    settings: &Settings,
    mut hand_on: impl FnMut(&Evaluation),
) -> Result<(), Faults> {
    // So few rows that their answers stay in the caches, and enough of them for what is made anew for each part and rule.
    let at_once = (64 * BLOCK).max(rules.len().saturating_mul(16).next_multiple_of(BLOCK));
    Faults::or(misfits(rules, rows, &Buffers::new(), settings), ())?;
    let places = Places::of(rows, settings);
    let mut answers = Evaluation::of(at_once.min(rows.len()), wanted);
    let compiled = Compiled::new(rules, places, &answers.buffers().outputs());
    let job = Job { rules, compiled: &compiled, places, settings: *settings };
    let mut faults = Vec::new();
    for from in (0..rows.len()).step_by(at_once) {
        let part = rows.part(from, at_once);
        answers.truncate(part.len());
        faults.extend(job.run(&part, answers.buffers(), from));
        if faults.is_empty() {
            hand_on(&answers);
        } else if faults.len() >= MOST_FAULTS {
            break;
        }
    }
    faults.truncate(MOST_FAULTS);
    Faults::or(faults, ())
}

/// What is wrong with the columns as a whole.
fn misfits(rules: &[Rule], rows: &Rows<'_>, buffers: &Buffers<'_>, settings: &Settings) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |kind: FaultKind, column: &str, what: String, expected: String| {
        faults.push(Fault::new(kind, Path::root().key(column), what, expected));
    };
    let count = rows.len();
    let lengths = [
        ("rules", rows.rules.rows()),
        ("denominators", rows.denominators.as_ref().map(Figures::len)),
        ("status", buffers.status.as_ref().map(|column| column.len())),
    ];
    let columns =
        Output::ALL.iter().zip(&buffers.columns).map(|(output, column)| (output.code(), column.as_ref().map(|c| c.len())));
    for (column, length) in lengths.into_iter().chain(columns) {
        if let Some(length) = length.filter(|length| *length != count) {
            fault(FaultKind::Inconsistent, column, format!("{length} rows"), format!("{count}, as there are numerators"));
        }
    }
    if rows.denominators.is_none() && rules.iter().any(Rule::is_quotient) {
        let expected = "a column, since some rules are about quotients".to_owned();
        fault(FaultKind::MissingField, "denominators", "no denominators".to_owned(), expected);
    }
    let known = u32::try_from(rules.len()).unwrap_or(u32::MAX);
    if let Codes::One(code) = rows.rules
        && code >= known
        && count > 0
    {
        let expected = format!("the place of one of {known} rules, from 0");
        fault(FaultKind::UnknownReference, "rules", format!("rule {code}"), expected);
    }
    if rules.len() > MOST_ENTRIES {
        fault(FaultKind::Limit, "rules", format!("{} rules", rules.len()), format!("at most {MOST_ENTRIES}"));
    }
    let scales = [("numerators", Some(&rows.numerators)), ("denominators", rows.denominators.as_ref())];
    for (column, figures) in scales {
        if let Some(figures) = figures.filter(|figures| figures.scale > MOST_PLACES) {
            fault(FaultKind::Limit, column, format!("{} decimal places", figures.scale), format!("at most {MOST_PLACES}"));
        }
    }
    if settings.places > MOST_RESULT_PLACES {
        fault(FaultKind::Limit, "places", format!("{} decimal places", settings.places), format!("at most {MOST_RESULT_PLACES}"));
    }
    faults
}

/// How many rows a thread takes at a time, at most: few parts, since each makes room for itself.
#[cfg(feature = "parallel")]
const PART: usize = 512 * BLOCK;

/// Rules that are asked of rows.
struct Job<'j> {
    rules: &'j [Rule],
    compiled: &'j Compiled,
    places: Places,
    settings: Settings,
}

impl Job<'_> {
    /// One part after the other; `from` is the place of the first row in the whole table.
    fn run(&self, rows: &Rows<'_>, buffers: Buffers<'_>, from: usize) -> Vec<Fault> {
        self.settings.instruction_set.run(Blocks { job: self, rows: *rows, buffers, from })
    }

    /// On all threads of the current pool.
    fn split(&self, rows: &Rows<'_>, buffers: Buffers<'_>, from: usize) -> Vec<Fault> {
        #[cfg(feature = "parallel")]
        if rows.len() > PART {
            let half = (rows.len() / 2).next_multiple_of(BLOCK);
            let (left, right) = buffers.split_at(half);
            let (first, rest) = (rows.part(0, half), rows.part(half, rows.len()));
            let (mut faults, more) =
                rayon::join(|| self.split(&first, left, from), || self.split(&rest, right, from.saturating_add(half)));
            faults.extend(more);
            faults.truncate(MOST_FAULTS);
            return faults;
        }
        self.run(rows, buffers, from)
    }
}

/// The most rows that are named in an error.
const MOST_FAULTS: usize = 1_000;
