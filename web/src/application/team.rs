//! Who has which part in an application: one who leads, who writes which section, who signs.

use super::{awaited, title};
use crate::session::Session;
use crate::ui::act::{Act, ActBox, act_page};
use crate::ui::{Button, Choice, Fetch, loaded, typed};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::application::{ApplicationView, ColleagueView, InviteMembers as Body};
use ronghe_domain::application::team::MemberDraft;
use ronghe_domain::application::{Action, Duty, Section};
use ronghe_text::{application_action, application_refusal, duty as duty_words};

/// What one person does: nothing where absent.
type Part = (ColleagueView, RwSignal<Option<Duty>>, RwSignal<Vec<Section>>);

/// The page.
#[component]
pub fn InviteMembers() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let name = Memo::new(move |_| params.with(|params| params.get("name").unwrap_or_default()));
    let found = Fetch::new(move || {
        let name = name.get();
        async move {
            session
                .call(async |client| {
                    let view = client.show_application(&name).await?;
                    let people = client.list_colleagues().await?;
                    Ok((view, people.items))
                })
                .await
        }
    });
    let act = Act::new();
    loaded(session, found, move |(view, people): (ApplicationView, Vec<ColleagueView>)| {
        let lang = session.lang();
        let offer = view.offers.iter().find(|offer| offer.action == Action::Invite);
        let refused = offer.map(|offer| offer.barred.map(|refusal| application_refusal(lang, refusal)));
        let home = format!("/app/applications/{}", view.row.name);
        let (name, leave) = (title(lang, &view.row), home.clone());
        let form = move || form(session, &view, people, leave, act).into_any();
        act_page(session, &home, &name, application_action(lang, Action::Invite), refused, form)
    })
}

fn form(
    session: Session,
    view: &ApplicationView,
    people: Vec<ColleagueView>,
    home: String,
    act: Act,
) -> impl IntoView + use<> {
    let lang = session.lang();
    let navigate = use_navigate();
    let (name, version) = (view.row.name.clone(), view.version.clone());
    let part = |person: &ColleagueView| -> Part {
        let member = view.members.iter().find(|it| it.login == person.login);
        let sections = member.map(|it| it.sections.clone()).unwrap_or_default();
        (person.clone(), RwSignal::new(member.map(|it| it.duty)), RwSignal::new(sections))
    };
    let (parts, awaited) = typed(&format!("team {name} {version}"), || {
        (StoredValue::new(people.iter().map(part).collect::<Vec<_>>()), awaited::people(view))
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let members = parts.with_value(|parts| {
            let member = |(person, duty, sections): &Part| {
                let login = person.login.clone();
                Some(MemberDraft { login, duty: duty.get_untracked()?, sections: sections.get_untracked() })
            };
            parts.iter().filter_map(member).collect()
        });
        let body = Body { members, awaited: awaited::drafts(awaited) };
        let (name, version) = (name.clone(), version.clone());
        let navigate = navigate.clone();
        act.run(
            async move |client| client.invite_members(&name, &version, &body).await,
            move |view: ApplicationView| {
                navigate(&format!("/app/applications/{}", view.row.name), Default::default());
            },
        );
    };
    let rows = parts.with_value(|parts| parts.iter().map(|part| row(session, part)).collect_view());
    view! {
        <form class="form" on:submit=submit>
            <ActBox act=act/>
            <p class="quiet">{lang.pick(
                "先列出本校有账号的人，没有账号的填在后面。",
                "First people of your university with an account; those without one stand behind them.",
            )}</p>
            {rows}
            {awaited::rows(session, awaited, act.trouble)}
            <div class="form-foot"><Button primary=true busy=act.busy>{lang.pick("保存分工", "Save the team")}</Button>
                <a class="button" href=home>{lang.pick("不办了", "Leave it")}</a></div>
        </form>
    }
}

fn row(session: Session, (person, duty, sections): &Part) -> impl IntoView + use<> {
    let (duty, sections) = (*duty, *sections);
    let group = format!("duty-{}", person.login);
    let none = Signal::derive(move || session.lang().pick("不参与", "No part").to_owned());
    let is_none = Signal::derive(move || duty.get().is_none());
    let duties = Duty::ALL.map(|it| {
        let label = Signal::derive(move || duty_words(session.lang(), it).to_owned());
        let checked = Signal::derive(move || duty.get() == Some(it));
        view! { <Choice label=label checked=checked group=group.clone() on_change=move |_| duty.set(Some(it))/> }
    });
    let writes = move || {
        (duty.get() == Some(Duty::Member)).then(|| {
            view! {
                <fieldset class="field"><legend>{session.lang().pick("填写的部分", "Sections to write")}</legend>
                    {awaited::sections(session, sections).into_iter().collect_view()}</fieldset>
            }
        })
    };
    view! {
        <fieldset class="field"><legend>{person.name.clone()}" "<span class="quiet">{person.login.clone()}</span></legend>
            <Choice label=none checked=is_none group=group.clone() on_change=move |_| duty.set(None)/>
            {duties.into_iter().collect_view()}{writes}</fieldset>
    }
}
