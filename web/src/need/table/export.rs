//! The list of needs as a file: all that it is narrowed to.

use crate::session::Session;
use crate::ui::Trouble;
use crate::ui::act::Act;
use leptos::prelude::*;
use ronghe_client::{ExportNeeds, ListNeeds};
use wasm_bindgen::{JsCast, JsValue};

/// Two buttons, one for each kind of file; `list` is what the page shows.
#[component]
pub fn Export(list: Signal<ListNeeds>) -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let save = move |format: &'static str| {
        let query = ExportNeeds { format: format.to_owned(), list: list.get_untracked() };
        act.run(
            async move |client| client.export_needs(&query).await,
            move |bytes: Vec<u8>| {
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
    view! {
        {failed}
        <details class="menu"><summary class="button">{move || session.lang().pick("导出", "Export")}</summary>
            <ul class="menu__list">{button("xlsx", ("导出 XLSX", "As XLSX"))}{button("csv", ("导出 CSV", "As CSV"))}</ul></details>
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
