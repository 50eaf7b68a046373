use super::Target;
use crate::base::Fault;

/// Pictures of what the browser shows. They need the user's gesture, and give the visible part of the active tab only.
pub trait Screen {
    /// The visible part of the tab, as PNG bytes.
    async fn visible(&self, target: &Target) -> Result<Vec<u8>, ScreenError>;
    /// One PNG of exactly the post, made of the tiles' clips.
    async fn stitch(&self, clips: &[Clip]) -> Result<Vec<u8>, ScreenError>;
}

/// A part of a tile, and where it goes in the stitched picture. Device pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    /// PNG of the tile.
    pub tile: Vec<u8>,
    /// Left edge in the tile.
    pub x: u32,
    /// Top edge in the tile.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// Top edge in the stitched picture.
    pub to_y: u32,
}

/// Why there is no picture.
#[derive(Debug, Clone, Copy, thiserror::Error, PartialEq, Eq)]
pub enum ScreenError {
    /// The permission of the gesture is over.
    #[error("le navigateur n’autorise une image de la page qu’après un clic sur le bouton de l’extension")]
    NoGesture,
    /// Another tab is in front.
    #[error("l’onglet n’est plus au premier plan")]
    NotVisible,
    /// The page moved while the picture was taken.
    #[error("la page a bougé pendant la prise d’image")]
    Moved,
    /// Anything else.
    #[error("le navigateur n’a pas donné d’image")]
    Failed,
}

impl Fault for ScreenError {
    /// Also the reason in `missing: screenshot/…`.
    fn code(&self) -> &'static str {
        match self {
            Self::NoGesture => "no_gesture",
            Self::NotVisible => "not_visible",
            Self::Moved => "moved",
            Self::Failed => "refused",
        }
    }
}
