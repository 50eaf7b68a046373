use super::*;
use crate::law::catalogue;

const DSA: &str = include_str!("../../../src/notice/templates/dsa.toml");
const PHAROS: &str = include_str!("../../../src/notice/templates/pharos.toml");

#[test]
fn the_embedded_texts_are_valid() {
    for lang in [Lang::Fr, Lang::En] {
        assert!(!dsa(lang).good_faith.is_empty());
    }
    assert_eq!(pharos().address, "https://www.internet-signalement.gouv.fr");
    assert!(warning("no_deadline", Lang::En).unwrap().contains("no number of hours"));
}

#[test]
fn a_sentence_that_lost_or_gained_a_placeholder_is_refused() {
    for broken in [
        DSA.replacen("{quote}", "", 1),
        DSA.replacen("{quote}", "{quote} {url}", 1),
        DSA.replacen("{basis}", "{bassis}", 1),
        DSA.replacen("[fr.evident]", "extra = \"\"\n[fr.evident]", 1),
    ] {
        assert!(parse_dsa(&broken).is_err());
    }
    assert!(parse_pharos(&PHAROS.replacen("{account}", "", 1)).is_err());
    assert!(parse_pharos(&PHAROS.replacen("{host}", "{url}", 1)).is_err());
}

#[test]
fn reasons_belong_to_offences_or_codes_in_both_languages() {
    let known = |name: &str| {
        catalogue().offence(name).is_some() || catalogue().offences().iter().any(|offence| key(offence.code) == name)
    };
    for name in dsa(Lang::Fr).evident.keys().chain(dsa(Lang::En).evident.keys()) {
        assert!(known(name), "{name}");
    }
    assert_eq!(dsa(Lang::Fr).evident.keys().collect::<Vec<_>>(), dsa(Lang::En).evident.keys().collect::<Vec<_>>());
}

#[test]
fn nothing_is_called_evident_where_the_context_decides() {
    for id in [
        "injure_publique_particulier",
        "diffamation_publique_particulier",
        "cyberharcelement",
        "injure_non_publique_discriminatoire",
        "montage_deepfake",
        "images_intimes_sans_accord",
    ] {
        assert_eq!(dsa(Lang::Fr).evident(catalogue().offence(id).unwrap()), None, "{id}");
    }
    assert!(dsa(Lang::Fr).evident(catalogue().offence("menace_destruction").unwrap()).unwrap().contains("destruction"));
}
