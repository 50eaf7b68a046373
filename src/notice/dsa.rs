use super::{
    Competence, Facts, Field, Notice, NoticeError, Sender, SenderKind,
    facts::{Passages, account, moment, published},
    pharos::{caution, competence},
    quote::{quoted, shorten},
    template::Slot,
    words::{self, DsaWords},
};
use crate::{
    base::Lang,
    capture::Post,
    law::{CaptureRule, Grounds, Offence, catalogue},
    platform::{self, Channel, Doubt, Fill, FormField},
};

/// Forms whose limit is not known: the first characters must stand alone.
const STANDS_ALONE: usize = 1000;
/// Longest quotation of the whole text, and longest explanation of the user.
const LONG: usize = 4000;

/// A quotation says at least so much.
const SHORT: usize = 120;

/// Drafts the notice: the four elements of DSA art. 16(2), in the channel's order. Nothing is sent, nothing is ticked.
pub fn dsa(facts: &Facts<'_>, channel: &Channel, lang: Lang) -> Result<Notice, NoticeError> {
    let offence = catalogue().offence(facts.offence).ok_or(NoticeError::NotQualified)?;
    if facts.ground.is_some_and(|ground| !offence.takes_ground(ground)) {
        return Err(NoticeError::WrongGround);
    }
    if facts.post.permalink.trim().is_empty() {
        return Err(NoticeError::NoAddress);
    }
    let words = words::dsa(lang);
    let form = Form { facts, offence, channel, lang, words };
    Ok(Notice {
        channel: channel.id.clone(),
        form: channel.url.clone().unwrap_or_default(),
        prefilled: prefilled(facts, channel),
        lang,
        fields: form.fields(),
        warnings: warnings(facts, offence, channel, words),
        several: channel.several,
    })
}

/// The fields of a channel's form, filled.
struct Form<'a> {
    facts: &'a Facts<'a>,
    offence: &'a Offence,
    channel: &'a Channel,
    lang: Lang,
    words: &'a DsaWords,
}

impl Form<'_> {
    /// The form's own fields in its order, else the four elements of the law. Nobody is named where nobody has to be.
    fn fields(&self) -> Vec<Field> {
        const LAW: [Fill; 5] = [Fill::Explanation, Fill::Location, Fill::Name, Fill::Email, Fill::GoodFaith];
        let named = |fill: Fill| !matches!(fill, Fill::Name | Fill::Email) || !unnamed(self.facts, self.offence);
        if self.channel.fields.is_empty() {
            return LAW.into_iter().filter(|fill| named(*fill)).map(|fill| self.field(fill, None)).collect();
        }
        let label = |field: &FormField| match self.lang {
            Lang::Fr => field.label.clone(),
            Lang::En => field.label_en.clone(),
        };
        self.channel
            .fields
            .iter()
            .filter(|field| named(field.fill))
            .map(|field| Field { label: Some(label(field)), ..self.field(field.fill, field.limit) })
            .collect()
    }

    fn field(&self, fill: Fill, limit: Option<u32>) -> Field {
        let (facts, words) = (self.facts, self.words);
        let sender = facts.sender;
        let limit = if fill == Fill::Explanation { limit.or(self.channel.text_limit) } else { limit };
        let (id, value) = match fill {
            Fill::Country => ("country", words.country.clone()),
            Fill::Capacity => ("capacity", self.capacity()),
            Fill::Category if self.offence.anonymous_notice => ("category", words.category_child.clone()),
            Fill::Category => ("category", words.category.clone()),
            Fill::Law => ("law", catalogue().citation(self.offence, self.lang).unwrap_or(words.unsure_basis.clone())),
            Fill::Urls => ("urls", facts.posts().map(|post| post.permalink.trim()).collect::<Vec<_>>().join("\n")),
            Fill::Location => ("location", location(facts, self.offence, self.lang, words)),
            Fill::Account => ("account", facts.author().unwrap_or_default()),
            Fill::Quote => ("quote", at_issue(facts, self.offence, self.lang, words, LONG).0),
            Fill::Explanation => ("explanation", self.explanation(limit)),
            Fill::Name => ("name", self.name()),
            Fill::Email => ("email", sender.email.trim().to_owned()),
            Fill::GoodFaith => ("good_faith", words.good_faith.clone()),
        };
        let value = limit.map_or(value.clone(), |limit| shorten(&value, usize::try_from(limit).unwrap_or(usize::MAX)));
        Field { limit, ..Field::of(id, value) }
    }

    fn capacity(&self) -> String {
        match self.facts.sender.kind {
            SenderKind::Association => self.words.as_association.clone(),
            SenderKind::Person | SenderKind::Anonymous => self.words.as_person.clone(),
        }
    }

    fn name(&self) -> String {
        let Sender { name, representative, kind, .. } = self.facts.sender;
        let values = [(Slot::Name, name.trim()), (Slot::Representative, representative.trim())];
        let represented = self.words.represented.fill_whole(&values);
        represented.filter(|_| *kind == SenderKind::Association).unwrap_or_else(|| name.trim().to_owned())
    }

    /// 16(2)(a); where the form has no place of its own for ids and dates, they follow the reasons.
    fn explanation(&self, limit: Option<u32>) -> String {
        let limit = limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        let mut text = explanation(self.facts, self.offence, limit, self.lang, self.words);
        let placed = self.channel.fields.is_empty() || self.channel.fields.iter().any(|one| one.fill == Fill::Location);
        if !placed {
            text.push('\n');
            text.push_str(&location(self.facts, self.offence, self.lang, self.words));
        }
        shorten(&text, limit)
    }
}

