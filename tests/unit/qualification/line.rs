use super::*;

#[test]
fn a_line_gives_a_line() {
    let answer = answer_line(r#"{"id":"7","text":"sale arabe","context":{"public":true,"unknown":[1]}}"#).unwrap();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["id"], "7");
    assert_eq!(answer["code"], "INJ");
    assert_eq!(answer["ground"], "race");
    assert_eq!(answer["suggestions"][0]["offence"], "injure_publique_origine_religion");
    assert!(answer["suggestions"][0]["because"][0]["text"].is_string());
}

#[test]
fn a_bad_line_says_what_is_wrong() {
    for (line, code) in [
        ("{", "qualify_not_json"),
        ("[]", "qualify_not_object"),
        ("{\"id\":1}", "qualify_no_text"),
        ("", "qualify_not_json"),
    ] {
        let error = answer_line(line).unwrap_err();
        assert_eq!(error.code(), code, "{line}");
        assert!(error_line(&error, 3).contains("\"line\":3"));
    }
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(answer_line(&deep).is_err());
}
