//! The batch engine gives what the scalar definitions give, on every instruction set, thread count and batch size.
//!
//! As a test of its own, `columns_at_length`, it compares as many rows as `ATTAIN_ROWS` says.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

use attain::assess::CasesNeeded;
use attain::columns::{
    Buffers, Codes, Evaluation, Figures, InstructionSet, Output, Rows, Rule, Settings, UNDEFINED, Validity, evaluate,
    evaluate_into,
};
use attain::number::{Number, Ratio, Rounding, RoundingMode};
use attain::plan::{Better, Bounds, Change, Kind, Requirement, WhenNoCases};
use attain::{Facts, Status};

/// Numbers that look like chance and are the same on every run (xorshift64*).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    /// As many small numbers as large ones.
    fn any_size(&mut self, bits: u64) -> i64 {
        let bits = self.below(bits + 1);
        if bits == 0 { 0 } else { (self.next() >> (64 - bits)).cast_signed() }
    }

    /// A decimal of up to 18 digits, of any scale.
    fn decimal(&mut self, most: i64) -> Number {
        let scale = [0, 0, 0, 1, 2, 2, 3, 6, 12, 15, 18][self.below(11) as usize];
        let whole = self.below(most.unsigned_abs());
        if scale == 0 {
            return whole.into();
        }
        let digits = (18 - whole.to_string().len()).min(scale);
        let fraction = self.below(10_u64.pow(digits as u32));
        format!("{whole}.{fraction:0digits$}").parse().unwrap()
    }
}

fn requirement(chance: &mut Chance, most: i64) -> Requirement {
    let t = chance.decimal(most);
    let t = if chance.one_in(10) { Number::from(-t.to_decimal()) } else { t };
    let change = if chance.one_in(2) { Change::Percent(chance.decimal(100)) } else { Change::Amount(chance.decimal(most)) };
    match chance.below(10) {
        0..=2 => Requirement::AtLeast(t),
        3 | 4 => Requirement::AtMost(t),
        5 => Requirement::Above(t),
        6 => Requirement::Below(t),
        7 => match chance.below(3) {
            0 => Requirement::Exactly(t),
            1 => Requirement::Improve(Better::Higher),
            _ => Requirement::Improve(Better::Lower),
        },
        8 => {
            let other = chance.decimal(most);
            Requirement::Between(t.min(other), t.max(other))
        }
        _ => match chance.one_in(2) {
            true => Requirement::ReduceBy(change),
            false => Requirement::IncreaseBy(change),
        },
    }
}

fn rule(chance: &mut Chance) -> Rule {
    let kind =
        [Kind::Share, Kind::Share, Kind::OnTime, Kind::Survey, Kind::Ratio, Kind::Mean, Kind::Flow, Kind::Stock, Kind::Index]
            [chance.below(9) as usize];
    let most = if matches!(kind, Kind::Flow | Kind::Stock | Kind::Mean) { 100_000 } else { 101 };
    let mut rule = Rule::new(kind, requirement(chance, most));
    if !chance.one_in(8) {
        // Also such as no decimal holds.
        let baseline = Ratio::new(chance.below(100 * most as u64).into(), 1 + i128::from(chance.below(300)));
        rule = rule.with_baseline(baseline.unwrap());
    }
    if chance.one_in(6) {
        rule = rule.with_tolerance(chance.decimal(3));
    }
    if chance.one_in(6) {
        let mode = if chance.one_in(2) { RoundingMode::HalfEven } else { RoundingMode::HalfUp };
        rule = rule.compared_rounded(Rounding { scale: chance.below(3) as u32, mode });
    }
    if chance.one_in(12) {
        rule = rule.with_bounds(Bounds { low: Some(Number::from(-50_i64)), high: None });
    }
    rule.when_no_cases([WhenNoCases::NotApplicable, WhenNoCases::Met, WhenNoCases::Missed][chance.below(3) as usize])
}

/// As many bits as figures mostly have at most.
const USUAL_BITS: u64 = 40;

/// The figures of a row: such as there are, at and around the threshold, and at the ends of what there can be; of so many bits
/// at most, which a few of them exceed where these are the usual ones.
fn figures(chance: &mut Chance, rule: &Rule, most_bits: u64) -> (i64, i64) {
    if !rule.is_quotient() {
        let free = rule.indicator().bounds().low.is_none();
        let bits = if chance.one_in(50) { 63 } else { 22 };
        let size = chance.any_size(bits);
        return (if free && chance.one_in(2) { -size } else { size }, 1);
    }
    if chance.one_in(20) {
        return (if rule.kind() == Kind::Ratio && chance.one_in(2) { chance.any_size(40) } else { 0 }, 0);
    }
    let bits = if most_bits == USUAL_BITS && chance.one_in(100) { 63 } else { most_bits };
    let d = chance.any_size(bits).max(1);
    let threshold = rule.bound().and_then(|bound| bound.thresholds().first().map(|t| (*t).clone()));
    let n = match (chance.below(3), threshold) {
        (0, Some(t)) => {
            // The whole number nearest to the threshold, or one beside it.
            let exact = (&t * &Ratio::from(d)).divided_by(&rule.indicator().factor()).unwrap();
            exact.floor().to_i64().map_or(0, |n| n.saturating_add(chance.below(3) as i64 - 1))
        }
        (1, _) => [0, 1, d, d - 1][chance.below(4) as usize],
        _ => (chance.next() % d.unsigned_abs()).cast_signed(),
    };
    match rule.kind() {
        Kind::Ratio | Kind::Mean if chance.one_in(5) => (n.saturating_mul(chance.any_size(12)).saturating_sub(3), d),
        Kind::Ratio | Kind::Mean => (n, d),
        _ => (n.clamp(0, d), d),
    }
}

/// A table of rules with rows of them.
struct World {
    rules: Vec<Rule>,
    codes: Vec<u32>,
    numerators: Vec<i64>,
    denominators: Vec<i64>,
    /// Which numerators and which denominators are there, a bit a row.
    there: [Vec<u8>; 2],
    places: u32,
    /// The decimal places of numerators and denominators.
    scales: [u32; 2],
    /// The same figures with more places, in 128 bits.
    wide: Option<[Vec<i128>; 2]>,
}

/// By what figures are multiplied to be wide, and how many places that is.
const WIDER: (i128, u32) = (10_i128.pow(10), 10);

