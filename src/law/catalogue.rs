use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Confidence, Ground, GroundList, Offence, Regime, Situation, offence::Article};
use crate::base::{Lang, data, from_data};

/// The catalogue of this version, parsed once.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        #[expect(clippy::expect_used, reason = "embedded data: a test parses and checks the very same text")]
        from_data(data!("law/catalogue")).expect("the embedded catalogue is valid")
    })
}

/// Offences and what is said of them, with the date of the law.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Catalogue {
    /// Version of the data; a qualification records it.
    pub version: String,
    /// Date of the consolidated codes that were read, `YYYY-MM-DD`.
    pub law_date: String,
    /// Date on which the notes were verified, `YYYY-MM-DD`.
    pub verified_on: String,
    /// Jurist who read it, and when; nobody yet when none.
    #[serde(default)]
    pub reviewed_by_jurist: Option<String>,
    text: BTreeMap<String, Bilingual>,
    /// Articles that documents may cite beside the offences'.
    #[serde(default)]
    pub citable: Vec<Citable>,
    /// The statutes' own words, as far as they were read.
    #[serde(default)]
    statute: Vec<Statute>,
    /// What protects the person who reports.
    pub safety: Vec<Safety>,
    /// What every association needs in order to act, whatever its article.
    pub associations: Bilingual,
    ground_list: BTreeMap<GroundList, ListWords>,
    ground: BTreeMap<Ground, GroundWords>,
    regime: BTreeMap<Regime, RegimeText>,
    /// Numbers to call, in the order to show them.
    pub emergency: Vec<Emergency>,
    pharos_category: BTreeMap<String, Category>,
    actor: BTreeMap<String, Bilingual>,
    question: BTreeMap<String, Bilingual>,
    doubt: BTreeMap<String, Doubt>,
    offence: Vec<Offence>,
}

impl Catalogue {
    /// Reads and checks a catalogue: what it refers to exists, nothing stands twice, whatever is not sure says its doubt.
    pub fn parse(text: &str) -> Result<Self, CatalogueError> {
        let catalogue: Self = from_data(text).map_err(CatalogueError::Toml)?;
        catalogue.check()?;
        Ok(catalogue)
    }

    /// All offences, in the order of the families.
    pub fn offences(&self) -> &[Offence] {
        &self.offence
    }

    /// The offence of that id.
    pub fn offence(&self, id: &str) -> Option<&Offence> {
        self.offence.iter().find(|offence| offence.id == id)
    }

    /// The legal basis in words: `loi du 29 juillet 1881 …, art. 29 al. 2 et 33 al. 3`.
    ///
    /// Documents print it through [`Self::citation`], which keeps back what was not read in the statute.
    pub fn basis(&self, offence: &Offence, lang: Lang) -> String {
        self.cite(&offence.basis, lang)
    }

