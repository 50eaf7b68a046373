use super::{App, Failure, failure::Refusal};
use crate::{
    base::{Instant, Lang},
    capture::{Author, Post},
    case::{Case, Decision, Entry, NoticeSent, Reported},
    law::Ground,
    notice, platform,
    port::{BlobStore, Clock, Ports},
    protocol::{Notice, PharosReport, Reply, Sender},
};

/// What both documents are drafted from, read from the case.
struct Draft {
    post: Post,
    offence: String,
    ground: Option<Ground>,
    words: Vec<String>,
    explanation: String,
    public: Option<bool>,
    addressed_to_person: Option<bool>,
    seen_at: Instant,
    sender: Sender,
}

impl<P: Ports> App<P> {
    pub(super) async fn draft_report(&self, case: &str) -> Result<Reply, Failure> {
        Ok(Reply::Report(self.pharos(case).await?))
    }

    pub(super) async fn draft_notice(&self, case: &str, lang: Lang) -> Result<Reply, Failure> {
        Ok(Reply::Notice(self.dsa(case, lang).await?))
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
        good_faith: bool,
        sent_at: Option<Instant>,
        reference: Option<String>,
    ) -> Result<Reply, Failure> {
        if !good_faith {
            return Err(Refusal::NoGoodFaith.into());
        }
        let notice = self.dsa(case, lang).await?;
        let entry = NoticeSent {
            channel: notice.channel.clone(),
            lang,
            sent_at: sent_at.unwrap_or_else(|| self.ports.clock().now()),
            reference,
            good_faith,
            text: self.ports.blobs().put(notice::text(&notice).as_bytes()).await?,
            sender: None,
        };
        self.record(case, &[Entry::NoticeSent(entry)], None).await?;
        self.case_reply(case).await
    }

    async fn pharos(&self, case: &str) -> Result<PharosReport, Failure> {
        let draft = self.draft(case).await?;
        Ok(notice::pharos(&draft.facts()))
    }

    async fn dsa(&self, case: &str, lang: Lang) -> Result<Notice, Failure> {
        let draft = self.draft(case).await?;
        let platform = platform::by_id(&draft.post.platform).or_else(platform::generic);
        let channel = platform.and_then(|platform| platform.channels.first()).ok_or(Refusal::NoChannel)?;
        Ok(notice::dsa(&draft.facts(), channel, lang)?)
    }

    async fn draft(&self, case: &str) -> Result<Draft, Failure> {
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
    fn facts(&self) -> notice::Facts<'_> {
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
fn decided(case: &Case) -> Result<(String, Option<Ground>, Vec<String>, String), Failure> {
    match case.qualified.as_ref().map(|(_, qualified)| &qualified.decision) {
        Some(Decision::Offence { offence, ground, words, explanation }) => {
            Ok((offence.clone(), *ground, words.clone(), explanation.clone()))
        }
        Some(Decision::Lawful { .. }) => Err(Refusal::Lawful.into()),
        None => Err(Refusal::NotQualified.into()),
    }
}
