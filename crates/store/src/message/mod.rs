//! What people are told: their messages, and the outbox of mail.

pub mod choice;
pub mod mail;
pub mod reminder;
pub mod template;

use crate::Error;
use crate::convert::{from_name, instant, micros, name};
use ronghe_domain::kernel::{AccountId, Instant, MessageId, OrgId};
use ronghe_domain::message::Kind;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

const TABLE: &str = "message";
/// Rows of one statement: a value of each column is a variable, of which a database takes so many.
const PART: usize = 500;

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "message")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub account: Uuid,
        pub kind: String,
        pub record: String,
        pub from_org: Option<Uuid>,
        pub at: i64,
        pub read_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a person is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    pub account: AccountId,
    pub kind: Kind,
    /// A need's number or a cycle's year.
    pub record: String,
    /// The organisation that acted.
    pub from: Option<OrgId>,
    pub at: Instant,
    pub read_at: Option<Instant>,
}

/// The messages of `account`, newest first, and how many there are.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    account: AccountId,
    after: Option<(i64, MessageId)>,
    limit: u64,
) -> Result<(Vec<Message>, u64), Error> {
    let own = entity::Entity::find().filter(entity::Column::Account.eq(account.0));
    let total = own.clone().count(db).await?;
    let mut rows = own;
    if let Some((at, id)) = after {
        let tie = Condition::all().add(entity::Column::At.eq(at)).add(entity::Column::Id.lt(id.0));
        rows = rows.filter(Condition::any().add(entity::Column::At.lt(at)).add(tie));
    }
    let rows =
        rows.order_by_desc(entity::Column::At).order_by_desc(entity::Column::Id).limit(limit).all(db).await?;
    Ok((rows.into_iter().map(read).collect::<Result<_, _>>()?, total))
}

/// How many messages of `account` are not read.
///
/// # Errors
/// Where the database does not answer.
pub async fn unread<C: ConnectionTrait>(db: &C, account: AccountId) -> Result<u64, Error> {
    let rows = entity::Entity::find().filter(entity::Column::Account.eq(account.0));
    Ok(rows.filter(entity::Column::ReadAt.is_null()).count(db).await?)
}

/// Notes that `account` has read everything that came up to `until`.
///
/// # Errors
/// Where the database does not answer.
pub async fn mark_read<C: ConnectionTrait>(
    db: &C,
    account: AccountId,
    until: Instant,
    now: Instant,
) -> Result<u64, Error> {
    let done = entity::Entity::update_many()
        .col_expr(entity::Column::ReadAt, Expr::value(micros(now)))
        .filter(entity::Column::Account.eq(account.0))
        .filter(entity::Column::ReadAt.is_null())
        .filter(entity::Column::At.lte(micros(until)))
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// Adds messages.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert<C: ConnectionTrait>(db: &C, messages: &[Message]) -> Result<(), Error> {
    for part in messages.chunks(PART) {
        let rows = part.iter().map(|message| Ok(row(message)?.into_active_model()));
        let rows = rows.collect::<Result<Vec<_>, Error>>()?;
        entity::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

fn row(message: &Message) -> Result<entity::Model, Error> {
    Ok(entity::Model {
        id: message.id.0,
        account: message.account.0,
        kind: name(&message.kind)?,
        record: message.record.clone(),
        from_org: message.from.map(|org| org.0),
        at: micros(message.at),
        read_at: None,
    })
}

fn read(model: entity::Model) -> Result<Message, Error> {
    Ok(Message {
        id: MessageId(model.id),
        account: AccountId(model.account),
        kind: from_name(TABLE, &model.kind)?,
        record: model.record,
        from: model.from_org.map(OrgId),
        at: instant(TABLE, model.at)?,
        read_at: model.read_at.map(|at| instant(TABLE, at)).transpose()?,
    })
}
