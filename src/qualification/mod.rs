//! Post + facts → suggestions, each with the elements for and against; the user's decision.

use serde::{Deserialize, Serialize};

pub use crate::law::Code;
use crate::law::Ground;

mod agree;
mod answers;
mod conversation;
mod decide;
mod engine;
mod features;
mod lexicon;
mod line;
mod pattern;
mod read;
mod reason;
mod scene;
mod voice;

pub use agree::{LIMITS, Limits};
pub use answers::{ANSWER_CODES, Answers, settle};
pub use conversation::{Element, ElementState, asks, elements};
pub use features::{Feature, Kind};
pub use line::{QualifyError, answer_line, answer_line_by, error_line, facts_of};
pub use reason::REASON_CODES;
pub use voice::{CODE_BITS, CODES, HOSTILE_BITS, Opinion, Voice, code_bucket, hear, hostile_bucket, voice};

/// Facts of the case that the text cannot show. Asked, never guessed; unknown keys of the JSON form are ignored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Could anybody read it without being accepted first?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public: Option<bool>,
    /// Is it addressed to a determined person?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub addressed_to_person: Option<bool>,
    /// Does it answer somebody (who, or the text that it answers)?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// Did the same person receive others?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeated: Option<bool>,
    /// From how many authors?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authors: Option<u32>,
    /// Id of the platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// What the person says of the words themselves.
    #[serde(skip_serializing_if = "Answers::is_empty")]
    pub answers: Answers,
}

/// How sure a suggestion is. There is no percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing noticed. Never « légal ».
    None,
    /// « À vérifier ».
    ToCheck,
    /// « Indice fort ».
    Strong,
}

/// What the engine makes of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// State of the first suggestion; `none` without any.
    pub state: State,
    /// Code of the first suggestion.
    pub code: Code,
    /// Ground of the first suggestion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<Ground>,
    /// At most two, the likelier first.
    pub suggestions: Vec<Suggestion>,
    /// What was considered and set aside, with its reason.
    pub ruled_out: Vec<Reason>,
    /// Facts whose answer could change the outcome, the most useful first: names of [`Facts`] fields.
    pub questions: Vec<String>,
}

/// One offence that the text may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Id in the catalogue.
    pub offence: String,
    /// Coarse category.
    pub code: Code,
    /// Protected ground, if one is concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<Ground>,
    /// How sure.
    pub state: State,
    /// Why: the words and facts that it rests on.
    pub because: Vec<Reason>,
}

/// One element for or against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Stable code; the pages translate it (`reason_<code>`).
    pub code: String,
    /// The words of the post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Where they stand: character offsets (Unicode scalar values) in the original text, `[start, end)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<(u32, u32)>,
    /// One plain sentence in French.
    pub text: String,
}

/// Version of rules and lexicon; recorded with each suggestion.
pub const ENGINE_VERSION: &str = "2026.11-1";

/// Who is heard: the rules that people wrote, the voice that was trained.
#[derive(Debug, Clone, Copy)]
pub struct Ears<'a> {
    /// Are the rules?
    pub rules: bool,
    /// The second voice, if it is.
    pub voice: Option<&'a Voice>,
    /// Where it disagrees with them.
    pub limits: Limits,
}

/// Suggests at most two offences for `text`, or says why none. `lang` is only a hint: French and English are read together.
pub fn suggest(text: &str, _lang: Option<&str>, facts: &Facts) -> Outcome {
    let ears = Ears { rules: true, voice: voice(), limits: LIMITS };
    let outcome = suggest_by(&ears, text, facts);
    if ears.voice.is_some() { outcome } else { by_one_voice(outcome) }
}

/// What the rules say alone is never a strong sign.
fn by_one_voice(mut outcome: Outcome) -> Outcome {
    for state in outcome.suggestions.iter_mut().map(|suggestion| &mut suggestion.state).chain([&mut outcome.state]) {
        if *state == State::Strong {
            *state = State::ToCheck;
        }
    }
    outcome
}

/// The same, with only one of the voices or another second one: for the training and for the measures.
pub fn suggest_by(ears: &Ears<'_>, text: &str, facts: &Facts) -> Outcome {
    let Some(engine) = engine::ENGINE.as_ref() else {
        // Tests hold that the data parses; an abstention is the only honest answer without it.
        return decide::nothing();
    };
    let scene = engine.scene(text);
    let (mut kept, cleared) = engine.candidates(&scene, facts);
    if ears.voice.is_none() {
        kept.retain(|candidate| candidate.strength > engine::Strength::Faint);
    }
    let outcome = decide::decide(engine, &scene, facts, &kept, &cleared);
    let Some(voice) = ears.voice else { return outcome };
    let said = features::Heard { outcome: &outcome, kept: &kept, cleared: &cleared };
    let opinion = voice.opinion(&features::features(engine, &scene, &said, facts));
    let place = agree::Place { engine, scene: &scene, facts };
    if ears.rules {
        agree::agree(&place, outcome, &kept, &opinion, &ears.limits)
    } else {
        agree::alone_or_silent(&place, &opinion)
    }
}

/// What the second voice hears in `text`: for the training.
pub fn features(text: &str, facts: &Facts) -> Vec<Feature> {
    let Some(engine) = engine::ENGINE.as_ref() else { return vec![] };
    let scene = engine.scene(text);
    let (kept, cleared) = engine.candidates(&scene, facts);
    let outcome = decide::decide(engine, &scene, facts, &kept, &cleared);
    features::features(engine, &scene, &features::Heard { outcome: &outcome, kept: &kept, cleared: &cleared }, facts)
}

#[cfg(test)]
#[path = "../../tests/unit/qualification/mod.rs"]
mod tests;
