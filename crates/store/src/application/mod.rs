//! Applications. Their texts lie sealed: they are read and written through an envelope, whose key is not here.

mod awaiting;
pub(crate) mod entity;
pub mod file;
mod list;
pub mod opening;
pub mod opinion;
pub mod version;
mod words;

use crate::Error;
use crate::convert::{from_json, from_name, instant, json, micros, name};
use entity::application as rows;
use ronghe_domain::application::rules::Scope;
use ronghe_domain::application::{Application, Awaited, Member, Name, Row, State};
use ronghe_domain::kernel::{AccountId, ApplicationId, CycleId, Fen, NeedId, OrgId, Version};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};
use serde::{Deserialize, Serialize};

pub use awaiting::{Awaiting, awaiting};
pub use list::{Cursor, Filter, Sort, list};

const TABLE: &str = "application";

/// What seals texts and opens them again: the key lies outside the database.
pub trait Envelope: Sync {
    /// Seals `text`.
    ///
    /// # Errors
    /// Where there is no random to be had.
    fn seal(&self, text: &str) -> Result<String, Error>;

    /// Opens what was sealed.
    ///
    /// # Errors
    /// Where it was sealed under another key, or changed since.
    fn open(&self, sealed: &str) -> Result<String, Error>;
}

/// What lists show of the texts of an application.
#[derive(Serialize, Deserialize)]
struct Head {
    title: String,
    leader: Option<AccountId>,
    asked: Option<Fen>,
    #[serde(default)]
    writers: Vec<AccountId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    awaited: Vec<Awaited>,
}

/// The application with this name, where `scope` opens it.
///
/// # Errors
/// Where there is none.
pub async fn get<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    scope: &[Scope],
    application: &Name,
) -> Result<Application, Error> {
    let row = named(application)?.filter(list::within(scope)).one(db).await?;
    read(envelope, row.ok_or(Error::NotFound)?)
}

/// The application with this name, where `scope` opens it, locked for the transaction.
///
/// # Errors
/// Where there is none.
pub async fn lock<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    scope: &[Scope],
    application: &Name,
) -> Result<Application, Error> {
    let row = named(application)?.filter(list::within(scope)).lock_exclusive().one(db).await?;
    read(envelope, row.ok_or(Error::NotFound)?)
}

/// The cycle of the application with this name, where `scope` opens it: cycles are locked before their records.
///
/// # Errors
/// Where there is none.
pub async fn cycle_of<C: ConnectionTrait>(
    db: &C,
    scope: &[Scope],
    application: &Name,
) -> Result<CycleId, Error> {
    let row = named(application)?.filter(list::within(scope)).one(db).await?;
    Ok(CycleId(row.ok_or(Error::NotFound)?.cycle))
}

/// Up to `limit` applications whose seals are opened, in order of id behind `after`.
///
/// # Errors
/// Where the database does not answer.
pub async fn opened<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    after: Option<ApplicationId>,
    limit: u64,
) -> Result<Vec<Application>, Error> {
    let mut found = rows::Entity::find().filter(rows::Column::OpenedAt.is_not_null());
    if let Some(after) = after {
        found = found.filter(rows::Column::Id.gt(after.0));
    }
    let found = found.order_by_asc(rows::Column::Id).limit(limit).all(db).await?;
    found.into_iter().map(|row| read(envelope, row)).collect()
}

/// The applications of `university` in `cycle` that stand in one of these states and of which `account` has a part, in
/// order of id. Who has one lies under seal: each is opened.
///
/// # Errors
/// Where the database does not answer.
pub async fn with_part<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    (cycle, university): (CycleId, OrgId),
    states: &[State],
    account: AccountId,
) -> Result<Vec<Application>, Error> {
    let states = states.iter().map(name).collect::<Result<Vec<_>, _>>()?;
    let found = rows::Entity::find()
        .filter(rows::Column::Cycle.eq(cycle.0))
        .filter(rows::Column::University.eq(university.0))
        .filter(rows::Column::State.is_in(states))
        .order_by_asc(rows::Column::Id);
    let mut all = Vec::new();
    for row in found.all(db).await? {
        let members: Vec<Member> = from_json(TABLE, &envelope.open(&row.members)?)?;
        if members.iter().any(|member| member.account == account) {
            all.push(read(envelope, row)?);
        }
    }
    Ok(all)
}

