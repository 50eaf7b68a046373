use super::*;

#[test]
fn the_lists_are_the_statutes_words() {
    assert_eq!(
        Ground::Religion.statute_words(),
        "à raison de leur origine ou de leur appartenance ou de leur non-appartenance à une ethnie, une nation, une race ou une religion déterminée"
    );
    assert_eq!(
        Ground::Disability.statute_words(),
        "à raison de leur sexe, de leur orientation sexuelle ou identité de genre ou de leur handicap"
    );
}

#[test]
fn every_ground_has_its_words() {
    for ground in Ground::ALL {
        for lang in [Lang::Fr, Lang::En] {
            assert!(!ground.label(lang).is_empty(), "{ground:?}");
            assert!(!ground.because(lang).is_empty(), "{ground:?}");
        }
        assert!(ground.because(Lang::Fr).starts_with("à raison d"), "{ground:?}");
    }
}
