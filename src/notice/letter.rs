//! Letters around a notice: to a court, the prosecutor, the platform, Arcom, a lawyer. Text to read again and to complete, never sent.

use std::{collections::BTreeMap, sync::OnceLock};

use serde::{Deserialize, Serialize};

use super::{
    Facts, NoticeError, Sender, SenderKind,
    dsa::evident,
    facts::{Passages, moment},
    quote::{quoted, shorten},
    template::{Slot, Template},
    words,
};
use crate::{
    base::{Instant, Lang, data, from_data},
    law::{CaptureRule, catalogue},
};

/// Longest quotation or explanation in a letter.
const LONG: usize = 4000;

/// What a letter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterKind {
    /// A witness writes down what they saw (Code de procédure civile, art. 202).
    Attestation,
    /// Simple complaint to the prosecutor.
    Prosecutor,
    /// The platform is asked to keep data.
    Preservation,
    /// DSA art. 20.
    InternalComplaint,
    /// DSA art. 21.
    OutOfCourt,
    /// DSA art. 53.
    Arcom,
    /// To a lawyer or a commissaire de justice.
    Handover,
}

impl LetterKind {
    /// All of them, in the order of the work.
    pub const ALL: [Self; 7] = [
        Self::Attestation,
        Self::Preservation,
        Self::Handover,
        Self::Prosecutor,
        Self::InternalComplaint,
        Self::OutOfCourt,
        Self::Arcom,
    ];

    /// The language it is written in when `wanted` is asked for: French authorities and courts read French.
    pub fn lang(self, wanted: Lang) -> Lang {
        if file().letter(self, wanted).is_some() { wanted } else { Lang::Fr }
    }
}

/// What a letter tells beside the post: what was done, and the pieces.
#[derive(Debug, Clone)]
pub struct LetterFacts<'a> {
    /// The post and the decision; its `victim` says who speaks.
    pub facts: &'a Facts<'a>,
    /// Name of the platform.
    pub platform: &'a str,
    /// The day on which it is written.
    pub today: Instant,
    /// When PHAROS was told.
    pub reported: Option<Instant>,
    /// When the platform was, and its reference.
    pub notified: Option<(Instant, Option<&'a str>)>,
    /// When it confirmed that.
    pub receipt: Option<Instant>,
    /// When it decided, and the code of what.
    pub decision: Option<(Instant, &'a str)>,
    /// When the internal complaint was sent.
    pub complaint: Option<Instant>,
    /// Last safe day of the limitation period.
    pub last_safe_day: Option<(i32, u32, u32)>,
    /// The pieces of the case.
    pub pieces: &'a [LetterPiece],
}

/// One piece, for the list at the end of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterPiece {
    /// Its number.
    pub number: u32,
    /// Given by somebody, not captured.
    pub given: bool,
    /// When it was captured or added.
    pub at: Instant,
    /// Its seal.
    pub seal: String,
}

/// A letter, ready to be read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// What it is for.
    pub kind: LetterKind,
    /// Its language.
    pub lang: Lang,
    /// Its title.
    pub title: String,
    /// What the sender has to know; not part of it.
    pub notes: Vec<String>,
    /// Its paragraphs.
    pub blocks: Vec<Block>,
}

/// One paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// Opens a part.
    Heading(String),
    /// Words.
    Text(String),
    /// One of a list.
    Item(String),
}

/// Writes a letter. A paragraph about what is not known is left out.
pub fn letter(kind: LetterKind, facts: &LetterFacts<'_>, wanted: Lang) -> Result<Letter, NoticeError> {
    let lang = kind.lang(wanted);
    let template = file().letter(kind, lang).ok_or(NoticeError::NotQualified)?;
    let values = values(facts, lang)?;
    let given: Vec<(Slot, &str)> = values.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
    let mut blocks: Vec<Block> = vec![];
    for paragraph in &template.body {
        match paragraph {
            Paragraph::Pieces => blocks.extend(facts.pieces.iter().map(|piece| Block::Item(listed(piece, lang)))),
            Paragraph::Heading(text) => blocks.push(Block::Heading(text.clone())),
            Paragraph::Item(text) => blocks.extend(text.fill_whole(&given).map(Block::Item)),
            // Two wordings of one sentence, the fuller first: the second stands in only where the first could not.
            Paragraph::Text(text) => {
                if let Some(text) = text.fill_whole(&given).filter(|text| !repeats(blocks.last(), text)) {
                    blocks.push(Block::Text(text));
                }
            }
        }
    }
    drop_empty_parts(&mut blocks);
    Ok(Letter { kind, lang, title: template.title.clone(), notes: template.notes.clone(), blocks })
}

