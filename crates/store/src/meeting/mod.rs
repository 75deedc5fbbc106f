//! Meetings on listed needs.

mod entity;

use crate::Error;
use crate::convert::{instant, micros};
use entity as rows;
use ronghe_domain::kernel::{AccountId, CycleId, MeetingId, NeedId, OrgId, Version};
use ronghe_domain::meeting::{CalledOff, Content, Meeting};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

const TABLE: &str = "meeting";

/// The meetings on a need, in the order of their time.
///
/// # Errors
/// Where the database does not answer.
pub async fn of<C: ConnectionTrait>(db: &C, need: NeedId) -> Result<Vec<Meeting>, Error> {
    let found = rows::Entity::find().filter(rows::Column::Need.eq(need.0));
    let found = found.order_by_asc(rows::Column::StartAt).order_by_asc(rows::Column::No);
    found.all(db).await?.into_iter().map(read).collect()
}

/// Every meeting, in order of id.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<Meeting>, Error> {
    let found = rows::Entity::find().order_by_asc(rows::Column::Id).all(db).await?;
    found.into_iter().map(read).collect()
}

/// Adds a meeting.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert<C: ConnectionTrait>(db: &C, meeting: &Meeting) -> Result<(), Error> {
    rows::Entity::insert(row(meeting)?.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Writes `after` over `before`.
///
/// # Errors
/// `Stale` where the row no longer has the version of `before`.
pub async fn save<C: ConnectionTrait>(db: &C, before: &Meeting, after: &Meeting) -> Result<(), Error> {
    let done = rows::Entity::update_many()
        .set(row(after)?.into_active_model().reset_all())
        .filter(rows::Column::Id.eq(after.id.0))
        .filter(rows::Column::Version.eq(before.version.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn row(meeting: &Meeting) -> Result<rows::Model, Error> {
    let (content, off) = (&meeting.content, meeting.called_off.as_ref());
    let no = i32::try_from(meeting.no);
    Ok(rows::Model {
        id: meeting.id.0,
        cycle: meeting.cycle.0,
        need: meeting.need.0,
        no: no.map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })?,
        start_at: micros(content.start),
        end_at: micros(content.finish),
        place: content.place.clone(),
        link: content.link.clone(),
        audience: content.audience.clone(),
        note: content.remark.clone(),
        org: meeting.org.0,
        entered_by: meeting.entered_by.0,
        entered_at: micros(meeting.entered_at),
        reason: off.map(|off| off.reason.clone()),
        off_by: off.map(|off| off.by.0),
        off_at: off.map(|off| micros(off.at)),
        version: meeting.version.0,
    })
}

fn read(row: rows::Model) -> Result<Meeting, Error> {
    let called_off = match (row.reason, row.off_by, row.off_at) {
        (Some(reason), Some(by), Some(at)) => {
            Some(CalledOff { reason, by: AccountId(by), at: instant(TABLE, at)? })
        }
        _ => None,
    };
    let no = u32::try_from(row.no);
    Ok(Meeting {
        id: MeetingId(row.id),
        cycle: CycleId(row.cycle),
        need: NeedId(row.need),
        no: no.map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })?,
        content: Content {
            start: instant(TABLE, row.start_at)?,
            finish: instant(TABLE, row.end_at)?,
            place: row.place,
            link: row.link,
            audience: row.audience,
            remark: row.note,
        },
        org: OrgId(row.org),
        entered_by: AccountId(row.entered_by),
        entered_at: instant(TABLE, row.entered_at)?,
        called_off,
        version: Version(row.version),
    })
}
