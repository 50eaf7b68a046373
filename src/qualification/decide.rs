//! Candidates + facts → at most two suggestions: the ordered decision rules of a French lawyer.
//!
//! Terrorism, threat to a person, pack, disclosure, call, praise of a crime, denial, alleged fact, insult; then « not public » moves
//! provocation, defamation and insult to their contraventions. The first that fits comes first unless it only hints and a later one is plain.

use std::cmp::Reverse;

use crate::base::sort;
use crate::law::{Ground, GroundList};

use super::{
    Code, Facts, Outcome, Reason, State, Suggestion,
    engine::{Act, Candidate, Cleared, Engine, Strength},
    reason,
    scene::Scene,
};

pub(super) fn decide(
    engine: &Engine,
    scene: &Scene,
    facts: &Facts,
    candidates: &[Candidate],
    cleared: &[Cleared],
) -> Outcome {
    let mut weighed: Vec<Weighed<'_>> =
        candidates.iter().filter_map(|c| Weighed::new(engine, scene, facts, c)).collect();
    // A plain later rule beats a hint from an earlier one; among equals the lawyer's order decides, then the place in the text.
    let order = |w: &Weighed| {
        (Reverse(w.candidate.strength.min(Strength::Firm)), w.rank, Reverse(w.candidate.strength), w.candidate.first)
    };
    sort(&mut weighed, |one, other| order(one).cmp(&order(other)));
    let mut suggestions: Vec<Suggestion> = vec![];
    for one in &weighed {
        if suggestions.len() == 2 {
            break;
        }
        if suggestions.iter().all(|s| s.code != one.code && s.offence != one.offence) {
            suggestions.push(one.suggestion(engine, scene, facts, &weighed));
        }
    }
    // An ordinary insult beside an offence with a ground says nothing more.
    if let [first, second] = suggestions.as_slice()
        && matches!(second.code, Code::InjSimple)
        && first.ground.is_some()
    {
        suggestions.truncate(1);
    }
    let mut ruled_out: Vec<Reason> = vec![];
    for aside in cleared {
        let reason = reason::ruled_out(scene, aside);
        if !ruled_out.iter().any(|known| known.code == reason.code) {
            ruled_out.push(reason);
        }
    }
    if scene.reading.truncated {
        ruled_out.push(reason::plain("text_truncated"));
    }
    if suggestions.is_empty()
        && let Some((first, last)) = scene.hard_on_an_idea(&engine.symbols)
    {
        ruled_out.push(reason::quoting(scene, "idea_or_institution", first, last));
    }
    if suggestions.is_empty() && ruled_out.is_empty() {
        ruled_out.push(reason::plain(if scene.slots.is_empty() { "text_empty" } else { "nothing_found" }));
    }
    let first = suggestions.first();
    Outcome {
        state: first.map_or(State::None, |s| s.state),
        code: first.map_or(Code::None, |s| s.code),
        ground: first.and_then(|s| s.ground),
        questions: questions(facts, first),
        suggestions,
        ruled_out,
    }
}

/// An outcome without anything in it.
pub(super) fn nothing() -> Outcome {
    Outcome {
        state: State::None,
        code: Code::None,
        ground: None,
        suggestions: vec![],
        ruled_out: vec![reason::plain("nothing_found")],
        questions: vec![],
    }
}

/// Offence, category and place in the lawyer's order of what a text does; `None` when the facts of the case rule it out.
pub(super) fn offence(
    act: Act,
    ground: Option<Ground>,
    to_elected: bool,
    facts: &Facts,
) -> Option<(&'static str, Code, u8)> {
    let list = ground.map(Ground::list);
    let hidden = facts.public == Some(false);
    Some(match act {
        // Praise and denial exist only in public.
        Act::PraiseTerror | Act::PraiseCrime | Act::Denial | Act::DenialOther if hidden => return None,
        Act::PraiseTerror | Act::CallTerror => ("apologie_terrorisme", Code::Terr, 0),
        Act::ThreatCondition | Act::ThreatDeath | Act::ThreatViolence | Act::ThreatDestroy if to_elected => {
            ("menace_elu_agent_public", Code::Menace, 10)
        }
        Act::ThreatCondition => ("menace_sous_condition", Code::Menace, 10),
        Act::ThreatDeath => ("menace_mort", Code::Menace, 11),
        Act::ThreatViolence => ("menace_crime_delit", Code::Menace, 12),
        Act::ThreatDestroy => ("menace_destruction", Code::Menace, 13),
        Act::PileOn | Act::Suicide => ("cyberharcelement", Code::Harc, 20),
        Act::Disclosure => ("divulgation_malveillante_donnees", Code::Dox, 19),
        Act::Offer => ("discrimination_offre_en_ligne", Code::Discri, 35),
        Act::CallCrime if ground.is_none() => ("provocation_crime_delit_directe", Code::Prov, 40),
        Act::CallCrime | Act::CallViolence | Act::CallDiscrimination | Act::CallHate => match (hidden, list?) {
            (true, _) => ("provocation_non_publique", Code::Nonpub, 41),
            (false, GroundList::A) => ("provocation_haine_origine_religion", Code::Prov, 41),
            (false, GroundList::B) => ("provocation_haine_sexe_orientation_handicap", Code::Prov, 41),
        },
        Act::PraiseCrime => ("apologie_crimes", Code::Apocrim, 50),
        Act::Denial => ("contestation_crime_humanite", Code::Neg, 60),
        Act::DenialOther => ("negation_autres_crimes", Code::Neg, 61),
        Act::Fact => match (hidden, list?) {
            (true, _) => ("diffamation_non_publique_discriminatoire", Code::Nonpub, 70),
            (false, GroundList::A) => ("diffamation_publique_origine_religion", Code::Diff, 70),
            (false, GroundList::B) => ("diffamation_publique_sexe_orientation_handicap", Code::Diff, 70),
        },
        Act::Dehumanise | Act::Slur | Act::Insult => match (hidden, list?) {
            (true, _) => ("injure_non_publique_discriminatoire", Code::Nonpub, 80),
            (false, GroundList::A) => ("injure_publique_origine_religion", Code::Inj, 80),
            (false, GroundList::B) => ("injure_publique_sexe_orientation_handicap", Code::Inj, 80),
        },
        Act::FactPerson if hidden => ("diffamation_non_publique_simple", Code::DiffSimple, 75),
        Act::FactPerson => ("diffamation_publique_particulier", Code::DiffSimple, 75),
        Act::InsultPerson if hidden => ("injure_non_publique_simple", Code::InjSimple, 90),
        Act::InsultPerson => ("injure_publique_particulier", Code::InjSimple, 90),
    })
}

