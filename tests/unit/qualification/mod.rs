use proptest::prelude::*;

use super::*;

fn code(text: &str) -> Code {
    suggest(text, Some("fr"), &Facts { public: Some(true), ..Facts::default() }).code
}

/// What the rules say by themselves: their examples are theirs.
fn by_rules(text: &str, facts: &Facts) -> Outcome {
    suggest_by(&Ears { rules: true, voice: None, limits: LIMITS }, text, facts)
}

#[test]
fn the_data_parses() {
    let parsed = engine::ENGINE.as_ref();
    assert!(parsed.is_some(), "{:?}", engine::Engine::load().err());
}

fn answered(rule: &str) -> &'static str {
    match rule {
        "denial_in_reply" => "Visite à Auschwitz avec la classe",
        "praise_in_reply" => "Attentat de Nice : ce que l'on sait",
        _ => "",
    }
}

#[test]
fn the_text_that_is_answered_counts() {
    let facts = |reply: &str| Facts { public: Some(true), reply_to: Some(reply.into()), ..Facts::default() };
    assert_eq!(by_rules("Le typhus et la faim, voilà tout", &facts("Voyage de classe à Auschwitz")).code, Code::Neg);
    assert_eq!(by_rules("Le typhus et la faim, voilà tout", &facts("Résultat de mes analyses")).code, Code::None);
    assert_eq!(by_rules("je vais te tuer", &facts("Tournoi de Smash demain, tu viens ?")).code, Code::None);
    assert_eq!(by_rules("je vais te tuer", &facts("J'ai témoigné hier")).code, Code::Menace);
}

