use super::*;
use crate::{
    case::{Consent, PieceForm, Provenance, Recourse, Role, Ruling},
    evidence::{Digest, Head},
};

fn at(hours: i64) -> Instant {
    Instant::EPOCH.plus_millis(hours * 3_600_000)
}

fn journal(entries: &[Entry]) -> Vec<Record> {
    let mut head: Option<Head> = None;
    let mut records = vec![];
    for (entry, hour) in entries.iter().zip(0..) {
        let record = Record::next("c", head, entry.kind(), at(hour), entry.body().unwrap()).unwrap();
        head = Some(record.head().unwrap());
        records.push(record);
    }
    records
}

fn captured(piece: u32) -> Entry {
    Entry::Captured(Captured {
        piece,
        platform: "x".to_owned(),
        post_id: "1".to_owned(),
        permalink: "https://x.com/a/status/1".to_owned(),
        published_at: None,
        missing: vec![],
        demo: false,
    })
}

fn sent() -> Entry {
    Entry::NoticeSent(NoticeSent {
        channel: "dsa_report".to_owned(),
        lang: crate::base::Lang::Fr,
        sent_at: at(1),
        reference: None,
        sender: None,
        good_faith: true,
        text: Digest::of(b""),
    })
}

fn decided(ruling: Ruling) -> Entry {
    Entry::Decided(Decided { notice: 1, complaint: None, decided_at: at(3), ruling, reference: None, piece: None })
}

fn added(piece: u32) -> Entry {
    Entry::PieceAdded(PieceAdded { piece, form: PieceForm::Email, role: Role::Victim, demo: false })
}

fn complained() -> Entry {
    Entry::Complained(Complained { recourse: Recourse::Internal, sent_at: at(5), reference: None, text: None })
}

#[test]
fn the_work_goes_from_the_notice_to_the_decision_and_beyond() {
    let received =
        Entry::Acknowledged(Acknowledged { notice: 1, at: at(2), reference: Some("X-1".to_owned()), piece: Some(2) });
    let entries = [captured(1), sent(), received, decided(Ruling::Kept), complained(), decided(Ruling::Removed)];
    let statuses: Vec<Status> =
        (1..=entries.len()).map(|length| Case::fold(&journal(&entries[..length])).unwrap().status()).collect();
    assert_eq!(
        statuses,
        [
            Status::Captured,
            Status::Notified,
            Status::Acknowledged,
            Status::Decided,
            Status::Complained,
            Status::Decided
        ]
    );
}

#[test]
fn pieces_are_numbered_together_whether_captured_or_given() {
    let entries = [captured(1), added(2), captured(3), added(4)];
    assert_eq!(Case::fold(&journal(&entries)).unwrap().next_piece(), 5);
    assert_eq!(Case::fold(&journal(&entries[..1])).unwrap().next_piece(), 2);
}

#[test]
fn a_case_does_not_begin_with_a_given_piece() {
    assert_eq!(Case::fold(&journal(&[added(1)])), Err(FoldError::NotOpened));
}

#[test]
fn what_a_journal_holds_reads_back() {
    for entry in [captured(1), sent(), decided(Ruling::Withheld), complained(), added(2)] {
        assert_eq!(Entry::read(entry.kind(), &entry.body().unwrap()).unwrap(), entry);
    }
    let provenance = Provenance {
        version: Provenance::VERSION,
        observed_by_extension: false,
        provided_by: "Camille Inventé".to_owned(),
        role: Role::Witness,
        consent: Consent::Given,
        access: "message reçu".to_owned(),
        file_name: Some("capture.png".to_owned()),
        added_at: at(1),
    };
    let json = serde_json::to_string(&provenance).unwrap();
    assert_eq!(serde_json::from_str::<Provenance>(&json).unwrap(), provenance);
}
