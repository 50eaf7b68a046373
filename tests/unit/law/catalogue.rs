use super::*;
use crate::law::{CaptureRule, Competent, Family, Grounds, NEVER_HELD, Publicity};

const TEXT: &str = include_str!("../../../src/law/catalogue.toml");

fn refused(from: &str, to: &str) -> CatalogueError {
    assert!(TEXT.contains(from), "{from}");
    Catalogue::parse(&TEXT.replacen(from, to, 1)).unwrap_err()
}

#[test]
fn the_embedded_catalogue_is_valid_and_whole() {
    let catalogue = catalogue();
    assert_eq!(catalogue.offences().len(), 48);
    assert_eq!(catalogue.law_date, "2026-04-02");
    assert_eq!(catalogue.reviewed_by_jurist, None);
    assert_eq!(catalogue.standing(Lang::Fr), "Droit au 02/04/2026\u{a0}; non relu par un juriste.");
    assert_eq!(catalogue.standing(Lang::En), "Law as of 2026-04-02; not reviewed by a jurist.");
    for (family, count) in [
        (Family::P, 6),
        (Family::I, 7),
        (Family::N, 5),
        (Family::M, 6),
        (Family::H, 9),
        (Family::T, 4),
        (Family::D, 9),
        (Family::X, 2),
    ] {
        assert_eq!(catalogue.offences().iter().filter(|offence| offence.family == family).count(), count, "{family:?}");
    }
}

#[test]
fn every_entry_says_everything_in_both_languages() {
    for offence in catalogue().offences() {
        let id = &offence.id;
        for lang in [Lang::Fr, Lang::En] {
            assert!(!offence.label(lang).is_empty(), "{id}");
            assert!(!offence.penalty(lang).is_empty(), "{id}");
            assert!(!catalogue().basis(offence, lang).is_empty(), "{id}");
        }
        assert!(!offence.elements(Lang::Fr).is_empty(), "{id}");
        assert_eq!(offence.elements(Lang::Fr).len(), offence.elements(Lang::En).len(), "{id}");
        assert!(catalogue().who(offence).count() > 0, "{id}");
        assert!(!offence.source.is_empty(), "{id}");
        assert_eq!(offence.pharos.competent == Competent::No, offence.pharos.category.is_none(), "{id}");
    }
}

#[test]
fn every_entry_has_a_neighbour() {
    for offence in catalogue().offences() {
        assert!(catalogue().neighbours(offence).count() > 0, "{}", offence.id);
    }
}

#[test]
fn grounds_and_publicity_agree_with_the_articles() {
    for offence in catalogue().offences() {
        let last = &offence.basis.last().unwrap().article;
        let grounds = match last.as_str() {
            "24 al. 7" | "32 al. 2" | "33 al. 3" => Grounds::ListA,
            "24 al. 8" | "32 al. 3" | "33 al. 4" => Grounds::ListB,
            "R.625-7" | "R.625-8" | "R.625-8-1" | "225-2" => Grounds::Both,
            _ => Grounds::None,
        };
        assert_eq!(offence.grounds, grounds, "{}", offence.id);
        if offence.basis[0].text == "loi_1881" {
            assert_eq!(offence.public, Publicity::Required, "{}", offence.id);
        }
        if offence.family == Family::N {
            assert_eq!(
                (offence.public, offence.pharos.competent),
                (Publicity::Excluded, Competent::No),
                "{}",
                offence.id
            );
        }
    }
}

#[test]
fn dead_articles_are_not_cited() {
    const DEAD: [&str; 6] = ["222-18-1", "R.624-3", "R.624-4", "621-1", "421-2-5-2", "24 al. 6"];
    for offence in catalogue().offences() {
        for article in &offence.basis {
            assert!(!DEAD.contains(&article.article.as_str()), "{}: {}", offence.id, article.article);
        }
    }
}

#[test]
fn child_abuse_is_never_captured_and_named_by_nobody() {
    let never: Vec<_> = catalogue().offences().iter().filter(|offence| offence.capture == CaptureRule::Never).collect();
    assert_eq!(never.iter().map(|offence| offence.id.as_str()).collect::<Vec<_>>(), NEVER_HELD);
    assert!(never[0].anonymous_notice && never[0].platform_at_once);
    assert_eq!(catalogue().offences().iter().filter(|offence| offence.anonymous_notice).count(), 1);
}

