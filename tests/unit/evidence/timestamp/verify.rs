//! Against a service made with `openssl ts`: what OpenSSL accepts we accept, what is wrong we refuse and name.

use std::sync::LazyLock;

use super::*;
use crate::evidence::openssl::{Kind, PLAIN, Tsa, has};
use crate::{
    base::Fault,
    evidence::timestamp::{read, read_request, request},
};

const NONCE: [u8; 16] = [0xf7, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

fn digest() -> Digest {
    Digest::of(b"manifeste")
}

/// A plain service and its answer.
static TSA: LazyLock<Option<(Tsa, Vec<u8>)>> = LazyLock::new(|| {
    has("openssl").then(|| {
        let tsa = Tsa::new(PLAIN);
        let tsq = request(&digest(), &NONCE).unwrap();
        let tsr = tsa.reply(&tsq);
        (tsa, tsr)
    })
});

fn roots(tsa: &Tsa) -> Roots {
    Roots::from_pem(&tsa.root()).unwrap()
}

fn code(result: Result<VerifiedToken, TimestampError>) -> &'static str {
    result.map_or_else(|error| error.code(), |_| "accepted")
}

#[test]
fn what_openssl_makes_and_accepts_we_accept() {
    if !has("openssl") {
        return;
    }
    let rsa = |key, digest, ess, intermediate| Kind { key, digest, ess, intermediate };
    let kinds = [
        PLAIN,
        rsa("rsa:2048", "sha384", "sha512", false),
        rsa("rsa:2048", "sha256", "sha1", true),
        rsa("rsa:4096", "sha512", "sha256", true),
        rsa("ec:P-256", "sha256", "sha256", false),
        rsa("ec:P-256", "sha512", "sha1", true),
        rsa("ec:P-384", "sha384", "sha256", true),
    ];
    for kind in kinds {
        let name = format!("{} {} {} {}", kind.key, kind.digest, kind.ess, kind.intermediate);
        let tsa = Tsa::new(kind);
        let tsq = request(&digest(), &NONCE).unwrap();
        let tsr = tsa.reply(&tsq);
        assert!(tsa.accepts(&tsr, &tsq), "{name}: openssl refuses");
        let verified =
            verify(&tsr, &digest(), Some(&NONCE), &roots(&tsa)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(verified.root, "Racine-essai");
        assert_eq!(verified.token.tsa, "Horodatage-tsa");
        assert_eq!(verified.token.policy, "1.2.3.4.1");
        assert_eq!(read(&tsr, &digest(), Some(&NONCE)), Ok(verified.token));
    }
}

#[test]
fn the_request_is_read_back_whatever_the_nonce() {
    for nonce in [NONCE, [0; 16], [0xff; 16], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 1]] {
        let tsq = request(&digest(), &nonce).unwrap();
        assert_eq!(read_request(&tsq), Ok((digest(), nonce)));
        if let Some((tsa, ..)) = &*TSA {
            tsa.folder.write("read.tsq", &tsq);
            let text = tsa.openssl("ts -query -in read.tsq -text").stdout;
            let text = String::from_utf8_lossy(&text).into_owned();
            assert!(text.contains("Certificate required: yes") && text.contains("sha256"), "{text}");
        }
    }
}

#[test]
fn other_content_nonce_root_are_refused_and_named() {
    let Some((tsa, tsr)) = &*TSA else { return };
    let roots = roots(tsa);
    assert_eq!(code(verify(tsr, &digest(), Some(&NONCE), &roots)), "accepted");
    assert_eq!(code(verify(tsr, &digest(), None, &roots)), "accepted");
    assert_eq!(code(verify(tsr, &Digest::of(b"autre"), Some(&NONCE), &roots)), "timestamp_imprint");
    assert_eq!(code(verify(tsr, &digest(), Some(&[9; 16]), &roots)), "timestamp_nonce");
    assert_eq!(code(verify(tsr, &digest(), Some(&NONCE), &Roots::none())), "timestamp_root_unknown");
    let stranger = Tsa::new(PLAIN);
    assert_eq!(
        code(verify(tsr, &digest(), Some(&NONCE), &Roots::from_pem(&stranger.root()).unwrap())),
        "timestamp_root_unknown",
        "same name, other key"
    );
}

#[test]
fn what_is_not_covered_is_a_doubt_and_not_a_fault() {
    if !has("openssl") {
        return;
    }
    let tsa = Tsa::new(Kind { key: "ec:P-521", digest: "sha512", ess: "sha512", intermediate: false });
    let tsq = request(&digest(), &NONCE).unwrap();
    let tsr = tsa.reply(&tsq);
    assert!(tsa.accepts(&tsr, &tsq));
    assert!(read(&tsr, &digest(), Some(&NONCE)).is_ok());
    let error = verify(&tsr, &digest(), Some(&NONCE), &roots(&tsa)).unwrap_err();
    assert_eq!((error.code(), error.is_doubt()), ("timestamp_unsupported", true), "{error}");
}

