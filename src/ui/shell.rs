//! What every page does: speak the browser's language, show what went wrong, say aloud what happened, ask the application.

use std::{any::Any, cell::RefCell};

use gloo::utils::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, HtmlTemplateElement};

use super::{
    dom::{Scope, Try, write},
    words::{self, say},
};
use crate::{
    base::{FaultView, Lang},
    browser::{message, page},
    protocol::{CaseView, Reply, Request},
};

thread_local! {
    static KEPT: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(vec![]) };
}

/// Opens a page: its language, its texts, the place where faults are shown.
pub fn open() -> Try<Scope> {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        if let Some(fault) = document().get_element_by_id("start-fault").and_then(|found| found.dyn_into().ok()) {
            let fault: HtmlElement = fault;
            fault.set_hidden(false);
        }
    }));
    let page = Scope::page()?;
    translate_page(&page);
    keep(page.on("fault-close", "click", |_| spawn(async { Scope::page()?.show("fault", false) }))?);
    Ok(page)
}

/// Keeps a value (a page, a listener) for as long as the page is open.
pub fn keep(value: impl Any) {
    KEPT.with_borrow_mut(|kept| kept.push(Box::new(value)));
}

/// Puts the browser's language in the place of the French that the HTML holds.
pub fn translate_page(page: &Scope) {
    let lang = match page::lang() {
        Lang::Fr => "fr",
        Lang::En => "en",
    };
    let _always_works = page.element().set_attribute("lang", lang);
    page.all("[data-i18n], [data-i18n-attr]").iter().for_each(translate);
    for template in page.all("template") {
        template.dyn_ref().into_iter().for_each(translate_template);
    }
}

/// The same for the content of a template.
pub fn translate_template(template: &HtmlTemplateElement) {
    let Ok(found) = template.content().query_selector_all("[data-i18n], [data-i18n-attr]") else { return };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).for_each(|element| translate(&element));
}

/// Brings the case's templates, in the language of the page.
#[cfg(feature = "module-pages")]
pub async fn borrow_case() -> Try {
    super::dom::borrow_templates("case.html").await?.iter().for_each(translate_template);
    Ok(())
}

/// Does something that takes time; what goes wrong is shown.
pub fn spawn(work: impl Future<Output = Try> + 'static) {
    spawn_local(async move {
        if let Err(fault) = work.await {
            show_fault(&fault);
        }
    });
}

/// Shows what went wrong, or hides what was shown.
pub fn show_fault(fault: &FaultView) {
    let (text, hint) = words::fault(fault);
    let shown = Scope::page().and_then(|page| {
        page.show("fault", true)?;
        page.write("fault-text", &words::capital(&text))?;
        page.write("fault-hint", &hint)
    });
    if shown.is_err() {
        gloo::utils::window().alert_with_message(&format!("{text}\n{hint}")).unwrap_or_default();
    }
}

/// Says something to those who cannot see that it happened.
pub fn announce(text: &str) -> Try {
    let said: Element = Scope::page()?.find("said")?;
    said.set_text_content(None);
    write(&said, text);
    Ok(())
}

/// Copies, and says so.
pub async fn copy(text: &str, button: &Element) -> Try {
    if !page::copy(text).await {
        return Err(fault_of("copy_refused", ""));
    }
    for done in Scope::page()?.all("[data-copied]") {
        let _gone = done.remove_attribute("data-copied");
    }
    let _always_works = button.set_attribute("data-copied", "");
    announce(&say("copied"))
}

/// Asks the application.
pub async fn ask(request: Request) -> Try<Reply> {
    match message::send(request).await {
        Reply::Failed(fault) => Err(fault),
        reply => Ok(reply),
    }
}

/// Asks for something that gives a case.
pub async fn ask_case(request: Request) -> Try<CaseView> {
    match ask(request).await? {
        Reply::Case(view) => Ok(*view),
        _ => Err(unexpected()),
    }
}

/// An answer of another kind than the one asked for.
pub fn unexpected() -> FaultView {
    fault_of("unexpected_answer", "l’extension a répondu à autre chose")
}

fn fault_of(code: &str, message: &str) -> FaultView {
    FaultView { code: code.to_owned(), message: message.to_owned(), hint: String::new() }
}

fn translate(element: &Element) {
    if let Some(text) = element.get_attribute("data-i18n").map(|key| say(&key)).filter(|text| !text.is_empty()) {
        write(element, &text);
    }
    for pair in element.get_attribute("data-i18n-attr").unwrap_or_default().split(';') {
        let Some((name, key)) = pair.split_once(':') else { continue };
        let text = say(key.trim());
        if !text.is_empty() {
            let _always_works = element.set_attribute(name.trim(), &text);
        }
    }
}
