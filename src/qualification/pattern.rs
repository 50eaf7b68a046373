//! The small language of rule patterns: a sequence of words and classes of the lexicon.
//!
//! | written | means |
//! |---|---|
//! | `sont` | that word (without accents) |
//! | `DEHUM` | a word or phrase of that class |
//! | `sont\|est\|BE` | one of them |
//! | `X?` `X*` | optional; up to four times |
//! | `..` `..6` | up to three (six) words of the same sentence, whatever they are |
//! | `--6` | up to six words of the same clause (no comma) |
//! | `>>` `>>8` | up to forty (eight) words, over sentences |
//! | `<` | beginning of the clause |
//! | `/` | end of the sentence, go on in the next |
//! | `!X` | the next word is not X |
//! | `^` `$` | beginning, end of the sentence |

use std::collections::BTreeSet;

use super::lexicon::{Lexicon, Mark, Symbol, split_words};
use crate::base::gather;

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Pattern {
    elements: Vec<Element>,
}

#[derive(Debug)]
enum Element {
    Any { of: Vec<Symbol>, min: u8, max: u8 },
    Not(Vec<Symbol>),
    Gap(u8),
    Near(u8),
    Far(u8),
    Clause,
    Next,
    Start,
    End,
}

/// One token as patterns see it.
#[derive(Debug, Default, Clone)]
pub(super) struct Slot {
    pub marks: Vec<Mark>,
    pub sentence: u32,
    pub clause: u32,
}

/// What a pattern found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub start: usize,
    pub end: usize,
    /// Marks it used, with the token where they begin.
    pub used: Vec<(usize, Mark)>,
}

/// Why the data is refused.
#[derive(Debug, thiserror::Error)]
#[error("motif « {pattern} » : {what}")]
pub(super) struct PatternError {
    pattern: String,
    what: String,
}

/// The literal words of a pattern, to be given to the lexicon.
pub(super) fn literals(source: &str) -> BTreeSet<String> {
    gather(alternatives(source).filter(|name| !is_class(name)))
}

fn alternatives(source: &str) -> impl Iterator<Item = String> {
    source
        .split_whitespace()
        .filter(|part| {
            !part.starts_with("..")
                && !part.starts_with(">>")
                && !matches!(*part, "<" | "/")
                && *part != "^"
                && *part != "$"
        })
        .flat_map(|part| part.trim_start_matches('!').trim_end_matches(['?', '*']).split('|').map(str::to_owned))
}

fn is_class(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}

impl Pattern {
    pub(super) fn parse(source: &str, lexicon: &Lexicon) -> Result<Self, PatternError> {
        let error = |what: String| PatternError { pattern: source.to_owned(), what };
        let most = |count: &str, usual: u8| match count {
            "" => Ok(usual),
            _ => count.parse().map_err(|_| error(format!("« {count} » n’est pas un nombre de mots"))),
        };
        let mut elements = vec![];
        for part in source.split_whitespace() {
            let element = match part {
                "^" => Element::Start,
                "$" => Element::End,
                "<" => Element::Clause,
                "/" => Element::Next,
                _ if part.starts_with(">>") => Element::Far(most(part.trim_start_matches(">>"), 40)?),
                _ if part.starts_with("--") => Element::Near(most(part.trim_start_matches("--"), 3)?),
                _ if part.starts_with("..") => Element::Gap(most(part.trim_start_matches(".."), 3)?),
                _ => {
                    let mut of = vec![];
                    for name in alternatives(part) {
                        if !is_class(&name) && split_words(&name) != [name.as_str()] {
                            return Err(error(format!("« {name} » doit être un seul mot, sans accent")));
                        }
                        of.push(
                            lexicon
                                .symbol(&name)
                                .ok_or_else(|| error(format!("« {name} » n’est pas dans le lexique")))?,
                        );
                    }
                    match (part.starts_with('!'), part.chars().last()) {
                        (true, _) => Element::Not(of),
                        (_, Some('?')) => Element::Any { of, min: 0, max: 1 },
                        (_, Some('*')) => Element::Any { of, min: 0, max: 4 },
                        _ => Element::Any { of, min: 1, max: 1 },
                    }
                }
            };
            elements.push(element);
        }
        if elements.is_empty() {
            return Err(error("vide".into()));
        }
        Ok(Self { elements })
    }

