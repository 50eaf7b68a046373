use super::{App, Failure};
use crate::{
    base::Fault,
    case::{Case, Entry, JournalTimestamped, Sealed, TimestampFailed, Timestamped},
    evidence::{
        Digest, Record,
        timestamp::{self, TimestampError, Token},
    },
    port::{BlobStore, Entropy, Fetch, Ports},
};

/// An answer that can be kept.
pub(super) struct Answer {
    pub request: Vec<u8>,
    pub response: Vec<u8>,
    pub token: Token,
}

/// Why there is none.
pub(super) enum NoTime {
    /// Not asked, or nobody answered: tried again.
    Away,
    /// The service answered, and nobody can rely on what it says.
    Wrong(TimestampError),
}

/// What a service is asked to date.
#[derive(Clone, Copy)]
enum Target<'a> {
    Piece(&'a Sealed),
    /// The journal up to an entry.
    Journal(u64, Digest),
}

impl<P: Ports> App<P> {
    /// Asks each service for the timestamps that a case lacks of it. What cannot be had now stays queued: the queue is what has
    /// no token, so it survives everything that the journal survives.
    pub(super) async fn timestamp(&self, id: &str) -> Result<(), Failure> {
        let settings = self.settings().await?;
        if !settings.trusted_time {
            return Ok(());
        }
        let (case, records) = self.load(id).await?;
        for service in settings.services() {
            for sealed in case.seals.iter().map(|(_, sealed)| sealed) {
                if case.lacks_time_of(sealed, &service) {
                    self.date(&case, &service, Target::Piece(sealed)).await?;
                }
            }
            if let Some((seq, imprint)) = undated_look(&case, &records, &service) {
                self.date(&case, &service, Target::Journal(seq, imprint)).await?;
            }
        }
        Ok(())
    }

    /// One answer of a service over a digest, if it is allowed to ask and the answer is one to this question.
    pub(super) async fn ask_time(&self, service: &str, digest: &Digest) -> Result<Answer, NoTime> {
        if !self.ports.fetch().allowed(&origin(service)).await {
            return Err(NoTime::Away);
        }
        let nonce = self.ports.entropy().random();
        let request = timestamp::request(digest, &nonce).map_err(NoTime::Wrong)?;
        let answer = self.ports.fetch().post(service, "application/timestamp-query", &request).await;
        let Some(answer) = answer.ok().filter(|answer| answer.status == 200) else { return Err(NoTime::Away) };
        // The verifier checks the signature and whom to trust is the reader's choice; a token that no reader can accept is a
        // failure of the service, not evidence.
        let token = timestamp::inspect(&answer.body, digest, Some(&nonce)).map_err(NoTime::Wrong)?;
        Ok(Answer { request, response: answer.body, token })
    }

    async fn date(&self, case: &Case, service: &str, target: Target<'_>) -> Result<(), Failure> {
        let imprint = match target {
            Target::Piece(sealed) => sealed.manifest,
            Target::Journal(_, imprint) => imprint,
        };
        let service = service.to_owned();
        let entry = match self.ask_time(&service, &imprint).await {
            Ok(Answer { request, response, token: Token { tsa, gen_time, .. } }) => {
                let request = self.ports.blobs().put(&request).await?;
                let response = self.ports.blobs().put(&response).await?;
                match target {
                    Target::Piece(sealed) => {
                        let piece = sealed.piece;
                        Entry::Timestamped(Timestamped { piece, imprint, service, tsa, gen_time, request, response })
                    }
                    Target::Journal(seq, _) => Entry::JournalTimestamped(JournalTimestamped {
                        seq,
                        imprint,
                        service,
                        tsa,
                        gen_time,
                        request,
                        response,
                    }),
                }
            }
            Err(NoTime::Away) => return Ok(()),
            Err(NoTime::Wrong(error)) => {
                let (piece, seq) = match target {
                    Target::Piece(sealed) => (sealed.piece, None),
                    Target::Journal(seq, _) => (0, Some(seq)),
                };
                let (code, message) = (error.code().to_owned(), error.to_string());
                let failed = TimestampFailed { piece, seq, service, code, message };
                if last_failure(case, &failed.service).as_ref() == Some(&failed) {
                    return Ok(());
                }
                Entry::TimestampFailed(failed)
            }
        };
        self.record(&case.id, &[entry], None).await?;
        Ok(())
    }
}

/// The last look at the fate that no token of `service` dates: its position and its link's digest. The baseline is not one: it is
/// made with the capture, which has a token.
fn undated_look(case: &Case, records: &[Record], service: &str) -> Option<(u64, Digest)> {
    let look = |entry: &Option<Entry>| matches!(entry, Some(Entry::Observed(seen)) if !seen.baseline);
    let last = case.steps.iter().rev().find(|step| look(&step.entry))?.seq;
    let mut dated = case.journal_timestamps.iter().filter(|(_, timed)| timed.service == service);
    if dated.any(|(_, timed)| timed.seq >= last) {
        return None;
    }
    let record = records.get(usize::try_from(last).ok()?)?;
    Some((last, record.head().ok()?.digest))
}

/// The last failure of a service in a case: the same one again is not written twice.
pub(super) fn last_failure(case: &Case, service: &str) -> Option<TimestampFailed> {
    case.steps.iter().rev().find_map(|step| match &step.entry {
        Some(Entry::TimestampFailed(failed)) if failed.service == service => Some(failed.clone()),
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
