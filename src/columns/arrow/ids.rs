//! Ids in Arrow arrays, and the places that they have in a table.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use arrow_array::cast::AsArray;
use arrow_array::types::{Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type};
use arrow_array::{Array, ArrowPrimitiveType, LargeStringArray, StringArray, StringViewArray};
use arrow_schema::DataType;

use super::{MOST_FAULTS, cell};
use crate::columns::Codes;
use crate::document::{did_you_mean, one_of, quoted};
use crate::fault::{Fault, FaultKind, Faults, Path};

/// Ids, each with its place in a table: of targets, units or anything else that rows belong to.
///
/// ```
/// use attain::columns::arrow::Ids;
/// let units = Ids::new(["north", "south"])?;
/// assert_eq!(units.find("south"), Some(1));
/// assert_eq!(units.find("South"), None); // byte by byte
/// assert!(Ids::new(["north", "north"]).is_err());
/// # Ok::<(), attain::Faults>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Ids {
    ids: Vec<String>,
    places: HashMap<String, u32, BuildHasherDefault<Mixed>>,
}

impl Ids {
    /// Ids in the order of their places.
    ///
    /// # Errors
    /// Every id that is given a second time; more than 2³² − 1 of them.
    pub fn new(ids: impl IntoIterator<Item = impl Into<String>>) -> Result<Self, Faults> {
        let (mut table, mut faults) = (Self::default(), Vec::new());
        for (place, id) in ids.into_iter().map(Into::into).enumerate() {
            let path = || Path::root().key("ids").index(place);
            let Some(code) = u32::try_from(place).ok().filter(|code| *code != UNKNOWN) else {
                faults.push(Fault::new(FaultKind::Limit, path(), "too many ids", format!("at most {UNKNOWN}")));
                break;
            };
            if let Some(first) = table.places.insert(id.clone(), code) {
                let what = format!("{} a second time", quoted(&id));
                faults.push(Fault::new(FaultKind::Duplicate, path(), what, format!("each id once; the first is at {first}")));
            }
            table.ids.push(id);
        }
        Faults::or(faults, table)
    }

    /// The ids that stand in some arrays, each once, in the order of their bytes: the same whatever the order of the rows.
    ///
    /// # Errors
    /// An array of no texts; every row (the first thousand of them) without one, `column` being what errors call it; more than
    /// 2³² − 1 ids.
    ///
    /// ```
    /// use arrow_array::StringArray;
    /// use attain::columns::arrow::Ids;
    /// let array = StringArray::from(vec!["south", "north", "south"]);
    /// assert_eq!(Ids::distinct([&array as &dyn arrow_array::Array], "unit")?.as_slice(), ["north", "south"]);
    /// # Ok::<(), attain::Faults>(())
    /// ```
    pub fn distinct<'a>(arrays: impl IntoIterator<Item = &'a dyn Array>, column: &str) -> Result<Self, Faults> {
        let (mut found, mut faults, mut from) = (BTreeSet::new(), Vec::new(), 0_usize);
        for array in arrays {
            Texts::read(array, column)?.distinct(&mut found);
            let gaps = array.logical_nulls().filter(|nulls| nulls.null_count() > 0);
            let rows = gaps.iter().flat_map(|nulls| nulls.iter().enumerate()).filter(|(_, is_there)| !is_there);
            let fault = |(row, _): (usize, bool)| {
                Fault::new(FaultKind::MissingField, cell(column, row.saturating_add(from)), "no id", "a text")
            };
            faults.extend(rows.take(MOST_FAULTS.saturating_sub(faults.len())).map(fault));
            from = from.saturating_add(array.len());
        }
        Faults::or(faults, ())?;
        Self::new(found)
    }

    /// The place of an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        self.places.get(id).copied()
    }

    /// The id at a place.
    #[must_use]
    pub fn get(&self, place: u32) -> Option<&str> {
        self.ids.get(place as usize).map(String::as_str)
    }

    /// All ids in the order of their places.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        &self.ids
    }

    fn code(&self, id: Option<&str>) -> u32 {
        id.and_then(|id| self.find(id)).unwrap_or(UNKNOWN)
    }
}

/// A hash of bytes that is quick; ids are looked up here, never taken in from outside, so none can be made to collide.
#[derive(Clone, Copy, Debug, Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        for word in bytes.chunks(8) {
            let word = word.iter().rev().fold(word.len() as u64, |word, byte| word << 8 | u64::from(*byte));
            self.0 = (self.0 ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

/// What stands for an id that is not in the table.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// The places of an array of ids, row by row; keeps them for as long as [`Codes`] are lent.
///
/// Texts of every kind are taken (`Utf8`, `LargeUtf8`, `Utf8View`), also as dictionaries with keys of any width: of these each
/// entry is looked up once. Nulls and sliced arrays are read as they are.
///
/// ```
/// use attain::columns::arrow::{CodeArray, Ids};
/// use arrow_array::StringArray;
/// let units = Ids::new(["north", "south"])?;
/// let codes = CodeArray::new(&StringArray::from(vec!["south", "north"]), &units, "unit")?;
/// assert_eq!(codes.as_slice(), [1, 0]);
/// let faults = CodeArray::new(&StringArray::from(vec!["south", "nort"]), &units, "unit").unwrap_err();
/// assert_eq!(faults.to_string(), "unit[1]: 'nort' is not known (did you mean 'north'?); expected one of 'north', 'south'");
/// # Ok::<(), attain::Faults>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct CodeArray {
    codes: Vec<u32>,
}

