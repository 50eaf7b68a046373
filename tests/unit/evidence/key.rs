use p256::ecdsa::{Signature, SigningKey, signature::hazmat::PrehashSigner};

use super::*;
use crate::evidence::openssl::{Folder, has, run};

fn key(seed: u8) -> (SigningKey, PublicKey) {
    let secret = SigningKey::from_slice(&[seed; 32]).unwrap();
    let point = secret.verifying_key().to_sec1_point(false);
    let public = PublicKey::from_point(point.as_bytes()).unwrap();
    (secret, public)
}

#[test]
fn the_signature_of_a_browser_verifies_here_and_in_openssl() {
    for seed in 1..40 {
        let (secret, public) = key(seed);
        let message = [seed; 3];
        let signature: Signature = secret.sign_prehash(Digest::of(&message).bytes()).unwrap();
        let raw: [u8; 64] = signature.to_bytes().into();
        let der = der_signature(&raw);
        assert_eq!(der, signature.to_der().as_bytes());
        assert_eq!(raw_signature(&der, 32), Some(raw.to_vec()));
        assert!(public.verifies(&message, &der));
        assert!(!public.verifies(b"autre", &der) && !key(seed + 1).1.verifies(&message, &der));
        assert!(!public.verifies(&message, &raw), "only DER");
        assert_eq!(PublicKey::from_pem(public.to_pem().as_bytes()), Some(public));
    }
    if !has("openssl") {
        return;
    }
    let (secret, public) = key(7);
    let folder = Folder::new();
    folder.write("m", b"message");
    folder.write("k.pem", public.to_pem());
    let signature: Signature = secret.sign_prehash(Digest::of(b"message").bytes()).unwrap();
    folder.write("s", der_signature(&signature.to_bytes().into()));
    let output = run(&folder.0, "openssl", &["dgst", "-sha256", "-verify", "k.pem", "-signature", "s", "m"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "Verified OK");
}

#[test]
fn a_leading_zero_is_dropped_and_a_leading_one_gets_a_sign() {
    let mut raw = [0; 64];
    raw[30..32].copy_from_slice(&[0x80, 1]);
    raw[63] = 5;
    assert_eq!(der_signature(&raw), [0x30, 8, 2, 3, 0, 0x80, 1, 2, 1, 5]);
    assert_eq!(raw_signature(&der_signature(&raw), 32), Some(raw.to_vec()));
    assert_eq!(der_signature(&[0; 64]), [0x30, 6, 2, 1, 0, 2, 1, 0]);
    for junk in [&[][..], &[0x30], &[0x30, 6, 2, 1, 0, 2, 1], &[0x30, 6, 2, 1, 0x80, 2, 1, 0], &[0x31, 0]] {
        assert_eq!(raw_signature(junk, 32), None, "{junk:?}");
    }
}

#[test]
fn what_is_no_key_of_this_kind_is_none() {
    let pem = key(1).1.to_pem();
    assert_eq!(PublicKey::from_pem(b""), None);
    assert_eq!(PublicKey::from_pem(format!("{pem}{pem}").as_bytes()), None);
    assert_eq!(PublicKey::from_pem(pem.replace("PUBLIC", "PRIVATE").as_bytes()), None);
    assert_eq!(PublicKey::from_spki(&[0x30; 91]), None);
}
