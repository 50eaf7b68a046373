use super::{
    Competence, Facts, Field, Notice, NoticeError,
    facts::{Passages, moment},
    pharos::{caution, competence},
    quote::{quoted, shorten},
    template::Slot,
    words::{self, DsaWords},
};
use crate::{
    base::Lang,
    law::{CaptureRule, Grounds, Offence, catalogue},
    platform::{self, Channel, Doubt},
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
    let mut fields = vec![
        Field {
            limit: channel.text_limit,
            ..Field::of("explanation", explanation(facts, offence, channel, lang, words))
        },
        Field::of("location", location(facts, lang, words)),
    ];
    if !offence.anonymous_notice {
        fields.push(Field::of("name", facts.sender.name.trim()));
        fields.push(Field::of("email", facts.sender.email.trim()));
    }
    fields.push(Field::of("good_faith", words.good_faith.as_str()));
    Ok(Notice {
        channel: channel.id.clone(),
        form: channel.url.clone().unwrap_or_default(),
        prefilled: prefilled(facts, channel),
        lang,
        fields,
        warnings: warnings(facts, offence, channel, words),
    })
}

/// 16(2)(a). The core fits the first 1000 characters whatever the post holds; the rest follows.
fn explanation(facts: &Facts<'_>, offence: &Offence, channel: &Channel, lang: Lang, words: &DsaWords) -> String {
    let limit = channel.text_limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
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
    parts.push(words.seen.fill(&[(Slot::Seen, &moment(facts.seen_at, lang))]));
    parts.retain(|part| !part.is_empty());
    shorten(&parts.join("\n"), limit)
}

/// 16(3): why the illegality shows; nothing "shows from the words" of a post whose words nobody has read.
fn evident<'a>(facts: &Facts<'_>, offence: &Offence, words: &'a DsaWords) -> Option<&'a str> {
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
fn location(facts: &Facts<'_>, lang: Lang, words: &DsaWords) -> String {
    let post = facts.post;
    let address = post.permalink.trim();
    let mut lines = vec![words.url.fill(&[(Slot::Url, address)])];
    let id = post.id.trim();
    // On a page of an unknown site the id is ours, of no use to the site.
    let theirs = platform::by_id(&post.platform).is_none_or(|platform| !platform.is_generic());
    if theirs && !id.is_empty() {
        lines.push(words.id.fill(&[(Slot::Id, id)]));
    }
    if let Some(author) = facts.author() {
        lines.push(words.account.fill(&[(Slot::Account, &author)]));
    }
    if let Some((instant, from_id)) = facts.published() {
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
