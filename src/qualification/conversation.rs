//! What a suggestion rests on, element by element, and what is worth asking.

use serde::{Deserialize, Serialize};

use super::{Code, Facts, Outcome, Reason, Suggestion};
use crate::{
    base::Lang,
    law::{Offence, ShownBy},
};

/// One element of an offence, as far as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
    /// Whether it is there.
    pub state: ElementState,
    /// The words that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<String>,
}

/// Whether an element is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ElementState {
    /// « Réuni », as far as the words and the answers go.
    Met,
    /// « Manquant » : an answer excludes it.
    Missing,
    /// Nobody has said.
    Asked,
    /// Only a court can say.
    Court,
}

/// The elements of a suggestion's offence, in the statute's order.
pub fn elements(offence: &Offence, suggestion: &Suggestion, facts: &Facts) -> Vec<Element> {
    let texts = offence.elements(Lang::Fr).iter().zip(offence.elements(Lang::En));
    let element = |((fr, en), by): ((&String, &String), &ShownBy)| {
        let (state, quotes) = shown(*by, suggestion, facts);
        Element { fr: fr.clone(), en: en.clone(), state, quotes }
    };
    texts.zip(&offence.shown_by).map(element).collect()
}

/// The three or four questions that matter for what was read, the ground first; names of [`Facts`] and of
/// [`Answers`](super::Answers) fields.
pub fn asks(read: &Outcome) -> &'static [&'static str] {
    match read.suggestions.first().map(|first| first.code) {
        Some(Code::Menace | Code::Harc) => &["addressed_to_person", "repeated", "public"],
        Some(Code::Dox) => &["addressed_to_person", "public", "repeated"],
        Some(Code::Neg | Code::Apocrim | Code::Terr) => &["public", "addressed_to_person"],
        Some(Code::Discri) => &["ground", "public"],
        _ => &["ground", "call", "fact", "public"],
    }
}

fn shown(by: ShownBy, suggestion: &Suggestion, facts: &Facts) -> (ElementState, Vec<String>) {
    use ElementState::{Asked, Court, Met, Missing};
    let said = |answer: Option<bool>| match answer {
        Some(true) => Met,
        Some(false) => Missing,
        None => Asked,
    };
    let quoted = |wanted: fn(&Reason) -> bool| -> Vec<String> {
        let mut quotes: Vec<String> = vec![];
        for quote in suggestion.because.iter().filter(|it| wanted(it)).filter_map(|reason| reason.quote.clone()) {
            if !quotes.contains(&quote) {
                quotes.push(quote);
            }
        }
        quotes
    };
    let answers = &facts.answers;
    match by {
        ShownBy::Words => (Met, quoted(|reason| reason.code.starts_with("act_"))),
        ShownBy::Public => (said(facts.public), vec![]),
        ShownBy::NotPublic => (said(facts.public.map(|public| !public)), vec![]),
        ShownBy::Ground if answers.groundless => (Missing, vec![]),
        ShownBy::Ground if suggestion.ground.is_some() => {
            (Met, quoted(|reason| reason.code == "ground" || reason.code == "slur"))
        }
        ShownBy::Ground => (Asked, vec![]),
        ShownBy::NoGround if answers.ground.is_some() => (Missing, vec![]),
        ShownBy::NoGround => (if answers.groundless { Met } else { Asked }, vec![]),
        ShownBy::Person => (said(facts.addressed_to_person), vec![]),
        ShownBy::Repetition => {
            let several = facts.authors.map(|authors| authors > 1);
            (
                said(match (facts.repeated, several) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (repeated, several) => repeated.or(several),
                }),
                vec![],
            )
        }
        ShownBy::NoCall => (said(answers.call.map(|call| !call)), vec![]),
        ShownBy::Writing | ShownBy::Always => (Met, vec![]),
        ShownBy::Court => (Court, vec![]),
    }
}

#[cfg(test)]
#[path = "../../tests/unit/qualification/conversation.rs"]
mod tests;
