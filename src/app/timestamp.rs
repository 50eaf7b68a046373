use super::{App, Failure};
use crate::{
    base::Fault,
    case::{Case, Entry, Sealed, TimestampFailed, Timestamped},
    evidence::timestamp,
    port::{BlobStore, Entropy, Fetch, Ports},
};

impl<P: Ports> App<P> {
    /// Asks for the timestamps that a case lacks. What cannot be had now stays queued: the queue is the set of seals
    /// without a token, so it survives everything that the journal survives.
    pub(super) async fn timestamp(&self, id: &str) -> Result<(), Failure> {
        let settings = self.settings().await?;
        if !settings.trusted_time || !self.ports.fetch().allowed(&origin(&settings.timestamp_service)).await {
            return Ok(());
        }
        let (case, _) = self.load(id).await?;
        let seals: Vec<Sealed> = case.untimed_seals().cloned().collect();
        for sealed in seals {
            self.timestamp_seal(&case, &sealed, &settings.timestamp_service).await?;
        }
        Ok(())
    }

    async fn timestamp_seal(&self, case: &Case, sealed: &Sealed, service: &str) -> Result<(), Failure> {
        let nonce = self.ports.entropy().random();
        let request = timestamp::request(&sealed.manifest, &nonce)?;
        let Ok(answer) = self.ports.fetch().post(service, "application/timestamp-query", &request).await else {
            return Ok(());
        };
        if answer.status != 200 {
            return Ok(());
        }
        // The verifier checks the signature and whom to trust is the reader's choice; a token that no reader can accept is a
        // failure of the service, not evidence.
        match timestamp::inspect(&answer.body, &sealed.manifest, Some(&nonce)) {
            Ok(token) => {
                let entry = Timestamped {
                    piece: sealed.piece,
                    imprint: sealed.manifest,
                    service: service.to_owned(),
                    tsa: token.tsa,
                    gen_time: token.gen_time,
                    request: self.ports.blobs().put(&request).await?,
                    response: self.ports.blobs().put(&answer.body).await?,
                };
                self.record(&case.id, &[Entry::Timestamped(entry)], None).await?;
            }
            Err(error) => {
                let entry = TimestampFailed {
                    piece: sealed.piece,
                    service: service.to_owned(),
                    code: error.code().to_owned(),
                    message: error.to_string(),
                };
                if last_failure(case).as_ref() != Some(&entry) {
                    self.record(&case.id, &[Entry::TimestampFailed(entry)], None).await?;
                }
            }
        }
        Ok(())
    }
}

/// The last failure of a case: the same one again is not written twice.
pub(super) fn last_failure(case: &Case) -> Option<TimestampFailed> {
    case.steps.iter().rev().find_map(|step| match &step.entry {
        Some(Entry::TimestampFailed(failed)) => Some(failed.clone()),
        _ => None,
    })
}

/// The match pattern of an address: `https://tsa.example/*`.
pub(super) fn origin(address: &str) -> String {
    match url::Url::parse(address) {
        Ok(url) => format!("{}://{}/*", url.scheme(), url.host_str().unwrap_or_default()),
        Err(_) => String::new(),
    }
}
