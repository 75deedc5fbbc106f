//! The outbox: mail that waits, was sent or was given up.

use super::PART;
use crate::Error;
use crate::convert::{from_json, from_name, instant, json, micros, name};
use ronghe_domain::kernel::{AccountId, Instant, MessageId};
use ronghe_domain::message::Kind;
use ronghe_domain::message::mail::{Mail, State, Trouble};
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

const TABLE: &str = "mail";

pub(crate) mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mail")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub account: Uuid,
        pub about: String,
        pub record: String,
        pub at: i64,
        pub state: String,
        pub next: Option<i64>,
        pub tries: i32,
        pub trouble: Option<String>,
        pub expires: Option<i64>,
        pub sealed: Option<String>,
        pub quiet: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds mail to the outbox.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert<C: ConnectionTrait>(db: &C, mails: &[Mail]) -> Result<(), Error> {
    for part in mails.chunks(PART) {
        let rows = part.iter().map(|mail| Ok(row(mail)?.into_active_model()));
        let rows = rows.collect::<Result<Vec<_>, Error>>()?;
        entity::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// The mail whose turn has come first, locked for the transaction; those that another process has locked
/// are left out.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_next<C: ConnectionTrait>(db: &C, now: Instant) -> Result<Option<Mail>, Error> {
    let row = entity::Entity::find()
        .filter(entity::Column::Next.lte(micros(now)))
        .order_by_asc(entity::Column::Next)
        .order_by_asc(entity::Column::Id)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(db)
        .await?;
    row.map(read).transpose()
}

/// One mail.
///
/// # Errors
/// Where there is none.
pub async fn get<C: ConnectionTrait>(db: &C, id: MessageId) -> Result<Mail, Error> {
    read(entity::Entity::find_by_id(id.0).one(db).await?.ok_or(Error::NotFound)?)
}

/// One mail, locked for the transaction.
///
/// # Errors
/// Where there is none.
pub async fn lock<C: ConnectionTrait>(db: &C, id: MessageId) -> Result<Mail, Error> {
    read(entity::Entity::find_by_id(id.0).lock_exclusive().one(db).await?.ok_or(Error::NotFound)?)
}

/// Writes a mail.
///
/// # Errors
/// Where the database does not answer.
pub async fn save<C: ConnectionTrait>(db: &C, mail: &Mail) -> Result<(), Error> {
    row(mail)?.into_active_model().reset_all().update(db).await?;
    Ok(())
}

/// Takes back links to `account` that were not sent: they no longer hold.
///
/// # Errors
/// Where the database does not answer.
pub async fn take_back_links<C: ConnectionTrait>(db: &C, account: AccountId) -> Result<(), Error> {
    entity::Entity::delete_many()
        .filter(entity::Column::Account.eq(account.0))
        .filter(entity::Column::Sealed.is_not_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Mail in these states (all where none is named), newest first, and how much there is; none of what lies under seal.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    states: &[State],
    after: Option<(i64, MessageId)>,
    limit: u64,
) -> Result<(Vec<Mail>, u64), Error> {
    let mut condition = open();
    if !states.is_empty() {
        let names = states.iter().map(name).collect::<Result<Vec<_>, _>>()?;
        condition = condition.add(entity::Column::State.is_in(names));
    }
    let total = entity::Entity::find().filter(condition.clone()).count(db).await?;
    if let Some((at, id)) = after {
        let tie = Condition::all().add(entity::Column::At.eq(at)).add(entity::Column::Id.lt(id.0));
        condition = condition.add(Condition::any().add(entity::Column::At.lt(at)).add(tie));
    }
    let rows = entity::Entity::find()
        .filter(condition)
        .order_by_desc(entity::Column::At)
        .order_by_desc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    Ok((rows.into_iter().map(read).collect::<Result<_, _>>()?, total))
}

/// How much mail stands in `state`, but for that of what lies under seal.
///
/// # Errors
/// Where the database does not answer.
pub async fn count<C: ConnectionTrait>(db: &C, state: State) -> Result<u64, Error> {
    let rows = entity::Entity::find().filter(open()).filter(entity::Column::State.eq(name(&state)?));
    Ok(rows.count(db).await?)
}

/// How much mail of each of `kinds` stands in each state.
///
/// # Errors
/// Where the database does not answer.
pub async fn counts<C: ConnectionTrait>(db: &C, kinds: &[Kind]) -> Result<Vec<(Kind, State, u64)>, Error> {
    let kinds = kinds.iter().map(name).collect::<Result<Vec<_>, _>>()?;
    let rows: Vec<(String, String, i64)> = entity::Entity::find()
        .select_only()
        .column(entity::Column::About)
        .column(entity::Column::State)
        .column_as(entity::Column::Id.count(), "count")
        .filter(open())
        .filter(entity::Column::About.is_in(kinds))
        .group_by(entity::Column::About)
        .group_by(entity::Column::State)
        .into_tuple()
        .all(db)
        .await?;
    let read = |(kind, state, count): (String, String, i64)| {
        let count = u64::try_from(count).unwrap_or_default();
        Ok((from_name(TABLE, &kind)?, from_name(TABLE, &state)?, count))
    };
    rows.into_iter().map(read).collect()
}

/// Mail that does not say by being there that something lies sealed.
fn open() -> Condition {
    Condition::all().add(entity::Column::Quiet.eq(false))
}

fn row(mail: &Mail) -> Result<entity::Model, Error> {
    Ok(entity::Model {
        id: mail.id.0,
        account: mail.account.0,
        about: name(&mail.about)?,
        record: mail.record.clone(),
        at: micros(mail.at),
        state: name(&mail.state)?,
        next: mail.next.map(micros),
        tries: i32::try_from(mail.tries).unwrap_or(i32::MAX),
        trouble: mail.trouble.as_ref().map(json).transpose()?,
        expires: mail.expires.map(micros),
        sealed: mail.sealed.clone(),
        quiet: mail.quiet,
    })
}

fn read(model: entity::Model) -> Result<Mail, Error> {
    let trouble = model.trouble.as_deref().map(|text| from_json::<Trouble>(TABLE, text)).transpose()?;
    Ok(Mail {
        id: MessageId(model.id),
        account: AccountId(model.account),
        about: from_name(TABLE, &model.about)?,
        record: model.record,
        at: instant(TABLE, model.at)?,
        state: from_name(TABLE, &model.state)?,
        next: model.next.map(|at| instant(TABLE, at)).transpose()?,
        tries: u32::try_from(model.tries).unwrap_or_default(),
        trouble,
        expires: model.expires.map(|at| instant(TABLE, at)).transpose()?,
        sealed: model.sealed,
        quiet: model.quiet,
    })
}
