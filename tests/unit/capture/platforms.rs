//! Readers by platform: pages written here, and the collected ones of `../shared`.

use super::*;

fn line(html: &str, url: &str) -> String {
    let post = read(html, url).unwrap_or_else(|error| panic!("{url}: {error}"));
    assert_eq!(post.platform, post.reader, "{url}");
    let time = post.published_at.map(|at| at.rfc3339()).unwrap_or_default();
    let [name, handle, account] = [post.author.display_name, post.author.handle, post.author.account_id];
    let or = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    format!("{} {} | {} | {} | {} | {} | {time}", post.platform, post.id, or(name), or(handle), or(account), post.text)
}

#[test]
fn bluesky() {
    let html = r#"<div data-testid="postThreadItem-by-paul.invente.example"><a href="/profile/paul.invente.example"><span dir="auto">Paul Inventé</span></a>
        <div data-testid="postText">Bonjour 🐸
deuxième ligne</div><a href="/profile/paul.invente.example/post/3l3vgf77uco2g" aria-label="11 septembre 2024" data-tooltip="11 septembre 2024">1 an</a>
        <img src="https://cdn.bsky.app/img/feed_thumbnail/plain/did:plc:demo/abc" alt="Une affiche"></div>
        <div data-testid="postThreadItem-by-luc.invente.example"><div data-testid="postText">Réponse</div>
        <a href="/profile/luc.invente.example/post/3l3vgf77uco2h" aria-label="hier">hier</a></div>"#;
    let url = "https://bsky.app/profile/paul.invente.example/post/3l3vgf77uco2g";
    let post = read(html, url).unwrap();
    assert_eq!(
        line(html, url),
        "bluesky 3l3vgf77uco2g | Paul Inventé | paul.invente.example | - | Bonjour 🐸\ndeuxième ligne | "
    );
    assert_eq!(post.created_from_id.unwrap().rfc3339(), "2024-09-11T17:11:56.350Z");
    assert_eq!(post.media[0].alt.as_deref(), Some("Une affiche"));
}

#[test]
fn mastodon_on_any_host() {
    let html = r#"<div class="detailed-status"><a class="detailed-status__display-name"><span class="display-name"><bdi><strong class="display-name__html">Paul</strong></bdi>
        <span class="display-name__account">@paul_invente@piaille.example</span></span></a>
        <div class="status__content"><div class="status__content__text"><p>Bonjour <img class="emojione" alt="🐸" src="https://x.example/emoji/1.svg"></p><p>la suite</p></div></div>
        <a class="detailed-status__datetime" href="/@paul_invente/103270115826048975"><time datetime="2019-12-08T03:48:33.901Z">8 déc.</time></a></div>"#;
    assert_eq!(
        line(html, "https://piaille.example/@paul_invente/103270115826048975"),
        "mastodon 103270115826048975 | Paul | paul_invente@piaille.example | - | Bonjour 🐸\nla suite | 2019-12-08T03:48:33.901Z"
    );
}

#[test]
fn pixelfed() {
    let html = r#"<div class="status-container"><a class="username-link" href="/paul_invente">paul_invente</a><img src="/storage/m/1.jpg" alt="Une affiche"><div class="caption-container">Le texte</div>
        <a class="timestamp" href="/p/paul_invente/123456789012345678"><time datetime="2026-05-12T16:22:10+00:00"></time></a></div>"#;
    let url = "https://photo.example/p/paul_invente/123456789012345678";
    assert_eq!(
        line(html, url),
        "pixelfed 123456789012345678 | - | paul_invente | - | Le texte | 2026-05-12T16:22:10.000Z"
    );
}

