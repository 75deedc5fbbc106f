//! Needs.

mod carry;
pub mod district;
pub(crate) mod entity;
mod grams;
mod list;
mod many;
mod measure;
pub mod opinion;
mod phone;
mod prose;
mod row;
pub mod verdict;
pub mod writer;

use crate::convert::{from_json, from_name, instant, json, micros, name};
use crate::{Envelope, Error};
use ronghe_domain::kernel::{AccountId, CycleId, NeedId, OrgId, Version};
use ronghe_domain::need::rules::Scope;
use ronghe_domain::need::{Name, Need, Return};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

pub use carry::{in_states, lock_in_states, move_to, records, turn_back};
pub(crate) use grams::index_all;
pub use list::{
    COUNTED, Count, Cursor, Filter, Sort, Total, count, counts, forwarded, list, rows, undecided, under_way,
};
pub use many::insert_many;
pub use phone::seal_open;
pub use prose::{Told, rows_with_prose, told};

const TABLE: &str = "need";

/// The need with this name, where `scope` opens it.
///
/// # Errors
/// Where there is none.
pub async fn get<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    scope: &[Scope],
    need: Name,
) -> Result<Need, Error> {
    let row = named(need)?.filter(list::within(scope)?).one(db).await?;
    read(envelope, row.ok_or(Error::NotFound)?)
}

/// The need with this name, where `scope` opens it, locked for the transaction.
///
/// # Errors
/// Where there is none.
pub async fn lock<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    scope: &[Scope],
    need: Name,
) -> Result<Need, Error> {
    let row = named(need)?.filter(list::within(scope)?).lock_exclusive().one(db).await?;
    read(envelope, row.ok_or(Error::NotFound)?)
}

/// The need by which another one is carried on.
///
/// # Errors
/// Where the database does not answer.
pub async fn carrying<C: ConnectionTrait>(db: &C, need: NeedId) -> Result<Option<NeedId>, Error> {
    let found = entity::Entity::find()
        .select_only()
        .column(entity::Column::Id)
        .filter(entity::Column::CarriedFrom.eq(need.0));
    Ok(found.into_tuple().one(db).await?.map(NeedId))
}

/// A need as it lies in its table, to be checked.
#[derive(Debug)]
pub struct Lying {
    pub need: Need,
    /// The columns beside its texts say the same: lists show them.
    pub agrees: bool,
}

/// Up to `limit` needs that have a number, in order of id behind `after`.
///
/// # Errors
/// Where the database does not answer.
pub async fn numbered<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    after: Option<NeedId>,
    limit: u64,
) -> Result<Vec<Lying>, Error> {
    let mut rows = entity::Entity::find().filter(entity::Column::Seq.is_not_null());
    if let Some(after) = after {
        rows = rows.filter(entity::Column::Id.gt(after.0));
    }
    let rows = rows.order_by_asc(entity::Column::Id).limit(limit).all(db).await?;
    let lying = |found: entity::Model| {
        let need = read(envelope, found.clone())?;
        let written = row(envelope, &need)?;
        // JSON is left out: a release may write it anew in another way. So is what is sealed: it is another each time.
        let texts = (found.draft.clone(), found.content.clone(), found.returned.clone());
        let ((draft, content, returned), phones) = (texts, found.phones.clone());
        let agrees = entity::Model { draft, content, returned, phones, ..written } == found;
        Ok(Lying { need, agrees })
    };
    rows.into_iter().map(lying).collect()
}

/// Adds a need.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert<C: ConnectionTrait, E: Envelope>(db: &C, envelope: &E, need: &Need) -> Result<(), Error> {
    entity::Entity::insert(row(envelope, need)?.into_active_model()).exec_without_returning(db).await?;
    add_measures(db, need).await?;
    grams::index(db, need.id, &words(need)).await
}

/// Writes what of `before` is another in `after`, and what lists find it by.
///
/// # Errors
/// `Stale` where the row no longer has the version of `before`.
pub async fn save<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    before: &Need,
    after: &Need,
) -> Result<(), Error> {
    let done = entity::Entity::update_many()
        .set(changes(envelope, before, after)?)
        .filter(entity::Column::Id.eq(after.id.0))
        .filter(entity::Column::Version.eq(before.version.0))
        .exec(db)
        .await?;
    if done.rows_affected != 1 {
        return Err(Error::Stale);
    }
    let measures = |need: &Need| need.content.as_ref().map(|content| content.measures.clone());
    if measures(before) != measures(after) {
        save_measures(db, after).await?;
    }
    let text = words(after);
    if text != words(before) {
        grams::index(db, after.id, &text).await?;
    }
    Ok(())
}

