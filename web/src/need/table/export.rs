//! The list of needs as a file: all that it is narrowed to.

use crate::session::Session;
use crate::ui::Trouble;
use crate::ui::act::Act;
use leptos::prelude::*;
use ronghe_client::{ExportNeeds, ListNeeds};
use ronghe_domain::export::may_export;
use wasm_bindgen::{JsCast, JsValue};

/// Two buttons, one for each kind of file; `list` is what the page shows.
#[component]
pub fn Export(list: Signal<ListNeeds>) -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    // The list is long: the server makes the file in the background.
    let asked = RwSignal::new(false);
    let save = move |format: &'static str| {
        asked.set(false);
        let query = ExportNeeds { format: format.to_owned(), list: list.get_untracked() };
        act.run(
            async move |client| match client.export_needs(&query).await {
                Err(error) if error.is_long_list() => client.ask_export(&query.later()?).await.map(|_| None),
                done => done.map(Some),
            },
            move |bytes: Option<Vec<u8>>| {
                let Some(bytes) = bytes else {
                    asked.set(true);
                    return;
                };
                if offer(&bytes, &format!("needs.{format}")).is_err() {
                    let said = session.lang().pick("浏览器没有保存文件", "The browser saved no file");
                    act.trouble.set(Some(Trouble::said(said)));
                }
            },
        );
    };
    let button = move |format: &'static str, words: (&'static str, &'static str)| {
        view! {
            <li><button class="button" data-kind="quiet" type="button" aria-disabled=move || act.busy.get().then_some("true")
                on:click=move |_| save(format)>{move || session.lang().pick(words.0, words.1)}</button></li>
        }
    };
    let failed = move || {
        let trouble = act.trouble.get()?;
        Some(view! { <p class="field__error" role="alert">{trouble.title}" "{trouble.detail}</p> })
    };
    let later = move || {
        let lang = session.lang();
        let words = lang.pick(
            "行数多，文件在后台生成，好了会有消息。",
            "There are many rows: the file is made in the background, and a message tells when.",
        );
        let link = lang.pick("看导出的文件", "See exported files");
        asked.get().then(|| view! { <p role="status">{words}" "<a href="/app/exports">{link}</a></p> })
    };
    let may = Memo::new(move |_| may_export(&session.actor()).is_ok());
    view! {
        {failed}{later}
        {move || may.get().then(|| view! { <details class="menu"><summary class="button">{move || session.lang().pick("导出", "Export")}</summary>
            <ul class="menu__list">{button("xlsx", ("导出 XLSX", "As XLSX"))}{button("csv", ("导出 CSV", "As CSV"))}
                <li><a class="button" data-kind="quiet" href="/app/exports">{move || session.lang().pick("导出的文件", "Exported files")}</a></li></ul></details> })}
    }
}

/// Gives the browser a file to be saved.
fn offer(bytes: &[u8], name: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let blob = web_sys::Blob::new_with_u8_array_sequence(&parts)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlElement = document().create_element("a")?.unchecked_into();
    link.set_attribute("href", &url)?;
    link.set_attribute("download", name)?;
    link.click();
    web_sys::Url::revoke_object_url(&url)
}
