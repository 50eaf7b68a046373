use std::{fs, process::Command};

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
        id: format!("19000000000000000{number:02}"),
        permalink: format!("https://x.com/invente/status/19000000000000000{number:02}"),
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
        norm: vec![],
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
        stamps: vec![crate::pack::Stamp {
            service: "https://horodatage.invalid/".to_owned(),
            request: vec![1],
            response: vec![2],
        }],
        key: Some(Digest::of(b"cle")),
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

/// The bytes of a PDF as a file, for the tools of others.
fn printed(name: &str, pdf: &[u8]) -> String {
    let folder = format!("{}/target/tmp", env!("CARGO_MANIFEST_DIR"));
    fs::create_dir_all(&folder).unwrap();
    let path = format!("{folder}/{name}.pdf");
    fs::write(&path, pdf).unwrap();
    path
}

/// What a tool prints; none, said, when it is not there.
fn tool(name: &str, arguments: &[&str]) -> Option<String> {
    match Command::new(name).args(arguments).output() {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success(), "{name}: {said}{}", String::from_utf8_lossy(&output.stderr));
            Some(said)
        }
        Err(_) => {
            println!("not checked: {name} is not installed");
            None
        }
    }
}

fn contains(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

#[test]
fn the_document_says_all_that_the_case_holds_and_other_tools_read_it() {
    let pdf = typeset(&document(&single(), 0), &fonts()).unwrap();
    assert!(pdf == typeset(&document(&single(), 0), &fonts()).unwrap(), "the same case, other bytes");
    for marker in
        ["%PDF-1.7", "<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A", "<pdfuaid:part>1", "/AFRelationship"]
    {
        assert!(contains(&pdf, marker), "{marker} is not in the file");
    }
    let path = printed("lisezmoi", &pdf);
    if let Some(said) = tool("qpdf", &["--check", &path]) {
        assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
    }
    if let Some(said) = tool("pdfinfo", &[&path]) {
        for line in ["Title:           Publication sur X", "Tagged:          yes", "JavaScript:      no", "A4"] {
            assert!(said.contains(line), "{line}: {said}");
        }
    }
    if let Some(said) = tool("pdftotext", &[&path, "-"]) {
        // The reader puts marks of direction around what is written from right to left.
        let said: String = said.chars().filter(|symbol| !matches!(symbol, '\u{202a}'..='\u{202e}')).collect();
        let flat = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let case = single();
        let whole = [
            "Personne Inventée 🦊 (@invente)",
            "Ces étrangers, dehors ! Œuvre de cœur 😡👨‍👩‍👧 « à 12 € »",
            "مرحبا بالعالم",
            "שלום עולם",
            "𝓱𝓪𝓽𝓮 [U+202E]caché [U+6F22]",
            "https://x.com/invente/status/1900000000000000001",
            "Dernier jour sûr pour agir : 23 novembre 2027",
            "loi du 29 juillet 1881 sur la liberté de la presse, art. 24 al. 7",
            "« à raison de leur origine ou de leur appartenance",
            "Droit au 02/04/2026 ; non relu par un juriste.",
            "heure non certifiée",
            "NF Z67-147",
            "2026-001",
            "retiré par la plateforme, dit la page, non confirmé",
            "Ce que ce dossier ne prouve pas",
            "sha256sum -c SHA256SUMS",
            "commissaire de justice",
        ];
        for words in whole {
            assert!(flat.contains(words) || said.contains(words), "« {words} » does not come back:\n{said}");
        }
        let together: String = said.split_whitespace().collect();
        assert!(together.contains(&Digest::of(b"cle").to_string()), "the key");
        assert!(together.contains(&case.records.last().unwrap().head().unwrap().digest.to_string()), "the head");
        assert!(!said.contains("[emoji]"));
    }
}

#[test]
fn the_files_inside_come_out_as_they_were() {
    let sample = single();
    let path = printed("jointes", &typeset(&document(&sample, 0), &fonts()).unwrap());
    let folder = format!("{path}.files");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let Some(_) = tool("pdfdetach", &["-saveall", "-o", &folder, &path]) else { return };
    let manifest = sample.manifests.values().next().unwrap();
    for (name, entry) in &manifest.files {
        let held = fs::read(format!("{folder}/pieces-0001-{}", name.replace('/', "-"))).unwrap();
        assert_eq!(Digest::of(&held), entry.digest, "{name}");
    }
    assert_eq!(fs::read(format!("{folder}/pieces-SHA256SUMS")).unwrap(), b"0000  0001/post.json\n");
    assert_eq!(fs::read(format!("{folder}/pieces-SHA256SUMS.tsr")).unwrap(), [2]);
}

#[test]
fn many_pieces_get_a_summary_and_a_sheet_each() {
    let sample = many(MOST_IN_ONE as u32 + 1);
    let pack = pack_of(&sample);
    let paths = pack.paths();
    assert_eq!(paths.len(), MOST_IN_ONE + 2);
    assert_eq!(paths.first().map(String::as_str), Some(PDF));
    assert_eq!(paths.last().map(String::as_str), Some("fiches/0051.pdf"));
    // The summary needs two small files of each piece, a sheet those of its own.
    assert!(pack.wanted(0).len() <= 2 * (MOST_IN_ONE + 1) + 1);
    assert!(pack.wanted(51).len() <= 5);
    let sheet = format!("{:?}", document(&sample, 51));
    assert!(sheet.contains("Pièce 0051") && !sheet.contains("pieces/0050/"));
}

#[test]
fn a_demonstration_is_marked_and_a_missing_file_is_no_fault() {
    let sample = single();
    let mut pack = pack_of(&sample);
    pack.plan.pieces[0].captured.demo = true;
    let pdf = typeset(&pack.write(0, &Blobs::new()), &fonts()).unwrap();
    let path = printed("demonstration", &pdf);
    if let Some(said) = tool("pdftotext", &[&path, "-"]) {
        assert!(said.contains("DÉMONSTRATION"), "{said}");
        assert!(said.contains("Le texte de la publication n’a pas pu être lu"), "{said}");
    }
}

#[test]
fn no_article_is_cited_that_was_not_read() {
    for offence in law::catalogue().offences() {
        let mut sample = Sample::empty("019ab000-0000-7000-8000-000000000003");
        piece(&mut sample, 1);
        qualified(
            &mut sample,
            Decision::Offence { offence: offence.id.clone(), ground: None, words: vec![], explanation: String::new() },
        );
        let said = format!("{:?}", document(&sample, 0));
        let basis = law::catalogue().basis(offence, Lang::Fr);
        let sure = offence.basis_confidence == law::Confidence::Sure;
        assert_eq!(said.contains(&format!("{basis:?}")), sure, "{}", offence.id);
    }
}
