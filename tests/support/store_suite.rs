//! What the ports promise of every store, checked by the same words against the memory twin and against IndexedDB.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
};

use serde_json::{Value, json};
use temoin::{
    base::Instant,
    evidence::{Digest, Head, Record, check_chain},
    port::{BlobStore, CaseStore, Row, Staged, StoreError},
};

/// The stores, and a hand that alters them behind their back.
pub trait Shelf {
    fn cases(&self) -> &impl CaseStore;
    fn blobs(&self) -> &impl BlobStore;
    /// Other bytes where those of `digest` were, as a failing disk leaves them.
    async fn spoil(&self, digest: &Digest, bytes: &[u8]);
}

/// Everything; `run` keeps the cases of two calls apart.
pub async fn keeps_its_promises(shelf: &impl Shelf, run: &str) {
    a_journal_grows_from_its_head(shelf, run).await;
    a_conflict_leaves_nothing(shelf, run).await;
    of_two_writers_one_wins(shelf, run).await;
    the_staged_capture_ends_with_its_append(shelf, run).await;
    a_case_never_shows_the_records_of_another(shelf, run).await;
    a_row_is_replaced(shelf, run).await;
    any_text_survives(shelf, run).await;
    a_blob_is_its_very_bytes_or_none(shelf).await;
    a_deleted_blob_is_gone(shelf).await;
    a_large_blob_survives(shelf).await;
    a_damaged_blob_is_said_to_be(shelf).await;
}

async fn a_journal_grows_from_its_head(shelf: &impl Shelf, run: &str) {
    let (cases, case) = (shelf.cases(), format!("{run}-grows"));
    assert_eq!(cases.records(&case).await.unwrap(), []);
    let mut journal = chain(&case, None, &["captured", "sealed"]);
    cases.append(None, &journal, &row(&case, &journal), None).await.unwrap();
    // More than ten, so that an order by text would show.
    for step in 0..12 {
        let head = journal.last().unwrap().head().unwrap();
        let next = chain(&case, Some(head), &[&format!("step_{step}")]);
        journal.extend(next.clone());
        cases.append(Some(head), &next, &row(&case, &journal), None).await.unwrap();
    }
    let read = cases.records(&case).await.unwrap();
    assert_eq!(read, journal);
    assert_eq!(check_chain(&read).unwrap().unwrap(), journal.last().unwrap().head().unwrap());
    assert_eq!(row_of(cases, &case).await, Some(row(&case, &journal)));
}

async fn a_conflict_leaves_nothing(shelf: &impl Shelf, run: &str) {
    let (cases, case) = (shelf.cases(), format!("{run}-conflict"));
    let staged = Staged { id: format!("{run}-conflict-staged"), body: json!({ "step": 1 }) };
    cases.stage(&staged).await.unwrap();
    let written = chain(&case, None, &["captured", "sealed"]);
    cases.append(None, &written, &row(&case, &written), None).await.unwrap();
    let [first, last] = [0, 1].map(|index: usize| written[index].head().unwrap());
    let other_digest = Head { seq: last.seq, digest: Digest::of(b"other") };
    let beyond = Head { seq: last.seq + 1, digest: last.digest };
    for wrong in [None, Some(first), Some(other_digest), Some(beyond)] {
        let late = chain(&case, wrong, &["late"]);
        let refused = cases.append(wrong, &late, &row(&case, &late), Some(&staged.id)).await;
        assert_eq!(refused, Err(StoreError::Conflict), "{wrong:?}");
        assert_eq!(cases.records(&case).await.unwrap(), written);
        assert_eq!(row_of(cases, &case).await, Some(row(&case, &written)));
        assert!(cases.staged().await.unwrap().contains(&staged));
    }
    let unknown = format!("{case}-never-written");
    let late = chain(&unknown, Some(last), &["late"]);
    assert_eq!(cases.append(Some(last), &late, &row(&unknown, &late), None).await, Err(StoreError::Conflict));
    assert_eq!(cases.records(&unknown).await.unwrap(), []);
    assert_eq!(row_of(cases, &unknown).await, None);
    cases.unstage(&staged.id).await.unwrap();
}