#[test]
fn a_refusal_carries_the_words_of_the_service() {
    if !has("openssl") {
        return;
    }
    let tsa = Tsa::new(PLAIN);
    tsa.configure("sha512");
    let tsr = tsa.reply(&request(&digest(), &NONCE).unwrap());
    let error = read(&tsr, &digest(), Some(&NONCE)).unwrap_err();
    let TimestampError::Status { status: 2, text } = &error else { panic!("{error:?}") };
    assert!(text.contains("algorithm"), "{text}");
    assert!(error.to_string().contains(text.as_str()), "{error}");
}

#[test]
fn an_expired_certificate_is_refused_and_named() {
    if !has("openssl") {
        return;
    }
    let tsa = Tsa::new(PLAIN);
    tsa.expire();
    let tsr = tsa.reply(&request(&digest(), &NONCE).unwrap());
    assert_eq!(
        verify(&tsr, &digest(), Some(&NONCE), &roots(&tsa)),
        Err(TimestampError::Expired("Horodatage-tsa".to_owned()))
    );
}

/// The content of the plain token, signed again by another certificate under the same root.
fn resigned(tsa: &Tsa, tsr: &[u8], by: &str, options: &str) -> Vec<u8> {
    let content = Answer::parse(tsr).unwrap().signed.encap_content_info.econtent;
    tsa.folder.write("content.der", content.as_bytes());
    tsa.openssl(&format!(
        "cms -sign -binary -nodetach -in content.der -econtent_type 1.2.840.113549.1.9.16.1.4 {options} -md sha256 \
         -signer {by}.pem -inkey {by}.key -outform DER -out token.der"
    ));
    let token = tsa.folder.read("token.der");
    let mut body = vec![0x30, 0x03, 0x02, 0x01, 0x00];
    body.extend(token);
    let mut answer = vec![0x30, 0x82];
    answer.extend(u16::try_from(body.len()).unwrap().to_be_bytes());
    answer.extend(body);
    answer
}

#[test]
fn a_certificate_that_is_not_for_timestamps_is_refused_and_named() {
    if !has("openssl") {
        return;
    }
    let tsa = &Tsa::new(PLAIN);
    tsa.certify("mail", "ca", "mail.ext");
    tsa.certify("both", "ca", "both.ext");
    tsa.certify("right", "ca", "service.ext");
    // After the certificates: they must be valid at the time of the token.
    let tsq = &request(&digest(), &NONCE).unwrap();
    let tsr = &tsa.reply(tsq);
    assert_eq!(code(verify(&resigned(tsa, tsr, "right", "-cades"), &digest(), Some(&NONCE), &roots(tsa))), "accepted");
    for by in ["mail", "both"] {
        let forged = resigned(tsa, tsr, by, "-cades");
        assert!(!tsa.accepts(&forged, tsq), "openssl accepts {by}");
        assert_eq!(code(verify(&forged, &digest(), Some(&NONCE), &roots(tsa))), "timestamp_eku", "{by}");
    }
    let unnamed = resigned(tsa, tsr, "right", "");
    assert_eq!(code(verify(&unnamed, &digest(), Some(&NONCE), &roots(tsa))), "timestamp_attributes");
    let streamed = resigned(tsa, tsr, "right", "-cades -stream");
    assert_eq!(code(verify(&streamed, &digest(), Some(&NONCE), &roots(tsa))), "accepted", "indefinite lengths");
}

#[test]
fn an_authority_that_may_not_certify_is_refused_and_named() {
    if !has("openssl") {
        return;
    }
    let tsa = Tsa::new(PLAIN);
    // The service's own certificate, used as an authority.
    tsa.certify("under", "tsa", "service.ext");
    let content = tsa.reply(&request(&digest(), &NONCE).unwrap());
    let forged = resigned(&tsa, &content, "under", "-cades -certfile tsa.pem");
    assert_eq!(code(verify(&forged, &digest(), Some(&NONCE), &roots(&tsa))), "timestamp_chain");
}

#[test]
fn no_flipped_byte_panics_and_none_changes_what_an_accepted_token_says() {
    let Some((tsa, tsr)) = &*TSA else { return };
    let roots = roots(tsa);
    let honest = verify(tsr, &digest(), Some(&NONCE), &roots).unwrap();
    let mut accepted = 0;
    for index in 0..tsr.len() {
        for mask in [0x01, 0x80, 0xff] {
            let mut flipped = tsr.clone();
            flipped[index] ^= mask;
            if let Ok(verified) = verify(&flipped, &digest(), Some(&NONCE), &roots) {
                accepted += 1;
                assert_eq!(verified, honest, "byte {index} ^ {mask:02x}");
            }
        }
    }
    println!("{accepted} of {} flips are accepted: all in fields that nobody signs", tsr.len() * 3);
    assert!(accepted * 50 < tsr.len(), "{accepted}");
    for length in 0..tsr.len() {
        assert!(verify(&tsr[..length], &digest(), Some(&NONCE), &roots).is_err(), "cut at {length}");
    }
}
