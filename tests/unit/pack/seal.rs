//! Format 1: the signature and the tokens over the whole, before `openssl` and before ours.

use std::io::Cursor;

use super::{
    verify::tests::{Files, codes, repack, reseal, unpack},
    *,
};
use crate::{
    evidence::{
        openssl::{Folder, Kind, PLAIN, Tsa, has, openssl, run},
        timestamp::Roots,
    },
    pack::sample::{Sample, key, public, sign},
};

fn check(pack: &[u8], roots: &Roots) -> Report {
    verify(&mut Cursor::new(pack), roots)
}

/// Two independent services, and who trusts both.
fn two() -> Option<([Tsa; 2], Roots)> {
    if !has("openssl") {
        return None;
    }
    let services = [Tsa::new(PLAIN), Tsa::new(Kind { key: "ec:P-256", ..PLAIN })];
    let [one, other] = services.each_ref().map(|tsa| Roots::from_pem(&tsa.root()).unwrap());
    Some((services, one.with(other)))
}

fn whole([one, other]: &[Tsa; 2]) -> (Sample, Vec<u8>) {
    let mut sample = Sample::new("affaire-1", Some(&|tsq| one.reply(tsq)));
    sample.date_journal(&|tsq| other.reply(tsq));
    let pack = sample.sealed_pack(&key(1), &[&|tsq| one.reply(tsq), &|tsq| other.reply(tsq)]);
    (sample, pack)
}

fn without(files: &Files, path: &str) -> Files {
    files.iter().filter(|(name, _)| name != path).cloned().collect()
}

fn with(files: &Files, path: &str, bytes: &[u8]) -> Files {
    let mut files = without(files, path);
    files.push((path.to_owned(), bytes.to_vec()));
    files.sort();
    files
}

fn bytes<'a>(files: &'a Files, path: &str) -> &'a [u8] {
    &files.iter().find(|(name, _)| name == path).unwrap().1
}

#[test]
fn a_signed_and_dated_pack_is_intact_here_and_in_every_tool() {
    let Some((services, roots)) = two() else { return };
    let (_, pack) = whole(&services);
    let report = check(&pack, &roots);
    assert_eq!((report.verdict, &report.problems[..], &report.doubts[..]), (Verdict::Intact, &[][..], &[][..]));
    assert_eq!(
        report.signature,
        Signature { state: SignatureState::Verified, key: Some(public(&key(1)).fingerprint()) }
    );
    let subjects: Vec<Subject> = report.tokens.iter().map(|token| token.subject).collect();
    assert_eq!(
        subjects,
        [Subject::Piece, Subject::Entry, Subject::Pieces, Subject::Pieces, Subject::Pack, Subject::Pack]
    );
    assert!(report.tokens.iter().all(|token| token.state == TokenState::Verified));
    assert_eq!((report.format, report.tokens[1].entry), (1, Some(6)));

    // A stranger to the roots: nothing is wrong, the time is open.
    let stranger = check(&pack, &Roots::none());
    assert_eq!((stranger.verdict, stranger.signature.state), (Verdict::Partial, SignatureState::Verified));
    // One of the two services is enough; the other is named.
    let half = check(&pack, &Roots::from_pem(&services[1].root()).unwrap());
    assert_eq!(half.verdict, Verdict::Intact, "{:?}", half.doubts);
    assert!(half.notes.iter().any(|note| note.code == "timestamp_root_unknown"), "{:?}", half.notes);

    let folder = Folder::new();
    folder.write("dossier.zip", &pack);
    assert!(run(&folder.0, "unzip", &["-q", "dossier.zip"]).status.success());
    folder.write("racine.pem", [services[0].root(), services[1].root()].concat());
    let sums = run(&folder.0, "sha256sum", &["-c", "--strict", "SHA256SUMS"]);
    assert!(sums.status.success(), "{}", String::from_utf8_lossy(&sums.stdout));
    // The very lines that LISEZMOI.txt prints.
    let readme = String::from_utf8(folder.read("LISEZMOI.txt")).unwrap();
    let lines = readme.lines().filter_map(|line| line.trim().strip_prefix("openssl "));
    let (pipes, lines): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.contains('|'));
    assert_eq!((pipes.len(), lines.len()), (1, 7), "{lines:?}");
    for line in lines {
        let output = openssl(&folder.0, line);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            said.contains(if line.starts_with("dgst") { "Verified OK" } else { "Verification: OK" }),
            "{line}: {said}"
        );
    }
    let pipe = run(&folder.0, "sh", &["-c", &format!("openssl {}", pipes[0])]);
    let fingerprint = public(&key(1)).fingerprint().to_string();
    assert!(String::from_utf8_lossy(&pipe.stdout).contains(&fingerprint));
    assert!(readme.contains(&fingerprint));
}

