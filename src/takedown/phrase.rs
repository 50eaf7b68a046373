use std::collections::BTreeSet;

use crate::base::gather;

/// A text as it is compared: typographic variants, white space, case and invisible characters do not count.
pub(super) fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '’' | '‘' | 'ʼ' | '`' | '´' => out.push('\''),
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
            | '\u{ad}'
            | '\u{fe0f}' => {}
            '…' => out.push_str("..."),
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A page's shown text, normalised, with where each piece begins: a sentence of the site begins a piece, a quoted one seldom does.
pub(super) struct Shown {
    text: String,
    starts: BTreeSet<usize>,
}

impl Shown {
    pub fn new<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        let mut text = String::new();
        let mut starts = BTreeSet::new();
        for piece in pieces {
            let piece = normal(piece);
            if piece.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            starts.insert(text.len());
            text.push_str(&piece);
        }
        Self { text, starts }
    }

    /// Where a sentence begins a piece.
    pub fn begins(&self, sentence: &str) -> Option<usize> {
        let sentence = normal(sentence);
        if sentence.is_empty() {
            return None;
        }
        self.text.match_indices(&sentence).map(|(at, _)| at).find(|at| self.starts.contains(at))
    }

    /// Where a sentence stands, wherever that is.
    pub fn holds(&self, sentence: &str) -> Option<usize> {
        let sentence = normal(sentence);
        self.text.find(&sentence).filter(|_| !sentence.is_empty())
    }

    /// How much of `wanted` is here, in thousandths: all of it literally, or the share of its runs of three words.
    pub fn share(&self, wanted: &str) -> u32 {
        let wanted = normal(wanted);
        // Two words are found on any page: they must fill a piece of their own.
        if wanted.chars().count() < 12 {
            let alone = self.text.match_indices(&wanted).any(|(at, _)| {
                let end = at + wanted.len();
                self.starts.contains(&at) && (end == self.text.len() || self.starts.contains(&(end + 1)))
            });
            return if alone && !wanted.is_empty() { 1000 } else { 0 };
        }
        // Emojis may be pictures on one side and characters on the other, and pieces may cut words: letters and digits decide.
        let words = |text: &str| -> Vec<String> {
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
        };
        if self.text.contains(&wanted) {
            return 1000;
        }
        let (wanted, here) = (words(&wanted), words(&self.text));
        if wanted.len() < 3 {
            return 0;
        }
        let here: BTreeSet<&[String]> = gather(here.windows(3));
        let total = wanted.windows(3).count();
        let found = wanted.windows(3).filter(|run| here.contains(run)).count();
        u32::try_from(found * 1000 / total).unwrap_or(0)
    }

    /// At most 2 kB around a position.
    pub fn around(&self, at: usize) -> String {
        let from = (at.saturating_sub(200)..=at).find(|index| self.text.is_char_boundary(*index)).unwrap_or(0);
        excerpt(self.text.get(from..).unwrap_or_default())
    }
}

/// The beginning of a text, 2 kB at most.
pub(super) fn excerpt(text: &str) -> String {
    let end = (0..=text.len().min(2000)).rev().find(|index| text.is_char_boundary(*index)).unwrap_or(0);
    text.get(..end).unwrap_or_default().to_owned()
}
