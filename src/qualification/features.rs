//! What the second voice hears of a text: numbers of things that occur, each with a weight.
//!
//! This is the only place that turns a text into features, for the training as for the suggestion, so the two cannot drift apart.
//! A feature is named by the hash of its words; names of classes and rules, not their numbers, are hashed: the data files may be
//! corrected without training again.

use super::{
    Facts, Outcome, State,
    engine::{Candidate, Cleared, Engine, Strength},
    scene::Scene,
};

/// Letters that are looked at; the beginning of a post tells what it is.
const MOST_LETTERS: usize = 3_000;
/// Tokens whose neighbours are paired.
const MOST_TOKENS: usize = 600;
/// How far apart two classes of the lexicon still speak of each other.
const POWER: f32 = 0.5;
const REACH: usize = 7;

/// What a feature was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Two to five letters in a row.
    Letters,
    /// One or two words in a row.
    Words,
    /// One or two classes of the lexicon, in order.
    Classes,
    /// What the rules said.
    Rules,
    /// Facts of the case and looks of the text.
    Facts,
}

/// One thing that occurs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feature {
    /// Hash of its name.
    pub name: u32,
    /// How much it counts: occurrences of one kind share a length of one.
    pub value: f32,
    /// What it was made of.
    pub kind: Kind,
    /// First token, for words.
    pub at: u16,
}

/// All that occurs in a text.
pub(super) fn features(engine: &Engine, scene: &Scene, said: &Heard<'_>, facts: &Facts) -> Vec<Feature> {
    let mut bag = Bag { out: Vec::with_capacity(1_000), start: 0 };
    let words = words(engine, scene);
    letters(&mut bag, &words);
    bag.close(true);
    pairs_of_words(&mut bag, &words);
    bag.close(true);
    classes(&mut bag, engine, scene);
    bag.close(true);
    rules(&mut bag, engine, said);
    bag.close(false);
    looks(&mut bag, engine, scene, facts);
    bag.close(false);
    bag.out
}

/// What the rules made of the text.
pub(super) struct Heard<'a> {
    pub outcome: &'a Outcome,
    pub kept: &'a [Candidate],
    pub cleared: &'a [Cleared],
}

struct Bag {
    out: Vec<Feature>,
    start: usize,
}

impl Bag {
    fn add(&mut self, name: u32, kind: Kind, at: usize) {
        self.out.push(Feature { name, value: 1.0, kind, at: u16::try_from(at).unwrap_or(u16::MAX) });
    }

    /// Ends a kind: each feature once, the whole of length one (`even`) or each of weight one.
    fn close(&mut self, even: bool) {
        if let Some(added) = self.out.get_mut(self.start..) {
            added.sort_unstable_by_key(|feature| (feature.name, feature.at));
        }
        let mut kept = self.start;
        for at in self.start..self.out.len() {
            let Some(feature) = self.out.get(at).copied() else { break };
            let known = kept > self.start && self.out.get(kept - 1).is_some_and(|last| last.name == feature.name);
            if !known && let Some(place) = self.out.get_mut(kept) {
                *place = feature;
                kept += 1;
            }
        }
        self.out.truncate(kept);
        if even && kept > self.start {
            #[expect(clippy::cast_precision_loss, reason = "a few thousand at most")]
            let share = ((kept - self.start) as f32).powf(-POWER);
            self.out.iter_mut().skip(self.start).for_each(|feature| feature.value = share);
        }
        self.start = self.out.len();
    }
}

/// FNV-1a with a last stir, so that the upper bits are good as well.
pub(super) fn name(space: u8, parts: impl IntoIterator<Item = u8>) -> u32 {
    let mut hash = (0x811c_9dc5 ^ u32::from(space)).wrapping_mul(0x0100_0193);
    for byte in parts {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x7feb_352d);
    hash = (hash ^ (hash >> 15)).wrapping_mul(0x846c_a68b);
    hash ^ (hash >> 16)
}

/// The words as they were read, with every protected group under one name: the voice must not learn whom to defend.
fn words<'a>(engine: &Engine, scene: &'a Scene) -> Vec<&'a str> {
    let mut covered = vec![false; scene.slots.len()];
    for (at, slot) in scene.slots.iter().enumerate() {
        for mark in slot.marks.iter().filter(|mark| mark.symbol == engine.symbols.group) {
            if let Some(span) = covered.get_mut(at..(at + usize::from(mark.length)).min(scene.slots.len())) {
                span.fill(true);
            }
        }
    }
    let tokens = scene.reading.tokens.iter().zip(covered);
    tokens
        .map(|(token, group)| match token.norm.as_str() {
            _ if group => "§",
            word if word.starts_with(|c: char| c.is_ascii_digit()) => "0",
            word => word,
        })
        .collect()
}