    /// Could it match a text that has these symbols?
    pub(super) fn possible(&self, present: &BTreeSet<Symbol>) -> bool {
        self.elements.iter().all(|element| match element {
            Element::Any { of, min: 1, .. } => of.iter().any(|symbol| present.contains(symbol)),
            _ => true,
        })
    }

    /// The longest match that begins at `start`.
    pub(super) fn find(&self, slots: &[Slot], start: usize) -> Option<Found> {
        // The first element decides for nearly every token.
        if let Some(Element::Any { of, min: 1, .. }) = self.elements.first()
            && !slots.get(start)?.marks.iter().any(|mark| of.contains(&mark.symbol))
        {
            return None;
        }
        let mut used = vec![];
        let mut budget = 4_000;
        let end = Walk { slots, sentence: slots.get(start)?.sentence, budget: &mut budget }.go(
            &self.elements,
            start,
            &mut used,
        )?;
        (end > start).then_some(Found { start, end, used })
    }
}

struct Walk<'a> {
    slots: &'a [Slot],
    sentence: u32,
    budget: &'a mut u32,
}

impl Walk<'_> {
    fn inside(&self, at: usize) -> bool {
        self.slots.get(at).is_some_and(|slot| slot.sentence == self.sentence)
    }

    fn go(&mut self, elements: &[Element], at: usize, used: &mut Vec<(usize, Mark)>) -> Option<usize> {
        *self.budget = self.budget.checked_sub(1)?;
        let Some((first, rest)) = elements.split_first() else { return Some(at) };
        match first {
            Element::Start => {
                let begins = at == 0 || self.slots.get(at - 1).is_some_and(|slot| slot.sentence != self.sentence);
                begins.then(|| self.go(rest, at, used)).flatten()
            }
            Element::Next => {
                let sentence = self.slots.get(at)?.sentence;
                (sentence != self.sentence)
                    .then(|| Walk { slots: self.slots, sentence, budget: self.budget }.go(rest, at, used))
                    .flatten()
            }
            Element::Clause => {
                let here = self.slots.get(at)?.clause;
                (at == 0 || self.slots.get(at - 1).is_some_and(|slot| slot.clause != here))
                    .then(|| self.go(rest, at, used))
                    .flatten()
            }
            Element::End => (!self.inside(at)).then(|| self.go(rest, at, used)).flatten(),
            Element::Not(of) => {
                let there = self.inside(at)
                    && self.slots.get(at).is_some_and(|slot| slot.marks.iter().any(|mark| of.contains(&mark.symbol)));
                (!there).then(|| self.go(rest, at, used)).flatten()
            }
            Element::Gap(most) => {
                for skipped in 0..=usize::from(*most) {
                    if let Some(end) = self.go(rest, at + skipped, used) {
                        return Some(end);
                    }
                    if !self.inside(at + skipped) {
                        break;
                    }
                }
                None
            }
            Element::Near(most) => {
                let clause = self.slots.get(at.checked_sub(1)?)?.clause;
                let (slots, sentence) = (self.slots, self.sentence);
                let here =
                    |next: &usize| slots.get(*next).is_some_and(|s| s.sentence == sentence && s.clause == clause);
                (at..=at + usize::from(*most)).take_while(here).find_map(|next| self.go(rest, next, used))
            }
            Element::Far(most) => (at..self.slots.len().min(at + 1 + usize::from(*most))).find_map(|next| {
                let sentence = self.slots.get(next)?.sentence;
                Walk { slots: self.slots, sentence, budget: self.budget }.go(rest, next, used)
            }),
            Element::Any { of, min, max } => self.any(of, *min, *max, rest, at, used),
        }
    }

    fn any(
        &mut self,
        of: &[Symbol],
        min: u8,
        max: u8,
        rest: &[Element],
        at: usize,
        used: &mut Vec<(usize, Mark)>,
    ) -> Option<usize> {
        if max > 0 && self.inside(at) {
            let slots = self.slots;
            // Longest first.
            for mark in slots.get(at)?.marks.iter().rev().filter(|mark| of.contains(&mark.symbol)) {
                let next = at + usize::from(mark.length);
                if mark.length > 1 && !self.inside(next - 1) {
                    continue;
                }
                used.push((at, *mark));
                if let Some(end) = self.any(of, min.saturating_sub(1), max - 1, rest, next, used) {
                    return Some(end);
                }
                used.pop();
            }
        }
        if min == 0 { self.go(rest, at, used) } else { None }
    }
}
