use std::{fs, path::PathBuf};

use proptest::prelude::*;
use regex_lite::Regex;

use super::*;
use crate::base::Fault;

mod platforms;

const POST: &str = include_str!("../../fixtures/pages/x_post.html");
const TIMELINE: &str = include_str!("../../fixtures/pages/x_timeline.html");
const BLOG: &str = include_str!("../../fixtures/pages/blog_comments.html");
const FORUM: &str = include_str!("../../fixtures/pages/forum_jsonld.html");
const URL: &str = "https://x.com/paul_invente/status/1991428745216000000";

fn reasons(post: &Post) -> Vec<String> {
    post.missing.iter().map(|missing| format!("{}/{}", missing.what, missing.reason)).collect()
}

fn code(html: &str, url: &str) -> &'static str {
    read(html, url).unwrap_err().code()
}

#[test]
fn a_post_of_x_field_by_field() {
    let post = read(POST, URL).unwrap();
    assert_eq!((post.platform.as_str(), post.reader.as_str()), ("x", "x"));
    assert_eq!((post.id.as_str(), post.permalink.as_str()), ("1991428745216000000", URL));
    assert_eq!(post.author.handle.as_deref(), Some("paul_invente"));
    assert_eq!(post.author.display_name.as_deref(), Some("Paul 🐸 Inventé"));
    assert_eq!(post.text, "Première ligne\n\u{200f}שלום\u{200b}\n👩‍👩‍👧@x_invente voir https://exemple.fr/un-long-chemin…");
    assert_eq!(post.lang.as_deref(), Some("fr"));
    assert_eq!(post.published_at.unwrap().rfc3339(), "2025-11-20T08:49:46.000Z");
    assert_eq!(post.created_from_id.unwrap().millis() / 1000, post.published_at.unwrap().millis() / 1000);
    assert_eq!(read(POST, URL.trim_start_matches("https://")).as_ref(), Ok(&post));
    assert_eq!(post.in_reply_to.as_ref().unwrap().author.handle.as_deref(), Some("luc_invente"));
    let media: Vec<_> = post.media.iter().map(|media| (media.kind, media.alt.as_deref())).collect();
    assert_eq!(media, [(MediaKind::Poster, None), (MediaKind::Image, Some("Une affiche")), (MediaKind::Image, None)]);
    let counters: Vec<_> = post.counters.iter().map(|counter| (counter.name.as_str(), counter.value)).collect();
    assert_eq!(counters, [("replies", 3), ("reposts", 2), ("likes", 14), ("bookmarks", 1), ("views", 1204)]);
    assert_eq!(reasons(&post), ["text/truncated", "quoted.text/truncated"]);
}

#[test]
fn the_quoted_post_stays_apart() {
    let post = read(POST, URL).unwrap();
    let quoted = post.quoted.unwrap();
    assert_eq!(quoted.text.as_deref(), Some("Le texte cité"));
    assert!(!post.text.contains("cité"));
    // Its author took another's handle as a name.
    assert_eq!(quoted.author.display_name.as_deref(), Some("@paul_invente"));
    assert_eq!(quoted.author.handle.as_deref(), Some("claire_invente"));
    assert_eq!(quoted.id.as_deref(), Some("1991066357760000000"));
    assert_eq!(quoted.published_at.unwrap().rfc3339(), "2025-11-19T08:00:00.000Z");
}

#[test]
fn on_a_timeline_the_mark_or_the_address_chooses() {
    assert_eq!(read(TIMELINE, URL).unwrap().author.handle.as_deref(), Some("paul_invente"));
    assert_eq!(code(TIMELINE, "https://x.com/home"), "several_posts");
    assert_eq!(read(TIMELINE, "https://x.com/home").unwrap_err(), ReadError::SeveralPosts(2));
    let (front, back) = TIMELINE.rsplit_once("<article ").unwrap();
    let marked = format!("{front}<article data-temoin-role=\"post\" {back}");
    // What the person designated outranks the address.
    let post = read(&marked, URL).unwrap();
    assert_eq!((post.id.as_str(), post.text.as_str()), ("1991428745216000001", "Autre message"));
}

