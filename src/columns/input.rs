//! Columns that come in: figures with their scale and what is missing, and codes that name targets or units.

/// Which rows of a column are there, as a bitmap: row `i` is bit `(offset + i) % 8` of byte `(offset + i) / 8`, least
/// significant first; 1 is there, 0 is missing. Rows beyond the bitmap are missing.
#[derive(Clone, Copy, Debug)]
pub struct Validity<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Validity<'a> {
    /// A bitmap whose first row is bit `offset`.
    #[must_use]
    pub fn new(bytes: &'a [u8], offset: usize) -> Self {
        Self { bytes, offset }
    }

    /// Whether a row is there.
    #[must_use]
    #[inline(always)]
    pub fn is_there(&self, row: usize) -> bool {
        let bit = self.offset.wrapping_add(row);
        self.bytes.get(bit / 8).is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
    }

    /// Whether all of some rows are there.
    pub(super) fn are_all_there(&self, from: usize, rows: usize) -> bool {
        // Whole bytes in the middle at once, the rows at the ends one by one.
        let (first, end) = (self.offset.saturating_add(from), self.offset.saturating_add(from).saturating_add(rows));
        let (whole, whole_end) = (first.div_ceil(8), end / 8);
        if whole >= whole_end {
            return (from..from.saturating_add(rows)).all(|row| self.is_there(row));
        }
        let middle = self.bytes.get(whole..whole_end).is_some_and(|bytes| bytes.iter().all(|byte| *byte == u8::MAX));
        let is_bit = |bit: usize| self.is_there(bit.wrapping_sub(self.offset));
        middle && (first..whole * 8).all(is_bit) && (whole_end * 8..end).all(is_bit)
    }

    #[cfg(any(feature = "arrow", feature = "parallel"))]
    fn after(&self, row: usize) -> Self {
        Self { bytes: self.bytes, offset: self.offset.saturating_add(row) }
    }
}

/// The numbers of a column, before their scale.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Mantissas<'a> {
    /// Of 64 bits.
    Narrow(&'a [i64]),
    /// Of 128 bits; what does not fit 64 is computed on a wide path.
    Wide(&'a [i128]),
}

/// A column of exact decimals, one a row: `mantissa / 10^scale`; null is missing, never 0.
///
/// ```
/// use attain::columns::Figures;
/// let amounts = Figures::scaled(&[7996, 8000], 2); // 79.96 and 80.00
/// assert_eq!(amounts.get(0).unwrap().to_string(), "79.96");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Figures<'a> {
    pub(super) mantissas: Mantissas<'a>,
    pub(super) scale: u32,
    pub(super) validity: Option<Validity<'a>>,
}

/// The most decimal places of a column.
pub const MOST_PLACES: u32 = 28;

impl<'a> Figures<'a> {
    /// Whole numbers.
    #[must_use]
    pub fn whole(values: &'a [i64]) -> Self {
        Self::scaled(values, 0)
    }

    /// Decimals with `scale` places, at most [`MOST_PLACES`].
    #[must_use]
    pub fn scaled(values: &'a [i64], scale: u32) -> Self {
        Self { mantissas: Mantissas::Narrow(values), scale, validity: None }
    }

    /// Decimals of 128 bits with `scale` places, at most [`MOST_PLACES`].
    #[must_use]
    pub fn wide(values: &'a [i128], scale: u32) -> Self {
        Self { mantissas: Mantissas::Wide(values), scale, validity: None }
    }

    /// The same with rows that are missing.
    #[must_use]
    pub fn with_validity(self, validity: Option<Validity<'a>>) -> Self {
        Self { validity, ..self }
    }

    /// The numbers before their scale.
    #[must_use]
    pub fn mantissas(&self) -> Mantissas<'a> {
        self.mantissas
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.mantissas {
            Mantissas::Narrow(values) => values.len(),
            Mantissas::Wide(values) => values.len(),
        }
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The exact number of a row; nothing where it is missing.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<crate::number::Ratio> {
        if self.validity.is_some_and(|validity| !validity.is_there(row)) {
            return None;
        }
        let mantissa = match self.mantissas {
            Mantissas::Narrow(values) => i128::from(*values.get(row)?),
            Mantissas::Wide(values) => *values.get(row)?,
        };
        crate::number::Ratio::new(mantissa, 10_i128.checked_pow(self.scale)?)
    }

    /// The rows from `from` on, at most `rows` of them.
    #[cfg(any(feature = "arrow", feature = "parallel"))]
    pub(super) fn part(&self, from: usize, rows: usize) -> Self {
        let end = from.saturating_add(rows).min(self.len());
        let mantissas = match self.mantissas {
            Mantissas::Narrow(values) => Mantissas::Narrow(values.get(from..end).unwrap_or_default()),
            Mantissas::Wide(values) => Mantissas::Wide(values.get(from..end).unwrap_or_default()),
        };
        Self { mantissas, scale: self.scale, validity: self.validity.map(|validity| validity.after(from)) }
    }
}

/// Which entry of a table each row belongs to.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Codes<'a> {
    /// All rows to one.
    One(u32),
    /// Row by row, by its place in the table.
    Each(&'a [u32]),
}

impl Codes<'_> {
    /// The place of a row in the table.
    #[must_use]
    #[inline(always)]
    pub fn get(&self, row: usize) -> Option<u32> {
        match self {
            Self::One(code) => Some(*code),
            Self::Each(codes) => codes.get(row).copied(),
        }
    }

    /// The rows from `from` on, at most `rows` of them.
    #[cfg(any(feature = "arrow", feature = "parallel"))]
    pub(super) fn part(&self, from: usize, rows: usize) -> Self {
        match self {
            Self::One(code) => Self::One(*code),
            Self::Each(codes) => {
                let end = from.saturating_add(rows).min(codes.len());
                Self::Each(codes.get(from..end).unwrap_or_default())
            }
        }
    }

    /// How many rows there are, where the column says it.
    pub(super) fn rows(&self) -> Option<usize> {
        match self {
            Self::One(_) => None,
            Self::Each(codes) => Some(codes.len()),
        }
    }
}
