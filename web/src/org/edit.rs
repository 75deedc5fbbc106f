//! Making and changing an organisation.

use super::university::{Facts, TypedFacts};
use crate::session::Session;
use crate::shell::{named, word};
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Fetch, Field, PageHead, Select, Unknown, back, kept, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use ronghe_contract::org::OrgView;
use ronghe_domain::org::{Contact, OrgDraft, OrgKind, Outgoing, Post, SignOff};
use ronghe_text::{Lang, comma, org_kind, outgoing, post};

/// The page of a new one.
#[component]
pub fn NewOrganisation() -> impl IntoView {
    let session = Session::here();
    let title = Signal::derive(move || session.lang().pick("新建单位", "Make an organisation").to_owned());
    view! {
        {move || back(session, "/app/organisations", session.lang().pick("单位", "Organisations"))}
        <PageHead title=title/>
        <Form before=None typed=Typed::of(session.lang(), None) act=Act::new()/>
    }
}

/// The page that changes one.
#[component]
pub fn EditOrganisation() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").unwrap_or_default()));
    let org = Fetch::new(move || {
        let slug = slug.get();
        async move { session.call(async |client| client.show_organisation(&slug).await).await }
    });
    let kept = kept::<(Typed, Act)>();
    loaded(session, org, move |view: OrgView| {
        let (typed, act) = kept(&|| (Typed::of(session.lang(), Some(&view)), Act::new()));
        if view.offers.is_empty() {
            return view! { <Unknown/> }.into_any();
        }
        let lang = session.lang();
        let home = format!("/app/organisations/{}", view.slug);
        let head = format!("{}{}", lang.pick("修改：", "Change: "), lang.pick(&view.name, &view.name_en));
        view! {
            {back(session, &home, &view.name)}
            <PageHead title=head/>
            <Form before=Some(view) typed=typed act=act/>
        }
        .into_any()
    })
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    slug: RwSignal<String>,
    kind: RwSignal<String>,
    name: RwSignal<String>,
    name_en: RwSignal<String>,
    aliases: RwSignal<String>,
    parent: RwSignal<String>,
    since: RwSignal<String>,
    until: RwSignal<String>,
    /// What only universities have.
    facts: TypedFacts,
    /// Name, title and telephone, by post.
    contacts: [[RwSignal<String>; 3]; 3],
    /// Steps separated by 、, by kind of document.
    chains: [RwSignal<String>; 3],
}

impl Typed {
    fn of(lang: Lang, before: Option<&OrgView>) -> Self {
        let text = |of: Option<String>| RwSignal::new(of.unwrap_or_default());
        let contact = |post: Post| {
            let found = before.and_then(|org| org.contacts.iter().find(|contact| contact.post == post));
            let part = |say: fn(&Contact) -> &String| text(found.map(|contact| say(contact).clone()));
            [part(|contact| &contact.name), part(|contact| &contact.title), part(|contact| &contact.phone)]
        };
        let chain = |document: Outgoing| {
            let found = before.and_then(|org| org.sign_off.iter().find(|chain| chain.document == document));
            text(found.map(|chain| chain.steps.join(comma(lang))))
        };
        Self {
            slug: text(before.map(|org| org.slug.clone())),
            kind: text(before.map(|org| word(org.kind))),
            name: text(before.map(|org| org.name.clone())),
            name_en: text(before.map(|org| org.name_en.clone())),
            aliases: text(before.map(|org| org.aliases.join(comma(lang)))),
            parent: text(before.and_then(|org| org.parent.as_ref()).map(|parent| parent.name.clone())),
            since: text(before.and_then(|org| org.since.clone())),
            until: text(before.and_then(|org| org.until.clone())),
            facts: TypedFacts::of(before.and_then(|org| org.university.as_ref())),
            contacts: Post::ALL.map(contact),
            chains: Outgoing::ALL.map(chain),
        }
    }

    /// The draft: what this page does not show stays as it was.
    fn draft(self, before: Option<&OrgView>) -> OrgDraft {
        let kind = named(&self.kind.get_untracked(), &OrgKind::ALL);
        let university = self.facts.facts().filter(|_| kind == Some(OrgKind::University));
        let contacts = Post::ALL.into_iter().zip(self.contacts).filter_map(|(post, [name, title, phone])| {
            let contact = Contact {
                post,
                name: name.get_untracked(),
                title: title.get_untracked(),
                phone: phone.get_untracked(),
            };
            let is_empty =
                [&contact.name, &contact.title, &contact.phone].iter().all(|part| part.trim().is_empty());
            (!is_empty).then_some(contact)
        });
        let sign_off = Outgoing::ALL.into_iter().zip(self.chains).filter_map(|(document, chain)| {
            let steps = names(&chain.get_untracked());
            (!steps.is_empty()).then_some(SignOff { document, steps })
        });
        OrgDraft {
            slug: self.slug.get_untracked(),
            kind,
            name: self.name.get_untracked(),
            name_en: self.name_en.get_untracked(),
            aliases: names(&self.aliases.get_untracked()),
            parent: self.parent.get_untracked(),
            leading_group_seat: before.and_then(|org| org.leading_group_seat),
            since: self.since.get_untracked(),
            until: self.until.get_untracked(),
            university,
            contacts: contacts.collect(),
            sign_off: sign_off.collect(),
        }
    }
}

