use std::collections::BTreeSet;

use serde_json::json;

use super::{App, Failure, capturing::Capturing, decide::Details, failure::Refusal, new_id};
use crate::{
    base::from_json,
    capture::{Missing, without_secrets},
    case::{Captured, Case, Decision, Entry, Purged, Qualified},
    evidence::{Digest, Manifest, canonical_json},
    law, platform,
    port::{BlobStore, CaseStore, Ports, Staged, StoreError},
    protocol::{Code, Facts, Outcome, Reply, State},
    qualification,
};

/// Marks, in the staging, a case whose files are being destroyed: a killed worker's purge is finished by the next.
const PURGE: &str = "purge";

impl<P: Ports> App<P> {
    /// Nothing of this case may be held: records the decision, destroys every file, and says so in the journal. The person
    /// confirmed it; there is no way back.
    pub(super) async fn purge(&self, id: &str) -> Result<Reply, Failure> {
        let (case, _) = self.load(id).await?;
        if case.purged.is_some() {
            return self.case_reply(id).await;
        }
        self.ports.cases().stage(&Staged { id: format!("{PURGE}:{id}"), body: json!({ PURGE: id }) }).await?;
        self.destroy(id).await?;
        self.case_reply(id).await
    }

    /// Keeps an address and nothing else: nothing of the page is read, no picture is taken.
    pub(super) async fn keep_address(&self, url: &str) -> Result<String, Failure> {
        let url = without_secrets(url).ok_or(Refusal::NotAnAddress)?;
        let address = platform::permalink(&url).or_else(|_| platform::page(&url)).map_err(|_| Refusal::NotAnAddress)?;
        let case = match self.case_of(&address.canonical).await? {
            // What was captured before is destroyed only when the person says so.
            Some(known) => known,
            None => {
                let case = new_id(&self.ports);
                let kept = Captured {
                    piece: 1,
                    platform: address.platform,
                    post_id: address.id,
                    permalink: address.canonical,
                    published_at: address.created_at,
                    missing: vec![Missing::of("capture", "never")],
                    demo: self.ports.is_demo(),
                };
                let decided = self.withheld_decision().await?;
                self.record(&case, &[Entry::AddressKept(kept), decided], None).await?;
                case
            }
        };
        self.set_case_at_hand(&case).await?;
        Ok(case)
    }

    /// The purge that a staged mark asks for, if it is one.
    pub(super) fn purge_asked(staged: &Staged) -> Option<&str> {
        staged.body.get(PURGE)?.as_str()
    }

    /// Destroys every file of a case. Each step can be done twice: a worker that is killed leaves its mark, and `Purged` is
    /// written only once nothing is left.
    pub(super) async fn destroy(&self, id: &str) -> Result<(), Failure> {
        let mark = format!("{PURGE}:{id}");
        let (mut case, _) = self.load(id).await?;
        if case.purged.is_some() {
            return Ok(self.ports.cases().unstage(&mark).await?);
        }
        if !case.is_withheld() {
            // From here on nothing of it is shown, nor captured again.
            case = self.record_unless(id, &[self.withheld_decision().await?], None, Case::is_withheld).await?;
        }
        let mut files = self.destroy_staged(&case).await?;
        for (_, sealed) in &case.seals {
            files += self.destroy_sealed(&sealed.manifest).await?;
        }
        let mut texts = BTreeSet::new();
        for (_, timed) in &case.timestamps {
            texts.extend([timed.request, timed.response]);
        }
        // What the suggestion said of it quotes the post. The texts that were sent stay: they name an address.
        let kept = case.qualified.as_ref().map(|(_, qualified)| qualified.details);
        for step in &case.steps {
            if let Some(Entry::Qualified(Qualified { details, .. })) = &step.entry
                && kept != Some(*details)
            {
                texts.insert(*details);
            }
        }
        files += self.destroy_blobs(texts).await?;
        let exports = case.steps.iter().filter(|step| matches!(step.entry, Some(Entry::Exported(_)))).count();
        let purged = Purged { files, exports: u32::try_from(exports).unwrap_or(u32::MAX) };
        self.record_unless(id, &[Entry::Purged(purged)], Some(&mark), |case| case.purged.is_some()).await?;
        Ok(self.ports.cases().unstage(&mark).await?)
    }

    /// The files of a capture that must not be kept.
    pub(super) async fn destroy_capturing(&self, capturing: &Capturing) -> Result<u32, Failure> {
        let files = self.destroy_blobs(capturing.files.values().map(|file| file.digest)).await?;
        self.ports.cases().unstage(&capturing.id).await?;
        Ok(files)
    }

    /// Captures of the same post that are under way, or that a killed worker left.
    async fn destroy_staged(&self, case: &Case) -> Result<u32, Failure> {
        let mut files = 0;
        for staged in self.ports.cases().staged().await? {
            if Self::purge_asked(&staged).is_some() {
                continue;
            }
            let capturing = Capturing::read(staged)?;
            let seen = capturing.snapshot.as_ref().map_or(&capturing.target.url, |snapshot| &snapshot.url);
            let address = platform::permalink(seen).or_else(|_| platform::page(seen));
            if address.is_ok_and(|address| case.first().is_some_and(|first| first.permalink == address.canonical)) {
                files += self.destroy_capturing(&capturing).await?;
            }
        }
        Ok(files)
    }

    /// The files that a manifest names, then the manifest: while it is there, none of them is forgotten.
    pub(super) async fn destroy_sealed(&self, manifest: &Digest) -> Result<u32, Failure> {
        let Some(bytes) = self.ports.blobs().get(manifest).await? else { return Ok(0) };
        let named: Manifest = from_json(&bytes).map_err(|error| StoreError::Damaged(error.to_string()))?;
        let files = self.destroy_blobs(named.files.values().map(|file| file.digest)).await?;
        Ok(files + self.destroy_blobs([*manifest]).await?)
    }

    async fn destroy_blobs(&self, digests: impl IntoIterator<Item = Digest>) -> Result<u32, Failure> {
        let digests: Vec<Digest> = digests.into_iter().collect();
        self.ports.blobs().delete(&digests).await?;
        for digest in &digests {
            // A damaged file that could not be read is there all the same.
            if !matches!(self.ports.blobs().get(digest).await, Ok(None)) {
                return Err(StoreError::Failed("un fichier n’a pas pu être effacé".to_owned()).into());
            }
        }
        Ok(u32::try_from(digests.len()).unwrap_or(u32::MAX))
    }

    /// The decision that nothing of this may be held, with nothing quoted.
    async fn withheld_decision(&self) -> Result<Entry, Failure> {
        let [offence] = law::NEVER_HELD;
        let outcome = Outcome {
            state: State::None,
            code: Code::None,
            ground: None,
            suggestions: vec![],
            ruled_out: vec![],
            questions: vec![],
        };
        let details = Details { facts: Facts::default(), outcome };
        let blob = self.ports.blobs().put(&canonical_json(&details)?).await?;
        Ok(Entry::Qualified(Qualified {
            decision: Decision::Offence {
                offence: offence.to_owned(),
                ground: None,
                words: vec![],
                explanation: String::new(),
            },
            suggested: None,
            suggested_state: details.outcome.state,
            suggested_code: details.outcome.code,
            engine: qualification::ENGINE_VERSION.to_owned(),
            details: blob,
        }))
    }
}
