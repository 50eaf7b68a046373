use super::*;
use crate::base::{Instant, Lang};

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

#[test]
fn the_same_document_gives_the_same_bytes() {
    let (document, fonts) = (sample(), fonts());
    let pdf = typeset(&document, &fonts).unwrap();
    assert!(pdf == typeset(&document, &fonts).unwrap());
    std::fs::write("/tmp/epreuve.pdf", &pdf).unwrap();
}