struct Weighed<'a> {
    candidate: &'a Candidate,
    offence: &'static str,
    code: Code,
    rank: u8,
}

impl<'a> Weighed<'a> {
    fn new(engine: &Engine, scene: &Scene, facts: &Facts, candidate: &'a Candidate) -> Option<Self> {
        let rule = engine.rules.get(candidate.rule).map(|(rule, _)| rule)?;
        let pack = is_pack(facts) && to_a_person(scene, facts);
        if rule.pack && !pack {
            return None;
        }
        let to_elected = scene.present.contains(&engine.symbols.elected);
        let (offence, code, rank) = offence(candidate.act, candidate.ground, to_elected, facts)?;
        // A pack is a fact of the case: hostile words to one person, from several authors or again and again.
        let (offence, code, rank) =
            if pack && rank >= 75 { ("cyberharcelement", Code::Harc, 20) } else { (offence, code, rank) };
        Some(Self { candidate, offence, code, rank })
    }

    fn suggestion(&self, engine: &Engine, scene: &Scene, facts: &Facts, all: &[Weighed<'_>]) -> Suggestion {
        let mut because = vec![];
        if let Some((rule, _)) = engine.rules.get(self.candidate.rule) {
            because.push(reason::act(scene, self.candidate.act, self.candidate.first, self.candidate.last));
            if rule.id.starts_with("slur") {
                because
                    .extend(self.candidate.ground_at.map(|(first, last)| reason::quoting(scene, "slur", first, last)));
            }
        }
        if let Some(ground) = self.candidate.ground {
            because.push(reason::ground(scene, ground, self.candidate.ground_at));
        }
        let span = self.candidate.first..=self.candidate.last;
        let repaired = scene.reading.tokens.get(span).unwrap_or_default().iter().find(|token| token.repaired);
        if let Some(token) = repaired {
            because.push(reason::repaired(scene, token));
        }
        because.extend(reason::facts(facts, self.code));
        let contradicted =
            all.iter().any(|other| other.code != self.code && other.candidate.strength > self.candidate.strength);
        let strong = self.candidate.strength == Strength::Strong
            && !self.candidate.clouded
            && repaired.is_none()
            && !contradicted;
        Suggestion {
            offence: self.offence.to_owned(),
            code: self.code,
            ground: self.candidate.ground,
            state: if strong { State::Strong } else { State::ToCheck },
            because,
        }
    }
}

fn is_pack(facts: &Facts) -> bool {
    facts.authors.is_some_and(|authors| authors >= 3) || facts.repeated == Some(true)
}

fn to_a_person(scene: &Scene, facts: &Facts) -> bool {
    facts.addressed_to_person == Some(true)
        || (facts.addressed_to_person.is_none() && scene.reading.tokens.iter().any(|token| token.norm == "@"))
}

/// The facts that would change the answer and that nobody gave.
pub(super) fn questions(facts: &Facts, first: Option<&Suggestion>) -> Vec<String> {
    let Some(first) = first else { return vec![] };
    let publicity = matches!(
        first.code,
        Code::Inj
            | Code::Diff
            | Code::Prov
            | Code::InjSimple
            | Code::DiffSimple
            | Code::Neg
            | Code::Apocrim
            | Code::Terr
    );
    let person =
        matches!(first.code, Code::Inj | Code::InjSimple | Code::Menace | Code::Harc | Code::Diff | Code::Nonpub);
    [
        (publicity && facts.public.is_none(), "public"),
        (person && facts.addressed_to_person.is_none(), "addressed_to_person"),
        (person && facts.authors.is_none(), "authors"),
        (person && facts.repeated.is_none(), "repeated"),
    ]
    .into_iter()
    .filter(|(asked, _)| *asked)
    .map(|(_, name)| name.to_owned())
    .collect()
}
