//! Accounts.

pub(crate) mod entity;
pub mod request;

use crate::Error;
use crate::convert::{from_json, from_name, instant, json, micros, name};
use crate::db::among;
use ronghe_domain::account::rules::Reach;
use ronghe_domain::account::{Account, Ask, NewPost, Pending, State};
use ronghe_domain::kernel::{AccountId, OrgId, Role, Version};
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const TABLE: &str = "account";
/// Names that are looked up by one statement; more values than some thousand it could not take.
const LOGINS: usize = 5_000;

/// What a list of accounts is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words in login, name or English name.
    pub words: Option<String>,
    pub org: Option<OrgId>,
    pub role: Option<Role>,
    pub state: Option<State>,
    /// Only those with a grant that waits.
    pub pending: bool,
    /// Rows after this login.
    pub after: Option<String>,
    pub limit: u64,
}

#[derive(Serialize, Deserialize)]
struct StoredPending {
    /// `None` asks for a post, or else for a new password.
    roles: Option<BTreeSet<Role>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    post: Option<StoredPost>,
    by: AccountId,
    at: i64,
}

#[derive(Serialize, Deserialize)]
struct StoredPost {
    post: String,
    reason: String,
}

impl StoredPending {
    fn of(pending: &Pending) -> Self {
        let (roles, post) = match &pending.ask {
            Ask::Roles(roles) => (Some(roles.clone()), None),
            Ask::Reset => (None, None),
            Ask::Post(NewPost { post, reason }) => {
                (None, Some(StoredPost { post: post.clone(), reason: reason.clone() }))
            }
        };
        Self { roles, post, by: pending.by, at: micros(pending.at) }
    }

    fn read(self) -> Result<Pending, Error> {
        let ask = match (self.roles, self.post) {
            (Some(roles), _) => Ask::Roles(roles),
            (None, Some(StoredPost { post, reason })) => Ask::Post(NewPost { post, reason }),
            (None, None) => Ask::Reset,
        };
        Ok(Pending { ask, by: self.by, at: instant(TABLE, self.at)? })
    }
}

/// The accounts that `reach` opens to `own`, in order of login, and how many there are.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    reach: Reach,
    own: Option<AccountId>,
    filter: &Filter,
) -> Result<(Vec<Account>, u64), Error> {
    let mut condition = Condition::all();
    if reach == Reach::Own {
        condition = condition.add(entity::Column::Id.eq(own.map(|id| id.0).unwrap_or_default()));
    }
    if let Some(words) = filter.words.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        let columns = [entity::Column::Login, entity::Column::Name, entity::Column::NameEn];
        condition = condition.add(
            columns
                .into_iter()
                .fold(Condition::any(), |any, column| any.add(holds(Expr::col(column), words))),
        );
    }
    if let Some(org) = filter.org {
        condition = condition.add(entity::Column::Organisation.eq(org.0));
    }
    if let Some(role) = filter.role {
        condition = condition.add(entity::Column::Roles.contains(format!("\"{}\"", name(&role)?)));
    }
    if let Some(state) = filter.state {
        condition = condition.add(entity::Column::State.eq(name(&state)?));
    }
    if filter.pending {
        condition = condition.add(entity::Column::Pending.is_not_null());
    }
    let total = entity::Entity::find().filter(condition.clone()).count(db).await?;
    if let Some(after) = &filter.after {
        condition = condition.add(entity::Column::Login.gt(after));
    }
    let rows = entity::Entity::find()
        .filter(condition)
        .order_by_asc(entity::Column::Login)
        .limit(filter.limit)
        .all(db)
        .await?;
    Ok((rows.into_iter().map(read).collect::<Result<_, _>>()?, total))
}

/// The account `id`.
///
/// # Errors
/// Where there is none.
pub async fn get<C: ConnectionTrait>(db: &C, id: AccountId) -> Result<Account, Error> {
    let row = entity::Entity::find_by_id(id.0).one(db).await?;
    read(row.ok_or(Error::NotFound)?)
}

