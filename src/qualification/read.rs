//! Text → tokens: folding (NFKD, accents off, confusables, zero-width and bidi marks), then repair of disguised words.
//!
//! Every token remembers where it stands in the original text, in Unicode scalar values. A repair (leet, spaced or glued
//! letters, elongation, a lost or swapped letter) is accepted only when a word of the lexicon results: it is a reading, not a guess.

use icu_normalizer::DecomposingNormalizerBorrowed;

use super::lexicon::Lexicon;

/// What is read of a text; nobody writes a post this long, and the time stays bounded.
pub(super) const MAX_CHARS: usize = 20_000;

/// One word, emoji or mark.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// Lower-case, without accents; an emoji stands for itself.
    pub norm: String,
    /// Character offsets in the original text, `[start, end)`.
    pub start: u32,
    pub end: u32,
    /// Number of the sentence.
    pub sentence: u32,
    /// Number of the clause (commas, colons, brackets).
    pub clause: u32,
    /// Number of the quotation it stands in, from 1; 0 outside.
    pub quote: u32,
    /// The word was read through a disguise.
    pub repaired: bool,
    /// In the lexicon.
    pub word: Option<u32>,
}

/// The tokens of a text and what was cut.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub tokens: Vec<Token>,
    pub chars: Vec<char>,
    pub truncated: bool,
    /// Sentences that end with a question mark.
    pub questions: Vec<u32>,
}

impl Reading {
    pub(super) fn new(text: &str, lexicon: &Lexicon) -> Self {
        let mut chars: Vec<char> = text.chars().take(MAX_CHARS + 1).collect();
        let truncated = chars.len() > MAX_CHARS;
        chars.truncate(MAX_CHARS);
        let folded = fold(&chars);
        let mut reading = Self { chars, truncated, ..Self::default() };
        Scan { folded: &folded, lexicon, out: &mut reading, sentence: 0, clause: 0 }.run();
        join_spaced_letters(&mut reading.tokens, lexicon);
        reading
    }

    /// The words of the original between two tokens (both included).
    pub(super) fn quote(&self, first: usize, last: usize) -> Option<(String, (u32, u32))> {
        let start = self.tokens.get(first)?.start;
        let end = self.tokens.get(last)?.end;
        let words: String = self.chars.get(start as usize..end as usize)?.iter().collect();
        Some((words, (start, end)))
    }
}

#[derive(Clone, Copy)]
struct Folded {
    c: char,
    at: u32,
}

fn fold(chars: &[char]) -> Vec<Folded> {
    let nfkd = DecomposingNormalizerBorrowed::new_nfkd();
    let mut out = Vec::with_capacity(chars.len());
    for (at, &c) in chars.iter().enumerate() {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        if c.is_ascii() {
            out.push(Folded { c: c.to_ascii_lowercase(), at });
        } else if !is_invisible(c) {
            match c {
                '’' | '‘' | 'ʼ' | '`' | '´' => out.push(Folded { c: '\'', at }),
                'œ' | 'Œ' => out.extend(['o', 'e'].map(|c| Folded { c, at })),
                'æ' | 'Æ' => out.extend(['a', 'e'].map(|c| Folded { c, at })),
                _ => {
                    for d in nfkd.normalize_iter(std::iter::once(c)) {
                        if !is_combining(d) {
                            out.extend(d.to_lowercase().map(|c| Folded { c, at }));
                        }
                    }
                }
            }
        }
    }
    fold_confusables(&mut out);
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e01ef}')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Greek and Cyrillic letters that pass for Latin ones, only in a word that also has a Latin letter.
fn fold_confusables(text: &mut [Folded]) {
    let mut start = 0;
    while start < text.len() {
        let length = text.iter().skip(start).take_while(|f| f.c.is_alphanumeric()).count();
        if length == 0 {
            start += 1;
            continue;
        }
        if let Some(word) = text.get_mut(start..start + length)
            && word.iter().any(|f| f.c.is_ascii_lowercase())
        {
            for f in word.iter_mut().filter(|f| !f.c.is_ascii()) {
                f.c = latin_twin(f.c);
            }
        }
        start += length;
    }
}

fn latin_twin(c: char) -> char {
    match c {
        'а' | 'α' | 'ɑ' => 'a',
        'в' | 'β' | 'ь' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' | 'є' => 'e',
        'ɡ' => 'g',
        'н' | 'һ' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' | 'ł' => 'l',
        'м' | 'μ' => 'm',
        'п' | 'η' | 'и' => 'n',
        'о' | 'ο' | 'ø' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'ѡ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        other => other,
    }
}