impl World {
    fn new(chance: &mut Chance, rows: usize) -> Self {
        let is_wide = chance.one_in(5);
        let mut world = Self::narrow(chance, rows);
        if is_wide {
            let wide = |column: &[i64]| column.iter().map(|value| i128::from(*value) * WIDER.0).collect();
            world.wide = Some([wide(&world.numerators), wide(&world.denominators)]);
        }
        world
    }

    /// The same with rows that can not be, about one in so many.
    fn faulty(chance: &mut Chance, rows: usize, one_in: u64) -> Self {
        let mut world = Self::narrow(chance, rows).sound();
        for row in 0..world.codes.len() {
            let slot = match chance.below(3 * one_in) {
                0 => &mut world.numerators[row],
                1 => &mut world.denominators[row],
                2 => {
                    world.codes[row] = world.rules.len() as u32 + chance.below(3) as u32;
                    continue;
                }
                _ => continue,
            };
            *slot = [-1, i64::MIN, i64::MAX, slot.saturating_add(1), slot.saturating_neg()][chance.below(5) as usize];
        }
        world
    }

    fn narrow(chance: &mut Chance, rows: usize) -> Self {
        // Tables of one kind take shorter ways than mixed ones.
        let style = chance.below(6);
        let count = [40, 1, 300, 12, 12, 50][style as usize];
        let accepted = |rule: &Rule| match style {
            3 => !rule.is_quotient(),
            4 => matches!(rule.kind(), Kind::Share | Kind::OnTime) && rule.bound().is_some_and(|bound| bound.side().is_some()),
            _ => true,
        };
        let mut rules = Vec::new();
        while rules.len() < count {
            let next = if style == 5 { plain_rule(chance) } else { rule(chance) };
            rules.extend(Some(next).filter(accepted));
        }
        let has_gaps = chance.one_in(2);
        let gap = |chance: &mut Chance| if has_gaps { (chance.next() | chance.next()) as u8 } else { u8::MAX };
        let mut world = Self {
            there: [0, 1].map(|_| (0..rows.div_ceil(8)).map(|_| gap(chance)).collect()),
            rules,
            codes: Vec::with_capacity(rows),
            numerators: Vec::with_capacity(rows),
            denominators: Vec::with_capacity(rows),
            places: [12, 12, 12, 0, 2, 4, 6, 18][chance.below(8) as usize],
            scales: [[0, 0], [0, 0], [0, 0], [2, 2], [3, 0], [0, 1]][chance.below(6) as usize],
            wide: None,
        };
        // Tables of small numbers take shorter ways than others.
        let most_bits = [USUAL_BITS, USUAL_BITS, 26, 18][chance.below(4) as usize];
        for _ in 0..rows {
            let code = chance.below(count as u64) as usize;
            let (n, d) = figures(chance, &world.rules[code], most_bits);
            world.codes.push(code as u32);
            world.numerators.push(n);
            world.denominators.push(d);
        }
        world
    }

    fn rows(&self) -> Rows<'_> {
        self.part(0, self.codes.len())
    }

    fn part(&self, from: usize, to: usize) -> Rows<'_> {
        let [n, d] = match &self.wide {
            Some([n, d]) => {
                [(n, 0), (d, 1)].map(|(column, place)| Figures::wide(&column[from..to], self.scales[place] + WIDER.1))
            }
            None => [(&self.numerators, 0), (&self.denominators, 1)]
                .map(|(column, place)| Figures::scaled(&column[from..to], self.scales[place])),
        };
        let [n_there, d_there] = self.there.each_ref().map(|bits| Some(Validity::new(bits, from)));
        Rows::quotients(Codes::Each(&self.codes[from..to]), n.with_validity(n_there), d.with_validity(d_there))
    }

    fn settings(&self) -> Settings {
        Settings { places: self.places, ..Settings::default() }
    }

    fn is_there(&self, row: usize) -> bool {
        let [n, d] = self.there.each_ref().map(|bits| bits[row / 8] >> (row % 8) & 1 == 1);
        n && (d || self.rules.get(self.codes[row] as usize).is_some_and(|rule| !rule.is_quotient()))
    }

    /// What the scalar definition says of a row: status and outputs; an error names the column at fault.
    fn expected(&self, row: usize) -> Result<(Status, [i64; 7]), &'static str> {
        let Some(rule) = self.rules.get(self.codes[row] as usize) else { return Err("rules") };
        if !self.is_there(row) {
            return Ok((rule.answer_without_figure().status, [UNDEFINED; 7]));
        }
        let figure = |mantissa: i64, scale: u32| Ratio::new(mantissa.into(), 10_i128.pow(scale)).unwrap();
        let (n, d) = (figure(self.numerators[row], self.scales[0]), figure(self.denominators[row], self.scales[1]));
        let counts = matches!(rule.kind(), Kind::Share | Kind::OnTime | Kind::Survey);
        if counts && (n.is_negative() || n > d) {
            return Err("numerators");
        }
        if rule.is_quotient() && d.is_negative() {
            return Err("denominators");
        }
        let answer = rule.answer(&n, Some(&d));
        let Bounds { low, high } = rule.indicator().bounds();
        let is_below = |a: &Ratio| low.is_some_and(|low| *a < Ratio::from(low));
        let is_above = |a: &Ratio| high.is_some_and(|high| *a > Ratio::from(high));
        if answer.actual.as_ref().is_ok_and(|a| is_below(a) || is_above(a)) {
            return Err("numerators");
        }
        let mut outputs = [UNDEFINED; 7];
        for (slot, output) in outputs.iter_mut().zip(Output::ALL) {
            let places = if output.is_count() { 0 } else { self.places };
            if let Ok(value) = output.of(&answer) {
                let scaled = value * &Ratio::from(10_i64.pow(places));
                let rounded = Rounding::half_up(0).apply(&scaled).to_i64();
                *slot = rounded.filter(|value| *value != UNDEFINED).ok_or(output.code())?;
            }
        }
        Ok((answer.status, outputs))
    }

    /// Without the rows at fault.
    fn without(&self, faulty: &[usize]) -> Self {
        let keep: Vec<usize> = (0..self.codes.len()).filter(|row| faulty.binary_search(row).is_err()).collect();
        let mut there = self.there.each_ref().map(|_| vec![0; keep.len().div_ceil(8)]);
        for (place, row) in keep.iter().enumerate() {
            for (bits, old) in there.iter_mut().zip(&self.there) {
                bits[place / 8] |= (old[row / 8] >> (row % 8) & 1) << (place % 8);
            }
        }
        Self {
            rules: self.rules.clone(),
            codes: keep.iter().map(|row| self.codes[*row]).collect(),
            numerators: keep.iter().map(|row| self.numerators[*row]).collect(),
            denominators: keep.iter().map(|row| self.denominators[*row]).collect(),
            there,
            places: self.places,
            scales: self.scales,
            wide: self
                .wide
                .as_ref()
                .map(|columns| columns.each_ref().map(|column| keep.iter().map(|row| column[*row]).collect())),
        }
    }

    /// The rows whose answer is an error, with the column that is named.
    fn faults(&self) -> Vec<(usize, &'static str)> {
        (0..self.codes.len()).filter_map(|row| Some((row, self.expected(row).err()?))).collect()
    }

    fn sound(self) -> Self {
        let faulty: Vec<usize> = self.faults().into_iter().map(|(row, _)| row).collect();
        self.without(&faulty)
    }
}

