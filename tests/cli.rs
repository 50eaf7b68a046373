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

// ── Bad input: each a clear error, whatever the command ──────────────────────────────────────────────────────────────

/// The one refusal that a command prints: its code; on stderr the same words, which are French and for a person.
fn refusal(arguments: &[&str], input: &[u8]) -> String {
    let (lines, output) = temoin(arguments, input);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    let error = &lines[0]["error"];
    let message = error["message"].as_str().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(stderr.trim(), format!("temoin : {message}"));
    assert_eq!(lines.len(), 1);
    french(message);
    error["code"].as_str().unwrap().to_owned()
}

/// Words for a person: none of the compiler's, the system's or a library's.
fn french(message: &str) {
    let english = [" the ", " is ", " not ", " of ", "issing", "nexpected", "ailed", "nvalid", "xpected", "at line"];
    let debug = ["panicked", "src/", "os error", "Error", "Err(", "Some(", "None", "{", "}"];
    assert!(!english.iter().chain(&debug).any(|word| message.contains(word)), "{message}");
    assert!(!message.is_empty() && message.chars().count() < 300, "{message}");
}

fn binary() -> Vec<u8> {
    (0..10_240_u32).map(|index| (index * 31 % 256) as u8).collect()
}

fn large() -> Vec<u8> {
    vec![b'a'; 50_000_000]
}

fn deep() -> Vec<u8> {
    [b"<div>".repeat(10_000), b"</div>".repeat(10_000)].concat()
}

/// A file of this test, gone with it.
struct Written(std::path::PathBuf);

