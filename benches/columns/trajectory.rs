//! Series on their way: status, projection, expected value, pace and required rate.

use attain::Status;
use attain::columns::{
    Codes, Course, Days, Figures, Series, Settings, TrajectoryBuffers, TrajectoryOutput, trajectory, trajectory_into,
};

use crate::data;
use crate::timed;

const WANTED: [TrajectoryOutput; 3] = [TrajectoryOutput::Expected, TrajectoryOutput::Pace, TrajectoryOutput::RequiredRate];

#[derive(Default)]
pub(crate) struct Job {
    courses: Vec<Course>,
    codes: Vec<u32>,
    days: Vec<i32>,
    numerators: Vec<i64>,
    denominators: Vec<i64>,
    status: Vec<Status>,
    projection: Vec<f64>,
    columns: [Vec<i64>; WANTED.len()],
}

impl Job {
    pub(crate) fn read(&mut self, directory: &str) {
        if !self.codes.is_empty() {
            return;
        }
        let meta = data::meta(directory);
        let number = |name: &str| i32::try_from(meta[name].as_i64().unwrap()).unwrap();
        let column = |name: &str| format!("{directory}/trajectory/{name}");
        let codes = data::read_u32(column("target.u32"));
        let series = codes.len();
        *self = Self {
            courses: data::rules(directory).into_iter().map(|rule| Course::new(rule, 0, number("due"))).collect(),
            codes,
            days: (0..number("points")).collect(),
            numerators: data::read_i64(column("numerator.i64")),
            denominators: data::read_i64(column("denominator.i64")),
            status: vec![Status::Lost; series],
            projection: vec![1.0; series],
            columns: [(); WANTED.len()].map(|()| vec![1; series]),
        };
    }

    pub(crate) fn run(&mut self, way: &str, settings: &Settings) -> Result<(u128, usize), String> {
        let series = Series::quotients(
            Codes::Each(&self.codes),
            Days::Shared(&self.days),
            Figures::whole(&self.numerators),
            Figures::whole(&self.denominators),
        );
        let nanoseconds = match way {
            "new" => {
                let mut answers = None;
                let nanoseconds = timed(|| answers = Some(trajectory(&self.courses, &series, &WANTED, settings).unwrap()));
                std::hint::black_box(answers);
                nanoseconds
            }
            "into" => {
                let mut buffers = TrajectoryBuffers::new().with_status(&mut self.status).with_projection(&mut self.projection);
                for (output, column) in WANTED.into_iter().zip(&mut self.columns) {
                    buffers = buffers.with(output, column);
                }
                timed(|| trajectory_into(&self.courses, &series, buffers, settings).unwrap())
            }
            _ => return Err(format!("no such way: {way}")),
        };
        Ok((nanoseconds, self.numerators.len()))
    }

    pub(crate) fn write(&mut self, directory: &str) {
        self.run("into", &Settings::default()).unwrap();
        let code = |status: &Status| match status {
            Status::OnTrack => 0,
            Status::AtRisk => 1,
            Status::OffTrack => 2,
            _ => 3,
        };
        data::write(format!("{directory}/status.u8"), self.status.iter().map(code));
        data::write(format!("{directory}/projection.f64"), self.projection.iter().flat_map(|value| value.to_le_bytes()));
        for (output, column) in WANTED.iter().zip(&self.columns) {
            data::write(format!("{directory}/{}.i64", output.code()), column.iter().flat_map(|value| value.to_le_bytes()));
        }
    }
}