#[test]
fn reddit_new_and_old() {
    let new = r#"<shreddit-post id="t3_abc123" permalink="/r/exemple/comments/abc123/titre/" author="paul_invente" author-id="t2_demo1" created-timestamp="2026-05-12T16:22:10.000000+0000">
        <h1 slot="title">Un titre</h1><div slot="text-body"><div class="md"><p>Le texte</p></div></div></shreddit-post>
        <shreddit-comment thingid="t1_ccc111" permalink="/r/exemple/comments/abc123/comment/ccc111/" author="luc_invente"><div slot="comment"><p>Premier</p></div><time datetime="2026-05-12T17:00:00Z"></time>
        <shreddit-comment thingid="t1_ddd222" permalink="/r/exemple/comments/abc123/comment/ddd222/" author="claire_invente"><div slot="comment"><p>Réponse</p></div><time datetime="2026-05-12T18:00:00Z"></time></shreddit-comment></shreddit-comment>"#;
    let at = |path: &str| format!("https://www.reddit.com/r/exemple/comments/abc123/{path}");
    assert_eq!(
        line(new, &at("titre/")),
        "reddit abc123 | - | paul_invente | t2_demo1 | Le texte | 2026-05-12T16:22:10.000Z"
    );
    assert_eq!(
        line(new, &at("comment/ccc111/")),
        "reddit ccc111 | - | luc_invente | - | Premier | 2026-05-12T17:00:00.000Z"
    );
    assert_eq!(
        line(new, &at("comment/ddd222/")),
        "reddit ddd222 | - | claire_invente | - | Réponse | 2026-05-12T18:00:00.000Z"
    );
    let old = r#"<div class="thing link" data-fullname="t3_abc123" data-author="paul_invente" data-permalink="/r/exemple/comments/abc123/titre/"><a class="title">Un titre</a>
        <p class="tagline"><time datetime="2026-05-12T16:22:10+00:00">hier</time> par <a class="author">paul_invente</a></p><div class="usertext-body"><div class="md"><p>Le texte</p></div></div></div>"#;
    assert_eq!(
        line(old, "https://old.reddit.com/r/exemple/comments/abc123/titre/"),
        "reddit abc123 | - | paul_invente | - | Le texte | 2026-05-12T16:22:10.000Z"
    );
}

#[test]
fn jeuxvideo_before_and_since_april_2026() {
    let new = r#"<div id="listMessages"><div class="messageUser" id="message-1234567890" data-id="1234567890"><div class="messageUser__header"><span class="messageUser__label">Paul-Invente</span>
        <a class="messageUser__date" href="/forums/message/1234567890">1er août 2026 à 08:02:10</a></div><div class="messageUser__msg js-message-user-msg"><p>Le texte <img data-code=":)" alt=":)" src="https://image.jeuxvideo.com/smileys_img/1.gif"></p></div>
        <div class="messageUser__signature">Ma signature</div></div></div>"#;
    let url = "https://www.jeuxvideo.com/forums/message/1234567890";
    assert_eq!(
        line(new, url),
        "jeuxvideo 1234567890 | Paul-Invente | Paul-Invente | - | Le texte :) | 2026-08-01T06:02:10.000Z"
    );
    let old = r#"<div class="bloc-message-forum" id="post_1234567890" data-id="1234567890"><span class="bloc-pseudo-msg">Paul-Invente</span><div class="bloc-date-msg"><a href="/forums/message/1234567890">12 mai 2024 à 18:22:10</a></div>
        <div class="bloc-contenu"><div class="txt-msg text-enrichi-forum"><p>Le texte</p></div><div class="signature-msg">Ma signature</div></div></div>"#;
    assert_eq!(
        line(old, url),
        "jeuxvideo 1234567890 | Paul-Invente | Paul-Invente | - | Le texte | 2024-05-12T16:22:10.000Z"
    );
    // The hour that comes twice is not guessed.
    let twice = new.replace("1er août 2026 à 08:02:10", "25 octobre 2026 à 02:30:00");
    assert_eq!(read(&twice, url).unwrap().published_at, None);
}

