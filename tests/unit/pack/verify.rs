//! What is damaged is refused and named; what cannot be seen is listed here too, so that nobody believes otherwise.

use std::io::Cursor;

use proptest::prelude::*;

use super::*;
use crate::pack::archive::{Member, end_record};
use crate::pack::sample::Sample;

pub(in crate::pack) type Files = Vec<(String, Vec<u8>)>;

fn check(pack: &[u8]) -> Report {
    verify(&mut Cursor::new(pack), &Roots::none())
}

pub(in crate::pack) fn codes(report: &Report) -> Vec<(&str, &str)> {
    report.problems.iter().map(|problem| (problem.file.as_deref().unwrap_or(""), problem.code.as_str())).collect()
}

#[track_caller]
pub(in crate::pack) fn refused(pack: &[u8], file: &str, code: &str) {
    let report = check(pack);
    assert_eq!(report.verdict, Verdict::Refused, "{file} {code}");
    assert!(codes(&report).contains(&(file, code)), "{file} {code}: {:?}", report.problems);
    assert!(report.problems.iter().all(|problem| !problem.message.is_empty()));
}

/// The files of a pack, read without our reader's checks.
pub(in crate::pack) fn unpack(pack: &[u8]) -> Files {
    let opened = open(&mut Cursor::new(pack)).unwrap();
    assert_eq!((opened.faults, opened.repacked), (vec![], false));
    let bytes = |file: &Found| pack[file.start as usize..][..file.size as usize].to_vec();
    opened.files.iter().map(|file| (file.name.clone(), bytes(file))).collect()
}

/// An archive in our form, whatever it holds.
pub(in crate::pack) fn repack(files: &Files) -> Vec<u8> {
    let (mut out, mut directory) = (vec![], vec![]);
    for (name, bytes) in files {
        let (crc, size, offset) = (crc32fast::hash(bytes), bytes.len() as u64, out.len() as u64);
        let member = Member { name: name.clone(), crc, size, offset };
        out.extend(member.local_header());
        out.extend(bytes);
        directory.extend(member.central_header());
    }
    let offset = out.len() as u64;
    let size = directory.len() as u64;
    out.extend(directory);
    out.extend(end_record(files.len() as u64, size, offset));
    out
}

/// Both lists of digests made again, by somebody who knows the form.
pub(in crate::pack) fn reseal(mut files: Files) -> Files {
    for (list, folder) in [(PIECES_SUMS, PIECES), (SUMS, "")] {
        let covered = |path: &str| path.starts_with(folder) && path != list && path != SUMS && !is_seal(list, path);
        let lines: String = files
            .iter()
            .filter(|(path, _)| covered(path))
            .map(|(path, bytes)| format!("{}  {}\n", Digest::of(bytes), path.strip_prefix(folder).unwrap()))
            .collect();
        files.iter_mut().filter(|(path, _)| path == list).for_each(|(_, bytes)| *bytes = lines.clone().into_bytes());
    }
    files
}

fn sample() -> Files {
    unpack(&Sample::new("affaire-1", None).pack())
}

#[test]
fn a_right_pack_is_partial_since_nothing_signs_it() {
    let report = check(&Sample::new("affaire-1", None).pack());
    assert_eq!(report.problems, []);
    assert_eq!(report.verdict, Verdict::Partial);
    assert_eq!(report.signature.state, SignatureState::Absent);
    let doubts: Vec<&str> = report.doubts.iter().map(|doubt| doubt.code.as_str()).collect();
    assert_eq!(doubts, ["time_not_established", "time_not_established", "signature_absent"]);
    let [case] = report.cases.as_slice() else { panic!("{:?}", report.cases) };
    assert_eq!((case.id.as_str(), case.entries, case.pieces, report.files), ("affaire-1", 6, 2, 15));
    assert_eq!(repack(&sample()), Sample::new("affaire-1", None).pack(), "these tests repack in our form");
}

#[test]
fn several_cases_verify_together() {
    let (first, second) = (Sample::new("affaire-1", None), Sample::new("affaire-2", None));
    let mut manifests = first.manifests.clone();
    manifests.extend(second.manifests.clone());
    let draft = crate::pack::Draft::of(&[&first.records, &second.records], &manifests).unwrap();
    let layout = draft.close(None, &[]).unwrap().seal(None, &[]).unwrap();
    let pack = crate::pack::write(layout, vec![], |digest| first.blobs.get(digest).cloned()).unwrap();
    let report = check(&pack);
    assert_eq!((report.verdict, report.cases.len()), (Verdict::Partial, 2), "{:?}", report.problems);
}

