use std::{fs, path::PathBuf};

use proptest::prelude::*;
use scraper::Selector;

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
            .chain(&reader.page_state);
        for css in all {
            assert!(Selector::parse(css).is_ok(), "{}: {css}", platform.id);
        }
        for pattern in picks.iter().filter_map(|pick| pick.pattern.as_ref()) {
            assert!(regex_lite::Regex::new(pattern).is_ok(), "{}: {pattern}", platform.id);
        }
        for wall in &platform.fate.walls {
            assert!(regex_lite::Regex::new(&wall.address).is_ok(), "{}: {}", platform.id, wall.address);
        }
        for media in &reader.media {
            assert!(["image", "poster", "video", "card"].contains(&media.kind.as_str()), "{}", media.kind);
        }
        for field in &reader.expected {
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
    for url in ["https://х.com/Paul_I/status/2001950365332455490", "https://notx.com/Paul_I/status/2001950365332455490"]
    {
        assert_eq!(permalink(url).unwrap().kind, "page", "{url}");
    }
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
    fn a_canonical_address_is_its_own(path in "[a-z0-9/?&=%+#._-]{0,60}") {
        if let Ok(found) = permalink(&format!("https://blog.example/{path}")) {
            let again = permalink(&found.canonical).unwrap();
            prop_assert_eq!(&again.canonical, &found.canonical);
            prop_assert_eq!(again.id, found.id);
        }
    }
}
