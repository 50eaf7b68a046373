use super::*;

const URL: &str = "https://bsky.app/profile/paul.invente.example/post/3l3vgf77uco2g";
const DID: &str = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";
const GONE: &str = r#"{"error":"NotFound","message":"Post not found"}"#;
const PDS: &str = "champignon.us-east.host.bsky.network";

fn first() -> Sighting {
    judge(&Answer { url: URL, final_url: None, status: Some(400), kind: BodyKind::Json, body: GONE, text: None })
}

/// Asks in turn; an answer is told by what its address contains. Gives what is known, and the addresses.
fn told(account: Option<&str>, answers: &[(&str, u16, String)]) -> (Sighting, Vec<String>) {
    let mut inquiry = Inquiry::begin(&platform::permalink(URL).unwrap(), account, &first()).unwrap();
    let mut asked = vec![];
    loop {
        let question = inquiry.question().unwrap();
        let answer = answers.iter().find(|(part, _, _)| question.url.contains(part));
        asked.push(question.url);
        match inquiry.take(answer.map(|(_, status, _)| *status), answer.map_or("", |(_, _, body)| body)) {
            Step::Ask(next) => inquiry = *next,
            Step::Known(sighting) => return (sighting, asked),
        }
    }
}

fn document(did: &str, endpoint: &str) -> String {
    format!(
        r##"{{"id":"{did}","service":[{{"id":"#other","serviceEndpoint":"https://x.example"}},{{"id":"#atproto_pds","type":"AtprotoPersonalDataServer","serviceEndpoint":"{endpoint}"}}]}}"##
    )
}

fn record(did: &str) -> String {
    format!(
        r#"{{"uri":"at://{did}/app.bsky.feed.post/3l3vgf77uco2g","cid":"bafy","value":{{"$type":"app.bsky.feed.post","text":"Propos inventés"}}}}"#
    )
}

