use std::fs;

use super::*;
use crate::{
    capture::{Author, Counter, Linked, Omission, Rect, Viewport},
    case::{Decision, Entry, Observed, Observer, Outcome as Lawful, Qualified},
    law::{Code, Ground},
    pack::sample::{Sample, at},
    paper::{Fonts, typeset},
    qualification::{Facts, State, suggest},
    takedown::{Fate, Sighting},
};

const TEXT: &str =
    "Ces étrangers, dehors ! Œuvre de cœur 😡👨‍👩‍👧 « à 12 € »\nمرحبا بالعالم 2026 – שלום עולם\n𝓱𝓪𝓽𝓮 \u{202e}caché 漢";

fn fonts() -> Fonts {
    Fonts::new(|name| fs::read(format!("{}/www/fonts/{name}", env!("CARGO_MANIFEST_DIR"))).ok()).unwrap()
}

fn post(number: u64) -> Post {
    Post {
        platform: "x".to_owned(),
        id: format!("190000000000000000{number}"),
        permalink: format!("https://x.com/invente/status/190000000000000000{number}"),
        author: Author {
            display_name: Some("Personne Inventée 🦊".to_owned()),
            handle: Some("invente".to_owned()),
            account_id: Some("1234567890".to_owned()),
        },
        text: TEXT.to_owned(),
        lang: Some("fr".to_owned()),
        published_at: Some(at(-3600)),
        created_from_id: Some(at(-3601)),
        media: vec![],
        quoted: Some(Linked {
            author: Author { display_name: Some("Autre".to_owned()), ..Author::default() },
            text: Some("Texte cité, inventé lui aussi.".to_owned()),
            ..Linked::default()
        }),
        in_reply_to: None,
        audience: Some("public".to_owned()),
        counters: vec![Counter { name: "reposts".to_owned(), value: 12 }],
        reader: "x".to_owned(),
        missing: vec![],
    }
}

fn conditions() -> Conditions {
    Conditions {
        version: 1,
        url: "https://x.com/invente/status/1900000000000000001".to_owned(),
        title: "Personne Inventée sur X".to_owned(),
        page_lang: Some("fr".to_owned()),
        started_at: at(-2),
        read_at: at(-1),
        sealed_at: at(0),
        time_zone: Some("Europe/Paris".to_owned()),
        utc_offset_minutes: 60,
        user_agent:
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
                .to_owned(),
        languages: vec!["fr".to_owned()],
        viewport: Viewport { width: 1280, height: 760, device_pixel_ratio: "1".to_owned(), scroll_x: 0, scroll_y: 0 },
        rect: Rect { x: 10, y: 10, width: 600, height: 300 },
        designated_by: "permalink".to_owned(),
        gesture: "action".to_owned(),
        extension_version: "0.1.0".to_owned(),
        package_digest: Some(Digest::of(b"programme").to_string()),
        flavour: "release".to_owned(),
        reader: "x".to_owned(),
        level: "page".to_owned(),
        omissions: vec![
            Omission { what: "script".to_owned(), count: 14 },
            Omission { what: "query:token".to_owned(), count: 1 },
        ],
        page_changes: vec!["position:sticky".to_owned()],
        missing: vec![],
    }
}