struct Scan<'a> {
    folded: &'a [Folded],
    lexicon: &'a Lexicon,
    out: &'a mut Reading,
    sentence: u32,
    clause: u32,
}

impl Scan<'_> {
    fn run(mut self) {
        let quotes = quotations(self.folded);
        let mut at = 0;
        while let Some(&Folded { c, .. }) = self.folded.get(at) {
            let quote = quotes.get(at).copied().unwrap_or(0);
            if self.starts_with(at, "http://") || self.starts_with(at, "https://") || self.starts_with(at, "www.") {
                at = self.skip(at, |c| !c.is_whitespace());
            } else if c == '#' && self.is_word(at + 1) {
                let end = self.skip(at + 1, |c| c.is_alphanumeric() || c == '_');
                self.hashtag(at + 1, end, quote);
                at = end;
            } else if c == '@' && self.is_word(at + 1) && (at == 0 || !self.is_word(at - 1)) {
                let end = self.skip(at + 1, |c| c.is_alphanumeric() || c == '_' || c == '.' || c == '-');
                self.push("@".into(), at, end, quote, false);
                at = end;
            } else if c.is_alphanumeric() || (matches!(c, '$' | '€' | '*') && self.is_word(at + 1)) {
                at = self.word(at, quote);
            } else {
                at = self.mark(at, c, quote);
            }
        }
    }

    fn char(&self, at: usize) -> Option<char> {
        self.folded.get(at).map(|f| f.c)
    }

    fn is_word(&self, at: usize) -> bool {
        self.char(at).is_some_and(char::is_alphanumeric)
    }

    fn starts_with(&self, at: usize, what: &str) -> bool {
        what.chars().enumerate().all(|(i, c)| self.char(at + i) == Some(c))
    }

    fn skip(&self, mut at: usize, keep: impl Fn(char) -> bool) -> usize {
        while self.char(at).is_some_and(&keep) {
            at += 1;
        }
        at
    }

    fn slice(&self, start: usize, end: usize) -> String {
        self.folded.get(start..end).unwrap_or_default().iter().map(|f| f.c).collect()
    }

    fn word(&mut self, start: usize, quote: u32) -> usize {
        let narrow = self.skip(start, char::is_alphanumeric).max(start + 1);
        // A post can hide a word behind « s*le », « $h0ah », « p.d »: the wide word takes such signs when a letter follows.
        let mut wide = narrow;
        while self.char(wide).is_some_and(is_disguise)
            && self.is_word(self.skip(wide, is_disguise))
            && wide - start < 32
        {
            wide = self.skip(self.skip(wide, is_disguise), char::is_alphanumeric);
        }
        if wide > narrow || self.char(start).is_some_and(|c| !c.is_alphanumeric()) {
            // « Ce P.D. (projet de diplôme) »: an abbreviation that is spelled out is not a disguise.
            let spelled_out = self.starts_with(self.skip(wide, |c| c == '.' || c == ' '), "(");
            if !spelled_out && let Some(word) = repair(&self.slice(start, wide), self.lexicon) {
                self.push(word, start, wide, quote, true);
                return wide;
            }
        }
        let raw = self.slice(start, narrow);
        if self.lexicon.word(&raw).is_some() || raw.chars().count() > 40 {
            self.push(raw, start, narrow, quote, false);
        } else if let Some(word) = repair(&raw, self.lexicon) {
            self.push(word, start, narrow, quote, true);
        } else if let Some(cuts) = glued(&raw, self.lexicon) {
            let mut from = start;
            for to in cuts.into_iter().map(|cut| start + cut).chain([narrow]) {
                self.push(self.slice(from, to), from, to, quote, true);
                from = to;
            }
        } else if let Some(word) = self.lexicon.near(&raw) {
            self.push(word.to_owned(), start, narrow, quote, true);
        } else {
            self.push(raw, start, narrow, quote, false);
        }
        narrow
    }

    /// `#LesArabesDehors`, `#lesarabesdehors`: capitals first, then the lexicon.
    fn hashtag(&mut self, start: usize, end: usize, quote: u32) {
        let mut cuts = vec![start];
        for at in start + 1..end {
            let upper = |i: usize| {
                self.folded.get(i).and_then(|f| self.out.chars.get(f.at as usize)).is_some_and(|c| c.is_uppercase())
            };
            if self.char(at) == Some('_') || (upper(at) && !upper(at - 1)) {
                cuts.push(at);
            }
        }
        cuts.push(end);
        for pair in cuts.windows(2) {
            let [mut from, to] = *pair else { continue };
            if self.char(from) == Some('_') {
                from += 1;
            }
            while from < to {
                let whole = self.slice(from, to);
                if let Some(word) = repair(&whole, self.lexicon) {
                    self.push(word, from, to, quote, true);
                    break;
                }
                let length = if self.lexicon.word(&whole).is_some() {
                    whole.chars().count()
                } else {
                    self.lexicon.prefix(&whole)
                };
                self.push(self.slice(from, from + length), from, from + length, quote, false);
                from += length;
            }
        }
        self.clause += 1;
    }

    fn mark(&mut self, at: usize, c: char, quote: u32) -> usize {
        if self.starts_with(at, "(((") {
            self.push("echoparens".into(), at, at + 3, quote, false);
            return at + 3;
        }
        match c {
            '\n' | ';' | '!' | '?' | '…' | '.' => {
                let end = self.skip(at, |c| matches!(c, '.' | '!' | '?' | '…' | '\n' | ';' | ' '));
                let marks = self.slice(at, end);
                // « 3.5 », « M. Durand » do not end a sentence; nor does « ... » in the middle of one.
                let inside = marks == "."
                    || (marks.trim_end() == "." && self.out.tokens.last().is_some_and(|t| t.norm.len() == 1));
                let goes_on = (marks.starts_with("...") || marks.starts_with('…'))
                    && !marks.contains('\n')
                    && !self.is_upper(end);
                if marks.contains('?') {
                    self.out.questions.push(self.sentence);
                }
                if !inside && !goes_on {
                    self.sentence += 1;
                }
                self.clause += 1;
                return end;
            }
            ',' | ':' | '(' | ')' | '/' | '—' | '–' | '|' | '[' | ']' => self.clause += 1,
            '=' => self.push("egale".into(), at, at + 1, quote, false),
            _ if is_pictogram(c) => self.push(c.to_string(), at, at + 1, quote, false),
            _ => {}
        }
        at + 1
    }

    fn is_upper(&self, at: usize) -> bool {
        self.folded.get(at).and_then(|f| self.out.chars.get(f.at as usize)).is_some_and(|c| c.is_uppercase())
    }

    fn push(&mut self, norm: String, start: usize, end: usize, quote: u32, repaired: bool) {
        let from = self.folded.get(start).map_or(0, |f| f.at);
        let to = end.checked_sub(1).and_then(|last| self.folded.get(last)).map_or(from, |f| f.at + 1);
        let word = self.lexicon.word(&norm);
        self.out.tokens.push(Token {
            norm,
            start: from,
            end: to,
            sentence: self.sentence,
            clause: self.clause,
            quote,
            repaired,
            word,
        });
    }
}

