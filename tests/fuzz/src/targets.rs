//! What is tried, and what must hold whatever comes in. Each gives its outcome in a few words: an input whose outcome is new
//! is worth keeping.

use std::{io::Cursor, sync::LazyLock};

use serde_json::{Value, json};
use temoin::{
    base::Fault,
    capture::{self, Difference, PageSnapshot, Post, Witness},
    case::{Case, Entry},
    evidence::{
        Digest, Record, canonical_json, check_chain,
        timestamp::{self, Roots, VerifiedToken},
    },
    pack::{self, Verdict},
    platform,
    qualification::answer_line,
    takedown::{self, Answer, BodyKind, Sighting},
};

use crate::{corpus, driver::refused};

pub struct Target {
    pub name: &'static str,
    pub run: fn(&[u8]) -> String,
}

pub const TARGETS: [Target; 9] = [
    Target { name: "permalink", run: permalink },
    Target { name: "read", run: read },
    Target { name: "payload", run: payload },
    Target { name: "snapshot", run: snapshot },
    Target { name: "judge", run: judge },
    Target { name: "timestamp", run: timestamp },
    Target { name: "pack", run: pack },
    Target { name: "qualify", run: qualify },
    Target { name: "journal", run: journal },
];

/// Addresses that pages, payloads and answers are read for: each platform, and what is none.
pub const URLS: [&str; 26] = [
    "https://x.com/paul_invente/status/1991428745216000000",
    "https://x.com/home",
    "https://forum.example/sujet/12#message-3",
    "https://bsky.app/profile/invente.bsky.social/post/3l6zrz6zyl2dr",
    "https://mastodon.example/@invente/113500000000000000",
    "blog.example/a",
    "https://www.facebook.com/paul.invente/posts/428202057564823",
    "https://www.facebook.com/paul.invente/posts/428202057564823?comment_id=987",
    "https://www.instagram.com/p/DXeh-kYiIge/",
    "https://www.threads.com/@paul_invente/post/DXhZAMkljvS",
    "https://www.youtube.com/watch?v=aaaaaaaaaaa",
    "https://www.youtube.com/watch?v=aaaaaaaaaaa&lc=UgzzzzzzzzzzzzzzzzzzzzAaABAg",
    "https://www.tiktok.com/@demo/video/7253412088251534594",
    "https://www.reddit.com/r/demo/comments/abc123/titre/",
    "https://www.reddit.com/r/demo/comments/abc123/comment/ccc111/",
    "https://www.jeuxvideo.com/forums/message/1234567890",
    "https://t.me/demo_chan/442",
    "https://www.dailymotion.com/video/x5kesuj",
    "https://www.linkedin.com/feed/update/urn:li:activity:7016901149999955968/",
    "https://clips.twitch.tv/InventeClip",
    "https://www.snapchat.com/spotlight/W7_EDlXWTBiXAEEniNoMPwAAY",
    "https://discord.com/channels/175928847299117061/175928847299117062/175928847299117063",
    "https://vk.com/wall-1_2",
    "https://odysee.com/@invente:1/titre:a",
    "https://photo.example/p/paul_invente/123456789012345678",
    "https://fxtwitter.com/paul_invente/status/1991428745216000000",
];

/// Statuses of an answer; the first is none at all.
pub const STATUSES: [Option<u16>; 10] =
    [None, Some(200), Some(404), Some(410), Some(451), Some(403), Some(401), Some(429), Some(500), Some(302)];

/// What the seeds of `timestamp` stamp, and for which nonce.
pub const STAMPED: (fn() -> Digest, [u8; 16]) = (|| Digest::of(b"manifeste"), [0x91; 16]);

fn permalink(input: &[u8]) -> String {
    let address = String::from_utf8_lossy(input);
    let _placed = platform::place(&address);
    let _page = platform::page(&address);
    match platform::permalink(&address) {
        Ok(link) => {
            let again = platform::permalink(&link.canonical);
            let again = again.unwrap_or_else(|error| panic!("{:?} is no permalink: {error}", link.canonical));
            assert_eq!(
                (&again.platform, &again.id, &again.canonical),
                (&link.platform, &link.id, &link.canonical),
                "another post from the canonical address"
            );
            assert!(!link.id.is_empty() && !link.canonical.contains(char::is_whitespace), "{link:?}");
            format!("{} {} {:?} {}", link.platform, link.kind, link.created_at_meaning, link.handle.is_some())
        }
        Err(error) => said(&error),
    }
}

fn read(input: &[u8]) -> String {
    let Some((address, _, html)) = chosen(input) else { return String::new() };
    match capture::read(&html, address) {
        Ok(post) => {
            check_post(&post);
            shape(&post)
        }
        Err(error) => said(&error),
    }
}

