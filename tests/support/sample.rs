//! An invented case with all that a pack can hold.

use std::collections::BTreeMap;

use p256::ecdsa::{Signature, SigningKey, signature::hazmat::PrehashSigner};

use crate::{
    base::{Instant, Lang},
    capture::Missing,
    case::{Captured, Entry, JournalTimestamped, NoticeSent, Reported, Sealed, Timestamped},
    evidence::PublicKey,
    evidence::{
        Digest, FileEntry, FileKind, Head, MANIFEST_VERSION, Manifest, Record, canonical_json,
        timestamp::{read, request},
    },
    pack::{Closed, Draft, Layout, OPTIONAL, Stamp, write},
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
    /// Seconds by which the device's clock is off.
    pub shift: i64,
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
                root: None,
            }));
        }
    }

    pub fn push(&mut self, entry: Entry) {
        let moment = at(self.records.len() as i64 + self.shift);
        let record = Record::next(&self.case, self.head, entry.kind(), moment, entry.body().unwrap()).unwrap();
        self.head = Some(record.head().unwrap());
        self.records.push(record);
    }

    pub fn blob(&mut self, bytes: &[u8]) -> Digest {
        self.blobs.insert(Digest::of(bytes), bytes.to_vec());
        Digest::of(bytes)
    }

    pub fn draft(&self) -> Draft {
        Draft::of(&[&self.records], &self.manifests).unwrap()
    }

    /// Without any seal.
    pub fn layout(&self) -> Layout {
        self.draft().close(None, &[]).unwrap().seal(None, &[]).unwrap()
    }

    pub fn pack(&self) -> Vec<u8> {
        self.write(self.layout())
    }

    /// Signed by `key`, dated by each of `services`.
    pub fn sealed_pack(&self, key: &SigningKey, services: &[Service]) -> Vec<u8> {
        let mut draft = self.draft();
        draft.date_pieces(&stamps(draft.pieces_sums(), services)).unwrap();
        for path in OPTIONAL {
            draft.add(path, format!("{path}\n").into_bytes()).unwrap();
        }
        let names: Vec<String> = (1..=services.len()).map(name).collect();
        let closed: Closed = draft.close(Some(&public(key)), &names).unwrap();
        let stamps = stamps(closed.sums(), services);
        let signature = sign(key, closed.sums());
        self.write(closed.seal(Some(signature), &stamps).unwrap())
    }

    fn write(&self, layout: Layout) -> Vec<u8> {
        write(layout, vec![], |digest| self.blobs.get(digest).cloned()).unwrap()
    }

    /// A token over the journal as it is.
    pub fn date_journal(&mut self, service: Service) {
        let head = self.head.unwrap();
        let stamp = stamp(1, head.digest, service);
        let token = read(&stamp.response, &head.digest, Some(&NONCE)).unwrap();
        let (request, response) = (self.blob(&stamp.request), self.blob(&stamp.response));
        self.push(Entry::JournalTimestamped(JournalTimestamped {
            seq: head.seq,
            imprint: head.digest,
            service: stamp.service,
            tsa: token.tsa,
            gen_time: token.gen_time,
            request,
            response,
            root: None,
        }));
    }
}

const NONCE: [u8; 16] = [0x91; 16];

fn name(number: usize) -> String {
    format!("https://horodatage-{number}.invalid/")
}

fn stamp(number: usize, digest: Digest, service: Service) -> Stamp {
    let request = request(&digest, &NONCE).unwrap();
    let response = service(&request);
    Stamp { service: name(number), request, response }
}

pub fn stamps(list: &[u8], services: &[Service]) -> Vec<Stamp> {
    services.iter().zip(1..).map(|(service, number)| stamp(number, Digest::of(list), service)).collect()
}

pub fn key(number: u8) -> SigningKey {
    SigningKey::from_slice(&[number; 32]).unwrap()
}

pub fn public(key: &SigningKey) -> PublicKey {
    PublicKey::from_point(key.verifying_key().to_sec1_point(false).as_bytes()).unwrap()
}

pub fn sign(key: &SigningKey, list: &[u8]) -> Vec<u8> {
    let signature: Signature = key.sign_prehash(Digest::of(list).bytes()).unwrap();
    signature.to_der().as_bytes().to_vec()
}

pub fn at(seconds: i64) -> Instant {
    Instant::from_millis(1_795_528_800_000 + seconds * 1000).unwrap()
}
