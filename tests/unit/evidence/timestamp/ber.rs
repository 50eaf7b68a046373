use proptest::prelude::*;

use super::*;

#[test]
fn definite_minimal_values_stay_as_they_are() {
    let value = [0x30, 0x06, 0x02, 0x01, 0x05, 0x04, 0x01, 0xff];
    assert_eq!(normalise(&value), Some(value.to_vec()));
}

#[test]
fn indefinite_lengths_and_octets_in_parts_become_definite() {
    let ber = [0x30, 0x80, 0x24, 0x80, 0x04, 0x02, 1, 2, 0x04, 0x81, 0x01, 3, 0, 0, 0x02, 0x82, 0, 1, 7, 0, 0];
    assert_eq!(normalise(&ber), Some(vec![0x30, 0x08, 0x04, 0x03, 1, 2, 3, 0x02, 0x01, 7]));
}

#[test]
fn what_is_not_one_value_is_refused() {
    for bytes in [&[][..], &[0x30], &[0x30, 0x80], &[0x04, 0x80, 0, 0], &[0x30, 0x01, 0x02], &[0x05, 0, 0x05, 0]] {
        assert_eq!(normalise(bytes), None, "{bytes:?}");
    }
    assert_eq!(normalise(&[0x30, 0x80].repeat(10_000)), None, "deep nesting");
    assert_eq!(normalise(&[0x30, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), None, "absurd length");
}

proptest! {
    #[test]
    fn any_bytes_give_a_stable_value_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Some(value) = normalise(&bytes) {
            prop_assert_eq!(normalise(&value), Some(value.clone()));
        }
    }
}
