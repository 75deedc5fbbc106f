//! The chains of an organisation: seen, set in one click as proposed, or step by step.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Both, Fetch, Field, PageHead, back, loaded, tag, typed};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ronghe_contract::sign_off::{ChainStepView, ChainView, ChainsView, SignerRef};
use ronghe_domain::sign_off::{ChainDraft, StepDraft, When};
use ronghe_text::{Lang, sign_off_kind, sign_off_when};

/// The page.
#[component]
pub fn Chains() -> impl IntoView {
    let session = Session::here();
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").unwrap_or_default()));
    let chains = Fetch::new(move || {
        let slug = slug.get();
        async move { session.call(async |client| client.list_chains(&slug).await).await }
    });
    loaded(session, chains, move |view: ChainsView| {
        let lang = session.lang();
        let name = lang.pick(&view.org.name, &view.org.name_en).to_owned();
        let home = format!("/app/organisations/{}", view.org.slug);
        let intro = lang.pick(
            "设了步骤的文种，提请后逐步签发，最后一步签发后自动报出；没有设的直接报出。经办人不签自己经办的材料。",
            "What has steps is signed step by step, and the last signature lets it go; what has none leaves at once. Nobody signs what they prepared.",
        );
        let org = view.org.slug.clone();
        let all = view
            .chains
            .into_iter()
            .map(|chain| view! { <One org=org.clone() chain=chain from=chains/> })
            .collect_view();
        view! {
            {back(session, &home, &name)}
            <PageHead title=lang.pick("签发步骤", "Sign-off chains")/>
            <p class="section">{intro}</p>
            {all}
        }
    })
}

type From = Fetch<Result<ChainsView, crate::ui::Trouble>>;

/// A step as it is typed.
#[derive(Clone, Copy)]
struct Typed {
    post: RwSignal<String>,
    signers: RwSignal<Vec<String>>,
    when: When,
}

impl Typed {
    fn of(step: &ChainStepView) -> Self {
        let signers = step.signers.iter().filter(|it| it.active).map(|it| it.login.clone()).collect();
        Self { post: RwSignal::new(step.post.clone()), signers: RwSignal::new(signers), when: step.when }
    }

    fn draft(self) -> StepDraft {
        StepDraft { post: self.post.get_untracked(), signers: self.signers.get_untracked(), when: self.when }
    }
}

