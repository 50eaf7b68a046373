use std::{fs, path::PathBuf};

use super::*;
use crate::capture::{read, read_with};

const X: &str = "https://x.com/paul_invente/status/1990000000000000000";

/// `source level agrees | differs | in part | only page | only payload | missing`.
fn line(html: &str, url: &str, payload: Option<&str>) -> String {
    let (_, witness) = read_with(html, url, payload).unwrap();
    let witness = witness.unwrap_or_else(|| panic!("no witness for {url}"));
    let fields = |all: &[Difference]| {
        all.iter().map(|one| format!("{}: {} / {}", one.field, one.page, one.payload)).collect::<Vec<_>>().join(", ")
    };
    let told: Vec<_> = witness.only_payload.iter().map(|one| format!("{}: {}", one.field, one.value)).collect();
    let missing: Vec<_> = witness.missing.iter().map(|one| format!("{}/{}", one.what, one.reason)).collect();
    format!(
        "{} {:?} | {} | {} | {} | {} | {} | {}",
        witness.source,
        witness.level,
        witness.agrees.join(" "),
        fields(&witness.differs),
        fields(&witness.in_part),
        witness.only_page.join(" "),
        told.join(", "),
        missing.join(" ")
    )
}

fn x_page(text: &str) -> String {
    format!(
        r#"<article data-testid="tweet"><div data-testid="User-Name"><a href="/paul_invente"><span dir="ltr">Paul Inventé</span></a></div>
        <a href="/paul_invente/status/1990000000000000000"><time datetime="2025-11-16T10:22:48.000Z"></time></a><div data-testid="tweetText" lang="fr">{text}</div></article>"#
    )
}

fn syndication(text: &str) -> Value {
    serde_json::json!({
        "__typename": "Tweet", "id_str": "1990000000000000000", "text": text, "lang": "fr", "created_at": "2025-11-16T10:22:48.000Z",
        "user": { "id_str": "42", "name": "Paul Inventé", "screen_name": "Paul_Invente" }
    })
}

const ALL: &str = "text author.display_name author.handle published_at lang";

#[test]
fn two_accounts_that_agree() {
    let told =
        line(&x_page("Bonjour &amp; bienvenue ❤️"), X, Some(&syndication("Bonjour &amp; bienvenue ❤").to_string()));
    assert_eq!(told, format!("syndication PublicApi | {ALL} |  |  |  | author.account_id: 42 | "));
}

#[test]
fn a_difference_shows_both_sides() {
    let mut other = syndication("Autre chose");
    other["user"]["screen_name"] = "luc_invente".into();
    other["created_at"] = "2025-11-16T10:22:49.000Z".into();
    assert_eq!(
        line(&x_page("Bonjour"), X, Some(&other.to_string())),
        "syndication PublicApi | author.display_name lang | text: Bonjour / Autre chose, author.handle: paul_invente / luc_invente, \
         published_at: 2025-11-16T10:22:48.000Z / 2025-11-16T10:22:49.000Z |  |  | author.account_id: 42 | "
    );
}

#[test]
fn links_pictures_and_mentions_are_written_differently_in_the_payload() {
    let mut told = syndication("@luc_invente Voir https://t.co/abc https://t.co/pic");
    told["entities"] =
        serde_json::json!({ "urls": [{ "url": "https://t.co/abc", "expanded_url": "https://blog.example/un/deux" }] });
    told["mediaDetails"] = serde_json::json!([{ "url": "https://t.co/pic" }]);
    told["display_text_range"] = serde_json::json!([13, 34]);
    let page = x_page(
        r#"Voir <a href="https://t.co/abc"><span aria-hidden="true">https://</span>blog.example/un/deux<span aria-hidden="true">…</span></a>"#,
    );
    assert!(line(&page, X, Some(&told.to_string())).starts_with(&format!("syndication PublicApi | {ALL} |")));
}

#[test]
fn a_beginning_is_no_contradiction() {
    let told = line(&x_page("Le début"), X, Some(&syndication("Le début et la fin").to_string()));
    assert!(told.contains("| text: Le début / Le début et la fin |"), "{told}");
}

