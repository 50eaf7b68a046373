use super::*;

fn time(text: &str) -> Option<String> {
    let any = Any::new(Tag::GeneralizedTime, text.as_bytes()).unwrap();
    gen_time(&any).map(Instant::rfc3339)
}

#[test]
fn time_with_and_without_fractions() {
    assert_eq!(time("20261124135507Z").as_deref(), Some("2026-11-24T13:55:07.000Z"));
    assert_eq!(time("20261124135507.5Z").as_deref(), Some("2026-11-24T13:55:07.500Z"));
    assert_eq!(time("20261124135507.123987Z").as_deref(), Some("2026-11-24T13:55:07.123Z"));
}

#[test]
fn time_that_is_not_utc_to_the_second_is_refused() {
    for text in
        ["", "Z", "20261124135507", "202611241355Z", "20261124135507.Z", "20261124135507+0100", "20261324135507Z"]
    {
        assert_eq!(time(text), None, "{text}");
    }
}

#[test]
fn noise_is_not_an_answer() {
    let digest = Digest::of(b"x");
    for bytes in [vec![], vec![0; 40], vec![0x30; 5000], b"HTTP 404".to_vec(), vec![0x30; LONGEST + 1]] {
        assert_eq!(read(&bytes, &digest, None), Err(TimestampError::Malformed));
    }
}