#[test]
fn each_changed_missing_added_or_renamed_file_is_named() {
    let files = sample();
    for (index, (path, bytes)) in files.iter().enumerate() {
        let mut changed = files.clone();
        changed[index].1.push(b'x');
        let listed = path != SUMS;
        // A change of the list itself shows as a line that is none.
        refused(&repack(&changed), path, if listed { "file_changed" } else { "sums_line" });
        for at in [0, bytes.len() / 2, bytes.len().saturating_sub(1)].into_iter().filter(|at| *at < bytes.len()) {
            let mut flipped = files.clone();
            flipped[index].1[at] ^= 0x10;
            let report = check(&repack(&flipped));
            assert_eq!(report.verdict, Verdict::Refused, "{path} {at}");
            assert!(!listed || codes(&report).contains(&(path, "file_changed")), "{path} {at}");
        }
        let mut missing = files.clone();
        missing.remove(index);
        let missing = repack(&missing);
        refused(&missing, path, "file_missing");
        assert!(check(&missing).summary.contains(" manque"), "{}", check(&missing).summary);
        let mut renamed = files.clone();
        renamed[index].0 = format!("{path}.x");
        // Empty files look like each other; no name tells which one it was.
        let code = if listed { "file_renamed" } else { "file_missing" };
        refused(&repack(&renamed), path, code);
    }
    for path in ["zzz", "pieces/0001/ajout.txt", "documents/0003-autre.txt"] {
        let mut added = files.clone();
        added.push((path.to_owned(), b"ajout".to_vec()));
        added.sort();
        refused(&repack(&added), path, "file_added");
    }
}

#[test]
fn sums_made_again_do_not_hide_a_change_of_the_evidence() {
    let files = sample();
    let free = [README, BORDEREAU, SUMS, PIECES_SUMS];
    for (index, (path, _)) in files.iter().enumerate().filter(|(_, (path, _))| !free.contains(&path.as_str())) {
        let mut changed = files.clone();
        changed[index].1.insert(0, b' ');
        let report = check(&repack(&reseal(changed)));
        assert_eq!(report.verdict, Verdict::Refused, "{path}");
        assert!(
            report.problems.iter().any(|problem| problem.file.as_deref() == Some(path)),
            "{path}: {:?}",
            report.problems
        );
        // Without its sheet it passes for a pack of format 0: unsigned it is no more than that.
        if path != SHEET {
            let mut missing = files.clone();
            missing.remove(index);
            refused(&repack(&reseal(missing)), path, "file_missing");
        }
    }
    let mut added = files.clone();
    added.push(("pieces/0003/capture.html".to_owned(), b"ajout".to_vec()));
    added.sort();
    refused(&repack(&reseal(added)), "pieces/0003/capture.html", "file_unknown");
}

#[test]
fn without_a_signature_a_summary_made_again_with_its_sums_is_not_seen() {
    let mut files = sample();
    files.iter_mut().filter(|(path, _)| path == README).for_each(|(_, bytes)| bytes.extend(b"faux"));
    let report = check(&repack(&reseal(files)));
    assert_eq!(report.verdict, Verdict::Partial, "never intact: format 0 does not claim it");
}

pub(in crate::pack) fn journal_of(files: &Files) -> Vec<String> {
    let (_, bytes) = files.iter().find(|(path, _)| path == JOURNAL).unwrap();
    String::from_utf8(bytes.clone()).unwrap().lines().map(str::to_owned).collect()
}

pub(in crate::pack) fn with_journal(files: &Files, lines: &[String]) -> Files {
    let mut files = files.clone();
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    files.iter_mut().filter(|(path, _)| path == JOURNAL).for_each(|(_, bytes)| *bytes = text.clone().into_bytes());
    files
}

/// As it is, and with the lists of digests made again.
fn refused_in_journal(files: &Files, lines: &[String], what: &str) {
    refused(&repack(&with_journal(files, lines)), JOURNAL, "file_changed");
    let report = check(&repack(&reseal(with_journal(files, lines))));
    assert_eq!(report.verdict, Verdict::Refused, "{what}");
    let placed = report.problems.iter().any(|problem| problem.code.starts_with("journal_") && problem.entry.is_some());
    assert!(placed, "{what}: {:?}", report.problems);
}

