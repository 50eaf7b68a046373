use serde::{Deserialize, Serialize};

use super::quote::shorten;
use crate::{
    base::{Instant, Lang},
    capture::{Author, Linked, Post},
    law::Ground,
};

/// What a document is drafted from.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The post.
    pub post: &'a Post,
    /// Further posts of the same notice, decided to be the same offence.
    pub also: &'a [Post],
    /// Id of the offence that the user decided.
    pub offence: &'a str,
    /// Ground that the user decided.
    pub ground: Option<Ground>,
    /// The exact words that are illegal, quoted from the post; the whole text when empty.
    pub words: &'a [String],
    /// Why the user thinks so, in the user's words.
    pub explanation: &'a str,
    /// Visible without being accepted?
    pub public: Option<bool>,
    /// Does it target a determined person? PHAROS may not take an insult then.
    pub addressed_to_person: Option<bool>,
    /// Is the sender the victim? PHAROS asks, and a victim files a complaint too.
    pub victim: Option<bool>,
    /// When the user saw it.
    pub seen_at: Instant,
    /// Who sends it.
    pub sender: &'a Sender,
}

/// Who sends a notice. Kept on the device; never in a pack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sender {
    /// Name of the person or of the association.
    pub name: String,
    /// E-mail address for the receipt and the decision.
    pub email: String,
    /// Who that is.
    pub kind: SenderKind,
    /// Legal representative of an association.
    pub representative: String,
    /// What its statutes set out to do, in its words.
    pub grounds: String,
}

/// Who sends a notice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SenderKind {
    /// A person.
    #[default]
    Person,
    /// An association, by its legal representative.
    Association,
    /// Nobody named: no receipt, no decision, no internal complaint.
    Anonymous,
}

/// The words at issue.
pub(super) enum Passages<'a> {
    /// They stand in the post's text.
    Verbatim(Vec<&'a str>),
    /// The post has no text: the user read them on a picture.
    Transcribed(Vec<&'a str>),
    /// There are none.
    Nothing,
}

impl<'a> Facts<'a> {
    /// The words at issue. Words that the post does not hold are never quoted as its own: its whole text is.
    pub(super) fn passages(&self) -> Passages<'a> {
        let words: Vec<&str> = self.words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()).collect();
        let text = self.post.text.trim();
        match (text.is_empty(), words.is_empty()) {
            (true, true) => Passages::Nothing,
            (true, false) => Passages::Transcribed(words),
            (false, false) if words.iter().all(|word| text.contains(word)) => Passages::Verbatim(words),
            (false, _) => Passages::Verbatim(vec![text]),
        }
    }

    /// All posts of the notice.
    pub(super) fn posts(&self) -> impl Iterator<Item = &'a Post> {
        std::iter::once(self.post).chain(self.also)
    }

    /// The account of the author, as shown; none when the page names nobody.
    pub(super) fn author(&self) -> Option<String> {
        account(&self.post.author)
    }

    /// The same in a few words, for a text whose length is counted.
    pub(super) fn author_in_short(&self) -> Option<String> {
        short_account(&self.post.author)
    }

    /// Whom the post answers; none when nobody is named.
    pub(super) fn answered(&self) -> Option<String> {
        let Linked { author, permalink, .. } = self.post.in_reply_to.as_ref()?;
        short_account(author).or_else(|| permalink.as_deref().map(|address| shorten(address, 100)))
    }

    /// When the post was published, and whether only its id says so.
    pub(super) fn published(&self) -> Option<(Instant, bool)> {
        published(self.post)
    }
}

/// When a post was published, and whether only its id says so.
pub(super) fn published(post: &Post) -> Option<(Instant, bool)> {
    match post.published_at {
        Some(shown) => Some((shown, false)),
        None => post.created_from_id.map(|from_id| (from_id, true)),
    }
}

/// A moment as documents print it: Paris time beside UTC in French, UTC in English.
pub(super) fn moment(instant: Instant, lang: Lang) -> String {
    match lang {
        Lang::Fr => format!("{}, soit {}", instant.paris(), utc(instant)),
        Lang::En => utc(instant),
    }
}

/// `2026-11-24 13:42:39.123 UTC`.
fn utc(instant: Instant) -> String {
    instant.rfc3339().replace('T', " ").replace('Z', " UTC")
}

/// The account's name, else the name shown.
fn short_account(author: &Author) -> Option<String> {
    let name = [&author.handle, &author.display_name]
        .into_iter()
        .find_map(|name| name.as_deref().map(str::trim).filter(|name| !name.is_empty()))?;
    Some(shorten(name, 60))
}

/// `Nom affiché (pseudonyme, id 42)`; long names are cut, an account is not a place for a novel.
pub(super) fn account(author: &Author) -> Option<String> {
    let known = |part: &Option<String>| {
        part.as_deref().map(str::trim).filter(|part| !part.is_empty()).map(|part| shorten(part, 80))
    };
    let handle = known(&author.handle);
    let id = known(&author.account_id).map(|id| format!("id {id}"));
    let inside: Vec<_> = [handle, id].into_iter().flatten().collect();
    match (known(&author.display_name), inside.is_empty()) {
        (Some(name), true) => Some(name),
        (Some(name), false) => Some(format!("{name} ({})", inside.join(", "))),
        (None, true) => None,
        (None, false) => Some(inside.join(", ")),
    }
}
