//! Questions on listed needs, with what was answered.

mod entity;

use crate::Error;
use crate::convert::{from_name, instant, micros, name};
use crate::db::among;
use crate::need::entity as needs;
use entity::{answer, question};
use ronghe_domain::kernel::{AccountId, CycleId, Instant, NeedId, OrgId, QuestionId, Version};
use ronghe_domain::question::{Answer, Asker, Question, Scope, State, TakenBack};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    Select,
};
use std::collections::BTreeMap;

const TABLE: &str = "question";

/// The questions on a need, in the order in which they were asked.
///
/// # Errors
/// Where the database does not answer.
pub async fn of<C: ConnectionTrait>(db: &C, need: NeedId) -> Result<Vec<Question>, Error> {
    let found = question::Entity::find().filter(question::Column::Need.eq(need.0));
    let rows = found.order_by_asc(question::Column::No).all(db).await?;
    // Asked for in any case, so that what the database is asked does not tell whether there are any.
    let these = rows.iter().map(|row| row.id);
    let said =
        answer::Entity::find().filter(among(db.get_database_backend(), answer::Column::Question, these));
    whole(db, rows, said).await
}

/// The questions of a cycle that wait for an answer of `scope`, those that are due first in front; only those that
/// were due by `overdue`, where it is given.
///
/// # Errors
/// Where the database does not answer.
pub async fn waiting<C: ConnectionTrait>(
    db: &C,
    scope: Scope,
    cycle: CycleId,
    overdue: Option<Instant>,
) -> Result<Vec<Question>, Error> {
    let mut found = question::Entity::find()
        .filter(question::Column::Cycle.eq(cycle.0))
        .filter(question::Column::State.eq(name(&State::Open)?));
    if let Scope::Of(unit) = scope {
        let own = Query::select()
            .column(needs::Column::Id)
            .from(needs::Entity)
            .and_where(Expr::col(needs::Column::Unit).eq(unit.0))
            .to_owned();
        found = found.filter(question::Column::Need.in_subquery(own));
    }
    if let Some(now) = overdue {
        found = found.filter(question::Column::Due.lte(micros(now)));
    }
    let found = found.order_by_asc(question::Column::Due).order_by_asc(question::Column::Need);
    // None of them has an answer.
    let rows = found.order_by_asc(question::Column::No).all(db).await?;
    rows.into_iter().map(|row| read(row, Vec::new())).collect()
}

/// Every question, in order of id.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<Question>, Error> {
    let rows = question::Entity::find().order_by_asc(question::Column::Id).all(db).await?;
    whole(db, rows, answer::Entity::find()).await
}

/// Adds a question that nobody has answered.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert<C: ConnectionTrait>(db: &C, asked: &Question) -> Result<(), Error> {
    question::Entity::insert(row(asked)?.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Writes where `after` stands over `before`, and the answers that have come since.
///
/// # Errors
/// `Stale` where the row no longer has the version of `before`.
pub async fn save<C: ConnectionTrait>(db: &C, before: &Question, after: &Question) -> Result<(), Error> {
    let done = question::Entity::update_many()
        .set(row(after)?.into_active_model().reset_all())
        .filter(question::Column::Id.eq(after.id.0))
        .filter(question::Column::Version.eq(before.version.0))
        .exec(db)
        .await?;
    if done.rows_affected != 1 {
        return Err(Error::Stale);
    }
    for (n, said) in (1_i32..).zip(&after.answers).skip(before.answers.len()) {
        let row = answer::Model {
            question: after.id.0,
            n,
            text: said.text.clone(),
            org: said.org.0,
            answered_by: said.by.0,
            answered_at: micros(said.at),
        };
        answer::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// The questions with their answers.
async fn whole<C: ConnectionTrait>(
    db: &C,
    rows: Vec<question::Model>,
    said: Select<answer::Entity>,
) -> Result<Vec<Question>, Error> {
    let said = said.order_by_asc(answer::Column::Question).order_by_asc(answer::Column::N).all(db).await?;
    let mut answers: BTreeMap<_, Vec<Answer>> = BTreeMap::new();
    for row in said {
        answers.entry(row.question).or_default().push(Answer {
            text: row.text,
            org: OrgId(row.org),
            by: AccountId(row.answered_by),
            at: instant(TABLE, row.answered_at)?,
        });
    }
    rows.into_iter()
        .map(|row| {
            let said = answers.remove(&row.id).unwrap_or_default();
            read(row, said)
        })
        .collect()
}

fn row(asked: &Question) -> Result<question::Model, Error> {
    let taken = asked.taken_back.as_ref();
    let corrupt =
        |reason: std::num::TryFromIntError| Error::Corrupt { table: TABLE, reason: reason.to_string() };
    Ok(question::Model {
        id: asked.id.0,
        cycle: asked.cycle.0,
        need: asked.need.0,
        no: asked.no.try_into().map_err(corrupt)?,
        text: asked.text.clone(),
        asked_at: micros(asked.asked_at),
        due: micros(asked.due),
        university: asked.asker.university.0,
        asked_by: asked.asker.account.0,
        mark: asked.asker.mark.clone(),
        state: name(&asked.state())?,
        ground: taken.map(|taken| name(&taken.ground)).transpose()?,
        taken_by: taken.map(|taken| taken.by.0),
        taken_at: taken.map(|taken| micros(taken.at)),
        version: asked.version.0,
    })
}

fn read(row: question::Model, answers: Vec<Answer>) -> Result<Question, Error> {
    let taken_back = match (row.ground, row.taken_by, row.taken_at) {
        (Some(ground), Some(by), Some(at)) => {
            Some(TakenBack { ground: from_name(TABLE, &ground)?, by: AccountId(by), at: instant(TABLE, at)? })
        }
        _ => None,
    };
    let no = row.no.try_into();
    Ok(Question {
        id: QuestionId(row.id),
        cycle: CycleId(row.cycle),
        need: NeedId(row.need),
        no: no.map_err(|_negative| Error::Corrupt { table: TABLE, reason: format!("no {}", row.no) })?,
        text: row.text,
        asked_at: instant(TABLE, row.asked_at)?,
        due: instant(TABLE, row.due)?,
        asker: Asker { university: OrgId(row.university), account: AccountId(row.asked_by), mark: row.mark },
        answers,
        taken_back,
        version: Version(row.version),
    })
}
