//! Published need lists: the newest to filter, each need, each version with what it changed.

mod list;
mod meetings;
mod need;
pub(crate) mod questions;
pub(crate) mod schema;
mod version;

use super::Found;
use crate::context::Context;
use ronghe_app::need_list::PublishedList;
use ronghe_domain::cycle::Cycle;
use ronghe_domain::need_list::document::{Listed, MeasureName, Named};
use ronghe_domain::need_list::{Edition, ListNumber};
use ronghe_text::Lang;
use std::sync::Arc;

/// The page at an address below `/needs` or `/need-lists`.
pub(crate) fn find(context: &Context, parts: &[&str]) -> Option<Found> {
    match parts {
        ["needs"] => Some(Found::Body(list::page(context))),
        ["needs.csv"] => Some(list::csv(context)),
        ["needs.json"] => Some(list::json(context)),
        ["needs", number] => need::page(context, number),
        ["needs", number, file] => meetings::file(context, number, file),
        ["need-lists"] => Some(Found::Moved(context.href("/needs"))),
        ["need-lists", year] => {
            let (_, versions) = of_year(context, year)?;
            Some(Found::Moved(context.href(&version_path(versions.last()?))))
        }
        ["need-lists", year, file] => version::find(context, year, file),
        _ => None,
    }
}

/// The newest cycle that has a published list, and that list.
fn newest(context: &Context) -> Option<(&Arc<Cycle>, &Arc<PublishedList>)> {
    let register = &context.register;
    register.real().find_map(|cycle| Some((cycle, register.lists_of(cycle.id).next_back()?)))
}

/// The cycle that is called so, and its published versions, the first one first.
fn of_year<'a>(context: &'a Context, year: &str) -> Option<(&'a Arc<Cycle>, Vec<&'a Arc<PublishedList>>)> {
    let cycle = context.register.real().find(|cycle| cycle.name() == year)?;
    Some((cycle, context.register.lists_of(cycle.id).collect()))
}

/// Where a version stands.
fn version_path(list: &PublishedList) -> String {
    format!("/need-lists/{}/{}", list.document.cycle, Edition(list.list.no))
}

/// Where a need stands.
fn need_path(need: &Listed) -> String {
    format!("/needs/{}", need.number)
}

/// The title in this page's language, where there is one.
fn title_of(context: &Context, need: &Listed) -> String {
    let english = context.lang == Lang::En && !need.title_en.trim().is_empty();
    if english { need.title_en.clone() } else { need.title.clone() }
}

fn name_of(context: &Context, named: &Named) -> String {
    let english = context.lang == Lang::En && !named.name_en.trim().is_empty();
    if english { named.name_en.clone() } else { named.name.clone() }
}

/// Where a need is: its district, or the city.
fn place_of(context: &Context, need: &Listed) -> String {
    let city = || context.t("市直", "Municipal").to_owned();
    need.district.as_ref().map_or_else(city, |district| name_of(context, district))
}

fn measure_words(lang: Lang, measure: &MeasureName) -> String {
    ronghe_text::measure_titled(lang, measure.seq, &measure.title)
}

fn measure_numbers(lang: Lang, need: &Listed) -> String {
    need.measures.iter().map(|measure| ronghe_text::measure_number(lang, measure.seq)).collect()
}

fn stages(context: &Context, need: &Listed) -> String {
    let words: Vec<&str> = need.stages.iter().map(|it| ronghe_text::stage(context.lang, *it)).collect();
    words.join(context.t("、", ", "))
}

fn forms(context: &Context, need: &Listed) -> String {
    let mut words: Vec<String> =
        need.forms.iter().map(|it| ronghe_text::form(context.lang, *it).to_owned()).collect();
    if !need.other_form.is_empty() {
        words.push(need.other_form.clone());
    }
    words.join(context.t("、", ", "))
}

/// Reads the number of a need on a list.
fn number(text: &str) -> Option<ListNumber> {
    ListNumber::parse(text)
}
