//! The pack before tools that know nothing of us: `unzip`, `sha256sum`, `openssl`.

use std::{io::Cursor, process::Command};

use super::*;
use crate::evidence::openssl::{Folder, PLAIN, Tsa, has, openssl, run};
use crate::evidence::timestamp::Roots;
use crate::pack::sample::Sample;

#[test]
fn unzip_takes_it_and_sha256sum_says_ok_for_every_file() {
    if !has("unzip") || !has("sha256sum") {
        return;
    }
    let sample = Sample::new("affaire-1", None);
    let folder = Folder::new();
    folder.write("dossier.zip", sample.pack());
    let test = run(&folder.0, "unzip", &["-t", "dossier.zip"]);
    assert!(test.status.success(), "{}", String::from_utf8_lossy(&test.stdout));
    assert!(run(&folder.0, "unzip", &["-q", "dossier.zip", "-d", "dossier"]).status.success());
    for (inside, count) in [("dossier", sample.layout().items().len() - 1), ("dossier/pieces", 7)] {
        let sums = run(&folder.path(inside), "sha256sum", &["-c", "--strict", "SHA256SUMS"]);
        let text = String::from_utf8(sums.stdout).unwrap();
        assert!(sums.status.success(), "{text}");
        assert_eq!(text.lines().filter(|line| line.ends_with(": OK")).count(), count, "{text}");
    }
    let found = Command::new("find").args(["dossier", "-type", "f"]).current_dir(&folder.0).output().unwrap();
    let files = String::from_utf8(found.stdout).unwrap().lines().count();
    assert_eq!(files, sample.layout().items().len(), "the list covers every file but itself");
}

#[test]
fn openssl_and_we_accept_the_token_in_the_pack() {
    if !has("openssl") || !has("unzip") {
        return;
    }
    let tsa = Tsa::new(PLAIN);
    let sample = Sample::new("affaire-1", Some(&|tsq| tsa.reply(tsq)));
    let pack = sample.pack();
    assert_eq!(pack, sample.pack());
    let folder = Folder::new();
    folder.write("dossier.zip", &pack);
    assert!(run(&folder.0, "unzip", &["-q", "dossier.zip"]).status.success());
    folder.write("racine.pem", tsa.root());
    // The very line that LISEZMOI.txt prints.
    let readme = String::from_utf8(folder.read("LISEZMOI.txt")).unwrap();
    let line = readme.lines().find_map(|line| line.trim().strip_prefix("openssl ")).unwrap();
    openssl(&folder.0, line);
    openssl(
        &folder.0,
        "ts -verify -in pieces/0001/horodatage-1.tsr -queryfile pieces/0001/horodatage-1.tsq -CAfile racine.pem",
    );

    let trusted = verify(&mut Cursor::new(&pack), &Roots::from_pem(&tsa.root()).unwrap());
    assert_eq!((trusted.verdict, &trusted.problems[..]), (Verdict::Partial, &[][..]));
    let [token] = trusted.tokens.as_slice() else { panic!("{:?}", trusted.tokens) };
    assert_eq!(
        (token.state, token.root.as_deref(), token.piece),
        (TokenState::Verified, Some("Racine-essai"), Some(1))
    );
    let doubts: Vec<&str> = trusted.doubts.iter().map(|doubt| doubt.code.as_str()).collect();
    assert_eq!(doubts, ["time_not_established", "signature_absent"], "the second piece has no token");

    let stranger = verify(&mut Cursor::new(&pack), &Roots::none());
    assert_eq!(stranger.verdict, Verdict::Partial);
    assert_eq!(stranger.tokens[0].state, TokenState::NotEstablished);
    assert!(stranger.doubts.iter().any(|doubt| doubt.code == "timestamp_root_unknown"));
}

#[test]
fn a_token_of_something_else_is_refused_and_named() {
    if !has("openssl") {
        return;
    }
    let tsa = Tsa::new(PLAIN);
    let roots = Roots::from_pem(&tsa.root()).unwrap();
    let honest = Sample::new("affaire-1", Some(&|tsq| tsa.reply(tsq)));
    // A token whose time the journal tells otherwise, its chain made again by somebody who knows the form.
    let mut forged = Sample::empty("affaire-1");
    forged.manifests = honest.manifests.clone();
    forged.blobs = honest.blobs.clone();
    for record in &honest.records {
        let mut entry = crate::case::Entry::read(&record.link.kind, record.body.as_ref().unwrap()).unwrap();
        if let crate::case::Entry::Timestamped(timed) = &mut entry {
            timed.gen_time = timed.gen_time.plus_millis(-86_400_000);
        }
        forged.push(entry);
    }
    let report = verify(&mut Cursor::new(forged.pack()), &roots);
    assert_eq!(report.verdict, Verdict::Refused);
    assert_eq!(report.problems[0].code, "timestamp_other_time");
    // A token over another seal, put in the place of the right one.
    let mut swapped = Sample::empty("affaire-1");
    swapped.manifests = honest.manifests.clone();
    swapped.blobs = honest.blobs.clone();
    let other =
        tsa.reply(&crate::evidence::timestamp::request(&crate::evidence::Digest::of(b"autre"), &[0x91; 16]).unwrap());
    let other = swapped.blob(&other);
    for record in &honest.records {
        let mut entry = crate::case::Entry::read(&record.link.kind, record.body.as_ref().unwrap()).unwrap();
        if let crate::case::Entry::Timestamped(timed) = &mut entry {
            timed.response = other;
        }
        swapped.push(entry);
    }
    let report = verify(&mut Cursor::new(swapped.pack()), &roots);
    assert_eq!(report.verdict, Verdict::Refused);
    assert_eq!(report.problems[0].code, "timestamp_imprint");
    assert_eq!(report.problems[0].file.as_deref(), Some("pieces/0001/horodatage-1.tsr"));
}
