use std::{fs, path::PathBuf};

use proptest::prelude::*;

use super::*;
use crate::platform::{self, permalink};

mod platforms;

const URL: &str = "https://x.com/paul_invente/status/1991428745216000000";
const PAGE: &str = "https://blog.example/billet";
const TEXT: &str = "Premier paragraphe. Second ligne, avec assez de mots pour compter.";

fn answer<'a>(url: &'a str, status: u16, kind: BodyKind, body: &'a str) -> Answer<'a> {
    Answer { url, final_url: None, status: Some(status), kind, body, text: None }
}

fn x_json(body: &str) -> Sighting {
    judge(&answer(URL, 200, BodyKind::Json, body))
}

fn x_page(body: &str) -> Sighting {
    judge(&answer(URL, 200, BodyKind::Html, body))
}

fn page(status: u16, body: &str) -> Sighting {
    judge(&Answer { text: Some(TEXT), ..answer(PAGE, status, BodyKind::Html, body) })
}

#[test]
fn every_fate_of_the_data_is_a_word_of_the_vocabulary() {
    for platform in platform::all() {
        let fate = &platform.fate;
        let json = fate.json.iter().flat_map(|json| &json.rules).map(|rule| &rule.fate);
        let words = fate.html_status.values().chain(fate.json_status.values()).chain(json);
        let words =
            words.chain(fate.texts.iter().map(|text| &text.fate)).chain(fate.walls.iter().map(|wall| &wall.fate));
        for word in words {
            assert!(Fate::parse(word).is_some(), "{}: {word}", platform.id);
        }
        for pattern in &fate.walls {
            assert!(regex_lite::Regex::new(&pattern.address).is_ok(), "{}", pattern.address);
        }
    }
}

