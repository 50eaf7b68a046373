use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read, Seek, SeekFrom},
};

use sha2::{Digest as _, Sha256};

use super::{
    BORDEREAU, CaseReport, JOURNAL, MANIFEST, PIECES, PIECES_SUMS, Problem, README, Report, SUMS, Signature,
    SignatureState, TokenReport, TokenState, Verdict,
    archive::{Damage, Member, open},
    crc::Crc,
    plan::{Piece, Plan, PlanError},
};
use crate::{
    base::{Fault, from_exact_json, gather},
    case::{Case, FoldError},
    evidence::{
        Digest, MANIFEST_VERSION, Manifest, Record, canonical_json, check_chain,
        timestamp::{self, Roots, Token},
    },
};

/// How many bytes of one file are held at once while it is digested.
const CHUNK: usize = 64 << 10;
/// Lists and journals of 100 000 files stay under it.
const LARGEST_TEXT: u32 = 128 << 20;
/// Timestamp answers stay far under it.
const LARGEST_TOKEN: u32 = 1 << 20;

/// Verifies a pack as it was received. Files pass through a small buffer: memory depends on the journal, not on the pack.
pub fn verify(reader: &mut (impl Read + Seek), roots: &Roots) -> Report {
    let mut verifier = Verifier { reader, roots, files: BTreeMap::new(), problems: BTreeSet::new(), doubts: vec![] };
    let (cases, tokens) = verifier.run();
    verifier.report(cases, tokens)
}

/// A file of the archive, digested.
struct Held {
    member: Member,
    digest: Digest,
}

struct Verifier<'a, R> {
    reader: &'a mut R,
    roots: &'a Roots,
    files: BTreeMap<String, Held>,
    problems: BTreeSet<Problem>,
    doubts: Vec<Problem>,
}

