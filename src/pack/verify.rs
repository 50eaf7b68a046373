use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read, Seek},
};

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::{
    BORDEREAU, CaseReport, JOURNAL, KEY, MANIFEST, PIECES, PIECES_SUMS, Problem, README, Report, SHEET, SIGNATURE,
    SUMS, Signature, SignatureState, Subject, TokenReport, TokenState, Verdict,
    archive::{Damage, Found, open},
    content::pass,
    crc::Crc,
    optional,
    plan::{Plan, PlanError},
    readme::gap,
    sheet::{FORMAT, Sheet},
    stamp_paths,
};
use crate::{
    base::{Fault, Instant, from_exact_json, from_json, gather},
    case::{Case, FoldError},
    evidence::{
        Digest, MANIFEST_VERSION, Manifest, PublicKey, Record, canonical_json, check_chain,
        timestamp::{self, Roots, Token},
    },
};

/// Lists and journals of 100 000 files stay under it.
const LARGEST_TEXT: u32 = 128 << 20;
/// A key or a signature.
const LARGEST_SEAL: u32 = 4096;
/// A service's clock may be this far behind the device's.
const CLOCK_MILLIS: i64 = 120_000;
/// A date that comes later than this is said to be late.
const LATE_MILLIS: i64 = 86_400_000;
/// Timestamp answers stay far under it.
const LARGEST_TOKEN: u32 = 1 << 20;

/// Verifies a pack as it was received. Files pass through a small buffer: memory depends on the journal, not on the pack.
pub fn verify(reader: &mut (impl Read + Seek), roots: &Roots) -> Report {
    let mut verifier = Verifier {
        reader,
        roots,
        files: BTreeMap::new(),
        problems: BTreeSet::new(),
        doubts: vec![],
        notes: vec![],
        format: 0,
        signature: Signature { state: SignatureState::Absent, key: None },
    };
    let (cases, tokens) = verifier.run();
    verifier.report(cases, tokens)
}

/// A file of the archive, digested.
struct Held {
    file: Found,
    digest: Digest,
}

struct Verifier<'a, R> {
    reader: &'a mut R,
    roots: &'a Roots,
    files: BTreeMap<String, Held>,
    problems: BTreeSet<Problem>,
    doubts: Vec<Problem>,
    notes: Vec<Problem>,
    format: u32,
    signature: Signature,
}

/// A token of the pack, before it is checked.
struct Claim {
    subject: Subject,
    piece: Option<u64>,
    entry: Option<u64>,
    imprint: Digest,
    service: String,
    /// Paths of the request and of the answer.
    request: String,
    response: String,
    /// The time that the journal tells of it.
    told: Option<Instant>,
    /// When the device wrote what is dated.
    written_at: Option<Instant>,
}