/// As most tables are: at least or at most so many percent of a whole.
fn plain_rule(chance: &mut Chance) -> Rule {
    let t = format!("{}.{}", chance.below(100), chance.below(10)).parse().unwrap();
    let requirement = if chance.one_in(3) { Requirement::AtMost(t) } else { Requirement::AtLeast(t) };
    Rule::new(Kind::Share, requirement).with_baseline(Ratio::from(chance.below(100) as i64))
}

/// The row that a fault names.
fn row_of(fault: &attain::Fault) -> usize {
    match fault.path.segments() {
        [_, attain::Segment::Index(row)] => *row,
        other => panic!("{other:?}"),
    }
}

/// What plain tables are asked for: nothing but the status, and more and more outputs.
fn usual_outputs() -> impl Iterator<Item = &'static [Output]> {
    const USUAL: [Output; 4] = [Output::Actual, Output::Variance, Output::ShortBy, Output::Allowance];
    (0..=USUAL.len()).map(|count| &USUAL[..count])
}

/// Compares every output of every row; gives how many rows were compared.
fn compare(world: &World) -> usize {
    let expected: Vec<_> = (0..world.codes.len()).map(|row| world.expected(row)).collect();
    let faulty: Vec<usize> = (0..expected.len()).filter(|row| expected[*row].is_err()).collect();
    match evaluate(&world.rules, &world.rows(), &Output::ALL, &world.settings()) {
        Err(faults) => {
            let mut named: Vec<usize> = faults.as_slice().iter().map(row_of).collect();
            named.sort_unstable();
            named.dedup();
            assert!(named.iter().all(|row| faulty.contains(row)), "{faults}");
            assert!(named.len() == faulty.len() || faults.as_slice().len() == 1000, "{} of {}", named.len(), faulty.len());
            compare(&world.without(&faulty))
        }
        Ok(answers) => {
            assert!(faulty.is_empty(), "{faulty:?}");
            for (row, expected) in expected.into_iter().enumerate() {
                let (status, outputs) = expected.unwrap();
                let found = Output::ALL.map(|output| answers.column(output).unwrap()[row]);
                let about = || {
                    let rule = &world.rules[world.codes[row] as usize];
                    format!(
                        "row {row}: {} of {} at {} places, {rule:?}",
                        world.numerators[row], world.denominators[row], world.places
                    )
                };
                assert_eq!(answers.status[row], status, "{}", about());
                assert_eq!(found, outputs, "{}", about());
            }
            // What plain tables are asked for takes a way of its own.
            for wanted in usual_outputs() {
                let some = evaluate(&world.rules, &world.rows(), wanted, &world.settings()).unwrap();
                assert!(some.status == answers.status && wanted.iter().all(|one| some.column(*one) == answers.column(*one)));
            }
            world.codes.len()
        }
    }
}

/// How many rows to compare: `ATTAIN_ROWS` where it is set.
fn wanted_rows() -> usize {
    std::env::var("ATTAIN_ROWS").ok().map_or(400_000, |rows| rows.parse().unwrap())
}

#[test]
fn every_output_is_that_of_the_scalar_definition() {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let compared = std::thread::scope(|scope| {
        let part = |thread: usize| {
            let (mut chance, mut compared) = (Chance::new(thread as u64 + 1), 0);
            while compared < wanted_rows() / threads {
                let rows = 1 + chance.below(6_000) as usize;
                compared += compare(&World::new(&mut chance, rows));
            }
            compared
        };
        let parts: Vec<_> = (0..threads).map(|thread| scope.spawn(move || part(thread))).collect();
        parts.into_iter().map(|part| part.join().unwrap()).sum::<usize>()
    });
    assert!(compared >= wanted_rows() / threads * threads);
}

/// The same table by every instruction set, in parts of any size, and on any number of threads.
#[test]
fn no_choice_changes_a_byte() {
    let mut chance = Chance::new(7);
    for _ in 0..8 {
        // Long enough to be split among threads.
        let world = World::new(&mut chance, 150_000);
        let world = world.sound();
        let usual = evaluate(&world.rules, &world.rows(), &Output::ALL, &world.settings()).unwrap();
        for instruction_set in InstructionSet::all() {
            let settings = Settings { instruction_set, ..world.settings() };
            assert_eq!(evaluate(&world.rules, &world.rows(), &Output::ALL, &settings).unwrap(), usual, "{instruction_set:?}");
        }
        assert!(is_the_same_in_parts(&world, &usual, 1 + chance.below(3_000) as usize));
        #[cfg(feature = "parallel")]
        for threads in [1, 2, 3, 8] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let settings = Settings { parallel: true, ..world.settings() };
            let found = pool.install(|| evaluate(&world.rules, &world.rows(), &Output::ALL, &settings).unwrap());
            assert!(found == usual, "{threads} threads");
        }
    }
}

