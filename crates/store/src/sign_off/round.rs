//! Rounds of sign-off: each list narrowed by who reads it. Those of applications lie sealed, as applications do.

use crate::convert::{from_json, from_name, instant, json, micros, name};
use crate::{Envelope, Error};
use ronghe_domain::kernel::{AccountId, CycleId, OrgId, SignOffId, Version};
use ronghe_domain::sign_off::rules::Scope;
use ronghe_domain::sign_off::{Kind, Round, State, Subject};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

const TABLE: &str = "sign_off_round";

/// Rounds that are written at once.
const PART: usize = 500;

pub(crate) mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_off_round")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub org: Uuid,
        pub kind: String,
        pub subject: Uuid,
        pub name: String,
        pub title: String,
        pub hash: String,
        pub steps: String,
        pub asked_by: Uuid,
        pub asked_at: i64,
        pub preparers: String,
        pub signatures: String,
        pub state: String,
        pub ended: Option<String>,
        pub sealed: bool,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a list of rounds is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Any of these; none where empty.
    pub kinds: Vec<Kind>,
    /// Any of these; all where empty.
    pub states: Vec<State>,
    pub limit: u64,
}

/// Rounds of the kinds asked for that `scope` opens, newest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    scope: Scope,
    filter: &Filter,
) -> Result<Vec<Round>, Error> {
    let kinds = filter.kinds.iter().map(name).collect::<Result<Vec<_>, _>>()?;
    let mut all = within(scope)?.add(entity::Column::Kind.is_in(kinds));
    if !filter.states.is_empty() {
        let states = filter.states.iter().map(name).collect::<Result<Vec<_>, _>>()?;
        all = all.add(entity::Column::State.is_in(states));
    }
    let rows = entity::Entity::find().filter(all).order_by_desc(entity::Column::AskedAt);
    let rows = rows.order_by_desc(entity::Column::Id).limit(filter.limit);
    rows.all(db).await?.into_iter().map(|row| read(envelope, row)).collect()
}

/// The round with this id.
///
/// # Errors
/// `NotFound` where there is none.
pub async fn of<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    id: SignOffId,
) -> Result<Round, Error> {
    read(envelope, entity::Entity::find_by_id(id.0).one(db).await?.ok_or(Error::NotFound)?)
}

/// The same, locked for the transaction.
///
/// # Errors
/// `NotFound` where there is none.
pub async fn lock<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    id: SignOffId,
) -> Result<Round, Error> {
    read(envelope, entity::Entity::find_by_id(id.0).lock_exclusive().one(db).await?.ok_or(Error::NotFound)?)
}

/// Rounds of a subject, newest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn last<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    subject: Subject,
) -> Result<Vec<Round>, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Subject.eq(subject.id))
        .filter(entity::Column::Kind.eq(name(&subject.kind)?))
        .order_by_desc(entity::Column::AskedAt)
        .order_by_desc(entity::Column::Id);
    rows.all(db).await?.into_iter().map(|row| read(envelope, row)).collect()
}

/// Rounds of an organisation and kind that run, or the one of `subject`; locked for the transaction.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_open<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    org: OrgId,
    kind: Kind,
    subject: Option<Subject>,
) -> Result<Vec<Round>, Error> {
    let mut rows = entity::Entity::find()
        .filter(entity::Column::Org.eq(org.0))
        .filter(entity::Column::State.eq(name(&State::Signing)?))
        .filter(entity::Column::Kind.eq(name(&kind)?));
    if let Some(subject) = subject {
        rows = rows.filter(entity::Column::Subject.eq(subject.id));
    }
    let rows = rows.order_by_asc(entity::Column::Id).lock_exclusive();
    rows.all(db).await?.into_iter().map(|row| read(envelope, row)).collect()
}

/// Rounds of a cycle that run, whatever leaves by them; locked for the transaction.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_open_in<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    cycle: CycleId,
) -> Result<Vec<Round>, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::State.eq(name(&State::Signing)?))
        .filter(Condition::any().add(within_cycle("need", cycle)).add(within_cycle("need_summary", cycle)))
        .order_by_asc(entity::Column::Id)
        .lock_exclusive();
    rows.all(db).await?.into_iter().map(|row| read(envelope, row)).collect()
}

/// Rounds of applications of a cycle that stand in `state`; locked for the transaction.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_applications<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    cycle: CycleId,
    state: State,
) -> Result<Vec<Round>, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::State.eq(name(&state)?))
        .filter(entity::Column::Kind.eq(name(&Kind::Application)?))
        .filter(within_cycle("application", cycle))
        .order_by_asc(entity::Column::AskedAt)
        .order_by_asc(entity::Column::Id)
        .lock_exclusive();
    rows.all(db).await?.into_iter().map(|row| read(envelope, row)).collect()
}

