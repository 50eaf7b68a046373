//! The rules of `data/rules.toml`, applied: pattern → candidate, then what clears it.

use std::{collections::BTreeSet, sync::LazyLock};

use serde::Deserialize;

use crate::{
    base::{data, from_data, gather},
    law::Ground,
};

use super::{
    Facts,
    lexicon::{Lexicon, Mark},
    pattern::{self, Found, Pattern},
    read::Reading,
    scene::{Scene, Symbols},
};

pub(super) static ENGINE: LazyLock<Option<Engine>> = LazyLock::new(|| Engine::load().ok());

const SOURCES: &[&str] = &[
    data!("qualification/data/lexicon_groups"),
    data!("qualification/data/lexicon_words"),
    data!("qualification/data/lexicon_contempt"),
    data!("qualification/data/lexicon_context"),
];
const RULES: &[&str] = &[data!("qualification/data/rules"), data!("qualification/data/shields")];

/// What a text does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Act {
    PraiseTerror,
    CallTerror,
    ThreatDeath,
    ThreatViolence,
    ThreatCondition,
    ThreatDestroy,
    PileOn,
    Suicide,
    Disclosure,
    Offer,
    CallCrime,
    CallViolence,
    CallDiscrimination,
    CallHate,
    PraiseCrime,
    Denial,
    DenialOther,
    Fact,
    FactPerson,
    Dehumanise,
    Slur,
    Insult,
    InsultPerson,
}

/// How much a rule says on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Strength {
    /// Words that stand near each other: nothing, unless the second voice hears hostility as well.
    Faint,
    /// Worth a question.
    Soft,
    /// Clear words, but the context decides.
    Firm,
    /// Hardly any other reading.
    Strong,
}

/// What a negation beside the words does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Negation {
    #[default]
    Cancels,
    /// The rule counts with it (« n’ont jamais existé »).
    Part,
}

/// One rule of the data.
#[derive(Debug, Deserialize)]
pub(super) struct Rule {
    pub id: String,
    pub act: Act,
    #[serde(default)]
    ground: Option<Ground>,
    /// The ground may stand elsewhere in the text.
    #[serde(default)]
    ground_nearby: bool,
    /// No protected ground is asked for.
    #[serde(default)]
    groundless: bool,
    pub strength: Strength,
    #[serde(default)]
    negation: Negation,
    /// Only in answer to a text that has one of these classes.
    #[serde(default)]
    parent: Vec<String>,
    /// Only among messages of several authors, or repeated, to one person.
    #[serde(default)]
    pub pack: bool,
    /// Whoever says it (a report does not clear it).
    #[serde(default)]
    any_voice: bool,
    /// No comma inside.
    #[serde(default)]
    tight: bool,
    any: Vec<String>,
    #[cfg(test)]
    #[serde(default)]
    pub yes: Vec<String>,
    #[cfg(test)]
    #[serde(default)]
    pub no: Vec<String>,
}

/// Where a shield protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Scope {
    Overlap,
    Sentence,
    Text,
}

/// What makes a hostile-looking passage something else.
#[derive(Debug, Deserialize)]
pub(super) struct Shield {
    #[cfg_attr(not(test), allow(dead_code))]
    pub id: String,
    /// Reason code.
    pub reason: String,
    scope: Scope,
    /// Only these acts; all when empty.
    #[serde(default)]
    acts: Vec<Act>,
    /// It stands in the text that is answered.
    #[serde(default)]
    parent: bool,
    /// A strong rule stands against it.
    #[serde(default)]
    weak: bool,
    any: Vec<String>,
    #[cfg(test)]
    #[serde(default)]
    pub yes: Vec<String>,
    #[cfg(test)]
    #[serde(default)]
    pub no: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct RuleFile {
    #[serde(default)]
    rule: Vec<Rule>,
    #[serde(default)]
    shield: Vec<Shield>,
}

/// Lexicon and rules, built once.
#[derive(Debug)]
pub(super) struct Engine {
    pub lexicon: Lexicon,
    pub symbols: Symbols,
    pub rules: Vec<(Rule, Vec<Pattern>)>,
    pub shields: Vec<(Shield, Vec<Pattern>)>,
}

/// Why the data is refused; a test reads it, users never do.
#[derive(Debug, thiserror::Error)]
pub(super) enum DataError {
    #[error("{0}")]
    Toml(String),
    #[error(transparent)]
    Pattern(#[from] pattern::PatternError),
    #[error("il manque au lexique une classe dont le moteur a besoin")]
    Class,
}

/// A passage that a rule found.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub rule: usize,
    pub act: Act,
    pub ground: Option<Ground>,
    pub strength: Strength,
    pub first: usize,
    pub last: usize,
    /// Tokens of the words that gave the ground.
    pub ground_at: Option<(usize, usize)>,
    /// Words of blame, laughter or a question stand near: the reading is less sure.
    pub clouded: bool,
    /// Tokens that the pattern named (the others are in its gaps).
    named: BTreeSet<usize>,
}

/// A passage that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cleared {
    pub reason: String,
    pub first: usize,
    pub last: usize,
}

