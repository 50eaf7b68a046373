use super::without_secrets;

#[test]
fn secrets_leave_a_mark_and_the_rest_stays() {
    for (raw, clean) in [
        ("https://x.com/a/status/1?s=20", "https://x.com/a/status/1?s=20"),
        ("https://exemple.fr/t?p=12&token=abc&page=2", "https://exemple.fr/t?p=12&token=temoin-omis&page=2"),
        ("https://exemple.fr/t?accessToken=abc", "https://exemple.fr/t?accessToken=temoin-omis"),
        ("https://exemple.fr/t?author=camille&auth=1", "https://exemple.fr/t?author=camille&auth=temoin-omis"),
        ("https://moi:secret@exemple.fr/t", "https://exemple.fr/t"),
        ("https://exemple.fr/t#access_token=abc&x=1", "https://exemple.fr/t#access_token=temoin-omis&x=1"),
        ("https://exemple.fr/t#comment-12", "https://exemple.fr/t#comment-12"),
        ("https://exemple.fr/t?q=0123456789abcdef0123456789abcdef", "https://exemple.fr/t?q=temoin-omis"),
        (
            "https://www.facebook.com/permalink.php?story_fbid=pfbid02AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcXYZ&id=1&token=a",
            "https://www.facebook.com/permalink.php?story_fbid=pfbid02AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcXYZ&id=1&token=temoin-omis",
        ),
        ("https://exemple.fr/t?j=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0", "https://exemple.fr/t?j=temoin-omis"),
    ] {
        assert_eq!(without_secrets(raw).as_deref(), Some(clean), "{raw}");
    }
}

#[test]
fn only_web_addresses_are_kept() {
    for address in ["", "about:blank", "chrome://extensions", "file:///home/moi/page.html", "javascript:alert(1)"] {
        assert_eq!(without_secrets(address), None, "{address}");
    }
}