/// Whether the notice names nobody: the law does not ask for it, or the user does not want it.
fn unnamed(facts: &Facts<'_>, offence: &Offence) -> bool {
    offence.anonymous_notice || facts.sender.kind == SenderKind::Anonymous
}

/// 16(2)(a). The core fits the first 1000 characters whatever the post holds; the rest follows.
fn explanation(facts: &Facts<'_>, offence: &Offence, limit: usize, lang: Lang, words: &DsaWords) -> String {
    let citation = catalogue().citation(offence, lang);
    let basis = citation.as_deref().unwrap_or(&words.unsure_basis);
    let opening = words.opening.fill(&[(Slot::Offence, offence.label(lang)), (Slot::Basis, basis)]);
    let mut reasons = vec![];
    if let Some(ground) = facts.ground {
        reasons.push(words.ground.fill(&[(Slot::Because, ground.because(lang))]));
    }
    if facts.public == Some(true) {
        reasons.push(words.public.clone());
    }
    reasons.extend(evident(facts, offence, words).map(str::to_owned));
    let reasons = reasons.join(" ");

    let taken = opening.chars().count() + reasons.chars().count() + 2;
    // Where a form is too short for all, the quotation comes before the reasons.
    let room = STANDS_ALONE.min(limit).saturating_sub(taken).max(SHORT);
    let (said, whole) = at_issue(facts, offence, lang, words, room);

    let mut parts = vec![opening, said, reasons];
    parts.extend(whole);
    let own = facts.explanation.trim();
    if !own.is_empty() {
        parts.push(words.explanation.fill(&[(Slot::Explanation, &shorten(own, LONG))]));
    }
    if let Some(answered) = facts.answered() {
        parts.push(words.reply.fill(&[(Slot::Account, &answered)]));
    }
    if facts.sender.kind == SenderKind::Association && !unnamed(facts, offence) {
        parts.extend(words.grounds.fill_whole(&[(Slot::Grounds, facts.sender.grounds.trim())]));
    }
    if !facts.also.is_empty() {
        parts.push(words.several.clone());
    }
    parts.push(words.seen.fill(&[(Slot::Seen, &moment(facts.seen_at, lang))]));
    parts.retain(|part| !part.is_empty());
    shorten(&parts.join("\n"), limit)
}

/// 16(3): why the illegality shows; nothing "shows from the words" of a post whose words nobody has read.
pub(super) fn evident<'a>(facts: &Facts<'_>, offence: &Offence, words: &'a DsaWords) -> Option<&'a str> {
    let unread = offence.capture != CaptureRule::Never && matches!(facts.passages(), Passages::Nothing);
    words.evident(offence).filter(|_| !unread)
}