#[test]
fn telegram() {
    let html = r#"<div class="tgme_widget_message" data-post="demo_chan/442"><a class="tgme_widget_message_owner_name"><span dir="auto">Chaîne démo</span></a>
        <a class="tgme_widget_message_reply"><div class="tgme_widget_message_text js-message_reply_text">Cité</div></a>
        <div class="tgme_widget_message_text js-message_text">Le texte<br>suite</div>
        <a class="tgme_widget_message_link_preview"><div class="tgme_widget_message_text">Aperçu</div></a>
        <a class="tgme_widget_message_date" href="https://t.me/demo_chan/442"><time datetime="2026-05-14T16:08:31+00:00">16:08</time></a></div>"#;
    assert_eq!(
        line(html, "https://t.me/s/demo_chan/442"),
        "telegram 442 | Chaîne démo | demo_chan | - | Le texte\nsuite | 2026-05-14T16:08:31.000Z"
    );
    let other = read(html, "https://t.me/other_chan/442").unwrap();
    assert_eq!(other.permalink, "https://t.me/demo_chan/442");
    assert!(reasons(&other).contains(&"post/url_names_another".to_owned()), "the same number in another channel");
}

#[test]
fn youtube_comments_and_videos() {
    let comment = |id: &str, words: &str| {
        format!(
            r#"<ytd-comment-view-model><a id="author-text" href="/@paul_invente"><span>@paul_invente</span></a><span id="published-time-text"><a href="/watch?v=aaaaaaaaaaa&amp;lc={id}">il y a 2 ans</a></span>
            <yt-attributed-string id="content-text"><span>{words} <img alt="🐸" src="https://fonts.gstatic.com/1.svg"></span></yt-attributed-string></ytd-comment-view-model>"#
        )
    };
    let html =
        comment("UgzzzzzzzzzzzzzzzzzzzzAaABAg", "Premier") + &comment("UgzzzzzzzzzzzzzzzzzzzzAaABAg.9abc", "Réponse");
    let url = |id: &str| format!("https://www.youtube.com/watch?v=aaaaaaaaaaa&lc={id}");
    assert_eq!(
        line(&html, &url("UgzzzzzzzzzzzzzzzzzzzzAaABAg.9abc")),
        "youtube UgzzzzzzzzzzzzzzzzzzzzAaABAg.9abc | @paul_invente | paul_invente | - | Réponse 🐸 | "
    );
    let page = r#"<html><script>var ytInitialPlayerResponse = {"videoDetails":{"videoId":"aaaaaaaaaaa","title":"Un titre","author":"Paul","channelId":"UCaaaaaaaaaaaaaaaaaaaaaa"},
        "microformat":{"playerMicroformatRenderer":{"publishDate":"2024-05-12T10:00:00-07:00"}}};var other = {};</script></html>"#;
    assert_eq!(
        line(page, "https://youtu.be/aaaaaaaaaaa"),
        "youtube aaaaaaaaaaa | Paul | - | UCaaaaaaaaaaaaaaaaaaaaaa | Un titre | 2024-05-12T17:00:00.000Z"
    );
    assert_eq!(
        line(&format!("{page}{html}"), "https://youtu.be/aaaaaaaaaaa"),
        line(page, "https://youtu.be/aaaaaaaaaaa")
    );
    let pointed = r#"<ytd-watch-metadata data-temoin-role="post"><h1>Un titre</h1><div id="owner"><a href="/@paul_invente"></a><ytd-channel-name>Paul</ytd-channel-name></div></ytd-watch-metadata>"#;
    assert_eq!(
        line(pointed, "https://youtu.be/aaaaaaaaaaa"),
        "youtube aaaaaaaaaaa | Paul | paul_invente | - | Un titre | "
    );
    // The page's data may still be the last video's.
    assert_eq!(code(page, "https://youtu.be/bbbbbbbbbbb"), "no_post");
}