impl<R: Read + Seek> Verifier<'_, R> {
    fn run(&mut self) -> (Vec<CaseReport>, Vec<TokenReport>) {
        match open(self.reader) {
            Ok((members, damages)) => {
                damages.iter().for_each(|damage| self.problem(damage.file(), None, damage));
                if let Err(damage) = self.digest(members) {
                    self.problem(damage.file(), None, &damage);
                    return (vec![], vec![]);
                }
            }
            Err(damage) => {
                self.problem(damage.file(), None, &damage);
                return (vec![], vec![]);
            }
        }
        self.check_sums(SUMS, "");
        self.check_sums(PIECES_SUMS, PIECES);
        let Some(journals) = self.journals() else { return (vec![], vec![]) };
        let slices: Vec<&[Record]> = journals.iter().map(Vec::as_slice).collect();
        match Plan::of(&slices) {
            Ok(plan) => {
                self.check_files(&plan);
                let tokens = self.check_tokens(&plan);
                (self.case_reports(&plan), tokens)
            }
            // Said already, at its line.
            Err(PlanError::Fold(FoldError::Chain(_))) => (vec![], vec![]),
            Err(error) => {
                self.problem(Some(JOURNAL), None, &error);
                (vec![], vec![])
            }
        }
    }

    fn report(mut self, cases: Vec<CaseReport>, tokens: Vec<TokenReport>) -> Report {
        let problems: Vec<_> = std::mem::take(&mut self.problems).into_iter().collect();
        if problems.is_empty() {
            self.doubt(None, &Doubt::Unsigned);
        }
        let verdict = match (problems.is_empty(), self.doubts.is_empty()) {
            (false, _) => Verdict::Refused,
            (true, false) => Verdict::Partial,
            (true, true) => Verdict::Intact,
        };
        Report {
            verdict,
            summary: verdict.summary(&problems),
            problems,
            doubts: self.doubts,
            tokens,
            signature: Signature { state: SignatureState::Absent },
            files: self.files.len() as u64,
            bytes: self.files.values().map(|held| u64::from(held.member.size)).sum(),
            cases,
        }
    }

    fn problem(&mut self, file: Option<&str>, entry: Option<u64>, fault: &impl Fault) {
        self.problems.insert(Problem::of(file, entry, fault));
    }

    fn doubt(&mut self, file: Option<&str>, fault: &impl Fault) {
        self.doubts.push(Problem::of(file, None, fault));
    }

    /// Reads every file once.
    fn digest(&mut self, members: Vec<Member>) -> Result<(), Damage> {
        let mut buffer = vec![0; CHUNK];
        for member in members {
            self.reader.seek(SeekFrom::Start(member.start())).map_err(Damage::unreadable)?;
            let mut left = member.size as usize;
            let mut sha = Sha256::new();
            let mut crc = Crc::new();
            while left > 0 {
                let wanted = buffer.get_mut(..left.min(CHUNK)).unwrap_or_default();
                self.reader.read_exact(wanted).map_err(Damage::unreadable)?;
                sha.update(&*wanted);
                crc.update(wanted);
                left -= wanted.len();
            }
            if crc.value() != member.crc {
                let name = member.name.clone();
                self.problem(Some(&name), None, &Defect::Crc(name.clone()));
            }
            let digest = <[u8; 32]>::from(sha.finalize()).into();
            self.files.insert(member.name.clone(), Held { member, digest });
        }
        Ok(())
    }

    /// The whole of a small file; `None`, said, when it is not there or too large.
    fn load(&mut self, path: &str, largest: u32) -> Option<Vec<u8>> {
        let Some(held) = self.files.get(path) else {
            self.problem(Some(path), None, &Defect::Missing(path.to_owned()));
            return None;
        };
        if held.member.size > largest {
            self.problem(Some(path), None, &Defect::TooLarge(path.to_owned()));
            return None;
        }
        let (start, mut bytes) = (held.member.start(), vec![0; held.member.size as usize]);
        let read = self.reader.seek(SeekFrom::Start(start)).and_then(|_| self.reader.read_exact(&mut bytes));
        if let Err(error) = read {
            self.problem(Some(path), None, &Damage::unreadable(error));
            return None;
        }
        Some(bytes)
    }

    /// Compares a list of digests with the files under `folder`: each changed, missing, added or renamed file is named.
    fn check_sums(&mut self, list: &str, folder: &str) {
        let Some(bytes) = self.load(list, LARGEST_TEXT) else { return };
        let mut listed = BTreeMap::new();
        let text = String::from_utf8(bytes).unwrap_or_default();
        let lines = text.strip_suffix('\n').unwrap_or_default();
        for (index, line) in lines.split('\n').enumerate() {
            let parsed = line.split_once("  ").and_then(|(digest, path)| Some((digest.parse::<Digest>().ok()?, path)));
            let fresh = parsed.is_some_and(|(digest, path)| listed.insert(format!("{folder}{path}"), digest).is_none());
            if !fresh {
                let list = list.to_owned();
                self.problem(Some(&list), None, &Defect::Sums { list: list.clone(), line: index + 1 });
                return;
            }
        }
        let covered = |path: &str| path.starts_with(folder) && path != list && !(folder.is_empty() && path == SUMS);
        let mut added: BTreeMap<Digest, BTreeSet<String>> = BTreeMap::new();
        for (path, held) in self.files.iter().filter(|(path, _)| covered(path) && !listed.contains_key(*path)) {
            added.entry(held.digest).or_default().insert(path.clone());
        }
        for (path, digest) in listed {
            let held = self.files.get(&path).map(|held| held.digest);
            let defect = match held {
                Some(held) if held == digest => continue,
                Some(_) => Defect::Changed(path.clone()),
                None => match added.get_mut(&digest).and_then(BTreeSet::pop_first) {
                    Some(to) => Defect::Renamed { from: path.clone(), to },
                    None => Defect::Missing(path.clone()),
                },
            };
            self.problem(Some(&path), None, &defect);
        }
        for path in added.into_values().flatten() {
            self.problem(Some(&path), None, &Defect::Added(path.clone()));
        }
    }

    /// The journals of the pack, their chains checked; `None`, said, when they cannot be relied on.
    fn journals(&mut self) -> Option<Vec<Vec<Record>>> {
        let bytes = self.load(JOURNAL, LARGEST_TEXT)?;
        let mut journals: Vec<Vec<Record>> = vec![];
        let lines = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let mut whole = bytes.ends_with(b"\n");
        for (line, entry) in lines.split(|byte| *byte == b'\n').zip(0..) {
            let record = from_exact_json::<Record>(line).ok();
            // One way to write each record: what else a reader might make of the line must not exist.
            let record = record.filter(|record| canonical_json(record).is_ok_and(|canonical| canonical == line));
            let Some(record) = record else {
                self.problem(Some(JOURNAL), Some(entry), &Defect::Line(entry + 1));
                return None;
            };
            match journals.last_mut() {
                Some(journal) if journal.first().is_some_and(|first| first.link.case == record.link.case) => {
                    journal.push(record);
                }
                _ => journals.push(vec![record]),
            }
        }
        let mut start = 0;
        for journal in &journals {
            if let Err(error) = check_chain(journal) {
                let entry = error.entry().map(|entry| start + entry);
                self.problem(Some(JOURNAL), entry, &error);
                whole = false;
            }
            start += journal.len() as u64;
        }
        if !bytes.ends_with(b"\n") {
            self.problem(Some(JOURNAL), None, &Defect::Line(start));
        }
        whole.then_some(journals)
    }

    /// The pack holds what its journals say, byte for byte, and nothing else.
    fn check_files(&mut self, plan: &Plan) {
        let mut expected: BTreeMap<String, Option<Digest>> =
            gather([README, SUMS, BORDEREAU, JOURNAL, PIECES_SUMS].map(|path| (path.to_owned(), None)));
        // Folders whose list is lost: which files belong there cannot be told.
        let mut unlisted = BTreeSet::new();
        expected.extend(plan.documents.iter().map(|document| (document.path.clone(), Some(document.digest))));
        for piece in &plan.pieces {
            let Some((_, sealed)) = &piece.sealed else { continue };
            let path = format!("{}{MANIFEST}", piece.folder());
            expected.insert(path.clone(), Some(sealed.manifest));
            for (index, timed) in piece.timestamps.iter().enumerate() {
                let (request, response) = piece.timestamp_paths(index + 1);
                expected.extend([(request, Some(timed.request)), (response, Some(timed.response))]);
            }
            let Some(manifest) = self.manifest(&path, sealed.manifest) else {
                unlisted.insert(piece.folder());
                continue;
            };
            for (name, file) in manifest.files {
                let inside = format!("{}{name}", piece.folder());
                expected.insert(inside, Some(file.digest));
            }
        }
        for (path, digest) in &expected {
            match (self.files.get(path).map(|held| held.digest), digest) {
                (None, _) => self.problem(Some(path), None, &Defect::Missing(path.clone())),
                (Some(held), Some(digest)) if held != *digest => {
                    self.problem(Some(path), None, &Defect::Unsealed(path.clone()));
                }
                _ => {}
            }
        }
        // `pieces/0001/` of `pieces/0001/media/1.jpg`.
        let folder = |path: &str| path.split_inclusive('/').take(2).collect::<String>();
        let stranger = |path: &&String| !expected.contains_key(*path) && !unlisted.contains(&folder(path));
        let strangers: Vec<String> = self.files.keys().filter(stranger).cloned().collect();
        for path in strangers {
            self.problem(Some(&path), None, &Defect::Unknown(path.clone()));
        }
    }

    /// The list of files of a piece, if it is the one that was sealed; that it is not is said by the caller.
    fn manifest(&mut self, path: &str, seal: Digest) -> Option<Manifest> {
        self.files.get(path).filter(|held| held.digest == seal)?;
        let bytes = self.load(path, LARGEST_TEXT)?;
        let manifest = from_exact_json::<Manifest>(&bytes).ok().filter(|read| read.version == MANIFEST_VERSION);
        if manifest.is_none() {
            self.problem(Some(path), None, &Defect::Manifest(path.to_owned()));
        }
        manifest
    }

    fn check_tokens(&mut self, plan: &Plan) -> Vec<TokenReport> {
        let mut reports = vec![];
        for piece in &plan.pieces {
            let before = reports.len();
            for index in 1..=piece.timestamps.len() {
                reports.extend(self.check_token(piece, index));
            }
            let dated = reports.iter().skip(before).any(|token| token.state == TokenState::Verified);
            if !dated {
                self.doubt(Some(&piece.folder()), &Doubt::Undated(piece.number));
            }
            if piece.sealed.is_none() {
                self.doubt(Some(&piece.folder()), &Doubt::NotSealed(piece.number));
            }
        }
        if plan.pieces.iter().any(|piece| piece.captured.demo) {
            self.doubt(None, &Doubt::Demo);
        }
        reports
    }

    /// One token against the seal that it is for, with the nonce of the request kept beside it.
    fn check_token(&mut self, piece: &Piece, index: usize) -> Option<TokenReport> {
        let timed = piece.timestamps.get(index - 1)?;
        let (request, response) = piece.timestamp_paths(index);
        let tsq = self.load(&request, LARGEST_TOKEN)?;
        let tsr = self.load(&response, LARGEST_TOKEN)?;
        let mut report = TokenReport {
            file: response.clone(),
            piece: piece.number as u64,
            imprint: timed.imprint,
            service: timed.service.clone(),
            state: TokenState::Refused,
            gen_time: None,
            tsa: None,
            serial: None,
            root: None,
        };
        let asked = timestamp::read_request(&tsq);
        let nonce = match asked {
            Ok((digest, nonce)) if digest == timed.imprint => nonce,
            _ => {
                self.problem(Some(&request), None, &Defect::Request(request.clone()));
                return Some(report);
            }
        };
        let says = |report: &mut TokenReport, token: Token| {
            report.gen_time = Some(token.gen_time);
            report.tsa = Some(token.tsa);
            report.serial = Some(token.serial);
        };
        match timestamp::verify(&tsr, &timed.imprint, Some(&nonce), self.roots) {
            Ok(verified) => {
                report.state = TokenState::Verified;
                report.root = Some(verified.root);
                says(&mut report, verified.token);
            }
            Err(error) => {
                if let Ok(token) = timestamp::read(&tsr, &timed.imprint, Some(&nonce)) {
                    says(&mut report, token);
                }
                if error.is_doubt() {
                    report.state = TokenState::NotEstablished;
                    self.doubt(Some(&response), &error);
                } else {
                    self.problem(Some(&response), None, &error);
                }
            }
        }
        if report.gen_time.is_some_and(|moment| moment != timed.gen_time) {
            report.state = TokenState::Refused;
            self.problem(Some(&response), None, &Defect::OtherTime(response.clone()));
        }
        Some(report)
    }

    fn case_reports(&self, plan: &Plan) -> Vec<CaseReport> {
        let of = |case: &Case| CaseReport {
            id: case.id.clone(),
            entries: case.head.seq + 1,
            head: case.head,
            pieces: (case.captures.len() + case.added.len()) as u64,
            demo: case.captures.iter().any(|(_, captured)| captured.demo),
        };
        plan.cases.iter().map(of).collect()
    }
}

