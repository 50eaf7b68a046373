//! Data of the documents: their sentences and warnings, parsed once.

use std::{collections::BTreeMap, sync::OnceLock};

use serde::{Deserialize, de::DeserializeOwned};

use super::template::{Slot, Template, TemplateError};
use crate::{
    base::{Lang, data, from_data},
    law::{Code, Ground, Offence},
};

/// Sentences of the notice, in one language.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct DsaWords {
    pub(super) opening: Template,
    pub(super) unsure_basis: String,
    pub(super) quote: Template,
    pub(super) transcribed: Template,
    pub(super) no_words: String,
    pub(super) withheld: String,
    pub(super) ground: Template,
    pub(super) public: String,
    pub(super) full: Template,
    pub(super) reply: Template,
    pub(super) explanation: Template,
    pub(super) seen: Template,
    pub(super) url: Template,
    pub(super) id: Template,
    pub(super) account: Template,
    pub(super) published: Template,
    pub(super) from_id: Template,
    pub(super) good_faith: String,
    pub(super) country: String,
    pub(super) category: String,
    pub(super) category_child: String,
    pub(super) as_person: String,
    pub(super) as_association: String,
    pub(super) represented: Template,
    pub(super) grounds: Template,
    pub(super) several: String,
    evident: BTreeMap<String, String>,
    labels: BTreeMap<String, String>,
}

impl DsaWords {
    /// Why the illegality of `offence` shows without a detailed legal examination; none where the context decides.
    pub(super) fn evident(&self, offence: &Offence) -> Option<&str> {
        self.evident.get(&offence.id).or_else(|| self.evident.get(&key(offence.code))).map(String::as_str)
    }

    pub(super) fn label<'a>(&'a self, id: &'a str) -> &'a str {
        self.labels.get(id).map_or(id, String::as_str)
    }

    fn check(&self) -> Result<(), TemplateError> {
        self.opening.require(&[Slot::Offence, Slot::Basis])?;
        self.quote.require(&[Slot::Quote])?;
        self.transcribed.require(&[Slot::Quote])?;
        self.ground.require(&[Slot::Because])?;
        self.full.require(&[Slot::Text])?;
        self.reply.require(&[Slot::Account])?;
        self.explanation.require(&[Slot::Explanation])?;
        self.seen.require(&[Slot::Seen])?;
        self.url.require(&[Slot::Url])?;
        self.represented.require(&[Slot::Name, Slot::Representative])?;
        self.grounds.require(&[Slot::Grounds])?;
        self.id.require(&[Slot::Id])?;
        self.account.require(&[Slot::Account])?;
        self.published.require(&[Slot::Published])?;
        self.from_id.require(&[Slot::Published])
    }
}

/// Sentences of the PHAROS report.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct PharosWords {
    pub(super) address: String,
    pub(super) complaint: String,
    pub(super) comment_limit: u32,
    pub(super) facts_public: Template,
    pub(super) facts: Template,
    pub(super) reply: Template,
    pub(super) quote: Template,
    pub(super) transcribed: Template,
    pub(super) no_words: String,
    pub(super) withheld: String,
    pub(super) opinion: Template,
    pub(super) ground: Template,
    pub(super) explanation: Template,
    pub(super) unsure_basis: String,
    pub(super) unknown_account: String,
    pub(super) unknown_date: String,
    pub(super) from_id: Template,
    pub(super) yes: String,
    pub(super) no: String,
    pub(super) unanswered: String,
    pub(super) place: Places,
    labels: BTreeMap<String, String>,
}

impl PharosWords {
    pub(super) fn label<'a>(&'a self, id: &'a str) -> &'a str {
        self.labels.get(id).map_or(id, String::as_str)
    }

    fn check(&self) -> Result<(), TemplateError> {
        self.facts_public.require(&[Slot::Account])?;
        self.facts.require(&[Slot::Account])?;
        self.reply.require(&[Slot::Account])?;
        self.quote.require(&[Slot::Quote])?;
        self.transcribed.require(&[Slot::Quote])?;
        self.opinion.require(&[Slot::Offence, Slot::Basis])?;
        self.ground.require(&[Slot::Because])?;
        self.explanation.require(&[Slot::Explanation])?;
        self.from_id.require(&[Slot::Published])?;
        self.place.default.require(&[Slot::Host])?;
        self.place.by_platform.values().try_for_each(|place| place.require(&[Slot::Host]))
    }
}

