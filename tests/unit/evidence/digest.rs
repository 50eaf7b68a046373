use super::*;

/// FIPS 180-4 example, as `printf abc | sha256sum` prints it.
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

#[test]
fn prints_what_sha256sum_prints() {
    assert_eq!(Digest::of(b"abc").to_string(), ABC);
}

#[test]
fn reads_back_what_it_prints() {
    assert_eq!(ABC.parse::<Digest>(), Ok(Digest::of(b"abc")));
}

#[test]
fn refuses_upper_case_short_and_foreign() {
    for text in ["", ABC.trim_start_matches('b'), &ABC.to_uppercase(), &ABC.replace('b', "g"), &format!("{ABC}0")] {
        assert_eq!(text.parse::<Digest>(), Err(DigestError), "{text}");
    }
}
