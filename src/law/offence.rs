use serde::{Deserialize, Serialize};

use super::{
    Code, Ground, GroundList,
    limitation::{Period, Regime},
};
use crate::base::Lang;

/// The offences whose content may not be held: the catalogue's rule `never`, for contexts that do not carry the catalogue.
pub const NEVER_HELD: [&str; 1] = ["pedocriminalite_images"];

/// One offence of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Offence {
    /// Stable id, as the journal keeps it.
    pub id: String,
    /// Family.
    pub family: Family,
    /// What the suggestion engine calls it; `NONE` when text alone cannot show it.
    #[serde(default = "no_code")]
    pub code: Code,
    label_fr: String,
    label_en: String,
    /// Articles that define and punish it.
    pub basis: Vec<Article>,
    /// Documents cite the basis only when this is [`Confidence::Sure`].
    pub basis_confidence: Confidence,
    elements_fr: Vec<String>,
    elements_en: Vec<String>,
    /// For each element, what can show it.
    pub shown_by: Vec<ShownBy>,
    /// Grounds that it asks for.
    pub grounds: Grounds,
    /// Whether it must be public.
    pub public: Publicity,
    penalty_fr: String,
    penalty_en: String,
    /// How sure the penalty is.
    pub penalty_confidence: Confidence,
    /// Limitation period as data; see [`limitation`](super::limitation()).
    pub limitation: LimitationRule,
    /// Ids of who may act; [`Catalogue::who`](super::Catalogue::who) gives the words.
    pub who: Vec<String>,
    /// How sure that is.
    pub who_confidence: Confidence,
    /// Whether PHAROS takes it.
    pub pharos: Pharos,
    /// Whether an authority may order its removal within an hour (Regulation (EU) 2021/784).
    pub tco: TerrorOrder,
    /// Offences that are easily taken for this one.
    pub neighbours: Vec<Neighbour>,
    /// What may be captured.
    #[serde(default)]
    pub capture: CaptureRule,
    /// Dangers to think of before anything else.
    #[serde(default)]
    pub emergency: Vec<Situation>,
    /// Directive 2011/93/EU arts. 3–7: the notice carries neither name nor e-mail (DSA art. 16(2)(c)).
    #[serde(default)]
    pub anonymous_notice: bool,
    /// A person is in danger while it stays: tell the platform at once, not after PHAROS.
    #[serde(default)]
    pub platform_at_once: bool,
    /// Ids of its doubts.
    #[serde(default)]
    pub doubts: Vec<String>,
    /// What was read.
    pub source: String,
    /// Date of the version of the text, `YYYY-MM-DD`.
    pub text_date: String,
    /// How sure the entry is as a whole.
    pub confidence: Confidence,
}

impl Offence {
    /// Its name.
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.label_fr,
            Lang::En => &self.label_en,
        }
    }

    /// What a court must find, one short sentence each.
    pub fn elements(&self, lang: Lang) -> &[String] {
        match lang {
            Lang::Fr => &self.elements_fr,
            Lang::En => &self.elements_en,
        }
    }

    /// The maximum penalty.
    pub fn penalty(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.penalty_fr,
            Lang::En => &self.penalty_en,
        }
    }

    /// Whether `ground` can be a ground of this offence: the wrong list cannot be mended in court.
    pub fn takes_ground(&self, ground: Ground) -> bool {
        match self.grounds {
            Grounds::None | Grounds::Both => true,
            Grounds::ListA => ground.list() == GroundList::A,
            Grounds::ListB => ground.list() == GroundList::B,
        }
    }
}

fn no_code() -> Code {
    Code::None
}

/// What can show that an element is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShownBy {
    /// The words of the post.
    Words,
    /// That anybody could read it.
    Public,
    /// That not anybody could.
    NotPublic,
    /// A protected ground of the offence's list.
    Ground,
    /// That there is none.
    NoGround,
    /// That it is addressed to a determined person.
    Person,
    /// That it happened again, or came from several.
    Repetition,
    /// That it is written, as every post is.
    Writing,
    /// That it calls for nothing.
    NoCall,
    /// Nothing: the law does not ask for it.
    Always,
    /// Only a court: intent, harm, defences.
    Court,
}

/// An article of a text of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Article {
    /// Id of the text.
    pub text: String,
    /// `33 al. 3`.
    pub article: String,
}

/// Family of offences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Family {
    /// Provocation, apologie, contestation.
    P,
    /// Public insult and defamation.
    I,
    /// The same, not public.
    N,
    /// Threats.
    M,
    /// Harassment and sexism.
    H,
    /// Terrorism, genocide, arms.
    T,
    /// Private life, images, identity, discrimination.
    D,
    /// Never captured, or never shown.
    X,
}

/// Grounds that an offence asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grounds {
    /// None.
    None,
    /// One of list A.
    ListA,
    /// One of list B.
    ListB,
    /// One of either.
    Both,
}

/// Whether an offence must be public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publicity {
    /// Only public words.
    Required,
    /// Only words that are not public.
    Excluded,
    /// Either.
    Indifferent,
}

/// How sure an entry of the catalogue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// To be checked before use: documents do not cite it.
    Check,
    /// From memory or a secondary source: in words only, « à vérifier par votre avocat ».
    Likely,
    /// Statutory text read.
    Sure,
}

/// Limitation period of an offence, as data.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LimitationRule {
    /// Shortest plausible: what warnings count with.
    pub shortest: Period,
    /// Longest plausible, where it differs: what retention counts with.
    #[serde(default)]
    pub longest: Option<Period>,
    /// What starts and interrupts it.
    pub regime: Regime,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Whether PHAROS takes an offence, and where in its form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Pharos {
    /// Whether it does.
    pub competent: Competent,
    /// Id of the category of its form.
    #[serde(default)]
    pub category: Option<String>,
}

/// Whether a body is competent for an offence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Competent {
    /// Yes.
    Yes,
    /// It depends on facts, or official pages disagree.
    Unsure,
    /// No.
    No,
}

/// Whether an authority may order removal within an hour; a user's report never starts that hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TerrorOrder {
    /// Yes.
    Yes,
    /// Only if the content is terrorist.
    IfTerrorist,
    /// No.
    No,
}

/// What may be captured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaptureRule {
    /// Everything.
    #[default]
    Normal,
    /// Text only is offered before pixels are taken; no thumbnails.
    TextFirst,
    /// Nothing: the address only. Keeping a copy is itself an offence.
    Never,
}

/// A danger that comes before every report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Situation {
    /// Somebody may be attacked.
    Danger,
    /// Somebody may end their life.
    Suicide,
    /// A minor is the victim.
    Minor,
}

/// An offence that is easily taken for another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Neighbour {
    /// Its id.
    pub id: String,
    /// Id of the question that tells the two apart.
    pub question: String,
}
