//! The page's own elements, found by `data-ref` and typed; template rows; lists that keep their rows; listeners as values.

use std::collections::BTreeMap;

use gloo::{
    events::{EventListener, EventListenerOptions},
    utils::document,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, DocumentFragment, DomParser, Element, Event, HtmlButtonElement, HtmlElement, HtmlInputElement,
    HtmlSelectElement, HtmlTemplateElement, HtmlTextAreaElement, Response, SupportedType,
};

use crate::base::FaultView;

/// What a step of a page gives: it worked, or what to tell the person.
pub type Try<T = ()> = Result<T, FaultView>;

/// An element, and all that is looked for inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope(Element);

impl Scope {
    /// The whole page.
    pub fn page() -> Try<Self> {
        document().document_element().map(Self).ok_or_else(|| absent("html"))
    }

    /// A fresh copy of `<template id="name">`'s only element.
    pub fn stamp(name: &str) -> Try<Self> {
        let template: HtmlTemplateElement =
            document().get_element_by_id(name).and_then(|found| found.dyn_into().ok()).ok_or_else(|| absent(name))?;
        let copy = document().import_node_with_deep(&template.content(), true).map_err(|_| absent(name))?;
        let first = copy.dyn_ref::<DocumentFragment>().and_then(DocumentFragment::first_element_child);
        first.map(Self).ok_or_else(|| absent(name))
    }

    /// The first `data-ref="name"` inside.
    pub fn find<T: JsCast>(&self, name: &str) -> Try<T> {
        self.0
            .query_selector(&format!("[data-ref=\"{name}\"]"))
            .ok()
            .flatten()
            .and_then(|found| found.dyn_into().ok())
            .ok_or_else(|| absent(name))
    }

    /// The same, as a scope.
    pub fn at(&self, name: &str) -> Try<Self> {
        self.find(name).map(Self)
    }

    /// All that a selector finds inside.
    pub fn all(&self, selector: &str) -> Vec<Element> {
        let Ok(found) = self.0.query_selector_all(selector) else { return vec![] };
        (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
    }

    /// The element.
    pub fn element(&self) -> &Element {
        &self.0
    }

    /// Writes a text, if it differs: an unchanged live region is not read again.
    pub fn write(&self, name: &str, text: &str) -> Try {
        write(&self.find::<Element>(name)?, text);
        Ok(())
    }

    /// Writes a text, and hides its element when there is none.
    pub fn write_or_hide(&self, name: &str, text: Option<&str>) -> Try {
        self.show(name, text.is_some())?;
        self.write(name, text.unwrap_or_default())
    }

    /// Shows or hides.
    pub fn show(&self, name: &str, shown: bool) -> Try {
        self.find::<HtmlElement>(name)?.set_hidden(!shown);
        Ok(())
    }

    /// Sets an attribute.
    pub fn set(&self, name: &str, attribute: &str, value: &str) -> Try {
        self.find::<Element>(name)?.set_attribute(attribute, value).map_err(|_| absent(name))
    }

    /// What an `input`, `select` or `textarea` holds, without blanks around.
    pub fn value(&self, name: &str) -> Try<String> {
        let field: Element = self.find(name)?;
        let value = if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            input.value()
        } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
            select.value()
        } else {
            field.dyn_ref::<HtmlTextAreaElement>().ok_or_else(|| absent(name))?.value()
        };
        Ok(value.trim().to_owned())
    }

    /// Writes into an `input`, `select` or `textarea`, unless the person is typing there.
    pub fn set_value(&self, name: &str, value: &str) -> Try {
        let field: Element = self.find(name)?;
        if document().active_element().as_ref() == Some(&field) {
            return Ok(());
        }
        if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            input.set_value(value);
        } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
            select.set_value(value);
        } else {
            field.dyn_ref::<HtmlTextAreaElement>().ok_or_else(|| absent(name))?.set_value(value);
        }
        Ok(())
    }

    /// Which radio of a group is chosen.
    pub fn chosen(&self, group: &str) -> Option<String> {
        let found = self.0.query_selector(&format!("input[name=\"{group}\"]:checked")).ok()??;
        Some(found.dyn_into::<HtmlInputElement>().ok()?.value())
    }

    /// Chooses a radio of a group.
    pub fn choose(&self, group: &str, value: &str) {
        for input in self.all(&format!("input[name=\"{group}\"]")) {
            if let Ok(input) = input.dyn_into::<HtmlInputElement>() {
                input.set_checked(input.value() == value);
            }
        }
    }

    /// Replaces what a list holds. Only for rows in which nothing can be focused; others go through [`KeyedList`].
    pub fn fill<T>(
        &self,
        name: &str,
        template: &str,
        items: impl IntoIterator<Item = T>,
        mut fill: impl FnMut(&Scope, T) -> Try,
    ) -> Try {
        let list: Element = self.find(name)?;
        list.set_text_content(None);
        for item in items {
            let row = Self::stamp(template)?;
            fill(&row, item)?;
            list.append_child(&row.0).map_err(|_| absent(name))?;
        }
        Ok(())
    }

    /// Listens on `data-ref="name"` until the value is dropped.
    pub fn on(&self, name: &str, event: &'static str, listener: impl FnMut(&Event) + 'static) -> Try<EventListener> {
        Ok(listen(&self.find::<Element>(name)?, event, listener))
    }

    /// Moves the keyboard there.
    pub fn focus(&self, name: &str) -> Try {
        self.find::<HtmlElement>(name)?.focus().map_err(|_| absent(name))
    }
}

