use super::*;

#[test]
fn each_point_of_the_standard_has_its_state_and_its_value() {
    let conditions: Conditions = serde_json::from_value(serde_json::json!({
        "version": 2, "url": "https://x.com/a/status/1", "title": "", "page_lang": null,
        "started_at": "2026-11-24T14:00:00.000Z", "read_at": "2026-11-24T14:00:01.000Z", "sealed_at": "2026-11-24T14:00:02.000Z",
        "time_zone": null, "utc_offset_minutes": 60, "user_agent": "Navigateur/1", "languages": [],
        "viewport": { "width": 1200, "height": 800, "devicePixelRatio": "1", "scrollX": 0, "scrollY": 0 },
        "rect": { "x": 0, "y": 0, "width": 1, "height": 1 },
        "designated_by": "permalink", "gesture": "action", "extension_version": "9.9.9", "package_digest": null,
        "flavour": "release", "reader": "x", "level": "page", "omissions": [], "page_changes": [], "missing": []
    }))
    .unwrap();
    let points = norm_points(&conditions);
    assert_eq!(points.iter().map(|point| point.number).collect::<Vec<_>>(), (1..=16).collect::<Vec<_>>());
    assert!(points.iter().all(|point| !point.value.is_empty()));
    let count = |state| points.iter().filter(|point| point.state == state).count();
    assert_eq!([NormState::Established, NormState::NotEstablishable, NormState::NotApplicable].map(count), [8, 7, 1]);
    assert!(points[3].value.contains("Témoin 9.9.9") && points[3].value.contains("Navigateur/1"));
    assert!(points[11].value.contains("1200 × 800"));
    assert!(points[13].value.contains("2026-11-24T14:00:02.000Z"));
    assert!(points[0].value.contains("sans conformité"));
}
