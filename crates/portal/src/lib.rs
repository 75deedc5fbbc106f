//! The public pages: plain HTML from the server, for everyone, on any phone, on paper, without JavaScript.

mod assets;
mod context;
mod pages;
mod routes;
mod shell;

#[cfg(test)]
mod tests;

pub use pages::{Beside, Page, render, render_with};
pub use routes::router;