#[test]
fn meta() {
    let facebook = r#"<div role="article"><h3><a role="link" href="/paul.invente">Paul Inventé</a></h3><a role="link" href="/paul.invente/posts/428202057564823?__cft__[0]=x">2 h</a>
        <div data-ad-preview="message"><div dir="auto">Le texte</div></div>
        <div role="article" aria-label="Commentaire de Luc"><a role="link" href="/luc.invente?comment_id=Y29t"><span dir="auto">Luc Inventé</span></a><div dir="auto">Autre chose</div>
        <a role="link" href="/paul.invente/posts/428202057564823?comment_id=987">1 h</a></div></div>"#;
    let url = "https://www.facebook.com/paul.invente/posts/428202057564823";
    assert_eq!(line(facebook, url), "facebook 428202057564823 | Paul Inventé | paul.invente | - | Le texte | ");
    assert_eq!(
        line(facebook, &format!("{url}?comment_id=987")),
        "facebook 987 | Luc Inventé | luc.invente | - | Autre chose | "
    );
    // The time link may be missing until a person points at it: then the only post of the page is meant, never for a comment.
    let unlinked = facebook.replace("/paul.invente/posts/428202057564823?__cft__[0]=x", "#");
    assert_eq!(read(&unlinked, url).unwrap().text, "Le texte");
    let before = format!("<div role=\"article\" aria-label=\"Commentaire\">Avant</div>{unlinked}");
    assert_eq!(read(&before, url).unwrap().text, "Le texte");
    assert_eq!(code(&unlinked, &format!("{url}?comment_id=111")), "no_post");
    let instagram = r#"<main><article><header><a role="link" href="/paul_invente/">paul_invente</a></header><h1 dir="auto">Le texte</h1>
        <a href="/p/DXeh-kYiIge/"><time datetime="2026-04-23T14:17:51.000Z">23 avril</time></a></article></main>"#;
    assert_eq!(
        line(instagram, "https://www.instagram.com/p/DXeh-kYiIge/"),
        "instagram DXeh-kYiIge | - | paul_invente | - | Le texte | 2026-04-23T14:17:51.000Z"
    );
    let threads = r#"<div data-pressable-container="true"><a href="/@paul_invente"><span dir="auto">paul_invente</span></a><a href="/@paul_invente/post/DXhZAMkljvS"><time datetime="2026-04-24T16:50:11.000Z"></time></a>
        <span dir="auto">Le texte</span></div>"#;
    assert_eq!(
        line(threads, "https://www.threads.com/@paul_invente/post/DXhZAMkljvS"),
        "threads DXhZAMkljvS | - | paul_invente | - | Le texte | 2026-04-24T16:50:11.000Z"
    );
}

#[test]
fn discord_linkedin_and_vk() {
    let discord = r#"<ol><li id="chat-messages-175928847299117062-175928847299117063"><span id="message-username-175928847299117063"><span>Paul</span></span>
        <img src="https://cdn.discordapp.com/avatars/53908099506183680/abc.webp"><time id="message-timestamp-175928847299117063" datetime="2016-04-30T11:18:25.796Z"></time>
        <div id="message-content-175928847299117063"><span>Le texte</span></div></li><li id="chat-messages-175928847299117062-175928847299117064"></li></ol>"#;
    assert_eq!(
        line(discord, "https://discord.com/channels/175928847299117061/175928847299117062/175928847299117063"),
        "discord 175928847299117063 | Paul | - | 53908099506183680 | Le texte | 2016-04-30T11:18:25.796Z"
    );
    let linkedin = r#"<div class="feed-shared-update-v2" role="article" data-urn="urn:li:activity:7016901149999955968"><a class="update-components-actor__meta-link" href="https://www.linkedin.com/in/paul-invente/?x=1"><span class="update-components-actor__title"><span aria-hidden="true">Paul Inventé</span></span></a>
        <div class="update-components-text"><span dir="ltr">Le texte</span></div></div>"#;
    assert_eq!(
        line(linkedin, "https://www.linkedin.com/posts/paul-invente_titre-activity-7016901149999955968-4Gu7"),
        "linkedin 7016901149999955968 | Paul Inventé | paul-invente | - | Le texte | "
    );
    let vk = r#"<div class="_post post" data-post-id="-1_2"><a class="author" href="/paul_invente">Paul</a><div class="wall_text"><div class="wall_post_text">Le texte</div></div></div>"#;
    assert_eq!(line(vk, "https://vk.com/wall-1_2"), "vk -1_2 | Paul | paul_invente | - | Le texte | ");
}