/// A letter as plain text, ready to copy.
pub fn letter_text(letter: &Letter) -> String {
    let mut text = format!("{}\n", letter.title);
    let mut in_list = false;
    for block in &letter.blocks {
        let item = matches!(block, Block::Item(_));
        if !(item && in_list) {
            text.push('\n');
        }
        match block {
            Block::Heading(words) => text.push_str(&words.to_uppercase()),
            Block::Text(words) => text.push_str(words),
            Block::Item(words) => {
                text.push_str("- ");
                text.push_str(words);
            }
        }
        text.push('\n');
        in_list = item;
    }
    text
}

/// A sentence that says again, in fewer words, what stands above it.
fn repeats(before: Option<&Block>, text: &str) -> bool {
    let opening = |text: &str| text.split(',').next().map(str::to_owned);
    matches!(before, Some(Block::Text(before)) if opening(before) == opening(text) && before.starts_with("Le "))
}

/// A heading under which nothing is left says nothing.
fn drop_empty_parts(blocks: &mut Vec<Block>) {
    let mut kept: Vec<Block> = vec![];
    for block in blocks.drain(..) {
        if matches!(block, Block::Heading(_)) && matches!(kept.last(), Some(Block::Heading(_))) {
            kept.pop();
        }
        kept.push(block);
    }
    if matches!(kept.last(), Some(Block::Heading(_))) {
        kept.pop();
    }
    *blocks = kept;
}

fn values(letter: &LetterFacts<'_>, lang: Lang) -> Result<BTreeMap<Slot, String>, NoticeError> {
    let facts = letter.facts;
    let offence = catalogue().offence(facts.offence).ok_or(NoticeError::NotQualified)?;
    if facts.ground.is_some_and(|ground| !offence.takes_ground(ground)) {
        return Err(NoticeError::WrongGround);
    }
    let words = file().words(lang);
    let dated = |at: Instant| words.on.fill(&[(Slot::Today, &day(at.paris_day(), lang))]);
    let Sender { name, email, representative, kind, .. } = facts.sender;
    let mut values = BTreeMap::new();
    let mut put = |slot, value: &str| {
        if !value.trim().is_empty() {
            values.insert(slot, value.trim().to_owned());
        }
    };
    if *kind != SenderKind::Anonymous {
        put(Slot::Name, name);
        put(Slot::Email, email);
    }
    if *kind == SenderKind::Association {
        put(Slot::Representative, representative);
    }
    put(Slot::Today, &day(letter.today.paris_day(), lang));
    put(Slot::Platform, letter.platform);
    put(Slot::Url, &facts.post.permalink);
    put(Slot::Id, &facts.post.id);
    put(Slot::Account, &facts.author().unwrap_or_default());
    put(Slot::Seen, &moment(facts.seen_at, lang));
    if let Some((published, _)) = facts.published() {
        put(Slot::Published, &moment(published, lang));
    }
    put(Slot::Offence, offence.label(lang));
    put(Slot::Basis, catalogue().citation(offence, lang).as_deref().unwrap_or(&words.unsure_basis));
    put(Slot::Law, &catalogue().standing(lang));
    if let Some(ground) = facts.ground {
        put(Slot::Because, ground.because(lang));
    }
    put(Slot::Victim, if facts.victim == Some(true) { &words.victim } else { &words.witness });
    if facts.public == Some(true) {
        put(Slot::Public, &words.public);
    }
    put(Slot::Quote, &quotation(facts, offence.capture == CaptureRule::Never, words, lang));
    put(Slot::Evident, evident(facts, offence, words::dsa(lang)).unwrap_or_default());
    let own = facts.explanation.trim();
    if !own.is_empty() {
        put(Slot::Explanation, &words.explanation.fill(&[(Slot::Explanation, &shorten(own, LONG))]));
    }
    let plain_day = |at: Instant| day(at.paris_day(), lang);
    put(Slot::Reported, &letter.reported.map(plain_day).unwrap_or_default());
    if let Some((at, reference)) = letter.notified {
        let on = dated(at);
        let told = match reference {
            Some(reference) => words.with_reference.fill(&[(Slot::Today, &on), (Slot::Id, reference)]),
            None => on,
        };
        put(Slot::Notified, &told);
    }
    put(Slot::Receipt, &letter.receipt.map(dated).unwrap_or_default());
    put(Slot::Complaint, &letter.complaint.map(dated).unwrap_or_default());
    if let Some((at, code)) = letter.decision {
        let ruling = words.ruling.get(code).map_or("", String::as_str);
        put(Slot::Decision, &words.answered.fill(&[(Slot::Today, &dated(at)), (Slot::Decision, ruling)]));
    }
    put(Slot::LastSafeDay, &letter.last_safe_day.map(|last| day(last, lang)).unwrap_or_default());
    Ok(values)
}

