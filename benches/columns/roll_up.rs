//! Rows added up by target and unit, judged, and ranked within each target.

use attain::Status;
use attain::columns::{
    Batch, Buffers, Codes, Figures, Groups, Key, Measures, Output, RollUp, Rule, Settings, evaluate_into, latest, rank_into,
};
use attain::plan::Kind;

use crate::data;
use crate::timed;

#[derive(Default)]
pub(crate) struct Job {
    order: String,
    rules: Vec<Rule>,
    units: Vec<u32>,
    targets: Vec<u32>,
    numerators: Vec<i64>,
    denominators: Vec<i64>,
    unit_count: u32,
    /// Periods and the days on which the figures were recorded, where there are several records of a figure.
    records: Option<(Vec<u32>, Vec<i32>)>,
    period_count: u32,
}

/// What a run gives.
struct Ranked {
    groups: Groups,
    status: Vec<Status>,
    actual: Vec<i64>,
    places: Vec<u32>,
}

impl Job {
    pub(crate) fn read(&mut self, directory: &str, order: &str) {
        if self.order == order {
            return;
        }
        let column = |name: &str| format!("{directory}/rollup/{order}/{name}");
        *self = Self {
            order: order.to_owned(),
            rules: data::rules(directory),
            units: data::read_u32(column("unit.u32")),
            targets: data::read_u32(column("target.u32")),
            numerators: data::read_i64(column("numerator.i64")),
            denominators: data::read_i64(column("denominator.i64")),
            unit_count: data::meta(directory)["units"].as_u64().unwrap().try_into().unwrap(),
            records: (order == "revised").then(|| {
                let days = data::read_u32(column("recorded.u32")).into_iter().map(u32::cast_signed);
                (data::read_u32(column("period.u32")), days.collect())
            }),
            period_count: data::meta(directory)["periods"].as_u64().unwrap().try_into().unwrap(),
        };
    }

    fn ranked(&self, settings: &Settings) -> Ranked {
        let targets = u32::try_from(self.rules.len()).unwrap();
        let mut sums = RollUp::new(Kind::Share, vec![Key::new(targets), Key::new(self.unit_count)]).unwrap();
        let keys = [Codes::Each(&self.targets), Codes::Each(&self.units)];
        let (numerators, denominators) = (Figures::whole(&self.numerators), Figures::whole(&self.denominators));
        let measures = Measures::Quotients { numerators, denominators };
        let counts = self.records.as_ref().map(|(periods, days)| {
            let figures = [Key::new(targets), Key::new(self.unit_count), Key::new(self.period_count)];
            let [of_target, of_unit] = keys;
            let codes = [of_target, of_unit, Codes::Each(periods)];
            latest(&figures, &Batch::new(&codes, measures), days, i32::MAX).unwrap()
        });
        let batch = Batch::new(&keys, measures);
        let batch = counts.as_ref().map_or(batch, |counts| batch.counting(counts));
        sums.add(&batch, settings).unwrap();
        let groups = sums.finish().unwrap();
        let mut status = vec![Status::AwaitingData; groups.len()];
        let (mut actual, mut places) = (vec![0; groups.len()], vec![0; groups.len()]);
        let targets = Codes::Each(groups.key(0));
        let columns = Buffers::new().with_status(&mut status).with(Output::Actual, &mut actual);
        evaluate_into(&self.rules, &groups.rows(targets), columns, settings).unwrap();
        let better: Vec<_> = self.rules.iter().map(Rule::better).collect();
        rank_into(groups.numerators(), groups.denominators(), targets, &better, &mut places, settings).unwrap();
        Ranked { groups, status, actual, places }
    }

    pub(crate) fn run(&self, settings: &Settings) -> (u128, usize) {
        let mut ranked = None;
        let nanoseconds = timed(|| ranked = Some(self.ranked(settings)));
        std::hint::black_box(ranked);
        (nanoseconds, self.units.len())
    }

    pub(crate) fn write(&self, directory: &str) {
        let Ranked { groups, status, actual, places } = self.ranked(&Settings::default());
        data::write(format!("{directory}/target.u32"), groups.key(0).iter().flat_map(|code| code.to_le_bytes()));
        data::write(format!("{directory}/unit.u32"), groups.key(1).iter().flat_map(|code| code.to_le_bytes()));
        let sums = |figures: Figures<'_>| {
            let sum = |place| figures.get(place).and_then(|sum| sum.to_i64()).unwrap_or(0);
            (0..groups.len()).map(sum).flat_map(i64::to_le_bytes).collect::<Vec<u8>>()
        };
        data::write(format!("{directory}/numerator.i64"), sums(groups.numerators()).into_iter());
        data::write(format!("{directory}/denominator.i64"), sums(groups.denominators().unwrap()).into_iter());
        data::write(format!("{directory}/actual.i64"), actual.iter().flat_map(|value| value.to_le_bytes()));
        data::write(format!("{directory}/status.u8"), status.iter().map(crate::evaluate::code));
        data::write(format!("{directory}/rank.u32"), places.iter().flat_map(|place| place.to_le_bytes()));
    }
}
