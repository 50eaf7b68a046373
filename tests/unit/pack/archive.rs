//! What other programs write of the same files is read; what hides something is not.

use std::{fs, io::Cursor};

use super::*;
use crate::{
    evidence::{
        openssl::{Folder, has, run},
        timestamp::Roots,
    },
    pack::{
        Report, Verdict,
        sample::{Sample, key},
        verify,
    },
};

fn check(pack: &[u8]) -> Report {
    verify(&mut Cursor::new(pack), &Roots::none())
}

fn codes(report: &Report) -> Vec<&str> {
    report.problems.iter().map(|problem| problem.code.as_str()).collect()
}

/// The files of a signed pack in a folder `dossier`, and a program that zips them.
struct Unpacked(Folder, Report);

impl Unpacked {
    fn new() -> Self {
        let pack = Sample::new("affaire-1", None).sealed_pack(&key(1), &[]);
        let folder = Folder::new();
        folder.write("dossier.zip", &pack);
        assert!(run(&folder.0, "unzip", &["-q", "dossier.zip", "-d", "dossier"]).status.success());
        fs::remove_file(folder.path("dossier.zip")).unwrap();
        Self(folder, check(&pack))
    }

    fn zip(&self, inside: &str, tool: &str, args: &[&str]) -> Report {
        let output = run(&self.0.path(inside), tool, args);
        assert!(output.status.success(), "{tool} {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        check(&self.0.read("refait.zip"))
    }

    fn same(&self, what: &str, report: &Report) {
        assert_eq!((&report.problems, report.verdict), (&vec![], self.1.verdict), "{what}");
        assert_eq!(
            (report.files, report.bytes, &report.signature, &report.cases),
            (self.1.files, self.1.bytes, &self.1.signature, &self.1.cases),
            "{what}"
        );
        assert!(report.notes.iter().any(|note| note.code == "zip_repacked"), "{what}");
        fs::remove_file(self.0.path("refait.zip")).unwrap();
    }
}

#[test]
fn a_pack_zipped_again_by_a_common_program_verifies_and_says_so() {
    if !has("unzip") || !has("zip") {
        return;
    }
    let unpacked = Unpacked::new();
    assert!(!unpacked.1.notes.iter().any(|note| note.code == "zip_repacked"));
    let cases: [(&str, &str, &[&str]); 5] = [
        ("dossier", "zip", &["-q", "-r", "-9", "../refait.zip", "."]),
        ("dossier", "zip", &["-q", "-r", "-0", "-X", "-D", "../refait.zip", "."]),
        ("dossier", "zip", &["-q", "-r", "-fz", "../refait.zip", "."]),
        (".", "zip", &["-q", "-r", "refait.zip", "dossier"]),
        ("dossier", "sh", &["-c", "find . -type f | zip -q -@ - > ../refait.zip"]),
    ];
    for (inside, tool, args) in cases {
        let report = unpacked.zip(inside, tool, args);
        unpacked.same(&format!("{tool} {args:?}"), &report);
    }
    if has("python3") {
        let report =
            unpacked.zip("dossier", "python3", &["-c", "import shutil; shutil.make_archive('../refait', 'zip', '.')"]);
        unpacked.same("python", &report);
    }
    if has("7z") {
        let report = unpacked.zip("dossier", "7z", &["a", "-tzip", "../refait.zip", "."]);
        unpacked.same("7z", &report);
    }
}

#[test]
fn what_is_smuggled_into_an_archive_made_again_is_refused_and_named() {
    if !has("unzip") || !has("python3") {
        return;
    }
    let unpacked = Unpacked::new();
    let python = |script: &str| {
        let script = format!(
            "import zipfile, os, struct\nz = zipfile.ZipFile('../refait.zip', 'w', zipfile.ZIP_DEFLATED)\n\
             for d, _, fs in os.walk('.'):\n  for f in fs:\n    p = os.path.relpath(os.path.join(d, f))\n    \
             if not skip(p): z.write(p)\n{script}"
        );
        let skip = if script.contains("# skip") { "p == 'bordereau.csv'" } else { "False" };
        let script = format!("import warnings\nwarnings.simplefilter('ignore')\ndef skip(p): return {skip}\n{script}");
        let report = unpacked.zip("dossier", "python3", &["-c", &script]);
        fs::remove_file(unpacked.0.path("refait.zip")).unwrap();
        report
    };
    unpacked.same("nothing smuggled", &{
        unpacked.zip("dossier", "python3", &["-c", "import shutil; shutil.make_archive('../refait', 'zip', '.')"])
    });
    for (script, code) in [
        ("z.writestr('ajout.txt', 'x'); z.close()", "file_added"),
        ("z.writestr('../ajout.txt', 'x'); z.close()", "name_escapes"),
        ("z.writestr('/ajout.txt', 'x'); z.close()", "name_escapes"),
        ("z.writestr('a\\\\b.txt', 'x'); z.close()", "name_escapes"),
        ("z.writestr('bordereau.csv', 'x'); z.close()", "name_twice"),
        ("z.writestr('BORDEREAU.csv', 'x'); z.close()", "name_capitals"),
        (
            "i = zipfile.ZipInfo('lien'); i.create_system = 3; i.external_attr = 0o120777 << 16\nz.writestr(i, '/etc/passwd'); z.close()",
            "zip_link",
        ),
        ("z.comment = b'cache'; z.close()", "zip_trailing"),
        ("z.close(); open('../refait.zip', 'ab').write(b'x' * 9)", "zip_trailing"),
        (
            "z.close(); b = open('../refait.zip', 'rb').read(); open('../refait.zip', 'wb').write(b'x' + b)",
            "zip_hidden",
        ),
        ("z.writestr('bordereau.csv', 'autre') # skip\nz.close()", "file_changed"),
        ("z.close() # skip", "file_missing"),
        ("z.writestr('bombe.bin', b'\\0' * 300000000); z.close()", "zip_bomb"),
        (
            "z.close(); b = bytearray(open('../refait.zip', 'rb').read()); n = z.infolist()[0]; \
             b[n.header_offset + 30] ^= 1; open('../refait.zip', 'wb').write(b)",
            "zip_headers",
        ),
    ] {
        let report = python(script);
        assert_eq!(report.verdict, Verdict::Refused, "{script}");
        assert!(codes(&report).contains(&code), "{script}: {:?}", report.problems);
    }
}

/// A reader of zeros in which a few parts are not.
struct Sparse {
    length: u64,
    parts: Vec<(u64, Vec<u8>)>,
    at: u64,
}

impl Read for Sparse {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let size = out.len().min(usize::try_from(self.length.saturating_sub(self.at)).unwrap());
        for (index, byte) in out[..size].iter_mut().enumerate() {
            let place = self.at + index as u64;
            let part = self.parts.iter().find(|(start, part)| (*start..start + part.len() as u64).contains(&place));
            *byte = part.map_or(0, |(start, part)| part[(place - start) as usize]);
        }
        self.at += size as u64;
        Ok(size)
    }
}

