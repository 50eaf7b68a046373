use serde_json::{Value, json};

use super::canonical_json;
use crate::base::Fault;

#[test]
fn integers_up_to_what_javascript_holds_are_written() {
    let record = json!({ "b": 9_007_199_254_740_991_u64, "a": -9_007_199_254_740_991_i64, "": [0, true, null] });
    let text = String::from_utf8(canonical_json(&record).unwrap()).unwrap();
    assert_eq!(text, r#"{"":[0,true,null],"a":-9007199254740991,"b":9007199254740991}"#);
}

// 9007199254740992 and …993 are the same number for RFC 8785: one record would have passed for the other.
#[test]
fn a_number_that_cannot_be_told_from_its_neighbour_is_refused() {
    for text in
        ["9007199254740992", "9007199254740993", "-9007199254740992", "18446744073709551615", "1e300", "0.1", "1.0"]
    {
        let number: Value = serde_json::from_str(text).unwrap();
        let refused = canonical_json(&json!({ "deep": [{ "number": number }] })).unwrap_err();
        assert_eq!(refused.code(), "record_not_json");
        assert!(refused.to_string().contains("le nombre"), "{refused}");
    }
}
