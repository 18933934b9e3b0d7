//! A column of texts, each run of the same one kept once.

/// Texts row by row; rows beyond the last one that has a text have none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Texts {
    /// The texts one after the other.
    text: String,
    /// Where each of them ends.
    ends: Vec<usize>,
    /// By row: which of them, counted from 1; 0 for none.
    places: Vec<u32>,
}

impl Texts {
    /// Gives a row, which comes after all others, its text; nothing where there are more texts than can be counted.
    pub(super) fn put(&mut self, row: usize, text: &str) -> Option<()> {
        if self.last() != Some(text) {
            self.text.push_str(text);
            self.ends.push(self.text.len());
        }
        self.places.resize(row, 0);
        self.places.push(u32::try_from(self.ends.len()).ok()?);
        Some(())
    }

    /// The text of a row.
    pub(super) fn get(&self, row: usize) -> Option<&str> {
        self.entry((*self.places.get(row)? as usize).checked_sub(1)?)
    }

    /// Puts the rows of another column after `rows` of this one.
    pub(super) fn append(&mut self, rows: usize, other: &Self) -> Option<()> {
        let filled = (0..other.places.len()).filter_map(|row| Some((row, other.get(row)?)));
        filled.into_iter().try_for_each(|(row, text)| self.put(rows + row, text))
    }

    fn last(&self) -> Option<&str> {
        self.entry(self.ends.len().checked_sub(1)?)
    }

    fn entry(&self, place: usize) -> Option<&str> {
        let start = place.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start..*self.ends.get(place)?)
    }
}
