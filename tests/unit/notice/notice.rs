//! Invented posts, the documents they give (golden files, `UPDATE_GOLDEN=1` rewrites them), and what holds for all documents.

use std::{fs, path::Path};

use proptest::prelude::*;

use super::*;
use crate::{
    base::Instant,
    capture::{Author, Linked, Post},
    law::{Confidence, Ground, catalogue},
    platform::{self, Channel},
};

pub(super) fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

pub(super) fn post(text: &str) -> Post {
    Post {
        platform: "x".to_owned(),
        id: "1860000000000000001".to_owned(),
        permalink: "https://x.com/compte_invente/status/1860000000000000001".to_owned(),
        author: Author {
            display_name: Some("Compte Inventé 🌀".to_owned()),
            handle: Some("compte_invente".to_owned()),
            account_id: Some("900000001".to_owned()),
        },
        text: text.to_owned(),
        lang: Some("fr".to_owned()),
        published_at: Some(at("2026-11-22T18:30:00Z")),
        created_from_id: None,
        media: vec![],
        quoted: None,
        in_reply_to: None,
        audience: None,
        counters: vec![],
        reader: "x".to_owned(),
        missing: vec![],
    }
}

pub(super) fn sender() -> Sender {
    Sender { name: "Camille Inventée".to_owned(), email: "camille@exemple.test".to_owned(), ..Sender::default() }
}

pub(super) fn facts<'a>(post: &'a Post, offence: &'a str, sender: &'a Sender) -> Facts<'a> {
    Facts {
        post,
        also: &[],
        offence,
        ground: None,
        words: &[],
        explanation: "",
        public: Some(true),
        addressed_to_person: None,
        victim: Some(false),
        seen_at: at("2026-11-24T09:05:30Z"),
        sender,
    }
}

/// X's channel without its form: the four elements of the law, alone.
pub(super) fn x() -> Channel {
    Channel { fields: vec![], ..form("x") }
}

/// A platform's first channel, with its form.
fn form(platform: &str) -> Channel {
    platform::by_id(platform).unwrap().channels[0].clone()
}

fn contact() -> Channel {
    platform::generic().unwrap().channels[0].clone()
}

fn golden(name: &str, facts: &Facts<'_>, channel: &Channel) {
    let report = pharos(facts);
    compare(
        &format!("{name}.pharos.txt"),
        &shown(&pharos_text(&report), &format!("{:?}", report.competent), &report.warnings),
    );
    for (lang, ending) in [(Lang::Fr, "fr"), (Lang::En, "en")] {
        let notice = dsa(facts, channel, lang).unwrap();
        let prefilled = notice.prefilled.as_deref().unwrap_or("–");
        compare(&format!("{name}.dsa.{ending}.txt"), &shown(&text(&notice), prefilled, &notice.warnings));
    }
}

/// The document as it is kept, then what the page shows around it.
fn shown(document: &str, beside: &str, warnings: &[String]) -> String {
    let mut shown = format!("{document}\n----\n{beside}\n");
    for code in warnings {
        shown.push_str(&format!("! {code}: {}\n", warning(code, Lang::Fr).unwrap()));
    }
    shown
}

pub(super) fn compare(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, expected, "{name} changed: read it again, then UPDATE_GOLDEN=1");
}

#[test]
fn golden_racial_insult_on_x() {
    let (post, sender) = (post("Toujours eux. Ces [GROUPE] sont des nuisibles, point. 🤮"), sender());
    let words = ["Ces [GROUPE] sont des nuisibles".to_owned()];
    let facts = Facts {
        ground: Some(Ground::Origin),
        words: &words,
        explanation: "Le message vise tout un groupe, sans lien avec un débat.",
        ..facts(&post, "injure_publique_origine_religion", &sender)
    };
    golden("racial_insult_x", &facts, &x());
}

#[test]
fn golden_form_of_x_by_an_association() {
    let post = post("Toujours eux. Ces [GROUPE] sont des nuisibles, point.");
    let sender = Sender {
        kind: SenderKind::Association,
        name: "Association Inventée".to_owned(),
        representative: "Camille Inventée, présidente".to_owned(),
        grounds: "combattre le racisme".to_owned(),
        ..sender()
    };
    let facts = Facts { ground: Some(Ground::Origin), ..facts(&post, "injure_publique_origine_religion", &sender) };
    golden("association_x_form", &facts, &form("x"));
    let notice = dsa(&facts, &form("x"), Lang::Fr).unwrap();
    let value = |id: &str| notice.fields.iter().find(|field| field.id == id).unwrap().value.clone();
    assert_eq!(value("name"), "Association Inventée, représentée par Camille Inventée, présidente");
    assert_eq!(value("capacity"), "Au nom d’une organisation");
}

