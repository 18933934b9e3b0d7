//! What texts mean that come again and again: ids, labels of periods, days.

use super::cells::cell;

/// Texts and what each means, found by a hash of their bytes and then compared.
#[derive(Clone, Debug)]
pub(super) struct Dictionary<'a, T> {
    entries: Vec<(&'a [u8], T)>,
    /// Where an entry is, one more than its place; 0 is free. As many as a power of two, more than twice the entries.
    slots: Vec<u32>,
    /// The last text found that stood without quotes.
    last: Option<(&'a [u8], T)>,
}

impl<'a, T: Copy> Dictionary<'a, T> {
    /// What these texts mean.
    pub(super) fn new(entries: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut dictionary = Self { entries: Vec::new(), slots: vec![0; 16], last: None };
        entries.into_iter().for_each(|(text, meaning)| dictionary.insert(text.as_bytes(), meaning));
        dictionary
    }

    /// What the cell at the beginning of a text means, and what follows it; `learn` says it of a text that is new. Nothing
    /// inside where the cell is empty, nothing at all where it means nothing.
    #[inline(always)]
    pub(super) fn read(&mut self, rest: &'a [u8], learn: impl FnOnce(&'a str) -> Option<T>) -> Option<(Option<T>, &'a [u8])> {
        if let Some((text, meaning)) = self.last
            && let Some(after) = rest.strip_prefix(text)
            && matches!(after, [b',' | b'\n' | b'\r', ..] | [])
        {
            return Some((Some(meaning), after));
        }
        let (cell, after) = cell(rest)?;
        if cell.bytes.is_empty() {
            return Some((None, after));
        }
        if cell.has_escapes {
            return None;
        }
        let meaning = match self.find(cell.bytes) {
            Some(meaning) => meaning,
            None => {
                let meaning = learn(std::str::from_utf8(cell.bytes).ok()?)?;
                self.insert(cell.bytes, meaning);
                meaning
            }
        };
        if !cell.is_quoted {
            self.last = Some((cell.bytes, meaning));
        }
        Some((Some(meaning), after))
    }

    #[inline(always)]
    fn find(&self, text: &[u8]) -> Option<T> {
        let mut at = hash(text);
        loop {
            let entry = self.slots.get(at & (self.slots.len() - 1)).copied()?.checked_sub(1)?;
            let (known, meaning) = self.entries.get(entry as usize)?;
            if *known == text {
                return Some(*meaning);
            }
            at = at.wrapping_add(1);
        }
    }

    fn insert(&mut self, text: &'a [u8], meaning: T) {
        self.entries.push((text, meaning));
        if self.entries.len() * 2 >= self.slots.len() {
            self.slots = vec![0; self.slots.len() * 2];
            (0..self.entries.len()).for_each(|entry| self.place(entry));
        } else {
            self.place(self.entries.len() - 1);
        }
    }

    /// Puts an entry into the first slot that is free.
    fn place(&mut self, entry: usize) {
        let Some((text, _)) = self.entries.get(entry) else { return };
        let (mut at, mask) = (hash(text), self.slots.len() - 1);
        while self.slots.get(at & mask).is_some_and(|slot| *slot != 0) {
            at = at.wrapping_add(1);
        }
        if let (Some(slot), Ok(entry)) = (self.slots.get_mut(at & mask), u32::try_from(entry + 1)) {
            *slot = entry;
        }
    }
}

/// Eight bytes at a time, the last eight again; of fewer the first and the last four, or each.
#[inline(always)]
fn hash(text: &[u8]) -> usize {
    let mix = |hash: u64, word: u64| {
        let hash = (hash ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^ (hash >> 32)
    };
    let seed = text.len() as u64;
    let hash = if let Some(last) = text.last_chunk::<8>() {
        let (chunks, _) = text.as_chunks::<8>();
        chunks.iter().chain([last]).fold(seed, |hash, chunk| mix(hash, u64::from_le_bytes(*chunk)))
    } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        mix(seed, u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)))
    } else {
        text.iter().fold(seed, |hash, byte| mix(hash, u64::from(*byte)))
    };
    hash as usize
}

#[cfg(test)]
#[path = "dictionary_tests.rs"]
mod tests;
