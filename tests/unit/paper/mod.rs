use super::*;
use crate::{
    base::{Instant, Lang},
    evidence::Digest,
};

pub(crate) fn fonts() -> Fonts {
    Fonts::new(|name| std::fs::read(format!("{}/www/fonts/{name}", env!("CARGO_MANIFEST_DIR"))).ok()).unwrap()
}

fn sample() -> Document {
    let mut document = Document::new("Épreuve typographique", Lang::Fr);
    document.dated(Instant::parse("2026-11-24T13:42:39Z").unwrap());
    document.running("Témoin · épreuve", "Témoin – ce document n’est pas un constat");
    document.mark("DÉMONSTRATION");
    document.heading(1, "Épreuve typographique");
    document.push(Block::Lead("« Cœur », œuvre, 12 €, ½ – l’accentuation française, et ce qui suit.".into()));
    document.heading(2, "Texte exact");
    document.push(Block::Quote("Propos 😀👨‍👩‍👧 ❤️ 🇫🇷 inventés\n\nمرحبا بالعالم 123 hello\nשלום עולם (test)\n𝓱𝓪𝓽𝓮 \u{202e}abc 漢字 \u{e000}\nhttps://x.com/invente/status/1900000000000000001?aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".into()));
    document.heading(2, "Champs");
    document.push(Block::fields([
        ("Adresse", Text::from("https://x.com/invente/status/1900000000000000001").mono()),
        ("Empreinte", Text::from("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a089f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08").mono()),
        ("Qualification", Text::from("Injure publique").bold().then(" à raison de l’origine, dite avec assez de mots pour que la ligne se brise au bon endroit et continue.")),
    ]));
    document.push(Block::Callout {
        alert: true,
        title: "Dernier jour sûr : 23 février 2027".into(),
        text: "La prescription court de la première publication affichée.".into(),
    });
    document.heading(2, "Contrôles");
    let rows = (1..60)
        .map(|n| {
            vec![
                format!("{n:02}/11/2026 à 14:42:39").into(),
                "Vue en ligne par une requête sans cookies, avec un témoin positif".into(),
                Text::from("en ligne").ink(Ink::Accent),
            ]
        })
        .collect();
    document.push(Block::table(&[("Quand", 1.0), ("Comment", 2.0), ("Résultat", 1.0)], rows));
    document.push(Block::bullets(["Un premier point.", "Un second point, plus long que la largeur de la page, afin que l’on voie que sa deuxième ligne s’aligne sur la première et non sur la puce."]));
    document.push(Block::numbers(["Un.", "Deux."]));
    document.push(Block::Code("Get-Content SHA256SUMS | ForEach-Object { $h, $f = $_ -split '  ', 2; if ((Test-Path -LiteralPath $f) -and ((Get-FileHash -LiteralPath $f -Algorithm SHA256).Hash -eq $h)) { \"$f : OK\" } else { \"$f : MODIFIE OU ABSENT\" } }".into()));
    document.attach("pieces/SHA256SUMS", "text/plain", "Empreintes des pièces", b"abc".to_vec());
    document
}

/// Change with the crates of the typesetter, the fonts and the look, and with nothing else. The same two files are given to the
/// module of the browsers (`tests/e2e/typeset.test.mjs`), which must give the same.
const JSON: &str = include_str!("../../golden/epreuve.json");
const DIGEST: &str = include_str!("../../golden/epreuve.sha256");

#[test]
fn the_same_document_gives_the_same_bytes() {
    let fonts = fonts();
    assert_eq!(serde_json::to_string(&sample()).unwrap(), JSON.trim_end());
    let pdf = typeset(&sample(), &fonts).unwrap();
    assert!(pdf == typeset(&sample(), &fonts).unwrap());
    assert_eq!(Digest::of(&pdf).to_string(), DIGEST.trim_end());
}

#[test]
fn a_document_crosses_as_json_with_its_bytes_beside_it() {
    let document = sample();
    let json = serde_json::to_string(&document).unwrap();
    let crossed: Document = serde_json::from_str(&json).unwrap();
    assert_eq!(crossed.with_blobs(document.blobs().to_vec()), document);
}

#[test]
fn whatever_the_text_there_is_a_pdf() {
    let fonts = fonts();
    let long = "mot ".repeat(3000);
    let texts = [
        "",
        "\0\u{1}\u{7f}",
        "\n\n\n",
        "\u{feff}\u{fffe}\u{10ffff}",
        "\u{202e}\u{2066}",
        "e\u{301}\u{301}\u{301}",
        &"x".repeat(5000),
        &long,
    ];
    for text in texts {
        let mut document = Document::new(text, Lang::Fr);
        document.heading(2, text);
        document.push(Block::Quote(text.to_owned()));
        document.push(Block::table(
            &[(text.get(..8).unwrap_or_default(), 1.0), ("b", 1.0)],
            vec![vec![text.into(), text.into()]],
        ));
        assert!(typeset(&document, &fonts).unwrap().starts_with(b"%PDF-"), "{:?}", text.get(..8));
    }
}

#[test]
fn a_picture_that_cannot_be_read_is_said() {
    let fonts = fonts();
    let head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x02\0\0\0\xd3\x10\x3f\x31".to_vec();
    for bytes in [vec![], b"GIF89a".to_vec(), vec![0xff, 0xd8, 0xff], head] {
        let mut document = Document::new("Image", Lang::Fr);
        document.picture(bytes, "une image", "légende", 300.0);
        assert!(typeset(&document, &fonts).is_ok());
    }
}

#[test]
fn without_fonts_but_the_first_every_text_is_still_drawn() {
    let fonts = Fonts::new(|name| {
        (name == "sans.ttf").then(|| std::fs::read(format!("{}/www/fonts/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap())
    })
    .unwrap();
    assert!(typeset(&sample(), &fonts).is_ok());
    assert!(Fonts::new(|_| None).is_err());
}
