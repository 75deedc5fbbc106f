//! Those of a team who have no account yet: who is to be asked for, with what they are to do.

use crate::session::Session;
use crate::ui::{Choice, Field, Trouble, focus, tick};
use leptos::prelude::*;
use ronghe_contract::application::{ApplicationView, AwaitedView};
use ronghe_domain::application::team::AwaitedDraft;
use ronghe_domain::application::{Duty, Section};
use ronghe_text::{Lang, account_request_state, application_section, duty as duty_words};

type Wrong = RwSignal<Option<Trouble>>;

/// One of them, as typed so far.
#[derive(Clone, Copy)]
pub(super) struct Person {
    name: RwSignal<String>,
    mail: RwSignal<String>,
    duty: RwSignal<Duty>,
    sections: RwSignal<Vec<Section>>,
}

impl Person {
    fn new() -> Self {
        Self {
            name: RwSignal::new(String::new()),
            mail: RwSignal::new(String::new()),
            duty: RwSignal::new(Duty::Member),
            sections: RwSignal::new(Vec::new()),
        }
    }

    fn of(view: &AwaitedView) -> Self {
        Self {
            name: RwSignal::new(view.name.clone()),
            mail: RwSignal::new(view.mail.clone()),
            duty: RwSignal::new(view.duty),
            sections: RwSignal::new(view.sections.clone()),
        }
    }

    fn draft(self) -> AwaitedDraft {
        AwaitedDraft {
            name: self.name.get_untracked(),
            mail: self.mail.get_untracked(),
            duty: self.duty.get_untracked(),
            sections: self.sections.get_untracked(),
        }
    }
}

/// Those who are awaited now.
pub(super) fn people(view: &ApplicationView) -> RwSignal<Vec<Person>> {
    RwSignal::new(view.awaited.iter().map(Person::of).collect())
}

/// What is typed of them.
pub(super) fn drafts(people: RwSignal<Vec<Person>>) -> Vec<AwaitedDraft> {
    people.get_untracked().into_iter().map(Person::draft).collect()
}

/// Rows to fill in, to add and to remove.
pub(super) fn rows(session: Session, people: RwSignal<Vec<Person>>, trouble: Wrong) -> impl IntoView {
    let wrong = Memo::new(move |_| trouble.get().and_then(|it| it.of_field("awaited")));
    let each = move || {
        people
            .get()
            .into_iter()
            .enumerate()
            .map(|(at, one)| row(session, people, at, one, trouble))
            .collect_view()
    };
    view! {
        <fieldset class="field" id="field-awaited" tabindex="-1" data-error=move || wrong.get().map(|_| "true")>
            <legend>{move || session.lang().pick("还没有账号的人", "People without an account")}</legend>
            <p class="field__hint">{move || session.lang().pick(
                "填姓名和邮箱，系统会请系统管理员开户，但不告诉他们为了什么；账号开通后，此人自动加入。一次增加或去掉一位，保存后再改下一位。",
                "Give name and e-mail: the system administrators are asked for an account, and not told what for. Who has it joins at once. Add or remove one, save, then the next.",
            )}</p>
            {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}
            {each}
            <p><a href="/app/accounts/requests">{move || session.lang().pick("查看本人的开户申请", "See what you have asked for")}</a></p>
            <p><button class="button" type="button" data-size="small"
                on:click=move |_| people.update(|people| people.push(Person::new()))>
                {move || session.lang().pick("增加一人", "Add a person")}</button></p>
        </fieldset>
    }
}

fn row(
    session: Session,
    people: RwSignal<Vec<Person>>,
    at: usize,
    one: Person,
    trouble: Wrong,
) -> impl IntoView {
    let lang = session.lang();
    let remove = move |_| {
        people.update(|people| {
            if at < people.len() {
                people.remove(at);
            }
        });
        focus("field-awaited");
    };
    let duties = [Duty::Member, Duty::Signatory].map(|it| {
        let label = Signal::derive(move || duty_words(session.lang(), it).to_owned());
        let checked = Signal::derive(move || one.duty.get() == it);
        view! { <Choice label=label checked=checked group=format!("awaited-duty-{at}") on_change=move |_| one.duty.set(it)/> }
    });
    let wrong =
        Memo::new(move |_| trouble.get().and_then(|it| it.of_field(&format!("awaited[{at}].sections"))));
    let writes = move || {
        (one.duty.get() == Duty::Member).then(|| {
            view! {
                <fieldset class="field" data-error=move || wrong.get().map(|_| "true")>
                    <legend>{session.lang().pick("填写的部分", "Sections to write")}</legend>
                    {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}
                    {sections(session, one.sections).into_iter().collect_view()}</fieldset>
            }
        })
    };
    view! {
        <div class="card stack">
            <Field label=("姓名", "Name") name=format!("awaited[{at}].name") value=one.name trouble=trouble/>
            <Field label=("邮箱", "E-mail") name=format!("awaited[{at}].mail") value=one.mail trouble=trouble/>
            <fieldset class="field"><legend>{lang.pick("职责", "Duty")}</legend>{duties.into_iter().collect_view()}</fieldset>
            {writes}
            <p><button class="button" type="button" data-kind="quiet" data-size="small" on:click=remove>
                {lang.pick("删除", "Remove")}<span class="unseen">{at + 1}</span></button></p>
        </div>
    }
}

/// A box to tick for each section.
pub(super) fn sections(session: Session, chosen: RwSignal<Vec<Section>>) -> Vec<AnyView> {
    let one = |section: Section| {
        let label = Signal::derive(move || application_section(session.lang(), section).to_owned());
        tick(label, section, chosen).into_any()
    };
    Section::ALL.into_iter().map(one).collect()
}

/// One of them on the record's page: what they are to do, and what became of their account.
pub(super) fn line(lang: Lang, one: &AwaitedView) -> impl IntoView + use<> {
    let sections: Vec<&str> = one.sections.iter().map(|it| application_section(lang, *it)).collect();
    let colon = lang.pick("：", ": ");
    let reason = (!one.reason.is_empty()).then(|| format!("{colon}{}", one.reason));
    view! {
        <li>{one.name.clone()}" "{duty_words(lang, one.duty)}" "<span class="quiet">{sections.join(lang.pick("、", ", "))}</span>
            " "{crate::ui::tag("others", account_request_state(lang, one.asked))}<span class="quiet">{reason}</span></li>
    }
}
