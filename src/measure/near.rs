use std::collections::{BTreeMap, BTreeSet};

use crate::base::{gather, sort};

/// Shorter texts say too little: « bravo à toi » is no copy of « bravo à toi ».
const FEWEST_WORDS: usize = 5;
/// Share of common runs, in thousandths, from which two texts are pointed out as alike.
const ALIKE: u32 = 600;

/// The runs of three words of many texts, to find which are nearly the same.
#[derive(Debug, Clone, Default)]
pub struct Shingles {
    texts: BTreeMap<String, BTreeSet<u64>>,
    holders: BTreeMap<u64, Vec<String>>,
}

/// A text that is nearly another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// Key of that text.
    pub key: String,
    /// Runs of words in common among all runs of both (Jaccard), in thousandths.
    pub share: u32,
}

impl Shingles {
    /// Adds a text under a key.
    pub fn add(&mut self, key: &str, text: &str) {
        let runs = runs(text);
        for run in &runs {
            self.holders.entry(*run).or_default().push(key.to_owned());
        }
        self.texts.insert(key.to_owned(), runs);
    }

    /// Texts that are nearly this one, the nearest first, without `but`.
    pub fn like(&self, text: &str, but: &str) -> Vec<Likeness> {
        let wanted = runs(text);
        let mut common: BTreeMap<&str, usize> = BTreeMap::new();
        for key in wanted.iter().filter_map(|run| self.holders.get(run)).flatten() {
            *common.entry(key).or_default() += 1;
        }
        let share = |(key, common): (&str, usize)| {
            let all = wanted.len() + self.texts.get(key).map_or(0, BTreeSet::len) - common;
            let share = u32::try_from(common * 1000 / all.max(1)).unwrap_or_default();
            (key != but && share >= ALIKE).then(|| Likeness { key: key.to_owned(), share })
        };
        let mut alike: Vec<Likeness> = common.into_iter().filter_map(share).collect();
        sort(&mut alike, |one, other| other.share.cmp(&one.share).then_with(|| one.key.cmp(&other.key)));
        alike
    }
}

/// Digests of the runs of three words, as they are compared: letters and digits without case and accents; addresses and
/// mentions, which a second upload changes, do not count.
fn runs(text: &str) -> BTreeSet<u64> {
    let words: Vec<String> = text
        .split_whitespace()
        .filter(|word| !word.starts_with(['@', '#']) && !word.contains("://"))
        .flat_map(|word| word.split(|symbol: char| !symbol.is_alphanumeric()))
        .map(plain)
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() < FEWEST_WORDS {
        return BTreeSet::new();
    }
    gather(words.windows(3).map(fnv))
}

/// A word without case and accents. Only what French writes: other scripts stay as they are.
fn plain(word: &str) -> String {
    let letter = |letter: char| match letter {
        'à' | 'â' | 'ä' | 'á' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'í' => 'i',
        'ô' | 'ö' | 'ó' => 'o',
        'û' | 'ù' | 'ü' | 'ú' => 'u',
        'ç' => 'c',
        'ÿ' => 'y',
        'ñ' => 'n',
        other => other,
    };
    word.to_lowercase().chars().map(letter).collect()
}

/// FNV-1a: nobody gains by a collision here, which only points at one text too many.
fn fnv(words: &[String]) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    words.iter().flat_map(|word| word.bytes().chain([0])).fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
#[path = "../../tests/unit/measure/near.rs"]
mod tests;