#[test]
fn every_rule_finds_its_examples_and_no_contrast() {
    let engine = engine::Engine::load().unwrap();
    let mut faults = vec![];
    for (rule, _) in &engine.rules {
        if rule.yes.is_empty() || rule.no.is_empty() {
            faults.push(format!("{}: needs an example and a contrast", rule.id));
        }
        for text in &rule.yes {
            let scene = engine.scene(text);
            // A rule for answers is tried under a text that calls it up.
            let facts = Facts { reply_to: Some(answered(&rule.id).into()), ..Facts::default() };
            let (kept, _) = engine.candidates(&scene, &facts);
            if !kept.iter().any(|c| engine.rules[c.rule].0.id == rule.id) {
                faults.push(format!("{}: not found in « {text} »", rule.id));
            }
        }
        for text in &rule.no {
            let outcome = by_rules(text, &Facts::default());
            if outcome.state != State::None {
                faults.push(format!(
                    "{}: « {text} » gives {:?} {:?}",
                    rule.id, outcome.code, outcome.suggestions[0].because
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_shield_clears_its_examples_and_not_the_contrast() {
    let engine = engine::Engine::load().unwrap();
    let mut faults = vec![];
    for (shield, _) in &engine.shields {
        assert!(REASON_CODES.contains(&shield.reason.as_str()), "{}", shield.reason);
        for text in &shield.yes {
            let outcome = by_rules(text, &Facts::default());
            if outcome.state != State::None {
                faults.push(format!("{}: « {text} » gives {:?}", shield.id, outcome.code));
            }
        }
        for text in &shield.no {
            if by_rules(text, &Facts::default()).state == State::None {
                faults.push(format!("{}: « {text} » is cleared", shield.id));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn sentences_of_many_registers_hold() {
    let (mut lawful, mut accused, mut illegal, mut right) = (0, 0, 0, 0);
    for line in include_str!("../../bench/qualification/registers.jsonl").lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let answer: serde_json::Value = serde_json::from_str(&answer_line(line).unwrap()).unwrap();
        if row["expected"] == "NONE" {
            lawful += 1;
            accused += i32::from(answer["state"] != "none");
        } else {
            illegal += 1;
            right += i32::from(answer["code"] == row["expected"]);
        }
    }
    assert!(accused * 100 <= lawful, "{accused} of {lawful} lawful sentences accused");
    assert!(right * 10 >= illegal * 9, "{right} of {illegal} illegal sentences named");
}

#[test]
fn disguised_words_are_read_and_the_reading_is_shown() {
    for text in [
        "sale b0ugn0ule",
        "sale b.o.u.g.n.o.u.l.e",
        "sale b o u g n o u l e",
        "saaaale bougnoule",
        "sale bou\u{200b}gnoule",
        "s*le bougnoule",
        "sale bоugnoule",
    ] {
        assert_eq!(code(text), Code::Inj, "{text}");
    }
    let outcome = suggest("😀 sale b0ugn0ule", None, &Facts::default());
    let repaired = outcome.suggestions[0].because.iter().find(|r| r.code == "repaired").unwrap();
    assert_eq!(repaired.quote.as_deref(), Some("b0ugn0ule"));
    assert_eq!(repaired.span, Some((7, 16)));
}

#[test]
fn hard_words_on_an_idea_are_said_to_be_that() {
    let outcome = suggest("Je déteste cette religion, elle est stupide.", None, &Facts::default());
    assert_eq!(outcome.state, State::None);
    assert_eq!(outcome.ruled_out[0].code, "idea_or_institution");
}

#[test]
fn a_threat_to_a_mayor_has_its_own_text() {
    let outcome = suggest("Monsieur le maire, je vais vous tuer.", None, &Facts::default());
    assert_eq!(outcome.suggestions[0].offence, "menace_elu_agent_public");
}

#[test]
fn unknown_publicity_is_asked() {
    let outcome = suggest("sale arabe", None, &Facts::default());
    assert_eq!(outcome.questions[0], "public");
    assert!(outcome.suggestions[0].because.iter().any(|reason| reason.code == "fact_public_unknown"));
}

#[test]
fn what_is_not_public_is_a_contravention() {
    let outcome = suggest("sale arabe", None, &Facts { public: Some(false), ..Facts::default() });
    assert_eq!(
        (outcome.code, outcome.suggestions[0].offence.as_str()),
        (Code::Nonpub, "injure_non_publique_discriminatoire")
    );
}

#[test]
fn reasons_are_of_the_closed_list() {
    assert!(REASON_CODES.is_sorted());
    for text in ["sale arabe", "Il m'a dit sale arabe", "", "les juifs sont des rats", "bonjour"] {
        let outcome = suggest(text, None, &Facts::default());
        for reason in outcome.suggestions.iter().flat_map(|s| &s.because).chain(&outcome.ruled_out) {
            assert!(REASON_CODES.contains(&reason.code.as_str()), "{}", reason.code);
        }
    }
}

#[test]
fn a_megabyte_is_answered() {
    for unit in ["sale arabe ", "🐀", "مرحبا ", "a ", "les juifs sont des rats. ", "!", "«", "((("] {
        let text = unit.repeat(1_000_000 / unit.len());
        let outcome = suggest(&text, None, &Facts::default());
        assert!(outcome.suggestions.len() <= 2);
    }
}

proptest! {
    #[test]
    fn any_text_is_answered_and_spans_hold(text in "(\\PC|les |juifs |sont |rats |[«»\"@#$*0-9.!?'’]){0,80}") {
        let outcome = suggest(&text, None, &Facts::default());
        let chars: Vec<char> = text.chars().collect();
        for reason in outcome.suggestions.iter().flat_map(|s| &s.because).chain(&outcome.ruled_out) {
            if let (Some((start, end)), Some(quote)) = (reason.span, &reason.quote) {
                let words: String = chars[start as usize..end as usize].iter().collect();
                prop_assert_eq!(&words, quote);
            }
        }
    }
}

#[test]
fn the_rules_alone_give_no_strong_sign() {
    let facts = Facts { public: Some(true), ..Facts::default() };
    let rules = Ears { rules: true, voice: None, limits: LIMITS };
    let strong = suggest_by(&rules, "Les Arabes sont des parasites, il faut tous les tuer.", &facts);
    assert_eq!(strong.state, State::Strong, "else this shows nothing: {strong:?}");
    let alone = by_one_voice(strong.clone());
    assert_eq!(alone.state, State::ToCheck);
    assert!(alone.suggestions.iter().all(|suggestion| suggestion.state == State::ToCheck));
    assert_eq!(alone.suggestions.len(), strong.suggestions.len(), "nothing else is lost");
}
