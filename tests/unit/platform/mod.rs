use std::{fs, path::PathBuf};

use proptest::prelude::*;
use scraper::Selector;

use std::collections::BTreeMap;

use super::*;

fn shared(path: &str) -> Option<String> {
    let whole = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/fixtures")).join(path);
    let text = fs::read_to_string(&whole).ok();
    if text.is_none() {
        println!("{path}: not on this machine, nothing compared");
    }
    text
}

fn code(url: &str) -> &'static str {
    permalink(url).unwrap_err().code()
}

#[test]
fn every_data_file_loads_and_its_patterns_compile() {
    let mut size = 0;
    for text in registry::FILES {
        size += text.len();
        let name = text.lines().find(|line| line.starts_with("id = ")).unwrap();
        let platform = registry::load(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let reader = &platform.reader;
        let picks = [&reader.display_name, &reader.handle, &reader.account_id, &reader.time, &reader.reply_to];
        let picks: Vec<&Pick> = picks.into_iter().flatten().collect();
        let single = [&reader.permalink, &reader.quoted, &reader.quoted_link, &reader.nested, &reader.truncated]
            .into_iter()
            .flatten();
        let all = std::iter::once(&reader.post)
            .chain(single)
            .chain(&reader.text)
            .chain(picks.iter().map(|pick| &pick.css))
            .chain(reader.media.iter().map(|media| &media.css))
            .chain(reader.counters.iter().map(|counters| &counters.css))
            .chain(reader.main.values());
        for css in all {
            assert!(Selector::parse(css).is_ok(), "{}: {css}", platform.id);
        }
        for pattern in picks.iter().filter_map(|pick| pick.pattern.as_ref()) {
            assert!(regex_lite::Regex::new(pattern).is_ok(), "{}: {pattern}", platform.id);
        }
        for wall in &platform.fate.walls {
            assert!(regex_lite::Regex::new(&wall.address).is_ok(), "{}: {}", platform.id, wall.address);
        }
        for witness in &platform.witnesses {
            let known = |kind: &String| platform.kinds().contains(kind.as_str());
            assert!(witness.of.iter().all(known), "{}: {:?}", platform.id, witness.of);
            assert!(witness.page.iter().all(|page| Selector::parse(&page.css).is_ok()), "{}", platform.id);
            assert_eq!(witness.page.is_some(), witness.level == Level::PageState, "{}", platform.id);
            for pattern in [&witness.id_pattern, &witness.handle_pattern].into_iter().flatten() {
                assert!(regex_lite::Regex::new(pattern).is_ok(), "{}: {pattern}", platform.id);
            }
        }
        for media in &reader.media {
            assert!(["image", "poster", "video", "card"].contains(&media.kind.as_str()), "{}", media.kind);
        }
        for kind in reader.expected_of.keys() {
            assert!(platform.kinds().contains(kind.as_str()), "{}: {kind}", platform.id);
        }
        for field in reader.expected.iter().chain(reader.expected_of.values().flatten()) {
            assert!(
                ["author.handle", "author.display_name", "published_at", "text"].contains(&field.as_str()),
                "{field}"
            );
        }
    }
    assert_eq!(all().len(), registry::FILES.len());
    assert!(size < 150_000, "{size} bytes travel in the module");
    assert!(generic().unwrap().is_generic());
}

// Found by altered inputs: the canonical address, without the last dot, was another page's.
#[test]
fn a_host_without_a_domain_is_no_instance() {
    for url in ["https://www./@invente/113500000000000000", "https://localhost./@invente/113500000000000000"] {
        assert_eq!(permalink(url).map(|link| link.platform).unwrap(), "generic", "{url}");
    }
    let link = permalink("https://piaille.example./@invente/113500000000000000").unwrap();
    assert_eq!((link.platform.as_str(), permalink(&link.canonical).as_ref()), ("mastodon", Ok(&link)));
}

/// For volunteers: what the documentation says is what the program reads.
#[test]
fn the_documentation_names_every_key_and_no_other() {
    let source = include_str!("../../../src/platform/data.rs");
    let structure = regex_lite::Regex::new(r"(?s)\nstruct (\w+) \{(.*?)\n\}").unwrap();
    let source = source.replace("pub(super) struct", "struct").replace("pub struct", "struct");
    let key = regex_lite::Regex::new(r"(?m)^    pub (\w+):").unwrap();
    let written: BTreeMap<String, Vec<String>> = structure
        .captures_iter(&source)
        .map(|found| (found[1].to_owned(), key.captures_iter(&found[2]).map(|key| key[1].to_owned()).collect()))
        .collect();
    let text = include_str!("../../../src/platform/README.md");
    let heading = regex_lite::Regex::new(r"\(`(\w+)`\)$").unwrap();
    let row = regex_lite::Regex::new(r"(?m)^\| `(\w+)` \|").unwrap();
    let explained: BTreeMap<String, Vec<String>> = text
        .split("\n### ")
        .filter_map(|part| {
            let name = heading.captures(part.lines().next()?)?[1].to_owned();
            Some((name, row.captures_iter(part).map(|key| key[1].to_owned()).collect()))
        })
        .collect();
    assert!(written.len() > 20 && written["Reader"].len() > 20);
    assert_eq!(explained, written);
}

#[test]
fn a_misspelt_key_is_an_error() {
    let text = include_str!("../../../src/platform/x.toml").replace("truncated = ", "truncatd = ");
    assert!(matches!(registry::load(&text), Err(registry::DataError::Shape(_))));
}

#[test]
fn every_shape_of_an_x_address_gives_the_same_post() {
    for url in [
        "https://x.com/Paul_I/status/2001950365332455490",
        "  https://x.com/Paul_I/status/2001950365332455490?s=20&t=abc#m ",
        "http://www.twitter.com/Paul_I/statuses/2001950365332455490/",
        "https://mobile.twitter.com/Paul_I/status/2001950365332455490/photo/1",
        "https://m.twitter.com/@Paul_I/status/2001950365332455490/analytics",
        "https://twitter.com/#!/Paul_I/status/2001950365332455490",
        "https://fxtwitter.com/Paul_I/status/2001950365332455490/fr",
        "https://vxtwitter.com/Paul_I/status/2001950365332455490",
        "https://nitter.example.org/Paul_I/status/2001950365332455490#m",
        "https://X.COM./Paul_I/status/2001950365332455490",
        "x.com/Paul_I/status/2001950365332455490",
    ] {
        let found = permalink(url).unwrap();
        assert_eq!((found.platform.as_str(), found.kind.as_str()), ("x", "post"), "{url}");
        assert_eq!(found.canonical, "https://x.com/Paul_I/status/2001950365332455490", "{url}");
        assert_eq!(found.created_at.unwrap().rfc3339(), "2025-12-19T09:38:56.191Z");
        assert_eq!(found.created_at_meaning, Some(IdTime::Exact));
    }
    for url in [
        "https://x.com/i/web/status/2001950365332455490",
        "https://twitter.com/i/status/2001950365332455490",
        "https://twitter.com/statuses/2001950365332455490",
        "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=2001950365332455490",
    ] {
        let found = permalink(url).unwrap();
        assert_eq!(found.canonical, "https://x.com/i/web/status/2001950365332455490");
        assert_eq!(found.handle, None);
    }
    let old = permalink("https://twitter.com/jack/status/20").unwrap();
    assert_eq!((old.id.as_str(), old.created_at), ("20", None));
}

#[test]
fn what_is_not_a_post_of_x_is_never_called_one() {
    for url in [
        "https://x.com/",
        "https://x.com/Paul_I",
        "https://x.com/search/status/2001950365332455490",
        "https://x.com/Paul_I/status/abc",
        "https://x.com/Paul_I/status/2001950365332455490abc",
        "https://x.com/Paul_I/status/99999999999999999999",
        "https://x.com/a_name_far_too_long/status/2001950365332455490",
        "https://x.com/i/spaces/1vAxRAVQWONJl",
        "https://x.com/i/lists/1551265122798157826",
        "https://t.co/JLoLiR5BcW",
        "https://x.com/embed/Tweet.html?id=2001950365332455490",
    ] {
        assert_eq!(code(url), "not_post", "{url}");
    }
    let space = permalink("https://x.com/i/spaces/1vAxRAVQWONJl").unwrap_err();
    assert_eq!(space.to_string(), "cette adresse de X (Twitter) désigne un espace audio, pas un message");
    assert!(permalink("https://t.co/JLoLiR5BcW").unwrap_err().to_string().contains("un lien court"));
    for url in
        ["https://xn--x1a.com/Paul_I/status/2001950365332455490", "https://notx.com/Paul_I/status/2001950365332455490"]
    {
        assert_eq!(permalink(url).unwrap().kind, "page", "{url}");
    }
    // Browsers give a name in Punycode; typed with its own letters, it is refused rather than taken for another.
    assert_eq!(code("https://х.com/Paul_I/status/2001950365332455490"), "not_url");
}

#[test]
fn broken_and_deceptive_addresses_are_named() {
    assert_eq!(code(""), "not_url");
    assert_eq!(code("bonjour"), "not_url");
    assert_eq!(code("https://"), "not_url");
    assert_eq!(code("https://x.com:99999/Paul_I/status/1"), "not_url");
    assert_eq!(code("https://x.com:8443/Paul_I/status/2001950365332455490"), "url_port");
    assert_eq!(code("https://x.com@mal.example/Paul_I/status/2001950365332455490"), "url_userinfo");
    assert_eq!(code("https://a:b@blog.example/"), "url_userinfo");
    assert_eq!(code("file:///etc/passwd"), "not_web");
    assert_eq!(code("javascript:alert(1)"), "not_web");
    assert_eq!(code(&format!("https://x.com/{}", "a".repeat(1_000_000))), "url_too_long");
    // Short enough as written, but not as an address is kept: it would not be understood again.
    assert_eq!(code(&format!("https://blog.example/{}", "é".repeat(5_000))), "url_too_long");
    assert_eq!(
        code(&format!("https://www.facebook.com/permalink.php?story_fbid={}&id=1", "é".repeat(5_000))),
        "url_too_long"
    );
}

#[test]
fn a_page_keeps_what_names_it_and_nothing_else() {
    let canonical = |url: &str| permalink(url).unwrap().canonical;
    assert_eq!(canonical("https://Blog.example/a?utm_source=x&p=7&fbclid=1#top"), "https://blog.example/a?p=7");
    assert_eq!(canonical("https://blog.example/a?utm_source=x"), "https://blog.example/a");
    assert_eq!(canonical("https://blog.example/a?q=%C3%A9+b&x"), "https://blog.example/a?q=%C3%A9+b&x");
    assert_eq!(canonical("https://blog.example/a#comment-12"), "https://blog.example/a#comment-12");
    assert_eq!(canonical("https://blog.example/a#:~:text=bonjour"), "https://blog.example/a");
    assert_eq!(canonical("https://blog.example/a#!/route"), "https://blog.example/a");
    let first = permalink("https://blog.example/a?gclid=1").unwrap();
    let second = permalink("https://blog.example/a").unwrap();
    assert_eq!((first.platform.as_str(), first.kind.as_str(), first.id.len()), ("generic", "page", 16));
    assert_eq!(first, second);
}

#[test]
fn a_place_says_whose_page_it_is() {
    let timeline = place("https://x.com/home").unwrap();
    assert_eq!((timeline.platform.id.as_str(), timeline.permalink, timeline.own), ("x", None, true));
    let mirror = place("https://nitter.example.org/a/status/2001950365332455490").unwrap();
    assert!(!mirror.own && mirror.permalink.is_some());
    assert_eq!(place("https://blog.example/").unwrap().platform.id, "generic");
}

#[test]
fn the_notice_form_is_filled_with_what_is_known() {
    let channel = &by_id("x").unwrap().channels[0];
    let address = channel.address(&permalink("https://x.com/Paul_I/status/2001950365332455490").unwrap()).unwrap();
    assert_eq!(
        address,
        "https://help.x.com/forms/dsa/report?content_id=https%3A%2F%2Fx.com%2FPaul_I%2Fstatus%2F2001950365332455490&content_type=post&content_author=%40Paul_I"
    );
    let nameless = channel.address(&permalink("https://x.com/i/status/2001950365332455490").unwrap()).unwrap();
    assert!(!nameless.contains("content_author"));
}

/// Lines that say `post` and are not one; the shape of address that shows it.
const DISPUTED: [(&str, &str, &str); 3] = [
    // `dailymotion.com/user/<name>` is a person's channel; a video is `dailymotion.com/video/x…`.
    ("http://www.dailymotion.com/user/UnderProject", "account", "UnderProject"),
    // `instagram.com/explore/tags/<word>` lists the posts of everybody; a post is `instagram.com/p/<code>/`.
    ("https://instagram.com/explore/tags/lolcats", "tag", "lolcats"),
    // `odysee.com/$/list/<claim>` is the older form of `/$/playlist/<claim>`, which the same table calls no post.
    (
        "https://odysee.com/$/list/9c6658b3dd21e4f2a0602d523a13150e2b48b770",
        "list",
        "9c6658b3dd21e4f2a0602d523a13150e2b48b770",
    ),
];

/// Shapes of the grammars: each address, then what it names.
const SHAPES: &str = "\
https://m.facebook.com/paul.invente/posts/pfbid02abcDEF?__cft__[0]=x&__tn__=R | facebook post pfbid02abcDEF | https://www.facebook.com/paul.invente/posts/pfbid02abcDEF
https://www.facebook.com/paul/posts/un-titre/123456789 | facebook post 123456789 | https://www.facebook.com/paul/posts/123456789
https://fr-fr.facebook.com/groups/demo/?multi_permalinks=123456789&ref=share | facebook post 123456789 | https://www.facebook.com/groups/demo/posts/123456789/
https://www.facebook.com/paul/posts/123456789?comment_id=987&reply_comment_id=654 | facebook comment 654 | https://www.facebook.com/paul/posts/123456789?comment_id=987&reply_comment_id=654
https://www.facebook.com/paul/posts/123456789?comment_id=Y29tbWVudDoxMjM0NTY3ODlfOTg3 | facebook comment 987 | https://www.facebook.com/paul/posts/123456789?comment_id=987
https://www.facebook.com/permalink.php?story_fbid=pfbid02abc&id=61550000000000&comment_id=987 | facebook comment 987 | https://www.facebook.com/permalink.php?story_fbid=pfbid02abc&id=61550000000000&comment_id=987
https://www.facebook.com/reel/123456789/?mibextid=x | facebook reel 123456789 | https://www.facebook.com/reel/123456789
https://web.facebook.com/stories/123456789/UzpfSVNDOjE=/ | facebook story UzpfSVNDOjE= | https://www.facebook.com/stories/123456789/UzpfSVNDOjE=/
https://www.instagram.com/p/DXeh-kYiIge/?igsh=x&img_index=2 | instagram post DXeh-kYiIge | https://www.instagram.com/p/DXeh-kYiIge/
https://instagr.am/p/DXeh-kYiIge | instagram post DXeh-kYiIge | https://www.instagram.com/p/DXeh-kYiIge/
https://www.instagram.com/p/DXeh-kYiIge/c/18000000000000001/r/18000000000000002/ | instagram comment 18000000000000002 | https://www.instagram.com/p/DXeh-kYiIge/c/18000000000000001/r/18000000000000002/
https://www.instagram.com/stories/paul_invente/3881689364048676894/ | instagram story 3881689364048676894 | https://www.instagram.com/stories/paul_invente/3881689364048676894/
https://www.threads.net/@paul_invente/post/DXhZAMkljvS?xmt=x | threads post DXhZAMkljvS | https://www.threads.com/@paul_invente/post/DXhZAMkljvS
https://www.threads.com/t/DXhZAMkljvS | threads post DXhZAMkljvS | https://www.threads.com/t/DXhZAMkljvS
https://m.youtube.com/watch?v=aaaaaaaaaaa&lc=UgzzzzzzzzzzzzzzzzzzzzAaABAg.9abc&si=x | youtube comment UgzzzzzzzzzzzzzzzzzzzzAaABAg.9abc | https://www.youtube.com/watch?v=aaaaaaaaaaa&lc=UgzzzzzzzzzzzzzzzzzzzzAaABAg.9abc
https://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa/community?lb=Ugkxaaaaaaaaaaaa | youtube post Ugkxaaaaaaaaaaaa | https://www.youtube.com/post/Ugkxaaaaaaaaaaaa
https://www.youtube-nocookie.com/embed/aaaaaaaaaaa?rel=0 | youtube video aaaaaaaaaaa | https://www.youtube.com/watch?v=aaaaaaaaaaa
https://gaming.youtube.com/live/aaaaaaaaaaa | youtube video aaaaaaaaaaa | https://www.youtube.com/watch?v=aaaaaaaaaaa
https://www.tiktok.com/@paul.invente/photo/7253412088251534594?_r=1 | tiktok photo 7253412088251534594 | https://www.tiktok.com/@paul.invente/photo/7253412088251534594
https://m.tiktok.com/v/7253412088251534594.html | tiktok video 7253412088251534594 | https://www.tiktok.com/@/video/7253412088251534594
https://www.tiktok.com/@/video/7253412088251534594?share_comment_id=7253412088251534599 | tiktok comment 7253412088251534599 | https://www.tiktok.com/@/video/7253412088251534594?share_comment_id=7253412088251534599
at://did:plc:demo/app.bsky.feed.post/3l3vgf77uco2g | bluesky post 3l3vgf77uco2g | https://bsky.app/profile/did:plc:demo/post/3l3vgf77uco2g
https://fxbsky.app/profile/paul.example/post/3l3vgf77uco2g/liked-by | bluesky post 3l3vgf77uco2g | https://bsky.app/profile/paul.example/post/3l3vgf77uco2g
https://piaille.example/@paul/103270115826048975 | mastodon post 103270115826048975 | https://piaille.example/@paul/103270115826048975
https://piaille.example/users/paul/statuses/103270115826048975 | mastodon post 103270115826048975 | https://piaille.example/@paul/103270115826048975
https://mamot.fr/@paul@piaille.example/103270115826048975 | mastodon copy 103270115826048975 | https://mamot.fr/@paul@piaille.example/103270115826048975
https://mastodon.social/@Gargron/1 | mastodon post 1 | https://mastodon.social/@Gargron/1
https://social.example/notice/AXb4wGzGzGzGzGzGzG | mastodon post AXb4wGzGzGzGzGzGzG | https://social.example/notice/AXb4wGzGzGzGzGzGzG
https://gts.example/@paul/statuses/01HE0YQ2P8X5D6N7M8K9J0ABCD | mastodon post 01HE0YQ2P8X5D6N7M8K9J0ABCD | https://gts.example/@paul/statuses/01HE0YQ2P8X5D6N7M8K9J0ABCD
https://misskey.io/notes/9abcdefghi | mastodon post 9abcdefghi | https://misskey.io/notes/9abcdefghi
https://tube.example/w/9c9de5e8a1234567890abc | generic
https://tube.example/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d | mastodon video 9c9de5e8-0a1e-484a-b099-e80766180a6d | https://tube.example/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d
https://photo.example/p/paul_invente/123456789012345678 | pixelfed post 123456789012345678 | https://photo.example/p/paul_invente/123456789012345678
https://pixelfed.social/i/web/post/123456789012345678 | pixelfed post 123456789012345678 | https://pixelfed.social/i/web/post/123456789012345678
https://pixelfed.social/paul_invente | not_post
https://photo.example/p/paul_invente/1234 | generic
https://jlai.lu/post/12345 | mastodon thread 12345 | https://jlai.lu/post/12345
https://np.reddit.com/r/exemple/comments/abc123/titre/def456/?context=3 | reddit comment def456 | https://www.reddit.com/r/exemple/comments/abc123/comment/def456/
https://www.reddit.com/r/exemple/comments/abc123/comment/def456/ | reddit comment def456 | https://www.reddit.com/r/exemple/comments/abc123/comment/def456/
https://redd.it/abc123 | reddit post abc123 | https://www.reddit.com/comments/abc123/
https://www.reddit.com/user/paul/comments/abc123/titre/ | reddit post abc123 | https://www.reddit.com/user/paul/comments/abc123/
https://www.jeuxvideo.com/forums/42-51-70000000-3-0-1-0-un-titre.htm | jeuxvideo topic 70000000 | https://www.jeuxvideo.com/forums/42-51-70000000-1-0-1-0-un-titre.htm
https://www.jeuxvideo.com/forums/42-51-70000000-3-0-1-0-un-titre.htm#post_1234567890 | jeuxvideo message 1234567890 | https://www.jeuxvideo.com/forums/message/1234567890
https://t.me/s/demo_chan/442?single | telegram post 442 | https://t.me/demo_chan/442
https://telegram.dog/demo_chan/12/442 | telegram post 442 | https://t.me/demo_chan/442
https://t.me/demo_chan/442?comment=7 | telegram comment 7 | https://t.me/demo_chan/442?comment=7
tg://resolve?domain=demo_chan&post=442 | telegram post 442 | https://t.me/demo_chan/442
https://t.me/c/1234567890/442 | telegram post 442 | https://t.me/c/1234567890/442
https://dai.ly/x5kesuj | dailymotion video x5kesuj | https://www.dailymotion.com/video/x5kesuj
https://www.linkedin.com/embed/feed/update/urn:li:share:7016901149999955968 | linkedin post 7016901149999955968 | https://www.linkedin.com/feed/update/urn:li:share:7016901149999955968/
https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7016901149999955968/?commentUrn=urn%3Ali%3Acomment%3A%28activity%3A7016901149999955968%2C7016901150000000000%29 | linkedin comment 7016901150000000000 | https://www.linkedin.com/feed/update/urn:li:activity:7016901149999955968/?commentUrn=urn%3Ali%3Acomment%3A%28activity:7016901149999955968%2C7016901150000000000%29
https://www.linkedin.com/posts/paul-invente_un-titre-ugcPost-7016901149999955968-AbCd | linkedin post 7016901149999955968 | https://www.linkedin.com/feed/update/urn:li:ugcPost:7016901149999955968/
https://www.twitch.tv/demo/clip/SlugOfTheClip-abc_1 | twitch clip SlugOfTheClip-abc_1 | https://clips.twitch.tv/SlugOfTheClip-abc_1
https://www.snapchat.com/@paul/spotlight/W7_EDlXWTBiXAEEniNoMPwAAY | snapchat spotlight W7_EDlXWTBiXAEEniNoMPwAAY | https://www.snapchat.com/@paul/spotlight/W7_EDlXWTBiXAEEniNoMPwAAY
https://canary.discord.com/channels/@me/175928847299117062/175928847299117063 | discord message 175928847299117063 | https://discord.com/channels/@me/175928847299117062/175928847299117063
https://m.vk.com/wall-1_2?reply=3 | vk comment 3 | https://vk.com/wall-1_2?reply=3
https://vk.ru/demo?w=wall-1_2_r3 | vk comment 3 | https://vk.com/wall-1_2?reply=3
https://vk.com/video_ext.php?oid=-1&id=2&hash=x | vk video -1_2 | https://vk.com/video-1_2
lbry://@demo#1/un-titre#ab | odysee video un-titre:ab | https://odysee.com/@demo:1/un-titre:ab
https://odysee.com/@demo:1/un-titre:9c6658b3dd21e4f2a0602d523a13150e2b48b770 | odysee video 9c6658b3dd21e4f2a0602d523a13150e2b48b770 | https://odysee.com/un-titre:9c6658b3dd21e4f2a0602d523a13150e2b48b770
https://www.facebook.com/share/p/1AbCdEfG/ | not_post
https://fb.watch/abc/ | not_post
https://www.facebook.com/groups/demo/ | not_post
https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Fpaul%2Fposts%2F123456789 | not_post
https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fmal.example%2Fpaul%2Fposts%2F123456789 | not_post
https://www.instagram.com/reels/audio/123456789/ | not_post
https://www.instagram.com/s/aGlnaGxpZ2h0OjE4 | not_post
https://www.youtube.com/embed/live_stream?channel=UCaaaaaaaaaaaaaaaaaaaaaa | not_post
https://www.youtube.com/watch?v=aaaaaaaaaaaa | not_post
https://vt.tiktok.com/ZSe4FqkKd/ | not_post
https://go.bsky.app/abc | not_post
https://mastodon.social/@Gargron | not_post
https://v.redd.it/zv89llsvexdz | not_post
https://www.reddit.com/r/exemple/s/AbCdEf | not_post
https://www.jeuxvideo.com/forums/0-51-0-1-0-1-0-blabla-18-25-ans.htm | not_post
https://t.me/+AAAAAE9B8u_wO9d4 | not_post
https://t.me/joinchat/12345 | not_post
https://lnkd.in/abc | not_post
https://discord.gg/abc | not_post
https://vk.cc/abc | not_post
https://blog.example/@paul/un-billet-123 | generic
https://blog.example/@paul/12345 | generic
https://blog.example/notes/9abcdefghi | generic
https://blog.example/post/12345 | generic
https://blog.example/w/accueil | generic
https://notfacebook.com/paul/posts/123456789 | generic
https://facebook.com.mal.example/paul/posts/123456789 | generic";

#[test]
fn every_shape_of_the_grammars() {
    for line in SHAPES.lines() {
        let mut parts = line.split(" | ");
        let (url, named, canonical) = (parts.next().unwrap(), parts.next().unwrap(), parts.next());
        match (permalink(url), named) {
            (Ok(found), "generic") => assert_eq!(found.platform, "generic", "{url}"),
            (Err(error), "not_post") => assert_eq!(error.code(), "not_post", "{url}"),
            (Ok(found), named) => {
                assert_eq!(format!("{} {} {}", found.platform, found.kind, found.id), named, "{url}");
                assert_eq!(Some(found.canonical.as_str()), canonical, "{url}");
                let again = permalink(&found.canonical).unwrap_or_else(|error| panic!("{}: {error}", found.canonical));
                assert_eq!((&again.id, &again.canonical), (&found.id, &found.canonical), "{url}");
                assert!(again.platform == found.platform && again.created_at == found.created_at, "{url}");
            }
            (other, _) => panic!("{url}: {other:?}"),
        }
    }
}

#[test]
fn a_time_is_said_only_where_the_number_is_the_posts_own() {
    let time = |url: &str| permalink(url).unwrap().created_at_meaning;
    assert_eq!(time("https://www.instagram.com/p/DXeh-kYiIge/"), Some(IdTime::LowerBound));
    assert_eq!(time("https://www.instagram.com/stories/paul/3881689364048676894/"), None);
    let private = permalink("https://www.instagram.com/p/DXeh-kYiIgeAAAAAAAAAAAAAAAAAAAAAAAAAAAA/").unwrap();
    assert_eq!(private.created_at, permalink("https://www.instagram.com/p/DXeh-kYiIge/").unwrap().created_at);
    assert_eq!(time("https://bsky.app/profile/paul.example/post/3l3vgf77uco2g"), Some(IdTime::ClientChosen));
    assert_eq!(time("https://bsky.app/profile/paul.example/post/self"), None);
    assert_eq!(time("https://piaille.example/@paul/103270115826048975"), Some(IdTime::Exact));
    assert_eq!(time("https://mamot.fr/@paul@piaille.example/103270115826048975"), None);
    assert_eq!(time("https://mastodon.social/@Gargron/1"), None);
    assert_eq!(time("https://www.tiktok.com/@paul/video/7253412088251534594"), Some(IdTime::LowerBound));
    assert_eq!(
        time("https://www.tiktok.com/@paul/video/7253412088251534594?share_comment_id=7253412088251534599"),
        None
    );
    assert_eq!(time("https://www.tiktok.com/music/un-son-6956990112127585029"), None);
}

#[test]
fn one_number_is_two_posts_where_numbers_are_local() {
    let same = |one: &str, other: &str| {
        let (one, other) = (permalink(one).unwrap(), permalink(other).unwrap());
        by_id(&one.platform).unwrap().same_post(&one, &other)
    };
    assert!(same("https://t.me/demo_chan/442", "https://telegram.me/s/Demo_Chan/442"));
    assert!(!same("https://t.me/demo_chan/442", "https://t.me/other_chan/442"));
    assert!(same("https://x.com/a/status/2001950365332455490", "https://x.com/i/status/2001950365332455490"));
}

#[test]
fn addresses_collected_by_other_tools() {
    let Some(table) = shared("vectors/urls.tsv") else { return };
    let mut posts = 0;
    let mut wrong = vec![];
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let (platform, url, id, scope) = (fields[0], fields[1], fields[2], *fields.last().unwrap());
        let found = permalink(url);
        if let Some((_, kind, id)) = DISPUTED.iter().find(|(disputed, ..)| *disputed == url) {
            match found {
                Err(PermalinkError::NotPost { kind: named, id: Some(named_id), .. }) => {
                    assert_eq!((named.as_str(), named_id.as_str()), (*kind, *id), "{url}");
                }
                other => panic!("{url}: {other:?}"),
            }
            continue;
        }
        match (scope, &found) {
            ("post", Ok(found)) if found.platform == platform && found.id == id => posts += 1,
            ("post", _) => wrong.push(format!("{url} {id}: {found:?}")),
            ("other", Ok(_)) => wrong.push(format!("{url} is no post: {found:?}")),
            _ => {}
        }
        if let Ok(found) = &found {
            assert_ne!(found.platform, "generic", "{url}");
        }
    }
    assert!(wrong.is_empty(), "{posts} right, wrong:\n{}", wrong.join("\n"));
    assert_eq!(posts, 80);
}

