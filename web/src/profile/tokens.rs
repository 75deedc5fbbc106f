//! One's own access tokens: making one, its secret shown once, ending one.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Choice, Fetch, Field, Trouble, TroubleBox, loaded, moment, select_all};
use leptos::prelude::*;
use leptos::task::spawn_local;
use ronghe_contract::session::{NewToken, TokenMade, TokenRow};
use ronghe_domain::account::Scope;
use ronghe_text::Lang;
use std::collections::BTreeSet;

/// The section.
#[component]
pub fn Tokens() -> impl IntoView {
    let session = Session::here();
    let rows =
        Fetch::new(move || async move { session.call(async |client| client.list_tokens().await).await });
    let made = RwSignal::new(None::<String>);
    view! {
        <section class="card stack" aria-labelledby="tokens"><h2 id="tokens">{move || session.lang().pick("访问令牌", "Access tokens")}</h2>
            <p class="quiet">{move || session.lang().pick("给命令行和脚本用，权限不超过你本人。", "For the command line and scripts; none does more than you may.")}</p>
            {move || made.get().map(|token| secret(session, token, made))}
            <Listed rows=rows/>
            <New rows=rows made=made/>
        </section>
    }
}

fn secret(session: Session, token: String, made: RwSignal<Option<String>>) -> impl IntoView {
    let lang = session.lang();
    view! {
        <div class="banner" data-turn="yours" role="status"><div class="stack" data-gap="small">
            <p class="banner__title">{lang.pick("令牌只显示这一次", "The token is shown this once")}</p>
            <input class="input" readonly=true aria-label=lang.pick("令牌", "Token") value=token
                on:focus=select_all/>
            <button class="button" data-size="small" on:click=move |_| made.set(None)>{lang.pick("收好了", "I have it")}</button>
        </div></div>
    }
}

#[component]
fn Listed(rows: Fetch<Result<Vec<TokenRow>, Trouble>>) -> impl IntoView {
    let session = Session::here();
    let trouble = RwSignal::new(None::<Trouble>);
    let end = move |id: String| {
        spawn_local(async move {
            match session.call(async |client| client.end_token(&id).await).await {
                Ok(()) => rows.refetch(),
                Err(found) => trouble.set(Some(found)),
            }
        });
    };
    let row = move |row: TokenRow| {
        let lang = session.lang();
        let scopes: Vec<&str> = row.scopes.iter().map(|scope| said(lang, *scope)).collect();
        let used = row
            .last_used
            .as_deref()
            .map_or_else(|| lang.pick("未用过", "never used").to_owned(), |at| moment(lang, at));
        let id = row.id.clone();
        view! {
            <li class="entry"><div><p>{row.name}</p>
                <p class="quiet"><small>{scopes.join(lang.pick("、", ", "))}{lang.pick("；到期 ", "; ends ")}{moment(lang, &row.expires)}{lang.pick("；最近使用 ", "; last used ")}{used}</small></p></div>
                <button class="button" data-size="small" on:click=move |_| end(id.clone())>{lang.pick("收回", "End")}</button></li>
        }
    };
    let show = move |found: Vec<TokenRow>| {
        if found.is_empty() {
            let none = session.lang().pick("还没有令牌", "No tokens yet");
            return view! { <p class="quiet">{none}</p> }.into_any();
        }
        view! { <ul class="entries">{found.into_iter().map(row).collect_view()}</ul> }.into_any()
    };
    view! { <TroubleBox trouble=trouble/>{loaded(session, rows, show)} }
}

#[component]
fn New(rows: Fetch<Result<Vec<TokenRow>, Trouble>>, made: RwSignal<Option<String>>) -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let (name, days) = (RwSignal::new(String::new()), RwSignal::new("30".to_owned()));
    let scopes = RwSignal::new(BTreeSet::from([Scope::Read]));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let body = NewToken {
            name: name.get_untracked(),
            scopes: scopes.get_untracked().into_iter().collect(),
            // What is no number is refused by the same check as 0.
            days: Some(days.get_untracked().trim().parse().unwrap_or(0)),
        };
        act.run(
            async move |client| client.make_token(&body).await,
            move |token: TokenMade| {
                name.set(String::new());
                made.set(Some(token.token));
                rows.refetch();
            },
        );
    };
    let choice = move |scope: Scope| {
        let label = Signal::derive(move || said(session.lang(), scope).to_owned());
        let checked = Signal::derive(move || scopes.with(|scopes| scopes.contains(&scope)));
        let change = move |on: bool| {
            scopes.update(|scopes| {
                if on {
                    scopes.insert(scope);
                } else {
                    scopes.remove(&scope);
                }
            });
        };
        view! { <Choice label=label checked=checked on_change=change/> }
    };
    view! {
        <details><summary>{move || session.lang().pick("生成令牌", "Make a token")}</summary>
            <form class="form section" on:submit=submit>
                <ActBox act=act/>
                <Field label=("用途", "What it is for") name="name" value=name trouble=act.trouble/>
                <fieldset class="field" id="field-scopes"><legend>{move || session.lang().pick("权限", "What it may do")}</legend>
                    {Scope::ALL.into_iter().map(choice).collect_view()}</fieldset>
                <Field label=("有效天数", "Days") name="days" value=days short=true trouble=act.trouble
                    hint=("1～365；能作决定或管账号的只有一天", "1 to 365; one that decides or administers lives a day")/>
                <Button busy=act.busy>{move || session.lang().pick("生成", "Make it")}</Button>
            </form>
        </details>
    }
}

/// What a scope lets a token do.
const fn said(lang: Lang, scope: Scope) -> &'static str {
    match scope {
        Scope::Read => lang.pick("读取你能看的", "Read what you may see"),
        Scope::WritePolicy => lang.pick("导入和更正文件", "Import and correct documents"),
        Scope::WriteCycle => lang.pick("准备周期", "Prepare cycles"),
        Scope::WriteNeed => lang.pick("填报和办理需求", "File and handle needs"),
        Scope::WriteApplication => lang.pick("填写和办理申报", "Write and handle applications"),
        Scope::WriteAccount => lang.pick("办理账号和单位", "Administer accounts and organisations"),
        Scope::Decide => lang.pick("发布、延续、废止、签发", "Publish, renew, supersede, sign"),
    }
}