impl Engine {
    /// The data that ships.
    pub(super) fn load() -> Result<Self, DataError> {
        Self::parse(SOURCES, RULES)
    }

    fn parse(lexicon: &[&str], rules: &[&str]) -> Result<Self, DataError> {
        let mut all_rules = vec![];
        let mut all_shields = vec![];
        for source in rules {
            let file: RuleFile = from_data(source).map_err(DataError::Toml)?;
            all_rules.extend(file.rule);
            all_shields.extend(file.shield);
        }
        let patterns = || all_rules.iter().flat_map(|r| &r.any).chain(all_shields.iter().flat_map(|s| &s.any));
        let literals: BTreeSet<String> = gather(patterns().flat_map(|source| pattern::literals(source)));
        let lexicon = Lexicon::parse(lexicon, &literals).map_err(DataError::Toml)?;
        let symbols = Symbols::new(&lexicon).ok_or(DataError::Class)?;
        let compile = |sources: &[String]| -> Result<Vec<Pattern>, DataError> {
            Ok(sources.iter().map(|source| Pattern::parse(source, &lexicon)).collect::<Result<_, _>>()?)
        };
        let rules = all_rules
            .into_iter()
            .map(|rule| Ok((compile(&rule.any)?, rule)))
            .map(swap)
            .collect::<Result<_, DataError>>()?;
        let shields = all_shields
            .into_iter()
            .map(|shield| Ok((compile(&shield.any)?, shield)))
            .map(swap)
            .collect::<Result<_, DataError>>()?;
        Ok(Self { lexicon, symbols, rules, shields })
    }

    pub(super) fn scene(&self, text: &str) -> Scene {
        Scene::new(Reading::new(text, &self.lexicon), &self.lexicon, &self.symbols)
    }

    /// What the rules find, and what was cleared.
    pub(super) fn candidates(&self, scene: &Scene, facts: &Facts) -> (Vec<Candidate>, Vec<Cleared>) {
        let parent = facts.reply_to.as_deref().map(|text| self.scene(text));
        let answered = |class: &String| {
            let symbol = self.lexicon.symbol(class);
            parent.as_ref().is_some_and(|parent| symbol.is_some_and(|symbol| parent.present.contains(&symbol)))
        };
        let mut found = vec![];
        for (number, (rule, patterns)) in self.rules.iter().enumerate() {
            if !rule.parent.is_empty() && !rule.parent.iter().any(answered) {
                continue;
            }
            // A text full of the same words says the same thing: a few passages are enough.
            let enough = found.len() + 8;
            for pattern in patterns.iter().filter(|pattern| pattern.possible(&scene.present)) {
                for start in 0..scene.slots.len() {
                    if found.len() >= enough {
                        break;
                    }
                    if let Some(hit) = pattern.find(&scene.slots, start) {
                        found.extend(self.candidate(scene, number, rule, &hit));
                    }
                }
            }
        }
        if found.is_empty() {
            return (found, vec![]);
        }
        let mut shields = self.raised(scene, false);
        if let Some(parent) = &parent {
            shields.extend(self.raised(parent, true));
        }
        let mut cleared = vec![];
        let mut kept = vec![];
        for candidate in found {
            match self.clearing(scene, &candidate, &shields) {
                Some(reason) => {
                    let aside = Cleared { reason, first: candidate.first, last: candidate.last };
                    if !cleared.contains(&aside) {
                        cleared.push(aside);
                    }
                }
                None => kept.push(candidate),
            }
        }
        (kept, cleared)
    }

