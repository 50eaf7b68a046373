//! The application in this context: the same `App` in the background and in a page, over the same stores.

use std::rc::Rc;

use super::{
    blob_store::IndexedBlobs,
    case_store::IndexedCases,
    clock::BrowserClock,
    entropy::BrowserEntropy,
    fetch::BrowserFetch,
    notifier::BrowserNotifier,
    output::{OpenPages, PageDownload},
    page,
    preferences::LocalPreferences,
    press::ModulePress,
    screen::TabScreen,
    seal_store::IndexedSeals,
    signer::DeviceSigner,
    tab::ScriptedPage,
    trust::WebTrust,
};
use crate::{
    app::App,
    evidence::Digest,
    port::{
        Audience, BlobStore, CaseStore, Clock, Download, Entropy, Fetch, Notifier, Page, Ports, Preferences, Press,
        Screen, SealStore, Signer, Trust,
    },
    protocol::{Reply, Request},
};

/// Answers what this page asks of itself: long work that the closing of the page cancels.
pub async fn help(request: Request) -> Reply {
    #[cfg(all(feature = "module-pages", feature = "flavour-demo"))]
    super::demo::synchronise().await;
    app().help(request).await
}

/// Keeps bytes as a blob; none when the store refuses.
pub async fn keep(bytes: &[u8]) -> Option<Digest> {
    IndexedBlobs.put(bytes).await.ok()
}

/// The weights of the suggestion's second voice, given by the page when it starts.
#[cfg(feature = "module-pages")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn with_voice(weights: Vec<u8>) -> bool {
    crate::qualification::hear(weights)
}

/// The bytes of a stored blob; none also when they are damaged.
pub async fn blob(digest: &Digest) -> Option<Vec<u8>> {
    IndexedBlobs.get(digest).await.ok().flatten()
}

/// The application of this context, made at its first use.
pub fn app() -> Rc<App<BrowserPorts>> {
    thread_local! {
        static APP: Rc<App<BrowserPorts>> = Rc::new(App::new(BrowserPorts::new()));
    }
    APP.with(Rc::clone)
}

/// The ports of a browser context.
pub struct BrowserPorts {
    screen: TabScreen,
    version: String,
}

impl BrowserPorts {
    fn new() -> Self {
        Self { screen: TabScreen::default(), version: page::version() }
    }
}

impl Ports for BrowserPorts {
    fn clock(&self) -> &impl Clock {
        &BrowserClock
    }
    fn entropy(&self) -> &impl Entropy {
        &BrowserEntropy
    }
    fn cases(&self) -> &impl CaseStore {
        &IndexedCases
    }
    fn blobs(&self) -> &impl BlobStore {
        &IndexedBlobs
    }
    fn seals(&self) -> &impl SealStore {
        &IndexedSeals
    }
    fn signer(&self) -> &impl Signer {
        &DeviceSigner
    }
    fn trust(&self) -> &impl Trust {
        &WebTrust
    }
    fn fetch(&self) -> &impl Fetch {
        &BrowserFetch
    }
    fn page(&self) -> &impl Page {
        &ScriptedPage
    }
    fn screen(&self) -> &impl Screen {
        &self.screen
    }
    fn preferences(&self) -> &impl Preferences {
        &LocalPreferences
    }
    fn press(&self) -> &impl Press {
        &ModulePress
    }
    fn download(&self) -> &impl Download {
        &PageDownload
    }
    fn audience(&self) -> &impl Audience {
        &OpenPages
    }
    fn notifier(&self) -> &impl Notifier {
        &BrowserNotifier
    }
    fn version(&self) -> &str {
        &self.version
    }
    fn is_demo(&self) -> bool {
        cfg!(feature = "flavour-demo")
    }
}