    /// Articles in words, those of one text together.
    pub fn cite(&self, articles: &[Article], lang: Lang) -> String {
        let mut texts: Vec<(&str, Vec<String>)> = vec![];
        for Article { text, article } in articles {
            let name = self.text.get(text).map_or(text.as_str(), |text| text.say(lang));
            let article = match lang {
                Lang::Fr => article.replace(" al. ", " al.\u{a0}"),
                Lang::En => article.replace(" al. ", " para.\u{a0}"),
            };
            match texts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, articles)) => articles.push(article),
                None => texts.push((name, vec![article])),
            }
        }
        let and = match lang {
            Lang::Fr => " et ",
            Lang::En => " and ",
        };
        let said: Vec<_> =
            texts.iter().map(|(name, articles)| format!("{name}, art.\u{a0}{}", listed(articles, and))).collect();
        said.join("; ")
    }

    /// The basis when a document may cite it; none when it must stay in words, « à vérifier ».
    pub fn citation(&self, offence: &Offence, lang: Lang) -> Option<String> {
        (offence.basis_confidence == Confidence::Sure).then(|| self.basis(offence, lang))
    }

    /// The words of the articles that define and punish it, where they were read.
    pub fn statutes<'a>(&'a self, offence: &'a Offence) -> impl Iterator<Item = &'a Statute> {
        offence.basis.iter().filter_map(|basis| self.statute.iter().find(|statute| statute.of == *basis))
    }

    /// The rules to show at that place (`capture`, `report`, `notice`, `export`, `keep`).
    pub fn safety_at<'a>(&'a self, place: &'a str) -> impl Iterator<Item = &'a Safety> {
        self.safety.iter().filter(move |rule| rule.when.iter().any(|when| when == place))
    }

    /// Who may act, in words.
    pub fn who<'a>(&'a self, offence: &'a Offence) -> impl Iterator<Item = &'a Bilingual> {
        offence.who.iter().filter_map(|id| self.actor.get(id))
    }

    /// The offences easily taken for this one, each with the question that tells them apart.
    pub fn neighbours<'a>(&'a self, offence: &'a Offence) -> impl Iterator<Item = (&'a Offence, &'a Bilingual)> {
        offence.neighbours.iter().filter_map(|near| Some((self.offence(&near.id)?, self.question.get(&near.question)?)))
    }

    /// What is not sure about it.
    pub fn doubts<'a>(&'a self, offence: &'a Offence) -> impl Iterator<Item = &'a Doubt> {
        offence.doubts.iter().filter_map(|id| self.doubt.get(id))
    }

    /// The numbers to show before anything else, in their order.
    pub fn emergencies<'a>(&'a self, situations: &'a [Situation]) -> impl Iterator<Item = &'a Emergency> {
        self.emergency.iter().filter(|number| number.when.iter().any(|when| situations.contains(when)))
    }

    /// The category of PHAROS's form, in its words.
    pub fn pharos_category(&self, offence: &Offence) -> Option<&str> {
        let category = self.pharos_category.get(offence.pharos.category.as_deref()?)?;
        Some(&category.label)
    }

    /// What starts and interrupts a limitation period.
    pub fn regime(&self, regime: Regime) -> Option<&RegimeText> {
        self.regime.get(&regime)
    }

    /// The line that documents print about the data: date of the law and who read it.
    pub fn standing(&self, lang: Lang) -> String {
        let reader = self.reviewed_by_jurist.as_deref();
        let date = match lang {
            Lang::Fr => self.law_date.split('-').rev().collect::<Vec<_>>().join("/"),
            Lang::En => self.law_date.clone(),
        };
        match (lang, reader) {
            (Lang::Fr, Some(reader)) => format!("Droit au {date}\u{a0}; relu par {reader}."),
            (Lang::Fr, None) => format!("Droit au {date}\u{a0}; non relu par un juriste."),
            (Lang::En, Some(reader)) => format!("Law as of {date}; reviewed by {reader}."),
            (Lang::En, None) => format!("Law as of {date}; not reviewed by a jurist."),
        }
    }

    /// Whether a document may name that article: it is an offence's basis, or listed as citable; and sure.
    pub fn may_cite(&self, text: &str, article: &str) -> bool {
        let named =
            |known: &str| known == article || known.strip_prefix(article).is_some_and(|rest| rest.starts_with(' '));
        let basis = self
            .offence
            .iter()
            .filter(|offence| offence.basis_confidence == Confidence::Sure)
            .any(|offence| offence.basis.iter().any(|basis| basis.text == text && named(&basis.article)));
        basis
            || self
                .citable
                .iter()
                .any(|known| known.confidence == Confidence::Sure && known.text == text && named(&known.article))
    }

    pub(super) fn ground(&self, ground: Ground) -> Option<&GroundWords> {
        self.ground.get(&ground)
    }

    pub(super) fn ground_list(&self, list: GroundList) -> Option<&ListWords> {
        self.ground_list.get(&list)
    }

    fn check(&self) -> Result<(), CatalogueError> {
        for day in [&self.law_date, &self.verified_on] {
            check_day("en-tête", day)?;
        }
        for ground in Ground::ALL {
            known("en-tête", "ground", &format!("{ground:?}"), self.ground.contains_key(&ground))?;
            known(
                "en-tête",
                "ground_list",
                &format!("{:?}", ground.list()),
                self.ground_list.contains_key(&ground.list()),
            )?;
        }
        let mut seen = BTreeSet::new();
        for offence in &self.offence {
            let id = offence.id.as_str();
            if !seen.insert(id) {
                return Err(CatalogueError::Twice(id.to_owned()));
            }
            check_day(id, &offence.text_date)?;
            for article in &offence.basis {
                known(id, "text", &article.text, self.text.contains_key(&article.text))?;
            }
            for near in &offence.neighbours {
                known(id, "neighbour", &near.id, near.id != id && self.offence(&near.id).is_some())?;
                known(id, "question", &near.question, self.question.contains_key(&near.question))?;
            }
            for actor in &offence.who {
                known(id, "actor", actor, self.actor.contains_key(actor))?;
            }
            if let Some(category) = &offence.pharos.category {
                known(id, "pharos_category", category, self.pharos_category.contains_key(category))?;
            }
            known(id, "regime", "limitation", self.regime.contains_key(&offence.limitation.regime))?;
            for doubt in &offence.doubts {
                known(id, "doubt", doubt, self.doubt.contains_key(doubt))?;
            }
            let elements = offence.elements(Lang::Fr).len();
            known(id, "element", "shown_by", offence.shown_by.len() == elements)?;
            known(id, "element", "elements_en", offence.elements(Lang::En).len() == elements)?;
            self.check_doubts(offence)?;
        }
        for statute in &self.statute {
            check_day("statute", &statute.version)?;
            let used = self.offence.iter().any(|offence| offence.basis.contains(&statute.of));
            known("statute", "basis", &statute.of.article, used)?;
        }
        for rule in &self.safety {
            for basis in &rule.basis {
                known(&rule.id, "article", &basis.article, self.may_cite(&basis.text, &basis.article))?;
            }
        }
        for citable in &self.citable {
            known("citable", "text", &citable.text, self.text.contains_key(&citable.text))?;
        }
        Ok(())
    }

    fn check_doubts(&self, offence: &Offence) -> Result<(), CatalogueError> {
        let unsure = |confidence: Confidence| confidence != Confidence::Sure;
        let fields = [
            (unsure(offence.basis_confidence), About::Basis),
            (unsure(offence.penalty_confidence), About::Penalty),
            (unsure(offence.limitation.confidence), About::Limitation),
            (unsure(offence.who_confidence), About::Who),
            (offence.pharos.competent == super::Competent::Unsure, About::Pharos),
            (unsure(offence.confidence), About::Confidence),
        ];
        for (unsure, about) in fields {
            if unsure && !self.doubts(offence).any(|doubt| doubt.about == about) {
                return Err(CatalogueError::NoDoubt { id: offence.id.clone(), about: format!("{about:?}") });
            }
        }
        Ok(())
    }
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Bilingual {
    fr: String,
    en: String,
}

