use serde::{Deserialize, Serialize};

use crate::{base::Fault, capture::PagePlan};

/// The page that is captured, through `capture.js`. Each call is one message to the script in the page and its answer.
pub trait Page {
    /// Puts the script into the page and looks for the post.
    async fn locate(&self, target: &Target, capture: &str, plan: &PagePlan) -> Result<Located, PageError>;
    /// Lets the user choose; the script tells later.
    async fn pick(&self, target: &Target, capture: &str) -> Result<(), PageError>;
    /// The snapshot, as the JSON that the script wrote.
    async fn read(&self, target: &Target, capture: &str) -> Result<String, PageError>;
    /// Brings tile `tile` of the post into view.
    async fn frame(&self, target: &Target, capture: &str, tile: u32) -> Result<Frame, PageError>;
    /// The state of the page, without touching it.
    async fn bracket(&self, target: &Target, capture: &str) -> Result<Bracket, PageError>;
    /// Undoes what was done for the pictures.
    async fn restore(&self, target: &Target, capture: &str) -> Result<Restored, PageError>;
    /// One of the post's own pictures: from what the browser holds, or, if `ask`, from where the page has it.
    async fn media(&self, target: &Target, capture: &str, index: u32, ask: bool) -> Result<MediaAnswer, PageError>;
    /// Takes the script out of the page.
    async fn end(&self, target: &Target, capture: &str);
}

/// The tab that the gesture designated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Id of the tab.
    pub tab: i32,
    /// Id of its window.
    pub window: i32,
    /// Address of the tab at the gesture.
    pub url: String,
}

/// What was found in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Located {
    /// The post is designated.
    Post,
    /// Several posts, or none that is known: the user chooses.
    Choose,
}

/// The state of the page around a picture: unless it is the same before and after, the picture is discarded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bracket {
    /// Address of the document.
    pub href: String,
    /// When the document was made: tells two documents of one address apart.
    pub time_origin: String,
    /// Whether the tab is in front.
    pub visible: bool,
    /// Where the post stands in the window, as `x,y,width,height`.
    pub rect: String,
    /// A digest of the post's text.
    pub text_digest: String,
}

/// One tile in view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Frame {
    /// How many tiles the post needs.
    pub tiles: u32,
    /// State before the picture.
    pub bracket: Bracket,
    /// Device pixels: left edge of the post in this tile.
    pub x: u32,
    /// Device pixels: top edge of this tile's part.
    pub y: u32,
    /// Device pixels: width.
    pub width: u32,
    /// Device pixels: height.
    pub height: u32,
    /// Device pixels: where the part begins inside the post.
    pub offset_y: u32,
}

/// What was undone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// Each change that had been made, as `hidden:header`, `scrolled`.
    pub changes: Vec<String>,
}

/// One of the post's own pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaAnswer {
    /// How many there are.
    pub count: u32,
    /// Its address, secrets omitted.
    pub url: String,
    /// Media type and bytes, or why there are none.
    pub content: Result<(String, Vec<u8>), String>,
}

/// Why the page did not answer.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum PageError {
    /// The browser lets no extension into this page (settings, store, PDF viewer).
    #[error("le navigateur n’autorise aucune extension à lire cette page")]
    Refused,
    /// The tab was closed or went elsewhere.
    #[error("la page a été fermée ou remplacée pendant la capture")]
    Gone,
    /// The script answered with a fault.
    #[error("la page n’a pas pu être lue ({0})")]
    Script(String),
}

impl Fault for PageError {
    fn code(&self) -> &'static str {
        match self {
            Self::Refused => "page_refused",
            Self::Gone => "page_gone",
            Self::Script(_) => "page_script",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::Refused => "Les pages du navigateur, de sa boutique et certains PDF ne peuvent pas être capturés.",
            Self::Gone | Self::Script(_) => "Rechargez la page, puis capturez de nouveau.",
        }
    }
}