/// Blocks of small numbers and of large ones after one another, with the sizes at which one way of computing ends and the next
/// begins.
#[test]
fn blocks_of_small_and_of_large_numbers() {
    let mut chance = Chance::new(5);
    for round in 0..24 {
        let is_ratio = round % 3 == 0;
        let mut plain = || match is_ratio {
            true => Rule::new(Kind::Ratio, Requirement::AtLeast(format!("-{}.5", chance.below(3)).parse().unwrap())),
            false => plain_rule(&mut chance),
        };
        let mut world = World {
            rules: (0..9).map(|_| plain()).collect(),
            codes: Vec::new(),
            numerators: Vec::new(),
            denominators: Vec::new(),
            there: [0, 1].map(|_| vec![u8::MAX; 30 * 256 / 8]),
            places: [12, 4, 0, 15][round % 4],
            scales: [0, 0],
            wide: None,
        };
        let mut bits = 20;
        for _ in 0..28 {
            if chance.one_in(3) {
                bits = [18, 20, 25, 26, 27, 30, 31, 32, 37, 38, 39, 46, 49, 50, 51, 60, 61][chance.below(17) as usize];
            }
            // The last number of so many bits, and the next one, which alone makes a block a large one.
            let (last, is_beyond) = ((1 << bits) - 1, chance.one_in(4));
            for row in 0..256 {
                let d = match chance.below(6) {
                    0 => last,
                    _ if row == 100 && is_beyond => last + 1,
                    1 => 1 + chance.below(3) as i64,
                    _ => chance.any_size(bits as u64).max(1),
                };
                let code = chance.below(9);
                let at_most = if is_ratio { 3 * (d / 3).max(1) } else { d };
                let n = match chance.below(4) {
                    0 => [0, 1, at_most, at_most - 1][chance.below(4) as usize],
                    1 => d / 2 + chance.below(2) as i64,
                    _ => chance.below(at_most.unsigned_abs()) as i64,
                };
                world.codes.push(code as u32);
                world.numerators.push(if is_ratio && chance.one_in(2) { -n } else { n.min(d) });
                world.denominators.push(d);
            }
        }
        let world = world.sound();
        compare(&world);
        let usual = [Output::Actual, Output::Variance, Output::ShortBy, Output::Allowance];
        for wanted in [&usual[..], &usual[..2], &usual[2..]] {
            let expected = evaluate(&world.rules, &world.rows(), wanted, &world.settings()).unwrap();
            for instruction_set in InstructionSet::all() {
                let settings = Settings { instruction_set, ..world.settings() };
                assert_eq!(evaluate(&world.rules, &world.rows(), wanted, &settings).unwrap(), expected, "{instruction_set:?}");
            }
        }
    }
}

/// Whether one batch after the other, written into the caller's columns, gives the same.
fn is_the_same_in_parts(world: &World, usual: &Evaluation, size: usize) -> bool {
    let count = world.codes.len();
    let mut columns = Output::ALL.map(|_| vec![7; count]);
    let mut status = vec![Status::Lost; count];
    for start in (0..count).step_by(size) {
        let end = (start + size).min(count);
        let rows = world.part(start, end);
        let mut buffers = Buffers::new().with_status(&mut status[start..end]);
        for (output, column) in Output::ALL.into_iter().zip(&mut columns) {
            buffers = buffers.with(output, &mut column[start..end]);
        }
        evaluate_into(&world.rules, &rows, buffers, &world.settings()).unwrap();
    }
    status == usual.status && Output::ALL.iter().zip(&columns).all(|(output, column)| usual.column(*output).unwrap() == column)
}

/// Every row that can not be is named, with its column, and the same ones on every thread count and instruction set.
#[test]
fn every_row_at_fault_is_named() {
    let mut chance = Chance::new(21);
    let mut columns = std::collections::BTreeMap::new();
    for round in 0..40 {
        // Some are long enough to be split among threads.
        let is_long = round % 16 == 0;
        let rows = if is_long { 160_000 } else { 3_000 + chance.below(9_000) as usize };
        let world = World::faulty(&mut chance, rows, if is_long { 2_000 } else { 100 });
        let expected = world.faults();
        // So few that those of every thread are told.
        assert!(!is_long || ((30..900).contains(&expected.len()) && world.codes.len() > 140_000), "{}", expected.len());
        let Err(faults) = evaluate(&world.rules, &world.rows(), &Output::ALL, &world.settings()) else {
            assert_eq!(expected, []);
            continue;
        };
        let mut named: Vec<usize> = faults.as_slice().iter().map(row_of).collect();
        // They come column by column.
        named.sort_unstable();
        named.dedup();
        let is_all = faults.as_slice().len() < 1000;
        // Of the thousandth row not every column need be named.
        let rows = expected.iter().map(|(row, _)| *row).take(if is_all { usize::MAX } else { named.len() });
        assert_eq!(named, rows.collect::<Vec<_>>());
        for fault in faults.as_slice() {
            let (row, column) = expected[expected.binary_search_by_key(&row_of(fault), |(row, _)| *row).unwrap()];
            let attain::Segment::Key(found) = &fault.path.segments()[0] else { panic!("{fault}") };
            let is_output = Output::ALL.iter().any(|output| output.code() == column);
            assert!(found == column || is_output, "row {row}: {fault}, not {column}");
            *columns.entry(found.clone()).or_insert(0) += 1;
        }
        for instruction_set in InstructionSet::all() {
            for parallel in [false, true] {
                let settings = Settings { instruction_set, parallel, ..world.settings() };
                assert_eq!(evaluate(&world.rules, &world.rows(), &Output::ALL, &settings), Err(faults.clone()));
            }
        }
        // Whoever asks for less is told less, and nothing else: also where tables are plain.
        for wanted in usual_outputs().filter(|_| is_all) {
            let is_asked = |fault: &&attain::Fault| {
                let attain::Segment::Key(column) = &fault.path.segments()[0] else { panic!("{fault}") };
                Output::ALL.iter().all(|output| output.code() != column || wanted.contains(output))
            };
            let asked: Vec<_> = faults.as_slice().iter().filter(is_asked).cloned().collect();
            let found = evaluate(&world.rules, &world.rows(), wanted, &world.settings())
                .map_or_else(|faults| faults.as_slice().to_vec(), |_| Vec::new());
            assert_eq!(found, asked);
        }
    }
    assert!(["rules", "numerators", "denominators"].iter().all(|column| columns.contains_key(*column)), "{columns:?}");
}