/// Opens the seals of these rounds: what left by them is opened.
///
/// # Errors
/// Where the database does not answer.
pub async fn unseal<C: ConnectionTrait>(db: &C, rounds: &[SignOffId]) -> Result<(), Error> {
    for part in rounds.chunks(PART) {
        entity::Entity::update_many()
            .col_expr(entity::Column::Sealed, Expr::value(false))
            .filter(entity::Column::Id.is_in(part.iter().map(|id| id.0)))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Records of a table that belong to a cycle.
fn within_cycle(table: &'static str, cycle: CycleId) -> Expr {
    let records = Query::select().column("id").from(table).and_where(Expr::col("cycle").eq(cycle.0)).take();
    entity::Column::Subject.in_subquery(records)
}

/// Every round, in order of id.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait, E: Envelope>(db: &C, envelope: &E) -> Result<Vec<Round>, Error> {
    let rows = entity::Entity::find().order_by_asc(entity::Column::Id).all(db).await?;
    rows.into_iter().map(|row| read(envelope, row)).collect()
}

/// Adds a round.
///
/// # Errors
/// `Conflict` where one of its subject runs.
pub async fn insert<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    round: &Round,
) -> Result<(), Error> {
    entity::Entity::insert(row(envelope, round)?.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Writes a round over the one of the version before it.
///
/// # Errors
/// `Stale` where there is another one meanwhile.
pub async fn save<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    before: Version,
    after: &Round,
) -> Result<(), Error> {
    let done = entity::Entity::update_many()
        .set(row(envelope, after)?.into_active_model().reset_all())
        .filter(entity::Column::Id.eq(after.id.0))
        .filter(entity::Column::Version.eq(before.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn within(scope: Scope) -> Result<Condition, Error> {
    Ok(match scope {
        Scope::All => Condition::all(),
        Scope::Left => Condition::all()
            .add(entity::Column::State.eq(name(&State::Signed)?))
            .add(entity::Column::Sealed.eq(false)),
        Scope::Of(org) => Condition::all().add(entity::Column::Org.eq(org.0)),
    })
}

/// What stands in a round of an application is kept as its texts are.
const fn is_kept_sealed(kind: Kind) -> bool {
    matches!(kind, Kind::Application)
}

fn row<E: Envelope>(envelope: &E, round: &Round) -> Result<entity::Model, Error> {
    let kept = |text: String| match is_kept_sealed(round.subject.kind) {
        true => envelope.seal(&text),
        false => Ok(text),
    };
    Ok(entity::Model {
        id: round.id.0,
        org: round.org.0,
        kind: name(&round.subject.kind)?,
        subject: round.subject.id,
        name: round.name.clone(),
        title: kept(round.title.clone())?,
        hash: round.hash.clone(),
        steps: json(&round.steps)?,
        asked_by: round.asked_by.0,
        asked_at: micros(round.asked_at),
        preparers: kept(json(&round.preparers)?)?,
        signatures: kept(json(&round.signatures)?)?,
        state: name(&round.state)?,
        ended: round.ended.as_ref().map(json).transpose()?.map(kept).transpose()?,
        sealed: round.sealed,
        version: round.version.0,
    })
}

fn read<E: Envelope>(envelope: &E, model: entity::Model) -> Result<Round, Error> {
    let kind = from_name(TABLE, &model.kind)?;
    let plain = |text: String| match is_kept_sealed(kind) {
        true => envelope.open(&text),
        false => Ok(text),
    };
    let ended = model.ended.map(plain).transpose()?;
    Ok(Round {
        id: SignOffId(model.id),
        org: OrgId(model.org),
        subject: Subject { kind, id: model.subject },
        name: model.name,
        title: plain(model.title)?,
        hash: model.hash,
        steps: from_json(TABLE, &model.steps)?,
        asked_by: AccountId(model.asked_by),
        asked_at: instant(TABLE, model.asked_at)?,
        preparers: from_json(TABLE, &plain(model.preparers)?)?,
        signatures: from_json(TABLE, &plain(model.signatures)?)?,
        state: from_name(TABLE, &model.state)?,
        ended: ended.as_deref().map(|text| from_json(TABLE, text)).transpose()?,
        sealed: model.sealed,
        version: Version(model.version),
    })
}
