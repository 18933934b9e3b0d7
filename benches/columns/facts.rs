//! Facts from CSV into columns; and the same text through the `csv` crate into plain vectors.

use std::collections::HashMap;

use attain::Plan;
use attain::columns::FactColumns;
use attain::plan::{HeaderDraft, IndicatorDraft, Kind, PLAN_FORMAT, PlanDraft, UnitDraft};
use attain::time::{Day, parse_day};

use crate::data;
use crate::timed;

#[derive(Default)]
pub(crate) struct Job {
    text: Vec<u8>,
    plan: Option<Plan>,
}

impl Job {
    pub(crate) fn read(&mut self, directory: &str) {
        if self.plan.is_some() {
            return;
        }
        self.text = std::fs::read(format!("{directory}/facts.csv")).unwrap();
        let targets = data::meta(directory)["targets"].as_array().unwrap().len();
        let indicator = |place: usize| IndicatorDraft {
            id: Some(format!("i{place:02}")),
            kind: Some(Kind::Share),
            ..IndicatorDraft::default()
        };
        let plan = PlanDraft {
            format: Some(PLAN_FORMAT.to_owned()),
            plan: HeaderDraft {
                id: Some("plan".to_owned()),
                owner: Some("u0000".to_owned()),
                start: Some(Day(parse_day("2025-01-01").unwrap())),
                ..HeaderDraft::default()
            },
            units: (0..4000).map(|place| UnitDraft { id: Some(format!("u{place:04}")), ..UnitDraft::default() }).collect(),
            indicators: (0..targets).map(indicator).collect(),
            ..PlanDraft::default()
        };
        self.plan = Some(plan.validate().unwrap());
    }

    pub(crate) fn run(&self, way: &str) -> Result<(u128, usize), String> {
        let plan = self.plan.as_ref().unwrap();
        let mut rows = 0;
        let nanoseconds = match way {
            "new" => timed(|| rows = std::hint::black_box(FactColumns::from_csv(plan, &self.text).unwrap()).rows()),
            "csv-crate" => timed(|| rows = std::hint::black_box(by_csv_crate(&self.text)).2.len()),
            _ => return Err(format!("no such way: {way}")),
        };
        Ok((nanoseconds, rows))
    }
}

type Columns = ([Vec<u32>; 3], Vec<i64>, Vec<i64>);

/// As one would write it: a record at a time, ids to codes by maps, figures parsed.
fn by_csv_crate(text: &[u8]) -> Columns {
    let mut reader = csv::Reader::from_reader(text);
    let (mut record, mut codes) = (csv::ByteRecord::new(), [const { Vec::new() }; 3]);
    let mut known: [HashMap<Vec<u8>, u32>; 3] = Default::default();
    let (mut parts, mut wholes) = (Vec::new(), Vec::new());
    while reader.read_byte_record(&mut record).unwrap() {
        for ((column, known), codes) in record.iter().zip(&mut known).zip(&mut codes) {
            let next = u32::try_from(known.len()).unwrap();
            let code = match known.get(column) {
                Some(code) => *code,
                None => *known.entry(column.to_vec()).or_insert(next),
            };
            codes.push(code);
        }
        let number = |column: &[u8]| std::str::from_utf8(column).unwrap().parse::<i64>().unwrap();
        parts.push(number(&record[3]));
        wholes.push(number(&record[4]));
    }
    (codes, parts, wholes)
}
