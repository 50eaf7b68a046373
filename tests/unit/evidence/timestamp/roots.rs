use super::*;

#[test]
fn shipped_roots_are_the_ones_that_their_digests_name() {
    let roots = Roots::shipped().unwrap();
    assert_eq!(roots.iter().count(), 4);
    for root in roots.iter() {
        assert!(!root.name.is_empty());
        assert!(root.certificate.is_authority(1), "{}", root.name);
    }
}

#[test]
fn a_file_without_certificate_is_refused() {
    for text in
        ["", "bonjour", "-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"]
    {
        let error = Roots::from_pem(text.as_bytes()).unwrap_err();
        assert!(["roots_empty", "roots_certificate"].contains(&error.code()), "{text}");
    }
    assert_eq!(Roots::from_pem(&[0xff; 100]).unwrap_err(), RootsError::Empty);
}
