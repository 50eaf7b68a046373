use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{from_data, from_exact_json, from_json, from_value};
use crate::base::tagged::tagged;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shape {
    Point,
    Circle(u32),
    Square { side: u32 },
}

#[derive(Debug, PartialEq, Deserialize)]
struct Drawing {
    name: String,
    shapes: Vec<Shape>,
    #[serde(default)]
    depth: Option<i8>,
    sizes: BTreeMap<String, f64>,
}

#[test]
fn each_form_is_read() {
    let drawing: Drawing = from_json(
        br#"{"name": "n", "shapes": ["point", {"point": null}, {"circle": 2}, {"square": {"side": 3}}], "depth": -4, "sizes": {"a": 1.5, "b": 2}}"#,
    )
    .unwrap();
    assert_eq!(drawing.shapes, [Shape::Point, Shape::Point, Shape::Circle(2), Shape::Square { side: 3 }]);
    assert_eq!((drawing.name.as_str(), drawing.depth), ("n", Some(-4)));
    assert_eq!(drawing.sizes, BTreeMap::from([("a".to_owned(), 1.5), ("b".to_owned(), 2.0)]));
}

#[test]
fn a_fault_says_what_was_found_and_wanted() {
    let fault = |value| from_value::<Drawing>(&value).unwrap_err().to_string();
    assert_eq!(fault(json!(["n", [], null, {}])), "invalid type: sequence, expected struct Drawing");
    assert_eq!(fault(json!({"name": 3})), "invalid type: integer `3`, expected a string");
    assert_eq!(
        fault(json!({"name": "n", "shapes": [], "depth": 300, "sizes": {}})),
        "invalid value: integer `300`, expected i8"
    );
    assert_eq!(
        fault(json!({"name": "n", "shapes": [{"circle": 1, "point": 2}]})),
        "invalid type: map, expected string or map with a single key"
    );
    assert_eq!(
        fault(json!({"name": "n", "shapes": ["circle"]})),
        "invalid type: unit variant, expected a variant with content"
    );
    let extra = br#"{"name": "n", "shapes": [], "sizes": {}, "colour": 1}"#;
    assert!(from_json::<Drawing>(extra).is_ok());
    assert!(from_exact_json::<Drawing>(extra).unwrap_err().to_string().starts_with("unknown field `colour`"));
    let extra = br#"{"name": "n", "shapes": [{"square": {"side": 3, "colour": 1}}], "sizes": {}}"#;
    assert!(from_exact_json::<Drawing>(extra).unwrap_err().to_string().starts_with("unknown field `colour`"));
    assert!(fault(json!({"name": "n"})).starts_with("missing field `shapes`"));
    assert!(from_data::<Drawing>("name = ").unwrap_err().contains("line 1"));
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
enum Inside {
    Nothing,
    Some { count: u32 },
}

tagged!(Inside, "kind");

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
enum Beside {
    Nothing,
    List(Vec<u32>),
}

tagged!(Beside, "kind", "value");

#[test]
fn a_tag_stands_where_the_attribute_of_serde_would_put_it() {
    for (value, written) in [
        (Inside::Nothing, json!({"kind": "nothing"})),
        (Inside::Some { count: 3 }, json!({"kind": "some", "count": 3})),
    ] {
        assert_eq!(serde_json::to_value(&value).unwrap(), written);
        assert_eq!(from_value::<Inside>(&written).unwrap(), value);
        assert_eq!(serde_json::from_value::<Inside>(written).unwrap(), value);
    }
    for (value, written) in
        [(Beside::Nothing, json!({"kind": "nothing"})), (Beside::List(vec![1]), json!({"kind": "list", "value": [1]}))]
    {
        assert_eq!(serde_json::to_value(&value).unwrap(), written);
        assert_eq!(from_value::<Beside>(&written).unwrap(), value);
    }
    assert!(from_value::<Inside>(&json!({"count": 3})).is_err());
    assert!(from_value::<Inside>(&json!("nothing")).is_err());
    assert!(from_value::<Inside>(&json!({"kind": "other"})).is_err());
}