/// A payload beside a page: what it is compared with stands in the first line, which may be empty.
fn payload(input: &[u8]) -> String {
    let Some((address, _, rest)) = chosen(input) else { return String::new() };
    let (page, payload) = rest.split_once('\n').unwrap_or((SHOWN, &rest));
    let page = if page.is_empty() { SHOWN } else { page };
    match capture::read_with(page, address, Some(payload)) {
        Ok((post, witness)) => {
            check_post(&post);
            let witness = witness.expect("a payload is always answered for");
            let text = serde_json::to_string(&witness).expect("a witness is JSON");
            assert!(serde_json::from_str::<Witness>(&text).ok().as_ref() == Some(&witness), "not the same witness");
            let heard =
                witness.agrees.len() + witness.differs.len() + witness.in_part.len() + witness.only_payload.len();
            assert!((heard == 0) || witness.missing.is_empty(), "silent, and yet: {text}");
            let fields = |all: &[Difference]| all.iter().map(|one| one.field.clone()).collect::<Vec<_>>();
            format!(
                "{} {:?} {:?} {:?} {}",
                witness.source,
                witness.agrees,
                fields(&witness.differs),
                witness.missing,
                heard
            )
        }
        Err(error) => said(&error),
    }
}

/// A page that every platform's reader, the generic one at least, finds a post in.
const SHOWN: &str = r#"<article data-temoin-role="post"><time datetime="2025-11-16T10:22:48.000Z"></time><p>Propos inventés</p></article>"#;

fn snapshot(input: &[u8]) -> String {
    let snapshot = match PageSnapshot::parse(&String::from_utf8_lossy(input)) {
        Ok(snapshot) => snapshot,
        Err(error) => return said(&error),
    };
    let text = serde_json::to_string(&snapshot).expect("a snapshot is JSON");
    assert!(PageSnapshot::parse(&text).as_ref() == Ok(&snapshot), "not the same snapshot");
    match snapshot.to_post() {
        Ok(post) => {
            check_post(&post);
            format!("snapshot {}", shape(&post))
        }
        Err(error) => format!("snapshot {}", said(&error)),
    }
}

fn judge(input: &[u8]) -> String {
    let Some((url, status, body)) = chosen(input) else { return String::new() };
    let mut outcome = String::new();
    for kind in [BodyKind::Html, BodyKind::Json] {
        for (final_url, text) in
            [(None, None), (Some("https://x.com/i/flow/login"), None), (Some(url), Some("Propos inventés"))]
        {
            let sighting = takedown::judge(&Answer { url, final_url, status, kind, body: &body, text });
            check_sighting(&sighting, status);
            outcome += &format!("{:?} {:?};", sighting.fate, sighting.marker);
        }
    }
    outcome
}

fn timestamp(input: &[u8]) -> String {
    let (digest, nonce) = (STAMPED.0(), STAMPED.1);
    let read = timestamp::read(input, &digest, Some(&nonce));
    let _without_nonce = timestamp::read(input, &digest, None);
    match timestamp::verify(input, &digest, Some(&nonce), &ROOTS) {
        Ok(verified) => {
            // Who can alter what a verified token says?
            assert!(GENUINE.contains(&verified), "forged: {verified:?}");
            assert_eq!(read.as_ref(), Ok(&verified.token), "read and verify disagree");
            format!("verified {}", verified.root)
        }
        Err(error) => format!("{} {}", said(&error), read.is_ok()),
    }
}

fn pack(input: &[u8]) -> String {
    let report = pack::verify(&mut Cursor::new(input), &ROOTS);
    for problem in report.problems.iter().chain(&report.doubts) {
        check_words(&problem.message);
    }
    if report.verdict != Verdict::Refused {
        assert!(PACKS.iter().any(|pack| pack == input), "an altered pack is {:?}", report.verdict);
    }
    let codes: std::collections::BTreeSet<_> = report.problems.iter().map(|problem| problem.code.as_str()).collect();
    format!("{:?} {codes:?}", report.verdict)
}

