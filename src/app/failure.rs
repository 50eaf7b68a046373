use crate::base::{Fault, FaultView};

/// Any fault on its way to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(FaultView);

impl Failure {
    /// As it crosses contexts.
    pub fn into_view(self) -> FaultView {
        self.0
    }

    /// Its code.
    pub fn code(&self) -> &str {
        &self.0.code
    }
}

impl<F: Fault> From<F> for Failure {
    fn from(fault: F) -> Self {
        Self(fault.view())
    }
}

/// What the user asked for cannot be done as things stand.
#[derive(Debug, Clone, Copy, thiserror::Error, PartialEq, Eq)]
pub enum Refusal {
    /// No such case.
    #[error("cette affaire n’existe pas ou plus")]
    NoCase,
    /// The capture could not be read as a post.
    #[error("le texte de cette capture n’a pas pu être lu")]
    NoPost,
    /// A report or a notice needs a decision first.
    #[error("dites d’abord ce que ce contenu peut être")]
    NotQualified,
    /// Nothing to notify: the user decided that it is no offence.
    #[error("vous avez classé ce contenu comme non illicite : il n’y a rien à notifier")]
    Lawful,
    /// No way to notify this platform is known.
    #[error("aucun moyen de notifier cette plateforme n’est connu")]
    NoChannel,
    /// The offence is not in the catalogue.
    #[error("cette infraction n’est pas au catalogue")]
    NoOffence,
    /// The statement of DSA art. 16(2)(d) was not ticked.
    #[error("la déclaration de bonne foi n’est pas cochée")]
    NoGoodFaith,
    /// No notice was recorded that this could answer.
    #[error("aucune notification n’est notée dans cette affaire")]
    NoNotice,
    /// These posts cannot stand in one notice.
    #[error("ces contenus ne peuvent pas figurer dans la même notification")]
    NotTogether,
    /// The checks are switched off.
    #[error("les vérifications sont désactivées")]
    ChecksOff,
    /// The user has not granted the origin.
    #[error("le navigateur n’autorise pas encore l’extension à interroger cette adresse")]
    NotAllowed,
    /// The host refused lately: it is left alone for a while.
    #[error("ce site demande d’attendre avant d’être interrogé de nouveau")]
    Paused,
    /// The fate of this post cannot be asked from outside.
    #[error("ce contenu ne peut être vérifié qu’à la main")]
    ByHandOnly,
    /// Not a sight that a person can have.
    #[error("cette observation ne peut pas être faite à l’œil")]
    NotASight,
    /// The timestamp service must be reached over https.
    #[error("l’adresse du service d’horodatage doit commencer par https://")]
    NotHttps,
    /// Nothing of this content may be held.
    #[error("ce contenu ne doit pas être gardé, même comme preuve")]
    Withheld,
    /// The offence forbids to hold the content: the files go first.
    #[error("cette catégorie interdit de garder le contenu : il faut d’abord l’effacer")]
    PurgeFirst,
    /// Not an address of the web.
    #[error("ce n’est pas une adresse de page web")]
    NotAnAddress,
    /// No such capture under way.
    #[error("cette capture est déjà terminée")]
    NoCapture,
    /// No such dossier.
    #[error("ce dossier n’existe pas")]
    NoDossier,
    /// A dossier without a name, or a coder without one.
    #[error("donnez un nom")]
    NoName,
    /// Nothing to freeze, to export.
    #[error("ce dossier est vide")]
    EmptyDossier,
    /// A list is frozen once.
    #[error("la liste de ce testing est déjà figée")]
    FrozenAlready,
    /// No address in the text.
    #[error("ce texte ne contient aucune adresse")]
    NoAddresses,
    /// The page shows several posts, and nobody is there to choose.
    #[error("cette adresse montre plusieurs publications : il faut celle d’une seule")]
    SeveralPosts,
    /// Asked of the context that does not answer this.
    #[error("cette demande s’adresse à une autre partie de l’extension")]
    Elsewhere,
}

impl Fault for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoCase => "no_case",
            Self::NoPost => "no_post",
            Self::NotQualified => "not_qualified",
            Self::Lawful => "lawful",
            Self::NoChannel => "no_channel",
            Self::NoDossier => "no_dossier",
            Self::NoName => "no_name",
            Self::EmptyDossier => "empty_dossier",
            Self::FrozenAlready => "frozen_already",
            Self::NoAddresses => "no_addresses",
            Self::SeveralPosts => "several_posts",
            Self::NoOffence => "no_offence",
            Self::NoGoodFaith => "no_good_faith",
            Self::NoNotice => "no_notice",
            Self::NotTogether => "not_together",
            Self::ChecksOff => "checks_off",
            Self::NotAllowed => "not_allowed",
            Self::Paused => "paused",
            Self::ByHandOnly => "by_hand_only",
            Self::NotASight => "not_a_sight",
            Self::NotHttps => "not_https",
            Self::Withheld => "withheld",
            Self::PurgeFirst => "purge_first",
            Self::NotAnAddress => "not_an_address",
            Self::NoCapture => "no_capture",
            Self::Elsewhere => "elsewhere",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::NoPost => "La capture reste une preuve ; ouvrez l’original et copiez le texte à la main.",
            Self::NoGoodFaith => {
                "Relisez la notification, puis cochez la déclaration si elle est exacte (DSA, art. 16, § 2, d)."
            }
            Self::NoNotice => "Notez d’abord la notification que vous avez envoyée.",
            Self::ChecksOff => "Activez-les dans les options, ou notez ce que vous voyez.",
            Self::NotAllowed | Self::Paused | Self::ByHandOnly => {
                "Ouvrez la publication, puis notez ce que vous voyez."
            }
            Self::Withheld => "L’adresse suffit : signalez-la à PHAROS, à Point de Contact ou au 3018.",
            Self::NotAnAddress => "Copiez l’adresse entière, qui commence par https://.",
            _ => "",
        }
    }
}
