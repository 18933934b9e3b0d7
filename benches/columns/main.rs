//! The batch engine: each job of it in each of its forms.
//!
//! `cargo bench --bench columns --features parallel` makes its own data and prints what a row costs: on every instruction set, on
//! one thread and on all, for 10⁵ to 10⁷ rows, friendly and adversarial. With `-- serve DIRECTORY` it answers commands line by line
//! on the data that `benches/peers` wrote, so that others can be measured beside it in one run. Nothing is asserted about time.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a bench that can not go on fails")]
#![allow(clippy::float_arithmetic, clippy::disallowed_types, reason = "times are measured in floats")]

mod data;
mod evaluate;

use std::io::{BufRead, Write};
use std::time::Instant;

use attain::columns::{InstructionSet, Settings};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.as_slice() {
        [] => evaluate::report(),
        [serve, directory] if serve == "serve" => self::serve(directory),
        _ => eprintln!("usage: columns [serve DIRECTORY]"),
    }
}

/// Answers each line of commands with a line of JSON, until `quit`.
fn serve(directory: &str) {
    let mut jobs = Jobs { evaluate: evaluate::Job::default(), directory: directory.to_owned() };
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
struct Jobs {
    directory: String,
    evaluate: evaluate::Job,
}

/// Nanoseconds and rows of a run; none where results were written.
type Answer = Result<Option<(u128, usize)>, String>;

impl Jobs {
    fn answer(&mut self, words: &[&str]) -> Answer {
        match words {
            ["evaluate", data_set, way, threads, set] => {
                self.evaluate.read(&self.directory, data_set);
                let settings = settings(threads, set)?;
                Ok(Some(self.evaluate.run(way, &settings)?))
            }
            ["results", "evaluate", data_set, directory] => {
                self.evaluate.read(&self.directory, data_set);
                self.evaluate.write(directory);
                Ok(None)
            }
            _ => Err(format!("no such command: {}", words.join(" "))),
        }
    }
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
    // Two threads are what the pool of this process has; see `RAYON_NUM_THREADS`.
    Ok(Settings { parallel: threads != "1", instruction_set, ..Settings::default() })
}

/// What a job takes.
fn timed(job: impl FnOnce()) -> u128 {
    let begin = Instant::now();
    job();
    begin.elapsed().as_nanos()
}