/// What is wrong with the content of a pack.
#[derive(Debug, thiserror::Error)]
enum Defect {
    #[error("« {0} » a été modifié")]
    Changed(String),
    #[error("« {0} » manque")]
    Missing(String),
    #[error("« {0} » a été ajouté")]
    Added(String),
    #[error("« {from} » a été renommé en « {to} »")]
    Renamed { from: String, to: String },
    #[error("« {0} » n’est pas tel que le journal l’a scellé")]
    Unsealed(String),
    #[error("« {0} » n’est mentionné nulle part dans le journal")]
    Unknown(String),
    #[error("« {0} » est abîmé (somme de contrôle de l’archive)")]
    Crc(String),
    #[error("« {0} » est démesuré")]
    TooLarge(String),
    #[error("la ligne {line} de « {list} » n’est pas une empreinte suivie d’un nom de fichier, ou répète un nom")]
    Sums { list: String, line: usize },
    #[error("la ligne {0} du journal est illisible ou a été réécrite")]
    Line(u64),
    #[error("« {0} » n’est pas une liste de fichiers que cette version sait lire")]
    Manifest(String),
    #[error("« {0} » n’est pas la demande d’horodatage de ce scellé")]
    Request(String),
    #[error("l’heure de « {0} » n’est pas celle que le journal annonce")]
    OtherTime(String),
}

