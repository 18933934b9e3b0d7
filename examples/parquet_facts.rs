//! Facts in a Parquet file, judged batch by batch: whatever the size of the file, one batch is held at a time.
//!
//! `cargo run --example parquet_facts --features arrow`

use std::error::Error;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int8Type};
use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch, StringArray};
use attain::columns::arrow::{ColumnNames, TargetTable, evaluate_batches};
use attain::columns::{Output, Rule, Settings};
use attain::plan::{Kind, Requirement};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

fn main() -> Result<(), Box<dyn Error>> {
    let targets = TargetTable::new([
        ("on-time", Rule::new(Kind::Share, Requirement::AtLeast(100.into()))),
        ("online", Rule::new(Kind::Share, Requirement::AtLeast(80.into()))),
    ])?;
    let file = write()?;
    let rows = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(file))?.with_batch_size(2).build()?;

    let names = ColumnNames::quotients("target", "part", "whole").keeping(&["target", "unit"]);
    let settings = Settings { places: 2, ..Settings::default() };
    println!("{:<8} {:<6} {:<13} {:>7} {:>8}", "target", "unit", "status", "actual", "short by");
    for answers in evaluate_batches(&targets, rows, names, &[Output::Actual, Output::ShortBy], settings) {
        print(&answers?);
    }
    Ok(())
}

/// A file of facts in memory. The part of the last row is not known: null, which is not 0.
fn write() -> Result<Vec<u8>, Box<dyn Error>> {
    let columns: [(&str, ArrayRef); 4] = [
        ("target", Arc::new(StringArray::from(vec!["on-time", "on-time", "online", "online", "online"]))),
        ("unit", Arc::new(StringArray::from(vec!["north", "south", "north", "south", "west"]))),
        ("part", Arc::new(Int64Array::from(vec![Some(3123), Some(1621), Some(1999), Some(2040), None]))),
        ("whole", Arc::new(Int64Array::from(vec![3124, 1621, 2500, 2550, 310]))),
    ];
    let batch = RecordBatch::try_from_iter(columns)?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut file = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut file, batch.schema(), Some(properties))?;
    writer.write(&batch)?;
    writer.close()?;
    Ok(file)
}

fn print(answers: &RecordBatch) {
    let (target, unit) = (answers["target"].as_string::<i32>(), answers["unit"].as_string::<i32>());
    let status = answers["status"].as_dictionary::<Int8Type>().downcast_dict::<StringArray>();
    let actual = answers["actual"].as_primitive::<Decimal128Type>();
    let short_by = answers["short_by"].as_primitive::<arrow_array::types::Int64Type>();
    let Some(status) = status else { return };
    for (row, status) in status.into_iter().enumerate() {
        let shown = |is_there: bool, text: String| if is_there { text } else { "-".to_owned() };
        println!(
            "{:<8} {:<6} {:<13} {:>7} {:>8}",
            target.value(row),
            unit.value(row),
            status.unwrap_or("-"),
            shown(actual.is_valid(row), actual.value_as_string(row)),
            shown(short_by.is_valid(row), short_by.value(row).to_string()),
        );
    }
}