#[test]
fn faults_say_what_was_expected() {
    let share = Rule::new(Kind::Share, Requirement::AtLeast(80.into()));
    let ratio = Rule::new(Kind::Ratio, Requirement::AtLeast(80.into()));
    let flow = Rule::new(Kind::Flow, Requirement::AtLeast(5.into()));
    let rules = [share, ratio, flow];
    let say = |code: u32, n: i64, d: i64| {
        let codes = [code];
        let rows = Rows::quotients(
            Codes::Each(&codes),
            Figures::whole(std::slice::from_ref(&n)),
            Figures::whole(std::slice::from_ref(&d)),
        );
        evaluate(&rules, &rows, &[Output::Actual], &Settings::default()).unwrap_err().to_string()
    };
    assert_eq!(say(0, 3, 2), "numerators[0]: 3 of 2; expected 0 ≤ numerator ≤ denominator");
    assert_eq!(say(0, -1, 2), "numerators[0]: -1 of 2; expected 0 ≤ numerator ≤ denominator");
    assert_eq!(say(1, 3, -2), "denominators[0]: -2; expected a denominator of at least 0");
    assert_eq!(say(2, -3, 1), "numerators[0]: -3; expected a value of at least 0");
    assert_eq!(say(3, 1, 1), "rules[0]: rule 3; expected the place of one of 3 rules, from 0");
    assert_eq!(say(2, 10_000_000, 1), "actual[0]: 10000000 with 12 decimal places; expected a number of 64 bits; fewer places");
    let one = [1; 600];
    let rows = Rows::quotients(Codes::One(3), Figures::whole(&one), Figures::whole(&one));
    let fault = evaluate(&rules, &rows, &[], &Settings::default()).unwrap_err();
    assert_eq!(fault.to_string(), "rules: rule 3; expected the place of one of 3 rules, from 0");
    let rows = Rows::quotients(Codes::One(0), Figures::whole(&one), Figures::whole(&one[1..]));
    let fault = evaluate(&rules, &rows, &[], &Settings::default()).unwrap_err();
    assert_eq!(fault.to_string(), "denominators: 599 rows; expected 600, as there are numerators");
    let rows = Rows::amounts(Codes::One(0), Figures::whole(&one));
    let fault = evaluate(&rules, &rows, &[], &Settings::default()).unwrap_err();
    assert_eq!(fault.to_string(), "denominators: no denominators; expected a column, since some rules are about quotients");
}

/// Rows of one rule need no column of codes.
#[test]
fn one_rule_for_all_rows() {
    let mut chance = Chance::new(31);
    for _ in 0..60 {
        let rows = 1 + chance.below(3_000) as usize;
        let mut world = World::new(&mut chance, rows);
        let code = chance.below(world.rules.len() as u64) as u32;
        world.codes.fill(code);
        let world = world.sound();
        let each = world.rows();
        let one = Rows { rules: Codes::One(code), ..each };
        for wanted in [&Output::ALL[..], &[Output::Actual, Output::Variance], &[Output::ShortBy], &[]] {
            let expected = evaluate(&world.rules, &each, wanted, &world.settings());
            assert_eq!(evaluate(&world.rules, &one, wanted, &world.settings()), expected);
        }
    }
}

/// A difference of numbers near the ends of 64 bits is an error, never another number.
#[test]
fn a_gap_that_does_not_fit_is_an_error() {
    let rules = [Rule::new(Kind::Index, Requirement::AtLeast((-4_000_000).into()))];
    let scores = [9_000_000, 1, -9_000_000];
    let rows = Rows::amounts(Codes::One(0), Figures::whole(&scores));
    let faults = evaluate(&rules, &rows, &[Output::Variance], &Settings::default()).unwrap_err();
    assert_eq!(faults.to_string(), "variance[0]: 13000000 with 12 decimal places; expected a number of 64 bits; fewer places");
    let places = Settings { places: 11, ..Settings::default() };
    let answers = evaluate(&rules, &rows, &[Output::Variance], &places).unwrap();
    let expected = [13_000_000, 4_000_001, -5_000_000].map(|points: i64| points * 10_i64.pow(11));
    assert_eq!(answers.column(Output::Variance).unwrap(), expected);
    // 6·10^18 itself fits, and so does −4·10^18; what lies between them does not.
    let rules = [Rule::new(Kind::Index, Requirement::AtLeast(6_000_000.into()))];
    let rows = Rows::amounts(Codes::One(0), Figures::whole(&[-4_000_000]));
    let faults = evaluate(&rules, &rows, &[Output::Variance], &Settings::default()).unwrap_err();
    assert_eq!(faults.to_string(), "variance[0]: -10000000 with 12 decimal places; expected a number of 64 bits; fewer places");
}

/// `n/d` of 80 % is `n·125/d` in two places: a quotient as plain as a percentage, of which 0 is 0 and no target reached.
#[test]
fn a_ratio_to_the_target_of_nothing_is_nothing() {
    let rules = [Rule::new(Kind::Share, Requirement::AtLeast(80.into()))];
    let rows = Rows::quotients(Codes::One(0), Figures::whole(&[0, 4, 8, 0]), Figures::whole(&[10, 10, 10, 0]));
    let places = Settings { places: 2, ..Settings::default() };
    let answers = evaluate(&rules, &rows, &[Output::RatioToTarget], &places).unwrap();
    assert_eq!(answers.column(Output::RatioToTarget).unwrap(), [0, 50, 100, UNDEFINED]);
}

/// The most decimal places and the most rules are taken, and one more is not.
#[test]
fn what_is_one_more_than_there_can_be_is_refused() {
    let share = Rule::new(Kind::Share, Requirement::AtLeast(80.into()));
    let ask = |rules: usize, places: [u32; 3]| {
        let [n, d] = [(&[4], places[0]), (&[5], places[1])].map(|(figures, scale)| Figures::scaled(figures, scale));
        let settings = Settings { places: places[2], ..Settings::default() };
        let rows = Rows::quotients(Codes::One(0), n, d);
        evaluate(&vec![share.clone(); rules], &rows, &[], &settings).map_err(|faults| faults.to_string())
    };
    let refused = |rules, places| ask(rules, places).unwrap_err();
    assert_eq!(ask(65_536, [28, 28, 18]).unwrap().status, [Status::Met]);
    assert_eq!(refused(1, [29, 28, 0]), "numerators: 29 decimal places; expected at most 28");
    assert_eq!(refused(1, [28, 29, 0]), "denominators: 29 decimal places; expected at most 28");
    assert_eq!(refused(1, [0, 0, 19]), "places: 19 decimal places; expected at most 18");
    assert_eq!(refused(65_537, [0, 0, 0]), "rules: 65537 rules; expected at most 65536");
}

/// The last rule of a table counts, however long the table is.
#[test]
fn the_last_of_many_rules_is_the_last_one() {
    let rules: Vec<Rule> = (0..4_098).map(|least: i64| Rule::new(Kind::Index, Requirement::AtLeast(least.into()))).collect();
    for count in [256, 257, 4_096, 4_097] {
        let codes = [count as u32 - 1; 300];
        let rows = Rows::amounts(Codes::Each(&codes), Figures::whole(&[1; 300]));
        let answers =
            evaluate(&rules[..count], &rows, &[Output::Variance], &Settings { places: 0, ..Settings::default() }).unwrap();
        assert_eq!(answers.status, [Status::Missed; 300]);
        assert_eq!(answers.column(Output::Variance).unwrap(), [2 - count as i64; 300], "{count} rules");
        let (codes, one) = ([count as u32], [1]);
        let rows = Rows::amounts(Codes::Each(&codes), Figures::whole(&one));
        let faults = evaluate(&rules[..count], &rows, &[], &Settings::default()).unwrap_err();
        assert_eq!(faults.to_string(), format!("rules[0]: rule {count}; expected the place of one of {count} rules, from 0"));
    }
}

