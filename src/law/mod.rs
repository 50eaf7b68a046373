//! Offences, grounds, limitation periods, competent bodies: versioned data (`catalogue.toml`) with source, date and doubt.

mod catalogue;
mod code;
mod ground;
mod limitation;
mod offence;

pub use catalogue::{Bilingual, Catalogue, CatalogueError, Citable, Doubt, Emergency, RegimeText, catalogue};
pub use code::Code;
pub use ground::{Ground, GroundList};
pub use limitation::{Limitation, Period, Regime, last_safe_day, limitation};
pub use offence::{
    Article, CaptureRule, Competent, Confidence, Family, Grounds, Neighbour, Offence, Pharos, Publicity, Situation,
    TerrorOrder,
};
