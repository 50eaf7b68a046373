//! Offences, grounds, limitation periods, competent bodies: versioned data (`catalogue.toml`) with source, date and doubt.

mod calendar;
mod catalogue;
mod code;
mod ground;
mod limitation;
mod offence;

pub use calendar::{DayOff, day_off};
pub use catalogue::{
    Bilingual, Catalogue, CatalogueError, Citable, Doubt, Emergency, RegimeText, Safety, Statute, catalogue,
};
pub use code::Code;
pub use ground::{Ground, GroundList};
pub use limitation::{Limitation, Period, Regime, last_safe_day, limitation, limitation_among};
pub use offence::{
    Article, CaptureRule, Competent, Confidence, Family, Grounds, NEVER_HELD, Neighbour, Offence, Pharos, Publicity,
    ShownBy, Situation, TerrorOrder,
};
