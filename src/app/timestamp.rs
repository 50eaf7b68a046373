use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{App, Failure};
use crate::{
    base::{Fault, Instant, from_value},
    case::{Case, Entry, JournalTimestamped, Sealed, TimestampFailed, Timestamped},
    evidence::{
        Digest, Record,
        timestamp::{self, TimestampError, Token},
    },
    port::{BlobStore, Clock, Entropy, Fetch, Ports, Preferences, StoreError, Trust},
};

/// Where it is written which services are to be left in peace, and until when.
const SERVICES: &str = "timestamp_services";
/// After a failure a service is left in peace for this long, twice as long after each further one.
const PATIENCE_MILLIS: i64 = 10 * 60_000;
/// But never longer than a day.
const MOST_PATIENCE_MILLIS: i64 = 86_400_000;

/// Whether a service that failed is asked all the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// The user has just done something: the network may be back.
    Now,
    /// As the queue's turn comes.
    Due,
}

/// How a service behaved lately. Kept, so that a restart does not forget it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Behaviour {
    /// Failures in a row.
    pub failures: u32,
    /// Not to be asked before.
    pub next_at: Instant,
}

/// An answer that can be kept.
pub(super) struct Answer {
    pub request: Vec<u8>,
    pub response: Vec<u8>,
    pub token: Token,
    /// Under which trusted root it was found right.
    pub root: Option<String>,
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
    pub(super) async fn timestamp(&self, id: &str, when: When) -> Result<(), Failure> {
        let settings = self.settings().await?;
        if !settings.trusted_time {
            return Ok(());
        }
        let (case, records) = self.load(id).await?;
        let behaviour = self.behaviour().await?;
        let now = self.ports.clock().now();
        for service in settings.services() {
            let waits = behaviour.get(&service).is_some_and(|behaviour| now < behaviour.next_at);
            if !self.ports.fetch().allowed(&origin(&service)).await || (waits && when == When::Due) {
                continue;
            }
            let seals = case.seals.iter().map(|(_, sealed)| sealed);
            let seals = seals.filter(|sealed| case.lacks_time_of(sealed, &service)).map(Target::Piece);
            let look = undated_look(&case, &records, &service).map(|(seq, imprint)| Target::Journal(seq, imprint));
            for target in seals.chain(look) {
                let answered = self.date(&case, &service, target).await?;
                self.remember(&service, answered).await?;
                if !answered {
                    break;
                }
            }
        }
        Ok(())
    }

    /// How the services behaved lately, by their address.
    pub(super) async fn behaviour(&self) -> Result<BTreeMap<String, Behaviour>, Failure> {
        let kept = self.ports.preferences().load(SERVICES).await?;
        Ok(kept.and_then(|kept| from_value(&kept).ok()).unwrap_or_default())
    }

    async fn remember(&self, service: &str, answered: bool) -> Result<(), Failure> {
        let mut all = self.behaviour().await?;
        let before = all.remove(service);
        if answered && before.is_none() {
            return Ok(());
        }
        if !answered {
            let failures = before.map_or(0, |before| before.failures).saturating_add(1);
            let wait = PATIENCE_MILLIS.saturating_mul(1 << (failures - 1).min(20)).min(MOST_PATIENCE_MILLIS);
            let next_at = self.ports.clock().now().plus_millis(wait);
            all.insert(service.to_owned(), Behaviour { failures, next_at });
        }
        let value = serde_json::to_value(&all).map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok(self.ports.preferences().save(SERVICES, value).await?)
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
        let trust = self.ports.trust();
        let checked = timestamp::verify_by(trust, &answer.body, digest, Some(&nonce), &trust.roots().await).await;
        let (token, root) = match checked {
            Ok(verified) => (verified.token, Some(verified.root)),
            // Whom to trust is the reader's choice: such a token is kept, and called received, not certified.
            Err(error) if error.is_doubt() => {
                (timestamp::inspect(&answer.body, digest, Some(&nonce)).map_err(NoTime::Wrong)?, None)
            }
            // A token that no reader can accept is a failure of the service, not evidence.
            Err(error) => return Err(NoTime::Wrong(error)),
        };
        Ok(Answer { request, response: answer.body, token, root })
    }

    /// Whether the service answered as it should.
    async fn date(&self, case: &Case, service: &str, target: Target<'_>) -> Result<bool, Failure> {
        let imprint = match target {
            Target::Piece(sealed) => sealed.manifest,
            Target::Journal(_, imprint) => imprint,
        };
        let service = service.to_owned();
        let entry = match self.ask_time(&service, &imprint).await {
            Ok(Answer { request, response, token: Token { tsa, gen_time, .. }, root }) => {
                let request = self.ports.blobs().put(&request).await?;
                let response = self.ports.blobs().put(&response).await?;
                match target {
                    Target::Piece(sealed) => {
                        let piece = sealed.piece;
                        Entry::Timestamped(Timestamped {
                            piece,
                            imprint,
                            service,
                            tsa,
                            gen_time,
                            request,
                            response,
                            root,
                        })
                    }
                    Target::Journal(seq, _) => Entry::JournalTimestamped(JournalTimestamped {
                        seq,
                        imprint,
                        service,
                        tsa,
                        gen_time,
                        request,
                        response,
                        root,
                    }),
                }
            }
            Err(NoTime::Away) => return Ok(false),
            Err(NoTime::Wrong(error)) => {
                let (piece, seq) = match target {
                    Target::Piece(sealed) => (sealed.piece, None),
                    Target::Journal(seq, _) => (0, Some(seq)),
                };
                let (code, message) = (error.code().to_owned(), error.to_string());
                let failed = TimestampFailed { piece, seq, service, code, message };
                if last_failure(case, &failed.service).as_ref() == Some(&failed) {
                    return Ok(false);
                }
                Entry::TimestampFailed(failed)
            }
        };
        let answered = !matches!(entry, Entry::TimestampFailed(_));
        self.record(&case.id, &[entry], None).await?;
        Ok(answered)
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
