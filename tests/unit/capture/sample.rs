use proptest::prelude::*;

use super::*;
use crate::capture::read;

const URL: &str = "https://x.com/camille_invente/status/1990000000000000000";

fn sample(html: &str) -> String {
    layout_sample(html, URL, &[Missing::of("author.handle", "not_found")]).unwrap()
}

#[test]
fn keeps_the_layout_and_nothing_that_was_written() {
    let html = r#"<article data-testid="tweet" role="article" class="css-175oi2r newLayout"><a href="/camille_invente/status/1990000000000000000" title="Profil de Camille"><time datetime="2025-11-16T10:22:48.000Z">16 nov.</time></a>
        <div data-testid="UserAvatar-Container-camille_invente"><img src="https://pbs.twimg.com/media/AbC.jpg" alt="Une affiche"></div><div data-testid="tweetTextV" lang="fr">Propos inventés, 3 fois 😡</div></article>"#;
    let sample = sample(html);
    assert!(sample.starts_with("<!-- Témoin : x / post ; author.handle/not_found -->\n"), "{sample}");
    assert!(
        sample.contains(r#"<article class="css-111xx1x newLayout" data-testid="tweet" role="article">"#),
        "{sample}"
    );
    assert!(
        sample.contains(r#"<a href="/xxxxxxx_xxxxxxx/status/1111111111111111111" title="Xxxxxx xx Xxxxxxx">"#),
        "{sample}"
    );
    assert!(sample.contains(r#"<time datetime="1111-11-11T11:11:11.111Z">11 xxx.</time>"#), "{sample}");
    assert!(sample.contains(r#"data-testid="UserAvatar-Container-xxxxxxx_xxxxxxx""#), "{sample}");
    assert!(sample.contains(r#"data-testid="tweetTextV" lang="xx">Xxxxxx xxxxxxxx, 1 xxxx ·</div>"#), "{sample}");
}

#[test]
fn a_volunteer_finds_the_posts_in_it() {
    let page = include_str!("../../fixtures/pages/x-permalink.html");
    let sample = sample(page);
    let posts = |html: &str| html.matches(r#"data-testid="tweet""#).count();
    assert_eq!(posts(&sample), posts(page));
    let post = read(&sample, "https://x.com/i/status/1111111111111111111").unwrap();
    assert_eq!((post.reader.as_str(), post.author.handle.is_some(), post.text.is_empty()), ("x", true, false));
}

#[test]
fn data_in_scripts_keeps_its_keys_and_code_goes() {
    let html = r#"<div><script type="application/ld+json">{"author":{"name":"Camille"},"age":41,"list":["un",true,null]}</script><script>var nom = "Camille"</script><style>.camille{}</style><!-- Camille --></div>"#;
    let sample = sample(html);
    assert!(sample.contains(r#"{"age":1,"author":{"name":"Xxxxxxx"},"list":["xx",true,null]}"#), "{sample}");
    assert!(!sample.to_lowercase().contains("camille"), "{sample}");
}

#[test]
fn a_page_without_end_becomes_a_sample_of_bounded_size() {
    let long = sample(&format!("<main>{}</main>", "<p class=\"a\">mot</p>".repeat(100_000)));
    assert!(long.len() < MAX_SAMPLE + 1000 && long.ends_with("<!-- … -->"));
    assert!(layout_sample("", URL, &[]).is_err());
}

/// Words that no data file names, so that one that is found again has survived.
fn word() -> impl Strategy<Value = String> {
    "[b-df-hj-np-tv-z]{5,9}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_word_survives(words in prop::collection::vec(word(), 12), number in 10_000u64..u64::MAX, upper in any::<bool>()) {
        let w: Vec<String> = words.iter().map(|word| if upper { word.to_uppercase() } else { word.clone() }).collect();
        let html = format!(
            r#"<article data-testid="tweet" class="{c} layout" id="{a}" data-user="{b}" aria-label="{d} {e}" {a}="{b}"><a href="https://x.com/{c}/status/{number}?q={d}#{e}" title="{f}">{g}</a>
            <div data-testid="UserAvatar-Container-{h}" style="background:url({i})"><img src="//{j}.example/{number}.png" alt="{k}"></div>{c} {l}-{number} é{a}É<{b}-{c}>{d}</{b}-{c}>
            <script type="application/json">{{"{e}":"{f}","n":{number}}}</script><script>{g}</script><!--{h}--></article>"#,
            a = w[0], b = w[1], c = w[2], d = w[3], e = w[4], f = w[5], g = w[6], h = w[7], i = w[8], j = w[9], k = w[10], l = w[11],
        );
        let sample = sample(&html).to_lowercase();
        for word in words.iter().chain([&number.to_string()]) {
            prop_assert!(!sample.contains(word), "{} in {}", word, sample);
        }
        prop_assert!(sample.contains(r#"data-testid="tweet""#) && sample.contains("layout"));
    }
}
