//! Assessing a small plan again and again, for those who call from elsewhere and want to know what the way costs.
//!
//! `cargo bench --bench small_plan -- PLAN FACTS DATE`: a TOML plan and its facts as CSV. Answers each line, a number of times,
//! with the nanoseconds that one assessment took; without arguments there is nothing to do.
#![allow(clippy::unwrap_used, reason = "what cannot be read ends the bench")]

use std::hint::black_box;
use std::io::{BufRead, Write};
use std::time::Instant;

use attain::time::parse_day;
use attain::{Facts, Plan, assess};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [plan, facts, day] = arguments.as_slice() else {
        eprintln!("usage: small_plan PLAN FACTS DATE");
        return;
    };
    let plan = Plan::from_toml(std::fs::read_to_string(plan).unwrap()).unwrap();
    let facts = Facts::from_csv(&plan, std::fs::read_to_string(facts).unwrap()).unwrap();
    let as_of = parse_day(day).unwrap();
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let times: u32 = line.unwrap().trim().parse().unwrap();
        let start = Instant::now();
        for _ in 0..times {
            black_box(assess(black_box(&plan), black_box(&facts), as_of));
        }
        writeln!(out, "{}", start.elapsed().as_nanos() / u128::from(times.max(1))).unwrap();
        out.flush().unwrap();
    }
}