#[test]
fn golden_several_posts_in_one_notice_to_facebook() {
    let sender = sender();
    let mut posts = [post("Ces [GROUPE] sont des nuisibles"), post("[GROUPE], de la vermine, tous")];
    for (post, id) in posts.iter_mut().zip(["100", "200"]) {
        post.platform = "facebook".to_owned();
        post.id = id.to_owned();
        post.permalink = format!("https://www.facebook.com/invente/posts/{id}");
    }
    let [first, rest @ ..] = &posts;
    let facts =
        Facts { ground: Some(Ground::Origin), also: rest, ..facts(first, "injure_publique_origine_religion", &sender) };
    golden("several_facebook_form", &facts, &form("facebook"));
}

/// Whatever a form calls its fields, the four elements of the law stand in it, and what finds the content.
#[test]
fn every_form_holds_the_four_elements() {
    let (post, sender) = (post("Ces [GROUPE] sont des nuisibles"), sender());
    let facts = Facts { ground: Some(Ground::Origin), ..facts(&post, "injure_publique_origine_religion", &sender) };
    let mut forms = 0;
    for channel in platform::all().iter().flat_map(|platform| &platform.channels) {
        for lang in [Lang::Fr, Lang::En] {
            let notice = dsa(&facts, channel, lang).unwrap();
            let ids = ids(&notice.fields);
            for wanted in ["explanation", "name", "email", "good_faith"] {
                assert_eq!(ids.iter().filter(|id| **id == wanted).count(), 1, "{} {wanted}", channel.id);
            }
            let all: String = notice.fields.iter().map(|field| format!("{}\n", field.value)).collect();
            for found in [post.permalink.as_str(), "compte_invente", "900000001", "2026-11-22", "nuisibles"] {
                assert!(all.contains(found), "{} {found}: {all}", channel.id);
            }
            let explanation = notice.fields.iter().find(|field| field.id == "explanation").unwrap();
            assert!(explanation.value.chars().take(1000).collect::<String>().contains("nuisibles"), "{}", channel.id);
            forms += usize::from(notice.fields.iter().all(|field| field.label.is_some()));
        }
    }
    assert!(forms >= 12, "{forms}");
}

#[test]
fn who_wants_no_name_sends_none_and_is_told_what_it_costs() {
    let post = post("Ces [GROUPE] sont des nuisibles");
    let sender = Sender { kind: SenderKind::Anonymous, ..sender() };
    let facts = Facts { ground: Some(Ground::Origin), ..facts(&post, "injure_publique_origine_religion", &sender) };
    for (channel, code) in [(form("x"), "form_asks_identity"), (contact(), "anonymous_costs")] {
        let notice = dsa(&facts, &channel, Lang::Fr).unwrap();
        assert!(!format!("{notice:?}").contains("camille@exemple.test"));
        assert!(notice.warnings.iter().any(|warning| warning == code), "{:?}", notice.warnings);
    }
}

#[test]
fn golden_provocation_on_x() {
    let (post, sender) = (post("Refusez vos appartements et vos emplois aux [GROUPE], qu’ils comprennent."), sender());
    let facts = Facts { ground: Some(Ground::Religion), ..facts(&post, "provocation_haine_origine_religion", &sender) };
    golden("provocation_x", &facts, &x());
}

#[test]
fn golden_death_threat_on_x() {
    let mut post = post("Je sais où tu habites, [PERSONNE]. Tu es mort.");
    post.in_reply_to = Some(Linked {
        author: Author { handle: Some("personne_visee".to_owned()), ..Author::default() },
        ..Linked::default()
    });
    let sender = sender();
    let facts = Facts { victim: Some(true), addressed_to_person: Some(true), ..facts(&post, "menace_mort", &sender) };
    golden("death_threat_x", &facts, &x());
}

