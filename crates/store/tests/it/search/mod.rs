//! The index of pairs finds what looking through every text would find, on both databases.

mod many;

use crate::application::Turned;
use crate::need::{CYCLE, SCHOOLS, at, content, open};
use ronghe_domain::kernel::{AccountId, NeedId, Version};
use ronghe_domain::need::rules::{Scope, holds};
use ronghe_domain::need::{Need, NeedDraft, State};
use ronghe_domain::org::OrgKind;
use ronghe_store::need::{Filter, Sort};
use ronghe_store::{Connection, Db, need};
use ronghe_testkit::{TestDb, db_test};
use uuid::Uuid;

/// Few characters, so that many texts hold the same pairs; some mean something to `LIKE`, to an index or to
/// a cursor.
const CHARACTERS: [char; 12] = ['书', '法', '课', 'A', 'b', 'É', '%', '_', '\\', ' ', '"', '𠮷'];
const NEEDS: u32 = 60;
const QUERIES: usize = 300;

/// Falls the same way each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn text(&mut self, least: usize, most: usize) -> String {
        let long = least + self.roll(most - least + 1);
        (0..long).map(|_| CHARACTERS[self.roll(CHARACTERS.len())]).collect()
    }
}

fn made(number: u32, author: AccountId, dice: &mut Dice) -> Need {
    let sent = !number.is_multiple_of(5);
    let text = dice.text(4, 12);
    let time = at(i64::from(number));
    let written = || {
        let mut written = content(&text, vec![1]);
        written.background = dice.text(0, 20);
        written
    };
    Need {
        id: NeedId(Uuid::from_u128(u128::from(number) + 1000)),
        cycle: CYCLE,
        year: ronghe_domain::cycle::CycleYear::of(2026),
        seq: sent.then_some(number),
        unit: SCHOOLS[usize::try_from(number).unwrap() % SCHOOLS.len()],
        district: None,
        unit_kind: OrgKind::MunicipalSchool,
        state: if sent { State::Forwarded } else { State::Draft },
        draft: NeedDraft { title: text.clone(), ..NeedDraft::default() },
        content: sent.then(written),
        returned: None,
        author,
        changed_at: time,
        submitted_at: sent.then_some(time),
        forwarded_at: sent.then_some(time),
        carried_from: None,
        version: Version::FIRST,
    }
}

/// Looks through the texts.
fn stands_in(need: &Need, words: &str) -> bool {
    let words = words.trim().to_lowercase();
    let text = match &need.content {
        Some(it) => {
            [&it.title, &it.title_en, &it.background, &it.goals, &it.benefit, &it.discipline, &it.other_form]
                .map(|text| text.to_lowercase())
                .join("\n")
        }
        None => need.draft.title.to_lowercase(),
    };
    text.contains(&words) || need.name().to_string().to_lowercase() == words
}

async fn check(db: &Db, needs: &[Need], words: &str) -> usize {
    let mut found_at_all = 0;
    for scope in [Scope::All, Scope::Arrived, Scope::Own(SCHOOLS[0])] {
        for sort in [Sort::Changed, Sort::Number] {
            let mut expected: Vec<&Need> =
                needs.iter().filter(|need| holds(&scope, need) && stands_in(need, words)).collect();
            match sort {
                Sort::Changed => expected.sort_by_key(|need| std::cmp::Reverse((need.changed_at, need.id))),
                Sort::Number => expected.sort_by_key(|need| (need.seq.unwrap_or(u32::MAX), need.id)),
            }
            let filter = Filter { words: Some(words.into()), sort, limit: 7, ..Filter::default() };
            let (rows, total) = need::list(db.reader(), std::slice::from_ref(&scope), &filter).await.unwrap();
            let first: Vec<NeedId> = expected.iter().take(7).map(|need| need.id).collect();
            let shown: Vec<NeedId> = rows.iter().map(|row| row.id).collect();
            assert_eq!(shown, first, "{words:?} {scope:?} {sort:?}");
            assert_eq!(total.count, u64::try_from(expected.len()).unwrap(), "{words:?} {scope:?}");
            found_at_all += expected.len();
        }
    }
    found_at_all
}

/// How many are found by a pair that many hold.
async fn found_now(db: &Db) -> u64 {
    let filter = Filter { words: Some("书法".into()), limit: 7, ..Filter::default() };
    need::list(db.reader(), &[Scope::All], &filter).await.unwrap().1.count
}

db_test!(the_index_finds_what_the_texts_hold, |test: TestDb| async move {
    let db = test.db();
    let author = open(db).await;
    let mut dice = Dice(7);
    let mut needs: Vec<Need> = (0..NEEDS).map(|number| made(number, author, &mut dice)).collect();
    let tx = db.begin().await.unwrap();
    // One by one, and many at once.
    let (single, many) = needs.split_at(needs.len() / 2);
    for need in single {
        need::insert(&tx, &Turned, need).await.unwrap();
    }
    need::insert_many(&tx, &Turned, many).await.unwrap();
    // Some are written anew, and are no longer found by what they held before.
    for before in needs.iter_mut().step_by(3) {
        let mut after = made(before.seq.unwrap_or(0), author, &mut dice);
        after = Need { draft: after.draft, version: before.version.next(), ..before.clone() };
        if let Some(content) = &mut after.content {
            content.title.clone_from(&after.draft.title);
        }
        need::save(&tx, &Turned, before, &after).await.unwrap();
        *before = after;
    }
    tx.commit().await.unwrap();
    let (mut found, mut often) = (0, 0);
    for _ in 0..QUERIES {
        let words = dice.text(1, 4);
        if !words.trim().is_empty() {
            found += check(db, &needs, &words).await;
            let holding = needs.iter().filter(|need| stands_in(need, &words)).count();
            often += usize::from(words.trim().chars().count() > 1 && holding > needs.len() / 8);
        }
    }
    assert!(found > QUERIES, "{found} found is no test");
    // Looked up where few hold it, and looked for in the list's order where many do.
    assert!((10..QUERIES / 2).contains(&often), "{often} of {QUERIES} that many hold is no test");
    assert!(check(db, &needs, "N2026-0007").await > 0);
    // A database that was written before there was an index is given one.
    let forget = match db.backend() {
        ronghe_store::Backend::Sqlite => "UPDATE need SET place = NULL; DELETE FROM need_gram",
        ronghe_store::Backend::Postgres => "DELETE FROM need_gram",
    };
    let tx = db.begin().await.unwrap();
    tx.execute_unprepared(forget).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(found_now(db).await, 0, "the index is gone");
    db.migrate().await.unwrap();
    assert!(check(db, &needs, "书法").await > 0);
});
