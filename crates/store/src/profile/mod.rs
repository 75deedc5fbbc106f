//! Profiles of universities. They are public, so they have no scope.

use crate::Error;
use crate::convert::{from_json, instant, json, micros};
use ronghe_domain::kernel::{OrgId, PolicyId, Version};
use ronghe_domain::profile::{Content, Profile};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

const TABLE: &str = "university_profile";

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "university_profile")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub org: Uuid,
        pub policy: Uuid,
        pub disciplines: String,
        pub measures: String,
        pub forms: String,
        pub stages: String,
        pub strengths: String,
        pub changed_at: i64,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Every profile that was written, in the order of organisations' ids.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<Profile>, Error> {
    let rows = entity::Entity::find().order_by_asc(entity::Column::Org).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// The profile of a university, locked for the transaction.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock<C: ConnectionTrait>(db: &C, org: OrgId) -> Result<Option<Profile>, Error> {
    entity::Entity::find_by_id(org.0).lock_exclusive().one(db).await?.map(read).transpose()
}

/// Writes a profile over the one of the version before it.
///
/// # Errors
/// `Stale` where there is another one meanwhile.
pub async fn set<C: ConnectionTrait>(db: &C, before: Version, after: &Profile) -> Result<(), Error> {
    let row = row(after)?.into_active_model();
    if before == Profile::NONE {
        return Ok(entity::Entity::insert(row).exec_without_returning(db).await.map(|_| ())?);
    }
    let done = entity::Entity::update_many()
        .set(row.reset_all())
        .filter(entity::Column::Org.eq(after.org.0))
        .filter(entity::Column::Version.eq(before.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn row(profile: &Profile) -> Result<entity::Model, Error> {
    let content = &profile.content;
    Ok(entity::Model {
        org: profile.org.0,
        policy: content.policy.0,
        disciplines: json(&content.disciplines)?,
        measures: json(&content.measures)?,
        forms: json(&content.forms)?,
        stages: json(&content.stages)?,
        strengths: content.strengths.clone(),
        changed_at: micros(profile.changed_at),
        version: profile.version.0,
    })
}

fn read(model: entity::Model) -> Result<Profile, Error> {
    Ok(Profile {
        org: OrgId(model.org),
        content: Content {
            disciplines: from_json(TABLE, &model.disciplines)?,
            policy: PolicyId(model.policy),
            measures: from_json(TABLE, &model.measures)?,
            forms: from_json(TABLE, &model.forms)?,
            stages: from_json(TABLE, &model.stages)?,
            strengths: model.strengths,
        },
        changed_at: instant(TABLE, model.changed_at)?,
        version: Version(model.version),
    })
}
