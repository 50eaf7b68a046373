use super::*;

#[test]
fn wilson_as_published() {
    let rate = Rate::new(28, 70);
    assert_eq!((rate.percent, rate.low, rate.high), (Some(40.0), Some(29.3), Some(51.7)));
    let rare = Rate::new(8, 205);
    assert_eq!((rare.percent, rare.low, rare.high), (Some(3.9), Some(2.0), Some(7.5)));
}

#[test]
fn none_and_all_keep_their_ends() {
    assert_eq!((Rate::new(0, 10).low, Rate::new(0, 10).high), (Some(0.0), Some(27.8)));
    assert_eq!((Rate::new(10, 10).low, Rate::new(10, 10).high), (Some(72.2), Some(100.0)));
    assert_eq!(Rate::new(0, 0).percent, None);
}
