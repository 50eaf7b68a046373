use super::{App, Failure, check::standing_view, failure::Refusal, timestamp::last_failure};
use crate::{
    base::{FaultView, Lang, from_json},
    capture::Post,
    case::{Case, Decision, Entry, Step},
    evidence::{Conditions, Digest, Manifest},
    law::{self, CaptureRule, Ground, Grounds, Offence},
    platform::{self, Permalink},
    port::{BlobStore, Ports, Row, StoreError},
    protocol::{
        CaseRow, CaseView, DeadlineView, Facts, NoticeView, ObservationView, OffenceView, Outcome, PieceView,
        QualifiedView, Reply, ReportView, StepView, TimestampState, TimestampView,
    },
    takedown,
};

/// How much of a text stands in the history.
const EXCERPT_CHARS: usize = 200;

/// The files of one piece, read from the blobs.
pub(super) struct Piece {
    pub manifest: Manifest,
    pub post: Option<Post>,
    pub conditions: Option<Conditions>,
}

impl<P: Ports> App<P> {
    pub(super) async fn case_reply(&self, case: &str) -> Result<Reply, Failure> {
        Ok(Reply::Case(Box::new(self.case_view(case).await?)))
    }

    pub(super) async fn case_view(&self, id: &str) -> Result<CaseView, Failure> {
        let (case, _) = self.load(id).await?;
        let row = self.refold(id).await?;
        let settings = self.settings().await?;
        let mut pieces = vec![];
        for (index, (_, captured)) in case.captures.iter().enumerate() {
            pieces.push(self.piece_view(&case, index, captured, settings.trusted_time).await?);
        }
        let qualified = self.qualified_view(&case).await?;
        let facts = qualified.as_ref().map(|qualified| qualified.facts.clone()).unwrap_or_default();
        let outcome = self.outcome(&case, &facts).await.ok();
        Ok(CaseView {
            offences: concerned(&outcome, &qualified),
            deadline: deadline(&case, &outcome, &qualified),
            probe: permalink(&case).and_then(|permalink| takedown::probe(&permalink)),
            next_check: row.next_check.filter(|_| settings.checks),
            reports: case
                .reports
                .iter()
                .map(|(_, sent)| ReportView {
                    body: sent.body.clone(),
                    sent_at: sent.sent_at,
                    reference: sent.reference.clone(),
                })
                .collect(),
            notices: case
                .notices
                .iter()
                .map(|(_, sent)| NoticeView {
                    channel: sent.channel.clone(),
                    lang: sent.lang,
                    sent_at: sent.sent_at,
                    reference: sent.reference.clone(),
                })
                .collect(),
            observations: case
                .observations
                .iter()
                .map(|(at, seen)| ObservationView {
                    at: *at,
                    by: seen.by,
                    baseline: seen.baseline,
                    sighting: seen.sighting.clone(),
                })
                .collect(),
            timeline: case.steps.iter().map(step_view).collect(),
            row,
            pieces,
            outcome,
            qualified,
        })
    }

    /// The row of a case, folded from its journal and from the texts that it refers to.
    pub(super) async fn row(&self, case: &Case) -> Result<Row, Failure> {
        let (captured_at, first) = case.captures.first().ok_or(Refusal::NoCase)?;
        let text = self.post(case).await?.map(|post| post.text).unwrap_or_default();
        let row = CaseRow {
            id: case.id.clone(),
            platform: first.platform.clone(),
            permalink: first.permalink.clone(),
            excerpt: text.chars().take(EXCERPT_CHARS).collect(),
            captured_at: *captured_at,
            status: case.status(),
            standing: standing_view(case),
            partial: !first.is_whole(),
            demo: first.demo,
            untimed: case.untimed_seals().next().is_some(),
            next_check: super::check::next_check(case),
            dossiers: case.dossiers.keys().cloned().collect(),
            head: case.head.digest,
            head_seq: case.head.seq,
        };
        let body = serde_json::to_value(&row).map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok(Row { case: case.id.clone(), head: case.head, body })
    }

