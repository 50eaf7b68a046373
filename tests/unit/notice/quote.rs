use proptest::prelude::*;

use super::*;

#[test]
fn what_fits_is_left_alone() {
    assert_eq!(shorten("abc", 3), "abc");
    assert_eq!(shorten("", 0), "");
}

#[test]
fn a_cut_says_so_and_stands_between_words() {
    assert_eq!(shorten("un deux trois quatre", 16), "un deux […]");
    assert_eq!(shorten(&"a".repeat(50), 20), format!("{} […]", "a".repeat(16)));
    assert_eq!(shorten("abcdef", 3), "[…]");
    assert_eq!(shorten("abcdef", 2), "[…");
    assert_eq!(shorten("abcdef", 0), "");
}

#[test]
fn a_cut_splits_no_family_flag_or_accent() {
    let family = "👩\u{200d}👧\u{200d}👦";
    let text = format!("{}{family}{}", "x".repeat(40), "y".repeat(40));
    for limit in 41..60 {
        let cut = shorten(&text, limit);
        let kept = cut.trim_end_matches(CUT).trim_end();
        let emoji = kept.trim_start_matches('x').trim_end_matches('y');
        assert!(emoji.is_empty() || emoji == family, "{limit}: {cut}");
    }
    let flags = format!("{}🇫🇷🇩🇪🇮🇹{}", "x".repeat(40), "y".repeat(40));
    for limit in 41..60 {
        let cut = shorten(&flags, limit);
        assert_eq!(cut.chars().filter(|c| is_flag_letter(*c)).count() % 2, 0, "{limit}: {cut}");
    }
    let accents = format!("{}e\u{301}{}", "x".repeat(40), "y".repeat(40));
    for limit in 41..60 {
        let cut = shorten(&accents, limit);
        assert_eq!(cut.contains('e'), cut.contains('\u{301}'), "{limit}: {cut}");
    }
}

#[test]
fn passages_are_quoted_each_and_the_missing_ones_are_said() {
    assert_eq!(quoted(&["a", "b"], Lang::Fr, 100), "«\u{a0}a\u{a0}»\u{a0}; «\u{a0}b\u{a0}»");
    assert_eq!(quoted(&["a"], Lang::En, 100), "“a”");
    let many = vec!["douze lettres"; 20];
    let short = quoted(&many, Lang::Fr, 60);
    assert!(short.ends_with(CUT) && short.chars().count() <= 60, "{short}");
}

proptest! {
    #[test]
    fn never_longer_than_its_limit(
        passages in proptest::collection::vec(".{0,80}", 0..6), limit in 0..300usize, fr in any::<bool>(),
    ) {
        let passages: Vec<&str> = passages.iter().map(String::as_str).collect();
        let lang = if fr { Lang::Fr } else { Lang::En };
        prop_assert!(quoted(&passages, lang, limit).chars().count() <= limit);
        for passage in passages {
            let short = shorten(passage, limit);
            prop_assert!(short.chars().count() <= limit);
            prop_assert!(short == passage || limit < 3 || short.ends_with(CUT));
        }
    }
}
