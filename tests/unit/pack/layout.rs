use super::*;
use crate::pack::sample::Sample;
use crate::{
    case::{Entry, Sealed},
    pack::{Writer, write},
};

fn layout(journals: &[&[Record]], manifests: &BTreeMap<Digest, Manifest>) -> Result<Layout, PackError> {
    Draft::of(journals, manifests)?.close(None, &[])?.seal(None, &[])
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let sample = Sample::new("affaire-1", None);
    assert_eq!(sample.pack(), sample.pack());
}

#[test]
fn holds_every_file_of_every_piece_and_the_texts_sent() {
    let layout = Sample::new("affaire-1", None).layout();
    let paths: Vec<&str> = layout.items().iter().map(|item| item.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "LISEZMOI.txt",
            "SHA256SUMS",
            "bordereau.csv",
            "documents/0001-signalement-pharos.txt",
            "documents/0002-notification-x-dsa.txt",
            "dossier.json",
            "journal.jsonl",
            "pieces/0001/capture.html",
            "pieces/0001/manifest.json",
            "pieces/0001/post.json",
            "pieces/0002/capture.html",
            "pieces/0002/manifest.json",
            "pieces/0002/media/1.jpg",
            "pieces/0002/screenshot/tile-1.png",
            "pieces/SHA256SUMS",
        ]
    );
}

#[test]
fn several_cases_number_their_pieces_through() {
    let (first, second) = (Sample::new("affaire-1", None), Sample::new("affaire-2", None));
    let mut manifests = first.manifests.clone();
    manifests.extend(second.manifests.clone());
    let both = layout(&[&first.records, &second.records], &manifests).unwrap();
    let has = |path: &str| both.items().iter().any(|item| item.path == path);
    assert!(has("pieces/0004/media/1.jpg") && has("documents/0004-notification-x-dsa.txt"));
    let twice = layout(&[&first.records, &first.records], &manifests).unwrap_err();
    assert_eq!(twice.code(), "journal_case_twice");
}

fn text(layout: &Layout, path: &str) -> String {
    let item = layout.items().iter().find(|item| item.path == path).unwrap();
    let Source::Bytes(bytes) = &item.source else { panic!("{path} is a blob") };
    String::from_utf8(bytes.clone()).unwrap()
}

#[test]
fn the_readme_says_times_twice_and_what_is_missing() {
    let readme = text(&Sample::new("affaire-1", None).layout(), "LISEZMOI.txt");
    for wanted in [
        "2026-11-24T14:00:00.000Z – 24/11/2026 à 15:00:00 (heure de Paris, UTC+01:00)",
        "Manque : screenshot (no_gesture)",
        "Heure non certifiée",
        "Journal : 6 entrées, dont 0 observations",
        "signalement à pharos, référence 2026-001 (documents/0001-signalement-pharos.txt)",
        "sha256sum -c SHA256SUMS",
        "shasum -a 256 -c SHA256SUMS",
        "Get-FileHash",
        "NE PROUVE PAS",
    ] {
        assert!(readme.contains(wanted), "{wanted}\n{readme}");
    }
    assert!(!readme.contains('\r') && !readme.contains("DÉMONSTRATION"));
}

#[test]
fn a_spreadsheet_runs_nothing_and_a_line_hides_nothing() {
    let mut sample = Sample::new("=1+1", None);
    sample.records.truncate(2);
    let layout = sample.layout();
    let bordereau = text(&layout, "bordereau.csv");
    assert!(bordereau.contains("\"'=1+1\""), "{bordereau}");
    assert_eq!(crate::pack::readme::plain("a\nb\u{202e}c"), "a\u{fffd}b\u{fffd}c");
}

