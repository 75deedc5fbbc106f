//! Rows by which people are reminded, whom each has reminded, and the days that were looked at.

use super::PART;
use crate::Error;
use crate::convert::{from_name, micros, name};
use ronghe_domain::cycle::CycleYear;
use ronghe_domain::kernel::{AccountId, Date, Instant, ReminderId, Version};
use ronghe_domain::message::reminder::{Content, Reminder};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

const TABLE: &str = "reminder";

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "reminder")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub cycle: String,
        pub event: String,
        pub days: i32,
        pub unit: String,
        pub side: String,
        pub active: bool,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod sent {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "reminder_sent")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub reminder: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub record: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub account: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod looked {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "reminder_day")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub clock: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: String,
        pub at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Whom a row has reminded of what, for which day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sent {
    pub reminder: ReminderId,
    pub record: String,
    pub account: AccountId,
    pub day: Date,
}

/// Every row, oldest first: those that came with the schema before all others.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<Reminder>, Error> {
    let rows = entity::Entity::find().order_by_asc(entity::Column::Id).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// Every row, locked for the transaction.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_all<C: ConnectionTrait>(db: &C) -> Result<Vec<Reminder>, Error> {
    let rows = entity::Entity::find().order_by_asc(entity::Column::Id).lock_exclusive().all(db).await?;
    rows.into_iter().map(read).collect()
}

/// Adds a row.
///
/// # Errors
/// Where another one says the same.
pub async fn insert<C: ConnectionTrait>(db: &C, reminder: &Reminder) -> Result<(), Error> {
    entity::Entity::insert(row(reminder)?.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Writes a row over the version `seen`.
///
/// # Errors
/// `Stale` where there is another one meanwhile.
pub async fn save<C: ConnectionTrait>(db: &C, after: &Reminder, seen: Version) -> Result<(), Error> {
    let done = entity::Entity::update_many()
        .set(row(after)?.into_active_model().reset_all())
        .filter(entity::Column::Id.eq(after.id.0))
        .filter(entity::Column::Version.eq(seen.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The last day that was looked at by `clock`.
///
/// # Errors
/// Where the database does not answer.
pub async fn last_day<C: ConnectionTrait>(db: &C, clock: &str) -> Result<Option<Date>, Error> {
    let rows = looked::Entity::find().filter(looked::Column::Clock.eq(clock));
    let last = rows.order_by_desc(looked::Column::Day).limit(1).one(db).await?;
    last.map(|row| day(&row.day)).transpose()
}

/// Notes that `clock` looks at a day.
///
/// # Errors
/// A conflict where it was looked at already.
pub async fn look<C: ConnectionTrait>(db: &C, clock: &str, day: Date, at: Instant) -> Result<(), Error> {
    let row = looked::Model { clock: clock.to_owned(), day: day.to_string(), at: micros(at) };
    looked::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Who was reminded for `since` or a later day.
///
/// # Errors
/// Where the database does not answer.
pub async fn sent_since<C: ConnectionTrait>(db: &C, since: Date) -> Result<Vec<Sent>, Error> {
    let rows = sent::Entity::find().filter(sent::Column::Day.gte(since.to_string())).all(db).await?;
    let read = |row: sent::Model| {
        let (reminder, account) = (ReminderId(row.reminder), AccountId(row.account));
        Ok(Sent { reminder, record: row.record, account, day: day(&row.day)? })
    };
    rows.into_iter().map(read).collect()
}

/// Notes who is reminded.
///
/// # Errors
/// A conflict where one of them was already.
pub async fn note<C: ConnectionTrait>(db: &C, all: &[Sent]) -> Result<(), Error> {
    for part in all.chunks(PART) {
        let rows = part.iter().map(|it| {
            let (record, day) = (it.record.clone(), it.day.to_string());
            sent::Model { reminder: it.reminder.0, record, account: it.account.0, day }.into_active_model()
        });
        sent::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

fn day(text: &str) -> Result<Date, Error> {
    crate::convert::date(TABLE, text)
}

fn row(reminder: &Reminder) -> Result<entity::Model, Error> {
    let Content { cycle, event, days, unit, side, active } = reminder.content;
    Ok(entity::Model {
        id: reminder.id.0,
        cycle: cycle.map(|cycle| cycle.to_string()).unwrap_or_default(),
        event: name(&event)?,
        days: days.into(),
        unit: name(&unit)?,
        side: name(&side)?,
        active,
        version: reminder.version.0,
    })
}

fn read(model: entity::Model) -> Result<Reminder, Error> {
    let strange = |reason: String| Error::Corrupt { table: TABLE, reason };
    let cycle = match model.cycle.as_str() {
        "" => None,
        name => Some(CycleYear::parse(name).ok_or_else(|| strange(format!("{name} names no cycle")))?),
    };
    Ok(Reminder {
        id: ReminderId(model.id),
        content: Content {
            cycle,
            event: from_name(TABLE, &model.event)?,
            days: u16::try_from(model.days).map_err(|source| strange(source.to_string()))?,
            unit: from_name(TABLE, &model.unit)?,
            side: from_name(TABLE, &model.side)?,
            active: model.active,
        },
        version: Version(model.version),
    })
}