#[test]
fn a_payload_that_says_nothing_says_why() {
    let why = |payload: &str| line(&x_page("Bonjour"), X, Some(payload)).rsplit("| ").next().unwrap().to_owned();
    assert_eq!(why("{}"), "payload/no_post");
    assert_eq!(why("<html>"), "payload/not_json");
    assert_eq!(why(""), "payload/not_json");
    assert_eq!(why(&"[".repeat(100_000)), "payload/not_json");
    assert_eq!(why(r#"{"__typename":"TweetTombstone"}"#), "payload/no_post");
    assert_eq!(why(&syndication("a").to_string().replace("1990000000000000000", "1")), "payload/another_post");
    let facebook = r#"<div role="article"><h3><a role="link" href="/paul.invente">Paul</a></h3><div data-ad-preview="message">Le texte</div></div>"#;
    let url = "https://www.facebook.com/paul.invente/posts/428202057564823";
    assert!(line(facebook, url, Some("{}")).ends_with("payload/no_rules"));
    assert_eq!(read_with(facebook, url, None).unwrap().1, None);
}

#[test]
fn graphql_tells_the_same_of_a_post_on_x() {
    let told = serde_json::json!({ "data": { "tweetResult": { "result": { "__typename": "Tweet", "rest_id": "1990000000000000000",
        "core": { "user_results": { "result": { "rest_id": "42", "legacy": { "name": "Paul Inventé", "screen_name": "paul_invente" } } } },
        "legacy": { "full_text": "Bonjour", "lang": "fr", "created_at": "Sun Nov 16 10:22:48 +0000 2025" } } } } });
    assert!(
        line(&x_page("Bonjour"), X, Some(&told.to_string()))
            .starts_with(&format!("syndication PublicApi | {ALL} |  |"))
    );
}

#[test]
fn bluesky_mastodon_and_reddit() {
    let html = r#"<div data-testid="postThreadItem-by-paul.invente.example"><a href="/profile/paul.invente.example"><span dir="auto">Paul</span></a><div data-testid="postText">Bonjour 🐸</div></div>"#;
    let view = |rkey: &str| {
        serde_json::json!({ "uri": format!("at://did:plc:demo/app.bsky.feed.post/{rkey}"), "author": { "did": "did:plc:demo", "handle": "paul.invente.example", "displayName": "Paul" },
            "record": { "text": "Bonjour 🐸", "langs": ["fr"], "reply": { "parent": { "uri": "at://did:plc:luc/app.bsky.feed.post/3kparent" } } }, "indexedAt": "2024-09-11T17:11:57Z" })
    };
    let url = "https://bsky.app/profile/paul.invente.example/post/3l3vgf77uco2g";
    let expected = "appview PublicApi | text author.display_name author.handle |  |  |  | author.account_id: did:plc:demo, \
        published_at: 2024-09-11T17:11:57.000Z, lang: fr, in_reply_to.id: 3kparent | ";
    let thread = serde_json::json!({ "thread": { "post": view("3l3vgf77uco2g") } }).to_string();
    let posts = serde_json::json!({ "posts": [view("3other"), view("3l3vgf77uco2g")] }).to_string();
    assert_eq!(line(html, url, Some(&thread)), expected);
    assert_eq!(line(html, url, Some(&posts)), expected);

    let html = r#"<div class="detailed-status"><strong class="display-name__html">Paul</strong><span class="display-name__account">@paul_invente@piaille.example</span>
        <div class="status__content"><p>Bonjour &amp; <a href="https://blog.example/1"><span class="invisible">https://</span>blog.example/1</a></p><p>la suite</p></div>
        <a class="detailed-status__datetime" href="/@paul_invente/103270115826048975"><time datetime="2019-12-08T03:48:33.901Z"></time></a></div>"#;
    let told = r#"{"id":"103270115826048975","created_at":"2019-12-08T03:48:33.901Z","language":"fr","content":"<p>Bonjour &amp; <a href=\"https://blog.example/1\"><span class=\"invisible\">https://</span>blog.example/1</a></p><p>la suite</p>",
        "account":{"id":"1","acct":"paul_invente","display_name":"Paul"}}"#;
    assert_eq!(
        line(html, "https://piaille.example/@paul_invente/103270115826048975", Some(told)),
        "api PublicApi | text author.display_name author.handle published_at |  |  |  | author.account_id: 1, lang: fr | "
    );

    let html = r#"<shreddit-comment thingid="t1_ccc111" permalink="/r/exemple/comments/abc123/comment/ccc111/" author="luc_invente"><div slot="comment"><p>Premier</p><p>Second</p></div><time datetime="2016-09-05T15:51:40Z"></time></shreddit-comment>"#;
    let told = r#"{"data":{"children":[{"kind":"t1","data":{"id":"ccc111","author":"luc_invente","author_fullname":"t2_x","created_utc":1473090700.0,"parent_id":"t3_abc123",
        "body":"Premier\n\nSecond","body_html":"<div class=\"md\"><p>Premier</p>\n\n<p>Second</p>\n</div>"}}]}}"#;
    assert_eq!(
        line(html, "https://www.reddit.com/r/exemple/comments/abc123/comment/ccc111/", Some(told)),
        "json PublicApi | text author.handle published_at |  |  |  | author.account_id: t2_x, in_reply_to.id: abc123 | "
    );
}

#[test]
fn what_the_page_itself_keeps_needs_no_payload() {
    let state = |id: &str| {
        format!(
            r#"<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">{{"__DEFAULT_SCOPE__":{{"webapp.video-detail":{{"itemInfo":{{"itemStruct":{{"id":"{id}","desc":"Le texte","createTime":"1688816612","author":{{"id":"1","uniqueId":"paul_invente","nickname":"Paul"}}}}}}}}}}}}</script>"#
        )
    };
    let shown = r#"<div data-e2e="recommend-list-item-container"><a data-e2e="browse-username" href="/@paul_invente">paul_invente</a><span data-e2e="browser-nickname">Paul</span><div data-e2e="browse-video-desc">Le texte</div></div>"#;
    let url = "https://www.tiktok.com/@paul_invente/video/7253412088251534594";
    assert_eq!(
        line(&format!("{}{shown}", state("7253412088251534594")), url, None),
        "page_state PageState | text author.display_name author.handle |  |  |  | author.account_id: 1, published_at: 2023-07-08T11:43:32.000Z | "
    );
    let stale = format!("{}{shown}", state("7"));
    assert_eq!(read_with(&stale, url, None).unwrap().1, None, "the data of another video");
    let alone = read_with(&state("7253412088251534594"), url, None).unwrap();
    assert_eq!((alone.0.text.as_str(), alone.1), ("Le texte", None), "what was read from it cannot confirm itself");
    assert_eq!(read(&stale, url).unwrap().text, "Le texte");
}