    /// The first capture that could be read as a post.
    pub(super) async fn post(&self, case: &Case) -> Result<Option<Post>, Failure> {
        for index in 0..case.seals.len() {
            if let Some(post) = self.piece(case, index).await?.post {
                return Ok(Some(post));
            }
        }
        Ok(None)
    }

    pub(super) async fn piece(&self, case: &Case, index: usize) -> Result<Piece, Failure> {
        let (_, sealed) = case.seals.get(index).ok_or(Refusal::NoCase)?;
        let manifest: Manifest = self.json(&sealed.manifest).await?;
        let post = match manifest.files.get("post.json") {
            Some(file) => Some(self.json(&file.digest).await?),
            None => None,
        };
        let conditions = match manifest.files.get("conditions.json") {
            Some(file) => Some(self.json(&file.digest).await?),
            None => None,
        };
        Ok(Piece { manifest, post, conditions })
    }

    pub(super) async fn bytes(&self, digest: &Digest) -> Result<Vec<u8>, Failure> {
        let bytes = self.ports.blobs().get(digest).await?;
        Ok(bytes.ok_or_else(|| StoreError::Damaged(digest.to_string()))?)
    }

    async fn json<T: serde::de::DeserializeOwned>(&self, digest: &Digest) -> Result<T, Failure> {
        let bytes = self.bytes(digest).await?;
        Ok(from_json(&bytes).map_err(|error| StoreError::Damaged(error.to_string()))?)
    }

    async fn piece_view(
        &self,
        case: &Case,
        index: usize,
        captured: &crate::case::Captured,
        trusted_time: bool,
    ) -> Result<PieceView, Failure> {
        let (captured_at, sealed) = case.seals.get(index).ok_or(Refusal::NoCase)?;
        let piece = self.piece(case, index).await?;
        Ok(PieceView {
            piece: captured.piece,
            captured_at: *captured_at,
            picture: piece.manifest.files.get("screenshot/post.png").map(|file| file.digest),
            post: piece.post,
            missing: captured.missing.clone(),
            omissions: piece.conditions.map(|conditions| conditions.omissions).unwrap_or_default(),
            seal: sealed.manifest,
            timestamp: timestamp_view(case, &sealed.manifest, trusted_time),
        })
    }

    async fn qualified_view(&self, case: &Case) -> Result<Option<QualifiedView>, Failure> {
        let Some((at, qualified)) = &case.qualified else { return Ok(None) };
        Ok(Some(QualifiedView {
            at: *at,
            decision: qualified.decision.clone(),
            facts: self.details(qualified).await?.facts,
            suggested: qualified.suggested.clone(),
            suggested_state: qualified.suggested_state,
        }))
    }

    pub(super) fn offences(&self) -> Reply {
        Reply::Offences(law::catalogue().offences().iter().map(offence_view).collect())
    }

    /// The facts that the user answered, or none yet.
    pub(super) async fn facts(&self, case: &Case) -> Result<Facts, Failure> {
        match &case.qualified {
            Some((_, qualified)) => Ok(self.details(qualified).await?.facts),
            None => Ok(Facts::default()),
        }
    }
}

/// The address of the post, understood again from what was captured.
pub(super) fn permalink(case: &Case) -> Option<Permalink> {
    let address = &case.first()?.permalink;
    platform::permalink(address).or_else(|_| platform::page(address)).ok()
}

fn timestamp_view(case: &Case, seal: &Digest, trusted_time: bool) -> TimestampView {
    let token = case.timestamps.iter().map(|(_, timed)| timed).find(|timed| timed.imprint == *seal);
    let state = match (token, trusted_time) {
        (Some(_), _) => TimestampState::Certified,
        (None, true) => TimestampState::Queued,
        (None, false) => TimestampState::Off,
    };
    let fault = last_failure(case).filter(|_| token.is_none()).map(|failed| FaultView {
        code: failed.code,
        message: failed.message,
        hint: String::new(),
    });
    TimestampView {
        state,
        gen_time: token.map(|timed| timed.gen_time),
        tsa: token.map(|timed| timed.tsa.clone()),
        fault,
    }
}