#[test]
fn the_basis_reads_as_a_lawyer_writes_it() {
    let insult = catalogue().offence("injure_publique_origine_religion").unwrap();
    assert_eq!(
        catalogue().basis(insult, Lang::Fr),
        "loi du 29 juillet 1881 sur la liberté de la presse, art.\u{a0}29 al.\u{a0}2 et 33 al.\u{a0}3"
    );
    assert_eq!(
        catalogue().basis(insult, Lang::En),
        "French Act of 29 July 1881 on the freedom of the press, art.\u{a0}29 para.\u{a0}2 and 33 para.\u{a0}3"
    );
}

#[test]
fn a_basis_that_is_not_sure_is_not_cited() {
    let mut insult = catalogue().offence("injure_publique_origine_religion").unwrap().clone();
    assert!(catalogue().citation(&insult, Lang::Fr).is_some());
    insult.basis_confidence = Confidence::Likely;
    assert_eq!(catalogue().citation(&insult, Lang::Fr), None);
}

#[test]
fn emergency_numbers_follow_the_danger() {
    let numbers = |situations: &[Situation]| -> Vec<String> {
        catalogue().emergencies(situations).map(|number| number.number.clone()).collect()
    };
    assert_eq!(numbers(&[Situation::Danger]), ["17", "112", "114"]);
    assert_eq!(numbers(&[Situation::Suicide]), ["112", "114", "3114"]);
    assert_eq!(numbers(&[Situation::Minor]), ["3018"]);
    assert!(numbers(&[]).is_empty());
}

#[test]
fn an_article_is_cited_by_its_whole_number() {
    assert!(catalogue().may_cite("loi_1881", "33 al. 3"));
    assert!(catalogue().may_cite("loi_1881", "33"));
    assert!(catalogue().may_cite("code_penal", "226-10"));
    assert!(!catalogue().may_cite("loi_1881", "3"));
    assert!(!catalogue().may_cite("code_penal", "222-18-1"));
    assert!(!catalogue().may_cite("code_penal", "434-27"));
}

#[test]
fn a_broken_catalogue_says_what_is_wrong() {
    assert!(matches!(refused("family = \"P\"", "famille = \"P\""), CatalogueError::Toml(_)));
    assert_eq!(
        refused("id = \"apologie_crimes\"\n", "id = \"contestation_crime_humanite\"\n"),
        CatalogueError::Unknown {
            id: "provocation_crime_delit_directe".to_owned(),
            what: "neighbour",
            name: "apologie_crimes".to_owned()
        }
    );
    let twice = TEXT.replace("id = \"apologie_crimes\"", "id = \"menace_mort\"");
    assert_eq!(Catalogue::parse(&twice).unwrap_err(), CatalogueError::Twice("menace_mort".to_owned()));
    assert!(matches!(
        refused("basis_confidence = \"sure\"", "basis_confidence = \"check\""),
        CatalogueError::NoDoubt { about, .. } if about == "Basis"
    ));
    assert!(matches!(
        refused("text_date = \"2021-08-26\"", "text_date = \"2021-13-26\""),
        CatalogueError::NotADay { .. }
    ));
    assert!(matches!(
        refused("who = [\"prosecutor\"", "who = [\"nobody\""),
        CatalogueError::Unknown { what: "actor", .. }
    ));
}

#[test]
fn nothing_stands_in_the_data_for_nobody() {
    let catalogue = catalogue();
    let used =
        |pick: fn(&Offence) -> Vec<&str>| -> BTreeSet<&str> { catalogue.offences().iter().flat_map(pick).collect() };
    let named = |map: Vec<&'static String>| -> BTreeSet<&str> { map.into_iter().map(String::as_str).collect() };
    assert_eq!(
        named(catalogue.actor.keys().collect()),
        used(|offence| offence.who.iter().map(String::as_str).collect())
    );
    assert_eq!(
        named(catalogue.doubt.keys().collect()),
        used(|offence| offence.doubts.iter().map(String::as_str).collect())
    );
    assert_eq!(
        named(catalogue.question.keys().collect()),
        used(|offence| offence.neighbours.iter().map(|near| near.question.as_str()).collect())
    );
    assert_eq!(
        named(catalogue.pharos_category.keys().collect()),
        used(|offence| offence.pharos.category.as_deref().into_iter().collect())
    );
}