/// A gap in the first or the last bits of a block that is cut amid a byte is one; and rows that a bitmap does not reach are missing.
#[test]
fn gaps_at_the_ends_of_blocks_and_of_bitmaps_are_seen() {
    let rules = [Rule::new(Kind::Share, Requirement::AtLeast(80.into()))];
    // Row 1 is bit 4 of the first byte; row 510 is bit 513, the second one of byte 64.
    let mut there = [u8::MAX; 66];
    (there[0], there[64]) = (!(1 << 4), !(1 << 1));
    let numerators = Figures::whole(&[4; 600]).with_validity(Some(Validity::new(&there, 3)));
    let rows = Rows::quotients(Codes::One(0), numerators, Figures::whole(&[5; 600]));
    let gaps: Vec<usize> = [1, 510].into_iter().chain(66 * 8 - 3..600).collect();
    for wanted in usual_outputs() {
        let answers = evaluate(&rules, &rows, wanted, &Settings::default()).unwrap();
        for (row, status) in answers.status.iter().enumerate() {
            let expected = if gaps.contains(&row) { Status::AwaitingData } else { Status::Met };
            assert_eq!((*status, numerators.get(row).is_some()), (expected, expected == Status::Met), "row {row}");
        }
    }
}

/// The thousand rows that are named are the first ones, whatever is wrong with them.
#[test]
fn the_first_thousand_rows_are_named() {
    let rules = [Rule::new(Kind::Share, Requirement::AtLeast(80.into()))];
    // 3 of 2 in the even rows, and no rule in the others.
    let codes: Vec<u32> = (0..1_024).map(|row| row % 2).collect();
    let rows = Rows::quotients(Codes::Each(&codes), Figures::whole(&[3; 1_024]), Figures::whole(&[2; 1_024]));
    let faults = evaluate(&rules, &rows, &[], &Settings::default()).unwrap_err();
    let mut named: Vec<usize> = faults.as_slice().iter().map(row_of).collect();
    named.sort_unstable();
    assert_eq!(named, (0..1_000).collect::<Vec<_>>());
}

/// Of a tolerance the size counts.
#[test]
fn a_tolerance_below_zero_is_one_above() {
    for tolerance in ["0.5", "-0.5"] {
        let rule = Rule::new(Kind::Share, Requirement::AtLeast(80.into())).with_tolerance(tolerance.parse().unwrap());
        // 79.5 % and 79 %
        let rows = Rows::quotients(Codes::One(0), Figures::whole(&[159, 158]), Figures::whole(&[200, 200]));
        let answers = evaluate(&[rule], &rows, &[], &Settings::default()).unwrap();
        assert_eq!(answers.status, [Status::Met, Status::Missed], "{tolerance}");
    }
}

/// Where only whole numbers make sense, a half is at fault.
#[test]
fn half_a_person_is_an_error() {
    let plan = "format = \"attain-plan/1\"\nplan = { id = \"p\", owner = \"u\", start = 2022-01-01 }\n[[units]]\nid = \"u\"\n\
                [[indicators]]\nid = \"people\"\nkind = \"flow\"\nwhole = true\n\
                [[targets]]\nid = \"t\"\nindicator = \"people\"\nby = \"2025\"\nat_least = 2\n";
    let plan = attain::Plan::from_toml(plan).unwrap();
    let rules = [Rule::of(&plan, &plan.targets()[0]).unwrap()];
    let ask = |tenths: &[i64]| {
        evaluate(&rules, &Rows::amounts(Codes::One(0), Figures::scaled(tenths, 1)), &[Output::Variance], &Settings::default())
    };
    assert_eq!(ask(&[30, 10]).unwrap().status, [Status::Met, Status::Missed]);
    assert_eq!(ask(&[30, 25]).unwrap_err().to_string(), "numerators[1]: 2.5; expected a whole number of at least 0");
}

/// Figures so large that products, divisors or quotients of them take all of 64 bits, or a little more.
#[test]
fn figures_at_the_ends_of_what_fits() {
    let number = |text: &str| -> Number { text.parse().unwrap() };
    // Some more rows than a block has.
    let answer = |rule: &Rule, (n, d): (i64, i64), wanted: Option<Output>| {
        let (n, d) = ([n; 300], [d; 300]);
        let rows = Rows::quotients(Codes::One(0), Figures::whole(&n), Figures::whole(&d));
        let places = Settings { places: 1, ..Settings::default() };
        let answers = evaluate(std::slice::from_ref(rule), &rows, wanted.as_slice(), &places).unwrap();
        let column = wanted.map(|output| answers.column(output).unwrap());
        assert!(answers.status.iter().all(|status| *status == answers.status[0]));
        assert!(column.is_none_or(|column| column.iter().all(|value| *value == column[0])));
        (answers.status[0], column.map(|column| column[0]))
    };
    // n/d ≥ −7/5 where 5·n + 7·d ≥ 0; of numbers a little below 2^60 that is 12·2^60, and 2^63 does not fit.
    let (large, half) = ((1 << 60) - 1, (1 << 59) - 1);
    let above_below_zero = Rule::new(Kind::Mean, Requirement::AtLeast(number("-1.4")));
    for figures in [(large, large), (large, half), (half, large)] {
        assert_eq!(answer(&above_below_zero, figures, None), (Status::Met, None));
    }
    // Quotients too large for an estimate: 4.5·10^17 + 1 of 5·10^17 are 5·10^16 + 1 more than 80 %, and a mean of 10^15 + 1.
    let share = Rule::new(Kind::Share, Requirement::AtLeast(80.into()));
    let figures = (450_000_000_000_000_001, 500_000_000_000_000_000);
    assert_eq!(answer(&share, figures, Some(Output::Allowance)), (Status::Met, Some(50_000_000_000_000_001)));
    let figures = (1_000_000_000_000_001, 1);
    assert_eq!(answer(&above_below_zero, figures, Some(Output::Actual)), (Status::Met, Some(10_000_000_000_000_010)));
    // From −0.5 to 0.2 is 0.7, and to 0.053 is 0.553: 0.79 of the way. What is left of 7.9 is 0.9 of the divisor 7·10^18, and
    // twice as much does not fit.
    let way = Rule::new(Kind::Mean, Requirement::AtLeast(number("0.2"))).with_baseline(Ratio::new(-1, 2).unwrap());
    let figures = (53_000_000_000_000_000, 1_000_000_000_000_000_000);
    assert_eq!(answer(&way, figures, Some(Output::Progress)), (Status::Missed, Some(8)));
}