/// The offences that the page has to name.
fn concerned(outcome: &Option<Outcome>, qualified: &Option<QualifiedView>) -> Vec<OffenceView> {
    let mut ids: Vec<&str> = vec![];
    if let Some(Decision::Offence { offence, .. }) = qualified.as_ref().map(|qualified| &qualified.decision) {
        ids.push(offence);
    }
    for suggestion in outcome.iter().flat_map(|outcome| &outcome.suggestions) {
        if !ids.contains(&suggestion.offence.as_str()) {
            ids.push(&suggestion.offence);
        }
    }
    ids.into_iter().filter_map(|id| law::catalogue().offence(id)).map(offence_view).collect()
}

/// The last safe day of the decided offence, else of the first suggestion. The period runs from the earliest publication
/// that is known; without any, no day is given rather than a wrong one.
fn deadline(case: &Case, outcome: &Option<Outcome>, qualified: &Option<QualifiedView>) -> Option<DeadlineView> {
    let (offence, ground) = match qualified.as_ref().map(|qualified| &qualified.decision) {
        Some(Decision::Offence { offence, ground, .. }) => (offence.clone(), *ground),
        Some(Decision::Lawful { .. }) => return None,
        None => {
            let suggestion = outcome.as_ref()?.suggestions.first()?;
            (suggestion.offence.clone(), suggestion.ground)
        }
    };
    let published_at = case.captures.iter().filter_map(|(_, captured)| captured.published_at).min()?;
    let limitation = law::limitation(law::catalogue().offence(&offence), published_at);
    let (year, month, day) = limitation.last_safe_day;
    Some(DeadlineView {
        offence,
        ground,
        last_safe_day: format!("{year:04}-{month:02}-{day:02}"),
        period: limitation.period.label(Lang::Fr),
        confidence: limitation.confidence,
    })
}

fn offence_view(offence: &Offence) -> OffenceView {
    OffenceView {
        id: offence.id.clone(),
        family: format!("{:?}", offence.family),
        label_fr: offence.label(Lang::Fr).to_owned(),
        label_en: offence.label(Lang::En).to_owned(),
        basis: law::catalogue().basis(offence, Lang::Fr),
        confidence: offence.basis_confidence,
        elements: offence.elements(Lang::Fr).to_vec(),
        needs_ground: offence.grounds != Grounds::None,
        grounds: if offence.grounds == Grounds::None {
            vec![]
        } else {
            Ground::ALL.into_iter().filter(|ground| offence.takes_ground(*ground)).collect()
        },
        never_capture: offence.capture == CaptureRule::Never,
    }
}

fn step_view(step: &Step) -> StepView {
    let detail = match &step.entry {
        Some(Entry::Captured(captured)) => captured.permalink.clone(),
        Some(Entry::Sealed(sealed)) => sealed.manifest.to_string(),
        Some(Entry::Timestamped(timed)) => format!("{} · {}", timed.tsa, timed.gen_time),
        Some(Entry::TimestampFailed(failed)) => format!("{} · {}", failed.service, failed.code),
        Some(Entry::Qualified(qualified)) => match &qualified.decision {
            Decision::Offence { offence, .. } => offence.clone(),
            Decision::Lawful { kind } => {
                serde_json::to_value(kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default()
            }
        },
        Some(Entry::Reported(sent)) => sent.reference.clone().unwrap_or_default(),
        Some(Entry::NoticeSent(sent)) => sent.reference.clone().unwrap_or_else(|| sent.channel.clone()),
        Some(Entry::Observed(seen)) => {
            serde_json::to_value(seen.fate()).ok().and_then(|fate| fate.as_str().map(str::to_owned)).unwrap_or_default()
        }
        Some(Entry::Filed(filed)) => filed.dossier.clone(),
        Some(Entry::Frozen(frozen)) => frozen.list.to_string(),
        Some(Entry::Coded(coded)) => coded.coder.clone(),
        Some(Entry::Exported(exported)) => exported.pack.to_string(),
        None => String::new(),
    };
    StepView { seq: step.seq, at: step.at, kind: step.kind.clone(), detail }
}