fn is_disguise(c: char) -> bool {
    matches!(c, '@' | '$' | '€' | '*' | '!' | '+' | '.' | '_' | '-' | '|')
}

fn is_pictogram(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// The number of the closed quotation that each character stands in. A quotation that never closes is not one.
fn quotations(text: &[Folded]) -> Vec<u32> {
    let mut inside = vec![0; text.len()];
    let mut open: Option<(usize, char)> = None;
    let mut count = 0;
    for (at, f) in text.iter().enumerate() {
        let closes = open.is_some_and(|(_, closing)| closing == f.c || (closing == '”' && f.c == '"'));
        if closes {
            if let Some((start, _)) = open.take() {
                count += 1;
                if let Some(between) = inside.get_mut(start..at) {
                    between.fill(count);
                }
            }
            continue;
        }
        let closing = match f.c {
            '«' => '»',
            '“' | '„' => '”',
            '"' => '"',
            '‹' => '›',
            _ => continue,
        };
        if open.is_none() || f.c == '«' {
            open = Some((at, closing));
        }
    }
    inside
}

/// The word of the lexicon behind a disguise.
fn repair(raw: &str, lexicon: &Lexicon) -> Option<String> {
    // Signs inside letters are no accident: any word of the lexicon may stand behind them, a short one only if it tells something.
    let known = |word: &str| lexicon.word(word).is_some_and(|id| word.len() > 3 || lexicon.is_telling(id));
    if !raw.chars().any(char::is_alphabetic) || raw.len() > 60 {
        return None;
    }
    if raw.contains('*') {
        let pattern: Vec<char> = unleet(raw, 'i').chars().collect();
        return (pattern.len() >= 3).then(|| lexicon.wildcard(&pattern)).flatten().map(str::to_owned);
    }
    for one in ['i', 'l'] {
        let plain = unleet(raw, one);
        if plain.chars().count() < 2 {
            continue;
        }
        if plain != raw && known(&plain) {
            return Some(plain);
        }
        for keep in [1, 2] {
            let short = shorten(&plain, keep);
            if short != plain && lexicon.word(&short).is_some() {
                return Some(short);
            }
        }
    }
    None
}

fn unleet(raw: &str, one: char) -> String {
    raw.chars()
        .filter(|c| !matches!(c, '.' | '_' | '-'))
        .map(|c| match c {
            '0' => 'o',
            '1' | '!' => one,
            '3' | '€' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' | '+' => 't',
            '8' => 'b',
            '9' => 'g',
            '|' => 'l',
            other => other,
        })
        .collect()
}

/// Runs of three letters or more become `keep`.
fn shorten(word: &str, keep: usize) -> String {
    let chars: Vec<char> = word.chars().collect();
    let mut out = String::with_capacity(word.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let run = chars.iter().skip(at).take_while(|next| **next == c).count();
        out.extend(std::iter::repeat_n(c, if run >= 3 { keep } else { run }));
        at += run;
    }
    out
}

/// Where a glued word splits into words of the lexicon, as few as can be, one of them telling.
fn glued(raw: &str, lexicon: &Lexicon) -> Option<Vec<usize>> {
    let length = raw.len();
    if !(6..=60).contains(&length) || !raw.is_ascii() {
        return None;
    }
    let known = |from: usize, to: usize| raw.get(from..to).and_then(|word| lexicon.word(word));
    // One letter is a word only where French elides it.
    let word = |from: usize, to: usize| match to - from {
        1 => matches!(raw.get(from..to), Some("l" | "d" | "t" | "j" | "a" | "c")),
        2.. => known(from, to).is_some(),
        _ => false,
    };
    // Per place: how many words lead to it, and where the last of them begins.
    let mut reached: Vec<Option<(usize, usize)>> = vec![None; length + 1];
    *reached.first_mut()? = Some((0, 0));
    for to in 1..=length {
        let best = (to.saturating_sub(16)..to)
            .filter_map(|from| Some((reached.get(from).copied().flatten()?.0, from)))
            .filter(|(_, from)| word(*from, to))
            .min();
        *reached.get_mut(to)? = best.map(|(words, from)| (words + 1, from));
    }
    let mut cuts = vec![];
    let mut telling = false;
    let mut to = length;
    while to > 0 {
        let (_, from) = reached.get(to).copied().flatten()?;
        let least = if (cuts.is_empty() && from > 2) || from == 0 { 4 } else { 5 };
        telling |= to - from >= least && known(from, to).is_some_and(|id| lexicon.is_glueable(id));
        if from > 0 {
            cuts.push(from);
        }
        to = from;
    }
    cuts.reverse();
    (telling && !cuts.is_empty()).then_some(cuts)
}

/// `b i c o t s` → one token.
fn join_spaced_letters(tokens: &mut Vec<Token>, lexicon: &Lexicon) {
    let mut at = 0;
    while at < tokens.len() {
        let run = tokens
            .iter()
            .skip(at)
            .take(24)
            .take_while(|t| t.norm.chars().count() == 1 && t.norm.chars().all(|c| c.is_alphanumeric()))
            .count();
        if run < 3 {
            at += run.max(1);
            continue;
        }
        let found = (3..=run).rev().find_map(|length| {
            (at..=at + run - length).find_map(|start| {
                let joined: String = tokens.get(start..start + length)?.iter().map(|t| unleet(&t.norm, 'i')).collect();
                let id = lexicon.word(&joined)?;
                (length > 3 || lexicon.is_telling(id)).then_some((start, length, joined, id))
            })
        });
        match found {
            Some((start, length, norm, id)) => {
                let end = tokens.get(start + length - 1).map_or(0, |t| t.end);
                if let Some(first) = tokens.get_mut(start) {
                    first.norm = norm;
                    first.end = end;
                    first.repaired = true;
                    first.word = Some(id);
                }
                tokens.drain(start + 1..start + length);
                at = start + 1;
            }
            None => at += run,
        }
    }
}
