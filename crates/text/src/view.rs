//! Saved views of lists.

use crate::{Lang, account_state, application_state, need_state, role};
use ronghe_domain::kernel::Role;
use ronghe_domain::view::{Action, List, Refusal};
use ronghe_domain::{account, application, need};
use serde::Serialize;
use std::collections::BTreeMap;

/// A list that has views.
#[must_use]
pub const fn viewed_list(lang: Lang, list: List) -> &'static str {
    match list {
        List::Needs => lang.pick("需求", "Needs"),
        List::Applications => lang.pick("申报", "Applications"),
        List::Accounts => lang.pick("账号", "Accounts"),
    }
}

/// What is done with a view.
#[must_use]
pub const fn view_action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Change => lang.pick("修改", "Change"),
        Action::Delete => lang.pick("删除", "Delete"),
    }
}

/// Why it is refused.
#[must_use]
pub fn view_refusal(lang: Lang, refusal: Refusal) -> String {
    match refusal {
        Refusal::OwnerOnly => lang.pick("由保存它的人修改", "Who saved it changes it").to_owned(),
    }
}

/// What a view asks for: 状态 已报送、遴选中；年度 2026.
#[must_use]
pub fn view_filters(lang: Lang, list: List, filters: &BTreeMap<String, String>) -> String {
    if filters.is_empty() {
        return lang.pick("全部", "All").to_owned();
    }
    // In the order of the list, not of the alphabet.
    let known = list.filters().iter().filter_map(|name| Some((*name, filters.get(*name)?)));
    let said = known.map(|(name, value)| {
        format!("{} {}", filter_name(lang, name), filter_value(lang, list, name, value))
    });
    said.collect::<Vec<_>>().join(lang.pick("；", "; "))
}

/// What a list is narrowed by, by its name in the address.
#[must_use]
pub fn filter_name(lang: Lang, filter: &str) -> &str {
    match filter {
        "q" => lang.pick("关键词", "Words"),
        "year" => lang.pick("年度", "Year"),
        "state" => lang.pick("状态", "State"),
        "unit" => lang.pick("单位", "Unit"),
        "district" => lang.pick("区县", "District"),
        "measure" => lang.pick("措施", "Measure"),
        "university" => lang.pick("高校", "University"),
        "need" => lang.pick("需求", "Need"),
        "org" => lang.pick("单位", "Organisation"),
        "role" => lang.pick("角色", "Role"),
        "sort" => lang.pick("排序", "Sorted by"),
        _ => filter,
    }
}

/// What it is narrowed to: states, roles and orders in words, anything else as the address has it.
#[must_use]
pub fn filter_value(lang: Lang, list: List, filter: &str, value: &str) -> String {
    match (filter, list) {
        ("state", List::Needs) => named(lang, value, &need::State::ALL, need_state),
        ("state", List::Applications) => named(lang, value, &application::State::ALL, application_state),
        ("state", List::Accounts) => named(lang, value, &account::State::ALL, account_state),
        ("role", _) => named(lang, value, &Role::ALL, role),
        ("sort", _) if value == "number" => lang.pick("编号", "number").to_owned(),
        ("sort", _) if value == "changed" => lang.pick("最近修改", "last change").to_owned(),
        _ => value.to_owned(),
    }
}

/// Values as the wire calls them, in words; what it does not know stays as it is.
fn named<T: Copy + Serialize>(
    lang: Lang,
    value: &str,
    known: &[T],
    said: impl Fn(Lang, T) -> &'static str,
) -> String {
    let is_called =
        |one: &T, name: &str| serde_json::to_value(one).is_ok_and(|word| word.as_str() == Some(name));
    let words = value
        .split(',')
        .map(str::trim)
        .map(|name| known.iter().find(|one| is_called(one, name)).map_or(name, |one| said(lang, *one)));
    words.collect::<Vec<_>>().join(lang.pick("、", ", "))
}

#[cfg(test)]
mod tests {
    use super::{Lang, List, view_filters};

    #[test]
    fn filters_are_said_in_words() {
        let said = |lang, list, filters: &[(&str, &str)]| {
            let filters = filters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            view_filters(lang, list, &filters.collect())
        };
        let needs = [("state", "forwarded,screening"), ("q", "机器人")];
        assert_eq!(said(Lang::Zh, List::Needs, &needs), "关键词 机器人；状态 已报送、遴选中");
        let accounts = [("role", "auditor"), ("state", "gone")];
        assert_eq!(said(Lang::En, List::Accounts, &accounts), "Role Auditor; State gone");
        assert_eq!(said(Lang::Zh, List::Applications, &[]), "全部");
    }
}
