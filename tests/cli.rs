//! The binary as its users meet it: one JSON object per line, and the exit code.

#![allow(clippy::unwrap_used, reason = "a helper of tests is a test")]

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

const POST: &str = "tests/fixtures/pages/x_post.html";
const GONE: &str = "tests/fixtures/pages/x_gone.html";
const URL: &str = "https://x.com/paul_invente/status/1991428745216000000";

fn temoin(arguments: &[&str], input: &[u8]) -> (Vec<Value>, Output) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_temoin"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A refusal may come before everything is read.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let lines = String::from_utf8(output.stdout.clone()).unwrap();
    (lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), output)
}

#[test]
fn permalink_answers_for_each_address() {
    let (lines, output) =
        temoin(&["permalink", &format!("{URL}?s=20"), "https://x.com/home", "https://blog.example/a"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(lines[0]["url"], format!("{URL}?s=20"));
    assert_eq!(lines[0]["canonical"], URL);
    assert_eq!(lines[0]["created_at_meaning"], "exact");
    assert_eq!(lines[1]["error"]["code"], "not_post");
    assert_eq!(lines[2]["kind"], "page");
    assert_eq!(temoin(&["permalink", URL], b"").1.status.code(), Some(0));
    assert_eq!(temoin(&["permalink"], b"").1.status.code(), Some(2));
}

#[test]
fn permalink_says_what_is_no_post() {
    let (lines, output) = temoin(&["permalink", "https://www.dailymotion.com/user/paul_invente"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(lines[0]["error"]["code"], "not_post");
    assert_eq!(
        (&lines[0]["platform"], &lines[0]["kind"], &lines[0]["id"]),
        (&"dailymotion".into(), &"account".into(), &"paul_invente".into())
    );
}

#[test]
fn platforms_prints_one_line_each() {
    let (lines, output) = temoin(&["platforms"], b"");
    assert_eq!(output.status.code(), Some(0));
    let ids: Vec<_> = lines.iter().map(|line| line["id"].as_str().unwrap()).collect();
    for id in ["x", "facebook", "youtube", "bluesky", "mastodon", "jeuxvideo", "telegram", "odysee", "generic"] {
        assert!(ids.contains(&id), "{id}");
    }
    for line in &lines {
        assert!(line["hosts"].is_array() && line["kinds"].is_array(), "{line}");
        assert!(!line["channels"].as_array().unwrap().is_empty(), "{line}");
        assert!(["verified", "probable", "unknown"].contains(&line["doubt"].as_str().unwrap()), "{line}");
    }
    let x = lines.iter().find(|line| line["id"] == "x").unwrap();
    assert_eq!(x["channels"][0]["prefill"][0], "content_id");
}

#[test]
fn read_prints_the_post() {
    let (lines, output) = temoin(&["read", "--url", URL, POST], b"");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(lines[0]["author"]["handle"], "paul_invente");
    let (again, _) = temoin(&["read", "--url", URL, "-"], &std::fs::read(POST).unwrap());
    assert_eq!(lines, again);
}

#[test]
fn read_names_what_is_wrong() {
    let code = |input: &[u8]| {
        let (lines, output) = temoin(&["read", "--url", URL, "-"], input);
        assert_eq!(output.status.code(), Some(1));
        assert!(!output.stderr.is_empty());
        lines[0]["error"]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(code(b""), "empty");
    assert_eq!(code(&[0xff, 0xd8, 0xff, 0xe0, 0, 1, 2, 3]), "not_text");
    assert_eq!(code(b"<p>caf\xe9</p>"), "not_text");
    assert_eq!(code(&vec![b'a'; 50_000_000]), "too_large");
    assert_eq!(code(&b"<div>".repeat(10_000)), "too_deep");
    let (lines, output) = temoin(&["read", "--url", URL, "absent.html"], b"");
    assert_eq!((output.status.code(), lines[0]["error"]["code"].as_str()), (Some(1), Some("io")));
    assert_eq!(temoin(&["read", POST], b"").1.status.code(), Some(2));
}

#[test]
fn read_understands_declared_and_marked_encodings() {
    let text = |input: &[u8]| {
        let (lines, _) = temoin(&["read", "--url", "https://blog.example/a", "-"], input);
        lines[0]["text"].as_str().unwrap().to_owned()
    };
    assert_eq!(text(b"<meta charset=ISO-8859-1><article>caf\xe9 \x96 \x80</article>"), "café – €");
    let page = "<article>café 🐸</article>";
    assert_eq!(text(format!("\u{feff}{page}").as_bytes()), "café 🐸");
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(page.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(text(&wide), "café 🐸");
}

#[test]
fn fate_tells_a_removal_from_a_wall() {
    let (lines, output) = temoin(&["fate", "--url", URL, "--status", "200", GONE], b"");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        (lines[0]["fate"].as_str(), lines[0]["would_count"].as_bool()),
        (Some("removed_by_platform"), Some(true))
    );
    let wall =
        ["fate", "--url", URL, "--status", "200", "--final-url", "https://x.com/i/flow/login", "--kind", "html", GONE];
    assert_eq!(temoin(&wall, b"").0[0]["fate"], "login_wall");
    assert_eq!(
        temoin(&["fate", "--url", URL, "--status", "200", "--kind", "json", "-"], b"{}").0[0]["fate"],
        "unknown"
    );
    assert_eq!(
        temoin(&["fate", "--url", URL, "--status", "200", "--kind", "json", "-"], b"").0[0]["fate"],
        "temp_error"
    );
}