/// The answers when Bluesky has taken the post out of sight and its author's host still has it; the last ones are changed by each test.
fn answers(pds: &str) -> Vec<(&'static str, u16, String)> {
    vec![
        ("resolveHandle", 200, format!(r#"{{"did":"{DID}"}}"#)),
        ("getPosts", 200, r#"{"posts":[]}"#.to_owned()),
        ("getProfile", 200, format!(r#"{{"did":"{DID}","handle":"paul.invente.example"}}"#)),
        ("plc.directory", 200, document(DID, &format!("https://{pds}"))),
        ("getRecord", 200, record(DID)),
    ]
}

fn with(part: &str, status: u16, body: &str) -> Vec<(&'static str, u16, String)> {
    with_pds(PDS, part, status, body)
}

fn with_pds(pds: &str, part: &str, status: u16, body: &str) -> Vec<(&'static str, u16, String)> {
    let mut all = answers(pds);
    let changed = all.iter_mut().find(|(name, _, _)| *name == part).unwrap();
    (changed.1, changed.2) = (status, body.to_owned());
    all
}

fn fate(answers: &[(&'static str, u16, String)]) -> (Fate, bool) {
    let (sighting, _) = told(Some(DID), answers);
    assert!(sighting.note.is_some() || sighting.marker.is_some());
    (sighting.fate, sighting.would_count)
}

const OPEN: (Fate, bool) = (Fate::GoneCauseUnknown, false);

#[test]
fn gone_from_sight_and_still_at_its_authors_host_is_a_removal_by_the_network() {
    let (sighting, asked) = told(None, &answers(PDS));
    assert_eq!((sighting.fate, sighting.would_count), (Fate::RemovedByPlatform, true));
    assert!(sighting.marker.unwrap().contains(PDS) && sighting.excerpt.unwrap().contains("Propos inventés"));
    assert_eq!(
        asked,
        [
            "https://public.api.bsky.app/xrpc/com.atproto.identity.resolveHandle?handle=paul.invente.example"
                .to_owned(),
            format!(
                "https://public.api.bsky.app/xrpc/app.bsky.feed.getPosts?uris=at://{DID}/app.bsky.feed.post/3l3vgf77uco2g"
            ),
            format!("https://public.api.bsky.app/xrpc/app.bsky.actor.getProfile?actor={DID}"),
            format!("https://plc.directory/{DID}"),
            format!(
                "https://{PDS}/xrpc/com.atproto.repo.getRecord?repo={DID}&collection=app.bsky.feed.post&rkey=3l3vgf77uco2g"
            ),
        ]
    );
    assert_eq!(told(Some(DID), &answers(PDS)).1.len(), 4, "the account is known from the capture");
}

#[test]
fn gone_from_both_is_the_authors_doing_unless_the_network_is_the_host() {
    let gone = r#"{"error":"RecordNotFound","message":"Could not locate record"}"#;
    assert_eq!(fate(&with("getRecord", 400, gone)), OPEN);
    assert_eq!(fate(&with_pds("pds.invente.example", "getRecord", 400, gone)), (Fate::DeletedByAuthor, false));
}

#[test]
fn a_moved_name_is_no_removal() {
    let there = format!(r#"{{"posts":[{{"uri":"at://{DID}/app.bsky.feed.post/3l3vgf77uco2g"}}]}}"#);
    assert_eq!(fate(&with("getPosts", 200, &there)), (Fate::Online, false));
}

#[test]
fn the_state_of_the_account_comes_before_that_of_the_post() {
    for (error, expected) in [
        ("AccountTakedown", (Fate::AccountSuspended, true)),
        ("AccountDeactivated", (Fate::AccountGone, false)),
        ("InvalidRequest", OPEN),
    ] {
        assert_eq!(fate(&with("getProfile", 400, &format!(r#"{{"error":"{error}"}}"#))), expected, "{error}");
    }
    assert_eq!(fate(&with("getRecord", 400, r#"{"error":"RepoDeactivated"}"#)), (Fate::AccountGone, false));
    // Told, never seen: not to be counted.
    assert_eq!(fate(&with("getRecord", 400, r#"{"error":"RepoSuspended"}"#)), OPEN);
}

#[test]
fn whatever_is_not_answered_as_expected_leaves_the_cause_open() {
    for part in ["getPosts", "getProfile", "plc.directory", "getRecord"] {
        for (status, body) in
            [(200, ""), (200, "{}"), (200, "<html>"), (403, "<html>"), (404, "{}"), (429, "{}"), (500, "")]
        {
            assert_eq!(fate(&with(part, status, body)), OPEN, "{part} {status} {body}");
        }
        let silent: Vec<_> = answers(PDS).into_iter().filter(|(name, _, _)| *name != part).collect();
        assert_eq!(fate(&silent), OPEN, "{part} does not answer");
    }
    let another = record("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");
    assert_eq!(fate(&with("getRecord", 200, &another)), OPEN, "the record of another account");
    assert_eq!(fate(&with("getProfile", 200, r#"{"did":"did:plc:bbbbbbbbbbbbbbbbbbbbbbbb"}"#)), OPEN);
    assert_eq!(
        fate(&with("plc.directory", 200, &document("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb", "https://a.example"))),
        OPEN
    );
}

#[test]
fn an_authors_document_leads_to_public_hosts_only() {
    for endpoint in [
        "http://pds.example",
        "https://localhost",
        "https://127.0.0.1",
        "https://[::1]",
        "https://pds.example:8443",
        "https://a@pds.example",
        "https://pds.example/path",
        "https://nas.local",
        "file:///etc",
        "pds.example",
        "",
    ] {
        let (sighting, asked) = told(Some(DID), &with("plc.directory", 200, &document(DID, endpoint)));
        assert_eq!(sighting.fate, Fate::GoneCauseUnknown, "{endpoint}");
        assert!(!asked.iter().any(|url| url.contains("getRecord")), "{endpoint}");
    }
}

#[test]
fn a_host_may_be_an_account() {
    let did = "did:web:paul.invente.example";
    let mut all = with("getProfile", 200, &format!(r#"{{"did":"{did}"}}"#));
    all.push(("did.json", 200, document(did, "https://pds.invente.example")));
    all.iter_mut().find(|(name, _, _)| *name == "getRecord").unwrap().2 = record(did);
    let (sighting, asked) = told(Some(did), &all);
    assert_eq!(sighting.fate, Fate::RemovedByPlatform);
    assert!(asked.contains(&"https://paul.invente.example/.well-known/did.json".to_owned()));
    for strange in ["did:web:localhost", "did:web:a/../b.example", "did:plc:short", "did:key:zabc", "paul"] {
        assert_eq!(told(Some(strange), &answers(PDS)).1.len(), 5, "{strange} is no account that we ask for");
    }
}

#[test]
fn only_what_is_gone_without_a_cause_is_asked_about() {
    let begin = |sighting: &Sighting, url: &str| {
        Inquiry::begin(&platform::permalink(url).unwrap(), Some(DID), sighting).is_some()
    };
    assert!(begin(&first(), URL));
    for fate in [Fate::Online, Fate::Unknown, Fate::AccountSuspended, Fate::LoginWall] {
        assert!(!begin(&Sighting { fate, ..first() }, URL), "{fate:?}");
    }
    assert!(!begin(&first(), "https://x.com/i/status/1990000000000000000"));
}

#[test]
fn a_question_that_cannot_be_asked_leaves_the_cause_open() {
    let inquiry = Inquiry::begin(&platform::permalink(URL).unwrap(), Some(DID), &first()).unwrap();
    let known = inquiry.unasked();
    assert_eq!((known.fate, known.would_count), OPEN);
}
