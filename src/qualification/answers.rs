//! What the person answers about the words themselves: it outweighs what a machine reads, and is never guessed.

use serde::{Deserialize, Serialize};

use super::{Code, Facts, Outcome, Reason, State, Suggestion};
use crate::{
    base::Lang,
    law::{Ground, GroundList, catalogue},
};

/// Codes of the reasons that rest on an answer; the pages translate `reason_<code>`.
pub const ANSWER_CODES: &[&str] = &[
    "answered_call",
    "answered_fact",
    "answered_ground",
    "answered_groundless",
    "answered_no_call",
    "answered_no_fact",
];

/// What the person says of the words. The ground comes before the offence: the wrong list cannot be mended in court.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Why the person or the group is targeted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<Ground>,
    /// For none of the protected grounds.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub groundless: bool,
    /// Is there a call to reject, discriminate, hate or attack?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<bool>,
    /// Is there a precise fact that could be checked?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<bool>,
}

impl Answers {
    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The outcome with the answers taken into account. Where they leave an offence without what it needs, it is set aside; what
/// rests on an answer is never more than « à vérifier ».
pub fn settle(outcome: Outcome, facts: &Facts) -> Outcome {
    if facts.answers.is_empty() {
        return outcome;
    }
    let Outcome { suggestions, mut ruled_out, questions, .. } = outcome;
    let mut kept: Vec<Suggestion> = vec![];
    for suggestion in &suggestions {
        match settled(suggestion, facts) {
            Some(settled) if kept.iter().all(|known| known.offence != settled.offence) => kept.push(settled),
            Some(_) => {}
            None => ruled_out.extend(reasons(suggestion.ground, facts)),
        }
    }
    if suggestions.is_empty() {
        kept.extend(proposed(facts));
    }
    let first = kept.first();
    Outcome {
        state: first.map_or(State::None, |first| first.state),
        code: first.map_or(Code::None, |first| first.code),
        ground: first.and_then(|first| first.ground),
        suggestions: kept,
        ruled_out,
        questions,
    }
}

/// What words do to their target; the three are told apart by the answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Speech {
    Call,
    Fact,
    Insult,
}

impl Speech {
    fn of(offence: &str) -> Option<Self> {
        match offence {
            "injure_publique_corps_fonction" => None,
            id if id.starts_with("provocation_haine_") || id == "provocation_non_publique" => Some(Self::Call),
            id if id.starts_with("diffamation_") => Some(Self::Fact),
            id if id.starts_with("injure_") => Some(Self::Insult),
            _ => None,
        }
    }

    /// A call counts before a fact, a fact before an insult: the order of a lawyer.
    fn answered(self, answers: &Answers) -> Self {
        match (answers.call, answers.fact, self) {
            (Some(true), _, _) => Self::Call,
            (None, _, Self::Call) => Self::Call,
            (_, Some(true), _) => Self::Fact,
            (_, None, Self::Fact) => Self::Fact,
            _ => Self::Insult,
        }
    }

    fn offence(self, ground: Option<Ground>, facts: &Facts) -> Option<&'static str> {
        let hidden = facts.public == Some(false);
        Some(match (self, ground.map(Ground::list), hidden) {
            // Without a protected ground nobody is called upon to hate in the sense of article 24.
            (Self::Call, None, _) => return None,
            (Self::Call, Some(_), true) => "provocation_non_publique",
            (Self::Call, Some(GroundList::A), false) => "provocation_haine_origine_religion",
            (Self::Call, Some(GroundList::B), false) => "provocation_haine_sexe_orientation_handicap",
            // Nor is a crowd without a protected ground insulted or defamed: a person must be.
            (_, None, _) if facts.addressed_to_person == Some(false) => return None,
            (Self::Fact, None, false) => "diffamation_publique_particulier",
            (Self::Fact, None, true) => "diffamation_non_publique_simple",
            (Self::Fact, Some(_), true) => "diffamation_non_publique_discriminatoire",
            (Self::Fact, Some(GroundList::A), false) => "diffamation_publique_origine_religion",
            (Self::Fact, Some(GroundList::B), false) => "diffamation_publique_sexe_orientation_handicap",
            (Self::Insult, None, false) => "injure_publique_particulier",
            (Self::Insult, None, true) => "injure_non_publique_simple",
            (Self::Insult, Some(_), true) => "injure_non_publique_discriminatoire",
            (Self::Insult, Some(GroundList::A), false) => "injure_publique_origine_religion",
            (Self::Insult, Some(GroundList::B), false) => "injure_publique_sexe_orientation_handicap",
        })
    }
}

fn settled(suggestion: &Suggestion, facts: &Facts) -> Option<Suggestion> {
    let answers = &facts.answers;
    let Some(speech) = Speech::of(&suggestion.offence) else { return Some(suggestion.clone()) };
    let ground = if answers.groundless { None } else { answers.ground.or(suggestion.ground) };
    let offence = speech.answered(answers).offence(ground, facts)?;
    if offence == suggestion.offence && ground == suggestion.ground {
        return Some(suggestion.clone());
    }
    let mut because = reasons(suggestion.ground, facts);
    // The words stay; what a machine said of their ground does not, once the person said otherwise.
    because.extend(suggestion.because.iter().filter(|it| ground == suggestion.ground || it.code != "ground").cloned());
    Some(Suggestion { offence: offence.to_owned(), code: code(offence), ground, state: State::ToCheck, because })
}

/// Where the engine noticed nothing (a picture, an irony), the person's own reading is taken, as a thing to check.
fn proposed(facts: &Facts) -> Option<Suggestion> {
    let answers = &facts.answers;
    let speech = match (answers.call, answers.fact) {
        (Some(true), _) => Speech::Call,
        (_, Some(true)) => Speech::Fact,
        _ => return None,
    };
    let offence = speech.offence(answers.ground, facts)?;
    Some(Suggestion {
        offence: offence.to_owned(),
        code: code(offence),
        ground: answers.ground,
        state: State::ToCheck,
        because: reasons(None, facts),
    })
}

fn code(offence: &str) -> Code {
    catalogue().offence(offence).map_or(Code::None, |offence| offence.code)
}

fn reasons(read: Option<Ground>, facts: &Facts) -> Vec<Reason> {
    let answers = &facts.answers;
    let reason = |code: &str, text: String| Reason { code: code.to_owned(), quote: None, span: None, text };
    let mut reasons = vec![];
    match answers.ground {
        _ if answers.groundless => {
            reasons.push(reason("answered_groundless", "Selon vous, aucun critère protégé n’est en cause.".to_owned()));
        }
        Some(ground) if read != Some(ground) => {
            let because = ground.because(Lang::Fr);
            reasons
                .push(reason("answered_ground", format!("Selon vous, la personne ou le groupe est visé {because}.")));
        }
        _ => {}
    }
    for (answer, yes, no, said_yes, said_no) in [
        (
            answers.call,
            "answered_call",
            "answered_no_call",
            "Selon vous, ces mots appellent à rejeter, à haïr ou à agir.",
            "Selon vous, ces mots n’appellent à rien.",
        ),
        (
            answers.fact,
            "answered_fact",
            "answered_no_fact",
            "Selon vous, ces mots affirment un fait précis, que l’on pourrait vérifier.",
            "Selon vous, ces mots n’affirment aucun fait précis.",
        ),
    ] {
        match answer {
            Some(true) => reasons.push(reason(yes, said_yes.to_owned())),
            Some(false) => reasons.push(reason(no, said_no.to_owned())),
            None => {}
        }
    }
    reasons
}

#[cfg(test)]
#[path = "../../tests/unit/qualification/answers.rs"]
mod tests;
