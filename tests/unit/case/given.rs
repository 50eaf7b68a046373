use super::*;

fn form(name: Option<&str>, bytes: &[u8]) -> Result<PieceForm, GivenError> {
    given(name, bytes).map(|given| given.form)
}

#[test]
fn files_are_told_by_their_bytes_not_by_their_names() {
    assert_eq!(form(Some("x.pdf"), b"\x89PNG\r\n\x1a\n..."), Ok(PieceForm::Image));
    assert_eq!(form(Some("x.png"), b"%PDF-1.7"), Ok(PieceForm::Pdf));
    assert_eq!(form(None, b"RIFF\0\0\0\0WEBPVP8 "), Ok(PieceForm::Image));
    assert_eq!(form(None, b"\0\0\0\x18ftypheic"), Ok(PieceForm::Image));
    assert_eq!(form(None, b"\xff\xd8\xff\xe0"), Ok(PieceForm::Image));
    assert_eq!(form(Some("x.exe"), b"MZ\0\0"), Err(GivenError::Unknown));
    assert_eq!(form(Some("old.txt"), b"d\xe9j\xe0 vu"), Err(GivenError::Unknown));
}

#[test]
fn a_message_is_known_by_its_headers_or_its_ending() {
    let message = b"Received: from a\r\n by b\r\nFrom: support@example.invalid\r\nMIME-Version: 1.0\r\n\r\nBonjour";
    assert_eq!(form(None, message), Ok(PieceForm::Email));
    assert_eq!(form(Some("Decision.EML"), "De : le support\n\nbonjour".as_bytes()), Ok(PieceForm::Email));
    // What a person pastes looks like headers and is a text.
    assert_eq!(form(None, b"From: support\nSubject: decision\n\nHello"), Ok(PieceForm::Text));
}

#[test]
fn a_lone_address_is_a_link() {
    assert_eq!(form(None, b" https://exemple.test/a?b=c \n"), Ok(PieceForm::Link));
    assert_eq!(form(None, b"voir https://exemple.test/"), Ok(PieceForm::Text));
    assert_eq!(form(None, b"javascript:alert(1)"), Ok(PieceForm::Text));
}

#[test]
fn bad_input_is_refused_at_once() {
    assert_eq!(form(None, b""), Err(GivenError::Empty));
    assert_eq!(form(None, b" \n\t"), Err(GivenError::Empty));
    assert_eq!(form(None, &vec![b'a'; LARGEST + 1]), Err(GivenError::TooLarge));
    assert_eq!(form(None, &vec![b':'; 1 << 20]), Ok(PieceForm::Text));
    assert_eq!(form(None, "\n".repeat(1 << 20).as_bytes()), Err(GivenError::Empty));
}
