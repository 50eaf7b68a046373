//! Cases → what became of what was notified: two rates side by side, medians over intervals, agreement between coders, each
//! with its number of items, its interval and its method. Unknown is a column.

mod agreement;
mod campaign;
mod clock;
mod csv;
mod item;
mod list;
mod method;
mod near;
mod rate;
mod rounds;
mod state;
mod survival;

pub use agreement::{Agreement, agreement};
pub use campaign::{Campaign, Cut, Excluded, Feedback, Group, Listing, PUBLIC_LEAST, latest, measure};
pub use csv::csv;
pub use item::{Item, Key, Unmeasured};
pub use list::list_digest;
pub use method::{Rule, method};
pub use near::{Likeness, Shingles};
pub use rate::Rate;
pub use rounds::{Figure, Round, rounds};
pub use state::{Look, State, Timeline};
pub use survival::{Interval, Survival, survival};

#[cfg(test)]
#[path = "../../tests/unit/measure/story.rs"]
mod story;
