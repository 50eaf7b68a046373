//! What follows a notice: receipt, decision, recourse, each by its date, the message kept as a piece.

use super::{App, Failure, failure::Refusal, timestamp::When, view::code};
use crate::{
    base::{Instant, sort},
    case::{Acknowledged, Case, Complained, Decided, Entry, Recourse, Ruling},
    port::{Clock, Ports},
    protocol::{LetterKind, MilestoneView, NewPiece, Reply},
};

impl<P: Ports> App<P> {
    /// The platform confirmed that it received a notice.
    pub(super) async fn record_receipt(
        &self,
        id: &str,
        notice: u32,
        at: Option<Instant>,
        reference: Option<String>,
        message: Option<NewPiece>,
    ) -> Result<Reply, Failure> {
        let (case, _) = self.load(id).await?;
        known_notice(&case, notice)?;
        let (mut entries, piece) = self.message(&case, message).await?;
        let at = at.unwrap_or_else(|| self.ports.clock().now());
        entries.push(Entry::Acknowledged(Acknowledged { notice, at, reference, piece }));
        self.record_and_time(id, &entries).await
    }

    /// The platform decided, on a notice or on a complaint about its first decision.
    pub(super) async fn record_ruling(
        &self,
        id: &str,
        notice: u32,
        ruling: Ruling,
        at: Option<Instant>,
        reference: Option<String>,
        message: Option<NewPiece>,
    ) -> Result<Reply, Failure> {
        let (case, _) = self.load(id).await?;
        known_notice(&case, notice)?;
        let (mut entries, piece) = self.message(&case, message).await?;
        let decided_at = at.unwrap_or_else(|| self.ports.clock().now());
        let complaint = answered_complaint(&case, decided_at);
        entries.push(Entry::Decided(Decided { notice, complaint, decided_at, ruling, reference, piece }));
        self.record_and_time(id, &entries).await
    }

    /// The user contested, or turned to somebody else.
    pub(super) async fn record_complaint(
        &self,
        id: &str,
        recourse: Recourse,
        at: Option<Instant>,
        reference: Option<String>,
        drafted: bool,
    ) -> Result<Reply, Failure> {
        let text = match letter_for(recourse).filter(|_| drafted) {
            Some(letter) => Some(self.kept_letter(id, letter).await?),
            None => None,
        };
        let sent_at = at.unwrap_or_else(|| self.ports.clock().now());
        let entry = Entry::Complained(Complained { recourse, sent_at, reference, text });
        self.record(id, &[entry], None).await?;
        self.case_reply(id).await
    }

    /// The entries that keep a message as a piece, and its number.
    async fn message(&self, case: &Case, message: Option<NewPiece>) -> Result<(Vec<Entry>, Option<u32>), Failure> {
        let Some(message) = message else { return Ok((vec![], None)) };
        let (entries, piece) = self.given_piece(case, message).await?;
        Ok((entries, Some(piece)))
    }

    pub(super) async fn record_and_time(&self, id: &str, entries: &[Entry]) -> Result<Reply, Failure> {
        self.record(id, entries, None).await?;
        let _queued_until_the_alarm = self.timestamp(id, When::Now).await;
        self.case_reply(id).await
    }
}

fn known_notice(case: &Case, notice: u32) -> Result<(), Refusal> {
    let sent = u32::try_from(case.notices.len()).unwrap_or(u32::MAX);
    if (1..=sent).contains(&notice) { Ok(()) } else { Err(Refusal::NoNotice) }
}

/// The last internal complaint sent before a decision, when an earlier decision was what it contests.
fn answered_complaint(case: &Case, decided_at: Instant) -> Option<u32> {
    case.decisions.first()?;
    let sent = |complaint: &Complained| complaint.recourse == Recourse::Internal && complaint.sent_at <= decided_at;
    let index = case.complaints.iter().rposition(|(_, complaint)| sent(complaint))?;
    u32::try_from(index + 1).ok()
}

/// The letter that goes with a recourse.
fn letter_for(recourse: Recourse) -> Option<LetterKind> {
    match recourse {
        Recourse::Internal => Some(LetterKind::InternalComplaint),
        Recourse::OutOfCourt => Some(LetterKind::OutOfCourt),
        Recourse::Arcom => Some(LetterKind::Arcom),
        Recourse::Prosecutor => Some(LetterKind::Prosecutor),
        Recourse::Police => None,
    }
}

/// What was sent and answered, by date.
pub(super) fn milestones(case: &Case) -> Vec<MilestoneView> {
    let mut milestones: Vec<MilestoneView> = case
        .steps
        .iter()
        .filter_map(|step| {
            let (at, code, reference, piece) = match step.entry.as_ref()? {
                Entry::Reported(sent) => (sent.sent_at, sent.body.clone(), &sent.reference, None),
                Entry::NoticeSent(sent) => (sent.sent_at, sent.channel.clone(), &sent.reference, None),
                Entry::Acknowledged(received) => (received.at, String::new(), &received.reference, received.piece),
                Entry::Decided(decided) => {
                    (decided.decided_at, code(&decided.ruling), &decided.reference, decided.piece)
                }
                Entry::Complained(sent) => (sent.sent_at, code(&sent.recourse), &sent.reference, None),
                _ => return None,
            };
            Some(MilestoneView { at, kind: step.kind.clone(), code, reference: reference.clone(), piece })
        })
        .collect();
    sort(&mut milestones, |one, other| one.at.cmp(&other.at));
    milestones
}
