//! Sealed scans and copies on paper.

use crate::Error;
use crate::convert::{date, from_name, instant, micros, name};
use ronghe_domain::attachment::Attached;
use ronghe_domain::kernel::{AccountId, AttachmentId, SealId, Version};
use ronghe_domain::sign_off::{Seal, Sheet, Subject};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

const TABLE: &str = "seal";

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "seal")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub subject: Uuid,
        pub hash: String,
        pub file: Uuid,
        pub file_name: String,
        pub file_kind: String,
        pub file_size: i64,
        pub file_hash: String,
        pub added_by: Uuid,
        pub added_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod paper {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "paper")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub subject: Uuid,
        pub asked: i32,
        pub received: Option<String>,
        pub noted_by: Uuid,
        pub noted_at: i64,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The sealed scans of a subject, newest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn of<C: ConnectionTrait>(db: &C, subject: Subject) -> Result<Vec<Seal>, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Subject.eq(subject.id))
        .filter(entity::Column::Kind.eq(name(&subject.kind)?))
        .order_by_desc(entity::Column::AddedAt)
        .order_by_desc(entity::Column::Id);
    rows.all(db).await?.into_iter().map(read).collect()
}

/// Every sealed scan, in order of id.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<Seal>, Error> {
    let rows = entity::Entity::find().order_by_asc(entity::Column::Id).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// Binds a scan to its version.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert<C: ConnectionTrait>(db: &C, seal: &Seal) -> Result<(), Error> {
    let model = entity::Model {
        id: seal.id.0,
        kind: name(&seal.subject.kind)?,
        subject: seal.subject.id,
        hash: seal.hash.clone(),
        file: seal.file.id.0,
        file_name: seal.file.name.clone(),
        file_kind: name(&seal.file.kind)?,
        file_size: i64::try_from(seal.file.size).unwrap_or(i64::MAX),
        file_hash: seal.file.hash.clone(),
        added_by: seal.by.0,
        added_at: micros(seal.at),
    };
    entity::Entity::insert(model.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// What is noted of a subject's copies on paper.
///
/// # Errors
/// Where the database does not answer.
pub async fn sheet<C: ConnectionTrait>(db: &C, subject: Subject) -> Result<Option<Sheet>, Error> {
    let row = paper::Entity::find_by_id((name(&subject.kind)?, subject.id)).one(db).await?;
    row.map(read_sheet).transpose()
}

/// Every note of copies on paper.
///
/// # Errors
/// Where the database does not answer.
pub async fn sheets<C: ConnectionTrait>(db: &C) -> Result<Vec<Sheet>, Error> {
    paper::Entity::find().all(db).await?.into_iter().map(read_sheet).collect()
}

/// Writes a note over the one of the version before it, where there was one.
///
/// # Errors
/// `Stale` where there is another one meanwhile.
pub async fn note<C: ConnectionTrait>(db: &C, before: Option<Version>, after: &Sheet) -> Result<(), Error> {
    let row = paper::Model {
        kind: name(&after.subject.kind)?,
        subject: after.subject.id,
        asked: i32::from(after.asked),
        received: after.received.map(|day| day.to_string()),
        noted_by: after.by.0,
        noted_at: micros(after.at),
        version: after.version.0,
    }
    .into_active_model();
    let Some(before) = before else {
        return Ok(paper::Entity::insert(row).exec_without_returning(db).await.map(|_| ())?);
    };
    let done = paper::Entity::update_many()
        .set(row.reset_all())
        .filter(paper::Column::Kind.eq(name(&after.subject.kind)?))
        .filter(paper::Column::Subject.eq(after.subject.id))
        .filter(paper::Column::Version.eq(before.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn read(model: entity::Model) -> Result<Seal, Error> {
    let corrupt = |reason: &dyn ToString| Error::Corrupt { table: TABLE, reason: reason.to_string() };
    Ok(Seal {
        id: SealId(model.id),
        subject: Subject { kind: from_name(TABLE, &model.kind)?, id: model.subject },
        hash: model.hash,
        file: Attached {
            id: AttachmentId(model.file),
            name: model.file_name,
            kind: from_name(TABLE, &model.file_kind)?,
            size: u64::try_from(model.file_size).map_err(|source| corrupt(&source))?,
            hash: model.file_hash,
        },
        by: AccountId(model.added_by),
        at: instant(TABLE, model.added_at)?,
    })
}

fn read_sheet(model: paper::Model) -> Result<Sheet, Error> {
    const TABLE: &str = "paper";
    Ok(Sheet {
        subject: Subject { kind: from_name(TABLE, &model.kind)?, id: model.subject },
        asked: u16::try_from(model.asked)
            .map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })?,
        received: model.received.as_deref().map(|day| date(TABLE, day)).transpose()?,
        by: AccountId(model.noted_by),
        at: instant(TABLE, model.noted_at)?,
        version: Version(model.version),
    })
}
