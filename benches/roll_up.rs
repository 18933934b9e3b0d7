//! Ten million rows added up to 200,000 groups, judged and ranked: a row per unit, target and period, shuffled and in order.
//!
//! `cargo bench --all-features --bench roll_up -- 1 2` prints nanoseconds a row, median and least of several rounds, for so many threads.
#![allow(clippy::unwrap_used, reason = "what is generated is valid")]
#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "times are printed")]

use std::time::Instant;

use attain::Status;
use attain::columns::{
    Batch, Buffers, Codes, Figures, Groups, Key, Measures, Output, RollUp, Rule, Settings, evaluate_into, rank_into,
};
use attain::plan::{Kind, Requirement};

const UNITS: u32 = 4_000;
const TARGETS: u32 = 50;
const PERIODS: u32 = 50;
const ROUNDS: usize = 9;

#[derive(Default)]
struct Table {
    units: Vec<u32>,
    targets: Vec<u32>,
    numerators: Vec<i64>,
    denominators: Vec<i64>,
}

/// Rows in the order of target, unit and period, or shuffled.
fn table(is_sorted: bool) -> Table {
    let rows = u64::from(TARGETS * UNITS * PERIODS);
    let mut table = Table::default();
    for place in 0..rows {
        // A permutation: the factor has no divisor in common with the number of rows.
        let row = if is_sorted { place } else { place * 7_368_787 % rows };
        let row = u32::try_from(row).unwrap();
        table.targets.push(row / PERIODS / UNITS);
        table.units.push(row / PERIODS % UNITS);
        let mixed = (row ^ 0x9E37_79B9).wrapping_mul(0x85EB_CA6B);
        let mixed = (mixed ^ (mixed >> 13)).wrapping_mul(0xC2B2_AE35);
        let denominator = i64::from(mixed >> 20);
        table.denominators.push(denominator);
        table.numerators.push(denominator * i64::from(mixed & 1023) / 1023);
    }
    table
}

/// What is written over in each round.
#[derive(Default)]
struct Answers {
    groups: Groups,
    status: Vec<Status>,
    actual: Vec<i64>,
    places: Vec<u32>,
}

fn job(table: &Table, rules: &[Rule], settings: &Settings, into: &mut Answers) -> [f64; 3] {
    let begin = Instant::now();
    let mut sums = RollUp::new(Kind::Share, vec![Key::new(TARGETS), Key::new(UNITS)]).unwrap();
    let keys = [Codes::Each(&table.targets), Codes::Each(&table.units)];
    let (numerators, denominators) = (Figures::whole(&table.numerators), Figures::whole(&table.denominators));
    sums.add(&Batch::new(&keys, Measures::Quotients { numerators, denominators }), settings).unwrap();
    let added = begin.elapsed();
    sums.finish_into(&mut into.groups).unwrap();
    let finished = begin.elapsed();
    let groups = &into.groups;
    into.status.resize(groups.len(), Status::AwaitingData);
    into.actual.resize(groups.len(), 0);
    into.places.resize(groups.len(), 0);
    let targets = Codes::Each(groups.key(0));
    let columns = Buffers::new().with_status(&mut into.status).with(Output::Actual, &mut into.actual);
    evaluate_into(rules, &groups.rows(targets), columns, settings).unwrap();
    let better: Vec<_> = rules.iter().map(Rule::better).collect();
    rank_into(groups.numerators(), groups.denominators(), targets, &better, &mut into.places, settings).unwrap();
    [added, finished, begin.elapsed()].map(|time| time.as_secs_f64() * 1e9 / table.units.len() as f64)
}

fn main() {
    let threads: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let threads = if threads.is_empty() { vec![1] } else { threads };
    let rules: Vec<Rule> =
        (0..i64::from(TARGETS)).map(|target| Rule::new(Kind::Share, Requirement::AtLeast((40 + target % 20).into()))).collect();
    for is_sorted in [false, true] {
        let table = table(is_sorted);
        let mut answers = Answers::default();
        for threads in &threads {
            let settings = Settings { parallel: *threads > 1, ..Settings::default() };
            let mut round = || job(&table, &rules, &settings, &mut answers);
            #[cfg(feature = "parallel")]
            let mut times: Vec<[f64; 3]> = {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(*threads).build().unwrap();
                (0..ROUNDS).map(|_| pool.install(&mut round)).collect()
            };
            #[cfg(not(feature = "parallel"))]
            let mut times: Vec<[f64; 3]> = (0..ROUNDS).map(|_| round()).collect();
            times.sort_by(|[.., one], [.., other]| one.total_cmp(other));
            let ([_, _, least], [added, finished, all]) = (*times.first().unwrap(), *times.get(ROUNDS / 2).unwrap());
            let order = if is_sorted { "sorted" } else { "shuffled" };
            println!(
                "{order}, {threads} threads: {all:.2} ns a row (added {added:.2}, finished {finished:.2}), at least {least:.2}"
            );
        }
    }
}