/// One kind of document.
#[component]
fn One(org: String, chain: ChainView, from: From) -> impl IntoView {
    let session = Session::here();
    let lang = session.lang();
    let act = Act::new();
    let is_set = !chain.steps.is_empty();
    let shown = if is_set { chain.steps.clone() } else { chain.proposal.clone() };
    let typed = typed(&format!("chain {org} {:?} {}", chain.kind, chain.version), || {
        RwSignal::new(shown.iter().map(Typed::of).collect::<Vec<_>>())
    });
    let (kind, version, most) = (chain.kind, chain.version.clone(), chain.most);
    let set = move |steps: Vec<StepDraft>| {
        let (org, version) = (org.clone(), version.clone());
        act.run(
            async move |client| client.set_chain(&org, kind, &version, &ChainDraft { steps }).await,
            move |_| from.refetch(),
        );
    };
    let state = if is_set {
        tag("done", lang.pick("已设", "Set"))
    } else {
        tag("draft", lang.pick("未设，直接报出", "Not set: it leaves at once"))
    };
    let vacant = chain.steps.iter().any(|step| step.vacant).then(|| {
        let words = lang.pick(
            "有步骤没有能签发的人，请移交给在用的账号。",
            "Nobody can sign one of the steps: hand it over to an active account.",
        );
        view! { <div class="banner" data-turn="error"><p>{words}</p></div> }
    });
    let body = if chain.may_set {
        let people = StoredValue::new(chain.people.clone());
        let rows = move || {
            let steps = typed.get().into_iter().enumerate();
            steps.map(|(at, step)| row(session, at, step, typed, people.get_value(), act)).collect_view()
        };
        let (save, off) = (set.clone(), set);
        let add = move |_| {
            typed.update(|steps| {
                steps.push(Typed {
                    post: RwSignal::new(String::new()),
                    signers: RwSignal::new(Vec::new()),
                    when: When::Always,
                });
            })
        };
        let words = if is_set {
            lang.pick("保存步骤", "Save the steps")
        } else {
            lang.pick("按此设置", "Set it so")
        };
        view! {
            <ActBox act=act/>
            {rows}
            <div class="form-foot">
                <button class="button" data-kind="primary" type="button" disabled=move || act.busy.get()
                    on:click=move |_| save(typed.get_untracked().into_iter().map(Typed::draft).collect())>{words}</button>
                {move || (typed.with(Vec::len) < most).then(|| view! { <button class="button" type="button" on:click=add>{session.lang().pick("加一步", "Add a step")}</button> })}
                {is_set.then(|| view! { <button class="button" data-kind="quiet" type="button" on:click=move |_| off(Vec::new())>{lang.pick("取消签发步骤", "Take the chain away")}</button> })}
            </div>
        }
        .into_any()
    } else {
        let rows = shown.iter().map(|step| read(lang, step)).collect_view();
        view! { <ol class="timeline">{rows}</ol> }.into_any()
    };
    view! {
        <section class="record__section section"><h2>{sign_off_kind(lang, kind)}</h2><p class="record__state">{state}</p>
            <div class="form">{vacant}{body}</div></section>
    }
}

fn read(lang: Lang, step: &ChainStepView) -> impl IntoView + use<> {
    let who: Vec<&str> = step.signers.iter().map(|signer| signer.name.as_str()).collect();
    let who = who.join(lang.pick("、", ", "));
    view! { <li><b>{step.post.clone()}</b>" "{who}" "<span class="quiet">{sign_off_when(lang, step.when)}</span></li> }
}

fn row(
    session: Session,
    at: usize,
    step: Typed,
    typed: RwSignal<Vec<Typed>>,
    people: Vec<SignerRef>,
    act: Act,
) -> impl IntoView {
    let lang = session.lang();
    let label: Both = ("职务", "Post");
    let boxes = people
        .into_iter()
        .map(|person| {
            let login = person.login.clone();
            let own = login.clone();
            let checked = move || step.signers.with(|signers| signers.contains(&own));
            let change = move |event: leptos::ev::Event| {
                let (on, login) = (event_target_checked(&event), login.clone());
                step.signers.update(|signers| {
                    signers.retain(|it| *it != login);
                    if on {
                        signers.push(login);
                    }
                });
            };
            view! { <label class="choice"><input type="checkbox" prop:checked=checked on:change=change/><span>{person.name}" "<span class="quiet">{person.post}</span></span></label> }
        })
        .collect_view();
    let remove = move |_| {
        typed.update(|steps| {
            if at < steps.len() {
                steps.remove(at);
            }
        });
    };
    let name = format!("steps[{at}].post");
    let heading = match lang {
        Lang::Zh => format!("第 {} 步", at + 1),
        Lang::En => format!("Step {}", at + 1),
    };
    let when =
        (step.when != When::Always).then(|| view! { <p class="quiet">{sign_off_when(lang, step.when)}</p> });
    view! {
        <fieldset class="field"><legend>{heading}</legend>
            <Field label=label name=name value=step.post short=true trouble=act.trouble/>
            {when}
            <p class="field__hint" id=format!("field-steps[{at}].signers")>{lang.pick("可签发人，任一人签即可", "Who may sign; any one of them does")}</p>
            {boxes}
            <button class="button" type="button" data-kind="quiet" data-size="small" on:click=remove>{lang.pick("去掉这一步", "Drop this step")}</button>
        </fieldset>
    }
}
