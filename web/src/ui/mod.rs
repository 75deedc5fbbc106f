//! Parts that every page is made of.

pub mod act;
mod fate;
mod fetch;
mod field;
pub mod file;
pub mod form;
pub mod icon;
pub mod import;
mod kept;
mod list;
mod load;
mod offer;
mod page;
pub mod reveal;
mod saver;

pub use fate::{Standing, Step, deadline, life, rehearsed};
pub use fetch::Fetch;
pub use field::{Both, Button, Choice, Field, Select, TextArea, select_all, tick, tick_unless};
pub use kept::{Drawer, kept, typed};
pub use list::{Hits, KeyBoard, KeyLine, Keys, Mover, PickBar, Picks, Place};
pub use load::{Trouble, TroubleBox, loaded};
pub use offer::{OfferBar, Offered, barred};
pub use page::{Decided, Empty, NotLoaded, PageHead, Tabs, Unknown, back, focus, moment, once_drawn, tag};
pub use saver::{Conflicts, Desks, Saved, SavedLine, Saver, Working, lay, stuck};