#[test]
fn the_syndication_answer_shows_the_post_or_nothing() {
    assert_eq!(x_json(r#"{"__typename":"Tweet","id_str":"1991428745216000000"}"#).fate, Fate::Online);
    assert_eq!(x_json(r#"{"__typename":"Tweet","id_str":"1"}"#).fate, Fate::Unknown);
    assert_eq!(x_json(r#"{"__typename":"TweetTombstone"}"#).fate, Fate::Unknown);
    assert_eq!(x_json("{}").fate, Fate::Unknown);
    assert_eq!(x_json("[]").fate, Fate::Unknown);
    assert_eq!(x_json("null").fate, Fate::Unknown);
    assert_eq!(x_json("<html>").fate, Fate::TempError);
    assert_eq!(x_json(" ").fate, Fate::TempError);
    assert_eq!(judge(&answer(URL, 404, BodyKind::Json, "")).fate, Fate::Unknown);
    let edited = r#"{"id_str":"1991428745216000000","edit_control":{"edit_tweet_ids":["1991428745216000000","1991428745216000007"]}}"#;
    assert_eq!(x_json(edited).fate, Fate::Edited);
    let removed = x_json(
        r#"{"__typename":"TweetTombstone","tombstone":{"text":{"text":"This Post violated the X Rules. Learn more"}}}"#,
    );
    assert_eq!((removed.fate, removed.would_count), (Fate::RemovedByPlatform, true));
}

#[test]
fn withholding_counts_only_here() {
    let body = |places: &str| format!(r#"{{"id_str":"1991428745216000000","withheld_in_countries":[{places}]}}"#);
    assert_eq!(x_json(&body(r#""DE","FR""#)).fate, Fate::WithheldGeo);
    assert_eq!(x_json(&body(r#""DE""#)).fate, Fate::Online);
    let copyright = x_json(&body(r#""XY""#));
    assert_eq!((copyright.fate, copyright.would_count), (Fate::GoneCauseUnknown, false));
}

#[test]
fn a_page_of_x_shows_the_post_or_the_platforms_own_sentence() {
    let post = include_str!("../../fixtures/pages/x_post.html");
    let gone = include_str!("../../fixtures/pages/x_gone.html");
    assert_eq!(x_page(post).fate, Fate::Online);
    let removed = x_page(gone);
    assert_eq!(
        (removed.fate, removed.marker.as_deref()),
        (Fate::RemovedByPlatform, Some("This Post violated the X Rules"))
    );
    assert_eq!(x_page(include_str!("../../fixtures/pages/x_login.html")).fate, Fate::Unknown);
    let elsewhere = |url| judge(&Answer { final_url: Some(url), ..answer(URL, 200, BodyKind::Html, gone) }).fate;
    assert_eq!(elsewhere("https://x.com/i/web/status/1991428745216000000"), Fate::RemovedByPlatform);
    assert_eq!(elsewhere("https://x.com/paul_invente/status/1991428745216000009"), Fate::Unknown);
    assert_eq!(elsewhere("https://x.com/paul_invente"), Fate::Unknown);
    let french = "<main><span>Ce post n'est pas disponible.</span></main>";
    assert_eq!(x_page(french).fate, Fate::GoneCauseUnknown);
}

#[test]
fn what_people_write_is_not_what_the_platform_says() {
    let post = include_str!("../../fixtures/pages/x_post.html");
    let other = "https://x.com/luc_invente/status/1991428745216000009";
    let written = post.replace("Première ligne", "This Post violated the X Rules");
    assert_eq!(judge(&answer(other, 200, BodyKind::Html, &written)).fate, Fate::Unknown);
    // A placeholder beside other posts may speak of any of them.
    let beside = post.replace("<main role=\"main\">", "<main><div><span>This Post violated the X Rules.</span></div>");
    assert_eq!(judge(&answer(other, 200, BodyKind::Html, &beside)).fate, Fate::Unknown);
    let told = "<main><p>Il paraît : « This Post violated the X Rules »</p></main>";
    assert_eq!(x_page(told).fate, Fate::Unknown);
}

#[test]
fn errors_walls_and_refusals_are_no_fate() {
    for (status, fate) in [
        (429, Fate::RateLimited),
        (403, Fate::BlockedBot),
        (401, Fate::LoginWall),
        (500, Fate::TempError),
        (503, Fate::TempError),
        (302, Fate::Unknown),
        (400, Fate::Unknown),
    ] {
        for kind in [BodyKind::Html, BodyKind::Json] {
            for url in [URL, PAGE] {
                let seen = judge(&answer(url, status, kind, "<html>This Post violated the X Rules</html>"));
                assert_eq!((seen.fate, seen.would_count), (fate, false), "{status} {url}");
            }
        }
    }
    let silent = judge(&Answer { status: None, ..answer(URL, 0, BodyKind::Html, "") });
    assert_eq!(silent.fate, Fate::TempError);
    for (url, wall) in [
        (URL, "https://x.com/i/flow/login?redirect_after_login=%2F"),
        (URL, "https://x.com/"),
        (PAGE, "https://blog.example/wp-login.php?redirect_to=x"),
        (PAGE, "https://consent.blog.example/m?continue=x"),
    ] {
        let seen = judge(&Answer { final_url: Some(wall), ..answer(url, 200, BodyKind::Html, "<p>Bonjour</p>") });
        assert_eq!(seen.fate, Fate::LoginWall, "{wall}");
    }
}

#[test]
fn a_page_is_judged_by_the_captured_text() {
    let blog =
        "<main><p>Avant</p><p>Premier   paragraphe. Second ligne,\navec assez de <b>mots</b> pour compter.</p></main>";
    assert_eq!(page(200, blog).fate, Fate::Online);
    assert_eq!(page(200, "<main><p>Autre chose</p></main>").fate, Fate::GoneCauseUnknown);
    assert_eq!(page(200, "<title>Just a moment...</title><p>Vérification</p>").fate, Fate::BlockedBot);
    assert_eq!(page(200, "").fate, Fate::TempError);
    assert_eq!(page(404, "").fate, Fate::GoneCauseUnknown);
    assert_eq!(page(410, "<p>Parti</p>").fate, Fate::GoneCauseUnknown);
    let withheld = page(451, "");
    assert_eq!(withheld.fate, Fate::WithheldGeo);
    assert!(withheld.note.is_some());
    assert_eq!(judge(&answer(PAGE, 200, BodyKind::Html, blog)).fate, Fate::Unknown);
    let moved = Answer {
        text: Some(TEXT),
        final_url: Some("https://blog.example/"),
        ..answer(PAGE, 200, BodyKind::Html, "<p>Accueil</p>")
    };
    assert_eq!(judge(&moved).fate, Fate::Unknown);
    let short = |body| judge(&Answer { text: Some("Dehors !"), ..answer(PAGE, 200, BodyKind::Html, body) }).fate;
    assert_eq!(short("<p>Dehors !</p>"), Fate::Online);
    assert_eq!(short("<p>On les met dehors ! disait-il</p>"), Fate::GoneCauseUnknown);
}

#[test]
fn a_probe_names_its_address_and_the_permission_it_needs() {
    let x = probe(&permalink("https://x.com/a/status/1703436713362870723").unwrap()).unwrap();
    assert_eq!(
        x.url,
        "https://cdn.syndication.twimg.com/tweet-result?id=1703436713362870723&lang=en&token=44ni5iyte19"
    );
    assert_eq!((x.origin.as_str(), x.kind), ("https://cdn.syndication.twimg.com/*", BodyKind::Json));
    let blog = probe(&permalink("https://blog.example:8443/a?p=1#comment-2").unwrap()).unwrap();
    assert_eq!(
        (blog.url.as_str(), blog.origin.as_str()),
        ("https://blog.example:8443/a?p=1", "https://blog.example/*")
    );
    assert_eq!(blog.kind, BodyKind::Html);
}

/// What `SOURCES.tsv` says of each answer.
#[test]
fn collected_answers() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/fixtures/x"));
    if !folder.exists() {
        println!("{}: not on this machine, nothing compared", folder.display());
        return;
    }
    for (file, id, fate) in [
        ("fx_TweetDetail_1902059299591090335.json", "1902059299591090335", Fate::Online),
        ("fx_TweetDetail_991204.json", "991201", Fate::AccountSuspended),
        ("fx_TweetDetail_991204.json", "991301", Fate::Online),
        ("fx_TweetResultByRestId_1841206275088290279.json", "1841206275088290279", Fate::Online),
        ("fx_TweetResultByRestId_1899954694652309701.json", "1899954694652309701", Fate::Online),
        ("fx_TweetResultByRestId_1964084223871971826.json", "1964084223871971826", Fate::Online),
        ("fx_TweetResultByRestId_991001.json", "991001", Fate::Online),
        ("fx_TweetResultByRestId_991500.json", "991500", Fate::AccountSuspended),
        ("fx_UserResultByScreenName_testsuspendeduser.json", "991500", Fate::AccountSuspended),
        ("syn_graphql_TweetUnavailable_Deleted.json", "991500", Fate::DeletedByAuthor),
        ("syn_graphql_TweetUnavailable_NsfwLoggedOut.json", "991500", Fate::AgeWall),
        ("syn_graphql_TweetUnavailable_Protected.json", "991500", Fate::Private),
        ("syn_graphql_TweetUnavailable_Suspended.json", "991500", Fate::AccountSuspended),
        ("syn_syndication_notfound_empty_object.json", "991500", Fate::Unknown),
        ("syn_syndication_tombstone_age.json", "991500", Fate::AgeWall),
        ("syn_v1_withheld_text.json", "1525000000000000000", Fate::WithheldGeo),
        ("syndication_tweet-result_1703436713362870723.json", "1703436713362870723", Fate::Online),
        ("tws_raw_retweeters.json", "991500", Fate::Unknown),
        ("tws_raw_user_by_login.json", "991500", Fate::Unknown),
        ("twitwi_payload-v2.json", "991500", Fate::Unknown),
    ] {
        let body = fs::read_to_string(folder.join(file)).unwrap();
        let url = format!("https://x.com/a/status/{id}");
        assert_eq!(judge(&answer(&url, 200, BodyKind::Json, &body)).fate, fate, "{file}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn nothing_makes_it_panic(body in ".{0,300}", status in proptest::option::of(0u16..700), json in any::<bool>(), text in ".{0,40}") {
        let kind = if json { BodyKind::Json } else { BodyKind::Html };
        for url in [URL, PAGE, "", "x.com"] {
            let seen = judge(&Answer { url, final_url: Some(&text), status, kind, body: &body, text: Some(&text) });
            // Noise never proves moderation; only the status 451 says it by itself.
            prop_assert!(!seen.would_count || status == Some(451));
        }
    }
}
