use super::*;
use crate::qualification::suggest;

const INSULT: &str = "Ces sales immigrés sont des parasites.";

fn answered(change: impl FnOnce(&mut Facts)) -> Facts {
    let mut facts = Facts { public: Some(true), ..Facts::default() };
    change(&mut facts);
    facts
}

fn offences(text: &str, facts: &Facts) -> Vec<String> {
    settle(suggest(text, None, facts), facts).suggestions.into_iter().map(|suggestion| suggestion.offence).collect()
}

fn suggested(offence: &str, ground: Option<Ground>) -> Outcome {
    let suggestion = Suggestion {
        offence: offence.to_owned(),
        code: code(offence),
        ground,
        state: State::Strong,
        because: vec![Reason { code: "ground".to_owned(), quote: None, span: None, text: String::new() }],
    };
    Outcome {
        state: State::Strong,
        code: suggestion.code,
        ground,
        suggestions: vec![suggestion],
        ruled_out: vec![],
        questions: vec![],
    }
}

fn one(outcome: &Outcome, facts: &Facts) -> Option<String> {
    settle(outcome.clone(), facts).suggestions.first().map(|first| first.offence.clone())
}

#[test]
fn without_an_answer_nothing_changes() {
    let facts = answered(|_| {});
    let outcome = suggest(INSULT, None, &facts);
    assert_eq!(settle(outcome.clone(), &facts), outcome);
}

#[test]
fn the_ground_decides_the_list() {
    let insult = suggested("injure_publique_origine_religion", Some(Ground::Religion));
    let facts = answered(|facts| facts.answers.ground = Some(Ground::Disability));
    assert_eq!(one(&insult, &facts).as_deref(), Some("injure_publique_sexe_orientation_handicap"));
    let settled = settle(insult.clone(), &facts);
    assert_eq!((settled.state, settled.ground), (State::ToCheck, Some(Ground::Disability)));
    assert!(settled.suggestions[0].because.iter().all(|reason| reason.code != "ground"), "what the machine read of it");
    let facts = answered(|facts| facts.answers.ground = Some(Ground::Religion));
    assert_eq!(settle(insult.clone(), &facts), insult, "an answer that agrees changes nothing");
}

#[test]
fn no_ground_is_an_ordinary_insult_of_a_person_or_nothing() {
    let insult = suggested("injure_publique_origine_religion", Some(Ground::Origin));
    let facts = answered(|facts| facts.answers.groundless = true);
    assert_eq!(one(&insult, &facts).as_deref(), Some("injure_publique_particulier"));
    let facts = answered(|facts| {
        facts.answers.groundless = true;
        facts.addressed_to_person = Some(false);
    });
    let settled = settle(insult, &facts);
    assert_eq!((settled.state, settled.code), (State::None, Code::None));
    assert!(settled.ruled_out.iter().any(|reason| reason.code == "answered_groundless"));
    let call = suggested("provocation_haine_origine_religion", Some(Ground::Origin));
    assert_eq!(one(&call, &answered(|facts| facts.answers.groundless = true)), None);
}

#[test]
fn a_call_comes_before_a_fact_and_a_fact_before_an_insult() {
    let ground = Some(Ground::Sex);
    for (from, call, fact, to) in [
        ("injure_publique", Some(true), None, "provocation_haine"),
        ("injure_publique", Some(true), Some(true), "provocation_haine"),
        ("injure_publique", None, Some(true), "diffamation_publique"),
        ("injure_publique", Some(false), Some(false), "injure_publique"),
        ("provocation_haine", Some(false), None, "injure_publique"),
        ("provocation_haine", Some(false), Some(true), "diffamation_publique"),
        ("provocation_haine", None, Some(true), "provocation_haine"),
        ("diffamation_publique", None, Some(false), "injure_publique"),
        ("diffamation_publique", None, None, "diffamation_publique"),
    ] {
        let outcome = suggested(&format!("{from}_sexe_orientation_handicap"), ground);
        let facts = answered(|facts| {
            facts.answers.call = call;
            facts.answers.fact = fact;
            facts.answers.ground = ground;
        });
        assert_eq!(one(&outcome, &facts), Some(format!("{to}_sexe_orientation_handicap")), "{from} {call:?} {fact:?}");
    }
}

#[test]
fn words_that_are_not_public_are_minor_offences() {
    let hidden = |change: fn(&mut Facts)| {
        answered(|facts| {
            facts.public = Some(false);
            facts.answers.ground = Some(Ground::Origin);
            change(facts);
        })
    };
    let insult = suggested("injure_non_publique_discriminatoire", Some(Ground::Origin));
    let call = hidden(|facts| facts.answers.call = Some(true));
    assert_eq!(one(&insult, &call).as_deref(), Some("provocation_non_publique"));
    let fact = hidden(|facts| facts.answers.fact = Some(true));
    assert_eq!(one(&insult, &fact).as_deref(), Some("diffamation_non_publique_discriminatoire"));
    let none = hidden(|facts| {
        facts.answers.ground = None;
        facts.answers.groundless = true;
    });
    assert_eq!(one(&insult, &none).as_deref(), Some("injure_non_publique_simple"));
}

#[test]
fn every_offence_of_an_answer_takes_its_ground() {
    for speech in [Speech::Call, Speech::Fact, Speech::Insult] {
        for ground in Ground::ALL.into_iter().map(Some).chain([None]) {
            for public in [None, Some(true), Some(false)] {
                let Some(id) = speech.offence(ground, &Facts { public, ..Facts::default() }) else { continue };
                let offence = catalogue().offence(id).unwrap();
                assert!(ground.is_none_or(|ground| offence.takes_ground(ground)), "{id}");
                assert_eq!(ground.is_some(), offence.grounds != crate::law::Grounds::None, "{id}");
                assert!(Speech::of(id) == Some(speech), "{id}");
            }
        }
    }
}

#[test]
fn threats_and_praise_are_not_what_the_answers_are_about() {
    let threat = suggested("menace_mort", None);
    let facts = answered(|facts| facts.answers.call = Some(true));
    assert_eq!(settle(threat.clone(), &facts).suggestions, threat.suggestions);
}

#[test]
fn where_nothing_was_noticed_the_person_may_say_what_they_see_and_it_stays_to_be_checked() {
    let lawful = "Bonjour à tous.";
    assert!(offences(lawful, &answered(|facts| facts.answers.ground = Some(Ground::Religion))).is_empty());
    let facts = answered(|facts| {
        facts.answers.ground = Some(Ground::Religion);
        facts.answers.call = Some(true);
    });
    let settled = settle(suggest(lawful, None, &facts), &facts);
    assert_eq!(settled.suggestions[0].offence, "provocation_haine_origine_religion");
    assert_eq!(settled.state, State::ToCheck);
    assert!(settled.suggestions[0].because.iter().all(|reason| ANSWER_CODES.contains(&reason.code.as_str())));
    assert!(offences(lawful, &answered(|facts| facts.answers.call = Some(true))).is_empty(), "a call without a ground");
}

#[test]
fn answers_survive_as_they_are_kept() {
    let facts = answered(|facts| facts.answers.ground = Some(Ground::Nation));
    let kept = serde_json::to_value(&facts).unwrap();
    assert_eq!(kept["answers"], serde_json::json!({ "ground": "nation" }));
    assert_eq!(serde_json::from_value::<Facts>(kept).unwrap(), facts);
    assert_eq!(serde_json::to_value(Facts::default()).unwrap(), serde_json::json!({}));
}