#[test]
fn structured_data_of_any_page_is_compared_before_it_completes_the_post() {
    let page = |name: &str| {
        format!(
            r#"<script type="application/ld+json">{{"@type":"Comment","@id":"https://blog.example/a#comment-7","author":{{"name":"{name}"}},"datePublished":"2026-05-12T10:00:00Z","text":"Le texte"}}</script>
            <ol><li class="comment" id="comment-7"><cite class="comment-author"><b class="fn">Paul</b></cite><div class="comment-content">Le texte</div></li></ol>"#
        )
    };
    let url = "https://blog.example/a#comment-7";
    assert_eq!(
        line(&page("Paul"), url, None),
        "json_ld PageState | text author.display_name |  |  |  | published_at: 2026-05-12T10:00:00.000Z | "
    );
    assert!(line(&page("Luc"), url, None).contains("author.display_name: Paul / Luc"));
}

#[test]
fn only_the_values_of_the_witness_are_kept_of_a_pages_data() {
    let kept =
        crate::capture::plan("https://www.tiktok.com/@paul_invente/video/7253412088251534594").unwrap().page_state;
    assert_eq!(kept.len(), 1);
    let front = "/__DEFAULT_SCOPE__/webapp.video-detail/itemInfo/itemStruct";
    assert!(kept[0].paths.contains(&format!("{front}/id")) && kept[0].paths.iter().all(|path| path.starts_with(front)));
}

#[test]
fn every_platform_with_an_address_for_a_witness_asks_the_right_one() {
    let asked = |url: &str| {
        let request = witness_request(&platform::permalink(url).unwrap());
        request.map(|request| (request.source, request.url, request.origin))
    };
    let (source, url, origin) = asked("https://x.com/i/web/status/1703436713362870723").unwrap();
    assert_eq!(source, "syndication");
    assert_eq!(url, "https://cdn.syndication.twimg.com/tweet-result?id=1703436713362870723&lang=en&token=44ni5iyte19");
    assert_eq!(origin, "https://cdn.syndication.twimg.com/*");
    assert!(asked("https://www.reddit.com/r/a/comments/abc123/").unwrap().1.contains("/comments/abc123.json"));
    assert!(
        asked("https://piaille.example/@paul/103270115826048975")
            .unwrap()
            .1
            .ends_with("/api/v1/statuses/103270115826048975")
    );
    assert_eq!(asked("https://www.facebook.com/paul.invente/posts/428202057564823"), None);
    assert_eq!(asked("https://blog.example/a"), None);
}

#[test]
fn collected_payloads_agree_with_collected_pages() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/fixtures"));
    if !folder.exists() {
        println!("{}: not on this machine, nothing compared", folder.display());
        return;
    }
    let words = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
    let told = |file: &str, url: &str| {
        let permalink = platform::permalink(url).unwrap();
        let root: Value = serde_json::from_str(&words(file)).unwrap();
        let templates = &platform::by_id(&permalink.platform).unwrap().witnesses;
        let account = templates
            .iter()
            .filter(|one| serves(one, &permalink))
            .find_map(|one| account(&root, one, &permalink.id).ok());
        let account = account.unwrap_or_else(|| panic!("{file}"));
        ["author.handle", "published_at"].map(|field| account.first(field).unwrap_or_default()).join(" ")
    };
    for (file, url, expected) in [
        (
            "x/syndication_tweet-result_1703436713362870723.json",
            "https://x.com/i/status/1703436713362870723",
            "rhaksw 2023-09-17T15:52:15.000Z",
        ),
        (
            "bluesky/fx_thread-single.json",
            "https://bsky.app/profile/author.test/post/rkeymain",
            "author.test 2024-06-01T12:01:00.000Z",
        ),
        (
            "mastodon/doc_entities_Status_01.json",
            "https://mastodon.social/@Gargron/103270115826048975",
            "Gargron 2019-12-08T03:48:33.901Z",
        ),
        (
            "reddit/syn_post_online.json",
            "https://www.reddit.com/r/demo/comments/abc123/",
            "demo 2023-11-14T22:13:20.000Z",
        ),
    ] {
        assert_eq!(told(file, url), expected, "{file}");
    }
    let tiktok = words("tiktok/syn_video_online.html");
    assert_eq!(
        read(&tiktok, "https://www.tiktok.com/@demo/video/7253412088251534594").unwrap().author.handle.as_deref(),
        Some("demo")
    );
}
