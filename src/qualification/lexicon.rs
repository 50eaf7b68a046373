//! The lexicon: `data/lexicon.toml` expanded once into word numbers and phrases.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::features;
use crate::{base::from_data, law::Ground};

/// Number of a class (`DEHUM`) or of a literal word of a pattern.
pub(super) type Symbol = u16;

/// What the lexicon says of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub symbol: Symbol,
    /// Protected ground that the words name.
    pub ground: Option<Ground>,
    /// Number of tokens.
    pub length: u8,
    /// The words are names of a group only with an article before them (« noir », « femme »).
    pub needs_article: bool,
}

#[derive(Debug, Deserialize)]
struct File {
    set: Vec<Set>,
}

/// One `[[set]]` of the data.
#[derive(Debug, Deserialize)]
struct Set {
    class: String,
    #[serde(default)]
    ground: Option<Ground>,
    /// See [`Mark::needs_article`].
    #[serde(default)]
    needs_article: bool,
    /// Comma-separated; `(x)` optional, `[x|y]` choice, `~er` `~ir` the forms of a regular verb.
    words: String,
}

/// Words and phrases, ready to be looked up.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    words: Vec<String>,
    flags: Vec<u8>,
    /// Longest phrase that begins with the word.
    reach: Vec<u8>,
    phrases: BTreeMap<Box<[u32]>, Vec<Mark>>,
    /// Word numbers of four letters and more by (first letter, length), for the search of near words.
    by_shape: BTreeMap<(char, usize), Vec<u32>>,
    classes: BTreeMap<String, Symbol>,
    /// Hash of the name of each class, 0 for a literal word of a pattern.
    names: Vec<u32>,
}

const TELLING: u8 = 1;
const GLUEABLE: u8 = 2;
const FUZZY: u8 = 4;
const NAMES_GROUP: u8 = 8;

/// Classes whose words a disguise is repaired to; ordinary words are not worth one.
const TELLING_CLASSES: &[&str] = &[
    "GROUP",
    "SLUR",
    "SEXSLUR",
    "ABLESLUR",
    "INSULT",
    "DEROG",
    "DEHUM",
    "KILL",
    "HIT",
    "EXPEL",
    "HATE",
    "SHOAH",
    "TERRORIST",
    "TERRORACT",
    "NAZI",
    "PRAISE",
    "DIRTY",
    "PROFANE",
    "DIE",
    "WORSHIP",
    "BADFACT",
    "DISGUST",
    "UNBELIEVER",
    "SHOAHDENY",
    "PROFWORD",
    "AMBSLUR",
];
const GLUEABLE_CLASSES: &[&str] = &[
    "GROUP", "SLUR", "SEXSLUR", "ABLESLUR", "AMBSLUR", "INSULT", "DEROG", "DEHUM", "DISGUST", "HATE", "KILL", "HIT",
    "OUT", "DIE",
];

impl Lexicon {
    /// `literals` are the words that patterns name.
    pub(super) fn parse(sources: &[&str], literals: &BTreeSet<String>) -> Result<Self, String> {
        let mut lexicon = Self::default();
        let mut entries: Vec<(Vec<String>, Mark, u8)> = vec![];
        for source in sources {
            for set in from_data::<File>(source)?.set {
                let symbol = lexicon.class_number(&set.class);
                let mut flags = 0;
                if TELLING_CLASSES.contains(&set.class.as_str()) {
                    flags |= TELLING | FUZZY;
                }
                if GLUEABLE_CLASSES.contains(&set.class.as_str()) {
                    flags |= GLUEABLE;
                }
                let women = set.ground == Some(Ground::Sex);
                if (set.class == "GROUP" && (!set.needs_article || women)) || set.class == "PROFWORD" {
                    flags |= NAMES_GROUP;
                }
                for pattern in set.words.split(',').map(str::trim).filter(|p| !p.is_empty()) {
                    for phrase in expand(pattern) {
                        let words: Vec<String> = split_words(&phrase);
                        let length = u8::try_from(words.len()).unwrap_or(u8::MAX);
                        let mark = Mark { symbol, ground: set.ground, length, needs_article: set.needs_article };
                        entries.push((words, mark, if length == 1 { flags } else { flags & TELLING }));
                    }
                }
            }
        }
        for literal in literals {
            let symbol = lexicon.class_number(literal);
            let mark = Mark { symbol, ground: None, length: 1, needs_article: false };
            entries.push((vec![literal.clone()], mark, 0));
        }
        lexicon.index(entries);
        lexicon.names = vec![0; lexicon.classes.len()];
        for (name, symbol) in &lexicon.classes {
            if name.starts_with(char::is_uppercase)
                && let Some(hash) = lexicon.names.get_mut(usize::from(*symbol))
            {
                *hash = features::name(0, name.bytes());
            }
        }
        Ok(lexicon)
    }