fn letters(bag: &mut Bag, words: &[&str]) {
    let mut text: Vec<u8> = vec![b' '];
    for word in words {
        if text.len() > MOST_LETTERS {
            break;
        }
        // Bytes are enough: what is read is folded to plain letters, nearly all of it.
        text.extend(word.bytes());
        text.push(b' ');
    }
    for length in 2..=5_usize {
        for window in text.windows(length) {
            if window.iter().take(length - 1).skip(1).filter(|byte| **byte == b' ').count() < 2 {
                bag.add(name(length as u8, window.iter().copied()), Kind::Letters, 0);
            }
        }
    }
}

fn pairs_of_words(bag: &mut Bag, words: &[&str]) {
    for (at, word) in words.iter().enumerate().take(MOST_TOKENS) {
        bag.add(name(10, word.bytes()), Kind::Words, at);
        for (space, next) in [(11, 1), (12, 2)] {
            if let Some(other) = words.get(at + next) {
                bag.add(name(space, word.bytes().chain([b' ']).chain(other.bytes())), Kind::Words, at);
            }
        }
    }
}

fn classes(bag: &mut Bag, engine: &Engine, scene: &Scene) {
    let mut seen: Vec<(usize, u32, u32)> = vec![];
    for (at, slot) in scene.slots.iter().enumerate().take(MOST_TOKENS) {
        let mut last = 0;
        for mark in &slot.marks {
            let class = engine.lexicon.class_name(mark.symbol);
            if class != 0 && class != last {
                seen.push((at, class, slot.sentence));
                last = class;
            }
        }
    }
    for (number, (at, class, sentence)) in seen.iter().enumerate() {
        bag.add(name(20, class.to_le_bytes()), Kind::Classes, *at);
        for (near, other, _) in seen.iter().skip(number + 1).take_while(|(near, _, _)| near - at <= REACH) {
            let same = seen.iter().any(|(a, _, s)| a == near && s == sentence);
            let space = if same { 21 } else { 22 };
            if near > at {
                bag.add(name(space, class.to_le_bytes().into_iter().chain(other.to_le_bytes())), Kind::Classes, *at);
            }
        }
    }
}

fn rules(bag: &mut Bag, engine: &Engine, said: &Heard<'_>) {
    bag.add(name(31, [said.outcome.code as u8]), Kind::Rules, 0);
    let mut signal = |what: &str, more: &str| {
        bag.add(name(30, what.bytes().chain(more.bytes())), Kind::Rules, 0);
    };
    for candidate in said.kept {
        if let Some((rule, _)) = engine.rules.get(candidate.rule) {
            signal("rule", &rule.id);
        }
        signal(
            "strength",
            match candidate.strength {
                Strength::Faint => "faint",
                Strength::Soft => "soft",
                Strength::Firm => "firm",
                Strength::Strong => "strong",
            },
        );
        if candidate.clouded {
            signal("clouded", "");
        }
    }
    for aside in said.cleared {
        signal("aside", &aside.reason);
    }
    signal(
        "state",
        match said.outcome.state {
            State::None => "none",
            State::ToCheck => "to_check",
            State::Strong => "strong",
        },
    );
    if said.outcome.ground.is_some() {
        signal("ground", "");
    }
}

fn looks(bag: &mut Bag, engine: &Engine, scene: &Scene, facts: &Facts) {
    let mut note = |what: &str| bag.add(name(40, what.bytes()), Kind::Facts, 0);
    let tokens = &scene.reading.tokens;
    if facts.public == Some(false) {
        note("hidden");
    }
    if facts.addressed_to_person == Some(true) {
        note("to a person");
    }
    if facts.authors.is_some_and(|authors| authors >= 3) {
        note("authors");
    }
    if facts.repeated == Some(true) {
        note("repeated");
    }
    if tokens.iter().any(|token| token.norm == "@") {
        note("at");
    }
    if tokens.iter().any(|token| token.quote != 0) {
        note("quotes");
    }
    if !scene.reading.questions.is_empty() {
        note("question");
    }
    if !scene.groups.is_empty() {
        note("group");
    }
    if tokens.iter().any(|token| token.repaired) {
        note("repaired");
    }
    if !scene.reading.chars.iter().any(|c| c.is_uppercase()) {
        note("no capital");
    }
    note(match tokens.len() {
        0..=4 => "up to 4",
        5..=9 => "up to 9",
        10..=19 => "up to 19",
        20..=39 => "up to 39",
        _ => "long",
    });
    if let Some(parent) = facts.reply_to.as_deref().map(|text| engine.scene(text)) {
        note("reply");
        for symbol in &parent.present {
            let class = engine.lexicon.class_name(*symbol);
            if class != 0 {
                bag.add(name(41, class.to_le_bytes()), Kind::Facts, 0);
            }
        }
    }
}
