//! Rows judged: status, actual, variance and missing cases.

use attain::Status;
use attain::columns::{Buffers, Codes, Figures, InstructionSet, Output, Rows, Rule, Settings, evaluate, evaluate_into};
use attain::plan::{Kind, Requirement};

use crate::data::{self, Chance};
use crate::timed;

const WANTED: [Output; 3] = [Output::Actual, Output::Variance, Output::ShortBy];

/// A table, and columns for its answers.
#[derive(Default)]
pub(crate) struct Job {
    data_set: String,
    rules: Vec<Rule>,
    codes: Vec<u32>,
    numerators: Vec<i64>,
    denominators: Vec<i64>,
    status: Vec<Status>,
    columns: [Vec<i64>; 3],
}

impl Job {
    pub(crate) fn read(&mut self, directory: &str, data_set: &str) {
        if self.data_set == data_set {
            return;
        }
        let column = |name: &str| format!("{directory}/evaluate/{data_set}/{name}");
        *self = Self::new(
            data::rules(directory),
            data::read_u32(column("target.u32")),
            data::read_i64(column("numerator.i64")),
            data::read_i64(column("denominator.i64")),
        );
        data_set.clone_into(&mut self.data_set);
    }

    fn new(rules: Vec<Rule>, codes: Vec<u32>, numerators: Vec<i64>, denominators: Vec<i64>) -> Self {
        let rows = codes.len();
        // Written once, so that their memory is there.
        let columns = [(); 3].map(|()| vec![1; rows]);
        Self { data_set: String::new(), rules, codes, numerators, denominators, status: vec![Status::Lost; rows], columns }
    }

    fn generated(rows: usize, adversarial: bool) -> Self {
        let mut chance = Chance(88_172_645_463_325_252);
        let thresholds: Vec<u64> = (0..50).map(|place| 400 + 10 * place + place % 7).collect();
        let rule = |(place, t): (usize, &u64)| {
            let t = format!("{}.{}", t / 10, t % 10).parse().unwrap();
            let requirement = if place % 3 == 0 { Requirement::AtMost(t) } else { Requirement::AtLeast(t) };
            Rule::new(Kind::Share, requirement)
        };
        let (mut codes, mut numerators, mut denominators) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..rows {
            let code = chance.below(50) as usize;
            let d = if chance.below(if adversarial { 5 } else { 50 }) == 0 {
                0
            } else {
                1 + (chance.next() >> (if adversarial { 24 } else { 44 }) >> chance.below(20))
            };
            let n = match chance.below(if adversarial { 2 } else { 50 }) {
                _ if d == 0 => 0,
                // On target, or a case off.
                0 => (d * thresholds[code] / 1000 + chance.below(3)).saturating_sub(1).min(d),
                _ => chance.below(d + 1),
            };
            codes.push(code as u32);
            numerators.push(n as i64);
            denominators.push(d as i64);
        }
        Self::new(thresholds.iter().enumerate().map(rule).collect(), codes, numerators, denominators)
    }

    /// Nanoseconds and rows of one run.
    pub(crate) fn run(&mut self, way: &str, settings: &Settings) -> Result<(u128, usize), String> {
        let rows =
            Rows::quotients(Codes::Each(&self.codes), Figures::whole(&self.numerators), Figures::whole(&self.denominators));
        let nanoseconds = match way {
            "new" => {
                let mut answers = None;
                let nanoseconds = timed(|| answers = Some(evaluate(&self.rules, &rows, &WANTED, settings).unwrap()));
                drop(std::hint::black_box(answers));
                nanoseconds
            }
            "into" => {
                let mut buffers = Buffers::new().with_status(&mut self.status);
                for (output, column) in WANTED.into_iter().zip(&mut self.columns) {
                    buffers = buffers.with(output, column);
                }
                timed(|| evaluate_into(&self.rules, &rows, buffers, settings).unwrap())
            }
            _ => return Err(format!("no such way: {way}")),
        };
        Ok((nanoseconds, rows.len()))
    }

