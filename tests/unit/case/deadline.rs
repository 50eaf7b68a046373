use super::*;
use crate::{
    base::Instant,
    case::{Captured, Complained, Decided, Entry, Outcome, Qualified},
    evidence::{Digest, Head, Record},
    qualification::{Code, State},
};

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn fold(entries: &[Entry]) -> Case {
    let mut head: Option<Head> = None;
    let mut records = vec![];
    for entry in entries {
        let record = Record::next("c", head, entry.kind(), Instant::EPOCH, entry.body().unwrap()).unwrap();
        head = Some(record.head().unwrap());
        records.push(record);
    }
    Case::fold(&records).unwrap()
}

fn captured(published: Option<&str>) -> Entry {
    Entry::Captured(Captured {
        piece: 1,
        platform: "x".to_owned(),
        post_id: "1".to_owned(),
        permalink: "https://x.com/a/status/1".to_owned(),
        published_at: published.map(at),
        missing: vec![],
        demo: false,
    })
}

fn qualified(decision: Decision) -> Entry {
    Entry::Qualified(Qualified {
        decision,
        suggested: None,
        suggested_state: State::None,
        suggested_code: Code::None,
        engine: String::new(),
        details: Digest::of(b""),
    })
}

fn offence(id: &str) -> Entry {
    qualified(Decision::Offence { offence: id.to_owned(), ground: None, words: vec![], explanation: String::new() })
}

fn decided(ruling: Ruling, on: &str) -> Entry {
    Entry::Decided(Decided { notice: 1, complaint: None, decided_at: at(on), ruling, reference: None, piece: None })
}

fn days(entries: &[Entry]) -> Vec<(DeadlineKind, (i32, u32, u32))> {
    deadlines(&fold(entries)).into_iter().map(|deadline| (deadline.kind, deadline.day)).collect()
}

#[test]
fn limitation_and_connection_data_run_from_the_publication_in_paris() {
    // Half past midnight on 24 November in Paris.
    let published = captured(Some("2026-11-23T23:30:00Z"));
    assert_eq!(
        days(&[published.clone(), offence("injure_publique_origine_religion")]),
        [(DeadlineKind::Limitation, (2027, 11, 23)), (DeadlineKind::ConnectionData, (2027, 11, 23))]
    );
    let simple = days(&[published, offence("injure_publique_particulier")]);
    assert_eq!(simple.first(), Some(&(DeadlineKind::Limitation, (2027, 2, 23))));
}

#[test]
fn nothing_runs_without_a_date_or_without_an_offence() {
    assert_eq!(days(&[captured(None), offence("injure_publique_origine_religion")]), []);
    let lawful = qualified(Decision::Lawful { kind: Outcome::Opinion });
    assert_eq!(days(&[captured(Some("2026-11-23T23:30:00Z")), lawful]), []);
}

#[test]
fn six_months_to_complain_of_a_refusal_until_the_complaint_is_sent() {
    let refused = decided(Ruling::Kept, "2026-08-31T10:00:00Z");
    let base = [captured(None), refused];
    assert_eq!(days(&base), [(DeadlineKind::InternalComplaint, (2027, 2, 27))]);
    let complained =
        |recourse, on| Entry::Complained(Complained { recourse, sent_at: at(on), reference: None, text: None });
    let after = |entry: Entry| days(&[base.as_slice(), &[entry]].concat()).len();
    assert_eq!(after(complained(Recourse::Internal, "2026-09-02T10:00:00Z")), 0);
    assert_eq!(after(complained(Recourse::Arcom, "2026-09-02T10:00:00Z")), 1);
    assert_eq!(days(&[captured(None), decided(Ruling::Removed, "2026-08-31T10:00:00Z")]), []);
}
