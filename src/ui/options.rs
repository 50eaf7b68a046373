//! The settings: what may leave the browser, and who sends. Each change is kept at once.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlInputElement, Url};

use super::{
    dom::{Scope, Try},
    shell::{self, announce, ask, spawn, unexpected},
    words::{self, say},
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
        let options =
            Rc::new(Options { page, kept: RefCell::default(), changed: Cell::new(false), keeping: Cell::new(false) });
        options.listen()?;
        let Reply::Settings(settings) = ask(Request::Settings).await? else { return Err(unexpected()) };
        options.fill(&settings)?;
        options.kept.replace(settings);
        options.page.show("loading", false)?;
        options.page.show("form", true)?;
        options.listen_to_key()?;
        options.fill_key(Request::DeviceKey).await?;
        options.page.show("key", true)
    });
}

struct Options {
    page: Scope,
    /// What is kept now.
    kept: RefCell<Settings>,
    /// Something was changed that is not on its way yet.
    changed: Cell<bool>,
    /// Something is on its way.
    keeping: Cell<bool>,
}

impl Options {
    fn listen(self: &Rc<Self>) -> Try {
        shell::keep(self.page.on("form", "submit", web_sys::Event::prevent_default)?);
        for name in ["checks", "quiet", "sender-name", "sender-email"] {
            let options = self.clone();
            shell::keep(self.page.on(name, "change", move |_| {
                let options = options.clone();
                spawn(async move { options.keep().await });
            })?);
        }
        for name in ["trusted-time", "service", "second-service"] {
            let options = self.clone();
            shell::keep(self.page.on(name, "change", move |_| {
                if let Err(fault) = options.change_time() {
                    shell::show_fault(&fault);
                }
            })?);
        }
        Ok(())
    }

    /// Trusted time needs the services' origins: asked for inside the change, since after an await the browser refuses.
    fn change_time(self: &Rc<Self>) -> Try {
        let wrong = ["service", "second-service"].into_iter().find(|name| self.service(name).is_none());
        self.page.write_or_hide("time-fault", wrong.map(|_| say("time_service_bad")).as_deref())?;
        let switch: HtmlInputElement = self.page.find("trusted-time")?;
        if let Some(name) = wrong {
            if switch.checked() {
                switch.set_checked(self.kept.borrow().trusted_time);
                return self.page.focus(name);
            }
            let options = self.clone();
            spawn(async move { options.keep().await });
            return Ok(());
        }
        let addresses = ["service", "second-service"].into_iter().filter_map(|name| self.service(name));
        let origins: Vec<String> = addresses.filter_map(|address| origin_of(&address)).collect();
        let asked = switch.checked().then(|| page::ask_permission(&origins));
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

    /// The address in a field, if it can be used; the second one may be empty.
    fn service(&self, name: &str) -> Option<String> {
        let address = self.page.value(name).ok()?;
        (origin_of(&address).is_some() || (name == "second-service" && address.is_empty())).then_some(address)
    }

    /// Keeps what the form says. One at a time: the background answers two at once in any order, and the older would win.
    async fn keep(&self) -> Try {
        self.changed.set(true);
        if self.keeping.replace(true) {
            return Ok(());
        }
        let mut kept = Ok(());
        while self.changed.replace(false) {
            kept = self.keep_once().await;
        }
        self.keeping.set(false);
        kept
    }

    async fn keep_once(&self) -> Try {
        // An address that cannot be used is never kept, whatever else is.
        let before = self.kept.borrow().clone();
        let settings = Settings {
            trusted_time: self.page.find::<HtmlInputElement>("trusted-time")?.checked(),
            timestamp_service: self.service("service").unwrap_or(before.timestamp_service),
            second_timestamp_service: self.service("second-service").unwrap_or(before.second_timestamp_service),
            checks: self.page.find::<HtmlInputElement>("checks")?.checked(),
            quiet_nights: self.page.find::<HtmlInputElement>("quiet")?.checked(),
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

    /// The device's key, and the button that makes a new one after a second click.
    fn listen_to_key(self: &Rc<Self>) -> Try {
        for (name, shown) in [("key-new", true), ("key-keep", false)] {
            let options = self.clone();
            shell::keep(self.page.on(name, "click", move |_| {
                let asked = options.page.show("key-sure", shown);
                let asked = asked.and_then(|()| options.page.focus(if shown { "key-keep" } else { "key-new" }));
                if let Err(fault) = asked {
                    shell::show_fault(&fault);
                }
            })?);
        }
        let options = self.clone();
        shell::keep(self.page.on("key-replace", "click", move |_| {
            let options = options.clone();
            spawn(async move {
                options.fill_key(Request::NewKey).await?;
                options.page.show("key-sure", false)?;
                options.page.focus("key-new")?;
                announce(&say("key_replaced"))
            });
        })?);
        Ok(())
    }

    async fn fill_key(&self, request: Request) -> Try {
        let Reply::DeviceKey(keys) = ask(request).await? else { return Err(unexpected()) };
        self.page.write("key-fingerprint", &keys.present.fingerprint.to_string())?;
        self.page.write("key-since", &words::paris(keys.present.since))?;
        self.page.show("key-earlier-box", !keys.earlier.is_empty())?;
        self.page.fill("key-earlier", "key", &keys.earlier, |row, key| {
            row.write("fingerprint", &key.fingerprint.to_string())?;
            row.write("since", &words::paris(key.since))
        })
    }

    fn fill(&self, settings: &Settings) -> Try {
        self.page.find::<HtmlInputElement>("trusted-time")?.set_checked(settings.trusted_time);
        self.page.find::<HtmlInputElement>("checks")?.set_checked(settings.checks);
        self.page.find::<HtmlInputElement>("quiet")?.set_checked(settings.quiet_nights);
        self.page.set_value("service", &settings.timestamp_service)?;
        self.page.set_value("second-service", &settings.second_timestamp_service)?;
        self.page.set_value("sender-name", &settings.sender.name)?;
        self.page.set_value("sender-email", &settings.sender.email)
    }
}

/// The match pattern of an https address; patterns name no port.
fn origin_of(address: &str) -> Option<String> {
    let url = Url::new(address).ok()?;
    (url.protocol() == "https:" && !url.hostname().is_empty()).then(|| format!("https://{}/*", url.hostname()))
}