#[test]
fn the_same_seals_give_the_same_bytes() {
    let sample = Sample::new("affaire-1", None);
    let pack = sample.sealed_pack(&key(1), &[]);
    assert_eq!(pack, sample.sealed_pack(&key(1), &[]));
    let draft = sample.draft();
    let closed = draft.close(Some(&public(&key(1))), &[]).unwrap();
    assert_eq!(closed.seal(None, &[]).unwrap_err().to_string(), PackError::Unsealed.to_string());
}

#[test]
fn a_signature_without_a_time_is_partial_and_a_time_without_a_signature_too() {
    let Some((services, roots)) = two() else { return };
    let signed = check(&Sample::new("affaire-1", None).sealed_pack(&key(1), &[]), &roots);
    assert_eq!((signed.verdict, signed.signature.state), (Verdict::Partial, SignatureState::Verified));
    let codes: Vec<&str> = signed.doubts.iter().map(|doubt| doubt.code.as_str()).collect();
    assert_eq!(codes, ["time_not_established", "time_not_established"]);
    let dated = Sample::new("affaire-1", Some(&|tsq| services[0].reply(tsq)));
    assert_eq!(check(&dated.pack(), &roots).verdict, Verdict::Partial);
}

#[test]
fn each_seal_taken_away_or_changed_is_refused_and_named() {
    let Some((services, roots)) = two() else { return };
    let (sample, pack) = whole(&services);
    let files = unpack(&pack);
    let seals: Vec<String> = files
        .iter()
        .map(|(path, _)| path.clone())
        .filter(|path| path.starts_with("SHA256SUMS.") || path.starts_with("pieces/SHA256SUMS."))
        .chain([KEY.to_owned(), SHEET.to_owned()])
        .collect();
    assert_eq!(seals.len(), 11);
    let honest_tokens = check(&pack, &roots).tokens;
    for path in &seals {
        let missing = check(&repack(&without(&files, path)), &roots);
        assert!(codes(&missing).contains(&(path.as_str(), "file_missing")), "{path}: {:?}", missing.problems);
        let honest = bytes(&files, path);
        // Every byte of an answer is flipped in the tests of the tokens.
        let step = if path.ends_with(".tsr") { 97 } else { 5 };
        for at in (0..honest.len()).step_by(step) {
            let mut flipped = honest.to_vec();
            flipped[at] ^= 0x10;
            let report = check(&repack(&with(&files, path, &flipped)), &roots);
            if report.verdict != Verdict::Refused {
                // Some bytes of an answer are signed by nobody: then it says the same, or it is no longer relied upon.
                assert!(path.ends_with(".tsr"), "{path} {at}");
                for (token, honest) in report.tokens.iter().zip(&honest_tokens) {
                    assert!(token == honest || token.state == TokenState::NotEstablished, "{path} {at}");
                }
            } else {
                // A request with another number is one that its answer does not answer.
                let pair = path.replace(".tsq", ".tsr");
                let named = report
                    .problems
                    .iter()
                    .any(|problem| problem.file.as_deref() == Some(path) || problem.file.as_deref() == Some(&pair));
                assert!(named, "{path} {at}: {:?}", report.problems);
            }
        }
    }
    // The seals of another pack of the same person.
    let other = unpack(&sample.sealed_pack(&key(1), &[]));
    let mixed = with(&files, SIGNATURE, bytes(&other, SIGNATURE));
    assert_eq!(codes(&check(&repack(&mixed), &roots)), [(SIGNATURE, "signature_wrong")]);
    let added = with(&files, "SHA256SUMS.3.tsr", b"x");
    assert_eq!(codes(&check(&repack(&added), &roots)), [("SHA256SUMS.3.tsr", "file_unknown")]);
}

