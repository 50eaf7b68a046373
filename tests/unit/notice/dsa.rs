use url::Url;

use super::{super::tests::*, *};
use crate::{base::Fault, capture::Post, law::Ground};

#[test]
fn the_four_elements_stand_in_order() {
    let (post, sender) = (post("texte"), sender());
    let notice = dsa(&facts(&post, "menace_mort", &sender), &x(), Lang::Fr).unwrap();
    assert_eq!(ids(&notice.fields), ["explanation", "location", "name", "email", "good_faith"]);
    assert_eq!(notice.fields[2].value, "Camille Inventée");
    for part in [
        "https://x.com/compte_invente/status/1860000000000000001",
        "1860000000000000001",
        "compte_invente",
        "900000001",
    ] {
        assert!(notice.fields[1].value.contains(part), "{part}");
    }
}

#[test]
fn xs_form_is_filled_by_its_address() {
    let (mut post, sender) = (post("texte"), sender());
    let prefilled = |post: &Post| dsa(&facts(post, "menace_mort", &sender), &x(), Lang::Fr).unwrap().prefilled.unwrap();
    assert_eq!(
        prefilled(&post),
        "https://help.x.com/forms/dsa/report?content_id=https%3A%2F%2Fx.com%2Fcompte_invente%2Fstatus%2F1860000000000000001&content_type=post&content_author=%40compte_invente"
    );
    post.permalink = "https://x.com/i/web/status/1860000000000000001".to_owned();
    post.author.handle = Some("@a&content_type=ad#é".to_owned());
    let hostile = Url::parse(&prefilled(&post)).unwrap();
    let pairs: Vec<(String, String)> = hostile.query_pairs().map(|(a, b)| (a.into_owned(), b.into_owned())).collect();
    assert_eq!(pairs.len(), 3);
    assert_eq!(pairs[2], ("content_author".to_owned(), "@a&content_type=ad#é".to_owned()));
    post.author.handle = None;
    assert!(!prefilled(&post).contains("content_author"));
}

#[test]
fn no_notice_without_a_decided_offence_its_ground_and_an_address() {
    let (mut post, sender) = (post("texte"), sender());
    for id in ["", "platform_rules", "opinion", "INJ"] {
        let error = dsa(&facts(&post, id, &sender), &x(), Lang::Fr).unwrap_err();
        assert_eq!(error.code(), "notice_not_qualified", "{id}");
        assert!(!error.to_string().is_empty() && !error.hint().is_empty());
    }
    let wrong =
        Facts { ground: Some(Ground::Disability), ..facts(&post, "provocation_haine_origine_religion", &sender) };
    assert_eq!(dsa(&wrong, &x(), Lang::Fr).unwrap_err(), NoticeError::WrongGround);
    post.permalink = " ".to_owned();
    assert_eq!(dsa(&facts(&post, "menace_mort", &sender), &x(), Lang::Fr).unwrap_err(), NoticeError::NoAddress);
}

#[test]
fn words_that_the_post_does_not_hold_are_not_quoted_as_its_own() {
    let (post, sender) = (post("le vrai texte"), sender());
    let invented = ["des mots ajoutés".to_owned()];
    let facts = Facts { words: &invented, ..facts(&post, "menace_mort", &sender) };
    let explanation = &dsa(&facts, &x(), Lang::Fr).unwrap().fields[0].value;
    assert!(explanation.contains("«\u{a0}le vrai texte\u{a0}»") && !explanation.contains("ajoutés"), "{explanation}");
}

#[test]
fn words_read_on_a_picture_are_called_a_transcription() {
    let (post, sender) = (post(""), sender());
    let read = ["mots de l’image".to_owned()];
    let notice = dsa(&Facts { words: &read, ..facts(&post, "menace_mort", &sender) }, &x(), Lang::Fr).unwrap();
    assert!(notice.fields[0].value.contains("transcrit par le notifiant"));
    let notice = dsa(&facts(&post, "menace_mort", &sender), &x(), Lang::Fr).unwrap();
    assert!(!notice.fields[0].value.contains("mot pour mot"));
    assert!(!notice.fields[0].value.contains("ressort des mots"));
    assert!(notice.warnings.contains(&"picture_not_quoted".to_owned()));
}

#[test]
fn a_post_is_quoted_once_and_in_whole_where_a_part_was_chosen() {
    let (post, sender) = (post("avant. le passage. après."), sender());
    let whole = dsa(&facts(&post, "menace_mort", &sender), &x(), Lang::Fr).unwrap();
    assert_eq!(whole.fields[0].value.matches("le passage").count(), 1);
    let words = ["le passage".to_owned()];
    let part = dsa(&Facts { words: &words, ..facts(&post, "menace_mort", &sender) }, &x(), Lang::Fr).unwrap();
    assert_eq!(part.fields[0].value.matches("le passage").count(), 2);
    assert!(part.fields[0].value.contains("Texte complet"));
}

#[test]
fn braces_in_a_post_stay_braces() {
    let (post, sender) = (post("lis {url} puis {explanation} {"), sender());
    let facts = Facts { explanation: "{quote}", ..facts(&post, "menace_mort", &sender) };
    let value = &dsa(&facts, &x(), Lang::Fr).unwrap().fields[0].value;
    assert!(
        value.contains("«\u{a0}lis {url} puis {explanation} {\u{a0}»") && value.contains("notifiant\u{a0}: {quote}"),
        "{value}"
    );
}

#[test]
fn warnings_follow_the_channel_and_the_sender() {
    let (post, nobody) = (post("texte"), super::super::Sender::default());
    let channel = Channel { url: None, account: Some(true), doubt: Doubt::Unknown, ..x() };
    let notice = dsa(&facts(&post, "injure_publique_particulier", &nobody), &channel, Lang::En).unwrap();
    for code in ["rarely_manifest", "find_contact", "account_needed", "channel_unsure", "sender_missing", "no_deadline"]
    {
        assert!(notice.warnings.contains(&code.to_owned()), "{code}");
    }
    assert!(!notice.warnings.contains(&"pharos_before_platform".to_owned()));
    assert_eq!((notice.form.as_str(), notice.prefilled), ("", None));
}

#[test]
fn a_short_form_keeps_the_offence_and_the_quotation() {
    let (post, sender) = (post("le texte en cause"), sender());
    let channel = Channel { text_limit: Some(600), ..x() };
    let facts = Facts { ground: Some(Ground::Religion), ..facts(&post, "provocation_haine_origine_religion", &sender) };
    let explanation = &dsa(&facts, &channel, Lang::Fr).unwrap().fields[0];
    assert_eq!(explanation.limit, Some(600));
    assert!(explanation.value.contains("al.\u{a0}7") && explanation.value.contains("le texte en cause"));
    assert!(explanation.value.ends_with("[…]") && explanation.value.chars().count() <= 600);
}

#[test]
fn an_id_of_our_own_making_is_not_sent_to_a_site() {
    let (mut post, sender) = (post("texte"), sender());
    post.platform = "generic".to_owned();
    post.id = "0123456789abcdef".to_owned();
    let location = &dsa(&facts(&post, "menace_mort", &sender), &x(), Lang::Fr).unwrap().fields[1].value;
    assert!(!location.contains("0123456789abcdef"), "{location}");
}
