use super::*;

const TEXT: &str = "Les invités de ce café sont des nuisibles, qu’ils rentrent chez eux tout de suite";

#[test]
fn a_second_upload_is_found_in_spite_of_its_changes() {
    let mut known = Shingles::default();
    known.add("first", TEXT);
    known.add("other", "Une belle soirée au café avec des invités venus de loin, merci à tous pour votre accueil");
    let again = "@camille LES INVITES de ce cafe sont des nuisibles !! qu'ils rentrent chez eux tout de suite #stop https://t.example/a";
    let alike = known.like(again, "");
    assert_eq!(alike.iter().map(|one| one.key.as_str()).collect::<Vec<_>>(), ["first"]);
    assert_eq!(alike[0].share, 1000);
    assert!(known.like(TEXT, "first").is_empty());
}

#[test]
fn a_word_more_is_nearly_the_same_and_another_subject_is_not() {
    let mut known = Shingles::default();
    known.add("first", TEXT);
    let share = known.like(&format!("{TEXT} vraiment"), "")[0].share;
    assert!((ALIKE..1000).contains(&share), "{share}");
    assert!(
        known
            .like("Les invités de ce café sont des gens charmants, qu’ils reviennent nous voir tout de suite", "")
            .is_empty()
    );
}

#[test]
fn short_texts_are_no_copies() {
    let mut known = Shingles::default();
    known.add("first", "Rentrez chez vous");
    assert!(known.like("Rentrez chez vous", "").is_empty());
}
