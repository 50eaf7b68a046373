use super::*;

#[test]
fn a_value_is_never_read_as_a_template() {
    let template = Template::parse("{quote} — {url}").unwrap();
    assert_eq!(template.fill(&[(Slot::Quote, "{url}{"), (Slot::Url, "{quote}")]), "{url}{ — {quote}");
}

#[test]
fn an_unknown_placeholder_or_a_stray_brace_is_refused() {
    assert_eq!(Template::parse("a {nothing}").unwrap_err(), TemplateError::Unknown("nothing".to_owned()));
    for stray in ["a {url", "a url}", "a } {url}", "{url} }"] {
        assert!(matches!(Template::parse(stray).unwrap_err(), TemplateError::StrayBrace(_)), "{stray}");
    }
    assert!(matches!(Template::parse("{{url}}").unwrap_err(), TemplateError::Unknown(_)));
}

#[test]
fn a_missing_placeholder_is_refused() {
    let template = Template::parse("{offence} ({basis})").unwrap();
    assert_eq!(template.require(&[Slot::Basis, Slot::Offence]), Ok(()));
    assert!(template.require(&[Slot::Offence]).is_err());
    assert!(template.require(&[Slot::Offence, Slot::Basis, Slot::Quote]).is_err());
    assert!(Template::parse("{url} {url}").unwrap().require(&[Slot::Url]).is_err());
}
