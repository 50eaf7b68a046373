//! An invented case with all that a pack of format 0 can hold.

use std::collections::BTreeMap;

use crate::{
    base::{Instant, Lang},
    capture::Missing,
    case::{Captured, Entry, NoticeSent, Reported, Sealed, Timestamped},
    evidence::{
        Digest, FileEntry, FileKind, Head, MANIFEST_VERSION, Manifest, Record, canonical_json,
        timestamp::{read, request},
    },
    pack::{Layout, layout, write},
};

/// What answers timestamp requests.
pub type Service<'a> = &'a dyn Fn(&[u8]) -> Vec<u8>;

#[derive(Default)]
pub struct Sample {
    pub case: String,
    pub records: Vec<Record>,
    pub manifests: BTreeMap<Digest, Manifest>,
    pub blobs: BTreeMap<Digest, Vec<u8>>,
    head: Option<Head>,
}

impl Sample {
    pub fn empty(case: &str) -> Self {
        Self { case: case.to_owned(), ..Self::default() }
    }

    /// One whole piece, one that lacks its picture, a report and a notice.
    pub fn new(case: &str, service: Option<Service>) -> Self {
        let mut sample = Self::empty(case);
        sample.piece(
            1,
            &[("capture.html", b"<p>Propos invent\xc3\xa9s \xf0\x9f\x98\x80</p>"), ("post.json", b"{}")],
            service,
        );
        sample.piece(
            2,
            &[("capture.html", b""), ("screenshot/tile-1.png", &[0x89, 0, 0xff, 0x0a]), ("media/1.jpg", b"abc")],
            None,
        );
        let text = sample.blob(b"Je signale ce contenu.\n");
        sample.push(Entry::Reported(Reported {
            body: "pharos".to_owned(),
            sent_at: at(60),
            reference: Some("2026-001".to_owned()),
            text,
        }));
        let text = sample.blob("Notification article 16\n".as_bytes());
        sample.push(Entry::NoticeSent(NoticeSent {
            channel: "x_dsa".to_owned(),
            lang: Lang::Fr,
            sent_at: at(61),
            reference: None,
            good_faith: true,
            text,
            sender: None,
        }));
        sample
    }

    pub fn piece(&mut self, piece: u32, files: &[(&str, &[u8])], service: Option<Service>) {
        let missing = if piece == 2 { vec![Missing::of("screenshot", "no_gesture")] } else { vec![] };
        self.push(Entry::Captured(Captured {
            piece,
            platform: "x".to_owned(),
            post_id: format!("190000000000000000{piece}"),
            permalink: format!("https://x.com/invente/status/190000000000000000{piece}"),
            published_at: Some(at(-3600)),
            missing,
            demo: false,
        }));
        let files = files.iter().map(|(path, bytes)| {
            let kind = FileKind::Verbatim;
            let entry =
                FileEntry { digest: self.blob(bytes), bytes: bytes.len() as u64, media_type: "x/y".to_owned(), kind };
            ((*path).to_owned(), entry)
        });
        let manifest = Manifest { version: MANIFEST_VERSION, files: files.collect() };
        let seal = Digest::of(&canonical_json(&manifest).unwrap());
        self.manifests.insert(seal, manifest);
        self.push(Entry::Sealed(Sealed { piece, manifest: seal }));
        if let Some(service) = service {
            let nonce = [0x91; 16];
            let tsq = request(&seal, &nonce).unwrap();
            let tsr = service(&tsq);
            let token = read(&tsr, &seal, Some(&nonce)).unwrap();
            let (request, response) = (self.blob(&tsq), self.blob(&tsr));
            self.push(Entry::Timestamped(Timestamped {
                piece,
                imprint: seal,
                service: "https://horodatage.invalid/".to_owned(),
                tsa: token.tsa,
                gen_time: token.gen_time,
                request,
                response,
            }));
        }
    }

    pub fn push(&mut self, entry: Entry) {
        let moment = at(self.records.len() as i64);
        let record = Record::next(&self.case, self.head, entry.kind(), moment, entry.body().unwrap()).unwrap();
        self.head = Some(record.head().unwrap());
        self.records.push(record);
    }

    pub fn blob(&mut self, bytes: &[u8]) -> Digest {
        self.blobs.insert(Digest::of(bytes), bytes.to_vec());
        Digest::of(bytes)
    }

    pub fn layout(&self) -> Layout {
        layout(&[&self.records], &self.manifests).unwrap()
    }

    pub fn pack(&self) -> Vec<u8> {
        write(self.layout(), vec![], |digest| self.blobs.get(digest).cloned()).unwrap()
    }
}

pub fn at(seconds: i64) -> Instant {
    Instant::from_millis(1_795_528_800_000 + seconds * 1000).unwrap()
}