impl Seek for Sparse {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(back) => self.length.checked_add_signed(back).unwrap(),
            SeekFrom::Current(by) => self.at.checked_add_signed(by).unwrap(),
        };
        Ok(self.at)
    }
}

#[test]
fn files_and_places_beyond_4_gb_are_written_and_read() {
    let (mut parts, mut at, mut directory) = (vec![], 0, vec![]);
    let sizes = [("a.bin", 5_000_000_000), ("b.txt", 7), ("c.bin", u64::from(u32::MAX)), ("d.txt", 0)];
    for (name, size) in sizes {
        let member = Member { name: name.to_owned(), crc: 1, size, offset: at };
        let header = member.local_header();
        at += header.len() as u64 + size;
        directory.extend(member.central_header());
        parts.push((member.offset, header));
    }
    let end = end_record(4, directory.len() as u64, at);
    let length = at + (directory.len() + end.len()) as u64;
    parts.push((at, [directory, end].concat()));
    let opened = open(&mut Sparse { length, parts, at: 0 }).unwrap();
    assert_eq!((opened.faults, opened.repacked), (vec![], false));
    assert_eq!(opened.files.iter().map(|file| (file.name.as_str(), file.size)).collect::<Vec<_>>(), sizes);
}

#[test]
fn more_than_65_534_files_are_written_and_read() {
    let (mut out, mut directory) = (vec![], vec![]);
    for index in 0..70_000 {
        let member = Member { name: format!("{index:06}"), crc: 0, size: 0, offset: out.len() as u64 };
        out.extend(member.local_header());
        directory.extend(member.central_header());
    }
    let end = end_record(70_000, directory.len() as u64, out.len() as u64);
    let zip = [out, directory, end].concat();
    let opened = open(&mut Cursor::new(&zip)).unwrap();
    assert_eq!((opened.files.len(), opened.repacked), (70_000, false));
    if has("unzip") {
        let folder = Folder::new();
        folder.write("large.zip", &zip);
        assert!(run(&folder.0, "unzip", &["-tqq", "large.zip"]).status.success());
    }
}