impl CodeArray {
    /// The places that the ids of an array have; `column` is what errors call it.
    ///
    /// # Errors
    /// Every row (the first thousand of them) whose id is null or not in the table; an array of no texts.
    pub fn new(array: &dyn Array, ids: &Ids, column: &str) -> Result<Self, Faults> {
        let (codes, faults) = Self::read(array, ids, column)?;
        Faults::or(faults, codes)
    }

    /// The same, with what is wrong with rows beside them; these have the code [`UNKNOWN`].
    pub(super) fn read(array: &dyn Array, ids: &Ids, column: &str) -> Result<(Self, Vec<Fault>), Fault> {
        let texts = Texts::read(array, column)?;
        let codes = texts.codes(ids);
        // Looked for only where there is one: most columns have none.
        let faults = if codes.contains(&UNKNOWN) { unknown(&texts, &codes, ids, column) } else { Vec::new() };
        Ok((Self { codes }, faults))
    }

    /// The places of more rows.
    pub(super) fn append(&mut self, mut other: Self) {
        if self.codes.is_empty() {
            *self = other;
        } else {
            self.codes.append(&mut other.codes);
        }
    }

    /// The places, as the batch engine takes them.
    #[must_use]
    pub fn codes(&self) -> Codes<'_> {
        Codes::Each(&self.codes)
    }

    /// The places, one a row.
    #[must_use]
    pub fn as_slice(&self) -> &[u32] {
        &self.codes
    }
}

/// More ids than these are counted in messages, and not listed.
const MOST_IDS_TOLD: usize = 8;

#[cold]
fn unknown(texts: &Texts<'_>, codes: &[u32], ids: &Ids, column: &str) -> Vec<Fault> {
    let known: Vec<&str> = ids.ids.iter().map(String::as_str).collect();
    let expected = if known.len() > MOST_IDS_TOLD { format!("one of {} ids", known.len()) } else { one_of(&known) };
    // The same typing error stands in many rows, and to look for what is meant takes long.
    let mut meant: HashMap<&str, String> = HashMap::new();
    let rows = codes.iter().enumerate().filter(|(_, code)| **code == UNKNOWN).take(MOST_FAULTS);
    let fault = |(row, _)| match texts.get(row) {
        None => Fault::new(FaultKind::MissingField, cell(column, row), "no id", expected.clone()),
        Some(id) => {
            let what = meant.entry(id).or_insert_with(|| format!("{} is not known{}", quoted(id), did_you_mean(id, &known)));
            Fault::new(FaultKind::UnknownReference, cell(column, row), what.clone(), expected.clone())
        }
    };
    rows.map(fault).collect()
}

