//! Two voices, one answer: a strong sign needs both; where they disagree the tool asks, or says nothing.
//!
//! The limits were measured on sentences that neither voice had seen (`tests/bench/qualification/RESULTS.md`).

use crate::law::Ground;

use super::{
    Code, Facts, Outcome, State, Suggestion, decide,
    engine::{Act, Candidate, Engine, Strength},
    reason,
    scene::Scene,
    voice::Opinion,
};

/// Limits, in log-odds of the second voice.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Under this, what rules find near each other, hint at, say in clear words, hold for hardly anything else, is not said.
    pub doubt: [f32; 4],
    /// From this on a sign of the rules is strong, by the same four.
    pub confirm: [f32; 4],
    /// From this on the second voice speaks where the rules found nothing.
    pub alone: f32,
    /// The same in a post that calls somebody by « @ » or carries a link: the register of the real posts that it was trained on.
    pub alone_in_talk: f32,
    /// From this on it also speaks where the rules set words aside.
    pub against: f32,
}

/// The limits that ship.
pub const LIMITS: Limits = Limits {
    doubt: [1.0, 0.5, -0.5, -1.0],
    confirm: [99.0, 99.0, 3.0, 0.5],
    alone: 2.0,
    alone_in_talk: 0.0,
    against: 2.0,
};

/// What the answer is about.
pub(super) struct Place<'a> {
    pub engine: &'a Engine,
    pub scene: &'a Scene,
    pub facts: &'a Facts,
}

/// The answer of the rules, after the second voice was heard.
pub(super) fn agree(
    place: &Place<'_>,
    mut outcome: Outcome,
    kept: &[Candidate],
    opinion: &Opinion,
    limits: &Limits,
) -> Outcome {
    let Some(first) = outcome.suggestions.first_mut() else {
        let aside =
            outcome.ruled_out.iter().any(|reason| !matches!(reason.code.as_str(), "nothing_found" | "text_truncated"));
        let talk = place.scene.reading.tokens.iter().any(|token| matches!(token.norm.as_str(), "@" | "url" | "rt"));
        let least = match (aside, talk) {
            (true, _) => limits.against,
            (_, true) => limits.alone_in_talk,
            _ => limits.alone,
        };
        return if opinion.hostile >= least && opinion.code != Code::None { alone(place, opinion) } else { outcome };
    };
    let strength = kept.iter().map(|candidate| candidate.strength).max().unwrap_or(Strength::Faint) as usize;
    // Contempt, blame and calls are what the first question was trained on most; the others are told better by the second.
    let heard = match first.code {
        Code::Inj | Code::Prov | Code::Diff => opinion.hostile,
        _ => opinion.hostile.max(opinion.named),
    };
    let limit = |of: &[f32; 4]| of.get(strength).copied().unwrap_or(0.0);
    if heard < limit(&limits.doubt) {
        let span = first.because.first().cloned();
        let aside = super::Reason {
            quote: span.as_ref().and_then(|r| r.quote.clone()),
            span: span.and_then(|r| r.span),
            ..reason::plain("voices_disagree")
        };
        outcome.ruled_out.insert(0, aside);
        return Outcome {
            state: State::None,
            code: Code::None,
            ground: None,
            suggestions: vec![],
            ruled_out: outcome.ruled_out,
            questions: vec![],
        };
    }
    first.state = if heard >= limit(&limits.confirm) { State::Strong } else { State::ToCheck };
    outcome.state = first.state;
    outcome
}

/// What the second voice would say if there were no rules: for the measures.
pub(super) fn alone_or_silent(place: &Place<'_>, opinion: &Opinion) -> Outcome {
    if opinion.hostile.max(opinion.named) > 0.0 { alone(place, opinion) } else { decide::nothing() }
}

/// What the second voice says by itself: never more than « à vérifier ».
pub(super) fn alone(place: &Place<'_>, opinion: &Opinion) -> Outcome {
    let Place { engine, scene, facts } = place;
    let named = scene.groups.first().map(|(at, mark)| (*at, *mark));
    let ground: Option<Ground> = named.and_then(|(_, mark)| mark.ground);
    let act = match opinion.code {
        Code::Inj | Code::Nonpub => Act::Insult,
        Code::Diff => Act::Fact,
        Code::Prov => Act::CallDiscrimination,
        Code::Neg => Act::Denial,
        Code::Apocrim => Act::PraiseCrime,
        Code::Terr => Act::PraiseTerror,
        Code::Menace => Act::ThreatViolence,
        Code::Harc => Act::PileOn,
        Code::Dox => Act::Disclosure,
        Code::Discri => Act::Offer,
        Code::DiffSimple => Act::FactPerson,
        Code::InjSimple | Code::None => Act::InsultPerson,
    };
    let elected = scene.present.contains(&engine.symbols.elected);
    let found = decide::offence(act, ground, elected, facts)
        .or_else(|| decide::offence(Act::InsultPerson, None, elected, facts));
    let Some((offence, code, _)) = found else { return decide::nothing() };
    let mut because = vec![match opinion.at {
        Some(at) => reason::quoting(scene, "voice_alike", at, at),
        None => reason::plain("voice_alike"),
    }];
    because.extend(
        ground.map(|ground| {
            reason::ground(scene, ground, named.map(|(at, mark)| (at, at + usize::from(mark.length) - 1)))
        }),
    );
    because.extend(reason::facts(facts, code));
    let suggestion = Suggestion { offence: offence.to_owned(), code, ground, state: State::ToCheck, because };
    Outcome {
        state: State::ToCheck,
        code,
        ground,
        questions: decide::questions(facts, Some(&suggestion)),
        suggestions: vec![suggestion],
        ruled_out: vec![],
    }
}
