//! The batch engine: each job of it in each of its forms.
//!
//! `cargo bench --bench columns --features parallel` makes its own data and prints what a row costs: on every instruction set, on
//! one thread and on all, for 10⁵ to 10⁷ rows, friendly and adversarial. With `-- serve DIRECTORY` it answers commands line by line
//! on the data that `benches/peers` wrote, so that others can be measured beside it in one run. `-- sizes ROWS` says whether a row
//! costs the same in tables of 10⁵ rows and of up to so many, and how much memory that takes. Nothing is asserted about time.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a bench that can not go on fails")]
#![allow(clippy::float_arithmetic, clippy::disallowed_types, reason = "times are measured in floats")]

mod data;
mod evaluate;
mod facts;
mod roll_up;
mod trajectory;

use std::io::{BufRead, Write};
use std::time::Instant;

use attain::columns::{InstructionSet, Settings};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.as_slice() {
        [] => evaluate::report(),
        [serve, directory] if serve == "serve" => self::serve(directory),
        [sizes, most] if sizes == "sizes" => evaluate::sizes(most.parse().unwrap()),
        _ => eprintln!("usage: columns [serve DIRECTORY | sizes ROWS]"),
    }
}

/// Answers each line of commands with a line of JSON, until `quit`.
fn serve(directory: &str) {
    let mut jobs = Jobs { directory: directory.to_owned(), ..Jobs::default() };
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let words: Vec<&str> = line.split_whitespace().collect();
        if words == ["quit"] {
            return;
        }
        let answer = match jobs.answer(&words) {
            Ok(Some((nanoseconds, rows))) => serde_json::json!({ "nanoseconds": nanoseconds, "rows": rows }),
            Ok(None) => serde_json::json!({ "written": true }),
            Err(error) => serde_json::json!({ "error": error }),
        };
        writeln!(out, "{answer}").unwrap();
        out.flush().unwrap();
    }
}

/// The data of every job, read when it is first asked for.
#[derive(Default)]
struct Jobs {
    directory: String,
    evaluate: evaluate::Job,
    roll_up: roll_up::Job,
    trajectory: trajectory::Job,
    facts: facts::Job,
}

/// Nanoseconds and rows of a run; none where results were written.
type Answer = Result<Option<(u128, usize)>, String>;

impl Jobs {
    fn answer(&mut self, words: &[&str]) -> Answer {
        let directory = self.directory.clone();
        match words {
            ["evaluate", data_set, way, threads, set] => {
                self.evaluate.read(&directory, data_set);
                let settings = settings(threads, set)?;
                on(threads, || self.evaluate.run(way, &settings)).map(Some)
            }
            ["rollup", order, "new", threads, set] => {
                self.roll_up.read(&directory, order);
                let settings = settings(threads, set)?;
                Ok(Some(on(threads, || self.roll_up.run(&settings))))
            }
            ["trajectory", way, threads, set] => {
                self.trajectory.read(&directory);
                let settings = settings(threads, set)?;
                on(threads, || self.trajectory.run(way, &settings)).map(Some)
            }
            ["csv", way, threads, _] => {
                self.facts.read(&directory);
                on(threads, || self.facts.run(way)).map(Some)
            }
            ["results", job, rest @ .., into] => {
                match (*job, rest) {
                    ("evaluate", [data_set]) => {
                        self.evaluate.read(&directory, data_set);
                        self.evaluate.write(into);
                    }
                    ("rollup", [order]) => {
                        self.roll_up.read(&directory, order);
                        self.roll_up.write(into);
                    }
                    ("trajectory", []) => {
                        self.trajectory.read(&directory);
                        self.trajectory.write(into);
                    }
                    _ => return Err(format!("no results of {job}")),
                }
                Ok(None)
            }
            _ => Err(format!("no such command: {}", words.join(" "))),
        }
    }
}

/// Runs a job on so many threads.
#[cfg(feature = "parallel")]
fn on<T: Send>(threads: &str, job: impl FnOnce() -> T + Send) -> T {
    use std::collections::HashMap;
    use std::sync::{Arc, LazyLock, Mutex};

    static POOLS: LazyLock<Mutex<HashMap<usize, Arc<rayon::ThreadPool>>>> = LazyLock::new(Mutex::default);
    let threads = threads.parse().unwrap();
    let pool = {
        let mut pools = POOLS.lock().unwrap();
        let new = || Arc::new(rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap());
        pools.entry(threads).or_insert_with(new).clone()
    };
    pool.install(job)
}

#[cfg(not(feature = "parallel"))]
fn on<T>(_: &str, job: impl FnOnce() -> T) -> T {
    job()
}

fn settings(threads: &str, set: &str) -> Result<Settings, String> {
    let instruction_set = match set {
        "auto" => InstructionSet::Best,
        "avx512" => InstructionSet::Avx512,
        "avx2" => InstructionSet::Avx2,
        "portable" => InstructionSet::Portable,
        _ => return Err(format!("no such instruction set: {set}")),
    };
    if !instruction_set.is_available() {
        return Err(format!("this processor lacks {set}"));
    }
    Ok(Settings { parallel: threads != "1", instruction_set, ..Settings::default() })
}

/// What a job takes.
fn timed(job: impl FnOnce()) -> u128 {
    let begin = Instant::now();
    job();
    begin.elapsed().as_nanos()
}
