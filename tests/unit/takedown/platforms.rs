//! Fates by platform: answers written here, and the collected ones of `../shared`.

use super::*;

const HTML: BodyKind = BodyKind::Html;
const JSON: BodyKind = BodyKind::Json;

fn fate(url: &str, status: u16, kind: BodyKind, body: &str) -> Fate {
    judge(&answer(url, status, kind, body)).fate
}

const BLUESKY: &str = "https://bsky.app/profile/paul.invente.example/post/3l3vgf77uco2g";
const REDDIT: &str = "https://www.reddit.com/r/exemple/comments/abc123/titre/";
const COMMENT: &str = "https://www.reddit.com/r/exemple/comments/abc123/comment/d7ltvl0/";
const YOUTUBE: &str = "https://www.youtube.com/watch?v=aaaaaaaaaaa";
const TIKTOK: &str = "https://www.tiktok.com/@demo/video/7253412088251534594";
const TELEGRAM: &str = "https://t.me/demo_chan/442";
const JEUXVIDEO: &str = "https://www.jeuxvideo.com/forums/message/1234567890";
const MASTODON: &str = "https://mastodon.social/@paul_invente/103270115826048975";
const FACEBOOK: &str = "https://www.facebook.com/paul.invente/posts/428202057564823";

#[test]
fn bluesky_says_what_its_view_and_the_authors_host_have() {
    let json = |status, body: &str| fate(BLUESKY, status, JSON, body);
    let post = |labels: &str| {
        format!(
            r#"{{"thread":{{"post":{{"uri":"at://did:plc:demo/app.bsky.feed.post/3l3vgf77uco2g","labels":[{labels}]}}}}}}"#
        )
    };
    assert_eq!(json(200, &post("")), Fate::Online);
    assert_eq!(json(200, &post(r#"{"val":"!no-unauthenticated"}"#)), Fate::Online);
    assert_eq!(json(200, &post(r#"{"val":"fr"},{"val":"intolerant"}"#)), Fate::OnlineLimited);
    assert_eq!(json(400, r#"{"error":"NotFound","message":"Post not found"}"#), Fate::GoneCauseUnknown);
    assert_eq!(json(400, r#"{"error":"AccountTakedown"}"#), Fate::AccountSuspended);
    assert_eq!(json(400, r#"{"error":"AccountDeactivated"}"#), Fate::AccountGone);
    assert_eq!(json(400, r#"{"error":"InvalidRequest"}"#), Fate::Unknown);
    assert_eq!(json(200, r#"{"posts":[]}"#), Fate::Unknown);
    let record =
        r#"{"uri":"at://did:plc:demo/app.bsky.feed.post/3l3vgf77uco2g","value":{"$type":"app.bsky.feed.post"}}"#;
    assert_eq!(json(200, record), Fate::Unknown);
    assert_eq!(json(200, &post("").replace("77uco2g", "77uco2h")), Fate::Unknown);
}

#[test]
fn reddit_says_who_removed() {
    let post = |category: &str| {
        let body = format!(
            r#"[{{"data":{{"children":[{{"kind":"t3","data":{{"id":"abc123","removed_by_category":{category}}}}}]}}}},{{"data":{{"children":[]}}}}]"#
        );
        judge(&answer(REDDIT, 200, JSON, &body))
    };
    for (category, expected, counts) in [
        ("null", Fate::Online, false),
        (r#""deleted""#, Fate::DeletedByAuthor, false),
        (r#""moderator""#, Fate::RemovedByCommunityMod, true),
        (r#""anti_evil_ops""#, Fate::RemovedByPlatform, true),
        (r#""legal_operations""#, Fate::RemovedByPlatform, true),
        (r#""content_takedown""#, Fate::GoneCauseUnknown, false),
        (r#""copyright_takedown""#, Fate::GoneCauseUnknown, false),
    ] {
        let seen = post(category);
        assert_eq!((seen.fate, seen.would_count), (expected, counts), "{category}");
    }
    let comment = |author: &str, body: &str| {
        let body = format!(
            r#"{{"data":{{"children":[{{"kind":"t1","data":{{"id":"d7ltvl0","author":"{author}","body":"{body}"}}}}]}}}}"#
        );
        fate(COMMENT, 200, JSON, &body)
    };
    assert_eq!(comment("[deleted]", "[deleted]"), Fate::DeletedByAuthor);
    assert_eq!(comment("[deleted]", "[removed]"), Fate::RemovedByCommunityMod);
    assert_eq!(comment("[deleted]", "[ Removed by Reddit ]"), Fate::RemovedByPlatform);
    // Anybody can write these words.
    assert_eq!(comment("paul_invente", "[removed]"), Fate::Online);
    assert_eq!(fate(REDDIT, 403, JSON, r#"{"reason":"private","error":403}"#), Fate::Private);
    assert_eq!(fate(REDDIT, 403, HTML, "<p>whoa there, pardner!</p>"), Fate::BlockedBot);
    assert_eq!(fate(REDDIT, 404, JSON, r#"{"message":"Not Found","error":404}"#), Fate::Unknown);
}

#[test]
fn youtube_says_why_a_video_does_not_play() {
    let player = |status: &str, reason: &str, subreason: &str| {
        let body = format!(
            r#"{{"playabilityStatus":{{"status":"{status}","reason":"{reason}","errorScreen":{{"playerErrorMessageRenderer":{{"subreason":{{"simpleText":"{subreason}"}}}}}}}}}}"#
        );
        let page = format!("<html><script>var ytInitialPlayerResponse = {body};var x = 1;</script></html>");
        assert_eq!(
            fate(YOUTUBE, 200, JSON, &body),
            fate(YOUTUBE, 200, HTML, &page),
            "the page holds the same answer: {reason} {subreason}"
        );
        judge(&answer(YOUTUBE, 200, JSON, &body))
    };
    let hate = "This video has been removed for violating YouTube's policy on hate speech. Learn more";
    assert_eq!(player("ERROR", "Video unavailable", hate).fate, Fate::RemovedByPlatform);
    assert_eq!(player("ERROR", "This video has been removed by the uploader", "").fate, Fate::DeletedByAuthor);
    assert_eq!(player("ERROR", "Video unavailable", "").fate, Fate::GoneCauseUnknown);
    assert_eq!(player("LOGIN_REQUIRED", "Sign in to confirm you’re not a bot", "").fate, Fate::BlockedBot);
    assert_eq!(player("LOGIN_REQUIRED", "This video is private", "").fate, Fate::Private);
    assert_eq!(player("UNPLAYABLE", "Autre chose", "").fate, Fate::Unknown);
    let copyright = "This video is no longer available due to a copyright claim by Paul";
    assert!(!player("ERROR", copyright, "").would_count);
    let geo = player("UNPLAYABLE", "The uploader has not made this video available in your country", "");
    assert_eq!((geo.fate, geo.would_count, geo.countable()), (Fate::WithheldGeo, false, Fate::GoneCauseUnknown));
    let online = |id| format!(r#"{{"playabilityStatus":{{"status":"OK"}},"videoDetails":{{"videoId":"{id}"}}}}"#);
    assert_eq!(fate(YOUTUBE, 200, JSON, &online("aaaaaaaaaaa")), Fate::Online);
    assert_eq!(fate(YOUTUBE, 200, JSON, &online("bbbbbbbbbbb")), Fate::Unknown);
    let comment = format!("{YOUTUBE}&lc=UgzzzzzzzzzzzzzzzzzzzzAaABAg");
    assert_ne!(fate(&comment, 200, JSON, &online("aaaaaaaaaaa")), Fate::Online);
    let removed = r#"{"playabilityStatus":{"reason":"This video has been removed for violating YouTube's Community Guidelines"}}"#;
    let below = judge(&answer(&comment, 200, JSON, removed));
    assert_eq!(
        (below.fate, below.would_count),
        (Fate::GoneCauseUnknown, false),
        "the video was removed, not the comment"
    );
}

#[test]
fn tiktok_never_proves_a_removal() {
    let page = |detail: &str| {
        let body = format!(
            r#"<html><script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">{{"__DEFAULT_SCOPE__":{{"webapp.video-detail":{detail}}}}}</script></html>"#
        );
        fate(TIKTOK, 200, HTML, &body)
    };
    assert_eq!(page(r#"{"statusCode":0,"itemInfo":{"itemStruct":{"id":"7253412088251534594"}}}"#), Fate::Online);
    assert_eq!(page(r#"{"statusCode":0,"itemInfo":{"itemStruct":{"id":"7"}}}"#), Fate::Unknown);
    assert_eq!(page(r#"{"statusCode":10204}"#), Fate::Unknown);
    assert_eq!(page(r#"{"statusCode":10222}"#), Fate::Private);
    assert_eq!(page(r#"{"statusCode":10217}"#), Fate::GoneCauseUnknown);
    assert_eq!(fate(TIKTOK, 200, HTML, "<html><body>xxxxx</body></html>"), Fate::BlockedBot);
    assert_eq!(fate(TIKTOK, 200, HTML, "<p>Vidéo actuellement indisponible</p>"), Fate::GoneCauseUnknown);
}

#[test]
fn telegram_answers_200_whatever_happened() {
    let message = |id: u32| {
        format!(
            r#"<div class="tgme_widget_message" data-post="Demo_Chan/{id}"><div class="js-message_text">Bonjour</div></div>"#
        )
    };
    let page = |ids: &[u32]| ids.iter().map(|id| message(*id)).collect::<String>();
    assert_eq!(fate(TELEGRAM, 200, HTML, &page(&[442])), Fate::Online);
    assert_eq!(fate(TELEGRAM, 200, HTML, &page(&[441, 443])), Fate::GoneCauseUnknown);
    assert_eq!(fate(TELEGRAM, 200, HTML, &page(&[440, 441])), Fate::Unknown);
    assert_eq!(fate(TELEGRAM, 200, HTML, &page(&[442]).replace("Demo_Chan", "other_chan")), Fate::Unknown);
    assert_eq!(fate(TELEGRAM, 200, HTML, "<div class=\"tgme_page\">Telegram</div>"), Fate::Unknown);
    let shell = "<title>Telegram: Contact @demo_chan</title><div class=\"page\"></div>";
    assert_eq!(fate(TELEGRAM, 200, HTML, shell), Fate::GoneCauseUnknown);
    let widget = shell.replace("\"page\"", "\"tgme_page\"");
    assert_eq!(fate(TELEGRAM, 200, HTML, &widget), Fate::Unknown, "the page around a message has the same title");
    let blocked = "<p>This channel can’t be displayed because it violated Telegram's Terms of Service.</p>";
    assert_eq!(fate(TELEGRAM, 200, HTML, blocked), Fate::GoneCauseUnknown, "told, never seen: not to be counted");
}

#[test]
fn jeuxvideo_names_its_moderators_only_with_a_410() {
    let page = |code: u16, words: &str| {
        format!(
            "<img class=\"img-erreur\" src=\"https://www.jeuxvideo.com/img/erreurs/e{code}.png\"><strong>{words}</strong>"
        )
    };
    let words = "Ce sujet a été fermé suite à une action de modération.";
    assert_eq!(fate(JEUXVIDEO, 410, HTML, &page(410, words)), Fate::RemovedByCommunityMod);
    assert_eq!(fate(JEUXVIDEO, 410, HTML, &page(410, "Supprimé.")), Fate::GoneCauseUnknown);
    assert_eq!(fate(JEUXVIDEO, 404, HTML, &page(404, words)), Fate::GoneCauseUnknown);
    assert_eq!(fate(JEUXVIDEO, 200, HTML, &format!("<p>{words}</p>")), Fate::Unknown);
    assert_eq!(fate(JEUXVIDEO, 403, HTML, "<title>Just a moment...</title>"), Fate::BlockedBot);
}

#[test]
fn the_others_say_less() {
    assert_eq!(fate(MASTODON, 200, JSON, r#"{"id":"103270115826048975","account":{"id":"1"}}"#), Fate::Online);
    let suspended = r#"{"id":"103270115826048975","account":{"id":"1","suspended":true}}"#;
    assert_eq!(fate(MASTODON, 200, JSON, suspended), Fate::AccountSuspended);
    assert_eq!(fate(MASTODON, 404, JSON, r#"{"error":"Record not found"}"#), Fate::GoneCauseUnknown);
    assert_eq!(fate(MASTODON, 410, JSON, "{}"), Fate::GoneCauseUnknown);
    assert_eq!(fate(MASTODON, 200, JSON, r#"{"type":"Tombstone"}"#), Fate::GoneCauseUnknown);
    assert_eq!(fate(MASTODON, 401, JSON, r#"{"error":"This method requires an authenticated user"}"#), Fate::LoginWall);
    let pixelfed = "https://photo.example/p/paul_invente/123456789012345678";
    assert_eq!(fate(pixelfed, 200, JSON, r#"{"id":"123456789012345678"}"#), Fate::Online);
    assert_eq!(fate(pixelfed, 404, JSON, r#"{"error":"Record not found"}"#), Fate::GoneCauseUnknown);
    let facebook = "<div role=\"main\"><span>Ce contenu n'est pas disponible pour le moment</span></div>";
    assert_eq!(fate(FACEBOOK, 200, HTML, facebook), Fate::GoneCauseUnknown);
    assert_eq!(fate(FACEBOOK, 200, HTML, "<span>Connectez-vous pour continuer</span>"), Fate::LoginWall);
    let abroad = "<span>This content isn't available in your country</span>";
    assert!(!judge(&answer(FACEBOOK, 200, HTML, abroad)).would_count);
    let linkedin = "https://www.linkedin.com/feed/update/urn:li:activity:7016901149999955968/";
    assert_eq!(fate(linkedin, 999, HTML, "<p></p>"), Fate::BlockedBot);
    let dailymotion = "https://www.dailymotion.com/video/x5kesuj";
    assert_eq!(fate(dailymotion, 200, JSON, r#"{"id":"x5kesuj"}"#), Fate::Online);
    assert_eq!(fate(dailymotion, 404, JSON, r#"{"error":{"code":404,"type":"not_found"}}"#), Fate::GoneCauseUnknown);
    assert_eq!(fate(dailymotion, 200, JSON, r#"{"error":{"code":"DM004"}}"#), Fate::GoneCauseUnknown);
}

#[test]
fn a_probe_asks_what_the_platform_can_answer() {
    let asked = |url: &str| probe(&permalink(url).unwrap()).map(|probe| (probe.url, probe.origin));
    let url = |of: &str| asked(of).unwrap().0;
    assert_eq!(
        url(BLUESKY),
        "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?uri=at://paul.invente.example/app.bsky.feed.post/3l3vgf77uco2g&depth=0&parentHeight=0"
    );
    assert_eq!(
        asked("https://piaille.example/@paul/103270115826048975").unwrap(),
        (
            "https://piaille.example/api/v1/statuses/103270115826048975".to_owned(),
            "https://piaille.example/*".to_owned()
        )
    );
    assert_eq!(url(COMMENT), "https://www.reddit.com/api/info.json?id=t1_d7ltvl0&raw_json=1");
    assert_eq!(url(TELEGRAM), "https://t.me/demo_chan/442?embed=1&mode=tme");
    assert_eq!(
        url(FACEBOOK),
        "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fpaul.invente%2Fposts%2F428202057564823"
    );
    assert_eq!(url(YOUTUBE), "https://www.youtube.com/watch?v=aaaaaaaaaaa&hl=en");
    assert_eq!(asked(&format!("{YOUTUBE}&lc=UgzzzzzzzzzzzzzzzzzzzzAaABAg")), None);
    let discord = "https://discord.com/channels/175928847299117061/175928847299117062/175928847299117063";
    assert_eq!(asked(discord), None, "private spaces are not read by a machine");
    for platform in platform::all() {
        for template in &platform.probes {
            assert!(["html", "json"].contains(&template.kind.as_str()), "{}", platform.id);
            assert!(template.of.iter().all(|kind| platform.kinds().contains(kind.as_str())), "{}", platform.id);
        }
    }
}

/// What `SOURCES.tsv` says of each answer, and the table of what we say.
#[test]
fn answers_collected_from_everywhere() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/fixtures"));
    if !folder.exists() {
        println!("{}: not on this machine, nothing compared", folder.display());
        return;
    }
    let rkey = "https://bsky.app/profile/author.test/post/rkeymain";
    let images = "https://bsky.app/profile/author.test/post/rkeypics";
    let topic = "https://www.jeuxvideo.com/forums/42-51-70000000-1-0-1-0-titre.htm";
    let legacy_fb = "https://mbasic.facebook.com/story.php?story_fbid=456&id=212038";
    let discord = "https://discord.com/channels/175928847299117061/175928847299117062/175928847299117063";
    let instagram = "https://www.instagram.com/p/DXeh-kYiIge/";
    let threads = "https://www.threads.com/@demo/post/DXhZAMkljvS";
    let abc = REDDIT;
    let cases = [
        ("bluesky/fx_thread-single.json", rkey, 200, JSON, Fate::Online),
        ("bluesky/fx_thread-multi-image.json", images, 200, JSON, Fate::Online),
        ("bluesky/syn_getPostThread_NotFound.json", BLUESKY, 400, JSON, Fate::GoneCauseUnknown),
        ("bluesky/syn_getPosts_empty.json", BLUESKY, 200, JSON, Fate::Unknown),
        ("bluesky/syn_getProfile_AccountTakedown.json", BLUESKY, 400, JSON, Fate::AccountSuspended),
        ("bluesky/syn_getRecord_RecordNotFound.json", BLUESKY, 400, JSON, Fate::GoneCauseUnknown),
        ("bluesky/fx_profile-detail.json", BLUESKY, 200, JSON, Fate::Unknown),
        ("bluesky/fx_get-likes.json", BLUESKY, 200, JSON, Fate::Unknown),
        ("bluesky/twitwi_bluesky-tap-posts.json", BLUESKY, 200, JSON, Fate::Unknown),
        ("discord/syn_message_online.json", discord, 200, JSON, Fate::Online),
        ("discord/syn_unknown_message.json", discord, 404, JSON, Fate::GoneCauseUnknown),
        ("facebook/facebook.mbasic.post.html", legacy_fb, 200, HTML, Fate::Online),
        ("facebook/facebook.mbasic.about.html", legacy_fb, 200, HTML, Fate::Unknown),
        ("facebook/facebook.mbasic.reactions.html", legacy_fb, 200, HTML, Fate::Unknown),
        ("facebook/syn_unavailable_en.html", FACEBOOK, 200, HTML, Fate::GoneCauseUnknown),
        ("facebook/syn_unavailable_fr.html", FACEBOOK, 200, HTML, Fate::GoneCauseUnknown),
        ("instagram/syn_media_online.json", instagram, 200, JSON, Fate::Online),
        ("instagram/syn_unavailable_fr.html", instagram, 200, HTML, Fate::GoneCauseUnknown),
        ("jeuxvideo/syn_404.html", topic, 404, HTML, Fate::GoneCauseUnknown),
        ("jeuxvideo/syn_410_topic.html", topic, 410, HTML, Fate::RemovedByCommunityMod),
        ("jeuxvideo/syn_message_legacy.html", JEUXVIDEO, 200, HTML, Fate::Online),
        ("mastodon/doc_entities_Status_01.json", MASTODON, 200, JSON, Fate::Online),
        ("mastodon/doc_methods_statuses_05.json", "https://mastodon.social/@Gargron/1", 200, JSON, Fate::Online),
        ("mastodon/doc_entities_Account_01.json", MASTODON, 200, JSON, Fate::Unknown),
        ("mastodon/doc_entities_Error_01.json", MASTODON, 400, JSON, Fate::Unknown),
        ("mastodon/doc_methods_statuses_76.json", MASTODON, 200, JSON, Fate::Unknown),
        ("mastodon/syn_401_auth_required.json", MASTODON, 401, JSON, Fate::LoginWall),
        ("mastodon/syn_404.json", MASTODON, 404, JSON, Fate::GoneCauseUnknown),
        ("reddit/syn_403_private.json", abc, 403, JSON, Fate::Private),
        ("reddit/syn_comment_deleted.json", COMMENT, 200, JSON, Fate::DeletedByAuthor),
        ("reddit/syn_post_deleted_author.json", abc, 200, JSON, Fate::DeletedByAuthor),
        ("reddit/syn_post_online.json", abc, 200, JSON, Fate::Online),
        ("reddit/syn_post_removed_mod.json", abc, 200, JSON, Fate::RemovedByCommunityMod),
        ("telegram/syn_tme_missing_http200.html", TELEGRAM, 200, HTML, Fate::GoneCauseUnknown),
        ("telegram/syn_tme_s_channel.html", "https://t.me/demo_chan/441", 200, HTML, Fate::Online),
        ("telegram/syn_tme_s_channel.html", TELEGRAM, 200, HTML, Fate::GoneCauseUnknown),
        ("threads/syn_post_online.json", threads, 200, JSON, Fate::Online),
        ("threads/syn_quote_unavailable.json", threads, 200, JSON, Fate::GoneCauseUnknown),
        ("tiktok/syn_challenge_page.html", TIKTOK, 200, HTML, Fate::BlockedBot),
        ("tiktok/syn_video_10204_item_doesnt_exist_OR_region.html", TIKTOK, 200, HTML, Fate::Unknown),
        ("tiktok/syn_video_10217_deleted_per_one_mapper.html", TIKTOK, 200, HTML, Fate::GoneCauseUnknown),
        ("tiktok/syn_video_10222_private_account.html", TIKTOK, 200, HTML, Fate::Private),
        ("tiktok/syn_video_online.html", TIKTOK, 200, HTML, Fate::Online),
        ("youtube/syn_player_account_closed.json", YOUTUBE, 200, JSON, Fate::AccountGone),
        ("youtube/syn_player_account_terminated.json", YOUTUBE, 200, JSON, Fate::AccountSuspended),
        ("youtube/syn_player_bot.json", YOUTUBE, 200, JSON, Fate::BlockedBot),
        ("youtube/syn_player_geo.json", YOUTUBE, 200, JSON, Fate::WithheldGeo),
        ("youtube/syn_player_removed_guidelines.json", YOUTUBE, 200, JSON, Fate::RemovedByPlatform),
        ("youtube/syn_player_removed_harassment.json", YOUTUBE, 200, JSON, Fate::RemovedByPlatform),
        ("youtube/syn_player_removed_tos.json", YOUTUBE, 200, JSON, Fate::RemovedByPlatform),
        ("youtube/syn_player_removed_uploader.json", YOUTUBE, 200, JSON, Fate::DeletedByAuthor),
    ];
    let mut table = std::collections::BTreeMap::<(Fate, Fate), usize>::new();
    let mut wrong = vec![];
    for (file, url, status, kind, expected) in cases {
        let body = fs::read_to_string(folder.join(file)).unwrap();
        let seen = judge(&answer(url, status, kind, &body));
        *table.entry((expected, seen.fate)).or_default() += 1;
        if seen.fate != expected {
            wrong.push(format!("{file}: {seen:?}, expected {expected:?}"));
        }
    }
    // Recorded by another tool, with its request around it.
    let recorded = fs::read_to_string(folder.join("youtube/np_notavailable_privatecontent__1.json")).unwrap();
    let recorded: serde_json::Value = serde_json::from_str(&recorded).unwrap();
    let private = recorded["response"]["responseBody"].as_str().unwrap();
    assert_eq!(fate("https://www.youtube.com/watch?v=8VajtrESJzA", 200, JSON, private), Fate::Private);
    for ((expected, seen), count) in &table {
        println!("expected {expected:?}, seen {seen:?}: {count}");
    }
    let removed = table.iter().filter(|((expected, seen), _)| seen.would_count() && !expected.would_count());
    assert_eq!(removed.map(|(_, count)| count).sum::<usize>(), 0, "removals that nothing proves");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// No answer about one post may prove the removal of another, and no collected file proves one where none is told.
#[test]
fn no_collected_file_proves_a_removal_by_accident() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/fixtures"));
    let Ok(folders) = fs::read_dir(&folder) else {
        println!("{}: not on this machine, nothing compared", folder.display());
        return;
    };
    let told =
        ["removed", "410", "Takedown", "terminated", "geo", "withheld", "Suspended", "suspended", "991204", "991500"];
    for entry in folders.flatten().filter(|entry| entry.path().is_dir()).flat_map(|entry| fs::read_dir(entry.path())) {
        for file in entry.flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            let Ok(body) = fs::read_to_string(file.path()) else { continue };
            if told.iter().any(|word| name.contains(word)) {
                continue;
            }
            for url in [BLUESKY, REDDIT, COMMENT, YOUTUBE, TIKTOK, TELEGRAM, JEUXVIDEO, MASTODON, FACEBOOK, URL] {
                for (status, kind) in [(200, HTML), (200, JSON), (404, HTML), (404, JSON), (410, HTML), (400, JSON)] {
                    let seen = judge(&answer(url, status, kind, &body));
                    assert!(!seen.would_count, "{name} as {url}: {seen:?}");
                }
            }
        }
    }
}
