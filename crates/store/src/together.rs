//! Several statements that write and give nothing back, in one round trip.

use crate::{Error, Transaction};
use sea_orm::sea_query::{
    CommonTableExpression, InsertStatement, SubQueryStatement, UpdateStatement, Values, WithClause,
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// Statements to be carried out together: on SQLite one behind the other, on PostgreSQL as parts of one.
/// There no part sees what another does, and constraints hold of them all at its end.
#[derive(Debug, Default)]
pub(crate) struct Together(Vec<Writing>);

/// A statement that writes.
#[derive(Debug)]
pub(crate) enum Writing {
    Insert(InsertStatement),
    Update(UpdateStatement),
}

impl From<InsertStatement> for Writing {
    fn from(statement: InsertStatement) -> Self {
        Self::Insert(statement)
    }
}

impl From<UpdateStatement> for Writing {
    fn from(statement: UpdateStatement) -> Self {
        Self::Update(statement)
    }
}

impl Writing {
    fn build(&self, backend: DbBackend) -> Statement {
        match self {
            Self::Insert(statement) => backend.build(statement),
            Self::Update(statement) => backend.build(statement),
        }
    }
}

impl From<Writing> for SubQueryStatement {
    fn from(statement: Writing) -> Self {
        match statement {
            Writing::Insert(statement) => statement.into(),
            Writing::Update(statement) => statement.into(),
        }
    }
}

impl Together {
    pub(crate) fn add(&mut self, statement: impl Into<Writing>) {
        self.0.push(statement.into());
    }

    /// Carries them out.
    pub(crate) async fn execute(self, db: &Transaction) -> Result<(), Error> {
        let backend = db.get_database_backend();
        let built = if backend == DbBackend::Postgres { self.into_parts() } else { self.into_row(backend) };
        if let Some(statement) = built {
            db.execute_raw(statement).await?;
        }
        Ok(())
    }

    fn into_parts(mut self) -> Option<Statement> {
        let last = self.0.pop()?;
        if self.0.is_empty() {
            return Some(last.build(DbBackend::Postgres));
        }
        let mut parts = WithClause::new();
        for (nth, part) in self.0.into_iter().enumerate() {
            let named = CommonTableExpression::new().table_name(format!("part_{nth}")).query(part).to_owned();
            parts.cte(named);
        }
        Some(DbBackend::Postgres.build(&parts.query(last)))
    }

    fn into_row(self, backend: DbBackend) -> Option<Statement> {
        let (mut sqls, mut values) = (Vec::new(), Vec::new());
        for statement in self.0 {
            let built = statement.build(backend);
            sqls.push(built.sql);
            values.extend(built.values.into_iter().flat_map(|values| values.0));
        }
        let row = || Statement::from_sql_and_values(backend, sqls.join("; "), Values(values));
        (!sqls.is_empty()).then(row)
    }
}