fn qualify(input: &[u8]) -> String {
    let input = String::from_utf8_lossy(input);
    let line = if input.starts_with('{') { input.into_owned() } else { json!({ "id": 1, "text": input }).to_string() };
    match answer_line(&line) {
        Ok(answer) => {
            assert!(!answer.contains('\n'), "an answer of several lines");
            let asked: Value = serde_json::from_str(line.trim()).expect("it was read");
            let text: Vec<char> = asked["text"].as_str().expect("it was read").chars().collect();
            let answer: Value = serde_json::from_str(&answer).expect("an answer is JSON");
            let suggestions = answer["suggestions"].as_array().expect("a list");
            assert!(suggestions.len() <= 2, "{suggestions:?}");
            let because = suggestions.iter().flat_map(|one| one["because"].as_array().expect("a list"));
            for reason in because.chain(answer["ruled_out"].as_array().expect("a list")) {
                let Some([start, end]) = reason["span"].as_array().map(Vec::as_slice) else { continue };
                let (start, end) = (start.as_u64().expect("a number"), end.as_u64().expect("a number"));
                let there = text.get(start as usize..end as usize);
                let there: String = there.unwrap_or_else(|| panic!("outside the text: {reason}")).iter().collect();
                assert!(
                    reason["quote"].as_str().is_none_or(|quote| quote == there),
                    "not what is there: {reason}, {there}"
                );
            }
            format!("{} {} {}", answer["state"], answer["code"], answer["ground"])
        }
        Err(error) => said(&error),
    }
}

/// A journal: one record per line; the case that it folds into; each body as an entry.
fn journal(input: &[u8]) -> String {
    let mut records = vec![];
    let mut outcome = String::new();
    for line in input.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let Ok(record) = temoin::base::from_json::<Record>(line) else { return "no record".to_owned() };
        let text = match canonical_json(&record) {
            Ok(text) => text,
            Err(error) => {
                assert!(check_chain(&[record]).is_err(), "a chain over what has no canonical form");
                return said(&error);
            }
        };
        assert_eq!(temoin::base::from_json::<Record>(&text).ok().as_ref(), Some(&record), "not the same record");
        if let Some(body) = &record.body {
            match Entry::read(&record.link.kind, body) {
                Ok(entry) => {
                    let again = Entry::read(entry.kind(), &entry.body().expect("it came from JSON"));
                    assert_eq!(again.as_ref(), Ok(&entry), "not the same entry");
                    outcome = format!("entry {}", entry.kind());
                }
                Err(error) => outcome = said(&error),
            }
        }
        records.push(record);
    }
    let chain = check_chain(&records);
    match Case::fold(&records) {
        Ok(case) => {
            assert_eq!(chain.ok().flatten(), Some(case.head), "folded from another head");
            format!("{} {outcome}", records.len().min(9))
        }
        Err(error) => format!("{} {outcome}", refused(&error)),
    }
}

static ROOTS: LazyLock<Roots> = LazyLock::new(|| Roots::from_pem(&corpus::roots()).unwrap_or_else(|_| Roots::none()));

static PACKS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| corpus::of("pack"));

static GENUINE: LazyLock<Vec<VerifiedToken>> = LazyLock::new(|| {
    let verify =
        |tsr: Vec<u8>| timestamp::verify(&tsr, &STAMPED.0(), Some(&STAMPED.1), &ROOTS).expect("a genuine token");
    corpus::of("timestamp").into_iter().map(verify).collect()
});

/// The leading bytes choose an address and a status.
fn chosen(input: &[u8]) -> Option<(&'static str, Option<u16>, String)> {
    let [address, status, rest @ ..] = input else { return None };
    let url = URLS[usize::from(*address) % URLS.len()];
    Some((url, STATUSES[usize::from(*status) % STATUSES.len()], String::from_utf8_lossy(rest).into_owned()))
}

fn check_post(post: &Post) {
    let text = serde_json::to_string(post).expect("a post is JSON");
    assert!(serde_json::from_str::<Post>(&text).ok().as_ref() == Some(post), "not the same post: {text}");
    assert!(!post.reader.is_empty() && !post.permalink.is_empty(), "{text}");
}

fn shape(post: &Post) -> String {
    let missing: Vec<_> = post.missing.iter().map(|missing| format!("{}/{}", missing.what, missing.reason)).collect();
    format!(
        "{} {} {} {} {} {} {missing:?}",
        post.reader,
        post.text.is_empty(),
        post.media.len().min(4),
        post.quoted.is_some(),
        post.in_reply_to.is_some(),
        post.counters.len()
    )
}

fn check_sighting(sighting: &Sighting, status: Option<u16>) {
    assert!(!sighting.would_count || sighting.fate.would_count(), "counted, and no moderation: {sighting:?}");
    assert!(sighting.excerpt.as_ref().is_none_or(|excerpt| excerpt.len() <= 2048), "a long excerpt");
    assert!(!sighting.would_count || sighting.marker.is_some(), "counted without a marker: {sighting:?}");
    assert!(status.is_some() || !sighting.fate.is_gone(), "gone without an answer: {sighting:?}");
}

fn said(fault: &impl Fault) -> String {
    check_words(&fault.to_string());
    refused(fault)
}

/// A message is for a person: bounded, and on one line.
fn check_words(message: &str) {
    assert!(!message.is_empty() && message.chars().count() < 2_000, "a message of {} characters", message.len());
}
