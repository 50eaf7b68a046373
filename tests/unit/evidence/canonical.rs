use proptest::prelude::*;
use serde_json::{Value, json};

use super::canonical_json;

fn text(value: &Value) -> String {
    String::from_utf8(canonical_json(value).unwrap()).unwrap()
}

#[test]
fn the_sample_of_the_rfc() {
    let value = json!({
        "numbers": [333_333_333.333_333_3, 1e30, 4.50, 2e-3, 0.000_000_000_000_000_000_000_000_001],
        "string": "\u{20ac}$\u{f}\nA'B\"\\\\\"/",
        "literals": [null, true, false],
    });
    assert_eq!(
        text(&value),
        r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
    );
}

#[test]
fn keys_stand_in_the_order_of_utf_16() {
    assert_eq!(
        text(&json!({"\u{fb33}": 1, "\u{1f600}": 2, "a": 3, "": 4})),
        "{\"\":4,\"a\":3,\"\u{1f600}\":2,\"\u{fb33}\":1}"
    );
}

#[test]
fn the_edges_of_the_layouts() {
    for (number, wanted) in [
        (0.0, "0"),
        (-0.0, "0"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (-1.5e21, "-1.5e+21"),
        (123_456.789, "123456.789"),
        (1e-6, "0.000001"),
        (-1.25e-7, "-1.25e-7"),
        (5e-324, "5e-324"),
        (f64::MAX, "1.7976931348623157e+308"),
    ] {
        assert_eq!(text(&json!(number)), wanted);
    }
    assert_eq!(
        text(&json!([u64::MAX, i64::MIN, 9_007_199_254_740_991u64])),
        "[18446744073709552000,-9223372036854776000,9007199254740991]"
    );
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6).prop_map(|map| Value::from_iter(map)),
        ]
    })
}

proptest! {
    #[test]
    fn the_crate_for_it_says_the_same(value in any_value()) {
        prop_assert_eq!(canonical_json(&value).unwrap(), serde_json_canonicalizer::to_vec(&value).unwrap());
    }
}
