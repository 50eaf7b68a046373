use proptest::prelude::*;
use serde_json::json;

use super::*;

fn at(seconds: i64) -> Instant {
    Instant::from_millis(1_795_528_800_000 + seconds * 1000).unwrap()
}

/// A journal of `count` records.
fn journal(case: &str, count: usize) -> Vec<Record> {
    let mut records: Vec<Record> = vec![];
    for index in 0..count {
        let head = records.last().map(|last| last.head().unwrap());
        let body = json!({ "rang": index, "texte": "é 😀 \u{202e}" });
        records.push(Record::next(case, head, "note", at(index as i64), body).unwrap());
    }
    records
}

#[test]
fn a_right_journal_gives_its_head() {
    assert_eq!(check_chain(&[]), Ok(None));
    let records = journal("a", 5);
    let head = check_chain(&records).unwrap().unwrap();
    assert_eq!((head.seq, head), (4, records[4].head().unwrap()));
}

#[test]
fn an_erased_body_leaves_the_chain_whole() {
    let mut records = journal("a", 3);
    let head = check_chain(&records);
    records[1].body = None;
    assert_eq!(check_chain(&records), head);
}

#[test]
fn a_chain_survives_the_way_through_json() {
    let records = journal("a", 3);
    let text = serde_json::to_string(&records).unwrap();
    assert_eq!(check_chain(&serde_json::from_str::<Vec<Record>>(&text).unwrap()), check_chain(&records));
}

#[test]
fn each_edit_is_placed() {
    type Edit = fn(&mut Record);
    let edits: [(&str, Edit); 7] = [
        ("journal_body", |record| record.body = Some(json!({ "rang": 99 }))),
        ("journal_previous", |record| record.link.kind = "autre".to_owned()),
        ("journal_previous", |record| record.link.at = at(99)),
        ("journal_position", |record| record.link.seq += 1),
        ("journal_version", |record| record.link.version = 2),
        ("journal_other_case", |record| record.link.case = "b".to_owned()),
        ("journal_body", |record| record.link.body_digest = Digest::of(b"")),
    ];
    for (code, edit) in edits {
        let mut records = journal("a", 5);
        edit(&mut records[2]);
        let error = check_chain(&records).unwrap_err();
        assert_eq!(error.code(), code);
        // A link is fixed by the one that follows it.
        let place = if code == "journal_previous" { 3 } else { 2 };
        assert_eq!(error.entry(), Some(place), "{code}");
    }
}

#[test]
fn a_record_of_another_case_does_not_fit() {
    let (mut records, others) = (journal("a", 3), journal("b", 3));
    records[1] = others[1].clone();
    assert_eq!(check_chain(&records), Err(ChainError::OtherCase { entry: 1 }));
}

#[test]
fn a_journal_that_does_not_start_at_its_start_is_refused() {
    let records = journal("a", 3);
    assert_eq!(check_chain(&records[1..]), Err(ChainError::Position { entry: 0, seq: 1 }));
}

proptest! {
    #[test]
    fn removal_before_the_end_is_placed(count in 2..12_usize, pick in 0..11_usize) {
        let mut records = journal("a", count);
        let pick = pick % (count - 1);
        records.remove(pick);
        prop_assert_eq!(check_chain(&records).unwrap_err().entry(), Some(pick as u64));
    }

    #[test]
    fn insertion_is_placed(count in 1..12_usize, pick in 0..12_usize, seq in 0..12_u64) {
        let mut records = journal("a", count);
        let pick = pick % count;
        let mut stranger = records[pick].clone();
        stranger.link.kind = "intrus".to_owned();
        stranger.link.seq = seq;
        let own_place = seq == pick as u64;
        records.insert(pick, stranger);
        let placed = check_chain(&records).unwrap_err().entry();
        prop_assert_eq!(placed, Some(pick as u64 + u64::from(own_place)));
    }

    #[test]
    fn reordering_is_placed(count in 2..12_usize, first in 0..12_usize, second in 0..12_usize) {
        let (first, second) = (first % count, second % count);
        prop_assume!(first != second);
        let mut records = journal("a", count);
        records.swap(first, second);
        prop_assert_eq!(check_chain(&records).unwrap_err().entry(), Some(first.min(second) as u64));
    }

    /// The end of a chain is fixed by nothing: only who noted the head sees that it was cut.
    #[test]
    fn truncation_shows_only_against_the_head(count in 2..12_usize, keep in 1..11_usize) {
        let records = journal("a", count);
        let keep = 1 + keep % (count - 1);
        let head = check_chain(&records).unwrap();
        let cut = check_chain(&records[..keep]);
        prop_assert!(cut.is_ok());
        prop_assert_ne!(cut.unwrap(), head);
    }
}
