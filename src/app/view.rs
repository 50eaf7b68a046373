use std::collections::BTreeMap;

use super::{
    App, Failure,
    capture_post::WITNESS,
    check::standing_view,
    failure::Refusal,
    timestamp::{Behaviour, last_failure},
};
use crate::{
    base::{FaultView, Instant, Lang, from_json},
    capture::{Post, Witness},
    case::{Case, Decision, Entry, Sealed, Step, Timestamped},
    evidence::{Conditions, Digest, Manifest},
    law::{self, CaptureRule, Ground, Grounds, Offence},
    platform::{self, Permalink},
    port::{BlobStore, Ports, Row, StoreError},
    protocol::{
        AwaitedView, CaseRow, CaseView, Facts, NoticeView, ObservationView, OffenceView, Outcome, PieceView,
        QualifiedView, Reply, ReportView, StepView, TimestampState, TimestampView, TokenOf,
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
    pub witness: Option<Witness>,
}

impl<P: Ports> App<P> {
    pub(super) async fn case_reply(&self, case: &str) -> Result<Reply, Failure> {
        Ok(Reply::Case(Box::new(self.case_view(case).await?)))
    }

    pub(super) async fn case_view(&self, id: &str) -> Result<CaseView, Failure> {
        let (case, _) = self.load(id).await?;
        let row = self.refold(id).await?;
        let settings = self.settings().await?;
        let services = if settings.trusted_time { settings.services() } else { vec![] };
        let behaviour = self.behaviour().await?;
        let mut pieces = vec![];
        for (_, captured) in case.captures.iter().filter(|_| !case.is_withheld()) {
            let sealed = case.seals.iter().position(|(_, sealed)| sealed.piece == captured.piece);
            let index = sealed.ok_or(Refusal::NoCase)?;
            pieces.push(self.piece_view(&case, index, captured, &services, &behaviour).await?);
        }
        let qualified = self.qualified_view(&case).await?;
        let facts = qualified.as_ref().map(|qualified| qualified.facts.clone()).unwrap_or_default();
        let talk = self.heard(&case, &facts).await.ok();
        let talk = talk.map(|(outcome, asks)| self.talk(&case, outcome, asks, &facts));
        let outcome = talk.as_ref().map(|talk| talk.outcome.clone());
        Ok(CaseView {
            milestones: super::lifecycle::milestones(&case),
            due: self.due_views(&case).await?,
            added: self.added_views(&case, &services, &behaviour).await?,
            offences: concerned(&outcome, &qualified),
            deadline: self.deadline(&case, outcome.as_ref(), qualified.as_ref()),
            talk,
            withheld: case.is_withheld(),
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
            dated_by: u32::try_from(case.dated_by()).unwrap_or(u32::MAX),
            next_check: super::check::next_check(case),
            notified_at: case.notices.iter().map(|(_, sent)| sent.sent_at).min(),
            hand_check: super::by_hand::next_hand_check(case),
            dossiers: case.dossiers.keys().cloned().collect(),
            head: case.head.digest,
            head_seq: case.head.seq,
        };
        let body = serde_json::to_value(&row).map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok(Row { case: case.id.clone(), head: case.head, body })
    }

    /// The first capture that could be read as a post.
    pub(super) async fn post(&self, case: &Case) -> Result<Option<Post>, Failure> {
        for index in 0..if case.is_withheld() { 0 } else { case.seals.len() } {
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
        let witness = match manifest.files.get(WITNESS) {
            Some(file) => Some(self.json(&file.digest).await?),
            None => None,
        };
        Ok(Piece { manifest, post, conditions, witness })
    }

    pub(super) async fn bytes(&self, digest: &Digest) -> Result<Vec<u8>, Failure> {
        let bytes = self.ports.blobs().get(digest).await?;
        Ok(bytes.ok_or_else(|| StoreError::Damaged(digest.to_string()))?)
    }

    pub(super) async fn json<T: serde::de::DeserializeOwned>(&self, digest: &Digest) -> Result<T, Failure> {
        let bytes = self.bytes(digest).await?;
        Ok(from_json(&bytes).map_err(|error| StoreError::Damaged(error.to_string()))?)
    }

    async fn piece_view(
        &self,
        case: &Case,
        index: usize,
        captured: &crate::case::Captured,
        services: &[String],
        behaviour: &BTreeMap<String, Behaviour>,
    ) -> Result<PieceView, Failure> {
        let (captured_at, sealed) = case.seals.get(index).ok_or(Refusal::NoCase)?;
        let piece = self.piece(case, index).await?;
        Ok(PieceView {
            piece: captured.piece,
            captured_at: *captured_at,
            picture: piece.manifest.files.get("screenshot/post.png").map(|file| file.digest),
            post: piece.post,
            witness: piece.witness,
            missing: captured.missing.clone(),
            omissions: piece.conditions.map(|conditions| conditions.omissions).unwrap_or_default(),
            seal: sealed.manifest,
            timestamp: timestamp_view(case, *captured_at, sealed, services, behaviour),
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
    // What may not be held is not looked at either.
    let address = &case.first().filter(|_| !case.is_withheld())?.permalink;
    platform::permalink(address).or_else(|_| platform::page(address)).ok()
}

pub(super) fn timestamp_view(
    case: &Case,
    sealed_at: Instant,
    sealed: &Sealed,
    services: &[String],
    behaviour: &BTreeMap<String, Behaviour>,
) -> TimestampView {
    let of = |timed: &Timestamped| TokenOf {
        service: timed.service.clone(),
        tsa: timed.tsa.clone(),
        gen_time: timed.gen_time,
        gap_seconds: (timed.gen_time.millis() - sealed_at.millis()).div_euclid(1000),
        checked: timed.root.is_some(),
    };
    let tokens = case.timestamps.iter().map(|(_, timed)| timed).filter(|timed| timed.imprint == sealed.manifest);
    let tokens: Vec<TokenOf> = tokens.map(of).collect();
    let earliest = |checked: bool| {
        tokens.iter().filter(|token| token.checked == checked).min_by_key(|token| token.gen_time).cloned()
    };
    let (state, best) = match (earliest(true), earliest(false)) {
        (Some(token), _) => (TimestampState::Certified, Some(token)),
        (None, Some(token)) => (TimestampState::Received, Some(token)),
        (None, None) if services.is_empty() => (TimestampState::Off, None),
        (None, None) => (TimestampState::Queued, None),
    };
    let awaited: Vec<AwaitedView> = services
        .iter()
        .filter(|service| case.lacks_time_of(sealed, service))
        .map(|service| {
            let behaviour = behaviour.get(service);
            AwaitedView {
                service: service.clone(),
                fault: last_failure(case, service).map(|failed| FaultView {
                    code: failed.code,
                    message: failed.message,
                    hint: String::new(),
                }),
                failures: behaviour.map_or(0, |behaviour| behaviour.failures),
                next_at: behaviour.map(|behaviour| behaviour.next_at),
            }
        })
        .collect();
    TimestampView {
        state,
        gen_time: best.as_ref().map(|token| token.gen_time),
        tsa: best.map(|token| token.tsa),
        fault: awaited.iter().find_map(|awaited| awaited.fault.clone()),
        tokens,
        awaited,
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
        Some(Entry::Captured(captured) | Entry::AddressKept(captured)) => captured.permalink.clone(),
        Some(Entry::Sealed(sealed)) => sealed.manifest.to_string(),
        Some(Entry::Timestamped(timed)) => format!("{} · {}", timed.tsa, timed.gen_time),
        Some(Entry::JournalTimestamped(timed)) => format!("{} · {}", timed.tsa, timed.gen_time),
        Some(Entry::TimestampFailed(failed)) => format!("{} · {}", failed.service, failed.code),
        Some(Entry::Qualified(qualified)) => match &qualified.decision {
            Decision::Offence { offence, .. } => offence.clone(),
            Decision::Lawful { kind } => code(kind),
        },
        Some(Entry::Reported(sent)) => sent.reference.clone().unwrap_or_default(),
        Some(Entry::NoticeSent(sent)) => sent.reference.clone().unwrap_or_else(|| sent.channel.clone()),
        Some(Entry::Observed(seen)) => code(&seen.fate()),
        Some(Entry::Acknowledged(received)) => received.reference.clone().unwrap_or_default(),
        Some(Entry::Decided(decided)) => code(&decided.ruling),
        Some(Entry::Complained(sent)) => code(&sent.recourse),
        Some(Entry::PieceAdded(added)) => code(&added.form),
        Some(Entry::Filed(filed)) => filed.dossier.clone(),
        Some(Entry::Frozen(frozen)) => frozen.list.to_string(),
        Some(Entry::Coded(coded)) => coded.coder.clone(),
        Some(Entry::Exported(exported)) => exported.pack.to_string(),
        Some(Entry::Purged(purged)) => purged.files.to_string(),
        None => String::new(),
    };
    StepView { seq: step.seq, at: step.at, kind: step.kind.clone(), detail }
}

/// The word that a value without content has in JSON.
pub(super) fn code(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default()
}
