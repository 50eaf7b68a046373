//! The catalogue against the notes that it was made from, where they are at hand; and every article that a text names
//! against the catalogue.

#![allow(clippy::unwrap_used, clippy::string_slice, clippy::print_stdout)] // A test that stops says where.

use std::{collections::BTreeMap, fs, path::Path};

use regex_lite::Regex;
use temoin::{
    base::Lang,
    law::{Competent, Confidence, Offence, Period, Publicity, Regime, TerrorOrder, catalogue},
};

const NOTES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/reference/law.md");

/// What law-verified.md corrects: one year for all délits of article 24 since 26 August 2021.
const ONE_YEAR_SINCE_2021: [&str; 2] = ["provocation_crime_delit_directe", "apologie_crimes"];

#[test]
fn the_catalogue_says_what_the_notes_say() {
    let Some(notes) = notes() else { return };
    let offences: BTreeMap<&str, &Offence> =
        catalogue().offences().iter().map(|offence| (offence.id.as_str(), offence)).collect();
    assert_eq!(offences.keys().collect::<Vec<_>>(), notes.keys().collect::<Vec<_>>(), "the ids");
    let mut faults = vec![];
    for (id, note) in &notes {
        let offence = offences[id.as_str()];
        let mut differs = |what: &str, ours: String, theirs: &str| {
            faults.push(format!("{id}: {what} is {ours}, the notes say « {theirs} »"));
        };
        for basis in &offence.basis {
            let number = basis.article.split(" al. ").next().unwrap();
            let defined_elsewhere = basis.text == "loi_1881" && number == "29";
            let paragraph = basis.article.rsplit(' ').next().unwrap();
            let named = note.base.contains(number) && note.base.contains(paragraph);
            if !defined_elsewhere && !named {
                let between = id == "provocation_crime_delit_directe" && note.base.contains("al. 1 à 3");
                if !between {
                    differs("the basis", basis.article.clone(), &note.base);
                }
            }
        }
        if let Some(public) = &note.public {
            let expected = match public.as_str() {
                "true" => Publicity::Required,
                "false" => Publicity::Excluded,
                _ => Publicity::Indifferent,
            };
            if offence.public != expected {
                differs("public", format!("{:?}", offence.public), public);
            }
        }
        let allowed: &[TerrorOrder] = match note.tco.as_str() {
            tco if tco.starts_with("OUI") => &[TerrorOrder::Yes],
            tco if tco.contains("terror") => &[TerrorOrder::IfTerrorist, TerrorOrder::No],
            _ => &[TerrorOrder::No],
        };
        if !allowed.contains(&offence.tco) {
            differs("the one-hour order", format!("{:?}", offence.tco), &note.tco);
        }
        let competent: &[Competent] = match note.pharos.to_lowercase() {
            pharos if pharos.starts_with("oui") => &[Competent::Yes, Competent::Unsure],
            pharos if pharos.starts_with("si public") => &[Competent::Unsure],
            pharos if pharos.starts_with("plainte") => &[Competent::No, Competent::Unsure],
            _ => &[Competent::No],
        };
        if !competent.contains(&offence.pharos.competent) {
            differs("PHAROS", format!("{:?}", offence.pharos.competent), &note.pharos);
        }
        if let Some(expected) = period(id, &note.limitation)
            && offence.limitation.shortest != expected
        {
            differs("the limitation", format!("{:?}", offence.limitation.shortest), &note.limitation);
        }
        for amount in amounts(offence.penalty(Lang::Fr)) {
            if !note.amounts.contains(&amount) {
                differs("the penalty", format!("{amount} €"), &format!("{:?}", note.amounts));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_two_lists_are_the_notes_words() {
    if !Path::new(NOTES).exists() {
        return;
    }
    let notes = fs::read_to_string(NOTES).unwrap().replace('\'', "’");
    for ground in temoin::law::Ground::ALL {
        assert!(notes.contains(ground.statute_words()), "{}", ground.statute_words());
    }
    // What is quoted as the statute's words stands in the annex of the notes, word for word.
    let plain =
        |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'").replace(" / ", " ");
    let annex = plain(notes.split("## 7. Annex A").nth(1).unwrap());
    let non_public = ["R.625-7", "R.625-8", "R.625-8-1"];
    for offence in catalogue().offences() {
        for statute in catalogue().statutes(offence).filter(|found| !non_public.contains(&found.of.article.as_str())) {
            for part in plain(&statute.words).split("[…]") {
                let part = part.trim_matches([' ', '.', ',']);
                assert!(annex.contains(part), "{}: {part}", statute.of.article);
            }
        }
    }
}

/// An article that a text names stands in the catalogue, so that it is corrected in one place.
#[test]
fn every_article_that_a_text_names_stands_in_the_catalogue() {
    let mut named = 0;
    let mut faults = vec![];
    for (file, text, cites_likely) in texts() {
        for (law, article) in articles(&text) {
            named += 1;
            let sure = catalogue().may_cite(law, &article);
            let known = catalogue()
                .citable
                .iter()
                .map(|citable| (citable.text.as_str(), citable.article.as_str(), citable.confidence))
                .chain(catalogue().offences().iter().flat_map(|offence| {
                    let confidence = offence.basis_confidence;
                    offence.basis.iter().map(move |basis| (basis.text.as_str(), basis.article.as_str(), confidence))
                }))
                .any(|(text, known, confidence)| {
                    text == law
                        && confidence >= Confidence::Likely
                        && (known == article || known.starts_with(&format!("{article} ")))
                });
            if !(sure || cites_likely && known) {
                faults.push(format!("{file}: {law} {article}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(named > 60, "{named}");
}

#[test]
fn the_finder_of_articles_finds_them() {
    let found = |text| articles(text).into_iter().map(|(law, article)| format!("{law} {article}")).collect::<Vec<_>>();
    assert_eq!(found("au titre de l’article 16 du règlement (UE) 2022/2065"), ["dsa 16"]);
    assert_eq!(found("(Code pénal, art.\u{a0}226-10)"), ["code_penal 226-10"]);
    assert_eq!(found("(CP 132-76, 132-77)"), ["code_penal 132-76", "code_penal 132-77"]);
    assert_eq!(found("(art. 48-1)"), ["loi_1881 48-1"]);
    assert_eq!(found("CPP\u{a0}2-6"), ["cpp 2-6"]);
    assert_eq!(found("article 9 du code de procédure pénale"), ["cpp 9"]);
    assert_eq!(found("des articles 225-2 et 432-7 du code pénal"), ["code_penal 225-2", "code_penal 432-7"]);
    assert_eq!(found("(DSA, art. 16, § 2, d)"), ["dsa 16"]);
    assert!(found("42 articles de presse").is_empty());
}

/// A short form of a rule is a warning that the documents know.
#[test]
fn the_rules_of_safety_and_the_warnings_of_the_documents_agree() {
    for rule in &catalogue().safety {
        for code in &rule.warnings {
            assert!(temoin::notice::warning(code, Lang::Fr).is_some(), "{}: {code}", rule.id);
        }
        assert!(!rule.say(Lang::Fr).is_empty() && !rule.say(Lang::En).is_empty());
        assert!(!rule.when.is_empty(), "{}", rule.id);
    }
    for place in ["capture", "report", "notice", "export", "keep"] {
        assert!(catalogue().safety_at(place).count() > 0, "{place}");
    }
}

struct Note {
    base: String,
    public: Option<String>,
    tco: String,
    pharos: String,
    limitation: String,
    amounts: Vec<String>,
}

/// The entries of law.md by id: the blocks of part 1.2, then the completion block.
fn notes() -> Option<BTreeMap<String, Note>> {
    let Ok(text) = fs::read_to_string(NOTES) else {
        println!("the notes are not at hand: nothing compared");
        return None;
    };
    let part = text.split("### 1.2 Catalogue").nth(1)?.split("### 1.3").next()?.to_owned();
    let id = Regex::new(r"^(?:- id: ([a-z_]+)|([a-z_]+):$)").unwrap();
    let mut raw: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut current = None;
    for line in part.lines() {
        if let Some(found) = id.captures(line.trim_end()) {
            current = found.get(1).or(found.get(2)).map(|id| id.as_str().to_owned());
        } else if line.starts_with("# ") || line.starts_with("####") || line.starts_with("```") {
            current = None;
        }
        if let Some(id) = &current {
            raw.entry(id.clone()).or_default().push(line.trim().to_owned());
        }
    }
    let family_n = ["provocation_non_publique", "diffamation_non_publique_discriminatoire"];
    Some(
        raw.into_iter()
            .map(|(id, lines)| {
                let value = |key: &str| {
                    lines
                        .iter()
                        .find_map(|line| line.strip_prefix(key))
                        .map(|value| value.trim().trim_matches('"').to_owned())
                };
                let mut amounts = amounts(&lines.join("\n"));
                // Said of public agents by law-verified.md, 1.3.
                if id == "contestation_crime_humanite" {
                    amounts.push("75000".to_owned());
                }
                // Family N has its repeat offence in the comment of the block.
                if family_n.contains(&id.as_str()) || id.starts_with("injure_non_publique") {
                    amounts.push("3000".to_owned());
                }
                let note = Note {
                    base: value("base:").unwrap_or_default(),
                    public: value("pub:").map(|value| value.split("  #").next().unwrap_or_default().trim().to_owned()),
                    tco: value("tco:").unwrap_or_default(),
                    pharos: value("pharos:").unwrap_or_default(),
                    limitation: value("prescr:").unwrap_or_default(),
                    amounts,
                };
                (id, note)
            })
            .collect(),
    )
}

fn period(id: &str, said: &str) -> Option<Period> {
    if ONE_YEAR_SINCE_2021.contains(&id) {
        return Some(Period::Years(1));
    }
    let number = Regex::new(r"^(\d+) (mois|ans?)").unwrap();
    let found = number.captures(said)?;
    let count = found[1].parse().ok()?;
    Some(if &found[2] == "mois" { Period::Months(count) } else { Period::Years(count) })
}

fn amounts(text: &str) -> Vec<String> {
    let money = Regex::new(r"(\d[\d \u{a0}\u{202f}]*)\s*€").unwrap();
    money.captures_iter(text).map(|found| found[1].chars().filter(char::is_ascii_digit).collect()).collect()
}

/// What people read: templates and warnings, the texts of the pages in both languages, the catalogue itself, the pack's own
/// texts. The last value: whether it may name what is only likely (the catalogue says so beside it).
fn texts() -> Vec<(String, String, bool)> {
    let mut found = vec![];
    for file in [
        "src/notice/templates/dsa.toml",
        "src/notice/templates/pharos.toml",
        "src/notice/templates/warnings.toml",
        "extension/_locales/fr/messages.json",
        "extension/_locales/en/messages.json",
        "src/pack/readme.rs",
        "src/app/failure.rs",
        "src/law/catalogue.toml",
    ] {
        let text = fs::read_to_string(file).unwrap();
        let read: String = text
            .lines()
            .filter(|line| {
                let line = line.trim_start();
                let comment = line.starts_with('#') || line.starts_with("//");
                // The statutes' own words and what was read name whatever they name.
                let verbatim =
                    ["words = ", "source = ", "articles = ", "subject = "].iter().any(|key| line.starts_with(key));
                !comment && !verbatim
            })
            .map(|line| format!("{line}\n"))
            .collect();
        found.push((file.to_owned(), read, file.ends_with("catalogue.toml")));
    }
    found
}

/// Articles that a text names, with the id of their law.
fn articles(text: &str) -> Vec<(&'static str, String)> {
    let text = text.replace(['\u{a0}', '\u{202f}'], " ");
    let number = r"(?:[RL]\.? ?)?\d+(?:-\d+)*(?: bis)?(?: (?:al\.|para\.) \d+)?";
    let group = format!(r"{number}(?:(?:, | et | and | à | to ){number})*");
    let cited = Regex::new(&format!(
        r"(CPP|CP|Code pénal, art\.|Criminal Code, art\.|DSA, art\.|DSA art\.|[Aa]rticles?|\b[Aa]rts?\.) ({group})((?:[^.;:\n]{{0,60}}))"
    ))
    .unwrap();
    let each = Regex::new(number).unwrap();
    let mut found = vec![];
    for cite in cited.captures_iter(&text) {
        let law = match (&cite[1], &cite[3]) {
            ("CPP", _) => "cpp",
            ("CP" | "Code pénal, art." | "Criminal Code, art.", _) => "code_penal",
            ("DSA, art." | "DSA art.", _) => "dsa",
            (_, after) if after.contains("2022/2065") || after.contains("services numériques") => "dsa",
            (_, after) if after.contains("Digital Services Act") || after.contains("numérique") => "dsa",
            (_, after) if after.contains("procédure pénale") || after.contains("criminal procedure") => "cpp",
            (_, after) if after.contains("code pénal") || after.contains("Criminal Code") => "code_penal",
            (_, after) if after.contains("2011/93") => "directive_2011_93",
            _ => {
                let first = each.find(&cite[2]).unwrap().as_str();
                let big = first.split('-').next().unwrap().trim_start_matches(['R', '.', ' ']).parse::<u32>();
                if big.is_ok_and(|number| number > 100) { "code_penal" } else { "loi_1881" }
            }
        };
        for article in each.find_iter(&cite[2]) {
            found.push((law, article.as_str().replace(" para. ", " al. ")));
        }
    }
    found
}

/// Limitation of article 65-3, in the corrected notes' words.
#[test]
fn exactly_the_offences_of_article_65_3_have_one_year() {
    for offence in catalogue().offences() {
        let articles: Vec<&str> = offence.basis.iter().map(|basis| basis.article.as_str()).collect();
        let listed = offence.basis[0].text == "loi_1881"
            && articles.iter().any(|article| {
                (article.starts_with("24 ") && *article != "24 al. 6")
                    || ["32 al. 2", "32 al. 3", "33 al. 3", "33 al. 4"].contains(article)
            });
        assert_eq!(offence.limitation.regime == Regime::PressOneYear, listed, "{}", offence.id);
    }
}