impl Fault for Defect {
    fn code(&self) -> &'static str {
        match self {
            Self::Changed(_) => "file_changed",
            Self::Missing(_) => "file_missing",
            Self::Added(_) => "file_added",
            Self::Renamed { .. } => "file_renamed",
            Self::Unsealed(_) => "file_not_as_sealed",
            Self::Unknown(_) => "file_unknown",
            Self::Crc(_) => "file_crc",
            Self::TooLarge(_) => "file_too_large",
            Self::Sums { .. } => "sums_line",
            Self::Line(_) => "journal_line",
            Self::Manifest(_) => "manifest_unreadable",
            Self::Request(_) => "timestamp_request",
            Self::OtherTime(_) => "timestamp_other_time",
        }
    }
}

/// What a right pack does not establish.
#[derive(Debug, thiserror::Error)]
enum Doubt {
    #[error("ce dossier n’est pas signé : rien n’y établit quel appareil l’a produit")]
    Unsigned,
    #[error("l’heure de la pièce {0:04} n’est pas établie par un horodatage vérifié")]
    Undated(usize),
    #[error("la pièce {0:04} n’a jamais été scellée : le dossier n’en contient aucun fichier")]
    NotSealed(usize),
    #[error("ce dossier vient de la version de démonstration : il ne prouve rien")]
    Demo,
}

impl Fault for Doubt {
    fn code(&self) -> &'static str {
        match self {
            Self::Unsigned => "signature_absent",
            Self::Undated(_) => "time_not_established",
            Self::NotSealed(_) => "piece_not_sealed",
            Self::Demo => "demo",
        }
    }
}

#[cfg(test)]
#[path = "../../tests/unit/pack/verify.rs"]
mod tests;
