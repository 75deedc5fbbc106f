//! Needs.

mod entity;
mod list;
mod measure;

use crate::Error;
use crate::convert::{from_json, from_name, instant, json, micros, name};
use ronghe_domain::kernel::{AccountId, CycleId, NeedId, OrgId, Version};
use ronghe_domain::need::rules::Scope;
use ronghe_domain::need::{Name, Need, Return};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    Select,
};

pub use list::{Count, Cursor, Filter, Sort, counts, forwarded, list, lock_in_state, under_way};

const TABLE: &str = "need";

/// The need with this name, where `scope` opens it.
///
/// # Errors
/// Where there is none.
pub async fn get<C: ConnectionTrait>(db: &C, scope: &[Scope], need: Name) -> Result<Need, Error> {
    let row = named(need)?.filter(list::within(scope)?).one(db).await?;
    read(row.ok_or(Error::NotFound)?)
}

/// The need with this name, locked for the transaction.
///
/// # Errors
/// Where there is none.
pub async fn lock<C: ConnectionTrait>(db: &C, need: Name) -> Result<Need, Error> {
    read(named(need)?.lock_exclusive().one(db).await?.ok_or(Error::NotFound)?)
}

/// Adds a need.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert<C: ConnectionTrait>(db: &C, need: &Need) -> Result<(), Error> {
    row(need)?.into_active_model().insert(db).await?;
    Ok(())
}

/// Writes `after`, whose version is one above `seen`.
///
/// # Errors
/// `Stale` where the row no longer has the version `seen`.
pub async fn save<C: ConnectionTrait>(db: &C, after: &Need, seen: Version) -> Result<(), Error> {
    let done = entity::Entity::update_many()
        .set(row(after)?.into_active_model().reset_all())
        .filter(entity::Column::Id.eq(after.id.0))
        .filter(entity::Column::Version.eq(seen.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Notes the measures that a need comes under since it was submitted.
///
/// # Errors
/// Where the database does not answer.
pub async fn save_measures<C: ConnectionTrait>(db: &C, need: &Need) -> Result<(), Error> {
    measure::Entity::delete_many().filter(measure::Column::Need.eq(need.id.0)).exec(db).await?;
    let measures = need.content.as_ref().map(|content| content.measures.as_slice()).unwrap_or_default();
    let rows: Vec<measure::ActiveModel> = measures
        .iter()
        .filter_map(|seq| i32::try_from(*seq).ok())
        .map(|seq| measure::Model { need: need.id.0, seq }.into_active_model())
        .collect();
    if !rows.is_empty() {
        measure::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// A draft's name stands for it until it is submitted: then its number does.
fn named(need: Name) -> Result<Select<entity::Entity>, Error> {
    Ok(match need {
        Name::Draft(id) => entity::Entity::find_by_id(id.0),
        Name::Number(number) => entity::Entity::find()
            .filter(entity::Column::Year.eq(i32::from(number.year)))
            .filter(entity::Column::Seq.eq(i32::try_from(number.seq).map_err(|_| Error::NotFound)?)),
    })
}

fn row(need: &Need) -> Result<entity::Model, Error> {
    let seq = need.seq.map(i32::try_from).transpose();
    Ok(entity::Model {
        id: need.id.0,
        cycle: need.cycle.0,
        year: i32::from(need.year),
        seq: seq.map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })?,
        unit: need.unit.0,
        unit_kind: name(&need.unit_kind)?,
        district: need.district.map(|org| org.0),
        state: name(&need.state)?,
        title: need.title().to_owned(),
        search: words(need),
        draft: json(&need.draft)?,
        content: need.content.as_ref().map(json).transpose()?,
        budget_fen: need.content.as_ref().map(|content| content.budget.0),
        returned: need.returned.as_ref().map(json).transpose()?,
        until: need.returned.as_ref().map(|returned| micros(returned.until)),
        author: need.author.0,
        changed_at: micros(need.changed_at),
        submitted_at: need.submitted_at.map(micros),
        forwarded_at: need.forwarded_at.map(micros),
        version: need.version.0,
    })
}

/// What is looked through: title and prose, in lower case. Neither contacts nor keys stand in it, for whoever
/// may search it may not see those; a draft's text is not in it either.
fn words(need: &Need) -> String {
    let Some(it) = &need.content else { return need.draft.title.to_lowercase() };
    let texts =
        [&it.title, &it.title_en, &it.background, &it.goals, &it.benefit, &it.discipline, &it.other_form];
    let indicators = it.indicators.iter().map(|it| &it.name);
    texts.into_iter().chain(indicators).map(|text| text.to_lowercase()).collect::<Vec<_>>().join("\n")
}

fn read(model: entity::Model) -> Result<Need, Error> {
    let number = |value: i32| {
        u32::try_from(value).map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })
    };
    let returned: Option<Return> =
        model.returned.as_deref().map(|text| from_json(TABLE, text)).transpose()?;
    Ok(Need {
        id: NeedId(model.id),
        cycle: CycleId(model.cycle),
        year: i16::try_from(model.year)
            .map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })?,
        seq: model.seq.map(number).transpose()?,
        unit: OrgId(model.unit),
        district: model.district.map(OrgId),
        unit_kind: from_name(TABLE, &model.unit_kind)?,
        state: from_name(TABLE, &model.state)?,
        draft: from_json(TABLE, &model.draft)?,
        content: model.content.as_deref().map(|text| from_json(TABLE, text)).transpose()?,
        returned,
        author: AccountId(model.author),
        changed_at: instant(TABLE, model.changed_at)?,
        submitted_at: model.submitted_at.map(|at| instant(TABLE, at)).transpose()?,
        forwarded_at: model.forwarded_at.map(|at| instant(TABLE, at)).transpose()?,
        version: Version(model.version),
    })
}
