//! Raw columns in files, and numbers that look like chance.

use std::path::Path;

use attain::columns::Rule;
use attain::number::Number;
use attain::plan::{Kind, Requirement};

/// A file of little-endian numbers of `SIZE` bytes.
fn read<T, const SIZE: usize>(path: &Path, number: fn([u8; SIZE]) -> T) -> Vec<T> {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    bytes.as_chunks::<SIZE>().0.iter().map(|bytes| number(*bytes)).collect()
}

pub(crate) fn read_u32(path: impl AsRef<Path>) -> Vec<u32> {
    read(path.as_ref(), u32::from_le_bytes)
}

pub(crate) fn read_i64(path: impl AsRef<Path>) -> Vec<i64> {
    read(path.as_ref(), i64::from_le_bytes)
}

pub(crate) fn write(path: impl AsRef<Path>, bytes: impl Iterator<Item = u8>) {
    std::fs::write(path, bytes.collect::<Vec<u8>>()).unwrap();
}

pub(crate) fn meta(directory: &str) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(format!("{directory}/meta.json")).unwrap()).unwrap()
}

/// The rules that meta.json lists.
pub(crate) fn rules(directory: &str) -> Vec<Rule> {
    let rule = |target: &serde_json::Value| {
        let number = |name: &str| target[name].as_str().unwrap().parse::<Number>().unwrap();
        let requirement = match target["requirement"].as_str().unwrap() {
            "at_least" => Requirement::AtLeast(number("threshold")),
            "at_most" => Requirement::AtMost(number("threshold")),
            other => panic!("no such requirement: {other}"),
        };
        Rule::new(Kind::Share, requirement).with_baseline(number("baseline").into())
    };
    meta(directory)["targets"].as_array().unwrap().iter().map(rule).collect()
}

/// Numbers that look like chance and are the same on every run (xorshift64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}