/// Adds an application.
///
/// # Errors
/// `Applied` where the university has a living one for the need.
pub async fn insert<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    application: &Application,
) -> Result<(), Error> {
    let row = row(envelope, application)?.into_active_model();
    rows::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Writes `after` over `before`.
///
/// # Errors
/// `Stale` where the row no longer has the version of `before`; `Applied` where it would live beside another one.
pub async fn save<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    before: &Application,
    after: &Application,
) -> Result<(), Error> {
    let mut row = row(envelope, after)?.into_active_model().reset_all();
    // What an application is of does not change.
    for column in [
        rows::Column::Id,
        rows::Column::Cycle,
        rows::Column::CycleName,
        rows::Column::Need,
        rows::Column::University,
    ] {
        row.not_set(column);
    }
    let done = rows::Entity::update_many()
        .set(row)
        .filter(rows::Column::Id.eq(after.id.0))
        .filter(rows::Column::Version.eq(before.version.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Whether `university` has a living application for `need`, `without` one.
///
/// # Errors
/// Where the database does not answer.
pub async fn applied<C: ConnectionTrait>(
    db: &C,
    need: NeedId,
    university: OrgId,
    without: ApplicationId,
) -> Result<Option<ApplicationId>, Error> {
    let found = rows::Entity::find()
        .select_only()
        .column(rows::Column::Id)
        .filter(rows::Column::Need.eq(need.0))
        .filter(rows::Column::University.eq(university.0))
        .filter(rows::Column::Id.ne(without.0))
        .filter(rows::Column::State.ne(name(&State::Withdrawn)?));
    let found: Option<sea_orm::prelude::Uuid> = found.into_tuple().one(db).await?;
    Ok(found.map(ApplicationId))
}

/// How many applications `university` has handed in in `cycle`, `without` one.
///
/// # Errors
/// Where the database does not answer.
pub async fn handed_in<C: ConnectionTrait>(
    db: &C,
    cycle: CycleId,
    university: OrgId,
    without: ApplicationId,
) -> Result<u64, Error> {
    let counting: Vec<String> =
        State::ALL.iter().filter(|state| state.counts()).map(name).collect::<Result<_, _>>()?;
    let found = rows::Entity::find()
        .filter(rows::Column::Cycle.eq(cycle.0))
        .filter(rows::Column::University.eq(university.0))
        .filter(rows::Column::Id.ne(without.0))
        .filter(rows::Column::State.is_in(counting));
    Ok(found.count(db).await?)
}

fn named(application: &Name) -> Result<Select<rows::Entity>, Error> {
    Ok(match application {
        Name::Draft(id) => rows::Entity::find_by_id(id.0),
        Name::Number(number) => rows::Entity::find()
            .filter(rows::Column::CycleName.eq(number.cycle.clone()))
            .filter(rows::Column::Seq.eq(i32::try_from(number.seq).map_err(|_| Error::NotFound)?)),
    })
}

fn row<E: Envelope>(envelope: &E, application: &Application) -> Result<rows::Model, Error> {
    let head = Row::from(application);
    let (writers, awaited) = (application.writers.clone(), application.awaited.clone());
    let head = Head { title: head.title, leader: head.leader, asked: head.asked, writers, awaited };
    let sealed = |text: String| envelope.seal(&text);
    Ok(rows::Model {
        id: application.id.0,
        cycle: application.cycle.0,
        cycle_name: application.cycle_name.clone(),
        seq: application.seq.map(small).transpose()?,
        need: application.need.0,
        university: application.university.0,
        state: name(&application.state)?,
        head: sealed(json(&head)?)?,
        draft: sealed(json(&application.draft)?)?,
        content: application.content.as_ref().map(json).transpose()?.map(sealed).transpose()?,
        members: sealed(json(&application.members)?)?,
        submissions: small(application.submissions)?,
        returned: application.returned.as_ref().map(json).transpose()?,
        until: application.returned.as_ref().map(|returned| micros(returned.until)),
        changed_at: micros(application.changed_at),
        submitted_at: application.submitted_at.map(micros),
        opened_at: application.opened_at.map(micros),
        accepted_at: application.accepted_at.map(micros),
        version: application.version.0,
    })
}

fn read<E: Envelope>(envelope: &E, model: rows::Model) -> Result<Application, Error> {
    let opened = |sealed: &str| envelope.open(sealed);
    let head: Head = from_json(TABLE, &opened(&model.head)?)?;
    let when = |at: Option<i64>| at.map(|at| instant(TABLE, at)).transpose();
    Ok(Application {
        id: ApplicationId(model.id),
        cycle: CycleId(model.cycle),
        cycle_name: model.cycle_name,
        seq: model.seq.map(large).transpose()?,
        need: NeedId(model.need),
        university: OrgId(model.university),
        state: from_name(TABLE, &model.state)?,
        draft: from_json(TABLE, &opened(&model.draft)?)?,
        content: match model.content.as_deref().map(opened).transpose()? {
            Some(text) => Some(from_json(TABLE, &text)?),
            None => None,
        },
        submissions: large(model.submissions)?,
        members: from_json(TABLE, &opened(&model.members)?)?,
        awaited: head.awaited,
        writers: head.writers,
        returned: model.returned.as_deref().map(|text| from_json(TABLE, text)).transpose()?,
        changed_at: instant(TABLE, model.changed_at)?,
        submitted_at: when(model.submitted_at)?,
        opened_at: when(model.opened_at)?,
        accepted_at: when(model.accepted_at)?,
        version: Version(model.version),
    })
}

/// A number as the database holds it.
fn small(value: u32) -> Result<i32, Error> {
    i32::try_from(value).map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })
}

/// A number as the domain holds it.
fn large(value: i32) -> Result<u32, Error> {
    u32::try_from(value).map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })
}
