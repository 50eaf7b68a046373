use super::*;
use crate::{
    law::{Ground, catalogue},
    qualification::{Answers, settle, suggest},
};

fn states(id: &str, ground: Option<Ground>, facts: &Facts) -> Vec<ElementState> {
    let suggestion = Suggestion {
        offence: id.to_owned(),
        code: Code::Inj,
        ground,
        state: super::super::State::ToCheck,
        because: vec![],
    };
    elements(catalogue().offence(id).unwrap(), &suggestion, facts).into_iter().map(|element| element.state).collect()
}

#[test]
fn an_element_is_met_by_the_words_or_by_an_answer_and_never_guessed() {
    use ElementState::{Asked, Court, Met, Missing};
    let id = "injure_publique_origine_religion";
    let origin = Some(Ground::Origin);
    assert_eq!(states(id, origin, &Facts::default()), [Asked, Met, Met, Asked]);
    let answers = Answers { call: Some(false), ..Answers::default() };
    let facts = Facts { public: Some(true), answers, ..Facts::default() };
    assert_eq!(states(id, origin, &facts), [Met, Met, Met, Met]);
    let facts = Facts { public: Some(false), ..Facts::default() };
    assert_eq!(states(id, None, &facts), [Missing, Met, Asked, Asked]);
    assert_eq!(
        states("provocation_haine_sexe_orientation_handicap", Some(Ground::Sex), &Facts::default()),
        [Asked, Met, Met, Court],
        "intent is for a court"
    );
    let person =
        Facts { addressed_to_person: Some(true), repeated: Some(false), authors: Some(40), ..Facts::default() };
    assert_eq!(states("cyberharcelement", None, &person), [Met, Met, Court], "a pack is a repetition");
    assert_eq!(states("menace_mort", None, &person), [Met, Met, Met]);
}

#[test]
fn the_words_that_show_an_element_are_quoted_from_the_post() {
    let text = "Les immigrés sont des parasites.";
    let facts = Facts { public: Some(true), ..Facts::default() };
    let outcome = settle(suggest(text, None, &facts), &facts);
    let first = outcome.suggestions.first().unwrap();
    let elements = elements(catalogue().offence(&first.offence).unwrap(), first, &facts);
    let quotes: Vec<&String> = elements.iter().flat_map(|element| &element.quotes).collect();
    assert!(!quotes.is_empty());
    for quote in quotes {
        assert!(text.contains(quote.as_str()), "{quote}");
    }
}

#[test]
fn three_or_four_questions_at_most_and_the_ground_first() {
    let facts = Facts::default();
    for text in ["", "Bonjour.", "Les immigrés sont des parasites.", "Je vais te tuer demain."] {
        let asked = asks(&suggest(text, None, &facts));
        assert!((2..=4).contains(&asked.len()), "{text}");
    }
    assert_eq!(asks(&suggest("Les immigrés sont des parasites.", None, &facts))[0], "ground");
}