#[test]
fn each_edited_swapped_dropped_doubled_journal_line_is_placed() {
    let files = sample();
    let lines = journal_of(&files);
    for index in 0..lines.len() {
        let mut edited = lines.clone();
        edited[index] = edited[index].replacen("2026", "2025", 1);
        refused_in_journal(&files, &edited, &format!("edit {index}"));
        let mut spaced = lines.clone();
        spaced[index].insert(1, ' ');
        refused_in_journal(&files, &spaced, &format!("space {index}"));
        let mut doubled = lines.clone();
        doubled.insert(index, lines[index].clone());
        refused_in_journal(&files, &doubled, &format!("double {index}"));
        if index + 1 < lines.len() {
            let mut dropped = lines.clone();
            dropped.remove(index);
            refused_in_journal(&files, &dropped, &format!("drop {index}"));
            let mut swapped = lines.clone();
            swapped.swap(index, index + 1);
            refused_in_journal(&files, &swapped, &format!("swap {index}"));
        }
    }
}

#[test]
fn a_cut_journal_is_placed() {
    let files = sample();
    let mut lines = journal_of(&files);
    lines.pop();
    let without: Files =
        files.iter().filter(|(path, _)| path != "documents/0002-notification-x-dsa.txt").cloned().collect();
    let report = check(&repack(&reseal(with_journal(&without, &lines))));
    assert_eq!(codes(&report), [(JOURNAL, "journal_cut")]);
    assert_eq!(report.problems[0].entry, Some(4), "its last line now");
    assert!(report.problems[0].message.contains("5 entrées au lieu de 6"), "{}", report.problems[0].message);
    // Format 0 has no sheet: there the end of a chain is known only to who noted its head.
    let without = without.into_iter().filter(|(path, _)| path != SHEET).collect();
    let report = check(&repack(&reseal(with_journal(&without, &lines))));
    assert_eq!((report.verdict, report.format), (Verdict::Partial, 0));
    assert_ne!(report.cases[0].head, check(&repack(&files)).cases[0].head);
}

#[test]
fn names_that_escape_or_collide_are_refused_and_named() {
    let names = [
        ("../zzz", "name_escapes"),
        ("/zzz", "name_escapes"),
        ("zzz/../zzz", "name_escapes"),
        ("zzz\\zzz", "name_escapes"),
        ("zzz/", "name_folder"),
        ("zz\u{e9}", "name_symbols"),
        ("lisezmoi.TXT", "name_capitals"),
        (README, "name_twice"),
    ];
    for (name, code) in names {
        let mut files = sample();
        files.push((name.to_owned(), b"x".to_vec()));
        files.sort();
        refused(&repack(&files), name, code);
    }
    // Another order is another program's.
    let mut files = sample();
    files.reverse();
    assert!(check(&repack(&files)).notes.iter().any(|note| note.code == "zip_repacked"));
}

/// Changes one field in the directory's first header (offset in the header, new bytes).
fn patched(pack: &[u8], at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut pack = pack.to_vec();
    let end = pack.len() - 22;
    let directory = u32::from_le_bytes(pack[end + 16..end + 20].try_into().unwrap()) as usize;
    pack[directory + at..][..bytes.len()].copy_from_slice(bytes);
    pack
}

#[test]
fn tricks_of_the_archive_are_refused_and_named() {
    let pack = Sample::new("affaire-1", None).pack();
    refused(&patched(&pack, 8, &[1]), README, "zip_encrypted");
    refused(&patched(&pack, 8, &[8]), README, "zip_headers");
    refused(&patched(&pack, 10, &[12]), README, "zip_headers");
    refused(&patched(&pack, 20, &[1, 0, 0, 0]), "SHA256SUMS", "zip_place");
    refused(&patched(&pack, 38, &(0o120_777_u32 << 16).to_le_bytes()), README, "zip_link");
    refused(&patched(&pack, 38, &(0o010_777_u32 << 16).to_le_bytes()), README, "zip_foreign");
    refused(&patched(&pack, 42, &[9]), README, "zip_place");
    refused(&patched(&pack, 24, &u32::MAX.to_le_bytes()), "", "zip_directory");
    refused(&patched(&pack, 16, &[1, 2, 3, 4]), README, "zip_headers");
    let mut local = pack.clone();
    local[30] = b'M';
    refused(&local, README, "zip_headers");
    refused(&[&pack[..], b"x"].concat(), "", "zip_trailing");
    refused(&[b"#!/bin/sh\n", &pack[..]].concat(), "", "zip_hidden");
    refused(&pack[1..], "", "zip_hidden");
    let mut large = pack.clone();
    let end = large.len() - 22;
    large[end + 8..end + 12].copy_from_slice(&u32::MAX.to_le_bytes());
    refused(&large, "", "zip_zip64");
    let mut hidden = pack.clone();
    let offset = u32::from_le_bytes(hidden[end + 16..end + 20].try_into().unwrap());
    hidden.splice(offset as usize..offset as usize, *b"cache");
    let end = hidden.len() - 22;
    hidden[end + 16..end + 20].copy_from_slice(&(offset + 5).to_le_bytes());
    refused(&hidden, "", "zip_hidden");
}

