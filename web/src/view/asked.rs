//! What the address asks of a list, by the names of its filters.

use super::address;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ronghe_domain::view::List;
use std::collections::BTreeMap;

/// How far one has come: a part of the address that narrows nothing.
const AFTER: &str = "after";
/// The order, which narrows nothing either.
const SORT: &str = "sort";

/// What a list is asked for; what is empty is not asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    list: List,
    words: BTreeMap<String, String>,
}

impl Asked {
    /// As the address has it, for as long as the page stands.
    pub fn here(list: List) -> Memo<Self> {
        let query = use_query_map();
        Memo::new(move |_| {
            let of = |name: &&str| query.with(|query| query.get(name)).filter(|value| !value.is_empty());
            let names = list.filters().iter().chain([&AFTER]);
            let words = names.filter_map(|name| Some(((*name).to_owned(), of(name)?)));
            Self { list, words: words.collect() }
        })
    }

    /// The list under these names, each with what it asks for.
    pub fn of<const N: usize>(list: List, words: [(&str, &str); N]) -> Self {
        let words = words.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self { list, words: words.into() }
    }

    /// What is asked for under this name.
    pub fn value(&self, name: &str) -> String {
        self.words.get(name).cloned().unwrap_or_default()
    }

    /// The same list from its beginning, with this in place of what stood under the name.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut words = self.words.clone();
        words.remove(AFTER);
        if value.is_empty() {
            words.remove(name);
        } else {
            words.insert(name.to_owned(), value.to_owned());
        }
        Self { list: self.list, words }
    }

    /// What leaves something out, in the order in which the list names its filters.
    pub fn narrowing(&self) -> Vec<(&'static str, String)> {
        let names = self.list.filters().iter().filter(|name| **name != SORT);
        names.filter_map(|name| Some((*name, self.words.get(*name)?.clone()))).collect()
    }

    /// Where this is shown.
    pub fn address(&self) -> String {
        address(self.list, &self.words)
    }
}