    fn class_number(&mut self, name: &str) -> Symbol {
        let next = Symbol::try_from(self.classes.len()).unwrap_or(Symbol::MAX);
        *self.classes.entry(name.to_owned()).or_insert(next)
    }

    /// The number of a class, if the data has it.
    pub(super) fn symbol(&self, name: &str) -> Option<Symbol> {
        self.classes.get(name).copied()
    }

    /// What features call a class; 0 for what is none.
    pub(super) fn class_name(&self, symbol: Symbol) -> u32 {
        self.names.get(usize::from(symbol)).copied().unwrap_or(0)
    }

    fn index(&mut self, entries: Vec<(Vec<String>, Mark, u8)>) {
        self.words = entries.iter().flat_map(|(words, _, _)| words).cloned().collect();
        self.words.sort_unstable();
        self.words.dedup();
        self.flags = vec![0; self.words.len()];
        self.reach = vec![0; self.words.len()];
        for (words, mark, flags) in &entries {
            let ids: Box<[u32]> = words.iter().filter_map(|word| self.word(word)).collect();
            for id in &ids {
                if let Some(slot) = self.flags.get_mut(*id as usize) {
                    *slot |= flags;
                }
            }
            if let Some(reach) = ids.first().and_then(|id| self.reach.get_mut(*id as usize)) {
                *reach = (*reach).max(mark.length);
            }
            let marks = self.phrases.entry(ids).or_default();
            if !marks.contains(mark) {
                marks.push(*mark);
            }
        }
        for (id, word) in self.words.iter().enumerate() {
            if let (true, Some(first), Ok(id)) = (word.len() > 3, word.chars().next(), u32::try_from(id)) {
                self.by_shape.entry((first, word.chars().count())).or_default().push(id);
            }
        }
    }

    pub(super) fn word(&self, word: &str) -> Option<u32> {
        self.words.binary_search_by(|known| known.as_str().cmp(word)).ok().and_then(|at| u32::try_from(at).ok())
    }

    fn flag(&self, id: u32, flag: u8) -> bool {
        self.flags.get(id as usize).is_some_and(|flags| flags & flag != 0)
    }

    pub(super) fn is_telling(&self, id: u32) -> bool {
        self.flag(id, TELLING)
    }

    pub(super) fn is_glueable(&self, id: u32) -> bool {
        self.flag(id, GLUEABLE)
    }

    /// Every phrase that begins at the first of these words.
    pub(super) fn marks(&self, words: &[Option<u32>]) -> impl Iterator<Item = Mark> {
        let reach = words.first().copied().flatten().and_then(|id| self.reach.get(id as usize)).copied().unwrap_or(0);
        let known: Vec<u32> = words.iter().take(reach as usize).map_while(|word| *word).collect();
        (1..=known.len()).filter_map(move |length| self.phrases.get(known.get(..length)?)).flatten().copied()
    }

    /// The word that a pattern with `*` stands for, a telling one if there is one.
    pub(super) fn wildcard(&self, pattern: &[char]) -> Option<&str> {
        let first = *pattern.first()?;
        let fits = |id: &&u32| {
            let word = self.words.get(**id as usize);
            word.is_some_and(|word| word.chars().zip(pattern).all(|(c, p)| *p == '*' || *p == c))
        };
        let all = || {
            self.by_shape
                .iter()
                .filter(|((letter, length), _)| *length == pattern.len() && (first == '*' || *letter == first))
                .flat_map(|(_, ids)| ids)
        };
        let telling = all().filter(|id| self.flag(**id, FUZZY)).find(fits);
        telling.or_else(|| all().find(fits)).and_then(|id| self.words.get(*id as usize)).map(String::as_str)
    }

