//! Invented cases whose looks are told in hours after the notice. The tests of the command line use them too.

#![allow(dead_code, reason = "each test takes what it needs")]

use crate::{
    base::{Instant, Lang},
    case::{
        Captured, Case, Coded, Decision, Entry, Frozen, NoticeSent, Notifier, Observed, Observer, Outcome, Qualified,
        Sealed, SentBy,
    },
    evidence::{Digest, FileEntry, FileKind, MANIFEST_VERSION, Manifest, Record, canonical_json},
    law::Ground,
    qualification::{Code, State},
    takedown::{Fate, Sighting},
};

pub const HOUR: i64 = 3_600_000;
pub const HTML: &[u8] = b"<p>Propos inventes</p>";
pub const NOTICE: &[u8] = b"Notification inventee\n";

/// Half a day before the clocks of Paris go back an hour (25 October 2026).
pub fn notice_at() -> Instant {
    Instant::parse("2026-10-24T10:00:00Z").unwrap()
}

/// The entries of a case, each at its hours after the notice.
#[derive(Clone)]
pub struct Story {
    pub case: String,
    pub entries: Vec<(f64, Entry)>,
}

impl Story {
    /// Captured two hours before, qualified one hour before, notified at hour 0.
    pub fn notified(post: &str) -> Self {
        let mut story = Self::captured(post);
        story.push(-1.0, qualified("O-P2"));
        story.push(0.0, notice("11111111"));
        story
    }

    pub fn captured(post: &str) -> Self {
        let mut story = Self { case: format!("case-{post}"), entries: vec![] };
        story.push(-2.0, Entry::Captured(captured("x", post)));
        story
    }

    /// The same, with the seal of its only piece.
    pub fn sealed(mut self) -> Self {
        let manifest = Digest::of(&canonical_json(&manifest()).unwrap());
        self.push(-1.99, Entry::Sealed(Sealed { piece: 1, manifest }));
        self
    }

    pub fn push(&mut self, hours: f64, entry: Entry) {
        self.entries.push((hours, entry));
    }

    pub fn looks(mut self, looks: &[(f64, Fate)]) -> Self {
        for (hours, fate) in looks {
            self.push(*hours, look(*fate));
        }
        self
    }

    /// In the order of the hours; `clock` says what the device's clock shows then.
    pub fn told(&self, clock: impl Fn(usize, f64) -> f64) -> Case {
        Case::fold(&self.records(clock)).unwrap()
    }

    pub fn records(&self, clock: impl Fn(usize, f64) -> f64) -> Vec<Record> {
        let mut entries = self.entries.clone();
        entries.sort_by(|one, other| one.0.total_cmp(&other.0));
        let (mut records, mut head) = (vec![], None);
        for (index, (hours, entry)) in entries.iter().enumerate() {
            let at = moment(clock(index, *hours));
            let mut entry = entry.clone();
            if let Entry::NoticeSent(sent) = &mut entry {
                sent.sent_at = at;
            }
            let record = Record::next(&self.case, head, entry.kind(), at, entry.body().unwrap()).unwrap();
            head = Some(record.head().unwrap());
            records.push(record);
        }
        records
    }

    pub fn case(&self) -> Case {
        self.told(|_, hours| hours)
    }
}

/// What every invented piece holds.
pub fn manifest() -> Manifest {
    let html = FileEntry {
        digest: Digest::of(HTML),
        bytes: HTML.len() as u64,
        media_type: "text/html".to_owned(),
        kind: FileKind::Verbatim,
    };
    Manifest { version: MANIFEST_VERSION, files: [("capture.html".to_owned(), html)].into() }
}

pub fn moment(hours: f64) -> Instant {
    notice_at().plus_millis((hours * HOUR as f64) as i64)
}

pub fn captured(platform: &str, post: &str) -> Captured {
    Captured {
        piece: 1,
        platform: platform.to_owned(),
        post_id: post.to_owned(),
        permalink: format!("https://x.com/invente/status/{post}"),
        published_at: None,
        missing: vec![],
        demo: false,
    }
}

pub fn offence(id: &str, ground: Option<Ground>) -> Decision {
    Decision::Offence { offence: id.to_owned(), ground, words: vec![], explanation: String::new() }
}

pub fn qualified(id: &str) -> Entry {
    decided(offence(id, Some(Ground::Origin)))
}

pub fn lawful() -> Decision {
    Decision::Lawful { kind: Outcome::Opinion }
}

pub fn decided(decision: Decision) -> Entry {
    Entry::Qualified(Qualified {
        decision,
        suggested: None,
        suggested_state: State::None,
        suggested_code: Code::None,
        engine: "test".to_owned(),
        details: Digest::of(b"{}"),
    })
}

pub fn notice(sender: &str) -> Entry {
    Entry::NoticeSent(NoticeSent {
        channel: "x_dsa".to_owned(),
        lang: Lang::Fr,
        sent_at: notice_at(),
        reference: None,
        good_faith: true,
        text: Digest::of(NOTICE),
        sender: Some(SentBy { kind: Notifier::Association, id: sender.to_owned() }),
    })
}

pub fn coded(decision: Decision) -> Entry {
    Entry::Coded(Coded { coder: "B".to_owned(), decision })
}

pub fn frozen(list: Digest, items: u64) -> Entry {
    Entry::Frozen(Frozen { dossier: "testing".to_owned(), list, items })
}

/// A look by a machine, with a positive control where it matters.
pub fn look(fate: Fate) -> Entry {
    seen(fate, Observer::Probe, fate.is_gone().then_some(true), false)
}

pub fn seen(fate: Fate, by: Observer, control: Option<bool>, baseline: bool) -> Entry {
    let sighting = Sighting {
        platform: "x".to_owned(),
        fate,
        would_count: fate.would_count(),
        marker: None,
        excerpt: None,
        note: None,
    };
    Entry::Observed(Observed {
        by,
        baseline,
        probe: None,
        status: None,
        final_url: None,
        sighting,
        control,
        further: vec![],
    })
}