#[test]
fn the_only_post_is_read_and_the_difference_said() {
    let post = read(POST, "https://x.com/luc_invente/status/1991428745216000009").unwrap();
    assert_eq!(post.id, "1991428745216000000");
    assert!(reasons(&post).contains(&"post/url_names_another".to_owned()));
}

#[test]
fn a_page_without_post_is_nobodys_post() {
    assert_eq!(code(include_str!("../../fixtures/pages/x_login.html"), URL), "no_post");
    assert_eq!(code(include_str!("../../fixtures/pages/x_gone.html"), URL), "no_post");
}

#[test]
fn when_the_layout_changed_the_designated_element_still_speaks() {
    let html = r#"<div data-temoin-role="post"><b>Paul</b><p>Un texte</p></div>"#;
    let post = read(html, URL).unwrap();
    assert_eq!(
        (post.platform.as_str(), post.reader.as_str(), post.id.as_str()),
        ("x", "generic", "1991428745216000000")
    );
    assert_eq!(post.text, "Paul\nUn texte");
    assert!(reasons(&post).contains(&"reader/layout_changed".to_owned()));
}

#[test]
fn a_comment_is_found_by_its_anchor() {
    let post = read(BLOG, "https://blog.example/billet#comment-12").unwrap();
    assert_eq!(post.text, "Premier paragraphe.\nSecond\nligne 🙂");
    assert_eq!(post.author.display_name.as_deref(), Some("Jeanne Inventée"));
    assert_eq!(post.published_at.unwrap().rfc3339(), "2026-11-18T09:30:00.000Z");
    assert_eq!(post.permalink, "https://blog.example/billet#comment-12");
    let answer = read(BLOG, "https://blog.example/billet#comment-13").unwrap();
    assert_eq!(answer.text, "Une réponse.");
    assert!(reasons(&answer).contains(&"published_at/not_found".to_owned()));
}

#[test]
fn json_ld_is_a_witness() {
    let post = read(FORUM, "https://forum.example/t/1").unwrap();
    assert_eq!(post.text, "Le message du forum &amp; sa suite");
    assert_eq!(post.author.display_name.as_deref(), Some("Alix Inventé"));
    assert_eq!(post.published_at.unwrap().rfc3339(), "2026-11-18T09:30:00.000Z");
}

#[test]
fn a_time_without_offset_is_not_guessed() {
    let html = r#"<article class="h-entry"><p class="e-content">Texte</p><time datetime="2026-11-18T10:30:00">hier</time></article>"#;
    let post = read(html, "https://blog.example/1").unwrap();
    assert_eq!(post.published_at, None);
    assert!(reasons(&post).contains(&"published_at/no_offset".to_owned()));
}

#[test]
fn bad_input_is_named() {
    assert_eq!(code("", URL), "empty");
    assert_eq!(code(" \n", URL), "empty");
    assert_eq!(code("bonjour", URL), "not_html");
    assert_eq!(code("<p>\0</p>", URL), "not_text");
    assert_eq!(code("<p>x</p>", "pas une adresse"), "not_url");
    assert_eq!(code(&"<p>a</p>".repeat(MAX_HTML / 8 + 1), URL), "too_large");
    assert_eq!(code(&"<div>".repeat(10_000), URL), "too_deep");
    assert_eq!(code(&"<div/>".repeat(10_000), URL), "too_deep");
    assert_eq!(code(&format!("<p{}>", " a b='c'".repeat(500)), URL), "hostile_page");
}

#[test]
fn ordinary_depth_and_drawings_are_read() {
    let nested = format!("{}<p>fond</p>{}", "<div>".repeat(900), "</div>".repeat(900));
    let drawing = format!("<svg>{}</svg>", "<path d='M0 0'/><g/>".repeat(3000));
    let html = format!("<article data-temoin-role=\"post\">{nested}{drawing}<br/>suite</article>");
    assert_eq!(read(&html, "https://blog.example/1").unwrap().text, "fond\n\nsuite");
}

