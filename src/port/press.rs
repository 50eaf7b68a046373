use crate::{base::Fault, paper::Document};

/// Makes PDFs.
pub trait Press {
    /// Sets `document`.
    async fn set(&self, document: &Document) -> Result<Vec<u8>, PressError>;
}

/// Why there is no PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PressError {
    /// This context cannot make one.
    #[error("la mise en page n’est pas disponible ici")]
    Absent,
    /// It could not be made.
    #[error("le PDF n’a pas pu être produit : {0}")]
    Failed(String),
}

impl Fault for PressError {
    fn code(&self) -> &'static str {
        match self {
            Self::Absent => "press_absent",
            Self::Failed(_) => "press_failed",
        }
    }
}
