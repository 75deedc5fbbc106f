//! The demonstration's world, made through `app` as its users would make it, with a set clock.

mod applying;
mod course;
pub mod data;
mod past;
mod profiles;
mod work;
mod world;
mod year;

#[cfg(test)]
mod tests;

pub use world::{Error, Size, make};

use data::Person;
use ronghe_domain::kernel::Role;

/// One person for each role, in the order of the roles: who can be entered with one click.
///
/// # Errors
/// Where the data does not hold.
pub fn door() -> Result<Vec<(Role, Person)>, toml::de::Error> {
    let featured = data::people()?.into_iter().filter(|person| person.featured);
    let mut door: Vec<_> =
        featured.filter_map(|person| Some((person.roles.first().copied()?, person))).collect();
    door.sort_by_key(|(role, _)| *role);
    Ok(door)
}