    fn candidate(&self, scene: &Scene, number: usize, rule: &Rule, hit: &Found) -> Option<Candidate> {
        let clause = |at: usize| scene.reading.tokens.get(at).map(|token| token.clause);
        if rule.tight && clause(hit.start) != clause(hit.end - 1) {
            return None;
        }
        if self.disagrees(scene, hit) {
            return None;
        }
        let own =
            hit.used.iter().filter(|(_, mark)| mark.ground.is_some()).max_by_key(|(at, mark)| self.weight(*at, mark));
        let nearby = || {
            let distance = |at: usize| if at < hit.start { hit.start - at } else { at.saturating_sub(hit.end) };
            let marked = |at: usize| {
                let slot = scene.slots.get(at)?;
                slot.marks.iter().find(|mark| mark.ground.is_some()).map(|mark| (at, *mark))
            };
            (0..scene.slots.len()).filter_map(marked).min_by_key(|(at, _)| distance(*at))
        };
        let source = own.copied().or_else(|| (rule.ground_nearby && rule.ground.is_none()).then(nearby).flatten());
        let ground = rule.ground.or(source.and_then(|(_, mark)| mark.ground));
        if ground.is_none() && !rule.groundless {
            return None;
        }
        let negation_used = hit.used.iter().any(|(_, mark)| mark.symbol == self.symbols.negation);
        let negated = rule.negation == Negation::Cancels && !negation_used && self.negated(scene, hit);
        Some(Candidate {
            // A negated candidate is kept to be cleared with its reason.
            rule: if negated { usize::MAX } else { number },
            act: rule.act,
            ground,
            strength: rule.strength,
            first: hit.start,
            last: hit.end - 1,
            clouded: self.clouded(scene, hit),
            named: hit.used.iter().flat_map(|(at, mark)| *at..at + usize::from(mark.length)).collect(),
            ground_at: source.map(|(at, mark)| (at, at + usize::from(mark.length) - 1)),
        })
    }

    /// « Ce que subissent les femmes est immonde »: a plural is not the subject of « est » (« c’est » is another matter).
    fn disagrees(&self, scene: &Scene, hit: &Found) -> bool {
        let word = |at: usize| scene.reading.tokens.get(at).map_or("", |token| token.norm.as_str());
        let Some((at, target)) = hit.used.iter().find(|(_, mark)| mark.symbol == self.symbols.target) else {
            return false;
        };
        let after = at + usize::from(target.length);
        let plural = word(after - 1).ends_with(['s', 'x']);
        *at == hit.start
            && plural
            && (after..hit.end).any(|at| word(at) == "est" && !matches!(word(at - 1), "c" | "qui" | "n"))
    }

    fn clouded(&self, scene: &Scene, hit: &Found) -> bool {
        let inside = hit.start..hit.end;
        let marks = |at: usize| {
            [self.symbols.condemn, self.symbols.meta, self.symbols.laugh, self.symbols.report]
                .iter()
                .any(|s| scene.has(at, *s))
        };
        (0..scene.slots.len()).any(|at| !inside.contains(&at) && marks(at))
    }

    /// A slur tells the ground better than a group that is named beside it.
    fn weight(&self, at: usize, mark: &Mark) -> (bool, std::cmp::Reverse<usize>) {
        (mark.symbol == self.symbols.slur, std::cmp::Reverse(at))
    }

    fn negated(&self, scene: &Scene, hit: &Found) -> bool {
        let tokens = &scene.reading.tokens;
        let Some(first) = tokens.get(hit.start) else { return false };
        let covered: BTreeSet<usize> = gather(
            (hit.start.saturating_sub(8)..hit.end)
                .filter_map(|at| {
                    scene.mark(at, self.symbols.not_negation).map(|mark| at..at + usize::from(mark.length))
                })
                .flatten(),
        );
        (hit.start.saturating_sub(5)..hit.end).any(|at| {
            tokens
                .get(at)
                .is_some_and(|t| t.sentence == first.sentence && (at >= hit.start || t.clause == first.clause))
                && scene.has(at, self.symbols.negation)
                && !covered.contains(&at)
        })
    }

    /// Shields that stand in the text: (number, first token, last token).
    fn raised(&self, scene: &Scene, parent: bool) -> Vec<(usize, usize, usize)> {
        let mut raised = vec![];
        for (number, (_, patterns)) in
            self.shields.iter().enumerate().filter(|(_, (shield, _))| shield.parent == parent)
        {
            for pattern in patterns.iter().filter(|pattern| pattern.possible(&scene.present)) {
                for start in 0..scene.slots.len() {
                    if let Some(hit) = pattern.find(&scene.slots, start) {
                        raised.push((number, hit.start, hit.end - 1));
                    }
                }
            }
        }
        raised
    }

