//! Seeds: the project's own fixtures, those that stand beside the project where they are there, packs and time tokens made
//! here. Nothing of them is written anywhere but into `target`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    driver::FOLDER,
    openssl::{Kind, PLAIN, Tsa, has},
    sample::Sample,
    targets::{STAMPED, STATUSES, URLS},
};

/// Makes what does not stand in a file yet; kept, so that a find can be tried again.
pub fn prepare() {
    fs::create_dir_all(FOLDER).expect("a folder that can be written to");
    let made = folder("made");
    if made.exists() {
        return;
    }
    let half = folder("half");
    let _not_there = fs::remove_dir_all(&half);
    fs::create_dir_all(&half).expect("a folder that can be written to");
    let write = |name: &str, bytes: &[u8]| fs::write(half.join(name), bytes).expect("a folder that can be written to");
    let mut roots = vec![];
    if has("openssl") {
        let kinds = [
            PLAIN,
            Kind { key: "ec:P-256", digest: "sha256", ess: "sha1", intermediate: false },
            Kind { key: "ec:P-384", digest: "sha384", ess: "sha256", intermediate: true },
        ];
        for (index, kind) in kinds.into_iter().enumerate() {
            let tsa = Tsa::new(kind);
            let (digest, nonce) = STAMPED;
            let request = temoin::evidence::timestamp::request(&digest(), &nonce).expect("a request");
            write(&format!("{index}.tsr"), &tsa.reply(&request));
            let sample = Sample::new("0190a1b2-0000-7000-8000-000000000001", Some(&|request| tsa.reply(request)));
            write(&format!("{index}.zip"), &sample.pack());
            roots.extend(tsa.root());
        }
    }
    write("roots.pem", &roots);
    let plain = Sample::new("0190a1b2-0000-7000-8000-000000000002", None);
    write("plain.zip", &plain.pack());
    fs::rename(&half, &made).expect("a folder that can be written to");
}

/// The roots of the services that stamped the seeds.
pub fn roots() -> Vec<u8> {
    fs::read(folder("made").join("roots.pem")).unwrap_or_default()
}

/// The seeds of a target.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    match target {
        "permalink" => permalinks(),
        "read" => prefixed(files(&["html"]), URLS.len(), 1),
        "payload" => payloads(),
        "snapshot" => project("tests/fixtures/snapshots", "json"),
        "judge" => prefixed(files(&["html", "json"]), URLS.len(), STATUSES.len()),
        "timestamp" => made("tsr"),
        "pack" => made("zip"),
        "qualify" => lines(),
        "journal" => journals(),
        _ => vec![],
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(FOLDER).join(name)
}

fn made(ending: &str) -> Vec<Vec<u8>> {
    found(&folder("made"), &[ending])
}

fn project(under: &str, ending: &str) -> Vec<Vec<u8>> {
    found(Path::new(under), &[ending])
}

/// Pages and answers, here and beside the project.
fn files(endings: &[&str]) -> Vec<Vec<u8>> {
    let mut all = found(Path::new("tests/fixtures/pages"), endings);
    all.extend(found(Path::new("../shared/fixtures"), endings));
    all.extend([&b"{}"[..], b"", b"<p>"].map(<[u8]>::to_vec));
    all
}

/// Each with leading bytes that choose an address (and a status): those of its own platform are found by trying.
fn prefixed(files: Vec<Vec<u8>>, addresses: usize, statuses: usize) -> Vec<Vec<u8>> {
    let mut all = vec![];
    for (index, file) in files.into_iter().enumerate() {
        for address in [index % addresses, 0] {
            all.push([&[address as u8, (index % statuses) as u8], file.as_slice()].concat());
        }
    }
    all
}

/// Collected payloads under addresses whose ids they hold, as far as they do; and pages with theirs.
fn payloads() -> Vec<Vec<u8>> {
    let mut all = prefixed(files(&["json"]), URLS.len(), 1);
    for (address, json) in [
        (
            0u8,
            r#"{"id_str":"1991428745216000000","text":"Propos &amp; inventés https://t.co/a","display_text_range":[0,17],"entities":{"urls":[{"url":"https://t.co/a","expanded_url":"https://blog.example/"}]},"user":{"name":"Paul","screen_name":"paul_invente","id_str":"1"},"created_at":"Sun Nov 16 10:22:48 +0000 2025","lang":"fr"}"#,
        ),
        (
            3,
            r#"{"thread":{"post":{"uri":"at://did:plc:a/app.bsky.feed.post/3l6zrz6zyl2dr","author":{"did":"did:plc:a","handle":"invente.bsky.social"},"record":{"text":"Propos inventés","langs":["fr"]},"indexedAt":"2025-11-16T10:22:48Z"}}}"#,
        ),
        (
            4,
            r#"{"id":"113500000000000000","content":"<p>Propos inventés</p>","account":{"acct":"invente","id":"1"},"created_at":"2025-11-16T10:22:48.000Z"}"#,
        ),
        (
            11,
            r#"{"frameworkUpdates":{"entityBatchUpdate":{"mutations":[{"payload":{"commentEntityPayload":{"properties":{"commentId":"UgzzzzzzzzzzzzzzzzzzzzAaABAg","content":{"content":"Propos inventés"}},"author":{"displayName":"@paul"}}}}]}}}"#,
        ),
        (
            13,
            r#"[{"data":{"children":[{"data":{"id":"abc123","author":"demo","selftext_html":"<div>Propos inventés</div>","created_utc":1763288568.0}}]}}]"#,
        ),
    ] {
        all.push([&[address, 0, b'\n'][..], json.as_bytes()].concat());
    }
    all
}

fn permalinks() -> Vec<Vec<u8>> {
    let mut all: Vec<_> = URLS.iter().map(|url| url.as_bytes().to_vec()).collect();
    let table = fs::read_to_string("../shared/fixtures/vectors/urls.tsv").unwrap_or_default();
    all.extend(table.lines().skip(1).filter_map(|line| Some(line.split('\t').nth(1)?.as_bytes().to_vec())));
    all
}

/// Lines of `temoin qualify`, and texts alone.
fn lines() -> Vec<Vec<u8>> {
    let text = fs::read_to_string("tests/bench/qualification/registers.jsonl").unwrap_or_default();
    let whole = text.lines().map(|line| line.as_bytes().to_vec());
    let texts = text.lines().filter_map(|line| {
        let line: Value = serde_json::from_str(line).ok()?;
        Some(line.get("text")?.as_str()?.as_bytes().to_vec())
    });
    whole.chain(texts).collect()
}

/// Journals as packs hold them.
fn journals() -> Vec<Vec<u8>> {
    let mut all = vec![];
    for case in ["a", "0190a1b2-0000-7000-8000-000000000003"] {
        let mut whole = vec![];
        for record in Sample::new(case, None).records {
            let line = serde_json::to_vec(&record).expect("a record");
            whole.extend(&line);
            whole.push(b'\n');
            all.push(line);
        }
        all.push(whole);
    }
    all
}

fn found(under: &Path, endings: &[&str]) -> Vec<Vec<u8>> {
    let Ok(entries) = fs::read_dir(under) else { return vec![] };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut all = vec![];
    for path in paths {
        if path.is_dir() {
            all.extend(found(&path, endings));
        } else if path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending)) {
            all.extend(fs::read(&path));
        }
    }
    all
}