/// A PNG of two colours, its data stored.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut raw = vec![];
    for y in 0..height {
        raw.push(0);
        for x in 0..width {
            raw.extend(if (x / 40 + y / 40) % 2 == 0 { [235, 238, 241] } else { [196, 210, 216] });
        }
    }
    let mut zlib = vec![0x78, 0x01];
    let mut parts = raw.chunks(65_535).peekable();
    while let Some(part) = parts.next() {
        zlib.push(u8::from(parts.peek().is_none()));
        let length = part.len() as u16;
        zlib.extend(length.to_le_bytes());
        zlib.extend((!length).to_le_bytes());
        zlib.extend(part);
    }
    let (a, b) = raw.iter().fold((1u32, 0u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    zlib.extend((b << 16 | a).to_be_bytes());
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [width.to_be_bytes().as_slice(), &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    for (kind, data) in [(b"IHDR", header), (b"IDAT", zlib), (b"IEND", vec![])] {
        out.extend((data.len() as u32).to_be_bytes());
        let body = [kind.as_slice(), &data].concat();
        out.extend(&body);
        out.extend(crc32fast::hash(&body).to_be_bytes());
    }
    out
}

fn piece(sample: &mut Sample, piece: u32) {
    let post = serde_json::to_vec(&post(piece.into())).unwrap();
    let conditions = serde_json::to_vec(&conditions()).unwrap();
    let picture = png(900, 420);
    sample.piece(
        piece,
        &[
            ("capture.html", b"<p>Propos</p>"),
            ("conditions.json", &conditions),
            ("post.json", &post),
            ("screenshot/post.png", &picture),
        ],
        None,
    );
}

fn qualified(sample: &mut Sample, decision: Decision) {
    let outcome = suggest(TEXT, None, &Facts::default());
    let details = serde_json::to_vec(&serde_json::json!({ "facts": Facts::default(), "outcome": outcome })).unwrap();
    let details = sample.blob(&details);
    sample.push(Entry::Qualified(Qualified {
        decision,
        suggested: Some("provocation_haine_origine_religion".to_owned()),
        suggested_state: State::ToCheck,
        suggested_code: Code::Prov,
        engine: "2026.11-1".to_owned(),
        details,
    }));
}

fn offence() -> Decision {
    Decision::Offence {
        offence: "provocation_haine_origine_religion".to_owned(),
        ground: Some(Ground::Origin),
        words: vec!["dehors !".to_owned()],
        explanation: "Ces mots appellent à rejeter des personnes à raison de leur origine.".to_owned(),
    }
}

fn seen(fate: Fate, baseline: bool) -> Entry {
    Entry::Observed(Observed {
        by: if baseline { Observer::Probe } else { Observer::User },
        baseline,
        probe: None,
        status: Some(200),
        final_url: None,
        sighting: Sighting {
            platform: "x".to_owned(),
            fate,
            would_count: fate.would_count(),
            marker: Some("HTTP 200".to_owned()),
            excerpt: None,
            note: None,
        },
        further: vec![],
        control: Some(true),
    })
}

/// One publication with all that a case can hold.
fn single() -> Sample {
    let mut sample = Sample::empty("019ab000-0000-7000-8000-000000000001");
    piece(&mut sample, 1);
    sample.push(seen(Fate::Online, true));
    qualified(&mut sample, offence());
    let text = sample.blob(b"Je signale ce contenu.\n");
    sample.push(Entry::Reported(crate::case::Reported {
        body: "pharos".to_owned(),
        sent_at: at(60),
        reference: Some("2026-001".to_owned()),
        text,
    }));
    let text = sample.blob("Notification article 16\n".as_bytes());
    sample.push(Entry::NoticeSent(crate::case::NoticeSent {
        channel: "x_dsa".to_owned(),
        lang: Lang::Fr,
        sent_at: at(61),
        reference: None,
        sender: None,
        good_faith: true,
        text,
    }));
    sample.push(seen(Fate::RemovedByPlatform, false));
    sample
}

fn many(count: u32) -> Sample {
    let mut sample = Sample::empty("019ab000-0000-7000-8000-000000000002");
    for number in 1..=count {
        piece(&mut sample, number);
    }
    qualified(&mut sample, Decision::Lawful { kind: Lawful::Opinion });
    sample
}

fn pack_of(sample: &Sample) -> Lisezmoi {
    let seals = Seals {
        pieces_sums: b"0000  0001/post.json\n".to_vec(),
        tokens: vec![("pieces/SHA256SUMS.tsr".to_owned(), vec![0x30, 0x03, 1, 2, 3])],
        key: Some(Digest::of(b"cle").to_string()),
    };
    Lisezmoi::of(&[&sample.records], &sample.manifests, seals).unwrap()
}

fn document(sample: &Sample, index: usize) -> Document {
    let pack = pack_of(sample);
    let blobs: Blobs = pack
        .wanted(index)
        .into_iter()
        .filter_map(|digest| Some((digest, sample.blobs.get(&digest)?.clone())))
        .collect();
    pack.write(index, &blobs)
}

#[test]
fn scratch() {
    fs::write("/tmp/lisezmoi.pdf", typeset(&document(&single(), 0), &fonts()).unwrap()).unwrap();
    fs::write("/tmp/lisezmoi3.pdf", typeset(&document(&many(3), 0), &fonts()).unwrap()).unwrap();
}