/// The columns that are others: texts that stay are not sent.
fn changes<E: Envelope>(envelope: &E, before: &Need, after: &Need) -> Result<entity::ActiveModel, Error> {
    let mut row = row(envelope, after)?.into_active_model().reset_all();
    // What a need is of does not change.
    for column in [
        entity::Column::Id,
        entity::Column::Cycle,
        entity::Column::Year,
        entity::Column::Unit,
        entity::Column::UnitKind,
        entity::Column::District,
        entity::Column::Author,
        entity::Column::CarriedFrom,
    ] {
        row.not_set(column);
    }
    let mut stays = |is_same: bool, columns: &[entity::Column]| {
        for column in columns.iter().filter(|_| is_same) {
            row.not_set(*column);
        }
    };
    stays(before.draft == after.draft, &[entity::Column::Draft]);
    stays(before.content == after.content, &[entity::Column::Content, entity::Column::BudgetFen]);
    let same = before.returned == after.returned;
    stays(same, &[entity::Column::Returned, entity::Column::Until, entity::Column::BackTo]);
    stays(before.seq == after.seq, &[entity::Column::Seq]);
    stays(before.submitted_at == after.submitted_at, &[entity::Column::SubmittedAt]);
    stays(before.forwarded_at == after.forwarded_at, &[entity::Column::ForwardedAt]);
    stays(words(before) == words(after), &[entity::Column::Search]);
    let shown =
        [entity::Column::Title, entity::Column::TitleEn, entity::Column::Measures, entity::Column::Phones];
    stays(before.draft == after.draft && before.content == after.content, &shown);
    Ok(row)
}

/// Notes the measures that a need comes under since it was submitted.
async fn save_measures<C: ConnectionTrait>(db: &C, need: &Need) -> Result<(), Error> {
    measure::Entity::delete_many().filter(measure::Column::Need.eq(need.id.0)).exec(db).await?;
    add_measures(db, need).await
}

async fn add_measures<C: ConnectionTrait>(db: &C, need: &Need) -> Result<(), Error> {
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
            .filter(entity::Column::Year.eq(number.year.key()))
            .filter(entity::Column::Seq.eq(i32::try_from(number.seq).map_err(|_| Error::NotFound)?)),
    })
}

fn row<E: Envelope>(envelope: &E, need: &Need) -> Result<entity::Model, Error> {
    let phone::Apart { draft, content: text, phones } = phone::apart(envelope, need)?;
    let seq = need.seq.map(i32::try_from).transpose();
    let content = need.content.as_ref();
    Ok(entity::Model {
        id: need.id.0,
        cycle: need.cycle.0,
        year: need.year.key(),
        seq: seq.map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })?,
        unit: need.unit.0,
        unit_kind: name(&need.unit_kind)?,
        district: need.district.map(|org| org.0),
        state: name(&need.state)?,
        title: need.title().to_owned(),
        search: words(need),
        draft,
        content: text,
        budget_fen: content.map(|content| content.budget.0),
        returned: need.returned.as_ref().map(json).transpose()?,
        until: need.returned.as_ref().map(|returned| micros(returned.until)),
        author: need.author.0,
        changed_at: micros(need.changed_at),
        submitted_at: need.submitted_at.map(micros),
        forwarded_at: need.forwarded_at.map(micros),
        version: need.version.0,
        title_en: content.map_or(&need.draft.title_en, |it| &it.title_en).clone(),
        measures: json(content.map_or(&need.draft.measures, |it| &it.measures))?,
        back_to: need.returned.as_ref().map(|returned| name(&returned.from)).transpose()?,
        carried_from: need.carried_from.map(|need| need.0),
        phones: Some(phones),
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

fn read<E: Envelope>(envelope: &E, model: entity::Model) -> Result<Need, Error> {
    let (mut draft, mut content) = (
        from_json(TABLE, &model.draft)?,
        model.content.as_deref().map(|text| from_json(TABLE, text)).transpose()?,
    );
    phone::put_back(envelope, model.phones.as_deref(), (Some(&mut draft), content.as_mut()))?;
    let returned: Option<Return> =
        model.returned.as_deref().map(|text| from_json(TABLE, text)).transpose()?;
    Ok(Need {
        id: NeedId(model.id),
        cycle: CycleId(model.cycle),
        year: number(model.year)?,
        seq: model.seq.map(number).transpose()?,
        unit: OrgId(model.unit),
        district: model.district.map(OrgId),
        unit_kind: from_name(TABLE, &model.unit_kind)?,
        state: from_name(TABLE, &model.state)?,
        draft,
        content,
        returned,
        author: AccountId(model.author),
        changed_at: instant(TABLE, model.changed_at)?,
        submitted_at: model.submitted_at.map(|at| instant(TABLE, at)).transpose()?,
        forwarded_at: model.forwarded_at.map(|at| instant(TABLE, at)).transpose()?,
        carried_from: model.carried_from.map(NeedId),
        version: Version(model.version),
    })
}

/// A year or a number as the domain holds it.
fn number<T: TryFrom<i32, Error: ToString>>(value: i32) -> Result<T, Error> {
    T::try_from(value).map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })
}