#[test]
fn golden_terror_praise_on_x() {
    let (mut post, sender) = (post("Gloire à l’auteur de l’attentat de [LIEU], un exemple pour nous tous."), sender());
    post.published_at = None;
    post.created_from_id = Some(at("2026-11-22T18:29:59Z"));
    golden("terror_praise_x", &facts(&post, "apologie_terrorisme", &sender), &x());
}

#[test]
fn golden_individual_insult_on_a_forum() {
    let mut post = post("[PERSONNE], tu n’es qu’un [terme injurieux].");
    post.platform = "generic".to_owned();
    post.permalink = "https://forum.exemple.test/sujet/12?page=3#message-77".to_owned();
    post.id = "message-77".to_owned();
    post.author = Author { display_name: Some("pseudo77".to_owned()), ..Author::default() };
    let sender = sender();
    golden("individual_insult_forum", &facts(&post, "injure_publique_particulier", &sender), &contact());
}

#[test]
fn golden_child_abuse_material_quotes_nothing_and_names_nobody() {
    let (post, sender) = (post("texte qui ne doit pas sortir"), sender());
    let facts = facts(&post, "pedocriminalite_images", &sender);
    golden("child_abuse_x", &facts, &x());
    for lang in [Lang::Fr, Lang::En] {
        let notice = dsa(&facts, &x(), lang).unwrap();
        assert_eq!(ids(&notice.fields), ["explanation", "location", "good_faith"]);
        assert!(!format!("{notice:?}").contains("ne doit pas sortir"));
        assert!(!format!("{notice:?}").contains("camille@exemple.test"));
    }
    assert!(!format!("{:?}", pharos(&facts)).contains("ne doit pas sortir"));
}

#[test]
fn what_is_kept_names_no_sender() {
    let (post, sender) = (post("Ces [GROUPE] sont des nuisibles"), sender());
    let facts = Facts { ground: Some(Ground::Origin), ..facts(&post, "injure_publique_origine_religion", &sender) };
    let notice = dsa(&facts, &x(), Lang::Fr).unwrap();
    assert!(format!("{notice:?}").contains("camille@exemple.test"));
    for kept in [text(&notice), pharos_text(&pharos(&facts))] {
        assert!(!kept.contains("Camille Inventée") && !kept.contains("camille@exemple.test"), "{kept}");
    }
}

#[test]
fn every_warning_has_its_words() {
    let (post, sender) = (post("texte"), sender());
    for offence in catalogue().offences() {
        for (public, victim) in [(None, None), (Some(true), Some(true)), (Some(false), Some(false))] {
            let facts = Facts { public, victim, ..facts(&post, &offence.id, &sender) };
            let mut codes = pharos(&facts).warnings;
            codes.extend(dsa(&facts, &contact(), Lang::Fr).unwrap().warnings);
            for code in codes {
                for lang in [Lang::Fr, Lang::En] {
                    assert!(warning(&code, lang).is_some_and(|words| !words.is_empty()), "{code}");
                }
            }
        }
    }
    assert_eq!(warning("no_such_code", Lang::Fr), None);
}

/// The core of the notice fits 1000 characters and still quotes, for every offence, ground and language.
#[test]
fn the_first_thousand_characters_stand_alone() {
    let (post, sender) = (post(&"mot ".repeat(3000)), sender());
    for offence in catalogue().offences() {
        for ground in Ground::ALL.into_iter().filter(|ground| offence.takes_ground(*ground)) {
            for lang in [Lang::Fr, Lang::En] {
                let facts = Facts { ground: Some(ground), ..facts(&post, &offence.id, &sender) };
                let notice = dsa(&facts, &x(), lang).unwrap();
                let first: String = notice.fields[0].value.chars().take(1000).collect();
                assert!(first.contains(offence.label(lang)), "{} {ground:?}", offence.id);
                assert!(first.contains(ground.because(lang)), "{} {ground:?}", offence.id);
                if !offence.anonymous_notice {
                    assert!(first.matches("mot ").count() > 25, "{} {ground:?}: {first}", offence.id);
                }
                assert!(offence.basis_confidence == Confidence::Sure && first.contains("art"), "{}", offence.id);
            }
        }
    }
}