#[test]
fn a_truncated_page_gives_what_it_holds() {
    let at = POST.find("</span><a dir=").unwrap();
    let post = read(POST.get(..at).unwrap(), URL).unwrap();
    assert!(post.text.starts_with("Première ligne") && post.text.ends_with("@x_invente voir "), "{}", post.text);
    assert_eq!(post.quoted, None);
}

#[test]
fn the_plan_tells_capture_js_what_to_look_for() {
    let one = plan(URL).unwrap();
    assert_eq!(one.wanted.as_deref(), Some("/status/1991428745216000000"));
    assert_eq!(one.post_selector, r#"article[data-testid="tweet"]"#);
    assert_eq!(one.keep_attributes, ["data-testid"]);
    assert_eq!(plan("https://x.com/home").unwrap().wanted, None);
    let other = plan("https://blog.example/a").unwrap();
    assert_eq!((other.platform.as_str(), other.post_selector.as_str(), other.wanted), ("generic", "", None));
    assert_eq!(other.page_state, []);
    let answer = plan("https://blog.example/a#comment-12").unwrap();
    assert!(answer.main_selector.ends_with(r#")[id="comment-12"]"#), "{}", answer.main_selector);
    let comment = plan("https://www.facebook.com/page/posts/1?comment_id=22&reply_comment_id=33").unwrap();
    assert_eq!(comment.wanted, plan("https://www.facebook.com/page/posts/1?comment_id=33").unwrap().wanted);
    assert_ne!(comment.wanted, plan("https://www.facebook.com/page/posts/33").unwrap().wanted);
    assert!(comment.keep_parameters.contains(&"comment_id".to_owned()));
    let json = serde_json::to_value(&one).unwrap();
    assert!(json.get("permalinkSelector").is_some() && json.get("mediaSelector").is_some());
}

/// What real pages say, found without a tree: strings in the HTML.
#[test]
fn real_pages_hold_what_the_reader_says() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/fixtures/x"));
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("{}: not on this machine, nothing compared", folder.display());
        return;
    };
    let anchor = Regex::new(r#"<a href="/([A-Za-z0-9_]+)/status/([0-9]+)"[^>]*><time datetime="([^"]+)""#).unwrap();
    let text_node = Regex::new(r#"<div [^>]*data-testid="tweetText"[^>]*>"#).unwrap();
    let alt = Regex::new(r#"<img [^>]*?alt="([^"]*)"[^>]*>"#).unwrap();
    let tag = Regex::new("<[^>]*>").unwrap();
    let mut read_count = 0;
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.starts_with("rv_") {
            continue;
        }
        let html = fs::read_to_string(&path).unwrap();
        if html.matches(r#"data-testid="tweet""#).count() != 1 {
            continue;
        }
        let found = anchor.captures(&html).unwrap();
        let post = read(&html, &format!("https://x.com/i/status/{}", &found[2])).unwrap();
        assert_eq!(post.id, &found[2], "{name}");
        assert_eq!(post.author.handle.as_deref(), Some(&found[1]), "{name}");
        assert_eq!(post.published_at.unwrap().rfc3339(), &found[3], "{name}");
        assert_eq!(post.created_from_id.unwrap().millis() / 1000, post.published_at.unwrap().millis() / 1000, "{name}");
        // The element ends where its nested `div`s are balanced.
        let start = text_node.find(&html).unwrap().end();
        let rest = html.get(start..).unwrap();
        let mut open = 1;
        let end = tag
            .find_iter(rest)
            .find(|tag| {
                open += i32::from(tag.as_str().starts_with("<div")) - i32::from(tag.as_str() == "</div>");
                open == 0
            })
            .unwrap()
            .start();
        let with_emojis = alt.replace_all(rest.get(..end).unwrap(), "$1").into_owned();
        let plain =
            tag.replace_all(&with_emojis, "").replace("&nbsp;", "\u{a0}").replace("&lt;", "<").replace("&gt;", ">");
        assert_eq!(post.text, plain.replace("&quot;", "\"").replace("&amp;", "&"), "{name}");
        let texts = html.matches(r#"data-testid="tweetText""#).count();
        assert_eq!(post.quoted.is_some(), texts == 2, "{name}");
        read_count += 1;
    }
    assert!(read_count > 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_page_makes_it_panic(html in ".{0,400}", url in prop::sample::select(vec![URL, "https://x.com/home", "https://blog.example/a#comment-1"])) {
        let _ = read(&html, url);
    }

    #[test]
    fn no_mutation_of_a_page_makes_it_panic(from in 0usize..4000, length in 0usize..600, put in "[<>/\"'= a-z&;é]{0,20}") {
        let cut: String = POST.chars().take(from).chain(put.chars()).chain(POST.chars().skip(from + length)).collect();
        let _ = read(&cut, URL);
    }
}

#[test]
fn what_a_page_puts_into_a_snapshot_does_not_fill_the_message() {
    let unknown = format!(r#"{{"version":1,"{}":1}}"#, "a".repeat(100_000));
    let refused = PageSnapshot::parse(&unknown).unwrap_err();
    assert!(matches!(refused, SnapshotError::Shape(_)));
    assert!(refused.to_string().chars().count() < 300);
}

// 300 kB of it made twenty million elements, 16 MB would have taken the browser's memory.
#[test]
fn formatting_that_opens_again_and_again_is_refused() {
    let open: String = (0..1_000).map(|id| format!("<b id={id}>")).collect();
    let page = |times: usize| format!("<article><div>{open}</div>{}</article>", "<div>x</div>".repeat(times));
    assert_eq!(code(&page(20_000), "https://blog.example/a"), "hostile_page");
    assert!(read(&page(10), "https://blog.example/a").is_ok());
    let deep = format!("{}{}", "<div>".repeat(1_000), "<div>a</div>".repeat(250_000));
    assert_eq!(code(&deep, "https://blog.example/a"), "hostile_page");
    let long = format!("<article>{}</article>", "<p><b>a</b> <i>b</i></p>".repeat(10_000));
    assert!(read(&long, "https://blog.example/a").is_ok());
}

// Found by altered inputs: ends of what was never begun hid ten thousand open elements, which took eight seconds to read.
#[test]
fn the_end_of_what_was_never_begun_hides_no_depth() {
    let hidden = "<bodclass=\"page\"></div></title></head>".repeat(10_000);
    assert_eq!(code(&format!("<html><body>{hidden}"), URL), "too_deep");
    let stray = format!("<article>a{}</article>", "</div></b>".repeat(5_000));
    assert!(read(&stray, "https://blog.example/a").is_ok());
}

// What stands after the cut is not known to be absent: the reader of the post must be told.
#[test]
fn a_page_that_is_cut_short_is_never_read_as_a_whole_one() {
    let cut_short = |html: &str| {
        let post = read(html, "https://blog.example/a").unwrap();
        reasons(&post).contains(&"html/cut_short".to_owned())
    };
    for whole in ["<p>a<article>b</article>", "<html><body><article>b</article>", "<div><article>b</article></html>"] {
        assert!(!cut_short(whole), "{whole}");
    }
    for cut in ["<article>b", "<article>b</article><div", "<article>b</article><a href='", "<article>b</article><!-- c"]
    {
        assert!(cut_short(cut), "{cut}");
    }
    let mut read_cut = 0;
    for (end, _) in POST.trim_end().char_indices().skip(1) {
        let cut = POST.get(..end).unwrap();
        match read(cut, URL) {
            Ok(post) if reasons(&post).contains(&"html/cut_short".to_owned()) => read_cut += 1,
            // Nothing that can hold a post is open any more.
            Ok(_) => assert!(cut.contains("</main>"), "{end}"),
            Err(error) => assert!(matches!(error, ReadError::NoPost | ReadError::NotHtml), "{error:?}"),
        }
    }
    assert!(read_cut > 100, "{read_cut}");
}
