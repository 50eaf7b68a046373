use crate::base::Fault;

/// Requests without cookies and without referrer, to origins that the user has granted.
pub trait Fetch {
    /// Whether the match pattern `origin` is granted now. Asked before every request: grants can be taken back.
    async fn allowed(&self, origin: &str) -> bool;
    /// GET, following redirections.
    async fn get(&self, url: &str) -> Result<Fetched, FetchError>;
    /// POST of `body`.
    async fn post(&self, url: &str, content_type: &str, body: &[u8]) -> Result<Fetched, FetchError>;
}

/// An answer, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// HTTP status.
    pub status: u16,
    /// Address that answered, after redirections.
    pub final_url: String,
    /// `Retry-After`, as the host wrote it.
    pub retry_after: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum FetchError {
    /// Offline, refused, cut off, too slow: the browser does not say which.
    #[error("aucune réponse de {0}")]
    NoAnswer(String),
    /// More than we read.
    #[error("la réponse de {0} est trop volumineuse")]
    TooLarge(String),
}

impl Fault for FetchError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoAnswer(_) => "fetch_no_answer",
            Self::TooLarge(_) => "fetch_too_large",
        }
    }

    fn hint(&self) -> &'static str {
        "Vérifiez la connexion, puis réessayez."
    }
}
