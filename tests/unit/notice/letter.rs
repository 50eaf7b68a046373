use super::*;
use crate::notice::tests::{at, compare, facts, post, sender};

fn pieces() -> Vec<LetterPiece> {
    let piece = |number, given| LetterPiece { number, given, at: at("2026-11-24T09:05:30Z"), seal: "ab".repeat(32) };
    vec![piece(1, false), piece(2, true)]
}

fn whole<'a>(facts: &'a Facts<'a>, pieces: &'a [LetterPiece]) -> LetterFacts<'a> {
    LetterFacts {
        facts,
        platform: "X (Twitter)",
        today: at("2026-12-01T10:00:00Z"),
        reported: Some(at("2026-11-24T10:00:00Z")),
        notified: Some((at("2026-11-24T11:00:00Z"), Some("REF-1"))),
        receipt: Some(at("2026-11-24T11:05:00Z")),
        decision: Some((at("2026-11-26T08:00:00Z"), "kept")),
        complaint: None,
        last_safe_day: Some((2027, 11, 21)),
        pieces,
    }
}

fn shown(letter: &Letter) -> String {
    let notes: String = letter.notes.iter().map(|note| format!("! {note}\n")).collect();
    format!("{notes}----\n{}", letter_text(letter))
}

#[test]
fn golden_letters_in_their_languages() {
    let (post, sender) = (post("Toujours eux. Ces [GROUPE] sont des nuisibles, point."), sender());
    let words = ["Ces [GROUPE] sont des nuisibles".to_owned()];
    let facts = Facts {
        ground: Some(crate::law::Ground::Origin),
        words: &words,
        explanation: "Le message vise tout un groupe.",
        ..facts(&post, "injure_publique_origine_religion", &sender)
    };
    let pieces = pieces();
    for kind in LetterKind::ALL {
        for (lang, ending) in [(Lang::Fr, "fr"), (Lang::En, "en")] {
            if kind.lang(lang) != lang {
                continue;
            }
            let made = letter(kind, &whole(&facts, &pieces), lang).unwrap();
            let name = serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned();
            compare(&format!("letter_{name}.{ending}.txt"), &shown(&made));
        }
    }
}

#[test]
fn what_is_not_known_is_not_said() {
    let (post, sender) = (post("Ces [GROUPE] sont des nuisibles"), Sender::default());
    let facts = facts(&post, "injure_publique_origine_religion", &sender);
    let bare = LetterFacts {
        reported: None,
        notified: None,
        receipt: None,
        decision: None,
        last_safe_day: None,
        ..whole(&facts, &[])
    };
    for kind in LetterKind::ALL {
        let letter = letter(kind, &bare, Lang::Fr).unwrap();
        let text = letter_text(&letter);
        for wrong in ["PHAROS le", "{", "référence", "()", "CE QUE J’AI DÉJÀ FAIT", "Bordereau"] {
            assert!(!text.contains(wrong), "{kind:?} {wrong}: {text}");
        }
        assert!(!letter.blocks.is_empty() && !letter.notes.is_empty());
    }
}

#[test]
fn the_attestation_has_the_words_that_the_law_asks_for_and_is_to_be_written_by_hand() {
    let (post, sender) = (post("Ces [GROUPE] sont des nuisibles"), sender());
    let facts = facts(&post, "injure_publique_origine_religion", &sender);
    let made = letter(LetterKind::Attestation, &whole(&facts, &[]), Lang::En).unwrap();
    assert_eq!(made.lang, Lang::Fr);
    let text = letter_text(&made);
    for wanted in [
        "Né(e) le",
        "Profession",
        "Lien de parenté ou d’alliance",
        "subordination",
        "communauté d’intérêts",
        "en vue de sa production en justice",
        "fausse attestation de ma part m’expose à des sanctions pénales",
        "Signature",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
    assert!(made.notes.iter().any(|note| note.contains("à la main")));
    assert!(!text.contains(&sender.name), "the witness is not always the sender");
    assert_eq!(text.matches("j’ai vu").count(), 1, "{text}");
}

#[test]
fn a_plain_complaint_is_never_said_to_stop_the_limitation_period() {
    let (post, sender) = (post("Ces [GROUPE] sont des nuisibles"), sender());
    for (victim, wanted) in [(Some(true), "comme victime"), (None, "sans en être la victime")] {
        let facts = Facts { victim, ..facts(&post, "injure_publique_origine_religion", &sender) };
        let made = letter(LetterKind::Prosecutor, &whole(&facts, &[]), Lang::Fr).unwrap();
        assert!(made.notes[0].contains("n’arrête pas"), "{:?}", made.notes);
        assert!(letter_text(&made).contains(wanted));
        assert!(letter_text(&made).contains("21/11/2027"));
    }
}

#[test]
fn child_abuse_material_is_not_quoted() {
    let (post, sender) = (post("texte qui ne doit pas sortir"), sender());
    let facts = facts(&post, "pedocriminalite_images", &sender);
    for kind in LetterKind::ALL {
        let text = letter_text(&letter(kind, &whole(&facts, &[]), Lang::Fr).unwrap());
        assert!(!text.contains("ne doit pas sortir"), "{kind:?}");
    }
}

#[test]
fn braces_in_a_post_stay_braces() {
    let (post, sender) = (post("{name} {pieces} <b> & \u{0}"), sender());
    let facts = facts(&post, "injure_publique_origine_religion", &sender);
    let text = letter_text(&letter(LetterKind::Prosecutor, &whole(&facts, &[]), Lang::Fr).unwrap());
    assert!(text.contains("{name} {pieces} <b> &"), "{text}");
}

#[test]
fn every_ruling_has_its_words() {
    for lang in [Lang::Fr, Lang::En] {
        for code in ["removed", "withheld", "limited", "account_suspended", "kept", "unclear"] {
            assert!(file().words(lang).ruling.contains_key(code), "{code}");
        }
    }
}
