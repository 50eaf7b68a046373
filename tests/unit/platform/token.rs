use super::*;

#[test]
fn prints_what_javascript_prints() {
    for (id, token) in [
        ("1691389765483200513", "43lnobuxzql"),
        ("1703436713362870723", "44ni5iyte19"),
        ("2001950365332455490", "4upb92tr14x"),
    ] {
        assert_eq!(syndication(id).as_deref(), Some(token), "{id}");
    }
}

#[test]
fn only_digits_are_ids() {
    assert_eq!(syndication("12a"), None);
    assert_eq!(syndication("-1"), None);
    assert_eq!(syndication(""), None);
    assert_eq!(syndication("0").as_deref(), Some(""));
    assert_eq!(syndication(&"9".repeat(400)), None);
}
