use super::{super::tests::*, *};
use crate::{
    capture::{Linked, Post},
    law::Ground,
};

#[test]
fn fields_stand_in_the_forms_order() {
    let (post, sender) = (post("texte"), sender());
    let report = pharos(&facts(&post, "provocation_haine_origine_religion", &sender));
    assert_eq!(report.competent, Competence::Yes);
    assert_eq!(
        ids(&report.fields),
        ["category", "victim", "place", "url", "published", "observed", "author", "comment"]
    );
    assert_eq!(report.fields[7].limit, Some(1000));
}

#[test]
fn an_insult_of_one_person_goes_to_the_police_station() {
    let (post, sender) = (post("texte"), sender());
    let report = pharos(&facts(&post, "injure_publique_particulier", &sender));
    assert_eq!((report.competent, report.fields.len()), (Competence::No, 0));
    assert!(report.address.contains("plainte"));
    assert_eq!(report.warnings, ["individual_insult", "no_interruption"]);
}

#[test]
fn a_discriminatory_insult_is_unsure_only_when_a_person_is_targeted() {
    let (mut post, sender) = (post("texte"), sender());
    let of = |post: &Post, person, victim| {
        pharos(&Facts {
            addressed_to_person: person,
            victim,
            ..facts(post, "injure_publique_origine_religion", &sender)
        })
    };
    assert_eq!(of(&post, Some(false), None).competent, Competence::Yes);
    assert_eq!(of(&post, None, None).competent, Competence::Yes);
    let person = of(&post, Some(true), None);
    assert_eq!(person.competent, Competence::Unsure);
    assert!(person.warnings.contains(&"determined_person".to_owned()));
    let victim = of(&post, None, Some(true));
    assert_eq!(victim.competent, Competence::Unsure);
    assert!(victim.warnings.contains(&"victim_complaint".to_owned()));
    post.in_reply_to = Some(Linked::default());
    assert_eq!(of(&post, None, None).competent, Competence::Unsure);
    assert_eq!(of(&post, Some(false), None).competent, Competence::Yes);
}

#[test]
fn private_content_is_not_for_pharos() {
    let (post, sender) = (post("texte"), sender());
    let threat = pharos(&Facts { public: Some(false), ..facts(&post, "menace_mort", &sender) });
    assert_eq!(threat.competent, Competence::No);
    assert_eq!(threat.warnings, ["emergency_first", "private_content", "no_interruption"]);
    let closed = pharos(&facts(&post, "injure_non_publique_discriminatoire", &sender));
    assert_eq!(closed.competent, Competence::No);
    let unknown = pharos(&Facts { public: None, ..facts(&post, "menace_mort", &sender) });
    assert_eq!(unknown.competent, Competence::Unsure);
    assert!(!unknown.fields[7].value.contains("lisible par le public"));
}

#[test]
fn without_a_decided_offence_there_is_nothing_to_report() {
    let (post, sender) = (post("texte"), sender());
    for id in ["", "platform_rules", "opinion"] {
        let report = pharos(&facts(&post, id, &sender));
        assert_eq!((report.competent, report.fields.len()), (Competence::No, 0), "{id}");
        assert_eq!(report.warnings, ["not_qualified"]);
    }
    let wrong =
        pharos(&Facts { ground: Some(Ground::Sex), ..facts(&post, "injure_publique_origine_religion", &sender) });
    assert_eq!(wrong.warnings, ["wrong_ground"]);
}

#[test]
fn danger_goes_to_the_platform_at_once_the_rest_after_pharos() {
    let (post, sender) = (post("texte"), sender());
    let doxing = pharos(&facts(&post, "divulgation_malveillante_donnees", &sender)).warnings;
    assert!(doxing.contains(&"platform_at_once".to_owned()) && doxing[0] == "emergency_first");
    let praise = pharos(&facts(&post, "apologie_terrorisme", &sender)).warnings;
    assert!(praise.contains(&"pharos_before_platform".to_owned()) && praise.contains(&"no_republish".to_owned()));
}

#[test]
fn a_long_post_is_cut_but_neither_the_facts_nor_the_explanation_vanish() {
    let (post, sender) = (post(&"mot ".repeat(2000)), sender());
    let report = pharos(&Facts {
        explanation: "Je précise ceci.",
        ground: Some(Ground::Origin),
        ..facts(&post, "injure_publique_origine_religion", &sender)
    });
    let comment = &report.fields[7].value;
    assert!(comment.starts_with("Message lisible par le public, publié par compte_invente."), "{comment}");
    assert!(comment.contains(super::super::quote::CUT) && comment.ends_with("Je précise ceci."), "{comment}");
    assert!(comment.chars().count() <= 1000);
}

#[test]
fn who_else_helps_follows_the_offence_and_its_ground() {
    let (post, sender) = (post("texte"), sender());
    let named = |offence: &str, ground, public| {
        let facts = Facts { ground, public, ..facts(&post, offence, &sender) };
        pharos(&facts).elsewhere.into_iter().map(|body| body.name).collect::<Vec<_>>()
    };
    let racist = named("injure_publique_origine_religion", Some(crate::law::Ground::Origin), Some(true));
    assert_eq!(racist, ["Point de Contact", "Licra", "Crif"]);
    let sexist = named("injure_publique_sexe_orientation_handicap", Some(crate::law::Ground::Sex), Some(true));
    assert_eq!(sexist, ["Point de Contact"]);
    assert_eq!(named("injure_publique_particulier", None, Some(true)), ["Plainte", "Point de Contact"]);
    assert_eq!(named("injure_publique_origine_religion", None, Some(false))[0], "Plainte");
    assert_eq!(named("pedocriminalite_images", None, Some(true)), ["3018", "Point de Contact"]);
}
