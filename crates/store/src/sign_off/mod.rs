//! Sign-off: chains of organisations, and the rounds that pass them.

pub(crate) mod round;

use crate::Error;
use crate::convert::{from_json, from_name, instant, json, micros, name};
use crate::db::among;
use ronghe_domain::kernel::{AccountId, CycleId, OrgId, Version};
use ronghe_domain::sign_off::{Chain, Kind, Subject};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::collections::{BTreeMap, BTreeSet};

pub use round::{
    Filter, all as all_rounds, insert, last, list, lock, lock_applications, lock_open, lock_open_in, of,
    save, unseal,
};

const TABLE: &str = "sign_off_chain";

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_off_chain")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub org: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        pub steps: String,
        pub set_by: Uuid,
        pub set_at: i64,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Every chain that was set, in order of organisation and kind.
///
/// # Errors
/// Where the database does not answer.
pub async fn chains<C: ConnectionTrait>(db: &C) -> Result<Vec<Chain>, Error> {
    let rows = entity::Entity::find().order_by_asc(entity::Column::Org).order_by_asc(entity::Column::Kind);
    rows.all(db).await?.into_iter().map(read).collect()
}

/// The chain of an organisation for a kind of document, locked for the transaction. Where none was ever set there is no
/// row to lock: the organisation's is locked in its place, so that whoever sets the first one and whoever lets something
/// leave without any wait for each other.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_chain<C: ConnectionTrait>(db: &C, org: OrgId, kind: Kind) -> Result<Option<Chain>, Error> {
    let lying = entity::Entity::find_by_id((org.0, name(&kind)?)).lock_exclusive();
    let mut row = lying.clone().one(db).await?;
    // On SQLite whoever writes is alone.
    if row.is_none() && db.get_database_backend() == DbBackend::Postgres {
        crate::org::lock(db, org).await?;
        row = lying.one(db).await?;
    }
    row.map(read).transpose()
}

/// Writes a chain over the one of the version before it.
///
/// # Errors
/// `Stale` where there is another one meanwhile.
pub async fn set<C: ConnectionTrait>(db: &C, before: Version, after: &Chain) -> Result<(), Error> {
    let row = entity::Model {
        org: after.org.0,
        kind: name(&after.kind)?,
        steps: json(&after.steps)?,
        set_by: after.set_by.0,
        set_at: micros(after.set_at),
        version: after.version.0,
    }
    .into_active_model();
    if before == Chain::NONE {
        return Ok(entity::Entity::insert(row).exec_without_returning(db).await.map(|_| ())?);
    }
    let done = entity::Entity::update_many()
        .set(row.reset_all())
        .filter(entity::Column::Org.eq(after.org.0))
        .filter(entity::Column::Kind.eq(name(&after.kind)?))
        .filter(entity::Column::Version.eq(before.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// To which cycle each of these subjects belongs; those of which there is no record are left out.
///
/// # Errors
/// Where the database does not answer.
pub async fn cycles<C: ConnectionTrait>(
    db: &C,
    subjects: impl Iterator<Item = Subject>,
) -> Result<BTreeMap<Uuid, CycleId>, Error> {
    let mut of: BTreeMap<&'static str, BTreeSet<Uuid>> = BTreeMap::new();
    for subject in subjects {
        let table = match subject.kind {
            Kind::Need => "need",
            Kind::DistrictSummary => "need_summary",
            Kind::Application => "application",
            Kind::Report => continue,
        };
        of.entry(table).or_default().insert(subject.id);
    }
    let mut found = BTreeMap::new();
    for (table, ids) in of {
        let mut rows = Query::select();
        let these = among(db.get_database_backend(), "id", ids);
        rows.columns(["id", "cycle"]).from(table).and_where(these);
        for row in db.query_all(&rows).await? {
            found.insert(row.try_get("", "id")?, CycleId(row.try_get("", "cycle")?));
        }
    }
    Ok(found)
}

fn read(model: entity::Model) -> Result<Chain, Error> {
    Ok(Chain {
        org: OrgId(model.org),
        kind: from_name(TABLE, &model.kind)?,
        steps: from_json(TABLE, &model.steps)?,
        set_by: AccountId(model.set_by),
        set_at: instant(TABLE, model.set_at)?,
        version: Version(model.version),
    })
}