    /// Writes the answers as raw columns.
    pub(crate) fn write(&mut self, directory: &str) {
        self.run("into", &Settings::default()).unwrap();
        data::write(format!("{directory}/status.u8"), self.status.iter().map(code));
        for (output, column) in WANTED.iter().zip(&self.columns) {
            data::write(format!("{directory}/{}.i64", output.code()), column.iter().flat_map(|value| value.to_le_bytes()));
        }
    }
}

/// The code of a status in files.
pub(crate) fn code(status: &Status) -> u8 {
    match status {
        Status::Met => 0,
        Status::Missed => 1,
        Status::NotApplicable => 2,
        _ => 3,
    }
}

/// Prints what a row costs in each form.
pub(crate) fn report() {
    println!("evaluate (status, actual, variance, short_by), nanoseconds a row: median (least to most) of 9 runs");
    for (rows, adversarial) in [(100_000, false), (1_000_000, false), (10_000_000, false), (1_000_000, true), (10_000_000, true)]
    {
        let mut job = Job::generated(rows, adversarial);
        for instruction_set in InstructionSet::all() {
            for (parallel, way) in [(false, "into"), (true, "into"), (false, "new"), (true, "new")] {
                let settings = Settings { parallel, instruction_set, ..Settings::default() };
                let mut times: Vec<f64> = (0..10)
                    .map(|_| job.run(way, &settings).unwrap())
                    .skip(1)
                    .map(|(nanoseconds, rows)| nanoseconds as f64 / rows as f64)
                    .collect();
                times.sort_by(f64::total_cmp);
                println!(
                    "{rows:>9} rows{} {instruction_set:?} {way} {}: {:.2} ({:.2} to {:.2})",
                    if adversarial { " adversarial" } else { "" },
                    if parallel { "all threads" } else { "1 thread" },
                    times[4],
                    times[0],
                    times[8],
                );
            }
        }
    }
}

/// Prints what a row costs from 10⁵ rows to `most` of them, and the most memory that was held against that of rows and answers.
pub(crate) fn sizes(most: usize) {
    println!("evaluate (status, actual, variance, short_by), nanoseconds a row: median (least to most) of 5 runs; memory");
    for rows in (5..).map(|zeros| 10_usize.pow(zeros)).take_while(|rows| *rows <= most) {
        for (way, parallel) in [("into", false), ("into", true), ("new", false), ("new", true)] {
            let mut job = Job::generated(rows, false);
            if way == "new" {
                (job.status, job.columns) = Default::default();
            }
            let of_rows = rows * (size_of::<u32>() + 2 * size_of::<i64>());
            let of_answers = rows * (size_of::<Status>() + 3 * size_of::<i64>());
            let before = memory("VmRSS");
            forget_the_most();
            let settings = Settings { parallel, ..Settings::default() };
            let mut times: Vec<f64> = (0..6).map(|_| job.run(way, &settings).unwrap().0 as f64 / rows as f64).skip(1).collect();
            times.sort_by(f64::total_cmp);
            // What is held already for rows and answers belongs to these.
            let held = if way == "new" { of_rows } else { of_rows + of_answers };
            let besides = before.saturating_sub(held);
            let most = memory("VmHWM").saturating_sub(besides) as f64 / (of_rows + of_answers) as f64;
            let threads = if parallel { "all threads" } else { "1 thread" };
            println!("{rows:>9} rows {way} {threads}: {:.2} ({:.2} to {:.2}); {most:.3}", times[2], times[0], times[4]);
        }
    }
}

/// What Linux says of this process's memory, in bytes; 0 elsewhere.
fn memory(name: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<usize>().ok()).unwrap_or(0) * 1024
}

/// Lets `VmHWM` begin anew.
fn forget_the_most() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}