/// Writes a text, if it differs.
pub fn write(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Listens until the value is dropped; the listener may prevent the default.
pub fn listen(element: &Element, event: &'static str, listener: impl FnMut(&Event) + 'static) -> EventListener {
    EventListener::new_with_options(element, event, EventListenerOptions::enable_prevent_default(), listener)
}

/// Whether a press of a button goes on: false while the last one is still at work.
pub struct Busy(HtmlButtonElement);

impl Busy {
    /// Marks the button as busy until the value is dropped; none if it already is.
    pub fn start(button: HtmlButtonElement) -> Option<Self> {
        if button.has_attribute("aria-busy") {
            return None;
        }
        button.set_attribute("aria-busy", "true").ok()?;
        Some(Self(button))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let _gone = self.0.remove_attribute("aria-busy");
    }
}

/// A list whose rows stay the same elements while their item stays: focus, selection and scroll survive an update.
#[derive(Debug)]
pub struct KeyedList {
    list: Element,
    template: &'static str,
    rows: BTreeMap<String, Scope>,
}

impl KeyedList {
    /// The list that `data-ref="name"` holds, with rows of `template`.
    pub fn of(scope: &Scope, name: &str, template: &'static str) -> Try<Self> {
        Ok(Self { list: scope.find(name)?, template, rows: BTreeMap::new() })
    }

    /// Makes the list show exactly these items, in this order.
    pub fn update<'a, T: 'a>(
        &mut self,
        items: impl IntoIterator<Item = (String, &'a T)>,
        mut fill: impl FnMut(&Scope, &'a T) -> Try,
    ) -> Try {
        let mut left = std::mem::take(&mut self.rows);
        let mut next = self.list.first_element_child();
        for (key, item) in items {
            let row = match left.remove(&key) {
                Some(row) => row,
                None => Scope::stamp(self.template)?,
            };
            fill(&row, item)?;
            if next.as_ref() == Some(&row.0) {
                next = row.0.next_element_sibling();
            } else {
                self.list.insert_before(&row.0, next.as_ref().map(AsRef::as_ref)).map_err(|_| absent(self.template))?;
            }
            self.rows.insert(key, row);
        }
        for row in left.values() {
            row.0.remove();
        }
        Ok(())
    }
}

/// Adds the templates of another of our pages to this one, so that both show the same thing.
pub async fn borrow_templates(address: &str) -> Try<Vec<HtmlTemplateElement>> {
    let fetched = JsFuture::from(gloo::utils::window().fetch_with_str(address)).await;
    let response: Response = fetched.and_then(JsCast::dyn_into).map_err(|_| absent(address))?;
    let text = JsFuture::from(response.text().map_err(|_| absent(address))?).await.map_err(|_| absent(address))?;
    let parsed = parse(&text).ok_or_else(|| absent(address))?;
    let body = document().body().ok_or_else(|| absent("body"))?;
    let mut borrowed = vec![];
    let root = parsed.document_element().map(Scope).ok_or_else(|| absent(address))?;
    for template in root.all("template") {
        let adopted = document().adopt_node(&template).map_err(|_| absent(address))?;
        body.append_child(&adopted).map_err(|_| absent(address))?;
        borrowed.extend(adopted.dyn_into().ok());
    }
    Ok(borrowed)
}

fn parse(text: &JsValue) -> Option<Document> {
    DomParser::new().ok()?.parse_from_string(&text.as_string()?, SupportedType::TextHtml).ok()
}

fn absent(what: &str) -> FaultView {
    FaultView {
        code: "page_incomplete".to_owned(),
        message: format!("cette page est incomplète : « {what} » manque"),
        hint: "Rechargez la page ; si cela se répète, réinstallez l’extension.".to_owned(),
    }
}