#[test]
fn what_is_no_archive_is_said_so() {
    refused(b"", "", "zip_empty");
    refused(b"PK", "", "zip_not_zip");
    refused(&[0; 22], "", "zip_not_zip");
    let mut noise = 1_u32;
    let noise: Vec<u8> = (0..50 << 20)
        .map(|_| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (noise >> 24) as u8
        })
        .collect();
    let report = check(&noise);
    assert_eq!(report.verdict, Verdict::Refused);
    assert!(["zip_not_zip", "zip_trailing"].contains(&report.problems[0].code.as_str()), "{:?}", report.problems);
    refused(&repack(&vec![]), SUMS, "file_missing");
}

#[test]
fn a_pack_cut_anywhere_is_refused() {
    let pack = Sample::new("affaire-1", None).pack();
    for length in 0..pack.len() {
        let report = check(&pack[..length]);
        assert_eq!(report.verdict, Verdict::Refused, "{length}");
        assert!(report.problems[0].code.starts_with("zip_"), "{length}: {:?}", report.problems);
    }
}

#[test]
fn any_flipped_byte_anywhere_is_refused_or_said() {
    let pack = Sample::new("affaire-1", None).pack();
    let files = open(&mut Cursor::new(&pack)).unwrap().files;
    let inside = |index: &usize| {
        let at = *index as u64;
        files.iter().any(|file| (file.start..file.start + file.size).contains(&at))
    };
    let honest = check(&pack);
    // All of the archive's own bytes; of the files' bytes, whose digests all weigh the same, one in sixteen.
    for index in (0..pack.len()).filter(|index| !inside(index) || index % 16 == 0) {
        let mut flipped = pack.clone();
        flipped[index] ^= 1 << (index % 8);
        let report = check(&flipped);
        // What another program may write otherwise (a date, a mode) is said, and changes no file.
        let repacked = report.notes.iter().any(|note| note.code == "zip_repacked");
        let same = (report.verdict, report.files, report.bytes) == (honest.verdict, honest.files, honest.bytes);
        assert!(
            report.verdict == Verdict::Refused || (repacked && same && !inside(&index)),
            "byte {index} of {}",
            pack.len()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), keep in 0..3000_usize) {
        let mut pack = Sample::new("affaire-1", None).pack();
        let keep = keep.min(pack.len());
        pack.splice(keep..(keep + bytes.len() / 2).min(pack.len()), bytes);
        let _ = check(&pack);
    }

    #[test]
    fn no_journal_panics(lines in proptest::collection::vec(".{0,80}", 0..6)) {
        let files = sample();
        prop_assert_eq!(check(&repack(&reseal(with_journal(&files, &lines)))).verdict, Verdict::Refused);
    }
}

#[test]
fn a_deep_journal_line_is_a_clear_error() {
    let files = sample();
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    refused(&repack(&reseal(with_journal(&files, &[deep]))), JOURNAL, "journal_line");
}

/// Quadratic work on 20 000 files or entries would not end within a test.
#[test]
fn hostile_counts_stay_linear() {
    let mut files = sample();
    let long: String = (0..20_000).map(|index| format!("{}  a{index:05}\n", Digest::of(b"x"))).collect();
    files.iter_mut().filter(|(path, _)| path == SUMS).for_each(|(_, bytes)| *bytes = long.clone().into_bytes());
    files.extend((0..20_000).map(|index| (format!("zz{index:05}"), b"y".to_vec())));
    let report = check(&repack(&files));
    assert!(report.problems.len() > 40_000);

    let mut sample = Sample::empty("affaire-1");
    for piece in 1..3000 {
        sample.piece(piece, &[], None);
    }
    sample.blobs.clear();
    let report = check(&sample.pack());
    assert_eq!((report.verdict, report.cases[0].pieces), (Verdict::Partial, 2999));
}