/// Kinds of places, by platform.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Places {
    default: Template,
    #[serde(flatten)]
    by_platform: BTreeMap<String, Template>,
}

impl Places {
    pub(super) fn of(&self, platform: &str) -> &Template {
        self.by_platform.get(platform).unwrap_or(&self.default)
    }
}

/// What to know before sending.
#[derive(Debug, Clone, Deserialize)]
struct Warning {
    fr: String,
    en: String,
}

/// When a body is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum When {
    /// PHAROS is not competent.
    NotPharos,
    /// For every content.
    Always,
    /// Where a minor or harassment is concerned.
    Minors,
    /// For its grounds.
    Grounds,
}

/// A body or an association, and when it is named.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Body {
    #[serde(flatten)]
    pub(super) said: super::Elsewhere,
    pub(super) when: When,
    #[serde(default)]
    pub(super) grounds: Vec<Ground>,
    #[serde(default)]
    pub(super) minors: bool,
}

#[derive(Debug, Deserialize)]
struct BodiesFile {
    body: Vec<Body>,
}

pub(super) fn bodies() -> &'static [Body] {
    static BODIES: OnceLock<BodiesFile> = OnceLock::new();
    &BODIES.get_or_init(|| embedded(parse(data!("notice/templates/elsewhere")))).body
}

/// A deadline in words.
#[derive(Debug, Clone, Deserialize)]
struct Due {
    title_fr: String,
    title_en: String,
    note_fr: String,
    note_en: String,
}

#[derive(Debug, Deserialize)]
struct DsaFile {
    fr: DsaWords,
    en: DsaWords,
}

pub(super) fn dsa(lang: Lang) -> &'static DsaWords {
    static WORDS: OnceLock<DsaFile> = OnceLock::new();
    let words = WORDS.get_or_init(|| embedded(parse_dsa(data!("notice/templates/dsa"))));
    match lang {
        Lang::Fr => &words.fr,
        Lang::En => &words.en,
    }
}

pub(super) fn pharos() -> &'static PharosWords {
    static WORDS: OnceLock<PharosWords> = OnceLock::new();
    WORDS.get_or_init(|| embedded(parse_pharos(data!("notice/templates/pharos"))))
}

/// The sentence of a warning code, for the pages: the law's words stand in one place.
pub fn warning(code: &str, lang: Lang) -> Option<&'static str> {
    static WORDS: OnceLock<BTreeMap<String, Warning>> = OnceLock::new();
    let warning = WORDS.get_or_init(|| embedded(parse(data!("notice/templates/warnings")))).get(code)?;
    Some(match lang {
        Lang::Fr => &warning.fr,
        Lang::En => &warning.en,
    })
}

/// What ends on a deadline and what to do before, by its code; empty for a code that this version does not know.
pub fn due_words(kind: &str, lang: Lang) -> (&'static str, &'static str) {
    static WORDS: OnceLock<BTreeMap<String, Due>> = OnceLock::new();
    let due = WORDS.get_or_init(|| embedded(parse(data!("notice/templates/deadlines")))).get(kind);
    due.map_or(("", ""), |due| match lang {
        Lang::Fr => (&due.title_fr, &due.note_fr),
        Lang::En => (&due.title_en, &due.note_en),
    })
}

fn parse_dsa(text: &str) -> Result<DsaFile, TemplateError> {
    let file: DsaFile = parse(text)?;
    file.fr.check()?;
    file.en.check()?;
    Ok(file)
}

fn parse_pharos(text: &str) -> Result<PharosWords, TemplateError> {
    let words: PharosWords = parse(text)?;
    words.check()?;
    Ok(words)
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, TemplateError> {
    from_data(text).map_err(TemplateError::Toml)
}

#[expect(clippy::expect_used, reason = "embedded data: tests parse the very same texts")]
fn embedded<T>(parsed: Result<T, TemplateError>) -> T {
    parsed.expect("the embedded templates are valid")
}

/// The code as the data files write it: `INJ`, `INJ_SIMPLE`.
fn key(code: Code) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
#[path = "../../tests/unit/notice/words.rs"]
mod tests;
