//! Every promise of the plan as a test case of its own: `cargo test -p compliance --test promises`.

use std::process::ExitCode;

use attain_harness::Harness;

fn main() -> ExitCode {
    match compliance::standing() {
        Ok((card, waivers)) => Harness { waivers, ..Harness::default() }.run(&card),
        Err(faults) => {
            eprintln!("{faults}");
            ExitCode::from(2)
        }
    }
}
