//! Fifty publications at once leave each need on one list, under one number, and tell each owner once.

use super::{approved, judged_on, open};
use crate::checked;
use ronghe_client::{Error, ListMessages};
use ronghe_contract::need_list::ActOnNeedList;
use ronghe_domain::message::Kind;
use ronghe_domain::need_list::ListDraft;
use ronghe_testkit::{TestDb, db_test};
use std::collections::{BTreeMap, BTreeSet};

const AT_ONCE: usize = 50;

db_test!(fifty_publications_at_once_publish_once, |db: TestDb| async move {
    let (test, lead, names) = judged_on(db).await;
    approved(&test, &lead, &ListDraft::default()).await;
    let version = open(&lead).await.row.version;
    let tries = (0..AT_ONCE).map(|_| {
        let (lead, version) = (lead.clone(), version.clone());
        tokio::spawn(
            async move { lead.act_on_need_list("2026", "v1", &version, &ActOnNeedList::Publish).await },
        )
    });
    let tries: Vec<_> = tries.collect();
    let (mut done, mut refused) = (0, 0);
    for one in tries {
        match one.await.unwrap() {
            Ok(_) => done += 1,
            Err(Error::Problem(problem)) if problem.status == 409 => refused += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!((done, refused), (1, AT_ONCE - 1));
    let document = test.client.export_need_list("2026", "v1").await.unwrap();
    let needs: BTreeSet<&str> = document.needs.iter().map(|need| need.need.as_str()).collect();
    assert_eq!((needs.len(), document.needs.len()), (names.len() - 2, names.len() - 2));
    let filer = &ronghe_testkit::filers(&test.app).await[0];
    let told = test.signed_in(&filer.login).await.list_messages(&ListMessages::default()).await.unwrap();
    let mut of: BTreeMap<String, usize> = BTreeMap::new();
    let fates = [Kind::NeedListed, Kind::NeedDeclined, Kind::NeedMerged];
    for message in told.items.iter().filter(|it| fates.contains(&it.kind)) {
        *of.entry(message.record.clone()).or_default() += 1;
    }
    assert!(!of.is_empty() && of.values().all(|count| *count == 1), "{of:?}");
    assert_eq!(checked(&test.entered("heqing").await).await.faults, Vec::<String>::new());
});