/// A hostile author cannot push the quotation out of the report by a long name.
#[test]
fn the_report_always_quotes() {
    let (mut post, sender) = (post(&"mot ".repeat(3000)), sender());
    post.author.handle = Some("pseudo".repeat(1000));
    post.author.display_name = Some("nom ".repeat(1000));
    post.in_reply_to = Some(Linked { author: post.author.clone(), ..Linked::default() });
    let own = "explication ".repeat(500);
    for offence in catalogue().offences().iter().filter(|offence| !offence.anonymous_notice) {
        for ground in Ground::ALL.into_iter().filter(|ground| offence.takes_ground(*ground)) {
            let facts = Facts { ground: Some(ground), explanation: &own, ..facts(&post, &offence.id, &sender) };
            let Some(comment) = pharos(&facts).fields.pop() else { continue };
            assert_eq!((comment.id.as_str(), comment.limit), ("comment", Some(1000)));
            for part in
                [offence.label(Lang::Fr), ground.because(Lang::Fr), &"mot ".repeat(10), "explication explication"]
            {
                assert!(comment.value.contains(part), "{} {part}: {}", offence.id, comment.value);
            }
        }
    }
}

/// Every article that a document or a warning names stands in the catalogue.
#[test]
fn no_article_is_cited_that_the_catalogue_does_not_hold() {
    let files = [
        include_str!("../../../src/notice/templates/dsa.toml"),
        include_str!("../../../src/notice/templates/pharos.toml"),
        include_str!("../../../src/notice/templates/warnings.toml"),
        include_str!("../../../src/notice/templates/letters.toml"),
        include_str!("../../../src/notice/templates/deadlines.toml"),
    ];
    let article = regex_lite::Regex::new(r"(?i)\b(?:articles?|art\.)[\s\u{a0}]+((?:R\.)?[0-9][0-9-]*)").unwrap();
    let mut cited = 0;
    for line in files.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#')) {
        for found in article.captures_iter(line) {
            let number = &found[1];
            let text = match line {
                _ if line.contains("2022/2065") => "dsa",
                _ if line.contains("procédure civile") => "code_procedure_civile",
                _ => "code_penal",
            };
            assert!(catalogue().may_cite(text, number), "{text} {number}: {line}");
            cited += 1;
        }
    }
    assert!(cited >= 6, "{cited}");
}

/// What the law does not say must not be promised.
#[test]
fn nothing_is_promised_that_the_law_does_not_promise() {
    let files = [
        include_str!("../../../src/notice/templates/dsa.toml"),
        include_str!("../../../src/notice/templates/pharos.toml"),
        include_str!("../../../src/notice/templates/warnings.toml"),
        include_str!("../../../src/notice/templates/letters.toml"),
        include_str!("../../../src/notice/templates/deadlines.toml"),
    ];
    for file in files {
        for wrong in
            ["24 h", "24 heures", "48 h", "6-I", "LCEN", "exposé des motifs", "statement of reasons", "mise en demeure"]
        {
            assert!(!file.contains(wrong), "{wrong}");
        }
    }
}

pub(super) fn ids(fields: &[Field]) -> Vec<&str> {
    fields.iter().map(|field| field.id.as_str()).collect()
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,200}",
        proptest::collection::vec(any::<char>(), 0..3000).prop_map(|chars| chars.into_iter().collect()),
        "[\u{1F1E6}-\u{1F1FF}\u{200D}\u{FE0F}\u{1F3FB}👩👧🏽{}a \u{301}]{0,2500}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_a_document_or_its_limits(
        text in any_text(), own in any_text(), name in any_text(), words in proptest::collection::vec(any_text(), 0..4),
        which in 0..48usize, limit in proptest::option::of(0..3000u32), public in any::<Option<bool>>(),
    ) {
        let mut post = post(&text);
        post.author.handle = Some(name.clone());
        post.id = name.clone();
        post.in_reply_to = Some(Linked { author: Author { display_name: Some(name.clone()), ..Author::default() }, ..Linked::default() });
        let sender = Sender { name, email: own.clone(), ..Sender::default() };
        let offence = &catalogue().offences()[which];
        let facts = Facts { words: &words, explanation: &own, public, ..facts(&post, &offence.id, &sender) };
        let channel = Channel { text_limit: limit, ..x() };
        let mut fields = pharos(&facts).fields;
        for lang in [Lang::Fr, Lang::En] {
            fields.extend(dsa(&facts, &channel, lang).unwrap().fields);
        }
        for field in fields {
            if let Some(limit) = field.limit {
                prop_assert!(field.value.chars().count() <= limit as usize, "{}: {}", field.id, field.value);
            }
        }
    }
}