#[test]
fn times_that_ids_carry() {
    let Some(table) = shared("vectors/id_time.tsv") else { return };
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let platform = fields[0].split('-').next().unwrap();
        let id = fields[1].split(' ').next().unwrap();
        let rule = by_id(platform).unwrap().id_time.unwrap();
        let millis = fields[3].split('.').next().unwrap();
        assert_eq!(rule.read(id).unwrap().0.millis().to_string(), millis, "{line}");
    }
}

proptest! {
    #[test]
    fn no_address_makes_it_panic(url in ".{0,200}") {
        let _ = permalink(&url);
        let _ = place(&url);
    }

    #[test]
    fn no_path_on_x_makes_it_panic(path in "[ -~é/]{0,80}") {
        if let Ok(found) = permalink(&format!("https://x.com/{path}")) {
            prop_assert_eq!(found.kind, "post");
            prop_assert!(found.id.parse::<u64>().is_ok());
        }
    }

    #[test]
    fn no_path_on_any_platform_makes_it_panic_or_lie(
        host in 0usize..64,
        path in "(/(@?[a-zA-Z0-9_.:-]{0,24}|p|reel|video|status|posts|comments|post|s|wall-?[0-9]{1,9}_[0-9]{1,9}|[0-9]{1,21})){0,6}",
        query in "(\\?(v|id|story_fbid|fbid|lc|comment_id|href|u|z|w)=[A-Za-z0-9_%./:=-]{0,40}(&(id|comment|reply|lc)=[A-Za-z0-9_.-]{0,24})?)?",
    ) {
        let hosts: Vec<String> = all().iter().flat_map(|platform| platform.hosts()).map(|host| host.replace('*', "www")).collect();
        let url = format!("https://{}{path}{query}", hosts[host % hosts.len()]);
        if let Ok(found) = permalink(&url) {
            prop_assert!(!found.id.is_empty() && found.canonical.starts_with("https://"), "{url}: {found:?}");
            // What we keep is understood again as the same post.
            let again = permalink(&found.canonical);
            prop_assert!(again.as_ref().is_ok_and(|again| again.id == found.id && again.platform == found.platform), "{url}: {found:?} {again:?}");
            prop_assert_eq!(again.unwrap().canonical, found.canonical);
        }
    }

    #[test]
    fn a_canonical_address_is_its_own(path in "[a-z0-9/?&=%+#._-]{0,60}") {
        if let Ok(found) = permalink(&format!("https://blog.example/{path}")) {
            let again = permalink(&found.canonical).unwrap();
            prop_assert_eq!(&again.canonical, &found.canonical);
            prop_assert_eq!(again.id, found.id);
        }
    }
}
