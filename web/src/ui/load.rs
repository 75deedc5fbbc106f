//! What is on its way from the server, and what went wrong with it.

use super::fetch::Fetch;
use super::page::Unknown;
use crate::session::Session;
use leptos::prelude::*;
use ronghe_client::Error;
use ronghe_contract::problem::FieldDetail;
use ronghe_text::{Lang, cell_place};

/// Why a call gave nothing: in the person's words, with what helps to find the cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// Kind of problem, such as `stale`; empty where the server gave none.
    pub kind: String,
    pub status: Option<u16>,
    pub title: String,
    pub detail: String,
    /// The request's number.
    pub request: String,
    pub fields: Vec<FieldDetail>,
    /// The version that a record has now, for a stale edit.
    pub current: Option<String>,
}

impl Trouble {
    /// A failed call in words.
    pub fn new(lang: Lang, error: &Error) -> Self {
        if let Some(problem) = error.problem() {
            return Self {
                kind: error.kind().to_owned(),
                status: Some(problem.status),
                title: problem.title.clone(),
                detail: problem.detail.clone(),
                request: problem.request_id.clone(),
                fields: problem.fields.clone(),
                current: problem.current.clone(),
            };
        }
        let mut trouble = Self::said(lang.pick("没有连上服务器", "The server cannot be reached"));
        trouble.detail = lang
            .pick("填写的内容都在，没有丢失；稍后重试", "What you typed is still here; try again in a moment")
            .to_owned();
        trouble.status = error.status();
        trouble
    }

    /// Something that the page itself noticed.
    pub fn said(title: &str) -> Self {
        Self {
            kind: String::new(),
            status: None,
            title: title.to_owned(),
            detail: String::new(),
            request: String::new(),
            fields: Vec::new(),
            current: None,
        }
    }

    /// What is wrong with the field at `path`.
    pub fn of_field(&self, path: &str) -> Option<String> {
        self.fields.iter().find(|field| field.error.path == path).map(|field| field.message.clone())
    }
}

/// Shows what `from` brings: a still skeleton until it is there, an error with a way to try again, and one
/// page for what is unknown or hidden. It is asked again when someone signs in.
pub fn loaded<T, V>(
    session: Session,
    from: Fetch<Result<T, Trouble>>,
    show: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    Effect::new(move |first: Option<u32>| {
        let entered = session.entered();
        if first.is_some_and(|before| before != entered) {
            from.refetch();
        }
        entered
    });
    move || match from.get() {
        None => skeleton(session, move || from.refetch()).into_any(),
        Some(Ok(value)) => show(value).into_any(),
        Some(Err(trouble)) if trouble.status == Some(404) => view! { <Unknown/> }.into_any(),
        Some(Err(trouble)) => failed(session, trouble, move || from.refetch()).into_any(),
    }
}

fn skeleton(session: Session, again: impl Fn() + Copy + Send + 'static) -> impl IntoView {
    let lang = session.lang();
    view! {
        <div class="card stack loading" aria-busy="true">
            <p class="unseen" role="status">{lang.pick("正在载入", "Loading")}</p>
            <div class="skeleton"><span></span><span></span><span></span><span></span><span></span></div>
            <p class="quiet loading__slow"><small>{lang.pick("比平时慢。", "Slower than usual. ")}
                <button class="button" data-kind="link" on:click=move |_| again()>{lang.pick("重试", "Try again")}</button></small></p>
        </div>
    }
}

fn failed(session: Session, trouble: Trouble, again: impl Fn() + Copy + Send + 'static) -> impl IntoView {
    let lang = session.lang();
    view! {
        <div class="banner" data-turn="error" role="alert">
            <div>
                <p class="banner__title">{trouble.title.clone()}</p>
                <p>{trouble.detail.clone()}</p>
                {request_number(lang, &trouble)}
            </div>
            <button class="button" data-size="small" on:click=move |_| again()>{lang.pick("重试", "Try again")}</button>
        </div>
    }
}

/// The request's number, where a fault of ours is to be found by it.
fn request_number(lang: Lang, trouble: &Trouble) -> Option<impl IntoView + use<>> {
    let is_ours = trouble.status.is_some_and(|status| status >= 500);
    let short: String = trouble.request.chars().take(12).collect();
    (is_ours && !short.is_empty())
        .then(|| view! { <p class="quiet"><small>{lang.pick("请求号 ", "Request ")}{short}</small></p> })
}

/// What went wrong with an action, focused when it appears: the summary, with links to the fields.
#[component]
pub fn TroubleBox(trouble: RwSignal<Option<Trouble>>) -> impl IntoView {
    let session = Session::here();
    let box_ref = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if trouble.with(Option::is_some)
            && let Some(found) = box_ref.get()
        {
            drop(found.focus());
        }
    });
    move || {
        trouble.get().map(|trouble| {
            let lang = session.lang();
            let fields = trouble.fields.iter().map(|field| {
                let said = format!("{}{}{}", field.label, lang.pick("：", ": "), field.message);
                // A cell stands in the person's own file: it is named, there is nowhere to go.
                match cell_place(lang, &field.error.path) {
                    Some(cell) => view! { <li>{format!("{cell} {said}")}</li> }.into_any(),
                    None => {
                        let to = format!("#field-{}", field.error.path);
                        view! { <li><a href=to rel="external">{said}</a></li> }.into_any()
                    }
                }
            });
            let list = fields.collect_view();
            view! {
                <div class="error-summary" role="alert" tabindex="-1" node_ref=box_ref>
                    <h2>{trouble.title.clone()}</h2>
                    {(!trouble.detail.is_empty()).then(|| view! { <p>{trouble.detail.clone()}</p> })}
                    <ul>{list}</ul>
                    {request_number(lang, &trouble)}
                </div>
            }
        })
    }
}