async fn of_two_writers_one_wins(shelf: &impl Shelf, run: &str) {
    let (cases, case) = (shelf.cases(), format!("{run}-race"));
    let mut head = None;
    let mut journal = vec![];
    for lap in 0..4 {
        let left = chain(&case, head, &[&format!("left_{lap}"), "more"]);
        let right = chain(&case, head, &[&format!("right_{lap}")]);
        let (left_row, right_row) = (row(&case, &left), row(&case, &right));
        let done = both(cases.append(head, &left, &left_row, None), cases.append(head, &right, &right_row, None));
        let (winner, winning_row) = match done.await {
            (Ok(()), Err(StoreError::Conflict)) => (left, left_row),
            (Err(StoreError::Conflict), Ok(())) => (right, right_row),
            other => panic!("{other:?}"),
        };
        journal.extend(winner);
        head = Some(journal.last().unwrap().head().unwrap());
        assert_eq!(cases.records(&case).await.unwrap(), journal);
        assert_eq!(row_of(cases, &case).await, Some(winning_row));
    }
}

async fn the_staged_capture_ends_with_its_append(shelf: &impl Shelf, run: &str) {
    let (cases, case) = (shelf.cases(), format!("{run}-staged"));
    let [mine, other] = ["mine", "other"].map(|name| Staged { id: format!("{case}-{name}"), body: json!([name]) });
    cases.stage(&mine).await.unwrap();
    cases.stage(&other).await.unwrap();
    let further = Staged { body: json!({ "step": 2, "none": null }), ..mine.clone() };
    cases.stage(&further).await.unwrap();
    let staged = cases.staged().await.unwrap();
    assert!(staged.contains(&further) && staged.contains(&other) && !staged.contains(&mine));
    let written = chain(&case, None, &["captured"]);
    cases.append(None, &written, &row(&case, &written), Some(&mine.id)).await.unwrap();
    let staged = cases.staged().await.unwrap();
    assert!(staged.iter().all(|staged| staged.id != mine.id) && staged.contains(&other));
    cases.unstage(&other.id).await.unwrap();
    cases.unstage(&other.id).await.unwrap();
    assert!(cases.staged().await.unwrap().iter().all(|staged| staged.id != other.id));
}

/// Ids that begin like each other, or end where a naive key would begin to count.
async fn a_case_never_shows_the_records_of_another(shelf: &impl Shelf, run: &str) {
    let cases = shelf.cases();
    let ids = ["", "a", "a,0", "a0", "a\u{0}", "aa", "ab", "A", "b"].map(|end| format!("{run}-near{end}"));
    for id in &ids {
        let written = chain(id, None, &["captured", id]);
        cases.append(None, &written, &row(id, &written), None).await.unwrap();
    }
    for id in &ids {
        assert_eq!(cases.records(id).await.unwrap(), chain(id, None, &["captured", id]), "{id:?}");
        assert_eq!(row_of(cases, id).await.unwrap().case, *id);
    }
}

async fn a_row_is_replaced(shelf: &impl Shelf, run: &str) {
    let (cases, case) = (shelf.cases(), format!("{run}-row"));
    let written = chain(&case, None, &["captured"]);
    let first = row(&case, &written);
    cases.append(None, &written, &first, None).await.unwrap();
    let again = Row { body: json!({ "folded": "again" }), ..first };
    cases.put_row(&again).await.unwrap();
    let all = cases.rows().await.unwrap();
    assert_eq!(all.iter().filter(|row| row.case == case).collect::<Vec<_>>(), [&again]);
    assert_eq!(cases.records(&case).await.unwrap(), written);
}

async fn any_text_survives(shelf: &impl Shelf, run: &str) {
    let cases = shelf.cases();
    let text = "é e\u{301} 🐸👩‍👩‍👧 \u{202e}שלום مرحبا \u{200b}\u{feff}\u{0}\u{7f}\u{2028}\u{fffd}\u{10ffff} « ’ » \"\\\n</script>";
    let case = format!("{run}-{text}");
    let body = json!({ text: [text, "", null, -1, true] });
    let record = Record::next(&case, None, text, at(), body).unwrap();
    let body = json!({ text: [text, u64::MAX, i64::MIN] });
    let row = Row { case: case.clone(), head: record.head().unwrap(), body };
    let staged = Staged { id: format!("{case}-staged"), body: Value::String(text.to_owned()) };
    cases.stage(&staged).await.unwrap();
    assert!(cases.staged().await.unwrap().contains(&staged));
    cases.append(None, std::slice::from_ref(&record), &row, Some(&staged.id)).await.unwrap();
    assert_eq!(cases.records(&case).await.unwrap(), [record]);
    assert_eq!(row_of(cases, &case).await, Some(row));
    assert!(!cases.staged().await.unwrap().contains(&staged));
}

