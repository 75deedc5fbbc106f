//! What a list of needs is narrowed to, read from the words of its address.

use super::Filter;
use crate::query::{number, word, words};
use crate::{App, Caller, Error, Register};
use ronghe_domain::kernel::{FieldProblem, OrgId};
use ronghe_domain::need::State;
use ronghe_store::need::Sort;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Order {
    Changed,
    Number,
}

/// What `asked` narrows the caller's list to: words by the names of the list's filters. Where it begins and ends is
/// another's to say.
///
/// # Errors
/// For a word that names nothing, or nothing that the caller may see.
pub async fn narrowed(app: &App, caller: &Caller, asked: &BTreeMap<String, String>) -> Result<Filter, Error> {
    let register = app.register().await?;
    let said = |name: &str| asked.get(name).map_or("", |word| word.trim());
    let year = said("year");
    let cycles = register.cycles_of(&caller.actor);
    let cycle = cycles.iter().find(|cycle| cycle.name() == year).map(|cycle| cycle.id);
    if cycle.is_none() && !year.is_empty() {
        let nearest = cycles.iter().map(|cycle| cycle.name()).collect();
        return Err(Error::field("year", FieldProblem::Unknown { got: year.to_owned(), nearest }));
    }
    let sort = match word("sort", said("sort"), &[Order::Changed, Order::Number])? {
        Some(Order::Number) => Sort::Number,
        Some(Order::Changed) | None => Sort::Changed,
    };
    Ok(Filter {
        words: Some(said("q").to_owned()),
        cycle,
        states: words("state", said("state"), &State::ALL)?,
        unit: org(&register, "unit", said("unit"))?,
        district: org(&register, "district", said("district"))?,
        measure: number("measure", said("measure"), 1, 999)?,
        sort,
        ..Filter::default()
    })
}

/// The organisation of this slug, under the name of its filter.
fn org(register: &Register, name: &str, slug: &str) -> Result<Option<OrgId>, Error> {
    if slug.is_empty() {
        return Ok(None);
    }
    let found = register.directory.org_by_slug(slug).map(|org| org.id);
    let unknown = FieldProblem::Unknown { got: slug.to_owned(), nearest: Vec::new() };
    found.map(Some).ok_or_else(|| Error::field(name, unknown))
}
