//! Parts that every page is made of.

pub mod act;
mod field;
pub mod file;
pub mod icon;
mod kept;
mod load;
mod offer;
mod page;

pub use field::{Button, Choice, Field, TextArea, select_all};
pub use kept::kept;
pub use load::{Trouble, TroubleBox, loaded};
pub use offer::{OfferBar, Offered, barred};
pub use page::{Empty, PageHead, Tabs, Unknown, back, clock_time, moment, tag};
