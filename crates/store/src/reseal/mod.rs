//! Everything that lies sealed in the database, sealed anew.

use crate::Error;
use crate::convert::name;
use crate::sign_off::round::entity as round;
use crate::{application, idempotency, message, need, org, secret};
use application::entity as of_application;
use ronghe_domain::sign_off::Kind;
use sea_orm::sea_query::Value;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    Iterable, PrimaryKeyToColumn, QueryFilter, QueryOrder, QuerySelect, Select,
};

/// Rows that lie in memory at once: a kept answer may be a page.
const STEP: u64 = 100;

/// Makes each sealed value another by `anew`; says how many those were. Which rows there are does not change meanwhile:
/// nobody serves the database.
///
/// # Errors
/// Where the database does not answer, or what `anew` says of a value.
pub async fn all<C: ConnectionTrait>(
    db: &C,
    anew: &(impl Fn(&str) -> Result<String, Error> + Sync),
) -> Result<u64, Error> {
    use message::mail::entity as mail;
    use of_application::{application as whole, file, version};
    let always = |text: &str| anew(text).map(Some);
    // Rows from before it was sealed hold it as it is.
    let but_a_hash = |text: &str| if text.len() == application::file::HASH { Ok(None) } else { always(text) };
    let texts = [whole::Column::Head, whole::Column::Draft, whole::Column::Content, whole::Column::Members];
    let seeds = [secret::entity::Column::Totp, secret::entity::Column::TotpPending];
    let rounds =
        [round::Column::Title, round::Column::Preparers, round::Column::Signatures, round::Column::Ended];
    let of_applications = round::Column::Kind.eq(name(&Kind::Application)?);
    let mut values = each(db, secret::entity::Entity::find(), &seeds, &always).await?;
    values += each(db, mail::Entity::find(), &[mail::Column::Sealed], &always).await?;
    let answers = idempotency::entity::Entity::find();
    values += each(db, answers, &[idempotency::entity::Column::Answer], &always).await?;
    values += each(db, need::entity::Entity::find(), &[need::entity::Column::Phones], &always).await?;
    values += each(db, org::entity::Entity::find(), &[org::entity::Column::Phones], &always).await?;
    values += each(db, whole::Entity::find(), &texts, &always).await?;
    values += each(db, version::Entity::find(), &[version::Column::Content], &always).await?;
    values += each(db, file::Entity::find(), &[file::Column::Name], &always).await?;
    values += each(db, file::Entity::find(), &[file::Column::Hash], &but_a_hash).await?;
    values += each(db, round::Entity::find().filter(of_applications), &rounds, &always).await?;
    Ok(values)
}

/// The values in these columns of `rows`, where there is something in them.
async fn each<C, E>(
    db: &C,
    rows: Select<E>,
    columns: &[E::Column],
    anew: &(impl Fn(&str) -> Result<Option<String>, Error> + Sync),
) -> Result<u64, Error>
where
    C: ConnectionTrait,
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + Sync,
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
{
    let rows = E::PrimaryKey::iter().fold(rows, |rows, key| rows.order_by_asc(key.into_column()));
    let (mut values, mut behind) = (0, 0);
    loop {
        let part = rows.clone().offset(behind).limit(STEP).all(db).await?;
        if part.is_empty() {
            return Ok(values);
        }
        behind += STEP;
        for row in part {
            let mut row = row.into_active_model();
            let before = values;
            for column in columns {
                let Some(Value::String(Some(text))) = row.get(*column).into_value() else { continue };
                if let Some(text) =
                    Some(text).filter(|text| !text.is_empty()).map(|text| anew(&text)).transpose()?.flatten()
                {
                    row.set(*column, text.into());
                    values += 1;
                }
            }
            if values > before {
                row.update_without_returning(db).await?;
            }
        }
    }
}