impl<R: Read + Seek> Verifier<'_, R> {
    fn run(&mut self) -> (Vec<CaseReport>, Vec<TokenReport>) {
        match open(self.reader) {
            Ok(opened) => {
                opened.faults.iter().for_each(|damage| self.problem(damage.file(), None, damage));
                if opened.repacked {
                    self.note(None, &Note::Repacked);
                }
                if let Err(damage) = self.digest(opened.files) {
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
        let Ok(sheet) = self.sheet() else { return (vec![], vec![]) };
        if let Some(key) = sheet.as_ref().and_then(|sheet| sheet.key) {
            self.check_signature(key);
        }
        let Some(journals) = self.journals() else { return (vec![], vec![]) };
        let slices: Vec<&[Record]> = journals.iter().map(Vec::as_slice).collect();
        match Plan::of(&slices) {
            Ok(plan) => {
                if let Some(sheet) = &sheet {
                    self.check_heads(&plan, sheet);
                    self.compare_keys(&plan, sheet);
                }
                self.check_files(&plan, sheet.as_ref());
                let tokens = self.check_tokens(&plan, sheet.as_ref());
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
        if problems.is_empty() && self.signature.state == SignatureState::Absent {
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
            notes: self.notes,
            format: self.format,
            tokens,
            signature: self.signature,
            files: self.files.len() as u64,
            bytes: self.files.values().map(|held| held.file.size).sum(),
            cases,
        }
    }

    fn problem(&mut self, file: Option<&str>, entry: Option<u64>, fault: &impl Fault) {
        self.problems.insert(Problem::of(file, entry, fault));
    }

    fn doubt(&mut self, file: Option<&str>, fault: &impl Fault) {
        self.doubts.push(Problem::of(file, None, fault));
    }

    fn note(&mut self, file: Option<&str>, fault: &impl Fault) {
        self.notes.push(Problem::of(file, None, fault));
    }

    /// Reads every file once.
    fn digest(&mut self, files: Vec<Found>) -> Result<(), Damage> {
        for file in files {
            let mut sha = Sha256::new();
            let mut crc = Crc::new();
            let whole = pass(self.reader, &file, |part| {
                sha.update(part);
                crc.update(part);
            })?;
            if !whole || crc.value() != file.crc {
                let name = file.name.clone();
                self.problem(Some(&name), None, &Defect::Crc(name.clone()));
            }
            let digest = <[u8; 32]>::from(sha.finalize()).into();
            self.files.insert(file.name.clone(), Held { file, digest });
        }
        Ok(())
    }

    /// The whole of a small file; `None`, said, when it is not there or too large.
    fn load(&mut self, path: &str, largest: u32) -> Option<Vec<u8>> {
        let Some(held) = self.files.get(path) else {
            self.problem(Some(path), None, &Defect::Missing(path.to_owned()));
            return None;
        };
        if held.file.size > u64::from(largest) {
            self.problem(Some(path), None, &Defect::TooLarge(path.to_owned()));
            return None;
        }
        let mut bytes = vec![];
        if let Err(damage) = pass(self.reader, &held.file, |part| bytes.extend_from_slice(part)) {
            self.problem(Some(path), None, &damage);
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
        let covered = |path: &str| path.starts_with(folder) && path != list && !is_seal(list, path);
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

    /// What the pack says of itself: none in format 0; an error, said, when it cannot be relied on.
    fn sheet(&mut self) -> Result<Option<Sheet>, ()> {
        if !self.files.contains_key(SHEET) {
            return Ok(None);
        }
        let bytes = self.load(SHEET, LARGEST_TEXT).ok_or(())?;
        let format = from_json::<Format>(&bytes).map_or(FORMAT, |sheet| sheet.format);
        if format != FORMAT {
            self.problem(Some(SHEET), None, &Defect::Format(format));
            return Err(());
        }
        let sheet = from_exact_json::<Sheet>(&bytes).ok();
        let sheet = sheet.filter(|sheet| canonical_json(sheet).is_ok_and(|canonical| canonical == bytes));
        if sheet.is_none() {
            self.problem(Some(SHEET), None, &Defect::Sheet);
        }
        self.format = FORMAT;
        sheet.map(Some).ok_or(())
    }

    /// The announced key signed the list of digests.
    fn check_signature(&mut self, announced: Digest) {
        self.signature.state = SignatureState::Refused;
        let (Some(pem), Some(signature)) = (self.load(KEY, LARGEST_SEAL), self.load(SIGNATURE, LARGEST_SEAL)) else {
            return;
        };
        let Some(key) = PublicKey::from_pem(&pem).filter(|key| key.to_pem().as_bytes() == pem) else {
            self.problem(Some(KEY), None, &Defect::Key);
            return;
        };
        self.signature.key = Some(key.fingerprint());
        if key.fingerprint() != announced {
            self.problem(Some(KEY), None, &Defect::OtherKey);
            return;
        }
        let Some(sums) = self.load(SUMS, LARGEST_TEXT) else { return };
        if key.verifies(&sums, &signature) {
            self.signature.state = SignatureState::Verified;
        } else {
            self.problem(Some(SIGNATURE), None, &Defect::Signature);
        }
    }

    /// The journals end where the pack says that they do.
    fn check_heads(&mut self, plan: &Plan, sheet: &Sheet) {
        let mut line = 0;
        for (index, case) in plan.cases.iter().enumerate() {
            line += case.head.seq + 1;
            let told = sheet.heads.get(index).filter(|told| told.case == case.id);
            if told.map(|told| told.head) != Some(case.head) {
                let wanted = told.map_or(0, |told| told.head.seq + 1);
                self.problem(Some(JOURNAL), Some(line - 1), &Defect::Cut { found: case.head.seq + 1, wanted });
            }
        }
        if sheet.heads.len() > plan.cases.len() {
            self.problem(Some(JOURNAL), Some(line), &Defect::CasesCut(sheet.heads.len() - plan.cases.len()));
        }
    }

    /// The packs that the journals tell of were signed by the same key.
    fn compare_keys(&mut self, plan: &Plan, sheet: &Sheet) {
        let Some(key) = sheet.key else { return };
        let mut others = BTreeSet::new();
        for (at, exported) in plan.cases.iter().flat_map(|case| &case.exports) {
            if let Some(other) = exported.key.filter(|other| *other != key)
                && others.insert(other)
            {
                self.note(Some(KEY), &Note::OtherKey { key, other, at: *at });
            }
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
    fn check_files(&mut self, plan: &Plan, sheet: Option<&Sheet>) {
        let mut expected: BTreeMap<String, Option<Digest>> =
            gather([README, SUMS, BORDEREAU, JOURNAL, PIECES_SUMS].map(|path| (path.to_owned(), None)));
        if let Some(sheet) = sheet {
            expected.insert(SHEET.to_owned(), None);
            if sheet.key.is_some() {
                expected.extend([KEY, SIGNATURE].map(|path| (path.to_owned(), None)));
            }
            for (list, services) in [(PIECES_SUMS, &sheet.pieces_services), (SUMS, &sheet.services)] {
                for (request, response) in (1..=services.len()).map(|index| stamp_paths(list, index)) {
                    expected.extend([(request, None), (response, None)]);
                }
            }
            for dated in &plan.journal_dates {
                let (request, response) = dated.paths();
                expected.extend([(request, Some(dated.timed.request)), (response, Some(dated.timed.response))]);
            }
            let held = optional(plan.pieces.len()).into_iter().filter(|path| self.files.contains_key(path));
            expected.extend(held.map(|path| (path, None)));
        }
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

    fn check_tokens(&mut self, plan: &Plan, sheet: Option<&Sheet>) -> Vec<TokenReport> {
        let mut reports = vec![];
        let mut open = vec![];
        for claim in self.claims(plan, sheet) {
            reports.extend(self.check_token(&claim, &mut open));
        }
        // A token over the whole dates each piece too.
        let verified = |token: &&TokenReport| token.state == TokenState::Verified;
        let whole = |token: &&TokenReport| matches!(token.subject, Subject::Pieces | Subject::Pack);
        let whole: Vec<_> = reports.iter().filter(verified).filter(whole).collect();
        let mut all_dated = true;
        for piece in &plan.pieces {
            let own = |token: &&TokenReport| token.piece == Some(piece.number as u64);
            let dates = reports.iter().filter(verified).filter(own).chain(whole.iter().copied());
            match dates.filter_map(|token| token.gen_time).min() {
                Some(dated) => self.weigh_gap(piece.number, &piece.folder(), piece.captured_at, dated),
                None => {
                    all_dated = false;
                    self.doubt(Some(&piece.folder()), &Doubt::Undated(piece.number));
                }
            }
            if piece.sealed.is_none() {
                self.doubt(Some(&piece.folder()), &Doubt::NotSealed(piece.number));
            }
        }
        // What one service leaves open does not weigh where another one settled it.
        let list = if all_dated { &mut self.notes } else { &mut self.doubts };
        list.extend(open);
        if plan.pieces.iter().any(|piece| piece.captured.demo) {
            self.doubt(None, &Doubt::Demo);
        }
        reports
    }

    /// A date that is far from the device's: who seals again what was changed gets a late one.
    fn weigh_gap(&mut self, number: usize, folder: &str, captured: Instant, dated: Instant) {
        let millis = dated.millis() - captured.millis();
        if !(-CLOCK_MILLIS..=LATE_MILLIS).contains(&millis) {
            self.note(Some(folder), &Note::Gap { number, gap: gap(captured, dated) });
        }
    }

    /// All tokens that must be in the pack.
    fn claims(&self, plan: &Plan, sheet: Option<&Sheet>) -> Vec<Claim> {
        let mut claims = vec![];
        for piece in &plan.pieces {
            for (index, timed) in piece.timestamps.iter().enumerate() {
                let (request, response) = piece.timestamp_paths(index + 1);
                claims.push(Claim {
                    subject: Subject::Piece,
                    piece: Some(piece.number as u64),
                    entry: None,
                    imprint: timed.imprint,
                    service: timed.service.clone(),
                    request,
                    response,
                    told: Some(timed.gen_time),
                    written_at: piece.sealed.as_ref().map(|(at, _)| *at),
                });
            }
        }
        for dated in &plan.journal_dates {
            let (request, response) = dated.paths();
            claims.push(Claim {
                subject: Subject::Entry,
                piece: None,
                entry: Some(dated.line),
                imprint: dated.timed.imprint,
                service: dated.timed.service.clone(),
                request,
                response,
                told: Some(dated.timed.gen_time),
                written_at: Some(dated.written_at),
            });
        }
        let Some(sheet) = sheet else { return claims };
        for (subject, list, services) in
            [(Subject::Pieces, PIECES_SUMS, &sheet.pieces_services), (Subject::Pack, SUMS, &sheet.services)]
        {
            let Some(imprint) = self.files.get(list).map(|held| held.digest) else { continue };
            for (index, service) in services.iter().enumerate() {
                let (request, response) = stamp_paths(list, index + 1);
                let service = service.clone();
                claims.push(Claim {
                    subject,
                    piece: None,
                    entry: None,
                    imprint,
                    service,
                    request,
                    response,
                    told: None,
                    written_at: None,
                });
            }
        }
        claims
    }

    /// One token against what it is for, with the nonce of the request kept beside it. What is only not established goes to `open`.
    fn check_token(&mut self, claim: &Claim, open: &mut Vec<Problem>) -> Option<TokenReport> {
        let (request, response) = (&claim.request, &claim.response);
        let tsq = self.load(request, LARGEST_TOKEN)?;
        let tsr = self.load(response, LARGEST_TOKEN)?;
        let mut report = TokenReport {
            file: response.clone(),
            subject: claim.subject,
            piece: claim.piece,
            entry: claim.entry,
            imprint: claim.imprint,
            service: claim.service.clone(),
            state: TokenState::Refused,
            gen_time: None,
            gap_seconds: None,
            tsa: None,
            serial: None,
            root: None,
        };
        // One way to ask, so that nothing in the request can be changed unseen.
        let nonce = timestamp::read_request(&tsq).ok().map(|(_, nonce)| nonce);
        let nonce = nonce.filter(|nonce| timestamp::request(&claim.imprint, nonce).is_ok_and(|asked| asked == tsq));
        let Some(nonce) = nonce else {
            self.problem(Some(request), None, &Defect::Request(request.clone()));
            return Some(report);
        };
        let says = |report: &mut TokenReport, token: Token| {
            let gap = |written: Instant| (token.gen_time.millis() - written.millis()).div_euclid(1000);
            report.gap_seconds = claim.written_at.map(gap);
            report.gen_time = Some(token.gen_time);
            report.tsa = Some(token.tsa);
            report.serial = Some(token.serial);
        };
        match timestamp::verify(&tsr, &claim.imprint, Some(&nonce), self.roots) {
            Ok(verified) => {
                report.state = TokenState::Verified;
                report.root = Some(verified.root);
                says(&mut report, verified.token);
            }
            Err(error) => {
                if let Ok(token) = timestamp::read(&tsr, &claim.imprint, Some(&nonce)) {
                    says(&mut report, token);
                }
                if error.is_doubt() {
                    report.state = TokenState::NotEstablished;
                    open.push(Problem::of(Some(response), None, &error));
                } else {
                    self.problem(Some(response), None, &error);
                }
            }
        }
        if let Some(told) = claim.told
            && report.gen_time.is_some_and(|moment| moment != told)
        {
            report.state = TokenState::Refused;
            self.problem(Some(response), None, &Defect::OtherTime(response.clone()));
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

/// Whether `path` is a seal over `list`, which cannot be in it.
fn is_seal(list: &str, path: &str) -> bool {
    let Some(rest) = path.strip_prefix(list).and_then(|rest| rest.strip_prefix('.')) else { return false };
    let ending = rest.rsplit('.').next().unwrap_or_default();
    (list == SUMS && rest == "sig") || (matches!(ending, "tsq" | "tsr") && !rest.contains('/'))
}

/// The format alone, whatever else a later version may write.
#[derive(Deserialize)]
struct Format {
    format: u32,
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
    #[error("ce dossier est au format {0}, que cette version ne sait pas lire : il faut un vérificateur plus récent")]
    Format(u32),
    #[error("« dossier.json » n’est pas tel que Témoin l’écrit")]
    Sheet,
    #[error("« cle-publique.pem » n’est pas une clé que Témoin utilise")]
    Key,
    #[error("« cle-publique.pem » n’est pas la clé que le dossier annonce")]
    OtherKey,
    #[error("la signature du dossier est fausse : la liste des empreintes, ou la signature, a été refaite")]
    Signature,
    #[error("le journal compte {found} entrées au lieu de {wanted} : il a été coupé ou allongé")]
    Cut { found: u64, wanted: u64 },
    #[error("il manque au journal {0} affaires annoncées")]
    CasesCut(usize),
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
            Self::Format(_) => "format_unknown",
            Self::Sheet => "sheet_unreadable",
            Self::Key => "key_unreadable",
            Self::OtherKey => "key_other",
            Self::Signature => "signature_wrong",
            Self::Cut { .. } | Self::CasesCut(_) => "journal_cut",
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

/// What a reader should know and what changes nothing in the verdict.
#[derive(Debug, thiserror::Error)]
enum Note {
    #[error(
        "ce dossier est signé par la clé {key}, un dossier précédent de la même affaire ({at}) par la clé {other} : la clé a été renouvelée, perdue, ou quelqu’un d’autre a refait le dossier"
    )]
    OtherKey { key: Digest, other: Digest, at: Instant },
    #[error(
        "l’archive a été refaite par un autre logiciel (dossier décompressé puis recompressé) ; les fichiers contrôlés ici sont bien ceux du dossier"
    )]
    Repacked,
    #[error("la pièce {number:04} a été horodatée {gap}")]
    Gap { number: usize, gap: String },
}

impl Fault for Note {
    fn code(&self) -> &'static str {
        match self {
            Self::OtherKey { .. } => "key_changed",
            Self::Repacked => "zip_repacked",
            Self::Gap { .. } => "time_gap",
        }
    }
}

#[cfg(test)]
#[path = "../../tests/unit/pack/verify.rs"]
pub(super) mod tests;
