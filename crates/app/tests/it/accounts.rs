//! A table of accounts is looked up at once, and a database that fails is no free name.

use ronghe_app::account::{Imported, import};
use ronghe_app::{App, Error};
use ronghe_testkit::{TestDb, db_test, person, tamper, world};
use rust_xlsxwriter::Workbook;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A table of so many new people of one school.
fn table(people: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for (column, title) in (0_u16..).zip(["账号", "姓名", "单位", "角色"]) {
        page.write(0, column, title).unwrap();
    }
    for row in 1..=people {
        let cells = [format!("person-{row}"), "韩梅".into(), "燕柳中学".into(), "需求单位".into()];
        for (column, cell) in (0_u16..).zip(cells) {
            page.write(row, column, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

async fn preview(app: &App, people: u32) -> Result<Imported, Error> {
    let admin = person(app, "wuxiao").await;
    import(app, &admin, table(people), true).await
}

db_test!(many_rows_are_looked_up_like_few, |db: TestDb| async move {
    let asked = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&asked);
    let db = db.watched(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
    });
    let app = world(&db).await;
    let mut took = Vec::new();
    for people in [1, 2, 300] {
        let before = asked.load(Ordering::Relaxed);
        let Imported::Preview(new) = preview(&app, people).await.unwrap() else { panic!("written") };
        assert_eq!(new.len(), usize::try_from(people).unwrap());
        took.push(asked.load(Ordering::Relaxed) - before);
    }
    // The first one also reads what is kept in memory.
    assert_eq!(took[1], took[2]);
});

db_test!(a_database_that_fails_is_no_free_name, |db: TestDb| async move {
    let app = world(&db).await;
    preview(&app, 1).await.unwrap();
    let admin = person(&app, "wuxiao").await;
    tamper(&app, "ALTER TABLE account RENAME COLUMN login TO name_at_the_door").await;
    let failed = import(&app, &admin, table(1), true).await;
    assert!(matches!(failed, Err(Error::Internal(_))), "{failed:?}");
});