#[test]
fn lists_made_again_are_seen_by_the_signature() {
    let Some((services, roots)) = two() else { return };
    let (_, pack) = whole(&services);
    for path in [README, BORDEREAU, PDF, VERIFIER, CHAIN] {
        let files = unpack(&pack);
        let changed = reseal(with(&files, path, b"autre"));
        let report = check(&repack(&changed), &roots);
        let codes = codes(&report);
        assert!(codes.contains(&(SIGNATURE, "signature_wrong")), "{path}: {codes:?}");
        assert!(
            codes.contains(&("SHA256SUMS.tsr", "timestamp_imprint"))
                || codes.contains(&("SHA256SUMS.tsq", "timestamp_request")),
            "{codes:?}"
        );
        assert_eq!(report.signature.state, SignatureState::Refused);
    }
}

#[test]
fn a_stranger_who_seals_again_shows_by_the_key_and_by_the_time() {
    let Some((services, roots)) = two() else { return };
    let mut sample = Sample::empty("affaire-1");
    // Captured long before these services answer.
    sample.shift = -400 * 86_400;
    sample.piece(1, &[("post.json", b"{}")], None);
    sample.piece(2, &[("post.json", b"{}")], None);
    let head = sample.records.last().unwrap().head().unwrap();
    let first = sample.sealed_pack(&key(1), &[]);
    sample.push(crate::case::Entry::Exported(crate::case::Exported {
        head_seq: head.seq,
        head: head.digest,
        pack: crate::evidence::Digest::of(&first),
        key: Some(public(&key(1)).fingerprint()),
        options: vec![],
    }));
    let service = |tsq: &[u8]| services[0].reply(tsq);
    let honest = check(&sample.sealed_pack(&key(1), &[&service]), &roots);
    assert!(!honest.notes.iter().any(|note| note.code == "key_changed"));
    let stranger = check(&sample.sealed_pack(&key(9), &[&service]), &roots);
    let note = stranger.notes.iter().find(|note| note.code == "key_changed").unwrap();
    for number in [1, 9] {
        assert!(note.message.contains(&public(&key(number)).fingerprint().to_string()), "{}", note.message);
    }
    assert_eq!(stranger.signature.key, Some(public(&key(9)).fingerprint()));
    assert_eq!(stranger.notes.iter().filter(|note| note.code == "time_gap").count(), 2, "{:?}", stranger.notes);
}

#[test]
fn another_key_in_the_place_of_the_announced_one_is_refused() {
    let sample = Sample::new("affaire-1", None);
    let files = unpack(&sample.sealed_pack(&key(1), &[]));
    let mut forged = reseal(with(&files, KEY, public(&key(9)).to_pem().as_bytes()));
    let signature = sign(&key(9), bytes(&forged, SUMS));
    forged = with(&forged, SIGNATURE, &signature);
    assert_eq!(codes(&check(&repack(&forged), &Roots::none())), [(KEY, "key_other")]);
}

#[test]
fn a_later_format_is_said_to_be_later() {
    let files = unpack(&Sample::new("affaire-1", None).pack());
    let sheet = String::from_utf8(bytes(&files, SHEET).to_vec()).unwrap();
    let later = with(&files, SHEET, sheet.replace("\"format\":1", "\"format\":2").as_bytes());
    let report = check(&repack(&reseal(later)), &Roots::none());
    assert_eq!(codes(&report), [(SHEET, "format_unknown")]);
}

#[test]
fn a_pack_of_format_0_still_verifies() {
    let pack = include_bytes!("../../fixtures/packs/format-0.zip");
    let roots = Roots::from_pem(include_bytes!("../../fixtures/packs/format-0.root.pem")).unwrap();
    let report = check(pack, &roots);
    assert_eq!((report.verdict, &report.problems[..], report.format), (Verdict::Partial, &[][..], 0));
    assert_eq!(report.tokens[0].state, TokenState::Verified);
    assert_eq!(report.signature.state, SignatureState::Absent);
}