/// The accounts with these ids, in no order.
///
/// # Errors
/// Where the database does not answer.
pub async fn named<C: ConnectionTrait>(db: &C, ids: &BTreeSet<AccountId>) -> Result<Vec<Account>, Error> {
    // Most records name nobody: then the database need not be asked.
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let these = among(db.get_database_backend(), entity::Column::Id, ids.iter().map(|id| id.0));
    let rows = entity::Entity::find().filter(these).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// The account with this sign-in name.
///
/// # Errors
/// Where there is none.
pub async fn by_login<C: ConnectionTrait>(db: &C, login: &str) -> Result<Account, Error> {
    let row = entity::Entity::find().filter(entity::Column::Login.eq(login)).one(db).await?;
    read(row.ok_or(Error::NotFound)?)
}

/// Those of `logins` that are taken: one statement for many.
///
/// # Errors
/// Where the database does not answer.
pub async fn taken<C: ConnectionTrait>(db: &C, logins: &BTreeSet<String>) -> Result<BTreeSet<String>, Error> {
    let mut taken = BTreeSet::new();
    let logins: Vec<&String> = logins.iter().collect();
    for logins in logins.chunks(LOGINS) {
        let rows: Vec<String> = entity::Entity::find()
            .select_only()
            .column(entity::Column::Login)
            .filter(entity::Column::Login.is_in(logins.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        taken.extend(rows);
    }
    Ok(taken)
}

/// The account `id`, locked for the transaction.
///
/// # Errors
/// Where there is none.
pub async fn lock_id<C: ConnectionTrait>(db: &C, id: AccountId) -> Result<Account, Error> {
    let row = entity::Entity::find_by_id(id.0).lock_exclusive().one(db).await?;
    read(row.ok_or(Error::NotFound)?)
}

/// The account with this sign-in name, locked for the transaction.
///
/// # Errors
/// Where there is none.
pub async fn lock<C: ConnectionTrait>(db: &C, login: &str) -> Result<Account, Error> {
    let row = entity::Entity::find().filter(entity::Column::Login.eq(login)).lock_exclusive().one(db).await?;
    read(row.ok_or(Error::NotFound)?)
}

/// The active accounts that hold one of `roles`, in `org` where one is named.
///
/// # Errors
/// Where the database does not answer.
pub async fn active<C: ConnectionTrait>(
    db: &C,
    roles: &[Role],
    org: Option<OrgId>,
) -> Result<Vec<Account>, Error> {
    holders(roles, org)?.all(db).await?.into_iter().map(read).collect()
}

/// The same, to be asked together with what belongs to them.
pub(crate) fn holders(roles: &[Role], org: Option<OrgId>) -> Result<Select<entity::Entity>, Error> {
    let mut held = Condition::any();
    for role in roles {
        held = held.add(entity::Column::Roles.contains(format!("\"{}\"", name(role)?)));
    }
    let active = entity::Column::State.eq(name(&State::Active)?);
    let rows = entity::Entity::find().filter(active).filter(held);
    Ok(match org {
        Some(org) => rows.filter(entity::Column::Organisation.eq(org.0)),
        None => rows,
    })
}

/// How many active accounts hold `role`.
///
/// # Errors
/// Where the database does not answer.
pub async fn count_active<C: ConnectionTrait>(db: &C, role: Role) -> Result<u64, Error> {
    let held = entity::Column::Roles.contains(format!("\"{}\"", name(&role)?));
    let active = entity::Column::State.eq(name(&State::Active)?);
    Ok(entity::Entity::find().filter(held).filter(active).count(db).await?)
}

/// How many accounts hold `role`, whatever their state.
///
/// # Errors
/// Where the database does not answer.
pub async fn count_holding<C: ConnectionTrait>(db: &C, role: Role) -> Result<u64, Error> {
    let held = entity::Column::Roles.contains(format!("\"{}\"", name(&role)?));
    Ok(entity::Entity::find().filter(held).count(db).await?)
}

/// Adds an account.
///
/// # Errors
/// Where the sign-in name is taken.
pub async fn insert<C: ConnectionTrait>(db: &C, account: &Account) -> Result<(), Error> {
    row(account)?.into_active_model().insert(db).await?;
    Ok(())
}

/// Writes `after`, whose version is one above `seen`.
///
/// # Errors
/// `Stale` where the row no longer has the version `seen`.
pub async fn save<C: ConnectionTrait>(db: &C, after: &Account, seen: Version) -> Result<(), Error> {
    let model = row(after)?.into_active_model().reset_all();
    let done = entity::Entity::update_many()
        .set(model)
        .filter(entity::Column::Id.eq(after.id.0))
        .filter(entity::Column::Version.eq(seen.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Notes when the person was last seen; no change of the record, so no version.
///
/// # Errors
/// Where the database does not answer.
pub async fn seen<C: ConnectionTrait>(
    db: &C,
    id: AccountId,
    at: ronghe_domain::kernel::Instant,
) -> Result<(), Error> {
    entity::Entity::update_many()
        .col_expr(entity::Column::LastSeen, Expr::value(micros(at)))
        .filter(entity::Column::Id.eq(id.0))
        .exec(db)
        .await?;
    Ok(())
}

/// Whether `words` stand in a text, in capitals or not: by itself LIKE asks for the same case on PostgreSQL, and
/// on SQLite only beyond ASCII. What SQLite cannot write in small letters is found as it is typed.
pub(crate) fn holds(text: Expr, words: &str) -> Condition {
    let like = |words: &str| LikeExpr::new(format!("%{}%", escape(words))).escape('\\');
    Condition::any()
        .add(Expr::expr(Func::lower(text.clone())).like(like(&words.to_lowercase())))
        .add(text.like(like(words)))
}

/// `%` and `_` in words stand for themselves.
pub(crate) fn escape(words: &str) -> String {
    words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

fn row(account: &Account) -> Result<entity::Model, Error> {
    let pending = account.pending.as_ref().map(|pending| json(&StoredPending::of(pending)));
    Ok(entity::Model {
        id: account.id.0,
        login: account.login.clone(),
        name: account.name.clone(),
        name_en: account.name_en.clone(),
        organisation: account.org.0,
        roles: json(&account.roles)?,
        post: account.post.clone(),
        mail: account.mail.clone(),
        state: name(&account.state)?,
        password_set: account.password_set,
        pending: pending.transpose()?,
        second_factor: account.second_factor,
        last_seen: account.last_seen.map(micros),
        version: account.version.0,
    })
}

pub(crate) fn read(model: entity::Model) -> Result<Account, Error> {
    let pending = match model.pending.as_deref() {
        None => None,
        Some(text) => Some(from_json::<StoredPending>(TABLE, text)?.read()?),
    };
    Ok(Account {
        id: AccountId(model.id),
        login: model.login,
        name: model.name,
        name_en: model.name_en,
        org: OrgId(model.organisation),
        roles: from_json(TABLE, &model.roles)?,
        post: model.post,
        mail: model.mail,
        state: from_name(TABLE, &model.state)?,
        password_set: model.password_set,
        pending,
        second_factor: model.second_factor,
        last_seen: model.last_seen.map(|at| instant(TABLE, at)).transpose()?,
        version: Version(model.version),
    })
}