#[test]
fn the_plan_looks_for_links_where_an_element_carries_its_own_address() {
    let asked = plan("https://t.me/s/demo_chan/442").unwrap();
    assert_eq!((asked.permalink_selector.as_str(), asked.wanted.as_deref()), ("", Some("/demo_chan/442")));
    let asked = plan("https://piaille.example/@paul/103270115826048975").unwrap();
    assert_eq!((asked.platform.as_str(), asked.wanted.as_deref()), ("mastodon", Some("/103270115826048975")));
    assert!(asked.post_selector.contains(".detailed-status"));
    assert_eq!(plan("https://piaille.example/@paul").unwrap().post_selector, "");
}

/// Expected values were read in the pages themselves.
#[test]
fn collected_pages() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/fixtures"));
    if !folder.exists() {
        println!("{}: not on this machine, nothing compared", folder.display());
        return;
    }
    let story = "https://mbasic.facebook.com/story.php?story_fbid=";
    for (file, url, handle, words) in [
        ("facebook/facebook.m.post.html", format!("{story}456&id=212038"), Some("snarfed.org"), "Oh hi, Jeeves"),
        ("facebook/facebook.mbasic.post.html", format!("{story}456&id=212038"), Some("snarfed.org"), "Oh hi, Jeeves"),
        (
            "facebook/facebook.mbasic.life_event.html",
            format!("{story}10105169616578846&id=11500459"),
            Some("aaronpk"),
            "leaving Facebook! Find me elsewhere!",
        ),
        (
            "facebook/facebook.mbasic.photo_post.html",
            "https://mbasic.facebook.com/photo.php?fbid=2017433665248201".to_owned(),
            None,
            "recluse",
        ),
        ("facebook/facebook.m.timeline.html", format!("{story}123&id=212038"), Some("snarfed.org"), "Checking another"),
        ("facebook/facebook.mbasic.profile.html", format!("{story}123&id=212038"), None, "Checking another"),
        ("facebook/facebook.mbasic.feed.html", format!("{story}4378333075602593&id=718670494902221"), None, ""),
        (
            "jeuxvideo/syn_message_legacy.html",
            "https://www.jeuxvideo.com/forums/message/1234567890".to_owned(),
            Some("Pseudo"),
            "Texte de démonstration",
        ),
        (
            "telegram/syn_tme_s_channel.html",
            "https://t.me/s/demo_chan/443".to_owned(),
            Some("demo_chan"),
            "Autre message (442 manque)",
        ),
        (
            "tiktok/syn_video_online.html",
            "https://www.tiktok.com/@demo/video/7253412088251534594".to_owned(),
            Some("demo"),
            "texte de démonstration",
        ),
    ] {
        let html = fs::read_to_string(folder.join(file)).unwrap();
        let post = read(&html, &url).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(post.platform, post.reader, "{file}");
        assert!(handle.is_none() || post.author.handle.as_deref() == handle, "{file}: {:?}", post.author);
        assert!(
            post.author.display_name.is_some() && !post.text.is_empty() && post.text.contains(words),
            "{file}: {post:?}"
        );
    }
    // Pages without any post.
    for file in [
        "facebook/syn_unavailable_fr.html",
        "facebook/facebook.mbasic.reactions.html",
        "facebook/facebook.mbasic.about.html",
    ] {
        let html = fs::read_to_string(folder.join(file)).unwrap();
        assert_eq!(code(&html, "https://www.facebook.com/paul.invente/posts/456"), "no_post", "{file}");
    }
}
