//! What texts mean that come again and again: ids, labels of periods, days.

use super::cells::{cell, plain_length};

/// Texts and what each means, found by a hash of their bytes and then compared.
#[derive(Clone, Debug)]
pub(super) struct Dictionary<'a, T> {
    entries: Vec<Entry<'a, T>>,
    /// Where an entry is, one more than its place; 0 is free. As many as a power of two, more than twice the entries.
    slots: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Entry<'a, T> {
    start: Start,
    text: &'a [u8],
    meaning: T,
}

/// The length of a text and its first 16 bytes, zeros behind the shorter ones: most texts are known by these alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Start {
    length: usize,
    words: [u64; 2],
}

impl Start {
    /// Of the first `length` bytes of a text.
    #[inline(always)]
    fn of(rest: &[u8], length: usize) -> Self {
        let words = match rest.first_chunk::<16>() {
            Some(bytes) => u128::from_le_bytes(*bytes),
            None => rest.iter().rev().fold(0, |words, byte| words << 8 | u128::from(*byte)),
        };
        let words = if length < 16 { words & ((1 << (8 * length)) - 1) } else { words };
        Self { length, words: [words as u64, (words >> 64) as u64] }
    }

    /// A hash of these, and of the bytes of `text` behind them.
    #[inline(always)]
    fn hash(&self, text: &[u8]) -> usize {
        let mix = |hash: u64, word: u64| {
            let hash = (hash ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            hash ^ (hash >> 32)
        };
        let [first, second] = self.words;
        let hash = mix(mix(self.length as u64, first), second);
        let hash = match text.get(16..) {
            Some(more) => more.iter().fold(hash, |hash, byte| mix(hash, u64::from(*byte))),
            None => hash,
        };
        hash as usize
    }
}

impl<'a, T: Copy> Dictionary<'a, T> {
    /// What these texts mean.
    pub(super) fn new(entries: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut dictionary = Self { entries: Vec::new(), slots: vec![0; 16] };
        // No cell without quotes has blanks at its ends; one with quotes is left to the ordinary reader then.
        let plain = entries.into_iter().filter(|(text, _)| text.trim() == *text);
        plain.for_each(|(text, meaning)| dictionary.insert(text.as_bytes(), meaning));
        dictionary
    }

    /// What the cell at the beginning of a text means, and what follows it; `learn` says it of a text that is new. Nothing
    /// inside where the cell is empty, nothing at all where it means nothing.
    #[inline(always)]
    pub(super) fn read(&mut self, rest: &'a [u8], learn: impl FnOnce(&'a str) -> Option<T>) -> Option<(Option<T>, &'a [u8])> {
        let length = plain_length(rest);
        let (text, after) = rest.split_at_checked(length)?;
        match self.find(Start::of(rest, length), text) {
            Some(meaning) => Some((Some(meaning), after)),
            None if matches!(rest, [b',' | b'\n', ..]) => Some((None, rest)),
            None => self.read_unusual(rest, learn),
        }
    }

    /// The same for a cell that is new, or stands in quotes or between blanks.
    #[cold]
    fn read_unusual(&mut self, rest: &'a [u8], learn: impl FnOnce(&'a str) -> Option<T>) -> Option<(Option<T>, &'a [u8])> {
        let (cell, after) = cell(rest)?;
        let text = cell.bytes;
        if text.is_empty() {
            return Some((None, after));
        }
        if cell.has_escapes {
            return None;
        }
        if let Some(meaning) = self.find(Start::of(text, text.len()), text) {
            return Some((Some(meaning), after));
        }
        let meaning = learn(std::str::from_utf8(text).ok()?)?;
        self.insert(text, meaning);
        Some((Some(meaning), after))
    }

    #[inline(always)]
    fn find(&self, start: Start, text: &[u8]) -> Option<T> {
        let mut at = start.hash(text);
        loop {
            let place = self.slots.get(at & (self.slots.len() - 1)).copied()?.checked_sub(1)?;
            let entry = self.entries.get(place as usize)?;
            if entry.start == start && (start.length <= 16 || entry.text == text) {
                return Some(entry.meaning);
            }
            at = at.wrapping_add(1);
        }
    }

    fn insert(&mut self, text: &'a [u8], meaning: T) {
        self.entries.push(Entry { start: Start::of(text, text.len()), text, meaning });
        if self.entries.len() * 2 >= self.slots.len() {
            self.slots = vec![0; self.slots.len() * 2];
            (0..self.entries.len()).for_each(|entry| self.place(entry));
        } else {
            self.place(self.entries.len() - 1);
        }
    }

    /// Puts an entry into the first slot that is free.
    fn place(&mut self, place: usize) {
        let Some(entry) = self.entries.get(place) else { return };
        let (mut at, mask) = (entry.start.hash(entry.text), self.slots.len() - 1);
        while self.slots.get(at & mask).is_some_and(|slot| *slot != 0) {
            at = at.wrapping_add(1);
        }
        if let (Some(slot), Ok(place)) = (self.slots.get_mut(at & mask), u32::try_from(place + 1)) {
            *slot = place;
        }
    }
}

#[cfg(test)]
#[path = "dictionary_tests.rs"]
mod tests;