    /// The word of which two neighbours were swapped, or the telling word of which one letter was lost.
    pub(super) fn near(&self, raw: &str) -> Option<&str> {
        let chars: Vec<char> = raw.chars().collect();
        let first = *chars.first()?;
        let known = |id: &&u32| self.words.get(**id as usize).map(String::as_str);
        let of_length = |length: usize| self.by_shape.get(&(first, length)).into_iter().flatten();
        let second = chars.get(1).copied().unwrap_or(first);
        let begins_swapped = || self.by_shape.get(&(second, chars.len())).into_iter().flatten();
        let swapped = of_length(chars.len()).chain(begins_swapped().filter(|id| self.flag(**id, FUZZY))).find(|id| {
            (chars.len() >= 6 || self.flag(**id, NAMES_GROUP) || (chars.len() >= 5 && self.flag(**id, FUZZY)))
                && known(id).is_some_and(|word| is_swap(word, &chars))
        });
        let lost = || {
            of_length(chars.len() + 1).filter(|id| self.flag(**id, FUZZY)).find(|id| {
                known(id).is_some_and(|word| {
                    lost_letter(word, &chars).is_some_and(|letter| {
                        chars.len() >= 6 || (self.flag(**id, NAMES_GROUP) && "aeiouy".contains(letter))
                    })
                })
            })
        };
        let found = (4..=16).contains(&chars.len()).then(|| swapped.or_else(lost)).flatten()?;
        self.words.get(*found as usize).map(String::as_str)
    }

    /// Letters of the longest word of the lexicon that the text begins with; all of it when there is none.
    pub(super) fn prefix(&self, text: &str) -> usize {
        let chars: Vec<char> = text.chars().collect();
        (2..chars.len())
            .rev()
            .find(|length| {
                let head: String = chars.iter().take(*length).collect();
                self.word(&head).is_some()
            })
            .unwrap_or(chars.len())
    }
}

fn is_swap(word: &str, raw: &[char]) -> bool {
    let differing: Vec<(usize, char)> = word.chars().enumerate().filter(|(at, c)| raw.get(*at) != Some(c)).collect();
    match differing.as_slice() {
        [(i, a), (j, b)] => *j == *i + 1 && raw.get(*i) == Some(b) && raw.get(*j) == Some(a),
        _ => false,
    }
}

/// The letter of `word` that `raw` lacks, if it is the only difference. Never the last: « handicap » is not a slip for « handicapé ».
fn lost_letter(word: &str, raw: &[char]) -> Option<char> {
    let mut lost = None;
    let mut at = 0;
    for c in word.chars() {
        if raw.get(at) == Some(&c) {
            at += 1;
        } else if lost.is_some() {
            return None;
        } else {
            lost = Some(c);
        }
    }
    lost.filter(|_| at == raw.len() && word.chars().last() == raw.last().copied())
}

/// `musulman(e)(s)` → four words; `déport~er` → its forms.
fn expand(pattern: &str) -> Vec<String> {
    let mut out = vec![String::with_capacity(pattern.len())];
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        let until =
            |end: char, chars: &mut std::str::Chars<'_>| chars.by_ref().take_while(|c| *c != end).collect::<String>();
        let (choices, optional) = match c {
            '(' => (until(')', &mut chars), true),
            '[' => (until(']', &mut chars), false),
            '~' => (endings(&chars.by_ref().take(2).collect::<String>()).replace(' ', "|"), false),
            other => {
                out.iter_mut().for_each(|head| head.push(other));
                continue;
            }
        };
        let tails = || optional.then_some("").into_iter().chain(choices.split('|'));
        out = out.iter().flat_map(|head| tails().map(move |tail| format!("{head}{tail}"))).collect();
    }
    out
}

fn endings(group: &str) -> &'static str {
    match group {
        "ir" => {
            "ir is it issons issez issent i ie is ies issait issaient issant ira iront irai irait iraient irez irons"
        }
        "re" => "re s ons ez ent u ue us ues ait aient ant ra ront rai rait raient rez rons",
        _ => "er e es ons ez ent ee ees ais ait aient ant era erai eront erez erons eras erait eraient a erent",
    }
}

/// Lower-case words without accents, split like the text is.
pub(super) fn split_words(phrase: &str) -> Vec<String> {
    let mut folded = String::with_capacity(phrase.len());
    for c in phrase.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'â' | 'ä' | 'á' => folded.push('a'),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'î' | 'ï' | 'í' => folded.push('i'),
            'ô' | 'ö' | 'ó' => folded.push('o'),
            'ù' | 'û' | 'ü' => folded.push('u'),
            'ç' => folded.push('c'),
            'ñ' => folded.push('n'),
            'œ' => folded.push_str("oe"),
            other => folded.push(other),
        }
    }
    if folded.chars().any(char::is_alphanumeric) {
        folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    } else {
        vec![folded]
    }
}
