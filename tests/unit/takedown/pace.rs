use super::*;

const NOW: Instant = Instant::EPOCH;

fn minutes(pause: Pause) -> i64 {
    pause.until.millis() / MINUTE
}

#[test]
fn the_wait_doubles_and_stops_doubling() {
    let mut pause = None;
    let mut waits = vec![];
    for _ in 0..40 {
        let next = Pause::after(pause, NOW, None, 0);
        waits.push(minutes(next));
        pause = Some(next);
    }
    assert_eq!(waits[..5], [5, 10, 20, 40, 80]);
    assert_eq!(waits[39], 12 * 60);
}

#[test]
fn chance_spreads_the_second_half_of_it() {
    for chance in [0, 1, 299_999, 300_000, u64::MAX] {
        let pause = Pause::after(None, NOW, None, chance);
        assert!((FIRST_WAIT / 2..FIRST_WAIT).contains(&pause.until.millis()), "{chance}: {pause:?}");
    }
    assert_ne!(Pause::after(None, NOW, None, 7), Pause::after(None, NOW, None, 8));
}

#[test]
fn what_the_host_asks_for_is_honoured() {
    let after = |text| minutes(Pause::after(None, NOW, Some(text), 0));
    assert_eq!(after("7200"), 120);
    assert_eq!(after(" 7200 "), 120);
    assert_eq!(after("Thu, 01 Jan 1970 03:00:00 GMT"), 180);
    assert_eq!(after("1"), 5, "asked again at once, we wait all the same");
    assert_eq!(after("Wed, 31 Dec 1969 23:00:00 GMT"), 5);
    assert_eq!(after("99999999999999999999"), 5, "not a number of seconds");
    assert_eq!(after("9999999999"), 7 * 24 * 60);
    assert_eq!(after("bientôt"), 5);
    assert_eq!(after(""), 5);
}