fn quotation(facts: &Facts<'_>, withheld: bool, words: &LetterWords, lang: Lang) -> String {
    if withheld {
        return words.withheld.clone();
    }
    match facts.passages() {
        Passages::Verbatim(passages) | Passages::Transcribed(passages) => quoted(&passages, lang, LONG),
        Passages::Nothing => String::new(),
    }
}

fn listed(piece: &LetterPiece, lang: Lang) -> String {
    let words = file().words(lang);
    let template = if piece.given { &words.piece_given } else { &words.piece_captured };
    let (number, at) = (piece.number.to_string(), day(piece.at.paris_day(), lang));
    template.fill(&[(Slot::Id, &number), (Slot::Today, &at), (Slot::Seal, &piece.seal)])
}

fn day((year, month, day): (i32, u32, u32), lang: Lang) -> String {
    match lang {
        Lang::Fr => format!("{day:02}/{month:02}/{year:04}"),
        Lang::En => format!("{year:04}-{month:02}-{day:02}"),
    }
}

#[derive(Debug, Deserialize)]
struct LettersFile {
    words: Bilingual<LetterWords>,
    #[serde(flatten)]
    letters: BTreeMap<LetterKind, LetterLangs>,
}

#[derive(Debug, Deserialize)]
struct Bilingual<T> {
    fr: T,
    en: T,
}

#[derive(Debug, Deserialize)]
struct LetterLangs {
    fr: LetterTemplate,
    en: Option<LetterTemplate>,
}

#[derive(Debug, Deserialize)]
struct LetterTemplate {
    title: String,
    notes: Vec<String>,
    body: Vec<Paragraph>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
enum Paragraph {
    Pieces,
    Heading(String),
    Item(Template),
    Text(Template),
}

impl TryFrom<String> for Paragraph {
    type Error = super::template::TemplateError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text == "{pieces}" {
            return Ok(Self::Pieces);
        }
        match (text.strip_prefix("# "), text.strip_prefix("- ")) {
            (Some(heading), _) => Ok(Self::Heading(heading.to_owned())),
            (_, Some(item)) => Template::parse(item).map(Self::Item),
            _ => Template::parse(&text).map(Self::Text),
        }
    }
}

#[derive(Debug, Deserialize)]
struct LetterWords {
    victim: String,
    witness: String,
    unsure_basis: String,
    public: String,
    on: Template,
    with_reference: Template,
    answered: Template,
    explanation: Template,
    withheld: String,
    piece_captured: Template,
    piece_given: Template,
    ruling: BTreeMap<String, String>,
}

impl LettersFile {
    fn letter(&self, kind: LetterKind, lang: Lang) -> Option<&LetterTemplate> {
        let langs = self.letters.get(&kind)?;
        match lang {
            Lang::Fr => Some(&langs.fr),
            Lang::En => langs.en.as_ref(),
        }
    }

    fn words(&self, lang: Lang) -> &LetterWords {
        match lang {
            Lang::Fr => &self.words.fr,
            Lang::En => &self.words.en,
        }
    }
}

fn file() -> &'static LettersFile {
    static FILE: OnceLock<LettersFile> = OnceLock::new();
    #[expect(clippy::expect_used, reason = "embedded data: tests parse the very same text")]
    FILE.get_or_init(|| from_data(data!("notice/templates/letters")).expect("the embedded letters are valid"))
}

#[cfg(test)]
#[path = "../../tests/unit/notice/letter.rs"]
mod tests;
