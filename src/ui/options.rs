//! The settings: what may leave the browser, and who sends. Each change is kept at once.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlInputElement, Url};

use super::{
    dom::{Scope, Try},
    shell::{self, announce, ask, spawn, unexpected},
    words::say,
};
use crate::{
    browser::page,
    protocol::{Reply, Request, Sender, Settings},
};

/// Starts `options.html`.
#[wasm_bindgen]
pub fn options_page() {
    spawn(async {
        let page = shell::open()?;
        page.write("version", &page::version())?;
        page.show("demo-banner", cfg!(feature = "flavour-demo"))?;
        let options = Rc::new(Options { page, kept: RefCell::default() });
        options.listen()?;
        let Reply::Settings(settings) = ask(Request::Settings).await? else { return Err(unexpected()) };
        options.fill(&settings)?;
        options.kept.replace(settings);
        options.page.show("loading", false)?;
        options.page.show("form", true)
    });
}

struct Options {
    page: Scope,
    /// What is kept now.
    kept: RefCell<Settings>,
}

impl Options {
    fn listen(self: &Rc<Self>) -> Try {
        shell::keep(self.page.on("form", "submit", web_sys::Event::prevent_default)?);
        for name in ["checks", "sender-name", "sender-email"] {
            let options = self.clone();
            shell::keep(self.page.on(name, "change", move |_| {
                let options = options.clone();
                spawn(async move { options.keep().await });
            })?);
        }
        for name in ["trusted-time", "service"] {
            let options = self.clone();
            shell::keep(self.page.on(name, "change", move |_| {
                if let Err(fault) = options.change_time() {
                    shell::show_fault(&fault);
                }
            })?);
        }
        Ok(())
    }

    /// Trusted time needs the service's origin: asked for inside the change, since after an await the browser refuses.
    fn change_time(self: &Rc<Self>) -> Try {
        let origin = origin_of(&self.page.value("service")?);
        self.page.write_or_hide("time-fault", origin.is_none().then(|| say("time_service_bad")).as_deref())?;
        let switch: HtmlInputElement = self.page.find("trusted-time")?;
        let Some(origin) = origin else {
            if switch.checked() {
                switch.set_checked(self.kept.borrow().trusted_time);
                return self.page.focus("service");
            }
            let options = self.clone();
            spawn(async move { options.keep().await });
            return Ok(());
        };
        let asked = switch.checked().then(|| page::ask_permission(&[origin]));
        let options = self.clone();
        spawn(async move {
            if let Some(asked) = asked
                && !asked.await
            {
                switch.set_checked(false);
                options.page.write_or_hide("time-fault", Some(&say("time_refused")))?;
            }
            options.keep().await
        });
        Ok(())
    }

    async fn keep(&self) -> Try {
        // An address that cannot be used is never kept, whatever else is.
        let service = self.page.value("service")?;
        let usable = origin_of(&service).is_some();
        let settings = Settings {
            trusted_time: self.page.find::<HtmlInputElement>("trusted-time")?.checked(),
            timestamp_service: if usable { service } else { self.kept.borrow().timestamp_service.clone() },
            second_timestamp_service: self.kept.borrow().second_timestamp_service.clone(),
            checks: self.page.find::<HtmlInputElement>("checks")?.checked(),
            sender: Sender {
                name: self.page.value("sender-name")?,
                email: self.page.value("sender-email")?,
                ..self.kept.borrow().sender.clone()
            },
        };
        let Reply::Settings(kept) = ask(Request::SaveSettings { settings }).await? else { return Err(unexpected()) };
        // The form is not filled again: what was changed while this was being kept would be undone.
        self.kept.replace(kept);
        announce(&say("options_kept"))
    }

    fn fill(&self, settings: &Settings) -> Try {
        self.page.find::<HtmlInputElement>("trusted-time")?.set_checked(settings.trusted_time);
        self.page.find::<HtmlInputElement>("checks")?.set_checked(settings.checks);
        self.page.set_value("service", &settings.timestamp_service)?;
        self.page.set_value("sender-name", &settings.sender.name)?;
        self.page.set_value("sender-email", &settings.sender.email)
    }
}

/// The match pattern of an https address; patterns name no port.
fn origin_of(address: &str) -> Option<String> {
    let url = Url::new(address).ok()?;
    (url.protocol() == "https:" && !url.hostname().is_empty()).then(|| format!("https://{}/*", url.hostname()))
}
