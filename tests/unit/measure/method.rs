use std::collections::BTreeSet;

use super::*;

#[test]
fn every_rule_speaks_both_languages() {
    let ids: BTreeSet<_> = method().iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids.len(), method().len());
    for rule in method() {
        assert!(rule.text(Lang::Fr).ends_with('.') && rule.text(Lang::En).ends_with('.'), "{}", rule.id);
        assert!(!rule.text(Lang::Fr).contains('\''), "{}: typography", rule.id);
    }
}
