//! Laws: what holds for every plan and all facts, tried on many that are generated.
//!
//! The same cases are tried on every run. `PROPTEST_RNG_SEED=<number>` tries others, `PROPTEST_CASES=<number>` more of them.

mod checks;
#[cfg(all(feature = "json", feature = "csv"))]
mod differences;
#[cfg(all(feature = "toml", feature = "json", feature = "csv"))]
mod documents;
#[cfg(all(feature = "json", feature = "csv"))]
mod margins;
mod numbers;
mod over_time;
mod paths;
mod roll_up;
#[cfg(all(feature = "json", feature = "csv"))]
mod scorecards;
mod setting;
mod verdicts;
#[cfg(all(feature = "json", feature = "csv"))]
pub(crate) mod world;

use attain::Status;
use proptest::test_runner::{Config, RngSeed};

/// The same cases on every run, unless the environment says otherwise.
pub(crate) fn config() -> Config {
    let mut config = Config { failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 1000;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(333);
    }
    config
}

/// How good a status is; statuses that one more success or failure can not turn into each other may share a rank.
fn rank(status: Status) -> u8 {
    match status.code() {
        "lost" | "missed" => 0,
        "off_track" => 1,
        "at_risk" => 2,
        "on_track" => 4,
        "met_so_far" => 5,
        "secured" | "met" => 6,
        // Nothing is said.
        _ => 3,
    }
}
