//! Published lists, kept in memory: they never change, and everyone reads them.

use super::Shown;
use crate::{App, Error};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::NeedListId;
use ronghe_domain::need_list::{Document, NeedList};
use ronghe_store::{Connection, need_list};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// A version that is published.
#[derive(Clone, Debug)]
pub struct PublishedList {
    pub list: NeedList,
    pub document: Document,
    /// The same in its canonical form, of which the hash is.
    pub canonical: Arc<str>,
}

/// Those that were read.
#[derive(Debug, Default)]
pub(crate) struct Kept(Mutex<HashMap<NeedListId, Arc<PublishedList>>>);

impl App {
    /// Every published list, by cycle and version: only those that nobody has read yet are read.
    pub(crate) async fn published_lists<C: Connection>(
        &self,
        db: &C,
    ) -> Result<Vec<Arc<PublishedList>>, Error> {
        let ids = need_list::published(db).await?;
        let kept = |id: &NeedListId| {
            let kept = self.inner.lists.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.get(id).map(Arc::clone)
        };
        let new: Vec<NeedListId> = ids.iter().filter(|id| kept(id).is_none()).copied().collect();
        if !new.is_empty() {
            for lying in need_list::get(db, &new).await? {
                let canonical = lying.document.unwrap_or_default();
                let document = serde_json::from_str(&canonical)?;
                let found = PublishedList { list: lying.list, document, canonical: canonical.into() };
                let mut kept = self.inner.lists.0.lock().unwrap_or_else(PoisonError::into_inner);
                kept.insert(found.list.id, Arc::new(found));
            }
        }
        Ok(ids.iter().filter_map(kept).collect())
    }
}

impl Shown {
    /// As everyone sees it: no name of a person stands with it.
    #[must_use]
    pub(super) fn of_published(cycle: Arc<Cycle>, found: &PublishedList) -> Self {
        Self {
            cycle,
            list: found.list.clone(),
            rows: BTreeMap::new(),
            findings: Vec::new(),
            offers: Vec::new(),
            people: BTreeMap::new(),
            document: Some(Arc::clone(&found.canonical)),
        }
    }
}
