//! The demonstration's world, made through `app` as its users would make it, with a set clock.

pub mod data;
mod world;

#[cfg(test)]
mod tests;

pub use world::{Error, make};
