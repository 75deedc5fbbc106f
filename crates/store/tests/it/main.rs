//! The store on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod application;
mod audit;
mod durable;
mod export;
mod group;
mod leaving;
mod need;
mod need_list;
mod opinion;
mod policy;
mod search;
mod verdict;

use application::Turned;
use ronghe_domain::account::{Account, State};
use ronghe_domain::kernel::{AccountId, OrgId, Role, Version};
use ronghe_domain::org::{OrgKind, Organisation};
use ronghe_store::Db;
use uuid::Uuid;

/// An organisation and two accounts in it, for rows that name them.
async fn people(db: &Db) -> [AccountId; 2] {
    let org = Organisation {
        id: OrgId(Uuid::from_u128(1)),
        slug: "liaison".into(),
        kind: OrgKind::Office,
        name: "高校联络服务处".into(),
        name_en: "University Liaison Office".into(),
        aliases: vec!["联络处".into()],
        parent: None,
        leading_group_seat: Some(10),
        since: None,
        until: None,
        position: 1,
        university: None,
        contacts: Vec::new(),
        sign_off: Vec::new(),
        version: Version::FIRST,
    };
    let tx = db.begin().await.unwrap();
    ronghe_store::org::insert(&tx, &Turned, &org).await.unwrap();
    let mut ids = [AccountId(Uuid::from_u128(2)), AccountId(Uuid::from_u128(3))];
    for (at, id) in ids.iter_mut().enumerate() {
        let account = Account {
            id: *id,
            login: format!("person{at}"),
            name: "某人".into(),
            name_en: "Someone".into(),
            org: org.id,
            roles: [Role::LeadOffice].into(),
            post: "科员".into(),
            mail: String::new(),
            state: State::Active,
            password_set: true,
            pending: None,
            second_factor: false,
            last_seen: None,
            version: Version::FIRST,
        };
        ronghe_store::account::insert(&tx, &account).await.unwrap();
        assert_eq!(ronghe_store::account::get(&tx, *id).await.unwrap(), account);
    }
    let directory = ronghe_store::org::directory(&tx, &Turned).await.unwrap();
    assert_eq!(directory.orgs, [org]);
    tx.commit().await.unwrap();
    ids
}
