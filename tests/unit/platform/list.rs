use super::*;

#[test]
fn a_column_a_table_a_message() {
    let text = "\u{feff}adresse;date\r\nhttps://x.com/a/status/1;24/11\r\n\"https://x.com/b/status/2\",\"oui\"\nhttps://x.com/c/status/3,https://x.com/d/status/4\nVoir (https://forum.example/sujet,12,3.html) et <http://blog.example/a>.\nhttps://x.com/a/status/1 https:// rien";
    assert_eq!(
        addresses(text),
        [
            "https://x.com/a/status/1",
            "https://x.com/b/status/2",
            "https://x.com/c/status/3",
            "https://x.com/d/status/4",
            "https://forum.example/sujet,12,3.html",
            "http://blog.example/a"
        ]
    );
    assert!(addresses("").is_empty() && addresses("pas d’adresse http").is_empty());
}

#[test]
fn a_long_text_takes_its_length() {
    let text = "https://x.com/a/status/1,".repeat(200_000);
    assert_eq!(addresses(&text).len(), 1);
}
