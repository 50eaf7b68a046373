use serde::{Deserialize, Serialize};

use super::{App, Failure, failure::Refusal};
use crate::{
    base::from_json,
    case::{Case, Decision, Entry, Qualified},
    evidence::canonical_json,
    law::{self, CaptureRule},
    port::{BlobStore, Ports, StoreError},
    protocol::{Facts, Outcome, Reply},
    qualification,
};

/// What a decision rested on, kept as a blob beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Details {
    pub facts: Facts,
    pub outcome: Outcome,
}

impl<P: Ports> App<P> {
    pub(super) async fn qualify(&self, id: &str, facts: &Facts, decision: Decision) -> Result<Reply, Failure> {
        if let Decision::Offence { offence, .. } = &decision {
            let offence = law::catalogue().offence(offence).ok_or(Refusal::NoOffence)?;
            if offence.capture == CaptureRule::Never {
                return Err(Refusal::PurgeFirst.into());
            }
        }
        let (case, _) = self.load(id).await?;
        if case.is_withheld() {
            return Err(Refusal::Withheld.into());
        }
        let details = Details { facts: facts.clone(), outcome: self.outcome(&case, facts).await? };
        let blob = self.ports.blobs().put(&canonical_json(&details)?).await?;
        let outcome = details.outcome;
        let qualified = Qualified {
            decision,
            suggested: outcome.suggestions.first().map(|suggestion| suggestion.offence.clone()),
            suggested_state: outcome.state,
            suggested_code: outcome.code,
            engine: qualification::ENGINE_VERSION.to_owned(),
            details: blob,
        };
        self.record(id, &[Entry::Qualified(qualified)], None).await?;
        self.case_reply(id).await
    }

    async fn outcome(&self, case: &Case, facts: &Facts) -> Result<Outcome, Failure> {
        Ok(self.heard(case, facts).await?.0)
    }

    /// The suggestion for the first capture that could be read as a post, the person's answers heard; and what is worth
    /// asking, which depends on what was read and not on what was answered, so that no question vanishes under the hand.
    pub(super) async fn heard(
        &self,
        case: &Case,
        facts: &Facts,
    ) -> Result<(Outcome, &'static [&'static str]), Failure> {
        let post = self.post(case).await?.ok_or(Refusal::NoPost)?;
        let answered = post.in_reply_to.as_ref().and_then(|linked| linked.text.clone());
        let facts = Facts {
            platform: Some(post.platform.clone()),
            reply_to: facts.reply_to.clone().or(answered),
            ..facts.clone()
        };
        let read = qualification::suggest(&post.text, post.lang.as_deref(), &facts);
        let asks = qualification::asks(&read);
        Ok((qualification::settle(read, &facts), asks))
    }

    pub(super) async fn details(&self, qualified: &Qualified) -> Result<Details, Failure> {
        let bytes = self
            .ports
            .blobs()
            .get(&qualified.details)
            .await?
            .ok_or_else(|| StoreError::Damaged(qualified.details.to_string()))?;
        Ok(from_json(&bytes).map_err(|error| StoreError::Damaged(error.to_string()))?)
    }
}
