//! Groups of a roll-up as a record batch.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch, UInt64Array};
use arrow_schema::{ArrowError, Field};

use super::answers::{batch as batch_of, exact};
use super::ids::Ids;
use super::{dictionary, refused};
use crate::columns::Groups;
use crate::fault::{Fault, FaultKind, Faults, Path};

impl Groups {
    /// The groups as a record batch, one row a group; `keys` says of each key, in their order, what its column is called and which
    /// ids its groups have.
    ///
    /// | column | type | null |
    /// | --- | --- | --- |
    /// | keys | dictionary of `Int32` keys and ids | never |
    /// | `numerator`, `denominator`, `not_due` as far as the kind has them | `Decimal128(38, places of the figures)` | no figures |
    /// | `reported`, `missing`: how many rows had figures and how many none | `UInt64` | never |
    ///
    /// # Errors
    /// Not as many keys as groups have; a group that has no id; sums of 39 digits.
    ///
    /// ```
    /// use arrow_array::{cast::AsArray, types::Decimal128Type};
    /// use arrow_array::{Int64Array, StringArray};
    /// use attain::columns::{Batch, Key, Measures, RollUp, Settings};
    /// use attain::columns::arrow::{CodeArray, FigureArray, Ids};
    /// use attain::plan::Kind;
    ///
    /// let units = Ids::new(["north", "south"])?;
    /// let of = CodeArray::new(&StringArray::from(vec!["south", "north", "south"]), &units, "unit")?;
    /// let amounts = FigureArray::new(&Int64Array::from(vec![20, 30, 40]), "amount")?;
    /// let mut sums = RollUp::new(Kind::Flow, vec![Key::new(2)])?;
    /// sums.add(&Batch::new(&[of.codes()], Measures::Amounts(amounts.figures())), &Settings::default())?;
    /// let groups = sums.finish()?.to_record_batch(&[("unit", &units)])?;
    /// assert_eq!(groups["numerator"].as_primitive::<Decimal128Type>().values()[..], [30, 60]); // north, south
    /// # Ok::<(), attain::Faults>(())
    /// ```
    pub fn to_record_batch(&self, keys: &[(&str, &Ids)]) -> Result<RecordBatch, Faults> {
        if keys.len() != self.keys() {
            let (what, expected) = (format!("{} keys", keys.len()), format!("{}, as there are in the roll-up", self.keys()));
            return Err(Fault::new(FaultKind::Inconsistent, Path::root().key("keys"), what, expected).into());
        }
        let columns = self.columns(keys).map_err(|error| refused(&error))?;
        Ok(batch_of(columns)?)
    }

    fn columns(&self, keys: &[(&str, &Ids)]) -> Result<Vec<(Field, ArrayRef)>, ArrowError> {
        let mut columns: Vec<(Field, ArrayRef)> = Vec::new();
        let mut push = |name: &str, array: ArrayRef, is_nullable: bool| {
            columns.push((Field::new(name, array.data_type().clone(), is_nullable), array));
        };
        for (place, (name, ids)) in keys.iter().enumerate() {
            push(name, dictionary(self.key(place), ids.as_slice().iter().map(String::as_str))?, false);
        }
        let figures = [("numerator", Some(self.numerators())), ("denominator", self.denominators()), ("not_due", self.not_due())];
        for (name, figures) in figures {
            if let Some(figures) = figures {
                push(name, exact(&figures)?, true);
            }
        }
        for (name, counts) in [("reported", self.reported()), ("missing", self.missing())] {
            push(name, Arc::new(UInt64Array::from(counts.to_vec())), false);
        }
        Ok(columns)
    }
}