/// The words at issue in at most `room` characters, and the whole text where that cut or chose from it.
fn at_issue(
    facts: &Facts<'_>,
    offence: &Offence,
    lang: Lang,
    words: &DsaWords,
    room: usize,
) -> (String, Option<String>) {
    if offence.capture == CaptureRule::Never {
        return (words.withheld.clone(), None);
    }
    let (template, passages) = match facts.passages() {
        Passages::Verbatim(passages) => (&words.quote, passages),
        Passages::Transcribed(passages) => (&words.transcribed, passages),
        Passages::Nothing => return (words.no_words.clone(), None),
    };
    let frame = template.fill(&[]).chars().count();
    let said = template.fill(&[(Slot::Quote, &quoted(&passages, lang, room.saturating_sub(frame)))]);
    let text = facts.post.text.trim();
    let shown_whole = passages.as_slice() == [text] && said.contains(text);
    let whole =
        (!text.is_empty() && !shown_whole).then(|| words.full.fill(&[(Slot::Text, &quoted(&[text], lang, LONG))]));
    (said, whole)
}

/// 16(2)(b).
fn location(facts: &Facts<'_>, offence: &Offence, lang: Lang, words: &DsaWords) -> String {
    let mut places = vec![place(facts.post, lang, words)];
    for post in facts.also {
        let mut lines = place(post, lang, words);
        let text = post.text.trim();
        if !text.is_empty() && offence.capture != CaptureRule::Never {
            lines.push('\n');
            lines.push_str(&words.full.fill(&[(Slot::Text, &quoted(&[text], lang, SHORT * 4))]));
        }
        places.push(lines);
    }
    places.join("\n\n")
}

/// Where one post stands.
fn place(post: &Post, lang: Lang, words: &DsaWords) -> String {
    let address = post.permalink.trim();
    let mut lines = vec![words.url.fill(&[(Slot::Url, address)])];
    let id = post.id.trim();
    // On a page of an unknown site the id is ours, of no use to the site.
    let theirs = platform::by_id(&post.platform).is_none_or(|platform| !platform.is_generic());
    if theirs && !id.is_empty() {
        lines.push(words.id.fill(&[(Slot::Id, id)]));
    }
    if let Some(author) = account(&post.author) {
        lines.push(words.account.fill(&[(Slot::Account, &author)]));
    }
    if let Some((instant, from_id)) = published(post) {
        let mut published = moment(instant, lang);
        if from_id {
            published = words.from_id.fill(&[(Slot::Published, &published)]);
        }
        lines.push(words.published.fill(&[(Slot::Published, &published)]));
    }
    lines.join("\n")
}

/// The form with what its address can fill in; none where nothing can.
fn prefilled(facts: &Facts<'_>, channel: &Channel) -> Option<String> {
    if channel.prefill.is_empty() {
        return None;
    }
    let mut permalink = platform::permalink(&facts.post.permalink).ok()?;
    if permalink.handle.is_none() {
        permalink.handle = facts.post.author.handle.as_deref().map(|handle| handle.trim_start_matches('@').to_owned());
    }
    channel.address(&permalink)
}

fn warnings(facts: &Facts<'_>, offence: &Offence, channel: &Channel, words: &DsaWords) -> Vec<String> {
    let mut codes = vec![];
    if !offence.emergency.is_empty() {
        codes.push("emergency_first");
    }
    codes.extend(caution(offence));
    let (competent, _) = competence(facts, offence);
    if offence.platform_at_once {
        codes.push("platform_at_once");
    } else if competent != Competence::No {
        codes.push("pharos_before_platform");
    }
    if offence.grounds != Grounds::None && facts.ground.is_none() {
        codes.push("ground_missing");
    }
    if evident(facts, offence, words).is_none() {
        codes.push("rarely_manifest");
    }
    if facts.public == Some(false) {
        codes.push("private_message");
    }
    if matches!(facts.passages(), Passages::Nothing) && offence.capture != CaptureRule::Never {
        codes.push("picture_not_quoted");
    }
    codes.push(if channel.url.is_some() { "illegal_content_channel" } else { "find_contact" });
    if channel.account == Some(true) {
        codes.push("account_needed");
    }
    if channel.doubt != Doubt::Verified {
        codes.push("channel_unsure");
    }
    codes.extend(["good_faith_is_yours", "knowingly_false", "no_deadline"]);
    if offence.anonymous_notice {
        codes.push("anonymous_notice");
    } else if facts.sender.kind == SenderKind::Anonymous {
        codes.push(if channel.anonymous == Some(false) { "form_asks_identity" } else { "anonymous_costs" });
    } else {
        codes.push("identity_to_platform");
        if facts.sender.name.trim().is_empty() || facts.sender.email.trim().is_empty() {
            codes.push("sender_missing");
        }
    }
    codes.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
#[path = "../../tests/unit/notice/dsa.rs"]
mod tests;