impl Written {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("temoin-cli-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn read_refuses_in_plain_words() {
    let code = |input: &[u8]| refusal(&["read", "--url", URL, "-"], input);
    assert_eq!(code(b""), "empty");
    assert_eq!(code(b" \n\t "), "empty");
    assert_eq!(code(&large()), "too_large");
    assert_eq!(code(&binary()), "not_text");
    assert_eq!(code(&deep()), "too_deep");
    assert_eq!(code(b"bonjour"), "not_html");
    let post = std::fs::read(POST).unwrap();
    assert_eq!(code(&post[..200]), "no_post");
    // A snapshot is for the extension, whatever its version; read as a page it holds no post.
    let snapshot = std::fs::read_to_string("tests/fixtures/snapshots/x-permalink.json").unwrap();
    assert_eq!(code(snapshot.replacen("\"version\": 1", "\"version\": 9", 1).as_bytes()), "no_post");
    assert_eq!(refusal(&["read", "--url", URL, "absent.html"], b""), "io");
    assert_eq!(refusal(&["read", "--url", URL, "tests"], b""), "io");
    assert_eq!(refusal(&["read", "--url", "bonjour", POST], b""), "not_url");
}

#[test]
fn a_page_that_is_cut_short_is_read_as_such() {
    let post = std::fs::read(POST).unwrap();
    let (lines, output) = temoin(&["read", "--url", URL, "-"], &post[..post.len() - 60]);
    assert_eq!(output.status.code(), Some(0));
    let missing = lines[0]["missing"].as_array().unwrap();
    assert!(missing.contains(&serde_json::json!({ "what": "html", "reason": "cut_short" })), "{missing:?}");
}

// An answer that cannot be understood is an answer: it never shows a removal.
#[test]
fn fate_never_sees_a_removal_in_bad_input() {
    let gone = std::fs::read(GONE).unwrap();
    for kind in ["html", "json"] {
        let arguments = ["fate", "--url", URL, "--status", "200", "--kind", kind, "-"];
        for input in [
            b"".to_vec(),
            b"  ".to_vec(),
            deep(),
            b"[".repeat(10_000),
            b"{\"version\":9}".to_vec(),
            gone[..40].to_vec(),
        ] {
            let (lines, output) = temoin(&arguments, &input);
            assert_eq!(output.status.code(), Some(0), "{kind}");
            assert!(matches!(lines[0]["fate"].as_str(), Some("unknown" | "temp_error")), "{kind}: {}", lines[0]);
            assert_eq!(lines[0]["would_count"], false);
            if let Some(note) = lines[0]["note"].as_str() {
                french(note);
            }
        }
        assert_eq!(refusal(&arguments, &large()), "too_large");
        assert_eq!(refusal(&arguments, &binary()), "not_text");
    }
    assert_eq!(refusal(&["fate", "--url", URL, "absent.html"], b""), "io");
    assert_eq!(refusal(&["fate", "--url", "bonjour", GONE], b""), "not_url");
}

#[test]
fn qualify_answers_each_line_and_names_the_bad_ones() {
    let code = |input: &[u8]| {
        let (lines, output) = temoin(&["qualify"], input);
        assert_eq!(output.status.code(), Some(1));
        french(lines[0]["error"]["message"].as_str().unwrap());
        assert_eq!(lines[0]["error"]["line"], 1);
        lines[0]["error"]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(code(&binary()), "qualify_not_json");
    assert_eq!(code(&large()), "qualify_not_json");
    assert_eq!(code(&[b"{\"text\":\"a\",\"context\":".to_vec(), b"[".repeat(10_000)].concat()), "qualify_not_json");
    assert_eq!(code(b"{\"id\":1,\"text\":\"coup"), "qualify_not_json");
    assert_eq!(code(b"[1]"), "qualify_not_object");
    assert_eq!(code(b"{\"version\":9}"), "qualify_no_text");
    assert_eq!(refusal(&["qualify", "absent.jsonl"], b""), "io");
    // Nothing of what stands around a bad line is lost; no line has no answer.
    let (lines, output) = temoin(&["qualify"], b"{\"id\":1,\"text\":\"bonjour\"}\n\xff\n{\"id\":2,\"text\":\"\"}\n");
    assert_eq!((output.status.code(), lines.len()), (Some(1), 3));
    assert_eq!((&lines[0]["id"], &lines[1]["error"]["line"], &lines[2]["id"]), (&1.into(), &2.into(), &2.into()));
    let (lines, output) = temoin(&["qualify"], b"");
    assert_eq!((output.status.code(), lines.len()), (Some(0), 0));
    let long = [b"{\"id\":1,\"text\":\"".to_vec(), b"bonjour ".repeat(6_000_000), b"\"}".to_vec()].concat();
    assert_eq!(temoin(&["qualify"], &long).0[0]["id"], 1);
}

#[test]
fn qualify_abstains_on_what_is_no_sentence() {
    for text in [
        "😀🐀🔥".repeat(50),
        "\u{202e}مرحبا بكم في الموقع שלום".to_owned(),
        "Привет мир, ça va ? 你好 γειά".to_owned(),
        "\u{200b}\u{200d}\u{feff}".to_owned(),
        "?!…«»((((".repeat(200),
        "a ".repeat(500_000),
        "nous mangeons des pommes. ".repeat(40_000),
        "\u{0}\u{1}\t\r".to_owned(),
    ] {
        let line = serde_json::json!({ "id": 1, "text": text, "context": { "public": "peut-être", "unknown": [1] } });
        let (lines, output) = temoin(&["qualify"], format!("{line}\n").as_bytes());
        assert_eq!((output.status.code(), lines.len()), (Some(0), 1));
        assert_eq!((&lines[0]["state"], &lines[0]["code"]), (&"none".into(), &"NONE".into()), "{}", lines[0]);
        assert!(!lines[0]["ruled_out"].as_array().unwrap().is_empty());
    }
}

#[test]
fn verify_refuses_what_is_no_pack() {
    let codes = |name: &str, bytes: &[u8]| {
        let file = Written::new(name, bytes);
        let (lines, output) = temoin(&["verify", file.path()], b"");
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(lines[0]["verdict"], "refused");
        let problems = lines[0]["problems"].as_array().unwrap();
        problems.iter().for_each(|problem| french(problem["message"].as_str().unwrap()));
        problems.iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes("empty.zip", b""), ["zip_empty"]);
    assert_eq!(codes("large.zip", &large()), ["zip_not_zip"]);
    assert_eq!(codes("binary.zip", &binary()), ["zip_not_zip"]);
    assert_eq!(codes("page.zip", &std::fs::read(POST).unwrap()), ["zip_not_zip"]);
    for name in ["../evil.txt", "pieces/../../evil.txt", "/etc/evil", "C:\\evil", "a\\..\\evil"] {
        let found = codes("escape.zip", &stored(name, b"x"));
        assert!(found.iter().any(|code| code.starts_with("name_")), "{name}: {found:?}");
        assert!(!std::path::Path::new("../evil.txt").exists());
    }
    let cut = stored("SHA256SUMS", &[b'x'; 1000]);
    assert_eq!(codes("cut.zip", &cut[..cut.len() / 2]), ["zip_truncated"]);
    assert_eq!(refusal(&["verify", "absent.zip"], b""), "io");
    let (lines, output) = temoin(&["verify", "tests"], b"");
    assert_eq!((output.status.code(), lines[0]["problems"][0]["code"].as_str()), (Some(1), Some("unreadable")));
    french(lines[0]["problems"][0]["message"].as_str().unwrap());
}

/// A ZIP of one stored file.
fn stored(name: &str, bytes: &[u8]) -> Vec<u8> {
    let short = |value: usize| (value as u16).to_le_bytes();
    let long = |value: usize| (value as u32).to_le_bytes();
    let crc = !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1)))
    });
    // Version needed, flags, method, time, date, sum, sizes, lengths: the same in both headers.
    let mut common = [short(10), short(0), short(0), short(0), short(33)].concat();
    common.extend(crc.to_le_bytes());
    common.extend([long(bytes.len()), long(bytes.len())].concat());
    common.extend([short(name.len()), short(0)].concat());
    let mut zip = [b"PK\x03\x04", common.as_slice(), name.as_bytes(), bytes].concat();
    let directory = zip.len();
    zip.extend([b"PK\x01\x02", short(10).as_slice(), &common].concat());
    zip.extend([short(0), short(0), short(0)].concat());
    zip.extend([long(0), long(0)].concat());
    zip.extend(name.as_bytes());
    let size = zip.len() - directory;
    zip.extend([b"PK\x05\x06".to_vec(), [short(0), short(0), short(1), short(1)].concat()].concat());
    zip.extend([long(size), long(directory)].concat());
    zip.extend(short(0));
    zip
}