async fn a_blob_is_its_very_bytes_or_none(shelf: &impl Shelf) {
    let blobs = shelf.blobs();
    assert_eq!(blobs.get(&Digest::of(b"never put")).await, Ok(None));
    let every_byte: Vec<u8> = (0..=u8::MAX).collect();
    for bytes in [&b""[..], b"\0", b"texte \xc3\xa9", b"\xff\xfe not text", &every_byte] {
        let digest = blobs.put(bytes).await.unwrap();
        assert_eq!(digest, Digest::of(bytes));
        assert_eq!(blobs.put(bytes).await, Ok(digest));
        assert_eq!(blobs.get(&digest).await, Ok(Some(bytes.to_vec())));
    }
}

async fn a_deleted_blob_is_gone(shelf: &impl Shelf) {
    let blobs = shelf.blobs();
    let mut digests = vec![];
    for bytes in [&b"one to delete"[..], b"another to delete", b"one that stays"] {
        digests.push(blobs.put(bytes).await.unwrap());
    }
    let stays = digests.pop().unwrap();
    digests.push(Digest::of(b"never put"));
    blobs.delete(&digests).await.unwrap();
    for digest in &digests {
        assert_eq!(blobs.get(digest).await, Ok(None));
    }
    assert_eq!(blobs.get(&stays).await, Ok(Some(b"one that stays".to_vec())));
    blobs.delete(&[]).await.unwrap();
}

/// More than any picture of a post, less than what a message of the browser could carry.
async fn a_large_blob_survives(shelf: &impl Shelf) {
    let mut seed = 1u32;
    let bytes: Vec<u8> = std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed.to_be_bytes()
    })
    .take(5_000_000)
    .flatten()
    .collect();
    let digest = shelf.blobs().put(&bytes).await.unwrap();
    assert!(shelf.blobs().get(&digest).await == Ok(Some(bytes)), "20 MB do not come back");
}

async fn a_damaged_blob_is_said_to_be(shelf: &impl Shelf) {
    for spoilt in [&b""[..], b"evidencf", b"evidence and more"] {
        let digest = shelf.blobs().put(b"evidence").await.unwrap();
        shelf.spoil(&digest, spoilt).await;
        assert_eq!(shelf.blobs().get(&digest).await, Err(StoreError::Damaged(digest.to_string())));
        // Whoever has the bytes mends it.
        shelf.blobs().put(b"evidence").await.unwrap();
        assert_eq!(shelf.blobs().get(&digest).await, Ok(Some(b"evidence".to_vec())));
    }
}

/// Records of these kinds, one after the other, after `head`.
pub fn chain(case: &str, mut head: Option<Head>, kinds: &[&str]) -> Vec<Record> {
    let record = |kind: &&str| {
        let record = Record::next(case, head, kind, at(), json!({ "says": kind })).unwrap();
        head = Some(record.head().unwrap());
        record
    };
    kinds.iter().map(record).collect()
}

/// The row that an application would fold from these records.
pub fn row(case: &str, records: &[Record]) -> Row {
    let last = records.last().unwrap();
    Row { case: case.to_owned(), head: last.head().unwrap(), body: json!({ "last": last.link.kind }) }
}

async fn row_of(cases: &impl CaseStore, case: &str) -> Option<Row> {
    cases.rows().await.unwrap().into_iter().find(|row| row.case == case)
}

fn at() -> Instant {
    Instant::parse("2026-11-24T12:00:00Z").unwrap()
}

/// Runs both in turns until both are done.
async fn both<A, B>(left: impl Future<Output = A>, right: impl Future<Output = B>) -> (A, B) {
    let (mut left, mut right) = (pin!(left), pin!(right));
    let (mut left_done, mut right_done) = (None, None);
    poll_fn(|context| {
        if left_done.is_none()
            && let Poll::Ready(value) = left.as_mut().poll(context)
        {
            left_done = Some(value);
        }
        if right_done.is_none()
            && let Poll::Ready(value) = right.as_mut().poll(context)
        {
            right_done = Some(value);
        }
        match (left_done.take(), right_done.take()) {
            (Some(left), Some(right)) => Poll::Ready((left, right)),
            (left, right) => {
                (left_done, right_done) = (left, right);
                Poll::Pending
            }
        }
    })
    .await
}