/// Tables that are plain but for one row, wherever it stands: in a full block, at an end of one, or in what is left over.
#[test]
fn one_odd_row_in_a_plain_table() {
    // 1 of 2 everywhere else, by the first rule.
    let answers = |rules: &[Rule], row: usize, (code, n, d): (u32, Option<i64>, Option<i64>), wanted: &[Output]| {
        let (mut codes, mut ns, mut ds, mut there) = ([0; 600], [1; 600], [2; 600], [[u8::MAX; 75]; 2]);
        codes[row] = code;
        // What stands under a gap can not be.
        (ns[row], ds[row]) = (n.unwrap_or(-7), d.unwrap_or(-7));
        for (bits, figure) in there.iter_mut().zip([n, d]) {
            bits[row / 8] &= !(u8::from(figure.is_none()) << (row % 8));
        }
        let [n, d] = [(&ns, &there[0]), (&ds, &there[1])]
            .map(|(figures, there)| Figures::whole(figures).with_validity(Some(Validity::new(there, 0))));
        evaluate(rules, &Rows::quotients(Codes::Each(&codes), n, d), wanted, &Settings::default())
    };
    let share = [Rule::new(Kind::Share, Requirement::AtLeast(50.into()))];
    let mean = [Rule::new(Kind::Mean, Requirement::AtLeast("0.5".parse().unwrap()))];
    let from_zero = mean.clone().map(|rule| rule.with_bounds(Bounds { low: Some(Number::ZERO), high: None }));
    let missed_without_cases = mean.clone().map(|rule| rule.when_no_cases(WhenNoCases::Missed));
    let either = [mean.clone(), missed_without_cases].concat();
    let is_part = "expected 0 ≤ numerator ≤ denominator";
    let faulty = [
        (&share[..], (0, Some(3), Some(2)), format!("numerators[#]: 3 of 2; {is_part}")),
        (&share, (0, Some(-1), Some(2)), format!("numerators[#]: -1 of 2; {is_part}")),
        (&share, (0, Some(-3), Some(-2)), format!("numerators[#]: -3 of -2; {is_part}")),
        (&share, (1, Some(1), Some(2)), "rules[#]: rule 1; expected the place of one of 1 rules, from 0".to_owned()),
        (&mean, (0, Some(1), Some(-2)), "denominators[#]: -2; expected a denominator of at least 0".to_owned()),
        (&from_zero, (0, Some(-1), Some(2)), "numerators[#]: -1 of 2; expected a value of at least 0".to_owned()),
    ];
    let sound = [
        (&share[..], (0, None, Some(2)), Status::AwaitingData),
        (&share, (0, Some(1), None), Status::AwaitingData),
        (&mean, (0, None, Some(2)), Status::AwaitingData),
        (&share, (0, Some(0), Some(0)), Status::NotApplicable),
        (&mean, (0, Some(5), Some(0)), Status::NotApplicable),
        (&mean, (0, Some(-5), Some(0)), Status::NotApplicable),
        (&either, (1, Some(5), Some(0)), Status::Missed),
    ];
    for row in [0, 1, 254, 255, 256, 300, 511, 512, 599] {
        for wanted in usual_outputs().chain([&Output::ALL[..]]) {
            for (rules, odd, expected) in &faulty {
                let faults = answers(rules, row, *odd, wanted).unwrap_err();
                assert_eq!(faults.to_string(), expected.replace('#', &row.to_string()));
            }
            for (rules, odd, status) in &sound {
                let answers = answers(rules, row, *odd, wanted).unwrap();
                let is_as_expected =
                    |(place, found): (usize, &Status)| *found == if place == row { *status } else { Status::Met };
                assert!(answers.status.iter().enumerate().all(is_as_expected), "{odd:?} in row {row}: {:?}", answers.status[row]);
                for column in [Output::Actual, Output::Variance].iter().filter_map(|output| answers.column(*output)) {
                    let usual = column[if row == 0 { 1 } else { 0 }];
                    let is_as_expected = |(place, found): (usize, &i64)| *found == if place == row { UNDEFINED } else { usual };
                    assert!(usual != UNDEFINED && column.iter().enumerate().all(is_as_expected));
                }
            }
        }
    }
}

/// Only what is asked for is there, and it is the same whatever else is asked for.
#[test]
fn outputs_do_not_depend_on_each_other() {
    let mut chance = Chance::new(11);
    for _ in 0..30 {
        let world = World::new(&mut chance, 3_000);
        let world = world.sound();
        let all = evaluate(&world.rules, &world.rows(), &Output::ALL, &world.settings()).unwrap();
        for output in Output::ALL {
            let mut column = vec![0; world.codes.len()];
            evaluate_into(&world.rules, &world.rows(), Buffers::new().with(output, &mut column), &world.settings()).unwrap();
            assert!(all.column(output).unwrap() == column, "{output:?}");
            let alone = evaluate(&world.rules, &world.rows(), &[output], &world.settings()).unwrap();
            assert!(alone.status == all.status && alone.column(output).unwrap() == column);
            assert!(Output::ALL.iter().all(|other| *other == output || alone.column(*other).is_none()));
        }
    }
}

