use super::{App, Failure, failure::Refusal};
use crate::{
    base::{Instant, Lang},
    capture::{Author, Post},
    case::{Case, Decision, Entry, NoticeSent, Notifier, Reported, SentBy},
    law::Ground,
    notice, platform,
    port::{BlobStore, Clock, Entropy, Ports, Preferences},
    protocol::{Notice, PharosReport, Reply, Sender},
};

/// Key of the number that tells this device's sender from others'.
const MEMBER: &str = "member";

/// What both documents are drafted from, read from the case.
pub(super) struct Draft {
    post: Post,
    offence: String,
    ground: Option<Ground>,
    words: Vec<String>,
    explanation: String,
    public: Option<bool>,
    addressed_to_person: Option<bool>,
    seen_at: Instant,
    pub(super) sender: Sender,
}

impl<P: Ports> App<P> {
    pub(super) async fn draft_report(&self, case: &str) -> Result<Reply, Failure> {
        Ok(Reply::Report(self.pharos(case).await?))
    }

    pub(super) async fn draft_notice(&self, case: &str, lang: Lang, also: &[String]) -> Result<Reply, Failure> {
        Ok(Reply::Notice(self.dsa(case, lang, also).await?))
    }

    pub(super) async fn record_report(
        &self,
        case: &str,
        sent_at: Option<Instant>,
        reference: Option<String>,
    ) -> Result<Reply, Failure> {
        let text = notice::pharos_text(&self.pharos(case).await?);
        let entry = Reported {
            body: "pharos".to_owned(),
            sent_at: sent_at.unwrap_or_else(|| self.ports.clock().now()),
            reference,
            text: self.ports.blobs().put(text.as_bytes()).await?,
        };
        self.record(case, &[Entry::Reported(entry)], None).await?;
        self.case_reply(case).await
    }

    pub(super) async fn record_notice(
        &self,
        case: &str,
        lang: Lang,
        also: &[String],
        good_faith: bool,
        sent_at: Option<Instant>,
        reference: Option<String>,
    ) -> Result<Reply, Failure> {
        if !good_faith {
            return Err(Refusal::NoGoodFaith.into());
        }
        let notice = self.dsa(case, lang, also).await?;
        let entry = NoticeSent {
            channel: notice.channel.clone(),
            lang,
            sent_at: sent_at.unwrap_or_else(|| self.ports.clock().now()),
            reference,
            good_faith,
            text: self.ports.blobs().put(notice::text(&notice).as_bytes()).await?,
            sender: Some(self.sent_by().await?),
        };
        // One notice about several posts is a notice of each of their cases.
        for case in std::iter::once(case).chain(also.iter().map(String::as_str)) {
            self.record(case, &[Entry::NoticeSent(entry.clone())], None).await?;
            self.save_ticks(case, &[]).await?;
        }
        self.case_reply(case).await
    }

    /// Who sends, as measurements tell senders apart: a number drawn once on this device, which is nobody's name.
    async fn sent_by(&self) -> Result<SentBy, Failure> {
        let id = match self.ports.preferences().load(MEMBER).await? {
            Some(serde_json::Value::String(id)) => id,
            _ => {
                let id: String =
                    self.ports.entropy().random().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
                self.ports.preferences().save(MEMBER, id.clone().into()).await?;
                id
            }
        };
        Ok(SentBy { kind: Notifier::Person, id })
    }

    async fn pharos(&self, case: &str) -> Result<PharosReport, Failure> {
        let draft = self.draft(case).await?;
        Ok(notice::pharos(&draft.facts()))
    }

    async fn dsa(&self, case: &str, lang: Lang, also: &[String]) -> Result<Notice, Failure> {
        let draft = self.draft(case).await?;
        let mut posts = vec![];
        for other in also {
            let other = self.draft(other).await?;
            if !draft.goes_with(&other) {
                return Err(Refusal::NotTogether.into());
            }
            posts.push(other.post);
        }
        let platform = platform::by_id(&draft.post.platform).or_else(platform::generic);
        let channel = platform.and_then(|platform| platform.channels.first()).ok_or(Refusal::NoChannel)?;
        if !posts.is_empty() && !channel.several {
            return Err(Refusal::NotTogether.into());
        }
        let facts = notice::Facts { also: &posts, ..draft.facts() };
        Ok(notice::dsa(&facts, channel, lang)?)
    }

    pub(super) async fn draft(&self, case: &str) -> Result<Draft, Failure> {
        let (case, _) = self.load(case).await?;
        let (offence, ground, words, explanation) = decided(&case)?;
        let facts = self.facts(&case).await?;
        Ok(Draft {
            post: self.post(&case).await?.or_else(|| address_only(&case)).ok_or(Refusal::NoPost)?,
            offence,
            ground,
            words,
            explanation,
            public: facts.public,
            addressed_to_person: facts.addressed_to_person,
            seen_at: case.captures.first().map(|(at, _)| *at).ok_or(Refusal::NoCase)?,
            sender: self.settings().await?.sender,
        })
    }
}

impl Draft {
    /// Whether both can stand in one notice: the reasons of the one must be those of the other.
    pub(super) fn goes_with(&self, other: &Self) -> bool {
        self.post.platform == other.post.platform
            && self.post.permalink != other.post.permalink
            && self.offence == other.offence
            && self.ground == other.ground
    }

    pub(super) fn facts(&self) -> notice::Facts<'_> {
        notice::Facts {
            post: &self.post,
            also: &[],
            offence: &self.offence,
            ground: self.ground,
            words: &self.words,
            explanation: &self.explanation,
            public: self.public,
            addressed_to_person: self.addressed_to_person,
            victim: None,
            seen_at: self.seen_at,
            sender: &self.sender,
        }
    }
}

/// What may be said of content that may not be held: where it stands.
fn address_only(case: &Case) -> Option<Post> {
    let first = case.first().filter(|_| case.is_withheld())?;
    Some(Post {
        platform: first.platform.clone(),
        id: first.post_id.clone(),
        permalink: first.permalink.clone(),
        author: Author::default(),
        text: String::new(),
        lang: None,
        published_at: first.published_at,
        created_from_id: None,
        media: vec![],
        quoted: None,
        in_reply_to: None,
        audience: None,
        counters: vec![],
        reader: "none".to_owned(),
        missing: vec![],
    })
}

/// Nothing is drafted from an item that the user has not qualified.
pub(super) fn decided(case: &Case) -> Result<(String, Option<Ground>, Vec<String>, String), Failure> {
    match case.qualified.as_ref().map(|(_, qualified)| &qualified.decision) {
        Some(Decision::Offence { offence, ground, words, explanation }) => {
            Ok((offence.clone(), *ground, words.clone(), explanation.clone()))
        }
        Some(Decision::Lawful { .. }) => Err(Refusal::Lawful.into()),
        None => Err(Refusal::NotQualified.into()),
    }
}
