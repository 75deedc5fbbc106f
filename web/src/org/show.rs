//! One organisation: its names, and what it is responsible for.

use super::profile::Profile;
use crate::session::Session;
use crate::ui::{Fetch, OfferBar, Offered, PageHead, back, loaded, tag};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ronghe_contract::org::OrgView;
use ronghe_domain::kernel::Role;
use ronghe_domain::org::{Action, Contact, OrgKind};
use ronghe_domain::sign_off::Kind;
use ronghe_text::{
    Lang, affiliation, mark, measure_titled, org_action, org_kind, org_refusal, outgoing, place, post,
    university_kind,
};

/// The page.
#[component]
pub fn Organisation() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").unwrap_or_default()));
    let org = Fetch::new(move || {
        let slug = slug.get();
        async move { session.call(async |client| client.show_organisation(&slug).await).await }
    });
    loaded(session, org, move |view: OrgView| record(session, view))
}

fn record(session: Session, view: OrgView) -> impl IntoView {
    let lang = session.lang();
    let name = lang.pick(&view.name, &view.name_en).to_owned();
    let seat = view.leading_group_seat.map(|seat| match lang {
        Lang::Zh => format!("工作领导小组成员，第 {seat} 位"),
        Lang::En => format!("Member {seat} of the leading group"),
    });
    let responsible = responsible(lang, &view);
    let facts = facts(lang, &view);
    let offers: Vec<Offered> = view
        .offers
        .iter()
        // It stands beside the telephones.
        .filter(|offer| offer.action != Action::Reveal)
        .map(|offer| Offered {
            words: org_action(lang, offer.action).to_owned(),
            to: format!("/app/organisations/{}/edit", view.slug),
            barred: offer.barred.map(|refusal| org_refusal(lang, refusal).to_owned()),
        })
        .collect();
    let people = people(lang, &view);
    let profile = (view.kind == OrgKind::University).then(|| view! { <Profile slug=view.slug.clone()/> });
    let chains = (is_own(session, &view)).then(|| {
        let to = format!("/app/organisations/{}/sign-off", view.slug);
        view! { <p><a href=to>{lang.pick("设置签发步骤", "Set its sign-off chains")}</a></p> }
    });
    view! {
        {back(session, "/app/organisations", lang.pick("单位", "Organisations"))}
        <article class="record">
            <header class="record__head"><div>
                <p class="record__no">{view.slug.clone()}</p>
                <PageHead title=name/>
                <div class="record__state">{tag("others", org_kind(lang, view.kind))}{seat}</div>
            </div>
                <OfferBar offers=offers/>
            </header>
            <div class="record__body">
                <div>{profile}{responsible}</div>
                <aside class="record__beside stack"><section><h2>{lang.pick("登记", "Register")}</h2><dl class="facts">{facts}</dl>{chains}</section>{people}</aside>
            </div>
        </article>
    }
}

/// The measures that name it. A university says what it offers instead: where none names it, nothing is missing.
fn responsible(lang: Lang, view: &OrgView) -> Option<impl IntoView + use<>> {
    let measures = view.responsible_for.iter().map(|part| {
        let to = format!("/app/policies/{}", part.policy);
        let how = match (&part.through, part.first) {
            (Some(group), _) => match lang {
                Lang::Zh => format!("经“{group}”"),
                Lang::En => format!("through “{group}”"),
            },
            (None, true) => lang.pick("首位", "first").to_owned(),
            (None, false) => String::new(),
        };
        let title = measure_titled(lang, part.seq, &part.title);
        view! { <li><a href=to>{title}</a>" "<span class="quiet">{part.doc_number.clone()}" "{how}</span></li> }
    });
    let measures: Vec<_> = measures.collect();
    let none = measures.is_empty();
    (view.kind != OrgKind::University || !none).then(|| view! {
        <section class="record__section"><h2>{lang.pick("负责的措施", "Measures it is responsible for")}</h2>
            {none.then(|| view! { <p class="quiet">{lang.pick("没有点名它的措施", "No measure names it")}</p> })}
            <ul class="link-list">{measures}</ul></section>
    })
}

/// Whether the person reads its chains: one's own organisation's, and those who administer and watch all.
fn is_own(session: Session, view: &OrgView) -> bool {
    let own = session.me().is_some_and(|me| me.org.slug == view.slug);
    let chained = Kind::ALL.into_iter().any(|kind| kind.leaves(view.kind));
    let all = [Role::SystemAdmin, Role::Auditor].into_iter().any(|role| session.actor().has(role));
    chained && (own || all)
}

/// Who answers for it, and whose hands its papers pass through.
fn people(lang: Lang, view: &OrgView) -> impl IntoView + use<> {
    let contacts: Vec<_> = view
        .contacts
        .iter()
        .map(|contact| {
            view! { <dt>{post(lang, contact.post)}</dt><dd>{whom(contact)}<br/>{contact.phone.clone()}</dd> }
        })
        .collect();
    let chains: Vec<_> = view
        .sign_off
        .iter()
        .map(|chain| view! { <dt>{outgoing(lang, chain.document)}</dt><dd>{chain.steps.join(" → ")}</dd> })
        .collect();
    let reveal = view.offers.iter().any(|it| it.action == Action::Reveal && it.barred.is_none()).then(|| {
        let to = format!("/app/organisations/{}/reveal", view.slug);
        view! { <p><a href=to>{org_action(lang, Action::Reveal)}</a></p> }
    });
    let has_people = !contacts.is_empty();
    let has_chains = !chains.is_empty();
    view! {
        {has_people.then(|| view! { <section><h2>{lang.pick("联系", "Whom to call")}</h2><dl class="facts">{contacts}</dl>{reveal}</section> })}
        {has_chains.then(|| view! { <section><h2>{lang.pick("签发步骤", "Sign-off")}</h2><dl class="facts">{chains}</dl></section> })}
    }
}

/// Who holds a post, with what they are called at work.
pub(super) fn whom(contact: &Contact) -> String {
    format!("{} {}", contact.name, contact.title).trim_end().to_owned()
}

fn facts(lang: Lang, view: &OrgView) -> impl IntoView + use<> {
    let separator = lang.pick("、", ", ");
    let none = || lang.pick("无", "none").to_owned();
    let aliases = if view.aliases.is_empty() { none() } else { view.aliases.join(separator) };
    let parent = view.parent.as_ref().map_or_else(none, |org| lang.pick(&org.name, &org.name_en).to_owned());
    let mut rows = vec![
        (lang.pick("中文名称", "Chinese name"), view.name.clone()),
        (lang.pick("英文名称", "English name"), view.name_en.clone()),
        (lang.pick("简称与别名", "Short names"), aliases),
        (lang.pick("上级单位", "Parent"), parent),
    ];
    if let Some(facts) = &view.university {
        let marks: Vec<&str> = facts.marks.iter().map(|one| mark(lang, one.kind)).collect();
        rows.extend([
            (lang.pick("所在地", "Place"), place(lang, facts.place).to_owned()),
            (lang.pick("隶属", "Affiliation"), affiliation(lang, facts.affiliation).to_owned()),
            (lang.pick("类型", "Type"), university_kind(lang, facts.kind).to_owned()),
            (lang.pick("标签", "Marks"), if marks.is_empty() { none() } else { marks.join(separator) }),
        ]);
    }
    rows.into_iter().map(|(key, value)| view! { <dt>{key}</dt><dd>{value}</dd> }).collect_view()
}
