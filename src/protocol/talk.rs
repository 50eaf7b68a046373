//! What the conversation about a post shows: the suggestion, what it rests on, what it might be instead, what it leaves time for.

use serde::{Deserialize, Serialize};

use super::{Element, Outcome};
use crate::{
    base::Lang,
    law::{Confidence, Ground},
};

/// A text of the catalogue in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

impl Text {
    /// In the language of the page.
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

/// A suggestion with all that is said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TalkView {
    /// What the engine says, the answers heard.
    pub outcome: Outcome,
    /// One card per suggestion, in the same order.
    pub cards: Vec<CardView>,
    /// What to ask, the ground first.
    pub asks: Vec<String>,
    /// While nobody has decided: the last safe day of the shortest plausible period.
    pub deadline: Option<DeadlineView>,
    /// Date of the law, and who read it.
    pub standing: Text,
}

/// What is said of one suggested offence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardView {
    /// Its id.
    pub offence: String,
    /// What a court must find, and how far it is shown.
    pub elements: Vec<Element>,
    /// The statute's words, in French only.
    pub statutes: Vec<StatuteView>,
    /// What it may be instead, with the question that tells the two apart.
    pub neighbours: Vec<NeighbourView>,
    /// What is not sure about it.
    pub doubts: Vec<Text>,
    /// Who may act.
    pub who: Vec<Text>,
    /// What an association needs, where one may act.
    pub associations: Option<Text>,
    /// The maximum penalty.
    pub penalty: Text,
    /// Whom to call first.
    pub emergencies: Vec<EmergencyView>,
    /// A picture of it is better not kept.
    pub text_first: bool,
    /// How long the law leaves, if it is this.
    pub deadline: Option<DeadlineView>,
}

/// An article's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatuteView {
    /// Which article, in French.
    pub article: String,
    /// Its words.
    pub words: String,
    /// Date of the version that was read, `2024-03-23`.
    pub version: String,
    /// How sure the words are.
    pub confidence: Confidence,
}

/// An offence that is easily taken for the suggested one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeighbourView {
    /// Its name.
    pub label: Text,
    /// The question that tells them apart.
    pub question: Text,
}

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyView {
    /// `17`.
    pub number: String,
    /// Who answers.
    pub who: Text,
}

/// A limitation period, by its last safe day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineView {
    /// Offence.
    pub offence: String,
    /// Ground.
    pub ground: Option<Ground>,
    /// Last safe day in Paris, `2027-11-23`.
    pub last_safe_day: String,
    /// The period in French, `1 an`.
    pub period: String,
    /// How sure.
    pub confidence: Confidence,
    /// The period in English.
    #[serde(default)]
    pub period_en: String,
    /// Day of the publication in Paris, from which it runs.
    #[serde(default)]
    pub from: String,
    /// Days until then; negative once it is over.
    #[serde(default)]
    pub days_left: i64,
    /// The last safe day is a Sunday, a holiday…: said, and not relied on.
    #[serde(default)]
    pub day_off: Option<Text>,
    /// Nobody has decided: the shortest plausible period.
    #[serde(default)]
    pub undecided: bool,
    /// What starts it.
    #[serde(default)]
    pub starts: Text,
    /// What interrupts it.
    #[serde(default)]
    pub interrupts: Text,
    /// What does not, though people believe so.
    #[serde(default)]
    pub does_not: Text,
}

/// What the pages say of the law itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawView {
    /// Date of the consolidated codes that were read, `2026-04-02`.
    pub law_date: String,
    /// Date on which the notes were verified.
    pub verified_on: String,
    /// The jurist who read it; nobody yet when none.
    pub reviewed_by: Option<String>,
    /// What protects the person who reports.
    pub safety: Vec<SafetyView>,
}

/// A rule that protects the person who reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyView {
    /// Its id.
    pub id: String,
    /// Where it belongs: `capture`, `report`, `notice`, `export`, `keep`.
    pub when: Vec<String>,
    /// The rule.
    pub rule: Text,
    /// What it rests on.
    pub basis: Option<Text>,
    /// How sure.
    pub confidence: Confidence,
}
