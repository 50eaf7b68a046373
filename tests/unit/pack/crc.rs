use super::Crc;

#[test]
fn the_check_value_of_the_catalogue_of_checksums() {
    assert_eq!(Crc::of(b"123456789"), 0xcbf4_3926);
    assert_eq!(Crc::of(b""), 0);
}

#[test]
fn parts_give_what_the_whole_gives() {
    let mut crc = Crc::new();
    crc.update(b"1234");
    crc.update(b"");
    crc.update(b"56789");
    assert_eq!(crc.value(), Crc::of(b"123456789"));
}