/// Names separated by 、, a comma or an arrow.
fn names(text: &str) -> Vec<String> {
    let parts = text.split(['、', '，', ',', '→']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[component]
fn Form(before: Option<OrgView>, typed: Typed, act: Act) -> impl IntoView {
    let session = Session::here();
    let navigate = use_navigate();
    let is_new = before.is_none();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let draft = typed.draft(before.as_ref());
        let seen = before.as_ref().map(|org| (org.slug.clone(), org.version.clone()));
        let navigate = navigate.clone();
        act.run(
            async move |client| match seen {
                Some((slug, version)) => client.change_organisation(&slug, &version, &draft).await,
                None => client.create_organisation(&draft).await,
            },
            move |org: OrgView| navigate(&format!("/app/organisations/{}", org.slug), Default::default()),
        );
    };
    let trouble = act.trouble;
    let is_university = Memo::new(move |_| typed.kind.get() == word(OrgKind::University));
    view! {
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            {is_new.then(|| view! { <Kind typed=typed/>
                <Field label=("地址名", "Name in addresses") name="slug" value=typed.slug trouble=trouble
                    hint=("小写字母、数字和连字符，如 yanliu；以后不能改", "Lower-case letters, figures and hyphens, such as yanliu; it cannot be changed later")/> })}
            <Field label=("全称", "Official name") name="name" value=typed.name trouble=trouble/>
            <Field label=("简称与别名", "Short names") name="aliases" value=typed.aliases optional=true trouble=trouble hint=("用顿号分开", "Separated by commas")/>
            <Field label=("英文名称", "English name") name="name_en" value=typed.name_en optional=true trouble=trouble/>
            <Field label=("上级单位", "Parent") name="parent" value=typed.parent optional=true trouble=trouble
                hint=("名称或地址名；区县学校必填", "Its name or name in addresses; a district's school needs one")/>
            <Field label=("成立日期", "Exists from") name="since" value=typed.since short=true optional=true trouble=trouble/>
            <Field label=("撤销日期", "Exists until") name="until" value=typed.until short=true optional=true trouble=trouble
                hint=("单位不删除，填最后一天", "None is deleted: give its last day")/>
            {move || is_university.get().then(|| view! { <Facts typed=typed.facts trouble=trouble/> })}
            {Post::ALL.into_iter().zip(typed.contacts).map(|(of, fields)| person(session, of, fields)).collect_view()}
            <Chains typed=typed/>
            <div class="form-foot"><Button primary=true busy=act.busy>{move || session.lang().pick("保存单位", "Save the organisation")}</Button></div>
        </form></div>
    }
}

#[component]
fn Kind(typed: Typed) -> impl IntoView {
    let options =
        OrgKind::ALL.map(|kind| (word(kind), (org_kind(Lang::Zh, kind), org_kind(Lang::En, kind)))).to_vec();
    view! { <Select label=("类别", "Kind") name="kind" value=typed.kind options=options open=true/> }
}

fn person(session: Session, of: Post, [name, title, phone]: [RwSignal<String>; 3]) -> impl IntoView {
    let key = match of {
        Post::InCharge => "in-charge",
        Post::Head => "head",
        Post::Contact => "contact",
    };
    view! {
        <fieldset class="field"><legend>{move || post(session.lang(), of)}</legend>
            <Field label=("姓名", "Name") name=format!("{key}-name") value=name optional=true/>
            <Field label=("职务", "Post") name=format!("{key}-title") value=title optional=true/>
            <Field label=("电话", "Telephone") name=format!("{key}-phone") value=phone optional=true/>
        </fieldset>
    }
}

/// Whose hands each kind of document passes through.
#[component]
fn Chains(typed: Typed) -> impl IntoView {
    let session = Session::here();
    let row = move |(document, chain): (Outgoing, RwSignal<String>)| {
        let key = match document {
            Outgoing::Need => "need",
            Outgoing::Application => "application",
            Outgoing::Report => "report",
        };
        let label = (outgoing(Lang::Zh, document), outgoing(Lang::En, document));
        view! { <Field label=label name=format!("chain-{key}") value=chain optional=true/> }
    };
    view! {
        <fieldset class="field"><legend>{move || session.lang().pick("签发步骤", "Sign-off")}</legend>
            <p class="field__hint">{move || session.lang().pick(
                "一到三个职务，按先后，用顿号分开，如：教导主任、校长",
                "One to three posts in their order, separated by commas, such as: dean, principal",
            )}</p>
            {Outgoing::ALL.into_iter().zip(typed.chains).map(row).collect_view()}</fieldset>
    }
}
