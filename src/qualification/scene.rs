//! Who is spoken of: the marks of the lexicon on every token, noun phrases that name a protected group, and the pronouns that stand for one.

use std::collections::BTreeSet;

use super::{
    lexicon::{Lexicon, Mark, Symbol},
    pattern::Slot,
    read::Reading,
};
use crate::base::gather;

/// The symbols that the code itself speaks of; all others are known to the data only.
#[derive(Debug, Clone, Copy)]
pub(super) struct Symbols {
    pub target: Symbol,
    pub group: Symbol,
    pub slur: Symbol,
    article: Symbol,
    possessive: Symbol,
    kind: Symbol,
    pronoun: Symbol,
    you: Symbol,
    like_you: Symbol,
    others: Symbol,
    not_group: Symbol,
    verbs: [Symbol; 7],
    be: Symbol,
    pub idea: Symbol,
    pub elected: Symbol,
    pub hostile: [Symbol; 7],
    number: Symbol,
    name: Symbol,
    pub negation: Symbol,
    pub not_negation: Symbol,
    pub report: Symbol,
    pub own_voice: Symbol,
    pub endorse: Symbol,
    pub meta: Symbol,
    pub not_meta: Symbol,
    pub condemn: Symbol,
    pub laugh: Symbol,
}

impl Symbols {
    /// `None` when the data lacks one.
    pub(super) fn new(lexicon: &Lexicon) -> Option<Self> {
        let of = |name| lexicon.symbol(name);
        Some(Self {
            target: of("TARGET")?,
            group: of("GROUP")?,
            slur: of("SLUR")?,
            article: of("ARTICLE")?,
            possessive: of("POSSESSIVE")?,
            kind: of("KIND")?,
            pronoun: of("THEM")?,
            you: of("YOU")?,
            like_you: of("LIKEYOU")?,
            others: of("OTHERS")?,
            not_group: of("NOTGROUP")?,
            verbs: [of("KILL")?, of("HIT")?, of("EXPEL")?, of("HATE")?, of("SERVE")?, of("REFUSE")?, of("ROUGH")?],
            be: of("BE")?,
            idea: of("IDEA")?,
            elected: of("ELECTED")?,
            hostile: [of("HATE")?, of("DEROG")?, of("DEHUM")?, of("INSULT")?, of("KILL")?, of("HIT")?, of("EXPEL")?],
            number: of("NUM")?,
            name: of("NAME")?,
            negation: of("NEG")?,
            not_negation: of("NOTNEG")?,
            report: of("REPORT")?,
            own_voice: of("OWNVOICE")?,
            endorse: of("ENDORSE")?,
            meta: of("META")?,
            not_meta: of("NOTMETA")?,
            condemn: of("CONDEMN")?,
            laugh: of("LAUGH")?,
        })
    }
}

/// A text with all that the lexicon says of it.
#[derive(Debug)]
pub(super) struct Scene {
    pub reading: Reading,
    pub slots: Vec<Slot>,
    pub present: BTreeSet<Symbol>,
    /// Tokens of the words that name a group.
    pub groups: Vec<(usize, Mark)>,
}

impl Scene {
    pub(super) fn new(reading: Reading, lexicon: &Lexicon, symbols: &Symbols) -> Self {
        let words: Vec<Option<u32>> = reading.tokens.iter().map(|token| token.word).collect();
        let slots = reading
            .tokens
            .iter()
            .enumerate()
            .map(|(at, token)| Slot {
                marks: lexicon.marks(words.get(at..).unwrap_or_default()).collect(),
                sentence: token.sentence,
                clause: token.clause,
            })
            .collect();
        let mut scene = Self { reading, slots, present: BTreeSet::new(), groups: vec![] };
        scene.name_plain_things(symbols);
        scene.name_targets(symbols);
        scene.resolve_pronouns(symbols);
        scene.present = gather(scene.slots.iter().flat_map(|slot| slot.marks.iter().map(|mark| mark.symbol)));
        scene
    }

    pub(super) fn has(&self, at: usize, symbol: Symbol) -> bool {
        self.mark(at, symbol).is_some()
    }

    /// The first sentence that is hard on an idea, a religion or an institution: its words.
    pub(super) fn hard_on_an_idea(&self, symbols: &Symbols) -> Option<(usize, usize)> {
        (0..self.slots.len()).filter(|at| self.has(*at, symbols.idea)).find_map(|idea| {
            let hostile = |at: usize| symbols.hostile.iter().any(|symbol| self.has(at, *symbol));
            let near = idea.saturating_sub(8)..(idea + 9).min(self.slots.len());
            near.filter(|at| self.same_sentence(*at, idea))
                .find(|at| hostile(*at))
                .map(|at| (at.min(idea), at.max(idea)))
        })
    }

    pub(super) fn mark(&self, at: usize, symbol: Symbol) -> Option<Mark> {
        self.slots.get(at)?.marks.iter().rev().find(|mark| mark.symbol == symbol).copied()
    }

    fn sentence(&self, at: usize) -> Option<u32> {
        self.slots.get(at).map(|slot| slot.sentence)
    }

    fn is_plural(&self, at: usize) -> bool {
        self.reading.tokens.get(at).is_some_and(|token| token.norm.ends_with(['s', 'x']) || token.norm == "men")
    }

    fn same_sentence(&self, a: usize, b: usize) -> bool {
        self.sentence(a).is_some() && self.sentence(a) == self.sentence(b)
    }