/// An array of texts of any kind.
pub(super) enum Texts<'a> {
    Short(&'a StringArray),
    Long(&'a LargeStringArray),
    View(&'a StringViewArray),
    Dictionary {
        keys: &'a dyn Array,
        entries: Box<Texts<'a>>,
    },
    /// So many rows without a text.
    Nothing(usize),
}

impl<'a> Texts<'a> {
    /// Nothing where an array is none of texts.
    pub(super) fn new(array: &'a dyn Array) -> Option<Self> {
        if let Some(dictionary) = array.as_any_dictionary_opt() {
            return Some(Self::Dictionary { keys: dictionary.keys(), entries: Box::new(Self::plain(dictionary.values())?) });
        }
        Self::plain(array)
    }

    /// The texts of a column of ids.
    fn read(array: &'a dyn Array, column: &str) -> Result<Self, Fault> {
        Self::new(array).ok_or_else(|| {
            let expected = "ids as texts, plain or as a dictionary: cast others to texts";
            Fault::new(FaultKind::InvalidValue, Path::root().key(column), array.data_type().to_string(), expected)
        })
    }

    /// Puts every text that a row has to the others.
    fn distinct(&self, found: &mut BTreeSet<&'a str>) {
        match self {
            Self::Short(array) => found.extend(array.iter().flatten()),
            Self::Long(array) => found.extend(array.iter().flatten()),
            Self::View(array) => found.extend(array.iter().flatten()),
            Self::Dictionary { keys, entries } => {
                // Only the entries that some row has.
                let mut is_used = vec![0; entries.len()];
                let codes: Vec<u32> = (0..).take(entries.len()).collect();
                for code in codes_of(*keys, &codes) {
                    is_used.get_mut(code as usize).into_iter().for_each(|is_used| *is_used = 1);
                }
                let used = is_used.iter().enumerate().filter(|(_, is_used)| **is_used == 1);
                found.extend(used.filter_map(|(entry, _)| entries.get(entry)));
            }
            Self::Nothing(_) => {}
        }
    }

    fn plain(array: &'a dyn Array) -> Option<Self> {
        match array.data_type() {
            DataType::Utf8 => array.as_string_opt().map(Self::Short),
            DataType::LargeUtf8 => array.as_string_opt().map(Self::Long),
            DataType::Utf8View => array.as_string_view_opt().map(Self::View),
            DataType::Null => Some(Self::Nothing(array.len())),
            _ => None,
        }
    }

    /// The number of rows.
    fn len(&self) -> usize {
        match self {
            Self::Short(array) => array.len(),
            Self::Long(array) => array.len(),
            Self::View(array) => array.len(),
            Self::Dictionary { keys, .. } => keys.len(),
            Self::Nothing(rows) => *rows,
        }
    }

    /// The text of a row, where there is one.
    pub(super) fn get(&self, row: usize) -> Option<&'a str> {
        let is_there = |array: &dyn Array| row < array.len() && array.is_valid(row);
        match self {
            Self::Short(array) => is_there(array).then(|| array.value(row)),
            Self::Long(array) => is_there(array).then(|| array.value(row)),
            Self::View(array) => is_there(array).then(|| array.value(row)),
            Self::Dictionary { keys, entries } => {
                let is_there = row < keys.len() && keys.is_valid(row);
                is_there.then(|| key_of(*keys, row)).flatten().and_then(|key| entries.get(key))
            }
            Self::Nothing(_) => None,
        }
    }

    fn codes(&self, ids: &Ids) -> Vec<u32> {
        match self {
            Self::Short(array) => array.iter().map(|id| ids.code(id)).collect(),
            Self::Long(array) => array.iter().map(|id| ids.code(id)).collect(),
            Self::View(array) => array.iter().map(|id| ids.code(id)).collect(),
            Self::Dictionary { keys, entries } => codes_of(*keys, &entries.codes(ids)),
            Self::Nothing(rows) => vec![UNKNOWN; *rows],
        }
    }
}

/// What a dictionary's keys of any width come to, row by row; [`UNKNOWN`] where there is no key.
fn codes_of(keys: &dyn Array, of_entries: &[u32]) -> Vec<u32> {
    fn looked_up<T: ArrowPrimitiveType<Native: TryInto<usize>>>(keys: &dyn Array, of_entries: &[u32]) -> Option<Vec<u32>> {
        let keys = keys.as_primitive_opt::<T>()?;
        let code = |key: T::Native| key.try_into().ok().and_then(|key: usize| of_entries.get(key)).copied().unwrap_or(UNKNOWN);
        let mut codes: Vec<u32> = keys.values().iter().map(|key| code(*key)).collect();
        if let Some(nulls) = keys.nulls().filter(|nulls| nulls.null_count() > 0) {
            let rows = codes.iter_mut().zip(nulls.iter());
            rows.filter(|(_, is_there)| !is_there).for_each(|(code, _)| *code = UNKNOWN);
        }
        Some(codes)
    }
    let codes = match keys.data_type() {
        DataType::UInt8 => looked_up::<UInt8Type>(keys, of_entries),
        DataType::UInt16 => looked_up::<UInt16Type>(keys, of_entries),
        DataType::UInt32 => looked_up::<UInt32Type>(keys, of_entries),
        DataType::UInt64 => looked_up::<UInt64Type>(keys, of_entries),
        DataType::Int8 => looked_up::<Int8Type>(keys, of_entries),
        DataType::Int16 => looked_up::<Int16Type>(keys, of_entries),
        DataType::Int32 => looked_up::<Int32Type>(keys, of_entries),
        DataType::Int64 => looked_up::<Int64Type>(keys, of_entries),
        _ => None,
    };
    codes.unwrap_or_else(|| vec![UNKNOWN; keys.len()])
}

/// The entry of a row of a dictionary.
fn key_of(keys: &dyn Array, row: usize) -> Option<usize> {
    fn at<T: ArrowPrimitiveType<Native: TryInto<usize>>>(keys: &dyn Array, row: usize) -> Option<usize> {
        (*keys.as_primitive_opt::<T>()?.values().get(row)?).try_into().ok()
    }
    match keys.data_type() {
        DataType::UInt8 => at::<UInt8Type>(keys, row),
        DataType::UInt16 => at::<UInt16Type>(keys, row),
        DataType::UInt32 => at::<UInt32Type>(keys, row),
        DataType::UInt64 => at::<UInt64Type>(keys, row),
        DataType::Int8 => at::<Int8Type>(keys, row),
        DataType::Int16 => at::<Int16Type>(keys, row),
        DataType::Int32 => at::<Int32Type>(keys, row),
        DataType::Int64 => at::<Int64Type>(keys, row),
        _ => None,
    }
}