    /// The reason to set the candidate aside, if there is one.
    fn clearing(&self, scene: &Scene, candidate: &Candidate, shields: &[(usize, usize, usize)]) -> Option<String> {
        if candidate.rule == usize::MAX {
            return Some("negated".into());
        }
        let tokens = &scene.reading.tokens;
        let (first, last) = (tokens.get(candidate.first)?, tokens.get(candidate.last)?);
        for (number, start, end) in shields {
            let Some((shield, _)) = self.shields.get(*number) else { continue };
            let reaches = match shield.scope {
                Scope::Overlap => *start <= candidate.last && *end >= candidate.first,
                Scope::Sentence => tokens.get(*start).is_some_and(|t| t.sentence == first.sentence),
                Scope::Text => true,
            };
            let concerns = shield.acts.is_empty() || shield.acts.contains(&candidate.act);
            if reaches && concerns && !(shield.weak && candidate.strength == Strength::Strong) {
                return Some(shield.reason.clone());
            }
        }
        let any_voice = self.rules.get(candidate.rule).is_some_and(|(rule, _)| rule.any_voice);
        let near = |at: usize| tokens.get(at).is_some_and(|t| t.sentence.abs_diff(first.sentence) <= 1);
        let inside_quote = |at: usize| first.quote != 0 && tokens.get(at).is_some_and(|t| t.quote == first.quote);
        let seconded = (0..tokens.len()).any(|at| near(at) && !inside_quote(at) && scene.has(at, self.symbols.endorse));
        // « Selon lui …. Selon moi … »: the author's own voice counts in its sentence, before the words.
        let own = (0..candidate.first.min(tokens.len())).any(|at| {
            tokens.get(at).is_some_and(|t| t.sentence == first.sentence)
                && !inside_quote(at)
                && scene.has(at, self.symbols.own_voice)
        });
        let endorsed = seconded || own;
        let outside = |at: usize| at < candidate.first || at > candidate.last;
        // From one quotation into the next as well: « Sale … », « sale … ».
        if first.quote != 0 && last.quote != 0 {
            let around = tokens.iter().filter(|t| !(first.quote..=last.quote).contains(&t.quote)).count();
            if around > 0 && !seconded && !any_voice {
                return Some("quoted".into());
            }
        }
        // « on le dit en face »: a verb of saying inside the author's own formula is no report.
        let voiced: BTreeSet<usize> = gather(
            (0..tokens.len())
                .flat_map(|at| {
                    [self.symbols.own_voice, self.symbols.endorse].map(|symbol| (at, scene.mark(at, symbol)))
                })
                .filter_map(|(at, mark)| mark.map(|mark| at..at + usize::from(mark.length)))
                .flatten(),
        );
        let reported = (0..tokens.len()).any(|at| {
            // A denial speaks of writings and films itself: only who is named before it counts.
            let counts = match candidate.act {
                Act::Denial | Act::DenialOther => at < candidate.first,
                _ => !candidate.named.contains(&at),
            };
            counts
                && !voiced.contains(&at)
                && scene.has(at, self.symbols.report)
                && tokens.get(at).is_some_and(|t| t.sentence == first.sentence)
                && at <= candidate.last + 6
        });
        if reported && !endorsed && !any_voice {
            return Some("reported".into());
        }
        let covered: BTreeSet<usize> = gather(
            (0..tokens.len())
                .filter_map(|at| scene.mark(at, self.symbols.not_meta).map(|mark| at..at + usize::from(mark.length)))
                .flatten(),
        );
        let spoken_about = (0..tokens.len()).any(|at| {
            !candidate.named.contains(&at) && near(at) && !covered.contains(&at) && scene.has(at, self.symbols.meta)
        });
        // Naming a court does not turn a threat into a comment on threats.
        let aimed = matches!(
            candidate.act,
            Act::ThreatDeath | Act::ThreatViolence | Act::ThreatCondition | Act::ThreatDestroy | Act::Disclosure
        );
        if spoken_about && !endorsed && !aimed {
            return Some("counter_speech".into());
        }
        let condemned = (0..tokens.len()).any(|at| outside(at) && near(at) && scene.has(at, self.symbols.condemn));
        if condemned && candidate.strength == Strength::Soft && !endorsed {
            return Some("counter_speech".into());
        }
        None
    }
}

fn swap<A, B>(pair: Result<(A, B), DataError>) -> Result<(B, A), DataError> {
    pair.map(|(a, b)| (b, a))
}