    /// Numbers, and pairs of capitalised words that the lexicon does not know (first name, family name).
    fn name_plain_things(&mut self, symbols: &Symbols) {
        let plain = |symbol, length| Mark { symbol, ground: None, length, needs_article: false };
        let capital = |reading: &Reading, at: usize| {
            reading.tokens.get(at).is_some_and(|token| {
                token.word.is_none()
                    && token.norm.len() > 2
                    && reading.chars.get(token.start as usize).is_some_and(|c| c.is_uppercase())
            })
        };
        for at in 0..self.slots.len() {
            let number = self.reading.tokens.get(at).is_some_and(|t| t.norm.starts_with(|c: char| c.is_ascii_digit()));
            let name = capital(&self.reading, at) && capital(&self.reading, at + 1) && self.same_sentence(at, at + 1);
            let Some(slot) = self.slots.get_mut(at) else { continue };
            if number {
                slot.marks.push(plain(symbols.number, 1));
            }
            if name {
                slot.marks.push(plain(symbols.name, 2));
            }
        }
    }

    /// `ces femmes`, `les juifs de ce genre`, `un homo`: TARGET marks, at the article and at the name.
    fn name_targets(&mut self, symbols: &Symbols) {
        for at in 0..self.slots.len() {
            let Some(group) = self.mark(at, symbols.group).or_else(|| self.mark(at, symbols.slur)) else { continue };
            // « les hommes politiques », « travail au noir ».
            if (at.saturating_sub(2)..=at)
                .any(|near| self.mark(near, symbols.not_group).is_some_and(|mark| near + usize::from(mark.length) > at))
            {
                self.is_no_group(at, symbols);
                continue;
            }
            let mut first = at;
            while first > 0
                && at - first < 3
                && self.same_sentence(first - 1, at)
                && self.has(first - 1, symbols.article)
            {
                first -= 1;
            }
            let owned = first > 0 && self.same_sentence(first - 1, at) && self.has(first - 1, symbols.possessive);
            let opens = at == 0 || !self.same_sentence(at - 1, at);
            let plural = self.is_plural(at);
            if owned || (group.needs_article && first == at && !(opens && plural)) {
                if group.needs_article && !owned && !self.is_called_names(at, symbols) {
                    self.is_no_group(at, symbols);
                }
                continue;
            }
            self.groups.push((at, group));
            // « mon mari est arabe » tells what somebody is, it names no group.
            if first == at
                && at > 0
                && self.same_sentence(at - 1, at)
                && self.has(at - 1, symbols.be)
                && !self.is_plural(at)
            {
                continue;
            }
            let mut end = at + usize::from(group.length);
            if self.same_sentence(end, at)
                && let Some(kind) = self.mark(end, symbols.kind)
            {
                end += usize::from(kind.length);
            }
            for start in first..=at {
                let Ok(length) = u8::try_from(end - start) else { continue };
                if let Some(slot) = self.slots.get_mut(start) {
                    slot.marks.push(Mark { symbol: symbols.target, length, needs_article: false, ..group });
                    if end > at + usize::from(group.length) {
                        let short = u8::try_from(at + usize::from(group.length) - start).unwrap_or(length);
                        slot.marks.insert(
                            slot.marks.len() - 1,
                            Mark { symbol: symbols.target, length: short, needs_article: false, ..group },
                        );
                    }
                }
            }
        }
    }

    /// « la peste noire », « l’Église catholique »: the word names no people here.
    fn is_no_group(&mut self, at: usize, symbols: &Symbols) {
        if let Some(slot) = self.slots.get_mut(at) {
            slot.marks.retain(|mark| mark.symbol != symbols.group);
        }
    }

    /// « t’es noir », « cons de noirs »: no article, yet people are meant.
    fn is_called_names(&self, at: usize, symbols: &Symbols) -> bool {
        (at.saturating_sub(3)..at + 3)
            .any(|near| self.same_sentence(near, at) && (self.has(near, symbols.be) || self.has(near, symbols.you)))
    }

    /// `ils`, `les`, `eux` stand for the group named before (or, in a short text, after), unless other people were named in between.
    fn resolve_pronouns(&mut self, symbols: &Symbols) {
        if self.groups.is_empty() {
            return;
        }
        let sentences = self.sentence(self.slots.len().saturating_sub(1)).unwrap_or(0) + 1;
        for at in 0..self.slots.len() {
            let them = self.has(at, symbols.pronoun);
            let you = self.has(at, symbols.you);
            if !(them || you) || self.has(at, symbols.target) {
                continue;
            }
            // « les » is a pronoun only before a verb.
            let word = self.reading.tokens.get(at).map_or("", |token| token.norm.as_str());
            if matches!(word, "les" | "leur" | "leurs") && !symbols.verbs.iter().any(|verb| self.has(at + 1, *verb)) {
                continue;
            }
            let Some(sentence) = self.sentence(at) else { continue };
            let before = self
                .groups
                .iter()
                .rev()
                .find(|(group, _)| *group < at && self.sentence(*group).is_some_and(|s| sentence - s <= 2))
                .copied();
            let after = || {
                let near = |group: usize| self.sentence(group).is_some_and(|s| s >= sentence && s - sentence <= 1);
                (sentences <= 3)
                    .then(|| {
                        self.groups
                            .iter()
                            .find(|(group, _)| *group > at && near(*group) && self.is_plural(*group))
                            .copied()
                    })
                    .flatten()
            };
            let Some((group, mark)) = before.or_else(after) else { continue };
            let between = group.min(at) + 1..group.max(at);
            if between.clone().any(|other| self.has(other, symbols.others)) {
                continue;
            }
            // « vous » is the group only where the text said « comme vous » or « vous, les … ».
            if you && !self.slots.iter().any(|slot| slot.marks.iter().any(|m| m.symbol == symbols.like_you)) {
                continue;
            }
            if let Some(slot) = self.slots.get_mut(at) {
                slot.marks.push(Mark { symbol: symbols.target, length: 1, needs_article: false, ..mark });
            }
        }
    }
}