impl Bilingual {
    /// The text in `lang`.
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

/// The words of an article, in French only: a statute is not translated.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Statute {
    /// Which article.
    #[serde(flatten)]
    pub of: Article,
    /// Its words.
    pub words: String,
    /// Date of the version that was read, `YYYY-MM-DD`.
    pub version: String,
    /// [`Confidence::Likely`] when assembled from amending acts: documents do not print it.
    pub confidence: Confidence,
}

/// A rule that protects the person who reports.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Safety {
    /// Its id.
    pub id: String,
    /// Where it is shown.
    pub when: Vec<String>,
    /// What it rests on; none where it is prudence.
    pub basis: Vec<Article>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Codes of its short forms among the warnings of the documents.
    #[serde(default)]
    pub warnings: Vec<String>,
    fr: String,
    en: String,
}

impl Safety {
    /// The rule.
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

/// An article that documents may cite though it is no offence of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Citable {
    /// Id of the text.
    pub text: String,
    /// Its number.
    pub article: String,
    /// What it is about.
    pub subject: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// The statute's words for a list of grounds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct ListWords {
    #[allow(dead_code, reason = "for who reads the data file")]
    articles: String,
    pub(super) words: String,
}

/// What pages and documents call a ground.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct GroundWords {
    fr: String,
    en: String,
    because_fr: String,
    because_en: String,
}

impl GroundWords {
    pub(super) fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }

    pub(super) fn because(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.because_fr,
            Lang::En => &self.because_en,
        }
    }
}

/// What starts and interrupts a limitation period, in words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RegimeText {
    start_fr: String,
    start_en: String,
    interrupts_fr: String,
    interrupts_en: String,
    does_not_fr: String,
    does_not_en: String,
}

impl RegimeText {
    /// What starts it.
    pub fn start(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.start_fr,
            Lang::En => &self.start_en,
        }
    }

    /// What interrupts it.
    pub fn interrupts(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.interrupts_fr,
            Lang::En => &self.interrupts_en,
        }
    }

    /// What does not, though people believe so.
    pub fn does_not_interrupt(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.does_not_fr,
            Lang::En => &self.does_not_en,
        }
    }
}

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Emergency {
    /// `17`.
    pub number: String,
    /// When to show it.
    pub when: Vec<Situation>,
    fr: String,
    en: String,
}

impl Emergency {
    /// Who answers.
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Category {
    label: String,
}

/// What is not sure, and about which field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Doubt {
    about: About,
    fr: String,
    en: String,
}

impl Doubt {
    /// One sentence.
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum About {
    Basis,
    Penalty,
    Limitation,
    Who,
    Pharos,
    Confidence,
}

/// Why a text is no catalogue. Only an editor of the data meets it.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CatalogueError {
    /// Not the expected TOML.
    #[error("catalogue illisible : {0}")]
    Toml(String),
    /// An id stands twice.
    #[error("l’infraction « {0} » figure deux fois")]
    Twice(String),
    /// Something is named that is not there.
    #[error("« {id} » renvoie à {what} « {name} », qui n’existe pas")]
    Unknown {
        /// Where.
        id: String,
        /// What kind of thing.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// Not sure, without a doubt that says why.
    #[error("« {id} » n’est pas sûr ({about}) et ne dit pas pourquoi")]
    NoDoubt {
        /// Where.
        id: String,
        /// Which field.
        about: String,
    },
    /// Not a day.
    #[error("« {id} » : « {day} » n’est pas un jour (AAAA-MM-JJ)")]
    NotADay {
        /// Where.
        id: String,
        /// What stands there.
        day: String,
    },
}

fn known(id: &str, what: &'static str, name: &str, exists: bool) -> Result<(), CatalogueError> {
    if exists { Ok(()) } else { Err(CatalogueError::Unknown { id: id.to_owned(), what, name: name.to_owned() }) }
}

fn check_day(id: &str, day: &str) -> Result<(), CatalogueError> {
    match NaiveDate::parse_from_str(day, "%Y-%m-%d") {
        Ok(_) => Ok(()),
        Err(_) => Err(CatalogueError::NotADay { id: id.to_owned(), day: day.to_owned() }),
    }
}

/// `a, b et c`.
fn listed(items: &[String], and: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{}{and}{last}", before.join(", ")),
    }
}

#[cfg(test)]
#[path = "../../tests/unit/law/catalogue.rs"]
mod tests;