/// A plan whose targets are all for 2025 and for each unit, and facts of that year: what `assess` says of it once the year is over
/// is what the batch engine says of the same figures.
#[test]
fn evaluate_says_what_assess_says() {
    let mut compared = std::collections::BTreeMap::new();
    for seed in 1..=6 {
        let mut chance = Chance::new(seed);
        let (plan, figures) = plan_and_figures(&mut chance);
        let facts = Facts::from_csv(&plan, facts_of(&plan, &figures)).unwrap();
        let card = attain::assess(&plan, &facts, attain::time::parse_day("2026-06-30").unwrap());
        let units = plan.units().len();
        let rules: Vec<Rule> = (plan.targets().iter().zip(card.assessments().chunks(units)))
            .map(|(target, assessments)| {
                let rule = Rule::of(&plan, target).unwrap();
                match &assessments[0].baseline.value {
                    Ok(baseline) => rule.with_baseline(baseline.clone()),
                    Err(_) => rule,
                }
            })
            .collect();
        let codes: Vec<u32> = (0..rules.len() as u32).flat_map(|code| vec![code; units]).collect();
        let (n, d): (Vec<i64>, Vec<i64>) = figures.iter().map(|figures| figures.unwrap_or_default()).unzip();
        let mut there = vec![0; figures.len().div_ceil(8)];
        for (row, _) in figures.iter().enumerate().filter(|(_, figures)| figures.is_some()) {
            there[row / 8] |= 1 << (row % 8);
        }
        let numerators = Figures::whole(&n).with_validity(Some(Validity::new(&there, 0)));
        let rows = Rows::quotients(Codes::Each(&codes), numerators, Figures::whole(&d));
        let answers = evaluate(&rules, &rows, &Output::ALL, &Settings::default()).unwrap();
        assert_eq!(card.assessments().len(), rows.len());
        for (row, one) in card.assessments().iter().enumerate() {
            let case = |of: fn(&CasesNeeded) -> &Ratio| one.cases.as_ref().map(of).ok().cloned();
            let expected = [
                one.actual.value.clone().ok(),
                one.variance.clone().ok(),
                one.shortfall.clone().ok(),
                one.ratio_to_target.clone().ok(),
                one.progress.clone().ok(),
                case(|cases| &cases.short_by),
                case(|cases| &cases.allowance),
            ];
            assert_eq!(answers.status[row], one.status, "{} {}: {:?}", one.target, one.unit, figures[row]);
            for (output, expected) in Output::ALL.into_iter().zip(expected) {
                let found = Some(answers.column(output).unwrap()[row]).filter(|value| *value != UNDEFINED);
                let places = if output.is_count() { 0 } else { 12 };
                let found = found.map(|value| Ratio::new(value.into(), 10_i128.pow(places)).unwrap());
                let rounded = expected.map(|value| Rounding::half_up(places).apply(&value));
                assert_eq!(found, rounded, "{output:?} of {} {}: {:?}", one.target, one.unit, figures[row]);
            }
            *compared.entry(one.status).or_insert(0) += 1;
        }
    }
    let seen: Vec<Status> = compared.keys().copied().collect();
    assert_eq!(seen, [Status::Met, Status::Missed, Status::AwaitingData, Status::NotApplicable]);
    assert!(compared.values().all(|count| *count >= 50), "{compared:?}");
}

/// A plan of 50 targets for 24 units, and the figures of each target and unit, where there are any.
fn plan_and_figures(chance: &mut Chance) -> (attain::Plan, Vec<Option<(i64, i64)>>) {
    let mut text = "format = \"attain-plan/1\"\nplan = { id = \"p\", owner = \"u0\", start = 2022-01-01 }\n".to_owned();
    for unit in 0..24 {
        text += &format!("[[units]]\nid = \"u{unit}\"\n");
    }
    let mut figures = Vec::new();
    for place in 0..50 {
        let kind = ["share", "share", "on_time", "survey", "ratio", "mean", "flow", "stock", "index"][chance.below(9) as usize];
        let most = if matches!(kind, "flow" | "stock" | "mean") { 5_000 } else { 100 };
        let t = chance.below(most).max(1);
        let requirement = match chance.below(9) {
            0..=2 => format!("at_least = {t}"),
            3 | 4 => format!("at_most = {t}"),
            5 => format!("above = {t}.5"),
            6 => format!("below = {t}.25"),
            7 => format!("between = [{}, {t}]", t / 2),
            _ => {
                ["exactly = 50", "reduce_by = \"10%\"", "increase_by = 3", "improve = true"][chance.below(4) as usize].to_owned()
            }
        };
        let no_cases = ["not_applicable", "met", "missed"][chance.below(3) as usize];
        text += &format!(
            "[[indicators]]\nid = \"i{place}\"\nkind = \"{kind}\"\nwhen_no_cases = \"{no_cases}\"\ndirection = \"increase\"\n"
        );
        text += &format!(
            "[[targets]]\nid = \"t{place}\"\nindicator = \"i{place}\"\nby = \"2025\"\nscope = \"each\"\n{requirement}\n"
        );
        text += &format!("baseline = {{ value = {}, on = 2021-12-31 }}\n", chance.below(most));
        if chance.one_in(5) && !requirement.starts_with("improve") {
            text += "tolerance = 0.5\n";
        }
        if chance.one_in(5) {
            text += "compare_rounded = { scale = 0 }\n";
        }
        let is_quotient = !matches!(kind, "flow" | "stock" | "index");
        for _ in 0..24 {
            let bits = 1 + chance.below(20);
            let d = if chance.one_in(8) { 0 } else { 1 + chance.below(1 << bits) as i64 };
            let n = match chance.below(3) {
                0 => d * t as i64 / 100,
                _ => chance.below(d.unsigned_abs() + 1) as i64,
            };
            let figure = if is_quotient { (n.min(d), d) } else { (chance.below(2 * most) as i64, 1) };
            figures.push((!chance.one_in(10)).then_some(figure));
        }
    }
    (attain::Plan::from_toml(&text).unwrap_or_else(|faults| panic!("{faults}\n{text}")), figures)
}

fn facts_of(plan: &attain::Plan, figures: &[Option<(i64, i64)>]) -> String {
    let columns = [
        "value",
        "part",
        "whole",
        "numerator",
        "denominator",
        "total",
        "weight",
        "positive",
        "valid",
        "in_time",
        "late",
        "overdue",
        "not_due",
    ];
    let mut text = format!("indicator,unit,period,{}\n", columns.join(","));
    for (row, figures) in figures.iter().enumerate() {
        let Some((n, d)) = figures else { continue };
        let (indicator, unit) = (&plan.indicators()[row / 24], &plan.units()[row % 24]);
        let filled: Vec<(&str, i64)> = match indicator.kind() {
            Kind::Share => vec![("part", *n), ("whole", *d)],
            Kind::Ratio => vec![("numerator", *n), ("denominator", *d)],
            Kind::Mean => vec![("total", *n), ("weight", *d)],
            Kind::Survey => vec![("positive", *n), ("valid", *d)],
            Kind::OnTime => vec![("in_time", *n), ("late", d - n), ("overdue", 0), ("not_due", 0)],
            _ => vec![("value", *n)],
        };
        let cell = |column: &&str| filled.iter().find(|(name, _)| name == column).map_or(String::new(), |(_, n)| n.to_string());
        let cells: Vec<String> = columns.iter().map(cell).collect();
        text += &format!("{},{},2025,{}\n", indicator.id(), unit.id(), cells.join(","));
    }
    text
}