#[test]
fn a_missing_or_changed_file_is_named_and_no_pack_is_made() {
    let sample = Sample::new("affaire-1", None);
    for item in sample.layout().items().iter().filter(|item| item.source == Source::Blob) {
        let missing =
            write(sample.layout(), vec![], |digest| (*digest != item.digest).then(|| sample.blobs[digest].clone()));
        let error = missing.unwrap_err();
        assert_eq!(error.code(), "pack_blob_missing");
        assert!(error.to_string().contains(&item.path), "{error}");
        let changed = write(sample.layout(), vec![], |digest| {
            let mut bytes = sample.blobs[digest].clone();
            if *digest == item.digest {
                bytes.push(0);
            }
            Some(bytes)
        });
        let error = changed.unwrap_err();
        assert_eq!(error.code(), "pack_blob_changed");
        assert!(error.to_string().contains(&item.path), "{error}");
    }
    let early = Writer::new(sample.layout(), vec![]).finish().unwrap_err();
    assert_eq!(early.code(), "pack_incomplete");
}

#[test]
fn a_manifest_that_is_missing_or_not_the_sealed_one_is_refused() {
    let sample = Sample::new("affaire-1", None);
    let missing = layout(&[&sample.records], &BTreeMap::new()).unwrap_err();
    assert_eq!(missing.code(), "pack_manifest_missing");
    let mut manifests = sample.manifests.clone();
    manifests.values_mut().for_each(|manifest| manifest.files.clear());
    let changed = layout(&[&sample.records], &manifests).unwrap_err();
    assert_eq!(changed.code(), "pack_manifest_changed");
}

#[test]
fn a_name_that_does_not_survive_every_system_is_refused() {
    for name in ["../a", "/a", "a\\b", "é.html", "a b", "a/", "a//b", ".", "a.", "manifest.json"] {
        let mut sample = Sample::empty("a");
        sample.piece(1, &[(name, b"")], None);
        let error = layout(&[&sample.records], &sample.manifests).unwrap_err();
        assert_eq!(error.code(), "pack_name", "{name}");
    }
}

#[test]
fn a_seal_without_its_capture_is_refused() {
    let mut sample = Sample::new("a", None);
    sample.push(Entry::Sealed(Sealed { piece: 7, manifest: Digest::of(b"") }));
    assert_eq!(layout(&[&sample.records], &sample.manifests).unwrap_err().code(), "journal_piece_unknown");
    assert_eq!(layout(&[], &sample.manifests).unwrap_err().code(), "journal_empty");
}

#[test]
fn a_capture_that_was_never_sealed_is_listed_without_files() {
    let mut sample = Sample::empty("a");
    sample.piece(1, &[], None);
    sample.records.truncate(1);
    let readme = text(&sample.layout(), "LISEZMOI.txt");
    assert!(readme.contains("Non scellée"), "{readme}");
}

#[test]
fn a_piece_that_somebody_gave_is_sealed_and_said_not_to_be_observed() {
    let mut sample = Sample::new("affaire-1", None);
    let digest = sample.blob(b"From: support@example.invalid\r\n\r\nBonjour");
    let file = crate::evidence::FileEntry {
        digest,
        bytes: 39,
        media_type: "message/rfc822".to_owned(),
        kind: crate::evidence::FileKind::Provided,
    };
    let manifest = Manifest { version: 1, files: [("message.eml".to_owned(), file)].into_iter().collect() };
    let seal = Digest::of(&canonical_json(&manifest).unwrap());
    sample.manifests.insert(seal, manifest);
    let (form, role) = (crate::case::PieceForm::Email, crate::case::Role::Victim);
    sample.push(Entry::PieceAdded(crate::case::PieceAdded { piece: 3, form, role, demo: false }));
    sample.push(Entry::Sealed(Sealed { piece: 3, manifest: seal }));
    let layout = sample.layout();
    assert!(layout.items().iter().any(|item| item.path == "pieces/0003/message.eml"));
    for path in ["LISEZMOI.txt", "bordereau.csv"] {
        assert!(text(&layout, path).contains("Fournie par la victime, non observée par l’extension"), "{path}");
    }
    let report =
        crate::pack::verify(&mut std::io::Cursor::new(sample.pack()), &crate::evidence::timestamp::Roots::none());
    assert!(report.problems.is_empty(), "{:?}", report.problems);
}
